//! The leaves of a pattern: words by their terms, entities by their mentions; and cursors over either in one segment.
//!
//! A cursor only moves forward. It knows nothing of how leaves are combined.

use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

use tantivy::{
    DocId, DocSet, SegmentReader, TERMINATED, Term,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

use super::{authority::Renamed, mentions::Rows, terms::Terms};
use crate::span::Span;

/// What stands at a leaf.
#[derive(Debug, Clone)]
pub(super) enum Leaf {
    /// Any of some terms.
    Words(WordLeaf),
    /// The mentions of an entity.
    Mentions(MentionLeaf),
}

/// The terms of a leaf, all at one position of the text.
#[derive(Debug, Clone)]
pub(super) struct WordLeaf {
    pub(super) terms: Arc<Terms>,
    /// Whether they weigh more in the title and the lead.
    pub(super) weighs: bool,
}

/// The entities of a leaf.
#[derive(Debug, Clone)]
pub(super) struct MentionLeaf {
    pub(super) entity: crate::plan::EntityNode,
    /// The terms of articles that name one of them; none when any entity will do.
    pub(super) terms: Option<Arc<Terms>>,
    /// What the authority file changes for names of its kind.
    pub(super) renamed: Option<Arc<Renamed>>,
}

impl Leaf {
    /// The terms whose articles are candidates; none where all are.
    pub(super) fn terms(&self) -> Option<&Arc<Terms>> {
        match self {
            Self::Words(words) => Some(&words.terms),
            Self::Mentions(mentions) => mentions.terms.as_ref(),
        }
    }
}

/// Where the words or mentions of a leaf stand in one segment.
pub(super) enum LeafCursor {
    Words(Union),
    Mentions { docs: Docs, rows: Box<Rows> },
}

/// The articles in which a mention may stand.
pub(super) enum Docs {
    Of(Union),
    /// Every article up to this one.
    Below(DocId),
    /// Those, and these which the authority file adds, in ascending order.
    With(Union, Vec<DocId>),
}

impl LeafCursor {
    /// Goes to the first document from `target` on that may hold the leaf.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        match self {
            Self::Words(union) => union.seek(target),
            Self::Mentions { docs: Docs::Of(union), .. } => union.seek(target),
            Self::Mentions { docs: Docs::With(union, more), .. } => {
                let next = more.get(more.partition_point(|doc| *doc < target)).copied();
                union.seek(target).min(next.unwrap_or(TERMINATED))
            }
            Self::Mentions { docs: Docs::Below(end), rows } => {
                (target..*end).find(|doc| rows.is_in(*doc)).unwrap_or(TERMINATED)
            }
        }
    }

    /// Appends the spans of the leaf in `doc`, which is not before any document asked for.
    pub(super) fn spans(&mut self, doc: DocId, out: &mut Vec<Span>) {
        match self {
            Self::Words(union) => union.spans(doc, out),
            Self::Mentions { rows, .. } => rows.spans(doc, out),
        }
    }

    /// How often the words stand in `doc`, on which the cursor stands.
    pub(super) fn frequency(&self, doc: DocId) -> u32 {
        match self {
            Self::Words(union) => union.frequency(doc),
            Self::Mentions { .. } => 1,
        }
    }

    /// About how many documents there are.
    pub(super) fn size_hint(&self) -> u32 {
        match self {
            Self::Words(union) | Self::Mentions { docs: Docs::Of(union), .. } => union.size_hint(),
            Self::Mentions { docs: Docs::With(union, more), .. } => union.size_hint().saturating_add(more.len() as u32),
            Self::Mentions { docs: Docs::Below(end), .. } => *end,
        }
    }
}

/// The postings of several terms as one list.
pub(super) struct Union {
    lists: Vec<SegmentPostings>,
    /// The lists by their document, where they are many: looking at each would take longer than keeping them in order.
    order: Option<BinaryHeap<Reverse<(DocId, u32)>>>,
    positions: Vec<u32>,
}

/// From so many lists on they are kept in order.
const MANY: usize = 12;

impl Union {
    /// Opens the postings of all terms that the segment has.
    pub(super) fn open(reader: &SegmentReader, terms: &[Term], option: IndexRecordOption) -> tantivy::Result<Self> {
        let mut lists = Vec::new();
        for term in terms {
            lists.extend(reader.inverted_index(term.field())?.read_postings(term, option)?);
        }
        Ok(Self::over(lists))
    }

    /// The same, for terms that have been looked up.
    pub(super) fn of(reader: &SegmentReader, terms: &Terms, option: IndexRecordOption) -> tantivy::Result<Self> {
        let places = terms.places(reader)?;
        let lists: tantivy::Result<Vec<_>> = places.iter().map(|place| terms.postings(reader, place, option)).collect();
        Ok(Self::over(lists?))
    }

    fn over(lists: Vec<SegmentPostings>) -> Self {
        let order = (lists.len() >= MANY)
            .then(|| lists.iter().zip(0..).map(|(list, number)| Reverse((list.doc(), number))).collect());
        Self { lists, order, positions: Vec::new() }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty()
    }

    /// Goes to the first document from `target` on.
    pub(super) fn seek(&mut self, target: DocId) -> DocId {
        let seek = |list: &mut SegmentPostings| if list.doc() < target { list.seek(target) } else { list.doc() };
        if let [only] = self.lists.as_mut_slice() {
            return seek(only);
        }
        let Some(order) = &mut self.order else {
            return self.lists.iter_mut().map(seek).min().unwrap_or(TERMINATED);
        };
        while let Some(Reverse((doc, number))) = order.peek().copied() {
            if doc >= target {
                return doc;
            }
            order.pop();
            if let Some(list) = self.lists.get_mut(number as usize) {
                match list.seek(target) {
                    TERMINATED => {}
                    doc => order.push(Reverse((doc, number))),
                }
            }
        }
        TERMINATED
    }

    /// The next document behind `doc`, on which the union stands: step by step, which is faster than seeking.
    pub(super) fn after(&mut self, doc: DocId) -> DocId {
        if self.order.is_some() {
            return self.seek(doc + 1);
        }
        let step = |list: &mut SegmentPostings| if list.doc() == doc { list.advance() } else { list.doc() };
        self.lists.iter_mut().map(step).min().unwrap_or(TERMINATED)
    }

    /// Appends where the terms stand in `doc`, as spans.
    pub(super) fn spans(&mut self, doc: DocId, out: &mut Vec<Span>) {
        let mut positions = std::mem::take(&mut self.positions);
        positions.clear();
        self.positions(doc, &mut positions);
        out.extend(positions.iter().copied().map(Span::word));
        self.positions = positions;
    }

    /// Appends to an empty list where the terms stand in `doc`: ascending, each position once.
    pub(super) fn positions(&mut self, doc: DocId, out: &mut Vec<u32>) {
        self.seek(doc);
        match &mut self.order {
            None => {
                let standing = self.lists.iter_mut().filter(|list| list.doc() == doc);
                standing.for_each(|list| list.append_positions_with_offset(0, out));
            }
            Some(order) => {
                let mut standing = Vec::new();
                while let Some(Reverse((_, number))) = order.peek().filter(|first| first.0.0 == doc).copied() {
                    order.pop();
                    standing.push(number);
                    if let Some(list) = self.lists.get_mut(number as usize) {
                        list.append_positions_with_offset(0, out);
                    }
                }
                order.extend(standing.into_iter().map(|number| Reverse((doc, number))));
            }
        }
        // Forms of one word have its position, and Baden-Baden has a part twice.
        if !out.is_sorted_by(|a, b| a < b) {
            out.sort_unstable();
            out.dedup();
        }
    }

    /// How often the terms stand in `doc`, on which the cursor stands.
    pub(super) fn frequency(&self, doc: DocId) -> u32 {
        self.lists.iter().filter(|list| list.doc() == doc).map(Postings::term_freq).sum()
    }

    fn size_hint(&self) -> u32 {
        self.lists.iter().map(DocSet::size_hint).fold(0, u32::saturating_add)
    }
}
