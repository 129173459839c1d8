//! Why a request finds nothing: what each part finds alone, words that are nowhere, and the part that left nothing.
//!
//! It gives sentences for notes and changes no answer. A few counts, however long the request is.

use super::Archive;
use crate::{
    ask::{self, Clause, Outline},
    error::Result,
    field::Field,
    plan::{Filter, Node, Pattern, Plan, Sort, TextNode, Unit, Vocabulary},
    query::Request,
    text::{grouped, without_possessive},
};

/// Parts and words that are counted alone.
const MOST: usize = 12;
/// Near words proposed for one that is nowhere.
const NEAREST: usize = 3;

impl Archive {
    /// Notes on a request that finds nothing.
    ///
    /// # Errors
    /// `Query` with the place of the fault; `Io`.
    pub fn diagnose(&self, request: &Request) -> Result<Vec<String>> {
        if self.reader.articles() == 0 {
            return Ok(vec!["the archive holds no article".to_owned()]);
        }
        let Outline { clauses, .. } = ask::outline(&self.with_saved(request), &self.reader)?;
        let mut notes = Vec::new();
        let (alone, missing) = self.alone(&clauses)?;
        if alone.len() > 1 {
            notes.push(format!("articles with each alone: {}", alone.join(" · ")));
        }
        for word in missing {
            let near = self.reader.similar(without_possessive(&word), NEAREST)?;
            let near: Vec<String> = near.iter().map(|near| counted(&near.value, near.articles)).collect();
            let meant = if near.is_empty() { String::new() } else { format!("; did you mean {} ?", near.join(", ")) };
            notes.push(format!("“{word}” is in no article{meant}"));
        }
        notes.extend(self.emptied(&clauses)?);
        Ok(notes)
    }

    /// Says that articles without a date come last, where they are sorted by it and some match.
    ///
    /// # Errors
    /// `Io`.
    pub fn undated_note(&self, plan: &Plan, sort: Sort) -> Result<Option<String>> {
        if !matches!(sort, Sort::Newest | Sort::Oldest) {
            return Ok(None);
        }
        let undated = Node::Not(Box::new(Node::Filter(Filter::Has(Field::Published))));
        let plan = Plan { root: Node::And(vec![plan.root.clone(), undated]), ..plan.clone() };
        let count = self.reader.count(&plan, Unit::Articles)?.articles;
        Ok((count > 0).then(|| format!("without a date, so they come last: {}", grouped(count))))
    }

    /// What each clause finds alone, of an empty one also each of its words; and the words that are nowhere.
    fn alone(&self, clauses: &[Clause]) -> Result<(Vec<String>, Vec<String>)> {
        let (mut alone, mut missing) = (Vec::new(), Vec::new());
        for clause in clauses.iter().take(MOST) {
            let articles = self.articles_with(&clause.node)?;
            alone.push(counted(&clause.text, articles));
            let mut sought = Vec::new();
            if articles == 0 {
                gather(&clause.node, &mut sought);
            }
            let is_one = sought.len() == 1;
            for one in sought {
                if alone.len() + missing.len() >= MOST {
                    break;
                }
                let articles = self.articles_with(&one.node)?;
                if articles == 0 && one.is_word && !missing.contains(&one.text) {
                    missing.push(one.text.clone());
                }
                if !is_one || one.is_often {
                    alone.push(counted(&one.text, articles));
                }
            }
        }
        alone.dedup();
        Ok((alone, missing))
    }

    /// Says which clause left nothing of what those before it find, if there are several.
    fn emptied(&self, clauses: &[Clause]) -> Result<Option<String>> {
        if clauses.len() < 2 {
            return Ok(None);
        }
        let finds = |clauses: &[&Clause]| {
            self.articles_with(&Node::And(clauses.iter().map(|clause| clause.node.clone()).collect()))
        };
        let all: Vec<&Clause> = clauses.iter().collect();
        let (mut full, mut empty) = (0, all.len());
        while empty - full > 1 {
            let middle = usize::midpoint(full, empty);
            match finds(all.get(..middle).unwrap_or_default())? {
                0 => empty = middle,
                _ => full = middle,
            }
        }
        let Some(last) = all.get(full) else { return Ok(None) };
        let others: Vec<&Clause> = all.iter().filter(|clause| !std::ptr::eq(**clause, *last)).copied().collect();
        let left = finds(&others)?;
        if left > 0 {
            return Ok(Some(format!("without {} there would be {}", last.text, grouped(left))));
        }
        let before = all.get(..full).unwrap_or_default();
        let found = if before.is_empty() { 0 } else { finds(before)? };
        let texts = before.iter().map(|clause| clause.text.as_str()).collect::<Vec<_>>().join(" ");
        Ok((found > 0).then(|| format!("{texts} finds {}; {} leaves none of them", grouped(found), last.text)))
    }

    fn articles_with(&self, node: &Node) -> Result<u64> {
        Ok(self.reader.count(&Plan::of(node.clone()), Unit::Articles)?.articles)
    }
}

fn counted(what: &str, articles: u64) -> String {
    format!("{what} {}", grouped(articles))
}

/// What a condition looks for: a word, or the mentions of somebody.
struct Sought {
    text: String,
    node: Node,
    is_word: bool,
    /// Whether it must stand there more than once.
    is_often: bool,
}

fn gather(node: &Node, sought: &mut Vec<Sought>) {
    match node {
        Node::Text(text) => gather_from(&text.pattern, text.at_least > 1, sought),
        Node::Any(question) => {
            let words = question.words.iter().chain(&question.small);
            words.for_each(|text| gather_from(&text.pattern, false, sought));
        }
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| gather(node, sought)),
        Node::All | Node::Nothing | Node::Entity(_) | Node::Filter(_) | Node::Not(_) => {}
    }
}

/// What a pattern is made of; of several ways to print a word, the first.
fn gather_from(pattern: &Pattern, is_often: bool, sought: &mut Vec<Sought>) {
    let mut inside = |pattern: &Pattern| gather_from(pattern, is_often, sought);
    match pattern {
        Pattern::Word(word) => {
            let node = Node::Text(TextNode { pattern: pattern.clone(), at_least: 1, boost: 1.0 });
            let base = word.form.strip_suffix('s').filter(|_| word.possessive);
            let text = base.map_or_else(|| word.form.clone(), |base| format!("{base}'s"));
            sought.push(Sought { text, node, is_word: true, is_often });
        }
        Pattern::Entity(entity) => {
            let names = entity.names.as_ref().map_or("any".to_owned(), |names| names.join(","));
            let field = Field::ALL.iter().find(|field| field.entity_kind() == Some(entity.kind));
            let text = format!("{}:{names}", field.map_or("", |field| field.name()));
            sought.push(Sought { text, node: Node::Entity(entity.clone()), is_word: false, is_often });
        }
        Pattern::Or(ways) if is_spellings(ways) => ways.iter().take(1).for_each(inside),
        Pattern::Or(patterns) | Pattern::Phrase(patterns) | Pattern::Loose { words: patterns, .. } => {
            patterns.iter().for_each(inside);
        }
        Pattern::Near(near) => [&near.left, &near.right].into_iter().for_each(inside),
        Pattern::In(_, pattern) => inside(pattern),
        Pattern::Expand(_) => {}
    }
}

/// Whether these are ways to print one and the same: in one, or apart.
fn is_spellings(ways: &[Pattern]) -> bool {
    ways.iter().any(|way| matches!(way, Pattern::Word(_))) && ways.iter().any(|way| matches!(way, Pattern::Phrase(_)))
}
