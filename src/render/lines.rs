//! Hits for other programs: one tab-separated record a line, or paths alone.
//!
//! Tabs and line breaks inside a value become blanks, so that a line is always one record.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use super::layout::one_line;
use crate::{article, hit::Hit};

/// Writes `PATH:LINE<TAB>PUBLISHED<TAB>SOURCE<TAB>TITLE<TAB>ID`.
///
/// # Errors
/// Those of the writer.
pub fn record(hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
    let published = hit.published.as_deref().unwrap_or_default();
    let source = one_line(hit.source.as_deref().unwrap_or_default());
    let path = one_line(&hit.path);
    writeln!(out, "{path}:{}\t{published}\t{source}\t{}\t{}", hit.line, one_line(&hit.title), one_line(&hit.id))
}

/// Writes the values of a record that was cut to some columns, separated by tabs.
///
/// # Errors
/// Those of the writer.
pub fn cells(cells: &[String], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
    writeln!(out, "{}", cells.join("\t"))
}

/// What ends a path in a list of paths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// A line break.
    Newline,
    /// A NUL, for `xargs -0`.
    Nul,
}

/// Writes each path once, in the order of the first hit in it.
#[derive(Debug)]
pub struct Paths {
    seen: HashSet<String>,
    ending: Ending,
}

impl Paths {
    /// None written yet.
    pub fn new(ending: Ending) -> Self {
        Self { seen: HashSet::new(), ending }
    }

    /// Writes the path of this hit unless it was written before.
    ///
    /// # Errors
    /// Those of the writer.
    pub fn write(&mut self, hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
        if !self.seen.insert(hit.path.clone()) {
            return Ok(());
        }
        match self.ending {
            Ending::Newline => writeln!(out, "{}", hit.path),
            Ending::Nul => {
                out.write_all(&article::path::bytes_of(&hit.path))?;
                out.write_all(b"\0")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_record() {
        let hit =
            Hit { id: "a".into(), path: "x/y.txt".into(), line: 3, title: "Flood\tat\nTarn".into(), ..Hit::default() };
        let mut out = Vec::new();
        record(&hit, &mut out).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "x/y.txt:3\t\t\tFlood at Tarn\ta\n");
    }

    #[test]
    fn a_path_is_written_once() {
        let mut paths = Paths::new(Ending::Nul);
        let mut out = Vec::new();
        for path in ["b", "a\u{FFFD}E9", "b"] {
            paths.write(&Hit { path: path.into(), ..Hit::default() }, &mut out).unwrap();
        }
        assert_eq!(out, b"b\0a\xE9\0");
    }
}
