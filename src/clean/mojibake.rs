//! UTF-8 that was read as Windows-1252 and saved again: `donâ€™t`, `CaffÃ¨`.
//!
//! It repairs only what turns into characters again when the bytes are put back, and never a text that has such letters of
//! its own.

use encoding_rs::WINDOWS_1252;

use crate::article::{Newlines, Origin, Traced};

/// Repairs a text and says where it stands then; in how many places.
pub(super) fn repair(text: &mut String, origin: &mut Origin) -> usize {
    if !text.contains(['Ã', 'Â', 'â', 'Å', 'Ä', 'ð']) {
        return 0;
    }
    let mut places = 0;
    // Some files went through it more than once; each round makes the text shorter.
    while let Some((repaired, count)) = once(text) {
        *origin = repaired.origin(origin, &Newlines::of(&*text));
        *text = repaired.into_text();
        places = if places == 0 { count } else { places };
    }
    places
}

fn once(text: &str) -> Option<(Traced, usize)> {
    let mut out = Traced::default();
    let (mut quotes, mut letters, mut own, mut own_letters) = (0, 0, 0, 0);
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if !c.is_ascii()
            && let Some((found, length)) = sequence(rest)
        {
            out.put(found.encode_utf8(&mut [0; 4]), text.len() - rest.len());
            rest = rest.get(length..).unwrap_or_default();
            if is_sign(found) {
                quotes += 1
            } else {
                letters += 1
            }
            continue;
        }
        own += usize::from(!c.is_ascii());
        own_letters += usize::from(!c.is_ascii() && c.is_alphabetic());
        out.push(c.encode_utf8(&mut [0; 4]), text.len() - rest.len());
        rest = rest.get(c.len_utf8()..).unwrap_or_default();
    }
    // Bullets and quotes of its own speak against letters (IRMÃ” is a word and a quote), not against three signs in a row.
    let is_proven = quotes > 0 && own_letters <= 4 * quotes || letters > 4 * own;
    (quotes + letters > 0 && is_proven).then_some((out, quotes + letters))
}

/// Quotes, dashes and the like: as mojibake they are three signs that never stand together otherwise.
fn is_sign(c: char) -> bool {
    matches!(c, '\u{2010}'..='\u{2044}' | '€' | '™')
}

/// The character whose UTF-8 bytes the text begins with, read as Windows-1252, and the bytes these letters take.
fn sequence(text: &str) -> Option<(char, usize)> {
    let mut chars = text.char_indices();
    let (_, first) = chars.next()?;
    let lead = byte(first)?;
    let more = match lead {
        0xC2..=0xC5 => 1,
        0xE2 => 2,
        0xF0 => 3,
        _ => return None,
    };
    let mut bytes = vec![lead];
    let mut length = first.len_utf8();
    for (at, c) in chars.take(more) {
        bytes.push(byte(c)?);
        length = at + c.len_utf8();
    }
    let found = str::from_utf8(&bytes).ok()?;
    let c = found.chars().next().filter(|c| !c.is_control())?;
    Some((c, length))
}

/// The byte that Windows-1252 has for a character beyond ASCII.
fn byte(c: char) -> Option<u8> {
    let mut buffer = [0; 4];
    let (bytes, _, is_unknown) = WINDOWS_1252.encode(c.encode_utf8(&mut buffer));
    match (&*bytes, is_unknown) {
        ([byte], false) if *byte >= 0x80 => Some(*byte),
        _ => None,
    }
}
