//! Words as typed to patterns over printed words: hyphens, apostrophes, acronyms. It asks no archive.

use crate::{
    plan::{Pattern, WordPattern},
    query::WordKind,
    text::{FormKind, Language, Tokens, Word, is_function_word, tokenise_query},
};

/// The pattern of a typed word; `None` when it holds nothing to search for. Several words in one make a phrase.
pub(super) fn word(typed: &str, spelling: WordKind) -> Option<Pattern> {
    let text = Typed::new(typed, spelling);
    let words = text.words();
    if words.len() > 1 { Some(Pattern::Phrase(words)) } else { words.into_iter().next() }
}

/// The pattern of a typed phrase; two plain words are also sought as one, `cease fire` as `ceasefire`.
pub(super) fn phrase(typed: &str, spelling: WordKind) -> Option<Pattern> {
    let pattern = word(typed, spelling)?;
    let Pattern::Phrase(words) = &pattern else { return Some(pattern) };
    let [Pattern::Word(first), Pattern::Word(second)] = words.as_slice() else { return Some(pattern) };
    let is_lower = |word: &WordPattern| !word.form.chars().any(char::is_uppercase);
    if !is_lower(first) || !is_lower(second) {
        return Some(pattern);
    }
    let joined = WordPattern { form: format!("{}{}", first.form, second.form), exact: first.exact };
    Some(Pattern::Or(vec![pattern, Pattern::Word(joined)]))
}

/// The pattern of each word of a text, with the word as printed; repeated ones once.
pub(super) fn each(typed: &str, spelling: WordKind) -> Vec<(String, Pattern)> {
    let text = Typed::new(typed, spelling);
    let mut seen = std::collections::HashSet::new();
    let mut found = Vec::new();
    for word in text.tokens.words() {
        let pattern = text.pattern(word);
        if seen.insert(format!("{pattern:?}")) {
            let sign = if text.is_exact { "=" } else { "" };
            found.push((format!("{sign}{}", text.printed(word)), pattern));
        }
    }
    found
}

/// Languages that glue short words to the next by an apostrophe.
const ELIDING: [&str; 3] = ["fr", "it", "ca"];

/// A typed text with its words.
struct Typed<'t> {
    text: &'t str,
    tokens: Tokens,
    is_exact: bool,
}

impl<'t> Typed<'t> {
    fn new(text: &'t str, spelling: WordKind) -> Self {
        let tokens = tokenise_query(text, Language::ENGLISH);
        Self { text, tokens, is_exact: spelling == WordKind::Exact }
    }

    fn words(&self) -> Vec<Pattern> {
        self.tokens.words().iter().map(|word| self.pattern(word)).collect()
    }

    fn printed(&self, word: &Word) -> &'t str {
        self.text.get(word.span()).unwrap_or_default()
    }

    /// Every way in which this word may stand in a text.
    fn pattern(&self, word: &Word) -> Pattern {
        let mut ways = Vec::new();
        let mut parts = Vec::new();
        let joined = self.tokens.joined(word);
        let acronym = self.tokens.forms(word).find(|form| form.kind == FormKind::Acronym);
        ways.extend(acronym.map(|form| self.leaf(form.text)));
        if ways.is_empty() || !(is_function_word(joined) || self.printed(word).contains('.')) {
            ways.push(self.leaf(joined));
        }
        for form in self.tokens.forms(word).filter(|form| form.kind == FormKind::Part) {
            parts.push(self.leaf(form.text));
        }
        if !parts.is_empty() {
            ways.push(Pattern::Phrase(parts));
        }
        ways.extend(self.elided(word));
        match ways.len() {
            1 => ways.remove(0),
            _ => Pattern::Or(ways),
        }
    }

    /// `l'homme` as two words, where a language that is written so splits it.
    fn elided(&self, word: &Word) -> Option<Pattern> {
        let printed = self.printed(word);
        if printed.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return None;
        }
        let languages = ELIDING.iter().filter_map(|tag| Language::from_tag(tag));
        let split =
            languages.map(|language| tokenise_query(printed, language)).find(|tokens| tokens.words().len() > 1)?;
        Some(Pattern::Phrase(split.words().iter().map(|word| self.leaf(split.joined(word))).collect()))
    }

    fn leaf(&self, form: &str) -> Pattern {
        Pattern::Word(WordPattern { form: form.to_owned(), exact: self.is_exact })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(pattern: &Pattern) -> String {
        let all = |patterns: &[Pattern], by| patterns.iter().map(shown).collect::<Vec<_>>().join(by);
        match pattern {
            Pattern::Word(word) => format!("{}{}", if word.exact { "=" } else { "" }, word.form),
            Pattern::Phrase(patterns) => format!("\"{}\"", all(patterns, " ")),
            Pattern::Or(patterns) => format!("({})", all(patterns, "|")),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn a_word_is_sought_in_every_way_it_is_printed() {
        let check = |typed: &str, expected: &str| {
            let pattern = word(typed, WordKind::Plain).map(|pattern| shown(&pattern));
            assert_eq!(pattern.unwrap_or_default(), expected, "{typed}");
        };
        check("Floods", "floods");
        check("cease-fire", "(ceasefire|\"cease fire\")");
        check("O'Brien", "obrien");
        check("O’Brien", "obrien");
        check("l'homme", "(lhomme|\"l homme\")");
        check("dell’arte", "(dellarte|\"dell arte\")");
        check("12:30", "\"12 30\"");
        check("http://x.org/y", "\"http x org y\"");
        check("US", "US");
        check("us", "us");
        check("U.S.", "US");
        check("NATO", "(NATO|nato)");
        check("N.A.T.O.", "NATO");
        check("1,798", "1798");
        check("…", "");
    }

    #[test]
    fn a_phrase_is_its_words_in_order() {
        let check = |typed: &str, expected: &str| {
            let pattern = phrase(typed, WordKind::Exact).map(|pattern| shown(&pattern));
            assert_eq!(pattern.unwrap_or_default(), expected, "{typed}");
        };
        check("cease fire", "(\"=cease =fire\"|=ceasefire)");
        check("the cease-fire", "\"=the (=ceasefire|\"=cease =fire\")\"");
        check("US envoy", "\"=US =envoy\"");
        check("the old mill", "\"=the =old =mill\"");
        check("mill", "=mill");
        check(" - ", "");
    }

    #[test]
    fn a_pasted_text_is_its_words_once_each() {
        let words: Vec<String> = each("Why did the US, the old US, flood us?", WordKind::Plain)
            .iter()
            .map(|(printed, pattern)| format!("{printed}:{}", shown(pattern)))
            .collect();
        assert_eq!(words.join(" "), "Why:why did:did the:the US:US old:old flood:flood us:us");
    }
}
