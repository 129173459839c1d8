//! CSV and TSV: one article a row, its fields named by the first row; read row by row.
//!
//! It never guesses what a column without a known name holds, and never lets a bad row cost the others.

mod layout;
mod rows;

use std::io::BufRead;

use csv::ByteRecord;
use serde_json::{Map, Value};

use super::{
    alias::Slot,
    decode,
    intake::{Intake, Refusal},
    json::{self, Object},
    record,
};
use crate::article::{Draft, Ends, Lines, Note, Origin};
use layout::Layout;
pub(super) use layout::is_table;
use rows::Rows;

/// Reads every row of `from` into `intake`; rows longer than 64 MB end the reading with a refusal.
pub(super) fn read<'r>(mut from: impl BufRead + 'r, intake: &mut Intake<'_>) {
    let layout = match from.fill_buf() {
        Ok(head) => Layout::of(head),
        Err(fault) => return intake.refuse(stopped(1, &fault.to_string())),
    };
    from.consume(layout.told);
    let mut rows = Rows::of(from, layout);
    let mut row = ByteRecord::new();
    let outcome = rows.next(&mut row);
    let Some(names) = header(outcome, (&row, rows.line), intake) else { return };
    let count = rows.take_all(&names, intake);
    if count == Some(0) {
        intake.refuse(Refusal {
            line: 1,
            kind: "empty",
            reason: "empty: a table with a header and no rows".to_owned(),
        });
    }
}

/// The names of the columns; `None`, with a refusal, where the first row does not name what an article needs.
fn header(outcome: csv::Result<bool>, (row, line): (&ByteRecord, u32), intake: &mut Intake<'_>) -> Option<Vec<String>> {
    match outcome {
        Ok(true) => {}
        Ok(false) => {
            intake.refuse(Refusal::of_file("empty", "empty: a table without rows"));
            return None;
        }
        Err(fault) => {
            intake.refuse(stopped(line, &fault.to_string()));
            return None;
        }
    }
    let bare = |cell: &[u8]| text(cell.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(cell)).0.trim().to_owned();
    let names: Vec<String> = row.iter().map(bare).collect();
    let says = |name: &String| {
        let slot = intake.context.aliases.find(name).map(|known| known.slot);
        matches!(slot, Some(Slot::Title | Slot::Body | Slot::Summary | Slot::Subtitle | Slot::Url))
    };
    if names.iter().any(says) {
        return Some(names);
    }
    let shown: Vec<&str> = names.iter().take(5).map(|name| clipped(name)).collect();
    let reason = format!("a table whose first row names no title, text or address (it says: {})", shown.join(", "));
    intake.refuse(Refusal { line, kind: "no-header", reason });
    None
}

/// One row, which begins on `line`, as a record; `note` is what is to be said of it besides.
fn take(names: &[String], (row, line): (&ByteRecord, u32), note: Option<Note>, intake: &mut Intake<'_>) {
    let mut map = Map::new();
    let mut repeated: Vec<&str> = Vec::new();
    let mut notes = Vec::new();
    let mut surplus = Vec::new();
    for (n, cell) in row.iter().enumerate() {
        let (text, note) = text(cell);
        if notes.is_empty() {
            notes.extend(note);
        }
        match names.get(n) {
            _ if text.trim().is_empty() => {}
            Some(name) if name.is_empty() => drop(map.insert(format!("column {}", n + 1), value(text))),
            Some(name) if map.contains_key(name) => {
                repeated.push(name);
                record::keep(&mut map, name, value(text));
            }
            Some(name) => drop(map.insert(name.clone(), value(text))),
            None => surplus.push(text),
        }
    }
    if row.len() != names.len() {
        notes.push(Note::new("ragged-row", format!("{} cells where the header names {}", row.len(), names.len())));
    }
    if !repeated.is_empty() {
        let reason = format!("columns of one name, the first that says something counts: {}", repeated.join(", "));
        notes.push(Note::new("repeated-key", reason));
    }
    notes.extend(note);
    if !surplus.is_empty() {
        map.insert("surplus".to_owned(), surplus.into_iter().map(Value::from).collect());
    }
    let hash = json::hash(&row.iter().collect::<Vec<_>>().join(&0x1F));
    let before = intake.reading.drafts.len();
    json::take(Object { map, repeated: Vec::new() }, hash, line, intake);
    if let Some(draft) = intake.reading.drafts.get_mut(before) {
        draft.notes.extend(notes);
        tell_lines(draft, row, line);
    }
}

/// Says on which lines the texts of a row stand whose cells have lines.
fn tell_lines(draft: &mut Draft, row: &ByteRecord, mut line: u32) {
    if memchr::memchr2(b'\n', b'\r', row.as_slice()).is_none() {
        return;
    }
    for cell in row {
        let cell = decode::unix_lines(text(cell).0.into()).into_owned();
        for passage in draft.passages.iter_mut().filter(|passage| passage.origin == Origin::on_line(draft.line)) {
            if let Some(at) = cell.find(&passage.text) {
                passage.origin = Origin::new(line + cell.as_str().ended(0..at) as u32, None, Ends::Lf);
            }
        }
        line += cell.as_str().ended(0..cell.len()) as u32;
    }
}

/// A cell; a list as programs write it into one is a list.
fn value(text: String) -> Value {
    let is_list = text.starts_with('[') && text.ends_with(']');
    match is_list.then(|| serde_json::from_str(&text)) {
        Some(Ok(list)) => list,
        _ => text.into(),
    }
}

fn text(cell: &[u8]) -> (String, Option<Note>) {
    match str::from_utf8(cell) {
        Ok(text) => (text.to_owned(), None),
        Err(_) => match decode::decode(cell) {
            Some(decoded) => (decoded.text.into_owned(), decoded.note),
            None => (String::from_utf8_lossy(cell).into_owned(), Some(Note::new("encoding", "a cell is not text"))),
        },
    }
}

fn clipped(name: &str) -> &str {
    name.char_indices().nth(30).and_then(|(end, _)| name.get(..end)).unwrap_or(name)
}

fn stopped(line: u32, fault: &str) -> Refusal {
    Refusal { line, kind: "unreadable", reason: format!("reading stopped at line {line}: {fault}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    /// Lines, titles and first notes of the drafts; lines and reasons of the refusals.
    fn check(bytes: &[u8], drafts: &[(u32, &str, &str)], refused: &[(Option<u32>, &str)]) {
        let settings = Settings::default();
        let mut intake = Intake::new("a.csv", &settings);
        read(bytes, &mut intake);
        let reading = intake.reading;
        let note = |draft: &crate::article::Draft| draft.notes.first().map_or(String::new(), |n| n.reason.clone());
        let found: Vec<_> = reading.drafts.iter().map(|d| (d.line, d.passages[0].text.clone(), note(d))).collect();
        let found: Vec<_> = found.iter().map(|(line, title, note)| (*line, title.as_str(), note.as_str())).collect();
        assert_eq!(found, drafts);
        let found: Vec<_> = reading.problems.iter().map(|p| (p.line, p.reason.as_str())).collect();
        assert_eq!(found, refused);
    }

    #[test]
    fn rows_are_articles() {
        check(
            b"Title,Date,Text\nFlood,1957-10-04,\"It rose,\nand fell.\"\nEbb,,x\n",
            &[(2, "Flood", ""), (4, "Ebb", "")],
            &[],
        );
        check(b"\xEF\xBB\xBFtitle;body\r\nFlood;It rose\r\n", &[(2, "Flood", "")], &[]);
        check(b"date\theadline\n1957\tFlood, high\n", &[(2, "Flood, high", "")], &[]);
        check(b"'title','body'\n'Flood, high','x'\n", &[(2, "Flood, high", "")], &[]);
        check(b"title,body\nCaf\xE9 closes,x\n", &[(2, "Café closes", "not UTF-8; read as Windows-1252")], &[]);
    }

    #[test]
    fn a_first_line_that_says_what_parts_the_cells_is_no_row() {
        check(b"sep=;\r\ntitle;body\r\nFlood, high;x\r\nEbb;y\r\n", &[(3, "Flood, high", ""), (4, "Ebb", "")], &[]);
        check(b"\xEF\xBB\xBFSEP=,\ntitle,a;b;c\nFlood,x\n", &[(3, "Flood", "kept in extra, unknown: a;b;c")], &[]);
        check(b"\"sep=^\"\ntitle^body\nFlood^x;y\n", &[(3, "Flood", "")], &[]);
        check(b"sep=,\ntitle\tbody\nFlood\tx\n", &[(3, "Flood", "")], &[]);
    }

    #[test]
    fn every_row_is_told_with_its_line() {
        let text = "title,text\nA Merkel,one two\n\nB Kerry,\"three\n\nfour\"\n\n\nC Putin,five\n";
        let rows = [(2, "A Merkel", ""), (4, "B Kerry", ""), (9, "C Putin", "")];
        for end in ["\n", "\r\n", "\r"] {
            let text = text.replace('\n', end);
            check(text.as_bytes(), &rows, &[]);
            // Blank lines before the first row count too, before and behind what parts the cells.
            let below = rows.map(|(line, title, note)| (line + 2, title, note));
            check(format!("{end} {end}{text}").as_bytes(), &below, &[]);
            check(format!("\u{feff}{end}{end}{text}").as_bytes(), &below, &[]);
        }
        check(b"\nsep=;\n\ntitle;text\n\nFlood, high;x\n", &[(6, "Flood, high", "")], &[]);
        let what =
            "the quote that opens on line 4 is not closed where a cell ends: left out, the lines after it are rows";
        for end in ["\n", "\r\n"] {
            let text = "title,body\nFlood,x\n\nEbb,\"It fell.\nFog,x\n\n\nCalm,\"y\"\n".replace('\n', end);
            check(text.as_bytes(), &[(2, "Flood", ""), (4, "Ebb", what), (5, "Fog", ""), (8, "Calm", "")], &[]);
        }
        let reason = "a table whose first row names no title, text or address (it says: 1957, Flood)";
        check(b"\n\n1957,Flood\n1958,Ebb\n", &[], &[(Some(3), reason)]);
    }

    #[test]
    fn ragged_rows_are_told_and_empty_ones_refused() {
        check(
            b"title,body\nFlood\nEbb,x,y\n,\n",
            &[(2, "Flood", "1 cells where the header names 2"), (3, "Ebb", "kept in extra, unknown: surplus")],
            &[(Some(4), "empty: no text, no names, no lists")],
        );
    }

    #[test]
    fn of_columns_with_one_name_none_is_lost() {
        let settings = Settings::default();
        let mut intake = Intake::new("a.csv", &settings);
        read(&b"title,text,text,text,text\nFlood,,It rose.,It fell.,It rose.\n"[..], &mut intake);
        let draft = &intake.reading.drafts[0];
        assert_eq!((draft.passages[1].text.as_str(), &draft.extra["text-2"]), ("It rose.", &"It fell.".into()));
        assert_eq!(draft.extra.len(), 1);
        let reason = "columns of one name, the first that says something counts: text, text";
        assert!(draft.notes.iter().any(|note| note.reason == reason), "{:?}", draft.notes);
    }

    #[test]
    fn a_quote_that_never_closes_costs_no_rows() {
        let what = |line: u32| format!("the quote that opens on line {line} is not closed where a cell ends");
        let open = |line: u32| format!("{}: left out, the lines after it are rows", what(line));
        for end in ["\n", "\r\n"] {
            let text = "title,body\nFlood,\"It rose,\nand \"\"fell\"\".\"\nEbb,\"It fell.\nFog,x\nCalm,\"y, \nz\"\n\"Ice,w\nThaw,v";
            check(
                text.replace('\n', end).as_bytes(),
                &[
                    (2, "Flood", ""),
                    (4, "Ebb", &open(4)),
                    (5, "Fog", ""),
                    (6, "Calm", ""),
                    (8, "Ice", &open(8)),
                    (9, "Thaw", ""),
                ],
                &[],
            );
        }
        check(
            b"title,body\nFlood,\"x\ny\",\"z\nEbb,w\n",
            &[(2, "Flood", "kept in extra, unknown: surplus"), (4, "Ebb", "")],
            &[],
        );
        let all = format!("{}: this row has the lines after it", what(2));
        check(b"title,body\nFlood,\"It rose.\n\nIt fell.\nA boat, two", &[(2, "Flood", &all)], &[]);
    }

    #[test]
    fn a_table_without_names_is_refused() {
        let reason = "a table whose first row names no title, text or address (it says: 1957-10-04, Flood)";
        check(b"1957-10-04,Flood\n1957-10-05,Ebb\n", &[], &[(Some(1), reason)]);
        check(b"", &[], &[(None, "empty: a table without rows")]);
        check(b"title,body\n", &[], &[(Some(1), "empty: a table with a header and no rows")]);
    }

    #[test]
    fn a_list_in_a_cell_is_a_list() {
        let settings = Settings::default();
        let mut intake = Intake::new("a.csv", &settings);
        read(&b"title;people;tags\nFlood;\"[\"\"Nora Vell\"\"]\";\"a; b\"\n"[..], &mut intake);
        let draft = &intake.reading.drafts[0];
        assert_eq!(draft.people.as_ref().unwrap()[0].name, "Nora Vell");
        assert_eq!(draft.tags.as_deref(), Some(["a".to_owned(), "b".to_owned()].as_slice()));
    }
}
