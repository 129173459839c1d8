//! Calendar cells: an interval of days as few decades, years, months and days, so that overlap is a comparison of words.
//!
//! Two intervals overlap exactly when a cell of one is a cell of the other or an ancestor of one (`index/` stores both).

use std::fmt;

use super::{Day, day_of, month_days, parts_of};

/// A decade, year, month or day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cell {
    /// `1980s`, by its first year.
    Decade(i16),
    /// `1985`.
    Year(i16),
    /// `1985-03`.
    Month(i16, i8),
    /// `1985-03-14`.
    Day(i16, i8, i8),
}

impl Cell {
    /// The cell that holds it: month of a day, year of a month, decade of a year.
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::Decade(_) => None,
            Self::Year(year) => Some(Self::Decade(year.div_euclid(10) * 10)),
            Self::Month(year, _) => Some(Self::Year(year)),
            Self::Day(year, month, _) => Some(Self::Month(year, month)),
        }
    }

    /// The cell itself and all that hold it, smallest first.
    pub fn lineage(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |cell| cell.parent())
    }

    /// First and last day; `None` outside the years -9999 to 9999.
    pub fn days(self) -> Option<(Day, Day)> {
        match self {
            Self::Decade(year) => Some((day_of(year, 1, 1)?, day_of(year + 9, 12, 31)?)),
            Self::Year(year) => Some((day_of(year, 1, 1)?, day_of(year, 12, 31)?)),
            Self::Month(year, month) => month_days(year, month).map(|days| (*days.start(), *days.end())),
            Self::Day(year, month, day) => day_of(year, month, day).map(|day| (day, day)),
        }
    }

    /// The smallest cell that holds all days from `from` to `to`, if they lie within one decade.
    pub fn holding(from: Day, to: Day) -> Option<Self> {
        let (year, month, day) = parts_of(from);
        let cell = Self::Day(year, month, day).lineage().find(|cell| cell.days().is_some_and(|(_, last)| last >= to));
        cell.filter(|_| from <= to)
    }
}

impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decade(year) => write!(f, "{year:04}s"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(year, month, day) => write!(f, "{year:04}-{month:02}-{day:02}"),
        }
    }
}

/// The fewest cells whose days are exactly those from `from` to `to`, in order; none when the interval is empty.
pub fn cover(from: Day, to: Day) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut next = from;
    while next <= to {
        let (year, month, day) = parts_of(next);
        let fits = |cell: &Cell| cell.days().is_some_and(|(first, last)| first == next && last <= to);
        let Some(cell) = Cell::Day(year, month, day).lineage().filter(fits).last() else { break };
        let Some((_, last)) = cell.days() else { break };
        cells.push(cell);
        next = last + 1;
    }
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::Date;

    fn shown(text: &str) -> String {
        let date = Date::parse(text).unwrap();
        let cells = cover(date.from().unwrap(), date.to().unwrap());
        cells.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_cover_is_small_and_exact() {
        assert_eq!(shown("1985"), "1985");
        assert_eq!(shown("198X"), "1980s");
        assert_eq!(shown("1985-03-14"), "1985-03-14");
        assert_eq!(shown("1989-12-31/1990-02"), "1989-12-31 1990-01 1990-02");
        assert_eq!(shown("1979/1991"), "1979 1980s 1990 1991");
        let cells = cover(-400_123, 20_017);
        let days: i32 = cells.iter().map(|cell| cell.days().map_or(0, |(a, b)| b - a + 1)).sum();
        assert_eq!(days, 420_141);
    }

    #[test]
    fn the_holding_cell_is_the_smallest() {
        let holding = |text: &str| {
            let date = Date::parse(text).unwrap();
            Cell::holding(date.from().unwrap(), date.to().unwrap()).map(|cell| cell.to_string())
        };
        assert_eq!(holding("1985-03-14").as_deref(), Some("1985-03-14"));
        assert_eq!(holding("1985-03-14/1985-03-15").as_deref(), Some("1985-03"));
        assert_eq!(holding("1985/1987").as_deref(), Some("1980s"));
        assert_eq!(holding("1985/1990"), None);
    }
}
