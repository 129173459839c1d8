//! Printed forms: what an index stores of a word, so that both its exact spelling and its stem can be told from it.
//!
//! A printed form is a form of a word, but for a possessive: Trump's is stored as `trump's`, found exactly as `trumps`, and
//! shares the stem of `trump`.

use std::borrow::Cow;

use super::{Form, FormKind, Language, Tokens, Word, stem_of};

const POSSESSIVE: &str = "'s";

/// The printed form of a form of `word`.
pub fn printed_form<'a>(tokens: &'a Tokens, word: &Word, form: &Form<'a>) -> Cow<'a, str> {
    match tokens.possessive_base(word).filter(|_| form.kind == FormKind::Joined) {
        Some(base) => Cow::Owned([base, POSSESSIVE].concat()),
        None => Cow::Borrowed(form.text),
    }
}

/// The tagged stem of a printed form; none for an acronym, which is found as it stands.
pub fn stem_of_printed(printed: &str, language: Language) -> Option<String> {
    let is_acronym = printed.chars().any(char::is_uppercase);
    (!is_acronym).then(|| stem_of(printed.strip_suffix(POSSESSIVE).unwrap_or(printed), language))
}

/// Every printed form of a word that is spelled `form`, apostrophes apart.
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
        assert!(printed_as(tokens.joined(word)).any(|form| form == printed[0]), "{text}");
    }

    #[test]
    fn spelling_and_stem_are_told_from_one_form() {
        check("Congress’s", &["congress's"], &[Some("en:congress")]);
        check("Witkoffs", &["witkoffs"], &[Some("en:witkoff")]);
        check("the US-led houses", &["the"], &[Some("en:the")]);
        check("US-led aid", &["usled", "us", "led", "US"], &[Some("en:usl"), Some("en:us"), Some("en:led"), None]);
        check("O'Brien", &["obrien"], &[Some("en:obrien")]);
    }
}
