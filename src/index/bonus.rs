//! A pattern that raises articles where they are ranked, and finds none where they are only counted.

use tantivy::query::{EmptyQuery, EnableScoring, Query, Weight};

use super::text_query::TextQuery;

/// A pattern found only in articles that are found without it.
#[derive(Debug, Clone)]
pub(super) struct Bonus(pub(super) TextQuery);

impl Query for Bonus {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        match scoring {
            EnableScoring::Enabled { .. } => self.0.weight(scoring),
            EnableScoring::Disabled { .. } => EmptyQuery.weight(scoring),
        }
    }
}
