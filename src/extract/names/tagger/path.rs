//! The best sequence of labels for a sentence (Viterbi), and how far the next best is from it.
//!
//! It adds scores that others have made; what it returns is always a legal sequence.

use super::label::{LABELS, Label};

/// A score for each label of a word.
pub(super) type Scores = [i32; LABELS];

/// So little that no real score makes up for it. Sums are kept relative to the best one at each word, so that sentences of
/// any length stay within 32 bits.
const NEVER: i32 = -(1 << 29);

/// Scores as they are summed up: two lanes more than labels, which no label ever has, fill the processor's registers.
type Lanes = [i32; 16];

/// Scores for one label behind another.
#[derive(Debug, Clone)]
pub(super) struct Steps {
    /// For the first word of a sentence.
    first: Lanes,
    /// `step[before][label]`.
    step: [Lanes; LABELS],
}

impl Steps {
    /// Steps with these scores; what is illegal stays so. `None` is the start of a sentence.
    pub(super) fn new(score: impl Fn(Option<Label>, Label) -> i32) -> Self {
        let row = |before: Option<Label>| {
            let mut row = [NEVER; _];
            let legal = Label::all().filter(|label| label.may_follow(before.unwrap_or(Label::OUTSIDE)));
            legal.for_each(|label| row[label.number()] = score(before, label));
            row
        };
        let mut step = [[NEVER; _]; LABELS];
        Label::all().for_each(|before| step[before.number()] = row(Some(before)));
        Self { first: row(None), step }
    }
}

/// Finds best sequences; keeps its memory from one sentence to the next.
#[derive(Debug, Default)]
pub(super) struct Path {
    /// The best score of all sequences up to a word, by its label.
    up_to: Vec<Lanes>,
}

impl Path {
    /// The best labels for words with these scores; the first of equals by number.
    pub(super) fn labels(&mut self, scores: &[Scores], steps: &Steps) -> Vec<Label> {
        self.forward(scores, steps);
        let mut labels = vec![Label::OUTSIDE; scores.len()];
        let mut behind: Option<Label> = None;
        for (label, up_to) in labels.iter_mut().zip(&self.up_to).rev() {
            let onward = |before: Label| match behind {
                Some(behind) => steps.step[before.number()][behind.number()],
                None => ending(before),
            };
            *label = best(|label| up_to[label.number()] + onward(label));
            behind = Some(*label);
        }
        labels
    }

    /// For each word, how much worse the best sequence is that labels it otherwise; `labels` are the best ones, which
    /// `labels` has found last.
    pub(super) fn margins(&self, scores: &[Scores], steps: &Steps, labels: &[Label]) -> Vec<i32> {
        let mut margins = vec![0; labels.len()];
        let mut onward: Lanes = [NEVER; _];
        Label::all().for_each(|label| onward[label.number()] = ending(label));
        for (at, margin) in margins.iter_mut().enumerate().rev() {
            let (Some(up_to), Some(score), Some(label)) = (self.up_to.get(at), scores.get(at), labels.get(at)) else {
                continue;
            };
            let whole = |label: Label| up_to[label.number()] + onward[label.number()];
            let others = Label::all().filter(|other| other != label).map(whole).max().unwrap_or(NEVER);
            *margin = whole(*label) - others;
            onward = backward(&onward, score, steps);
        }
        margins
    }

    fn forward(&mut self, scores: &[Scores], steps: &Steps) {
        self.up_to.clear();
        let mut before: Option<Lanes> = None;
        for score in scores {
            let mut here = match before {
                None => steps.first,
                Some(before) => {
                    let mut here = [2 * NEVER; _];
                    for (before, step) in before.iter().zip(&steps.step) {
                        for (here, step) in here.iter_mut().zip(step) {
                            *here = (*here).max(before + *step);
                        }
                    }
                    here
                }
            };
            here.iter_mut().zip(score).for_each(|(here, score)| *here += *score);
            let here = relative(here);
            self.up_to.push(here);
            before = Some(here);
        }
    }
}

/// The best score of all that stands behind a word, by the label before it, given that of what stands behind the next.
fn backward(onward: &Lanes, score: &Scores, steps: &Steps) -> Lanes {
    let mut behind = *onward;
    behind.iter_mut().zip(score).for_each(|(behind, score)| *behind += *score);
    let mut here = [2 * NEVER; _];
    for (here, step) in here.iter_mut().zip(&steps.step) {
        *here = step.iter().zip(behind).fold(*here, |most, (step, behind)| most.max(step + behind));
    }
    relative(here)
}

/// The same scores with the best of them at 0, none below `NEVER`.
fn relative(scores: Lanes) -> Lanes {
    let best = scores.iter().copied().max().unwrap_or_default();
    scores.map(|score| (score - best).max(NEVER))
}

/// A sentence does not end within a name.
fn ending(label: Label) -> i32 {
    if label.is_open() { NEVER } else { 0 }
}

/// The first of the labels with the highest score.
fn best(score: impl Fn(Label) -> i32) -> Label {
    let better = |best: (Label, i32), label: Label| {
        let score = score(label);
        if score > best.1 { (label, score) } else { best }
    };
    Label::all().fold((Label::OUTSIDE, i32::MIN), better).0
}
