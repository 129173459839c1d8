//! Prints a query in the query language, so that reading it again gives the same tree. It never rewords or resolves.

use std::fmt::{self, Display, Formatter};

use super::{DateMatch, FieldClause, Phrase, Query, Relation, Value, Word, WordKind};
use crate::field::Field;

impl Display for Query {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("*"),
            Self::Word(word) => word.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
            Self::Field(clause) => clause.fmt(f),
            Self::Not(inner) => write!(f, "-{}", Atom(inner)),
            Self::And(parts) => joined(f, parts, " ", |part| matches!(part, Self::Or(_))),
            Self::Or(parts) => joined(f, parts, " OR ", |part| matches!(part, Self::And(_) | Self::Not(_))),
            Self::Near(near) => {
                Atom(&near.first).fmt(f)?;
                near.links.iter().try_for_each(|link| write!(f, " {} {}", link.relation, Atom(&link.query)))
            }
            Self::AtLeast(many) => write!(f, "ATLEAST/{}({})", many.count, many.query),
            Self::Boost(boost) if is_plain_start(&boost.query) => write!(f, "{}^{}", boost.query, boost.weight),
            Self::Boost(boost) => write!(f, "({})^{}", boost.query, boost.weight),
        }
    }
}

/// A query where only an atom may stand.
struct Atom<'a>(&'a Query);

impl Display for Atom<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0 {
            Query::And(_) | Query::Or(_) | Query::Near(_) | Query::Not(_) => write!(f, "({})", self.0),
            atom => atom.fmt(f),
        }
    }
}

/// Parts behind each other; a word `TO` behind a bracket would be read as a range, a word `ATLEAST` before one as a sign.
fn joined(f: &mut Formatter<'_>, parts: &[Query], by: &str, in_brackets: fn(&Query) -> bool) -> fmt::Result {
    let is_word = |part: &Query, text: &str| matches!(part, Query::Word(word) if word.text == text);
    for (i, part) in parts.iter().enumerate() {
        if let Some(before) = i.checked_sub(1).and_then(|before| parts.get(before)) {
            let is_like_a_sign = is_word(part, "TO") || is_word(before, "ATLEAST");
            f.write_str(if is_like_a_sign && by == " " { " AND " } else { by })?;
        }
        if in_brackets(part) { write!(f, "({part})")? } else { part.fmt(f)? }
    }
    Ok(())
}

/// Whether `^2` right behind it can belong to nothing else.
fn is_plain_start(query: &Query) -> bool {
    match query {
        Query::Word(word) => word.text.starts_with(char::is_alphanumeric) && !word.text.ends_with(':'),
        Query::Phrase(_) => true,
        _ => false,
    }
}

impl Display for Word {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let text = &self.text;
        match self.kind {
            WordKind::Plain | WordKind::Wildcard => f.write_str(text),
            WordKind::Exact => write!(f, "={text}"),
            WordKind::Prefix => write!(f, "{text}*"),
            WordKind::Fuzzy(letters) => write!(f, "{text}~{letters}"),
            WordKind::Regex => write!(f, "/{text}/"),
        }
    }
}

impl Display for Phrase {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if self.exact {
            f.write_str("=")?;
        }
        quoted(f, &self.text)?;
        if let Some(slop) = self.slop {
            write!(f, "~{slop}")?;
        }
        if self.prefix { f.write_str("*") } else { Ok(()) }
    }
}

impl Display for Relation {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Near(distance) => write!(f, "W/{distance}"),
            Self::Before(distance) => write!(f, "PRE/{distance}"),
            Self::Sentence => f.write_str("/s"),
            Self::Paragraph => f.write_str("/p"),
            Self::NotNear(distance) => write!(f, "NOT W/{distance}"),
        }
    }
}

impl Display for FieldClause {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        field(f, self.field, self.extra.as_deref())?;
        write!(f, ":{}", self.value)
    }
}

fn field(f: &mut Formatter<'_>, field: Field, extra: Option<&str>) -> fmt::Result {
    f.write_str(field.name())?;
    extra.map_or(Ok(()), |name| write!(f, ".{name}"))
}

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => f.write_str("*"),
            Self::Name(name) if is_bare_name(name) => f.write_str(name),
            Self::Name(name) => quoted(f, name),
            Self::Word(word) => word.fmt(f),
            Self::Phrase(phrase) => phrase.fmt(f),
            Self::Dates(range, DateMatch::Overlap) => range.fmt(f),
            Self::Dates(range, DateMatch::Inside) => write!(f, "={range}"),
            Self::Numbers(range) => range.fmt(f),
            Self::Field(of, Some(extra)) if !is_bare_name(extra) => quoted(f, &format!("{}.{extra}", of.name())),
            Self::Field(of, extra) => field(f, *of, extra.as_deref()),
            Self::List(items) => items.iter().enumerate().try_for_each(|(i, (item, _))| {
                f.write_str(if i > 0 { "," } else { "" })?;
                item.fmt(f)
            }),
        }
    }
}

/// Whether a name needs no quotes: nothing in it can be taken for a sign of the language.
fn is_bare_name(name: &str) -> bool {
    name.starts_with(char::is_alphanumeric)
        && name.chars().all(|c| c.is_alphanumeric() || "-_./'’&@".contains(c))
        && !name.eq_ignore_ascii_case("any")
}

fn quoted(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in text.chars() {
        if c == '\\' || (c != '„' && Query::QUOTES.contains(&c)) {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}

impl Query {
    /// Every mark that opens or closes a phrase; never the apostrophe.
    pub const QUOTES: [char; 6] = ['"', '“', '”', '„', '«', '»'];
}
