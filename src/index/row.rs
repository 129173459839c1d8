//! Words in a row, or one of several such rows: the spans of a phrase and of its spellings in one word, from bare positions. The
//! same that the evaluator in `span` finds, without its lists of spans.
//!
//! It knows no other pattern.

use std::ops::Range;

use tantivy::{DocId, TERMINATED};

use super::leaf::LeafCursor;
use crate::span::{Shape, Span};

/// Some rows, no two of which have a word in common; any of them will do.
pub(super) struct Rows {
    rows: Vec<Row>,
    /// Where a row begins in the article looked at.
    starts: Vec<u32>,
    next: Vec<u32>,
}

/// A phrase whose words are some leaves of a pattern, in their order.
struct Row {
    leaves: Range<usize>,
    /// The last document sought: it may hold all of them.
    doc: Option<DocId>,
}

impl Rows {
    /// `None` for any other shape, and for a single word.
    pub(super) fn of(shape: &Shape, leaves: &[LeafCursor]) -> Option<Self> {
        let ways = match shape {
            Shape::Or(shapes) => shapes.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut rows: Vec<Row> = Vec::with_capacity(ways.len());
        for way in ways {
            let from = rows.last().map_or(0, |row| row.leaves.end);
            let words = match way {
                Shape::Phrase(words) => words.as_slice(),
                one => std::slice::from_ref(one),
            };
            if words.is_empty() || !words.iter().zip(from..).all(|(word, number)| *word == Shape::Leaf(number)) {
                return None;
            }
            rows.push(Row { leaves: from..from + words.len(), doc: None });
        }
        let are_words = leaves.iter().all(|leaf| matches!(leaf, LeafCursor::Words(_)));
        (are_words && leaves.len() > 1).then(|| Self { rows, starts: Vec::new(), next: Vec::new() })
    }

    /// The first document from `target` on that may hold all words of a row.
    pub(super) fn candidate(&mut self, leaves: &mut [LeafCursor], target: DocId) -> DocId {
        let mut first = TERMINATED;
        for row in &mut self.rows {
            let doc = row.doc.filter(|doc| *doc >= target);
            let doc = doc.unwrap_or_else(|| all_together(&mut leaves[row.leaves.clone()], target));
            row.doc = Some(doc);
            first = first.min(doc);
        }
        first
    }

    /// How often they stand in the candidate.
    pub(super) fn count(&mut self, leaves: &mut [LeafCursor], doc: DocId) -> u32 {
        let mut standing = self.rows.iter().filter(|row| row.doc == Some(doc));
        match (standing.next(), standing.next()) {
            (None, _) => 0,
            (Some(row), None) => {
                row.begin(leaves, doc, (&mut self.starts, &mut self.next));
                self.starts.len() as u32
            }
            _ => self.spans(leaves, doc).len() as u32,
        }
    }

    /// Whether any of them stands in the candidate.
    pub(super) fn is_in(&mut self, leaves: &mut [LeafCursor], doc: DocId) -> bool {
        self.rows.iter().filter(|row| row.doc == Some(doc)).any(|row| {
            row.begin(leaves, doc, (&mut self.starts, &mut self.next));
            !self.starts.is_empty()
        })
    }

    /// Their spans in the candidate, each once, ascending.
    pub(super) fn spans(&mut self, leaves: &mut [LeafCursor], doc: DocId) -> Vec<Span> {
        let mut spans = Vec::new();
        for row in self.rows.iter().filter(|row| row.doc == Some(doc)) {
            row.begin(leaves, doc, (&mut self.starts, &mut self.next));
            let behind = row.leaves.len() as u32 - 1;
            spans.extend(self.starts.iter().map(|first| Span { first: *first, last: first + behind }));
        }
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

impl Row {
    /// Puts the positions at which the row begins into `starts`, ascending.
    fn begin(&self, leaves: &mut [LeafCursor], doc: DocId, (starts, next): (&mut Vec<u32>, &mut Vec<u32>)) {
        starts.clear();
        for (leaf, offset) in leaves[self.leaves.clone()].iter_mut().zip(0_u32..) {
            let LeafCursor::Words(union) = leaf else { continue };
            if offset == 0 {
                union.positions(doc, starts);
            } else {
                next.clear();
                union.positions(doc, next);
                keep_followed(starts, (next, offset));
            }
            if starts.is_empty() {
                return;
            }
        }
    }
}

/// Keeps the starts behind which, `offset` words later, one of `next` stands. Both ascend.
fn keep_followed(starts: &mut Vec<u32>, (next, offset): (&[u32], u32)) {
    let mut at = 0;
    starts.retain(|start| {
        while next.get(at).is_some_and(|position| *position < start + offset) {
            at += 1;
        }
        next.get(at) == Some(&(start + offset))
    });
}

/// The first document from `target` on that may hold all of these leaves.
pub(super) fn all_together(leaves: &mut [LeafCursor], target: DocId) -> DocId {
    let mut at = target;
    loop {
        let sought = at;
        for leaf in leaves.iter_mut() {
            at = leaf.seek(at);
        }
        if at == sought || at == TERMINATED {
            return at;
        }
    }
}
