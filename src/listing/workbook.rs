//! A hit list read back from a workbook, as export wrote it or as a spreadsheet has saved it since.
//!
//! The first sheet with a column of ids says what a row is, an article or a mention; a sheet of mentions behind one of
//! articles is left alone, and so is any without ids.

use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::{ID, Listing, Row, START};
use crate::{
    date::Date,
    error::{Error, ErrorKind, Result},
};

/// Reads a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Listing> {
    let broken = |cause: calamine::XlsxError| {
        Error::new(ErrorKind::Usage, format!("this is no workbook: {cause}")).hint("save it as .xlsx or .csv once more")
    };
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut listing = Listing::default();
    for name in book.sheet_names() {
        add(&book.worksheet_range(&name).map_err(broken)?, &mut listing);
    }
    if !listing.has(ID) {
        let error = Error::new(ErrorKind::Usage, "the first row of no sheet names a column “id”");
        return Err(error.hint("export the list with its ids: morgue export QUERY… hits.xlsx"));
    }
    Ok(listing)
}

fn add(sheet: &Range<Data>, listing: &mut Listing) {
    let mut rows = sheet.rows();
    let columns: Vec<String> = rows.next().into_iter().flatten().map(|cell| text(cell).trim().to_lowercase()).collect();
    let has = |name: &str| columns.iter().any(|own| own == name);
    let is_another = listing.has(ID) && has(START) != listing.has(START);
    if !has(ID) || is_another {
        return;
    }
    let first = u64::from(sheet.start().map_or(0, |(row, _)| row)) + 2;
    for (line, row) in (first..).zip(rows) {
        let row = Row::of(line, columns.iter().cloned().zip(row.iter().map(text)));
        listing.rows.extend((!row.cells.is_empty()).then_some(row));
    }
    for name in columns.into_iter().filter(|name| !name.is_empty()) {
        if !listing.has(&name) {
            listing.columns.push(name);
        }
    }
}

/// A cell as the other forms write it: days as YYYY-MM-DD, whole numbers without a point.
fn text(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => Date::from_day(day.as_f64() as i32 - DAYS_BEFORE_1970).to_string(),
        Data::DateTimeIso(day) => day.split('T').next().unwrap_or_default().to_owned(),
        other => other.to_string(),
    }
}

/// The day that a workbook has as 25569 is the first of 1970.
const DAYS_BEFORE_1970: i32 = 25_569;
