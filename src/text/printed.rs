//! Printed forms: what an index stores of a word, so that both its exact spelling and its stem can be told from it.
//!
//! A printed form is a form of a word, with two exceptions: the `'s` of a possessive and the hyphens of a compound stay.
//! Trump's is stored as `trump's`, cease-fire as `cease-fire`; their spellings are `trumps` and `ceasefire`, their stems
//! those of `trump` and `ceasefire`.

use std::borrow::Cow;

use super::{Form, FormKind, Language, Tokens, Word, stem_of};

const POSSESSIVE: &str = "'s";
const HYPHEN: char = '-';

/// The printed form of a form of `word`.
pub fn printed_form<'a>(tokens: &'a Tokens, word: &Word, form: &Form<'a>) -> Cow<'a, str> {
    if form.kind != FormKind::Joined {
        return Cow::Borrowed(form.text);
    }
    match (tokens.possessive_base(word), hyphenated(tokens, word)) {
        (None, None) => Cow::Borrowed(form.text),
        (None, Some(printed)) => Cow::Owned(printed),
        (Some(base), None) => Cow::Owned([base, POSSESSIVE].concat()),
        (Some(_), Some(printed)) => {
            let base = printed.strip_suffix('s').unwrap_or(&printed);
            Cow::Owned([base, POSSESSIVE].concat())
        }
    }
}

/// The parts of a word with hyphens between them, where it has parts.
fn hyphenated(tokens: &Tokens, word: &Word) -> Option<String> {
    if word.form_indices().len() < 3 {
        return None;
    }
    let mut printed = String::new();
    for part in tokens.forms(word).filter(|form| form.kind == FormKind::Part) {
        if !printed.is_empty() {
            printed.push(HYPHEN);
        }
        printed.push_str(part.text);
    }
    let is_whole = printed.contains(HYPHEN) && spelling(&printed) == tokens.joined(word);
    is_whole.then_some(printed)
}

/// The word of a printed form as it is spelled, without hyphens and apostrophe: `ceasefire`, `trumps`.
pub fn spelling(printed: &str) -> Cow<'_, str> {
    match printed.contains([HYPHEN, '\'']) {
        true => Cow::Owned(printed.chars().filter(|c| !matches!(*c, HYPHEN | '\'')).collect()),
        false => Cow::Borrowed(printed),
    }
}

/// A printed form without its possessive ending, if it has one: `trump` of `trump's`.
pub fn without_possessive(printed: &str) -> &str {
    printed.strip_suffix(POSSESSIVE).unwrap_or(printed)
}

/// The parts that hyphens divide a printed form into; none for a word without hyphens.
pub fn hyphen_parts(printed: &str) -> Option<Vec<String>> {
    let base = without_possessive(printed);
    base.contains(HYPHEN).then(|| base.split(HYPHEN).map(str::to_owned).collect())
}

/// Whether a form is an acronym, which is found as it stands.
pub fn is_acronym(form: &str) -> bool {
    form.chars().any(char::is_uppercase)
}

/// The tagged stem of a printed form; none for an acronym.
pub fn stem_of_printed(printed: &str, language: Language) -> Option<String> {
    (!is_acronym(printed)).then(|| stem_of(&spelling(without_possessive(printed)), language))
}

/// The printed forms without hyphens of a word that is spelled `form`.
pub fn printed_as(form: &str) -> impl Iterator<Item = String> {
    let possessive = form.strip_suffix('s').filter(|base| !base.is_empty()).map(|base| [base, POSSESSIVE].concat());
    std::iter::once(form.to_owned()).chain(possessive)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokenise;

    fn check(text: &str, printed: &[&str], stems: &[Option<&str>]) {
        let tokens = tokenise(text, Language::ENGLISH);
        let word = &tokens.words()[0];
        let found: Vec<_> = tokens.forms(word).map(|form| printed_form(&tokens, word, &form).into_owned()).collect();
        assert_eq!(found, printed, "{text}");
        let found: Vec<_> = found.iter().map(|form| stem_of_printed(form, Language::ENGLISH)).collect();
        assert_eq!(found.iter().map(Option::as_deref).collect::<Vec<_>>(), stems, "{text}");
        assert_eq!(spelling(printed[0]), tokens.joined(word), "{text}");
        let plain = printed_as(tokens.joined(word)).any(|form| form == printed[0]);
        assert!(plain || hyphen_parts(printed[0]).is_some(), "{text}");
    }

    #[test]
    fn spelling_and_stem_are_told_from_one_form() {
        check("Congress’s", &["congress's"], &[Some("en:congress")]);
        check("Witkoffs", &["witkoffs"], &[Some("en:witkoff")]);
        check("the US-led houses", &["the"], &[Some("en:the")]);
        check("US-led aid", &["us-led", "us", "led", "US"], &[Some("en:usl"), Some("en:us"), Some("en:led"), None]);
        check(
            "cease-fire’s end",
            &["cease-fire's", "cease", "fires"],
            &[Some("en:ceasefir"), Some("en:ceas"), Some("en:fire")],
        );
        check("O'Brien", &["obrien"], &[Some("en:obrien")]);
    }
}
