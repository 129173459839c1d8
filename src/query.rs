//! A query as typed, in a tree: what the grammar understands, before any name is looked up.
//!
//! `Display` prints the query language again, and reading that gives the same tree. Nothing here knows an archive.

use crate::{date::Day, field::Field};

/// What a command was asked: words, flags, and the day on which it was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The arguments, as the shell passed them.
    pub args: Vec<String>,
    /// `--any`: the words are taken literally, none is required.
    pub any: bool,
    /// `--exact`: no inflections.
    pub exact: bool,
    /// Filter flags, in the order given.
    pub filters: Vec<FilterFlag>,
    /// What `today` means.
    pub today: Day,
}

/// `--person X` or `--exclude-person X`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterFlag {
    /// The field.
    pub field: Field,
    /// The value, taken literally.
    pub value: String,
    /// Whether articles with it are left out.
    pub exclude: bool,
}
