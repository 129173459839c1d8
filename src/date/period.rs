//! Periods side by side: years, months, weeks and days, numbered one after the other without gaps.
//!
//! Weeks are those of ISO 8601: they begin on Mondays and belong to the year of their Thursday.

use super::{Cell, Day, day_of, parts_of};

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// `2025`.
    Year,
    /// `2025-03`.
    Month,
    /// `2025-W11`.
    Week,
    /// `2025-03-14`.
    Day,
}

impl Period {
    /// The longest period of which a span of days holds enough to see a course: days up to seven weeks, weeks up to
    /// half a year, months up to five years.
    pub fn for_span(from: Day, to: Day) -> Self {
        match to.saturating_sub(from) {
            ..50 => Self::Day,
            50..200 => Self::Week,
            200..1_900 => Self::Month,
            _ => Self::Year,
        }
    }

    /// The number of the period that holds a day; the next period has the next number.
    pub fn number(self, day: Day) -> i32 {
        let (year, month, _) = parts_of(day);
        match self {
            Self::Year => i32::from(year),
            Self::Month => i32::from(year) * 12 + i32::from(month) - 1,
            Self::Week => day.saturating_add(3).div_euclid(7),
            Self::Day => day,
        }
    }

    /// The number of the period that holds all days from `from` to `to`, if one does.
    pub fn holding(self, from: Day, to: Day) -> Option<i32> {
        let number = self.number(from);
        (number == self.number(to)).then_some(number)
    }

    /// The name of the period with this number, sorted as time is within four digits of a year.
    pub fn name(self, number: i32) -> String {
        match self {
            Self::Year => format!("{number:04}"),
            Self::Month => format!("{:04}-{:02}", number.div_euclid(12), number.rem_euclid(12) + 1),
            Self::Week => {
                let thursday = number.saturating_mul(7);
                let (year, ..) = parts_of(thursday);
                let first = day_of(year, 1, 1).unwrap_or(thursday);
                format!("{year:04}-W{:02}", (thursday - first) / 7 + 1)
            }
            Self::Day => {
                let (year, month, day) = parts_of(number);
                Cell::Day(year, month, day).to_string()
            }
        }
    }

    /// `year`, `month`, `week`, `day`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Month => "month",
            Self::Week => "week",
            Self::Day => "day",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_lies_in_its_periods() {
        let check = |(year, month, day), names: [&str; 4]| {
            let day = day_of(year, month, day).unwrap();
            let all = [Period::Year, Period::Month, Period::Week, Period::Day];
            assert_eq!(all.map(|period| period.name(period.number(day))), names);
        };
        check((2025, 3, 14), ["2025", "2025-03", "2025-W11", "2025-03-14"]);
        check((2024, 12, 30), ["2024", "2024-12", "2025-W01", "2024-12-30"]);
        check((2021, 1, 3), ["2021", "2021-01", "2020-W53", "2021-01-03"]);
        check((1969, 12, 28), ["1969", "1969-12", "1969-W52", "1969-12-28"]);
        check((1, 11, 30), ["0001", "0001-11", "0001-W48", "0001-11-30"]);
    }

    #[test]
    fn a_vague_date_lies_in_no_short_period() {
        let (from, to) = Cell::Month(2025, 3).days().unwrap();
        let all = [Period::Year, Period::Month, Period::Week, Period::Day];
        assert_eq!(all.map(|period| period.holding(from, to).is_some()), [true, true, false, false]);
        assert_eq!(Period::for_span(from, to), Period::Day);
        assert_eq!(Period::for_span(from, to + 3_650), Period::Year);
    }
}
