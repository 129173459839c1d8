//! A table that people keep beside their articles: rows are only ever added at its end, in lots that can be taken back.
//!
//! It works on a text it is given and never looks for a file. What stands in it by hand stays as it is.

use csv::{QuoteStyle, ReaderBuilder, StringRecord, WriterBuilder};

/// A row that says nothing we understand; it is ignored, and kept when the file is written again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// Its line in the file, from 1.
    pub line: u64,
    /// What is wrong with it.
    pub reason: String,
}

/// How the comment over a lot begins; its number of lines follows, then what it was for.
const LOT: &str = "#lot,";

/// The rows of a text with their lines, or why a row is none. Lines that begin with `#` are comments; spreadsheets of some
/// countries write semicolons, some programs tabs.
pub fn rows(text: &str) -> Vec<(u64, Result<StringRecord, String>)> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut builder = ReaderBuilder::new();
    builder.has_headers(false).flexible(true).comment(Some(b'#')).delimiter(delimiter(text));
    let mut reader = builder.from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let (mut line, mut last) = (1, 0);
    for row in reader.records() {
        let (at, row) = match row {
            Ok(row) => (row.position().cloned(), Ok(row)),
            Err(fault) => (fault.position().cloned(), Err(fault.to_string())),
        };
        let from = at.map_or(last, |at| usize::try_from(at.byte()).unwrap_or(usize::MAX));
        let start = from + passed_over(text.get(from..).unwrap_or_default());
        line += text.get(last..start).unwrap_or_default().matches('\n').count() as u64;
        last = start;
        rows.push((line, row));
    }
    if let Some((_, row)) = rows.last_mut().filter(|_| is_open(text.get(last..).unwrap_or_default())) {
        *row = Err("a quotation mark is not closed, so everything behind it is lost".to_owned());
    }
    rows
}

/// What parts the columns of a text, by its first row.
pub fn delimiter(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or_default();
    match (first.contains(','), first.contains(';'), first.contains('\t')) {
        (false, true, _) => b';',
        (false, false, true) => b'\t',
        _ => b',',
    }
}

/// One row with its line break; a break inside a cell becomes a blank, so that a row is a line.
pub fn csv_row(parted: u8, cells: &[impl AsRef<str>]) -> String {
    let flat: Vec<String> = cells.iter().map(|cell| one_line(cell.as_ref())).collect();
    // A first cell that begins as a comment does must not become one.
    let is_comment = flat.first().is_some_and(|cell| cell.starts_with('#'));
    let quotes = if is_comment { QuoteStyle::Always } else { QuoteStyle::Necessary };
    let mut writer = WriterBuilder::new().delimiter(parted).quote_style(quotes).from_writer(Vec::new());
    let written = writer.write_record(&flat).ok().and_then(|()| writer.into_inner().ok());
    String::from_utf8(written.unwrap_or_default()).unwrap_or_default()
}

/// The text with a lot more, under a comment that counts its rows; `what` says what it is for. A new file begins with
/// `header`.
pub fn with_lot(text: &str, header: &str, (what, rows): (&str, &[String])) -> String {
    let mut text = if text.trim().is_empty() { header.to_owned() } else { text.to_owned() };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text.push_str(&format!("{LOT}{},{}\n", rows.len(), one_line(what)));
    rows.iter().for_each(|row| text.push_str(row));
    text
}

/// The text without its last lot, and the lines that were taken away; `None` when no lot is left.
pub fn undone(text: &str) -> Option<(String, Vec<String>)> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let at = lines.iter().rposition(|line| line.starts_with(LOT))?;
    let count = lines.get(at)?.strip_prefix(LOT)?.split(',').next()?.trim().parse::<usize>().ok()?;
    let end = (at + 1).saturating_add(count).min(lines.len());
    let gone = lines.get(at..end)?.iter().map(|line| line.trim_end().to_owned()).collect();
    Some((lines.get(..at)?.iter().chain(lines.get(end..)?).copied().collect(), gone))
}

/// Bytes before the row that follows: ends of lines and comments, which the reader of tables counts to the row.
fn passed_over(text: &str) -> usize {
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(['\r', '\n']);
        match rest.strip_prefix('#').and_then(|comment| comment.split_once('\n')) {
            Some((_, behind)) => rest = behind,
            None => return text.len() - rest.len(),
        }
    }
}

/// On one line, blanks in a row as one.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a quotation mark is open at the end of a last row.
fn is_open(row: &str) -> bool {
    row.matches('"').count() % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_have_their_lines_and_a_torn_quote_is_told() {
        let check = |text: &str, expected: &[(u64, Option<&str>)]| {
            let rows = rows(text);
            let got: Vec<(u64, Option<&str>)> =
                rows.iter().map(|(line, row)| (*line, row.as_ref().ok().and_then(|row| row.get(0)))).collect();
            assert_eq!(got, expected, "{text:?}");
        };
        check("", &[]);
        check("a,b\n#no\nc,\"d\ne\"\nf,g\n", &[(1, Some("a")), (3, Some("c")), (5, Some("f"))]);
        check(
            "a,b\r\n\r\n#no\r\nc,d\r\n\"e\r\n\",f\r\ng,h",
            &[(1, Some("a")), (4, Some("c")), (5, Some("e\r\n")), (7, Some("g"))],
        );
        check("a;b\nc;d,e\n", &[(1, Some("a")), (2, Some("c"))]);
        check("a,b\nc,\"d\ne,f\n", &[(1, Some("a")), (2, None)]);
        check("a,\"b \"\"c\"\" d\"\n", &[(1, Some("a"))]);
    }

    #[test]
    fn lots_come_and_go() {
        let row = csv_row(b',', &["#1", "a, b", "two\nlines"]);
        assert_eq!(row, "\"#1\",\"a, b\",\"two lines\"\n");
        let one = with_lot("", "x,y\n", ("first", &["1,2\n".to_owned()]));
        let two = with_lot(one.trim_end(), "x,y\n", ("second", &["3,4\n".to_owned(), "5,6\n".to_owned()]));
        assert_eq!(two, "x,y\n#lot,1,first\n1,2\n#lot,2,second\n3,4\n5,6\n");
        let (back, gone) = undone(&two).unwrap();
        assert_eq!((back.as_str(), gone.len()), (one.as_str(), 3));
        assert_eq!(undone(&back).unwrap().0, "x,y\n");
        assert_eq!(undone("x,y\n"), None);
    }
}
