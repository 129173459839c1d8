//! Ranges of dates as typed, to first and last days.
//!
//! What `today` is comes with the request; a date is never made more precise than it was typed.

use super::Resolver;
use crate::{
    date::Day,
    error::Result,
    field::Field,
    plan::DayRange,
    query::{At, Range, When},
};

impl Resolver<'_> {
    /// The days that a value of a date field asks for: `since:` and `until:` leave one end open.
    ///
    /// # Errors
    /// `Query` when the range runs backwards.
    pub(super) fn days(&self, field: Field, range: &Range<When>, at: At) -> Result<DayRange> {
        let first = |when: &When| when.days(self.today).0;
        let last = |when: &When| when.days(self.today).1;
        let (from, to) = match (field, range) {
            (Field::Since, Range::Is(when)) => (first(when), None),
            (Field::Until, Range::Is(when)) => (None, last(when)),
            (_, Range::Is(ago @ When::Ago(..))) => (first(ago), Some(self.today)),
            (_, Range::Is(when)) => (first(when), last(when)),
            (_, Range::From(when)) => (first(when), None),
            (_, Range::To(when)) => (None, last(when)),
            (_, Range::Between(a, b)) => (first(a), last(b)),
            (_, Range::Above(when)) => (last(when).map(|day: Day| day.saturating_add(1)), None),
            (_, Range::Below(when)) => (None, first(when).map(|day: Day| day.saturating_sub(1))),
        };
        match (range, from, to) {
            (Range::Between(a, b), Some(from), Some(to)) if from > to => {
                let label = format!("did you mean {}:{b}..{a} ?", field.name());
                Err(self.fault("the range ends before it begins", at, label))
            }
            _ => Ok(DayRange { from, to }),
        }
    }

    /// The lowest and highest number that a value asks for.
    ///
    /// # Errors
    /// `Query` when the range runs backwards.
    pub(super) fn numbers(&self, field: Field, range: &Range<u64>, at: At) -> Result<(Option<u64>, Option<u64>)> {
        match *range {
            Range::Is(x) => Ok((Some(x), Some(x))),
            Range::From(x) => Ok((Some(x), None)),
            Range::To(x) => Ok((None, Some(x))),
            Range::Above(x) => Ok((Some(x.saturating_add(1)), None)),
            Range::Below(0) => Err(self.fault("no number is below 0", at, "")),
            Range::Below(x) => Ok((None, Some(x - 1))),
            Range::Between(x, y) if x > y => {
                let label = format!("did you mean {}:{y}..{x} ?", field.name());
                Err(self.fault("the range ends before it begins", at, label))
            }
            Range::Between(x, y) => Ok((Some(x), Some(y))),
        }
    }
}
