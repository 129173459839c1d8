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
/// Words that announce a date of publication.
const ANNOUNCED: &[&str] = &[
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

    /// A date and nothing else in an element named for it near the headline, or behind a word that announces it.
    pub(super) fn plain(&self) -> Option<Date> {
        let lone = |id| self.lone(id);
        let of_next = |id: NodeId| {
            let behind = self.tree.within(id).end..self.tree.len();
            behind.filter(|id| self.tree.tag(*id).is_empty()).find(|id| self.text(*id).is_some()).and_then(lone)
        };
        self.named_near().find_map(lone).or_else(|| self.announcing().find_map(of_next))
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
        named.or_else(|| self.announcing().find_map(line)).or_else(leading).or_else(|| self.only())
    }

    /// The one day of a month (`2010-05`) that stands alone anywhere in the page, be it in a margin.
    pub(super) fn day_in(&self, month: &str) -> Option<Date> {
        let is_another = |id| hints::is_changed(self.tree, id) || hints::is_of_others(self.tree, id, self.heading);
        let days = self.texts().filter_map(|id| self.bare(id).filter(|_| !is_another(id)));
        the_one(days.filter(|day| day.edtf().starts_with(month)))
    }

    /// The one day that stands alone anywhere in the page.
    fn only(&self) -> Option<Date> {
        the_one(self.texts().filter_map(|id| self.lone(id)))
    }

    fn texts(&self) -> impl Iterator<Item = NodeId> {
        (0..self.tree.len()).filter(|id| self.tree.tag(*id).is_empty())
    }

    /// The date that is all there is in an element of the article's own.
    fn lone(&self, id: NodeId) -> Option<Date> {
        self.bare(id).filter(|_| self.is_own(id))
    }

    /// The date that is all there is in an element.
    fn bare(&self, id: NodeId) -> Option<Date> {
        let text = self.text(id).filter(|text| text.len() <= LONGEST)?;
        one(without_time(&text), self.order)
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
        let is_line = text.len() <= LONGEST && text.bytes().any(|byte| byte.is_ascii_digit()) && !is_citation(&text);
        (is_line && self.is_own(id)).then(|| in_line(&text, self.order))?
    }
}

/// What all of these are.
fn the_one(mut days: impl Iterator<Item = Date>) -> Option<Date> {
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}

/// Whether a line tells where something else was printed.
fn is_citation(line: &str) -> bool {
    let is_sign = |word: &str| ["Vol.", "pp.", "DOI", "doi:", "ISSN", "ISBN"].contains(&word);
    line.split([' ', ',', ';', '(']).any(is_sign)
}

/// A date without the time behind it: `21.01.2022 - 13:30`.
fn without_time(text: &str) -> &str {
    let text = text.trim_end_matches("Uhr").trim_end();
    let is_time = |c: char| c.is_ascii_digit() || c == ':';
    let day = text.trim_end_matches(is_time);
    if !text[day.len()..].contains(':') {
        return text;
    }
    day.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '|' | ',' | '/'))
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
