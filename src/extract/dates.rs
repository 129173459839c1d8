//! Dates in a text: calendar dates, ranges, and dates counted from the day of publication.
//!
//! What cannot be told without that day stays a mention without a value; it never means the day on which somebody reads.
//! The grammar is of English; of other languages it reads numerals and names of months. The longest match wins.

mod absolute;
mod anchor;
mod atom;
mod lexicon;
mod range;
mod relative;
mod tense;

use super::{found::MOST, page::Page};
use crate::{
    article::PartKind,
    date::Date,
    entity::{EntityKind, Evidence, Mention},
};
use absolute::Point;
use anchor::Anchor;
use atom::Strip;
use lexicon::Sense;
use tense::Lean;

/// All dates of a page in order of the text, none overlapping another; `yesterday` counts from the day of publication.
///
/// A mention's entity is its EDTF form, empty when there is no value. Behind one more than the most there may be nothing is
/// taken.
pub(super) fn find(page: &Page<'_>) -> Vec<Mention> {
    let anchor = page.published.and_then(Anchor::of);
    let mut mentions = Vec::new();
    let starts = &page.analysis.part_starts;
    for (number, part) in page.parts.iter().enumerate().filter(|(_, part)| part.kind != PartKind::Boilerplate) {
        let first = starts.get(number).map_or(page.words().len(), |start| *start as usize);
        let behind = starts.get(number + 1).map_or(page.words().len(), |start| *start as usize);
        if part.span.is_empty() || first >= behind {
            continue;
        }
        let reader = Reader { strip: Strip::of(page, first..behind), anchor };
        reader.read(|found| {
            if mentions.len() <= MOST {
                mentions.push(mention(page, &reader.strip, found));
            }
        });
    }
    mentions
}

fn mention(page: &Page<'_>, strip: &Strip<'_>, found: Found) -> Mention {
    let span = strip.bytes(&found.atoms);
    Mention {
        kind: EntityKind::Date,
        surface: page.text.get(span.clone()).unwrap_or_default().to_owned(),
        span,
        entity: found.value.as_ref().map(|date| date.edtf().to_owned()).unwrap_or_default(),
        role: None,
        location: None,
        confidence: if found.value.is_some() { found.rule.confidence() } else { 0.5 },
        date: found.value,
        from: Evidence::Text,
        rule: found.rule.name().to_owned(),
    }
}

/// What a rule made of some atoms.
struct Found {
    atoms: std::ops::Range<usize>,
    /// `None` when the rule needs an anchor that is not there.
    value: Option<Date>,
    rule: Rule,
}

/// The rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Rule {
    /// Printed whole: day, month and year, or less.
    Calendar,
    /// A year alone.
    Year,
    /// Day and month, or a month: the year is the anchor's or the one beside it.
    Yearless,
    /// From one date to another.
    Range,
    /// A decade or century.
    Age,
    /// A quarter, half or season of a year.
    Season,
    /// A day of the week.
    Weekday,
    /// Counted from the anchor.
    Relative,
}

impl Rule {
    fn name(self) -> &'static str {
        match self {
            Self::Calendar => "date",
            Self::Year => "year",
            Self::Yearless => "date-without-year",
            Self::Range => "range",
            Self::Age => "decade",
            Self::Season => "season",
            Self::Weekday => "weekday",
            Self::Relative => "relative",
        }
    }

    /// How often such a value is right, roughly.
    fn confidence(self) -> f32 {
        match self {
            Self::Calendar => 0.98,
            Self::Range | Self::Age => 0.95,
            Self::Year => 0.9,
            Self::Yearless => 0.85,
            Self::Weekday | Self::Relative | Self::Season => 0.8,
        }
    }
}

/// Reads one strip of atoms against an anchor.
struct Reader<'a> {
    strip: Strip<'a>,
    anchor: Option<Anchor>,
}

impl Reader<'_> {
    fn read(&self, mut take: impl FnMut(Found)) {
        let mut at = 0;
        while at < self.strip.len() {
            let found = match self.strip.sense(at) {
                Sense::Other | Sense::Measured | Sense::Numbered | Sense::Present => None,
                _ => self.with_prefix(at),
            };
            at = found.as_ref().map_or(at + 1, |found| found.atoms.end);
            if let Some(found) = found {
                take(found);
            }
        }
    }

    /// A date with the words before it that say where within it: `early in 1990`, `about 1916`.
    fn with_prefix(&self, at: usize) -> Option<Found> {
        let strip = &self.strip;
        let prefix = strip.sense(at);
        if !matches!(prefix, Sense::Within | Sense::Farther(_) | Sense::Circa) {
            return self.core(at);
        }
        let mut next = at + 1;
        let signs = if prefix == Sense::Circa { "." } else { "-" };
        if !strip.runs_on(at, signs) {
            return None;
        }
        while next < at + 3
            && matches!(strip.sense(next), Sense::Of | Sense::The | Sense::In)
            && strip.runs_on(next, "")
        {
            next += 1;
        }
        let found = self.core(next)?;
        match prefix {
            Sense::Circa => circa(found, at),
            Sense::Farther(_) if !matches!(found.rule, Rule::Relative | Rule::Weekday) => None,
            _ => Some(Found { atoms: at..found.atoms.end, ..found }),
        }
    }

    fn core(&self, at: usize) -> Option<Found> {
        if self.strip.sense(at) == Sense::And {
            return range::second_day(self, at);
        }
        let relative = relative::read(self, at);
        let absolute = range::read(self, at).or_else(|| self.calendar(at)).or_else(|| absolute::age(self, at));
        match (relative, absolute) {
            (Some(relative), Some(absolute)) if absolute.atoms.end > relative.atoms.end => Some(absolute),
            (Some(relative), _) => Some(relative),
            (None, absolute) => absolute,
        }
    }

    /// A date of the calendar, perhaps with its day of the week before it.
    fn calendar(&self, at: usize) -> Option<Found> {
        if let Some(numeric) = absolute::numeric(self, at) {
            return Some(numeric);
        }
        let (point, end) = match self.strip.sense(at) {
            Sense::Weekday(_) => absolute::behind_weekday(&self.strip, at)?,
            _ => absolute::point(&self.strip, at)?,
        };
        let rule = match point {
            Point { year: Some(_), month: None, .. } => Rule::Year,
            Point { year: Some(_), .. } => Rule::Calendar,
            _ => Rule::Yearless,
        };
        let is_bare_month = point.year.is_none() && point.day.is_none();
        if !point.is_possible() || (is_bare_month && relative::is_recurring(self, at)) {
            return None;
        }
        Some(Found { atoms: at..end, value: self.value(point, tense::lean(&self.strip, at)), rule })
    }

    /// The value of a point whose year may have to come from the anchor.
    fn value(&self, point: Point, lean: Lean) -> Option<Date> {
        let Some(month) = point.month.filter(|_| point.year.is_none()) else { return point.date() };
        let year = self.anchor?.year_of(month, point.day, lean)?;
        Point { year: Some(year), ..point }.date()
    }
}

/// A year, month or decade that its text gives as a guess.
fn circa(found: Found, at: usize) -> Option<Found> {
    let date = found.value.filter(|date| matches!(date.edtf().len(), 4 | 7) && found.rule != Rule::Relative)?;
    let value = Date::parse(&format!("{date}~")).ok()?;
    Some(Found { atoms: at..found.atoms.end, value: Some(value), ..found })
}

#[cfg(test)]
mod tests;
