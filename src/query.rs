//! A query as typed, in a tree: what the grammar understands, before any name is looked up.
//!
//! `Display` prints the query language again, and reading that gives the same tree. Nothing here knows an archive or
//! what day it is.

mod place;
mod range;
mod show;
mod when;

use std::collections::BTreeMap;

use crate::{
    date::Day,
    field::{Field, FieldKind},
};

pub use range::{DateMatch, Range};
pub use when::{Period, When};

/// What a command was asked: words, flags, and the day on which it was asked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// The arguments, as the shell passed them.
    pub args: Vec<String>,
    /// `--any`: the words are taken literally, none is required.
    pub any: bool,
    /// `--exact`: no inflections.
    pub exact: bool,
    /// `--with-unresolved`: a full name also means its surname where no first name tells whose it is.
    pub with_unresolved: bool,
    /// Filter flags, in the order given.
    pub filters: Vec<FilterFlag>,
    /// What `today` means.
    pub today: Day,
    /// Saved queries by name, for `saved:NAME`.
    pub saved: BTreeMap<String, String>,
}

/// `--person X` or `--exclude-person X`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterFlag {
    /// The field.
    pub field: Field,
    /// The value, taken literally.
    pub value: String,
    /// Whether articles with it are left out.
    pub exclude: bool,
}

/// Bytes of the typed text; all are equal, so that trees compare by meaning.
#[derive(Debug, Clone, Copy, Default)]
pub struct At {
    /// First byte.
    pub start: usize,
    /// One past the last.
    pub end: usize,
}

impl PartialEq for At {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Eq for At {}

impl At {
    /// As a range, for slicing and carets.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start..self.end
    }
}

/// A query; build the branches with [`Query::all_of`], [`Query::any_of`], [`Query::not`] and [`Query::near`], which
/// keep one shape for one meaning.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Query {
    /// Every article: nothing typed, or `*`.
    #[default]
    All,
    /// A single word.
    Word(Word),
    /// Words in quotes.
    Phrase(Phrase),
    /// `field:value`.
    Field(FieldClause),
    /// Not this.
    Not(Box<Query>),
    /// All of these, two at least.
    And(Vec<Query>),
    /// Any of these, two at least.
    Or(Vec<Query>),
    /// Some distance between them.
    Near(Near),
    /// So many times.
    AtLeast(AtLeast),
    /// More weight, or less.
    Boost(Boost),
}

/// A single word as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Without the signs that make its kind; a regular expression without its slashes.
    pub text: String,
    /// How it is meant.
    pub kind: WordKind,
    /// Where it was typed, signs included.
    pub at: At,
}

/// How a word is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WordKind {
    /// `word`: any inflection.
    Plain,
    /// `=word`: as spelled.
    Exact,
    /// `wor*`: whatever begins so.
    Prefix,
    /// `w?r*d`: `?` is one character, `*` any number; both stay in the text.
    Wildcard,
    /// `word~1`, `word~2`: so many letters off.
    Fuzzy(u8),
    /// `/wor(d|k)/`.
    Regex,
}

/// Words in quotes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What stands between the quotes.
    pub text: String,
    /// `~n`: the words may lie so far apart.
    pub slop: Option<u32>,
    /// A final `*`: the last word only begins so.
    pub prefix: bool,
    /// `=` before it: every word as spelled.
    pub exact: bool,
    /// Where it was typed, quotes included.
    pub at: At,
}

/// `field:value`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldClause {
    /// The field.
    pub field: Field,
    /// For `Field::Extra`: the name behind the dot.
    pub extra: Option<String>,
    /// What it is to be.
    pub value: Value,
    /// Where the value was typed.
    pub at: At,
}

/// The value of a field. A group in a field is spread over its members: `title:(a b)` is `title:a title:b`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `*`: has any.
    Any,
    /// A name or label, whole, as typed.
    Name(String),
    /// For text fields, and elsewhere for every kind but plain.
    Word(Word),
    /// For text fields; elsewhere only with `=` before it.
    Phrase(Phrase),
    /// For dates.
    Dates(Range<When>, DateMatch),
    /// For numbers.
    Numbers(Range<u64>),
    /// For `has:` and `no:`: a field, and for `Field::Extra` the name behind the dot.
    Field(Field, Option<String>),
    /// Any of these, two at least, each with the place where it was typed; never a list itself.
    List(Vec<(Value, At)>),
}

/// A chain of operands, read from left to right, each with its relation to all that stands before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The first operand.
    pub first: Box<Query>,
    /// The others, one at least.
    pub links: Vec<Link>,
}

/// One more operand of a proximity.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// The relation.
    pub relation: Relation,
    /// Where the operator was typed.
    pub at: At,
    /// The operand.
    pub query: Query,
}

/// How two operands lie to each other; distances are differences of word positions, adjacent = 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `W/n`, `NEAR/n`: at most so far apart, in any order.
    Near(u32),
    /// `PRE/n`, `BEFORE/n`: the left one first, the right one at most so far behind.
    Before(u32),
    /// `/s`, `W/S`: in one sentence.
    Sentence,
    /// `/p`, `W/P`: in one paragraph.
    Paragraph,
    /// `NOT W/n`: the left one where no right one is so near.
    NotNear(u32),
}

/// `ATLEAST/n(…)`.
#[derive(Debug, Clone, PartialEq)]
pub struct AtLeast {
    /// How many times.
    pub count: u32,
    /// What.
    pub query: Box<Query>,
    /// Where the operator was typed.
    pub at: At,
}

/// `…^weight`.
#[derive(Debug, Clone, PartialEq)]
pub struct Boost {
    /// What weighs.
    pub query: Box<Query>,
    /// How much: above 0, 1 changes nothing.
    pub weight: f32,
    /// Where the weight was typed, `^` included.
    pub at: At,
}

impl Query {
    /// All of `parts`: nested ones are taken in, one stands for itself, none is every article.
    pub fn all_of(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::And(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 | 1 => flat.pop().unwrap_or_default(),
            _ => Self::And(flat),
        }
    }

    /// Any of `parts`: nested ones are taken in, one stands for itself, none is every article.
    pub fn any_of(parts: Vec<Self>) -> Self {
        let mut flat = Vec::with_capacity(parts.len());
        for part in parts {
            match part {
                Self::Or(inner) => flat.extend(inner),
                other => flat.push(other),
            }
        }
        match flat.len() {
            0 | 1 => flat.pop().unwrap_or_default(),
            _ => Self::Or(flat),
        }
    }

    /// The opposite; the opposite of an opposite is the thing itself.
    #[allow(clippy::should_implement_trait)]
    pub fn not(self) -> Self {
        match self {
            Self::Not(inner) => *inner,
            other => Self::Not(Box::new(other)),
        }
    }

    /// A chain of proximities; a first operand that is a chain is taken in, since chains are read from the left.
    pub fn near(first: Self, links: Vec<Link>) -> Self {
        match first {
            first if links.is_empty() => first,
            Self::Near(mut chain) => {
                chain.links.extend(links);
                Self::Near(chain)
            }
            first => Self::Near(Near { first: Box::new(first), links }),
        }
    }

    /// The same query with every plain word and phrase meant as spelled (`--exact`).
    #[must_use]
    pub fn exactly(self) -> Self {
        let each = |parts: Vec<Self>| parts.into_iter().map(Self::exactly).collect();
        match self {
            Self::All => Self::All,
            Self::Word(word) => Self::Word(word.exactly()),
            Self::Phrase(phrase) => Self::Phrase(Phrase { exact: true, ..phrase }),
            Self::Field(clause) if clause.field.kind() == FieldKind::Text => {
                Self::Field(FieldClause { value: clause.value.exactly(), ..clause })
            }
            Self::Field(clause) => Self::Field(clause),
            Self::Not(inner) => Self::Not(Box::new(inner.exactly())),
            Self::And(parts) => Self::And(each(parts)),
            Self::Or(parts) => Self::Or(each(parts)),
            Self::Near(near) => {
                let exact = |link: Link| Link { query: link.query.exactly(), ..link };
                let links = near.links.into_iter().map(exact).collect();
                Self::Near(Near { first: Box::new(near.first.exactly()), links })
            }
            Self::AtLeast(many) => Self::AtLeast(AtLeast { query: Box::new(many.query.exactly()), ..many }),
            Self::Boost(boost) => Self::Boost(Boost { query: Box::new(boost.query.exactly()), ..boost }),
        }
    }
}

impl Word {
    /// Punctuation behind a word, which is never part of its signs: `wit*,`.
    pub const STOPS: [char; 5] = [',', ';', ':', '.', '!'];

    fn exactly(self) -> Self {
        if self.kind != WordKind::Plain || !self.text.chars().any(char::is_alphanumeric) {
            return self;
        }
        let text = self.text.trim_end_matches(Self::STOPS).to_owned();
        Self { text, kind: WordKind::Exact, at: self.at }
    }
}

impl Value {
    fn exactly(self) -> Self {
        match self {
            Self::Word(word) => Self::Word(word.exactly()),
            Self::Phrase(phrase) => Self::Phrase(Phrase { exact: true, ..phrase }),
            Self::List(items) => Self::List(items.into_iter().map(|(item, at)| (item.exactly(), at)).collect()),
            other => other,
        }
    }
}
