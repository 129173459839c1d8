//! A page's words as the grammar of dates sees them: each with its sense, and with what is printed between them.
//!
//! It never looks at more than one word to tell its sense.

use super::lexicon::{self, Sense};
use crate::{
    extract::page::Page,
    text::{Language, Word},
};

/// A word, or a piece of one that is printed with hyphens.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// Its first byte in the text.
    pub(super) start: usize,
    /// The byte behind its last.
    pub(super) end: usize,
    /// The word of the page it belongs to.
    pub(super) word: usize,
    /// What it may be to a date.
    pub(super) sense: Sense,
}

/// The atoms of one part of a page.
pub(super) struct Strip<'a> {
    page: &'a Page<'a>,
    atoms: Vec<Atom>,
}

impl<'a> Strip<'a> {
    /// The atoms of some words.
    pub(super) fn of(page: &'a Page<'a>, words: std::ops::Range<usize>) -> Self {
        let mut strip = Strip { page, atoms: Vec::with_capacity(words.len() + words.len() / 16) };
        for (word, number) in page.words().get(words.clone()).unwrap_or_default().iter().zip(words) {
            strip.add(word, number);
        }
        strip
    }

    fn add(&mut self, word: &Word, number: usize) {
        let printed = self.page.text.get(word.span()).unwrap_or_default();
        let tokens = &self.page.analysis.tokens;
        let joined = tokens.possessive_base(word).unwrap_or_else(|| tokens.joined(word));
        let (start, end) = (word.start as usize, word.end as usize);
        let sense = lexicon::sense(printed, joined, self.page.language);
        let has_hyphen = || printed.contains(is_hyphen);
        if sense != Sense::Other || !has_hyphen() {
            return self.atoms.push(Atom { start, end, word: number, sense });
        }
        let mut at = start;
        for piece in printed.split(is_hyphen) {
            if !piece.is_empty() {
                let folded = piece.to_lowercase();
                let sense = lexicon::sense(piece, &folded, self.page.language);
                self.atoms.push(Atom { start: at, end: at + piece.len(), word: number, sense });
            }
            at += piece.len();
            at += self.page.text.get(at..end).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        }
    }

    /// How many atoms there are.
    pub(super) fn len(&self) -> usize {
        self.atoms.len()
    }

    /// An atom's sense; `End` behind the last.
    pub(super) fn sense(&self, at: usize) -> Sense {
        self.atoms.get(at).map_or(Sense::End, |atom| atom.sense)
    }

    /// The sense of the atom `back` before another; `End` before the first.
    pub(super) fn before(&self, at: usize, back: usize) -> Sense {
        at.checked_sub(back).map_or(Sense::End, |at| self.sense(at))
    }

    /// An atom as printed.
    pub(super) fn printed(&self, at: usize) -> &'a str {
        self.atoms.get(at).and_then(|atom| self.page.text.get(atom.start..atom.end)).unwrap_or_default()
    }

    /// An atom's word, folded; of a word with hyphens the whole.
    pub(super) fn folded(&self, at: usize) -> &'a str {
        let word = self.atoms.get(at).and_then(|atom| self.page.words().get(atom.word));
        word.map_or("", |word| self.page.analysis.tokens.joined(word))
    }

    /// What is printed between an atom and the next.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let (Some(this), Some(next)) = (self.atoms.get(at), self.atoms.get(at + 1)) else { return "" };
        self.page.text.get(this.end..next.start).unwrap_or_default()
    }

    /// What is printed directly before an atom: up to four bytes.
    pub(super) fn lead_in(&self, at: usize) -> &'a str {
        let start = self.atoms.get(at).map_or(0, |atom| atom.start);
        let from = (start.saturating_sub(4)..=start).find(|from| self.page.text.is_char_boundary(*from));
        self.page.text.get(from.unwrap_or(start)..start).unwrap_or_default()
    }

    /// What is printed directly behind an atom.
    pub(super) fn lead_out(&self, at: usize) -> &'a str {
        self.atoms.get(at).and_then(|atom| self.page.text.get(atom.end..)).unwrap_or_default()
    }

    /// Whether an atom and the next run on: blanks between them, and at most some of `signs`.
    pub(super) fn runs_on(&self, at: usize, signs: &str) -> bool {
        let gap = self.gap(at);
        at + 1 < self.len()
            && gap.chars().all(|c| c.is_whitespace() || signs.contains(c))
            && gap.bytes().filter(|byte| *byte == b'\n').count() < 2
    }

    /// Whether an atom begins with a capital, or is a number.
    pub(super) fn is_capital(&self, at: usize) -> bool {
        !self.printed(at).starts_with(char::is_lowercase)
    }

    /// Whether an atom is printed in the plural, not in the possessive.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        let printed = self.printed(at);
        printed.ends_with('s') && !printed.ends_with("'s") && !printed.ends_with("’s")
    }

    /// The bytes of some atoms.
    pub(super) fn bytes(&self, atoms: &std::ops::Range<usize>) -> std::ops::Range<usize> {
        let start = self.atoms.get(atoms.start).map_or(0, |atom| atom.start);
        let last = atoms.end.checked_sub(1).and_then(|last| self.atoms.get(last));
        start..last.map_or(start, |atom| atom.end)
    }

    /// The sentence of the page that holds an atom.
    pub(super) fn sentence(&self, at: usize) -> usize {
        self.atoms.get(at).map_or(usize::MAX, |atom| self.page.sentence(atom.word))
    }

    /// The page's language.
    pub(super) fn language(&self) -> Language {
        self.page.language
    }
}

/// Whether `c` joins the pieces of a word.
fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '‐' | '\u{2011}')
}
