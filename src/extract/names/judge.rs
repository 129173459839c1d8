//! What a run of capitals names, by its words and by those around it.
//!
//! It looks at one run alone; what one run teaches about others is `spread`'s.

use std::ops::Range;

use super::{
    lexicon::{Class, is_place, is_suffix},
    run::{Before, Run, is_org, is_particle, is_place_of_words},
};
use crate::{
    entity::EntityKind,
    extract::sheet::{Shape, Sheet},
};

/// What a run names, and why.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Verdict {
    pub(super) kind: EntityKind,
    pub(super) confidence: f32,
    pub(super) rule: &'static str,
}

const fn verdict(kind: EntityKind, confidence: f32, rule: &'static str) -> Option<Verdict> {
    Some(Verdict { kind, confidence, rule })
}

/// What a run names, or `None` when its own words and neighbours do not tell.
pub(super) fn judge(sheet: &Sheet<'_>, run: &Run) -> Option<Verdict> {
    let words = &run.words;
    if words.len() > 1 {
        if sheet.bases(words).eq(["white", "house"]) {
            return verdict(EntityKind::Org, 0.9, "org-list");
        }
        if run.before == Before::Other && is_org(sheet, words) {
            return verdict(EntityKind::Org, 0.7, "org-word");
        }
        if is_place_of_words(sheet, words) || is_part_of_place(sheet, words) {
            return verdict(EntityKind::Place, 0.8, "place-word");
        }
        return whole_name(sheet, run).or_else(|| around(sheet, run));
    }
    single(sheet, run)
}

/// Capitals that stand for an organisation: the words around them treat them as one that acts.
fn is_acronym(sheet: &Sheet<'_>, word: usize) -> bool {
    const OTHERS: [&str; 24] = [
        "aids", "am", "bst", "cd", "cet", "covid", "cpi", "dna", "dvd", "edt", "est", "gdp", "gmt", "gnp", "gop",
        "hiv", "ipo", "iq", "pc", "pm", "ppi", "tv", "ufo", "vat",
    ];
    let base = sheet.base(word);
    let acts = sheet.is_possessive(word)
        || speaks(sheet, &(word..word + 1))
        || word.checked_sub(1).is_some_and(|before| sheet.page.gap(before).trim() == "(")
        || follows_article(sheet, word) && !sheet.mark(word + 1).is_capital();
    (2..=6).contains(&base.len())
        && acts
        && !sheet.mark(word).is(Class::Function)
        && !is_suffix(base)
        && !OTHERS.contains(&base)
}

/// N. Korea, S. Africa.
fn is_part_of_place(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    words.len() == 2 && sheet.mark(words.start).shape == Shape::Initials && is_place(sheet.base(words.start + 1))
}

/// A run of one word.
fn single(sheet: &Sheet<'_>, run: &Run) -> Option<Verdict> {
    let word = run.words.start;
    let mark = sheet.mark(word);
    let base = sheet.base(word);
    if mark.is(Class::Org) {
        return verdict(EntityKind::Org, 0.7, "org-list");
    }
    if is_place(base) && (base != "us" || mark.shape != Shape::Capital) {
        return verdict(EntityKind::Place, 0.8, "place-list");
    }
    if mark.shape == Shape::Capitals {
        return verdict(EntityKind::Org, 0.5, "acronym").filter(|_| is_acronym(sheet, word));
    }
    let is_word = mark.is(Class::Common) || mark.begins && sheet.is_also_small(base);
    let is_name = mark.shape == Shape::Capital
        && !mark.classes.any(&[Class::Nation, Class::OrgWord, Class::PlaceWord, Class::Calendar, Class::Function]);
    if !is_name {
        return None;
    }
    match run.before {
        Before::Honorific => return verdict(EntityKind::Person, 0.95, "title"),
        Before::Role if !is_word => return verdict(EntityKind::Person, 0.9, "title"),
        _ if is_word => return None,
        _ => (),
    }
    let speaks = speaks(sheet, &run.words);
    match () {
        () if has_apposition(sheet, word) => verdict(EntityKind::Person, 0.8, "apposition"),
        () if mark.is(Class::Surname) && speaks && !mark.begins => verdict(EntityKind::Person, 0.7, "speaks"),
        () if mark.is(Class::Given) && !mark.is(Class::Place) && may_be_called(sheet, word) => {
            verdict(EntityKind::Person, 0.6, "first-name-alone")
        }
        () if follows_preposition(sheet, word) => verdict(EntityKind::Place, 0.45, "preposition"),
        () => None,
    }
}

/// Whether a first name by itself is somebody rather than a place, a storm or a brand: nothing before it says otherwise, or
/// it is all there is of its paragraph.
fn may_be_called(sheet: &Sheet<'_>, word: usize) -> bool {
    let is_start = |word: usize| sheet.page.analysis.paragraphs.binary_search(&(word as u32)).is_ok();
    let is_alone = is_start(word) && (is_start(word + 1) || word + 1 == sheet.page.words().len());
    let before = word.checked_sub(1).map(|before| sheet.base(before)).unwrap_or_default();
    let is_of_something = matches!(
        before,
        "in" | "at" | "near" | "from" | "around" | "of" | "outside" | "the" | "a" | "hurricane" | "storm" | "typhoon"
    );
    is_alone || !sheet.mark(word).begins && !is_of_something && !sheet.mark(word + 1).is_capital()
}

/// First name and surname, initials and surname, title and name.
fn whole_name(sheet: &Sheet<'_>, run: &Run) -> Option<Verdict> {
    let words = &run.words;
    let (first, last) = (sheet.mark(words.start), sheet.mark(words.end - 1));
    if words.len() > 5
        || !may_be_somebody(sheet, words)
        || begins_with_place(sheet, words)
        || is_called_after(sheet, words)
    {
        return None;
    }
    let is_common = |word: usize| {
        let mark = sheet.mark(word);
        mark.is(Class::Common) && !mark.classes.any(&[Class::Given, Class::Surname])
    };
    if words.clone().any(is_common) {
        return None;
    }
    let is_titled = run.before != Before::Other;
    let is_surname = last.is(Class::Surname);
    let is_odd = first.is(Class::Common) || first.is(Class::Place);
    let is_word = last.is(Class::Common) && !is_titled;
    match () {
        () if is_titled => verdict(EntityKind::Person, 0.97, "title"),
        () if first.is(Class::Given) && is_surname && !is_word => {
            verdict(EntityKind::Person, if is_odd { 0.88 } else { 0.95 }, "first-name")
        }
        () if first.is(Class::Given) && !is_odd => {
            verdict(EntityKind::Person, if is_word { 0.82 } else { 0.9 }, "first-name")
        }
        () if first.is(Class::Given) && !first.is(Class::Place) && !is_word => {
            verdict(EntityKind::Person, 0.75, "first-name")
        }
        () if has_initial(sheet, words) && !is_word => verdict(EntityKind::Person, 0.9, "initials"),
        () => None,
    }
}

/// A name that only its neighbours tell to be somebody's.
fn around(sheet: &Sheet<'_>, run: &Run) -> Option<Verdict> {
    let words = &run.words;
    let last = words.end - 1;
    let is_plain = |word: usize| {
        let mark = sheet.mark(word);
        mark.shape == Shape::Capital && !mark.classes.any(&[Class::Common, Class::Place, Class::Org])
            || is_particle(sheet.base(word))
    };
    if words.len() > 4 || !may_be_somebody(sheet, words) || !words.clone().all(is_plain) {
        return None;
    }
    let is_surname = sheet.mark(last).is(Class::Surname);
    match () {
        () if has_apposition(sheet, last) => verdict(EntityKind::Person, 0.85, "apposition"),
        () if is_aged(sheet, last) || is_followed_by_who(sheet, last) => {
            verdict(EntityKind::Person, 0.85, "age-or-who")
        }
        () if has_country_behind(sheet, last) => verdict(EntityKind::Person, 0.85, "country-behind"),
        () if has_particle(sheet, words) => verdict(EntityKind::Person, 0.7, "particle"),
        () if is_surname && speaks(sheet, words) => verdict(EntityKind::Person, 0.8, "speaks"),
        () if is_surname && !sheet.mark(words.start).begins && !follows_article(sheet, words.start) => {
            verdict(EntityKind::Person, 0.65, "surname-list")
        }
        () => None,
    }
}

/// `Nora Vell airport`: what is called after somebody is not somebody.
fn is_called_after(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let behind = sheet.page.printed(words.end);
    sheet.page.gap(words.end - 1) == " "
        && matches!(behind, "airport" | "hospital" | "university" | "stadium" | "prison" | "award" | "prize" | "avenue")
}

/// `Hong Kong Standard`: the first two words are a place.
fn begins_with_place(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let two = words.start..words.start + 2;
    words.len() > 2 && is_place(&sheet.bases(&two).collect::<Vec<_>>().join(" "))
}

/// A small word inside the name: Ludwig van Beethoven.
fn has_particle(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    words.clone().skip(1).any(|word| sheet.mark(word).shape == Shape::Small && is_particle(sheet.base(word)))
}

fn follows_article(sheet: &Sheet<'_>, first: usize) -> bool {
    first.checked_sub(1).is_some_and(|before| matches!(sheet.base(before), "the" | "a" | "an"))
}

/// Whether no word of a run forbids that it names somebody.
fn may_be_somebody(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let first = sheet.mark(words.start);
    let begins_as_somebody = words.len() > 1 && first.is(Class::Given) && !first.is(Class::Place);
    let forbids = |word: usize| {
        let mark = sheet.mark(word);
        let is_part = mark.classes.any(&[Class::Given, Class::Surname]);
        // Kim Jong Un, Michael Bloomberg: what else is an organisation may end a name.
        let is_surname = mark.shape == Shape::Capital && word + 1 == words.end && begins_as_somebody;
        mark.is(Class::Nation)
            || mark.is(Class::Org) && !is_surname
            || mark.is(Class::Calendar) && !is_part
            || mark.classes.any(&[Class::OrgWord, Class::PlaceWord]) && !is_part
            || mark.shape == Shape::Capitals && !is_suffix(sheet.base(word))
            || matches!(sheet.base(word), "of" | "for" | "the")
    };
    !words.clone().any(forbids) && sheet.mark(words.end.saturating_sub(1)).shape != Shape::Initials
}

/// Initials before the last word: J. Smith, George W. Bush.
fn has_initial(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let is_initial = |word: usize| {
        sheet.mark(word).shape == Shape::Initials
            && !matches!(sheet.base(word), "us" | "uk" | "un" | "eu" | "dc" | "i" | "a")
    };
    words.clone().rev().skip(1).any(is_initial)
}

/// `X, Putin's spokesperson`, `X, a special envoy`: a role soon behind a comma, before anything else ends.
pub(in crate::extract) fn has_apposition(sheet: &Sheet<'_>, last: usize) -> bool {
    apposed_role(sheet, last).is_some()
}

/// The word that says what somebody named up to `last` is, in an apposition.
pub(in crate::extract) fn apposed_role(sheet: &Sheet<'_>, last: usize) -> Option<usize> {
    const FAR: usize = 7;
    if sheet.page.gap(last).trim_end() != "," || sheet.is_possessive(last) {
        return None;
    }
    for word in last + 1..last + 1 + FAR {
        if sheet.mark(word).is(Class::Role) && !sheet.is_possessive(word) && !is_role_next(sheet, word) {
            let is_title = sheet.page.gap(word) == " " && sheet.mark(word + 1).is_capital();
            return (!is_title).then_some(word);
        }
        let mark = sheet.mark(word);
        let ends = !matches!(sheet.page.gap(word), " " | "\n" | ". ") || mark.begins;
        if ends || ENDS_APPOSITION.contains(&sheet.base(word)) {
            return None;
        }
    }
    None
}

fn is_role_next(sheet: &Sheet<'_>, word: usize) -> bool {
    sheet.page.gap(word) == " " && sheet.mark(word + 1).is(Class::Role)
}

/// Words that no role of the name before them stands behind.
const ENDS_APPOSITION: [&str; 28] = [
    "said", "says", "who", "which", "and", "but", "in", "on", "at", "with", "to", "from", "by", "was", "is", "were",
    "are", "has", "had", "have", "told", "that", "when", "where", "whose", "after", "as", "while",
];

/// `, 45,` behind a name.
fn is_aged(sheet: &Sheet<'_>, last: usize) -> bool {
    let age = sheet.page.printed(last + 1);
    let behind = sheet.page.gap(last + 1);
    sheet.page.gap(last) == ", "
        && age.len() == 2
        && age.bytes().all(|byte| byte.is_ascii_digit())
        && behind.starts_with([',', '.', ';', ')'])
}

fn is_followed_by_who(sheet: &Sheet<'_>, last: usize) -> bool {
    matches!(sheet.page.gap(last), " " | ", ") && matches!(sheet.page.printed(last + 1), "who" | "whose" | "whom")
}

/// `X (Norland)`.
fn has_country_behind(sheet: &Sheet<'_>, last: usize) -> bool {
    sheet.page.gap(last).trim() == "("
        && sheet.mark(last + 1).is(Class::Place)
        && sheet.page.gap(last + 1).trim_start_matches(['.', ' ']).starts_with(')')
}

/// Whether the words stand beside a verb that takes a speaker.
fn speaks(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    let last = words.end - 1;
    let behind = sheet.page.gap(last) == " " && is_speech(sheet.page.printed(last + 1));
    let before = words.start.checked_sub(1).is_some_and(|before| {
        sheet.page.gap(before) == " " && matches!(sheet.page.printed(before), "said" | "says" | "confirmed" | "added")
    });
    !sheet.is_possessive(last) && (behind || before && sheet.page.gap(last).starts_with([',', '.']))
}

fn is_speech(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "told"
            | "added"
            | "asked"
            | "insisted"
            | "argued"
            | "explained"
            | "recalled"
            | "replied"
            | "wrote"
            | "writes"
            | "admitted"
            | "joked"
            | "tweeted"
            | "thinks"
            | "believes"
            | "testified"
            | "vowed"
            | "complained"
            | "quipped"
            | "noted"
    )
}

fn follows_preposition(sheet: &Sheet<'_>, word: usize) -> bool {
    let before = word.checked_sub(1).filter(|before| sheet.page.gap(*before) == " ");
    before.is_some_and(|before| matches!(sheet.page.printed(before), "in" | "near"))
}
