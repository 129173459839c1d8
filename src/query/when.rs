//! A date as typed in a query: one of the calendar, or one counted back from the day of the question.
//!
//! It never asks what day it is: `today` is handed in.

use std::fmt;

use crate::date::{Date, Day, day_of, parts_of};

/// A date as typed in a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// `1916`, `1916-05`, `1916-05-24`, `1910s`; never a range.
    Date(Date),
    /// `today`
    Today,
    /// `yesterday`
    Yesterday,
    /// `3d`, `2w`, `6m`, `1y`: so long ago; as a whole value, since then.
    Ago(u32, Period),
}

/// What dates are counted back in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `m`
    Months,
    /// `y`
    Years,
}

impl Period {
    /// Every period with its letter.
    const LETTERS: [(Self, char); 4] = [(Self::Days, 'd'), (Self::Weeks, 'w'), (Self::Months, 'm'), (Self::Years, 'y')];
}

const LONGEST: u32 = 100_000;

impl When {
    /// Reads one date, never a range; `None` when it is none.
    pub fn parse(text: &str) -> Option<Self> {
        match text.to_lowercase().as_str() {
            "today" => return Some(Self::Today),
            "yesterday" => return Some(Self::Yesterday),
            _ => {}
        }
        ago(text).or_else(|| decade(text)).or_else(|| {
            let date = Date::parse_printed(text).ok()?;
            (!date.edtf().contains('/')).then_some(Self::Date(date))
        })
    }

    /// First and last day as one end of a range, or as a value of its own.
    pub fn days(&self, today: Day) -> (Option<Day>, Option<Day>) {
        let one = |day: Day| (Some(day), Some(day));
        match self {
            Self::Date(date) => (date.from(), date.to()),
            Self::Today => one(today),
            Self::Yesterday => one(today - 1),
            Self::Ago(count, Period::Days) => one(back(today, *count, 1)),
            Self::Ago(count, Period::Weeks) => one(back(today, *count, 7)),
            Self::Ago(count, Period::Months) => one(months_back(today, *count)),
            Self::Ago(count, Period::Years) => one(months_back(today, count.saturating_mul(12))),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => match date.edtf().strip_suffix('X') {
                Some(decade) if !decade.ends_with('X') => write!(f, "{decade}0s"),
                _ => write!(f, "{date}"),
            },
            Self::Today => f.write_str("today"),
            Self::Yesterday => f.write_str("yesterday"),
            Self::Ago(count, period) => {
                let letter = Period::LETTERS.iter().find(|(of, _)| of == period).map_or('d', |(_, letter)| *letter);
                write!(f, "{count}{letter}")
            }
        }
    }
}

fn ago(text: &str) -> Option<When> {
    let letter = text.chars().last()?;
    let (period, _) = Period::LETTERS.iter().find(|(_, of)| *of == letter)?;
    let digits = text.strip_suffix(letter)?;
    let count: u32 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())??;
    (count <= LONGEST).then_some(When::Ago(count, *period))
}

/// `1910s`, as EDTF writes it: `191X`.
fn decade(text: &str) -> Option<When> {
    let digits = text.strip_suffix("0s").or_else(|| text.strip_suffix("0S"))?;
    (digits.len() == 3).then(|| Date::parse(&format!("{digits}X")).ok().map(When::Date))?
}

fn back(today: Day, count: u32, days: Day) -> Day {
    today.saturating_sub(Day::try_from(count).unwrap_or(Day::MAX).saturating_mul(days))
}

/// The same day of an earlier month, or the last day of that month.
fn months_back(today: Day, count: u32) -> Day {
    let (year, month, day) = parts_of(today);
    let months = i64::from(year) * 12 + i64::from(month) - 1 - i64::from(count);
    let year = i16::try_from(months.div_euclid(12)).ok();
    let month = i8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
    let found = year.and_then(|year| (1..=day).rev().find_map(|day| day_of(year, month, day)));
    found.unwrap_or_else(|| day_of(-9999, 1, 1).unwrap_or(Day::MIN))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_count_back_from_today() {
        let today = day_of(2025, 3, 31).unwrap();
        let check = |text: &str, expected: (i16, i8, i8)| {
            assert_eq!(When::parse(text).unwrap().days(today).0.map(parts_of), Some(expected), "{text}");
        };
        check("today", (2025, 3, 31));
        check("Yesterday", (2025, 3, 30));
        check("3d", (2025, 3, 28));
        check("2w", (2025, 3, 17));
        check("1m", (2025, 2, 28));
        check("13m", (2024, 2, 29));
        check("1y", (2024, 3, 31));
        check("100000y", (-9999, 1, 1));
        check("1910s", (1910, 1, 1));
    }

    #[test]
    fn what_is_no_date_is_none() {
        for text in ["", "s", "w", "2x", "0s", "19100s", "2024-13", "1985/1990", "9999999w", "tomorrow"] {
            assert_eq!(When::parse(text), None, "{text}");
        }
    }
}
