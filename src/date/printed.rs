//! Dates as people and programs print them, read only where there is one way to read them.

use super::Date;

/// Reads one printed date; `None` when it is none, or an ambiguous one.
pub(super) fn parse(text: &str) -> Option<Date> {
    let words: Vec<&str> =
        text.split(|c: char| c.is_whitespace() || ",./-".contains(c)).filter(|word| !word.is_empty()).collect();
    let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    if digits {
        return Date::parse(&format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..])).ok();
    }
    spelled(&words)
}

fn spelled(_words: &[&str]) -> Option<Date> {
    None
}
