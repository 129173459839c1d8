//! The container of a workbook: a zip of XML parts, written from front to back (ECMA-376, Office Open XML).
//!
//! It knows parts and their relations, not what the cells hold.

use std::io::{self, Write};

use zip::{
    ZipWriter,
    result::ZipError,
    write::{SimpleFileOptions, StreamWriter},
};

use super::sheet::{Sheet, escaped, name_of};

/// Sheets are what every other XML part is not, so that their number need not be known at the beginning.
const TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
<Default Extension=\"xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>\
<Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>\
<Override PartName=\"/xl/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml\"/>\
</Types>";

const ROOT: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
<Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/>\
</Relationships>";

/// Four styles: plain, a day, a link, a heading; `sheet.rs` names them by their places.
const STYLES: &str = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\
<numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/></numFmts>\
<fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>\
<font><u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/><name val=\"Calibri\"/></font>\
<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>\
<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
<cellXfs count=\"4\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
<xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
<xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs>\
<cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>\
</styleSheet>";

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A workbook while it is written.
pub(super) struct Book<'a> {
    zip: ZipWriter<StreamWriter<Fuse<'a>>>,
    /// The closed sheets: their names and the cells they fill.
    sheets: Vec<(String, String)>,
}

impl<'a> Book<'a> {
    /// Begins a book without sheets.
    pub(super) fn begin(out: &'a mut dyn Write) -> io::Result<Self> {
        let mut book = Self { zip: ZipWriter::new_stream(Fuse { out, has_blown: false }), sheets: Vec::new() };
        book.part("[Content_Types].xml", TYPES)?;
        book.part("_rels/.rels", ROOT)?;
        book.part("xl/styles.xml", STYLES)?;
        Ok(book)
    }

    /// Begins a sheet with its header, which stays in sight; the one before must be closed.
    pub(super) fn open(&mut self, name: String, columns: &[&str]) -> io::Result<Sheet> {
        let number = self.sheets.len() + 1;
        self.start(&format!("xl/worksheets/sheet{number}.xml"))?;
        let selected = if number == 1 { " tabSelected=\"1\"" } else { "" };
        let widths: String = columns.iter().enumerate().map(|(i, name)| width(i + 1, name)).collect();
        let mut xml = format!(
            "<worksheet xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheetViews><sheetView{selected} workbookViewId=\"0\">\
             <pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\
             <sheetFormatPr defaultRowHeight=\"15\"/><cols>{widths}</cols><sheetData>"
        );
        let mut sheet = Sheet::new(name, columns.len());
        xml += &sheet.begin_row();
        columns.iter().for_each(|column| sheet.heading(column, &mut xml));
        sheet.end_row(&mut xml);
        self.write(&xml)?;
        Ok(sheet)
    }

    /// Writes a piece of the open sheet.
    pub(super) fn write(&mut self, xml: &str) -> io::Result<()> {
        self.zip.write_all(xml.as_bytes())
    }

    /// Ends a sheet: its filter and its links.
    pub(super) fn close(&mut self, sheet: &Sheet) -> io::Result<()> {
        let end = name_of(sheet.width.saturating_sub(1), sheet.height);
        let mut xml = format!("</sheetData><autoFilter ref=\"A1:{end}\"/>");
        if !sheet.links.is_empty() {
            let link = |(i, (cell, _)): (usize, &(String, String))| {
                format!("<hyperlink ref=\"{cell}\" r:id=\"rId{}\"/>", i + 1)
            };
            xml +=
                &format!("<hyperlinks>{}</hyperlinks>", sheet.links.iter().enumerate().map(link).collect::<String>());
        }
        self.write(&(xml + "</worksheet>"))?;
        let column = end.trim_end_matches(|c: char| c.is_ascii_digit());
        self.sheets.push((sheet.name.clone(), format!("$A$1:${column}${}", sheet.height)));
        if sheet.links.is_empty() {
            return Ok(());
        }
        let link = |(i, (_, target)): (usize, &(String, String))| {
            let target = escaped(target);
            format!(
                "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/hyperlink\" Target=\"{target}\" TargetMode=\"External\"/>",
                i + 1
            )
        };
        let links: String = sheet.links.iter().enumerate().map(link).collect();
        let name = format!("xl/worksheets/_rels/sheet{}.xml.rels", self.sheets.len());
        self.part(&name, &format!("<Relationships xmlns=\"{PACKAGE}\">{links}</Relationships>"))
    }

    /// Ends the book: which sheets it has, and where.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let (mut sheets, mut filters, mut related) = (String::new(), String::new(), String::new());
        for (i, (name, cells)) in self.sheets.iter().enumerate() {
            let number = i + 1;
            sheets += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
            filters += &format!(
                "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\" hidden=\"1\">'{name}'!{cells}</definedName>"
            );
            related += &format!(
                "<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{number}.xml\"/>"
            );
        }
        let styles = self.sheets.len() + 1;
        related += &format!("<Relationship Id=\"rId{styles}\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/>");
        self.part(
            "xl/workbook.xml",
            &format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><bookViews><workbookView activeTab=\"0\"/></bookViews>\
                 <sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
            ),
        )?;
        self.part(
            "xl/_rels/workbook.xml.rels",
            &format!("<Relationships xmlns=\"{PACKAGE}\">{related}</Relationships>"),
        )?;
        self.zip.finish().map(drop).map_err(io_error)
    }

    fn part(&mut self, name: &str, xml: &str) -> io::Result<()> {
        self.start(name)?;
        self.write(xml)
    }

    fn start(&mut self, name: &str) -> io::Result<()> {
        self.zip.start_file(name, SimpleFileOptions::default()).map_err(io_error)?;
        self.write(DECLARATION)
    }
}

fn io_error(error: ZipError) -> io::Error {
    match error {
        ZipError::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// A writer that takes everything and writes nothing once it has failed: a zip that is given up would otherwise try to
/// end itself, and complain on standard error.
struct Fuse<'a> {
    out: &'a mut dyn Write,
    has_blown: bool,
}

impl Write for Fuse<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.has_blown {
            return Ok(bytes.len());
        }
        self.out.write(bytes).inspect_err(|error| self.has_blown = error.kind() != io::ErrorKind::Interrupted)
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.has_blown { Ok(()) } else { self.out.flush() }
    }
}

/// A column as wide as what it holds is at most to be seen at once.
fn width(number: usize, name: &str) -> String {
    let characters = match name {
        "title" | "snippets" | "left" | "right" => 50,
        "url" | "path" | "id" | "people" | "places" | "orgs" => 28,
        "name" | "value" => 40,
        _ => 14,
    };
    format!("<col min=\"{number}\" max=\"{number}\" width=\"{characters}\" customWidth=\"1\"/>")
}
