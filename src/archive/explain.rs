//! What each part of a request finds by itself.
//!
//! It counts and never guesses; how a tree of counts looks is the renderer's.

use super::Archive;
use crate::{
    ask::{self, Clause},
    error::Result,
    hit::{Explained, ExplainedWord},
    plan::{Candidate, EntityNode, Expansion, Node, Pattern, Plan, TextNode, Unit, Vocabulary, WordPattern},
    query::Request,
};

/// Parts that are counted; a longer query says how many are not.
const MOST: usize = 200;
/// Words and names listed of each part.
const LISTED: usize = 10;

impl Archive {
    /// The request as a tree, each part with what it finds when nothing else is asked.
    ///
    /// # Errors
    /// `Query` with the place of the fault; `Io`.
    pub fn explain(&self, request: &Request) -> Result<Explained> {
        let outline = ask::outline(&self.with_saved(request), &self.reader)?;
        let mut left = MOST;
        let mut parts = self.parts(&outline.clauses, &mut left)?;
        if parts.len() == 1 && outline.clauses.len() == 1 {
            return Ok(parts.remove(0));
        }
        let total = self.reader.count(&outline.plan, Unit::Mentions)?;
        Ok(Explained {
            text: outline.plan.read_as,
            articles: total.articles,
            mentions: total.mentions.filter(|_| names_something(&outline.plan.root)),
            uncounted: (outline.clauses.len() - parts.len()) as u64,
            children: parts,
            ..Explained::default()
        })
    }

    /// What the first of these parts find, as long as counts are left.
    fn parts(&self, clauses: &[Clause], left: &mut usize) -> Result<Vec<Explained>> {
        let mut found = Vec::new();
        for clause in clauses {
            if *left == 0 {
                break;
            }
            *left -= 1;
            found.push(self.part(clause, left)?);
        }
        Ok(found)
    }

    fn part(&self, clause: &Clause, left: &mut usize) -> Result<Explained> {
        let total = self.reader.count(&Plan::of(clause.node.clone()), Unit::Mentions)?;
        let (words, searched, total_words) =
            if clause.parts.is_empty() { self.stands_for(&clause.node)? } else { (Vec::new(), 0, 0) };
        let children = self.parts(&clause.parts, left)?;
        Ok(Explained {
            text: clause.text.clone(),
            articles: total.articles,
            mentions: total.mentions.filter(|_| names_something(&clause.node)),
            words,
            total_words,
            searched_words: searched,
            uncounted: (clause.parts.len() - children.len()) as u64,
            children,
        })
    }

    /// The words or names that a condition stands for, the first of them, how many are searched, and how many there are.
    fn stands_for(&self, node: &Node) -> Result<(Vec<ExplainedWord>, u64, u64)> {
        let (words, total) = match node {
            Node::Text(text) => match expansion(&text.pattern) {
                Some(expansion) => {
                    let expanded = self.reader.expand(expansion)?;
                    (self.inside(&text.pattern, expanded.words)?, expanded.total)
                }
                None => (Vec::new(), 0),
            },
            Node::Entity(EntityNode { kind, names: Some(names) }) => {
                let mut found = Vec::with_capacity(names.len());
                for name in names {
                    let one = EntityNode { kind: *kind, names: Some(vec![name.clone()]) };
                    let articles = self.reader.count(&Plan::of(Node::Entity(one)), Unit::Articles)?.articles;
                    found.push(Candidate { value: name.clone(), articles });
                }
                found.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.value.cmp(&b.value)));
                (found, names.len() as u64)
            }
            _ => (Vec::new(), 0),
        };
        let searched = words.len() as u64;
        let listed = words.into_iter().take(LISTED);
        let word = |word: Candidate| ExplainedWord { word: word.value, articles: word.articles };
        Ok((listed.map(word).collect(), searched, total))
    }
}

impl Archive {
    /// The first of some words with the articles that have them where the pattern looks for them: in the title, say.
    fn inside(&self, pattern: &Pattern, mut words: Vec<Candidate>) -> Result<Vec<Candidate>> {
        let Pattern::In(parts, _) = pattern else { return Ok(words) };
        for word in words.iter_mut().take(LISTED) {
            let form = WordPattern { form: word.value.clone(), exact: true, possessive: false };
            let pattern = Pattern::In(parts.clone(), Box::new(Pattern::Word(form)));
            let node = Node::Text(TextNode { pattern, at_least: 1, boost: 1.0 });
            word.articles = self.reader.count(&Plan::of(node), Unit::Articles)?.articles;
        }
        Ok(words)
    }
}

/// The first expansion in a pattern.
fn expansion(pattern: &Pattern) -> Option<&Expansion> {
    match pattern {
        Pattern::Expand(expansion) => Some(expansion),
        Pattern::Phrase(patterns) | Pattern::Or(patterns) | Pattern::Loose { words: patterns, .. } => {
            patterns.iter().find_map(expansion)
        }
        Pattern::In(_, inner) => expansion(inner),
        Pattern::Word(_) | Pattern::Near(_) | Pattern::Entity(_) => None,
    }
}

/// Whether a condition has mentions.
fn names_something(node: &Node) -> bool {
    match node {
        Node::Text(_) | Node::Any(_) | Node::Entity(_) => true,
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(names_something),
        Node::All | Node::Nothing | Node::Filter(_) | Node::Not(_) => false,
    }
}
