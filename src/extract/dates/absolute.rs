//! Dates of the calendar as they are printed: `March 14, 2025`, `14 March`, `1916`, `the 1990s`.
//!
//! It never looks at an anchor but for the century of `the '90s`; it never guesses which of two numbers is the month.

use super::{
    Found, Reader, Rule,
    atom::Strip,
    lexicon::{Sense, Unit},
};
use crate::{
    date::{Date, day_of},
    text::Language,
};

/// A year, month or day, as far as it is printed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Point {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

impl Point {
    /// Its value, where the year is printed and the calendar has it.
    pub(super) fn date(self) -> Option<Date> {
        Date::from_parts(self.year?, self.month, self.day)
    }

    /// Whether some year has this day.
    pub(super) fn is_possible(self) -> bool {
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        day_of(self.year.unwrap_or(2000), month, day).is_some()
    }
}

/// The longest date that begins at an atom, and the atom behind it.
pub(super) fn point(strip: &Strip<'_>, at: usize) -> Option<(Point, usize)> {
    match strip.sense(at) {
        Sense::Month(month) => month_first(strip, at, month),
        Sense::Number(..) | Sense::Ordinal(_) => day_first(strip, at).or_else(|| year_alone(strip, at)),
        Sense::Count(_) => {
            spelled_year(strip, at).map(|(year, end)| (Point { year: Some(year), ..Point::default() }, end))
        }
        Sense::The if strip.runs_on(at, "") => day_first(strip, at + 1),
        _ => None,
    }
}

/// `Friday, March 14, 2025`, read from the day of the week on.
pub(super) fn behind_weekday(strip: &Strip<'_>, at: usize) -> Option<(Point, usize)> {
    let next = match strip.sense(at + 1) {
        Sense::The if strip.runs_on(at, ",") => at + 2,
        _ => at + 1,
    };
    let found = if strip.runs_on(next - 1, ",.") { point(strip, next) } else { None };
    found.filter(|(point, _)| point.day.is_some())
}

/// `March 14, 2025`, `March 14`, `March 2025`, `March`.
fn month_first(strip: &Strip<'_>, at: usize, month: i8) -> Option<(Point, usize)> {
    let month = Some(month);
    if strip.runs_on(at, ".")
        && let Some(day) = day(strip, at + 1)
        && !is_time(strip, at + 1)
    {
        let year = strip.runs_on(at + 1, ",").then(|| year_at(strip, at + 2)).flatten();
        let (year, end) = year.map_or((None, at + 2), |(year, end)| (Some(year), end));
        return Some((Point { year, month, day: Some(day) }, end));
    }
    let next = if strip.sense(at + 1) == Sense::Of && strip.runs_on(at, "") { at + 2 } else { at + 1 };
    if strip.runs_on(next - 1, ".,")
        && let Some((year, end)) = year_at(strip, next)
    {
        return Some((Point { year: Some(year), month, day: None }, end));
    }
    stands_alone(strip, at).then_some((Point { month, ..Point::default() }, at + 1))
}

/// `14 March 2025`, `the 14th of March`.
fn day_first(strip: &Strip<'_>, at: usize) -> Option<(Point, usize)> {
    let day = Some(day(strip, at)?);
    let next = if strip.sense(at + 1) == Sense::Of && strip.runs_on(at, "") { at + 2 } else { at + 1 };
    let Sense::Month(month) = strip.sense(next) else { return None };
    if !strip.runs_on(next - 1, ".") && strip.gap(next - 1) != "-" {
        return None;
    }
    let of = if strip.sense(next + 1) == Sense::Of && strip.runs_on(next, "") { next + 2 } else { next + 1 };
    let is_joined = strip.runs_on(of - 1, ".,") || strip.gap(of - 1) == "-";
    let year = is_joined.then(|| year_at(strip, of)).flatten();
    let (year, end) = year.map_or((None, next + 1), |(year, end)| (Some(year), end));
    Some((Point { year, month: Some(month), day }, end))
}

/// The day of a month at an atom.
pub(super) fn day(strip: &Strip<'_>, at: usize) -> Option<i8> {
    match strip.sense(at) {
        Sense::Number(day @ 1..=31, 1 | 2) => i8::try_from(day).ok(),
        Sense::Ordinal(day @ 1..=31) => i8::try_from(day).ok(),
        _ => None,
    }
}

/// Whether the number at an atom begins a time of day.
fn is_time(strip: &Strip<'_>, at: usize) -> bool {
    let mut behind = strip.lead_out(at).chars();
    behind.next() == Some(':') && behind.next().is_some_and(|c| c.is_ascii_digit())
}

/// A year behind a month: it needs no further sign that it is one.
fn year_at(strip: &Strip<'_>, at: usize) -> Option<(i16, usize)> {
    match strip.sense(at) {
        Sense::Number(year @ 1000..=2100, 4) if !is_measured(strip, at) => Some((i16::try_from(year).ok()?, at + 1)),
        Sense::Count(_) => spelled_year(strip, at),
        _ => None,
    }
}

/// `nineteen ninety-eight`, `the year two thousand`.
fn spelled_year(strip: &Strip<'_>, at: usize) -> Option<(i16, usize)> {
    if strip.sense(at) == Sense::Count(2)
        && strip.folded(at + 1) == "thousand"
        && strip.before(at, 1) == Sense::Unit(Unit::Year)
    {
        return Some((2000, at + 2));
    }
    let Sense::Count(century @ 17..=20) = strip.sense(at) else { return None };
    let joins = |at| strip.runs_on(at, "-");
    let Sense::Count(tens @ 10..=90) = strip.sense(at + 1) else { return None };
    let year = 100 * i16::from(century) + i16::from(tens);
    if !joins(at) {
        return None;
    }
    match strip.sense(at + 2) {
        Sense::Count(ones @ 1..=9) if tens % 10 == 0 && joins(at + 1) => Some((year + i16::from(ones), at + 3)),
        Sense::Measured | Sense::Unit(_) => None,
        _ => Some((year, at + 2)),
    }
}

/// A bare year, where neither what stands before nor behind makes it a number of something.
fn year_alone(strip: &Strip<'_>, at: usize) -> Option<(Point, usize)> {
    let Sense::Number(year @ 1000..=2100, 4) = strip.sense(at) else { return None };
    let before = strip.before(at, 1);
    let has_cue = matches!(before, Sense::In | Sense::Of | Sense::To | Sense::Between | Sense::Within | Sense::Fiscal);
    let is_likely = (1700..=2050).contains(&year);
    let has_article = before == Sense::The && (1900..=2050).contains(&year);
    let is_english = strip.language() == Language::ENGLISH;
    if before == Sense::Numbered
        || (!is_likely && !has_cue)
        || !is_free_before(strip, at)
        || is_measured(strip, at)
        || (looks_plural(strip, at + 1) && !has_cue && !has_article && is_english && strip.runs_on(at, ""))
    {
        return None;
    }
    Some((Point { year: i16::try_from(year).ok(), ..Point::default() }, at + 1))
}

/// Whether nothing is glued to the front of a number: no currency, no number sign, no other number.
fn is_free_before(strip: &Strip<'_>, at: usize) -> bool {
    let lead = strip.lead_in(at);
    let glued = lead.chars().next_back().filter(|c| !c.is_whitespace());
    let has_currency = lead.trim_end().ends_with(['$', '£', '€', '¥', '#', '№']);
    let before = strip.before(at, 1);
    match glued {
        _ if has_currency => false,
        Some('-' | '–' | '—') => {
            matches!(before, Sense::Within | Sense::Number(_, 4) | Sense::Month(_) | Sense::Season(_) | Sense::Circa)
        }
        Some('/') => matches!(before, Sense::Number(_, 4)),
        Some(c) => "(['\"“”‘’«".contains(c),
        None => true,
    }
}

/// Whether the number at an atom counts what follows, or goes on.
fn is_measured(strip: &Strip<'_>, at: usize) -> bool {
    let behind = strip.lead_out(at);
    let mut next = behind.chars();
    let glued = match (next.next(), next.next()) {
        (Some('%' | '°' | '€' | '£' | '$' | ':'), _) => true,
        (Some('.' | ','), Some(c)) => c.is_ascii_digit(),
        _ => false,
    };
    let follower = strip.sense(at + 1);
    let counts = matches!(follower, Sense::Measured | Sense::Count(_))
        || (matches!(follower, Sense::Unit(_)) && strip.is_plural(at + 1));
    let is_compound = strip.gap(at) == "-" && matches!(follower, Sense::Other | Sense::Measured | Sense::Unit(_));
    glued || (counts && strip.runs_on(at, "-")) || is_compound || strip.printed(at + 1) == "BC"
}

/// Whether a word in small letters looks like several things.
fn looks_plural(strip: &Strip<'_>, at: usize) -> bool {
    let word = strip.printed(at);
    word.len() > 4
        && word.ends_with('s')
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && !word.ends_with("ss")
        && !word.ends_with("us")
        && !word.ends_with("is")
        && !["always", "perhaps", "towards", "besides", "makes", "gives", "comes", "takes", "shows"].contains(&word)
}

/// Whether a month without day and year is a month here, and not a name or a verb.
fn stands_alone(strip: &Strip<'_>, at: usize) -> bool {
    let before = strip.before(at, 1);
    let has_cue = matches!(before, Sense::In | Sense::Of | Sense::To | Sense::Within | Sense::Between)
        || (before == Sense::And && matches!(strip.before(at, 2), Sense::Month(_)));
    let has_cue = has_cue && strip.lead_in(at).ends_with([' ', '-', '\n']);
    if has_cue || strip.language() != Language::ENGLISH {
        return has_cue;
    }
    let is_name = ["March", "April", "May", "June", "August", "Mar", "Jan", "Jun", "Dec", "Sep", "Apr"];
    let is_attribute = matches!(before, Sense::A | Sense::The) && strip.runs_on(at, "") && !strip.is_capital(at + 1);
    let is_followed = strip.runs_on(at, "") && strip.is_capital(at + 1) && strip.sense(at + 1) == Sense::Other;
    let has_dot = strip.lead_out(at).starts_with('.');
    is_attribute || strip.printed(at).len() > 3 && !is_name.contains(&strip.printed(at)) && !is_followed && !has_dot
}

/// `2024-12-06`, `14.03.2025`, `3/14/2025`, `3/14/98`; without a value where day and month cannot be told apart.
pub(super) fn numeric(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let Sense::Number(first, digits) = strip.sense(at) else { return None };
    let found = |end, value| Some(Found { atoms: at..end, value, rule: Rule::Calendar });
    if digits == 4
        && strip.gap(at) == "-"
        && let Some(day) = strip.lead_out(at).get(..6)
        && let Ok(date) = Date::parse(&format!("{first:04}{day}"))
    {
        return found(at + 3, Some(date));
    }
    let sign = strip.gap(at);
    if !["/", ".", "-"].contains(&sign) || strip.gap(at + 1) != sign {
        return None;
    }
    let (Sense::Number(second, 1 | 2), Sense::Number(third, length)) = (strip.sense(at + 1), strip.sense(at + 2))
    else {
        return None;
    };
    let is_day = |number: u32| (1..=31).contains(&number);
    let goes_on = ["/", ".", "-"].contains(&strip.gap(at + 2)) || strip.lead_in(at).ends_with(['/', '.', '-']);
    match (digits, length) {
        _ if goes_on => None,
        (4, 1 | 2) => found(at + 3, Some(numbers(first, second, third)?)),
        (1 | 2, 4) if is_day(first) && is_day(second) => {
            found(at + 3, ordered(strip.language(), sign, [first, second, third])?)
        }
        (1 | 2, 2) if sign == "/" && is_day(first) && is_day(second) => {
            let year = reader.anchor.and_then(|anchor| anchor.century_of(third));
            let value = year.map(|year| ordered(strip.language(), sign, [first, second, year]));
            found(at + 3, value.unwrap_or(Some(None))?)
        }
        _ => None,
    }
}

fn numbers(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::from_parts(year.try_into().ok()?, Some(month.try_into().ok()?), Some(day.try_into().ok()?))
}

/// Day, month and year in the order that the numbers, the sign or the language tell; `Some(None)` where none does.
fn ordered(language: Language, sign: &str, [a, b, year]: [u32; 3]) -> Option<Option<Date>> {
    let (day, month) = (numbers(year, b, a), numbers(year, a, b));
    match (day, month) {
        (None, None) => None,
        (Some(date), None) | (None, Some(date)) => Some(Some(date)),
        (Some(day), Some(month)) if day == month || sign == "." || language != Language::ENGLISH => Some(Some(day)),
        _ => Some(None),
    }
}

/// `the 1990s`, `the '90s`, `the 19th century`.
pub(super) fn age(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let found = |end, value| Some(Found { atoms: at..end, value, rule: Rule::Age });
    match strip.sense(at) {
        Sense::Decade(year @ 1000..=1899) if year % 100 == 0 => {
            found(at + 1, Date::parse(&format!("{}XX", year / 100)).ok())
        }
        Sense::Decade(year @ 1000..=2090) => found(at + 1, Date::parse(&format!("{}X", year / 10)).ok()),
        Sense::Decade(tens @ 10..=90) => {
            let is_age = matches!(strip.before(at, 1), Sense::The | Sense::Within)
                || strip.lead_in(at).ends_with(['\'', '’', '‘']);
            let year = reader.anchor.and_then(|anchor| anchor.century_of(tens.into()));
            let value = year.and_then(|year| Date::parse(&format!("{}X", year / 10)).ok());
            if is_age { found(at + 1, value) } else { None }
        }
        Sense::Ordinal(century @ 10..=21)
            if strip.sense(at + 1) == Sense::Unit(Unit::Century)
                && strip.runs_on(at, "-")
                && !["BC", "B.C", "BCE"].contains(&strip.printed(at + 2)) =>
        {
            found(at + 2, Date::parse(&format!("{}XX", century - 1)).ok())
        }
        _ => None,
    }
}
