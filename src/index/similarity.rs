//! BM25 with the number of spans as frequency, in which single words count for more in title and lead (Robertson, Zaragoza
//! and Taylor 2004).
//!
//! It never decides what matches.

use std::sync::Arc;

use tantivy::{DocId, Score, SegmentReader, TERMINATED, fieldnorm::FieldNormReader, schema::IndexRecordOption};

use super::{
    leaf::{Leaf, Union},
    statistics::Statistics,
    terms::Terms,
    text_query::TextQuery,
};
use crate::span::{Reach, Shape};

/// How soon more occurrences tell nothing new, and how far long texts are held back: tuned with the words' weights in
/// `--any` (docs/decisions.md).
const K1: Score = 1.8;
const B: Score = 0.75;
/// What an occurrence counts for in the title and in the lead, on top of the one that it is in the text.
const TITLE: Score = 1.0;
const LEAD: Score = 0.15;
/// Words of so many forms are not looked for there.
const MANY_FORMS: usize = 64;

/// What a pattern weighs, and where a single word counts for more.
#[derive(Clone)]
pub(super) struct Similarity {
    weight: Score,
    average_length: Score,
    heads: Vec<(Arc<Terms>, Score)>,
}

impl Similarity {
    pub(super) fn of(query: &TextQuery, statistics: &Statistics<'_>) -> tantivy::Result<Self> {
        let articles = statistics.articles();
        let frequencies: tantivy::Result<Vec<u64>> =
            query.leaves.iter().map(|leaf| articles_with(leaf, statistics)).collect();
        let weight = rarity(&query.shape, &frequencies?, articles) * (K1 + 1.0);
        let average_length = query.tokens.max(1) as Score / articles.max(1) as Score;
        let mut heads = Vec::new();
        if let (Shape::Leaf(0), [Leaf::Words(leaf)], false) =
            (&query.shape, query.leaves.as_slice(), query.needs_positions())
            && leaf.weighs
            && leaf.terms.all().len() < MANY_FORMS
        {
            let of = leaf.terms.in_heads([query.columns.title, query.columns.lead]);
            heads.extend(of.iter().cloned().zip([TITLE, LEAD]));
        }
        Ok(Self { weight, average_length, heads })
    }

    /// What no score exceeds: frequencies tell ever less.
    pub(super) fn bound(&self, boost: Score) -> Score {
        self.weight * boost * (1.0 + ROUNDING as Score)
    }
}

fn articles_with(leaf: &Leaf, statistics: &Statistics<'_>) -> tantivy::Result<u64> {
    leaf.terms().map_or_else(|| Ok(statistics.articles()), |terms| statistics.articles_with(terms))
}

/// The weight of a shape: of shapes that must stand together the sum of theirs, of alternatives the smallest.
fn rarity(shape: &Shape, frequencies: &[u64], articles: u64) -> Score {
    let of = |shape| rarity(shape, frequencies, articles);
    match shape {
        Shape::Leaf(leaf) => idf(frequencies.get(*leaf).copied().unwrap_or(0), articles),
        Shape::Phrase(shapes) | Shape::Loose(shapes, _) => shapes.iter().map(of).sum(),
        Shape::Or(shapes) => shapes.iter().map(of).reduce(Score::min).unwrap_or(0.0),
        Shape::Near(pair, Reach::NotWithin(_)) => of(&pair.0),
        Shape::Near(pair, _) => of(&pair.0) + of(&pair.1),
        Shape::In(_, shape) => of(shape),
    }
}

/// Inverse document frequency as in BM25.
pub(super) fn idf(frequency: u64, articles: u64) -> Score {
    let (n, all) = (frequency.min(articles) as Score, articles as Score);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

/// What scoring reads in one segment.
pub(super) struct Scoring {
    weight: Score,
    norms: FieldNormReader,
    /// What a text's length takes from its score, by the code of its length.
    held_back: [Score; 256],
    heads: Vec<(Union, Score)>,
    /// The first article, from the last one scored on, that has the word in its title or lead.
    next_head: DocId,
}

/// What a word must do to score more than some threshold; see [`Scoring::bar`].
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar(Score);

/// Larger than what the rounding of a score can come to, as a part of it.
const ROUNDING: f64 = 1e-6;

impl Scoring {
    pub(super) fn open(
        similarity: &Similarity,
        query: &TextQuery,
        place: (&SegmentReader, Score),
    ) -> tantivy::Result<Self> {
        let (reader, boost) = place;
        let mut heads = Vec::new();
        for (terms, counts) in &similarity.heads {
            let union = Union::of(reader, terms, IndexRecordOption::WithFreqs)?;
            if !union.is_empty() {
                heads.push((union, *counts));
            }
        }
        let length = |code: usize| FieldNormReader::id_to_fieldnorm(code as u8) as Score / similarity.average_length;
        Ok(Self {
            weight: similarity.weight * boost * query.boost,
            norms: reader.get_fieldnorms_reader(query.columns.text)?,
            held_back: std::array::from_fn(|code| K1 * (1.0 - B + B * length(code))),
            heads,
            next_head: 0,
        })
    }

    /// What a document that has the word so often scores. Documents must ascend.
    #[inline]
    pub(super) fn score(&mut self, doc: DocId, frequency: u32) -> Score {
        let frequency = self.weighed(doc, frequency);
        self.weight * frequency / (frequency + self.held_back(doc))
    }

    /// How often the word must stand in a text, beside what holds it back, for it to score more than `threshold`: enough to
    /// pass over most texts without a division. It is a little too low rather than too high.
    pub(super) fn bar(&self, threshold: Score) -> Bar {
        let share = f64::from(threshold) / f64::from(self.weight) * (1.0 - ROUNDING);
        let times = if share < 1.0 { share / (1.0 - share) * (1.0 - ROUNDING) } else { f64::INFINITY };
        Bar(if threshold > 0.0 { times as Score } else { Score::NEG_INFINITY })
    }

    /// The score of a document as in [`Self::score`], unless it is not above the bar.
    #[inline]
    pub(super) fn above(&mut self, (doc, frequency): (DocId, u32), bar: Bar) -> Option<Score> {
        let frequency = self.weighed(doc, frequency);
        let held_back = self.held_back(doc);
        (frequency > bar.0 * held_back).then(|| self.weight * frequency / (frequency + held_back))
    }

    /// The frequency in which title and lead count for more.
    #[inline]
    fn weighed(&mut self, doc: DocId, frequency: u32) -> Score {
        let frequency = frequency as Score;
        if doc < self.next_head { frequency } else { frequency + self.in_heads(doc) }
    }

    fn in_heads(&mut self, doc: DocId) -> Score {
        let mut more = 0.0;
        self.next_head = TERMINATED;
        for (union, counts) in &mut self.heads {
            let next = union.seek(doc);
            self.next_head = self.next_head.min(next);
            if next == doc {
                more += *counts * union.frequency(doc) as Score;
            }
        }
        more
    }

    #[inline]
    fn held_back(&self, doc: DocId) -> Score {
        self.held_back.get(usize::from(self.norms.fieldnorm_id(doc))).copied().unwrap_or(K1)
    }
}
