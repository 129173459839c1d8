//! The index: everything an archive's articles are found by. The only room that knows the engine (tantivy).
//!
//! Its public face speaks of articles, plans and hits alone; it never reads a clipping and never prints.

mod alike;
mod any_of;
mod any_term;
mod authority;
mod bits;
mod bonus;
mod commit;
mod company;
mod concordance;
mod coverage;
mod document;
mod expand;
mod facets;
mod forms;
mod highest;
mod home;
mod leaf;
mod listed;
mod lot;
mod lower;
mod manifest;
mod marked;
mod matches;
mod mentions;
mod names;
mod nearby;
mod order;
mod pairs;
mod passage;
mod pattern;
mod read_only;
mod reader;
mod row;
mod scan;
mod schema;
mod score;
mod search;
mod shelf;
mod similarity;
mod snippet;
mod spelling;
mod statistics;
mod stored;
mod terms;
mod text_cursor;
mod text_query;
mod timeline;
mod two;
mod values;
mod variants;
mod vocabulary;
mod wire;
mod word;
mod words;
mod writer;

pub(crate) use commit::{Commit, Fingerprint, VERSION};
pub(crate) use concordance::Concordance;
pub(crate) use home::Lock;
pub(crate) use manifest::{FileEntry, Manifest, Tally};
pub(crate) use reader::Reader;
pub(crate) use words::Telling;
pub(crate) use writer::{Setup, Writer};

use std::path::Path;

use crate::error::{Error, ErrorKind, Result};

/// What the last commit in an index's folder says of itself; none when there is no index.
///
/// # Errors
/// `Damaged`, `Io`.
pub(crate) fn last_commit(home: &Path) -> Result<Option<Commit>> {
    let Some(folder) = home::current(home)? else { return Ok(None) };
    Commit::of(&reader::open_index(&folder)?).map(Some)
}

/// The manifest that belongs to a commit.
///
/// # Errors
/// `Damaged`, `Io`.
pub(crate) fn manifest(home: &Path, commit: &Commit) -> Result<Manifest> {
    match home::current(home)? {
        Some(folder) => Manifest::read(&folder.join(&commit.manifest)),
        None => Err(damaged("the index is gone")),
    }
}

/// An I/O error with what was being done.
fn fault(what: &str, cause: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Io, what).because(cause)
}

/// An error of an index that must be built anew.
fn damaged(what: &str) -> Error {
    Error::new(ErrorKind::Damaged, what).hint("build it anew: morgue index --full")
}
