//! Lines between the title and the text that say who wrote it, when, and where it stood.
//!
//! It only sets them apart; what they say is read elsewhere. It never looks behind the first line of text.

use super::{
    folded,
    sheet::{Fate, Sheet},
};
use crate::{article::PartKind, date::Date};

/// Longest header line, in code points.
const LONGEST: usize = 120;

/// A header line.
enum Header {
    /// `By Nora Vell`.
    Byline,
    /// A second line of the headline, in capitals.
    Deck,
    /// A date, an address, or a line set off by dashes.
    Other,
    /// Dashes alone.
    Nothing,
}

/// Sets the header lines at the beginning apart: a byline or a second headline as subtitle, the others unsearched; a line
/// that is one of the (folded) titles once more is left out. How many were left out.
pub(super) fn mark(sheet: &mut Sheet<'_>, titles: &[String]) -> usize {
    let mut repeats = 0;
    if titles.is_empty() && sheet.len() > 2 && is_dashed(sheet.line(0)) && is_dashed(sheet.line(1)) {
        sheet.set_apart(0, dashes(sheet.printed(0)), PartKind::Title);
    }
    // A text that is nothing but such lines has no header: the last line always stays.
    for number in 0..sheet.len().saturating_sub(1) {
        let this = number..number + 1;
        if !sheet.is_open(&this) {
            continue;
        }
        let line = sheet.line(number);
        let is_alone = sheet.ends_block(number);
        if is_alone && titles.contains(&folded(line)) {
            sheet.settle(this, Fate::Dropped);
            repeats += 1;
            continue;
        }
        let deck = (is_alone && !titles.is_empty() && is_deck(line)).then_some(Header::Deck);
        match deck.or_else(|| header(line)) {
            None => break,
            Some(Header::Nothing) => sheet.settle(this, Fate::Dropped),
            Some(Header::Other) => sheet.set_apart(number, dashes(sheet.printed(number)), PartKind::Boilerplate),
            Some(_) => sheet.set_apart(number, dashes(sheet.printed(number)), PartKind::Subtitle),
        }
    }
    repeats
}

fn dashes(line: &str) -> usize {
    line.len() - without_dashes(line).len()
}

/// A line without the two dashes that mark a header.
pub(super) fn without_dashes(mut line: &str) -> &str {
    loop {
        let bare = line.trim_start();
        match bare.strip_prefix("-- ").or_else(|| (bare == "--").then_some("")) {
            Some(rest) => line = rest,
            None => return line,
        }
    }
}

fn is_dashed(line: &str) -> bool {
    dashes(line) > 0
}

fn header(line: &str) -> Option<Header> {
    let bare = without_dashes(line).trim();
    if bare.is_empty() {
        return Some(Header::Nothing);
    }
    if bare.chars().count() > LONGEST {
        return None;
    }
    let is_address =
        (bare.starts_with("http://") || bare.starts_with("https://")) && !bare.contains(char::is_whitespace);
    if is_byline(bare) {
        Some(Header::Byline)
    } else if is_address || is_date(bare) {
        Some(Header::Other)
    } else {
        None
    }
}

/// A few words in capitals without an end.
fn is_deck(line: &str) -> bool {
    let capitals = line.chars().filter(|c| c.is_uppercase()).count();
    capitals >= 8
        && !line.chars().any(char::is_lowercase)
        && (2..=15).contains(&line.split_whitespace().count())
        && !line.ends_with(['.', ':', '?', '!'])
        && !line.starts_with("BY ")
}

/// `By Nora Vell and John Moran, Labour Correspondent`: no sentence, and names in it.
fn is_byline(line: &str) -> bool {
    let Some(names) = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY ")) else { return false };
    let words = || names.split_whitespace();
    let capitals = words().filter(|word| word.starts_with(char::is_uppercase)).count();
    let others = words().filter(|word| !word.starts_with(char::is_uppercase)).count();
    names.trim_start().starts_with(char::is_uppercase)
        && capitals >= 2
        && others <= capitals
        && capitals <= 12
        && !line.ends_with(['.', '!', '?', ':', ';'])
        && !words().any(|word| word.ends_with('.') && word.len() > 4 && word.chars().all(char::is_lowercase))
}

/// A date alone, perhaps behind a word such as `Published:`.
fn is_date(line: &str) -> bool {
    let bare =
        ["Published:", "Published on", "Published", "Posted on", "Posted:", "Date:", "Updated:", "Last updated:"]
            .iter()
            .find_map(|word| line.strip_prefix(word))
            .unwrap_or(line)
            .trim();
    let has_year = bare.bytes().filter(u8::is_ascii_digit).count() >= 4;
    has_year && bare.contains([' ', '-', '/', '.']) && Date::parse_printed(bare).is_ok()
}
