//! Reads one bare word or quoted phrase with the signs that make its kind: `=word`, `wor*`, `word~1`, `"a b"~5`, `…^2`.
//!
//! It never looks at fields or at neighbours.

use super::scan::Scanner;
use crate::{
    error::Result,
    query::{At, Boost, Phrase, Query, Word, WordKind},
};

/// What stands behind `^`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Weight {
    value: f32,
    at: At,
}

impl Weight {
    /// `query` with its weight, if it has one.
    pub(super) fn on(weight: Option<Self>, query: Query) -> Query {
        match weight {
            None => query,
            Some(Self { value, at }) => Query::Boost(Boost { query: Box::new(query), weight: value, at }),
        }
    }
}

/// Reads the next `length` bytes as one word; `None` for a lone `*`.
///
/// # Errors
/// `Query` for signs that make no sense together or alone.
pub(super) fn word(scan: &mut Scanner<'_>, length: usize) -> Result<(Option<Word>, Option<Weight>)> {
    let start = scan.pos();
    let chunk = scan.rest().get(..length).unwrap_or_default();
    let core = chunk.trim_end_matches(Word::STOPS);
    let head =
        core.match_indices('^').filter_map(|(at, _)| core.get(..at)).find(|head| has_letter(head) || *head == "*");
    let Some(head) = head else {
        scan.bump(length);
        return Ok((kind(scan, (chunk, core), scan.since(start))?, None));
    };
    scan.bump(head.len());
    let at = scan.since(start);
    let weight = weight(scan, length - head.len())?;
    Ok((kind(scan, (head, head.trim_end_matches(Word::STOPS)), at)?, weight))
}

/// Reads a weight of `length` bytes, if `^` stands here; punctuation behind it is no part of it.
///
/// # Errors
/// `Query` when it is no number above 0.
pub(super) fn weight(scan: &mut Scanner<'_>, length: usize) -> Result<Option<Weight>> {
    let start = scan.pos();
    let chunk = scan.rest().get(..length).unwrap_or_default();
    let Some(typed) = chunk.strip_prefix('^') else { return Ok(None) };
    let digits = typed.trim_end_matches(Word::STOPS);
    scan.bump(length);
    let at = scan.since(start);
    let is_decimal = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    match digits.parse::<f32>().ok().filter(|value| is_decimal && value.is_finite() && *value > 0.0) {
        Some(value) => Ok(Some(Weight { value, at })),
        None => Err(scan.fault("“^” is followed by a weight above 0", at, "as in word^2")),
    }
}

/// Reads a phrase; its weight, if any, stands behind it.
///
/// # Errors
/// `Query` when it is not closed, or `~` has no number.
pub(super) fn phrase(scan: &mut Scanner<'_>) -> Result<Phrase> {
    let start = scan.pos();
    let exact = scan.peek() == Some('=');
    scan.bump(usize::from(exact));
    let text = scan.quoted()?;
    let mut slop = None;
    if scan.peek() == Some('~') {
        let sign = scan.pos();
        scan.bump(1);
        let digits = scan.until(|c| !c.is_ascii_digit());
        scan.bump(digits.len());
        let number = digits.parse::<u32>();
        let fault = || scan.fault("“~” behind a phrase needs a number of words", scan.since(sign), "as in \"a b\"~5");
        slop = Some(number.map_err(|_| fault())?).filter(|slop| *slop > 0);
    }
    let prefix = scan.peek() == Some('*');
    scan.bump(usize::from(prefix));
    Ok(Phrase { text, slop, prefix, exact, at: scan.since(start) })
}

/// Whether `text` holds anything that can be searched.
pub(super) fn has_letter(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// The word that `typed` is by its signs; `core` is `typed` without punctuation behind it.
fn kind(scan: &Scanner<'_>, (typed, core): (&str, &str), at: At) -> Result<Option<Word>> {
    let word = |text: &str, kind: WordKind| Ok(Some(Word { text: text.to_owned(), kind, at }));
    if core == "*" {
        return Ok(None);
    }
    if !has_letter(core) {
        if core.contains('*') && core.trim_matches(['*', '?']).is_empty() {
            return Err(scan.fault(format!("“{core}” holds no letter"), at, "* alone is every article"));
        }
        return word(typed, WordKind::Plain);
    }
    let is_wild = core.contains(['*', '?']);
    let fuzzy = core.rsplit_once('~').filter(|(left, n)| has_letter(left) && n.bytes().all(|b| b.is_ascii_digit()));
    if let Some(spelled) = core.strip_prefix('=') {
        if is_wild || fuzzy.is_some() {
            let plain = spelled.replace(['*', '?', '~'], "");
            let what = "“=” asks for one spelling, and a wildcard or “~” for many";
            return Err(scan.fault(what, at, format!("did you mean ={plain} ?")));
        }
        return word(spelled, WordKind::Exact);
    }
    match fuzzy {
        Some((left, _)) if is_wild => {
            Err(scan.fault("“~” and wildcards do not go together", at, format!("did you mean {left} ?")))
        }
        Some((left, "" | "1")) => word(left, WordKind::Fuzzy(1)),
        Some((left, "2")) => word(left, WordKind::Fuzzy(2)),
        Some((left, letters)) => {
            let at = At { start: at.start + left.len(), end: at.start + core.len() };
            let what = format!("“~{letters}” is out of range: a word may be 1 or 2 letters off");
            Err(scan.fault(what, at, format!("did you mean {left}~2 ?")))
        }
        None if is_wild => match core.strip_suffix('*') {
            Some(stem) if !stem.contains(['*', '?']) => word(stem, WordKind::Prefix),
            _ => word(core, WordKind::Wildcard),
        },
        None => word(typed, WordKind::Plain),
    }
}
