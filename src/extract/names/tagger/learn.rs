//! Learning: from texts with their names marked to the bytes of a model.
//!
//! A structured averaged perceptron (M. Collins, 2002) in whole numbers and a fixed order: the same lessons give the same
//! bytes everywhere. It reads no files; `xtask/train-names.rs` does.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, HashMap},
    ops::Range,
};

mod study;
mod weights;

use super::{
    feature::{self, FEATURES, Spot},
    hash,
    label::Label,
    lexicon::{self, Lexicon},
    model::{Contents, SLOTS, address},
    path::{Path, Scores},
};
use crate::{entity::EntityKind, text};
use study::Study;
use weights::{Row, Weights};

/// A text and the names in it.
#[derive(Debug, Clone, Default)]
pub struct Lesson {
    /// The text.
    pub text: String,
    /// The bytes of each name, ascending, none overlapping another, and its kind; none for names of another kind.
    pub names: Vec<(Range<usize>, Option<EntityKind>)>,
}

/// What is known of a word before any lesson.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// It is a given name.
    Given,
    /// It is a given name that many bear.
    FrequentGiven,
    /// It is a family name.
    Family,
    /// It is a family name that many bear.
    FrequentFamily,
}

/// Lines of the model, each of which weighs 64 bytes.
const LINES: usize = 40_000;
/// Features seen less often are left out.
const RARE: u32 = 2;
/// Rounds over the lessons to tag others, to choose features, and to weigh those chosen. More of them learn by heart.
const ROUNDS: [usize; 3] = [3, 5, 6];
/// Into how many parts the lessons are divided, so that each is tagged by what was learnt from the others.
const FOLDS: usize = 4;
/// The largest scale of a feature's weights.
const SCALE: f64 = 256.0;
/// The margin, in corrections of one weight, at which a name is as good as sure.
const SURE: f64 = 40.0;
const NO_FEATURE: u32 = u32::MAX;

/// The bytes of the model that these lessons make.
pub fn learn(lessons: &[Lesson], known: &[(Known, String)]) -> Vec<u8> {
    let lexicon = lexicon::write(&entries(known));
    let mut pupil = Pupil::new(lessons, &Lexicon::new(&lexicon));
    for fold in 0..FOLDS {
        let of_others = pupil.learnt(ROUNDS[0], |lesson| lesson % FOLDS != fold);
        pupil.echo_by(&of_others, |lesson| lesson % FOLDS == fold);
    }
    pupil.keep_strongest(&pupil.learnt(ROUNDS[1], |_| true));
    let weights = pupil.learnt(ROUNDS[2], |_| true);
    pupil.contents(&weights, lexicon).write()
}

fn entries(known: &[(Known, String)]) -> BTreeMap<u64, u8> {
    let mut entries = BTreeMap::new();
    for (known, name) in known {
        for word in text::fold_words(name) {
            *entries.entry(hash::of(word.as_bytes())).or_default() |= match known {
                Known::Given => lexicon::GIVEN,
                Known::FrequentGiven => lexicon::GIVEN | lexicon::FREQUENT,
                Known::Family => lexicon::FAMILY,
                Known::FrequentFamily => lexicon::FAMILY | lexicon::FREQUENT,
            };
        }
    }
    entries
}

/// A sentence to be labelled.
#[derive(Clone, Copy)]
struct Exercise<'a> {
    study: &'a Study,
    sentence: usize,
    heard: Heard,
}

/// What is known of a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Heard {
    /// The text, as in a first pass.
    Text,
    /// How the same words were labelled elsewhere, too.
    Echoes,
}

impl<'a> Exercise<'a> {
    fn words(self) -> Range<usize> {
        self.study.sentences[self.sentence].clone()
    }

    fn features(self, word: usize) -> impl Iterator<Item = &'a u32> {
        let echoes = self.study.echoes[word].iter().filter(move |_| self.heard == Heard::Echoes);
        self.study.plain[word].iter().chain(echoes)
    }

    fn scores(self, weights: &Weights) -> Vec<Scores> {
        self.words().map(|word| weights.scores(self.features(word))).collect()
    }

    /// Labels the sentence and learns from what was wrong.
    fn learn(self, weights: &mut Weights, path: &mut Path) {
        let found = path.labels(&self.scores(weights), &weights.steps());
        let right = &self.study.right[self.words()];
        if found != right {
            for (word, (right, found)) in self.words().zip(right.iter().zip(&found)).filter(|(_, (a, b))| a != b) {
                weights.correct(self.features(word), *right, *found);
            }
            weights.correct_steps(right, &found);
        }
        weights.clock += 1;
    }
}

/// All lessons, with their features by number.
struct Pupil {
    studies: Vec<Study>,
    features: Features,
}

/// The hashes of features, by number.
#[derive(Default)]
struct Features {
    hashes: Vec<u64>,
    numbers: HashMap<u64, u32>,
}

impl Features {
    fn number(&mut self, feature: u64) -> u32 {
        if feature == 0 {
            return NO_FEATURE;
        }
        let next = self.hashes.len() as u32;
        let number = *self.numbers.entry(feature).or_insert(next);
        if number == next {
            self.hashes.push(feature);
        }
        number
    }
}

impl Pupil {
    fn new(lessons: &[Lesson], lexicon: &Lexicon<'_>) -> Self {
        let mut studies: Vec<Study> = lessons.iter().map(|lesson| Study::of(lesson, lexicon)).collect();
        let mut counts: HashMap<u64, u32> = HashMap::new();
        for feature in studies.iter().flat_map(Study::spots).flat_map(|spot| spot.plain()) {
            *counts.entry(feature).or_default() += 1;
        }
        let is_rare = |feature: &u64| counts.get(feature).is_none_or(|count| *count < RARE);
        let mut features = Features::default();
        for study in &mut studies {
            let known = |feature: u64| if is_rare(&feature) { 0 } else { feature };
            let plain = study.spots().map(|spot| spot.plain().map(|feature| features.number(known(feature)))).collect();
            study.plain = plain;
        }
        Self { studies, features }
    }

    /// Weights after some rounds over the lessons chosen. Every other sentence is learnt with echoes, in the next round
    /// without, because the tagger uses the same weights in both passes.
    fn learnt(&self, rounds: usize, is_chosen: impl Fn(usize) -> bool) -> Weights {
        let mut weights = Weights::new(self.features.hashes.len());
        let chosen = self.studies.iter().enumerate().filter(|(lesson, _)| is_chosen(*lesson));
        let sentences = |study: &Study| 0..study.sentences.len();
        let mut order: Vec<(usize, usize)> =
            chosen.flat_map(|(lesson, study)| sentences(study).map(move |sentence| (lesson, sentence))).collect();
        let mut path = Path::default();
        for round in 0..rounds {
            shuffle(&mut order, round as u64);
            for (place, (lesson, sentence)) in order.iter().enumerate() {
                let heard = if (place + round) % 2 == 0 { Heard::Echoes } else { Heard::Text };
                let study = &self.studies[*lesson];
                Exercise { study, sentence: *sentence, heard }.learn(&mut weights, &mut path);
            }
        }
        weights
    }

    /// Labels the lessons chosen and notes, for each word, how its twins were labelled.
    fn echo_by(&mut self, weights: &Weights, is_chosen: impl Fn(usize) -> bool) {
        let weights = weights.averaged();
        let steps = weights.steps();
        let mut path = Path::default();
        let Self { studies, features } = self;
        for (_, study) in studies.iter_mut().enumerate().filter(|(lesson, _)| is_chosen(*lesson)) {
            let exercises = (0..study.sentences.len()).map(|sentence| Exercise { study, sentence, heard: Heard::Text });
            let labels: Vec<Label> =
                exercises.flat_map(|exercise| path.labels(&exercise.scores(&weights), &steps)).collect();
            let heard = feature::echoes(&study.looks, &labels);
            let echoes = |spot: Spot<'_>| spot.echoes(&heard).map(|feature| features.number(feature));
            study.echoes = study.spots().map(echoes).collect();
        }
    }

    /// Leaves only the strongest features of each line of the model.
    fn keep_strongest(&mut self, weights: &Weights) {
        let strength = |row: &Row| row.average(weights.clock).iter().map(|weight| weight.abs()).sum::<f64>();
        let hashes = &self.features.hashes;
        let strengths = weights.features.iter().map(|row| (strength(row) * SCALE) as u64);
        let mut ranked: Vec<(u64, usize)> = strengths.zip(0..).filter(|(strength, _)| *strength > 0).collect();
        ranked.sort_unstable_by_key(|(strength, feature)| (Reverse(*strength), hashes[*feature]));
        let mut taken: Vec<Vec<[u8; 2]>> = vec![Vec::new(); LINES];
        let mut is_kept = vec![false; hashes.len()];
        for (_, feature) in ranked {
            let (line, key) = address(hashes[feature], LINES);
            if taken[line].len() < SLOTS && !taken[line].contains(&key) {
                taken[line].push(key);
                is_kept[feature] = true;
            }
        }
        let keep = |feature: &mut u32| {
            if !is_kept.get(*feature as usize).is_some_and(|kept| *kept) {
                *feature = NO_FEATURE;
            }
        };
        for study in &mut self.studies {
            study.plain.iter_mut().flatten().for_each(keep);
            study.echoes.iter_mut().flatten().for_each(keep);
        }
    }

    /// Which kind of feature each is, by its place among a word's features; none for those no longer used.
    fn kinds(&self) -> Vec<Option<usize>> {
        let mut kinds = vec![None; self.features.hashes.len()];
        for study in &self.studies {
            for (plain, echoes) in study.plain.iter().zip(&study.echoes) {
                for (kind, feature) in plain.iter().chain(echoes).enumerate() {
                    if let Some(of_feature) = kinds.get_mut(*feature as usize) {
                        *of_feature = Some(kind);
                    }
                }
            }
        }
        kinds
    }

    /// The averaged weights in bytes, each kind of feature with the scale that makes its largest weight 127.
    fn contents(&self, weights: &Weights, lexicon: Vec<u8>) -> Contents {
        let average = |row: &Row| row.average(weights.clock);
        let used: Vec<(usize, usize)> =
            self.kinds().iter().zip(0..).filter_map(|(kind, feature)| kind.map(|kind| (kind, feature))).collect();
        let mut largest = [0_f64; FEATURES];
        for (kind, feature) in &used {
            let weights = average(&weights.features[*feature]);
            largest[*kind] = weights.iter().fold(largest[*kind], |largest, weight| largest.max(weight.abs()));
        }
        let unit = largest.iter().copied().fold(f64::MIN_POSITIVE, f64::max) / (127.0 * SCALE);
        let scales = largest.map(|largest| (largest / 127.0 / unit).ceil().max(1.0));
        let in_bytes = |(kind, feature): &(usize, usize)| {
            let scale = scales[*kind] * unit;
            let weights = average(&weights.features[*feature]);
            (self.features.hashes[*feature], weights.map(|weight| (weight / scale).round().clamp(-127.0, 127.0) as i8))
        };
        Contents {
            lines: LINES,
            lexicon,
            sure: (SURE / unit) as u32,
            scales: scales.map(|scale| scale as u16).to_vec(),
            steps: weights.steps.iter().map(|row| average(row).map(|weight| (weight / unit).round() as i32)).collect(),
            weights: used.iter().map(in_bytes).collect(),
        }
    }
}

/// Another order for each round, the same in each run (Fisher and Yates, by a linear congruential generator).
fn shuffle<T>(items: &mut [T], round: u64) {
    let mut state = round.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(1);
    for last in (1..items.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        items.swap(last, ((state >> 33) as usize) % (last + 1));
    }
}
