//! Whether a word is spelled as an expansion asks.
//!
//! It sees one folded word at a time and no dictionary.

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use regex::{Regex, RegexBuilder};

use crate::{
    error::{Error, ErrorKind, Result},
    plan::{Expansion, Spelling},
};

/// An expansion, ready to be held against words.
pub(super) enum Matcher {
    Prefix(String),
    /// The literal letters before the first sign, and the pattern behind them.
    Wildcard(String, Vec<char>),
    /// How far off at most.
    Fuzzy(Box<DFA>, u8),
    Regex(Box<Regex>),
}

/// Memory that a compiled regular expression may take, in bytes.
const LARGEST_REGEX: usize = 1 << 20;

impl Matcher {
    /// Prepares an expansion.
    ///
    /// # Errors
    /// `Query` for a regular expression that is none.
    pub(super) fn of(expansion: &Expansion) -> Result<Self> {
        let text = expansion.text.as_str();
        Ok(match expansion.spelling {
            Spelling::Prefix => Self::Prefix(text.to_owned()),
            Spelling::Wildcard => {
                let (begin, rest) = text.split_at(text.find(['?', '*']).unwrap_or(text.len()));
                Self::Wildcard(begin.to_owned(), rest.chars().collect())
            }
            Spelling::Fuzzy(distance) => {
                let distance = distance.min(2);
                let automaton = LevenshteinAutomatonBuilder::new(distance, true).build_dfa(text);
                Self::Fuzzy(Box::new(automaton), distance)
            }
            Spelling::Regex => Self::Regex(Box::new(regex(text)?)),
        })
    }

    /// What every match begins with.
    pub(super) fn begin(&self) -> &str {
        match self {
            Self::Prefix(begin) | Self::Wildcard(begin, _) => begin,
            Self::Fuzzy(..) | Self::Regex(_) => "",
        }
    }

    /// Whether the word is spelled as asked.
    pub(super) fn is_match(&self, word: &str) -> bool {
        match self {
            Self::Prefix(begin) => word.starts_with(begin),
            Self::Wildcard(begin, rest) => word.strip_prefix(begin.as_str()).is_some_and(|word| fits(rest, word)),
            Self::Fuzzy(automaton, most) => match automaton.eval(word) {
                Distance::Exact(distance) => distance <= *most,
                Distance::AtLeast(_) => false,
            },
            Self::Regex(regex) => regex.is_match(word),
        }
    }
}

fn regex(text: &str) -> Result<Regex> {
    let whole = RegexBuilder::new(&format!("^(?:{text})$")).case_insensitive(true).size_limit(LARGEST_REGEX).build();
    whole.map_err(|cause| {
        let (what, hint) = match &cause {
            regex::Error::CompiledTooBig(_) => {
                (format!("the regular expression /{text}/ is too large"), "ask for fewer repetitions")
            }
            _ if ["(?=", "(?!", "(?<=", "(?<!"].iter().any(|look| text.contains(look)) => {
                (format!("/{text}/ looks around, which is not understood here"), "match what stands there itself")
            }
            _ => (
                format!("/{text}/ is no regular expression"),
                "brackets must be closed, and signs such as + need something to repeat",
            ),
        };
        Error::new(ErrorKind::Query, what).hint(hint).because(cause)
    })
}

/// Whether a pattern of letters, `?` and `*` fits a whole word; the last star takes back what the rest cannot use.
fn fits(pattern: &[char], word: &str) -> bool {
    let word: Vec<char> = word.chars().collect();
    let (mut at, mut letter) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while letter < word.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, letter));
                at += 1;
            }
            Some(sign) if *sign == '?' || *sign == word[letter] => {
                at += 1;
                letter += 1;
            }
            _ => match star {
                Some((behind, taken)) => {
                    (at, letter) = (behind + 1, taken + 1);
                    star = Some((behind, taken + 1));
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).unwrap_or_default().iter().all(|sign| *sign == '*')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn matcher(text: &str, spelling: Spelling) -> Matcher {
        Matcher::of(&Expansion { text: text.to_owned(), spelling }).unwrap()
    }

    #[test]
    fn words_are_held_against_signs() {
        let check = |text, spelling, fitting: &[&str], others: &[&str]| {
            let matcher = matcher(text, spelling);
            fitting.iter().for_each(|word| assert!(matcher.is_match(word), "{text} {word}"));
            others.iter().for_each(|word| assert!(!matcher.is_match(word), "{text} {word}"));
        };
        check("wit", Spelling::Prefix, &["wit", "witkoff"], &["wi", "awit"]);
        check("org?ni*e", Spelling::Wildcard, &["organise", "organize", "organie"], &["organised", "orgnise"]);
        check("*koff", Spelling::Wildcard, &["koff", "witkoff", "koffkoff"], &["koffs"]);
        check("a*b*c", Spelling::Wildcard, &["abc", "aabbcbc"], &["acb", "ab"]);
        check("?é", Spelling::Wildcard, &["éé"], &["é"]);
        check("witkoff", Spelling::Fuzzy(1), &["witkof", "witkoff", "wtikoff"], &["witkaf", "vitkov"]);
        check("wit(k|c)off", Spelling::Regex, &["witkoff", "witcoff"], &["witkoffs", "awitkoff"]);
        check("a|b", Spelling::Regex, &["a", "b"], &["ab", "ac"]);
    }

    #[test]
    fn what_is_no_regular_expression_is_refused() {
        for text in ["(", "a{9999}{9999}", "+"] {
            let refused = Matcher::of(&Expansion { text: text.to_owned(), spelling: Spelling::Regex });
            assert_eq!(refused.err().unwrap().kind(), ErrorKind::Query, "{text}");
        }
    }

    proptest! {
        #[test]
        fn approximate_means_so_many_changes(a in "[abc]{0,6}", b in "[abc]{0,6}", most in 1..3_u8) {
            let expected = strsim::osa_distance(&a, &b) <= usize::from(most);
            prop_assert_eq!(matcher(&a, Spelling::Fuzzy(most)).is_match(&b), expected, "{} {}", a, b);
        }

        #[test]
        fn stars_take_any_letters(pattern in "[ab?*]{0,6}", word in "[ab]{0,8}") {
            let regex = format!("^{}$", pattern.replace('?', ".").replace('*', ".*"));
            let expected = Regex::new(&regex).unwrap().is_match(&word);
            prop_assert_eq!(matcher(&pattern, Spelling::Wildcard).is_match(&word), expected, "{} {}", pattern, word);
        }
    }
}
