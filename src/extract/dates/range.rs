//! From one date to another: `1985 to 1990`, `March 3-5`, `2012-present`.
//!
//! It never makes a range whose end lies before its beginning.

use super::{
    Found, Reader, Rule,
    absolute::{self, Point},
    atom::Strip,
    lexicon::Sense,
    tense,
};
use crate::date::Date;

/// The range that begins at an atom.
pub(super) fn read(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let (from, end) = absolute::point(strip, at).or_else(|| bare_day(strip, at))?;
    let (joint, next) = joint(strip, at, end)?;
    let found = |end, value| Some(Found { atoms: at..end, value, rule: Rule::Range });
    if let Some(end) = open_end(strip, next, joint) {
        let from = reader.value(from, tense::lean(strip, at))?;
        return found(end, Some(Date::parse(&format!("{from}/..")).ok()?));
    }
    let (to, end) = right_side(strip, from, next, joint)?;
    let from = filled(from, to)?;
    let lean = tense::lean(strip, at);
    let (first, last) = match from.year {
        Some(_) => (from.date()?, to.date()?),
        None => match (reader.value(from, lean), reader.value(to, lean)) {
            (Some(first), Some(last)) => (first, last),
            _ if reader.anchor.is_none() => return found(end, None),
            _ => return None,
        },
    };
    found(end, Some(Date::parse(&format!("{first}/{last}")).ok()?))
}

/// `25` of `April 24 and 25`, read from the `and` on.
pub(super) fn second_day(reader: &Reader<'_>, at: usize) -> Option<Found> {
    let strip = &reader.strip;
    let Sense::Month(month) = strip.before(at, 2) else { return None };
    let (first, second) = (absolute::day(strip, at.checked_sub(1)?)?, absolute::day(strip, at + 1)?);
    let is_day = first < second
        && strip.runs_on(at, "")
        && strip.runs_on(at - 1, "")
        && !(strip.runs_on(at + 1, "")
            && matches!(strip.sense(at + 2), Sense::Month(_) | Sense::Measured | Sense::Unit(_)));
    let point = Point { year: None, month: Some(month), day: Some(second) };
    let value = reader.value(point, tense::lean(strip, at));
    is_day.then_some(Found { atoms: at + 1..at + 2, value, rule: Rule::Yearless })
}

/// What joins the two dates.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    Dash,
    Word,
}

/// The joint behind an atom, and the atom at which the second date begins.
fn joint(strip: &Strip<'_>, start: usize, end: usize) -> Option<(Joint, usize)> {
    if ["-", "–", "—"].contains(&strip.gap(end - 1).trim()) {
        return Some((Joint::Dash, end));
    }
    let is_word = match strip.sense(end) {
        Sense::To => true,
        Sense::And => strip.before(start, 1) == Sense::Between,
        _ => false,
    };
    (is_word && strip.runs_on(end - 1, "") && strip.runs_on(end, "")).then_some((Joint::Word, end + 1))
}

/// The atom behind `present`, `the present`, `now`.
fn open_end(strip: &Strip<'_>, at: usize, joint: Joint) -> Option<usize> {
    let at = if strip.sense(at) == Sense::The { at + 1 } else { at };
    let is_open = strip.sense(at) == Sense::Present || (joint == Joint::Dash && strip.printed(at) == "today");
    is_open.then_some(at + 1)
}

/// The second date, its missing parts taken from the first.
fn right_side(strip: &Strip<'_>, from: Point, at: usize, joint: Joint) -> Option<(Point, usize)> {
    if from.day.is_some()
        && from.month.is_some()
        && let Some(day) = absolute::day(strip, at)
        && !matches!(strip.sense(at + 1), Sense::Month(_) | Sense::Measured | Sense::Unit(_))
    {
        let year = match strip.sense(at + 1) {
            Sense::Number(year @ 1000..=2100, 4) if strip.runs_on(at, ",") => i16::try_from(year).ok(),
            _ => None,
        };
        let end = at + 1 + usize::from(year.is_some());
        return Some((Point { year: year.or(from.year), month: from.month, day: Some(day) }, end));
    }
    if let (Some(year), None, Sense::Number(short, 2), Joint::Dash) = (from.year, from.month, strip.sense(at), joint) {
        let last = year / 100 * 100 + i16::try_from(short).ok()?;
        let last = if last <= year { last + 100 } else { last };
        return (last - year < 50).then_some((Point { year: Some(last), ..Point::default() }, at + 1));
    }
    let (to, end) = absolute::point(strip, at)?;
    let is_alike =
        (from.day.is_some(), from.month.is_some() || from.day.is_some()) == (to.day.is_some(), to.month.is_some());
    is_alike.then_some((to, end))
}

/// The first date with the parts that only the second has printed.
fn filled(from: Point, to: Point) -> Option<Point> {
    let month = from.month.or(if from.day.is_some() { to.month } else { None });
    let year = match (from.year, to.year) {
        (None, Some(year)) if month > to.month => year.checked_sub(1),
        (None, year) => year,
        (Some(_), None) => return None,
        (year, _) => year,
    };
    Some(Point { year, month, ..from })
}

/// `3` of `3-5 March`.
fn bare_day(strip: &Strip<'_>, at: usize) -> Option<(Point, usize)> {
    let day = absolute::day(strip, at)?;
    Some((Point { day: Some(day), ..Point::default() }, at + 1))
}
