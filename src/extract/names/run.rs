//! Runs of words with capitals, cut where one name ends and another begins.
//!
//! It says which words may be one name and what stands before them; it never says of what kind the name is.

use std::ops::Range;

use super::lexicon::{Class, is_place, is_suffix};
use crate::extract::sheet::{Shape, Sheet};

/// Some words that may be a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) words: Range<usize>,
    /// What stands right before it.
    pub(super) before: Before,
}

/// What stands right before a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// Mr, Dr, Lady.
    Honorific,
    /// President, envoy.
    Role,
    /// Anything else.
    Other,
}

/// The runs of a sheet outside its headlines, in order.
pub(super) fn runs(sheet: &Sheet<'_>) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut word = 0;
    while word < sheet.page.words().len() {
        let mark = sheet.mark(word);
        if mark.is_capital() && !mark.is_headline {
            let end = end_of_run(sheet, word);
            let first = if begins_with_particle(sheet, word) { word - 1 } else { word };
            cut(sheet, first..end, &mut runs);
            word = end;
        } else {
            word += 1;
        }
    }
    runs
}

/// bin Laden, de Gaulle: a small particle that begins a name.
fn begins_with_particle(sheet: &Sheet<'_>, word: usize) -> bool {
    let Some(before) = word.checked_sub(1) else { return false };
    let is_particle =
        matches!(sheet.page.printed(before), "bin" | "ibn" | "van" | "von" | "de" | "del" | "di" | "da" | "dos");
    is_particle && sheet.page.gap(before) == " "
}

/// The word behind the last that may belong to the name begun at `first`.
fn end_of_run(sheet: &Sheet<'_>, first: usize) -> usize {
    let mut last = first;
    while (sheet.joins(last) || sheet.page.gap(last) == " & ") && last - first < 12 {
        let goes_on = |word: usize| sheet.mark(word).is_capital();
        let starts_anew = sheet.mark(last + 1).begins && sheet.mark(last).shape != Shape::Initials;
        last = match sheet.base(last + 1) {
            _ if goes_on(last + 1) && !starts_anew => last + 1,
            small if is_particle(small) && sheet.joins(last + 1) && goes_on(last + 2) => last + 2,
            small if is_particle(small) && is_particle(sheet.base(last + 2)) && goes_on(last + 3) => last + 3,
            "of" | "for" if is_org_head(sheet, &(first..last + 1)) => match sheet.base(last + 2) {
                "the" if goes_on(last + 3) => last + 3,
                _ if goes_on(last + 2) => last + 2,
                _ => break,
            },
            _ => break,
        };
    }
    last + 1
}

/// A small word inside a name: Ludwig van Beethoven.
pub(super) fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "de" | "van"
            | "von"
            | "der"
            | "den"
            | "del"
            | "della"
            | "di"
            | "da"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "al"
            | "el"
            | "bin"
            | "ibn"
            | "ben"
            | "ter"
            | "ten"
            | "zu"
            | "af"
            | "y"
    )
}

/// Ministry of, Institute for: a name that goes on, once.
fn is_org_head(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let goes_on = sheet.bases(words).any(|word| matches!(word, "of" | "for"));
    !goes_on && words.clone().next_back().is_some_and(|last| sheet.mark(last).is(Class::OrgWord))
}

/// Cuts a run of capitals into those that may each be a name.
fn cut(sheet: &Sheet<'_>, words: Range<usize>, runs: &mut Vec<Run>) {
    let words = without_opening(sheet, words);
    let Some(last) = words.end.checked_sub(1).filter(|_| !words.is_empty()) else { return };
    let is_whole = words.len() > 1 && (is_org(sheet, &words) || is_place_of_words(sheet, &words));
    let border = words.clone().rev().find(|word| !is_whole && is_border(sheet, *word, &words));
    match border {
        None => runs.push(Run { before: before(sheet, words.start), words }),
        Some(border) => {
            cut(sheet, words.start..border, runs);
            if border < last {
                cut(sheet, border + 1..words.end, runs);
            }
        }
    }
}

/// Without the small words that begin a sentence or an organisation's name: The, But.
fn without_opening(sheet: &Sheet<'_>, mut words: Range<usize>) -> Range<usize> {
    while let Some(first) = words.clone().next() {
        let mark = sheet.mark(first);
        let is_name = mark.is(Class::Given) && words.len() > 1 && !mark.begins;
        let is_opening = mark.is(Class::Function) || mark.begins && is_ordinary_start(sheet, &words);
        if !is_opening || is_name {
            break;
        }
        words.start += 1;
    }
    words
}

/// Whether a run begins with a word that has its capital from the sentence.
fn is_ordinary_start(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let mark = sheet.mark(words.start);
    let is_word = mark.is(Class::Common) || sheet.is_also_small(sheet.base(words.start));
    let next = sheet.mark(words.start + 1);
    let is_name =
        next.is(Class::Surname) || !mark.is(Class::Function) && !next.classes.any(&[Class::Common, Class::Place]);
    let names_somebody = mark.is(Class::Given) && words.len() > 1 && is_name;
    let is_part = mark.classes.any(&[Class::OrgWord, Class::PlaceWord, Class::Role, Class::Org]) && words.len() > 1;
    is_word && !names_somebody && !is_part && !is_org(sheet, words)
}

/// Whether a word ends one name and begins another: a title, a people, a month.
fn is_border(sheet: &Sheet<'_>, word: usize, words: &Range<usize>) -> bool {
    let mark = sheet.mark(word);
    let is_suffixed = word + 2 == words.end && is_suffix(sheet.base(word + 1));
    let is_last = word + 1 == words.end || is_suffixed;
    let before = word.checked_sub(1).filter(|before| words.contains(before)).map(|before| sheet.mark(before));
    let is_surname = is_last
        && mark.is(Class::Surname)
        && before.is_some_and(|before| before.is(Class::Given) || before.shape == Shape::Initials);
    match mark.classes {
        _ if is_surname => false,
        _ if precedes_somebody(sheet, word, words) => true,
        classes if classes.any(&[Class::Role, Class::Honorific, Class::Nation]) => true,
        classes if classes.has(Class::Calendar) => {
            is_last || !classes.has(Class::Given) || !sheet.mark(word + 1).is(Class::Surname)
        }
        classes => classes.has(Class::Function) && !is_particle(sheet.base(word)) && !classes.has(Class::Given),
    }
}

/// `Defence Nora Vell`: a word of its own meaning right before a first name and a surname.
fn precedes_somebody(sheet: &Sheet<'_>, word: usize, words: &Range<usize>) -> bool {
    let (mark, next) = (sheet.mark(word), sheet.mark(word + 1));
    let is_first_name = next.is(Class::Given) && !next.classes.any(&[Class::Common, Class::Place]);
    word + 2 < words.end
        && (is_first_name || word == words.start && follows_role_of(sheet, word))
        && mark.classes.any(&[Class::Common, Class::OrgWord, Class::Place, Class::Org])
        && !mark.is(Class::Given)
}

/// Whether a word says of what somebody is minister: Minister of Defence; not an article before a name, editor of the Post.
fn follows_role_of(sheet: &Sheet<'_>, word: usize) -> bool {
    word >= 2
        && sheet.base(word - 1) == "of"
        && sheet.mark(word - 2).is(Class::Role)
        && !sheet.mark(word).is(Class::Function)
}

/// Whether the words are an organisation by one of them: National Bank, Ministry of Defence.
pub(super) fn is_org(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let Some(last) = words.end.checked_sub(1).filter(|_| words.len() > 1) else { return false };
    let is_head = |word: usize| sheet.mark(word).is(Class::OrgWord);
    let names_somebody =
        words.len() == 2 && sheet.mark(words.start).is(Class::Given) && sheet.mark(last).is(Class::Surname);
    let of = words.clone().find(|word| matches!(sheet.base(*word), "of" | "for"));
    let has_ampersand = (words.start..last).any(|word| sheet.page.gap(word) == " & ");
    match of {
        _ if has_ampersand => true,
        Some(of) => of > words.start && is_head(of - 1),
        None => is_head(last) && !names_somebody,
    }
}

/// Whether the words are a place by one of them, or stand in the list: New Norland, Hull Island.
pub(super) fn is_place_of_words(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let Some(last) = words.end.checked_sub(1).filter(|_| words.len() > 1) else { return false };
    let (first, behind) = (sheet.mark(words.start), sheet.mark(last));
    let names_somebody = first.is(Class::Given) && behind.is(Class::Surname) && !follows_at(sheet, words.start);
    let leads = first.is(Class::PlaceWord) && !behind.is(Class::PlaceWord) && words.len() <= 3;
    let is_role = words.clone().any(|word| sheet.mark(word).classes.any(&[Class::Role, Class::Honorific]));
    !names_somebody && !is_role && (behind.is(Class::PlaceWord) || leads) || is_long_place(sheet, words)
}

fn follows_at(sheet: &Sheet<'_>, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| matches!(sheet.base(before), "at" | "in" | "near"))
}

fn is_long_place(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    words.len() <= 3 && is_place(&sheet.bases(words).collect::<Vec<_>>().join(" "))
}

/// What stands right before the word `first`.
fn before(sheet: &Sheet<'_>, first: usize) -> Before {
    let Some(before) = first.checked_sub(1) else { return Before::Other };
    let gap = sheet.page.gap(before);
    let is_close = matches!(gap.trim_matches([' ', '\n']), "" | ".") && !gap.is_empty() && !sheet.is_possessive(before);
    let classes = sheet.mark(before).classes;
    match is_close && (!sheet.mark(first).begins || gap.starts_with('.')) {
        true if classes.has(Class::Honorific) && sheet.mark(before).is_capital() => Before::Honorific,
        true if (classes.has(Class::Role) || follows_role_of(sheet, before)) && !gap.starts_with('.') => Before::Role,
        _ => Before::Other,
    }
}
