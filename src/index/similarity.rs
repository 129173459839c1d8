//! BM25 with the number of spans as frequency, in which single words count for more in title and lead (Robertson, Zaragoza
//! and Taylor 2004).
//!
//! It never decides what matches.

use tantivy::{DocId, Score, SegmentReader, Term, fieldnorm::FieldNormReader, schema::IndexRecordOption};

use super::{
    leaf::{Leaf, Union},
    statistics::Statistics,
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
    heads: Vec<(Vec<Term>, Score)>,
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
        {
            let of = [(query.columns.title, TITLE), (query.columns.lead, LEAD)];
            for (field, counts) in of.into_iter().filter(|_| leaf.weighs && leaf.terms.all().len() < MANY_FORMS) {
                let forms = leaf
                    .terms
                    .all()
                    .iter()
                    .filter_map(|term| Some(Term::from_field_text(field, term.value().as_str()?)));
                heads.push((forms.collect(), counts));
            }
        }
        Ok(Self { weight, average_length, heads })
    }
}

fn articles_with(leaf: &Leaf, statistics: &Statistics<'_>) -> tantivy::Result<u64> {
    match leaf {
        Leaf::Mentions(any) if any.terms.is_none() => Ok(statistics.articles()),
        leaf => statistics.articles_with(leaf.terms()),
    }
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
}

impl Scoring {
    pub(super) fn open(
        similarity: &Similarity,
        query: &TextQuery,
        place: (&SegmentReader, Score),
    ) -> tantivy::Result<Self> {
        let (reader, boost) = place;
        let mut heads = Vec::new();
        for (terms, counts) in &similarity.heads {
            let union = Union::open(reader, terms, IndexRecordOption::WithFreqs)?;
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
        })
    }

    #[inline]
    pub(super) fn score(&mut self, doc: DocId, frequency: u32) -> Score {
        let mut frequency = frequency as Score;
        for (union, counts) in &mut self.heads {
            if union.seek(doc) == doc {
                frequency += *counts * union.frequency(doc) as Score;
            }
        }
        let held_back = self.held_back.get(usize::from(self.norms.fieldnorm_id(doc))).copied().unwrap_or(K1);
        self.weight * frequency / (frequency + held_back)
    }
}
