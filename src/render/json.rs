//! Answers as JSON: what the types of `hit.rs` say, and not a byte more.
//!
//! Envelopes are indented for the eye; streams hold one object a line.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{
    Map, Value,
    ser::{Formatter, Serializer},
};

use super::hitlist::{Head, HitList, Row, Rows};
use crate::hit::Provenance;

/// Writes an envelope, indented, with a line break behind it.
///
/// # Errors
/// Those of the writer.
pub fn envelope(answer: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, answer)?;
    writeln!(out)
}

/// Writes an object on a line of its own.
///
/// # Errors
/// Those of the writer.
pub fn line(answer: &impl Serialize, out: &mut dyn Write) -> io::Result<()> {
    whole_line(answer, out)
}

fn whole_line(answer: &impl Serialize, mut out: impl Write) -> io::Result<()> {
    answer.serialize(&mut Serializer::with_formatter(&mut out, OneLine))?;
    out.write_all(b"\n")
}

/// Compact JSON on one line also for readers that end lines at U+0085, U+2028 and U+2029, as Python's `splitlines` does.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let is_break = |c: char| matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}');
        if fragment.is_ascii() || !fragment.contains(is_break) {
            return writer.write_all(fragment.as_bytes());
        }
        for piece in fragment.split_inclusive(is_break) {
            let bare = piece.strip_suffix(is_break).unwrap_or(piece);
            writer.write_all(bare.as_bytes())?;
            let mut cut = piece.chars().skip(bare.chars().count());
            cut.try_for_each(|c| write!(writer, "\\u{:04x}", u32::from(c)))?;
        }
        Ok(())
    }
}

/// A hit or a mention with these fields only, in their order; null where there is no value.
fn selected(row: Row<'_>, columns: &[String]) -> Value {
    let whole = object(&row);
    let cut = |column: &String| (column.clone(), whole.get(column).cloned().unwrap_or_default());
    columns.iter().map(cut).collect::<Map<_, _>>().into()
}

/// A search envelope of which every hit keeps these fields only.
pub fn with_columns(answer: &impl Serialize, columns: &[String]) -> io::Result<Value> {
    let mut value = serde_json::to_value(answer)?;
    if let Some(hits) = value.get_mut("hits").and_then(Value::as_array_mut) {
        for hit in hits {
            if let Value::Object(whole) = hit {
                let kept = columns.iter().filter_map(|column| whole.remove_entry(column)).collect();
                *hit = Value::Object(kept);
            }
        }
    }
    Ok(value)
}

/// A hit or a mention as a JSON object, field by field, its numbers with as few digits as everywhere else.
pub fn object(row: &impl Serialize) -> Map<String, Value> {
    let text = serde_json::to_string(row).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Begins a hit list of one object a line.
///
/// # Errors
/// None: nothing stands before the first row.
pub fn begin_lines<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(Box::new(Lines { fields: head.fields.map(<[String]>::to_vec), line: Vec::new(), out }))
}

/// Begins a hit list in one envelope, which is that of `search --json` or `mentions --json`.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    let (offset, limit) = head.page;
    write!(out, "{{\n\"schema_version\": {},\n\"query\": ", head.view.schema_version)?;
    serde_json::to_writer(&mut *out, &head.view.query)?;
    write!(out, ",\n\"total\": ")?;
    serde_json::to_writer(&mut *out, &head.view.total)?;
    write!(out, ",\n\"offset\": {offset},\n\"limit\": ")?;
    serde_json::to_writer(&mut *out, &limit)?;
    match head.rows {
        Rows::Articles => write!(out, ",\n\"next\": null,\n\"hits\": [")?,
        Rows::Mentions => {
            write!(out, ",\n\"next\": null,\n\"variants\": ")?;
            serde_json::to_writer(&mut *out, head.view.variants.as_deref().unwrap_or_default())?;
            write!(out, ",\n\"mentions\": [")?;
        }
    }
    let fields = head.fields.map(<[String]>::to_vec);
    Ok(Box::new(Envelope { fields, rows: head.rows, separator: b"\n", out }))
}

/// One object a line.
struct Lines<'a> {
    fields: Option<Vec<String>>,
    /// The line, written at once.
    line: Vec<u8>,
    out: &'a mut dyn Write,
}

impl HitList for Lines<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.line.clear();
        match &self.fields {
            None => whole_line(&row, &mut self.line)?,
            Some(fields) => whole_line(&selected(row, fields), &mut self.line)?,
        }
        self.out.write_all(&self.line)
    }

    fn finish(self: Box<Self>, _: &Provenance) -> io::Result<()> {
        Ok(())
    }
}

/// All rows in one object.
struct Envelope<'a> {
    fields: Option<Vec<String>>,
    rows: Rows,
    /// What stands before the next row.
    separator: &'static [u8],
    out: &'a mut dyn Write,
}

impl HitList for Envelope<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.out.write_all(std::mem::replace(&mut self.separator, b",\n"))?;
        match &self.fields {
            None => serde_json::to_writer(&mut *self.out, &row)?,
            Some(fields) => serde_json::to_writer(&mut *self.out, &selected(row, fields))?,
        }
        Ok(())
    }

    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        let facets = if self.rows == Rows::Articles { "\"facets\": {},\n" } else { "" };
        write!(self.out, "\n],\n{facets}\"morgue_export\": ")?;
        serde_json::to_writer(&mut *self.out, provenance)?;
        writeln!(self.out, "\n}}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hit::{self, Hit, MentionHit, MentionList},
        render::sample,
    };

    fn written(head: &Head<'_>, rows: &[Row<'_>]) -> Vec<u8> {
        let mut out = Vec::new();
        let mut list = begin(head, &mut out).unwrap();
        rows.iter().for_each(|row| list.row(*row).unwrap());
        list.finish(head.provenance).unwrap();
        out
    }

    #[test]
    fn a_streamed_envelope_is_the_answer_of_its_command() {
        let named = |id: &str| Hit { id: id.into(), ..Hit::default() };
        for hits in [vec![], vec![named("a"), named("b")]] {
            let provenance = sample::provenance("a", Rows::Articles);
            let view = sample::view(&provenance);
            let head = Head { page: (3, Some(9)), ..sample::head(&provenance, &view, Rows::Articles) };
            let out = written(&head, &hits.iter().map(Row::Article).collect::<Vec<_>>());
            let list: hit::HitList = serde_json::from_slice(&out).unwrap();
            let (query, total) = (view.query.clone(), view.total.clone());
            let expected =
                hit::HitList { schema_version: 1, query, total, offset: 3, limit: Some(9), hits, ..list.clone() };
            assert_eq!(list, expected);
            let value: Value = serde_json::from_slice(&out).unwrap();
            assert!(value["morgue_export"]["morgue_export"].is_u64());
        }
        let provenance = sample::provenance("a", Rows::Mentions);
        let view = sample::view(&provenance);
        let mentions: Vec<MentionHit> = vec![sample::mention("a"), sample::bare_mention()];
        let rows: Vec<Row<'_>> = mentions.iter().map(Row::Mention).collect();
        let out = written(&sample::head(&provenance, &view, Rows::Mentions), &rows);
        let list: MentionList = serde_json::from_slice(&out).unwrap();
        assert_eq!((list.mentions, list.total), (mentions, view.total));
    }

    #[test]
    fn a_record_is_one_line_for_everybody() {
        for text in ["", "é", "a\u{2028}", "\u{85}é\u{2029}\u{2029}b\n\u{1e}", "\u{2027}"] {
            let mut out = Vec::new();
            line(&text, &mut out).unwrap();
            let printed = String::from_utf8(out).unwrap();
            assert!(
                !printed.trim_end_matches('\n').contains(|c: char| c.is_control() || "\u{2028}\u{2029}".contains(c))
            );
            assert_eq!(serde_json::from_str::<String>(&printed).unwrap(), text);
        }
    }

    #[test]
    fn a_hit_can_be_cut_to_columns() {
        let columns = ["path".to_owned(), "rank".to_owned()];
        assert_eq!(selected(Row::Article(&Hit::default()), &columns).to_string(), r#"{"path":"","rank":0}"#);
        let list = hit::HitList { hits: vec![Hit::default()], ..hit::HitList::default() };
        assert_eq!(with_columns(&list, &columns).unwrap()["hits"][0].to_string(), r#"{"path":"","rank":0}"#);
    }
}
