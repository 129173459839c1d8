//! Bytes to text: the encoding found, line ends made `\n`.
//!
//! It never refuses a text for its encoding: what cannot be decoded stands as `�` and is said so.

mod wide;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::article::{Note, Origin};
use wide::Wide;
pub(super) use wide::is_wide;

/// A decoded text.
#[derive(Debug, PartialEq)]
pub(super) struct Decoded<'a> {
    /// The text, line ends as `\n`.
    pub(super) text: Cow<'a, str>,
    /// Where it stands among the bytes.
    pub(super) origin: Origin,
    /// What the reader had to guess or could not read.
    pub(super) note: Option<Note>,
}

impl<'a> Decoded<'a> {
    /// A text with line ends of any kind, which begins at byte `start` if it stands there as it is.
    pub(super) fn new(raw: Cow<'a, str>, start: Option<u64>, note: Option<Note>) -> Self {
        let origin = Origin::of_lines(&raw, start);
        Self { text: unix_lines(raw), origin, note }
    }
}

/// Decodes a text; `None` when it is none but binary.
pub(super) fn decode(bytes: &[u8]) -> Option<Decoded<'_>> {
    match wide::of(bytes) {
        Some(Wide::Two(encoding, skip)) => {
            let rest = bytes.get(skip..).unwrap_or_default();
            let (text, had_faults) = encoding.decode_without_bom_handling(rest);
            let note = had_faults.then(|| faults_note(&name(encoding), 1));
            return Some(Decoded::new(text, None, note));
        }
        Some(Wide::Four(order)) => {
            let (text, faults) = wide::from_four(bytes.get(4..).unwrap_or_default(), order);
            let note = (faults > 0).then(|| faults_note("UTF-32", faults));
            return Some(Decoded::new(Cow::Owned(text), None, note));
        }
        None => {}
    }
    let skip = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    let bytes = bytes.get(skip..).unwrap_or_default();
    if bytes.contains(&0) {
        return None;
    }
    match str::from_utf8(bytes) {
        Ok(text) if is_binary(bytes, 10) => {
            debug_assert!(!text.is_empty());
            None
        }
        Ok(text) => Some(Decoded::new(Cow::Borrowed(text), Some(skip as u64), None)),
        Err(_) if is_binary(bytes, 50) => None,
        Err(_) => Some(legacy(bytes)),
    }
}

/// Text that is not valid UTF-8: nearly UTF-8, or of an older encoding.
fn legacy(bytes: &[u8]) -> Decoded<'_> {
    let (good, bad) = bytes.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let wide = chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        (good + wide, bad + usize::from(!chunk.invalid().is_empty()))
    });
    if good > 4 * bad {
        return Decoded::new(String::from_utf8_lossy(bytes), None, Some(faults_note("UTF-8", bad)));
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let note = Note::new("encoding", format!("not UTF-8; read as {}", name(encoding)));
    Decoded::new(text, None, Some(note))
}

fn faults_note(encoding: &str, faults: usize) -> Note {
    let places = if faults == 1 { "one place".to_owned() } else { format!("{faults} places") };
    Note::new("encoding", format!("read as {encoding}; not valid in {places}, shown as �"))
}

fn name(encoding: &'static Encoding) -> String {
    encoding.name().replacen("windows", "Windows", 1)
}

/// Whether more than one byte in `share` is a control character that no text has.
fn is_binary(bytes: &[u8], share: usize) -> bool {
    let head = bytes.get(..bytes.len().min(65_536)).unwrap_or_default();
    let odd = head.iter().filter(|byte| **byte < 0x20 && !b"\t\n\r\x0B\x0C\x1A\x1B".contains(byte)).count();
    odd * share > head.len()
}

/// CRLF and CR as LF.
pub(super) fn unix_lines(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: Option<(&str, Option<u64>, Option<&str>)>) {
        let decoded = decode(bytes);
        let found =
            decoded.as_ref().map(|d| (&*d.text, d.origin.byte(), d.note.as_ref().map(|note| note.reason.as_str())));
        assert_eq!(found, expected, "{bytes:?}");
    }

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_is_found() {
        let text = "Das Wasser stieg bis zur Brücke.";
        check(b"plain", Some(("plain", Some(0), None)));
        check("Brücke".as_bytes(), Some(("Brücke", Some(0), None)));
        check("\u{FEFF}Brücke".as_bytes(), Some(("Brücke", Some(3), None)));
        check(&wide(&format!("\u{FEFF}{text}"), u16::to_le_bytes), Some((text, None, None)));
        check(&wide(&format!("\u{FEFF}{text}"), u16::to_be_bytes), Some((text, None, None)));
        check(&wide(text, u16::to_le_bytes), Some((text, None, None)));
        check(&wide(text, u16::to_be_bytes), Some((text, None, None)));
        check(
            b"The mayor\x92s caf\xE9 \x96 closed",
            Some(("The mayor’s café – closed", None, Some("not UTF-8; read as Windows-1252"))),
        );
    }

    #[test]
    fn wide_letters_without_a_mark_are_found_where_it_is_certain() {
        for text in [
            "Вода поднялась до моста.\nНикто не пострадал.",
            "河水漲到橋邊。\n沒有人受傷。渡船停在碼頭。",
            "川の水が橋まで上がった。\nけが人はいない。",
            "강물이 다리까지 차올랐다. 다친 사람은 없다.",
            "Το νερό ανέβηκε ως τη γέφυρα.",
        ] {
            check(&wide(text, u16::to_le_bytes), Some((text, None, None)));
            check(&wide(text, u16::to_be_bytes), Some((text, None, None)));
        }
        check(&wide("Вода", u16::to_le_bytes), None);
        check(b"The river rose and fell\0 and the ferry stood still in the evening fog", None);
    }

    #[test]
    fn letters_of_four_bytes_are_read() {
        let text = "Die Brücke 🌉\nNobody.";
        let four = |bytes: fn(u32) -> [u8; 4]| -> Vec<u8> {
            format!("\u{FEFF}{text}").chars().flat_map(|c| bytes(c as u32)).collect()
        };
        check(&four(u32::to_le_bytes), Some((text, None, None)));
        check(&four(u32::to_be_bytes), Some((text, None, None)));
        let faults = [b"\xFF\xFE\0\0a\0\0\0\0\xD8\0\0b\0\0\0c".as_slice()].concat();
        check(&faults, Some(("a�b�", None, Some("read as UTF-32; not valid in 2 places, shown as �"))));
    }

    #[test]
    fn one_bad_byte_does_not_spoil_a_good_text() {
        let mut bytes = "é—“”’é".as_bytes().to_vec();
        bytes.push(0xC3);
        check(&bytes, Some(("é—“”’é�", None, Some("read as UTF-8; not valid in one place, shown as �"))));
    }

    #[test]
    fn line_ends_are_made_one() {
        check(b"a\r\nb\rc\n", Some(("a\nb\nc\n", Some(0), None)));
    }

    #[test]
    fn what_is_binary_is_none() {
        check(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR", None);
        check(b"text with a \0 in it", None);
        check(b"\x01\x02\x03\x04abc", None);
    }
}
