//! Tables as text: CSV as in RFC 4180, and the same with tabs. CRLF, a header, UTF-8; a cell that holds a separator,
//! a quote or a line break is quoted.
//!
//! Values are written as they are, unless the table is meant for Excel, which would run some of them as formulas.

use std::{
    borrow::Cow,
    io::{self, Write},
};

use csv::{Terminator, Writer, WriterBuilder};
use serde::Serialize;
use serde_json::Value;

use super::{
    columns::{Cell, Columns},
    hitlist::{Head, HitList, Reader, Row},
    json::object,
};
use crate::hit::Provenance;

/// Begins a hit list with commas.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(Box::new(Hits::begin(head, b',', out)?))
}

/// Begins a hit list with tabs.
///
/// # Errors
/// Those of the writer.
pub fn begin_tabbed<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(Box::new(Hits::begin(head, b'\t', out)?))
}

/// A hit list as a table.
struct Hits<'a> {
    columns: Columns,
    reader: Reader,
    writer: Writer<&'a mut dyn Write>,
}

impl<'a> Hits<'a> {
    fn begin(head: &Head<'_>, separator: u8, out: &'a mut dyn Write) -> io::Result<Self> {
        let columns = Columns::of(head);
        if head.reader == Reader::Excel {
            out.write_all("\u{FEFF}".as_bytes())?;
        }
        let mut writer = writer(separator, out);
        writer.write_record(columns.names()).map_err(io_error)?;
        Ok(Self { columns, reader: head.reader, writer })
    }
}

impl HitList for Hits<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        for cell in self.columns.cells(row) {
            let cell = match (self.reader, cell) {
                (Reader::Excel, Cell::Text(text)) => guarded(text),
                (_, cell) => cell.text(),
            };
            self.writer.write_field(cell.as_bytes()).map_err(io_error)?;
        }
        self.writer.write_record(None::<&[u8]>).map_err(io_error)
    }

    fn finish(mut self: Box<Self>, _: &Provenance) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Behind an apostrophe a cell is text to Excel, whatever it begins with.
fn guarded(text: Cow<'_, str>) -> Cow<'_, str> {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => Cow::Owned(format!("'{text}")),
        false => text,
    }
}

fn writer(separator: u8, out: &mut dyn Write) -> Writer<&mut dyn Write> {
    WriterBuilder::new().delimiter(separator).terminator(Terminator::CRLF).from_writer(out)
}

/// A table of anything that JSON can say in one object a row, for lists that are short.
pub struct Table<'a> {
    columns: &'a [String],
    writer: Writer<&'a mut dyn Write>,
}

impl<'a> Table<'a> {
    /// Begins a table with its header.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn begin(columns: &'a [String], out: &'a mut dyn Write) -> io::Result<Self> {
        let mut writer = writer(b',', out);
        writer.write_record(columns).map_err(io_error)?;
        Ok(Self { columns, writer })
    }

    /// Writes a row.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn row(&mut self, row: &impl Serialize) -> io::Result<()> {
        let object = object(row);
        let cell = |column: &String| object.get(column).map(plain).unwrap_or_default();
        self.writer.write_record(self.columns.iter().map(cell)).map_err(io_error)
    }

    /// Hands everything to the writer.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join("; "),
        Value::Object(object) => object.get("text").map(plain).unwrap_or_else(|| value.to_string()),
        other => other.to_string(),
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
    use crate::{
        hit::Hit,
        render::{hitlist::Rows, sample},
    };

    fn check(reader: Reader, begin: crate::render::form::Begin, expected: &str) {
        let fields: Vec<String> = ["title", "people", "url", "words", "story", "score"].map(String::from).into();
        let hit = Hit {
            score: 4.511878,
            title: "=SUM(A1), \"quoted\"\nand\tbroken".into(),
            people: vec!["Ilse Maro".into(), "Tom Hale".into()],
            words: 12,
            ..Hit::default()
        };
        let provenance = sample::provenance("a", Rows::Articles);
        let view = sample::view(&provenance);
        let head = Head { fields: Some(&fields), reader, ..sample::head(&provenance, &view, Rows::Articles) };
        let mut out: Vec<u8> = Vec::new();
        let mut list = begin(&head, &mut out).unwrap();
        list.row(Row::Article(&hit)).unwrap();
        list.finish(&provenance).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn cells_are_quoted_as_the_standard_says() {
        check(
            Reader::Any,
            begin,
            "title,people,url,words,story,score\r\n\"=SUM(A1), \"\"quoted\"\"\nand\tbroken\",Ilse Maro; Tom Hale,,12,,4.511878\r\n",
        );
        check(
            Reader::Any,
            begin_tabbed,
            "title\tpeople\turl\twords\tstory\tscore\r\n\"=SUM(A1), \"\"quoted\"\"\nand\tbroken\"\tIlse Maro; Tom Hale\t\t12\t\t4.511878\r\n",
        );
        check(
            Reader::Excel,
            begin,
            "\u{FEFF}title,people,url,words,story,score\r\n\"'=SUM(A1), \"\"quoted\"\"\nand\tbroken\",Ilse Maro; Tom Hale,,12,,4.511878\r\n",
        );
    }

    #[test]
    fn what_excel_would_run_is_text() {
        for text in ["=1", "+1", "-1", "@a", "\ta", "\ra"] {
            assert_eq!(guarded(text.into()), format!("'{text}"));
        }
        assert_eq!(guarded("1=".into()), "1=");
    }
}
