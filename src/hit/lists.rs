//! Answers about lists: one checked against the archive, two compared, many queries counted, queries that are kept.
//!
//! Lines are those of the files that were given, from 1.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Hit, Total};

/// A list checked against the archive: `verify --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Verified {
    /// Version of this shape.
    pub schema_version: u32,
    /// The file, as it was named.
    pub file: String,
    /// What a row is: `articles` or `mentions`.
    pub rows: String,
    /// How many rows are what.
    pub summary: Checks,
    /// Every row, in the order of the file.
    pub entries: Vec<CheckedRow>,
}

/// How many rows are what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checks {
    /// As they were.
    pub unchanged: u64,
    /// The same, elsewhere.
    pub moved: u64,
    /// There, and not the same.
    pub changed: u64,
    /// Not there.
    pub missing: u64,
    /// Rows that could not be read.
    pub unreadable: u64,
}

/// What became of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Check {
    /// It is as it was.
    Unchanged,
    /// It is the same and elsewhere: under another id or path, at another place of the text.
    Moved,
    /// It is there and not the same: an article of another hash, a mention that its article no longer prints.
    Changed,
    /// The article is not there.
    Missing,
    /// The row could not be read.
    Unreadable,
}

/// A row of a list and what became of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CheckedRow {
    /// Its line in the file; in an envelope the number of the row.
    pub line: u64,
    /// What became of it.
    pub status: Check,
    /// The article, as the list says.
    pub id: Option<String>,
    /// First code point, of a mention.
    pub start: Option<u64>,
    /// One past the last.
    pub end: Option<u64>,
    /// As printed, of a mention.
    pub surface: Option<String>,
    /// Where it is now, when it moved.
    pub now: Option<Place>,
    /// What is to be said of it; null when all is as it was.
    pub reason: Option<String>,
}

/// Where a row of a list is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// The article.
    pub id: String,
    /// Its file, relative to the archive.
    pub path: String,
    /// First code point, of a mention.
    pub start: Option<u64>,
    /// One past the last.
    pub end: Option<u64>,
}

/// Two lists compared: `diff --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Difference {
    /// Version of this shape.
    pub schema_version: u32,
    /// The earlier file, as it was named.
    pub old: String,
    /// The later file.
    pub new: String,
    /// What a row is: `articles` or `mentions`.
    pub rows: String,
    /// How many rows are what.
    pub summary: Changes,
    /// Rows that differ: new ones in the order of the later file, then gone ones, then changed ones.
    pub entries: Vec<ChangedRow>,
}

/// How many rows are what.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Changes {
    /// Only in the later list.
    pub new: u64,
    /// Only in the earlier one.
    pub gone: u64,
    /// In both, and not the same.
    pub changed: u64,
    /// In both.
    pub same: u64,
}

/// What a row that differs is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Change {
    /// Only in the later list.
    New,
    /// Only in the earlier one.
    Gone,
    /// In both, and not the same.
    Changed,
}

/// A row that differs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ChangedRow {
    /// How.
    pub status: Change,
    /// The article.
    pub id: String,
    /// First code point, of a mention; in the later list where there are two.
    pub start: Option<u64>,
    /// One past the last.
    pub end: Option<u64>,
    /// As printed, of a mention.
    pub surface: Option<String>,
    /// The article's headline.
    pub title: Option<String>,
    /// Its line in the earlier file.
    pub old_line: Option<u64>,
    /// Its line in the later file.
    pub new_line: Option<u64>,
    /// The columns that differ.
    pub fields: Vec<String>,
}

/// Many queries counted: `batch --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Batch {
    /// Version of this shape.
    pub schema_version: u32,
    /// Articles that any of the lines finds, each once.
    pub total: Total,
    /// Every line, in the order of the file.
    pub lines: Vec<BatchLine>,
    /// With `--hits`: the articles.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hits: Option<Vec<BatchHit>>,
}

/// An article that some lines of a list find.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BatchHit {
    /// The lines that find it.
    pub lines: Vec<u64>,
    /// The article.
    #[serde(flatten)]
    pub hit: Hit,
}

/// A line of a list of queries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BatchLine {
    /// Its line in the file.
    pub line: u64,
    /// As it stands there.
    pub query: String,
    /// As understood, in the query language; empty when it was not.
    pub read_as: String,
    /// What it finds; null when it could not be asked.
    pub articles: Option<u64>,
    /// Occurrences of what it names; null when it could not be asked.
    pub mentions: Option<u64>,
    /// What the user should know about the reading.
    pub notes: Vec<String>,
    /// Why it could not be asked.
    pub error: Option<String>,
}

/// The queries of `morgue.toml`: `saved --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SavedList {
    /// Version of this shape.
    pub schema_version: u32,
    /// In the order of their names.
    pub saved: Vec<SavedQuery>,
}

/// A query that is kept under a name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SavedQuery {
    /// Its name.
    pub name: String,
    /// As it stands in the settings.
    pub query: String,
    /// What it finds; null when it cannot be asked.
    pub articles: Option<u64>,
    /// Why it cannot be asked.
    pub error: Option<String>,
}

/// An article that a saved query finds and did not find before: one line of `watch --format jsonl`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WatchedHit {
    /// The name of the query.
    pub saved: String,
    /// The article.
    #[serde(flatten)]
    pub hit: Hit,
}
