//! A name as a bibliography sorts it: what it is sorted by, and what stands before that.
//!
//! It guesses only where a name is plainly one of a person; all others stay as printed.

use crate::article::byline::{is_office, is_particle, is_suffix};

/// Who wrote an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person whose name has parts.
    Person {
        /// `Anna`.
        given: String,
        /// With its particle: `van den Berg`.
        family: String,
        /// `Jr.`, `III`.
        suffix: Option<String>,
    },
    /// An office, a name of one word, or what else cannot be taken apart.
    Printed(String),
}

impl Author {
    /// A name on one line: `Anna van den Berg`, `Berg, Anna`, `Martin King Jr.`.
    pub fn named(name: &str) -> Self {
        let printed = || Self::Printed(name.to_owned());
        if is_office(name) {
            return printed();
        }
        if let Some((family, rest)) = name.split_once(',') {
            let (family, rest) = (family.trim(), rest.trim());
            return match is_suffix(rest) {
                true => Self::of_words(family, Some(rest)).unwrap_or_else(printed),
                false if family.is_empty() || rest.is_empty() || rest.contains(',') => printed(),
                false => Self::Person { given: rest.to_owned(), family: family.to_owned(), suffix: None },
            };
        }
        match name.rsplit_once(' ') {
            Some((before, last)) if is_suffix(last) => Self::of_words(before, Some(last)),
            _ => Self::of_words(name, None),
        }
        .unwrap_or_else(printed)
    }

    fn of_words(name: &str, suffix: Option<&str>) -> Option<Self> {
        let words: Vec<&str> = name.split_whitespace().collect();
        let is_small = |word: &&str| word.starts_with(char::is_lowercase);
        let is_strange = |word: &&str| word.chars().any(|c| c.is_numeric()) || is_small(word) && !is_particle(word);
        if words.len() < 2 || words.iter().any(is_strange) {
            return None;
        }
        let from = words.iter().position(is_small).unwrap_or(words.len() - 1);
        let (given, family) = words.split_at_checked(from).filter(|(given, _)| !given.is_empty())?;
        Some(Self::Person { given: given.join(" "), family: family.join(" "), suffix: suffix.map(str::to_owned) })
    }

    /// `Anna Berg`, `Martin King, Jr.`, or as printed.
    pub fn printed(&self) -> String {
        match self {
            Self::Person { given, family, suffix: None } => format!("{given} {family}"),
            Self::Person { given, family, suffix: Some(suffix) } => format!("{given} {family}, {suffix}"),
            Self::Printed(name) => name.clone(),
        }
    }

    /// `Berg, Anna`, `King, Martin, Jr.`, or as printed.
    pub fn inverted(&self) -> String {
        match self {
            Self::Person { given, family, suffix: None } => format!("{family}, {given}"),
            Self::Person { given, family, suffix: Some(suffix) } => format!("{family}, {given}, {suffix}"),
            Self::Printed(name) => name.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_sorted_by_the_family() {
        let check = |name: &str, expected: &str| assert_eq!(Author::named(name).inverted(), expected);
        check("Anna Petrova", "Petrova, Anna");
        check("Anna Maria van den Berg", "van den Berg, Anna Maria");
        check("Martin L. King Jr.", "King, Martin L., Jr.");
        check("King, Jr.", "King, Jr.");
        check("Martin King, Jr.", "King, Martin, Jr.");
        check("Berg, Anna", "Berg, Anna");
        check("ANNA PETROVA", "PETROVA, ANNA");
        check("Иван Петров", "Петров, Иван");
    }

    #[test]
    fn what_is_no_plain_name_stays_as_printed() {
        let names = ["Reuters", "王小明", "Institute of War", "van Dyck", "Desk 12", "a, b, c", ", Anna", "Jr."];
        for name in names.into_iter().chain(["The Associated Press", "Editorial Board", "Ministry of Health, Moscow"]) {
            assert_eq!(Author::named(name), Author::Printed(name.to_owned()));
        }
    }
}
