//! Edits of a `names.csv`: rows are only ever added at its end, each lot under a comment that counts them.
//!
//! What stands in the file stays as it is, comments and bad rows included; so the last lot can be taken away again.

use super::{APART, Authority, HEADER, Rule, delimiter, kind_name};
use crate::entity::EntityKind;

/// How the comment over a lot begins; its number of lines follows, then what it was for.
const LOT: &str = "#lot,";

impl Authority {
    /// The file with some rules more; `what` says what they are for.
    pub fn with(&self, what: &str, rules: &[Rule]) -> Self {
        let rows = rules.iter().map(|rule| self.row(&cells(rule)));
        self.lot(what, rows.collect())
    }

    /// The file with the remark that pairs of names are not the same.
    pub fn with_apart(&self, what: &str, pairs: &[(EntityKind, String, String)]) -> Self {
        let rows = pairs.iter().map(|(kind, a, b)| {
            let row = csv_row(b',', &[kind_name(*kind), a, b]);
            format!("{APART}{row}")
        });
        self.lot(what, rows.collect())
    }

    /// The file without its last lot, and the lines that were taken away; `None` when no lot is left.
    pub fn undone(&self) -> Option<(Self, Vec<String>)> {
        let lines: Vec<&str> = self.text.split_inclusive('\n').collect();
        let at = lines.iter().rposition(|line| line.starts_with(LOT))?;
        let count = lines.get(at)?.strip_prefix(LOT)?.split(',').next()?.trim().parse::<usize>().ok()?;
        let end = (at + 1).saturating_add(count).min(lines.len());
        let gone = lines.get(at..end)?.iter().map(|line| line.trim_end().to_owned()).collect();
        let kept: String = lines.get(..at)?.iter().chain(lines.get(end..)?).copied().collect();
        Some((Self::parse(&kept), gone))
    }

    fn lot(&self, what: &str, rows: Vec<String>) -> Self {
        let mut text = if self.text.trim().is_empty() { HEADER.to_owned() } else { self.text.clone() };
        if !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(&format!("{LOT}{},{}\n", rows.len(), one_line(what)));
        rows.iter().for_each(|row| text.push_str(row));
        Self::parse(&text)
    }

    fn row(&self, cells: &[&str]) -> String {
        let parted = if self.text.trim().is_empty() { b',' } else { delimiter(&self.text) };
        csv_row(parted, cells)
    }
}

fn cells(rule: &Rule) -> [&str; 4] {
    [
        kind_name(rule.kind),
        &rule.variant,
        rule.name.as_deref().unwrap_or_default(),
        rule.article.as_deref().unwrap_or_default(),
    ]
}

/// One row with its line break; a break inside a cell becomes a blank, so that a row is a line.
pub(super) fn csv_row(parted: u8, cells: &[&str]) -> String {
    let mut writer = csv::WriterBuilder::new().delimiter(parted).from_writer(Vec::new());
    let flat: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
    let written = writer.write_record(&flat).ok().and_then(|()| writer.into_inner().ok());
    String::from_utf8(written.unwrap_or_default()).unwrap_or_default()
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
