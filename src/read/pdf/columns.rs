//! The letters of a page as text, in the order in which they are drawn; columns that are drawn line by line across the page
//! come one after the other.
//!
//! It never takes a table apart: only what reads on from line to line in each of its columns is columns of text.

use std::{io, time::Instant};

use pdf_extract::{MediaBox, OutputDev, OutputError, Transform};

/// The gap inside a line, in sizes of its letters, that may be one between columns, and the narrowest that all share.
const GAP: f64 = 1.0;
const SHARED: f64 = 0.8;
/// The distance of lines, in sizes of their letters, from which on they no longer stand in one column.
const FAR: f64 = 2.0;
/// How many lines across several columns are needed, how many in each, and how many letters a line has at the least, on average.
const ROWS: usize = 5;
const LINES: usize = 3;
const LETTERS: usize = 18;
/// Most pieces of a row and rows of a page that are held; no page has more, so that what is behind is only text.
const MOST_PIECES: usize = 12;
const MOST_ROWS: usize = 10_000;

/// Letters drawn from left to right without a large gap.
#[derive(Debug, Default, PartialEq)]
struct Piece {
    text: String,
    from: f64,
    to: f64,
    y: f64,
    size: f64,
}

/// Pieces drawn one after the other on a line.
#[derive(Debug, Default, PartialEq)]
struct Row {
    /// How many lines end above it.
    above: usize,
    pieces: Vec<Piece>,
}

/// Takes the letters of a page; it fails, and so ends the reader, where time or space is up.
pub(super) struct Sheet {
    /// The text of rows that are no longer held.
    text: String,
    rows: Vec<Row>,
    /// Bytes that may still come, and until when.
    left: usize,
    until: Instant,
    begins_word: bool,
    end: f64,
    y: f64,
}

impl Sheet {
    /// An empty one that takes so many bytes, and until then.
    pub(super) fn new(most: usize, until: Instant) -> Self {
        Self { text: String::new(), rows: Vec::new(), left: most, until, begins_word: false, end: f64::MAX, y: 0.0 }
    }

    /// The text of the page.
    pub(super) fn text(mut self) -> String {
        self.let_go();
        self.text
    }

    fn let_go(&mut self) {
        self.text.push_str(&text(&self.rows));
        self.rows.clear();
    }
}

impl OutputDev for Sheet {
    fn begin_page(&mut self, _: u32, _: &MediaBox, _: Option<(f64, f64, f64, f64)>) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn output_character(
        &mut self,
        place: &Transform,
        width: f64,
        _: f64,
        size: f64,
        letter: &str,
    ) -> Result<(), OutputError> {
        if self.left < letter.len() || Instant::now() > self.until {
            return Err(OutputError::IoError(io::Error::from(io::ErrorKind::TimedOut)));
        }
        self.left -= letter.len();
        let (x, y) = (place.m31, place.m32);
        let size = ((place.m11 + place.m21) * size * ((place.m12 + place.m22) * size)).sqrt();
        let (gap, fall) = (x - self.end, (y - self.y).abs());
        let below = usize::from(fall > size * 1.5) + usize::from(gap < 0.0 && fall > size * 0.5);
        let above = if self.begins_word { below } else { 0 };
        let is_parted = self.begins_word && gap > size * 0.1;
        if above > 0 || self.rows.is_empty() {
            if self.rows.len() >= MOST_ROWS {
                self.let_go();
            }
            self.rows.push(Row { above, pieces: Vec::new() });
        }
        let Some(row) = self.rows.last_mut() else { return Ok(()) };
        let is_first = row.pieces.is_empty();
        let is_apart = is_parted && gap > size * GAP && !is_first && row.pieces.len() < MOST_PIECES;
        if is_first || is_apart {
            row.pieces.push(Piece { from: x, to: x, y, size, ..Piece::default() });
        }
        self.end = x + width * size;
        if let Some(piece) = row.pieces.last_mut() {
            piece.text.push_str(if is_parted && !is_apart { " " } else { "" });
            piece.text.push_str(letter);
            (piece.from, piece.to) = (piece.from.min(x), piece.to.max(self.end));
        }
        (self.begins_word, self.y) = (false, y);
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        self.begins_word = true;
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

fn text(mut rows: &[Row]) -> String {
    let mut out = String::new();
    while let Some((first, others)) = rows.split_first() {
        let (gutters, length) = gutters(first, others);
        let (block, rest) = rows.split_at_checked(length).unwrap_or((rows, &[]));
        match columns(block, &gutters) {
            Some(columns) => {
                out.push_str(&"\n".repeat(first.above));
                out.push_str(&columns);
            }
            None => block.iter().for_each(|row| {
                out.push_str(&"\n".repeat(row.above));
                out.push_str(&row.pieces.iter().map(|piece| piece.text.as_str()).collect::<Vec<_>>().join(" "));
            }),
        }
        rows = rest;
    }
    out
}

/// The gaps that a row shares with the rows below it, and how many rows these are with it.
fn gutters(first: &Row, others: &[Row]) -> (Vec<(f64, f64)>, usize) {
    let mut gutters = free(first);
    gutters.retain(|(from, to)| from.is_finite() && to.is_finite());
    let mut before = first;
    for (length, row) in (1..).zip(others) {
        let shared = if follows(before, row) { shared(&gutters, row) } else { Vec::new() };
        if shared.is_empty() {
            return (gutters, length);
        }
        (gutters, before) = (shared, row);
    }
    (gutters, others.len() + 1)
}

/// Whether a row stands closely below another.
fn follows(before: &Row, row: &Row) -> bool {
    let Some((before, piece)) = before.pieces.first().zip(row.pieces.first()) else { return false };
    let fall = before.y - piece.y;
    fall > 0.0 && fall < piece.size * FAR
}

/// What a row leaves free, to its left and its right too.
fn free(row: &Row) -> Vec<(f64, f64)> {
    let mut drawn: Vec<(f64, f64)> = row.pieces.iter().map(|piece| (piece.from, piece.to)).collect();
    drawn.sort_by(|a, b| a.0.total_cmp(&b.0));
    let starts = drawn.iter().map(|(from, _)| *from).chain([f64::INFINITY]);
    let ends = [f64::NEG_INFINITY].into_iter().chain(drawn.iter().map(|(_, to)| *to));
    ends.zip(starts).collect()
}

/// What a row leaves of these gaps.
fn shared(gutters: &[(f64, f64)], row: &Row) -> Vec<(f64, f64)> {
    let narrowest = row.pieces.first().map_or(0.0, |piece| piece.size) * SHARED;
    let free = free(row);
    let both = gutters.iter().flat_map(|gutter| free.iter().map(|free| (gutter.0.max(free.0), gutter.1.min(free.1))));
    both.filter(|(from, to)| to - from >= narrowest).collect()
}

/// The text of rows, column after column; `None` where they are none.
fn columns(block: &[Row], gutters: &[(f64, f64)]) -> Option<String> {
    let place = |piece: &Piece| gutters.iter().filter(|gutter| gutter.0 < piece.from).count();
    let mut columns: Vec<Vec<&Piece>> = vec![Vec::new(); gutters.len() + 1];
    let mut across = 0;
    for row in block {
        let pieces = row.pieces.iter().map(|piece| (place(piece), piece));
        let is_across = pieces.clone().any(|(at, _)| Some(at) != row.pieces.first().map(place));
        across += usize::from(is_across);
        pieces.for_each(|(at, piece)| columns.get_mut(at).into_iter().for_each(|column| column.push(piece)));
    }
    let are_columns = !gutters.is_empty() && across >= ROWS && columns.iter().all(|column| reads_on(column));
    are_columns.then(|| columns.iter().map(|column| lines(column)).collect::<Vec<_>>().join("\n"))
}

/// Whether lines are those of a text: long, and every third at least goes on with a small letter.
fn reads_on(column: &[&Piece]) -> bool {
    let letters: usize = column.iter().map(|piece| piece.text.chars().count()).sum();
    let going_on = column.iter().filter(|piece| piece.text.trim_start().starts_with(char::is_lowercase)).count();
    column.len() >= LINES && letters >= column.len() * LETTERS && going_on * 3 >= column.len()
}

/// The lines of a column, paragraphs that stand apart parted.
fn lines(column: &[&Piece]) -> String {
    let mut out = String::new();
    let mut before: Option<&Piece> = None;
    for piece in column {
        if let Some(before) = before {
            let fall = (before.y - piece.y).abs();
            out.push_str(match fall {
                _ if fall > piece.size * 1.5 => "\n\n",
                _ if fall > piece.size * 0.5 => "\n",
                _ => " ",
            });
        }
        out.push_str(piece.text.trim_start());
        before = Some(piece);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of letters that are half as wide as high, twelve units apart; `>40` puts a piece at the fortieth letter.
    fn read(lines: &[&str]) -> String {
        let piece = |n: usize, at: usize, text: &str| {
            let (from, to) = (at as f64 * 5.0, (at + text.chars().count()) as f64 * 5.0);
            Piece { text: text.to_owned(), from, to, y: 700.0 - 12.0 * n as f64, size: 10.0 }
        };
        let row = |(n, line): (usize, &&str)| {
            let mut pieces = line.split(" >");
            let first = pieces.next().filter(|first| !first.is_empty()).map(|first| piece(n, 0, first));
            let others = pieces.map(|other| {
                let (at, text) = other.split_once(' ').unwrap();
                piece(n, at.parse().unwrap(), text)
            });
            Row { above: 1, pieces: first.into_iter().chain(others).collect() }
        };
        let rows: Vec<Row> = lines.iter().enumerate().filter(|(_, line)| !line.is_empty()).map(row).collect();
        text(&rows)
    }

    #[test]
    fn columns_drawn_across_come_one_after_the_other() {
        let found = read(&[
            "The flood at Vellmar, and what was left of it afterwards",
            "",
            "The river rose through the >32 Nobody slept. The mayor had",
            "night of Friday, and at six >32 told them in March that it",
            "the bridge was gone. Tolland, >32 would hold, and so he said",
            "who has run the ferry since >32 again at noon, when it did",
            "1931, said so to the Courier. >33 And no more was heard of",
            "That was all there was of it, >32 the matter that year, nor",
            " >32 in the year after.",
        ]);
        assert_eq!(
            found,
            "\nThe flood at Vellmar, and what was left of it afterwards\n\
             The river rose through the\nnight of Friday, and at six\nthe bridge was gone. Tolland,\n\
             who has run the ferry since\n1931, said so to the Courier.\nThat was all there was of it,\n\
             Nobody slept. The mayor had\ntold them in March that it\nwould hold, and so he said\n\
             again at noon, when it did\nAnd no more was heard of\nthe matter that year, nor\nin the year after."
        );
    }

    #[test]
    fn a_page_of_more_rows_and_pieces_than_any_is_still_text() {
        let mut sheet = Sheet::new(200_000, Instant::now() + std::time::Duration::from_secs(60));
        for n in 0..60_000 {
            sheet.begin_word().unwrap();
            let place = Transform::row_major(1.0, 0.0, 0.0, 1.0, f64::from(n % 3 * 90), -f64::from(n / 3 * 12));
            sheet.output_character(&place, 1.0, 0.0, 9.0, "a").unwrap();
        }
        assert!(sheet.rows.len() <= MOST_ROWS);
        assert_eq!(sheet.text().trim_start(), ["a a a"; 20_000].join("\n"));
        let mut sheet = Sheet::new(40, Instant::now() + std::time::Duration::from_secs(60));
        for n in 0..40 {
            sheet.begin_word().unwrap();
            let place = Transform::row_major(1.0, 0.0, 0.0, 1.0, f64::from(n * 90), 0.0);
            sheet.output_character(&place, 1.0, 0.0, 9.0, "a").unwrap();
        }
        assert_eq!(sheet.rows[0].pieces.len(), MOST_PIECES);
        let place = Transform::row_major(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        assert!(sheet.output_character(&place, 1.0, 0.0, 9.0, "a").is_err());
        assert_eq!(sheet.text().trim_start(), ["a"; 40].join(" "));
    }

    #[test]
    fn tables_and_wide_gaps_stay_as_they_are_drawn() {
        let as_drawn = |lines: &[&str]| {
            let plain = |line: &&str| format!("\n{}", line.replace(" >32", "").replace(" >28", ""));
            assert_eq!(read(lines), lines.iter().map(plain).collect::<String>());
        };
        let table = "The keeper of the upper lock >32 Jan Orrin, since the flood";
        as_drawn(&[table; 7]);
        as_drawn(&["a short line >28 b", "c goes on >28 d", "e goes on >28 f", "g >28 h", "i >28 j", "k >28 l"]);
        let wide = "the river rose through the >32 night of Friday and then it";
        as_drawn(&[wide, wide, wide, wide, "and fell through the whole of the night of Sunday", wide, wide, wide]);
    }
}
