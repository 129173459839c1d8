//! Words printed with a hyphen, in one or apart: `cease-fire`, `ceasefire` and `cease fire` are found by each other.
//!
//! Which of them the archive prints is asked of the vocabulary; a typed way is never left out.

use super::Resolver;
use crate::{
    error::Result,
    plan::{Pattern, WordPattern},
};

/// Words in a row of which any two may be one; there are 55 ways to join nine of them.
const LONGEST_RUN: usize = 9;

impl Resolver<'_> {
    /// The words of a phrase in a row, also with two neighbours in one where the archive prints them so; two words alone
    /// are always sought in one as well.
    pub(super) fn row(&mut self, words: &[Pattern]) -> Result<Pattern> {
        let joints = self.joints(words)?;
        let apart = words.iter().map(|word| self.apart(word)).collect::<Result<Vec<_>>>()?;
        let mut steps = Vec::new();
        let mut from = 0;
        while from < apart.len() {
            let is_joint = |at: &usize| joints.get(*at).is_some_and(Option::is_some);
            let run = 1 + (from..apart.len()).take_while(is_joint).take(LONGEST_RUN - 1).count();
            let end = from + run;
            if is_joint(&(end - 1)) {
                self.note(format!("only {LONGEST_RUN} words in a row are also sought with two of them in one"));
            }
            let ways = ways(
                apart.get(from..end).unwrap_or_default(),
                joints.get(from..end.min(joints.len())).unwrap_or_default(),
            );
            steps.push(either(ways.into_iter().map(phrase).collect()));
            from = end;
        }
        Ok(phrase(steps))
    }

    /// A word, also in the pieces in which the archive prints it with hyphens.
    pub(super) fn apart(&self, pattern: &Pattern) -> Result<Pattern> {
        let typed = match pattern {
            Pattern::Or(ways) => ways.as_slice(),
            other => std::slice::from_ref(other),
        };
        let mut ways = typed.to_vec();
        for word in typed.iter().filter_map(plain) {
            for pieces in self.vocabulary.splits(&word.form)? {
                let piece = |form: String| Pattern::Word(WordPattern { form, exact: word.exact });
                let way = phrase(pieces.into_iter().map(piece).collect());
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        Ok(either(ways))
    }

    /// For each word the one that it makes with the next, if that may stand for both.
    fn joints(&self, words: &[Pattern]) -> Result<Vec<Option<WordPattern>>> {
        let mut joints = Vec::with_capacity(words.len());
        for pair in words.windows(2) {
            let joined = match pair {
                [first, second] => plain(first).zip(plain(second)),
                _ => None,
            };
            let joined = joined.map(|(first, second)| WordPattern {
                form: format!("{}{}", first.form, second.form),
                exact: first.exact,
            });
            joints.push(match joined {
                Some(joined) if words.len() == 2 || self.vocabulary.has_word(&joined)? => Some(joined),
                _ => None,
            });
        }
        Ok(joints)
    }
}

/// Every way to read the words, as they stand first; `joints` as [`Resolver::joints`] gives them, from the first word on.
fn ways(words: &[Pattern], joints: &[Option<WordPattern>]) -> Vec<Vec<Pattern>> {
    let Some((first, rest)) = words.split_first() else { return vec![Vec::new()] };
    let behind = |words, joints: usize, all: &[Option<WordPattern>]| ways(words, all.get(joints..).unwrap_or_default());
    let led_by = |first: &Pattern, mut way: Vec<Pattern>| {
        way.insert(0, first.clone());
        way
    };
    let mut found: Vec<Vec<Pattern>> = behind(rest, 1, joints).into_iter().map(|way| led_by(first, way)).collect();
    if let (Some(Some(joined)), Some((_, rest))) = (joints.first(), rest.split_first()) {
        let joined = Pattern::Word(joined.clone());
        found.extend(behind(rest, 2, joints).into_iter().map(|way| led_by(&joined, way)));
    }
    found
}

/// The word that the pattern is, unless it is an acronym.
fn plain(pattern: &Pattern) -> Option<&WordPattern> {
    match pattern {
        Pattern::Word(word) if !word.form.chars().any(char::is_uppercase) => Some(word),
        _ => None,
    }
}

/// The patterns in a row; one stands for itself.
pub(super) fn phrase(mut patterns: Vec<Pattern>) -> Pattern {
    match patterns.len() {
        1 => patterns.remove(0),
        _ => Pattern::Phrase(patterns),
    }
}

/// Any of the patterns; one stands for itself.
pub(super) fn either(mut patterns: Vec<Pattern>) -> Pattern {
    match patterns.len() {
        1 => patterns.remove(0),
        _ => Pattern::Or(patterns),
    }
}
