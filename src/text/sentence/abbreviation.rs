//! Abbreviations: whether a sentence goes on behind the dot of one.
//!
//! It never sees more than the word before the dot and the word behind it.

use crate::text::Language;

/// Whether the dot between `word` and `next`, both as printed, is no end of a sentence.
pub(super) fn goes_on(word: &str, next: &str, language: Language) -> bool {
    let lower = word.to_lowercase();
    let is_capital = word.starts_with(char::is_uppercase);
    if has_ordinal_dots(language) && word.len() <= 2 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    if TITLES.contains(&lower.as_str()) {
        return is_capital || ALWAYS_SHORT.contains(&lower.as_str());
    }
    if NUMBERED.contains(&lower.as_str()) {
        return next.starts_with(|c: char| c.is_ascii_digit());
    }
    let is_initial = is_capital && word.chars().nth(1).is_none() && word != "I";
    let is_short = (is_capital && CAPITALISED.contains(&lower.as_str()))
        || ALWAYS_SHORT.contains(&lower.as_str())
        || is_initial
        || is_dotted(word);
    is_short && !OPENERS.contains(&next)
}

/// Languages that print 3. for third.
fn has_ordinal_dots(language: Language) -> bool {
    matches!(
        language.tag(),
        "bs" | "cs"
            | "da"
            | "de"
            | "et"
            | "fi"
            | "fo"
            | "hr"
            | "hu"
            | "is"
            | "lb"
            | "lv"
            | "nb"
            | "nn"
            | "no"
            | "pl"
            | "sk"
            | "sl"
            | "sr"
            | "tr"
    )
}

fn is_dotted(word: &str) -> bool {
    word.contains('.') && !word.contains(char::is_numeric)
}

/// A name follows, always.
const TITLES: &[&str] = &[
    "adm", "amb", "asst", "atty", "brig", "capt", "cdr", "cmdr", "col", "cpl", "cpt", "det", "dir", "dr", "drs", "fr",
    "gen", "gov", "hon", "hr", "insp", "lt", "maj", "mgr", "mlle", "mme", "mmes", "mons", "mr", "mrs", "ms", "msgr",
    "mx", "ofc", "pfc", "pres", "prof", "pvt", "rep", "reps", "rev", "sen", "sens", "sgt", "sig", "sra", "srta",
    "supt", "vs",
];

/// A number follows.
const NUMBERED: &[&str] =
    &["no", "nos", "nr", "núm", "fig", "figs", "vol", "vols", "p", "pp", "art", "arts", "ch", "sec", "para"];

/// Abbreviations also, or only, in lower case.
const ALWAYS_SHORT: &[&str] = &[
    "al", "approx", "bzw", "ca", "cf", "dept", "dr", "drs", "esp", "est", "etc", "incl", "mr", "mrs", "ms", "prof",
    "resp", "sog", "usw", "viz", "vs",
];

/// Abbreviations with a capital, which may also end a sentence.
const CAPITALISED: &[&str] = &[
    "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed",
    "thu", "thur", "thurs", "fri", "st", "ste", "mt", "ft", "ave", "blvd", "rd", "inc", "co", "corp", "ltd", "bros",
    "plc", "jr", "sr", "ph", "dept", "univ", "assn", "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga",
    "ill", "ind", "kan", "ky", "la", "md", "mass", "mich", "minn", "miss", "mo", "mont", "neb", "nev", "okla", "ore",
    "pa", "penn", "tenn", "tex", "va", "vt", "wash", "wis", "wyo",
];

/// Words that begin a sentence rather than a name.
const OPENERS: &[&str] = &[
    "A",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "As",
    "At",
    "Before",
    "Both",
    "But",
    "By",
    "Despite",
    "During",
    "Earlier",
    "For",
    "From",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "No",
    "Now",
    "On",
    "One",
    "Or",
    "Other",
    "Others",
    "Our",
    "She",
    "Since",
    "So",
    "Some",
    "Still",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "To",
    "Under",
    "Until",
    "We",
    "What",
    "When",
    "Where",
    "While",
    "Who",
    "Why",
    "With",
    "Yet",
    "You",
    "Der",
    "Die",
    "Das",
    "Er",
    "Sie",
    "Es",
    "Ein",
    "Eine",
    "Le",
    "Les",
    "Il",
    "Elle",
    "El",
    "Los",
    "Las",
];
