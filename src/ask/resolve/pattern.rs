//! Words as typed to patterns over printed words: hyphens, apostrophes, acronyms. It asks no archive.

use crate::{
    field::FieldKind,
    plan::{Pattern, WordPattern},
    query::{Query, Value, WordKind},
    text::{
        FormKind, Language, Tokens, Word, is_function_word, is_small_word, language_by_small_words, tokenise,
        tokenise_query,
    },
};

/// What words in capitals are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Capitals {
    /// Acronyms: `US` is the country.
    Acronyms,
    /// Nothing: all is typed in capitals, and only words with dots are acronyms.
    Shouted,
}

impl Capitals {
    /// Judges by the words of a query; names and other values are left out.
    pub(super) fn of(query: &Query) -> Self {
        let mut texts = Vec::new();
        gather(query, &mut texts);
        Self::in_texts(&texts)
    }

    /// `Shouted` where no letter is in lower case and a function word is in capitals that stands for nothing else.
    pub(super) fn in_texts(texts: &[&str]) -> Self {
        let words = texts.iter().flat_map(|text| text.split(|c: char| !c.is_alphanumeric() && c != '.'));
        let is_small = |word: &str| {
            let is_upper = word.chars().any(char::is_uppercase);
            is_upper && !ABBREVIATIONS.contains(&word) && is_small_word(&word.to_lowercase(), Language::ENGLISH)
        };
        let is_lower = texts.iter().any(|text| text.chars().any(char::is_lowercase));
        let count = words.clone().filter(|word| !word.is_empty()).count();
        if !is_lower && count > 1 && words.into_iter().any(is_small) { Self::Shouted } else { Self::Acronyms }
    }
}

/// Abbreviations that are function words too: in capitals they are hardly ever these.
const ABBREVIATIONS: [&str; 3] = ["US", "IT", "WHO"];

/// The words and phrases of a query, regular expressions aside.
fn gather<'q>(query: &'q Query, texts: &mut Vec<&'q str>) {
    match query {
        Query::All => {}
        Query::Word(word) if word.kind == WordKind::Regex => {}
        Query::Word(word) => texts.push(&word.text),
        Query::Phrase(phrase) => texts.push(&phrase.text),
        Query::Field(clause) => match &clause.value {
            Value::Word(word) if clause.field.kind() == FieldKind::Text => texts.push(&word.text),
            Value::Phrase(phrase) if clause.field.kind() == FieldKind::Text => texts.push(&phrase.text),
            _ => {}
        },
        Query::Not(inner) => gather(inner, texts),
        Query::And(parts) | Query::Or(parts) => parts.iter().for_each(|part| gather(part, texts)),
        Query::Near(near) => {
            gather(&near.first, texts);
            near.links.iter().for_each(|link| gather(&link.query, texts));
        }
        Query::AtLeast(many) => gather(&many.query, texts),
        Query::Boost(boost) => gather(&boost.query, texts),
    }
}

/// Languages that glue short words to the next by an apostrophe.
const ELIDING: [&str; 3] = ["fr", "it", "ca"];

/// A typed text with its words.
pub(super) struct Typed<'t> {
    text: &'t str,
    tokens: Tokens,
    is_exact: bool,
}

impl<'t> Typed<'t> {
    /// Takes a text apart; `WordKind::Exact` keeps the words from being inflected.
    pub(super) fn new(text: &'t str, spelling: WordKind, capitals: Capitals) -> Self {
        let tokens = match capitals {
            Capitals::Acronyms => tokenise_query(text, Language::ENGLISH),
            Capitals::Shouted => tokenise(text, Language::ENGLISH),
        };
        Self { text, tokens, is_exact: spelling == WordKind::Exact }
    }

    /// The pattern of each word, in order.
    pub(super) fn words(&self) -> Vec<Pattern> {
        self.tokens.words().iter().map(|word| self.pattern(word)).collect()
    }

    /// The whole of each word, folded, without hyphens and apostrophes, in order.
    pub(super) fn forms(&self) -> impl Iterator<Item = &str> + Clone {
        self.tokens.words().iter().map(|word| self.tokens.joined(word))
    }

    /// Each word as typed, with its pattern, in order.
    pub(super) fn printed(&self) -> impl Iterator<Item = (String, Pattern)> {
        let sign = if self.is_exact { "=" } else { "" };
        self.tokens.words().iter().map(move |word| (format!("{sign}{}", self.typed(word)), self.pattern(word)))
    }

    /// Whether each word is a function word of the text's language, and no acronym.
    pub(super) fn are_small(&self) -> Vec<bool> {
        let is_acronym = |word: &Word| self.tokens.forms(word).any(|form| form.kind == FormKind::Acronym);
        let words = self.tokens.words().iter();
        // The country speaks for no language, though it is spelled like a pronoun of one.
        let plain = words.clone().filter(|word| !is_acronym(word));
        let language = language_by_small_words(plain.map(|word| self.tokens.joined(word)));
        words.map(|word| is_small_word(self.tokens.joined(word), language) && !is_acronym(word)).collect()
    }

    fn typed(&self, word: &Word) -> &'t str {
        self.text.get(word.span()).unwrap_or_default()
    }

    /// Every way in which this word may stand in a text.
    fn pattern(&self, word: &Word) -> Pattern {
        let mut ways = Vec::new();
        let joined = self.tokens.joined(word);
        let parts = self.parts(word);
        let acronym = self.tokens.forms(word).find(|form| form.kind == FormKind::Acronym && parts.is_empty());
        // Nobody seeks the pronoun, not even in a headline.
        let country = || Some("US").filter(|country| self.typed(word) == *country);
        ways.extend(acronym.map(|form| form.text).or_else(country).map(|form| self.leaf(form, false)));
        if ways.is_empty() || !(is_function_word(joined) || self.typed(word).contains('.')) {
            ways.push(self.leaf(joined, self.tokens.possessive_base(word).is_some()));
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

    /// The parts of a word with hyphens, in order: as an acronym where one is typed so.
    fn parts(&self, word: &Word) -> Vec<Pattern> {
        let acronyms: Vec<&str> = self.of_kind(word, FormKind::Acronym).collect();
        let typed = |part: &str| acronyms.iter().copied().find(|acronym| acronym.to_lowercase() == part);
        let mut parts: Vec<&str> = self.of_kind(word, FormKind::Part).collect();
        let last = parts.pop().map(|last| (last, self.tokens.possessive_base(word).is_some()));
        let parts = parts.into_iter().map(|part| (part, false)).chain(last);
        parts.map(|(part, possessive)| self.leaf(typed(part).unwrap_or(part), possessive)).collect()
    }

    fn of_kind(&self, word: &Word, kind: FormKind) -> impl Iterator<Item = &str> {
        self.tokens.forms(word).filter(move |form| form.kind == kind).map(|form| form.text)
    }

    /// `l'homme` as two words, where a language that is written so splits it.
    fn elided(&self, word: &Word) -> Option<Pattern> {
        let printed = self.typed(word);
        if printed.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return None;
        }
        let languages = ELIDING.iter().filter_map(|tag| Language::from_tag(tag));
        let split =
            languages.map(|language| tokenise_query(printed, language)).find(|tokens| tokens.words().len() > 1)?;
        let leaf = |word: &Word| self.leaf(split.joined(word), split.possessive_base(word).is_some());
        Some(Pattern::Phrase(split.words().iter().map(leaf).collect()))
    }

    fn leaf(&self, form: &str, possessive: bool) -> Pattern {
        Pattern::Word(WordPattern { form: form.to_owned(), exact: self.is_exact, possessive })
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

    fn words(typed: &str, capitals: Capitals) -> String {
        let words = Typed::new(typed, WordKind::Plain, capitals).words();
        words.iter().map(shown).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_word_is_sought_in_every_way_it_is_printed() {
        let check = |typed: &str, expected: &str| {
            assert_eq!(words(typed, Capitals::Acronyms), expected, "{typed}");
        };
        check("Floods", "floods");
        check("cease-fire", "(ceasefire|\"cease fire\")");
        check("US-led", "(usled|\"US led\")");
        check("O'Brien", "obrien");
        check("O’Brien", "obrien");
        check("l'homme", "(lhomme|\"l homme\")");
        check("dell’arte", "(dellarte|\"dell arte\")");
        check("12:30", "12 30");
        check("http://x.org/y", "http x org y");
        check("US", "US");
        check("us", "us");
        check("U.S.", "US");
        check("NATO", "(NATO|nato)");
        check("N.A.T.O.", "NATO");
        check("1,798", "1798");
        check("…", "");
    }

    #[test]
    fn in_a_query_all_in_capitals_only_dots_make_acronyms() {
        let check = |texts: &[&str], expected: Capitals| assert_eq!(Capitals::in_texts(texts), expected, "{texts:?}");
        check(&["PEACE", "IN", "UKRAINE"], Capitals::Shouted);
        check(&["PEACE IN UKRAINE"], Capitals::Shouted);
        check(&["US STRIKES IN IRAN"], Capitals::Shouted);
        check(&["US", "UK"], Capitals::Acronyms);
        check(&["US", "RUSSIA"], Capitals::Acronyms);
        check(&["AT&T"], Capitals::Shouted);
        check(&["МИР", "1945", "ВОЙНА"], Capitals::Acronyms);
        check(&["US"], Capitals::Acronyms);
        check(&["U.S."], Capitals::Acronyms);
        check(&["NATO", "1999"], Capitals::Acronyms);
        check(&["NATO", "in", "KOSOVO"], Capitals::Acronyms);
        check(&[], Capitals::Acronyms);
        assert_eq!(words("PEACE IN THE U.S.", Capitals::Shouted), "peace in the US");
        assert_eq!(words("US STRIKES IN IRAN", Capitals::Shouted), "US strikes in iran");
    }
}
