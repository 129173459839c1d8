//! One article as one document of the engine: postings, columns, record.
//!
//! The columns of mentions are made in `document/mention.rs`.

mod mention;

use std::borrow::Cow;

use tantivy::schema::{Document as _, Field as Column, TantivyDocument};

use self::mention::Mentions;
pub(super) use self::mention::Value;
use super::{fault, schema::Columns, shelf::Packer, stored, wire::Wire};
use crate::{
    article::{Article, Part, PartKind, searched},
    date::{Cell, Date, cover},
    error::Result,
    text::{Analysis, Landmarks, Language, analyse, printed_form},
};

/// Longest value the engine takes as a term, in bytes, with room for a field's name.
const LONGEST_TERM: usize = 65_000;

/// What the engine gets of an article.
#[derive(Default)]
pub(super) struct Made {
    document: TantivyDocument,
    /// Words on their way into the engine: among its own values they would be copied, and grow with room for twice as many.
    texts: Vec<(Column, String)>,
    mentions: Mentions,
}

impl Made {
    /// All values with their fields.
    pub(super) fn values(&self) -> impl Iterator<Item = (Column, Value<'_>)> {
        let own = self.document.iter_fields_and_values().map(|(column, value)| (column, Value::Plain(value)));
        let texts = self.texts.iter().map(|(column, text)| (*column, Value::Label(text)));
        own.chain(texts).chain(self.mentions.columns())
    }
}

/// Builds the document of an article.
pub(super) fn document(article: &Article, columns: &Columns, packer: &Packer) -> Result<Made> {
    let language = Language::from_tag(&article.language).unwrap_or(Language::ENGLISH);
    let analysis = match &article.analysis {
        Some(analysis) => Cow::Borrowed(analysis),
        None => Cow::Owned(analyse(&article.text, &searched(&article.parts), language)),
    };
    let mut row = Row { document: TantivyDocument::default(), texts: Vec::new(), columns };
    row.identity(article);
    let packed = packer.pack(&stored::bytes((article, &Landmarks::of(&analysis)))?);
    row.document.add_bytes(columns.article, &packed.map_err(|cause| fault("an article cannot be packed", cause))?);
    row.text(&article.parts, &analysis, language);
    row.labels(article);
    row.places(article);
    row.extra(article);
    row.dates(article);
    Ok(Made { document: row.document, texts: row.texts, mentions: Mentions::of(article, &analysis, columns) })
}

struct Row<'a> {
    document: TantivyDocument,
    texts: Vec<(Column, String)>,
    columns: &'a Columns,
}

impl Row<'_> {
    fn label(&mut self, column: Column, value: &str) {
        if !value.is_empty() {
            self.document.add_text(column, &value[..value.floor_char_boundary(LONGEST_TERM)]);
        }
    }

    fn identity(&mut self, article: &Article) {
        let columns = self.columns;
        self.label(columns.id, &article.id);
        self.label(columns.path, &article.path);
        self.document.add_u64(columns.line, u64::from(article.line));
        self.document.add_u64(columns.key, key(&article.id));
    }

    /// One pass over the words feeds the text, title and lead.
    fn text(&mut self, parts: &[Part], analysis: &Analysis, language: Language) {
        let words = analysis.tokens.words();
        let (mut text, mut title, mut lead) = (Wire::with_room_for(words.len()), Wire::default(), Wire::default());
        let mut term = String::new();
        for (number, part) in parts.iter().enumerate() {
            let from = analysis.part_starts.get(number).map_or(words.len(), |start| *start as usize);
            let to = analysis.part_starts.get(number + 1).map_or(words.len(), |start| *start as usize);
            for word in words.get(from..to).unwrap_or_default() {
                for form in analysis.tokens.forms(word) {
                    tagged(&mut term, language, &printed_form(&analysis.tokens, word, &form));
                    text.push(word.pos, &term);
                    match part.kind {
                        PartKind::Title => title.push(word.pos, &term),
                        PartKind::Lead => lead.push(word.pos, &term),
                        _ => {}
                    }
                }
            }
        }
        let columns = self.columns;
        let tokens = [
            (columns.text, columns.text_tokens, text),
            (columns.title, columns.title_tokens, title),
            (columns.lead, columns.lead_tokens, lead),
        ];
        for (column, count, wire) in tokens {
            if wire.count() > 0 {
                self.document.add_u64(count, wire.count());
                self.texts.push((column, wire.into_text()));
            }
        }
        self.texts.push((columns.bounds, bounds(analysis).into_text()));
        self.document.add_u64(columns.words, words.len() as u64);
        self.part_starts(parts, analysis);
    }

    fn part_starts(&mut self, parts: &[Part], analysis: &Analysis) {
        let words = analysis.tokens.words();
        // A part of signs alone begins where the next word stands, or behind the last one.
        let end = words.last().map_or(0, |word| word.pos + 1);
        let numbered = parts.iter().zip(&analysis.part_starts);
        for (part, start) in numbered.filter(|(part, _)| part.kind != PartKind::Boilerplate) {
            let first = words.get(*start as usize).map_or(end, |word| word.pos);
            self.document.add_u64(self.columns.parts, (part.kind as u64) << 32 | u64::from(first));
        }
    }

    fn labels(&mut self, article: &Article) {
        let columns = self.columns;
        let lists = [
            (columns.person, &article.people),
            (columns.place, &article.places),
            (columns.focus, &article.focus),
            (columns.org, &article.orgs),
            (columns.role, &article.roles),
            (columns.author, &article.authors),
            (columns.subject, &article.subjects),
            (columns.tag, &article.tags),
        ];
        for (column, values) in lists {
            values.iter().for_each(|value| self.label(column, value));
        }
        let singles = [
            (columns.source, &article.source),
            (columns.section, &article.section),
            (columns.url, &article.url),
            (columns.lang, &Some(article.language.clone())),
        ];
        for (column, value) in singles {
            value.iter().for_each(|value| self.label(column, value));
        }
    }

    /// Everything that lies below something: places, files and addresses, with all that is above them.
    fn places(&mut self, article: &Article) {
        let mut under: Vec<String> = Vec::new();
        for place in &article.places {
            under.extend(ancestry(place).map(|path| below(UNDER_PLACE, path)));
        }
        under.extend(article.focus.iter().flat_map(|place| ancestry(place)).map(|path| below(UNDER_FOCUS, path)));
        under.extend(article.linked.iter().map(|(name, path)| below(LINKED_PLACE, &format!("{path}\0{name}"))));
        under.extend(ancestry(&article.path).map(|path| below(UNDER_PATH, path)));
        if let Some(url) = &article.url {
            under.extend(ancestry(address(url)).map(|path| below(UNDER_URL, path)));
        }
        under.sort_unstable();
        under.dedup();
        under.iter().for_each(|term| self.label(self.columns.under, term));
    }

    fn extra(&mut self, article: &Article) {
        let column = self.columns.extra;
        for (name, value) in &article.extra {
            let name = crate::text::fold(name);
            let values = extra_values(value);
            if !values.is_empty() {
                self.label(column, &name);
            }
            for value in values {
                self.label(column, &extra_term(&name, &value));
            }
        }
    }

    fn dates(&mut self, article: &Article) {
        let columns = self.columns;
        if let Some((lo, hi)) = article.published.as_ref().and_then(days) {
            self.document.add_i64(columns.published_lo, i64::from(lo));
            self.document.add_i64(columns.published_hi, i64::from(hi));
            if let Some(from) = article.published_from {
                self.document.add_text(columns.published_from, format!("{from:?}").to_lowercase());
            }
        }
        let until = article.published.as_ref().and_then(Date::to);
        let mut cells: [Vec<Cell>; 3] = Default::default();
        for (lo, hi) in article.dates.iter().filter_map(|date| Some((date.from()?, date.to().or(until)?))) {
            self.document.add_i64(columns.date_lo, i64::from(lo));
            self.document.add_i64(columns.date_hi, i64::from(hi));
            let covering = cover(lo, hi);
            cells[0].extend(Cell::holding(lo, hi).into_iter().flat_map(Cell::lineage));
            cells[2].extend(covering.iter().flat_map(|cell| cell.lineage()));
            cells[1].extend(covering);
        }
        for (column, cells) in [columns.mentioned, columns.date_cell, columns.date_anc].into_iter().zip(&mut cells) {
            cells.sort_unstable();
            cells.dedup();
            cells.iter().for_each(|cell| self.document.add_text(column, cell.to_string()));
        }
    }
}

fn bounds(analysis: &Analysis) -> Wire {
    let words = analysis.tokens.words();
    let mut wire = Wire::default();
    let mut paragraphs = analysis.paragraphs.iter().peekable();
    for sentence in &analysis.sentences {
        let Some(word) = words.get(*sentence as usize) else { continue };
        wire.push(word.pos, SENTENCE);
        if paragraphs.next_if(|paragraph| *paragraph <= sentence).is_some() {
            wire.push(word.pos, PARAGRAPH);
        }
    }
    wire
}

/// Token of `bounds` at the first word of a sentence.
pub(super) const SENTENCE: &str = "s";
/// Token of `bounds` at the first word of a paragraph.
pub(super) const PARAGRAPH: &str = "p";

/// Makes `term` the term of a printed form in a language.
fn tagged(term: &mut String, language: Language, printed: &str) {
    term.clear();
    term.push_str(language.tag());
    term.push(':');
    term.push_str(printed);
}

/// The term of a printed form in a language.
pub(super) fn form_term(language: Language, printed: &str) -> String {
    let mut term = String::new();
    tagged(&mut term, language, printed);
    term
}

/// Prefixes of terms in `under`.
pub(super) const UNDER_PLACE: &str = "place";
/// See `UNDER_PLACE`.
pub(super) const UNDER_FOCUS: &str = "focus";
/// Prefix of `PATH NUL NAME` for given places that a gazetteer knows by another path.
pub(super) const LINKED_PLACE: &str = "linked";
/// See `UNDER_PLACE`.
pub(super) const UNDER_PATH: &str = "path";
/// See `UNDER_PLACE`.
pub(super) const UNDER_URL: &str = "url";

/// The term of `under` for everything at or below `path`.
pub(super) fn below(what: &str, path: &str) -> String {
    format!("{what}\0{path}")
}

/// The term of `extra` for a folded name and a value as typed or stored.
pub(super) fn extra_term(name: &str, value: &str) -> String {
    format!("{name}\0{}", crate::text::fold(value))
}

/// An address without scheme and `www.`, so that a site is a path's first step.
pub(super) fn address(url: &str) -> &str {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.strip_prefix("www.").unwrap_or(rest).split(['?', '#']).next().unwrap_or(rest)
}

/// A path and all above it: `a/b/c`, `a/b`, `a`.
pub(super) fn ancestry(path: &str) -> impl Iterator<Item = &str> {
    let path = path.trim_end_matches('/');
    std::iter::successors(Some(path), |path| path.rsplit_once('/').map(|(above, _)| above))
        .filter(|path| !path.is_empty())
}

fn extra_values(value: &serde_json::Value) -> Vec<String> {
    match value {
        serde_json::Value::Null => Vec::new(),
        serde_json::Value::String(text) if text.trim().is_empty() => Vec::new(),
        serde_json::Value::String(text) => vec![text.clone()],
        serde_json::Value::Array(values) => values.iter().flat_map(extra_values).collect(),
        serde_json::Value::Object(map) => map.values().flat_map(extra_values).collect(),
        other => vec![other.to_string()],
    }
}

fn days(date: &Date) -> Option<(i32, i32)> {
    (date.from().is_some() || date.to().is_some())
        .then(|| (date.from().unwrap_or(i32::MIN), date.to().unwrap_or(i32::MAX)))
}

/// A number that joins tables about articles: the first eight bytes of the id's hash.
pub(super) fn key(id: &str) -> u64 {
    let hash = blake3::hash(id.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
