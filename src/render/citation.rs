//! A row as a citation: what a bibliography says of it, no more precise than it is known.
//!
//! It knows no format: RIS, CSL, BibLaTeX and the pages all take their citations from here.

mod author;
mod fragment;

use std::borrow::Cow;

use serde_json::Value;

use super::{hitlist::Row, one_line};
use crate::{
    article::{Article, PartKind},
    date::{Date, parts_of},
    hit::{Hit, MentionHit, Snippet},
};

pub use author::Author;
pub use fragment::text_fragment;

/// What is known of a row for a bibliography. Texts are on one line each and free of control characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Citation<'a> {
    /// Tells the row from all others: the article's id; of a mention with its place, `ID#START-END`.
    pub id: Cow<'a, str>,
    /// The article's own id.
    pub article: &'a str,
    /// Where the row stands: `PATH:LINE`.
    pub place: String,
    /// The headline.
    pub title: Option<String>,
    /// Who wrote it; the byline as printed where it names nobody.
    pub authors: Vec<Author>,
    /// Newspaper, agency or site.
    pub container: Option<String>,
    /// When it was published.
    pub published: Option<Date>,
    /// Section of the newspaper.
    pub section: Option<String>,
    /// Page or pages.
    pub page: Option<String>,
    /// Edition of the newspaper.
    pub edition: Option<String>,
    /// The line below the headline, or the publisher's summary.
    pub summary: Option<String>,
    /// Two-letter tag.
    pub language: Option<String>,
    /// Where it was published; of a mention with its text fragment.
    pub url: Option<String>,
    /// When somebody took it from there.
    pub accessed: Option<Date>,
    /// Subjects and labels, distinct.
    pub keywords: Vec<String>,
    /// What the article says there.
    pub quote: Option<Quote>,
}

/// A passage that is cited, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// As printed.
    pub text: String,
    /// `p. 4`, or lines and sentences where the page is not known: `line 12, sentence 3`.
    pub locator: String,
}

impl Quote {
    /// The passage in quotation marks, its locator behind it.
    pub fn note(&self) -> String {
        format!("“{}” ({})", self.text, self.locator)
    }
}

impl<'a> Citation<'a> {
    /// What a row says; authors, section, page and summary only when the row has its article.
    pub fn of(row: Row<'a>) -> Self {
        match row {
            Row::Article(hit) => Self::of_article(hit),
            Row::Mention(mention) => Self::of_mention(mention),
        }
    }

    fn of_article(hit: &'a Hit) -> Self {
        let bare =
            Bare { id: &hit.id, title: &hit.title, source: hit.source.as_deref(), byline: hit.byline.as_deref() };
        let cited = Self::known(&bare, hit.article.as_deref());
        let labels = hit.subjects.iter().chain(&hit.tags);
        Self {
            place: format!("{}:{}", one_line(&hit.path), hit.line),
            published: hit.published.as_deref().and_then(date),
            language: text(&hit.language),
            url: hit.url.as_deref().and_then(text),
            keywords: distinct(labels),
            quote: hit
                .snippets
                .iter()
                .find(|snippet| !snippet.marks.is_empty())
                .map(|snippet| passage(snippet, cited.page.as_deref())),
            ..cited
        }
    }

    fn of_mention(mention: &'a MentionHit) -> Self {
        let MentionHit { id, title, start, end, line, .. } = mention;
        let bare = Bare { id, title, source: mention.source.as_deref(), byline: mention.byline.as_deref() };
        let article = mention.article.as_deref();
        let cited = Self::known(&bare, article);
        let whole = format!("{}{}{}", mention.left, mention.matched, mention.right);
        let locator = locator(cited.page.as_deref(), &format!("line {line}, sentence {}", mention.sentence));
        Self {
            id: format!("{id}#{start}-{end}").into(),
            place: format!("{}:{line}", one_line(&mention.path)),
            published: mention.published.as_deref().and_then(date),
            language: article.and_then(|article| text(&article.language)),
            url: mention.url.as_deref().and_then(text).map(|url| text_fragment(&url, mention)),
            keywords: article.map(|article| distinct(article.subjects.iter().chain(&article.tags))).unwrap_or_default(),
            quote: text(&whole).map(|text| Quote { text, locator }),
            ..cited
        }
    }

    /// What articles and mentions have in common.
    fn known(bare: &Bare<'a>, article: Option<&Article>) -> Self {
        let extra = |name: &str| article.and_then(|article| article.extra.get(name)).and_then(printed);
        let summary = article.and_then(|article| {
            let subtitles = article.parts.iter().filter(|part| part.kind == PartKind::Subtitle);
            let mut said = subtitles.filter_map(|part| article.text.get(part.span.clone()));
            said.find(|said| article.byline.as_deref().is_none_or(|byline| said.trim() != byline.trim())).and_then(text)
        });
        Self {
            id: Cow::Borrowed(bare.id),
            article: bare.id,
            place: String::new(),
            title: text(bare.title),
            authors: authors(bare, article),
            container: bare.source.and_then(text),
            published: None,
            section: article.and_then(|article| article.section.as_deref()).and_then(text),
            page: extra("page"),
            edition: extra("edition"),
            summary: summary.or_else(|| extra("summary")),
            language: None,
            url: None,
            accessed: ["retrieved", "accessed"]
                .into_iter()
                .find_map(extra)
                .and_then(|day| Date::parse_printed(&day).ok()),
            keywords: Vec::new(),
            quote: None,
        }
    }
}

/// What a hit and a mention call by the same names.
struct Bare<'a> {
    id: &'a str,
    title: &'a str,
    source: Option<&'a str>,
    byline: Option<&'a str>,
}

/// The authors by their names; else the byline as it is printed, since it may name an office.
fn authors(bare: &Bare<'_>, article: Option<&Article>) -> Vec<Author> {
    let named = article.map(|article| article.authors.as_slice()).unwrap_or_default();
    let is_office = |name: &str| {
        bare.source == Some(name) || article.is_some_and(|article| article.orgs.iter().any(|org| org == name))
    };
    let authors: Vec<Author> = named
        .iter()
        .filter_map(|name| text(name))
        .map(|name| if is_office(&name) { Author::Printed(name) } else { Author::named(&name) })
        .collect();
    match bare.byline.and_then(text) {
        Some(byline) if authors.is_empty() => {
            let named = byline.strip_prefix("By ").or_else(|| byline.strip_prefix("BY ")).unwrap_or(&byline);
            vec![Author::Printed(named.to_owned())]
        }
        _ => authors,
    }
}

fn passage(snippet: &Snippet, page: Option<&str>) -> Quote {
    let locator = locator(page, &format!("line {}", snippet.line));
    Quote { text: text(&snippet.text).unwrap_or_default(), locator }
}

fn locator(page: Option<&str>, line: &str) -> String {
    page.map_or_else(|| line.to_owned(), |page| format!("p. {page}"))
}

/// A date as the archive has it; what is none was never taken in.
fn date(edtf: &str) -> Option<Date> {
    Date::parse(edtf).ok()
}

/// On one line, blanks in a row as one; `None` when nothing is left.
fn text(text: &str) -> Option<String> {
    let words: Vec<String> = one_line(text).split_whitespace().map(str::to_owned).collect();
    (!words.is_empty()).then(|| words.join(" "))
}

fn printed(value: &Value) -> Option<String> {
    match value {
        Value::String(said) => text(said),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn distinct<'s>(values: impl Iterator<Item = &'s String>) -> Vec<String> {
    let mut kept = Vec::new();
    for value in values.filter_map(|value| text(value)) {
        if !kept.contains(&value) {
            kept.push(value);
        }
    }
    kept
}

/// A date in numbers: one or two of them, each a year, a year and a month, or a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateParts {
    /// The date, or both ends of a range.
    pub ends: Vec<Vec<i16>>,
    /// Whether the source itself is not sure.
    pub is_doubtful: bool,
}

impl DateParts {
    /// Of a date; `None` when a range has no beginning or no end. A decade or century is the range of its years.
    pub fn of(date: &Date) -> Option<Self> {
        let days = [date.from()?, date.to()?];
        let sides: Vec<&str> = date.edtf().split('/').collect();
        let marks = ['?', '~', '%'];
        let bare = |side: &&str| side.trim_end_matches(marks).to_owned();
        let ends: Vec<Vec<i16>> = match sides.as_slice() {
            [one] if bare(one).ends_with('X') => days.iter().map(|day| vec![parts_of(*day).0]).collect(),
            sides => sides.iter().map(bare).zip(days).map(|(side, day)| numbers(&side, day)).collect(),
        };
        Some(Self { ends, is_doubtful: date.edtf().contains(marks) })
    }
}

/// The numbers that one side of a date says, of the day that it means.
fn numbers(side: &str, day: crate::date::Day) -> Vec<i16> {
    let (year, month, of_month) = parts_of(day);
    let said = if side.ends_with('X') { 1 } else { side.split('-').count() };
    [year, month.into(), of_month.into()].into_iter().take(said).collect()
}

#[cfg(test)]
mod tests;
