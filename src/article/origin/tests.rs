//! Places kept through cutting, joining and storing, against a table that says of each byte where it stands.

use proptest::prelude::*;

use super::*;
use crate::article::Traced;

/// Where each byte of a text stands: line, and byte if the file has it there.
type Table = Vec<(u32, Option<u64>)>;

/// What an origin says of each byte.
fn said(origin: &Origin, text: &str) -> Table {
    let byte = |at: usize| origin.bytes_at(at..at + 1, text).map(|bytes| bytes.start);
    (0..text.len()).map(|at| (origin.line_at(at, text), byte(at))).collect()
}

/// A file as it is read, and where each byte stands; the newline of others is no byte of the file.
fn read(raw: &str) -> (String, Table) {
    let text = raw.replace("\r\n", "\n").replace('\r', "\n");
    let (mut table, mut line) = (Table::new(), 1);
    for (at, byte) in
        raw.bytes().enumerate().filter(|(at, _)| !(raw[..*at].ends_with('\r') && raw[*at..].starts_with('\n')))
    {
        table.push((line, (byte != b'\r').then_some(at as u64)));
        line += u32::from(b"\r\n".contains(&byte));
    }
    (text, table)
}

/// Pieces of a text, some left out and some made, with where each byte stands; a made one stands at its first byte.
fn taken(text: &str, table: &Table, cuts: &[(usize, bool)]) -> (Traced, Table) {
    let (mut traced, mut expected, mut at) = (Traced::default(), Table::new(), 0);
    for (length, is_kept) in cuts {
        let end = (at + length).min(text.len());
        let line = table.get(at).map_or(1, |place| place.0);
        if *is_kept {
            traced.push(&text[at..end], at);
            expected.extend(&table[at..end]);
        } else if at < text.len() {
            traced.put("&x", at);
            expected.extend([(line, None); 2]);
        }
        at = end;
    }
    (traced, expected)
}

fn raw() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![Just("a"), Just("b c"), Just("\n"), Just("\r\n"), Just("\r"), Just(" ")],
        0..40,
    )
    .prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_byte_is_told_wrong(raw in raw(), cuts in proptest::collection::vec((0..6_usize, any::<bool>()), 0..20), ends in (0..50_usize, 0..50_usize)) {
        let (text, table) = read(&raw);
        let whole = Origin::of_lines(&raw, Some(0));
        prop_assert_eq!(said(&whole, &text), &table[..]);
        let (traced, expected) = taken(&text, &table, &cuts);
        let origin = traced.origin(&whole, &Newlines::of(&text));
        prop_assert_eq!(said(&origin, &traced), &expected[..]);
        let (start, end) = (ends.0.min(traced.len()), (ends.0 + ends.1).min(traced.len()));
        let cut = origin.cut(start..end, traced.as_str());
        prop_assert_eq!(said(&cut, &traced[start..end]), &expected[start..end]);
        let mut joined = cut;
        let together = format!("{}{}", &traced[start..end], traced.as_str());
        joined.join(end - start, origin.clone(), together.as_str());
        prop_assert_eq!(said(&joined, &together), [&expected[start..end], &expected[..]].concat());
        let stored = serde_json::to_string(&joined).unwrap();
        prop_assert_eq!(serde_json::from_str::<Origin>(&stored).unwrap(), joined);
    }

    #[test]
    fn blanks_are_joined_and_words_stay(raw in raw()) {
        let (text, table) = read(&raw);
        let joined = Traced::of(&text, 0).joined(|_| true);
        prop_assert_eq!(joined.as_str(), text.split_whitespace().collect::<Vec<_>>().join(" "));
        let origin = joined.origin(&Origin::of_lines(&raw, Some(0)), &Newlines::of(&text));
        let letters = |text: &str, table: &Table| -> Table {
            text.bytes().zip(table).filter(|(byte, _)| byte.is_ascii_alphabetic()).map(|(_, place)| *place).collect()
        };
        prop_assert_eq!(letters(&joined, &said(&origin, &joined)), letters(&text, &table));
    }

    #[test]
    fn no_numbers_are_too_strange_to_be_read(byte in any::<u64>(), more in proptest::collection::vec(prop_oneof![any::<i64>(), 0..40_i64], 0..9)) {
        let text = "a\nb".repeat(9);
        if let Ok(origin) = serde_json::from_value::<Origin>(serde_json::json!({"line": u32::MAX, "byte": byte, "ends": 2, "more": more})) {
            let cut = origin.cut(3..text.len(), text.as_str());
            prop_assert_eq!(said(&cut, &text[3..]), &said(&origin, &text)[3..]);
        }
    }
}

#[test]
fn a_plain_text_takes_no_room() {
    let origin = Origin::of_lines("a\r\nb\r\n", None);
    assert_eq!(serde_json::to_string(&origin).unwrap(), r#"{"line":1,"ends":2}"#);
    assert_eq!(serde_json::to_string(&Origin::on_line(3)).unwrap(), r#"{"line":3}"#);
}

#[test]
fn words_on_both_sides_of_a_cut_have_no_bytes() {
    let origin = Origin::of_lines("a\r\nb c", Some(0));
    let bytes = |range| origin.bytes_at(range, "a\nb c");
    assert_eq!((bytes(0..3), bytes(2..5), bytes(0..1)), (None, Some(3..6), Some(0..1)));
}
