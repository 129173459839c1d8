//! Random trees print and read back; random texts never stop the parser.

use proptest::prelude::*;

use super::resolved::{Names, request};
use crate::{
    ask::{parse, resolve},
    date::Date,
    field::Field,
    query::{
        At, AtLeast, Boost, DateMatch, FieldClause, Link, Period, Phrase, Query, Range, Relation, Value, When, Word,
        WordKind,
    },
};

fn word() -> impl Strategy<Value = Word> {
    let kinds = prop_oneof![
        Just(WordKind::Plain),
        Just(WordKind::Exact),
        Just(WordKind::Prefix),
        Just(WordKind::Fuzzy(1)),
        Just(WordKind::Fuzzy(2)),
        Just(WordKind::Wildcard),
        Just(WordKind::Regex),
    ];
    (kinds, "[a-zé][a-z0-9'’-]{0,6}").prop_map(|(kind, text)| {
        let text = match kind {
            WordKind::Wildcard => format!("{text}?x*y"),
            WordKind::Regex => format!("({text}|b) ?\\/."),
            WordKind::Plain if text.eq_ignore_ascii_case("any") => "anyone".to_owned(),
            _ => text,
        };
        Word { text, kind, at: At::default() }
    })
}

fn phrase() -> impl Strategy<Value = Phrase> {
    ("[a-zA-Z \"“«»„\\\\'*~()-]{0,9}", prop::option::of(1..9u32), any::<(bool, bool)>())
        .prop_map(|(text, slop, (prefix, exact))| Phrase { text, slop, prefix, exact, at: At::default() })
}

fn when() -> impl Strategy<Value = When> {
    let period = prop_oneof![Just(Period::Days), Just(Period::Weeks), Just(Period::Months), Just(Period::Years)];
    prop_oneof![
        Just(When::Today),
        Just(When::Yesterday),
        (0..999u32, period).prop_map(|(count, period)| When::Ago(count, period)),
        "(19[0-9][0-9](-0[1-9](-1[0-9])?)?|18[0-9]X|17XX|1916~)"
            .prop_map(|text| When::Date(Date::parse(&text).unwrap())),
    ]
}

fn range<T: Clone + std::fmt::Debug>(one: impl Strategy<Value = T>) -> impl Strategy<Value = Range<T>> {
    (one, 0..6u8).prop_flat_map(|(x, kind)| {
        Just(match kind {
            0 => Range::Is(x),
            1 => Range::From(x),
            2 => Range::To(x),
            3 => Range::Between(x.clone(), x),
            4 => Range::Above(x),
            _ => Range::Below(x),
        })
    })
}

fn list_of(one: impl Strategy<Value = Value>) -> impl Strategy<Value = Value> {
    prop::collection::vec(one, 1..4).prop_map(|mut values| match values.len() {
        1 => values.remove(0),
        _ => Value::List(values.into_iter().map(|value| (value, At::default())).collect()),
    })
}

fn clause() -> impl Strategy<Value = Query> {
    let at = At::default();
    let name = || "[a-zA-Zé \"/.,*?~^=()-]{0,8}".prop_map(Value::Name);
    let text = prop_oneof![word().prop_map(Value::Word), phrase().prop_map(Value::Phrase), Just(Value::Any)];
    let dates = (range(when()), any::<bool>());
    prop_oneof![
        list_of(name()).prop_map(|value| (Field::Person, None, value)),
        list_of(name()).prop_map(|value| (Field::Url, None, value)),
        name().prop_map(|value| (Field::Extra, Some("edition".to_owned()), value)),
        list_of(text).prop_map(|value| (Field::Title, None, value)),
        dates.prop_map(|(range, is_inside)| {
            let meant = if is_inside { DateMatch::Inside } else { DateMatch::Overlap };
            (Field::Mentioned, None, Value::Dates(range, meant))
        }),
        range(0..9999u64).prop_map(|range| (Field::Words, None, Value::Numbers(range))),
        Just((Field::No, None, Value::Field(Field::Place, None))),
    ]
    .prop_map(move |(field, extra, value)| Query::Field(FieldClause { field, extra, value, at }))
}

fn relation() -> impl Strategy<Value = Relation> {
    prop_oneof![
        (1..99u32).prop_map(Relation::Near),
        (1..99u32).prop_map(Relation::Before),
        (1..99u32).prop_map(Relation::NotNear),
        Just(Relation::Sentence),
        Just(Relation::Paragraph),
    ]
}

/// What may stand in an alternative or a proximity: anything but an exclusion.
fn positive(query: Query) -> Query {
    if matches!(query, Query::Not(_)) { query.not() } else { query }
}

fn query() -> impl Strategy<Value = Query> {
    let leaf = prop_oneof![word().prop_map(Query::Word), phrase().prop_map(Query::Phrase), clause(), Just(Query::All)];
    leaf.prop_recursive(4, 24, 4, |inner| {
        let some = || prop::collection::vec(inner.clone(), 2..4);
        let link = (relation(), inner.clone());
        prop_oneof![
            some().prop_map(Query::all_of),
            some().prop_map(|parts| Query::any_of(parts.into_iter().map(positive).collect())),
            inner.clone().prop_map(Query::not),
            (inner.clone(), prop::collection::vec(link, 1..3)).prop_map(|(first, links)| {
                let link = |(relation, query)| Link { relation, query: positive(query), at: At::default() };
                Query::near(positive(first), links.into_iter().map(link).collect())
            }),
            (inner.clone(), 1..9u32).prop_map(|(query, count)| {
                Query::AtLeast(AtLeast { count, query: Box::new(query), at: At::default() })
            }),
            (inner.clone(), 1..9u8).prop_map(|(query, weight)| {
                Query::Boost(Boost { query: Box::new(query), weight: f32::from(weight) / 4.0, at: At::default() })
            }),
        ]
    })
}

/// Signs of the language, and some words.
const TOKENS: &[&str] = &[
    "a",
    "flood",
    "AND",
    "OR",
    "NOT",
    "-",
    "(",
    ")",
    "\"",
    "“",
    "»",
    "NEAR",
    "W/3",
    "w/0",
    "PRE/2",
    "/s",
    "/p",
    "/",
    "/a/",
    "ATLEAST/2",
    "ATLEAST/2(",
    "person:",
    "title:",
    "date:",
    "words:",
    "has:",
    "url:",
    "extra.x:",
    "persn:",
    "2024",
    "..",
    ">",
    "=",
    "[",
    " TO ",
    "]",
    "*",
    "?",
    "~",
    "~1",
    "^",
    "^2",
    ",",
    ":",
    "!",
    "\\",
    "any",
    "2w",
    "é",
    "'",
    "1,798",
    "//",
    "||",
    "or",
    "moran",
    "quill",
    "flo*",
    "f?o",
    "flod~",
    "/flo.d/",
    "\"cease fire\"~2",
    "\"cease fire\"*",
    "ceasefire",
    "W/2",
    "NOT W/2",
    "NEAR",
    "ATLEAST/3(dam)",
    "person:any",
    "place:vale",
    "^3",
    "US",
    "IN",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec((prop::sample::select(TOKENS), any::<bool>()), 0..14).prop_map(|tokens| {
        tokens.into_iter().map(|(token, glued)| if glued { token.to_owned() } else { format!("{token} ") }).collect()
    })
}

fn reads_back(text: &str) {
    match parse(text) {
        Ok(parsed) => {
            let shown = parsed.query.to_string();
            let again = parse(&shown).unwrap_or_else(|error| panic!("{text} → {shown}: {error}"));
            assert_eq!(again.query, parsed.query, "{text} → {shown}");
            let exact = parsed.query.exactly();
            let shown = exact.to_string();
            assert_eq!(
                parse(&shown).unwrap_or_else(|error| panic!("{shown}: {error}")).query,
                exact,
                "{text} → {shown}"
            );
        }
        Err(error) => {
            let fault = error.fault().unwrap_or_else(|| panic!("{text}: {error} points nowhere"));
            assert!(fault.text.get(fault.span.clone()).is_some(), "{text}: {error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_tree_reads_back(query in query()) {
        let shown = query.to_string();
        let again = parse(&shown).unwrap_or_else(|error| panic!("{shown}: {error} at {:?}", error.fault()));
        prop_assert_eq!(again.query, query, "{}", shown);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        reads_back(&text);
    }

    #[test]
    fn what_a_plan_was_read_as_makes_the_same_plan(text in soup()) {
        let read = |text: &str| parse(text).and_then(|parsed| resolve(&parsed, &request(&[]), &Names));
        if let Ok(plan) = read(&text) {
            let again = read(&plan.read_as).unwrap_or_else(|error| panic!("{text} → {}: {error}", plan.read_as));
            prop_assert_eq!((again.root, again.read_as), (plan.root, plan.read_as));
        }
    }

    #[test]
    fn any_soup_of_signs_is_read_or_refused(text in soup()) {
        reads_back(&text);
    }
}
