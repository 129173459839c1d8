//! A person's name as printed in one place, taken apart for comparing.
//!
//! It compares two printings; which of several people one belongs to is `people`'s to say.

use strsim::jaro_winkler;

/// How alike spellings must be to count as one name misspelt.
const CLOSE: f64 = 0.93;

/// How one printing of a name fits another, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The same words.
    Same,
    /// One has words that the other lacks: `Nora T. Vell`.
    Part,
    /// One has an initial for the other's first name.
    Initials,
    /// Misspelt, or spelt another way.
    Close,
}

/// What a title or a first name says of somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gender {
    Female,
    Male,
}

/// A name as printed: folded words, without title and possessive.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Form<'a> {
    /// Words without the suffix; initials are one letter.
    pub(super) words: Vec<&'a str>,
    /// Jr, III.
    pub(super) suffix: Option<&'a str>,
    /// What Mr or Mrs says.
    pub(super) titled: Option<Gender>,
    /// What the first name says, where there is one.
    pub(super) named: Option<Gender>,
}

impl<'a> Form<'a> {
    /// How a full name fits another full name; `None` when they are two names.
    pub(super) fn fits(&self, other: &Form<'_>) -> Option<Fit> {
        if self.conflicts(other) {
            return None;
        }
        let (a, b) = (self.words.as_slice(), other.words.as_slice());
        let ([first, middle @ .., last], [other_first, other_middle @ .., other_last]) = (a, b) else { return None };
        let is_inner =
            |short: &[&str], long: &[&str]| short.len() > 1 && (long.ends_with(short) || long.starts_with(short));
        match () {
            () if a == b => Some(Fit::Same),
            () if is_inner(a, b) || is_inner(b, a) => Some(Fit::Part),
            () if last == other_last && first == other_first => may_be_one(middle, other_middle).then_some(Fit::Part),
            () if last == other_last && are_initial(first, other_first) => Some(Fit::Initials),
            () => self.is_close(other).then_some(Fit::Close),
        }
    }

    /// How a single word fits a full name: its surname, a first name, a misspelt surname.
    pub(super) fn stands_for(&self, full: &Form<'_>) -> Option<Single> {
        let ([word], Some(last)) = (self.words.as_slice(), full.words.last()) else { return None };
        match () {
            () if self.conflicts(full) || full.words.len() < 2 => None,
            () if word == last => Some(Single::Surname),
            () if full.words.first() == Some(word) => Some(Single::First),
            () if is_close(word, last) => Some(Single::Close),
            () => None,
        }
    }

    /// The title decides; a first name can mislead.
    pub(super) fn gender(&self) -> Option<Gender> {
        self.titled.or(self.named)
    }

    fn conflicts(&self, other: &Form<'_>) -> bool {
        let is_same_first = self.words.first() == other.words.first();
        differ(self.suffix, other.suffix)
            || differ(self.titled, other.titled)
            || !is_same_first && differ(self.gender(), other.gender())
    }

    fn is_close(&self, other: &Form<'_>) -> bool {
        let pairs = || self.words.iter().zip(&other.words);
        self.words.len() == other.words.len() && pairs().all(|(a, b)| a == b || is_close(a, b))
    }
}

/// What a single word is of a full name, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Single {
    Surname,
    First,
    Close,
}

pub(super) fn differ<T: PartialEq>(a: Option<T>, b: Option<T>) -> bool {
    a.is_some() && b.is_some() && a != b
}

/// Whether nothing between first name and surname contradicts: no middle names, or the same initial first.
fn may_be_one(middle: &[&str], other: &[&str]) -> bool {
    match (middle.first(), other.first()) {
        (Some(a), Some(b)) => a == b || are_initial(a, b),
        _ => true,
    }
}

fn are_initial(a: &str, b: &str) -> bool {
    (a.len() == 1 || b.len() == 1) && a.chars().next() == b.chars().next()
}

/// Whether two words are one, misspelt.
pub(super) fn is_close(a: &str, b: &str) -> bool {
    a.len().min(b.len()) >= 5 && a.chars().next() == b.chars().next() && jaro_winkler(a, b) >= CLOSE
}

/// How many letters a word has, and which: what tells most words apart at once.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bag {
    /// Two bits for each of 32 kinds of letters: whether it is there, and whether more than once.
    letters: u64,
    length: u32,
}

impl Bag {
    pub(super) fn of(word: &str) -> Self {
        let mut bag = Self { letters: 0, length: 0 };
        for letter in word.chars() {
            let bit = 1 << (u32::from(letter) % 32 * 2);
            bag.letters |= if bag.letters & bit == 0 { bit } else { bit << 1 };
            bag.length += 1;
        }
        bag
    }

    /// Whether two words could be equal or close: with the best of prefixes that takes a Jaro similarity of .883, so
    /// that the letters they share are at least 1.65 of either word, in shares of its length.
    pub(super) fn may_be_close(&self, other: &Self) -> bool {
        let shared = |a: &Self, b: &Self| u64::from(a.length - (a.letters & !b.letters).count_ones());
        let shared = shared(self, other).min(shared(other, self));
        let (a, b) = (u64::from(self.length), u64::from(other.length));
        // A hundredth less, for what rounding may add.
        shared * (a + b) * 100 >= a * b * 164
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form(name: &str) -> Form<'_> {
        let mut form = Form::default();
        for word in name.split(' ') {
            match word {
                "mr" => form.titled = Some(Gender::Male),
                "mrs" => form.titled = Some(Gender::Female),
                "jr" | "sr" => form.suffix = Some(word),
                _ => form.words.push(word),
            }
        }
        form
    }

    #[test]
    fn full_names_fit_or_are_two() {
        let check = |a: &str, b: &str, expected: Option<Fit>| {
            assert_eq!(form(a).fits(&form(b)), expected, "{a} / {b}");
            assert_eq!(form(b).fits(&form(a)), expected, "{b} / {a}");
        };
        check("nora vell", "nora vell", Some(Fit::Same));
        check("nora vell", "nora t vell", Some(Fit::Part));
        check("nora tamsin vell", "nora t vell", Some(Fit::Part));
        check("bin orrin", "tarek bin orrin", Some(Fit::Part));
        check("n vell", "nora vell", Some(Fit::Initials));
        check("sergei vellmarov", "sergey vellmarov", Some(Fit::Close));
        check("nora vell", "tamsin vell", None);
        check("nora w vell", "nora h w vell", None);
        check("john orrin", "joan orrin", None);
        check("nora vell jr", "nora vell sr", None);
        check("nora vell jr", "nora vell", Some(Fit::Same));
        check("mr robin vell", "mrs robin vell", None);
    }

    proptest! {
        #[test]
        fn what_is_close_may_be(a in "k[a-dй]{3,12}", at in 1_usize..13, b in "[a-dй]{0,3}", cut in 0_usize..3) {
            let mut letters: Vec<char> = a.chars().collect();
            let at = at.min(letters.len());
            letters.splice(at..(at + cut).min(letters.len()), b.chars());
            let b: String = letters.into_iter().collect();
            let is_alike = Bag::of(&a).may_be_close(&Bag::of(&b));
            prop_assert!(is_alike || a != b && !is_close(&a, &b), "{a} {b}");
        }
    }

    #[test]
    fn single_words_stand_for_full_names() {
        let check = |word: &str, expected: Option<Single>| {
            assert_eq!(form(word).stands_for(&form("mrs nora tamsin orrinvell")), expected, "{word}");
        };
        check("orrinvell", Some(Single::Surname));
        check("nora", Some(Single::First));
        check("orinvell", Some(Single::Close));
        check("tamsin", None);
        check("mr orrinvell", None);
    }
}
