//! Tells a field from a word with a colon in it, and signs of other query languages from words.
//!
//! It never reads the field's value.

use super::{nearest::nearest, scan::Scanner, value::Subject};
use crate::{
    error::Result,
    field::Field,
    query::{At, Query},
};

/// The field whose name stands here, with the bytes of its name and colon; `None` when here stand words.
///
/// # Errors
/// `Query` for a name that is no field, and for a field without a value.
pub(super) fn subject(scan: &Scanner<'_>) -> Result<Option<(Subject, usize)>> {
    let chunk = scan.chunk();
    let Some((name, _)) = chunk.split_once(':') else { return Ok(None) };
    let length = name.len() + 1;
    let behind = scan.rest().get(length..).unwrap_or_default();
    let has_value = !behind.starts_with(|c: char| c.is_whitespace() || c == ')') && !behind.is_empty();
    let at = At { start: scan.pos(), end: scan.pos() + length };
    if let Some(subject) = named(name) {
        if has_value {
            return Ok(Some((subject, length)));
        }
        let next = behind.trim_start();
        let word = next.find(|c: char| c.is_whitespace() || "()".contains(c)).and_then(|end| next.get(..end));
        let label = match word.unwrap_or(next) {
            "" => format!("as in {}", subject.field.example()),
            word => format!("did you mean {name}:{word} ?"),
        };
        return Err(scan.fault(format!("“{name}:” needs a value right behind it"), at, label));
    }
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || "_-".contains(c));
    if !is_name || !has_value || behind.starts_with("//") {
        return Ok(None);
    }
    Err(unknown(scan, name, behind))
}

/// Refuses signs that other query languages know and that would be lost here.
///
/// # Errors
/// `Query` with the sign to use instead.
pub(super) fn check_foreign(scan: &Scanner<'_>, chunk: &str) -> Result<()> {
    let at = At { start: scan.pos(), end: scan.pos() + chunk.len() };
    let word = chunk.trim_start_matches('!');
    let behind = scan.rest().get(chunk.len()..).unwrap_or_default();
    if chunk.starts_with('[') && behind.split_whitespace().next() == Some("TO") {
        let range = scan.rest().split_inclusive(']').next().unwrap_or_default();
        let at = At { start: at.start, end: at.start + range.len() };
        let label = format!("as in {}:[2024 TO 2025]", Field::Published.name());
        return Err(scan.fault("a range needs a field", at, label));
    }
    let meant = match chunk {
        "||" | "|" => "OR".to_owned(),
        "&&" => "AND".to_owned(),
        _ if is_range(chunk) => format!("{}:{}", Field::Published.name(), chunk.trim_start_matches('[')),
        _ if word.len() < chunk.len() && word.starts_with(char::is_alphanumeric) => format!("-{word}"),
        _ => return Ok(()),
    };
    let what = if is_range(chunk) { "a range needs a field" } else { "this is no sign of the query language" };
    Err(scan.fault(format!("“{chunk}”: {what}"), at, format!("did you mean {meant} ?")))
}

/// Bytes of the name and colon with which `text` begins (`-` before it included), if they are those of a field.
pub(super) fn prefix(text: &str) -> Option<usize> {
    let (name, _) = text.split_once(':')?;
    named(name.strip_prefix('-').unwrap_or(name)).map(|_| name.len() + 1)
}

/// Whether this is a range of numbers, which belongs to a field: `>2024`, `1914..1918`.
fn is_range(chunk: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let behind_sign = chunk.trim_start_matches(['>', '<', '=', '[']);
    let has_sign = chunk.starts_with(['>', '<', '[']) && behind_sign.starts_with(is_digit) && !chunk.contains(']');
    has_sign || chunk.split_once("..").is_some_and(|(from, to)| from.ends_with(is_digit) && to.starts_with(is_digit))
}

fn named(name: &str) -> Option<Subject> {
    match name.split_once('.') {
        Some((field, extra)) if !extra.is_empty() => {
            let field = Field::named(field).filter(|field| *field == Field::Extra)?;
            Some(Subject { field, extra: Some(extra.to_owned()) })
        }
        _ => Field::named(name).filter(|field| *field != Field::Extra).map(|field| Subject { field, extra: None }),
    }
}

fn unknown(scan: &Scanner<'_>, name: &str, behind: &str) -> crate::error::Error {
    let at = At { start: scan.pos(), end: scan.pos() + name.len() };
    let names: Vec<&str> = Field::ALL.iter().map(|field| field.name()).collect();
    let aliases = Field::ALL.iter().flat_map(|field| field.aliases()).copied();
    let found = nearest(name, names.iter().copied().chain(aliases));
    let value = value_behind(behind);
    let label = match found {
        Some(found) if found == Field::Extra.name() => format!("did you mean {found}.NAME:{value} ?"),
        Some(found) => format!("did you mean {found}:{value} ?"),
        None => format!("for the words, write \"{name}:{}\"", value.trim_matches(Query::QUOTES)),
    };
    scan.fault(format!("there is no field “{name}”"), at, label).hint(format!("the fields are {}", names.join(", ")))
}

/// What is typed as the value: up to the closing quote, else up to a blank or bracket.
fn value_behind(behind: &str) -> &str {
    let is_quote = |c: char| Query::QUOTES.contains(&c);
    let ends = |c: char| c.is_whitespace() || "()".contains(c);
    let end = match behind.chars().next() {
        Some(c) if is_quote(c) => {
            let inner = behind.get(c.len_utf8()..).unwrap_or_default();
            inner.char_indices().find(|(_, c)| is_quote(*c)).map(|(i, close)| c.len_utf8() + i + close.len_utf8())
        }
        _ => behind.find(ends),
    };
    end.and_then(|end| behind.get(..end)).unwrap_or(behind)
}
