//! BM25 with the number of spans as frequency: of the text, and of single words in title and lead too.
//!
//! It never decides what matches.

use tantivy::{
    DocId, Score, SegmentReader, Term,
    fieldnorm::FieldNormReader,
    query::Bm25Weight,
    schema::{Field as EngineField, IndexRecordOption},
};

use super::{
    leaf::{Leaf, Union},
    statistics::Statistics,
    text_query::TextQuery,
};
use crate::span::{Reach, Shape};

/// How much a word weighs in the title and in the lead, against the text.
const TITLE_WEIGHT: Score = 2.0;
const LEAD_WEIGHT: Score = 1.3;
/// What the smaller of the three scores adds to the largest.
const TIE: Score = 0.2;
/// Words of so many forms weigh by the text alone.
const MANY_FORMS: usize = 64;

/// The weights of a pattern in the text, and of a single word in title and lead.
#[derive(Clone)]
pub(super) struct Similarity {
    text: Bm25Weight,
    heads: Vec<(EngineField, Vec<Term>, Bm25Weight)>,
}

impl Similarity {
    pub(super) fn of(query: &TextQuery, statistics: &Statistics<'_>) -> tantivy::Result<Self> {
        let (columns, lengths) = (&query.columns, query.lengths);
        let frequencies: tantivy::Result<Vec<u64>> =
            query.leaves.iter().map(|leaf| articles_with(leaf, statistics)).collect();
        let text = statistics.weight(lengths.text, rarity(&query.shape, &frequencies?, statistics.articles()));
        let mut heads = Vec::new();
        if let (Shape::Leaf(0), [Leaf::Words(leaf)], false) =
            (&query.shape, query.leaves.as_slice(), query.needs_positions())
        {
            let of = [(lengths.title, columns.title, TITLE_WEIGHT), (lengths.lead, columns.lead, LEAD_WEIGHT)];
            for (tokens, field, factor) in of.into_iter().filter(|_| leaf.weighs && leaf.terms.len() < MANY_FORMS) {
                let forms =
                    leaf.terms.iter().filter_map(|term| Some(Term::from_field_text(field, term.value().as_str()?)));
                let terms: Vec<Term> = forms.collect();
                let idf = idf(statistics.articles_with(&terms)?, statistics.articles());
                heads.push((field, terms, statistics.weight(tokens, idf).boost_by(factor)));
            }
        }
        Ok(Self { text, heads })
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
fn idf(frequency: u64, articles: u64) -> Score {
    let (n, all) = (frequency.min(articles) as Score, articles as Score);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

/// What scoring reads in one segment.
pub(super) struct Scoring {
    text: Bm25Weight,
    norms: FieldNormReader,
    heads: Vec<(Union, FieldNormReader, Bm25Weight)>,
}

impl Scoring {
    pub(super) fn open(
        similarity: &Similarity,
        query: &TextQuery,
        place: (&SegmentReader, Score),
    ) -> tantivy::Result<Self> {
        let (reader, boost) = place;
        let boost = boost * query.boost;
        let mut heads = Vec::new();
        for (field, terms, weight) in &similarity.heads {
            let union = Union::open(reader, terms, IndexRecordOption::WithFreqs)?;
            if !union.is_empty() {
                heads.push((union, reader.get_fieldnorms_reader(*field)?, weight.boost_by(boost)));
            }
        }
        let norms = reader.get_fieldnorms_reader(query.columns.text)?;
        Ok(Self { text: similarity.text.boost_by(boost), norms, heads })
    }

    pub(super) fn score(&mut self, doc: DocId, frequency: u32) -> Score {
        let mut best = self.text.score(self.norms.fieldnorm_id(doc), frequency);
        let mut sum = best;
        for (union, norms, weight) in &mut self.heads {
            if union.seek(doc) == doc {
                let score = weight.score(norms.fieldnorm_id(doc), union.frequency(doc));
                best = best.max(score);
                sum += score;
            }
        }
        best + TIE * (sum - best)
    }
}
