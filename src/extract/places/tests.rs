//! What is found and which place is meant, from texts of our own. It never looks at files.

use super::*;
use crate::{
    article::{Origin, Part, PartKind},
    text::{Language, analyse},
};

fn check(text: &str, expected: &[&str]) {
    let part = Part { kind: PartKind::Body, span: 0..text.len(), origin: Origin::on_line(1) };
    let analysis = analyse(text, std::slice::from_ref(&part.span), Language::ENGLISH);
    let page = Page { text, parts: &[part], analysis: &analysis, language: Language::ENGLISH, published: None };
    let (gazetteers, _) = Gazetteers::new(None, None);
    let found: Vec<Mention> = find(&page, &[], &gazetteers).collect();
    let found: Vec<String> = found.iter().map(|mention| format!("{}={}", mention.surface, mention.entity)).collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn places_are_found_and_told_apart() {
    check(
        "The envoy left Moscow for Sudzha, a town in the Kursk region of Russia.",
        &[
            "Moscow=Russia/Moscow/Moscow",
            "Sudzha=Russia/Kursk Oblast/Sudzha",
            "Kursk=Russia/Kursk Oblast",
            "Russia=Russia",
        ],
    );
    check(
        "He was born in Leningrad and served in Dresden, East Germany.",
        &[
            "Leningrad=Russia/Saint Petersburg/Saint Petersburg",
            "Dresden=Germany/Saxony/Dresden",
            "East Germany=East Germany",
        ],
    );
    check("They met in Paris, Texas.", &["Paris=United States/Texas/Paris", "Texas=United States/Texas"]);
    check(
        "The U.S. and Georgia signed. Tbilisi was pleased.",
        &["U.S.=United States", "Georgia=Georgia", "Tbilisi=Georgia/Tbilisi"],
    );
    check(
        "Voters in Atlanta and Savannah, Ga., know that Georgia counts.",
        &[
            "Atlanta=United States/Georgia/Atlanta",
            "Savannah=United States/Georgia/Savannah",
            "Ga.=United States/Georgia",
            "Georgia=United States/Georgia",
        ],
    );
}

#[test]
fn words_that_are_no_places() {
    check("Reading is nice. Mobile phones of us all are on the March.", &[]);
    check("Mr. Lincoln read the Kansas City Star and the New York Times at Boston University.", &[]);
    check("Jack London wrote; Paris Hilton sang.", &[]);
}
