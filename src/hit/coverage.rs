//! What an archive can and cannot answer: `coverage --json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the archive holds, and where it is silent because nothing was kept.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Coverage {
    /// Version of this shape.
    pub schema_version: u32,
    /// Articles in the index.
    pub articles: u64,
    /// Of these, articles without a date of publication.
    pub undated: u64,
    /// Articles that name nobody.
    pub without_people: u64,
    /// Articles that name no place.
    pub without_places: u64,
    /// Files and records that were refused: what they say is not found.
    pub refused: u64,
    /// The length of a period: `year`, `month`, `week` or `day`.
    pub by: String,
    /// Every period from the first that has an article to the last, empty ones included.
    pub periods: Vec<PeriodArticles>,
    /// Each source, most articles first; articles without a source last.
    pub sources: Vec<SourceCoverage>,
}

/// Articles published in one period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PeriodArticles {
    /// `2025`, `2025-03`, `2025-W11` or `2025-03-14`.
    pub period: String,
    /// Articles that lie in it.
    pub articles: u64,
}

/// What the archive has of one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SourceCoverage {
    /// Its name; null for articles without one.
    pub source: Option<String>,
    /// Articles.
    pub articles: u64,
    /// Of these, articles without a date of publication.
    pub undated: u64,
    /// Articles dated, but not to the day.
    pub vague: u64,
    /// The first day of which there is an article, YYYY-MM-DD.
    pub from: Option<String>,
    /// The last one.
    pub to: Option<String>,
    /// Different days of which there is an article.
    pub days: u64,
    /// Days from one such day to the next, as the median of all; null where there are fewer than two.
    pub median_gap: Option<f64>,
    /// Whether it appears daily: the median gap is at most two days, and there are ten days or more to go by.
    pub daily: bool,
    /// Days of the week on which there is never an article, of a daily source known for eight weeks at least.
    pub never_on: Vec<String>,
    /// Of a daily source: days between the first and the last without an article, those of `never_on` left out.
    pub missing_days: u64,
    /// These days, in rows of neighbours.
    pub missing: Vec<Missing>,
    /// Periods with at least one article, in order.
    pub periods: Vec<PeriodArticles>,
}

/// Days in a row of which there is no article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Missing {
    /// The first, YYYY-MM-DD.
    pub from: String,
    /// The last.
    pub to: String,
}
