//! The articles that match a plan, all of them, by segment: the basis of every count, order and facet.
//!
//! It never orders and never cuts.

use tantivy::{
    DocAddress, DocId, Score, Searcher,
    query::{EnableScoring, Query},
};

use super::{Reader, fault};
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
        let query = reader.lower(&narrowed(plan, but))?;
        collect(&reader.searcher, query.as_ref(), EnableScoring::disabled_from_searcher(&reader.searcher))
            .map_err(|cause| fault("the index cannot be searched", cause))
    }

    /// All that match the plan, each with its score.
    pub(super) fn scored(reader: &Reader, plan: &Plan) -> Result<Self> {
        let query = reader.lower(&narrowed(plan, None))?;
        collect(&reader.searcher, query.as_ref(), EnableScoring::enabled_from_searcher(&reader.searcher))
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
    let groups = plan.groups.iter().filter(|group| Some(group.field) != but);
    let mut nodes: Vec<Node> = groups.map(|group| group.node.clone()).collect();
    if nodes.is_empty() {
        return plan.root.clone();
    }
    match &plan.root {
        Node::All => {}
        Node::And(root) => nodes.splice(0..0, root.iter().cloned()).for_each(drop),
        root => nodes.insert(0, root.clone()),
    }
    Node::And(nodes)
}

fn collect(searcher: &Searcher, query: &dyn Query, scoring: EnableScoring<'_>) -> tantivy::Result<Matches> {
    let weight = query.weight(scoring)?;
    let mut matches = Matches::default();
    for reader in searcher.segment_readers() {
        let mut segment = SegmentMatches::default();
        let alive = reader.alive_bitset();
        let is_alive = |doc: DocId| alive.is_none_or(|alive| alive.is_alive(doc));
        if scoring.is_scoring_enabled() {
            weight.for_each(reader, &mut |doc, score| {
                if is_alive(doc) {
                    segment.docs.push(doc);
                    segment.scores.push(score);
                }
            })?;
        } else {
            weight.for_each_no_score(reader, &mut |docs| {
                segment.docs.extend(docs.iter().copied().filter(|doc| is_alive(*doc)));
            })?;
        }
        matches.segments.push(segment);
    }
    Ok(matches)
}
