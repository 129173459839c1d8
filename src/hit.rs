//! What an archive answers: hits, counts, facets. Every type here is what `--json` prints, schema and all.
//!
//! No colour, no markup, no layout: `render/` decides how it looks. Offsets count Unicode code points.

mod coverage;
mod explain;
mod lists;
mod mention;
mod names;
mod pairs;
mod provenance;
mod terms;
mod timeline;
mod view;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};

use crate::article::{Article, PartKind, Problem, PublishedFrom};

pub use coverage::{Coverage, Missing, PeriodArticles, SourceCoverage};
pub use explain::{Explained, ExplainedWord};
pub use lists::{
    Batch, BatchHit, BatchLine, Change, ChangedRow, Changes, Check, CheckedRow, Checks, Difference, Place, SavedList,
    SavedQuery, Verified, WatchedHit,
};
pub use mention::{MentionHit, MentionList, Stretch};
pub use names::{NameList, NameView, Suggestion, SuggestionList};
pub use pairs::{Pair, PairList};
pub use provenance::Provenance;
pub use terms::{TermCount, TermList};
pub use timeline::{PeriodCount, Series, Timeline};
pub use view::{ArticleView, CodePoints, DateView, MentionView, PartView, PlaceView};

/// The version of every envelope below.
pub const SCHEMA_VERSION: u32 = 1;

/// How a query was understood.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct QueryView {
    /// As typed.
    pub text: String,
    /// As understood, in the query language.
    pub read_as: String,
    /// What the user should know about the reading.
    pub notes: Vec<String>,
    /// What each part finds by itself; only with `--explain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explained>,
}

/// Exact totals.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Total {
    /// Articles that match.
    pub articles: u64,
    /// Occurrences of what the query names; null when they were not counted.
    pub mentions: Option<u64>,
    /// Stories; null until stories exist.
    pub stories: Option<u64>,
    /// Whether the numbers are exact. They always are.
    pub exact: bool,
}

/// A ranked page of hits with facets: `search --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct HitList {
    /// Version of this shape.
    pub schema_version: u32,
    /// How the query was understood.
    pub query: QueryView,
    /// Exact totals.
    pub total: Total,
    /// Hits left out before the first.
    pub offset: u64,
    /// Most hits in this page; null = all.
    pub limit: Option<u64>,
    /// Cursor of the next page for `--after`; null on the last.
    pub next: Option<String>,
    /// The hits of this page.
    pub hits: Vec<Hit>,
    /// Values with exact counts, by field, most frequent first.
    pub facets: BTreeMap<String, Vec<FacetCount>>,
}

/// An article that matches.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Hit {
    /// From 1, counted over all pages.
    pub rank: u64,
    /// Relevance; 0 when sorted otherwise.
    pub score: f32,
    /// Stable identifier.
    pub id: String,
    /// File, relative to the archive.
    pub path: String,
    /// Line of the file on which the record begins.
    pub line: u32,
    /// Where it was published.
    pub url: Option<String>,
    /// Headline; empty when there is none.
    pub title: String,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// As printed.
    pub byline: Option<String>,
    /// EDTF.
    pub published: Option<String>,
    /// Who says so.
    pub published_from: Option<PublishedFrom>,
    /// Two-letter tag.
    pub language: String,
    /// Words of the text.
    pub words: u64,
    /// Names of people.
    pub people: Vec<String>,
    /// Places, as paths.
    pub places: Vec<String>,
    /// Organisations.
    pub orgs: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Publisher's keywords.
    pub subjects: Vec<String>,
    /// Archivist's labels.
    pub tags: Vec<String>,
    /// Hash of the record.
    pub hash: String,
    /// The story it belongs to; null until stories exist.
    pub story: Option<Story>,
    /// Where it matches, best first.
    pub snippets: Vec<Snippet>,
    /// Near-copies folded into this hit; empty until stories exist.
    pub copies: Vec<String>,
    /// The article itself, where the page asked for it; no part of the answer as JSON.
    #[serde(skip)]
    pub article: Option<Arc<Article>>,
}

/// A group of near-copies.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Its identifier.
    pub id: String,
    /// Articles in it.
    pub articles: u64,
}

/// A passage around matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Snippet {
    /// The part it is taken from.
    pub part: PartKind,
    /// Line of the file on which it begins.
    pub line: u32,
    /// First code point in the article's text.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// The passage, as the article prints it.
    pub text: String,
    /// Matches, as code points of `text`.
    pub marks: Vec<(u64, u64)>,
}

/// A value and how often it occurs.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FacetCount {
    /// The value; of a place or date its whole path.
    pub value: String,
    /// Articles (or mentions) that have it.
    pub count: u64,
    /// Values below it, for places and dates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<FacetCount>,
}

/// Values of fields with exact counts: `facets --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FacetList {
    /// Version of this shape.
    pub schema_version: u32,
    /// How the query was understood.
    pub query: QueryView,
    /// Exact totals.
    pub total: Total,
    /// What the counts count: `articles` or `mentions`.
    pub of: String,
    /// Values by field.
    pub facets: BTreeMap<String, Vec<FacetCount>>,
    /// Distinct values by field, before any limit; nested values included.
    pub distinct: BTreeMap<String, u64>,
}

/// `count --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CountView {
    /// Version of this shape.
    pub schema_version: u32,
    /// How the query was understood.
    pub query: QueryView,
    /// Exact totals.
    pub total: Total,
    /// With `--variants`: every form that was tried, with its mentions in the articles that match.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<Vec<FacetCount>>,
}

/// `problems --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProblemList {
    /// Version of this shape.
    pub schema_version: u32,
    /// In order of path and line.
    pub problems: Vec<Problem>,
}

/// `status --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Status {
    /// Version of this shape.
    pub schema_version: u32,
    /// Articles in the index.
    pub articles: u64,
    /// Files seen by the last run, those refused and excluded left out.
    pub files: u64,
    /// Files left out by a rule.
    pub excluded: u64,
    /// Files and records refused.
    pub refused: u64,
    /// Distinct sources.
    pub sources: u64,
    /// Span of publication.
    pub published: PublishedSpan,
    /// Articles by language.
    pub languages: BTreeMap<String, u64>,
    /// About the index itself.
    pub index: IndexStatus,
}

/// First and last day of publication known.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PublishedSpan {
    /// First day, as YYYY-MM-DD.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// Articles without a date.
    pub undated: u64,
}

/// The state of the index.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct IndexStatus {
    /// Bytes on disk.
    pub bytes: u64,
    /// Grows with every run that changed something.
    pub generation: u64,
    /// Version of its layout.
    pub version: u32,
    /// When the last run ended, RFC 3339 in UTC.
    pub refreshed: String,
}

/// `fields --json`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldList {
    /// Version of this shape.
    pub schema_version: u32,
    /// Articles in the index.
    pub articles: u64,
    /// Every field of the table, then the names found under `extra`.
    pub fields: Vec<FieldCoverage>,
}

/// A field and how many articles have it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FieldCoverage {
    /// As typed in queries.
    pub field: String,
    /// Other names for it.
    pub aliases: Vec<String>,
    /// Articles that have a value; null where it makes no sense.
    pub articles: Option<u64>,
    /// Distinct values, for fields that can be counted.
    pub distinct: Option<u64>,
    /// A query that uses it.
    pub example: String,
    /// A sentence about it.
    pub help: String,
}
