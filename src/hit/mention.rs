//! A mention as an answer: one occurrence of what a query names, with its context and where it stands.

use std::sync::Arc;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{FacetCount, QueryView, Total};
use crate::{
    article::{Article, PartKind},
    entity::{EntityKind, Location},
};

/// Every occurrence of what a query names: `mentions --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentionList {
    /// Version of this shape.
    pub schema_version: u32,
    /// How the query was understood.
    pub query: QueryView,
    /// Exact totals.
    pub total: Total,
    /// Mentions left out before the first.
    pub offset: u64,
    /// Most mentions in this list; null = all.
    pub limit: Option<u64>,
    /// Cursor of the next page for `--after`; null on the last.
    #[serde(default)]
    pub next: Option<String>,
    /// As printed and how often, the most frequent first: surfaces of entities, forms of single words.
    pub variants: Vec<FacetCount>,
    /// The mentions.
    pub mentions: Vec<MentionHit>,
}

/// Which of all mentions a page was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    /// Mentions before its first.
    pub offset: u64,
    /// Cursor of the next page; none on the last.
    pub next: Option<String>,
}

/// One occurrence of what a query names.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentionHit {
    /// The article's identifier.
    pub id: String,
    /// File, relative to the archive.
    pub path: String,
    /// Line of the file on which the mention stands.
    pub line: u32,
    /// The part of the text that holds it.
    pub part: PartKind,
    /// First code point in the article's text.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// First byte in the file, where the text stands there unchanged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte_start: Option<u64>,
    /// One past the last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byte_end: Option<u64>,
    /// As printed.
    pub surface: String,
    /// The name it stands for; null for a word or a phrase.
    pub entity: Option<String>,
    /// Of what kind; null for a word or a phrase.
    pub kind: Option<EntityKind>,
    /// What the article says the person is.
    pub role: Option<String>,
    /// The number of the sentence in the article, from 1.
    pub sentence: u64,
    /// Context before it, line breaks as blanks.
    pub left: String,
    /// As printed, line breaks as blanks.
    #[serde(rename = "match")]
    pub matched: String,
    /// Context behind it.
    pub right: String,
    /// When published, EDTF.
    pub published: Option<String>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// The article's headline.
    pub title: String,
    /// Where it was published.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// As printed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Where a place lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// The rule that found an entity: `given` for supplied names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
    /// How sure, 0 to 1, of an entity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// Hash of the article's record.
    pub hash: String,
    /// The article itself, where the page asked for it; no part of the answer as JSON.
    #[serde(skip)]
    pub article: Option<Arc<Article>>,
}
