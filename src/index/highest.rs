//! The matches with the highest scores, as they come: what may yet be among the asked number is kept, and what scores the same.
//!
//! It never says in which order they are shown.

use tantivy::{DocAddress, Score};

use super::matches::Matches;

/// Matches of which so many are wanted.
pub(super) struct Highest {
    wanted: usize,
    kept: Vec<(Score, DocAddress)>,
    /// How many are kept before the lowest are let go.
    room: usize,
    /// What an article must score to be kept.
    least: Score,
}

impl Highest {
    /// Of which so many are wanted.
    pub(super) fn of(wanted: usize) -> Self {
        Self { wanted, kept: Vec::new(), room: wanted.saturating_mul(4).max(64), least: 0.0 }
    }

    /// What an article must score more than to be kept.
    pub(super) fn threshold(&self) -> Score {
        if self.wanted == 0 { Score::INFINITY } else { self.least.next_down() }
    }

    /// Keeps an article if it may be among the highest; what is below zero counts as zero.
    #[inline]
    pub(super) fn offer(&mut self, address: DocAddress, score: Score) {
        if self.wanted > 0 && score.max(0.0) >= self.least {
            self.kept.push((score, address));
            if self.kept.len() >= self.room {
                self.let_go();
            }
        }
    }

    fn let_go(&mut self) {
        let (_, last, _) = self.kept.select_nth_unstable_by(self.wanted - 1, |a, b| b.0.total_cmp(&a.0));
        let least = last.0.max(0.0);
        self.kept.retain(|one| one.0.max(0.0) >= least);
        self.least = least;
        self.room = self.room.max(self.kept.len().saturating_mul(2));
    }

    /// Those kept, by segment.
    pub(super) fn matches(mut self, segments: usize) -> Matches {
        self.kept.sort_unstable_by_key(|one| one.1);
        let mut matches = Matches::none(segments);
        for (score, DocAddress { segment_ord, doc_id }) in self.kept {
            if let Some(segment) = matches.segments.get_mut(segment_ord as usize) {
                segment.docs.push(doc_id);
                segment.scores.push(score);
            }
        }
        matches
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn none_of_the_highest_is_let_go(scores in prop::collection::vec(-2_i8..30, 0..400), wanted in 0..40_usize) {
            let mut highest = Highest::of(wanted);
            for (score, doc) in scores.iter().zip(0..) {
                let (score, threshold) = (f32::from(*score), highest.threshold());
                // What is passed over for its threshold would not have been kept.
                let kept = highest.kept.len();
                highest.offer(DocAddress::new(doc % 3, doc), score);
                prop_assert!(score > threshold || score < 0.0 || highest.kept.len() == kept);
            }
            let kept = highest.matches(3);
            let mut sorted: Vec<i8> = scores.iter().map(|score| *score.max(&0)).collect();
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            let last = wanted.checked_sub(1).map(|last| sorted.get(last).copied().unwrap_or(0));
            for (score, doc) in scores.iter().zip(0..) {
                let must = last.is_some_and(|last| *score.max(&0) >= last);
                let is_kept = kept.segments[doc as usize % 3].docs.contains(&doc);
                prop_assert!(is_kept || !must, "{doc} scores {score}, the last {last:?}");
            }
        }
    }
}
