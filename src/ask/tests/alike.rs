//! Names by their spelling, in an archive of a few names.

use super::resolved::{Names, names, request, shown};
use crate::{
    ask::plan,
    error::Result,
    field::Field,
    plan::{Candidate, Expansion, Spelling},
    text::fold_words,
};

/// Whether a pattern of letters, `?` and `*` fits a word.
fn fits(pattern: &[char], word: &[char]) -> bool {
    match (pattern.split_first(), word.split_first()) {
        (None, None) => true,
        (Some(('*', rest)), _) => (0..=word.len()).any(|from| fits(rest, &word[from..])),
        (Some((sign, rest)), Some((letter, word))) => (*sign == '?' || sign == letter) && fits(rest, word),
        _ => false,
    }
}

/// What the names of these tests answer.
pub(super) fn alike(field: Field, steps: &[Vec<Expansion>]) -> Result<Vec<Candidate>> {
    let is_word = |asked: &Expansion, word: &String| match asked.spelling {
        Spelling::Fuzzy(most) => strsim::osa_distance(&asked.text, word) <= most.into(),
        Spelling::Regex => asked.text == *word,
        _ => fits(&asked.text.chars().collect::<Vec<_>>(), &word.chars().collect::<Vec<_>>()),
    };
    let holds = |asked: &Vec<Expansion>, step: &str| {
        asked.iter().all(|asked| fold_words(step).iter().any(|word| is_word(asked, word)))
    };
    let is_meant = |value: &str| {
        let levels: Vec<&str> = value.split('/').collect();
        let last = levels.len().checked_sub(steps.len()).map(|from| &levels[from..]);
        last.is_some_and(|last| steps.iter().zip(last).all(|(asked, step)| holds(asked, step)))
    };
    Ok(names(field).filter(|candidate| is_meant(&candidate.value)).collect())
}

#[test]
fn signs_stand_for_letters_of_names() {
    let check = |typed: &str, expected: &str, notes: &[&str]| {
        let plan = plan(&request(&[typed]), &Names).unwrap_or_else(|error| panic!("{typed}: {error}"));
        assert_eq!(shown(&plan.root), expected, "{typed}");
        assert_eq!(plan.notes, notes, "{typed}");
        assert_eq!(plan.read_as, typed);
    };
    let several = "“mor*” is 3 people: Ada Moran 12, Peter Moran 3, Moran Hale 1: add person:\"Ada Moran\" to choose";
    check("person:mor*", "Person[\"Ada Moran\", \"Peter Moran\", \"Moran Hale\"]", &[several]);
    check("person:Qu?ll", "Person[\"Ines Quill\"]", &[]);
    check("person:QUIL~1", "Person[\"Ines Quill\"]", &[]);
    check("person:/quill/", "Person[\"Ines Quill\"]", &[]);
    check("person:*ill,ada", "Person[\"Ines Quill\", \"Ada Moran\"]", &[]);
    check("-person:*ill", "not(Person[\"Ines Quill\"])", &[]);
    check("envoy /s person:qu*", "[envoy Sentence Person[\"Ines Quill\"]]", &[]);
    check("place:W*", "Place[\"Marland/Lower Vale/Wick\"]", &[]);
    check("place:mar*/lower/?ick", "Place[\"Marland/Lower Vale/Wick\"]", &[]);
    check("place:marland/*/w*", "Place[\"Marland/Lower Vale/Wick\"]", &[]);
    check("org:w*r", "Org[\"Vale Water\"]", &[]);
    check("source:cour*", "Is(Source, [\"Northern Courier\"])", &[]);
}

#[test]
fn a_spelling_that_nobody_has_is_an_error() {
    for (typed, expected) in [
        ("person:zz*", "no person here is called “zz*”"),
        ("person:**", "holds no letter"),
        ("place:*/?", "no place here is called “*/?”"),
        ("place:Vale/Wick~1", "belongs to a single word"),
    ] {
        let error = plan(&request(&[typed]), &Names).unwrap_err();
        assert!(error.what().contains(expected), "{typed}: {error}");
    }
}
