//! Cleaning of invented pages.

use std::collections::BTreeSet;

use super::*;
use crate::article::{Ends, Origin};

fn draft(title: &str, body: &str) -> Draft {
    let passage = |kind, text: &str, line| Passage {
        kind,
        text: text.to_owned(),
        origin: Origin::new(line, Some(100), Ends::Lf),
    };
    let title = (!title.is_empty()).then(|| passage(PartKind::Title, title, 1));
    let body = Some(passage(PartKind::Body, body, 3));
    Draft { passages: title.into_iter().chain(body).collect(), ..Draft::default() }
}

/// Passages behind the title as `kind:line:text`, `|` between; newlines as `/`.
fn check(title: &str, body: &str, expected: &str) {
    let cleaned = clean(draft(title, body));
    let behind = cleaned.passages.iter().filter(|passage| title.is_empty() || passage.kind != PartKind::Title);
    let shown = |passage: &Passage| {
        let kind = format!("{:?}", passage.kind).to_lowercase();
        format!("{kind}:{}:{}", passage.origin.line(), passage.text.trim().replace('\n', "/"))
    };
    let found: Vec<String> = behind.map(shown).collect();
    assert_eq!(found.join("|"), expected, "{body}");
    for passage in &cleaned.passages {
        if let (Some(byte), true) = (passage.origin.byte(), passage.kind != PartKind::Title) {
            assert!(body[byte as usize - 100..].starts_with(&passage.text), "{passage:?}");
        }
    }
    assert_eq!(clean(cleaned.clone()), cleaned, "{body}");
}

#[test]
fn a_plain_text_is_left_alone() {
    let text = "  The river rose.\n\nBy noon it fell. Share prices too.\nPrint it.\n\nShe said: Read more.\n";
    let before = draft("Flood", text);
    assert_eq!(clean(before.clone()), before);
    let cut = Draft { is_cut: true, ..draft("", "Advertisement\n\nIt rose.") };
    assert_eq!(clean(cut.clone()), cut);
}

#[test]
fn pages_lose_what_is_not_theirs() {
    for (body, expected) in [
        ("It rose.\n\nAdvertisement\n\nIt fell.", "body:3:It rose.|boilerplate:5:Advertisement|body:7:It fell."),
        (
            "It rose.\n\nRelated:Tarn today\n\nIt fell.",
            "body:3:It rose.|boilerplate:5:Related:Tarn today|body:7:It fell.",
        ),
        ("Share  Tweet  E-mail  Print\n\nIt rose.", "boilerplate:3:Share  Tweet  E-mail  Print|body:5:It rose."),
        ("It rose.\nRead more: Five rivers\nIt fell.", "body:3:It rose./Read more: Five rivers/It fell."),
        ("It rose.\n\nRead more: Five rivers", "body:3:It rose.|boilerplate:5:Read more: Five rivers"),
        ("It rose.\n\nSign up for our newsletter.", "body:3:It rose.|boilerplate:5:Sign up for our newsletter."),
        ("It rose.\n\n© 2025 Low Country Ledger", "body:3:It rose.|boilerplate:5:© 2025 Low Country Ledger"),
        ("A long word of\nadvertisement\nfollowed.", "body:3:A long word of/advertisement/followed."),
        ("Flood\n\nFLOOD\n\nIt rose.", "body:7:It rose."),
        ("Flood", "body:3:Flood"),
    ] {
        check("Flood", body, expected);
    }
}

#[test]
fn header_lines_stand_apart() {
    for (title, body, expected) in [
        (
            "Flood",
            "-- October 24, 1974\nBy Maureen Plessey\n\nIt rose.",
            "boilerplate:3:October 24, 1974|subtitle:4:By Maureen Plessey|body:6:It rose.",
        ),
        ("FLOOD", "FOUR VILLAGES CUT OFF\n\nIt rose.", "subtitle:3:FOUR VILLAGES CUT OFF|body:5:It rose."),
        ("Flood", "By noon on Friday it had risen.\n\nMore.", "body:3:By noon on Friday it had risen.//More."),
        ("Flood", "Published: 14 March 2025\nIt rose.", "boilerplate:3:Published: 14 March 2025|body:4:It rose."),
        ("Flood", "https://example.org/a\nIt rose.", "boilerplate:3:https://example.org/a|body:4:It rose."),
        ("Flood", "14 March 2025", "body:3:14 March 2025"),
        (
            "",
            "-- Flood at Hull\n-- By Nora Vell\n-- \n-- Tue Nov 19, 2013 6:36am EST\n\nIt rose.",
            "title:3:Flood at Hull|subtitle:4:By Nora Vell|boilerplate:6:Tue Nov 19, 2013 6:36am EST|body:8:It rose.",
        ),
    ] {
        check(title, body, expected);
    }
}

#[test]
fn captions_printed_twice_count_once() {
    for (body, expected) in [
        (
            "It rose.\n\nThe bridge at Sudzha\n\nThe bridge at Sudzha\n\nIt fell.",
            "body:3:It rose.|caption:5:The bridge at Sudzha|body:9:It fell.",
        ),
        (
            "It rose.\n\nThe envoy leaves a car outside the ministry in Moscow\n\nThe envoy leaves a car outside the",
            "body:3:It rose.|caption:5:The envoy leaves a car outside the ministry in Moscow",
        ),
        (
            "It rose.\n\nA bridge in spring\n\nA bridge in spring\n\nThe envoy returns, hopeful. Nobody is",
            "body:3:It rose.|caption:5:A bridge in spring|caption:9:The envoy returns, hopeful. Nobody is",
        ),
        ("It rose.\n\nNo, no.\n\nNo, no.", "body:3:It rose.//No, no.//No, no."),
        (
            "A bridge in spring\n\nIt rose.\n\nA bridge in spring",
            "body:3:A bridge in spring//It rose.//A bridge in spring",
        ),
    ] {
        check("Flood", body, expected);
    }
    let cleaned = clean(draft("Flood", "A bridge in May\n\nA bridge in May\n\nA bridge in May\n\nIt rose."));
    assert_eq!(cleaned.notes[0].reason, "captions are printed 2 times more; each counts once");
}

#[test]
fn a_flattened_box_becomes_a_part_with_pairs() {
    let facts = "Aspect Details\nName Marek Tolland\nDate of Birth April 9, 1961\nCareer Highlights\n  • Joined in 1984.\n  \
                 • Served from 1985 to 1990.\nPolitical Affiliation None known";
    let body = format!("It rose.\n\n{facts}\n\nIt fell.");
    check("Flood", &body, &format!("body:3:It rose.|infobox:5:{}|body:13:It fell.", facts.replace('\n', "/")));
    let expected = serde_json::json!({"infobox": {
        "Name": "Marek Tolland",
        "Date of Birth": "April 9, 1961",
        "Career Highlights": ["Joined in 1984.", "Served from 1985 to 1990."],
        "Political Affiliation": "None known",
    }});
    assert_eq!(serde_json::Value::Object(clean(draft("Flood", &body)).extra), expected);
    check(
        "",
        "Born: Duluth\nOccupation: envoy\nCapital letters matter",
        "body:3:Born: Duluth/Occupation: envoy/Capital letters matter",
    );
}

#[test]
fn mojibake_is_repaired_where_it_is_proven() {
    for (text, expected) in [
        ("donâ€™t, CaffÃ¨ â€“ so", Some("don’t, Caffè – so")),
        ("MÃ¼ller", Some("Müller")),
        ("donÃ¢â‚¬â„¢t", Some("don’t")),
        ("• a • b • c • d • donâ€™t", Some("• a • b • c • d • don’t")),
        ("“IRMÃ”", None),
        ("Ångström, Ünal, CAFÉ”, Ça", None),
        ("Café Müller and MÃ¼ller, naïve, rosé, déjà", None),
        ("plain", None),
    ] {
        let (mut repaired, mut origin) = (text.to_owned(), Origin::new(1, Some(0), Ends::Lf));
        mojibake::repair(&mut repaired, &mut origin);
        assert_eq!(repaired, expected.unwrap_or(text));
    }
    let note = &clean(draft("", "donâ€™t")).notes[0];
    assert_eq!((note.kind.as_str(), note.reason.ends_with("in one place")), ("encoding", true));
}

/// A text of nothing but such lines takes neither the square of their number nor a stack as deep.
#[test]
fn lines_without_end_are_told_apart() {
    let page = clean(draft("Flood", &"Share\nIt rose.\n".repeat(100_000)));
    assert_eq!((page.passages.len(), page.passages[200_000].origin.line()), (200_001, 200_002));
    let page = clean(draft("Flood", &format!("{}14 March 2025\n\nIt rose.", "-- ".repeat(500_000))));
    assert_eq!(page.passages[1].text, "14 March 2025");
}

proptest::proptest! {
    /// Cleaning twice is cleaning once, and every line stands somewhere or repeats one that does.
    #[test]
    fn nothing_is_lost(
        lines in proptest::collection::vec(
            "(Advertisement|Share Tweet|By Nora Vell|-- 14 March 2025|--|Flood|FLOOD AT HULL DOCKS|A bridge in spring|A bridge in\
             |Name Marek Tolland|Born Duluth|Education Law|  • Joined|The river rose\\.|donâ€™t||)",
            0..14,
        ),
        title in "(Flood)?",
    ) {
        let before = draft(&title, &lines.join("\n"));
        let cleaned = clean(before);
        proptest::prop_assert_eq!(clean(cleaned.clone()), cleaned.clone());
        let there: String = cleaned.passages.iter().map(|passage| passage.text.clone() + "\n").collect();
        let there: BTreeSet<String> = there.lines().map(folded).collect();
        for line in lines.iter().filter(|line| line.contains(char::is_alphabetic)) {
            let line = folded(header::without_dashes(&line.replace("â€™", "’")));
            let stands = there.iter().any(|other| other.contains(&line)) || line == folded(&title);
            proptest::prop_assert!(stands, "{line} is lost");
        }
    }
}
