//! Analysis without an engine: from a text to words, forms, stems, sentences and paragraphs.
//!
//! The first noun: it knows no other. It never reads files and never decides what is searched.

use std::ops::Range;

pub mod language;
pub mod token;

mod fold;
mod function_word;
mod sentence;
mod stem;

pub use fold::fold;
pub use function_word::is_function_word;
pub use language::{Language, detect};
pub use stem::stem_of;
pub use token::{Form, FormKind, Tokens, Word, fold_words, tokenise, tokenise_query};

use sentence::{Break, Layout, Reader};
use token::{Acronyms, Hyphens, Rules, Start, scan};

/// Difference of positions between the last word of a part and the first of the next.
pub const PART_GAP: u32 = 1000;

/// Names the rules by which text is analysed. It changes whenever any output changes; an index built under another
/// fingerprint must be built anew.
pub const FINGERPRINT: &str = "text-1 frostem-2.20261016.1";

/// Turns texts into words with stems. One for each thread: it remembers stems.
#[derive(Debug)]
pub struct Analyzer {
    memo: stem::Memo,
}

/// What an `Analyzer` says of a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Analysis {
    /// The words of all parts, in order. Positions are absolute: the first word of a part stands `PART_GAP` behind the
    /// last one before it.
    pub tokens: Tokens,
    /// The first word of each sentence, as an index into `tokens.words()`; strictly ascending.
    pub sentences: Vec<u32>,
    /// The first word of each paragraph, likewise; each begins a sentence too.
    pub paragraphs: Vec<u32>,
    /// The first word of each part, likewise; for a part without words, that of the next one, or the number of words.
    pub part_starts: Vec<u32>,
    stem_text: String,
    stems: Vec<StemSlice>,
}

/// A stem as bytes of the stem text; empty for a form that has none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct StemSlice {
    start: u32,
    len: u16,
}

impl Analyzer {
    /// A new one, which remembers nothing yet.
    pub fn new() -> Self {
        Self { memo: stem::Memo::new() }
    }

    /// Analyses the given parts (bytes of `text`, in order) of a text below 4 GiB.
    ///
    /// A part that does not lie on the text's characters has no words.
    pub fn analyse(&mut self, text: &str, parts: &[Range<usize>], language: Language) -> Analysis {
        let bytes = parts.iter().map(|part| part.len().min(text.len())).sum();
        let mut analysis = Analysis { tokens: Tokens::with_room_for(bytes), ..Analysis::default() };
        for part in parts {
            analysis.add_part(text, part.clone(), language);
        }
        self.stem(&mut analysis, language);
        analysis
    }

    /// As `analyse`, the whole text as one part.
    pub fn analyse_whole(&mut self, text: &str, language: Language) -> Analysis {
        self.analyse(text, std::slice::from_ref(&(0..text.len())), language)
    }

    fn stem(&mut self, analysis: &mut Analysis, language: Language) {
        self.memo.turn_to(language);
        let Analysis { tokens, stem_text, stems, .. } = analysis;
        stem_text.reserve(tokens.form_bytes() + 4 * tokens.form_count());
        stems.reserve(tokens.form_count());
        for word in tokens.words() {
            // Congress's is found as congress is; congresss would have a stem of its own.
            let mut base = tokens.possessive_base(word);
            for form in tokens.forms(word) {
                let start = stem_text.len();
                if form.kind != FormKind::Acronym {
                    self.memo.push_stem(base.take().unwrap_or(form.text), stem_text);
                }
                stems.push(StemSlice { start: start as u32, len: (stem_text.len() - start) as u16 });
            }
        }
    }
}

impl Default for Analyzer {
    fn default() -> Self {
        Self::new()
    }
}

impl Analysis {
    /// The words.
    pub fn words(&self) -> &[Word] {
        self.tokens.words()
    }

    /// Every form of `word` with its tagged stem (`en:hous`), `Joined` first; acronyms have none.
    ///
    /// The stem of a printed possessive is that of its base: `en:congress` for Congress's.
    pub fn forms(&self, word: &Word) -> impl Iterator<Item = (Form<'_>, Option<&str>)> {
        self.tokens.forms(word).zip(word.form_indices()).map(|(form, index)| (form, self.stem_at(index)))
    }

    /// The tagged stem of the whole word.
    pub fn stem(&self, word: &Word) -> &str {
        self.stem_at(word.form_indices().start).unwrap_or("")
    }

    /// Calls `f` with each form of each word in order, and its tagged stem.
    pub fn each(&self, mut f: impl FnMut(&Word, Form<'_>, Option<&str>)) {
        for word in self.words() {
            for (form, stem) in self.forms(word) {
                f(word, form, stem);
            }
        }
    }

    fn stem_at(&self, index: usize) -> Option<&str> {
        let slice = self.stems.get(index).filter(|slice| slice.len > 0)?;
        let start = slice.start as usize;
        self.stem_text.get(start..start + usize::from(slice.len))
    }

    fn add_part(&mut self, text: &str, part: Range<usize>, language: Language) {
        let first = self.words().len();
        self.part_starts.push(first as u32);
        let Some(printed) = text.get(part.clone()) else { return };
        let rules = Rules { language, acronyms: Acronyms::in_text(printed), hyphens: Hyphens::Join };
        let pos = self.words().last().map_or(0, |word| word.pos.saturating_add(PART_GAP));
        scan(text, part, Start { rules, pos }, &mut self.tokens);
        let layout = Layout::of(printed);
        self.mark(first, Reader { text, layout, language });
    }

    /// Marks the sentences and paragraphs among the words from `first` on.
    fn mark(&mut self, first: usize, reader: Reader<'_>) {
        let Self { tokens, sentences, paragraphs, .. } = self;
        let words = tokens.words().get(first..).unwrap_or(&[]);
        if !words.is_empty() {
            sentences.push(first as u32);
            paragraphs.push(first as u32);
        }
        for (pair, index) in words.windows(2).zip(first as u32 + 1..) {
            let [before, behind] = pair else { continue };
            let found = reader.between(before, behind);
            if found >= Break::Sentence {
                sentences.push(index);
            }
            if found == Break::Paragraph {
                paragraphs.push(index);
            }
        }
    }
}

/// The first `bytes` of `text`, or a little less, never half a character.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests;
