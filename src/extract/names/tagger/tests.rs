//! Tests of the tagger: format, legality, sameness, and names in invented sentences.

use proptest::prelude::*;

use super::{
    ENGLISH, Tagger,
    feature::FEATURES,
    label::{self, LABELS, Label},
    model::{Contents, Model},
    path::{Path, Scores, Steps},
};
use crate::{
    article::{Origin, Part, PartKind},
    entity::EntityKind,
    extract::{
        names::{Name, Recogniser},
        page::Page,
    },
    text::{self, Language},
};

fn names(text: &str, language: Language) -> Vec<(String, Name)> {
    let whole = 0..text.len();
    let parts = [Part { kind: PartKind::Body, span: whole.clone(), origin: Origin::on_line(1) }];
    let analysis = text::analyse(text, std::slice::from_ref(&whole), language);
    let page = Page { text, parts: &parts, analysis: &analysis, language, published: None };
    let names = (&Tagger::new(ENGLISH).unwrap()).names(&page);
    names.into_iter().map(|name| (text[page.bytes(&name.words)].to_owned(), name)).collect()
}

fn check(text: &str, expected: &[(&str, EntityKind)]) {
    let names = names(text, Language::ENGLISH);
    let found: Vec<_> = names.iter().map(|(printed, name)| (printed.as_str(), name.kind)).collect();
    assert_eq!(found, expected, "{text}");
    assert!(names.iter().all(|(_, name)| (0.6..=1.0).contains(&name.confidence) && name.rule == "tagger"));
}

#[test]
fn names_in_sentences() {
    use EntityKind::{Org, Person, Place};
    check("A ferry left the harbour early.", &[]);
    check("The minister met Anna Keller in Berlin.", &[("Anna Keller", Person), ("Berlin", Place)]);
    check("Officials said Robert Hayes lives in France.", &[("Robert Hayes", Person), ("France", Place)]);
    check("She studied at the University of Helsinki.", &[("University of Helsinki", Org)]);
}

#[test]
fn other_languages_have_no_names_here() {
    assert_eq!(names("Anna Keller traf Robert Hayes in Berlin.", Language::from_tag("de").unwrap()), []);
    assert_eq!(names("", Language::ENGLISH), []);
}

#[test]
fn the_committed_model_is_small_and_readable() {
    assert!(ENGLISH.len() <= 3_000_000, "{} bytes", ENGLISH.len());
    assert!(Tagger::new(ENGLISH).is_ok());
    assert!(Model::new(&ENGLISH[..ENGLISH.len() - 1]).is_err());
    assert!(Model::new(&[]).is_err());
}

#[test]
fn what_is_written_is_read() {
    let contents = Contents {
        lines: 3,
        lexicon: super::lexicon::write(&[(7 << 40 | 5, 1), (9 << 50, 6)].into()),
        sure: 12,
        scales: (1..=FEATURES as u16).collect(),
        steps: (0..=LABELS as i32).map(|row| [row; LABELS]).collect(),
        weights: vec![(1 << 20, [-3; LABELS]), (1 << 63, [5; LABELS])],
    };
    let bytes = contents.write();
    let model = Model::new(&bytes).unwrap();
    assert_eq!([7 << 40 | 5, 9 << 50, 8].map(|hash| model.lexicon.flags(hash)), [1, 6, 0]);
    let mut scores = [0; LABELS];
    model.add(&[1 << 63, 0, 1 << 20, 12345], 1, &mut scores);
    assert_eq!(scores, [5 * 2 - 3 * 4; LABELS]);
    assert_eq!(model.sure, 12);
}

fn steps(scores: &[i32]) -> Steps {
    Steps::new(|before, label| scores[before.map_or(LABELS, Label::number) * LABELS + label.number()])
}

fn score(labels: &[Label], words: &[Scores], steps: &[i32]) -> i32 {
    let mut before = LABELS;
    let mut sum = 0;
    for (label, word) in labels.iter().zip(words) {
        sum += word[label.number()] + steps[before * LABELS + label.number()];
        before = label.number();
    }
    sum
}

fn is_legal(labels: &[Label]) -> bool {
    let before = std::iter::once(&Label::OUTSIDE).chain(labels);
    labels.iter().zip(before).all(|(label, before)| label.may_follow(*before))
        && labels.last().is_none_or(|last| !last.is_open())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn labels_are_legal_and_no_others_score_more(
        words in prop::collection::vec(prop::array::uniform14(-1_000_000..1_000_000), 0..3),
        scores in prop::collection::vec(-1_000_000..1_000_000, LABELS * (LABELS + 1)),
    ) {
        let mut path = Path::default();
        let labels = path.labels(&words, &steps(&scores));
        prop_assert!(is_legal(&labels));
        let best = score(&labels, &words, &scores);
        let margins = path.margins(&words, &steps(&scores), &labels);
        let mut next = vec![i32::MAX; words.len()];
        for number in 0..LABELS.pow(words.len() as u32) {
            let digit = |at: u32| Label::all().nth(number / LABELS.pow(at) % LABELS).unwrap();
            let others: Vec<Label> = (0..words.len() as u32).map(digit).collect();
            if is_legal(&others) {
                let worse = best - score(&others, &words, &scores);
                prop_assert!(worse >= 0);
                for at in (0..words.len()).filter(|at| others[*at] != labels[*at]) {
                    next[at] = next[at].min(worse);
                }
            }
        }
        prop_assert_eq!(margins, next);
    }

    #[test]
    fn long_sentences_stay_legal(word in prop::array::uniform14(-10_000_000..10_000_000), words in 500_usize..1000) {
        let words = vec![word; words];
        let labels = Path::default().labels(&words, &steps(&[0; LABELS * (LABELS + 1)]));
        prop_assert!(is_legal(&labels));
        prop_assert!(label::names(&labels).all(|(words, _)| !words.is_empty()));
    }

    #[test]
    fn the_same_text_has_the_same_names(text in "([A-Z]?[a-z]{1,8}[ .,\n]{1,2}){0,30}") {
        let once = names(&text, Language::ENGLISH);
        prop_assert!(once.windows(2).all(|pair| pair[0].1.words.end <= pair[1].1.words.start));
        prop_assert_eq!(once, names(&text, Language::ENGLISH));
    }
}
