//! The bytes of a page or of XML to text: mark, valid UTF-8, what the sender or they themselves declare, detection, in this order.
//!
//! It never trusts a declaration that the bytes refute, and never refuses a file for its encoding.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use super::decode::{self, Decoded};
use crate::article::Note;

/// How far into a file its declaration may stand, in bytes.
const HEAD: usize = 8 << 10;

/// Decodes a file; `told` is the charset its sender named; `None` when it is no text. NULs are left out.
pub(super) fn decode<'a>(bytes: &'a [u8], told: Option<&str>) -> Option<Decoded<'a>> {
    if !decode::is_wide(bytes) && bytes.contains(&0) {
        let kept: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        let nuls = bytes.len() - kept.len();
        let is_text = nuls * 20 < bytes.len();
        let decoded = is_text.then(|| decode(&kept, told).map(into_owned))??;
        let note = Note::new("encoding", format!("{nuls} NUL bytes left out"));
        let mut decoded = Decoded { note: Some(note), ..decoded };
        decoded.origin.forget_bytes();
        return Some(decoded);
    }
    let declared = told.map(str::to_owned).or_else(|| declared(bytes));
    let encoding = declared.as_deref().and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let is_utf8 = str::from_utf8(bytes).is_ok();
    match encoding {
        // Any bytes make letters of two bytes; where they are meant, it shows.
        Some(encoding) if [UTF_16LE, UTF_16BE].contains(&encoding) => decode::decode(bytes),
        // An escape shifts into two-byte letters that look like ASCII.
        Some(encoding) if encoding == ISO_2022_JP && bytes.contains(&0x1B) => as_declared(bytes, encoding),
        Some(encoding) if encoding != UTF_8 && !is_utf8 && !decode::is_wide(bytes) => as_declared(bytes, encoding),
        _ => decode::decode(bytes),
    }
}

/// In the declared encoding if that reads the bytes, else in the one detected.
fn as_declared<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Option<Decoded<'a>> {
    let is_text = decode::decode(bytes).is_some();
    match encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) if is_text => Some(Decoded::new(text, None, None)),
        _ => decode::decode(bytes),
    }
}

fn into_owned<'a>(decoded: Decoded<'_>) -> Decoded<'a> {
    Decoded { text: Cow::Owned(decoded.text.into_owned()), origin: decoded.origin, note: decoded.note }
}

/// The charset that a page's head or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(HEAD)).unwrap_or_default();
    let head = String::from_utf8_lossy(head).to_ascii_lowercase();
    let label = |at: usize, name: &str| {
        let rest = head.get(at + name.len()..)?.trim_start().strip_prefix('=')?.trim_start();
        let rest = rest.trim_start_matches(['"', '\'']);
        let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c)))?;
        rest.get(..end).filter(|label| Encoding::for_label(label.as_bytes()).is_some()).map(str::to_owned)
    };
    let in_meta = head.match_indices("charset").find_map(|(at, name)| label(at, name));
    in_meta.or_else(|| head.trim_start().starts_with("<?xml").then(|| label(head.find("encoding")?, "encoding"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], told: Option<&str>, expected: &str) {
        let decoded = decode(bytes, told).unwrap();
        assert!(decoded.text.contains(expected), "{:?}", decoded.text);
    }

    #[test]
    fn a_declaration_counts_unless_the_bytes_refute_it() {
        check(b"<meta charset=\"iso-8859-2\"><p>G\xB3os", None, "Głos");
        check(b"<p>G\xB3os", Some("iso-8859-2"), "Głos");
        check(b"<?xml version='1.0' encoding='windows-1251'?><p>\xC2\xEE\xEB\xE3\xE0", None, "Волга");
        check("<meta charset=latin1><p>Brücke".as_bytes(), None, "Brücke");
        check(b"<meta charset=utf-8><p>The caf\xE9 by the br\xFCcke was closed", None, "café");
        check(b"<meta charset=shift_jis><p>The caf\xE9 \x96 closed \xFF", None, "café – closed");
        check(
            b"<meta charset=x><meta http-equiv=c content='text/html; charset=iso-2022-jp'>\x1B$B$\"\x1B(B",
            None,
            "あ",
        );
        check(b"a\0b<p>The river rose, and the ferry stood still", None, "ab<p>");
        assert_eq!(decode(&[0, 1, 2, 3, 0, 0, 9], None), None);
    }
}
