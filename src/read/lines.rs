//! JSON lines: one record a line, read line by line.
//!
//! It never holds more than one line, and never lets a bad line cost the others.

use std::io::{BufRead, ErrorKind, Read};

use super::{
    decode,
    intake::{Intake, Refusal},
    json::{self, Place},
};

/// The longest line that is read, in bytes.
pub(super) const LONGEST: u64 = 64 << 20;

/// Reads every line of `from` into `intake`; lines longer than `longest` bytes are refused.
///
/// An I/O error ends the reading with a refusal that says where.
pub(super) fn read(mut from: impl BufRead, longest: u64, intake: &mut Intake<'_>) {
    let mut line = 0;
    let mut bytes = Vec::new();
    loop {
        line += 1;
        bytes.clear();
        let outcome = from.by_ref().take(longest + 1).read_until(b'\n', &mut bytes);
        match outcome {
            Ok(0) => break,
            Ok(_) if bytes.len() as u64 > longest && !bytes.ends_with(b"\n") => {
                let reason = format!("line {line} is longer than {}", size(longest));
                intake.refuse(Refusal { line, kind: "huge-line", reason });
                if let Err(fault) = skip_line(&mut from) {
                    return intake.refuse(unreadable(line, &fault));
                }
            }
            Ok(_) => {
                let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").filter(|_| line == 1).unwrap_or(&bytes).trim_ascii();
                if bare.is_empty() {
                    continue;
                }
                if record(bare, line, intake).is_none() {
                    return intake.refuse_hit_list();
                }
            }
            Err(fault) => return intake.refuse(unreadable(line, &fault)),
        }
        if !intake.pass_on() {
            return;
        }
    }
    if intake.is_blank() {
        let reason = "empty: no line says anything".to_owned();
        intake.refuse(Refusal { line: 1, kind: "empty", reason });
    }
}

/// One line; `None` when it says that the file is an export of ours.
fn record(bytes: &[u8], line: u32, intake: &mut Intake<'_>) -> Option<()> {
    let place = Place { line, column: 0 };
    let (text, note) = match str::from_utf8(bytes) {
        Ok(text) => (std::borrow::Cow::Borrowed(text), None),
        Err(_) => match decode::decode(bytes) {
            Some(decoded) => (decoded.text, decoded.note),
            None => {
                let reason = format!("line {line} is binary, not text");
                intake.refuse(Refusal { line, kind: "binary", reason });
                return Some(());
            }
        },
    };
    match json::object(&text, place) {
        Ok(object) if intake.is_blank() && object.map.contains_key(json::MARKER) => return None,
        Ok(object) => {
            let before = intake.reading.drafts.len();
            json::take(object, json::hash(bytes), line, intake);
            if let (Some(draft), Some(note)) = (intake.reading.drafts.get_mut(before), note) {
                draft.notes.push(note);
            }
        }
        Err(refusal) => intake.refuse(refusal),
    }
    Some(())
}

fn skip_line(from: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = match from.fill_buf() {
            Err(fault) if fault.kind() == ErrorKind::Interrupted => continue,
            other => other?,
        };
        let Some(end) = buffer.iter().position(|byte| *byte == b'\n') else {
            let all = buffer.len();
            if all == 0 {
                return Ok(());
            }
            from.consume(all);
            continue;
        };
        from.consume(end + 1);
        return Ok(());
    }
}

fn unreadable(line: u32, fault: &std::io::Error) -> Refusal {
    Refusal { line, kind: "unreadable", reason: format!("reading stopped at line {line}: {fault}") }
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MB", bytes >> 20) } else { format!("{bytes} bytes") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn check(bytes: &[u8], drafts: &[(u32, &str)], refused: &[(Option<u32>, &str)]) {
        let settings = Settings::default();
        let mut intake = Intake::new("a.jsonl", &settings);
        read(bytes, 100, &mut intake);
        let reading = intake.reading;
        let found: Vec<(u32, &str)> = reading.drafts.iter().map(|d| (d.line, d.passages[0].text.as_str())).collect();
        assert_eq!(found, drafts);
        let found: Vec<_> = reading.problems.iter().map(|p| (p.line, p.reason.as_str())).collect();
        assert_eq!(found, refused);
    }

    #[test]
    fn a_bad_line_does_not_cost_the_others() {
        let huge = format!("{{\"title\": \"{}\"}}", "x".repeat(200));
        let text = format!("\u{FEFF}{{\"title\": \"A\"}}\r\n\n{{\"title\": \n{huge}\n\"B\"\n{{\"title\": \"C\"}}");
        check(
            text.as_bytes(),
            &[(1, "A"), (6, "C")],
            &[
                (Some(3), "not valid JSON, line 3 column 9: EOF while parsing a value"),
                (Some(4), "line 4 is longer than 100 bytes"),
                (Some(5), "not a record: an article is an object with fields, { … }"),
            ],
        );
    }

    #[test]
    fn lines_of_an_older_encoding_are_read() {
        check(b"{\"title\": \"Caf\xE9 \x93Zum Bock\x94\"}\n", &[(1, "Café “Zum Bock”")], &[]);
    }

    #[test]
    fn nothing_and_exports_are_refused() {
        check(b"\n \n", &[], &[(Some(1), "empty: no line says anything")]);
        let reason = "a hit list: an export of this program, not an article";
        check(b"{\"morgue_export\": {}}\n{\"title\": \"A\"}\n", &[], &[(None, reason)]);
    }
}
