//! Random queries over the whole language.

use morgue::{article::PartKind, entity::EntityKind, field::Field};
use proptest::prelude::*;

use crate::{
    ask::{Asked, Days, Flag, Query, Reading},
    clip::{DATES, ORGS, PEOPLE, PLACES, ROLES, SOURCES, SUBJECTS, TAGS},
    pattern::{Pattern, Phrase, Relation, Spelling},
    spell::{beginning, spelled},
};

/// Words that many articles print.
const OFTEN: [&str; 12] =
    ["envoy", "talk", "talks", "ceasefire", "cease", "fire", "fires", "the", "us", "US", "trump", "door"];

/// Words that stand under another form, or in another script, or nowhere.
const SELDOM: [&str; 26] = [
    "cease-fire",
    "Cease",
    "O'Brien",
    "O’Brien",
    "obrien",
    "Trumps",
    "congress",
    "U.S.",
    "US-led",
    "NATO",
    "N.A.T.O.",
    "door-to-door",
    "doortodoor",
    "peacetalks",
    "l'homme",
    "homme",
    "refuge",
    "refugee",
    "Zürich",
    "élan",
    "1,798",
    "negociación",
    "Москва",
    "Αθήνα",
    "القاهرة",
    "東京",
];

fn word() -> impl Strategy<Value = &'static str> {
    prop_oneof![3 => prop::sample::select(&OFTEN[..]), 1 => prop::sample::select(&SELDOM[..])]
}

fn spelling() -> impl Strategy<Value = Spelling> {
    prop_oneof![4 => Just(Spelling::Inflected), 1 => Just(Spelling::Exact)]
}

fn phrase() -> impl Strategy<Value = Pattern> {
    let words = prop_oneof![
        4 => prop::collection::vec(word(), 1..4),
        1 => Just(vec!["the", "cease", "fire"]),
        1 => Just(vec!["cease", "fire", "talks"]),
        1 => Just(vec!["the", "peace", "talks"]),
        1 => Just(vec!["door", "to", "door"]),
    ];
    let slop = prop::option::weighted(0.3, 1..7usize);
    (words, spelling(), slop, prop::option::weighted(0.2, beginning())).prop_map(
        |(words, spelling, slop, beginning)| {
            // A loose phrase has two words at least; each sign of 東京 would be one that shifts alone.
            let slop = slop.filter(|_| words.len() > 1 && !words.contains(&"東京"));
            Pattern::Phrase(Phrase { words, spelling, slop, beginning })
        },
    )
}

fn plain() -> impl Strategy<Value = Pattern> {
    (word(), spelling()).prop_map(|(word, spelling)| Pattern::Word(word, spelling))
}

fn within() -> impl Strategy<Value = Pattern> {
    let part = prop::sample::select(&[PartKind::Title, PartKind::Lead, PartKind::Caption][..]);
    let inner = prop_oneof![
        4 => plain(),
        2 => phrase(),
        1 => prop::collection::vec(plain(), 2..4).prop_map(Pattern::Any),
        1 => spelled().prop_map(Pattern::Spelled),
        1 => (plain(), relation(), plain()).prop_map(|(a, relation, b)| Pattern::Near(Box::new(a), vec![(relation, b)])),
    ];
    (part, inner).prop_map(|(part, inner)| Pattern::Within(part, Box::new(inner)))
}

fn entity() -> impl Strategy<Value = Pattern> {
    let some = |kind, names: &'static [&'static str], most: usize| {
        prop::sample::subsequence(names, 0..=most).prop_map(move |names| Pattern::Named(kind, names))
    };
    let alike = |kind, names: &'static [&'static str]| {
        prop::sample::select(names).prop_map(move |name| Pattern::Named(kind, vec![name]))
    };
    prop_oneof![
        1 => alike(EntityKind::Person, &["mor*", "*LL?nd", "a?a", "jo*", "*a*"]),
        1 => alike(EntityKind::Place, &["k?rsk", "rus*", "*ul*", "russia/k*", "?ussia/*/s*a"]),
        1 => alike(EntityKind::Org, &["ll*ds", "?ull"]),
        3 => some(EntityKind::Person, &PEOPLE, 2),
        3 => some(EntityKind::Place, &PLACES, 2),
        1 => some(EntityKind::Org, &ORGS, 1),
        1 => some(EntityKind::Role, &ROLES, 1),
    ]
}

fn relation() -> impl Strategy<Value = Relation> {
    prop_oneof![
        4 => (1..13usize).prop_map(Relation::Near),
        2 => (1..8usize).prop_map(Relation::Before),
        2 => Just(Relation::Sentence),
        1 => Just(Relation::Paragraph),
        1 => (1..6usize).prop_map(Relation::NotNear),
    ]
}

/// A pattern without any distance in it.
fn leaf() -> impl Strategy<Value = Pattern> {
    prop_oneof![5 => plain(), 3 => phrase(), 2 => spelled().prop_map(Pattern::Spelled), 1 => within(), 2 => entity()]
}

/// Any pattern: groups of alternatives, chains, chains of chains.
fn pattern() -> impl Strategy<Value = Pattern> {
    leaf().prop_recursive(3, 12, 3, |inner| {
        let links = prop::collection::vec((relation(), inner.clone()), 1..3);
        prop_oneof![
            1 => prop::collection::vec(inner.clone(), 2..4).prop_map(flat),
            3 => (inner, links).prop_map(|(first, links)| Pattern::Near(Box::new(first), links)),
        ]
    })
}

/// Alternatives within alternatives are read as one list.
fn flat(patterns: Vec<Pattern>) -> Pattern {
    let open = |pattern| match pattern {
        Pattern::Any(patterns) => patterns,
        other => vec![other],
    };
    Pattern::Any(patterns.into_iter().flat_map(open).collect())
}

fn label() -> impl Strategy<Value = (Field, &'static str)> {
    prop_oneof![
        prop::sample::select(&SUBJECTS[..]).prop_map(|value| (Field::Subject, value)),
        prop::sample::select(&SOURCES[..]).prop_map(|value| (Field::Source, value)),
        prop::sample::select(&TAGS[..]).prop_map(|value| (Field::Tag, value)),
        prop::sample::select(&ORGS[..]).prop_map(|value| (Field::Org, value)),
        Just((Field::Lang, "en")),
    ]
}

fn days() -> impl Strategy<Value = Days> {
    let date = || prop::sample::select(&DATES[..6]);
    prop_oneof![
        3 => date().prop_map(Days::Is),
        1 => date().prop_map(Days::From),
        1 => date().prop_map(Days::Above),
        1 => date().prop_map(Days::Below),
        // The list ascends.
        1 => (0..6usize, 0..6usize).prop_map(|(a, b)| Days::Between(DATES[a.min(b)], DATES[a.max(b)])),
    ]
}

fn words() -> impl Strategy<Value = Query> {
    (0..3u8, 0..30u64, 0..30u64)
        .prop_map(|(kind, from, more)| Query::Words((kind != 0).then_some(from), (kind != 1).then_some(from + more)))
}

fn filter() -> impl Strategy<Value = Query> {
    use Field::{Caption, Lead, Mentioned, Org, Person, Place, Published, Source, Title};
    let date = || prop::sample::select(&DATES[..6]);
    let present =
        || prop::sample::select(&[Person, Place, Org, Source, Published, Mentioned, Title, Lead, Caption][..]);
    prop_oneof![
        2 => label().prop_map(|(field, value)| Query::Label(field, vec![value])),
        1 => prop::sample::subsequence(&SUBJECTS[..], 2).prop_map(|values| Query::Label(Field::Subject, values)),
        2 => days().prop_map(Query::Published),
        1 => date().prop_map(Query::Since),
        1 => date().prop_map(Query::Until),
        2 => days().prop_map(Query::Mentioned),
        1 => date().prop_map(Query::Inside),
        2 => words(),
        1 => present().prop_map(Query::Has),
        1 => present().prop_map(Query::No),
    ]
}

fn query() -> impl Strategy<Value = Query> {
    let least = (1..4usize, pattern()).prop_map(|(count, pattern)| Query::AtLeast(count, pattern));
    let leaf = prop_oneof![6 => pattern().prop_map(Query::Text), 1 => least, 2 => filter()];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let some = || prop::collection::vec(inner.clone(), 2..4);
        let weight = prop::sample::select(&["2", "0.5"][..]);
        prop_oneof![
            4 => some().prop_map(Query::And),
            3 => some().prop_map(|parts| Query::Or(parts.into_iter().map(positive).collect())),
            2 => inner.clone().prop_map(|query| Query::Not(Box::new(query))),
            1 => (inner.clone(), weight).prop_map(|(query, weight)| weighted(query, weight)),
        ]
    })
}

/// An operand of OR may not be an exclusion.
fn positive(query: Query) -> Query {
    match query {
        Query::Not(inner) => positive(*inner),
        other => other,
    }
}

/// A weight stands behind a word, a phrase or a group.
fn weighted(query: Query, weight: &'static str) -> Query {
    match query {
        Query::Text(Pattern::Word(..) | Pattern::Phrase(_) | Pattern::Any(_) | Pattern::Near(..))
        | Query::And(_)
        | Query::Or(_)
        | Query::AtLeast(..) => Query::Weight(Box::new(query), weight),
        other => other,
    }
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
    let flags = || prop_oneof![3 => Just(Vec::new()), 1 => prop::collection::vec(flag(), 1..4)];
    let pasted = prop::collection::vec(word(), 1..6).prop_map(|mut words| {
        // Without blanks between its words, a text is not pasted as rows of them.
        words.retain(|word| *word != "東京");
        words.push("the");
        Query::Or(words.into_iter().map(|word| Query::Text(Pattern::Word(word, Spelling::Inflected))).collect())
    });
    prop_oneof![
        8 => (query(), Just(Reading::Usual), flags()),
        1 => (query(), Just(Reading::Exact), flags()),
        1 => (pasted, Just(Reading::Any), flags()),
    ]
    .prop_map(|(query, reading, flags)| Asked { query, reading, flags })
}
