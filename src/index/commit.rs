//! What a commit says of itself, in the payload that the engine writes together with it: all or nothing.
//!
//! It never holds what grows with the archive; that is the manifest's.

use serde::{Deserialize, Serialize};
use tantivy::Index;

use super::{damaged, fault};
use crate::{
    error::{Error, ErrorKind, Result},
    text,
};

/// The version of the index's layout; another one is built anew.
pub(crate) const VERSION: u32 = 6;

/// What an index was made with besides its files: when it changes, everything is read again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    /// Of tokens and stems.
    pub(crate) analyzer: String,
    /// Of the rules that find people, places and dates.
    pub(crate) extractor: String,
    /// Of the settings that decide what is read, and how.
    pub(crate) settings: String,
}

impl Fingerprint {
    /// Of this version of the program, with what the caller knows of extraction and settings.
    pub(crate) fn new(extractor: &str, settings: &str) -> Self {
        Self { analyzer: text::FINGERPRINT.to_owned(), extractor: extractor.to_owned(), settings: settings.to_owned() }
    }
}

/// The payload of a commit.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Commit {
    pub(crate) version: u32,
    pub(crate) fingerprint: Fingerprint,
    /// Grows with every run that changed something, also when the index is built anew.
    pub(crate) generation: u64,
    /// When the run ended, RFC 3339 in UTC.
    pub(crate) refreshed: String,
    /// File of the manifest that belongs to it.
    pub(crate) manifest: String,
    /// Some of the archive's folders with their times of change, in nanoseconds.
    pub(crate) folders: Vec<(String, i64)>,
}

impl Commit {
    /// Of the last commit of an index.
    pub(super) fn of(index: &Index) -> Result<Self> {
        let metas = index.load_metas().map_err(|cause| fault("the index's state cannot be read", cause))?;
        let payload = metas.payload.unwrap_or_default();
        serde_json::from_str(&payload).map_err(|cause| damaged("the index's state is unreadable").because(cause))
    }

    /// The file of the table of stems that belongs to it.
    pub(super) fn forms(&self) -> String {
        format!("forms-{:08}.txt", self.generation)
    }

    /// The file of the table of values that belongs to it.
    pub(super) fn values(&self) -> String {
        format!("values-{:08}.bin", self.generation)
    }

    /// The payload's text.
    pub(super) fn payload(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|cause| fault("the index's state cannot be written", cause))
    }

    /// Whether this version of the program can answer from it.
    ///
    /// # Errors
    /// `Damaged`, with what differs.
    pub(crate) fn check(&self) -> Result<()> {
        let what = if self.version != VERSION {
            format!("the index is of version {}, this morgue reads version {VERSION}", self.version)
        } else if self.fingerprint.analyzer != text::FINGERPRINT {
            "the index was made with other rules for words".to_owned()
        } else {
            return Ok(());
        };
        Err(Error::new(ErrorKind::Damaged, what).hint("build it anew: morgue index"))
    }
}
