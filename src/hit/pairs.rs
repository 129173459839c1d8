//! Names that stand together as an answer: `pairs --json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{QueryView, Total};

/// Who is named with whom.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PairList {
    /// Version of this shape.
    pub schema_version: u32,
    /// How the query was understood.
    pub query: QueryView,
    /// Exact totals: the articles among which pairs were counted.
    pub total: Total,
    /// The fields of `a` and `b`.
    pub fields: (String, String),
    /// What `score` is: `log-likelihood`.
    pub measure: String,
    /// Distinct pairs, before any limit.
    pub distinct: u64,
    /// The pairs, the most telling first.
    pub pairs: Vec<Pair>,
}

/// Two names and how often they stand together.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Pair {
    /// One name; among equals the first by letters, or the one asked for.
    pub a: String,
    /// The other.
    pub b: String,
    /// Articles that name both.
    pub articles: u64,
    /// Sentences in which both stand.
    pub sentences: u64,
    /// How far the articles exceed what chance would give; below zero where they fall short of it.
    pub score: f64,
}
