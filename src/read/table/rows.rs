//! The rows of a table, one after the other, and what to do where a quote opens and never closes.
//!
//! It never lets such a quote swallow the rows behind it in silence.

use std::io::{self, Cursor, Read};

use csv::{ByteRecord, Reader, ReaderBuilder};

use super::{Layout, stopped, take};
use crate::{article::Note, read::intake::Intake};

/// The longest row that is read, in bytes.
const LONGEST: u64 = 64 << 20;
/// Bytes of rows already read that are let go together.
const LOT: usize = 1 << 16;
/// How many quotes of a table are mended; each costs another look at all that follows.
const MOST_MENDED: usize = 100;

/// The rows of a table, or of what is left of it.
pub(super) struct Rows<'r> {
    inner: Reader<Metered<'r>>,
    layout: Layout,
    /// What of the file was before the last row, where that begins, and what is behind it.
    before: Place,
    pub(super) line: u32,
    behind: Place,
    /// How many quotes were mended before.
    mended: usize,
}

impl<'r> Rows<'r> {
    pub(super) fn of(from: impl Read + 'r, layout: Layout) -> Self {
        let metered = Metered { inner: Box::new(from), left: LONGEST, kept: Vec::new(), end: 0 };
        let place = Place { line: 1 + layout.above, is_half: false };
        let inner = reader(metered, layout);
        Self { inner, layout, before: place, line: place.line, behind: place, mended: 0 }
    }

    /// Reads the next row into `row`; false at the end.
    pub(super) fn next(&mut self, row: &mut ByteRecord) -> csv::Result<bool> {
        let at = self.inner.position().byte();
        self.inner.get_mut().begin(at);
        let outcome = self.inner.read_byte_record(row);
        let raw = self.inner.get_ref().bytes(at, self.inner.position().byte()).unwrap_or_default();
        let blank = raw.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
        let (blank, raw) = raw.split_at(blank);
        let begin = self.behind.after(blank);
        (self.before, self.line, self.behind) = (self.behind, begin.line, begin.after(raw));
        outcome
    }

    /// Hands all rows that follow over, under the names of their columns; how many, or none if the reading was stopped.
    pub(super) fn take_all(mut self, names: &[String], intake: &mut Intake<'_>) -> Option<usize> {
        let mut row = ByteRecord::new();
        for count in 0.. {
            let outcome = self.next(&mut row);
            let line = self.line;
            match outcome {
                Ok(false) => return Some(count),
                Ok(true) => {}
                Err(fault) => {
                    intake.refuse(stopped(line, &fault.to_string()));
                    return None;
                }
            }
            let Some(open) = self.open_quote(&row) else {
                take(names, (&row, line), None, intake);
                if !intake.pass_on() {
                    return None;
                }
                continue;
            };
            let cut = self.cut(&open, names.len());
            take(names, (cut.as_ref().unwrap_or(&row), line), Some(open_note(open.line, cut.is_some())), intake);
            if cut.is_some() {
                self = self.from(open.next, open.line + 1);
            }
            if !intake.pass_on() {
                return None;
            }
        }
        None
    }

    /// The quote that opens in a row and swallows the lines after it.
    fn open_quote(&self, row: &ByteRecord) -> Option<Open> {
        // Only where a cell has lines can a quote have swallowed any.
        memchr::memchr(b'\n', row.as_slice())?;
        let start = row.position()?.byte();
        let raw = self.inner.get_ref().bytes(start, self.inner.position().byte())?;
        let at = open_quote(raw, self.layout)?;
        let (before, behind) = (raw.get(..at)?, raw.get(at + 1..)?);
        let end = memchr::memchr(b'\n', behind)?;
        let line = self.before.after(before).line;
        let first = [before, behind.get(..end)?].concat();
        let swallowed = behind.get(end + 1..)?.to_vec();
        Some(Open { line, first, swallowed, next: start + (at + 1 + end + 1) as u64 })
    }

    /// The row without the quote and the lines after it, if most of these are rows.
    fn cut(&self, open: &Open, width: usize) -> Option<ByteRecord> {
        if width < 2 || self.mended >= MOST_MENDED {
            return None;
        }
        let (mut row, mut other) = (ByteRecord::new(), ByteRecord::new());
        reader(&*open.first, self.layout).read_byte_record(&mut row).ok()?;
        let (mut all, mut fitting) = (0, 0);
        let mut rows = reader(&*open.swallowed, self.layout);
        while rows.read_byte_record(&mut other).ok()? {
            all += 1;
            fitting += usize::from(other.len() == width);
        }
        (fitting * 2 > all).then_some(row)
    }

    /// The rows from this byte on, which begins `line`.
    fn from(self, byte: u64, line: u32) -> Self {
        let Metered { inner, mut kept, end, .. } = self.inner.into_inner();
        kept.drain(..kept.len().saturating_sub(end.saturating_sub(byte) as usize));
        let layout = Layout { above: line - 1, ..self.layout };
        Self { mended: self.mended + 1, ..Self::of(Cursor::new(kept).chain(inner), layout) }
    }
}

/// A place between two bytes of the file.
#[derive(Debug, Clone, Copy)]
struct Place {
    /// The line of the byte behind it.
    line: u32,
    /// Whether a CR stands before it, of which a LF behind it is the other half.
    is_half: bool,
}

impl Place {
    /// The place behind some bytes.
    fn after(self, bytes: &[u8]) -> Self {
        let is_cr = |at: usize| at.checked_sub(1).map_or(self.is_half, |before| bytes.get(before) == Some(&b'\r'));
        let is_end = |at: &usize| bytes.get(*at) == Some(&b'\r') || !is_cr(*at);
        let ends = memchr::memchr2_iter(b'\r', b'\n', bytes).filter(is_end).count();
        Self { line: self.line + ends as u32, is_half: is_cr(bytes.len()) }
    }
}

fn open_note(line: u32, is_cut: bool) -> Note {
    let outcome = if is_cut { "left out, the lines after it are rows" } else { "this row has the lines after it" };
    Note::new("open-quote", format!("the quote that opens on line {line} is not closed where a cell ends: {outcome}"))
}

/// A quote that swallows lines.
struct Open {
    /// The line on which it stands.
    line: u32,
    /// The row up to the end of the quote's line, without the quote.
    first: Vec<u8>,
    /// What else of the file the row took.
    swallowed: Vec<u8>,
    /// The byte at which the line after the quote's begins.
    next: u64,
}

fn reader<R: Read>(from: R, layout: Layout) -> Reader<R> {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(layout.delimiter).quote(layout.quote).flexible(true).has_headers(false).from_reader(from)
}

/// Where a quote opens that takes lines and is not closed at the end of a cell: never, or where the next cell's opens.
fn open_quote(raw: &[u8], layout: Layout) -> Option<usize> {
    let is_end = |byte: &u8| *byte == layout.delimiter || *byte == b'\n' || *byte == b'\r';
    let (mut open, mut is_start, mut at) = (None, true, 0);
    while let Some(byte) = raw.get(at) {
        let is_quote = *byte == layout.quote;
        let next = raw.get(at + 1);
        match open {
            // Two of them in a quoted cell mean one.
            Some(_) if is_quote && next == Some(&layout.quote) => at += 1,
            Some(from) if is_quote => {
                let has_lines = raw.get(from..at).is_some_and(|cell| cell.contains(&b'\n'));
                if has_lines && !next.is_none_or(|next| is_end(next) || *next == b' ') {
                    return Some(from);
                }
                open = None;
            }
            Some(_) => {}
            None => open = (is_quote && is_start).then_some(at),
        }
        is_start = is_end(byte);
        at += 1;
    }
    open
}

/// A reader that fails where one row takes more than its share, and keeps the bytes of the row that is read.
struct Metered<'r> {
    inner: Box<dyn Read + 'r>,
    left: u64,
    kept: Vec<u8>,
    /// How many bytes were read in all; `kept` ends there.
    end: u64,
}

impl Metered<'_> {
    /// A row begins at this byte.
    fn begin(&mut self, byte: u64) {
        self.left = LONGEST;
        let passed = self.kept.len().saturating_sub(self.end.saturating_sub(byte) as usize);
        if passed >= LOT {
            self.kept.drain(..passed);
        }
    }

    /// The bytes of a row.
    fn bytes(&self, start: u64, end: u64) -> Option<&[u8]> {
        let first = self.end.checked_sub(self.kept.len() as u64)?;
        self.kept.get(start.checked_sub(first)? as usize..end.checked_sub(first)? as usize)
    }
}

impl Read for Metered<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.kept.extend_from_slice(buffer.get(..length).unwrap_or_default());
        self.end += length as u64;
        match self.left.checked_sub(length as u64) {
            Some(left) => self.left = left,
            None => return Err(io::Error::other("the row is longer than 64 MB (a quote that never closes?)")),
        }
        Ok(length)
    }
}
