//! Tables and properties of `tokenise`.

use proptest::prelude::*;

use super::*;
use crate::text::fold;

fn language(tag: &str) -> Language {
    Language::from_tag(tag).unwrap()
}

/// Words side by side with a blank between; parts after `/`, acronyms after `^`.
fn shown(tokens: &Tokens) -> String {
    let word = |word: &Word| {
        let forms = tokens.forms(word).map(|form| match form.kind {
            FormKind::Joined => form.text.to_owned(),
            FormKind::Part => format!("/{}", form.text),
            FormKind::Acronym => format!("^{}", form.text),
        });
        forms.collect::<String>()
    };
    tokens.words().iter().map(word).collect::<Vec<_>>().join(" ")
}

fn check(input: &str, expected: &str) {
    assert_eq!(shown(&tokenise(input, Language::ENGLISH)), expected, "{input:?}");
}

#[test]
fn apostrophes_join() {
    check("Trump's O’Brien don't O`Neill", "trumps obrien dont oneill");
    check("rock'n'roll Hawaiʻi ŉ", "rocknroll hawaii n");
    check("'quoted' the traders' ‘single’", "quoted the traders single");
    check("it''s", "it s");
    check("Straße’s naïve café’s", "strasses naive cafes");
}

#[test]
fn hyphens_join_and_keep_their_parts() {
    check("cease-fire", "ceasefire/cease/fire");
    check("cease‐fire cease\u{2011}fire's", "ceasefire/cease/fire ceasefires/cease/fires");
    check("Börſen⸗Zeitung", "borsenzeitung/borsen/zeitung");
    check("war—peace war–peace war - peace -x- --", "war peace war peace war peace x");
    check("up-to-the-minute", "uptotheminute/up/to/the/minute");
    check("a-b-c-d-e", "a b c d e");
    check("the F-16 COVID-19 mid-1985", "the f16/f/16 covid19/covid/19^COVID mid1985/mid/1985");
    check("1985-1990 2024-05-01 555-1234-x", "1985 1990 2024 05 01 555 1234x/1234/x");
    check("nego\u{ad}tiate \u{ad}x\u{ad} y", "negotiate x y");
}

#[test]
fn line_ends_join_lower_case() {
    check("nego-\ntiations", "negotiations/nego/tiations");
    check("nego-\r\n   tiations", "negotiations/nego/tiations");
    check("nego¬\ntiations a¬b", "negotiations/nego/tiations a b");
    check("nego\u{ad}\ntiations", "negotiations/nego/tiations");
    check("Smith-\nJones", "smith jones");
    check("1985-\nto", "1985 to");
    check("end -\nnext", "end next");
    check("nego-\n\ntiations", "nego tiations");
}

#[test]
fn acronyms_are_told_from_words() {
    check("the U.S. and us", "the us^US and us");
    check("the U.S.A. at 5 p.m. today", "the usa^USA at 5 pm^PM today");
    check("the US-led U.S.-led force", "the usled/us/led^US usled/us/led^US force");
    check("he said NATO’s U.S.’s UNESCO", "he said natos^NATO uss^US unesco");
    check("the G7 I TV2 ABCDE", "the g7 i tv2 abcde^ABCDE");
    check("we in СССР and США", "we in ссср^СССР and сша^США");
    check("AID FOR U.S. ARMY", "aid for us^US army");
    check("US", "us");
    check("US GDP up", "us^US gdp^GDP up");
    check("j.smith J.R.R. Tolkien e.g. this", "j smith jrr^JRR tolkien eg^EG this");
    check("AT&T at a R&D lab, you&me", "att/at/t^AT at a rd/r/d lab you me");
    let query = tokenise_query("US", Language::ENGLISH);
    assert_eq!(shown(&query), "us^US");
    assert_eq!(shown(&tokenise_query("us", Language::ENGLISH)), "us");
}

#[test]
fn numbers() {
    check("1,798 1,234,567.50 12,34 1,2345 1234,567", "1798 1234567.50 12 34 1 2345 1234 567");
    check("3.5 3.5bn 1.5.2024 192.168.0.1 .5 5.", "3.5 3.5bn 1 5 2024 192 168 0 1 5 5");
    check("13:30 2nd B2B $5 5% ½ 1'000 m²", "13 30 2nd b2b 5 5 1000 m2");
}

#[test]
fn everything_else_separates() {
    check("snake_case a@b.org and/or (x) [y]…z", "snake case a b org and or x y z");
    check("😀 🇺🇸 ☃ → = \u{301} -", "");
    check("", "");
    check(" \t\n.,-'&", "");
    check("x\u{200b}y zero\u{200d}width", "x y zerowidth");
}

#[test]
fn scripts() {
    check("ﬁne e\u{301}te\u{301} ＡＢ１ Łódź İzmir", "fine ete ab1 lodz izmir");
    check("和平协议 ガザ停戦", "和 平 协 议 ガ サ 停 戦".replace('サ', "ザ").as_str());
    check("か\u{3099}ｶﾞ", "が ガ");
    check("第3回", "第 3 回");
    check("ไทยน้ำ", "ไ ท ย น้ \u{e4d}า");
    check("휴전 협상", "휴전 협상");
    check("هدنة كِتَـاب", "هدنة كتاب");
    check("हिन्दी में", "हिन्दी में");
    check("майские Ёлки", "майские елки");
}

#[test]
fn elisions_are_split_where_they_are_grammar() {
    let check = |tag: &str, input: &str, expected: &str| {
        assert_eq!(shown(&tokenise(input, language(tag))), expected, "{input:?}");
    };
    check("fr", "l'homme qu’il aujourd'hui d'Artagnan", "l homme qu il aujourdhui d artagnan");
    check("it", "dell'accordo un'altra", "dell accordo un altra");
    check("ca", "l'home d'Urgell", "l home d urgell");
    check("en", "l'homme d'Artagnan", "lhomme dartagnan");
}

#[test]
fn possessives_need_a_printed_apostrophe() {
    let check = |input: &str, expected: Option<&str>| {
        let tokens = tokenise(input, Language::ENGLISH);
        assert_eq!(tokens.possessive_base(&tokens.words()[0]), expected, "{input:?}");
    };
    check("Trump's", Some("trump"));
    check("Trump’s,", Some("trump"));
    check("TRUMP'S", Some("trump"));
    check("U.S.'s", Some("us"));
    check("Cease-Fire's", Some("ceasefire"));
    check("Trumps", None);
    check("O'Sullivan", None);
    check("don't", None);
    check("James'", None);
}

#[test]
fn names_compare_by_their_words() {
    let check = |input: &str, expected: &[&str]| assert_eq!(fold_words(input), expected, "{input:?}");
    check("James-Baker", &["james", "baker"]);
    check("james baker", &["james", "baker"]);
    check("Jean‑Paul d'Estaing, Jr.", &["jean", "paul", "destaing", "jr"]);
    check("Wit-\nkoff", &["witkoff"]);
    check("U.S. Grant", &["us", "grant"]);
    check("J.R.R. TOLKIEN", &["jrr", "tolkien"]);
}

#[test]
fn spans_are_what_is_printed() {
    let text = "The “U.S.” and Trump’s cease-fire, 1,798.";
    let tokens = tokenise(text, Language::ENGLISH);
    let printed: Vec<&str> = tokens.words().iter().map(|word| &text[word.span()]).collect();
    assert_eq!(printed, ["The", "U.S", "and", "Trump’s", "cease-fire", "1,798"]);
}

#[test]
fn long_forms_are_cut_at_a_character() {
    let tokens = tokenise(&["a", &"я".repeat(300)].concat(), Language::ENGLISH);
    assert_eq!(tokens.words().len(), 1);
    assert_eq!(tokens.joined(&tokens.words()[0]).len(), LONGEST_FORM);
}

/// Bits of text that meet every rule.
const NASTY: [&str; 36] = [
    "a",
    "U.",
    "S.",
    "TV",
    "'s",
    "’",
    "-",
    "\n",
    "\u{ad}",
    "1",
    "234",
    ",",
    ".",
    " ",
    "é",
    "e\u{301}",
    "和",
    "น้",
    "か\u{3099}",
    "한",
    "\u{1112}",
    "\u{1161}",
    "और",
    "كِ",
    "ـ",
    "&",
    "B",
    "l'",
    "ﬁ",
    "ß",
    "ｶ",
    "ﾞ",
    "\u{200d}",
    "😀",
    "\u{301}",
    "и\u{306}",
];

/// Some of them, in random order.
fn nasty() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&NASTY[..]), 0..24).prop_map(|bits| bits.concat())
}

fn check_properties(text: &str, tokens: &Tokens) -> Result<(), TestCaseError> {
    let mut end = 0;
    for (word, pos) in tokens.words().iter().zip(0..) {
        prop_assert!(text.get(word.span()).is_some_and(|printed| !printed.is_empty()), "{word:?}");
        prop_assert!(word.start >= end && word.pos == pos, "{word:?}");
        end = word.end;
        let forms: Vec<Form<'_>> = tokens.forms(word).collect();
        prop_assert!(forms[0].kind == FormKind::Joined);
        for form in forms {
            prop_assert!(!form.text.is_empty());
            if form.kind != FormKind::Acronym {
                prop_assert_eq!(fold(form.text), form.text);
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn words_ascend_and_forms_are_folded(text in prop_oneof![nasty(), "\\PC{0,60}"], tag in "en|fr|th") {
        check_properties(&text, &tokenise(&text, language(&tag)))?;
        check_properties(&text, &tokenise_query(&text, language(&tag)))?;
    }

    #[test]
    fn plain_words_come_back(words in prop::collection::vec("[a-z]{1,8}", 0..12)) {
        let tokens = tokenise(&words.join(", "), Language::ENGLISH);
        let joined: Vec<&str> = tokens.words().iter().map(|word| tokens.joined(word)).collect();
        prop_assert_eq!(joined, words);
    }
}
