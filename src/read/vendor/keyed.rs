//! Lines that begin with a known key and a colon, and the lines that go on with its value.
//!
//! It never takes a key that its vendor's table does not name.

use super::Line;

/// A value and its key, as the table spells it.
#[derive(Debug, PartialEq)]
pub(super) struct Keyed {
    pub(super) key: &'static str,
    /// Its lines, joined by blanks.
    pub(super) value: String,
    /// The index of the line on which the value begins, and of the first line behind it.
    pub(super) at: usize,
    pub(super) end: usize,
}

/// Every value in `lines`; it ends at a blank line or at the next key.
pub(super) fn all(lines: &[Line<'_>], keys: &[&'static str]) -> Vec<Keyed> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(line) = lines.get(at) {
        let Some((key, first)) = key(line.bare(), keys) else {
            at += 1;
            continue;
        };
        let goes_on =
            |line: &&Line<'_>| !line.is_blank() && line.bare() != "Body" && self::key(line.bare(), keys).is_none();
        let more = lines.get(at + 1..).unwrap_or_default().iter().take_while(goes_on);
        let mut parts = vec![first];
        parts.extend(more.map(Line::bare));
        let end = at + parts.len();
        found.push(Keyed { key, value: parts.join(" ").trim().to_owned(), at, end });
        at = end;
    }
    found
}

/// The key with which a line begins, and what follows its colon.
pub(super) fn key<'a>(line: &'a str, keys: &[&'static str]) -> Option<(&'static str, &'a str)> {
    let (name, value) = line.split_once(':')?;
    let known = keys.iter().find(|key| key.eq_ignore_ascii_case(name.trim()))?;
    // A key is printed in capitals or with a capital; "source: he" in a text is none.
    name.starts_with(char::is_uppercase).then_some((*known, value.trim()))
}
