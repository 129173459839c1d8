//! A day of publication that the path, the address or the head of the text contradicts.
//!
//! It never says which of the two is right, and changes nothing.

use crate::{
    article::Note,
    date::{Date, parts_of},
};

/// Who else tells when an article appeared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Witness {
    /// The file's path. It may tell when somebody kept the clipping, which is never before it appeared.
    Path,
    /// The address.
    Address,
    /// A line above the text, or the dateline.
    Head,
}

/// Days by which a paper may be printed, dated or put on the web beside its day.
const LEEWAY: i32 = 31;

/// A note where one of those who say something contradicts the day of publication; the first counts.
pub(super) fn note<'a>(published: &Date, said: impl IntoIterator<Item = (Witness, &'a Date)>) -> Option<Note> {
    let (witness, other) = said.into_iter().find(|(witness, other)| contradicts(*witness, other, published))?;
    let who = match witness {
        Witness::Path => "path",
        Witness::Address => "address",
        Witness::Head => "head of the text",
    };
    let century = if is_century_off(published, other) { ": a wrong century?" } else { "" };
    Some(Note::new("date", format!("published {published}, but the {who} says {other}{century}")))
}

/// Years beyond which what was read as a date is none.
const FARTHEST: i32 = 150;

fn contradicts(witness: Witness, said: &Date, published: &Date) -> bool {
    if years_apart(published, said).is_some_and(|years| years.abs() > FARTHEST) {
        return false;
    }
    let gap = |earlier: &Date, later: &Date| Some(later.from()? - earlier.to()?);
    let is_before = gap(said, published).is_some_and(|days| days > LEEWAY);
    let is_behind = gap(published, said).is_some_and(|days| days > LEEWAY);
    // A file called 2025 may hold what somebody kept in that year.
    let is_named = witness != Witness::Path || said.edtf().len() > 4;
    let is_kept_later = witness == Witness::Path && is_behind;
    is_century_off(published, said)
        || (is_named && (is_before || is_behind && !is_kept_later || is_slip(published, said)))
}

/// The same day of a year a hundred years away; of a bare year, that year.
fn is_century_off(one: &Date, other: &Date) -> bool {
    years_apart(one, other).is_some_and(|years| years.abs() == 100)
}

/// The same day of the same month in another year.
fn is_slip(one: &Date, other: &Date) -> bool {
    let is_day = one.edtf().len() == 10 && one.edtf().get(4..) == other.edtf().get(4..);
    is_day && one != other
}

fn years_apart(one: &Date, other: &Date) -> Option<i32> {
    let year = |date: &Date| Some(i32::from(parts_of(date.from()?).0));
    Some(year(one)? - year(other)?)
}
