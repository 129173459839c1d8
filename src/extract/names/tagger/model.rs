//! The model file: weights of features, steps between labels, the lexicon.
//!
//! Bytes are used as they lie in the program; only the header is looked at before somebody asks for a weight.
//!
//! ```text
//! 0    16  magic, with the version of format and features
//! 16    4  lines of weights, little-endian as all numbers
//! 20    4  bytes of the lexicon
//! 24    4  the margin at which a name is as good as sure, in units of score
//! 28    4  nothing
//! 32       scale of each feature's weights, 2 bytes each
//!          scores of steps, 4 bytes each: 14 for the first word, then 14 rows of 14
//!          lexicon
//!          lines of 64 bytes: four slots of 14 weights of one byte and two bytes that recognise the feature
//! ```

use super::{
    feature::FEATURES,
    hash,
    label::{LABELS, Label},
    lexicon::Lexicon,
    path::{Scores, Steps},
};
use crate::error::{Error, ErrorKind};

/// Names the format and the features: a model of another kind is refused.
const MAGIC: &[u8; 16] = b"morgue names  1\n";
const HEADER: usize = 32;
const SCALES: usize = 2 * FEATURES;
const STEPS: usize = 4 * LABELS * (LABELS + 1);
const SLOT: usize = LABELS + 2;
/// Slots that a feature may stand in.
pub(super) const SLOTS: usize = 4;
const LINE: usize = SLOT * SLOTS;
/// With larger ones a weight times its scale would need more than 16 bits, and adding them up twice the time.
const LARGEST_SCALE: u16 = 256;

/// A model, in bytes.
#[derive(Debug, Clone)]
pub(super) struct Model<'a> {
    /// Which words are parts of names.
    pub(super) lexicon: Lexicon<'a>,
    /// Scores of one label behind another.
    pub(super) steps: Steps,
    /// The margin at which a name is as good as sure.
    pub(super) sure: i32,
    scales: [i16; FEATURES],
    lines: &'a [[[u8; SLOT]; SLOTS]],
}

impl<'a> Model<'a> {
    /// The model in these bytes; an error when they are no model of this version.
    pub(super) fn new(bytes: &'a [u8]) -> Result<Self, Error> {
        Self::read(bytes).ok_or_else(|| {
            Error::new(ErrorKind::Damaged, "the model of names does not fit this program")
                .hint("build the program anew from unchanged sources, or train the model: see data/README.md")
        })
    }

    fn read(bytes: &'a [u8]) -> Option<Self> {
        let (header, bytes) = bytes.split_at_checked(HEADER)?;
        let number = |at: usize| header.get(at..)?.first_chunk().copied().map(u32::from_le_bytes);
        let (lines, lexicon) = (number(16)? as usize, number(20)? as usize);
        let (scales, bytes) = bytes.split_at_checked(SCALES)?;
        let (steps, bytes) = bytes.split_at_checked(STEPS)?;
        let (lexicon, bytes) = bytes.split_at_checked(lexicon)?;
        let fits = header.starts_with(MAGIC) && lines > 0 && Some(bytes.len()) == lines.checked_mul(LINE);
        fits.then_some(())?;
        let mut by_feature = [0; FEATURES];
        for (scale, two) in by_feature.iter_mut().zip(scales.as_chunks::<2>().0) {
            let bytes = Some(u16::from_le_bytes(*two)).filter(|scale| *scale <= LARGEST_SCALE)?;
            *scale = bytes.cast_signed();
        }
        let scores = steps.as_chunks::<4>().0;
        let score = |row: usize, label: Label| scores.get(row * LABELS + label.number()).copied();
        let score = |before: Option<Label>, label: Label| {
            score(before.map_or(0, |before| before.number() + 1), label).map_or(0, i32::from_le_bytes)
        };
        Some(Self {
            lexicon: Lexicon::new(lexicon),
            steps: Steps::new(score),
            sure: i32::try_from(number(24)?).ok()?.max(1),
            scales: by_feature,
            lines: bytes.as_chunks::<SLOT>().0.as_chunks::<SLOTS>().0,
        })
    }

    /// Adds the weights of some features, the first of which has this number; 0 is no feature.
    ///
    /// Nothing here branches on what is found: half of the features are unknown, and a guess of the processor that was
    /// wrong would cost more than adding sixteen zeros.
    pub(super) fn add(&self, features: &[u64], first: usize, scores: &mut Scores) {
        let mut sums = [0_i32; SLOT];
        for (feature, scale) in features.iter().zip(self.scales.iter().skip(first)) {
            let (line, key) = address(*feature, self.lines.len());
            let Some(line) = self.lines.get(line) else { continue };
            let (mut at, mut is_known) = (0, false);
            for (number, slot) in line.iter().enumerate() {
                let is_this = [slot[LABELS], slot[LABELS + 1]] == key;
                at |= number * usize::from(is_this);
                is_known |= is_this;
            }
            let scale = scale * i16::from(is_known & (*feature != 0));
            let weights = line[at % SLOTS].map(|weight| i16::from(weight.cast_signed()));
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += i32::from(weight * scale));
        }
        scores.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum);
    }
}

/// The line of a feature, and what recognises it there; an empty slot has 0.
pub(super) fn address(feature: u64, lines: usize) -> (usize, [u8; 2]) {
    let key = (feature as u16).max(1);
    (hash::place(feature, lines), key.to_le_bytes())
}

/// All that a model holds, before it is written.
#[derive(Debug, Default)]
pub(super) struct Contents {
    /// Lines of weights.
    pub(super) lines: usize,
    /// The lexicon's bytes.
    pub(super) lexicon: Vec<u8>,
    /// The margin at which a name is as good as sure.
    pub(super) sure: u32,
    /// Of each feature, by number.
    pub(super) scales: Vec<u16>,
    /// For the first word, then for each label before.
    pub(super) steps: Vec<[i32; LABELS]>,
    /// Features with their weights; at most `SLOTS` with the same line, no two with the same address.
    pub(super) weights: Vec<(u64, [i8; LABELS])>,
}

impl Contents {
    /// The bytes of the model.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        [self.lines as u32, self.lexicon.len() as u32, self.sure, 0]
            .iter()
            .for_each(|number| bytes.extend(number.to_le_bytes()));
        self.scales.iter().for_each(|scale| bytes.extend(scale.to_le_bytes()));
        self.steps.iter().flatten().for_each(|score| bytes.extend(score.to_le_bytes()));
        bytes.extend(&self.lexicon);
        let mut lines = vec![0; self.lines * LINE];
        for (feature, weights) in &self.weights {
            let (line, key) = address(*feature, self.lines);
            let slots = lines.get_mut(line * LINE..).unwrap_or_default().as_chunks_mut::<SLOT>().0;
            if let Some(slot) = slots.iter_mut().take(SLOTS).find(|slot| slot.ends_with(&[0, 0])) {
                let (front, back) = slot.split_at_mut(LABELS);
                front.copy_from_slice(&weights.map(i8::cast_unsigned));
                back.copy_from_slice(&key);
            }
        }
        bytes.extend(lines);
        bytes
    }
}
