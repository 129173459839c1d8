//! Any of some queries: an article's score is the sum of theirs, the weightiest first.
//!
//! Where nothing is ranked the engine combines them, which knows how to. Where all are ranked they are gathered window by window,
//! list by list: asking each list again for each article would take longer than its scores. Where only the best are wanted,
//! articles that have none but the lightest of them are passed over as soon as these cannot reach the best (MaxScore, Turtle and
//! Flood 1995).

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError,
    query::{BooleanQuery, EnableScoring, Explanation, Occur, Query, Scorer, Weight},
};

use super::{
    text_query::{TextQuery, TextWeight},
    word::WordScorer,
};

/// Articles that are gathered at once.
const WINDOW: usize = 4096;

/// Some queries.
#[derive(Debug)]
pub(super) struct AnyOf(pub(super) Vec<Box<dyn Query>>);

impl AnyOf {
    /// Whether all are single words.
    pub(super) fn is_words(&self) -> bool {
        self.0.iter().all(|query| query.downcast_ref().is_some_and(|text: &TextQuery| !text.needs_positions()))
    }
}

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
        let weighed = |query: &dyn Query| match query.downcast_ref::<TextQuery>() {
            Some(text) => Ok(Weighed::Text(Box::new(text.ranked(scoring)?))),
            None => query.weight(scoring).map(Weighed::Other),
        };
        let all = self.0.iter().map(|query| weighed(query.as_ref()));
        let mut all: Vec<Weighed> = all.collect::<tantivy::Result<_>>()?;
        all.sort_by(|a, b| b.bound().total_cmp(&a.bound()));
        Ok(Box::new(AnyWeight(all)))
    }
}

/// One of the queries, with what it weighs.
enum Weighed {
    Text(Box<TextWeight>),
    Other(Box<dyn Weight>),
}

impl Weighed {
    fn weight(&self) -> &dyn Weight {
        match self {
            Self::Text(text) => text.as_ref(),
            Self::Other(other) => other.as_ref(),
        }
    }

    /// What no article's score exceeds.
    fn bound(&self) -> Score {
        match self {
            Self::Text(text) => text.bound(),
            Self::Other(_) => Score::INFINITY,
        }
    }

    fn part(&self, reader: &SegmentReader) -> tantivy::Result<Part> {
        if let Self::Text(text) = self
            && let Some(word) = text.word(reader, 1.0)?
        {
            return Ok(Part::Word(Box::new(word)));
        }
        self.weight().scorer(reader, 1.0).map(Part::Other)
    }
}

/// The weightiest first.
struct AnyWeight(Vec<Weighed>);

impl AnyWeight {
    fn sum(&self, reader: &SegmentReader) -> tantivy::Result<Sum> {
        let part = |weighed: &Weighed| Ok((weighed.part(reader)?, weighed.bound()));
        Ok(Sum(self.0.iter().map(part).collect::<tantivy::Result<_>>()?))
    }
}

impl Weight for AnyWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let scorers = self.0.iter().map(|weighed| weighed.weight().scorer(reader, boost));
        Ok(Box::new(AnyScorer::of(scorers.collect::<tantivy::Result<_>>()?)))
    }

    fn for_each(&self, reader: &SegmentReader, callback: &mut dyn FnMut(DocId, Score)) -> tantivy::Result<()> {
        self.sum(reader)?.above(Score::NEG_INFINITY, &mut |doc, score| {
            callback(doc, score);
            Score::NEG_INFINITY
        });
        Ok(())
    }

    fn for_each_pruning(
        &self,
        threshold: Score,
        reader: &SegmentReader,
        callback: &mut dyn FnMut(DocId, Score) -> Score,
    ) -> tantivy::Result<()> {
        self.sum(reader)?.above(threshold, callback);
        Ok(())
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        if scorer.seek(doc) != doc {
            return Err(TantivyError::InvalidArgument(format!("document {doc} does not match")));
        }
        Ok(Explanation::new("the sum of what any of them scores", scorer.score()))
    }
}

/// What is gathered: a word's articles, or any others.
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

    fn add(&mut self, window: &mut Window) {
        match self {
            Self::Word(word) => window.add(word.as_mut()),
            Self::Other(other) => window.add(other.as_mut()),
        }
    }

    fn add_there(&mut self, window: &mut Window) {
        match self {
            Self::Word(word) => window.add_there(word.as_mut()),
            Self::Other(other) => window.add_there(other.as_mut()),
        }
    }
}

/// All parts, the weightiest first, each with what no score of it exceeds.
struct Sum(Vec<(Part, Score)>);

impl Sum {
    /// Calls back with each article that scores more than a threshold, which the callback raises.
    fn above(&mut self, mut threshold: Score, callback: &mut dyn FnMut(DocId, Score) -> Score) {
        let mut window = Window::default();
        loop {
            let needed = self.needed(threshold);
            let (needed, others) = self.0.split_at_mut(needed);
            let Some(from) = needed.iter().map(|part| part.0.doc()).min().filter(|doc| *doc != TERMINATED) else {
                return;
            };
            window.from = from;
            needed.iter_mut().for_each(|part| part.0.add(&mut window));
            others.iter_mut().for_each(|part| part.0.add_there(&mut window));
            window.drain(|doc, score| {
                if score > threshold {
                    threshold = callback(doc, score);
                }
            });
        }
    }

    /// How many of the first parts there are of which an article must have one to score more than a threshold.
    fn needed(&self, threshold: Score) -> usize {
        let mut rest = 0.0;
        let light = self.0.iter().rev().take_while(|part| {
            rest += f64::from(part.1);
            rest <= f64::from(threshold)
        });
        self.0.len() - light.count()
    }
}

/// The scores of following articles.
struct Window {
    /// The first article.
    from: DocId,
    scores: Box<[Score; WINDOW]>,
    there: [u64; WINDOW / 64],
}

impl Default for Window {
    fn default() -> Self {
        Self { from: 0, scores: Box::new([0.0; WINDOW]), there: [0; WINDOW / 64] }
    }
}

impl Window {
    /// Adds what a scorer gives the articles of the window, and goes behind it.
    fn add(&mut self, scorer: &mut (impl Scorer + ?Sized)) {
        let mut doc = scorer.doc();
        while let Some(score) = self.scores.get_mut(doc.wrapping_sub(self.from) as usize) {
            let at = (doc - self.from) as usize;
            *score += scorer.score();
            self.there[at / 64] |= 1 << (at % 64);
            doc = scorer.advance();
        }
    }

    /// The same for those articles alone that are there already.
    fn add_there(&mut self, scorer: &mut (impl Scorer + ?Sized)) {
        for at in set(&self.there) {
            let doc = self.from + at as DocId;
            if scorer.doc() < doc {
                scorer.seek(doc);
            }
            if scorer.doc() == doc {
                self.scores[at] += scorer.score();
            }
        }
    }

    /// Calls back with what is there, and empties it.
    fn drain(&mut self, mut callback: impl FnMut(DocId, Score)) {
        for at in set(&self.there) {
            callback(self.from + at as DocId, std::mem::take(&mut self.scores[at]));
        }
        self.there.fill(0);
    }
}

/// The places of the bits that are set.
fn set(words: &[u64; WINDOW / 64]) -> impl Iterator<Item = usize> {
    words.iter().zip((0..).step_by(64)).flat_map(|(word, from)| {
        let mut rest = *word;
        std::iter::from_fn(move || {
            let at = (rest != 0).then(|| from + rest.trailing_zeros() as usize);
            rest &= rest.wrapping_sub(1);
            at
        })
    })
}

/// The same sums, article by article: for those who ask for some of them only.
struct AnyScorer {
    all: Vec<Box<dyn Scorer>>,
    doc: DocId,
}

impl AnyScorer {
    fn of(all: Vec<Box<dyn Scorer>>) -> Self {
        let mut any = Self { all, doc: 0 };
        any.settle();
        any
    }

    fn settle(&mut self) -> DocId {
        self.doc = self.all.iter().map(|one| one.doc()).min().unwrap_or(TERMINATED);
        self.doc
    }
}

impl DocSet for AnyScorer {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED { TERMINATED } else { self.seek(self.doc + 1) }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for one in self.all.iter_mut().filter(|one| one.doc() < target) {
            if one.doc() + 1 == target {
                one.advance()
            } else {
                one.seek(target)
            };
        }
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.all.iter().map(|one| one.size_hint()).fold(0, u32::saturating_add)
    }
}

impl Scorer for AnyScorer {
    fn score(&mut self) -> Score {
        let here = self.all.iter_mut().filter(|one| one.doc() == self.doc);
        here.map(|one| one.score()).fold(0.0, |sum, score| sum + score)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use proptest::prelude::*;
    use tantivy::query::ConstScorer;

    use super::*;
    use crate::index::{
        bits::{Bits, put},
        text_query::each,
    };

    type Lists = Vec<BTreeSet<u32>>;

    fn lists() -> impl Strategy<Value = Lists> {
        prop::collection::vec(prop::collection::btree_set(0..20_000_u32, 0..40), 0..5)
    }

    /// What each list scores, the weightiest first.
    fn numbers(lists: &Lists) -> impl Iterator<Item = f32> {
        (1_u8..=lists.len() as u8).rev().map(f32::from)
    }

    fn expected(lists: &Lists) -> BTreeMap<u32, f32> {
        let mut expected = BTreeMap::new();
        for (docs, number) in lists.iter().zip(numbers(lists)) {
            docs.iter().for_each(|doc| *expected.entry(*doc).or_default() += number);
        }
        expected
    }

    fn scorer(docs: &BTreeSet<u32>, score: f32) -> Box<dyn Scorer> {
        let docs: Vec<u32> = docs.iter().copied().collect();
        let bits = Bits::filled(20_000, |words| {
            put(&docs, words);
            Ok(())
        });
        Box::new(ConstScorer::new(bits.unwrap(), score))
    }

    proptest! {
        #[test]
        fn scores_are_summed(lists in lists(), threshold in -1.0..9.0_f32) {
            let all: Vec<(u32, f32)> = expected(&lists).into_iter().collect();
            let sum = || {
                let part = |(docs, number)| (Part::Other(scorer(docs, number)), number);
                Sum(lists.iter().zip(numbers(&lists)).map(part).collect())
            };
            for threshold in [f32::NEG_INFINITY, threshold] {
                let mut found = Vec::new();
                sum().above(threshold, &mut |doc, score| {
                    found.push((doc, score));
                    threshold
                });
                prop_assert_eq!(found, all.iter().copied().filter(|one| one.1 > threshold).collect::<Vec<_>>());
            }
            // A threshold that rises leaves out nothing that is above its last state.
            let (mut found, mut threshold) = (Vec::new(), 0.0);
            sum().above(threshold, &mut |doc, score| {
                found.push((doc, score));
                threshold = f32::max(threshold, score - 1.0);
                threshold
            });
            found.retain(|one| one.1 > threshold);
            prop_assert_eq!(found, all.iter().copied().filter(|one| one.1 > threshold).collect::<Vec<_>>());
        }

        #[test]
        fn scores_are_summed_article_by_article(
            lists in lists(),
            targets in prop::collection::vec(0..21_000_u32, 1..8),
        ) {
            let expected = expected(&lists);
            let all: Vec<(u32, f32)> = expected.iter().map(|(doc, score)| (*doc, *score)).collect();
            let scorers = || lists.iter().zip(numbers(&lists)).map(|(docs, number)| scorer(docs, number));
            let open = || AnyScorer::of(scorers().collect());
            let (mut any, mut found) = (open(), Vec::new());
            each(&mut any, &mut |doc, score| found.push((doc, score)));
            prop_assert_eq!(found, all);
            prop_assert_eq!(any.advance(), TERMINATED);
            let (mut any, mut at) = (open(), 0);
            for target in targets {
                at = at.max(target);
                let next = expected.range(at..).next().map(|(doc, score)| (*doc, *score));
                let found = (any.seek(at) != TERMINATED).then(|| (any.doc(), any.score()));
                prop_assert_eq!(found, next);
            }
        }
    }
}
