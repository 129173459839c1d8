//! The articles that match a plan, all of them, by segment: the basis of every count, order and facet.
//!
//! It never orders and never cuts.

use std::collections::HashSet;

use tantivy::{
    DocAddress, DocId, Score, Searcher, SegmentReader,
    fastfield::AliveBitSet,
    query::{EnableScoring, Query},
};

use super::{Reader, fault, marked::Marking};
use crate::{
    error::Result,
    field::Field,
    plan::{Node, Plan},
};

/// Live matching documents of each segment, ascending, with their scores if asked for.
#[derive(Debug, Default)]
pub(super) struct Matches {
    pub(super) segments: Vec<SegmentMatches>,
}

/// The matches in one segment.
#[derive(Debug, Default)]
pub(super) struct SegmentMatches {
    pub(super) docs: Vec<DocId>,
    /// As long as `docs`, or empty.
    pub(super) scores: Vec<Score>,
}

impl Matches {
    /// All that match the plan; the group of field `but` is left out.
    pub(super) fn of(reader: &Reader, plan: &Plan, but: Option<Field>) -> Result<Self> {
        let scoring = EnableScoring::disabled_from_searcher(&reader.searcher);
        let marked = (!plan.asks_for_dropped()).then_some(&reader.marked);
        collect((reader, marked), &narrowed(plan, but), scoring)
    }

    /// All that match the plan, also those that the marks drop.
    pub(super) fn whole(reader: &Reader, plan: &Plan) -> Result<Self> {
        let scoring = EnableScoring::disabled_from_searcher(&reader.searcher);
        collect((reader, None), &narrowed(plan, None), scoring)
    }

    /// All that match the plan, each with its score.
    pub(super) fn scored(reader: &Reader, plan: &Plan) -> Result<Self> {
        let scoring = EnableScoring::enabled_from_searcher(&reader.searcher);
        let marked = (!plan.asks_for_dropped()).then_some(&reader.marked);
        collect((reader, marked), &narrowed(plan, None), scoring)
    }

    /// How many match the plan; none is kept.
    pub(super) fn counted(reader: &Reader, plan: &Plan) -> Result<u64> {
        let query = reader.lower(&narrowed(plan, None))?;
        let marked = (!plan.asks_for_dropped()).then_some(&reader.marked);
        counted(&reader.searcher, (query.as_ref(), marked))
            .map_err(|cause| fault("the index cannot be searched", cause))
    }

    /// How many articles match.
    pub(super) fn count(&self) -> u64 {
        self.segments.iter().map(|segment| segment.docs.len() as u64).sum()
    }

    /// Their addresses, segment by segment.
    pub(super) fn addresses(&self) -> impl Iterator<Item = DocAddress> {
        self.segments
            .iter()
            .zip(0u32..)
            .flat_map(|(segment, ord)| segment.docs.iter().map(move |doc| DocAddress::new(ord, *doc)))
    }
}

/// The plan's root and its filter groups as one condition.
pub(super) fn narrowed(plan: &Plan, but: Option<Field>) -> Node {
    plan.narrowed_but(but)
}

/// The matches of a condition, without what the marks drop.
fn collect((reader, marked): (&Reader, Option<&Marking>), node: &Node, scoring: EnableScoring<'_>) -> Result<Matches> {
    let query = reader.lower(node)?;
    all(&reader.searcher, (query.as_ref(), marked), scoring)
        .map_err(|cause| fault("the index cannot be searched", cause))
}

fn counted(searcher: &Searcher, (query, marked): (&dyn Query, Option<&Marking>)) -> tantivy::Result<u64> {
    let weight = query.weight(EnableScoring::disabled_from_searcher(searcher))?;
    let mut count = 0;
    for reader in searcher.segment_readers() {
        let staying = Staying::of(reader, marked);
        weight.for_each_no_score(reader, &mut |docs| count += staying.count(docs))?;
    }
    Ok(count)
}

/// Which documents of a segment are neither deleted nor dropped.
struct Staying<'a> {
    alive: Option<&'a AliveBitSet>,
    dropped: Option<&'a HashSet<DocId>>,
}

impl<'a> Staying<'a> {
    fn of(reader: &'a SegmentReader, marked: Option<&'a Marking>) -> Self {
        let dropped = marked.and_then(|marked| marked.dropped(reader.segment_id()));
        Self { alive: reader.alive_bitset(), dropped }
    }

    fn holds(&self, doc: DocId) -> bool {
        self.alive.is_none_or(|alive| alive.is_alive(doc)) && self.dropped.is_none_or(|dropped| !dropped.contains(&doc))
    }

    fn count(&self, docs: &[DocId]) -> u64 {
        match (self.alive, self.dropped) {
            (None, None) => docs.len() as u64,
            _ => docs.iter().filter(|doc| self.holds(**doc)).count() as u64,
        }
    }
}

fn all(
    searcher: &Searcher,
    (query, marked): (&dyn Query, Option<&Marking>),
    scoring: EnableScoring<'_>,
) -> tantivy::Result<Matches> {
    let weight = query.weight(scoring)?;
    let mut matches = Matches::default();
    for reader in searcher.segment_readers() {
        let mut segment = SegmentMatches::default();
        let staying = Staying::of(reader, marked);
        if scoring.is_scoring_enabled() {
            weight.for_each(reader, &mut |doc, score| {
                if staying.holds(doc) {
                    segment.docs.push(doc);
                    segment.scores.push(score);
                }
            })?;
        } else {
            weight.for_each_no_score(reader, &mut |docs| {
                segment.docs.extend(docs.iter().copied().filter(|doc| staying.holds(*doc)));
            })?;
        }
        matches.segments.push(segment);
    }
    Ok(matches)
}
