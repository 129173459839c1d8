//! Words in quotes to a pattern: in a row, or shifted against each other.
//!
//! Signs inside the quotes are punctuation, which is noted.

use super::{Resolver, clause::everywhere, pattern::Typed};
use crate::{
    error::Result,
    plan::{Pattern, TextNode},
    query::{Phrase, WordKind},
};

/// Words of a loose phrase.
const LONGEST_LOOSE: usize = 12;

impl Resolver<'_> {
    /// A phrase; `None` when it holds no word, which is noted.
    pub(super) fn phrase(&mut self, phrase: &Phrase) -> Result<Option<TextNode>> {
        let spelling = if phrase.exact { WordKind::Exact } else { WordKind::Plain };
        self.note_signs(phrase);
        let typed = Typed::new(&phrase.text, spelling, self.capitals);
        let mut words = typed.words();
        if let Some(last) = typed.forms().last().filter(|_| phrase.prefix) {
            words.pop();
            words.push(self.begins(last.to_owned(), phrase.at)?);
        }
        let pattern = match (phrase.slop, words.len()) {
            (_, 0) => {
                self.note_empty(phrase.at);
                return Ok(None);
            }
            (Some(_), count) if count > LONGEST_LOOSE => {
                let what = format!("a loose phrase of {count} words: {LONGEST_LOOSE} is the most");
                return Err(self.fault(what, phrase.at, "leave the ~ out, or write words joined by AND"));
            }
            (Some(slop), 2..) => {
                let words = words.iter().map(|word| self.apart(word)).collect::<Result<_>>()?;
                Pattern::Loose { words, slop }
            }
            _ => self.row(&words)?,
        };
        Ok(Some(everywhere(pattern)))
    }

    /// Says that a wildcard inside quotes is none.
    fn note_signs(&mut self, phrase: &Phrase) {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let found = phrase.text.char_indices().find(|(at, c)| {
            let before = phrase.text.get(..*at).and_then(|text| text.chars().next_back());
            let behind = phrase.text.get(at + c.len_utf8()..).and_then(|text| text.chars().next());
            match c {
                '*' => is_letter(before) || is_letter(behind),
                '?' | '~' => is_letter(before) && is_letter(behind),
                _ => false,
            }
        });
        if let Some((_, sign)) = found {
            let bare: String = phrase.text.chars().filter(|c| *c != sign).collect();
            let instead = if sign == '*' {
                format!("; for a last word that begins so: \"{}\"*", bare.trim())
            } else {
                String::new()
            };
            self.note(format!("“{sign}” inside quotes is punctuation{instead}"));
        }
    }
}
