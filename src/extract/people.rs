//! Which printed names belong to one person: inside an article only, boldly where one candidate is left.
//!
//! It never merges what contradicts (first names, Mr and Mrs, Jr and Sr), and never says who an ambiguous surname is.

mod form;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use form::{Fit, Form, Gender, Single, differ};

use super::{
    names::{
        Name,
        lexicon::{Class, classes, is_suffix},
        rules::LOST_APOSTROPHE,
    },
    sheet::{Shape, Sheet},
};
use crate::{article, entity::EntityKind, text};

/// Sentences within which a surname of several people goes to the one mentioned.
const NEAR: usize = 3;

/// A name of a person, and who it is.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Link {
    /// Which words of the page.
    pub(super) words: Range<usize>,
    /// The full name as given or first printed, else the surname with `(unresolved)`.
    pub(super) entity: String,
    pub(super) rule: &'static str,
    pub(super) confidence: f32,
}

/// Says of each name of a person who it is, in order of the text. People who came `given` are never renamed.
pub(super) fn link(sheet: &Sheet<'_>, names: &[Name], given: &[article::Name]) -> Vec<Link> {
    let given_words: Vec<Vec<String>> = given
        .iter()
        .flat_map(|name| std::iter::once(&name.name).chain(&name.aliases).map(|form| text::fold_words(form)))
        .collect();
    let printed: Vec<Printed<'_>> =
        names.iter().filter(|name| name.kind == EntityKind::Person).map(|name| printed(sheet, name)).collect();
    let mut cast = Cast { sheet, people: Vec::new(), couples: couples(&printed) };
    cast.seed(given, &given_words);
    let mut whose = vec![None; printed.len()];
    let mut longest_first: Vec<_> = printed.iter().zip(&mut whose).collect();
    longest_first.retain(|(name, _)| name.form.words.len() > 1);
    longest_first.sort_by_key(|(name, _)| std::cmp::Reverse(name.form.words.len()));
    longest_first.into_iter().for_each(|(name, whose)| *whose = Some(cast.place(name)));
    cast.name_all(&printed, &whose);
    let mut unresolved = HashMap::new();
    let links = printed.iter().zip(&whose).map(|(name, whose)| match whose {
        Some((person, fit)) => cast.full(name, *person, *fit),
        None => cast.single(name).unwrap_or_else(|| bare(sheet, name, &mut unresolved)),
    });
    links.collect()
}

/// A name of a person with its form.
struct Printed<'a> {
    name: &'a Name,
    form: Form<'a>,
    sentence: usize,
}

fn printed<'a>(sheet: &Sheet<'a>, name: &'a Name) -> Printed<'a> {
    let mut form = Form::default();
    for word in name.words.clone() {
        let base = sheet.base(word);
        let is_initials = sheet.mark(word).shape == Shape::Initials;
        match base {
            _ if is_initials => form.words.push(base.get(..1).unwrap_or(base)),
            suffix if is_suffix(suffix) && !form.words.is_empty() => form.suffix = Some(base),
            _ => form.words.push(base),
        }
    }
    if name.rule == LOST_APOSTROPHE {
        form.words.iter_mut().for_each(|word| *word = word.strip_suffix('s').unwrap_or(word));
    }
    form.titled = titled(sheet, &name.words);
    form.named = named(&form.words);
    Printed { name, form, sentence: sheet.page.sentence(name.words.start) }
}

/// Surnames that stand alone with Mr here and with Mrs there.
fn couples<'a>(printed: &[Printed<'a>]) -> HashSet<&'a str> {
    let singles = |gender| {
        let of = printed.iter().filter(move |name| name.form.titled == Some(gender) && name.form.words.len() == 1);
        of.filter_map(|name| name.form.words.first().copied())
    };
    let women: HashSet<&str> = singles(Gender::Female).collect();
    singles(Gender::Male).filter(|surname| women.contains(surname)).collect()
}

/// What the title before a name says.
fn titled(sheet: &Sheet<'_>, words: &Range<usize>) -> Option<Gender> {
    let before = words.start.checked_sub(1).filter(|before| sheet.mark(*before).is(Class::Honorific))?;
    match sheet.base(before) {
        "mr" | "sir" | "lord" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "lady" | "dame" | "madam" | "madame" => Some(Gender::Female),
        _ => None,
    }
}

/// What the first of a name's words says.
fn named(words: &[&str]) -> Option<Gender> {
    let first = classes(words.first().filter(|_| words.len() > 1)?);
    let genders = [(Class::Woman, Gender::Female), (Class::Man, Gender::Male)];
    genders.into_iter().find(|(class, _)| first.has(*class)).map(|(_, gender)| gender)
}

/// Somebody, with the full names under which the article prints them.
#[derive(Default)]
struct Person<'a> {
    entity: String,
    forms: Vec<Form<'a>>,
    titled: Option<Gender>,
    named: Option<Gender>,
    /// Sentences that hold a full name, ascending once all are placed.
    sentences: Vec<usize>,
    is_given: bool,
}

/// Everybody whom an article names in full.
struct Cast<'a, 's> {
    sheet: &'s Sheet<'a>,
    people: Vec<Person<'a>>,
    /// Surnames printed both with Mr and with Mrs.
    couples: HashSet<&'a str>,
}

impl<'a> Cast<'a, '_> {
    /// Begins with the people who came with the article.
    fn seed(&mut self, given: &[article::Name], words: &'a [Vec<String>]) {
        let mut words = words.iter();
        for name in given {
            let forms = words.by_ref().take(1 + name.aliases.len());
            let forms =
                forms.map(|words| Form { words: words.iter().map(String::as_str).collect(), ..Form::default() });
            let forms: Vec<Form<'_>> = forms.collect();
            let named = forms.iter().find_map(|form| named(&form.words));
            self.people.push(Person { entity: name.name.clone(), forms, named, is_given: true, ..Person::default() });
        }
    }

    /// Finds the one person a full name fits best, or adds them.
    fn place(&mut self, printed: &Printed<'a>) -> (usize, Fit) {
        let mut best: Option<(Fit, usize, bool)> = None;
        for (at, person) in self.people.iter().enumerate() {
            let Some(fit) = person.fit(&printed.form) else { continue };
            best = match best {
                Some((so_far, ..)) if fit < so_far => Some((fit, at, true)),
                Some((so_far, first, _)) if fit == so_far => Some((so_far, first, false)),
                None => Some((fit, at, true)),
                kept => kept,
            };
        }
        let (at, fit) = match best {
            Some((fit, at, is_only)) if is_only || fit == Fit::Same => (at, fit),
            _ => {
                self.people.push(Person::default());
                (self.people.len() - 1, Fit::Same)
            }
        };
        if let Some(person) = self.people.get_mut(at) {
            person.titled = person.titled.or(printed.form.titled);
            person.named = person.named.or(printed.form.named);
            person.sentences.push(printed.sentence);
            if !person.forms.contains(&printed.form) {
                person.forms.push(printed.form.clone());
            }
        }
        (at, fit)
    }

    /// Names everybody who was not given: as first printed in full.
    fn name_all(&mut self, printed: &[Printed<'_>], whose: &[Option<(usize, Fit)>]) {
        let sheet = self.sheet;
        let mut best = vec![u8::MAX; self.people.len()];
        for (name, (at, _)) in printed.iter().zip(whose).filter_map(|(name, whose)| Some((name, (*whose)?))) {
            let worth = drawbacks(sheet, &name.name.words);
            if let (Some(person), Some(best)) = (self.people.get_mut(at), best.get_mut(at))
                && !person.is_given
                && worth < *best
            {
                *best = worth;
                person.entity = shown(sheet, &name.name.words);
            }
        }
        self.people.iter_mut().for_each(|person| person.sentences.sort_unstable());
    }

    fn full(&self, printed: &Printed<'_>, person: usize, fit: Fit) -> Link {
        let entity = self.people.get(person).map(|person| person.entity.clone()).unwrap_or_default();
        let (rule, most) = match fit {
            Fit::Same => (printed.name.rule, 1.0),
            Fit::Part => ("part-of-name", 0.9),
            Fit::Initials => ("initials", 0.85),
            Fit::Close => ("close-spelling", 0.75),
        };
        Link { words: printed.name.words.clone(), entity, rule, confidence: printed.name.confidence.min(most) }
    }

    /// Whom a single word stands for: the only candidate, or the only one near.
    fn single(&self, printed: &Printed<'_>) -> Option<Link> {
        let is_of_couple = printed.form.words.first().is_some_and(|word| self.couples.contains(word));
        let fits = |person: &'_ Person<'_>| {
            let is_open = is_of_couple && printed.form.gender() != person.gender();
            Some((person.stands(&printed.form).filter(|_| !is_open)?, person.is_near(printed.sentence)))
        };
        let found: Vec<(usize, Single, bool)> = self
            .people
            .iter()
            .enumerate()
            .filter_map(|(at, person)| fits(person).map(|(single, is_near)| (at, single, is_near)))
            .collect();
        let surest = found.iter().map(|(_, single, _)| *single).min()?;
        let mut candidates = found.iter().filter(|(_, single, _)| *single == surest);
        let mut near = candidates.clone().filter(|(.., is_near)| *is_near);
        let is_lost = printed.name.rule == LOST_APOSTROPHE;
        let (at, rule, most) = match (candidates.next(), candidates.next(), near.next(), near.next()) {
            (Some((at, Single::Surname, _)), None, ..) if is_lost => (*at, LOST_APOSTROPHE, 0.8),
            (Some((at, Single::Surname, _)), None, ..) => (*at, "surname", 0.92),
            (Some((at, Single::First, _)), None, ..) => (*at, "first-name", 0.75),
            (Some((at, Single::Close, _)), None, ..) => (*at, "close-spelling", 0.7),
            (_, _, Some((at, Single::Surname, _)), None) => (*at, "surname-nearby", 0.7),
            _ => return None,
        };
        let entity = self.people.get(at)?.entity.clone();
        Some(Link { words: printed.name.words.clone(), entity, rule, confidence: most })
    }
}

impl Person<'_> {
    fn fit(&self, form: &Form<'_>) -> Option<Fit> {
        if differ(self.titled, form.titled) {
            return None;
        }
        let fits: Vec<Option<Fit>> = self.forms.iter().map(|own| form.fits(own)).collect();
        fits.into_iter().flatten().min()
    }

    fn stands(&self, form: &Form<'_>) -> Option<Single> {
        if differ(self.gender(), form.gender()) {
            return None;
        }
        self.forms.iter().filter_map(|own| form.stands_for(own)).min()
    }

    fn gender(&self) -> Option<Gender> {
        self.titled.or(self.named)
    }

    fn is_near(&self, sentence: usize) -> bool {
        self.sentences.iter().any(|own| own.abs_diff(sentence) <= NEAR)
    }
}

/// What speaks against calling somebody as printed here: an initial for the first name, capitals, a headline.
fn drawbacks(sheet: &Sheet<'_>, words: &Range<usize>) -> u8 {
    let first = sheet.mark(words.start);
    2 * u8::from(first.shape == Shape::Initials) + u8::from(is_in_capitals(sheet, words) || first.is_headline)
}

fn is_in_capitals(sheet: &Sheet<'_>, words: &Range<usize>) -> bool {
    words.clone().all(|word| sheet.mark(word).shape != Shape::Capital)
}

/// A name as printed, on one line; one in capitals in small letters behind each first.
fn shown(sheet: &Sheet<'_>, words: &Range<usize>) -> String {
    let printed = sheet.page.text.get(sheet.bytes(words)).unwrap_or_default();
    let is_loud = is_in_capitals(sheet, words);
    let words = printed.split_whitespace().map(|word| match is_loud && word.chars().count() > 2 {
        true => lowered(word),
        false => word.to_owned(),
    });
    words.collect::<Vec<_>>().join(" ")
}

fn lowered(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().chain(letters.flat_map(char::to_lowercase)).collect()
}

/// A surname that belongs to nobody named in full; all its mentions are shown alike.
fn bare(sheet: &Sheet<'_>, printed: &Printed<'_>, unresolved: &mut HashMap<String, String>) -> Link {
    let words = printed.name.words.clone();
    let entity = unresolved.entry(printed.form.words.concat()).or_insert_with(|| {
        let shown = shown(sheet, &words);
        let bare = if printed.name.rule == LOST_APOSTROPHE { shown.trim_end_matches('s') } else { &shown };
        format!("{bare} (unresolved)")
    });
    let confidence = printed.name.confidence.min(0.6);
    Link { words, entity: entity.clone(), rule: "unresolved", confidence }
}
