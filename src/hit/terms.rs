//! Telling words as an answer: `terms --json`, `collocates --json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{QueryView, Total};

/// Words that stand in some place more often than elsewhere in the archive.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TermList {
    /// Version of this shape.
    pub schema_version: u32,
    /// How the query was understood.
    pub query: QueryView,
    /// Exact totals.
    pub total: Total,
    /// What `score` is: `log-likelihood`.
    pub measure: String,
    /// Of `collocates`: how many words away a word may stand; null for the whole of the articles.
    pub within: Option<u32>,
    /// Words of the place in which `count` counts: the articles that match, or what stands around the mentions.
    pub words: u64,
    /// Words of the whole archive.
    pub archive_words: u64,
    /// Distinct words that stand there more often than elsewhere, before any limit.
    pub distinct: u64,
    /// The words, the most telling first.
    pub terms: Vec<TermCount>,
}

/// A word in all its inflections.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TermCount {
    /// Its most frequent form, folded.
    pub term: String,
    /// Two-letter tag of its language.
    pub language: String,
    /// How often it stands in the place.
    pub count: u64,
    /// How often it stands in the whole archive.
    pub archive: u64,
    /// How far `count` exceeds what the rest of the archive would give.
    pub score: f64,
}
