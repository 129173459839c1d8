//! What is typed, understood: text → [`Query`] (`parse`), then → [`Plan`](crate::plan::Plan) (`resolve`).
//!
//! It never touches an index: what it must know of an archive it asks of a [`Vocabulary`](crate::plan::Vocabulary).
//! The parser is written by hand: blanks, glued signs and quotes decide what a sign means, and errors need its bytes.

mod field;
mod grammar;
mod join;
mod nearest;
mod range;
mod scan;
#[cfg(test)]
mod tests;
mod value;
mod word;

use crate::query::Query;

pub use grammar::parse;
pub use join::join;

/// A query read, not yet resolved.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Parsed {
    /// The tree.
    pub query: Query,
    /// What the user should know about the reading.
    pub notes: Vec<String>,
    /// The text it was read from; the tree's places are bytes of it.
    pub text: String,
}
