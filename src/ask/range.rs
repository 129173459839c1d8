//! Reads ranges of dates and numbers: `2024..2025-03`, `>2024`, `[a TO b]`. It never asks what day it is.

use super::scan::Scanner;
use crate::{
    date::Date,
    error::Result,
    field::Field,
    query::{At, DateMatch, Range, Value, When},
};

/// Reads the next `length` bytes as a date or a range of dates.
///
/// # Errors
/// `Query` when they are none, or the field takes one date only.
pub(super) fn dates(scan: &mut Scanner<'_>, field: Field, length: usize) -> Result<Value> {
    let (typed, at) = take(scan, length);
    date(scan, field, (typed, at))
}

/// The date or range of dates that `typed` is.
///
/// # Errors
/// As [`dates`].
pub(super) fn date(scan: &Scanner<'_>, field: Field, (typed, at): (&str, At)) -> Result<Value> {
    if typed == "*" {
        return Ok(Value::Any);
    }
    let inside = typed.strip_prefix('=');
    let bare = inside.unwrap_or(typed);
    let one = |text: &str| {
        let label = "a date is 2024, 2024-05, 2024-05-31, 1910s, today, yesterday or 2w";
        When::parse(text).ok_or_else(|| scan.fault(format!("“{text}” is no date"), at, label))
    };
    let edtf = bare.split_once('/').filter(|_| Date::parse(bare).is_ok());
    let range = match edtf {
        Some((from, "..")) => Range::From(one(from)?),
        Some(("..", to)) => Range::To(one(to)?),
        Some((from, to)) => between(from, to, one)?,
        None => range(scan, (bare, at), one)?,
    };
    if matches!(field, Field::Since | Field::Until) && !matches!(range, Range::Is(_)) {
        let label = format!("did you mean {}:{bare} ?", Field::Published.name());
        return Err(scan.fault(format!("“{}:” takes one date", field.name()), at, label));
    }
    let meant = if inside.is_some() && field == Field::Mentioned { DateMatch::Inside } else { DateMatch::Overlap };
    Ok(Value::Dates(range, meant))
}

/// Reads the next `length` bytes as a number or a range of numbers.
///
/// # Errors
/// `Query` when they are none.
pub(super) fn numbers(scan: &mut Scanner<'_>, length: usize) -> Result<Value> {
    let (typed, at) = take(scan, length);
    number(scan, typed, at)
}

/// The number or range of numbers that `typed` is.
///
/// # Errors
/// As [`numbers`].
pub(super) fn number(scan: &Scanner<'_>, typed: &str, at: At) -> Result<Value> {
    let one = |text: &str| {
        let fault = |_| scan.fault(format!("“{text}” is no number"), at, "as in >300, 100..200 or 250");
        text.replace(',', "").parse::<u64>().map_err(fault)
    };
    let bare = typed.strip_prefix('=').unwrap_or(typed);
    Ok(Value::Numbers(range(scan, (bare, at), one)?))
}

fn take<'t>(scan: &mut Scanner<'t>, length: usize) -> (&'t str, At) {
    let start = scan.pos();
    let typed = scan.rest().get(..length).unwrap_or_default();
    scan.bump(length);
    (typed, scan.since(start))
}

fn range<T>(scan: &Scanner<'_>, (typed, at): (&str, At), one: impl Fn(&str) -> Result<T>) -> Result<Range<T>> {
    if let Some(inner) = typed.strip_prefix('[') {
        let Some(inner) = inner.strip_suffix(']') else {
            return Err(scan.fault("a bracket is not closed", at, "a range is written [2024 TO 2025] or 2024..2025"));
        };
        return match inner.split_once(" TO ").map(|(from, to)| (from.trim(), to.trim())) {
            Some((from, to)) => between(from, to, one),
            None => Err(scan.fault(format!("“{typed}” is no range"), at, "write [2024 TO 2025] or 2024..2025")),
        };
    }
    if let Some(x) = typed.strip_prefix(">=") {
        return Ok(Range::From(one(x)?));
    }
    if let Some(x) = typed.strip_prefix("<=") {
        return Ok(Range::To(one(x)?));
    }
    if let Some(x) = typed.strip_prefix('>') {
        return Ok(Range::Above(one(x)?));
    }
    if let Some(x) = typed.strip_prefix('<') {
        return Ok(Range::Below(one(x)?));
    }
    match typed.split_once("..") {
        Some((from, to)) => between(from, to, one),
        None => Ok(Range::Is(one(typed)?)),
    }
}

/// A range by its ends; an end that is empty or `*` is open, but not both.
fn between<T>(from: &str, to: &str, one: impl Fn(&str) -> Result<T>) -> Result<Range<T>> {
    match (matches!(from, "" | "*"), matches!(to, "" | "*")) {
        (true, true) => one("..").map(Range::Is),
        (true, false) => Ok(Range::To(one(to)?)),
        (false, true) => Ok(Range::From(one(from)?)),
        (false, false) => Ok(Range::Between(one(from)?, one(to)?)),
    }
}
