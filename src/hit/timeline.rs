//! Articles over time as an answer: `timeline --json`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{QueryView, Total};

/// One query over time, or several over the same periods.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Timeline {
    /// Version of this shape.
    pub schema_version: u32,
    /// The length of a period: `year`, `month`, `week` or `day`.
    pub by: String,
    /// Which dates count: `published` or `mentioned`.
    pub of: String,
    /// The first query.
    #[serde(flatten)]
    pub series: Series,
    /// The other queries, if there are any, over the same periods.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub others: Vec<Series>,
}

impl Timeline {
    /// All series, in the order asked.
    pub fn all(&self) -> impl Iterator<Item = &Series> {
        std::iter::once(&self.series).chain(&self.others)
    }
}

/// A query over time.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Series {
    /// How the query was understood.
    pub query: QueryView,
    /// Exact totals.
    pub total: Total,
    /// Every period from the first that has an article to the last, empty ones included, in order.
    pub periods: Vec<PeriodCount>,
    /// Articles without such a date.
    pub undated: u64,
    /// Articles with a date that is too vague for one period.
    pub vague: u64,
    /// The earliest date, as vague as it is; a range as `FROM/TO`.
    pub first: Option<String>,
    /// The latest date.
    pub last: Option<String>,
    /// The period with most articles, the first of several.
    pub peak: Option<String>,
}

/// What lies in one period.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PeriodCount {
    /// `2025`, `2025-03`, `2025-W11` or `2025-03-14`.
    pub period: String,
    /// Articles that match and lie in it.
    pub articles: u64,
    /// Occurrences of what the query names in these articles.
    pub mentions: u64,
    /// These articles as a share of all articles of the archive that lie in it, 0 to 1.
    pub share: f64,
}
