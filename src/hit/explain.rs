//! What a query is made of, with what each part finds by itself: `--explain`.
//!
//! Numbers only; why a query finds nothing is said elsewhere.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A part of a query, and what it finds when nothing else is asked.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Explained {
    /// In the query language.
    pub text: String,
    /// Articles that match it.
    pub articles: u64,
    /// Occurrences of what it names; null when it names nothing in the text.
    pub mentions: Option<u64>,
    /// What it stands for, most articles first, at most ten: the words of a wildcard, the names of a person.
    pub words: Vec<ExplainedWord>,
    /// How many it stands for; 0 when it stands for itself.
    pub total_words: u64,
    /// How many of these are searched: fewer when a cap was reached.
    pub searched_words: u64,
    /// Its parts.
    pub children: Vec<Explained>,
    /// Further parts, which were not counted.
    pub uncounted: u64,
}

/// A word or name that a part of a query stands for.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ExplainedWord {
    /// As searched.
    pub word: String,
    /// Articles that have it.
    pub articles: u64,
}
