//! Stems: what the forms of a word have in common, with the language's tag before it (`en:hous`).
//!
//! It sees folded forms only, and never decides which of them are searched.

use frostem::{Algorithm, Stemmer};

use super::Language;

/// The tagged stem of a folded form: `en:hous` for house. Forms with digits, and those of languages without a stemmer,
/// are their own stem.
pub fn stem_of(form: &str, language: Language) -> String {
    let mut out = String::with_capacity(form.len() + 4);
    out.push_str(language.tag());
    out.push(':');
    match algorithm_for(language) {
        Some(algorithm) if !has_digit(form) => push_stem(algorithm, form, &mut out),
        _ => out.push_str(form),
    }
    out
}

/// A bounded memory of stems, for one thread.
#[derive(Debug)]
pub(super) struct Memo {
    language: Language,
    /// The row of `STEMMERS`; none for a language without a stemmer.
    row: Option<u8>,
    slots: Vec<Slot>,
}

/// Slots, a power of two; two side by side share one hash.
const SLOTS: usize = 1 << 16;
const LONGEST_KEY: usize = 51;
const LONGEST_ENDING: usize = 9;

/// A form and its stem, which is the form's first `keep` bytes and an ending. One cache line.
#[derive(Debug, Clone, Copy)]
struct Slot {
    row: u8,
    key_len: u8,
    keep: u8,
    ending_len: u8,
    ending: [u8; LONGEST_ENDING],
    key: [u8; LONGEST_KEY],
}

const EMPTY: Slot =
    Slot { row: 0, key_len: 0, keep: 0, ending_len: 0, ending: [0; LONGEST_ENDING], key: [0; LONGEST_KEY] };

impl Memo {
    pub(super) fn new() -> Self {
        Self::of_size(SLOTS)
    }

    fn of_size(slots: usize) -> Self {
        Self { language: Language::ENGLISH, row: row_of(Language::ENGLISH), slots: vec![EMPTY; slots] }
    }

    /// Makes `language` the one whose stems are asked for.
    pub(super) fn turn_to(&mut self, language: Language) {
        if self.language != language {
            self.language = language;
            self.row = row_of(language);
        }
    }

    /// Appends the tagged stem of `form` to `out`: the same as `stem_of`, sooner.
    pub(super) fn push_stem(&mut self, form: &str, out: &mut String) {
        out.push_str(self.language.tag());
        out.push(':');
        let Some((row, algorithm)) = self.row.filter(|_| !has_digit(form)).and_then(with_algorithm) else {
            return out.push_str(form);
        };
        let at = hash(row, form.as_bytes()) & (self.slots.len() - 2);
        let pair = self.slots.get(at..at + 2).unwrap_or(&[]);
        if let Some(slot) = pair.iter().find(|slot| slot.is_of(row, form)) {
            return slot.push_stem(form, out);
        }
        let from = out.len();
        push_stem(algorithm, form, out);
        if let Some(new) = out.get(from..).and_then(|stem| Slot::new(row, form, stem)) {
            self.remember(at, new);
        }
    }

    /// Puts `new` first of its pair, and what stood there second.
    fn remember(&mut self, at: usize, new: Slot) {
        if let Some([first, second]) = self.slots.get_mut(at..at + 2) {
            *second = *first;
            *first = new;
        }
    }
}

impl Slot {
    fn new(row: u8, form: &str, stem: &str) -> Option<Self> {
        let keep = form
            .char_indices()
            .zip(stem.chars())
            .find(|((_, a), b)| a != b)
            .map_or_else(|| form.len().min(stem.len()), |((at, _), _)| at);
        let ending_text = stem.get(keep..)?;
        let mut slot =
            Self { row, key_len: form.len() as u8, keep: keep as u8, ending_len: ending_text.len() as u8, ..EMPTY };
        slot.key.get_mut(..form.len())?.copy_from_slice(form.as_bytes());
        slot.ending.get_mut(..ending_text.len())?.copy_from_slice(ending_text.as_bytes());
        Some(slot)
    }

    fn is_of(&self, row: u8, form: &str) -> bool {
        self.row == row
            && usize::from(self.key_len) == form.len()
            && self.key.get(..form.len()) == Some(form.as_bytes())
    }

    fn push_stem(&self, form: &str, out: &mut String) {
        out.push_str(form.get(..usize::from(self.keep)).unwrap_or(form));
        if self.ending_len > 0 {
            let ending = self.ending.get(..usize::from(self.ending_len)).unwrap_or(&[]);
            out.push_str(std::str::from_utf8(ending).unwrap_or(""));
        }
    }
}

/// Multiplies eight bytes at a time; collisions cost time, never a wrong stem.
fn hash(row: u8, bytes: &[u8]) -> usize {
    const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut state = (bytes.len() as u64) << 8 | u64::from(row);
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        state = (state.rotate_left(5) ^ u64::from_le_bytes(*word)).wrapping_mul(FACTOR);
    }
    let tail = rest.iter().fold(0, |tail, &byte| tail << 8 | u64::from(byte));
    state = (state.rotate_left(5) ^ tail).wrapping_mul(FACTOR);
    (state >> 40) as usize
}

fn has_digit(form: &str) -> bool {
    if form.is_ascii() { form.bytes().any(|byte| byte.is_ascii_digit()) } else { form.contains(char::is_numeric) }
}

fn push_stem(algorithm: Algorithm, form: &str, out: &mut String) {
    let stemmer = Stemmer::new(algorithm);
    let stem = match accented(algorithm, form) {
        Some(accented) => super::fold(&stemmer.stem(&accented)),
        None => stemmer.stem(form).into_owned(),
    };
    out.push_str(if stem.is_empty() { form } else { &stem });
}

/// The form with the accent that folding took from a suffix, where the stemmer knows the suffix by its accent only.
fn accented(algorithm: Algorithm, form: &str) -> Option<String> {
    let endings: &[(&str, &str)] = match algorithm {
        Algorithm::Spanish => &[("acion", "ación"), ("icion", "ición"), ("ucion", "ución")],
        Algorithm::Portuguese => &[("acao", "ação"), ("acoes", "ações"), ("ucao", "ução"), ("ucoes", "uções")],
        Algorithm::French => &[("ee", "ée"), ("ees", "ées")],
        _ => &[],
    };
    let (folded, ending) = endings.iter().find(|(folded, _)| form.ends_with(folded))?;
    form.strip_suffix(folded).map(|base| [base, ending].concat())
}

fn algorithm_for(language: Language) -> Option<Algorithm> {
    row_of(language).and_then(with_algorithm).map(|(_, algorithm)| algorithm)
}

fn row_of(language: Language) -> Option<u8> {
    STEMMERS.iter().position(|(tag, _)| *tag == language.tag()).and_then(|row| u8::try_from(row).ok())
}

fn with_algorithm(row: u8) -> Option<(u8, Algorithm)> {
    STEMMERS.get(usize::from(row)).map(|&(_, algorithm)| (row, algorithm))
}

const STEMMERS: &[(&str, Algorithm)] = &[
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("eo", Algorithm::Esperanto),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("st", Algorithm::Sesotho),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
    ("yi", Algorithm::Yiddish),
];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stem(form: &str, tag: &str) -> String {
        stem_of(form, Language::from_tag(tag).unwrap())
    }

    #[test]
    fn stems() {
        let check = |form: &str, tag: &str, expected: &str| assert_eq!(stem(form, tag), expected);
        check("houses", "en", "en:hous");
        check("house", "en", "en:hous");
        check("negotiations", "en", "en:negoti");
        check("witkoffs", "en", "en:witkoff");
        check("2nd", "en", "en:2nd");
        check("hauser", "de", "de:haus");
        check("города", "ru", "ru:город");
        check("vesti", "zu", "zu:vesti");
        check("東", "ja", "ja:東");
    }

    #[test]
    fn folded_suffixes_meet() {
        let check = |a: &str, b: &str, tag: &str| assert_eq!(stem(a, tag), stem(b, tag));
        check("negociacion", "negociaciones", "es");
        check("negociacao", "negociacoes", "pt");
        check("arretee", "arretees", "fr");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn every_stemmer_stems_everything(form in "\\PC{0,12}|[а-яё]{1,12}|[a-z]{1,12}|[\u{600}-\u{6ff}]{1,9}|[α-ω]{1,12}") {
            let mut memo = Memo::new();
            for (tag, _) in STEMMERS {
                let language = Language::from_tag(tag).unwrap();
                let folded = crate::text::fold(&form);
                let stem = stem_of(&folded, language);
                prop_assert!(stem.len() > tag.len() + 1 || folded.is_empty());
                memo.turn_to(language);
                for _ in 0..2 {
                    let mut remembered = String::new();
                    memo.push_stem(&folded, &mut remembered);
                    prop_assert_eq!(&remembered, &stem);
                }
            }
        }

        #[test]
        fn a_full_memo_still_tells_the_truth(words in prop::collection::vec(("[a-z]{1,60}|[a-d]{1,3}(s|ing|ly)", "en|de|ru"), 1..60)) {
            let mut memo = Memo::of_size(4);
            for (form, tag) in words.iter().chain(&words) {
                let language = Language::from_tag(tag).unwrap();
                memo.turn_to(language);
                let mut remembered = String::new();
                memo.push_stem(form, &mut remembered);
                prop_assert_eq!(remembered, stem_of(form, language));
            }
        }
    }
}
