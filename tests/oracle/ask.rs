//! Queries: how each is typed, and what it means, straight from the definitions of the query language.

use std::collections::BTreeSet;

use morgue::{
    article::PartKind,
    date::Date,
    entity::EntityKind,
    field::Field,
    text::{fold, is_small_word, language_by_small_words},
};

use crate::{
    clip::Clip,
    named::{is_below, is_named},
    pattern::{Pattern, field_of, listed},
    scan::{Found, Scanned},
};

#[derive(Debug, Clone)]
pub(crate) enum Query {
    Text(Pattern),
    AtLeast(usize, Pattern),
    /// Any of these values.
    Label(Field, Vec<&'static str>),
    Published(Days),
    Since(&'static str),
    Until(&'static str),
    Mentioned(Days),
    /// A mentioned date lies inside.
    Inside(&'static str),
    Words(Option<u64>, Option<u64>),
    Has(Field),
    No(Field),
    Weight(Box<Query>, &'static str),
    And(Vec<Query>),
    Or(Vec<Query>),
    Not(Box<Query>),
}

/// A date or a range of dates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Days {
    Is(&'static str),
    From(&'static str),
    Above(&'static str),
    Below(&'static str),
    Between(&'static str, &'static str),
}

/// How tightly what is typed holds together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Hold {
    And,
    Or,
    Near,
    Atom,
}

/// A value of a filter flag.
#[derive(Debug, Clone)]
pub(crate) enum Flag {
    Is(Field, &'static str),
    Not(Field, &'static str),
}

/// How the words of a request are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    Usual,
    /// `--exact`
    Exact,
    /// `--any`: the query is an OR of words, typed without any sign.
    Any,
}

#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) query: Query,
    pub(crate) reading: Reading,
    pub(crate) flags: Vec<Flag>,
}

impl Query {
    /// The query as typed, with no more brackets than it needs.
    pub(crate) fn typed(&self) -> String {
        match self {
            Self::Text(pattern) => pattern.typed(),
            Self::AtLeast(count, pattern) => format!("ATLEAST/{count}({})", pattern.typed()),
            Self::Label(field, values) => format!("{}:{}", field.name(), listed(values)),
            Self::Published(days) => format!("published:{}", days.typed()),
            Self::Since(date) => format!("since:{date}"),
            Self::Until(date) => format!("until:{date}"),
            Self::Mentioned(days) => format!("mentioned:{}", days.typed()),
            Self::Inside(date) => format!("mentioned:={date}"),
            Self::Words(from, to) => match (from, to) {
                (Some(from), Some(to)) => format!("words:{from}..{to}"),
                (Some(from), None) => format!("words:>={from}"),
                (None, to) => format!("words:<={}", to.unwrap()),
            },
            Self::Has(field) => format!("has:{}", field.name()),
            Self::No(field) => format!("no:{}", field.name()),
            Self::Weight(inner, weight) => format!("{}^{weight}", inner.inside(Hold::Atom)),
            Self::And(parts) => parts.iter().map(|part| part.inside(Hold::Or)).collect::<Vec<_>>().join(" "),
            Self::Or(parts) => parts.iter().map(|part| part.inside(Hold::Near)).collect::<Vec<_>>().join(" OR "),
            Self::Not(inner) => format!("-{}", inner.inside(Hold::Atom)),
        }
    }

    fn inside(&self, hold: Hold) -> String {
        let own = match self {
            Self::Text(Pattern::Any(_)) | Self::Or(_) => Hold::Or,
            Self::Text(Pattern::Near(..)) => Hold::Near,
            Self::And(_) => Hold::And,
            _ => Hold::Atom,
        };
        if own < hold { format!("({})", self.typed()) } else { self.typed() }
    }

    /// The same with every word and phrase as spelled.
    fn exactly(self) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(Self::exactly).collect();
        match self {
            Self::Text(pattern) => Self::Text(pattern.exactly()),
            Self::AtLeast(count, pattern) => Self::AtLeast(count, pattern.exactly()),
            Self::Weight(inner, weight) => Self::Weight(Box::new(inner.exactly()), weight),
            Self::And(parts) => Self::And(each(parts)),
            Self::Or(parts) => Self::Or(each(parts)),
            Self::Not(inner) => Self::Not(Box::new(inner.exactly())),
            other => other,
        }
    }

    /// Whether a clip matches.
    pub(crate) fn holds(&self, clip: &Clip, scanned: &Scanned) -> bool {
        let mentioned = || clip.dates.iter().map(|date| days(date));
        match self {
            Self::Text(pattern) => pattern.holds(clip, scanned),
            Self::AtLeast(count, pattern) => pattern.spans(scanned).len() >= *count,
            Self::Label(field, values) => values.iter().any(|value| clip.values(*field).contains(*value)),
            Self::Published(asked) => clip.days().is_some_and(|(from, to)| asked.hold(from) && asked.hold(to)),
            Self::Since(date) => clip.days().is_some_and(|(from, _)| from >= days(date).0),
            Self::Until(date) => clip.days().is_some_and(|(_, to)| to <= days(date).1),
            Self::Mentioned(asked) => {
                let (first, last) = asked.ends();
                mentioned().any(|(from, to)| first.is_none_or(|day| to >= day) && last.is_none_or(|day| from <= day))
            }
            Self::Inside(date) => mentioned().any(|(from, to)| from >= days(date).0 && to <= days(date).1),
            Self::Words(from, to) => {
                let words = scanned.words().count() as u64;
                from.is_none_or(|from| words >= from) && to.is_none_or(|to| words <= to)
            }
            Self::Has(field) => has(clip, scanned, *field),
            Self::No(field) => !has(clip, scanned, *field),
            Self::Weight(inner, _) => inner.holds(clip, scanned),
            Self::And(parts) => parts.iter().all(|part| part.holds(clip, scanned)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(clip, scanned)),
            Self::Not(inner) => !inner.holds(clip, scanned),
        }
    }

    /// What the query names in a clip: the distinct rows of words of its positive leaves.
    pub(crate) fn spans(&self, scanned: &Scanned) -> BTreeSet<Found> {
        match self {
            Self::Text(pattern) => pattern.spans(scanned),
            // What is not there often enough is not there.
            Self::AtLeast(count, pattern) => {
                Some(pattern.spans(scanned)).filter(|spans| spans.len() >= *count).unwrap_or_default()
            }
            Self::Label(Field::Org, names) => Pattern::Named(EntityKind::Org, names.clone()).spans(scanned),
            Self::Weight(inner, _) => inner.spans(scanned),
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(|part| part.spans(scanned)).collect(),
            Self::Not(inner) => match &**inner {
                Self::Not(again) => again.spans(scanned),
                _ => BTreeSet::new(),
            },
            _ => BTreeSet::new(),
        }
    }

    /// Whether it names anything, and does not only narrow.
    fn names(&self) -> bool {
        match self {
            Self::Text(_) | Self::AtLeast(..) | Self::Label(Field::Org, _) => true,
            Self::Weight(inner, _) => inner.names(),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::names),
            Self::Not(inner) => matches!(&**inner, Self::Not(again) if again.names()),
            _ => false,
        }
    }

    /// Every pattern of the tree that holds no other.
    fn leaves(&self) -> Vec<&Pattern> {
        match self {
            Self::Text(pattern) | Self::AtLeast(_, pattern) => pattern.leaves(),
            Self::Weight(inner, _) | Self::Not(inner) => inner.leaves(),
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::leaves).collect(),
            _ => Vec::new(),
        }
    }

    /// Every label asked for.
    fn labels(&self) -> Vec<(Field, &'static str)> {
        match self {
            Self::Label(field, values) => values.iter().map(|value| (*field, *value)).collect(),
            Self::Weight(inner, _) | Self::Not(inner) => inner.labels(),
            Self::And(parts) | Self::Or(parts) => parts.iter().flat_map(Self::labels).collect(),
            _ => Vec::new(),
        }
    }
}

/// Whether a field says anything: title and lead in words, a caption also in signs.
fn has(clip: &Clip, scanned: &Scanned, field: Field) -> bool {
    let has_part = |kind| scanned.words().any(|(found, _)| scanned.parts[found.part].kind == kind);
    match field {
        Field::Title => has_part(PartKind::Title),
        Field::Lead => has_part(PartKind::Lead),
        Field::Caption => clip.parts.iter().any(|(kind, _)| *kind == PartKind::Caption),
        Field::Published => clip.published.is_some(),
        Field::Mentioned => !clip.dates.is_empty(),
        field => !clip.values(field).is_empty(),
    }
}

/// First and last day of a date.
fn days(date: &str) -> (i32, i32) {
    let date = Date::parse(date).unwrap();
    date.from().zip(date.to()).unwrap()
}

impl Days {
    fn typed(self) -> String {
        match self {
            Self::Is(date) => date.to_owned(),
            Self::From(date) => format!("{date}.."),
            Self::Above(date) => format!(">{date}"),
            Self::Below(date) => format!("<{date}"),
            Self::Between(from, to) => format!("[{from} TO {to}]"),
        }
    }

    /// First and last day, where there is one.
    fn ends(self) -> (Option<i32>, Option<i32>) {
        match self {
            Self::Is(date) => (Some(days(date).0), Some(days(date).1)),
            Self::From(date) => (Some(days(date).0), None),
            Self::Above(date) => (Some(days(date).1 + 1), None),
            Self::Below(date) => (None, Some(days(date).0 - 1)),
            Self::Between(from, to) => (Some(days(from).0), Some(days(to).1)),
        }
    }

    fn hold(self, day: i32) -> bool {
        let (from, to) = self.ends();
        from.is_none_or(|from| day >= from) && to.is_none_or(|to| day <= to)
    }
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
        clip.values(self.field()).iter().any(|own| self.is(own))
    }

    /// Whether it asks for this value: verbatim, of a place also for all below it.
    fn is(&self, own: &str) -> bool {
        if self.field() == Field::Place { is_below(own, self.value()) } else { own == self.value() }
    }
}

/// Of a pasted text's words those that are no function words; all of them where there are no others.
fn telling(words: Vec<Query>) -> Vec<Query> {
    let typed: Vec<String> = words.iter().map(Query::typed).collect();
    let folded: Vec<String> = typed.iter().map(|word| fold(word)).collect();
    let is_acronym = |word: &str| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase() || c == '.');
    let plain = typed.iter().zip(&folded).filter(|(typed, _)| !is_acronym(typed)).map(|(_, folded)| folded.as_str());
    let language = language_by_small_words(plain);
    let small = typed.iter().zip(&folded).map(|(typed, folded)| is_small_word(folded, language) && !is_acronym(typed));
    let small: Vec<bool> = small.collect();
    let is_none_else = !small.contains(&false);
    words.into_iter().zip(small).filter(|(_, small)| is_none_else || !small).map(|(word, _)| word).collect()
}

/// What counts as a mention.
pub(crate) enum Naming {
    Typed(Query),
    Flags(Vec<Flag>),
}

impl Naming {
    /// The distinct rows of words that do in a clip.
    pub(crate) fn spans(&self, scanned: &Scanned) -> BTreeSet<Found> {
        let flags = match self {
            Self::Typed(query) => return query.spans(scanned),
            Self::Flags(flags) => flags,
        };
        let is_named = |kind: EntityKind, name: &str| {
            flags.iter().any(|flag| flag.field().entity_kind() == Some(kind) && flag.is(name))
        };
        let mentions = scanned.mentions.iter().filter(|(kind, name, _)| is_named(*kind, name));
        mentions.map(|(_, _, found)| *found).collect()
    }
}

impl Asked {
    /// What is typed.
    pub(crate) fn typed(&self) -> String {
        match (&self.query, self.reading) {
            (Query::Or(words), Reading::Any) => words.iter().map(Query::typed).collect::<Vec<_>>().join(" "),
            (query, _) => query.typed(),
        }
    }

    /// What is meant by it.
    pub(crate) fn meant(&self) -> Query {
        match self.reading {
            Reading::Exact => self.query.clone().exactly(),
            _ => self.query.clone(),
        }
    }

    /// What is meant, without the function words of a pasted text.
    pub(crate) fn telling(&self) -> Query {
        match (self.meant(), self.reading) {
            (Query::Or(words), Reading::Any) => Query::Or(telling(words)),
            (query, _) => query,
        }
    }

    /// What counts as a mention: what the query names, or if it names nothing, what the flags name.
    pub(crate) fn naming(&self) -> Naming {
        let query = self.telling();
        let flags = self.flags.iter().filter(|flag| !flag.excludes());
        if query.names() { Naming::Typed(query) } else { Naming::Flags(flags.cloned().collect()) }
    }

    /// Whether a clip passes the flags, those that choose values of field `but` left out.
    pub(crate) fn flagged(&self, clip: &Clip, but: Option<Field>) -> bool {
        let excluded = self.flags.iter().any(|flag| flag.excludes() && flag.has(clip));
        let fields: BTreeSet<Field> =
            self.flags.iter().filter(|flag| !flag.excludes() && Some(flag.field()) != but).map(Flag::field).collect();
        let chosen =
            |field: &Field| self.flags.iter().any(|flag| !flag.excludes() && flag.field() == *field && flag.has(clip));
        !excluded && fields.iter().all(chosen)
    }

    /// Whether it has one answer: each name or label is in the archive verbatim, since else a refusal or another name is
    /// right; and not all is in capitals, since then abbreviations are words.
    pub(crate) fn is_clear(&self, clips: &[Clip]) -> bool {
        let owned = |field: Field| clips.iter().flat_map(move |clip| clip.values(field));
        let is_there = |kind, name: &str| owned(field_of(kind)).any(|own| is_named(kind, &own, name));
        let leaves = self.query.leaves();
        let are_there = leaves.iter().all(|leaf| match leaf {
            Pattern::Named(kind, names) => names.iter().all(|name| is_there(*kind, name)),
            _ => true,
        });
        let is_flagged = |flag: &Flag| clips.iter().any(|clip| flag.has(clip));
        let printed: String = leaves.iter().filter_map(|leaf| leaf.words()).collect();
        let is_shouted = !printed.is_empty() && !printed.chars().any(char::is_lowercase);
        let are_labels = self.query.labels().iter().all(|(field, value)| owned(*field).any(|own| own == *value));
        are_there && are_labels && self.flags.iter().all(is_flagged) && !is_shouted
    }
}
