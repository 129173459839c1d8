//! Two single words near each other: the spans from the one to the other, from bare positions. The same that the evaluator in
//! `span` finds, in one pass over both.
//!
//! It knows no other pattern, and not where sentences or paragraphs begin.

use tantivy::DocId;

use super::leaf::LeafCursor;
use crate::span::{Reach, Shape, Span};

/// The two leaves of a pattern, near each other.
pub(super) struct Two {
    pub(super) reach: Reach,
    /// Where each stands in the article looked at, ascending.
    left: Vec<u32>,
    right: Vec<u32>,
}

impl Two {
    /// `None` for any other shape.
    pub(super) fn of(shape: &Shape, leaves: &[LeafCursor]) -> Option<Self> {
        let Shape::Near(pair, reach) = shape else { return None };
        let are_words = matches!(leaves, [LeafCursor::Words(_), LeafCursor::Words(_)]);
        let are_leaves = **pair == (Shape::Leaf(0), Shape::Leaf(1));
        let leads_over = !matches!(reach, Reach::NotWithin(_));
        let two = || Self { reach: *reach, left: Vec::new(), right: Vec::new() };
        (are_words && are_leaves && leads_over).then(two)
    }

    /// From every place of the one to the next of the other in a document on which both stand, as far as distance and order
    /// allow, ascending. A span that holds no other has neither word inside, so there are no more.
    pub(super) fn spans(&mut self, leaves: &mut [LeafCursor], doc: DocId) -> impl Iterator<Item = Span> {
        for (leaf, positions) in leaves.iter_mut().zip([&mut self.left, &mut self.right]) {
            positions.clear();
            if let LeafCursor::Words(union) = leaf {
                union.positions(doc, positions);
            }
        }
        let (most, in_order) = match self.reach {
            Reach::Before(most) => (most, true),
            Reach::Within(most) | Reach::NotWithin(most) => (most, false),
            Reach::Sentence | Reach::Paragraph => (u32::MAX, false),
        };
        let mut places = Places { left: &self.left, right: &self.right };
        let mut last = None;
        std::iter::from_fn(move || {
            loop {
                let place = places.next()?;
                let Some(before) = last.replace(place) else { continue };
                let leads = before.is_left && place.is_right || !in_order && before.is_right && place.is_left;
                if leads && place.position - before.position <= most {
                    return Some(Span { first: before.position, last: place.position });
                }
            }
        })
    }
}

/// A position at which one of the two stands, or both.
#[derive(Clone, Copy)]
struct Place {
    position: u32,
    is_left: bool,
    is_right: bool,
}

/// The positions of both, ascending.
struct Places<'a> {
    left: &'a [u32],
    right: &'a [u32],
}

impl Iterator for Places<'_> {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        let (left, right) = (self.left.first().copied(), self.right.first().copied());
        let position = match (left, right) {
            (Some(left), Some(right)) => left.min(right),
            (one, other) => one.or(other)?,
        };
        let (is_left, is_right) = (left == Some(position), right == Some(position));
        self.left = self.left.get(usize::from(is_left)..).unwrap_or_default();
        self.right = self.right.get(usize::from(is_right)..).unwrap_or_default();
        Some(Place { position, is_left, is_right })
    }
}
