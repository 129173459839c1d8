//! A query read against an archive: words become patterns, names become values, dates become days.
//!
//! What an archive has is asked of the [`Vocabulary`]; nothing is searched. Operators that cannot be searched yet are
//! refused here, each with what does the job today.

mod clause;
mod day;
mod flag;
mod name;
mod pattern;

use super::Parsed;
use crate::{
    date::Day,
    error::{Error, ErrorKind, Result},
    plan::{Node, Plan, TextNode, Vocabulary},
    query::{At, Phrase, Query, Request, Word, WordKind},
};

/// Turns a query and the filter flags of a request into what an engine answers.
///
/// # Errors
/// `Query`: a name that the archive does not have, a range that runs backwards, an operator that is not searched yet,
/// a query without any word; and whatever the vocabulary returns.
pub fn resolve(parsed: &Parsed, request: &Request, vocabulary: &dyn Vocabulary) -> Result<Plan> {
    let query = if request.exact { parsed.query.clone().exactly() } else { parsed.query.clone() };
    let mut resolver = Resolver { typed: Some(&parsed.text), today: request.today, vocabulary, notes: Vec::new() };
    let Some(root) = resolver.node(&query)? else { return Err(without_words(&parsed.text)) };
    resolver.notes.splice(0..0, parsed.notes.iter().cloned());
    let is_empty = query == Query::All && parsed.text.trim().is_empty();
    let read_as = if is_empty { String::new() } else { query.to_string() };
    resolver.finish(root, Understood { query, read_as }, request)
}

/// Turns a pasted text into the words it holds, none of them required (`--any`).
///
/// # Errors
/// `Query` when it holds no word; and as [`resolve`] for the flags.
pub(super) fn any(text: &str, request: &Request, vocabulary: &dyn Vocabulary) -> Result<Plan> {
    let spelling = if request.exact { WordKind::Exact } else { WordKind::Plain };
    let words = pattern::each(text, spelling);
    if words.is_empty() {
        return Err(without_words(text));
    }
    let printed: Vec<String> = words.iter().map(|(at, _)| at.clone()).collect();
    let root = Node::Any(words.into_iter().map(|(_, pattern)| clause::everywhere(pattern)).collect());
    let resolver = Resolver { typed: None, today: request.today, vocabulary, notes: Vec::new() };
    resolver.finish(root, Understood { query: Query::All, read_as: printed.join(" ") }, request)
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
}

impl Resolver<'_> {
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
            Query::Near(near) => match near.links.first() {
                None => self.node(&near.first),
                Some(link) => {
                    let instead = format!("write a phrase, \"a b\", or leave {} out to search for both", link.relation);
                    Err(self.later(&format!("proximity ({})", link.relation), link.at, instead))
                }
            },
            Query::AtLeast(many) => {
                let what = format!("a least number of times (ATLEAST/{})", many.count);
                Err(self.later(&what, many.at, "leave it out to search for one time or more"))
            }
            Query::Boost(boost) => Err(self.later("a weight", boost.at, "leave it out")),
        }
    }

    fn nodes(&mut self, parts: &[Query]) -> Result<Vec<Node>> {
        let mut nodes = Vec::with_capacity(parts.len());
        for part in parts {
            nodes.extend(self.node(part)?);
        }
        Ok(nodes)
    }

    fn word(&mut self, word: &Word) -> Result<Option<TextNode>> {
        if let Some(refused) = self.refused(word) {
            return Err(refused);
        }
        let pattern = pattern::word(&word.text, word.kind);
        if pattern.is_none() {
            self.note_empty(word.at);
        }
        Ok(pattern.map(clause::everywhere))
    }

    fn phrase(&mut self, phrase: &Phrase) -> Result<Option<TextNode>> {
        if let Some(slop) = phrase.slop {
            return Err(self.later(&format!("a loose phrase (~{slop})"), phrase.at, "leave it out, or use AND"));
        }
        if phrase.prefix {
            return Err(self.later("a wildcard behind a phrase", phrase.at, "write the last word out"));
        }
        let spelling = if phrase.exact { WordKind::Exact } else { WordKind::Plain };
        let pattern = pattern::phrase(&phrase.text, spelling);
        if pattern.is_none() {
            self.note_empty(phrase.at);
        }
        Ok(pattern.map(clause::everywhere))
    }

    /// Why a word of this kind cannot be searched yet, if it cannot.
    fn refused(&self, word: &Word) -> Option<Error> {
        let (what, instead) = match word.kind {
            WordKind::Plain | WordKind::Exact => return None,
            WordKind::Prefix => ("a prefix", "write the words out: (flood OR flooding)"),
            WordKind::Wildcard => ("a wildcard", "write the words out: (organise OR organize)"),
            WordKind::Fuzzy(_) => ("an approximate spelling", "write the spellings out: (Witkoff OR Vitkoff)"),
            WordKind::Regex => ("a regular expression", "write the words out: (flood OR flooding)"),
        };
        Some(self.later(&format!("{what} ({word})"), word.at, instead))
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

fn without_words(text: &str) -> Error {
    let what = format!("“{}” holds no word", text.trim());
    Error::query(what, text, 0..text.len(), "type a word of letters or digits")
}
