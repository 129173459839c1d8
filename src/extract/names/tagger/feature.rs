//! What speaks for and against labels: hashed observations of a word and its neighbours.
//!
//! Training and tagging read the same ones here; a change makes the committed model useless until it is trained anew.

use super::{
    hash::mix,
    label::{LABELS, Label},
    look::{Case, Look, Style},
};

/// Features of a word that depend on the text alone.
pub(super) const PLAIN: usize = 44;
/// Features of a word that depend on how other places of the article were labelled.
pub(super) const ECHOES: usize = 4;
/// All features of a word; the number of a feature is its place among them.
pub(super) const FEATURES: usize = PLAIN + ECHOES;

/// How often each label was given to a word and its twins.
type Counts = [u16; LABELS];

/// A word in its place on the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'a> {
    /// All words of the page.
    pub(super) looks: &'a [Look],
    /// Which of them.
    pub(super) at: usize,
}

impl<'a> Spot<'a> {
    /// The features that depend on the text alone, by number.
    pub(super) fn plain(&self) -> [u64; PLAIN] {
        self.looks.get(self.at).map_or([0; PLAIN], |word| numbered(self.of_word(word), 0))
    }

    fn of_word(&self, word: &Look) -> [u64; PLAIN] {
        let (before, behind) = (self.neighbour(-1), self.neighbour(1));
        let (before2, behind2) = (self.neighbour(-2), self.neighbour(2));
        let lower = |look: Option<&Look>| look.map_or(0, |look| look.lower);
        let shape = |look: Option<&Look>| look.map_or(0, |look| look.shape);
        let flags = |look: Option<&Look>| look.map_or(255, |look| u64::from(look.lexicon));
        let (gap_before, gap) = (before.map_or(255, |look| u64::from(look.gap)), u64::from(word.gap));
        let place = mix(word.style as u64, u64::from(before.is_none()));
        let shaped = mix(word.shape, place);
        let lexicon = mix(u64::from(word.lexicon), word.case as u64);
        let (run, place_in_run) = self.run();
        let traces = traces(word);
        [
            1,
            word.exact,
            word.lower,
            mix(word.lower, shaped),
            lower(before),
            lower(behind),
            lower(before2),
            lower(behind2),
            mix(lower(before), word.lower),
            mix(word.lower, lower(behind)),
            mix(lower(before), lower(behind)),
            mix(lower(before2), lower(before)),
            mix(lower(behind), lower(behind2)),
            shaped,
            mix(shape(before), word.shape),
            mix(word.shape, shape(behind)),
            mix(mix(shape(before), word.shape), shape(behind)),
            mix(shape(before2), mix(shape(before), word.shape)),
            mix(word.shape, mix(shape(behind), shape(behind2))),
            word.heads[0],
            word.heads[1],
            word.heads[2],
            word.tails[0],
            word.tails[1],
            word.tails[2],
            mix(word.tails[1], shaped),
            mix(lower(before), shaped),
            mix(lower(behind), shaped),
            mix(lexicon, place),
            mix(flags(before), lexicon),
            mix(lexicon, flags(behind)),
            mix(mix(flags(before), lexicon), flags(behind)),
            mix(gap_before, mix(word.shape, 1)),
            mix(gap, mix(word.shape, 2)),
            mix(mix(gap_before, gap), mix(lexicon, place_in_run)),
            mix(traces, shaped),
            mix(traces, mix(lexicon, place)),
            mix(place_in_run, lexicon),
            mix(place_in_run, lower(run.last)),
            mix(place_in_run, lower(run.first)),
            mix(place_in_run, lower(run.before)),
            mix(place_in_run, lower(run.behind)),
            mix(u64::from(word.is_possessive), mix(place_in_run, word.case as u64)),
            mix(place_in_run, mix(run.last.map_or(0, |last| last.tails[1]), gap_before)),
        ]
    }

    /// The features that depend on how this word's and its neighbours' twins were labelled; 0 where nothing is known.
    pub(super) fn echoes(&self, echoes: &[Option<Echo>]) -> [u64; ECHOES] {
        let echo = |offset: isize| self.offset(offset).and_then(|at| *echoes.get(at)?);
        let word = self.looks.get(self.at);
        let case = word.map_or(0, |word| word.case as u64);
        let Some(here) = echo(0) else {
            let around = [0, 0, echo(-1).map_or(0, |e| mix(e.label, case)), echo(1).map_or(0, |e| mix(e.label, case))];
            return numbered(around, PLAIN);
        };
        let features = [
            mix(mix(here.kind, here.strength), case),
            mix(here.label, case),
            echo(-1).map_or(0, |before| mix(before.label, mix(here.label, case))),
            echo(1).map_or(0, |behind| mix(behind.label, mix(here.label, case))),
        ];
        numbered(features, PLAIN)
    }

    fn neighbour(&self, offset: isize) -> Option<&'a Look> {
        self.looks.get(self.offset(offset)?)
    }

    /// The word so many places on, if it stands in the same sentence.
    fn offset(&self, offset: isize) -> Option<usize> {
        let at = self.at.checked_add_signed(offset)?;
        let (start, end) = self.looks.get(self.at)?.sentence;
        (start as usize..end as usize).contains(&at).then_some(at)
    }

    /// The run of capitals around the word, and a number for the word's place in it.
    fn run(&self) -> (Run<'a>, u64) {
        let Some(word) = self.looks.get(self.at) else { return (Run::default(), 0) };
        let (start, end) = (word.run.0 as usize, word.run.1 as usize);
        if start == end || word.style != Style::Plain {
            return (Run::default(), 1000 + word.style as u64);
        }
        let within = |at: Option<usize>| {
            let at = at.filter(|at| (word.sentence.0 as usize..word.sentence.1 as usize).contains(at))?;
            self.looks.get(at)
        };
        let (left, right) = ((self.at - start).min(3), (end - 1 - self.at).min(3));
        let run = Run {
            before: within(start.checked_sub(1)),
            first: within(Some(start)),
            last: within(end.checked_sub(1)),
            behind: within(Some(end)),
        };
        (run, (left * 4 + right) as u64)
    }
}

/// The ends of a run of capitals.
#[derive(Default)]
struct Run<'a> {
    before: Option<&'a Look>,
    first: Option<&'a Look>,
    last: Option<&'a Look>,
    behind: Option<&'a Look>,
}

/// What the twins of a word were called.
#[derive(Debug, Clone, Copy)]
pub(super) struct Echo {
    label: u64,
    kind: u64,
    strength: u64,
}

/// What the twins of each word of a page were called, given the labels of all words; a word's own label does not count.
pub(super) fn echoes(looks: &[Look], labels: &[Label]) -> Vec<Option<Echo>> {
    let counts = counts(looks, labels);
    let echo = |(look, label): (&Look, &Label)| {
        let counts = counts.get(look.twin as usize).filter(|_| look.case != Case::None)?;
        echo(*counts, label.number())
    };
    looks.iter().zip(labels).map(echo).collect()
}

fn echo(mut counts: Counts, own: usize) -> Option<Echo> {
    counts[own] = counts[own].saturating_sub(1);
    let all: u32 = counts.iter().map(|count| u32::from(*count)).sum();
    let label = match () {
        () if all == 0 => return None,
        () if u32::from(counts[own]) == all => Label::all().nth(own)?,
        () => Label::all().zip(counts).max_by_key(|(label, count)| (*count, LABELS - label.number()))?.0,
    };
    let most = u32::from(counts[label.number()]);
    let share = if most == all { 2 } else { u64::from(2 * most > all) };
    let kind = label.named().map_or(label.number() as u64 + 100, |(kind, _)| kind as u64);
    Some(Echo { label: label.number() as u64, kind, strength: mix(share, u64::from(all.min(4))) })
}

/// How often each label was given to a word and its twins, by the first of the twins.
fn counts(looks: &[Look], labels: &[Label]) -> Vec<Counts> {
    let mut counts: Vec<Counts> = vec![[0; LABELS]; looks.len()];
    for (look, label) in looks.iter().zip(labels) {
        if let Some(of_twins) = counts.get_mut(look.twin as usize) {
            of_twins[label.number()] = of_twins[label.number()].saturating_add(1);
        }
    }
    counts
}

/// How the word's twins are printed, in a few steps.
fn traces(word: &Look) -> u64 {
    let step = |count: u16| u64::from(count.min(2));
    mix(step(word.traces.small), step(word.traces.capital))
}

/// Each feature with its number, so that equal observations of different kinds differ; 0 stays 0.
fn numbered<const N: usize>(features: [u64; N], first: usize) -> [u64; N] {
    let mut number = first as u64;
    features.map(|feature| {
        number += 1;
        if feature == 0 { 0 } else { mix(feature, number) }
    })
}
