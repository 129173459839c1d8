//! Proximities and numbers of times: what may stand in them, as patterns, and why other things may not.
//!
//! It never measures a distance; it says which spans there are to measure.

use super::{Resolver, clause::everywhere, hyphen::either};
use crate::{
    error::{Error, Result},
    plan::{Nearby, Node, Pattern, Reach, TextNode},
    query::{At, AtLeast, FieldClause, Link, Near, Query, Relation},
};

/// Operators of proximity that may stand in one another or in one chain.
const DEEPEST: usize = 64;
/// Characters of a query that a suggestion still prints.
const LONGEST: usize = 100;

/// What a query is an operand of.
#[derive(Debug, Clone, Copy)]
enum Of<'q> {
    /// A chain: its operand of this number, the first is 0.
    Near(&'q Near, usize),
    /// A number of times.
    AtLeast(&'q AtLeast),
}

impl Resolver<'_> {
    /// A chain of proximities, read from the left.
    pub(super) fn proximity(&mut self, near: &Near) -> Result<Pattern> {
        let first_at = near.links.first().map(|link| link.at).unwrap_or_default();
        self.depth += near.links.len();
        if self.depth > DEEPEST {
            let what = format!("more than {DEEPEST} operators of proximity in one");
            return Err(self.fault(what, first_at, "split the query"));
        }
        let mut so_far = self.placed(&near.first, (Of::Near(near, 0), first_at))?;
        for (i, link) in near.links.iter().enumerate() {
            let right = self.placed(&link.query, (Of::Near(near, i + 1), link.at))?;
            so_far = Pattern::Near(Box::new(Nearby { left: so_far, right, reach: reach(link.relation) }));
        }
        self.depth -= near.links.len();
        Ok(so_far)
    }

    /// So many times at least; `None` when no word is left, which is noted.
    pub(super) fn at_least(&mut self, many: &AtLeast) -> Result<Option<TextNode>> {
        let pattern = self.operand(&many.query, (Of::AtLeast(many), many.at))?;
        Ok(pattern.map(|pattern| TextNode { at_least: many.count, ..everywhere(pattern) }))
    }

    /// An operand that must hold a word: without it the operator would mean something else.
    fn placed(&mut self, query: &Query, (of, operator): (Of<'_>, At)) -> Result<Pattern> {
        match self.operand(query, (of, operator))? {
            Some(pattern) => Ok(pattern),
            None => {
                let what = format!("“{query}” holds no word");
                Err(self.fault(what, query.at().unwrap_or(operator), "a proximity needs a word on both sides"))
            }
        }
    }

    /// The pattern that an operand is; `None` when it holds no word, which is noted.
    fn operand(&mut self, query: &Query, (of, operator): (Of<'_>, At)) -> Result<Option<Pattern>> {
        match query {
            Query::Near(near) => self.proximity(near).map(Some),
            Query::Or(parts) => {
                let mut ways = Vec::with_capacity(parts.len());
                for part in parts {
                    ways.extend(self.operand(part, (of, operator))?);
                }
                Ok((!ways.is_empty()).then(|| either(ways)))
            }
            Query::Word(_) | Query::Phrase(_) | Query::Field(_) => match self.node(query)? {
                None => Ok(None),
                Some(node) => match pattern_of(node) {
                    Some(pattern) => Ok(Some(pattern)),
                    None => Err(self.misplaced(query, (of, operator))),
                },
            },
            Query::All | Query::And(_) | Query::Not(_) | Query::AtLeast(_) | Query::Boost(_) => {
                Err(self.misplaced(query, (of, operator)))
            }
        }
    }

    /// Why `query` cannot be an operand, and what to write instead.
    fn misplaced(&self, query: &Query, (of, operator): (Of<'_>, At)) -> Error {
        let place = of.place();
        let outside = "put it outside, behind the brackets";
        let here = query.at().unwrap_or(operator);
        let (what, at, label) = match query {
            Query::And(parts) if parts.iter().any(|part| matches!(part, Query::Not(_))) => {
                (format!("an exclusion cannot stand in {place}"), here, outside.to_owned())
            }
            Query::And(parts) => (format!("AND cannot stand in {place}"), here, of.each(parts)),
            Query::Boost(boost) => {
                let label = format!("write ({})^{}", of.with(&boost.query), boost.weight);
                (format!("a weight cannot stand in {place}"), boost.at, label)
            }
            Query::AtLeast(many) => (format!("ATLEAST cannot stand in {place}"), many.at, outside.to_owned()),
            Query::Not(_) => (format!("an exclusion cannot stand in {place}"), here, outside.to_owned()),
            Query::Field(clause) => {
                let what = format!("“{clause}” asks for whole articles, and {place} for places in the text");
                (what, self.with_name(clause), outside.to_owned())
            }
            _ => (format!("“{query}” is every article and cannot stand in {place}"), here, "write a word".to_owned()),
        };
        let label = if label.len() > LONGEST { "take it apart".to_owned() } else { label };
        self.fault(what, at, label)
    }

    /// Where a clause was typed, its field's name included where it stands before the value.
    fn with_name(&self, clause: &FieldClause) -> At {
        let before = self.typed.and_then(|typed| typed.get(..clause.at.start)).unwrap_or_default();
        let start = match before.strip_suffix(':') {
            Some(before) => before.rfind(|c: char| c.is_whitespace() || "()-".contains(c)).map_or(0, |at| at + 1),
            None => clause.at.start,
        };
        At { start, end: clause.at.end }
    }
}

impl Of<'_> {
    fn place(self) -> &'static str {
        match self {
            Self::Near(..) => "a proximity",
            Self::AtLeast(_) => "a number of times",
        }
    }

    /// The whole with another operand in this place.
    fn with(self, operand: &Query) -> Query {
        match self {
            Self::Near(near, 0) => Query::Near(Near { first: Box::new(operand.clone()), links: near.links.clone() }),
            Self::Near(near, place) => {
                let mut links = near.links.clone();
                if let Some(link) = links.get_mut(place - 1) {
                    *link = Link { query: operand.clone(), ..link.clone() };
                }
                Query::Near(Near { first: near.first.clone(), links })
            }
            Self::AtLeast(many) => Query::AtLeast(AtLeast { query: Box::new(operand.clone()), ..many.clone() }),
        }
    }

    /// What to write for several operands in this place, all of which are wanted.
    fn each(self, parts: &[Query]) -> String {
        let whole = |part: &Query| match self.with(part) {
            near @ Query::Near(_) => format!("({near})"),
            other => other.to_string(),
        };
        format!("write {}", parts.iter().map(whole).collect::<Vec<_>>().join(" "))
    }
}

/// The pattern that a condition looks for, if it looks for one at all.
fn pattern_of(node: Node) -> Option<Pattern> {
    match node {
        Node::Text(text) => Some(text.pattern),
        Node::Entity(entity) => Some(Pattern::Entity(entity)),
        Node::Or(nodes) => nodes.into_iter().map(pattern_of).collect::<Option<Vec<_>>>().map(either),
        _ => None,
    }
}

fn reach(relation: Relation) -> Reach {
    match relation {
        Relation::Near(distance) => Reach::Within(distance),
        Relation::Before(distance) => Reach::Before(distance),
        Relation::Sentence => Reach::Sentence,
        Relation::Paragraph => Reach::Paragraph,
        Relation::NotNear(distance) => Reach::NotWithin(distance),
    }
}
