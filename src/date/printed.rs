//! Dates as people and programs print them, read only where there is one way to read them.
//!
//! It never guesses which of two numbers is the month, and never fills in a year.

use jiff::{Timestamp, fmt::rfc2822, tz::TimeZone};

use super::{Date, names, point};

/// Reads one printed date; `None` when it is none, or an ambiguous one.
///
/// A weekday in front is passed over, and so is a time of day behind.
pub(super) fn parse(text: &str) -> Option<Date> {
    let text = text.trim();
    if text.len() > 64 {
        return None;
    }
    compact(text).or_else(|| numeric(text)).or_else(|| spelled(text))
}

/// The day in `zone` of a time with an offset; `None` when the text has no offset.
pub(super) fn day_in(text: &str, zone: &TimeZone) -> Option<Date> {
    let text = text.trim();
    if !(16..=64).contains(&text.len()) {
        return None;
    }
    let instant = text.parse::<Timestamp>().ok().or_else(|| rfc2822::parse(text).ok().map(|at| at.timestamp()))?;
    day_of_instant(instant, zone)
}

/// The day in `zone` of an instant in seconds or, from eleven digits on, milliseconds since 1970.
pub(super) fn day_of_epoch(number: i64, zone: &TimeZone) -> Option<Date> {
    let instant = match number.unsigned_abs() {
        0..100_000_000_000 => Timestamp::from_second(number),
        _ => Timestamp::from_millisecond(number),
    };
    day_of_instant(instant.ok()?, zone)
}

fn day_of_instant(instant: Timestamp, zone: &TimeZone) -> Option<Date> {
    let day = zone.to_datetime(instant).date();
    Date::from_parts(day.year(), Some(day.month()), Some(day.day()))
}

/// `20250314`, alone or with a time behind a `T`.
fn compact(text: &str) -> Option<Date> {
    let (digits, rest) = text.split_at_checked(8)?;
    let is_day = digits.bytes().all(|b| b.is_ascii_digit()) && (rest.is_empty() || rest.starts_with('T'));
    is_day.then(|| Date::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..])).ok())?
}

/// `2025/03/14`, `14.03.2025`, `3/14/2025`, `2025/03`, `03/2025`, perhaps with a time behind.
fn numeric(text: &str) -> Option<Date> {
    let (first, time) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    if !(time.is_empty() || is_time(time)) {
        return None;
    }
    let sign = first.chars().find(|c| !c.is_ascii_digit())?;
    let parts: Vec<&str> = first.split(sign).collect();
    let numbers: Vec<i16> = parts.iter().map(|part| number(part)).collect::<Option<_>>()?;
    let is_year = |part: &str| part.len() == 4;
    match (parts.as_slice(), numbers.as_slice()) {
        ([y, ..], [year, month, day]) if is_year(y) && "/.-".contains(sign) => day_from(*year, *month, *day),
        ([.., y], [day, month, year]) if is_year(y) && sign == '.' => day_from(*year, *month, *day),
        ([.., y], [a, b, year]) if is_year(y) && "/-".contains(sign) => either(*a, *b, *year),
        ([y, _], [year, month]) if is_year(y) && "/.".contains(sign) => month_from(*year, *month),
        ([_, y], [month, year]) if is_year(y) && "/.-".contains(sign) => month_from(*year, *month),
        _ => None,
    }
}

/// Day and month in an order that the numbers themselves must tell.
fn either(a: i16, b: i16, year: i16) -> Option<Date> {
    match (a, b) {
        (day, month) if day == month || day > 12 => day_from(year, month, day),
        (month, day) if day > 12 => day_from(year, month, day),
        _ => None,
    }
}

/// `Fri, 14 Mar 2025 10:00:00 GMT`, `14 March 2025`, `March 14th, 2025`, `14. März 2025`, `14 de marzo de 2025`, `Mar. 1916`.
fn spelled(text: &str) -> Option<Date> {
    let mut words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c == ',' || (c == '-' && !text.contains(':')))
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty() && !names::is_joint(word))
        .collect();
    if let Some(at) = words.iter().position(|word| word.contains(':')) {
        // Behind the time stand only zones and halves of the day: all of it is less than a day.
        words.truncate(at);
        words.pop_if(|word| names::is_joint(word) || word.eq_ignore_ascii_case("at"));
    }
    if words.len() > 1 && words.first().is_some_and(|word| names::is_weekday(word)) {
        words.remove(0);
    }
    match words.as_slice() {
        [first, name, last] if names::month(name).is_some() => {
            let (y, day) = if year(first).is_some() { (first, last) } else { (last, first) };
            day_from(year(y)?, names::month(name)?.into(), ordinal(day)?)
        }
        [name, day, y] => day_from(year(y)?, names::month(name)?.into(), ordinal(day)?),
        [name, y] => month_from(year(y)?, names::month(name)?.into()),
        _ => None,
    }
}

fn is_time(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| c.is_ascii_alphabetic() || c.is_whitespace() || c == '.');
    let mut parts = text.split(':');
    text.contains(':') && parts.all(|part| part.bytes().all(|b| b.is_ascii_digit() || b".+-Z ".contains(&b)))
}

fn number(digits: &str) -> Option<i16> {
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok())?
}

/// A year of four digits.
fn year(word: &str) -> Option<i16> {
    number(word).filter(|_| word.len() == 4)
}

/// `14`, `1st`, `22nd`, `1er`, `1º`.
fn ordinal(word: &str) -> Option<i16> {
    let end = word.find(|c: char| !c.is_ascii_digit()).unwrap_or(word.len());
    let (digits, rest) = word.split_at(end);
    let known = ["", "st", "nd", "rd", "th", "er", "º", "°", "ª"].contains(&rest.to_lowercase().as_str());
    number(digits).filter(|_| known && digits.len() <= 2)
}

fn day_from(year: i16, month: i16, day: i16) -> Option<Date> {
    Date::from_parts(year, Some(month.try_into().ok()?), Some(day.try_into().ok()?))
}

fn month_from(year: i16, month: i16) -> Option<Date> {
    let text = format!("{year:04}-{month:02}");
    point(&text).and_then(|_| Date::parse(&text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<&str>) {
        let date = Date::parse_printed(text).ok();
        assert_eq!(date.as_ref().map(Date::edtf), expected, "{text}");
    }

    #[test]
    fn printed_dates_are_read() {
        for text in [
            "Fri, 14 Mar 2025 23:30:00 -0500",
            "14 March 2025",
            "March 14, 2025",
            "Friday, March 14th, 2025 at 10:15 p.m.",
            "14 Mar. 2025",
            "2025 March 14",
            "20250314",
            "20250314T101500Z",
            "2025/03/14",
            "2025-3-14",
            "2025/03/14 10:15",
            "14.03.2025",
            "14.3.2025",
            "3/14/2025",
            "14/3/2025",
            "14-Mar-2025",
            "14. März 2025",
            "Freitag, 14. März 2025",
            "14 mars 2025",
            "vendredi 14 mars 2025",
            "14 de marzo de 2025",
            "14 marzo 2025",
        ] {
            check(text, Some("2025-03-14"));
        }
        check("1er février 1916", Some("1916-02-01"));
        check("1º de agosto de 1936", Some("1936-08-01"));
        check("4/4/1950", Some("1950-04-04"));
    }

    #[test]
    fn a_month_stays_a_month() {
        for text in ["March 1916", "Mar. 1916", "März 1916", "marzo de 1916", "3/1916", "1916/03", "March, 1916"] {
            check(text, Some("1916-03"));
        }
    }

    #[test]
    fn what_has_no_one_reading_is_none() {
        for text in [
            "",
            "Thursday",
            "March",
            "3/4/2025",
            "14.3.25",
            "March 14",
            "30 February 2025",
            "2025/13/01",
            "99999999",
            "14 Smarch 2025",
            "March 14, 2025 and later",
            "May 2025 15",
            "next week",
            "1234567",
        ] {
            check(text, None);
        }
    }

    #[test]
    fn an_offset_counts_only_when_a_zone_is_given() {
        let late = "2025-03-14T23:30:00-05:00";
        let check = |text: &str, zone: Option<&str>, expected: &str| {
            assert_eq!(Date::parse_in_zone(text, zone).unwrap().edtf(), expected, "{text} {zone:?}");
        };
        check(late, None, "2025-03-14");
        check(late, Some("Europe/London"), "2025-03-15");
        check("Fri, 14 Mar 2025 23:30:00 -0500", Some("Europe/London"), "2025-03-15");
        check("2025-03-14", Some("Europe/London"), "2025-03-14");
        check("2025-03-14T23:30:00", Some("Asia/Tokyo"), "2025-03-14");
        assert_eq!(Date::from_epoch(1_741_995_000, None).unwrap().edtf(), "2025-03-14");
        assert_eq!(Date::from_epoch(1_741_995_000_000, Some("Asia/Tokyo")).unwrap().edtf(), "2025-03-15");
    }
}
