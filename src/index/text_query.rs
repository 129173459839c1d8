//! A text pattern as a query of the engine: candidates from postings, spans from positions, BM25 with span frequency.
//!
//! Without a score it is enough that there is a span; a single word reads no positions.

use std::sync::Arc;

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED,
    query::{EnableScoring, Explanation, Query, Scorer, Weight},
    schema::IndexRecordOption,
};

use super::{
    any_term::AnyTerm,
    leaf::{Docs, Leaf, LeafCursor, Union},
    mentions::Rows,
    schema::Columns,
    similarity::{Scoring, Similarity},
    statistics::Statistics,
    terms::Terms,
    text_cursor::{Layout, TextCursor},
    word::WordScorer,
};
use crate::span::Shape;

/// A pattern made of terms: its shape, and what stands at each leaf.
#[derive(Debug, Clone)]
pub(super) struct TextQuery {
    pub(super) shape: Shape,
    pub(super) leaves: Vec<Leaf>,
    /// At least so many spans.
    pub(super) at_least: u32,
    pub(super) boost: Score,
    /// Tokens of all live articles.
    pub(super) tokens: u64,
    pub(super) columns: Columns,
}

impl TextQuery {
    /// The pattern with what it weighs, if that is asked for.
    pub(super) fn ranked(&self, scoring: EnableScoring<'_>) -> tantivy::Result<TextWeight> {
        let similarity = match scoring {
            EnableScoring::Enabled { searcher, .. } => Some(Similarity::of(self, &Statistics::of(searcher))?),
            EnableScoring::Disabled { .. } => None,
        };
        Ok(TextWeight { query: self.clone(), similarity })
    }

    /// Whether a candidate's positions decide, or its postings alone, as for a single word.
    pub(super) fn needs_positions(&self) -> bool {
        self.plain_terms().is_none()
    }

    /// The terms of a pattern that is a single word.
    fn plain_terms(&self) -> Option<&Arc<Terms>> {
        match (&self.shape, self.leaves.as_slice()) {
            (Shape::Leaf(_), [Leaf::Words(words)]) if self.at_least <= 1 => Some(&words.terms),
            _ => None,
        }
    }

    /// Opens the postings of a segment, with positions.
    pub(super) fn cursor(&self, reader: &SegmentReader) -> tantivy::Result<TextCursor> {
        self.open(reader, IndexRecordOption::WithFreqsAndPositions)
    }

    fn open(&self, reader: &SegmentReader, option: IndexRecordOption) -> tantivy::Result<TextCursor> {
        let leaves: tantivy::Result<Vec<_>> = self.leaves.iter().map(|leaf| self.leaf(leaf, reader, option)).collect();
        let layout = Layout::open(reader, &self.columns, &self.shape)?;
        Ok(TextCursor::new((self.shape.clone(), self.at_least), leaves?, layout))
    }

    fn leaf(&self, leaf: &Leaf, reader: &SegmentReader, option: IndexRecordOption) -> tantivy::Result<LeafCursor> {
        match leaf {
            Leaf::Words(words) => Ok(LeafCursor::Words(Union::of(reader, &words.terms, option)?)),
            Leaf::Mentions(mentions) => {
                let sought = (&mentions.entity, mentions.renamed.as_ref());
                let Some(rows) = Rows::open(reader, &self.columns, sought)? else {
                    return Ok(LeafCursor::Words(Union::open(reader, &[], option)?));
                };
                let docs = match &mentions.terms {
                    Some(terms) => {
                        let named = Union::of(reader, terms, IndexRecordOption::Basic)?;
                        match rows.renamed() {
                            none if none.is_empty() => Docs::Of(named),
                            more => Docs::With(named, more),
                        }
                    }
                    None => Docs::Below(reader.max_doc()),
                };
                Ok(LeafCursor::Mentions { docs, rows: Box::new(rows) })
            }
        }
    }
}

impl Query for TextQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if let (EnableScoring::Disabled { .. }, Some(terms)) = (&scoring, self.plain_terms()) {
            return Ok(Box::new(AnyTerm(Arc::clone(terms))));
        }
        Ok(Box::new(self.ranked(scoring)?))
    }
}

/// A pattern with what it weighs.
pub(super) struct TextWeight {
    query: TextQuery,
    similarity: Option<Similarity>,
}

impl TextWeight {
    /// What no article's score exceeds; infinite where nothing is ranked.
    pub(super) fn bound(&self) -> Score {
        self.similarity.as_ref().map_or(Score::INFINITY, |similarity| similarity.bound(self.query.boost))
    }

    /// The scorer of a single word.
    pub(super) fn word(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Option<WordScorer>> {
        let (Some(terms), Some(similarity)) = (self.query.plain_terms(), &self.similarity) else { return Ok(None) };
        let scoring = Scoring::open(similarity, &self.query, (reader, boost))?;
        WordScorer::open(reader, terms, scoring).map(Some)
    }

    /// Whether the segment has the word in a single form.
    fn has_one_list(&self, reader: &SegmentReader) -> tantivy::Result<bool> {
        Ok(self.query.plain_terms().map(|terms| terms.places(reader)).transpose()?.is_some_and(|it| it.len() == 1))
    }
}

impl Weight for TextWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        if self.has_one_list(reader)?
            && let Some(word) = self.word(reader, boost)?
        {
            return Ok(Box::new(word));
        }
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

    fn for_each(&self, reader: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        match self.word(reader, 1.0)? {
            Some(mut word) => each(&mut word, callback),
            None => each(self.scorer(reader, 1.0)?.as_mut(), callback),
        }
        Ok(())
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        match self.word(reader, 1.0)? {
            Some(mut word) => word.above(threshold, callback),
            None => each_above(self.scorer(reader, 1.0)?.as_mut(), threshold, callback),
        }
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(tantivy::TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("BM25 with span frequency; in title and lead it counts for more", scorer.score()))
    }
}

/// Calls back with each article and its score.
pub(super) fn each(scorer: &mut (impl Scorer + ?Sized), callback: &mut dyn FnMut(DocId, Score)) {
    let mut doc = scorer.doc();
    while doc != TERMINATED {
        callback(doc, scorer.score());
        doc = scorer.advance();
    }
}

/// Calls back with each article that scores more than a threshold, which the callback raises.
fn each_above(
    scorer: &mut (impl Scorer + ?Sized),
    mut threshold: Score,
    callback: &mut dyn FnMut(DocId, Score) -> Score,
) {
    each(scorer, &mut |doc, score| {
        if score > threshold {
            threshold = callback(doc, score);
        }
    });
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
            self.frequency = match self.scoring {
                Some(_) => self.cursor.count(doc),
                None => u32::from(self.cursor.is_in(doc)),
            };
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
            doc if self.positional => self.settle(doc + 1),
            doc => {
                self.doc = self.cursor.after(doc);
                self.doc
            }
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target { self.doc } else { self.settle(target) }
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.cursor.leaves.iter().map(LeafCursor::size_hint).min().unwrap_or(0)
    }
}

impl Scorer for TextScorer {
    fn score(&mut self) -> Score {
        let frequency = if self.positional { self.frequency } else { self.cursor.frequency(self.doc) };
        self.scoring.as_mut().map_or(0.0, |scoring| scoring.score(self.doc, frequency))
    }
}
