//! Why a request finds nothing: what each part finds alone, words that are nowhere, and the part that left nothing.
//!
//! It gives sentences for notes and changes no answer. A few counts, however long the request is.

use super::Archive;
use crate::{
    ask::{self, Clause, Outline},
    error::Result,
    plan::{Node, Pattern, Plan, TextNode, Unit, Vocabulary, WordPattern},
    query::Request,
    text::grouped,
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
            let near = self.reader.similar(&word, NEAREST)?;
            let near: Vec<String> = near.iter().map(|near| counted(&near.value, near.articles)).collect();
            let meant = if near.is_empty() { String::new() } else { format!("; did you mean {} ?", near.join(", ")) };
            notes.push(format!("“{word}” is in no article{meant}"));
        }
        notes.extend(self.emptied(&clauses)?);
        Ok(notes)
    }

    /// What each clause finds alone, of an empty one also each of its words; and the words that are nowhere.
    fn alone(&self, clauses: &[Clause]) -> Result<(Vec<String>, Vec<String>)> {
        let (mut alone, mut missing) = (Vec::new(), Vec::new());
        for clause in clauses.iter().take(MOST) {
            let articles = self.articles_with(&clause.node)?;
            alone.push(counted(&clause.text, articles));
            let mut words = Vec::new();
            if articles == 0 {
                gather(&clause.node, &mut words);
            }
            let is_word = words.len() == 1;
            for word in words {
                if alone.len() + missing.len() >= MOST {
                    break;
                }
                let pattern = Pattern::Word(word.clone());
                let articles = self.articles_with(&Node::Text(TextNode { pattern, at_least: 1, boost: 1.0 }))?;
                if articles == 0 && !missing.contains(&word.form) {
                    missing.push(word.form.clone());
                }
                if !is_word {
                    alone.push(counted(&word.form, articles));
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

/// The words that a condition looks for.
fn gather<'n>(node: &'n Node, words: &mut Vec<&'n WordPattern>) {
    match node {
        Node::Text(text) => gather_words(&text.pattern, words),
        Node::Any(question) => {
            question.words.iter().chain(&question.small).for_each(|text| gather_words(&text.pattern, words));
        }
        Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| gather(node, words)),
        Node::All | Node::Nothing | Node::Entity(_) | Node::Filter(_) | Node::Not(_) => {}
    }
}

/// The words of a pattern; of several ways to print one, the first.
fn gather_words<'n>(pattern: &'n Pattern, words: &mut Vec<&'n WordPattern>) {
    match pattern {
        Pattern::Word(word) => words.push(word),
        Pattern::Or(ways) if is_spellings(ways) => ways.iter().take(1).for_each(|way| gather_words(way, words)),
        Pattern::Or(patterns) | Pattern::Phrase(patterns) | Pattern::Loose { words: patterns, .. } => {
            patterns.iter().for_each(|pattern| gather_words(pattern, words));
        }
        Pattern::Near(near) => {
            gather_words(&near.left, words);
            gather_words(&near.right, words);
        }
        Pattern::In(_, inner) => gather_words(inner, words),
        Pattern::Expand(_) | Pattern::Entity(_) => {}
    }
}

/// Whether these are ways to print one and the same: in one, or apart.
fn is_spellings(ways: &[Pattern]) -> bool {
    ways.iter().any(|way| matches!(way, Pattern::Word(_))) && ways.iter().any(|way| matches!(way, Pattern::Phrase(_)))
}
