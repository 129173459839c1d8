//! Days printed in a page: in elements named for one, near the headline, behind words that announce one.
//!
//! It reads no attribute but names, and knows nothing of meta elements.

use std::ops::Range;

use super::when::is_recent_day;
use crate::{
    date::Date,
    read::html::{
        hints,
        tree::{NodeId, Tree},
    },
    text::fold,
};

/// Words in names of elements that hold a date of publication.
const DATED: &[&str] = &[
    "date",
    "time",
    "timestamp",
    "datum",
    "fecha",
    "published",
    "posted",
    "publish",
    "created",
    "submitted",
    "authored",
    "meta",
    "metadata",
    "postmetadata",
    "byline",
    "dateline",
    "info",
    "author",
    "pubdate",
];
/// Those that say so plainly.
const PLAINLY: &[&str] = &["date", "datum", "fecha", "published", "posted", "pubdate"];
/// Words that announce a date of publication.
const ANNOUNCED: &[&str] = &[
    "gepostet",
    "published",
    "posted",
    "veroffentlicht",
    "veroffentlichung",
    "erschienen",
    "publie",
    "publicado",
    "pubblicato",
    "geschrieben",
    "submitted",
    "ligne",
];
/// How many nodes around the headline a dateline may stand.
const BEFORE: usize = 40;
const BEHIND: usize = 120;
/// How many nodes before a day its label may stand.
const BEFORE_DAY: usize = 4;
/// Shorter texts are no paragraph.
const PARAGRAPH: usize = 60;
/// Longest line that is a date with words around it, in bytes.
const LONGEST: usize = 120;
/// Longest element that is looked into, with the blanks of its source, in bytes.
const RAW: usize = 1_000;

/// Which of two small numbers is the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    DayFirst,
    MonthFirst,
    Unknown,
}

/// Where dates may be printed in a page.
pub(super) struct Page<'t> {
    tree: &'t Tree,
    order: Order,
    heading: Option<NodeId>,
    /// Elements named for a date.
    named: Vec<NodeId>,
}

impl<'t> Page<'t> {
    pub(super) fn of(tree: &'t Tree, heading: Option<NodeId>) -> Self {
        let named = tree.elements().map(|(id, _)| id).filter(|id| hints::has(tree, *id, DATED)).collect();
        Self { tree, order: order(tree), heading, named }
    }

    /// A date and nothing else in an element named for it close behind the headline, or behind a word that announces it.
    pub(super) fn plain(&self) -> Option<Date> {
        let is_named = |id: &NodeId| self.tree.tag(*id) == "time" || hints::has(self.tree, *id, PLAINLY);
        let named = self.near()?.filter(|id| !self.tree.tag(*id).is_empty()).filter(is_named);
        let announced = || self.near()?.find_map(|id| self.behind_label(id));
        named.into_iter().find_map(|id| self.of_headline(id)).or_else(announced)
    }

    /// A date printed in an element that is named for it, or near the headline.
    pub(super) fn date(&self) -> Option<Date> {
        let line = |id| self.line(id);
        let around = || self.near()?.filter(|id| self.tree.tag(*id).is_empty()).find_map(line);
        let leading = || {
            let behind = self.heading?..self.near()?.end;
            let texts = behind.filter(|id| self.tree.tag(*id).is_empty()).map(|id| self.tree.raw_text(id));
            leading(&texts.into_iter().find(|text| text.trim().len() > PARAGRAPH)?)
        };
        let named = self.named_near().find_map(line).or_else(around);
        let named = named.or_else(|| self.named.iter().copied().find_map(line));
        named.or_else(|| self.announcing().find_map(line)).or_else(leading)
    }

    /// The one day of a month (`2010-05`) in sentences that tell when something was published, be it in a margin.
    pub(super) fn day_in(&self, month: &str) -> Option<Date> {
        let texts = (0..self.tree.len()).filter(|id| self.tree.tag(*id).is_empty());
        let mut days = texts.filter_map(|id| self.bare(id).filter(|_| self.is_announced(id)));
        let day = days.find(|day| day.edtf().starts_with(month))?;
        days.all(|other| other == day || !other.edtf().starts_with(month)).then_some(day)
    }

    /// Whether a text stands in a sentence that tells when something was published.
    fn is_announced(&self, id: NodeId) -> bool {
        let is_another = hints::is_changed(self.tree, id)
            || hints::is_of_others(self.tree, id, self.heading)
            || hints::is_other_day(self.tree, id);
        let sentence =
            || self.tree.around(id).take(2).find_map(|around| self.text(around).filter(|text| text.len() > LONGEST));
        !is_another && sentence().is_some_and(|text| fold(&text).split(' ').any(|word| ANNOUNCED.contains(&word)))
    }

    /// The date that is all there is in an element close behind the headline, or in one thing with it.
    fn of_headline(&self, id: NodeId) -> Option<Date> {
        let date = self.bare(id)?;
        let heading = self.heading?;
        let with_heading =
            || hints::own_article(self.tree, id).is_some_and(|own| self.tree.within(own).contains(&heading));
        let is_own = (id > heading || with_heading()) && self.is_own(id) && !hints::is_other_day(self.tree, id);
        (is_own && !self.text_before(id).split(' ').any(hints::tells_change)).then_some(date)
    }

    /// The date that is the next text behind a label, `Published:`.
    fn behind_label(&self, id: NodeId) -> Option<Date> {
        let label = self.text(id).filter(|label| self.tree.tag(id).is_empty() && label.len() <= LONGEST)?;
        let label = fold(&label);
        let is_whole =
            label.ends_with([':']) || [" am", " on", " le", " el", " il"].iter().any(|end| label.ends_with(end));
        let first = label.split([' ', ':']).next().unwrap_or_default();
        let announces =
            ANNOUNCED.contains(&first) || label.starts_with("mis en ligne") || label.starts_with("mise en ligne");
        if !announces || !is_whole || label.bytes().any(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let next = (id + 1..self.tree.len()).find(|next| self.tree.tag(*next).is_empty() && !self.is_blank(*next))?;
        self.bare(next).filter(|_| self.is_own(next))
    }

    /// The last characters before an element, folded.
    fn text_before(&self, id: NodeId) -> String {
        let close = (id.saturating_sub(BEFORE_DAY)..id).rev();
        let text = close.filter(|id| self.tree.tag(*id).is_empty()).find_map(|id| self.text(id));
        text.filter(|text| text.len() <= LONGEST).map(|text| fold(&text)).unwrap_or_default()
    }

    /// The date that is all there is in an element.
    fn bare(&self, id: NodeId) -> Option<Date> {
        let text = self.text(id).filter(|text| text.len() <= LONGEST)?;
        lone(&text, self.order)
    }

    fn is_blank(&self, id: NodeId) -> bool {
        self.tree.raw_text(id).trim().is_empty()
    }

    fn near(&self) -> Option<Range<NodeId>> {
        self.heading.map(|heading| heading.saturating_sub(BEFORE)..self.tree.len().min(heading + BEHIND))
    }

    fn named_near(&self) -> impl Iterator<Item = NodeId> {
        let near = self.near().unwrap_or_default();
        self.named.iter().copied().filter(move |id| near.contains(id))
    }

    /// Lines with a word that announces a date of publication.
    fn announcing(&self) -> impl Iterator<Item = NodeId> {
        let announces = |text: String| {
            text.len() <= LONGEST
                && fold(&text).split_whitespace().any(|word| ANNOUNCED.contains(&word.trim_matches(':')))
        };
        (0..self.tree.len()).filter(move |id| self.text(*id).is_some_and(announces))
    }

    /// The characters of a node, where they are few; `None` for none.
    fn text(&self, id: NodeId) -> Option<String> {
        self.tree.short_text(id, RAW).filter(|text| !text.is_empty())
    }

    fn is_own(&self, id: NodeId) -> bool {
        !hints::is_changed(self.tree, id) && !hints::is_beside(self.tree, id, self.heading)
    }

    /// The date in a line of the article's own.
    fn line(&self, id: NodeId) -> Option<Date> {
        let text = self.text(id)?;
        let is_line = text.len() <= LONGEST && text.bytes().any(|byte| byte.is_ascii_digit());
        (is_line && self.is_own(id)).then(|| in_line(before_citation(&text), self.order))?
    }
}

/// A date that is all there is in a text, but for a time.
pub(super) fn lone(text: &str, order: Order) -> Option<Date> {
    one(without_time(text), order)
}

/// What stands before the signs of a citation: dates behind them are of something else.
fn before_citation(line: &str) -> &str {
    let signs = ["Vol.", "pp.", "DOI", "doi:", "ISSN", "ISBN"];
    let first = signs.iter().filter_map(|sign| line.find(sign)).min();
    first.and_then(|at| line.get(..at)).unwrap_or(line)
}

/// A date without the time behind it: `21.01.2022 - 13:30`.
fn without_time(text: &str) -> &str {
    let text = text.trim_end_matches("Uhr").trim_end();
    let day = text.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
    let time = &text[day.len()..];
    let is_time = time.split(':').count() > 1 && time.split(':').all(|part| part.len() == 2);
    let day = day.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | ',' | '/'));
    if is_time { day } else { text }
}

/// The order of day and month in a page's language.
pub(super) fn order(tree: &Tree) -> Order {
    let language = tree.elements().find(|(_, tag)| *tag == "html").and_then(|(id, _)| tree.attribute(id, "lang"));
    match language.map(str::to_lowercase).as_deref() {
        Some("en-us" | "en_us") => Order::MonthFirst,
        Some("en") | None => Order::Unknown,
        Some(_) => Order::DayFirst,
    }
}

/// The day in figures, and a sign behind it, with which a text begins: `14.3.2025 - The river …`.
fn leading(text: &str) -> Option<Date> {
    let text = text.trim();
    let (day, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit() && c != '.')?);
    let is_parted = rest.trim_start().starts_with(['-', '–', '—', ':', '|']);
    one(day, Order::DayFirst).filter(|_| is_parted && day.rsplit('.').next().is_some_and(|year| year.len() == 4))
}

/// The first date printed in a line, unless the line tells of a change before it.
pub(super) fn in_line(text: &str, order: Order) -> Option<Date> {
    let words: Vec<&str> = text.split_whitespace().collect();
    for start in 0..words.len() {
        let before = words.get(start.saturating_sub(3)..start).unwrap_or_default();
        if before.iter().any(|word| hints::tells_change(word)) {
            continue;
        }
        let longest = words.len().min(start + 6);
        let found = (start + 1..=longest).rev().find_map(|end| {
            let window = words.get(start..end).unwrap_or_default().join(" ");
            one(window.trim_matches(|c: char| !c.is_alphanumeric()), order)
        });
        if found.is_some() {
            return found;
        }
    }
    None
}

fn one(text: &str, order: Order) -> Option<Date> {
    if let Ok(date) = Date::parse_printed(text) {
        return Some(date).filter(is_recent_day);
    }
    let parts: Vec<&str> = text.split(['.', '/', '-']).collect();
    let [a, b, year] = parts.as_slice() else { return None };
    let is_short = |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    let year: i16 = match year.len() {
        2 if text.contains('.') || order != Order::Unknown => 2000 + year.parse::<i16>().ok()?,
        4 => year.parse().ok()?,
        _ => return None,
    };
    let (day, month) = match order {
        _ if text.contains('.') => (a, b),
        Order::DayFirst => (a, b),
        Order::MonthFirst => (b, a),
        Order::Unknown => return None,
    };
    let are_short = is_short(day) && is_short(month);
    let date = are_short.then(|| Date::from_parts(year, Some(month.parse().ok()?), Some(day.parse().ok()?)))??;
    Some(date).filter(is_recent_day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_tell_days() {
        for (text, order, expected) in [
            ("Published 14 March 2025, 10:15", Order::Unknown, Some("2025-03-14")),
            ("By Nora Vell | March 14, 2025 | Updated March 16, 2025", Order::Unknown, Some("2025-03-14")),
            ("Updated March 16, 2025", Order::Unknown, None),
            ("Zuletzt aktualisiert am 16.03.2025", Order::DayFirst, None),
            ("Veröffentlicht am 14.03.25 um 10 Uhr", Order::DayFirst, Some("2025-03-14")),
            ("3/4/2025", Order::Unknown, None),
            ("3/4/2025", Order::MonthFirst, Some("2025-03-04")),
            ("3/4/2025", Order::DayFirst, Some("2025-04-03")),
            ("in March 2025", Order::Unknown, None),
        ] {
            assert_eq!(in_line(text, order).as_ref().map(Date::edtf), expected, "{text}");
        }
    }
}
