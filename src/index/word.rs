//! A word's articles, all its forms together, with what each of them scores: read block by block.
//!
//! It scores, and it tells what cannot be among the best without scoring it. It never looks at positions.

use tantivy::{
    DocId, DocSet, Score, SegmentReader, TERMINATED, postings::BlockSegmentPostings, query::Scorer,
    schema::IndexRecordOption,
};

use super::{similarity::Scoring, terms::Terms};

/// Articles of which the forms of a word are gathered at once; with many forms more, since each window asks every list.
const WINDOW: usize = 4096;
const FOR_EACH_LIST: usize = 8;

/// A word in a segment, with a cursor over its articles.
pub(super) struct WordScorer {
    run: Run,
    at: usize,
    scoring: Scoring,
}

impl WordScorer {
    /// The word of these terms. With several lists, `seek` reads all that it passes.
    pub(super) fn open(reader: &SegmentReader, terms: &Terms, scoring: Scoring) -> tantivy::Result<Self> {
        let (places, inverted) = (terms.places(reader)?, terms.inverted(reader)?);
        let list = |info| inverted.read_block_postings_from_terminfo(info, IndexRecordOption::WithFreqs);
        let run = match &*places {
            [only] => Run::One(list(&only.info)?),
            several => {
                let lists: std::io::Result<_> = several.iter().map(|place| Ok((list(&place.info)?, 0))).collect();
                Run::Several(Gathered::of(lists?))
            }
        };
        Ok(Self { run, at: 0, scoring })
    }

    /// Calls back with each article that scores more than a threshold, which the callback raises.
    pub(super) fn above(&mut self, mut threshold: Score, callback: &mut dyn FnMut(DocId, Score) -> Score) {
        let mut bar = self.scoring.bar(threshold);
        while self.doc() != TERMINATED {
            let (docs, frequencies) = self.run.read();
            for (doc, frequency) in docs.iter().zip(frequencies) {
                let Some(score) = self.scoring.above((*doc, *frequency), bar) else { continue };
                if score > threshold {
                    threshold = callback(*doc, score);
                    bar = self.scoring.bar(threshold);
                }
            }
            self.run.advance();
            self.at = 0;
        }
    }
}

impl DocSet for WordScorer {
    #[inline]
    fn advance(&mut self) -> DocId {
        self.at += 1;
        if self.at >= self.run.read().0.len() {
            self.run.advance();
            self.at = 0;
        }
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let doc = self.doc();
        if doc >= target {
            return doc;
        }
        if self.advance() < target {
            self.at = self.run.seek(self.at, target);
        }
        self.doc()
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.run.read().0.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        match &self.run {
            Run::One(list) => list.doc_freq(),
            Run::Several(several) => several.lists.iter().map(|list| list.0.doc_freq()).fold(0, u32::saturating_add),
        }
    }
}

impl Scorer for WordScorer {
    #[inline]
    fn score(&mut self) -> Score {
        let (docs, frequencies) = self.run.read();
        let here = docs.get(self.at).zip(frequencies.get(self.at));
        here.map_or(0.0, |(doc, frequency)| self.scoring.score(*doc, *frequency))
    }
}

/// Some following articles, ascending, and how often the word stands in each; none behind the last.
#[allow(clippy::large_enum_variant, reason = "one more box on the way to each article")]
enum Run {
    One(BlockSegmentPostings),
    Several(Gathered),
}

impl Run {
    #[inline]
    fn read(&self) -> (&[DocId], &[u32]) {
        match self {
            Self::One(list) => (list.docs(), list.freqs()),
            Self::Several(several) => (&several.docs, &several.frequencies),
        }
    }

    fn advance(&mut self) {
        match self {
            Self::One(list) => list.advance(),
            Self::Several(several) => several.gather(),
        }
    }

    /// Goes to the articles among which the first one from `target` on is, and says where, looking from `at` on.
    fn seek(&mut self, at: usize, target: DocId) -> usize {
        match self {
            Self::One(list) => list.seek(target),
            Self::Several(several) => {
                let mut from = at;
                while several.docs.last().is_some_and(|last| *last < target) {
                    several.gather();
                    from = 0;
                }
                from + several.docs.get(from..).map_or(0, |rest| rest.partition_point(|doc| *doc < target))
            }
        }
    }
}

/// The articles of several lists, window by window.
struct Gathered {
    /// Each with the first article that is not gathered yet.
    lists: Vec<(BlockSegmentPostings, usize)>,
    docs: Vec<DocId>,
    frequencies: Vec<u32>,
    /// By the place in the window: 0 where the word is not.
    window: Vec<u32>,
}

impl Gathered {
    fn of(lists: Vec<(BlockSegmentPostings, usize)>) -> Self {
        let window = vec![0; WINDOW.max(FOR_EACH_LIST * lists.len()).next_multiple_of(64)];
        let mut gathered = Self { lists, docs: Vec::new(), frequencies: Vec::new(), window };
        gathered.gather();
        gathered
    }

    fn gather(&mut self) {
        self.docs.clear();
        self.frequencies.clear();
        let next = |list: &(BlockSegmentPostings, usize)| list.0.docs().get(list.1).copied();
        let Some(from) = self.lists.iter().filter_map(next).min() else { return };
        let mut there = vec![0_u64; self.window.len() / 64];
        for list in &mut self.lists {
            put(list, (from, &mut self.window, &mut there));
        }
        for (word, at) in there.into_iter().zip((0_usize..).step_by(64)) {
            let mut rest = word;
            while rest != 0 {
                let at = at + rest.trailing_zeros() as usize;
                self.docs.push(from + at as DocId);
                self.frequencies.push(std::mem::take(&mut self.window[at]));
                rest &= rest - 1;
            }
        }
    }
}

/// Puts what of a list lies in a window that begins with `from` into it, and goes behind it.
fn put((list, read): &mut (BlockSegmentPostings, usize), (from, window, there): (DocId, &mut [u32], &mut [u64])) {
    loop {
        let rest = list.docs().iter().zip(list.freqs()).skip(*read);
        for (doc, frequency) in rest {
            let at = doc.wrapping_sub(from) as usize;
            let Some(counted) = window.get_mut(at) else { return };
            *counted += frequency;
            there[at / 64] |= 1 << (at % 64);
            *read += 1;
        }
        list.advance();
        *read = 0;
        if list.docs().is_empty() {
            return;
        }
    }
}
