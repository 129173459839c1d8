//! Datelines: `SUDZHA, Russia, March 13 (Reuters) -` at the beginning of a text.
//!
//! It never takes a sentence for one: a place in capitals stands first, and a dash ends it.

use crate::{
    date::{Date, month_in},
    text::{self, Language},
};

/// A dateline.
#[derive(Debug, PartialEq)]
pub(super) struct Dateline {
    /// As printed, without the dash.
    pub(super) printed: String,
    /// What stands in brackets.
    pub(super) agency: Option<String>,
    /// When.
    pub(super) told: Option<Told>,
}

/// A date as a dateline prints it.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Told {
    /// With its year.
    Whole(Date),
    /// Month and day.
    Day(i8, i8),
}

/// Longest dateline, in bytes.
const LONGEST: usize = 110;
/// What ends a dateline.
const DASHES: [&str; 7] = [" - ", " -- ", " – ", " — ", "—", " _ ", ".-"];

/// The dateline at the beginning of a text.
pub(super) fn of(text: &str) -> Option<Dateline> {
    let line = text.trim_start().lines().next()?;
    let end = DASHES.iter().filter_map(|dash| line.find(dash)).min().filter(|end| *end <= LONGEST)?;
    let printed = line.get(..end)?.trim().trim_end_matches('.').trim_end();
    let first = printed.split([',', '(', '.']).next()?.trim();
    if !is_place(first) {
        return None;
    }
    let (place, agency) = match printed.split_once('(') {
        Some((place, rest)) => (place, rest.split_once(')').map(|(agency, _)| agency.trim())),
        None => (printed, None),
    };
    let told = place.split_once(',').and_then(|(_, rest)| told(rest));
    let is_bare = agency.is_none() && told.is_none();
    // Capitals and a dash alone may also open a letter or a list.
    (!is_bare || is_weekday_behind(place)).then(|| Dateline {
        printed: printed.split_whitespace().collect::<Vec<_>>().join(" "),
        agency: agency.map(str::to_owned),
        told,
    })
}

/// A place in capitals: at least three letters, few words.
fn is_place(place: &str) -> bool {
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    let is_upper = place
        .split_whitespace()
        .all(|word| !word.chars().any(char::is_lowercase) || ["de", "la", "of"].contains(&word));
    letters >= 3 && is_upper && place.split_whitespace().count() <= 5 && !place.chars().any(|c| c.is_ascii_digit())
}

/// `HULL, Tuesday Night`.
fn is_weekday_behind(place: &str) -> bool {
    let word = place.split_once(',').and_then(|(_, rest)| rest.split_whitespace().next());
    word.is_some_and(|word| crate::date::weekday_named(&text::fold(word)).is_some())
}

/// The date among what stands behind the place: `Russia, March 13`, `February 7, 1895`.
fn told(rest: &str) -> Option<Told> {
    let words: Vec<&str> = rest.split([',', ' ', '.']).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| month_in(Language::ENGLISH, &text::fold(word)).is_some())?;
    let month = month_in(Language::ENGLISH, &text::fold(words.get(at)?))?;
    let number = |at: Option<usize>| at.and_then(|at| words.get(at)).and_then(|word| word.parse::<i8>().ok());
    let is_behind = number(Some(at + 1)).is_some();
    let day = number(Some(at + 1)).or_else(|| number(at.checked_sub(1)))?;
    let year = words.get(at + 1 + usize::from(is_behind)).filter(|word| word.len() == 4);
    match year.and_then(|word| word.parse::<i16>().ok()) {
        Some(year) => Date::from_parts(year, Some(month), Some(day)).map(Told::Whole),
        None => Date::from_parts(2000, Some(month), Some(day)).map(|_| Told::Day(month, day)),
    }
}
