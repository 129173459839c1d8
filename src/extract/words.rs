//! The words of a text, folded, for comparing names. A stand-in until the analysis of texts is here.
//!
//! It never decides what is a name.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::Home;

/// A language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Language([u8; 2]);

impl Language {
    /// English.
    pub const ENGLISH: Self = Self(*b"en");

    /// Its two-letter tag.
    pub fn tag(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or("en")
    }
}

/// The tag of a text's language.
pub(super) fn language(given: Option<&str>, _text: &str, home: &Home) -> String {
    let primary = given.and_then(|tag| tag.split(['-', '_']).next()).map(str::to_lowercase);
    primary.filter(|tag| (2..=3).contains(&tag.len())).unwrap_or_else(|| home.language.tag().to_owned())
}

/// One word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Bytes of the text.
    pub(super) span: Range<usize>,
    /// Bytes of [`Words::folded`]: the word without marks and accents.
    folded: Range<usize>,
    /// Bytes at the end of text and of the folded form that are a possessive ending.
    possessive: Option<(usize, usize)>,
}

/// The words of a text.
#[derive(Debug, Default)]
pub(super) struct Words {
    folded: String,
    list: Vec<Word>,
}

impl Words {
    /// Of a slice that begins at byte `from` of its text.
    pub(super) fn add(&mut self, slice: &str, from: usize) {
        let mut start = None;
        let mut chars = slice.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let joins = "'’-.".contains(c) && chars.peek().is_some_and(|(_, next)| next.is_alphanumeric());
            match start {
                None if c.is_alphanumeric() => start = Some(at),
                Some(begin) if !(c.is_alphanumeric() || joins) => {
                    self.push(slice, begin..at, from);
                    start = None;
                }
                _ => {}
            }
        }
        if let Some(begin) = start {
            self.push(slice, begin..slice.len(), from);
        }
    }

    fn push(&mut self, slice: &str, range: Range<usize>, from: usize) {
        let word = slice.get(range.clone()).unwrap_or_default();
        let begin = self.folded.len();
        fold_into(word, &mut self.folded);
        let possessive = ["'s", "’s", "'S", "’S"].iter().find(|end| word.ends_with(**end)).map(|end| (end.len(), 1));
        let span = range.start + from..range.end + from;
        self.list.push(Word { span, folded: begin..self.folded.len(), possessive });
    }

    pub(super) fn list(&self) -> &[Word] {
        &self.list
    }

    /// The folded form of a word.
    pub(super) fn folded(&self, word: &Word) -> &str {
        self.folded.get(word.folded.clone()).unwrap_or_default()
    }

    /// The folded form and the end in the text of a word without its possessive ending.
    pub(super) fn base(&self, word: &Word) -> Option<(&str, usize)> {
        let (bytes, folded) = word.possessive?;
        Some((self.folded.get(word.folded.start..word.folded.end - folded)?, word.span.end - bytes))
    }
}

/// The folded words of a name.
pub(super) fn fold_words(name: &str) -> Vec<String> {
    let fold = |word: &str| {
        let mut folded = String::new();
        fold_into(word, &mut folded);
        folded
    };
    name.split(|c: char| !(c.is_alphanumeric() || "'’.".contains(c)))
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect()
}

fn fold_into(word: &str, folded: &mut String) {
    if word.is_ascii() {
        folded.extend(word.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()));
    } else {
        folded.extend(word.nfd().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase));
    }
}
