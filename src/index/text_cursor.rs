//! A pattern over the postings of one segment: candidates from documents, spans from positions.
//!
//! The scorer, the counter of mentions and the snippets all walk it. It never scores.

use tantivy::{
    DocId, DocSet, SegmentReader, TERMINATED, Term,
    columnar::Column,
    postings::{Postings, SegmentPostings},
    schema::IndexRecordOption,
};

use super::{
    document::{PARAGRAPH, SENTENCE},
    leaf::LeafCursor,
    row::{Rows, all_together},
    schema::Columns,
    two::Two,
};
use crate::span::{Positions, Reach, Shape, Span, Unit};

/// The postings of a pattern in one segment; documents must be asked for in ascending order.
pub(super) struct TextCursor {
    shape: Shape,
    pub(super) leaves: Vec<LeafCursor>,
    layout: Layout,
    at_least: u32,
    /// Lists of spans that nobody needs any more: making new ones for each document would take longer than filling them.
    spare: Vec<Vec<Span>>,
    quick: Option<Quick>,
    /// Whether no article matches that lacks any of the leaves.
    needs_all: bool,
}

impl TextCursor {
    pub(super) fn new((shape, at_least): (Shape, u32), leaves: Vec<LeafCursor>, layout: Layout) -> Self {
        let (quick, needs_all) = (Quick::of(&shape, &leaves), needs_all(&shape));
        Self { shape, leaves, layout, at_least, spare: Vec::new(), quick, needs_all }
    }

    /// The first document from `target` on whose words could match; positions are not looked at.
    pub(super) fn candidate(&mut self, target: DocId) -> DocId {
        match &mut self.quick {
            Some(Quick::Rows(rows)) => rows.candidate(&mut self.leaves, target),
            _ if self.needs_all => all_together(&mut self.leaves, target),
            _ => candidate(&self.shape, &mut self.leaves, target),
        }
    }

    /// The next document of a single word behind `doc`, on which the cursor stands.
    pub(super) fn after(&mut self, doc: DocId) -> DocId {
        match self.leaves.as_mut_slice() {
            [LeafCursor::Words(union)] => union.after(doc),
            _ => self.candidate(doc + 1),
        }
    }

    /// The spans in `doc`; none when fewer than asked for.
    pub(super) fn spans_in(&mut self, doc: DocId) -> Vec<Span> {
        if self.candidate(doc) != doc {
            return Vec::new();
        }
        self.spans(doc)
    }

    /// How many spans there are in `doc`; none when fewer than asked for.
    pub(super) fn count_in(&mut self, doc: DocId) -> u32 {
        if self.candidate(doc) == doc { self.count(doc) } else { 0 }
    }

    /// The spans in a document on which the cursor stands.
    pub(super) fn spans(&mut self, doc: DocId) -> Vec<Span> {
        self.layout.stand_on(doc);
        let mut spans = match &mut self.quick {
            Some(Quick::Rows(rows)) => rows.spans(&mut self.leaves, doc),
            Some(Quick::Two(two)) => unbroken(two, &mut self.leaves, &mut self.layout).collect(),
            None => {
                let (shape, mut standing) = self.standing(doc);
                shape.spans(&mut standing)
            }
        };
        if spans.len() < self.at_least as usize {
            spans.clear();
        }
        spans
    }

    /// How many spans there are in a document on which the cursor stands.
    pub(super) fn count(&mut self, doc: DocId) -> u32 {
        self.layout.stand_on(doc);
        let count = match &mut self.quick {
            Some(Quick::Rows(rows)) => rows.count(&mut self.leaves, doc),
            Some(Quick::Two(two)) => unbroken(two, &mut self.leaves, &mut self.layout).count() as u32,
            None => {
                let (shape, mut standing) = self.standing(doc);
                let spans = shape.spans(&mut standing);
                let count = spans.len() as u32;
                self.spare.push(spans);
                count
            }
        };
        if count < self.at_least { 0 } else { count }
    }

    /// Whether there are spans in a document on which the cursor stands.
    pub(super) fn is_in(&mut self, doc: DocId) -> bool {
        if self.at_least > 1 {
            return self.count(doc) > 0;
        }
        self.layout.stand_on(doc);
        match &mut self.quick {
            Some(Quick::Rows(rows)) => rows.is_in(&mut self.leaves, doc),
            Some(Quick::Two(two)) => unbroken(two, &mut self.leaves, &mut self.layout).next().is_some(),
            None => {
                let (shape, mut standing) = self.standing(doc);
                shape.is_in(&mut standing)
            }
        }
    }

    fn standing(&mut self, doc: DocId) -> (&Shape, Standing<'_>) {
        let (leaves, layout, spare) = (&mut self.leaves, &mut self.layout, &mut self.spare);
        (&self.shape, Standing { leaves, layout, spare, doc })
    }

    /// How often the words stand in a document on which the cursor stands.
    pub(super) fn frequency(&self, doc: DocId) -> u32 {
        self.leaves.iter().map(|leaf| leaf.frequency(doc)).sum()
    }
}

/// The commonest patterns, for which the evaluator is not needed.
enum Quick {
    Rows(Rows),
    Two(Two),
}

impl Quick {
    fn of(shape: &Shape, leaves: &[LeafCursor]) -> Option<Self> {
        Rows::of(shape, leaves).map(Self::Rows).or_else(|| Two::of(shape, leaves).map(Self::Two))
    }
}

/// The spans of two words that do not leave the unit they have to stay in.
fn unbroken(two: &mut Two, leaves: &mut [LeafCursor], layout: &mut Layout) -> impl Iterator<Item = Span> {
    let unit = two.reach.unit();
    let doc = layout.doc;
    two.spans(leaves, doc).filter(move |span| unit.is_none_or(|unit| !layout.is_broken(unit, *span)))
}

/// Whether every leaf of a shape must stand in an article that matches.
fn needs_all(shape: &Shape) -> bool {
    match shape {
        Shape::Leaf(_) => true,
        Shape::Or(_) | Shape::Near(_, Reach::NotWithin(_)) => false,
        Shape::Phrase(shapes) | Shape::Loose(shapes, _) => !shapes.is_empty() && shapes.iter().all(needs_all),
        Shape::Near(pair, _) => needs_all(&pair.0) && needs_all(&pair.1),
        Shape::In(_, shape) => needs_all(shape),
    }
}

fn candidate(shape: &Shape, leaves: &mut [LeafCursor], target: DocId) -> DocId {
    match shape {
        Shape::Leaf(leaf) => leaves.get_mut(*leaf).map_or(TERMINATED, |leaf| leaf.seek(target)),
        Shape::Or(shapes) => shapes.iter().map(|shape| candidate(shape, leaves, target)).min().unwrap_or(TERMINATED),
        Shape::Phrase(shapes) | Shape::Loose(shapes, _) => together(shapes.iter(), leaves, target),
        Shape::Near(pair, Reach::NotWithin(_)) => candidate(&pair.0, leaves, target),
        Shape::Near(pair, _) => together([&pair.0, &pair.1].into_iter(), leaves, target),
        Shape::In(_, shape) => candidate(shape, leaves, target),
    }
}

/// The first document from `target` on that is a candidate of all shapes.
fn together<'s>(
    shapes: impl ExactSizeIterator<Item = &'s Shape> + Clone,
    leaves: &mut [LeafCursor],
    target: DocId,
) -> DocId {
    let many = shapes.len();
    let (mut at, mut agreeing) = (target, 0);
    for shape in shapes.cycle() {
        let doc = candidate(shape, leaves, at);
        agreeing = if doc == at { agreeing + 1 } else { 1 };
        at = doc;
        if agreeing == many || at == TERMINATED {
            return at;
        }
    }
    TERMINATED
}

/// Where the sentences, paragraphs and parts of the articles of a segment begin, as far as a shape needs it.
pub(super) struct Layout {
    sentences: Option<Breaks>,
    paragraphs: Option<Breaks>,
    parts: Option<Column<u64>>,
    /// Rows of `parts` in the document: the kind's number above the position of the part's first word.
    rows: Vec<u64>,
    doc: DocId,
}

impl Layout {
    pub(super) fn open(reader: &SegmentReader, columns: &Columns, shape: &Shape) -> tantivy::Result<Self> {
        let breaks = |unit, token| match shape.needs(unit) {
            true => Breaks::open(reader, &Term::from_field_text(columns.bounds, token)).map(Some),
            false => Ok(None),
        };
        let parts = match shape.needs(Unit::Part) {
            true => Some(reader.fast_fields().u64(reader.schema().get_field_name(columns.parts))?),
            false => None,
        };
        let (sentences, paragraphs) = (breaks(Unit::Sentence, SENTENCE)?, breaks(Unit::Paragraph, PARAGRAPH)?);
        Ok(Self { sentences, paragraphs, parts, rows: Vec::new(), doc: TERMINATED })
    }

    fn stand_on(&mut self, doc: DocId) {
        if let Some(parts) = self.parts.as_ref().filter(|_| self.doc != doc) {
            self.rows.clear();
            self.rows.extend(parts.values_for_doc(doc));
        }
        self.doc = doc;
    }

    fn is_broken(&mut self, by: Unit, span: Span) -> bool {
        let doc = self.doc;
        match by {
            Unit::Sentence => self.sentences.as_mut().is_some_and(|breaks| breaks.is_broken(doc, span)),
            Unit::Paragraph => self.paragraphs.as_mut().is_some_and(|breaks| breaks.is_broken(doc, span)),
            Unit::Part => {
                self.rows.get(self.parts_up_to(span.first)).is_some_and(|row| is_inside(first_of(*row), span))
            }
        }
    }

    fn part(&self, at: u32) -> Option<u8> {
        let row = self.rows.get(self.parts_up_to(at).checked_sub(1)?)?;
        u8::try_from(row >> 32).ok()
    }

    /// How many parts have begun at a position.
    fn parts_up_to(&self, position: u32) -> usize {
        self.rows.partition_point(|row| first_of(*row) <= position)
    }
}

/// The position of the first word of a part.
fn first_of(row: u64) -> u32 {
    (row & u64::from(u32::MAX)) as u32
}

/// Whether something begins behind the first word of a span.
fn is_inside(begins: u32, span: Span) -> bool {
    span.first < begins && begins <= span.last
}

/// The positions at which units of one kind begin.
pub(super) struct Breaks {
    postings: Option<SegmentPostings>,
    doc: DocId,
    positions: Vec<u32>,
}

impl Breaks {
    pub(super) fn open(reader: &SegmentReader, term: &Term) -> tantivy::Result<Self> {
        let inverted = reader.inverted_index(term.field())?;
        let postings = inverted.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?;
        Ok(Self { postings, doc: TERMINATED, positions: Vec::new() })
    }

    /// How many of them have begun at a position of a document.
    pub(super) fn up_to(&mut self, doc: DocId, position: u32) -> usize {
        if self.doc != doc {
            self.load(doc);
        }
        self.positions.partition_point(|begins| *begins <= position)
    }

    fn is_broken(&mut self, doc: DocId, span: Span) -> bool {
        let next = self.up_to(doc, span.first);
        self.positions.get(next).is_some_and(|begins| is_inside(*begins, span))
    }

    fn load(&mut self, doc: DocId) {
        self.doc = doc;
        self.positions.clear();
        let Some(postings) = &mut self.postings else { return };
        let stands_on = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
        if stands_on == doc {
            postings.positions(&mut self.positions);
        }
    }
}

/// The leaves of a pattern, all standing on one document or behind it.
struct Standing<'a> {
    leaves: &'a mut [LeafCursor],
    layout: &'a mut Layout,
    spare: &'a mut Vec<Vec<Span>>,
    doc: DocId,
}

impl Positions for Standing<'_> {
    fn spans(&mut self, leaf: usize, out: &mut Vec<Span>) {
        if let Some(leaf) = self.leaves.get_mut(leaf) {
            leaf.spans(self.doc, out);
        }
    }

    fn is_broken(&mut self, by: Unit, span: Span) -> bool {
        self.layout.is_broken(by, span)
    }

    fn part(&mut self, at: u32) -> Option<u8> {
        self.layout.part(at)
    }

    fn empty(&mut self) -> Vec<Span> {
        let mut spans = self.spare.pop().unwrap_or_default();
        spans.clear();
        spans
    }

    fn done(&mut self, spans: Vec<Span>) {
        self.spare.push(spans);
    }
}
