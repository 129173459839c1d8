//! Analysis without an engine: from a text to words, forms, stems, sentences and paragraphs.
//!
//! The first noun: it knows no other. It never reads files and never decides what is searched.

use std::ops::Range;

pub mod language;
pub mod token;

mod fold;
mod function_word;
mod landmark;
mod printed;
mod sentence;
mod small_word;
mod stem;

pub use fold::fold;
pub use function_word::is_function_word;
pub use landmark::{Landmark, Landmarks};
pub use language::{Language, detect};
pub use printed::{hyphen_parts, is_acronym, printed_as, printed_form, spelling, stem_of_printed, without_possessive};
pub use small_word::{is_small_word, language_by_small_words};
pub use stem::stem_of;
pub use token::{Form, FormKind, Tokens, Word, fold_words, tokenise, tokenise_query};

use sentence::{Break, Layout, Reader};
use token::{Acronyms, Hyphens, Rules, Start, scan};

/// Difference of positions between the last word of a part and the first of the next.
pub const PART_GAP: u32 = 1000;

/// Names the rules by which text is analysed. It changes whenever any output changes; an index built under another
/// fingerprint must be built anew.
pub const FINGERPRINT: &str = "text-7 frostem-2.20261016.1";

/// A text taken apart: words, sentences, paragraphs, parts.
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
}

/// Takes the given parts (bytes of `text`, in order) of a text below 4 GiB apart.
///
/// A part that does not lie on the text's characters has no words.
pub fn analyse(text: &str, parts: &[Range<usize>], language: Language) -> Analysis {
    let bytes = parts.iter().map(|part| part.len().min(text.len())).sum();
    let mut analysis = Analysis { tokens: Tokens::with_room_for(bytes), ..Analysis::default() };
    for part in parts {
        analysis.add_part(text, part.clone(), language);
    }
    analysis
}

impl Analysis {
    /// The words.
    pub fn words(&self) -> &[Word] {
        self.tokens.words()
    }

    fn add_part(&mut self, text: &str, part: Range<usize>, language: Language) {
        let first = self.words().len();
        self.part_starts.push(first as u32);
        let Some(printed) = text.get(part.clone()) else { return };
        scan_part(text, part, language, &mut self.tokens);
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

/// The words of the given parts at the positions that `analyse` gives them, without stems or sentences.
pub fn tokenise_parts(text: &str, parts: &[Range<usize>], language: Language) -> Tokens {
    let mut tokens = Tokens::with_room_for(parts.iter().map(|part| part.len().min(text.len())).sum());
    parts.iter().for_each(|part| scan_part(text, part.clone(), language, &mut tokens));
    tokens
}

fn scan_part(text: &str, part: Range<usize>, language: Language, tokens: &mut Tokens) {
    let Some(printed) = text.get(part.clone()) else { return };
    let rules = Rules { language, acronyms: Acronyms::in_text(printed), hyphens: Hyphens::Join };
    let pos = tokens.words().last().map_or(0, |word| word.pos.saturating_add(PART_GAP));
    scan(text, part, Start { rules, pos, last: u32::MAX }, tokens);
}

/// A number as newspapers print it: `1234567` as `1,234,567`.
pub fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The first `bytes` of `text`, or a little less, never half a character.
fn head(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.get(..end).unwrap_or("")
}

#[cfg(test)]
mod tests;
