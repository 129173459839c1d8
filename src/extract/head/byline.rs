//! The names in a byline or in a field of authors: `By Anna Petrova and John Smith, Labour Correspondent`.
//!
//! It never takes a newspaper or an office for a person, and leaves whole what it cannot take apart for certain.

use crate::{
    article::byline::{is_office, is_particle, is_post, is_suffix},
    extract::{
        names::lexicon::{self, Class},
        places,
    },
    text,
};

/// The people in a printed byline; `None` when it names nobody.
pub(super) fn authors(byline: &str) -> Option<Vec<String>> {
    names_in(without_by(byline))
}

/// The names behind `Reporting by` at the end of a text.
pub(super) fn reporters(text: &str) -> Option<Vec<String>> {
    const TAIL: usize = 500;
    let from = (text.len().saturating_sub(TAIL)..text.len()).find(|from| text.is_char_boundary(*from))?;
    let tail = text.get(from..)?;
    let start = tail.rfind("Reporting by ").or_else(|| tail.rfind("reporting by "))?;
    let names = tail.get(start + "reporting by ".len()..)?;
    names_in(names.split([';', ')', '\n']).next()?)
}

/// The authors in one value of a field of authors: each person and each agency, without posts and places behind a name.
///
/// The value itself where any of it could be something else: `Moran, Ada`, `Institute of War and Peace`.
pub(super) fn each(value: &str) -> Vec<String> {
    let values = value.split(';').map(without_by).filter(|value| !value.is_empty());
    values.flat_map(|value| people_and_offices(value).unwrap_or_else(|| vec![value.to_owned()])).collect()
}

/// `None` where a piece is neither a name nor an office nor what stands behind one.
fn people_and_offices(value: &str) -> Option<Vec<String>> {
    let pieces = pieces(value);
    let is_person = pieces.iter().any(|piece| matches!(piece, Piece::Person(_)));
    let is_clear = |piece: &Piece| match piece {
        Piece::Person(_) => true,
        // Offices alone may be one whose name has a comma or an “and” in it.
        Piece::Office(_) | Piece::Aside => is_person,
        Piece::Other => false,
    };
    let named = |piece: &Piece| match piece {
        Piece::Person(name) | Piece::Office(name) => Some(name.clone()),
        Piece::Aside | Piece::Other => None,
    };
    pieces.iter().all(is_clear).then(|| pieces.iter().filter_map(named).collect())
}

fn names_in(list: &str) -> Option<Vec<String>> {
    let named = |piece| if let Piece::Person(name) = piece { Some(name) } else { None };
    let names: Vec<String> = list.split(';').flat_map(pieces).filter_map(named).collect();
    (!names.is_empty()).then_some(names)
}

/// What stands between the commas of a byline.
#[derive(Debug, PartialEq)]
enum Piece {
    /// The name of one person, with its suffix.
    Person(String),
    /// An agency, a newspaper.
    Office(String),
    /// A post or a place: where the one before works.
    Aside,
    /// Anything else, also a single word.
    Other,
}

fn pieces(list: &str) -> Vec<Piece> {
    let list = [" and ", " AND ", " & "].iter().fold(list.to_owned(), |list, and| list.replace(and, ";"));
    list.split(';').flat_map(between_commas).collect()
}

/// The pieces of a list without “and”, or the one person that it names with the family first.
fn between_commas(list: &str) -> Vec<Piece> {
    let cut: Vec<&str> = list.split(',').map(bare).filter(|piece| !piece.is_empty()).collect();
    if let [family, given] = cut.as_slice()
        && is_inverted(family, given)
    {
        return vec![Piece::Person(format!("{family}, {given}"))];
    }
    let mut pieces = Vec::new();
    for piece in cut {
        match pieces.last_mut() {
            Some(Piece::Person(name)) if is_suffix(piece) => *name = format!("{name}, {piece}"),
            _ => pieces.push(judged(piece)),
        }
    }
    pieces
}

/// Whether two pieces are one name: `Moran, Ada`, `van den Berg, Anna Maria`, `Garcia Marquez, Gabriel Jose`.
fn is_inverted(family: &str, given: &str) -> bool {
    let is_other = |piece: &str| is_office(piece) || is_post(piece) || is_suffix(piece);
    let is_given = |word: &str| word.trim_end_matches('.').chars().count() == 1 || is_in(word, Class::Given);
    let is_surname = |word: &str| is_in(word, Class::Surname) && !is_given(word);
    let is_named =
        !is_other(family) && !is_other(given) && has_capitals(family) && given.split_whitespace().all(is_capital);
    let is_family = family.split_whitespace().filter(|word| is_capital(word)).count() == 1
        || family.split_whitespace().next().is_some_and(is_particle)
        || family.split_whitespace().all(is_surname) && given.split_whitespace().all(is_given);
    is_named && !is_town(family) && is_family
}

fn judged(piece: &str) -> Piece {
    let words: Vec<&str> = piece.split_whitespace().collect();
    let capitals = words.iter().filter(|word| is_capital(word)).count();
    match () {
        () if is_post(piece) => Piece::Aside,
        () if is_office(piece) => Piece::Office(piece.to_owned()),
        () if is_town(piece) => Piece::Aside,
        () if capitals >= 2 && words.len() <= 5 && has_capitals(piece) => Piece::Person(words.join(" ")),
        () => Piece::Other,
    }
}

/// A piece without quotes around it and without what is said of the one it names: `in Hull`, `- Analysis`, `(Reuters)`.
fn bare(piece: &str) -> &str {
    let end = [" in ", " - ", "("].iter().filter_map(|sign| piece.find(sign)).min().unwrap_or(piece.len());
    let piece = piece.get(..end).unwrap_or(piece).trim().trim_matches(['"', '“', '”']).trim();
    let is_short = piece.rsplit(' ').next().is_some_and(|last| is_suffix(last) || last.chars().count() == 2);
    if is_short { piece } else { piece.trim_end_matches('.') }
}

fn without_by(byline: &str) -> &str {
    let byline = byline.trim();
    let by = byline.get(..3).filter(|by| by.eq_ignore_ascii_case("by "));
    by.and_then(|by| byline.strip_prefix(by)).unwrap_or(byline).trim()
}

/// Whether every word has a capital, or may stand small in a name.
fn has_capitals(piece: &str) -> bool {
    piece.split_whitespace().all(|word| is_capital(word) || is_particle(word))
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && !word.chars().any(|c| c.is_ascii_digit())
}

/// Whether a word is in a list of names.
fn is_in(word: &str, class: Class) -> bool {
    lexicon::classes(&text::fold(word)).has(class)
}

/// Whether a piece is a town of 100,000 people or more, or a country, and no person's name.
fn is_town(piece: &str) -> bool {
    const PEOPLE: f32 = 5.0;
    let is_person = piece.split_once(' ').is_some_and(|(first, _)| is_in(first, Class::Given));
    !is_person && places::is_place(piece).is_some_and(|size| size >= PEOPLE)
}
