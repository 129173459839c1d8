//! Random queries: how each is typed, and what it means, straight from the definitions of the query language.

use std::collections::BTreeSet;

use morgue::{date::Date, field::Field, text::Word, text::token::Tokens};
use proptest::prelude::*;

use crate::{
    clip::{Clip, DATES, ORGS, PEOPLE, PLACES, SOURCES, SUBJECTS, TAGS},
    scan::{Found, Part, Scanned, Test, is_form, is_inflected},
};

/// Lower-case words to ask for, and the form each is.
const ASKED: [&str; 11] =
    ["envoy", "talks", "ceasefire", "cease", "fire", "river", "the", "obrien", "us", "zurich", "nowhere"];

#[derive(Debug, Clone)]
pub(crate) enum Query {
    Word(&'static str, Option<Part>),
    Exact(&'static str),
    Phrase(Vec<&'static str>),
    Person(&'static str),
    Place(&'static str),
    Label(Field, &'static str),
    Published(&'static str),
    Since(&'static str),
    Mentioned(&'static str),
    Inside(&'static str),
    Has(Field),
    And(Box<Query>, Box<Query>),
    Or(Box<Query>, Box<Query>),
    Not(Box<Query>),
}

/// A value of a filter flag.
#[derive(Debug, Clone)]
pub(crate) enum Flag {
    Is(Field, &'static str),
    Not(Field, &'static str),
}

#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) query: Query,
    pub(crate) flags: Vec<Flag>,
}

fn leaf() -> impl Strategy<Value = Query> {
    let word = || prop::sample::select(&ASKED[..]);
    let date = || prop::sample::select(&DATES[..6]);
    prop_oneof![
        6 => word().prop_map(|word| Query::Word(word, None)),
        1 => word().prop_map(|word| Query::Word(word, Some(Part::Title))),
        1 => word().prop_map(|word| Query::Word(word, Some(Part::Lead))),
        2 => word().prop_map(Query::Exact),
        4 => prop::collection::vec(word(), 2..4).prop_map(Query::Phrase),
        1 => prop::sample::select(&PEOPLE[..]).prop_map(Query::Person),
        1 => prop::sample::select(&PLACES[..]).prop_map(Query::Place),
        1 => label().prop_map(|(field, value)| Query::Label(field, value)),
        1 => date().prop_map(Query::Published),
        1 => date().prop_map(Query::Since),
        1 => date().prop_map(Query::Mentioned),
        1 => date().prop_map(Query::Inside),
        1 => prop::sample::select(vec![Field::Person, Field::Source, Field::Published, Field::Mentioned]).prop_map(Query::Has),
    ]
}

fn label() -> impl Strategy<Value = (Field, &'static str)> {
    prop_oneof![
        prop::sample::select(&SUBJECTS[..]).prop_map(|value| (Field::Subject, value)),
        prop::sample::select(&SOURCES[..]).prop_map(|value| (Field::Source, value)),
        prop::sample::select(&TAGS[..]).prop_map(|value| (Field::Tag, value)),
        prop::sample::select(&ORGS[..]).prop_map(|value| (Field::Org, value)),
    ]
}

fn flag() -> impl Strategy<Value = Flag> {
    let value = prop_oneof![
        2 => label(),
        1 => prop::sample::select(&PEOPLE[..]).prop_map(|value| (Field::Person, value)),
        1 => prop::sample::select(&PLACES[..]).prop_map(|value| (Field::Place, value)),
    ];
    (value, prop::bool::weighted(0.25))
        .prop_map(|((field, value), excludes)| if excludes { Flag::Not(field, value) } else { Flag::Is(field, value) })
}

/// A query with up to three flags.
pub(crate) fn asked() -> impl Strategy<Value = Asked> {
    let query = leaf().prop_recursive(3, 12, 2, |inner| {
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            two.clone().prop_map(|(a, b)| Query::And(Box::new(a), Box::new(b))),
            two.prop_map(|(a, b)| Query::Or(Box::new(positive(a)), Box::new(positive(b)))),
            inner.prop_map(|query| Query::Not(Box::new(query))),
        ]
    });
    let flags = prop_oneof![2 => Just(Vec::new()), 1 => prop::collection::vec(flag(), 1..4)];
    (query, flags).prop_map(|(query, flags)| Asked { query, flags })
}

/// An operand of OR may not be an exclusion.
fn positive(query: Query) -> Query {
    match query {
        Query::Not(inner) => positive(*inner),
        other => other,
    }
}

impl Query {
    /// The query as typed.
    pub(crate) fn typed(&self) -> String {
        match self {
            Self::Word(word, None) => (*word).to_owned(),
            Self::Word(word, Some(Part::Title)) => format!("title:{word}"),
            Self::Word(word, Some(_)) => format!("lead:{word}"),
            Self::Exact(word) => format!("={word}"),
            Self::Phrase(words) => format!("\"{}\"", words.join(" ")),
            Self::Person(name) => format!("person:\"{name}\""),
            Self::Place(name) => format!("place:\"{name}\""),
            Self::Label(field, value) => format!("{}:\"{value}\"", field.name()),
            Self::Published(date) => format!("published:{date}"),
            Self::Since(date) => format!("since:{date}"),
            Self::Mentioned(date) => format!("mentioned:{date}"),
            Self::Inside(date) => format!("mentioned:={date}"),
            Self::Has(field) => format!("has:{}", field.name()),
            Self::And(a, b) => format!("({}) ({})", a.typed(), b.typed()),
            Self::Or(a, b) => format!("(({}) OR ({}))", a.typed(), b.typed()),
            Self::Not(inner) => format!("-({})", inner.typed()),
        }
    }

    /// Whether a clip matches.
    pub(crate) fn holds(&self, clip: &Clip, scanned: &Scanned) -> bool {
        let dated = |date: &str| Date::parse(date).ok().and_then(|date| date.from().zip(date.to()));
        match self {
            Self::Word(..) | Self::Exact(_) | Self::Phrase(_) => !self.spans(clip, scanned).is_empty(),
            Self::Person(name) => clip.people.iter().any(|own| own == name),
            Self::Place(name) => clip.places.iter().any(|own| is_below(own, name)),
            Self::Label(field, value) => clip.values(*field).contains(*value),
            Self::Published(date) => {
                let (from, to) = dated(date).unwrap();
                clip.days().is_some_and(|(lo, hi)| lo >= from && hi <= to)
            }
            Self::Since(date) => clip.days().is_some_and(|(lo, _)| lo >= dated(date).unwrap().0),
            Self::Mentioned(date) => {
                let (from, to) = dated(date).unwrap();
                clip.dates.iter().filter_map(|date| dated(date)).any(|(lo, hi)| lo <= to && hi >= from)
            }
            Self::Inside(date) => {
                let (from, to) = dated(date).unwrap();
                clip.dates.iter().filter_map(|date| dated(date)).any(|(lo, hi)| lo >= from && hi <= to)
            }
            Self::Has(Field::Published) => clip.published.is_some(),
            Self::Has(Field::Mentioned) => clip.dates.iter().any(|date| date != "1985/1990" || is_held(date)),
            Self::Has(field) => !clip.values(*field).is_empty(),
            Self::And(a, b) => a.holds(clip, scanned) && b.holds(clip, scanned),
            Self::Or(a, b) => a.holds(clip, scanned) || b.holds(clip, scanned),
            Self::Not(inner) => !inner.holds(clip, scanned),
        }
    }

    /// What the query names in a clip: the distinct rows of words of its positive leaves.
    pub(crate) fn spans(&self, clip: &Clip, scanned: &Scanned) -> BTreeSet<Found> {
        match self {
            Self::Word(word, within) => scanned
                .rows(&[&|tokens: &Tokens, own: &Word| is_inflected(tokens, own, word)], *within)
                .into_iter()
                .collect(),
            Self::Exact(word) => {
                scanned.rows(&[&|tokens: &Tokens, own: &Word| is_form(tokens, own, word)], None).into_iter().collect()
            }
            Self::Phrase(words) => phrase(words, scanned),
            Self::Person(name) => named(clip, scanned, |own| own == *name),
            Self::Place(name) => named(clip, scanned, |own| is_below(own, name)),
            Self::Label(Field::Org, name) => named(clip, scanned, |own| own == *name),
            Self::And(a, b) | Self::Or(a, b) => &a.spans(clip, scanned) | &b.spans(clip, scanned),
            Self::Not(inner) => match &**inner {
                Self::Not(again) => again.spans(clip, scanned),
                _ => BTreeSet::new(),
            },
            _ => BTreeSet::new(),
        }
    }
}

/// A phrase of two words also finds them printed as one.
fn phrase(words: &[&'static str], scanned: &Scanned) -> BTreeSet<Found> {
    let tests: Vec<_> =
        words.iter().map(|word| move |tokens: &Tokens, own: &Word| is_inflected(tokens, own, word)).collect();
    let tests: Vec<Test<'_>> = tests.iter().map(|test| test as _).collect();
    let mut found: BTreeSet<Found> = scanned.rows(&tests, None).into_iter().collect();
    if let [a, b] = words {
        let joined = format!("{a}{b}");
        found.extend(scanned.rows(&[&|tokens: &Tokens, own: &Word| is_inflected(tokens, own, &joined)], None));
    }
    found
}

/// Where given names stand: as whole words, capitalised or verbatim, the longest first from the left, kinds apart.
fn named(clip: &Clip, scanned: &Scanned, wanted: impl Fn(&str) -> bool) -> BTreeSet<Found> {
    let mut found = BTreeSet::new();
    for names in [&clip.people, &clip.places, &clip.orgs] {
        let mut at = 0;
        while at < scanned.text.len() {
            let rest = &scanned.text[at..];
            let stands = |name: &&String| {
                let last = name.rsplit('/').next().unwrap();
                let starts =
                    !scanned.text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "-'’".contains(c));
                let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-');
                starts && rest.starts_with(last) && ends(&rest[last.len()..])
            };
            let longest = names.iter().filter(stands).max_by_key(|name| name.rsplit('/').next().unwrap().len());
            match longest {
                Some(name) => {
                    let end = at + name.rsplit('/').next().unwrap().len();
                    if wanted(name) {
                        found.extend(scanned.words_of(&(at..end)));
                    }
                    at = end;
                }
                None => at += rest.chars().next().map_or(1, char::len_utf8),
            }
        }
    }
    found
}

fn is_held(_: &str) -> bool {
    false
}

fn is_below(own: &str, above: &str) -> bool {
    own == above || own.strip_prefix(above).is_some_and(|rest| rest.starts_with('/'))
}

impl Flag {
    pub(crate) fn field(&self) -> Field {
        match self {
            Self::Is(field, _) | Self::Not(field, _) => *field,
        }
    }

    pub(crate) fn value(&self) -> &'static str {
        match self {
            Self::Is(_, value) | Self::Not(_, value) => value,
        }
    }

    pub(crate) fn excludes(&self) -> bool {
        matches!(self, Self::Not(..))
    }

    fn has(&self, clip: &Clip) -> bool {
        clip.values(self.field()).iter().any(|own| match self.field() {
            Field::Place => is_below(own, self.value()),
            _ => own == self.value(),
        })
    }
}

impl Asked {
    /// Whether a clip passes the flags, those that choose values of field `but` left out.
    pub(crate) fn flagged(&self, clip: &Clip, but: Option<Field>) -> bool {
        let excluded = self.flags.iter().any(|flag| flag.excludes() && flag.has(clip));
        let fields: BTreeSet<Field> =
            self.flags.iter().filter(|flag| !flag.excludes() && Some(flag.field()) != but).map(Flag::field).collect();
        let chosen =
            |field: &Field| self.flags.iter().any(|flag| !flag.excludes() && flag.field() == *field && flag.has(clip));
        !excluded && fields.iter().all(chosen)
    }

    /// Whether a name or label asked for is nowhere in the archive verbatim: then a refusal, or another name, is right.
    pub(crate) fn names_nothing(&self, clips: &[Clip]) -> bool {
        let is_there = |field: Field, value: &str| {
            clips.iter().flat_map(|clip| clip.values(field)).any(|own| match field {
                Field::Place => is_below(&own, value),
                _ => own == value,
            })
        };
        let named = |query: &Query| match query {
            Query::Person(name) => !is_there(Field::Person, name),
            Query::Place(name) => !is_there(Field::Place, name),
            Query::Label(field, value) => !is_there(*field, value),
            _ => false,
        };
        self.query.any(&named) || self.flags.iter().any(|flag| !is_there(flag.field(), flag.value()))
    }
}

impl Query {
    fn any(&self, test: &dyn Fn(&Query) -> bool) -> bool {
        match self {
            Self::And(a, b) | Self::Or(a, b) => a.any(test) || b.any(test),
            Self::Not(inner) => inner.any(test),
            leaf => test(leaf),
        }
    }
}
