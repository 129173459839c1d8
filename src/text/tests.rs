//! What an analysis promises as a whole, and the seal on its rules.

use proptest::prelude::*;

use super::*;

const NASTY: &str = "WASHINGTON (AP) — The U.S. Army’s cease-fire nego-\ntiations with O'Brien, Jr. ended at 5 p.m. Tuesday.\n\n\
    “It’s 1,798.50 — no, 3.5bn,” he said… AT&T and NATO's US-led F-16s (1985-1990) hit Łódź, Kraków & Çeşme.\n\
    \tDie Straße; ŒUVRE; ﬁn; ＡＢＣ; Ёлка майская; ΟΔΟΣ; كِتَـاب; हिन्दी; น้ำ; 和平。ガザ; 휴전은 휴전만; Kazakhstan-born a-b-c-d-e.";

fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap()
}

#[test]
fn the_fingerprint_stands_for_what_comes_out() {
    let mut hash = blake3::Hasher::new();
    for tag in ["en", "fr", "de", "es", "ru", "ja", "ko"] {
        let analysis = analyse(NASTY, &[0..13, 13..NASTY.len()], language(tag));
        for word in analysis.words() {
            for form in analysis.tokens.forms(word) {
                let printed = printed_form(&analysis.tokens, word, &form);
                let stem = stem_of_printed(&printed, language(tag));
                hash.update(format!("{} {} {} {printed} {stem:?}\n", word.start, word.end, word.pos).as_bytes());
            }
        }
        hash.update(format!("{:?} {:?}\n", analysis.sentences, analysis.paragraphs).as_bytes());
    }
    // When this fails and the new output is wanted: raise the number in FINGERPRINT, then note the new hash here.
    let sealed = ("text-7 frostem-2.20261016.1", "44f5609edacec189");
    assert_eq!((FINGERPRINT, &hash.finalize().to_hex()[..16]), sealed);
}

#[test]
fn the_fingerprint_names_the_stemmer_in_use() {
    let version = FINGERPRINT.split_once("frostem-").unwrap().1;
    assert!(include_str!("../../Cargo.toml").contains(&format!("frostem = \"={version}\"")));
}

#[test]
fn parts_are_far_apart() {
    let text = "Headline here|Body of two. More||Caption";
    let parts = [0..13, 14..31, 32..32, 33..40];
    let analysis = analyse(text, &parts, Language::ENGLISH);
    let positions: Vec<u32> = analysis.words().iter().map(|word| word.pos).collect();
    assert_eq!(positions, [0, 1, 1001, 1002, 1003, 1004, 2004]);
    assert_eq!(analysis.part_starts, [0, 2, 6, 6]);
    assert_eq!(analysis.sentences, [0, 2, 5, 6]);
    assert_eq!(analysis.paragraphs, [0, 2, 6]);
}

#[test]
fn a_part_beside_the_text_has_no_words() {
    let analysis = analyse("é one", &[1..5, 3..99, 0..2], Language::ENGLISH);
    assert_eq!(analysis.words().len(), 1);
    assert_eq!(analysis.part_starts, [0, 0, 0]);
}

#[test]
fn capitals_are_judged_part_by_part() {
    let text = "AID FOR US ARMY the army of the US";
    let analysis = analyse(text, &[0..15, 16..34], Language::ENGLISH);
    let mut acronyms = Vec::new();
    for word in analysis.words() {
        let forms = analysis.tokens.forms(word).filter(|form| form.kind == FormKind::Acronym);
        acronyms.extend(forms.map(|form| (word.start, form.text.to_owned())));
    }
    assert_eq!(acronyms, [(32, "US".to_owned())]);
}

type Seen = Vec<(u32, u32, Vec<(String, FormKind)>)>;

fn seen(analysis: &Analysis) -> Seen {
    let forms = |word| analysis.tokens.forms(word).map(|form| (form.text.to_owned(), form.kind));
    analysis.words().iter().map(|word| (word.start, word.end, forms(word).collect())).collect()
}

proptest! {
    #[test]
    fn parts_together_are_parts_alone(
        parts in prop::collection::vec("([A-Za-zé'’.,-]{1,9}|[ \n.!?\"]|和|\\PC){0,20}", 1..5),
        tag in "en|fr|ru|ja",
    ) {
        let text = parts.concat();
        let mut at = 0;
        let ranges: Vec<Range<usize>> = parts.iter().map(|part| {
            let start = at;
            at += part.len();
            start..at
        }).collect();
        let together = analyse(&text, &ranges, language(&tag));
        let mut alone = Vec::new();
        for (range, first) in ranges.iter().zip(&together.part_starts) {
            prop_assert_eq!(*first as usize, alone.len());
            let analysis = analyse(&text, std::slice::from_ref(range), language(&tag));
            alone.extend(seen(&analysis));
        }
        prop_assert_eq!(seen(&together), alone);
        prop_assert!(together.sentences.is_sorted_by(|a, b| a < b));
        prop_assert!(together.paragraphs.is_sorted_by(|a, b| a < b));
        prop_assert!(together.paragraphs.iter().all(|start| together.sentences.contains(start)));
        prop_assert!(together.sentences.iter().all(|&start| (start as usize) < together.words().len()));
        prop_assert!(together.words().is_sorted_by(|a, b| a.pos < b.pos && a.end <= b.start));
    }

    #[test]
    fn an_analysis_agrees_with_the_plain_functions(text in "([A-Z]{0,3}[a-zäé]{1,9}[ '.-]{1,2}){0,12}") {
        let all = 0..text.len();
        let analysis = analyse(&text, std::slice::from_ref(&all), Language::ENGLISH);
        prop_assert_eq!(&analysis.tokens, &tokenise(&text, Language::ENGLISH));
        prop_assert_eq!(&analysis.tokens, &tokenise_parts(&text, std::slice::from_ref(&all), Language::ENGLISH));
    }
}
