//! A text pattern as a query of the engine: candidates from postings, spans from positions, BM25 with span frequency.
//!
//! `TextCursor` walks the postings of one segment; the scorer, the mention counter and the snippets all use it.

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED, Term,
    columnar::Column,
    fieldnorm::FieldNormReader,
    postings::{Postings, SegmentPostings},
    query::{Bm25Weight, EnableScoring, Explanation, Query, Scorer, Weight},
    schema::{Field as EngineField, IndexRecordOption},
};

use super::{forms::Lengths, schema::Columns, statistics::Statistics};
use crate::{
    article::PartKind,
    span::{Positions, Shape, Span},
};

/// How much a word weighs in the title and in the lead, against the text.
const TITLE_WEIGHT: Score = 2.0;
const LEAD_WEIGHT: Score = 1.3;
/// What the smaller of the three scores adds to the largest.
const TIE: Score = 0.2;

/// A pattern made of terms: its shape, and the terms of each leaf.
#[derive(Debug, Clone)]
pub(super) struct TextQuery {
    pub(super) shape: Shape,
    /// Per leaf: any of these terms.
    pub(super) leaves: Vec<Leaf>,
    /// Only spans in parts of these kinds.
    pub(super) within: Option<Vec<PartKind>>,
    /// At least so many spans.
    pub(super) at_least: u32,
    pub(super) boost: Score,
    /// Of the fields that are scored.
    pub(super) lengths: Lengths,
    pub(super) columns: Columns,
}

/// The terms of a leaf, all at one position of the text.
#[derive(Debug, Clone, Default)]
pub(super) struct Leaf {
    pub(super) terms: Vec<Term>,
    /// The same stems as terms of `title` and of `lead`.
    pub(super) title: Vec<Term>,
    pub(super) lead: Vec<Term>,
}

impl TextQuery {
    /// Whether a candidate's positions decide, or its postings alone.
    fn needs_positions(&self) -> bool {
        !matches!(self.shape, Shape::Leaf(_)) || self.within.is_some() || self.at_least > 1
    }

    /// Opens the postings of a segment, with positions.
    pub(super) fn cursor(&self, reader: &SegmentReader) -> tantivy::Result<TextCursor> {
        self.open(reader, IndexRecordOption::WithFreqsAndPositions)
    }

    fn open(&self, reader: &SegmentReader, option: IndexRecordOption) -> tantivy::Result<TextCursor> {
        let leaves: tantivy::Result<Vec<_>> =
            self.leaves.iter().map(|leaf| LeafCursor::open(reader, &leaf.terms, option)).collect();
        let parts = match &self.within {
            Some(kinds) => {
                let name = reader.schema().get_field_name(self.columns.parts);
                Some((kinds.clone(), reader.fast_fields().u64(name)?))
            }
            None => None,
        };
        Ok(TextCursor { shape: self.shape.clone(), leaves: leaves?, parts, at_least: self.at_least })
    }
}

impl Query for TextQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { searcher, .. } => Some(Similarity::of(self, &Statistics::of(searcher))?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(TextWeight { query: self.clone(), similarity }))
    }
}

/// The weights of a pattern in the text, and of a single word in title and lead.
#[derive(Clone)]
struct Similarity {
    text: Bm25Weight,
    heads: Vec<(EngineField, Vec<Term>, Bm25Weight)>,
}

impl Similarity {
    fn of(query: &TextQuery, statistics: &Statistics<'_>) -> tantivy::Result<Self> {
        let (columns, lengths) = (&query.columns, query.lengths);
        let frequencies: tantivy::Result<Vec<u64>> =
            query.leaves.iter().map(|leaf| statistics.articles_with(&leaf.terms)).collect();
        let text = statistics.weight(lengths.text, rarity(&query.shape, &frequencies?, statistics.articles()));
        let mut heads = Vec::new();
        if let (Shape::Leaf(0), [leaf], false) = (&query.shape, query.leaves.as_slice(), query.needs_positions()) {
            let of = [
                (lengths.title, columns.title, &leaf.title, TITLE_WEIGHT),
                (lengths.lead, columns.lead, &leaf.lead, LEAD_WEIGHT),
            ];
            for (tokens, field, terms, factor) in of {
                if !terms.is_empty() {
                    let idf = idf(statistics.articles_with(terms)?, statistics.articles());
                    heads.push((field, terms.clone(), statistics.weight(tokens, idf).boost_by(factor)));
                }
            }
        }
        Ok(Self { text, heads })
    }
}

/// The weight of a shape: of a phrase the sum of its words', of alternatives the smallest.
fn rarity(shape: &Shape, frequencies: &[u64], articles: u64) -> Score {
    match shape {
        Shape::Leaf(leaf) => idf(frequencies.get(*leaf).copied().unwrap_or(0), articles),
        Shape::Phrase(shapes) => shapes.iter().map(|shape| rarity(shape, frequencies, articles)).sum(),
        Shape::Or(shapes) => {
            shapes.iter().map(|shape| rarity(shape, frequencies, articles)).reduce(Score::min).unwrap_or(0.0)
        }
        _ => 0.0,
    }
}

/// Inverse document frequency as in BM25.
fn idf(frequency: u64, articles: u64) -> Score {
    let (n, all) = (frequency.min(articles) as Score, articles as Score);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

struct TextWeight {
    query: TextQuery,
    similarity: Option<Similarity>,
}

impl Weight for TextWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let option = match self.query.needs_positions() {
            true => IndexRecordOption::WithFreqsAndPositions,
            false if self.similarity.is_some() => IndexRecordOption::WithFreqs,
            false => IndexRecordOption::Basic,
        };
        let cursor = self.query.open(reader, option)?;
        let scoring = match &self.similarity {
            Some(similarity) => Some(Scoring::open(similarity, &self.query, (reader, boost))?),
            None => None,
        };
        let mut scorer =
            TextScorer { cursor, scoring, positional: self.query.needs_positions(), doc: TERMINATED, frequency: 0 };
        scorer.settle(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("BM25 with span frequency, the best of text, title and lead", scorer.score()))
    }
}

/// The postings of a pattern in one segment.
pub(super) struct TextCursor {
    shape: Shape,
    leaves: Vec<LeafCursor>,
    parts: Option<(Vec<PartKind>, Column<u64>)>,
    at_least: u32,
}

impl TextCursor {
    /// The first document from `target` on whose words could match; positions are not looked at.
    fn candidate(&mut self, target: DocId) -> DocId {
        candidate(&self.shape, &mut self.leaves, target)
    }

    /// The spans in `doc`; none when fewer than asked for. Documents must be asked for in ascending order.
    pub(super) fn spans_in(&mut self, doc: DocId) -> Vec<Span> {
        if self.candidate(doc) != doc {
            return Vec::new();
        }
        self.spans(doc)
    }

    /// The spans in a document on which the cursor stands.
    fn spans(&mut self, doc: DocId) -> Vec<Span> {
        let mut spans = self.shape.spans(&mut Standing { leaves: &mut self.leaves, doc });
        if let Some((kinds, parts)) = &self.parts {
            let rows: Vec<u64> = parts.values_for_doc(doc).collect();
            spans.retain(|span| kinds.iter().any(|kind| Some(*kind as u64) == part_at(&rows, span.first)));
        }
        if spans.len() < self.at_least as usize {
            spans.clear();
        }
        spans
    }

    fn frequency(&self, doc: DocId) -> u32 {
        self.leaves.iter().map(|leaf| leaf.frequency(doc)).sum()
    }
}

/// The kind number of the part that holds a position.
fn part_at(rows: &[u64], position: u32) -> Option<u64> {
    let row = rows.iter().rev().find(|row| *row & u64::from(u32::MAX) <= u64::from(position))?;
    Some(row >> 32)
}

fn candidate(shape: &Shape, leaves: &mut [LeafCursor], target: DocId) -> DocId {
    match shape {
        Shape::Leaf(leaf) => leaves.get_mut(*leaf).map_or(TERMINATED, |leaf| leaf.seek(target)),
        Shape::Or(shapes) => shapes.iter().map(|shape| candidate(shape, leaves, target)).min().unwrap_or(TERMINATED),
        Shape::Phrase(shapes) => {
            let mut at = target;
            loop {
                let mut furthest = at;
                for shape in shapes {
                    furthest = candidate(shape, leaves, furthest);
                }
                if furthest == at || furthest == TERMINATED {
                    return furthest;
                }
                at = furthest;
            }
        }
        _ => TERMINATED,
    }
}

struct LeafCursor {
    postings: Vec<SegmentPostings>,
}

impl LeafCursor {
    fn open(reader: &SegmentReader, terms: &[Term], option: IndexRecordOption) -> tantivy::Result<Self> {
        let mut postings = Vec::new();
        for term in terms {
            postings.extend(reader.inverted_index(term.field())?.read_postings(term, option)?);
        }
        Ok(Self { postings })
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let mut first = TERMINATED;
        for postings in &mut self.postings {
            let doc = if postings.doc() < target { postings.seek(target) } else { postings.doc() };
            first = first.min(doc);
        }
        first
    }

    fn frequency(&self, doc: DocId) -> u32 {
        self.postings.iter().filter(|postings| postings.doc() == doc).map(Postings::term_freq).sum()
    }
}

/// The leaves of a pattern, all standing on one document or behind it.
struct Standing<'a> {
    leaves: &'a mut [LeafCursor],
    doc: DocId,
}

impl Positions for Standing<'_> {
    fn is_broken(&mut self, _: crate::span::Unit, _: Span) -> bool {
        false
    }

    fn part(&mut self, _: u32) -> Option<u8> {
        None
    }

    fn spans(&mut self, leaf: usize, found: &mut Vec<Span>) {
        let Some(leaf) = self.leaves.get_mut(leaf) else { return };
        let mut out = Vec::new();
        for postings in &mut leaf.postings {
            if postings.doc() < self.doc {
                postings.seek(self.doc);
            }
            if postings.doc() == self.doc {
                postings.append_positions_with_offset(0, &mut out);
            }
        }
        found.extend(out.into_iter().map(Span::word));
    }
}

/// What scoring reads in one segment.
struct Scoring {
    text: Bm25Weight,
    norms: FieldNormReader,
    heads: Vec<(LeafCursor, FieldNormReader, Bm25Weight)>,
}

impl Scoring {
    fn open(similarity: &Similarity, query: &TextQuery, place: (&SegmentReader, Score)) -> tantivy::Result<Self> {
        let (reader, boost) = place;
        let boost = boost * query.boost;
        let mut heads = Vec::new();
        for (field, terms, weight) in &similarity.heads {
            let leaf = LeafCursor::open(reader, terms, IndexRecordOption::WithFreqs)?;
            if !leaf.postings.is_empty() {
                heads.push((leaf, reader.get_fieldnorms_reader(*field)?, weight.boost_by(boost)));
            }
        }
        let norms = reader.get_fieldnorms_reader(query.columns.text)?;
        Ok(Self { text: similarity.text.boost_by(boost), norms, heads })
    }

    fn score(&mut self, doc: DocId, frequency: u32) -> Score {
        let mut best = self.text.score(self.norms.fieldnorm_id(doc), frequency);
        let mut sum = best;
        for (leaf, norms, weight) in &mut self.heads {
            if leaf.seek(doc) == doc {
                let score = weight.score(norms.fieldnorm_id(doc), leaf.frequency(doc));
                best = best.max(score);
                sum += score;
            }
        }
        best + TIE * (sum - best)
    }
}

struct TextScorer {
    cursor: TextCursor,
    scoring: Option<Scoring>,
    positional: bool,
    doc: DocId,
    frequency: u32,
}

impl TextScorer {
    /// Goes to the first match from `target` on.
    fn settle(&mut self, target: DocId) -> DocId {
        let mut doc = self.cursor.candidate(target);
        while self.positional && doc != TERMINATED {
            self.frequency = self.cursor.spans(doc).len() as u32;
            if self.frequency > 0 {
                break;
            }
            doc = self.cursor.candidate(doc + 1);
        }
        self.doc = doc;
        doc
    }
}

impl DocSet for TextScorer {
    fn advance(&mut self) -> DocId {
        match self.doc {
            TERMINATED => TERMINATED,
            doc => self.settle(doc + 1),
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.settle(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let leaves =
            self.cursor.leaves.iter().map(|leaf| leaf.postings.iter().map(|postings| postings.size_hint()).sum());
        leaves.min().unwrap_or(0)
    }
}

impl Scorer for TextScorer {
    fn score(&mut self) -> Score {
        let frequency = if self.positional { self.frequency } else { self.cursor.frequency(self.doc) };
        self.scoring.as_mut().map_or(0.0, |scoring| scoring.score(self.doc, frequency))
    }
}
