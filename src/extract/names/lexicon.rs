//! What lists say of a word: first name, surname, common word, role and so on.
//!
//! The lists are one table; a word may be in several, and nothing here decides between them.

use std::sync::LazyLock;

use crate::extract::table::Table;

/// A list a word can stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract) enum Class {
    /// A first name.
    Given,
    /// A first name that is hardly given to men.
    Woman,
    /// A first name that is hardly given to women.
    Man,
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
    ALL.get(word).copied().unwrap_or_default()
}

/// What matters of a folded word that is printed in small letters: whether it is a role, or joins others.
pub(in crate::extract) fn classes_of_small(word: &str) -> Classes {
    SMALL.get(word).copied().unwrap_or_default()
}

/// Every word of every list, made once: half a millisecond, by commands that look for names only.
static ALL: LazyLock<Table<Classes>> = LazyLock::new(|| {
    let mut all = Table::with_capacity_and_hasher(32_000, Default::default());
    for (word, letters) in WORDS.lines().filter_map(|line| line.split_once('\t')) {
        all.insert(word, letters.chars().filter_map(class).fold(Classes::default(), Classes::with));
    }
    for word in CALENDAR {
        let classes = all.entry(word).or_default();
        *classes = classes.with(Class::Calendar);
    }
    all
});

/// Nearly every word of a text is looked up here: a table so small that it stays near the processor.
static SMALL: LazyLock<Table<Classes>> = LazyLock::new(|| {
    let mut small: Table<Classes> = Table::default();
    for (class, list) in [(Class::Role, ROLES), (Class::Function, FUNCTION)] {
        for word in list.lines() {
            let classes = small.entry(word).or_default();
            *classes = classes.with(class);
        }
    }
    small
});

/// Whether a folded word ends a name without being one: Jr, VIII.
pub(in crate::extract) fn is_suffix(word: &str) -> bool {
    matches!(word, "jr" | "sr") || word.len() > 1 && word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

/// Whether some folded words, joined by blanks, are a country or a large city.
pub(in crate::extract) fn is_place(name: &str) -> bool {
    classes(name).has(Class::Place) || LONG_PLACES.contains(&name)
}

/// Every word of every list of `data/lexicons/`, sorted by bytes, each with the letters of its lists behind a tab.
const WORDS: &str = include_str!("../../../data/words.tsv");
/// The two lists that every small word is looked up in.
const ROLES: &str = include_str!("../../../data/lexicons/roles.txt");
const FUNCTION: &str = include_str!("../../../data/lexicons/function-words.txt");

fn class(letter: char) -> Option<Class> {
    Some(match letter {
        'g' => Class::Given,
        'x' => Class::Woman,
        'y' => Class::Man,
        's' => Class::Surname,
        'c' => Class::Common,
        'f' => Class::Function,
        'h' => Class::Honorific,
        'r' => Class::Role,
        'n' => Class::Nation,
        'w' => Class::OrgWord,
        'o' => Class::Org,
        'q' => Class::PlaceWord,
        'p' => Class::Place,
        _ => return None,
    })
}

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

/// Months and days of the week, whole and shortened.
const CALENDAR: [&str; 38] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_every_list_is_found_and_no_other() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/lexicons");
        let (mut lists, mut words) = (0, std::collections::BTreeSet::new());
        for (name, class) in [
            ("given-names", Class::Given),
            ("given-names-world", Class::Given),
            ("women", Class::Woman),
            ("men", Class::Man),
            ("surnames", Class::Surname),
            ("common-words", Class::Common),
            ("function-words", Class::Function),
            ("honorifics", Class::Honorific),
            ("roles", Class::Role),
            ("nationalities", Class::Nation),
            ("org-words", Class::OrgWord),
            ("orgs", Class::Org),
            ("place-words", Class::PlaceWord),
            ("places", Class::Place),
        ] {
            let list = std::fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
            assert!(list.lines().is_sorted(), "{name}");
            for word in list.lines() {
                assert_eq!(word, crate::text::fold(word), "{name}");
                assert!(classes(word).has(class), "{word} {name}: cargo run --example lexicons");
                words.insert(word.to_owned());
            }
            lists += 1;
        }
        assert_eq!(std::fs::read_dir(folder).unwrap().count(), lists);
        let table: Vec<&str> = WORDS.lines().filter_map(|line| Some(line.split_once('\t')?.0)).collect();
        assert!(table.iter().copied().eq(words.iter().map(String::as_str)));
        for word in ["", "a\tcf", "zzzz", "witkoff", "sudzh", "ümit"] {
            assert_eq!(classes(word), Classes::default(), "{word}");
        }
        assert!(
            classes("may").any(&[Class::Calendar])
                && classes_of_small("envoy").has(Class::Role)
                && is_place("hong kong")
        );
    }
}
