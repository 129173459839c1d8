//! What a single word may be to a date: a number, a month, a unit, a direction in time.
//!
//! Words of English; of other languages only names of months and the small words between numbers.

use std::{collections::HashMap, sync::LazyLock};

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
    calendar(printed, folded).or_else(|| ENGLISH.get(folded).copied()).unwrap_or(Sense::Other)
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

/// English words and their senses; numbers spelled out follow in `COUNTS`, `TENS` and `ORDINALS`.
const WORDS: &[(Sense, &[&str])] = &[
    (Sense::The, &["the"]),
    (Sense::Of, &["of"]),
    (Sense::A, &["a", "an"]),
    (Sense::To, &["to", "through", "thru", "until", "till"]),
    (Sense::And, &["and"]),
    (Sense::Between, &["between"]),
    (Sense::In, &["in", "since", "from", "by", "during", "after", "before", "on"]),
    (Sense::Shift(-1), &["last", "past", "previous"]),
    (Sense::Shift(0), &["this", "current"]),
    (Sense::Shift(1), &["next", "coming", "upcoming"]),
    (Sense::Ago, &["ago"]),
    (Sense::Today(-1), &["yesterday"]),
    (Sense::Today(0), &["today", "tonight"]),
    (Sense::Today(1), &["tomorrow"]),
    (Sense::Within, &["early", "late", "mid", "end", "beginning", "start", "middle", "post", "pre"]),
    (Sense::Farther(Side::Before), &["earlier"]),
    (Sense::Farther(Side::Behind), &["later"]),
    (Sense::Circa, &["circa", "c", "ca", "about", "around", "approximately"]),
    (Sense::Present, &["now", "present", "date"]),
    (Sense::Half, &["half"]),
    (Sense::Fiscal, &["fiscal"]),
    (Sense::Instant(0), &["inst", "instant"]),
    (Sense::Instant(-1), &["ult", "ultimo"]),
    (Sense::Instant(1), &["prox", "proximo"]),
    (Sense::DayPart, &["night", "morning", "afternoon", "evening", "noon", "midnight", "midday", "dawn"]),
    (Sense::Feast(11, 0), &["thanksgiving"]),
    (Sense::Feast(12, 25), &["christmas"]),
    (Sense::Feast(10, 31), &["halloween"]),
    (Sense::Season(0), &["spring"]),
    (Sense::Season(1), &["summer"]),
    (Sense::Season(2), &["autumn", "fall"]),
    (Sense::Season(3), &["winter"]),
    (Sense::Decade(20), &["twenties"]),
    (Sense::Decade(30), &["thirties"]),
    (Sense::Decade(40), &["forties"]),
    (Sense::Decade(50), &["fifties"]),
    (Sense::Decade(60), &["sixties"]),
    (Sense::Decade(70), &["seventies"]),
    (Sense::Decade(80), &["eighties"]),
    (Sense::Decade(90), &["nineties"]),
    (Sense::Unit(Unit::Day), &["day", "days"]),
    (Sense::Unit(Unit::Weekend), &["weekend"]),
    (Sense::Unit(Unit::Week), &["week", "weeks"]),
    (Sense::Unit(Unit::Month), &["month", "months"]),
    (Sense::Unit(Unit::Quarter), &["quarter", "quarters"]),
    (Sense::Unit(Unit::Year), &["year", "years"]),
    (Sense::Unit(Unit::Decade), &["decade", "decades"]),
    (Sense::Unit(Unit::Century), &["century", "centuries"]),
    (
        Sense::Measured,
        &[
            "people",
            "votes",
            "men",
            "women",
            "children",
            "troops",
            "soldiers",
            "dollars",
            "euros",
            "pounds",
            "yen",
            "marks",
            "francs",
            "lire",
            "roubles",
            "rubles",
            "guineas",
            "mile",
            "miles",
            "km",
            "kilometre",
            "kilometres",
            "kilometer",
            "kilometers",
            "metre",
            "metres",
            "meter",
            "meters",
            "foot",
            "feet",
            "ft",
            "inches",
            "yards",
            "tons",
            "tonnes",
            "kg",
            "kilograms",
            "barrels",
            "gallons",
            "litres",
            "liters",
            "acres",
            "hectares",
            "square",
            "cubic",
            "mph",
            "kph",
            "degrees",
            "megawatts",
            "volts",
            "watts",
            "calories",
            "percent",
            "per",
            "million",
            "billion",
            "thousand",
            "hundred",
            "hours",
            "hrs",
            "minutes",
            "seconds",
            "gmt",
            "points",
            "shares",
            "employees",
            "workers",
            "jobs",
            "homes",
            "houses",
            "units",
            "copies",
            "cases",
            "deaths",
            "patients",
            "students",
            "words",
            "page",
            "pages",
            "seats",
            "cars",
            "vehicles",
            "aircraft",
            "planes",
            "ships",
            "looms",
            "hands",
            "persons",
            "ballots",
            "others",
            "more",
            "strong",
        ],
    ),
    (
        Sense::Numbered,
        &[
            "room",
            "p",
            "pp",
            "flight",
            "no",
            "nos",
            "number",
            "route",
            "highway",
            "section",
            "article",
            "channel",
            "model",
            "boeing",
            "airbus",
            "chapter",
            "line",
            "lot",
            "box",
            "suite",
            "apartment",
            "gate",
            "platform",
            "resolution",
            "phone",
            "call",
            "ext",
            "extension",
            "building",
            "unit",
            "windows",
            "bus",
            "train",
            "nasdaq",
            "than",
            "over",
            "nearly",
            "almost",
            "least",
            "exactly",
            "only",
            "total",
        ],
    ),
];

/// One, two, three ….
const COUNTS: &[&str] = &[
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
/// Twenty, thirty ….
const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
/// First, second, third ….
const ORDINALS: &[&str] = &[
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twentyfirst",
];

static ENGLISH: LazyLock<HashMap<&'static str, Sense>> = LazyLock::new(|| {
    let mut senses: HashMap<&'static str, Sense> = HashMap::new();
    for (sense, words) in WORDS {
        senses.extend(words.iter().map(|word| (*word, *sense)));
    }
    senses.extend(COUNTS.iter().copied().zip((1..).map(Sense::Count)));
    senses.extend(TENS.iter().copied().zip((2..).map(|tens| Sense::Count(10 * tens))));
    senses.extend(ORDINALS.iter().copied().zip((1..).map(Sense::Ordinal)));
    senses
});
