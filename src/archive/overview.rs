//! Questions about many articles at once: over time, in pairs, by their words, and what is missing.
//!
//! Counting is the index's; here the answers get their heads.

use super::{Archive, understood};
use crate::{
    date::Period,
    error::Result,
    field::Field,
    hit::{Coverage, PairList, SCHEMA_VERSION, TermList, Timeline},
    index::Telling,
    plan::{DatesOf, PairRequest, Plan, TimelineRequest, Unit, WordRequest},
};

/// What scores are.
const MEASURE: &str = "log-likelihood";

impl Archive {
    /// Counts plans over time, all over the same periods: those from the first that has an article to the last.
    ///
    /// # Errors
    /// `Io`.
    pub fn timeline(&self, plans: &[Plan], request: TimelineRequest) -> Result<Timeline> {
        let (by, counted) = self.reader.timeline(plans, request)?;
        let mut series = counted.into_iter().zip(plans).map(|(mut series, plan)| {
            series.query = understood(plan);
            series
        });
        let of = match request.of {
            DatesOf::Published => Field::Published,
            DatesOf::Mentioned => Field::Mentioned,
        };
        Ok(Timeline {
            schema_version: SCHEMA_VERSION,
            by: by.word().to_owned(),
            of: of.name().to_owned(),
            series: series.next().unwrap_or_default(),
            others: series.collect(),
        })
    }
    /// Counts names that stand together in the articles of a plan, the most telling pairs first.
    ///
    /// # Errors
    /// `Io`.
    pub fn pairs(&self, plan: &Plan, request: &PairRequest) -> Result<PairList> {
        let paired = self.reader.pairs(plan, request)?;
        Ok(PairList {
            schema_version: SCHEMA_VERSION,
            query: understood(plan),
            total: self.reader.count(plan, Unit::Articles)?,
            fields: (request.left.name().to_owned(), request.right.name().to_owned()),
            measure: MEASURE.to_owned(),
            distinct: paired.distinct,
            pairs: paired.pairs,
        })
    }

    /// Words that stand more often in the articles of a plan than in the rest of the archive, the most telling first.
    ///
    /// # Errors
    /// `Io`.
    pub fn terms(&self, plan: &Plan, request: WordRequest) -> Result<TermList> {
        Ok(listed(plan, None, self.reader.terms(plan, request)?))
    }

    /// Words that stand at most `within` words away from what a plan names more often than elsewhere.
    ///
    /// # Errors
    /// `Io`.
    pub fn collocates(&self, plan: &Plan, within: u32, request: WordRequest) -> Result<TermList> {
        Ok(listed(plan, Some(within), self.reader.collocates(plan, within, request)?))
    }

    /// What the archive can and cannot answer; periods are of the given length or as the dates ask for.
    ///
    /// # Errors
    /// `Damaged`, `Io`.
    pub fn coverage(&self, by: Option<Period>) -> Result<Coverage> {
        let kept = self.reader.kept(by)?;
        let articles = self.reader.articles();
        let without = |field| -> Result<u64> { Ok(articles - self.reader.coverage(field)?.unwrap_or(0)) };
        Ok(Coverage {
            schema_version: SCHEMA_VERSION,
            articles,
            undated: without(Field::Published)?,
            without_people: without(Field::Person)?,
            without_places: without(Field::Place)?,
            refused: self.manifest()?.problems().iter().filter(|problem| problem.refused).count() as u64,
            by: kept.by.word().to_owned(),
            periods: kept.periods,
            sources: kept.sources,
        })
    }
}

fn listed(plan: &Plan, within: Option<u32>, telling: Telling) -> TermList {
    TermList {
        schema_version: SCHEMA_VERSION,
        query: understood(plan),
        total: telling.total,
        measure: MEASURE.to_owned(),
        within,
        words: telling.words,
        archive_words: telling.archive_words,
        distinct: telling.distinct,
        terms: telling.terms,
    }
}
