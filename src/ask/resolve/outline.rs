//! A request in its clauses, each with the condition that it makes by itself: what is counted to explain an answer.
//!
//! It counts nothing.

use super::{
    Capitals, Resolver, clause, flag,
    question::{self, Asked},
    resolve,
};
use crate::{
    ask::Parsed,
    error::Result,
    plan::{Node, Plan, Vocabulary},
    query::{Query, Request},
};

/// A request as understood, whole and in parts.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    /// The whole.
    pub plan: Plan,
    /// What is asked for at once: clauses of the query, then filter flags.
    pub clauses: Vec<Clause>,
}

/// A part of a request.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// In the query language.
    pub text: String,
    /// The condition that it makes by itself.
    pub node: Node,
    /// Its own parts.
    pub parts: Vec<Clause>,
}

/// The outline of a query that was read.
///
/// # Errors
/// As `resolve`.
pub(in crate::ask) fn outline(parsed: &Parsed, request: &Request, vocabulary: &dyn Vocabulary) -> Result<Outline> {
    let plan = resolve(parsed, request, vocabulary)?;
    let query = if request.exact { parsed.query.clone().exactly() } else { parsed.query.clone() };
    let mut resolver = Resolver::new(Some(&parsed.text), request, vocabulary);
    resolver.read_capitals(Capitals::of(&query));
    let clauses = match &query {
        Query::All => Vec::new(),
        Query::And(parts) => resolver.clauses(parts)?,
        one => resolver.clauses(std::slice::from_ref(one))?,
    };
    resolver.with_flags(plan, clauses, request)
}

/// The outline of a pasted text: its words.
///
/// # Errors
/// As `any`.
pub(in crate::ask) fn outline_any(text: &str, request: &Request, vocabulary: &dyn Vocabulary) -> Result<Outline> {
    let plan = super::any(text, request, vocabulary)?;
    let mut resolver = Resolver::new(None, request, vocabulary);
    let in_order = question::words(text, request);
    let words = question::once_each(&in_order);
    let word = |(word, _): (&Asked, u32)| {
        let node = Node::Text(clause::everywhere(resolver.apart(&word.pattern)?));
        Ok(Clause { text: word.printed.clone(), node, parts: Vec::new() })
    };
    let parts = words.into_iter().map(word).collect::<Result<Vec<_>>>()?;
    let texts = parts.iter().map(|part| part.text.as_str()).collect::<Vec<_>>().join(" ");
    let Node::Any(question) = &plan.root else { return resolver.with_flags(plan, parts, request) };
    let whole = Clause { text: texts, node: Node::Any(question.clone()), parts };
    resolver.with_flags(plan, vec![whole], request)
}

impl Resolver<'_> {
    fn with_flags(&mut self, plan: Plan, mut clauses: Vec<Clause>, request: &Request) -> Result<Outline> {
        self.typed = None;
        let flags = flag::read(self, request)?;
        clauses.extend(self.clauses(&flags.shown)?);
        Ok(Outline { plan, clauses })
    }

    fn clauses(&mut self, queries: &[Query]) -> Result<Vec<Clause>> {
        let mut clauses = Vec::with_capacity(queries.len());
        for query in queries {
            let Some(node) = self.node(query)? else { continue };
            clauses.push(Clause { text: query.to_string(), node, parts: self.parts(query)? });
        }
        Ok(clauses)
    }

    fn parts(&mut self, query: &Query) -> Result<Vec<Clause>> {
        match query {
            Query::All | Query::Word(_) | Query::Phrase(_) | Query::Field(_) => Ok(Vec::new()),
            Query::Not(inner) => self.clauses(std::slice::from_ref(inner)),
            Query::And(parts) | Query::Or(parts) => self.clauses(parts),
            Query::Near(near) => {
                let operands = std::iter::once(&*near.first).chain(near.links.iter().map(|link| &link.query));
                self.clauses(&operands.cloned().collect::<Vec<_>>())
            }
            Query::AtLeast(many) => self.clauses(std::slice::from_ref(&many.query)),
            Query::Boost(boost) => self.parts(&boost.query),
        }
    }
}
