//! Dates no more precise than the page: a value in a subset of EDTF with the first and last day it can mean.
//!
//! A day is a number: days since 1970-01-01 in the proleptic Gregorian calendar. Nothing here knows what day it is today.
//! Lenient reading of printed dates lives in `date/printed.rs`.

mod cell;
mod names;
mod period;
mod printed;

use std::{fmt, ops::RangeInclusive};

use jiff::{civil, tz::TimeZone};
use serde::{Deserialize, Serialize};

pub use cell::{Cell, cover};
pub use names::{month_in, weekday_named};
pub use period::Period;

/// A day number: days since 1970-01-01.
pub type Day = i32;

/// A calendar date or range as precise as its source.
///
/// Written as EDTF: `1916`, `1916-05`, `1916-05-24`, `191X`, `1916~`, `1985/1990`, `2012/..`. A time of day is dropped.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Date {
    edtf: String,
    from: Option<Day>,
    to: Option<Day>,
}

/// A text that is no date of the kind asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotADate(pub String);

impl Date {
    /// Reads the EDTF subset; a time after `T` or a blank is dropped.
    ///
    /// # Errors
    /// [`NotADate`] when the text is anything else or names a day that no calendar has.
    pub fn parse(text: &str) -> Result<Self, NotADate> {
        let text = text.trim();
        let fault = || NotADate(text.to_owned());
        let Some((from, to)) = text.split_once('/') else {
            let (edtf, days) = point(text).ok_or_else(fault)?;
            return Ok(Self { edtf, from: Some(*days.start()), to: Some(*days.end()) });
        };
        let end = |side: &str| match side {
            ".." | "" => Some(("..".to_owned(), None)),
            side => point(side).map(|(edtf, days)| (edtf, Some(days))),
        };
        let ((left, from), (right, to)) = end(from).zip(end(to)).ok_or_else(fault)?;
        let date = Self {
            edtf: format!("{left}/{right}"),
            from: from.map(|days| *days.start()),
            to: to.map(|days| *days.end()),
        };
        match (date.from, date.to) {
            (None, None) => Err(fault()),
            (Some(from), Some(to)) if from > to => Err(fault()),
            _ => Ok(date),
        }
    }

    /// Reads what people and programs write: EDTF, RFC 2822, `14 March 2025`, `March 14, 2025`, `20250314`, `14.03.2025`.
    ///
    /// Day and month in numbers are told apart only where the numbers allow it.
    ///
    /// # Errors
    /// [`NotADate`] when the text is no date or an ambiguous one.
    pub fn parse_printed(text: &str) -> Result<Self, NotADate> {
        Self::parse(text).or_else(|fault| printed::parse(text).ok_or(fault))
    }

    /// As [`Self::parse_printed`], but a time with an offset gives the day it was in `zone`.
    ///
    /// `zone` is an IANA name; without one, or with one unknown here, the day stands as written.
    ///
    /// # Errors
    /// [`NotADate`] when the text is no date or an ambiguous one.
    pub fn parse_in_zone(text: &str, zone: Option<&str>) -> Result<Self, NotADate> {
        let zone = zone.and_then(|name| TimeZone::get(name).ok());
        zone.and_then(|zone| printed::day_in(text, &zone)).map_or_else(|| Self::parse_printed(text), Ok)
    }

    /// The day of an instant in seconds (from eleven digits on: milliseconds) since 1970, in `zone` or in UTC.
    pub fn from_epoch(number: i64, zone: Option<&str>) -> Option<Self> {
        let zone = zone.and_then(|name| TimeZone::get(name).ok()).unwrap_or(TimeZone::UTC);
        printed::day_of_epoch(number, &zone)
    }

    /// The single day `day`.
    pub fn from_day(day: Day) -> Self {
        Self { edtf: civil_of(day).to_string(), from: Some(day), to: Some(day) }
    }

    /// A year, month or day by its numbers; `None` when no calendar has it.
    pub fn from_parts(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        let text = match (month, day) {
            (None, _) => format!("{year:04}"),
            (Some(month), None) => format!("{year:04}-{month:02}"),
            (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        };
        Self::parse(&text).ok()
    }

    /// The first day it can mean; `None` for a range without beginning.
    pub fn from(&self) -> Option<Day> {
        self.from
    }

    /// The last day it can mean; `None` for a range without end.
    pub fn to(&self) -> Option<Day> {
        self.to
    }

    /// As written in EDTF.
    pub fn edtf(&self) -> &str {
        &self.edtf
    }

    /// Whether it lies between the first newspapers and the end of day `today`: the others are kept and flagged.
    pub fn is_plausible(&self, today: Day) -> bool {
        let first = day_of(1600, 1, 1).unwrap_or(Day::MIN);
        self.from.is_none_or(|from| from >= first && from <= today) && self.to.is_none_or(|to| to >= first)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf)
    }
}

impl TryFrom<String> for Date {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).map_err(|fault| format!("“{}” is no date", fault.0))
    }
}

impl From<Date> for String {
    fn from(date: Date) -> Self {
        date.edtf
    }
}

impl schemars::JsonSchema for Date {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Date".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "description": "EDTF: 1916, 1916-05, 1916-05-24, 191X, 1916~, 1985/1990, 2012/..",
        })
    }
}

/// The day number of a date, if the calendar has it.
pub fn day_of(year: i16, month: i8, day: i8) -> Option<Day> {
    let date = civil::Date::new(year, month, day).ok()?;
    Some(date.duration_since(EPOCH).as_hours() as Day / 24)
}

/// Year, month and day of a day number; clamped to the years -9999 to 9999.
pub fn parts_of(day: Day) -> (i16, i8, i8) {
    let date = civil_of(day);
    (date.year(), date.month(), date.day())
}

const EPOCH: civil::Date = civil::Date::constant(1970, 1, 1);

fn civil_of(day: Day) -> civil::Date {
    EPOCH.saturating_add(jiff::Span::new().days(day.clamp(-4_371_587, 2_932_896)))
}

/// First and last day of a month.
fn month_days(year: i16, month: i8) -> Option<RangeInclusive<Day>> {
    let first = civil::Date::new(year, month, 1).ok()?;
    let from = day_of(year, month, 1)?;
    Some(from..=from + Day::from(first.days_in_month()) - 1)
}

/// One year, month, day, decade or century in EDTF, with its mark: its normal form and its days.
fn point(text: &str) -> Option<(String, RangeInclusive<Day>)> {
    let bare = match text.split_once(['T', ' ']) {
        // Only a day has hours, and only hours are dropped.
        Some((day, time)) if day.len() >= 10 && time.starts_with(|c: char| c.is_ascii_digit()) => day,
        Some(_) => return None,
        None => text,
    };
    let mark = bare.chars().last().filter(|c| "?~%".contains(*c));
    let bare = mark.map_or(bare, |mark| &bare[..bare.len() - mark.len_utf8()]);
    let days = bare_days(bare)?;
    Some((bare.to_owned() + &mark.map(String::from).unwrap_or_default(), days))
}

fn bare_days(bare: &str) -> Option<RangeInclusive<Day>> {
    if bare.len() < 4 || !bare.is_ascii() {
        return None;
    }
    let number =
        |digits: &str| -> Option<i16> { digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())? };
    let years = |first: i16, last: i16| Some(day_of(first, 1, 1)?..=day_of(last, 12, 31)?);
    match (&bare[..4], &bare[4..]) {
        (year, "") if year.ends_with("XX") => {
            let century = number(&year[..2])?;
            years(century * 100, century * 100 + 99)
        }
        (year, "") if year.ends_with('X') => {
            let decade = number(&year[..3])?;
            years(decade * 10, decade * 10 + 9)
        }
        (year, "") => years(number(year)?, number(year)?),
        (year, month) if month.len() == 3 && month.starts_with('-') => {
            month_days(number(year)?, number(&month[1..])?.try_into().ok()?)
        }
        (year, rest) if rest.len() == 6 && rest.starts_with('-') && rest.as_bytes()[3] == b'-' => {
            let month = number(&rest[1..3])?.try_into().ok()?;
            let day = day_of(number(year)?, month, number(&rest[4..])?.try_into().ok()?)?;
            Some(day..=day)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, from: Option<(i16, i8, i8)>, to: Option<(i16, i8, i8)>) {
        let date = Date::parse(text).unwrap();
        assert_eq!((date.from().map(parts_of), date.to().map(parts_of)), (from, to), "{text}");
        assert_eq!(Date::parse(date.edtf()).unwrap(), date, "{text}");
    }

    #[test]
    fn a_date_is_as_wide_as_its_source() {
        check("1916", Some((1916, 1, 1)), Some((1916, 12, 31)));
        check("1916-05", Some((1916, 5, 1)), Some((1916, 5, 31)));
        check("2024-02", Some((2024, 2, 1)), Some((2024, 2, 29)));
        check("1916-05-24", Some((1916, 5, 24)), Some((1916, 5, 24)));
        check("1916~", Some((1916, 1, 1)), Some((1916, 12, 31)));
        check("191X", Some((1910, 1, 1)), Some((1919, 12, 31)));
        check("18XX", Some((1800, 1, 1)), Some((1899, 12, 31)));
        check("1985/1990", Some((1985, 1, 1)), Some((1990, 12, 31)));
        check("2012/..", Some((2012, 1, 1)), None);
        check("../1990-06", None, Some((1990, 6, 30)));
        check("0001-11-30", Some((1, 11, 30)), Some((1, 11, 30)));
    }

    #[test]
    fn a_time_of_day_is_dropped() {
        assert_eq!(Date::parse("1987-02-26T15:01:01Z").unwrap().edtf(), "1987-02-26");
        assert_eq!(Date::parse("2024-05-01 10:00").unwrap().edtf(), "2024-05-01");
    }

    #[test]
    fn what_no_calendar_has_is_no_date() {
        for text in [
            "",
            "1916-13",
            "1916-02-30",
            "19",
            "1990/1985",
            "..",
            "../..",
            "Thursday",
            "1916-5",
            "١٩١٦",
            "19é6",
            "1916 March",
        ] {
            assert!(Date::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn day_numbers_go_both_ways() {
        assert_eq!(day_of(1970, 1, 1), Some(0));
        assert_eq!(day_of(1969, 12, 31), Some(-1));
        for day in [-700_000, -1, 0, 19_000, 50_000] {
            let (y, m, d) = parts_of(day);
            assert_eq!(day_of(y, m, d), Some(day));
        }
    }
}
