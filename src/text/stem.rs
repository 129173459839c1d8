//! Stems: what the forms of a word have in common, with the language's tag before it (`en:hous`).
//!
//! It sees folded forms only, and never decides which of them are searched.

mod josa;

use frostem::{Algorithm, Stemmer};

use super::Language;

/// The tagged stem of a folded form: `en:hous` for house. Forms with digits, and those of languages without a stemmer,
/// are their own stem; Korean ones are what is left without their particles.
pub fn stem_of(form: &str, language: Language) -> String {
    let mut out = String::with_capacity(form.len() + 4);
    out.push_str(language.tag());
    out.push(':');
    if language.tag() == "ko" {
        out.push_str(josa::bare(form));
        return out;
    }
    match row_of(language).and_then(with_algorithm) {
        Some((_, algorithm)) => push_stem(algorithm, form, &mut out),
        None => out.push_str(form),
    }
    out
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
        check("협정에서는", "ko", "ko:협정");
        check("협정에서는", "ja", "ja:협정에서는");
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
        fn every_stemmer_stems_everything(form in "\\PC{0,12}|[а-яё]{1,12}|[a-z]{1,12}|[\u{600}-\u{6ff}]{1,9}|[α-ω]{1,12}|[가-힣]{1,6}[은는이가을를에의도]{0,3}") {
            for tag in STEMMERS.iter().map(|(tag, _)| *tag).chain(["ko"]) {
                let language = Language::from_tag(tag).unwrap();
                let folded = crate::text::fold(&form);
                let stem = stem_of(&folded, language);
                prop_assert!(stem.len() > tag.len() + 1 || folded.is_empty());
            }
        }
    }
}
