//! What a single word may be to a date: a number, a month, a unit, a direction in time.
//!
//! Words of English; of other languages only names of months and the small words between numbers.

mod english;

use crate::{
    date::{month_in, weekday_named},
    text::Language,
};

/// What a word may be to a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    /// Nothing.
    Other,
    /// There is no word.
    End,
    /// Digits alone, and how many.
    Number(u32, u8),
    /// `3rd`, `third`.
    Ordinal(u8),
    /// `three`, `ninety`.
    Count(u8),
    /// `a`, `an`.
    A,
    /// A month, from 1.
    Month(i8),
    /// A day of the week from 0 for Monday.
    Weekday(i8),
    /// `1990s`, by its first year; below 100 the century is not printed.
    Decade(u16),
    /// A length of time.
    Unit(Unit),
    /// `Christmas`, by month and day; the day 0 is the fourth Thursday.
    Feast(i8, i8),
    /// From 0 for spring.
    Season(u8),
    /// `morning`, `night`.
    DayPart,
    /// `yesterday`, `today`, `tonight`, `tomorrow`, in days.
    Today(i8),
    /// `last`, `this`, `next`.
    Shift(i8),
    /// `ago`.
    Ago,
    /// `early`, `late`, `mid`, `end`: within what follows.
    Within,
    /// `earlier`, `later`: likewise, or counted from another date.
    Farther(Side),
    /// `circa`, `about`.
    Circa,
    /// `of`, and its like in other languages.
    Of,
    /// `the`.
    The,
    /// `to`, `through`, `until`.
    To,
    /// `and`.
    And,
    /// `between`.
    Between,
    /// A preposition that a year likes to follow: `in`, `since`, `from`.
    In,
    /// `now`, `present`: the open end of a range.
    Present,
    /// `half`.
    Half,
    /// `fiscal`.
    Fiscal,
    /// `instant`, `ultimo`, `proximo`: the month of the letter, the one before, the one behind.
    Instant(i8),
    /// What is counted or measured: no year stands before it.
    Measured,
    /// What is numbered, or a comparison: no year stands behind it.
    Numbered,
}

/// Before or behind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// `earlier`, `before`.
    Before,
    /// `later`, `after`.
    Behind,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// The sense of a word, given as printed and folded (without a possessive ending).
pub(super) fn sense(printed: &str, folded: &str, language: Language) -> Sense {
    let first = folded.bytes().next().unwrap_or_default();
    if first.is_ascii_digit() {
        return number(printed, folded);
    }
    if language != Language::ENGLISH {
        return elsewhere(folded, language);
    }
    calendar(printed, folded).or_else(|| english::SENSES.get(folded).copied()).unwrap_or(Sense::Other)
}

/// Digits, and digits with an ending.
fn number(printed: &str, folded: &str) -> Sense {
    let digits = folded.bytes().take_while(u8::is_ascii_digit).count();
    let (number, ending) = folded.split_at(digits);
    let value = number.parse::<u32>().unwrap_or(u32::MAX);
    match (ending, digits) {
        ("", 1..=8) if printed.len() == digits => Sense::Number(value, digits as u8),
        ("", 4) | ("s", 4) if printed.ends_with('s') && value % 10 == 0 => Sense::Decade(value as u16),
        ("s", 2) if value % 10 == 0 => Sense::Decade(value as u16),
        ("", 2) if printed.ends_with('s') && value % 10 == 0 => Sense::Decade(value as u16),
        ("", 4) if printed.ends_with('s') => Sense::Number(value, 4),
        ("st" | "nd" | "rd" | "th" | "d" | "er" | "o", 1..=2) => Sense::Ordinal(value as u8),
        _ => Sense::Other,
    }
}

/// Months and days of the week, which English prints with a capital.
fn calendar(printed: &str, folded: &str) -> Option<Sense> {
    if !printed.starts_with(char::is_uppercase) || folded.len() < 3 {
        return None;
    }
    match month_in(Language::ENGLISH, folded) {
        Some(month) => Some(Sense::Month(month)),
        None => weekday_named(folded).filter(|_| folded.len() < 6 || folded.ends_with("day")).map(Sense::Weekday),
    }
}

fn elsewhere(folded: &str, language: Language) -> Sense {
    match folded {
        "de" | "del" | "du" | "di" | "van" | "des" => Sense::Of,
        "bis" | "al" | "a" | "au" | "tot" => Sense::To,
        "in" | "en" | "em" | "im" | "seit" | "desde" | "depuis" | "dal" | "nel" | "sinds" | "von" => Sense::In,
        _ => month_in(language, folded).map_or(Sense::Other, Sense::Month),
    }
}
