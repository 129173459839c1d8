//! Weights while they are learnt: whole numbers, and what their average over all moments needs.
//!
//! It counts; which labels are right is told.

use crate::extract::names::tagger::{
    label::{LABELS, Label},
    path::{Scores, Steps},
};

/// Averaged weights are whole numbers again after this factor.
const AVERAGED: f64 = 1024.0;

/// The weights of all features, by number, and of all steps.
pub(super) struct Weights {
    pub(super) features: Vec<Row>,
    /// For the first word of a sentence, then for each label before.
    pub(super) steps: [Row; LABELS + 1],
    /// How many sentences were seen.
    pub(super) clock: i64,
}

/// A weight for each label.
#[derive(Clone, Default)]
pub(super) struct Row {
    now: [i32; LABELS],
    /// Every change times the moment it came at.
    late: [i64; LABELS],
}

impl Row {
    /// The average over all moments up to `clock`, which is at least 1.
    pub(super) fn average(&self, clock: i64) -> [f64; LABELS] {
        let sum = |label: usize| i64::from(self.now[label]) * clock - self.late[label];
        std::array::from_fn(|label| sum(label) as f64 / clock as f64)
    }

    fn change(&mut self, label: Label, by: i32, clock: i64) {
        self.now[label.number()] += by;
        self.late[label.number()] += i64::from(by) * clock;
    }

    fn averaged(&self, clock: i64) -> Self {
        let now = self.average(clock).map(|weight| (weight * AVERAGED).round() as i32);
        Self { now, late: [0; LABELS] }
    }
}

impl Weights {
    /// Weights of 0.
    pub(super) fn new(features: usize) -> Self {
        Self { features: vec![Row::default(); features], steps: std::array::from_fn(|_| Row::default()), clock: 1 }
    }

    /// The averages as weights.
    pub(super) fn averaged(&self) -> Self {
        Self {
            features: self.features.iter().map(|row| row.averaged(self.clock)).collect(),
            steps: std::array::from_fn(|at| self.steps[at].averaged(self.clock)),
            clock: 1,
        }
    }

    /// The steps of this moment.
    pub(super) fn steps(&self) -> Steps {
        Steps::new(|before, label| self.steps[step(before)].now[label.number()])
    }

    /// The scores of a word with these features; numbers without a weight do not count.
    pub(super) fn scores<'a>(&self, features: impl Iterator<Item = &'a u32>) -> Scores {
        let mut scores = [0; LABELS];
        for row in features.filter_map(|feature| self.features.get(*feature as usize)) {
            scores.iter_mut().zip(row.now).for_each(|(score, weight)| *score += weight);
        }
        scores
    }

    /// Moves the weights of a word's features from the label found to the right one.
    pub(super) fn correct<'a>(&mut self, features: impl Iterator<Item = &'a u32>, right: Label, found: Label) {
        for feature in features {
            if let Some(row) = self.features.get_mut(*feature as usize) {
                row.change(right, 1, self.clock);
                row.change(found, -1, self.clock);
            }
        }
    }

    /// Moves the weights of a sentence's steps from those found to the right ones.
    pub(super) fn correct_steps(&mut self, right: &[Label], found: &[Label]) {
        for (labels, by) in [(right, 1), (found, -1)] {
            let mut before = None;
            for label in labels {
                self.steps[step(before)].change(*label, by, self.clock);
                before = Some(*label);
            }
        }
    }
}

fn step(before: Option<Label>) -> usize {
    before.map_or(0, |before| before.number() + 1)
}
