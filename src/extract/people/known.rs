//! The full names of an article under all by which a further name could fit them.
//!
//! It may offer names that do not fit, and never leaves out one that does; `form` compares them.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

use super::form::{Bag, Fit, Form, Single, is_close};

/// The most words of a part of a name that is looked up; printed names are shorter.
const LONGEST_PART: usize = 32;

/// A full name and whose it is.
struct Known<'a> {
    form: Form<'a>,
    person: usize,
    /// The letters of first name and surname.
    bags: [Bag; 2],
}

/// All full names, and chains of those that share a key.
#[derive(Default)]
pub(super) struct Names<'a> {
    names: Vec<Known<'a>>,
    /// The entry made last under each key.
    chains: HashMap<u64, u32>,
    entries: Vec<Entry>,
    /// The surnames that are close to each single word looked up so far.
    close: HashMap<&'a str, Vec<&'a str>>,
}

/// A name under a key, and the entry made before under the same, or `NONE`.
struct Entry {
    name: u32,
    before: u32,
}

const NONE: u32 = u32::MAX;

/// What names are looked up by.
#[derive(Clone, Copy, Hash)]
enum Key {
    /// All words.
    Whole,
    /// Words at the beginning or the end of a longer name.
    Inner,
    /// First name and surname.
    Ends,
    /// First letter and surname, of names that begin with an initial.
    Initial,
    /// The same of those that do not.
    Spelt,
    /// The first letters of all words.
    Letters,
    Surname,
    /// A surname, of one person.
    Own(usize),
    First,
    /// The first letter of a surname; each surname stands there once.
    SurnameLetter,
}

impl<'a> Names<'a> {
    /// Adds a name of a person, unless they have it.
    pub(super) fn add(&mut self, form: &Form<'a>, person: usize) {
        let (first, last) = ends(form);
        let whole = key(Key::Whole, &form.words);
        if self.under(whole).any(|known| known.person == person && known.form == *form) {
            return;
        }
        let name = self.names.len() as u32;
        self.names.push(Known { form: form.clone(), person, bags: [Bag::of(first), Bag::of(last)] });
        self.enter(whole, name);
        if form.words.len() < 2 {
            return;
        }
        if self.under(key(Key::Surname, &[last])).next().is_none() {
            self.enter(key(Key::SurnameLetter, &[letter(last)]), name);
        }
        self.enter(key(Key::Surname, &[last]), name);
        self.enter(key(Key::Own(person), &[last]), name);
        self.enter(key(Key::First, &[first]), name);
        self.enter(key(Key::Ends, &[first, last]), name);
        let initial = if first.len() == 1 { Key::Initial } else { Key::Spelt };
        self.enter(key(initial, &[letter(first), last]), name);
        self.enter(letters(form), name);
        parts(form).for_each(|part| self.enter(key(Key::Inner, part), name));
    }

    fn enter(&mut self, key: u64, name: u32) {
        let before = self.chains.insert(key, self.entries.len() as u32).unwrap_or(NONE);
        self.entries.push(Entry { name, before });
    }

    fn under(&self, key: u64) -> impl Iterator<Item = &Known<'a>> {
        let entry = |at: u32| self.entries.get(at as usize);
        let last = self.chains.get(&key).copied().and_then(entry);
        let chain = std::iter::successors(last, move |own| entry(own.before));
        chain.filter_map(|entry| self.names.get(entry.name as usize))
    }

    /// The people whom a full name fits in this way, some several times.
    pub(super) fn fitting(&self, form: &Form<'_>, fit: Fit) -> impl Iterator<Item = usize> {
        let (first, last) = ends(form);
        let bags = [Bag::of(first), Bag::of(last)];
        let is_alike = move |own: &Known<'_>| own.bags.iter().zip(&bags).all(|(own, bag)| own.may_be_close(bag));
        let found = keys(form, fit).into_iter().flat_map(|key| self.under(key));
        let found = found.filter(move |own| (fit != Fit::Close || is_alike(own)) && form.fits(&own.form) == Some(fit));
        found.map(|own| own.person)
    }

    /// Whether a full name could fit one of these.
    pub(super) fn could_have(&self, form: &Form<'_>) -> bool {
        let (first, last) = ends(form);
        let bags = [Bag::of(first), Bag::of(last)];
        let is_alike = |own: &Known<'_>| own.bags.iter().zip(&bags).all(|(own, bag)| own.may_be_close(bag));
        [Fit::Same, Fit::Part, Fit::Initials].into_iter().any(|fit| self.fitting(form, fit).next().is_some())
            || self.under(letters(form)).any(is_alike)
    }

    /// The people for whom a single word stands in this way, some several times.
    pub(super) fn meant(&mut self, form: &Form<'a>, single: Single) -> impl Iterator<Item = usize> {
        let word = form.words.first().copied().unwrap_or_default();
        let keys = match single {
            Single::Surname => vec![key(Key::Surname, &[word])],
            Single::First => vec![key(Key::First, &[word])],
            Single::Close => self.close_to(word).iter().map(|surname| key(Key::Surname, &[surname])).collect(),
        };
        let found = keys.into_iter().flat_map(|key| self.under(key));
        found.filter(move |own| form.stands_for(&own.form) == Some(single)).map(|own| own.person)
    }

    /// Whether a single word stands for the surname of this person.
    pub(super) fn is_surname_of(&self, form: &Form<'_>, person: usize) -> bool {
        let word = form.words.first().copied().unwrap_or_default();
        let mut own = self.under(key(Key::Own(person), &[word]));
        own.any(|own| own.person == person && form.stands_for(&own.form) == Some(Single::Surname))
    }

    /// The surnames that a single word may be, misspelt.
    fn close_to(&mut self, word: &'a str) -> &[&'a str] {
        if !self.close.contains_key(word) {
            let bag = Bag::of(word);
            let alike =
                self.under(key(Key::SurnameLetter, &[letter(word)])).filter(|own| own.bags[1].may_be_close(&bag));
            let surnames = alike.map(|own| ends(&own.form).1).filter(|surname| is_close(word, surname)).collect();
            self.close.insert(word, surnames);
        }
        self.close.get(word).map(Vec::as_slice).unwrap_or_default()
    }
}

/// The keys under which all names stand that a full name fits in this way.
fn keys(form: &Form<'_>, fit: Fit) -> Vec<u64> {
    let (first, last) = ends(form);
    match fit {
        Fit::Same => vec![key(Key::Whole, &form.words)],
        Fit::Part => {
            let longer = [key(Key::Inner, &form.words), key(Key::Ends, &[first, last])];
            longer.into_iter().chain(parts(form).map(|part| key(Key::Whole, part))).collect()
        }
        Fit::Initials if first.len() == 1 => {
            vec![key(Key::Initial, &[first, last]), key(Key::Spelt, &[first, last])]
        }
        Fit::Initials => vec![key(Key::Initial, &[letter(first), last])],
        Fit::Close => vec![letters(form)],
    }
}

/// The words at the beginning and at the end of a longer name that could be a name.
fn parts<'f, 'a>(form: &'f Form<'a>) -> impl Iterator<Item = &'f [&'a str]> {
    let words = form.words.as_slice();
    let lengths = 2..words.len().min(LONGEST_PART + 1);
    lengths.flat_map(|length| words.get(..length).into_iter().chain(words.get(words.len() - length..)))
}

/// First name and surname.
fn ends<'a>(form: &Form<'a>) -> (&'a str, &'a str) {
    let word = |word: Option<&&'a str>| word.copied().unwrap_or_default();
    (word(form.words.first()), word(form.words.last()))
}

/// The first letter of a word.
fn letter(word: &str) -> &str {
    word.chars().next().and_then(|letter| word.get(..letter.len_utf8())).unwrap_or_default()
}

fn letters(form: &Form<'_>) -> u64 {
    key(Key::Letters, &form.words.iter().map(|word| letter(word)).collect::<Vec<_>>())
}

/// One number for a key of words; two keys with the same number would only offer more names.
fn key(kind: Key, words: &[&str]) -> u64 {
    let mut hasher = DefaultHasher::new();
    (kind, words).hash(&mut hasher);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_compared_with_few() {
        let syllables = ["ba", "ko", "du", "fi", "le", "mo", "nu", "pa", "ri", "so"];
        let surnames = (0..1000).map(|n| [n / 100, n / 10 % 10, n % 10].map(|at| syllables[at]).concat());
        let surnames: Vec<String> = surnames.collect();
        let firsts = ["nora", "paul", "tamsin", "ludwig", "ilm", "n"];
        let forms = surnames.iter().flat_map(|last| firsts.map(|first| vec![first, last.as_str()]));
        let forms: Vec<Form<'_>> = forms.map(|words| Form { words, ..Form::default() }).collect();
        let mut names = Names::default();
        forms.iter().enumerate().for_each(|(person, form)| names.add(form, person));
        let compared = |form, fit| keys(form, fit).into_iter().map(|key| names.under(key).count()).sum::<usize>();
        for form in &forms {
            let exact = [Fit::Same, Fit::Part, Fit::Initials].map(|fit| compared(form, fit));
            assert!(exact.iter().all(|compared| *compared <= 6), "{form:?} {exact:?}");
            assert!(compared(form, Fit::Close) <= forms.len() / 30, "{form:?}");
        }
    }
}
