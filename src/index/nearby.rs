//! The words near a span, found again in the stored text of an article.
//!
//! Matching happened before, on postings: here positions become bytes. The text is read by its landmarks, sentence by
//! sentence, never as a whole.

use std::ops::Range;

use crate::{
    article::{Article, PartKind},
    span::Span,
    text::{Landmarks, Language, Tokens},
};

/// Reads the words of an article, a passage at a time.
pub(super) struct Nearby<'a> {
    article: &'a Article,
    landmarks: &'a Landmarks,
    parts: Vec<Range<usize>>,
    language: Language,
    read: Tokens,
}

impl<'a> Nearby<'a> {
    /// Opens an article with the landmarks that are stored with it.
    pub(super) fn of(article: &'a Article, landmarks: &'a Landmarks) -> Self {
        let searched = article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate);
        let parts = searched.map(|part| part.span.clone()).collect();
        let language = Language::from_tag(&article.language).unwrap_or(Language::ENGLISH);
        Self { article, landmarks, parts, language, read: Tokens::default() }
    }

    /// Words that hold all of `span`, the sentence before it and a word behind it.
    pub(super) fn words(&mut self, span: Span) -> &Tokens {
        let words = self.read.words();
        let is_read = words.first().is_some_and(|word| word.pos < span.first)
            && words.last().is_some_and(|word| word.pos > span.last);
        if !is_read {
            let parts = (self.parts.as_slice(), self.language);
            self.read = self.landmarks.words_around(&self.article.text, parts, span.first..=span.last);
        }
        &self.read
    }

    /// The bytes of a span; `None` when no word of the text stands there.
    pub(super) fn bytes(&mut self, span: Span) -> Option<Range<usize>> {
        let words = self.words(span).words();
        let first = words.partition_point(|word| word.pos < span.first);
        let last = words.partition_point(|word| word.pos <= span.last);
        let found = words.get(first..last)?;
        Some(found.first()?.start as usize..found.last()?.end as usize)
    }
}
