//! Hits as CSV: RFC 4180, CRLF, a header, UTF-8 without a mark.
//!
//! Values are written as they are; nothing is guarded against spreadsheets unless a later option asks for it.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value};

use crate::hit::Hit;

/// Names of the columns a hit has, in the order of `--json`.
pub fn columns() -> Vec<String> {
    object(&Hit::default()).keys().cloned().collect()
}

/// Columns of an export unless told otherwise: all but what there is not yet.
pub fn default_columns() -> Vec<String> {
    let empty = object(&Hit::default());
    let is_later = |name: &str| name == "story" || name == "copies";
    empty.keys().filter(|name| !is_later(name)).cloned().collect()
}

/// Columns of a list of mentions, in the order of `mentions --json`.
pub fn mention_columns() -> Vec<String> {
    MENTION.iter().map(|column| (*column).to_owned()).collect()
}

const MENTION: [&str; 24] = [
    "id",
    "path",
    "line",
    "part",
    "start",
    "end",
    "byte_start",
    "byte_end",
    "surface",
    "entity",
    "kind",
    "role",
    "sentence",
    "left",
    "match",
    "right",
    "published",
    "source",
    "title",
    "url",
    "byline",
    "rule",
    "confidence",
    "hash",
];

/// A hit or a mention as a JSON object, field by field, its numbers with as few digits as everywhere else.
pub fn object(row: &impl Serialize) -> Map<String, Value> {
    let text = serde_json::to_string(row).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// The values of a hit or mention in these columns, each as text; several values joined by `; `.
pub fn cells(row: &impl Serialize, columns: &[String]) -> Vec<String> {
    let object = object(row);
    columns.iter().map(|column| object.get(column).map(cell).unwrap_or_default()).collect()
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(object) => object.get("text").or_else(|| object.get("id")).map(cell).unwrap_or_default(),
        other => other.to_string(),
    }
}

/// Writes a header, then a row for each hit or mention.
pub struct Table<'a> {
    columns: &'a [String],
    writer: csv::Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    /// Begins a table with its header.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(columns: &'a [String], out: &'a mut dyn Write) -> io::Result<Self> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(columns).map_err(io_error)?;
        Ok(Self { columns, writer })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        self.writer.write_record(cells(row, self.columns)).map_err(io_error)
    }

    /// Hands everything to the writer.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_as_the_standard_says() {
        let columns: Vec<String> = ["title", "people", "url", "words", "story", "score"].map(String::from).into();
        let hit = Hit {
            score: 4.511878,
            title: "=SUM(A1), \"quoted\"\nand broken".into(),
            people: vec!["Ilse Maro".into(), "Tom Hale".into()],
            words: 12,
            ..Hit::default()
        };
        let mut out: Vec<u8> = Vec::new();
        let mut table = Table::begin(&columns, &mut out).unwrap();
        table.row(&hit).unwrap();
        table.finish().unwrap();
        let expected = "title,people,url,words,story,score\r\n\"=SUM(A1), \"\"quoted\"\"\nand broken\",Ilse Maro; Tom Hale,,12,,4.511878\r\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn columns_are_the_fields_of_a_hit() {
        assert_eq!(columns()[..4], ["rank", "score", "id", "path"]);
        let default = default_columns();
        assert_eq!((default.len(), default.last().map(String::as_str)), (columns().len() - 2, Some("snippets")));
    }
}
