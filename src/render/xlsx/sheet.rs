//! The cells of a sheet in a workbook, as XML, within the limits that Excel sets.
//!
//! It writes nothing itself: rows are handed to the book.

use std::fmt::Write;

use super::super::{
    address::{printable, web},
    columns::Cell,
};
use crate::date::Date;

/// Rows of a sheet, header included.
pub(super) const ROWS: u32 = 1_048_576;
/// UTF-16 units of a cell.
pub(super) const LETTERS: usize = 32_767;
/// Links of a sheet.
pub(super) const LINKS: usize = 65_530;
/// Characters of a link.
const LINK: usize = 2_079;
/// Bytes of a sheet's XML; above four times as many the container needs another layout that not every reader knows.
const BYTES: u64 = 1 << 30;
/// Days from Excel's day 0 to 1970-01-01.
const EPOCH: i32 = 25_569;
/// The first day that Excel counts rightly, 1900-03-01: it knows a 29 February 1900.
const FIRST: i32 = 61;

/// Number formats of cells, as their place in the book's table of styles.
pub(super) const DATE: u8 = 1;
pub(super) const LINKED: u8 = 2;
pub(super) const HEADING: u8 = 3;

/// How a value came into its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// As it is.
    Whole,
    /// Its end is missing.
    Cut,
    /// An address that is no link, because the sheet has too many.
    Unlinked,
}

/// A sheet while it is written.
pub(super) struct Sheet {
    pub(super) name: String,
    /// Columns that it has.
    pub(super) width: usize,
    /// Rows written, header included.
    pub(super) height: u32,
    /// Cells with their addresses.
    pub(super) links: Vec<(String, String)>,
    /// The column of the next cell.
    column: usize,
    bytes: u64,
}

impl Sheet {
    pub(super) fn new(name: String, width: usize) -> Self {
        Self { name, width, height: 0, links: Vec::new(), column: 0, bytes: 0 }
    }

    /// Whether the next row needs another sheet.
    pub(super) fn is_full(&self) -> bool {
        self.height >= ROWS || self.bytes >= BYTES
    }

    /// The XML before the cells of the next row.
    pub(super) fn begin_row(&mut self) -> String {
        self.height += 1;
        self.column = 0;
        format!("<row r=\"{}\">", self.height)
    }

    /// Adds the XML behind them.
    pub(super) fn end_row(&mut self, xml: &mut String) {
        xml.push_str("</row>");
        self.bytes += xml.len() as u64;
    }

    /// Adds a heading.
    pub(super) fn heading(&mut self, name: &str, xml: &mut String) {
        self.letters(name, HEADING, xml);
    }

    /// Adds a value.
    pub(super) fn cell(&mut self, cell: Cell<'_>, xml: &mut String) -> Written {
        match cell {
            Cell::Empty => {
                self.column += 1;
                Written::Whole
            }
            Cell::Text(text) => self.letters(&text, 0, xml),
            number => {
                let at = self.next();
                push(xml, format_args!("<c r=\"{at}\"><v>{}</v></c>", number.text()));
                Written::Whole
            }
        }
    }

    /// Adds a date: a day that Excel can count as a day, anything vaguer as it is written.
    pub(super) fn date(&mut self, edtf: &str, xml: &mut String) -> Written {
        let is_day = edtf.len() == 10 && edtf.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let day = Date::parse(edtf).ok().filter(|_| is_day).and_then(|date| date.from()).map(|day| day + EPOCH);
        let Some(day) = day.filter(|day| *day >= FIRST) else { return self.letters(edtf, 0, xml) };
        let at = self.next();
        push(xml, format_args!("<c r=\"{at}\" s=\"{DATE}\"><v>{day}</v></c>"));
        Written::Whole
    }

    /// Adds an address, as a link if it is one of the web.
    pub(super) fn link(&mut self, url: &str, xml: &mut String) -> Written {
        let Some(target) = web(url).filter(|target| target.len() <= LINK) else { return self.letters(url, 0, xml) };
        if self.links.len() >= LINKS {
            self.letters(url, 0, xml);
            return Written::Unlinked;
        }
        self.links.push((name_of(self.column, self.height), target));
        self.letters(url, LINKED, xml)
    }

    fn letters(&mut self, text: &str, style: u8, xml: &mut String) -> Written {
        let at = self.next();
        let (text, written) = fitting(text);
        let text = escaped(&text);
        push(
            xml,
            format_args!(
                "<c r=\"{at}\" s=\"{style}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            ),
        );
        written
    }

    /// The name of the next cell.
    fn next(&mut self) -> String {
        let name = name_of(self.column, self.height);
        self.column += 1;
        name
    }
}

fn push(xml: &mut String, text: std::fmt::Arguments<'_>) {
    // A string takes everything.
    let _ = xml.write_fmt(text);
}

/// The name of a cell: column from 0 as letters, row from 1.
pub(super) fn name_of(column: usize, row: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect::<String>() + &row.to_string()
}

/// As much of a text as a cell takes.
fn fitting(text: &str) -> (String, Written) {
    let text = printable(text);
    if text.len() <= LETTERS || text.encode_utf16().count() <= LETTERS {
        return (text, Written::Whole);
    }
    let mut room = LETTERS - 1;
    let fits = |c: &char| {
        let left = room.checked_sub(c.len_utf16());
        room = left.unwrap_or(0);
        left.is_some()
    };
    let mut kept: String = text.chars().take_while(fits).collect();
    kept.push('…');
    (kept, Written::Cut)
}

/// A text for XML. Excel reads `_x0041_` as a letter, so that an underline before an x is written so itself.
pub(super) fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\r' => xml.push_str("_x000D_"),
            '_' if is_coded(text.get(at..).unwrap_or_default()) => xml.push_str("_x005F_"),
            c => xml.push(c),
        }
    }
    xml
}

/// Whether a text begins with `_x`, four hex digits and `_`.
fn is_coded(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 7
        && bytes.starts_with(b"_x")
        && bytes.get(6) == Some(&b'_')
        && bytes.iter().skip(2).take(4).all(u8::is_ascii_hexdigit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_by_letters_and_numbers() {
        let names = [(0, 1), (25, 2), (26, 3), (701, 4), (702, 5)].map(|(column, row)| name_of(column, row));
        assert_eq!(names, ["A1", "Z2", "AA3", "ZZ4", "AAA5"]);
    }

    #[test]
    fn letters_survive() {
        let check = |text, expected| assert_eq!(escaped(text), expected);
        check("<a & \"b\">\r\n", "&lt;a &amp; &quot;b&quot;&gt;_x000D_\n");
        check("_x0041_ _x_ a_b _xé", "_x005F_x0041_ _x_ a_b _xé");
    }

    #[test]
    fn days_before_march_1900_are_letters() {
        let check = |edtf, expected: &str| {
            let mut sheet = Sheet::new("a".into(), 1);
            let mut xml = String::new();
            sheet.date(edtf, &mut xml);
            assert!(xml.contains(expected), "{xml}");
        };
        check("1900-03-01", "<v>61</v>");
        check("2025-03-14", "<v>45730</v>");
        check("1900-02-28", ">1900-02-28<");
        check("2025-03", ">2025-03<");
        check("2025-03-1~", ">2025-03-1~<");
    }

    #[test]
    fn links_end_where_excel_ends() {
        let mut sheet = Sheet::new("a".into(), 1);
        let mut xml = String::new();
        assert_eq!(sheet.link("javascript:alert(1)", &mut xml), Written::Whole);
        assert!(sheet.links.is_empty());
        sheet.links = vec![(String::new(), String::new()); LINKS];
        assert_eq!(sheet.link("https://example.org", &mut xml), Written::Unlinked);
        sheet.height = ROWS;
        assert!(sheet.is_full());
    }
}
