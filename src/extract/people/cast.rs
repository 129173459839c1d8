//! Everybody whom an article names in full: who a further full name is, and whom a single word means.
//!
//! It knows names as words and the numbers of their sentences; how somebody is called is `people`'s to say.

use std::collections::HashSet;

use super::{
    form::{Fit, Form, Gender, Single, differ},
    known::Names,
};

/// Sentences within which a surname of several people goes to the one mentioned.
const NEAR: usize = 3;

/// Somebody.
#[derive(Debug, Default)]
struct Person {
    titled: Option<Gender>,
    named: Option<Gender>,
    /// Sentences that hold a full name, ascending once all are placed.
    sentences: Vec<usize>,
}

impl Person {
    fn gender(&self) -> Option<Gender> {
        self.titled.or(self.named)
    }

    fn is_near(&self, sentence: usize) -> bool {
        let from = self.sentences.partition_point(|own| own + NEAR < sentence);
        self.sentences.get(from).is_some_and(|own| *own <= sentence + NEAR)
    }
}

/// Everybody whom an article names in full, by number.
#[derive(Default)]
pub(super) struct Cast<'a> {
    people: Vec<Person>,
    names: Names<'a>,
    /// Surnames printed both with Mr and with Mrs.
    couples: HashSet<&'a str>,
    /// Sentences with the people whom they name in full, in order once all are placed.
    sentences: Vec<(usize, usize)>,
}

impl<'a> Cast<'a> {
    /// Nobody; `couples` are surnames printed both with Mr and with Mrs.
    pub(super) fn new(couples: HashSet<&'a str>) -> Self {
        Self { couples, ..Self::default() }
    }

    /// How many people there are.
    pub(super) fn len(&self) -> usize {
        self.people.len()
    }

    /// Adds somebody with all their names.
    pub(super) fn add(&mut self, forms: &[Form<'a>], named: Option<Gender>) {
        forms.iter().for_each(|form| self.names.add(form, self.people.len()));
        self.people.push(Person { named, ..Person::default() });
    }

    /// Finds the one person a full name fits best, or adds them.
    pub(super) fn place(&mut self, form: &Form<'a>, sentence: usize) -> (usize, Fit) {
        let (at, fit) = self.best(form).unwrap_or((self.people.len(), Fit::Same));
        if at == self.people.len() {
            self.people.push(Person::default());
        }
        if let Some(person) = self.people.get_mut(at) {
            person.titled = person.titled.or(form.titled);
            person.named = person.named.or(form.named);
            person.sentences.push(sentence);
            self.names.add(form, at);
        }
        (at, fit)
    }

    /// Whom a full name fits best: of several the first who has the very name, else nobody.
    fn best(&self, form: &Form<'_>) -> Option<(usize, Fit)> {
        let can_be = |at: usize| self.people.get(at).is_some_and(|person| !differ(person.titled, form.titled));
        for fit in [Fit::Same, Fit::Part, Fit::Initials, Fit::Close] {
            let mut people = self.names.fitting(form, fit).filter(|at| can_be(*at));
            let Some(first) = people.next() else { continue };
            return match fit {
                Fit::Same => Some((people.fold(first, usize::min), fit)),
                _ => people.all(|other| other == first).then_some((first, fit)),
            };
        }
        None
    }

    /// Says that all full names are placed.
    pub(super) fn settle(&mut self) {
        for (at, person) in self.people.iter_mut().enumerate() {
            person.sentences.sort_unstable();
            self.sentences.extend(person.sentences.iter().map(|sentence| (*sentence, at)));
        }
        self.sentences.sort_unstable();
    }

    /// Whom a single word means, in which way, and whether only because they stand near: the only candidate, or the
    /// only one near who has the surname.
    pub(super) fn single(&mut self, form: &Form<'a>, sentence: usize) -> Option<(usize, Single, bool)> {
        for single in [Single::Surname, Single::First, Single::Close] {
            let Self { people, names, couples, .. } = self;
            let mut meant = names.meant(form, single).filter(|at| can_be(people, couples, form, *at));
            let Some(first) = meant.next() else { continue };
            if meant.all(|other| other == first) {
                return Some((first, single, false));
            }
            drop(meant);
            let near = (single == Single::Surname).then(|| self.near(form, sentence))?;
            return near.map(|at| (at, single, true));
        }
        None
    }

    /// The only one near who has a surname: sought among all who have it or among all who are near, whoever are fewer.
    fn near(&mut self, form: &Form<'a>, sentence: usize) -> Option<usize> {
        let Self { people, names, couples, sentences } = self;
        let from = sentences.partition_point(|(own, _)| own + NEAR < sentence);
        let to = sentences.partition_point(|(own, _)| *own <= sentence + NEAR);
        let near = sentences.get(from..to).unwrap_or_default();
        let can_be = |at: &usize| can_be(people, couples, form, *at);
        let is_near = |at: &usize| people.get(*at).is_some_and(|person| person.is_near(sentence));
        if names.meant(form, Single::Surname).nth(near.len()).is_none() {
            return only(names.meant(form, Single::Surname).filter(|at| can_be(at) && is_near(at)));
        }
        only(near.iter().map(|(_, at)| *at).filter(|at| can_be(at) && names.is_surname_of(form, *at)))
    }
}

/// Whether nothing speaks against it that a single word means this person; of a couple only what says which of the two.
fn can_be(people: &[Person], couples: &HashSet<&str>, form: &Form<'_>, at: usize) -> bool {
    let is_of_couple = form.words.first().is_some_and(|word| couples.contains(word));
    let own = people.get(at).and_then(Person::gender);
    !(differ(own, form.gender()) || is_of_couple && form.gender() != own)
}

/// The one of whom all are, if there are any.
fn only(mut people: impl Iterator<Item = usize>) -> Option<usize> {
    let first = people.next()?;
    people.all(|other| other == first).then_some(first)
}

#[cfg(test)]
mod tests;
