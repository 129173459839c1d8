//! Edits of a `names.csv`: rows are only ever added at its end, each lot under a comment that counts them.
//!
//! What stands in the file stays as it is, comments and bad rows included; so the last lot can be taken away again.

use super::{APART, Authority, HEADER, Rule, kind_name};
use crate::{
    entity::EntityKind,
    ledger::{self, csv_row, delimiter},
};

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
        let (kept, gone) = ledger::undone(&self.text)?;
        Some((Self::parse(&kept), gone))
    }

    fn lot(&self, what: &str, rows: Vec<String>) -> Self {
        Self::parse(&ledger::with_lot(&self.text, HEADER, (what, &rows)))
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
