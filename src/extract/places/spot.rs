//! Words that may name a place: what a recogniser calls one, and names of the gazetteer.
//!
//! It never decides whether a place is meant (`judge`) or which (`resolve`), and takes no word from a person's or an
//! organisation's name.

use std::ops::Range;

use super::{
    cue::is_blank,
    gazetteer::{Gazetteer, Naming, Sense, Spelling},
    own::Gazetteers,
    resolve::Resolved,
};
use crate::{
    entity::EntityKind,
    extract::{found::MOST, names::Name, page::Page},
    text::FormKind,
};

/// The most words a name of an archive's own list has.
const LONGEST: usize = 8;

/// In small letters behind a name, these make a region of it.
const REGION_WORDS: &[&str] = &["region", "province", "oblast", "state", "prefecture", "governorate", "peninsula"];

/// Words that may name a place, or tell of one.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    /// Which words of the page.
    pub(super) words: Range<usize>,
    /// Where they stand in its text, without a possessive ending.
    pub(super) bytes: Range<usize>,
    /// The folded words, joined: one key has one meaning in an article.
    pub(super) key: String,
    /// The places it may be; demonyms too, which give context and are no mention.
    pub(super) senses: Vec<Sense>,
    /// Whether the next candidate names a place that holds this one: “Paris, Texas”.
    pub(super) lies_in_next: bool,
    /// 0 to 1.
    pub(super) confidence: f32,
    /// Whether it stands in a list with the next candidate: “Syria and Ukraine”.
    pub(super) is_listed_with_next: bool,
    /// The recogniser's rule, if it found the name.
    pub(super) recognised: Option<&'static str>,
}

impl Candidate {
    /// A place that came with an article and stands nowhere in particular.
    pub(super) fn given(key: String, senses: Vec<Sense>) -> Self {
        let (words, bytes) = (0..0, 0..0);
        let (lies_in_next, is_listed_with_next) = (false, false);
        Self { words, bytes, key, senses, lies_in_next, is_listed_with_next, confidence: 1.0, recognised: None }
    }

    /// Whether it is a place even if none is known by the name.
    pub(super) fn names_a_place(&self) -> bool {
        self.recognised.is_some() || self.senses.iter().any(|sense| sense.naming != Naming::Demonym)
    }

    /// The rule that a mention of it bears.
    pub(super) fn rule(&self, resolved: &Resolved) -> &'static str {
        match (resolved.place, self.lies_in_next) {
            (Some(_), true) => "place-within",
            (Some(_), false) => "gazetteer",
            (None, _) => self.recognised.unwrap_or("place-ambiguous"),
        }
    }

    /// Whether it names no place, only what belongs to one.
    pub(super) fn is_demonym(&self) -> bool {
        !self.names_a_place() && !self.senses.is_empty()
    }
}

/// The candidates of a page, in order, none overlapping another; no more than one beyond the most that are taken.
pub(super) fn candidates(page: &Page<'_>, names: &[Name], gazetteers: &Gazetteers) -> Vec<Candidate> {
    let reader = Reader { page, gazetteers };
    let mut found = reader.all(names);
    reader.relate(&mut found);
    found
}

struct Reader<'a> {
    page: &'a Page<'a>,
    gazetteers: &'a Gazetteers,
}

impl Reader<'_> {
    /// Everything that the recogniser calls a place or the gazetteer knows.
    fn all(&self, names: &[Name]) -> Vec<Candidate> {
        let mut found = Vec::new();
        let mut names = names.iter().peekable();
        let mut at = 0;
        while at < self.page.words().len() && found.len() <= MOST {
            while names.next_if(|name| name.words.end <= at).is_some() {}
            let name = names.peek().filter(|name| name.words.start <= at);
            at = match name {
                Some(name) if name.kind == EntityKind::Place => {
                    found.push(self.recognised(name));
                    name.words.end
                }
                Some(name) => name.words.end,
                None => {
                    let limit = names.peek().map_or(self.page.words().len(), |name| name.words.start);
                    let candidate = self.longest(at..limit);
                    let end = candidate.as_ref().map_or(at + 1, |candidate| candidate.words.end);
                    found.extend(candidate);
                    end
                }
            };
        }
        found
    }

    /// What a recogniser calls a place.
    fn recognised(&self, name: &Name) -> Candidate {
        let tokens = &self.page.analysis.tokens;
        let words = tokens.words().get(name.words.clone()).unwrap_or_default();
        let whole: String = words.iter().map(|word| tokens.joined(word)).collect();
        let known = self.longest(name.words.clone()).filter(|candidate| candidate.words == name.words);
        let (bytes, key, senses) = match known {
            Some(known) => (known.bytes, known.key, known.senses),
            None => (self.page.bytes(&name.words), whole, Vec::new()),
        };
        let (words, recognised, confidence) = (name.words.clone(), Some(name.rule), name.confidence);
        Candidate { words, bytes, confidence, recognised, ..Candidate::given(key, senses) }
    }

    /// The longest name of a gazetteer that begins with the first of some words and goes no further than the last.
    fn longest(&self, words: Range<usize>) -> Option<Candidate> {
        if !self.page.printed(words.start).starts_with(char::is_uppercase) {
            return None;
        }
        let tokens = &self.page.analysis.tokens;
        let mut spelling = Gazetteer::built_in().spell();
        let mut best = None;
        for at in words.clone() {
            let word = tokens.words().get(at)?;
            if at > words.start && !self.goes_on(at - 1) {
                break;
            }
            let (whole, bare) = (tokens.joined(word), tokens.possessive_base(word));
            let of_bare = bare.and_then(|bare| spelling?.then(bare));
            spelling = spelling.and_then(|spelling| spelling.then(whole));
            let is_region_word = at > words.start && REGION_WORDS.contains(&whole);
            if is_region_word || self.page.printed(at).starts_with(char::is_uppercase) {
                let endings = [(Some(whole), spelling), (bare, of_bare)];
                for (ending, spelled) in endings.into_iter().filter_map(|(ending, spelled)| Some((ending?, spelled))) {
                    let key = || self.key(words.start..at, ending);
                    best = self.senses(spelled, key).map(|senses| (at, key(), senses)).or(best);
                }
            }
            if spelling.is_none() && (!self.gazetteers.has_list() || at - words.start >= LONGEST) {
                break;
            }
        }
        let (last, key, senses) = best?;
        // “Kursk region” is a region, and its name is Kursk.
        let is_word = last > words.start && self.page.printed(last).starts_with(char::is_lowercase);
        self.candidate(words.start..if is_word { last } else { last + 1 }, key, senses)
    }

    /// Some folded words and an ending, joined.
    fn key(&self, words: Range<usize>, ending: &str) -> String {
        let tokens = &self.page.analysis.tokens;
        let words = tokens.words().get(words).unwrap_or_default();
        words.iter().map(|word| tokens.joined(word)).chain([ending]).collect()
    }

    /// What a name means: in the archive's own list, else in the gazetteer, where it has been spelled.
    fn senses(&self, spelled: Option<Spelling<'_>>, key: impl Fn() -> String) -> Option<Vec<Sense>> {
        let own = if self.gazetteers.has_list() { self.gazetteers.listed(&key()) } else { None };
        own.or_else(|| Some(Gazetteer::built_in().senses(spelled?.value()?)))
    }

    fn candidate(&self, words: Range<usize>, key: String, mut senses: Vec<Sense>) -> Option<Candidate> {
        let last = words.end.checked_sub(1)?;
        senses.retain(|sense| match sense.naming {
            Naming::Capitals => self.is_acronym(last),
            Naming::Abbreviation => self.is_abbreviation(last),
            _ => true,
        });
        let bytes = self.bytes(&words, &key, &senses);
        let candidate = Candidate { words, bytes, ..Candidate::given(key, senses) };
        (!candidate.senses.is_empty()).then_some(candidate)
    }

    /// Without a possessive ending, with the full stop of an abbreviation.
    fn bytes(&self, words: &Range<usize>, key: &str, senses: &[Sense]) -> Range<usize> {
        let mut bytes = self.page.bytes(words);
        let printed = self.page.text.get(bytes.clone()).unwrap_or_default();
        let last = words.end.saturating_sub(1);
        let is_possessive = self.page.words().get(last).is_some_and(|word| {
            self.page.analysis.tokens.possessive_base(word).is_some_and(|base| key.ends_with(base))
                && !key.ends_with(self.page.analysis.tokens.joined(word))
        });
        let is_short = senses.iter().any(|sense| sense.naming == Naming::Abbreviation)
            || (self.page.printed(last).contains('.') && self.is_acronym(last));
        if is_possessive && let Some(bare) = printed.strip_suffix(['s', 'S']) {
            bytes.end = bytes.start + bare.trim_end_matches(|c: char| !c.is_alphanumeric()).len();
        } else if is_short && self.page.text.get(bytes.end..).is_some_and(|rest| rest.starts_with('.')) {
            bytes.end += 1;
        }
        bytes
    }

    /// Whether a name may run on from one word to the next.
    fn goes_on(&self, word: usize) -> bool {
        let gap = self.page.gap(word);
        let is_stop = gap.starts_with('.') && is_blank(gap.get(1..).unwrap_or_default());
        (is_blank(gap) || (is_stop && self.page.printed(word).len() <= 3))
            && self.page.part(word) == self.page.part(word + 1)
    }

    fn is_acronym(&self, word: usize) -> bool {
        let tokens = &self.page.analysis.tokens;
        let word = tokens.words().get(word);
        word.is_some_and(|word| tokens.forms(word).any(|form| form.kind == FormKind::Acronym))
    }

    /// Whether a word is printed with a full stop, or as the two capitals of a postal code.
    fn is_abbreviation(&self, word: usize) -> bool {
        let printed = self.page.printed(word);
        let is_code = printed.len() == 2 && printed.bytes().all(|byte| byte.is_ascii_uppercase());
        is_code || self.page.gap(word).starts_with('.')
    }

    /// Marks what lies in the place named next to it, and drops abbreviations that hold nothing.
    fn relate(&self, found: &mut [Candidate]) {
        for number in 1..=found.len() {
            let (before, behind) = found.split_at_mut(number);
            let (Some(inner), outer) = (before.last_mut(), behind.first_mut()) else { continue };
            let holders: Vec<_> = outer.as_ref().map(|outer| outer.senses.as_slice()).unwrap_or_default().to_vec();
            let is_next = outer.as_ref().is_some_and(|outer| self.is_listed_next(inner, outer));
            inner.lies_in_next = is_next && inner.senses.iter().any(|sense| self.lies_in(sense, &holders));
            inner.is_listed_with_next = outer.as_ref().is_some_and(|outer| self.is_in_list(inner, outer));
            if let Some(outer) = outer.filter(|_| !inner.lies_in_next) {
                outer.senses.retain(|sense| sense.naming != Naming::Abbreviation);
            }
        }
        if let Some(first) = found.first_mut() {
            first.senses.retain(|sense| sense.naming != Naming::Abbreviation);
        }
    }

    /// Whether only a comma or a bracket stands between two candidates.
    fn is_listed_next(&self, inner: &Candidate, outer: &Candidate) -> bool {
        let gap = self.page.text.get(inner.bytes.end..outer.bytes.start).unwrap_or("-");
        matches!(gap.trim_end(), "," | "(" | " (" | "., " | ".,")
    }

    /// Whether two candidates are neighbours in a list.
    fn is_in_list(&self, one: &Candidate, other: &Candidate) -> bool {
        let gap = self.page.text.get(one.bytes.end..other.bytes.start).unwrap_or_default();
        !one.lies_in_next && matches!(gap, ", " | " and " | ", and " | " or " | ", or " | "; ")
    }

    /// Whether a place lies in one of others.
    fn lies_in(&self, sense: &Sense, holders: &[Sense]) -> bool {
        let mut holders = holders.iter().filter(|holder| holder.naming != Naming::Demonym);
        sense.naming != Naming::Demonym && holders.any(|holder| self.gazetteers.lies_in(sense.place, holder.place))
    }
}
