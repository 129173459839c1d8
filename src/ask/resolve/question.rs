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
    /// How often it was typed.
    pub(super) times: u32,
    /// Whether it is a function word of the question's language.
    pub(super) is_small: bool,
}

/// Turns a pasted text into the words it holds, none of them required (`--any`).
///
/// # Errors
/// `Query` when it holds no word; and as `resolve` for the flags.
pub(in crate::ask) fn any(text: &str, request: &Request, vocabulary: &dyn Vocabulary) -> Result<Plan> {
    let mut resolver = Resolver::new(None, request, vocabulary);
    resolver.read_capitals(Capitals::in_texts(&[text]));
    let typed = typed(text, request);
    let words = asked(&typed);
    if words.is_empty() {
        return Err(without_words(text));
    }
    let question = Question { words: resolver.weighed(&words)?, pairs: resolver.pairs(&typed)? };
    let read_as = words.iter().map(|word| word.printed.as_str()).collect::<Vec<_>>().join(" ");
    resolver.finish(Node::Any(question), Understood { query: Query::All, read_as }, request)
}

/// A question with its words.
pub(super) fn typed<'t>(text: &'t str, request: &Request) -> Typed<'t> {
    let spelling = if request.exact { WordKind::Exact } else { WordKind::Plain };
    Typed::new(text, spelling, Capitals::in_texts(&[text]))
}

/// The distinct words of a question, in order.
pub(super) fn asked(typed: &Typed<'_>) -> Vec<Asked> {
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut found: Vec<Asked> = Vec::new();
    for ((printed, pattern), is_small) in typed.printed().zip(typed.are_small()) {
        let at = *known.entry(format!("{pattern:?}")).or_insert(found.len());
        match found.get_mut(at) {
            Some(word) => word.times += 1,
            None => found.push(Asked { printed, pattern, times: 1, is_small }),
        }
    }
    found
}

impl Resolver<'_> {
    /// Each word as often as it was typed; function words weigh nothing beside others.
    fn weighed(&mut self, words: &[Asked]) -> Result<Vec<TextNode>> {
        let is_all_small = words.iter().all(|word| word.is_small);
        let weight = |word: &Asked| if word.is_small && !is_all_small { 0.0 } else { word.times as f32 };
        words
            .iter()
            .map(|word| Ok(TextNode { boost: weight(word), ..everywhere(self.apart(&word.pattern)?) }))
            .collect()
    }

    /// Words that follow each other in the question, function words aside, near each other.
    fn pairs(&mut self, typed: &Typed<'_>) -> Result<Vec<TextNode>> {
        let telling = typed.printed().zip(typed.are_small()).filter(|(_, is_small)| !is_small);
        let words: Vec<Pattern> = telling.map(|((_, pattern), _)| pattern).collect();
        let mut pairs: Vec<(&Pattern, &Pattern)> = Vec::new();
        for pair in words.windows(2) {
            let [left, right] = pair else { continue };
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
