//! A hit list as a workbook for Excel: a sheet of articles with dates and links, one of their mentions, or one of mentions
//! alone, and a sheet that says where they come from.
//!
//! Rows go out as they come, so that memory stays flat; a sheet that is full is followed by another. Nothing is a formula.

mod book;
mod sheet;

use std::io::{self, Write};

use serde_json::Value;

use self::{book::Book, sheet::Sheet};
use super::{
    columns::{Cell, Columns, usual},
    hitlist::{Head, HitList, Row, Rows},
    json::object,
    layout::counted,
};
use crate::hit::Provenance;

/// Begins a workbook.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(Box::new(Workbook::begin(head, out)?))
}

struct Workbook<'a> {
    book: Book<'a>,
    sheet: Sheet,
    columns: Columns,
    /// What stands in the sheet that is open.
    rows: Rows,
    /// Sheets of such rows so far.
    sheets: usize,
    /// Sheets that were full.
    full: usize,
    /// Cells that were longer than a cell may be.
    cut: u64,
    /// Addresses beyond those a sheet may link.
    unlinked: u64,
}

impl HitList for Workbook<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        if row.rows() != self.rows {
            self.rows = row.rows();
            self.columns = Columns::named(self.rows, usual(self.rows).into_iter());
            self.sheets = 1;
            self.turn(name(self.rows).to_owned())?;
        } else if self.sheet.is_full() {
            self.sheets += 1;
            self.full += 1;
            self.turn(format!("{} {}", name(self.rows), self.sheets))?;
        }
        let mut xml = self.sheet.begin_row();
        for (name, cell) in self.columns.names().iter().zip(self.columns.cells(row)) {
            let written = match (*name, cell) {
                ("published", Cell::Text(date)) => self.sheet.date(&date, &mut xml),
                ("url", Cell::Text(url)) => self.sheet.link(&url, &mut xml),
                (_, cell) => self.sheet.cell(cell, &mut xml),
            };
            self.cut += u64::from(written == sheet::Written::Cut);
            self.unlinked += u64::from(written == sheet::Written::Unlinked);
        }
        self.sheet.end_row(&mut xml);
        self.book.write(&xml)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.full > 0 {
            let more = counted(self.full as u64, "further sheet", "further sheets");
            notes.push(format!("a sheet holds {} rows: the rest stands in {more}", sheet::ROWS));
        }
        if self.cut > 0 {
            let cells = counted(self.cut, "cell was", "cells were");
            notes.push(format!("{cells} cut at {} characters, the most that Excel takes", sheet::LETTERS));
        }
        if self.unlinked > 0 {
            let links = counted(self.unlinked, "address is", "addresses are");
            notes.push(format!("{links} no link: a sheet takes {}", sheet::LINKS));
        }
        notes
    }

    fn finish(mut self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        self.book.close(&self.sheet)?;
        let mut sheet = self.book.open("query".to_owned(), &["name", "value"])?;
        let mut said = object(provenance);
        let query = said.remove("query").unwrap_or_default();
        let whole = serde_json::to_string(provenance)?;
        for (name, value) in query.as_object().into_iter().flatten().chain(&said) {
            let value = match value {
                Value::String(text) => text.clone(),
                Value::Array(items) => items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
                other => other.to_string(),
            };
            let name = if name == "morgue_export" { "version" } else { name };
            self.told(&mut sheet, (name, &value))?;
        }
        self.told(&mut sheet, ("morgue_export", &whole))?;
        self.book.close(&sheet)?;
        self.book.finish()
    }
}

impl<'a> Workbook<'a> {
    fn begin(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Self> {
        let columns = Columns::of(head);
        let mut book = Book::begin(out)?;
        let sheet = book.open(name(head.rows).to_owned(), columns.names())?;
        Ok(Self { book, sheet, columns, rows: head.rows, sheets: 1, full: 0, cut: 0, unlinked: 0 })
    }

    /// Closes the sheet and opens another one.
    fn turn(&mut self, name: String) -> io::Result<()> {
        self.book.close(&self.sheet)?;
        self.sheet = self.book.open(name, self.columns.names())?;
        Ok(())
    }

    /// Writes a line of the last sheet.
    fn told(&mut self, sheet: &mut Sheet, (name, value): (&str, &str)) -> io::Result<()> {
        let mut xml = sheet.begin_row();
        sheet.cell(Cell::Text(name.into()), &mut xml);
        sheet.cell(Cell::Text(value.into()), &mut xml);
        sheet.end_row(&mut xml);
        self.book.write(&xml)
    }
}

/// What the first sheet of some rows is called.
fn name(rows: Rows) -> &'static str {
    match rows {
        Rows::Articles => "hits",
        Rows::Mentions => "mentions",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{hit::Hit, render::sample};
    use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

    fn written(hits: &[Hit]) -> (Xlsx<io::Cursor<Vec<u8>>>, Vec<String>) {
        let provenance = sample::provenance("flood <b>", Rows::Articles);
        let view = sample::view(&provenance);
        let mut out = Vec::new();
        let mut list = begin(&sample::head(&provenance, &view, Rows::Articles), &mut out).unwrap();
        hits.iter().for_each(|hit| list.row(Row::Article(hit)).unwrap());
        let notes = list.notes();
        list.finish(&Provenance { written: hits.len() as u64, ..provenance }).unwrap();
        (open_workbook_from_rs(io::Cursor::new(out)).unwrap(), notes)
    }

    #[test]
    fn another_reader_finds_dates_numbers_and_letters() {
        let vague = Hit { published: Some("1916~".into()), ..sample::hit("=cmd()|\u{1}\"<x>&") };
        let (mut book, notes) = written(&[Hit { published: Some("2025-03-14".into()), ..sample::hit("Tarn") }, vague]);
        assert_eq!((book.sheet_names(), notes), (vec!["hits".to_owned(), "query".to_owned()], vec![]));
        let sheet = book.worksheet_range("hits").unwrap();
        let names: Vec<String> = sheet.headers().unwrap();
        let at = |row: u32, name: &str| {
            sheet.get_value((row, names.iter().position(|n| n == name).unwrap() as u32)).unwrap().clone()
        };
        assert!(
            matches!(at(1, "published"), Data::DateTime(date) if date.as_f64() == 45730.0),
            "{:?}",
            at(1, "published")
        );
        assert_eq!(at(2, "published"), Data::String("1916~".into()));
        assert_eq!(at(1, "words"), Data::Float(412.0));
        assert_eq!(at(2, "title"), Data::String("=cmd()|\u{FFFD}\"<x>&".into()));
        assert_eq!(at(1, "url"), Data::String("https://example.org/tarn?a=1&b=2".into()));
        assert_eq!(at(1, "people"), Data::String("Ilse Maro; Tom Hale".into()));
        let query = book.worksheet_range("query").unwrap();
        let said = query.rows().find(|row| row[0] == Data::String("read_as".into())).unwrap();
        assert_eq!(said[1], Data::String("flood <b>".into()));
        let whole = query.rows().next_back().unwrap()[1].to_string();
        assert_eq!(serde_json::from_str::<Provenance>(&whole).unwrap().written, 2);
    }

    #[test]
    fn what_is_too_long_for_a_cell_is_cut_and_told() {
        let (mut book, notes) = written(&[sample::hit(&"é🎈".repeat(20_000))]);
        let sheet = book.worksheet_range("hits").unwrap();
        let title = sheet.get_value((1, 6)).unwrap().to_string();
        assert!(title.encode_utf16().count() <= sheet::LETTERS && title.ends_with('…'));
        // The title stands in the passage too.
        assert_eq!(notes, ["2 cells were cut at 32767 characters, the most that Excel takes"]);
    }

    #[test]
    fn a_full_sheet_is_followed_by_another() {
        let provenance = sample::provenance("flood", Rows::Articles);
        let view = sample::view(&provenance);
        let mut out = Vec::new();
        let mut list = Workbook::begin(&sample::head(&provenance, &view, Rows::Articles), &mut out).unwrap();
        list.row(Row::Article(&sample::hit("in the first"))).unwrap();
        list.sheet.height = sheet::ROWS;
        list.row(Row::Article(&sample::hit("in the second"))).unwrap();
        assert_eq!(list.notes(), ["a sheet holds 1048576 rows: the rest stands in 1 further sheet"]);
        Box::new(list).finish(&provenance).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(io::Cursor::new(out)).unwrap();
        assert_eq!(book.sheet_names(), ["hits", "hits 2", "query"]);
        let second = book.worksheet_range("hits 2").unwrap();
        assert_eq!((second.height(), second.get_value((1, 6)).unwrap().to_string()), (2, "in the second".to_owned()));
    }

    #[test]
    fn mentions_stand_behind_their_articles() {
        let provenance = sample::provenance("flood", Rows::Articles);
        let view = sample::view(&provenance);
        let mut out = Vec::new();
        let mut list = begin(&sample::head(&provenance, &view, Rows::Articles), &mut out).unwrap();
        list.row(Row::Article(&sample::hit("Tarn"))).unwrap();
        list.row(Row::Mention(&sample::mention("Tarn"))).unwrap();
        list.finish(&provenance).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(io::Cursor::new(out)).unwrap();
        assert_eq!(book.sheet_names(), ["hits", "mentions", "query"]);
        let columns: Vec<String> = book.worksheet_range("mentions").unwrap().headers().unwrap();
        assert_eq!(columns, usual(Rows::Mentions));
    }

    /// A zip that is given up must not go on to complain.
    #[test]
    fn a_writer_that_fails_is_told_once() {
        struct Full(usize);
        impl Write for Full {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0 = self.0.checked_sub(bytes.len()).ok_or_else(|| io::Error::from(io::ErrorKind::StorageFull))?;
                Ok(bytes.len())
            }
            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        let provenance = sample::provenance("flood", Rows::Articles);
        let view = sample::view(&provenance);
        for room in [0, 100, 1_000, 3_000] {
            let mut out = Full(room);
            let ended = begin(&sample::head(&provenance, &view, Rows::Articles), &mut out).and_then(|mut list| {
                (0..2_000).try_for_each(|i| list.row(Row::Article(&sample::hit(&format!("{:x}", i * 7919)))))?;
                list.finish(&provenance)
            });
            assert_eq!(ended.unwrap_err().kind(), io::ErrorKind::StorageFull, "{room}");
        }
    }

    #[test]
    fn a_list_without_rows_is_a_workbook() {
        let (mut book, _) = written(&[]);
        assert_eq!(book.worksheet_range("hits").unwrap().height(), 1);
    }
}
