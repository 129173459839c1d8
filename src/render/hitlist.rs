//! What every form of a hit list has in common: rows in, bytes out, and where they come from.
//!
//! It knows no file and no index; `cli/listing.rs` hands it the rows, `cli/export.rs` puts the file in its place.

use std::io;

use serde::Serialize;

use super::template::Template;
use crate::hit::{CountView, Hit, MentionHit, Provenance};

/// A row of a hit list; as JSON it is what it holds.
#[derive(Debug, Clone, Copy, Serialize)]
#[serde(untagged)]
pub enum Row<'a> {
    /// An article that matches.
    Article(&'a Hit),
    /// One occurrence of what the query names.
    Mention(&'a MentionHit),
}

impl Row<'_> {
    /// What it is a row of.
    pub fn rows(self) -> Rows {
        match self {
            Self::Article(_) => Rows::Articles,
            Self::Mention(_) => Rows::Mentions,
        }
    }
}

/// What the rows of a hit list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    /// Articles that match.
    Articles,
    /// Occurrences of what the query names.
    Mentions,
}

impl Rows {
    /// As `Provenance::rows` has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Articles => "articles",
            Self::Mentions => "mentions",
        }
    }
}

/// Who will open a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reader {
    /// Any program: values as they are.
    #[default]
    Any,
    /// Excel: with a byte order mark, and nothing that it would run as a formula.
    Excel,
}

/// What is known of a hit list before its first row.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// Where it comes from; its `written` is not known yet.
    pub provenance: &'a Provenance,
    /// The query and its totals.
    pub view: &'a CountView,
    /// What the rows are.
    pub rows: Rows,
    /// Rows left out before the first, and most rows; `None` = all.
    pub page: (u64, Option<u64>),
    /// The fields that were chosen, in their order; `None` = the usual ones.
    pub fields: Option<&'a [String]>,
    /// Who will open it.
    pub reader: Reader,
    /// The user's template, for the one form that needs it.
    pub template: Option<&'a Template>,
}

/// A hit list being written. Its maker has written what stands before the first row.
pub trait HitList {
    /// Writes a row, or keeps of it what the end needs.
    ///
    /// # Errors
    /// Those of the writer.
    fn row(&mut self, row: Row<'_>) -> io::Result<()>;

    /// What the user should know of the list, asked after the last row and before the end: sentences without a stop.
    fn notes(&self) -> Vec<String> {
        Vec::new()
    }

    /// Writes what stands behind the last row; `provenance.written` is the number of rows.
    ///
    /// # Errors
    /// Those of the writer.
    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()>;
}

/// Where a list comes from, as JSON that may stand in a comment or a script of any markup: it holds no `<`, `>`, `&`, and
/// no two dashes in a row.
///
/// # Errors
/// None that a provenance could cause.
pub fn in_comment(provenance: &Provenance) -> io::Result<String> {
    let json = serde_json::to_string(provenance)?;
    let mut written = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            '<' | '>' | '&' => written.push_str(&format!("\\u{:04x}", u32::from(c))),
            '-' if written.ends_with('-') => written.push_str("\\u002d"),
            c => written.push(c),
        }
    }
    Ok(written)
}
