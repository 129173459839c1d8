//! A query read against an archive: words become patterns, names become values, dates become days.
//!
//! What an archive has is asked of the [`Vocabulary`]; nothing is searched.

mod alike;
mod clause;
mod day;
mod expand;
mod flag;
mod hyphen;
mod name;
mod operand;
mod outline;
mod pattern;
mod phrase;
mod question;
mod saved;

use std::collections::BTreeMap;

use super::Parsed;
use crate::{
    date::Day,
    error::{Error, ErrorKind, Result},
    plan::{Node, Pattern, Plan, TextNode, Vocabulary},
    query::{At, Boost, Query, Request, Word, WordKind},
};
use name::Unresolved;
pub use outline::{Clause, Outline};
pub(super) use outline::{outline, outline_any};
use pattern::{Capitals, Typed};
pub(super) use question::any;

/// Turns a query and the filter flags of a request into what an engine answers.
///
/// # Errors
/// `Query`: a name that the archive does not have, a range that runs backwards, what cannot stand in a proximity, a query
/// without any word; and whatever the vocabulary returns.
pub fn resolve(parsed: &Parsed, request: &Request, vocabulary: &dyn Vocabulary) -> Result<Plan> {
    let query = if request.exact { parsed.query.clone().exactly() } else { parsed.query.clone() };
    let mut resolver = Resolver::new(Some(&parsed.text), request, vocabulary);
    resolver.read_capitals(Capitals::of(&query));
    let Some(root) = resolver.node(&query)? else { return Err(without_words(&parsed.text)) };
    resolver.notes.splice(0..0, parsed.notes.iter().cloned());
    let is_empty = query == Query::All && parsed.text.trim().is_empty();
    let read_as = if is_empty { String::new() } else { query.to_string() };
    resolver.finish(root, Understood { query, read_as }, request)
}

/// What the typed part was understood as.
struct Understood {
    query: Query,
    read_as: String,
}

/// On the way from a tree to a plan.
struct Resolver<'a> {
    /// The text that places refer to; `None` for flags.
    typed: Option<&'a str>,
    today: Day,
    vocabulary: &'a dyn Vocabulary,
    notes: Vec<String>,
    /// What words in capitals are.
    capitals: Capitals,
    /// Operators of proximity around what is read.
    depth: usize,
    unresolved: Unresolved,
    /// Queries by name, and the names of those that are being read.
    saved: &'a BTreeMap<String, String>,
    open: Vec<String>,
    /// Whether every word is meant exactly as spelled.
    exact: bool,
}

impl<'a> Resolver<'a> {
    fn new(typed: Option<&'a str>, request: &'a Request, vocabulary: &'a dyn Vocabulary) -> Self {
        let unresolved = if request.with_unresolved { Unresolved::Added } else { Unresolved::Told };
        Self {
            typed,
            today: request.today,
            vocabulary,
            notes: Vec::new(),
            capitals: Capitals::Acronyms,
            depth: 0,
            unresolved,
            saved: &request.saved,
            open: Vec::new(),
            exact: request.exact,
        }
    }

    /// From here on words in capitals are read so.
    fn read_capitals(&mut self, capitals: Capitals) {
        self.capitals = capitals;
        if capitals == Capitals::Shouted {
            self.note(
                "all is in capitals, so no word but US is read as an abbreviation; with dots it is one: U.N."
                    .to_owned(),
            );
        }
    }

    /// The plan, with the flags of the request.
    fn finish(mut self, root: Node, understood: Understood, request: &Request) -> Result<Plan> {
        let text = self.typed.take().unwrap_or_default().to_owned();
        let flags = flag::read(&mut self, request)?;
        let root = all_of(std::iter::once(root).chain(flags.excluded).collect());
        let read_as = match (understood.query, flags.shown.is_empty()) {
            (_, true) => understood.read_as,
            (Query::All, _) if matches!(understood.read_as.as_str(), "" | "*") => {
                Query::all_of(flags.shown).to_string()
            }
            (Query::All, _) => format!("{} {}", understood.read_as, Query::all_of(flags.shown)),
            (query, _) => Query::all_of(std::iter::once(query).chain(flags.shown).collect()).to_string(),
        };
        Ok(Plan { root, groups: flags.groups, text, read_as, notes: self.notes })
    }

    /// The condition that `query` makes; `None` when no word is left of it, which is noted.
    fn node(&mut self, query: &Query) -> Result<Option<Node>> {
        match query {
            Query::All => Ok(Some(Node::All)),
            Query::Word(word) => Ok(self.word(word)?.map(Node::Text)),
            Query::Phrase(phrase) => Ok(self.phrase(phrase)?.map(Node::Text)),
            Query::Field(clause) => self.clause(clause),
            Query::Not(inner) => Ok(self.node(inner)?.map(|node| Node::Not(Box::new(node)))),
            Query::And(parts) => Ok(some(self.nodes(parts)?, all_of)),
            Query::Or(parts) => Ok(some(self.nodes(parts)?, Node::Or)),
            Query::Near(near) => Ok(Some(Node::Text(clause::everywhere(self.proximity(near)?)))),
            Query::AtLeast(many) => Ok(self.at_least(many)?.map(Node::Text)),
            Query::Boost(boost) => self.weighted(boost),
        }
    }

    fn nodes(&mut self, parts: &[Query]) -> Result<Vec<Node>> {
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            nodes.extend(self.node(part)?);
        }
        Ok(nodes)
    }

    /// A word of any kind; `None` when it holds nothing to search for, which is noted.
    fn word(&mut self, word: &Word) -> Result<Option<TextNode>> {
        let pattern = match word.kind {
            WordKind::Plain | WordKind::Exact => self.spelled(&word.text, word.kind)?,
            _ => self.expanded(word)?,
        };
        if pattern.is_none() {
            self.note_empty(word.at);
        }
        Ok(pattern.map(clause::everywhere))
    }

    /// A plain or exact word; signs that part words make a phrase of it.
    fn spelled(&self, typed: &str, spelling: WordKind) -> Result<Option<Pattern>> {
        let words = Typed::new(typed, spelling, self.capitals).words();
        let words = words.iter().map(|word| self.apart(word)).collect::<Result<Vec<_>>>()?;
        Ok((!words.is_empty()).then(|| hyphen::phrase(words)))
    }

    /// A weight on every word below.
    fn weighted(&mut self, boost: &Boost) -> Result<Option<Node>> {
        let Some(mut node) = self.node(&boost.query)? else { return Ok(None) };
        if !weigh(&mut node, boost.weight) {
            self.note(format!("a weight changes nothing on {}", boost.query));
        }
        Ok(Some(node))
    }

    /// An error for what the language knows and the search does not yet.
    fn later(&self, what: &str, at: At, instead: impl Into<String>) -> Error {
        self.fault(format!("{what} is not searched yet"), at, instead)
    }

    /// An error that points at `at`, or for a flag one that says the same without a place.
    fn fault(&self, what: impl Into<String>, at: At, label: impl Into<String>) -> Error {
        match (self.typed, label.into()) {
            (Some(typed), label) => Error::query(what, typed, at.range(), label),
            (None, label) if label.is_empty() => Error::new(ErrorKind::Query, what),
            (None, label) => Error::new(ErrorKind::Query, what).hint(label),
        }
    }

    fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn note_empty(&mut self, at: At) {
        let typed = self.typed.and_then(|typed| typed.get(at.range())).unwrap_or_default();
        self.note(format!("“{typed}” holds no word"));
    }
}

/// All of them: one stands for itself, and every article needs no saying beside others.
fn all_of(mut nodes: Vec<Node>) -> Node {
    nodes.retain(|node| *node != Node::All);
    match nodes.len() {
        0 => Node::All,
        1 => nodes.pop().unwrap_or(Node::All),
        _ => Node::And(nodes),
    }
}

/// The nodes joined, if there are any; one stands for itself.
fn some(mut nodes: Vec<Node>, join: impl FnOnce(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(join(nodes)),
    }
}

/// Puts a weight on the words that a condition scores by; whether there are any.
fn weigh(node: &mut Node, weight: f32) -> bool {
    match node {
        Node::Text(text) => {
            text.boost *= weight;
            true
        }
        Node::Any(question) => {
            question.words.iter_mut().chain(&mut question.pairs).for_each(|text| text.boost *= weight);
            true
        }
        Node::And(nodes) | Node::Or(nodes) => {
            let weighed: Vec<bool> = nodes.iter_mut().map(|node| weigh(node, weight)).collect();
            weighed.contains(&true)
        }
        Node::All | Node::Nothing | Node::Entity(_) | Node::Filter(_) | Node::Not(_) => false,
    }
}

fn without_words(text: &str) -> Error {
    let what = format!("“{}” holds no word", text.trim());
    Error::query(what, text, 0..text.len(), "type a word of letters or digits")
}
