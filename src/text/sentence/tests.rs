//! Tables of where sentences and paragraphs begin.

use crate::text::{Language, analyse};

/// The printed first words of sentences (`.`) and paragraphs (`¶`).
fn starts(text: &str, tag: &str) -> String {
    let analysis = analyse(text, std::slice::from_ref(&(0..text.len())), Language::from_tag(tag).unwrap());
    let shown = analysis.sentences.iter().map(|index| {
        let mark = if analysis.paragraphs.contains(index) { "¶" } else { "." };
        [mark, &text[analysis.words()[*index as usize].span()]].concat()
    });
    shown.collect::<Vec<_>>().join(" ")
}

fn check(text: &str, expected: &str) {
    assert_eq!(starts(text, "en"), expected, "{text:?}");
}

#[test]
fn sentences_end() {
    check("One fell. Two rose! Three? Four… Five", "¶One .Two .Three .Four .Five");
    check("He left. “We won.” (She stayed.) Then", "¶He .We .She .Then");
    check("It fell. 12 died. \"and so on\" said he", "¶It .12 .and");
    check("“Stop!” he said. “Why?” asked Ann.", "¶Stop .Why");
    check("At 3.5 percent, e.g. this, it fell.com now", "¶At");
    check("He said . . . nothing. Then", "¶He .Then");
    check("和平。停戦！次", "¶和 .停 .次");
    check("वह गया। वह आया", "¶वह .वह");
    check("Inc., Which", "¶Inc");
    check("They left.Nobody came.”Then Hill.TV and www.example.Com", "¶They .Nobody .Then");
}

#[test]
fn abbreviations_do_not_end_them() {
    check("Mr. Smith met Gen. Powell and J. Doe in St. Louis on Jan. 5.", "¶Mr");
    check("The U.S. Army and the U.S. The war", "¶The .The");
    check("Acme Inc. Chairman Jones left Acme Co. He won", "¶Acme .He");
    check("See No. 5. He said no. Nobody came", "¶See .He .Nobody");
    check("at 5 p.m. Tuesday. At 6 p.m. He left etc. But I. Then", "¶at .At .He .But .Then");
    check("Dr . Klee left . He won", "¶Dr .He");
    check("a sales rep. Then a col. Next", "¶a .Then .Next");
    assert_eq!(starts("Am 3. Oktober kam er. Sie ging 1990. Er blieb", "de"), "¶Am .Sie .Er");
}

#[test]
fn paragraphs_begin() {
    check("Head line\n\nThe body\ngoes on. It ends.\n \t\nNext", "¶Head ¶The .It ¶Next");
    check("First one\nand more.\n   Second one\nand more.\n\tThird", "¶First ¶Second ¶Third");
    check("One.\n* * *\nTwo", "¶One ¶Two");
    check("   All lines are\n   indented here\n   without a stop", "¶All");
    check("  One is a line.\n  Two is a line.", "¶One ¶Two");
    check("A nego-\n   tiation went\non\n   Next one", "¶A ¶Next");
    check("A\nchain\nof\nparts:\na-\n   b-\n   c-\n   d-\n   e\nis one\n   Next one", "¶A ¶Next");
    let line = format!("{}end.", "word ".repeat(30));
    check(&format!("{line}\n{line}\n{line}"), "¶word ¶word ¶word");
    let wrapped = format!("{}end.", "word ".repeat(10));
    check(&format!("{wrapped}\n{wrapped}\n{wrapped}"), "¶word");
}
