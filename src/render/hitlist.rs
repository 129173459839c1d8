//! What every form of a hit list has in common: rows in, bytes out, and where they come from.
//!
//! It knows no file and no index; `cli/export.rs` chooses the form and puts the file in its place.

use std::io;

use crate::hit::{Hit, MentionHit, Provenance};

/// A row of a hit list.
#[derive(Debug, Clone, Copy)]
pub enum Row<'a> {
    /// An article that matches.
    Article(&'a Hit),
    /// One occurrence of what the query names.
    Mention(&'a MentionHit),
}

/// A hit list being written. Its maker has written what stands before the first row.
pub trait HitList {
    /// Writes a row, or keeps of it what the end needs.
    ///
    /// # Errors
    /// Those of the writer.
    fn row(&mut self, row: Row<'_>) -> io::Result<()>;

    /// Writes what stands behind the last row; `provenance.written` is the number of rows.
    ///
    /// # Errors
    /// Those of the writer.
    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()>;
}
