//! Pasted questions (`--any`): words as they stand, none of them required, the best match first.
//!
//! What weighs how much is decided here, once; the engine adds up.

use std::collections::HashMap;

use super::{Capitals, Resolver, Typed, Understood, clause::everywhere, without_words};
use crate::{
    error::Result,
    plan::{Nearby, Node, Pattern, Plan, Question, TextNode, Vocabulary},
    query::{Query, Request, WordKind},
    span::Reach,
};

/// Words of the question between which a pair may stand in a text, and what such a pair weighs against its words: tuned on
/// the odd questions of six judged collections (docs/decisions.md).
const REACH: u32 = 4;
const PAIR_WEIGHT: f32 = 0.2;
/// Pairs of a text longer than any question: more would only cost time.
const MOST_PAIRS: usize = 32;

/// A word of a question.
pub(super) struct Asked {
    /// As typed, with the sign that keeps it from being inflected.
    pub(super) printed: String,
    pub(super) pattern: Pattern,
    /// Whether it is a function word of the question's language, beside words that are none.
    is_small: bool,
}

/// Turns a pasted text into the words it holds, none of them required (`--any`).
///
/// # Errors
/// `Query` when it holds no word; and as `resolve` for the flags.
pub(in crate::ask) fn any(text: &str, request: &Request, vocabulary: &dyn Vocabulary) -> Result<Plan> {
    let mut resolver = Resolver::new(None, request, vocabulary);
    resolver.read_capitals(Capitals::in_texts(&[text]));
    let in_order = words(text, request);
    if in_order.is_empty() {
        return Err(without_words(text));
    }
    let distinct = once_each(&in_order);
    let read_as = distinct.iter().map(|(word, _)| word.printed.as_str()).collect::<Vec<_>>().join(" ");
    let question = resolver.question(&in_order, &distinct)?;
    resolver.finish(Node::Any(question), Understood { query: Query::All, read_as }, request)
}

/// The words of a question, in order.
pub(super) fn words(text: &str, request: &Request) -> Vec<Asked> {
    let spelling = if request.exact { WordKind::Exact } else { WordKind::Plain };
    let typed = Typed::new(text, spelling, Capitals::in_texts(&[text]));
    let are_small = typed.are_small();
    let is_telling = are_small.contains(&false);
    let words = typed.printed().zip(are_small);
    words.map(|((printed, pattern), is_small)| Asked { printed, pattern, is_small: is_small && is_telling }).collect()
}

/// Each word once, with how often it stands there.
pub(super) fn once_each(words: &[Asked]) -> Vec<(&Asked, u32)> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<(&Asked, u32)> = Vec::new();
    for word in words {
        let at = *known.entry(format!("{:?}", word.pattern)).or_insert(found.len());
        match found.get_mut(at) {
            Some((_, times)) => *times += 1,
            None => found.push((word, 1)),
        }
    }
    found
}

impl Resolver<'_> {
    /// Each word weighs as often as it was typed.
    fn question(&mut self, in_order: &[Asked], distinct: &[(&Asked, u32)]) -> Result<Question> {
        let (mut words, mut small, mut idle) = (Vec::new(), Vec::new(), Vec::new());
        for (word, times) in distinct {
            let node = everywhere(self.apart(&word.pattern)?);
            if word.is_small {
                small.push(node);
                idle.push(word.printed.as_str());
            } else {
                words.push(TextNode { boost: *times as f32, ..node });
            }
        }
        if !idle.is_empty() {
            self.note(format!("function words are sought, but neither weigh nor are marked: {}", idle.join(" ")));
        }
        let pairs = self.pairs(in_order)?;
        Ok(Question { words, small, pairs })
    }

    /// Words that follow each other in the question, function words aside, near each other.
    fn pairs(&self, in_order: &[Asked]) -> Result<Vec<TextNode>> {
        let words: Vec<&Pattern> = in_order.iter().filter(|word| !word.is_small).map(|word| &word.pattern).collect();
        let mut pairs: Vec<(&Pattern, &Pattern)> = Vec::new();
        for pair in words.windows(2) {
            let &[left, right] = pair else { continue };
            let is_new = !pairs.contains(&(left, right)) && !pairs.contains(&(right, left));
            if is_new && left != right && pairs.len() < MOST_PAIRS {
                pairs.push((left, right));
            }
        }
        let near = |(left, right): (&Pattern, &Pattern)| {
            let nearby = Nearby { left: self.apart(left)?, right: self.apart(right)?, reach: Reach::Within(REACH) };
            Ok(TextNode { boost: PAIR_WEIGHT, ..everywhere(Pattern::Near(Box::new(nearby))) })
        };
        pairs.into_iter().map(near).collect()
    }
}
