//! What lists say of a word: first name, surname, common word, role and so on.
//!
//! Lists are embedded as text and looked up where they lie; a word may be in several, and nothing here decides between them.

use memchr::{memchr, memrchr};

/// A list a word can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Class {
    /// A first name.
    Given,
    /// A surname.
    Surname,
    /// A word with a meaning, printed with a capital for another reason than being a name.
    Common,
    /// A common word that only joins others: the, but, he.
    Function,
    /// Mr, Dr, Lady.
    Honorific,
    /// What somebody is: president, envoy.
    Role,
    /// A people, a faith, a party.
    Nation,
    /// A word that makes an organisation of those before it: ministry, bank.
    OrgWord,
    /// An organisation known by this word alone.
    Org,
    /// A word that makes a place of those around it: island, new.
    PlaceWord,
    /// A country or a large city.
    Place,
    /// A month or a day of the week.
    Calendar,
}

/// The lists a word stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::extract) struct Classes(u16);

impl Classes {
    /// Whether one of them is `class`.
    pub(in crate::extract) fn has(self, class: Class) -> bool {
        self.0 & (1 << class as u16) != 0
    }

    /// Whether one of them is any of `classes`.
    pub(in crate::extract) fn any(self, classes: &[Class]) -> bool {
        classes.iter().any(|class| self.has(*class))
    }

    /// These and others.
    pub(in crate::extract) fn and(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These without `class`.
    pub(in crate::extract) fn but(self, class: Class) -> Self {
        Self(self.0 & !(1 << class as u16))
    }

    fn with(self, class: Class) -> Self {
        Self(self.0 | 1 << class as u16)
    }
}

/// The lists that a folded word stands in.
pub(in crate::extract) fn classes(word: &str) -> Classes {
    let listed = LISTS.iter().filter(|(_, list)| holds(list, word));
    let classes = listed.fold(Classes::default(), |classes, (class, _)| classes.with(*class));
    if is_calendar(word) { classes.with(Class::Calendar) } else { classes }
}

/// Whether a folded word names something that somebody is.
pub(in crate::extract) fn is_role(word: &str) -> bool {
    holds(ROLES, word)
}

/// Whether a folded word only joins others.
pub(in crate::extract) fn is_joining(word: &str) -> bool {
    holds(FUNCTION, word)
}

/// Whether a folded word ends a name without being one: Jr, VIII.
pub(in crate::extract) fn is_suffix(word: &str) -> bool {
    matches!(word, "jr" | "sr") || word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

/// Whether some folded words, joined by blanks, are a country or a large city.
pub(in crate::extract) fn is_place(name: &str) -> bool {
    holds(PLACES, name) || LONG_PLACES.contains(&name)
}

const ROLES: &str = include_str!("../../../data/lexicons/roles.txt");
const FUNCTION: &str = include_str!("../../../data/lexicons/function-words.txt");
const PLACES: &str = include_str!("../../../data/lexicons/places.txt");

/// Each sorted by bytes, a word a line.
const LISTS: [(Class, &str); 12] = [
    (Class::Given, include_str!("../../../data/lexicons/given-names.txt")),
    (Class::Given, include_str!("../../../data/lexicons/given-names-world.txt")),
    (Class::Surname, include_str!("../../../data/lexicons/surnames.txt")),
    (Class::Common, include_str!("../../../data/lexicons/common-words.txt")),
    (Class::Function, FUNCTION),
    (Class::Honorific, include_str!("../../../data/lexicons/honorifics.txt")),
    (Class::Role, ROLES),
    (Class::Nation, include_str!("../../../data/lexicons/nationalities.txt")),
    (Class::OrgWord, include_str!("../../../data/lexicons/org-words.txt")),
    (Class::Org, include_str!("../../../data/lexicons/orgs.txt")),
    (Class::PlaceWord, include_str!("../../../data/lexicons/place-words.txt")),
    (Class::Place, PLACES),
];

const LONG_PLACES: [&str; 24] = [
    "united states",
    "united kingdom",
    "great britain",
    "soviet union",
    "united arab emirates",
    "saudi arabia",
    "sri lanka",
    "hong kong",
    "costa rica",
    "el salvador",
    "puerto rico",
    "ivory coast",
    "czech republic",
    "buenos aires",
    "rhode island",
    "abu dhabi",
    "tel aviv",
    "kuala lumpur",
    "phnom penh",
    "addis ababa",
    "burkina faso",
    "sierra leone",
    "middle east",
    "european russia",
];

fn is_calendar(word: &str) -> bool {
    matches!(
        word,
        "january"
            | "february"
            | "march"
            | "april"
            | "may"
            | "june"
            | "july"
            | "august"
            | "september"
            | "october"
            | "november"
            | "december"
            | "jan"
            | "feb"
            | "mar"
            | "apr"
            | "jun"
            | "jul"
            | "aug"
            | "sep"
            | "sept"
            | "oct"
            | "nov"
            | "dec"
            | "monday"
            | "tuesday"
            | "wednesday"
            | "thursday"
            | "friday"
            | "saturday"
            | "sunday"
            | "mon"
            | "tue"
            | "wed"
            | "thu"
            | "fri"
            | "sat"
            | "sun"
    )
}

/// Whether a sorted list of lines holds a word.
fn holds(list: &str, word: &str) -> bool {
    let bytes = list.as_bytes();
    let (mut from, mut to) = (0, bytes.len());
    while from < to {
        let middle = from + (to - from) / 2;
        let start = bytes.get(from..middle).and_then(|before| memrchr(b'\n', before)).map_or(from, |at| from + at + 1);
        let end = bytes.get(start..to).and_then(|line| memchr(b'\n', line)).map_or(to, |at| start + at);
        match bytes.get(start..end).unwrap_or_default().cmp(word.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => from = end + 1,
            std::cmp::Ordering::Greater => to = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_every_list_is_found() {
        for (class, list) in LISTS {
            let words: Vec<&str> = list.lines().collect();
            assert!(words.is_sorted() && words.len() > 30, "{class:?}");
            for word in words {
                assert_eq!(word, crate::text::fold(word), "{class:?}");
                assert!(classes(word).has(class), "{word} {class:?}");
            }
        }
    }

    #[test]
    fn no_other_word_is() {
        for word in ["", "a\nan", "zzzz", "witkoff", "sudzh", "ümit"] {
            assert_eq!(classes(word), Classes::default(), "{word}");
        }
        assert!(classes("may").any(&[Class::Calendar]) && is_role("envoy") && is_place("hong kong"));
    }
}
