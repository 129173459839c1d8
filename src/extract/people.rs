//! Which printed names belong to one person: inside an article only, boldly where one candidate is left.
//!
//! It never merges what contradicts (first names, Mr and Mrs, Jr and Sr), and never says who an ambiguous surname is.

mod cast;
mod form;
mod known;
mod wanted;

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use cast::Cast;
use form::{Fit, Form, Gender, Single};
use wanted::Wanted;

use super::{
    names::{
        Name,
        lexicon::{Class, classes, is_suffix},
        rules::LOST_APOSTROPHE,
    },
    sheet::{Shape, Sheet},
};
use crate::{article, entity::EntityKind, text};

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
    let printed: Vec<Printed<'_>> =
        names.iter().filter(|name| name.kind == EntityKind::Person).map(|name| printed(sheet, name)).collect();
    let given = taking_part(given, &printed);
    let mut cast = Cast::new(couples(&printed));
    seed(&mut cast, &given);
    let mut whose = vec![None; printed.len()];
    let mut longest_first: Vec<_> = printed.iter().zip(&mut whose).collect();
    longest_first.retain(|(name, _)| name.form.words.len() > 1);
    longest_first.sort_by_key(|(name, _)| std::cmp::Reverse(name.form.words.len()));
    longest_first.into_iter().for_each(|(name, whose)| *whose = Some(cast.place(&name.form, name.sentence)));
    cast.settle();
    let entities = entities(sheet, (&given, cast.len()), printed.iter().zip(&whose));
    let entity = |at: usize| entities.get(at).cloned().unwrap_or_default();
    let mut unresolved = HashMap::new();
    let links = printed.iter().zip(&whose).map(|(name, whose)| match whose {
        Some((person, fit)) => full(name, entity(*person), *fit),
        None => match cast.single(&name.form, name.sentence) {
            Some((person, single, is_near)) => short(name, entity(person), (single, is_near)),
            None => bare(sheet, name, &mut unresolved),
        },
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

/// Somebody who came with the article, and the words of each name.
type Given<'g> = (&'g article::Name, Vec<Vec<String>>);

/// The most people of whom each is looked for, whether or not the text could name them.
const FEW: usize = 1000;

/// The people who came with the article; of many only those whom a printed name could mean.
fn taking_part<'g>(given: &'g [article::Name], printed: &[Printed<'_>]) -> Vec<Given<'g>> {
    let words = |name: &'g article::Name| {
        let forms = std::iter::once(&name.name).chain(&name.aliases);
        (name, forms.map(|form| text::fold_words(form)).collect::<Vec<_>>())
    };
    if given.len() <= FEW {
        return given.iter().map(words).collect();
    }
    let mut wanted = Wanted::default();
    printed.iter().for_each(|name| wanted.add(&name.form));
    let is_wanted = |(_, forms): &Given<'_>| forms.iter().any(|words| wanted.could_be(&unsaid(words)));
    given.iter().map(words).filter(is_wanted).collect()
}

/// A name that says nothing but its words.
fn unsaid(words: &[String]) -> Form<'_> {
    Form { words: words.iter().map(String::as_str).collect(), ..Form::default() }
}

/// Begins a cast with the people who came with the article.
fn seed<'a>(cast: &mut Cast<'a>, given: &'a [Given<'_>]) {
    for (_, forms) in given {
        let forms: Vec<Form<'_>> = forms.iter().map(|words| unsaid(words)).collect();
        cast.add(&forms, forms.iter().find_map(|form| named(&form.words)));
    }
}

/// How everybody is called: as given, else as first printed in full.
fn entities<'p, 'a: 'p>(
    sheet: &Sheet<'_>,
    (given, people): (&[Given<'_>], usize),
    placed: impl Iterator<Item = (&'p Printed<'a>, &'p Option<(usize, Fit)>)>,
) -> Vec<String> {
    let mut entities: Vec<String> = given.iter().map(|(name, _)| name.name.clone()).collect();
    entities.resize(people, String::new());
    let mut best = vec![u8::MAX; people];
    best.iter_mut().take(given.len()).for_each(|best| *best = 0);
    for (name, (at, _)) in placed.filter_map(|(name, whose)| Some((name, (*whose)?))) {
        let worth = drawbacks(sheet, &name.name.words);
        if let (Some(entity), Some(best)) = (entities.get_mut(at), best.get_mut(at))
            && worth < *best
        {
            *best = worth;
            *entity = shown(sheet, &name.name.words);
        }
    }
    entities
}

fn full(printed: &Printed<'_>, entity: String, fit: Fit) -> Link {
    let (rule, most) = match fit {
        Fit::Same => (printed.name.rule, 1.0),
        Fit::Part => ("part-of-name", 0.9),
        Fit::Initials => ("initials", 0.85),
        Fit::Close => ("close-spelling", 0.75),
    };
    Link { words: printed.name.words.clone(), entity, rule, confidence: printed.name.confidence.min(most) }
}

fn short(printed: &Printed<'_>, entity: String, how: (Single, bool)) -> Link {
    let (rule, confidence) = match how {
        (Single::Surname, true) => ("surname-nearby", 0.7),
        (Single::Surname, _) if printed.name.rule == LOST_APOSTROPHE => (LOST_APOSTROPHE, 0.8),
        (Single::Surname, _) => ("surname", 0.92),
        (Single::First, _) => ("first-name", 0.75),
        (Single::Close, _) => ("close-spelling", 0.7),
    };
    Link { words: printed.name.words.clone(), entity, rule, confidence }
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
