//! A text taken word by word: the only thing that the scan shares with the index is the list of words.

use std::ops::Range;

use morgue::text::{Language, Word, stem_of, token::Tokens, tokenise};

use crate::clip::Clip;

/// Which part of the text a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Title,
    Lead,
    Body,
}

/// A clip's text and its words.
pub(crate) struct Scanned {
    pub(crate) text: String,
    parts: Vec<(Part, usize, Tokens)>,
}

/// Whether a word is one that is looked for.
pub(crate) type Test<'a> = &'a dyn Fn(&Tokens, &Word) -> bool;

/// Some words in a row: the part, the first word and the last.
pub(crate) type Found = (usize, usize, usize);

impl Scanned {
    pub(crate) fn of(clip: &Clip) -> Self {
        let (lead, rest) = clip.paragraphs.split_first().unwrap();
        let mut parts = vec![(Part::Title, clip.title.clone()), (Part::Lead, lead.clone())];
        if !rest.is_empty() {
            parts.push((Part::Body, rest.join("\n\n")));
        }
        let (mut text, mut scanned) = (String::new(), Vec::new());
        for (part, printed) in parts {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            scanned.push((part, text.len(), tokenise(&printed, Language::ENGLISH)));
            text.push_str(&printed);
        }
        Self { text, parts: scanned }
    }

    /// Every row of words at which all of `wanted` hold one after the other.
    pub(crate) fn rows(&self, wanted: &[Test<'_>], within: Option<Part>) -> Vec<Found> {
        let mut found = Vec::new();
        for (number, (part, _, tokens)) in self.parts.iter().enumerate() {
            if within.is_some_and(|within| within != *part) {
                continue;
            }
            for (at, row) in tokens.words().windows(wanted.len()).enumerate() {
                if row.iter().zip(wanted).all(|(word, is)| is(tokens, word)) {
                    found.push((number, at, at + wanted.len() - 1));
                }
            }
        }
        found
    }

    /// The words that a mention of these bytes covers.
    pub(crate) fn words_of(&self, bytes: &Range<usize>) -> Option<Found> {
        self.parts.iter().enumerate().find_map(|(number, (_, base, tokens))| {
            let covers =
                |word: &Word| base + (word.start as usize) < bytes.end && base + word.end as usize > bytes.start;
            let first = tokens.words().iter().position(covers)?;
            let last = tokens.words().iter().rposition(covers)?;
            Some((number, first, last))
        })
    }

    /// The bytes of rows of words, overlapping ones joined.
    pub(crate) fn places(&self, found: &std::collections::BTreeSet<Found>) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = Vec::new();
        for (number, first, last) in found {
            let (_, base, tokens) = &self.parts[*number];
            let words = tokens.words();
            let place = base + words[*first].start as usize..base + words[*last].end as usize;
            match places.last_mut().filter(|before| before.end > place.start) {
                Some(before) => before.end = before.end.max(place.end),
                None => places.push(place),
            }
        }
        places
    }
}

/// Whether a word is printed so, as a whole or as a part of a hyphenated one.
pub(crate) fn is_form(tokens: &Tokens, word: &Word, form: &str) -> bool {
    tokens.forms(word).any(|own| own.text == form)
}

/// Whether a word is an inflection of `form`; a possessive counts as its base.
pub(crate) fn is_inflected(tokens: &Tokens, word: &Word, form: &str) -> bool {
    let stem = stem_of(form, Language::ENGLISH);
    let base = tokens.possessive_base(word);
    tokens.forms(word).any(|own| {
        let is_acronym = own.text.chars().any(char::is_uppercase);
        let own = if own.text == tokens.joined(word) { base.unwrap_or(own.text) } else { own.text };
        !is_acronym && stem_of(own, Language::ENGLISH) == stem
    })
}
