//! Words printed with a hyphen, in one or apart: `cease-fire`, `ceasefire` and `cease fire` are found by each other.
//!
//! Which of them the archive prints is asked of the vocabulary; a typed way is never left out.

use super::Resolver;
use crate::{
    error::Result,
    plan::{Pattern, WordPattern},
};

/// Words in a row of which some may be one; there are 208 ways to join nine of them by up to four.
const LONGEST_RUN: usize = 9;

/// Words that a printed one may hold: state-of-the-art.
const LONGEST_JOINED: usize = 4;

/// A word that may stand for several.
struct Joined {
    /// For how many.
    words: usize,
    word: WordPattern,
}

impl Resolver<'_> {
    /// The words of a phrase in a row, also with neighbours in one where the archive prints them so; two words alone
    /// are always sought in one as well.
    pub(super) fn row(&mut self, words: &[Pattern]) -> Result<Pattern> {
        let joined = self.joined(words)?;
        let apart = words.iter().map(|word| self.apart(word)).collect::<Result<Vec<_>>>()?;
        let mut steps = Vec::new();
        let mut from = 0;
        while from < apart.len() {
            let run = 1 + (from..apart.len()).take_while(|at| is_bridged(&joined, *at)).take(LONGEST_RUN - 1).count();
            let end = from + run;
            if is_bridged(&joined, end - 1) {
                self.note(format!("only {LONGEST_RUN} words in a row are also sought with some of them in one"));
            }
            let ways = ways(apart.get(from..end).unwrap_or_default(), joined.get(from..end).unwrap_or_default());
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
                let last = pieces.len().saturating_sub(1);
                let piece = |(at, form)| {
                    let possessive = word.possessive && at == last;
                    Pattern::Word(WordPattern { form, exact: word.exact, possessive })
                };
                let way = phrase(pieces.into_iter().enumerate().map(piece).collect());
                if !ways.contains(&way) {
                    ways.push(way);
                }
            }
        }
        Ok(either(ways))
    }

    /// For each word those that it makes with the next ones, if they may stand for all of them.
    fn joined(&self, words: &[Pattern]) -> Result<Vec<Vec<Joined>>> {
        let mut joined = Vec::with_capacity(words.len());
        for from in 0..words.len() {
            let mut of_word = Vec::new();
            let mut whole = WordPattern { form: String::new(), exact: false, possessive: false };
            let next = words.iter().skip(from).take(LONGEST_JOINED).map_while(spelled);
            for (count, part) in (1..).zip(next) {
                whole = WordPattern { form: whole.form + &part.form, ..part.clone() };
                // 9 11 is not 911.
                let is_word = !whole.form.chars().all(char::is_numeric);
                if count > 1 && is_word && (words.len() == 2 || self.vocabulary.has_word(&whole)?) {
                    of_word.push(Joined { words: count, word: whole.clone() });
                }
            }
            joined.push(of_word);
        }
        Ok(joined)
    }
}

/// Whether a joined word holds both the word at `at` and the next one.
fn is_bridged(joined: &[Vec<Joined>], at: usize) -> bool {
    let first = (at + 1).saturating_sub(LONGEST_JOINED);
    let near = joined.get(first..(at + 1).min(joined.len())).unwrap_or_default();
    (first..).zip(near).any(|(from, all)| all.iter().any(|one| from + one.words > at + 1))
}

/// Every way to read the words, as they stand first; `joined` as [`Resolver::joined`] gives them.
fn ways(words: &[Pattern], joined: &[Vec<Joined>]) -> Vec<Vec<Pattern>> {
    let Some((first, rest)) = words.split_first() else { return vec![Vec::new()] };
    let led_by = |first: &Pattern, mut way: Vec<Pattern>| {
        way.insert(0, first.clone());
        way
    };
    let behind = |count: usize| joined.get(count..).unwrap_or_default();
    let mut found: Vec<Vec<Pattern>> = ways(rest, behind(1)).into_iter().map(|way| led_by(first, way)).collect();
    for one in joined.first().into_iter().flatten() {
        let Some(rest) = words.get(one.words..) else { continue };
        let first = Pattern::Word(one.word.clone());
        found.extend(ways(rest, behind(one.words)).into_iter().map(|way| led_by(&first, way)));
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

/// The word that the pattern is, be it as an acronym too.
fn spelled(pattern: &Pattern) -> Option<&WordPattern> {
    match pattern {
        Pattern::Or(ways) => ways.iter().find_map(plain),
        other => plain(other),
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
