//! morgue: full-text search for an archive of clippings.
//!
//! The modules in reading order. Files are nouns, folders are verbs:
//!
//! ```text
//! files ─ read ─ clean ─ extract ─► Article ─► index
//! text  ─ ask ─► Query ─► Plan ─► index ─► HitList ─► render
//! ```
//!
//! Knowledge runs one way: nouns know earlier nouns, verbs know nouns, `archive` alone knows all verbs, `cli` knows only
//! the public interface. `tests/house.rs` keeps it so.

pub mod article;
pub mod authority;
pub mod date;
pub mod entity;
pub mod error;
pub mod field;
pub mod hit;
pub mod ledger;
pub mod listing;
pub mod marks;
pub mod plan;
pub mod query;
pub mod settings;
pub mod span;
pub mod text;

pub mod ask;
pub mod clean;
pub mod extract;
mod index;
pub mod read;
pub mod render;

pub mod archive;

#[cfg(feature = "cli")]
pub mod cli;
