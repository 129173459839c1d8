//! JSON lines: one record a line, read line by line.
//!
//! It never holds more than one line, and never lets a bad line cost the others.

use std::io::{BufRead, ErrorKind, Read};

use super::{
    Reading, decode,
    json::{self, Place, Refusal},
    record::Context,
};

/// The longest line that is read, in bytes.
pub(super) const LONGEST: u64 = 64 << 20;

/// Reads every line of `from` into `reading`; lines longer than `longest` bytes are refused.
///
/// An I/O error ends the reading with a refusal that says where.
pub(super) fn read(mut from: impl BufRead, longest: u64, context: &Context<'_>, reading: &mut Reading) {
    let mut line = 0;
    let mut bytes = Vec::new();
    let mut is_first = true;
    let had = reading.drafts.len() + reading.problems.len();
    loop {
        line += 1;
        bytes.clear();
        let outcome = from.by_ref().take(longest + 1).read_until(b'\n', &mut bytes);
        match outcome {
            Ok(0) => break,
            Ok(_) if bytes.len() as u64 > longest && !bytes.ends_with(b"\n") => {
                let reason = format!("line {line} is longer than {}", size(longest));
                reading.refuse(context.path, Refusal { line, kind: "huge-line", reason });
                if let Err(fault) = skip_line(&mut from) {
                    return reading.refuse(context.path, unreadable(line, &fault));
                }
                is_first = false;
            }
            Ok(_) => {
                let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").filter(|_| line == 1).unwrap_or(&bytes).trim_ascii();
                if bare.is_empty() {
                    continue;
                }
                if record(bare, line, is_first, context, reading).is_none() {
                    return reading.refuse_hit_list(context.path);
                }
                is_first = false;
            }
            Err(fault) => return reading.refuse(context.path, unreadable(line, &fault)),
        }
    }
    if reading.drafts.len() + reading.problems.len() == had {
        let reason = "empty: no line says anything".to_owned();
        reading.refuse(context.path, Refusal { line: 1, kind: "empty", reason });
    }
}

/// One line; `None` when it says that the file is an export of ours.
fn record(bytes: &[u8], line: u32, is_first: bool, context: &Context<'_>, reading: &mut Reading) -> Option<()> {
    let place = Place { line, column: 0 };
    let (text, note) = match str::from_utf8(bytes) {
        Ok(text) => (std::borrow::Cow::Borrowed(text), None),
        Err(_) => match decode::decode(bytes) {
            Some(decoded) => (decoded.text, decoded.note),
            None => {
                let reason = format!("line {line} is binary, not text");
                reading.refuse(context.path, Refusal { line, kind: "binary", reason });
                return Some(());
            }
        },
    };
    match json::object(&text, place) {
        Ok(object) if is_first && object.map.contains_key(json::MARKER) => return None,
        Ok(object) => {
            let before = reading.drafts.len();
            json::take(object, json::hash(bytes), line, context, reading);
            if let (Some(draft), Some(note)) = (reading.drafts.get_mut(before), note) {
                draft.notes.push(note);
            }
        }
        Err(refusal) => reading.refuse(context.path, refusal),
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
        let mut reading = Reading::default();
        read(bytes, 100, &Context::new("a.jsonl", &settings), &mut reading);
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
