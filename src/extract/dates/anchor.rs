//! The day from which relative dates count, and arithmetic on it.
//!
//! An anchor that is only a month or a year gives no more than that; it never stands for its first day.

use super::tense::Lean;
use crate::date::{Date, Day, day_of, parts_of};

/// A date of publication, or what is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Anchor {
    from: Day,
    to: Day,
}

impl Anchor {
    /// The anchor a date gives; `None` when it is wider than a year.
    pub(super) fn of(date: &Date) -> Option<Self> {
        let (from, to) = (date.from()?, date.to()?);
        (to - from <= 366).then_some(Self { from, to })
    }

    /// The day, where it is one.
    pub(super) fn day(self) -> Option<Day> {
        (self.from == self.to).then_some(self.from)
    }

    /// Year and month, where it lies within one.
    pub(super) fn month(self) -> Option<(i16, i8)> {
        let ((year, month, _), (last_year, last, _)) = (parts_of(self.from), parts_of(self.to));
        ((year, month) == (last_year, last)).then_some((year, month))
    }

    /// The year, where it lies within one.
    pub(super) fn year(self) -> Option<i16> {
        let (year, last) = (parts_of(self.from).0, parts_of(self.to).0);
        (year == last).then_some(year)
    }

    /// The year of a month, or of a day in it, that is printed without one: the nearest, looking back rather than ahead.
    pub(super) fn year_of(self, month: i8, day: Option<i8>, lean: Lean) -> Option<i16> {
        let year = self.year()?;
        if self.month().is_none() {
            return Some(year);
        }
        let here = self.from + (self.to - self.from) / 2;
        let (ahead, back) = match lean {
            Lean::Past => (4, 1),
            Lean::None => (5, 2),
            Lean::Future => (1, 3),
        };
        let cost = |year: i16| {
            let days = match day {
                Some(day) => day_of(year, month, day)? - here,
                // A month that is going on is as near as can be.
                None if self.month() == Some((year, month)) => 0,
                None => day_of(year, month, 15)? - here,
            };
            Some(if days > 0 { days * ahead } else { -days * back })
        };
        let years = [year - 1, year, year + 1];
        years.into_iter().filter_map(|year| Some((cost(year)?, year))).min().map(|(_, year)| year)
    }

    /// The year of two digits: the last one that is not far ahead.
    pub(super) fn century_of(self, digits: u32) -> Option<u32> {
        const AHEAD: u32 = 5;
        let latest = u32::try_from(self.year()?).ok()? + AHEAD;
        let year = latest.checked_sub(digits)? / 100 * 100 + digits;
        (year >= 1000).then_some(year)
    }
}

/// The day of the week, from 0 for Monday.
pub(super) fn weekday_of(day: Day) -> i8 {
    // 1970-01-01 was a Thursday.
    (day + 3).rem_euclid(7) as i8
}

/// The month so many months behind (or, below zero, before) another.
pub(super) fn month_after((year, month): (i16, i8), months: i32) -> Option<(i16, i8)> {
    let number = i32::from(year) * 12 + i32::from(month) - 1 + months;
    Some((i16::try_from(number.div_euclid(12)).ok()?, i8::try_from(number.rem_euclid(12) + 1).ok()?))
}

/// A range of days.
pub(super) fn days(from: Day, to: Day) -> Option<Date> {
    Date::parse(&format!("{}/{}", Date::from_day(from), Date::from_day(to))).ok()
}

/// A range of months, the last so many months behind the first.
pub(super) fn months(first: (i16, i8), further: i32, mark: &str) -> Option<Date> {
    let last = month_after(first, further)?;
    Date::parse(&format!("{:04}-{:02}{mark}/{:04}-{:02}{mark}", first.0, first.1, last.0, last.1)).ok()
}
