//! Text patterns to shapes over terms: each word in all its printed forms, each entity by its mentions.
//!
//! It decides which terms stand for a word; where they match is the shape's business.

use std::sync::Arc;

use tantivy::Term;

use super::{
    Reader,
    document::form_term,
    leaf::{Leaf, MentionLeaf, WordLeaf},
    terms::Terms,
    text_query::TextQuery,
};
use crate::{
    error::Result,
    plan::{Pattern, TextNode, WordPattern},
    span::Shape,
    text::{is_acronym, is_function_word, printed_as, stem_of},
};

/// Words that are remembered.
const MOST_REMEMBERED: usize = 4096;

impl Reader {
    /// The query of a text pattern, its words expanded to terms.
    ///
    /// # Errors
    /// When a regular expression cannot be understood or the index cannot be read.
    pub(super) fn text_query(&self, node: &TextNode) -> Result<TextQuery> {
        let mut leaves = Vec::new();
        Ok(TextQuery {
            shape: self.shape(&node.pattern, &mut leaves)?,
            leaves,
            at_least: node.at_least.max(1),
            boost: node.boost,
            columns: self.columns.clone(),
            tokens: self.forms.tokens(),
        })
    }

    fn shape(&self, pattern: &Pattern, leaves: &mut Vec<Leaf>) -> Result<Shape> {
        Ok(match pattern {
            Pattern::Word(word) => numbered(Leaf::Words(self.word(word)), leaves),
            Pattern::Expand(expansion) => {
                let terms = Arc::clone(&self.expanded(expansion)?.terms);
                numbered(Leaf::Words(WordLeaf { terms, weighs: true }), leaves)
            }
            Pattern::Entity(entity) => {
                let renamed = self.renamed(entity.kind)?;
                let terms = self.entity_terms(entity).map(Terms::of);
                let mentions = MentionLeaf { entity: entity.clone(), terms, renamed };
                numbered(Leaf::Mentions(mentions), leaves)
            }
            Pattern::Phrase(patterns) => match self.shapes(patterns, leaves)? {
                none if none.is_empty() => Shape::Or(none),
                one if one.len() == 1 => first(one),
                many => Shape::Phrase(many),
            },
            Pattern::Or(patterns) => match self.shapes(patterns, leaves)? {
                one if one.len() == 1 => first(one),
                many => Shape::Or(many),
            },
            Pattern::Loose { words, slop } => Shape::Loose(self.shapes(words, leaves)?, *slop),
            Pattern::Near(near) => {
                let left = self.shape(&near.left, leaves)?;
                let right = self.shape(&near.right, leaves)?;
                Shape::Near(Box::new((left, right)), near.reach)
            }
            Pattern::In(parts, inner) => {
                Shape::In(parts.iter().map(|part| *part as u8).collect(), Box::new(self.shape(inner, leaves)?))
            }
        })
    }

    fn shapes(&self, patterns: &[Pattern], leaves: &mut Vec<Leaf>) -> Result<Vec<Shape>> {
        patterns.iter().map(|pattern| self.shape(pattern, leaves)).collect()
    }

    fn word(&self, word: &WordPattern) -> WordLeaf {
        WordLeaf { terms: self.terms_of(word), weighs: !word.exact && !is_function_word(&word.form) }
    }

    /// A word's terms, found once and remembered: a search asks for its words again for each facet and for its hits.
    fn terms_of(&self, word: &WordPattern) -> Arc<Terms> {
        let remembered = self.words.lock().ok().and_then(|words| words.get(word).cloned());
        remembered.unwrap_or_else(|| {
            let terms = self.forms_of(word).iter().map(|form| Term::from_field_text(self.columns.text, form)).collect();
            let terms = Terms::of(terms);
            if let Ok(mut words) = self.words.lock() {
                // Of a long batch the words of now count, not all there were.
                if words.len() >= MOST_REMEMBERED {
                    words.clear();
                }
                words.insert(word.clone(), Arc::clone(&terms));
            }
            terms
        })
    }

    /// The tagged forms in which a word is printed, or those of its stem, in each language of the archive.
    pub(super) fn forms_of(&self, word: &WordPattern) -> Vec<String> {
        let mut forms: Vec<String> = Vec::new();
        for language in self.languages.iter().copied() {
            if word.exact || is_acronym(&word.form) {
                forms.extend(printed_as(&word.form).map(|form| form_term(language, &form)));
                forms.extend(self.forms.hyphenated(language, &word.form).map(|form| form_term(language, form)));
            } else {
                let base = word.form.strip_suffix('s').filter(|base| word.possessive && !base.is_empty());
                let mut stems = vec![stem_of(&word.form, language)];
                stems.extend(base.map(|base| stem_of(base, language)).filter(|stem| *stem != stems[0]));
                let printed = stems.iter().flat_map(|stem| self.forms.of(stem));
                forms.extend(printed.map(|form| form_term(language, form)));
            }
        }
        forms
    }
}

fn numbered(leaf: Leaf, leaves: &mut Vec<Leaf>) -> Shape {
    leaves.push(leaf);
    Shape::Leaf(leaves.len() - 1)
}

fn first(mut shapes: Vec<Shape>) -> Shape {
    shapes.swap_remove(0)
}
