//! What stands around a name of the gazetteer and tells whether a place is meant. English, and harmless elsewhere.
//!
//! It only looks at the neighbours; `spot` decides.

use super::{
    gazetteer::{Gazetteer, Naming},
    words::{LOCATIVE, NEUTRAL, SETTLEMENT, TITLES, WHOLE},
};
use crate::{extract::page::Page, text::is_function_word};

/// What stands directly before a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Nothing that belongs to it.
    Nothing,
    /// A word behind which places stand: in, near.
    Cue,
    /// A word with a capital that begins a sentence: a name, or any word.
    First,
    /// A word with a capital: part of a larger name.
    Name,
}

/// What stands directly behind a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    /// Nothing that belongs to it.
    Nothing,
    /// A word with a capital: part of a larger name.
    Name,
    /// A word that makes an organisation, street or building of it: University, Times.
    Whole,
}

/// Looks at the words of a page around its names.
pub(super) struct Surroundings<'p> {
    page: Page<'p>,
    /// By sentence: whether nearly all words have capitals, as in headlines.
    is_headline: Vec<bool>,
}

impl<'p> Surroundings<'p> {
    /// Of a page.
    pub(super) fn of(page: &Page<'p>) -> Self {
        let starts = &page.analysis.sentences;
        let ends = starts.iter().skip(1).copied().chain([page.words().len() as u32]);
        let is_headline = starts.iter().zip(ends).map(|(start, end)| {
            let longer = (*start as usize..end as usize).map(|word| page.printed(word)).filter(|word| word.len() > 3);
            let (mut all, mut capitals) = (0, 0);
            for word in longer {
                all += 1;
                capitals += usize::from(word.starts_with(char::is_uppercase));
            }
            all >= 3 && capitals * 4 >= all * 3
        });
        Self { page: *page, is_headline: is_headline.collect() }
    }

    /// Whether a word stands in a line whose words nearly all have capitals.
    pub(super) fn is_headline(&self, word: usize) -> bool {
        self.is_headline.get(self.page.sentence(word)).copied().unwrap_or(false)
    }

    /// Whether a word is the first of its sentence.
    pub(super) fn is_first(&self, word: usize) -> bool {
        self.page.analysis.sentences.binary_search(&(word as u32)).is_ok()
    }

    /// What stands before `word`; the word before belongs to no other name.
    pub(super) fn before(&self, word: usize) -> Before {
        if self.is_dateline(word) {
            return Before::Cue;
        }
        let Some(previous) = word.checked_sub(1) else { return Before::Nothing };
        let folded = self.folded(previous);
        if !is_blank(self.page.gap(previous)) {
            // “Gov.” and “St.” end in a full stop and still belong to what follows.
            let is_title = self.page.gap(previous).trim_end() == "." && !self.is_first(word);
            let is_name = is_title && self.is_capital(previous) && !is_neutral(folded);
            return if is_name { Before::Name } else { Before::Nothing };
        }
        if LOCATIVE.contains(&folded) {
            return Before::Cue;
        }
        if !self.is_capital(previous) || is_neutral(folded) || self.is_headline(word) {
            return Before::Nothing;
        }
        if self.is_first(previous) { Before::First } else { Before::Name }
    }

    /// What stands behind `word`; the word behind belongs to no other name.
    pub(super) fn behind(&self, word: usize) -> Behind {
        let next = word + 1;
        let gap = self.page.gap(word);
        if gap.contains('\n') || !is_blank(gap) || !self.is_capital(next) {
            return Behind::Nothing;
        }
        let folded = self.folded(next);
        if WHOLE.binary_search(&folded).is_ok() {
            return Behind::Whole;
        }
        let is_apart = is_neutral(folded) || TITLES.contains(&folded) || self.is_headline(word);
        if is_apart { Behind::Nothing } else { Behind::Name }
    }

    /// Whether `word` is said to be a town or the like right behind: “Sudzha, a small town”.
    pub(super) fn is_explained(&self, word: usize) -> bool {
        let article = self.folded(word + 1);
        self.page.gap(word).trim_end() == ","
            && matches!(article, "a" | "an" | "the")
            && (word + 2..word + 6)
                .take_while(|next| *next == word + 2 || is_blank(self.page.gap(next - 1)))
                .any(|next| SETTLEMENT.contains(&self.folded(next)))
    }

    /// Whether a paragraph begins with this word in capitals, where others are not.
    fn is_dateline(&self, word: usize) -> bool {
        let printed = self.page.printed(word);
        let is_start = self.page.analysis.paragraphs.binary_search(&(word as u32)).is_ok();
        is_start && printed.chars().count() > 3 && printed.chars().all(char::is_uppercase) && !self.is_headline(word)
    }

    fn is_capital(&self, word: usize) -> bool {
        self.page.printed(word).starts_with(char::is_uppercase)
    }

    fn folded(&self, word: usize) -> &'p str {
        let tokens = &self.page.analysis.tokens;
        tokens.words().get(word).map_or("", |word| tokens.joined(word))
    }
}

/// Whether nothing but blanks stands between two words of one paragraph.
pub(super) fn is_blank(gap: &str) -> bool {
    gap.chars().all(char::is_whitespace) && gap.matches('\n').count() < 2
}

/// Words with capitals that do not make one name with their neighbour.
fn is_neutral(folded: &str) -> bool {
    NEUTRAL.binary_search(&folded).is_ok() || is_function_word(folded) || is_demonym(folded)
}

fn is_demonym(folded: &str) -> bool {
    let gazetteer = Gazetteer::built_in();
    let value = gazetteer.spell().and_then(|start| start.then(folded)).and_then(|spelled| spelled.value());
    value.is_some_and(|value| gazetteer.senses(value).iter().all(|sense| sense.naming == Naming::Demonym))
}
