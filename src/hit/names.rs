//! Names of an archive after its authority file, and which of them are likely the same: `names --json`.
//!
//! Counts are those that searches and facets give.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::FacetCount;
use crate::entity::EntityKind;

/// The names of one kind: `names list --json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NameList {
    /// Version of this shape.
    pub schema_version: u32,
    /// Of what kind they are.
    pub kind: EntityKind,
    /// Rules for this kind that are in force.
    pub rules: u64,
    /// How many names there are; more than `names` when a limit was given.
    pub distinct: u64,
    /// The names of most articles first.
    pub names: Vec<NameView>,
}

/// A name and how it is printed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct NameView {
    /// The name, as facets give it.
    pub name: String,
    /// Articles that have it.
    pub articles: u64,
    /// Its mentions in their texts.
    pub mentions: u64,
    /// As printed and how often; also variants of rules that no text prints.
    pub variants: Vec<FacetCount>,
    /// Of a surname without a first name: the full names it could stand for, with their articles.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub candidates: Vec<FacetCount>,
}

/// Names of one kind that are likely the same: `names suggest --json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SuggestionList {
    /// Version of this shape.
    pub schema_version: u32,
    /// Of what kind they are.
    pub kind: EntityKind,
    /// How many pairs there are; more than `suggestions` when a limit was given.
    pub distinct: u64,
    /// The pairs of most articles first.
    pub suggestions: Vec<Suggestion>,
}

/// Two names that are likely the same.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Suggestion {
    /// The name that would vanish.
    pub variant: String,
    /// Articles that have it.
    pub variant_articles: u64,
    /// The name that would stay.
    pub name: String,
    /// Articles that have it.
    pub name_articles: u64,
    /// Articles that have both.
    pub shared: u64,
    /// Why they are likely the same.
    pub reason: String,
}
