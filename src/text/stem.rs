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
    match row_of(language).and_then(with_algorithm) {
        Some((_, algorithm)) => push_stem(algorithm, form, &mut out),
        None => out.push_str(form),
    }
    out
}

/// A bounded memory of stems, for one thread.
#[derive(Debug)]
pub(super) struct Memo {
    language: Language,
    /// The row of `STEMMERS`; none for a language without a stemmer.
    row: Option<u8>,
    pairs: Vec<Pair>,
}

/// A power of two.
const PAIRS: usize = 1 << 15;
/// Longer forms are stemmed anew each time.
const LONGEST_KEY: usize = 24;
const LONGEST_ENDING: usize = 4;

/// Two forms with the same hash, the newer first: one cache line.
#[derive(Debug, Clone, Copy, Default)]
#[repr(align(64))]
struct Pair([Slot; 2]);

/// A form and its stem: the form's first `keep` bytes and an ASCII ending.
#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    key: Key,
    keep: u8,
    ending_len: u8,
    ending: [u8; LONGEST_ENDING],
}

/// A form and the row of its stemmer, ready to compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Key {
    words: [u64; LONGEST_KEY / 8],
    len: u8,
    row: u8,
}

impl Memo {
    pub(super) fn new() -> Self {
        Self::of_size(PAIRS)
    }

    fn of_size(pairs: usize) -> Self {
        Self { language: Language::ENGLISH, row: row_of(Language::ENGLISH), pairs: vec![Pair::default(); pairs] }
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
        let Some((row, algorithm)) = self.row.and_then(with_algorithm) else {
            return out.push_str(form);
        };
        let Some(key) = Key::new(row, form) else {
            return push_stem(algorithm, form, out);
        };
        let at = key.hash() & (self.pairs.len() - 1);
        if let Some(slot) = self.pairs.get(at).and_then(|pair| pair.0.iter().find(|slot| slot.key == key)) {
            return slot.push_stem(form, out);
        }
        let from = out.len();
        push_stem(algorithm, form, out);
        let new = out.get(from..).and_then(|stem| Slot::new(key, form, stem));
        if let (Some(new), Some(pair)) = (new, self.pairs.get_mut(at)) {
            let [first, _] = pair.0;
            pair.0 = [new, first];
        }
    }
}

impl Key {
    fn new(row: u8, form: &str) -> Option<Self> {
        let mut bytes = [0; LONGEST_KEY];
        bytes.get_mut(..form.len())?.copy_from_slice(form.as_bytes());
        let (words, _) = bytes.as_chunks::<8>();
        let [a, b, c] = words else { return None };
        Some(Self { words: [a, b, c].map(|word| u64::from_le_bytes(*word)), len: form.len() as u8, row })
    }

    /// Collisions cost time, never a wrong stem.
    fn hash(&self) -> usize {
        const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
        let start = u64::from(self.row);
        let mixed = self.words.iter().fold(start, |state, word| (state.rotate_left(23) ^ word).wrapping_mul(FACTOR));
        (mixed >> 40) as usize
    }
}

impl Slot {
    fn new(key: Key, form: &str, stem: &str) -> Option<Self> {
        let differs = form.char_indices().zip(stem.chars()).find(|((_, a), b)| a != b);
        let keep = differs.map_or(form.len().min(stem.len()), |((at, _), _)| at);
        let text = stem.get(keep..).filter(|ending| ending.is_ascii())?;
        let mut ending = [0; LONGEST_ENDING];
        ending.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { key, keep: keep as u8, ending_len: text.len() as u8, ending })
    }

    fn push_stem(&self, form: &str, out: &mut String) {
        out.push_str(form.get(..usize::from(self.keep)).unwrap_or(form));
        for byte in self.ending.iter().take(usize::from(self.ending_len)) {
            out.push(char::from(*byte));
        }
    }
}

fn has_digit(form: &str) -> bool {
    if form.is_ascii() { form.bytes().any(|byte| byte.is_ascii_digit()) } else { form.contains(char::is_numeric) }
}

fn push_stem(algorithm: Algorithm, form: &str, out: &mut String) {
    if has_digit(form) {
        return out.push_str(form);
    }
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
            let mut memo = Memo::of_size(2);
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
