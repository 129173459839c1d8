//! An article's text taken apart once, for every rule that looks for something in it.
//!
//! It holds and hands out; it never judges.

use std::ops::Range;

use crate::{
    article::{Part, PartKind},
    date::Date,
    text::{Analysis, Language, Word},
};

/// What the finders of names and dates see of an article.
#[derive(Debug, Clone, Copy)]
pub(super) struct Page<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// What each stretch of it is.
    pub(super) parts: &'a [Part],
    /// Its words, sentences and paragraphs; `analysis.part_starts` follows `parts`.
    pub(super) analysis: &'a Analysis,
    /// Its language.
    pub(super) language: Language,
    /// When it was published, where known.
    pub(super) published: Option<&'a Date>,
}

impl<'a> Page<'a> {
    /// The words.
    pub(super) fn words(&self) -> &'a [Word] {
        self.analysis.words()
    }

    /// A word as printed.
    pub(super) fn printed(&self, word: usize) -> &'a str {
        self.words().get(word).and_then(|word| self.text.get(word.span())).unwrap_or_default()
    }

    /// What is printed between a word and the next.
    pub(super) fn gap(&self, word: usize) -> &'a str {
        let (Some(this), Some(next)) = (self.words().get(word), self.words().get(word + 1)) else { return "" };
        self.text.get(this.end as usize..next.start as usize).unwrap_or_default()
    }

    /// Whether a full stop stands right behind a word.
    pub(super) fn has_stop(&self, word: usize) -> bool {
        let behind = self.words().get(word).and_then(|word| self.text.get(word.end as usize..));
        behind.is_some_and(|behind| behind.starts_with('.'))
    }

    /// The bytes of some words, from the first to the last of them.
    pub(super) fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let first = self.words().get(words.start).map_or(0, |word| word.start as usize);
        let last = words.end.checked_sub(1).and_then(|last| self.words().get(last));
        first..last.map_or(first, |word| word.end as usize)
    }

    /// What part a word stands in.
    pub(super) fn part(&self, word: usize) -> Option<PartKind> {
        let at = self.analysis.part_starts.partition_point(|start| *start as usize <= word).checked_sub(1)?;
        self.parts.get(at).map(|part| part.kind)
    }

    /// The number of the sentence that holds a word, from 0.
    pub(super) fn sentence(&self, word: usize) -> usize {
        self.analysis.sentences.partition_point(|start| *start as usize <= word).saturating_sub(1)
    }
}
