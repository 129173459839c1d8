//! The articles that match a plan, all of them, by segment: the basis of every count, order and facet.
//!
//! It never orders. It cuts only where the best alone are asked for, and then keeps what scores the same.

use std::{borrow::Cow, collections::HashSet};

use tantivy::{
    DocAddress, DocId, Score, Searcher, SegmentReader,
    fastfield::AliveBitSet,
    query::{EnableScoring, Query},
};

use super::{Reader, any_of::AnyOf, fault, highest::Highest, marked::Marking, text_query::TextQuery};
use crate::{
    error::Result,
    field::Field,
    plan::{Node, Plan},
};

/// Live matching documents of each segment, ascending, with their scores if asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct Matches {
    pub(super) segments: Vec<SegmentMatches>,
}

/// The matches in one segment.
#[derive(Debug, Clone, Default)]
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

    /// Those that may be among the `wanted` best, with their scores, where they can be found without scoring every match: of
    /// single words and of alternatives of such.
    pub(super) fn best(reader: &Reader, plan: &Plan, wanted: usize) -> Result<Option<Self>> {
        let node = narrowed(plan, None);
        if !is_of_texts(&node) {
            return Ok(None);
        }
        let query = reader.lower(&node)?;
        if !is_words(query.as_ref()) {
            return Ok(None);
        }
        let marked = (!plan.asks_for_dropped()).then_some(&reader.marked);
        best(&reader.searcher, (query.as_ref(), marked), Highest::of(wanted))
            .map(Some)
            .map_err(|cause| fault("the index cannot be searched", cause))
    }

    /// The same, out of these; where all may be, they stay as they are.
    pub(super) fn highest(&self, wanted: usize) -> Cow<'_, Self> {
        if self.segments.iter().map(|segment| segment.scores.len()).sum::<usize>() <= wanted {
            return Cow::Borrowed(self);
        }
        let mut highest = Highest::of(wanted);
        for (segment, ord) in self.segments.iter().zip(0..) {
            let scored = segment.docs.iter().zip(&segment.scores);
            scored.for_each(|(doc, score)| highest.offer(DocAddress::new(ord, *doc), *score));
        }
        Cow::Owned(highest.matches(self.segments.len()))
    }

    /// None, of so many segments.
    pub(super) fn none(segments: usize) -> Self {
        Self { segments: (0..segments).map(|_| SegmentMatches::default()).collect() }
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

/// Whether a condition is a text or one of some.
fn is_of_texts(node: &Node) -> bool {
    match node {
        Node::Text(_) => true,
        Node::Or(nodes) => nodes.iter().all(is_of_texts),
        _ => false,
    }
}

/// Whether a query asks for a single word or any of some.
fn is_words(query: &dyn Query) -> bool {
    match (query.downcast_ref::<TextQuery>(), query.downcast_ref::<AnyOf>()) {
        (Some(text), _) => !text.needs_positions(),
        (_, Some(any)) => any.is_words(),
        _ => false,
    }
}

fn best(
    searcher: &Searcher,
    (query, marked): (&dyn Query, Option<&Marking>),
    mut highest: Highest,
) -> tantivy::Result<Matches> {
    let weight = query.weight(EnableScoring::enabled_from_searcher(searcher))?;
    for (reader, ord) in searcher.segment_readers().iter().zip(0..) {
        let staying = Staying::of(reader, marked);
        weight.for_each_pruning(highest.threshold(), reader, &mut |doc, score| {
            if staying.holds(doc) {
                highest.offer(DocAddress::new(ord, doc), score);
            }
            highest.threshold()
        })?;
    }
    Ok(highest.matches(searcher.segment_readers().len()))
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

    fn all_stay(&self) -> bool {
        self.alive.is_none() && self.dropped.is_none()
    }

    fn count(&self, docs: &[DocId]) -> u64 {
        match self.all_stay() {
            true => docs.len() as u64,
            false => docs.iter().filter(|doc| self.holds(**doc)).count() as u64,
        }
    }

    fn collect(&self, docs: &[DocId], into: &mut Vec<DocId>) {
        match self.all_stay() {
            true => into.extend_from_slice(docs),
            false => into.extend(docs.iter().filter(|doc| self.holds(**doc))),
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
            weight.for_each_no_score(reader, &mut |docs| staying.collect(docs, &mut segment.docs))?;
        }
        matches.segments.push(segment);
    }
    Ok(matches)
}
