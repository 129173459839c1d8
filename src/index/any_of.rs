//! Any of some queries: an article's score is the sum of theirs, in their order.
//!
//! Where nothing is ranked the engine combines them, which knows how to; where articles are ranked, they are gathered window
//! by window, word by word: asking each list again for each article would take longer than its scores.

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError,
    query::{BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, Weight},
};

use super::text_query::{WordScorer, each};

/// Articles that are gathered at once.
const WINDOW: usize = 4096;

/// Some queries.
#[derive(Debug)]
pub(super) struct AnyOf(pub(super) Vec<Box<dyn Query>>);

impl Clone for AnyOf {
    fn clone(&self) -> Self {
        Self(self.0.iter().map(|query| query.box_clone()).collect())
    }
}

impl Query for AnyOf {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        if !scoring.is_scoring_enabled() {
            let all = self.0.iter().map(|query| (Occur::Should, query.box_clone())).collect();
            return BooleanQuery::new(all).weight(scoring);
        }
        let weights = self.0.iter().map(|query| query.weight(scoring)).collect::<tantivy::Result<_>>()?;
        Ok(Box::new(AnyWeight(weights)))
    }
}

struct AnyWeight(Vec<Box<dyn Weight>>);

impl AnyWeight {
    fn sum(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Sum> {
        let scorers = self.0.iter().map(|weight| weight.scorer(reader, boost));
        Ok(Sum::of(scorers.collect::<tantivy::Result<_>>()?))
    }
}

impl Weight for AnyWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(self.sum(reader, boost)?))
    }

    fn for_each(&self, reader: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        each(&mut self.sum(reader, 1.0)?, callback);
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut sum = self.sum(reader, 1.0)?;
        if sum.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("the sum of what any of them scores", sum.score()))
    }
}

/// What is gathered: a word's list, or anything else.
enum Part {
    Word(Box<WordScorer>),
    Other(Box<dyn Scorer>),
}

impl Part {
    fn doc(&self) -> DocId {
        match self {
            Self::Word(word) => word.doc(),
            Self::Other(other) => other.doc(),
        }
    }

    fn seek(&mut self, target: DocId) {
        match self {
            Self::Word(word) => word.seek(target),
            Self::Other(other) if other.doc() < target => other.seek(target),
            Self::Other(other) => other.doc(),
        };
    }
}

/// The articles of a window with their scores, and a cursor over them.
struct Sum {
    parts: Vec<Part>,
    /// The first article of the window.
    from: DocId,
    scores: Box<[Score; WINDOW]>,
    /// Those that lie before the cursor.
    rest: [u64; WINDOW / 64],
    /// The word of `rest` that the cursor is in.
    at: usize,
    doc: DocId,
}

impl Sum {
    fn of(scorers: Vec<Box<dyn Scorer>>) -> Self {
        let part = |scorer: Box<dyn Scorer>| scorer.downcast().map_or_else(Part::Other, Part::Word);
        let parts = scorers.into_iter().map(part).collect();
        let (scores, rest) = (Box::new([0.0; WINDOW]), [0; WINDOW / 64]);
        let mut sum = Self { parts, from: 0, scores, rest, at: 0, doc: 0 };
        sum.gather();
        sum
    }

    /// Gathers the next window, if there is one, and goes to its first article.
    fn gather(&mut self) {
        self.from = self.parts.iter().map(Part::doc).min().unwrap_or(TERMINATED);
        if self.from == TERMINATED {
            self.doc = TERMINATED;
            return;
        }
        self.scores.fill(0.0);
        for part in &mut self.parts {
            match part {
                Part::Word(word) => add(word.as_mut(), (self.from, &mut self.scores, &mut self.rest)),
                Part::Other(other) => add(other.as_mut(), (self.from, &mut self.scores, &mut self.rest)),
            }
        }
        self.at = 0;
        self.step();
    }

    /// Goes to the next article.
    fn step(&mut self) {
        while let Some(rest) = self.rest.get_mut(self.at) {
            if *rest != 0 {
                self.doc = self.from + self.at as u32 * 64 + rest.trailing_zeros();
                *rest &= *rest - 1;
                return;
            }
            self.at += 1;
        }
        self.gather();
    }
}

/// Adds what a scorer gives the articles of a window, and goes behind it.
fn add(
    scorer: &mut (impl Scorer + ?Sized),
    (from, scores, there): (DocId, &mut [Score; WINDOW], &mut [u64; WINDOW / 64]),
) {
    let mut doc = scorer.doc();
    while let Some(score) = scores.get_mut(doc.wrapping_sub(from) as usize) {
        let at = (doc - from) as usize;
        *score += scorer.score();
        there[at / 64] |= 1 << (at % 64);
        doc = scorer.advance();
    }
}

impl DocSet for Sum {
    #[inline]
    fn advance(&mut self) -> DocId {
        if self.doc != TERMINATED {
            self.step();
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let ahead = (target - self.from) as usize;
        if ahead < WINDOW {
            self.rest.get_mut(self.at..ahead / 64).unwrap_or_default().fill(0);
            self.at = self.at.max(ahead / 64);
            self.rest[ahead / 64] &= u64::MAX << (ahead % 64);
            self.step();
        } else {
            self.rest.fill(0);
            self.parts.iter_mut().for_each(|part| part.seek(target));
            self.gather();
        }
        self.doc
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let hint = |part: &Part| match part {
            Part::Word(word) => word.size_hint(),
            Part::Other(other) => other.size_hint(),
        };
        self.parts.iter().map(hint).fold(0, u32::saturating_add)
    }
}

impl Scorer for Sum {
    #[inline]
    fn score(&mut self) -> Score {
        self.scores.get(self.doc.wrapping_sub(self.from) as usize).copied().unwrap_or(0.0)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;
    use tantivy::query::ConstScorer;

    use super::*;
    use crate::index::bits::{Bits, put};

    proptest! {
        #[test]
        fn scores_are_summed(
            lists in prop::collection::vec(prop::collection::btree_set(0..20_000_u32, 0..40), 0..5),
            targets in prop::collection::vec(0..21_000_u32, 1..8),
        ) {
            let open = || {
                let scorer = |(docs, number): (&BTreeSet<u32>, u8)| -> Box<dyn Scorer> {
                    let docs: Vec<u32> = docs.iter().copied().collect();
                    let bits = Bits::filled(20_000, |words| {
                        put(&docs, words);
                        Ok(())
                    });
                    Box::new(ConstScorer::new(bits.unwrap(), f32::from(number)))
                };
                Sum::of(lists.iter().zip(1..).map(scorer).collect())
            };
            let mut expected: BTreeMap<u32, f32> = BTreeMap::new();
            for (docs, number) in lists.iter().zip(1_u8..) {
                docs.iter().for_each(|doc| *expected.entry(*doc).or_default() += f32::from(number));
            }
            let (mut sum, mut found) = (open(), Vec::new());
            each(&mut sum, &mut |doc, score| found.push((doc, score)));
            prop_assert_eq!(found, expected.iter().map(|(doc, score)| (*doc, *score)).collect::<Vec<_>>());
            prop_assert_eq!(sum.advance(), TERMINATED);
            let (mut sum, mut at) = (open(), 0);
            for target in targets {
                at = at.max(target);
                let next = expected.range(at..).next().map(|(doc, score)| (*doc, *score));
                let found = (sum.seek(at) != TERMINATED).then(|| (sum.doc(), sum.score()));
                prop_assert_eq!(found, next);
                at = sum.doc().min(30_000);
                if sum.doc() != TERMINATED && at % 2 == 0 {
                    let next = expected.range(at + 1..).next().map_or(TERMINATED, |(doc, _)| *doc);
                    prop_assert_eq!(sum.advance(), next);
                    at = next.min(30_000);
                }
            }
        }
    }
}
