//! Lines between the title and the text that say who wrote it, when, and where it stood.
//!
//! It only sets them apart; what they say is read elsewhere. It never looks behind the first line of text.

use super::sheet::Sheet;
use crate::{article::PartKind, date::Date};

/// Longest header line, in code points.
const LONGEST: usize = 120;

/// A header line.
#[derive(PartialEq, Eq)]
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

/// Whether the article has a title already.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Title {
    Known,
    Wanted,
}

/// Sets the header lines at the beginning apart: a byline as subtitle, the others unsearched; a first line behind dashes,
/// with more of the kind below, is the title.
pub(super) fn mark(sheet: &mut Sheet<'_>, title: Title) {
    if title == Title::Wanted && sheet.len() > 2 && is_dashed(sheet.line(0)) && is_dashed(sheet.line(1)) {
        let printed = sheet.printed(0);
        sheet.set_apart(0, printed.len() - without_dashes(printed).len(), PartKind::Title);
    }
    for number in 0..sheet.len() {
        if !sheet.is_open(&(number..number + 1)) {
            continue;
        }
        let line = sheet.line(number);
        let is_second = number == 0 && sheet.blocks().first().is_some_and(|block| block.len() == 1);
        let deck = (is_second && title == Title::Known && is_deck(line)).then_some(Header::Deck);
        let Some(header) = deck.or_else(|| header(line)) else { return };
        if header == Header::Nothing && number + 1 < sheet.len() {
            continue;
        }
        // A text that is nothing but such lines has no header.
        if number + 1 == sheet.len() {
            return;
        }
        let printed = sheet.printed(number);
        let dashes = printed.len() - without_dashes(printed).len();
        let kind = if header == Header::Other { PartKind::Boilerplate } else { PartKind::Subtitle };
        sheet.set_apart(number, dashes, kind);
    }
}

/// A line without the two dashes that mark a header.
pub(super) fn without_dashes(line: &str) -> &str {
    let bare = line.trim_start();
    match bare.strip_prefix("-- ").or_else(|| (bare == "--").then_some("")) {
        Some(rest) => without_dashes(rest),
        None => line,
    }
}

fn is_dashed(line: &str) -> bool {
    without_dashes(line).len() < line.len()
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
