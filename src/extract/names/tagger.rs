//! The trained recogniser: labels the words of a page by weights that were learnt from texts with marked names.
//!
//! It sees words and how they are printed, and knows no person or place. English only: pages in other languages have no
//! names here.
//!
//! Every page is labelled twice: the second time it is known how the same words were labelled elsewhere on it.

mod feature;
mod hash;
mod label;
mod learn;
mod lexicon;
mod look;
mod model;
mod path;

pub use learn::{Known, Lesson, learn};

use std::ops::Range;

use super::{Name, Recogniser};
use crate::{entity::EntityKind, error::Error, extract::page::Page, text::Language};

use feature::{PLAIN, Spot};
use label::{LABELS, Label};
use look::Look;
use model::Model;
use path::{Path, Scores};

/// Learnt from the texts that `data/README.md` lists.
pub(in crate::extract) const ENGLISH: &[u8] = include_bytes!("../../../data/names-en.model");

/// The rule of every name that is found here.
const RULE: &str = "tagger";

/// Names less sure than this are more often wrong than right, as measured on news that the model was not learnt from.
const LEAST: f32 = 0.6;

/// Finds names by a model.
#[derive(Debug, Clone)]
pub(in crate::extract) struct Tagger<'a> {
    model: Model<'a>,
}

impl<'a> Tagger<'a> {
    /// The tagger with the model in these bytes; an error when the program does not understand it.
    pub(in crate::extract) fn new(model: &'a [u8]) -> Result<Self, Error> {
        Ok(Self { model: Model::new(model)? })
    }

    /// The best labels of all words, and how much worse each word's next best label would have been, where there are names.
    fn labels(&self, page: &Page<'_>) -> (Vec<Label>, Vec<i32>) {
        let looks = look::looks(page, &self.model.lexicon);
        let mut scores: Vec<Scores> = (0..looks.len()).map(|at| self.score(&looks, at)).collect();
        let mut path = Path::default();
        let mut labels = Vec::with_capacity(looks.len());
        for words in look::sentences(page) {
            labels.extend(path.labels(scores.get(words).unwrap_or_default(), &self.model.steps));
        }
        let echoes = feature::echoes(&looks, &labels);
        for (at, score) in scores.iter_mut().enumerate() {
            self.model.add(&Spot { looks: &looks, at }.echoes(&echoes), PLAIN, score);
        }
        labels.clear();
        let mut margins = vec![0; looks.len()];
        for words in look::sentences(page) {
            let scores = scores.get(words.clone()).unwrap_or_default();
            let best = path.labels(scores, &self.model.steps);
            if best.iter().any(|label| label.named().is_some())
                && let Some(margins) = margins.get_mut(words)
            {
                margins.copy_from_slice(&path.margins(scores, &self.model.steps, &best));
            }
            labels.extend(best);
        }
        (labels, margins)
    }

    fn score(&self, looks: &[Look], at: usize) -> Scores {
        let mut scores = [0; LABELS];
        self.model.add(&Spot { looks, at }.plain(), 0, &mut scores);
        scores
    }

    /// 0.5 for a name that might as well be none, towards 1 for one that is far from anything else.
    fn confidence(&self, margins: &[i32]) -> f32 {
        let least = margins.iter().copied().min().unwrap_or_default().max(0) as f32;
        0.5 + 0.5 * least / (least + self.model.sure as f32)
    }
}

impl Recogniser for &Tagger<'_> {
    fn names(&self, page: &Page<'_>) -> Vec<Name> {
        if page.language != Language::ENGLISH {
            return Vec::new();
        }
        let (labels, margins) = self.labels(page);
        let name = |(words, kind): (Range<usize>, EntityKind)| {
            let confidence = self.confidence(margins.get(words.clone()).unwrap_or_default());
            Name { words, kind, confidence, rule: RULE }
        };
        label::names(&labels).map(name).filter(|name| name.confidence >= LEAST).collect()
    }
}

#[cfg(test)]
mod tests;
