//! Tables of rules, edits, proposals and reviews.

use super::*;

const FILE: &str = "kind,variant,name,article\n\
    person,Bob Vell,Robert Vell\n\
    # by hand\n\
    person,Vells,Robert Vell,\n\
    person,Mercy,,\n\
    person,Vell (unresolved),Nora Vell,a7\n\
    person,Robert Vell,Robert A. Vell,\n\
    colour,red,blue\n\
    place,Kursk,Russia/Kursk Oblast/Kursk\n\
    person,only\n\
    person,,x\n\
    person,Moran, Ada,Ada Moran,a1\n";

#[test]
fn rules_say_what_a_mention_stands_for() {
    let authority = Authority::parse(FILE);
    let check = |entity: &str, surface: &str, article: &str, expected: Verdict<&str>| {
        assert_eq!(authority.verdict(EntityKind::Person, (entity, surface), article), expected, "{entity} {surface}");
    };
    check("Bob Vell", "Vell", "a1", Verdict::Named("Robert A. Vell"));
    check("X", "bob\n  VELL", "a1", Verdict::Named("Robert A. Vell"));
    check("Mercy", "Mercy", "a1", Verdict::Hidden);
    check("Vell (unresolved)", "Vell", "a7", Verdict::Named("Nora Vell"));
    check("Vell (unresolved)", "Vells", "a7", Verdict::Named("Nora Vell"));
    check("Vell (unresolved)", "Vell", "a8", Verdict::Unchanged);
    check("Ada Moran", "Moran", "a1", Verdict::Unchanged);
    let kursk = authority.verdict(EntityKind::Place, ("Kursk", "Kursk"), "");
    assert_eq!(kursk, Verdict::Named("Russia/Kursk Oblast/Kursk"));
}

#[test]
fn bad_rows_are_told_with_their_line() {
    let faults: Vec<(u64, String)> =
        Authority::parse(FILE).faults().iter().map(|bad| (bad.line, bad.reason.clone())).collect();
    let begins = [(8, "“colour” is no kind"), (10, "there is no column"), (11, "the variant"), (12, "there are more")];
    assert_eq!(faults.len(), begins.len(), "{faults:?}");
    for ((line, reason), (expected, begin)) in faults.iter().zip(begins) {
        assert!(*line == expected && reason.starts_with(begin), "{line}: {reason}");
    }
    assert_eq!(Authority::parse("kind;variant;name\nperson;A, B;C\n").rules().len(), 1);
    assert_eq!(
        Authority::parse("\u{feff}kind,variant,name\n"),
        Authority { text: "\u{feff}kind,variant,name\n".into(), ..Authority::default() }
    );
}

fn rule(variant: &str, name: &str) -> Rule {
    let name = Some(name.to_owned()).filter(|name| !name.is_empty());
    Rule { kind: EntityKind::Person, variant: variant.to_owned(), name, article: None }
}

#[test]
fn later_rules_win_and_circles_end() {
    let check = |rules: &[(&str, &str)], of: &str, expected: Verdict<&str>| {
        let rules: Vec<Rule> = rules.iter().map(|(variant, name)| rule(variant, name)).collect();
        let authority = Authority::default().with("test", &rules);
        assert_eq!(authority.verdict(EntityKind::Person, (of, of), ""), expected, "{rules:?} {of}");
    };
    check(&[("A", "B"), ("A", "C")], "A", Verdict::Named("C"));
    check(&[("A", "B"), ("B", "A")], "A", Verdict::Unchanged);
    check(&[("A", "B"), ("B", "A")], "B", Verdict::Named("A"));
    check(&[("A", "B"), ("B", "C"), ("C", "A")], "B", Verdict::Named("A"));
    check(&[("A", "B"), ("A", "A")], "A", Verdict::Named("A"));
    check(&[("A", "B"), ("B", "")], "A", Verdict::Hidden);
}

#[test]
fn undoing_takes_away_the_last_lot_and_nothing_else() {
    let before = Authority::parse(FILE);
    let once = before.with("merge", &[rule("A, B", "C"), rule("#D", "")]);
    let twice = once.with_apart("reject", &[(EntityKind::Person, "A".into(), "E \"x\"".into())]);
    assert_eq!(twice.rules().len(), before.rules().len() + 2);
    assert_eq!(twice.faults(), before.faults());
    assert!(twice.keeps_apart(EntityKind::Person, "e \"X\"", "a"));
    let (back, gone) = twice.undone().unwrap();
    assert_eq!((&back, gone.len()), (&once, 2));
    assert_eq!(back.undone().unwrap().0, before);
    assert_eq!(before.undone(), None);
    let by_hand = Authority::parse(&format!("{}person,Z,Y,\n", once.text()));
    assert_eq!(by_hand.undone().unwrap().0.text(), format!("{FILE}person,Z,Y,\n"));
}

#[test]
fn names_are_proposed_with_a_reason() {
    let names = |list: &[(&str, u64)]| -> Vec<Known> {
        list.iter().map(|(name, articles)| Known { name: (*name).into(), articles: *articles }).collect()
    };
    let check = |list: &[(&str, u64)], expected: &[(&str, &str)]| {
        let found = likely(&names(list));
        let found: Vec<(&str, &str)> = found.iter().map(|pair| (&*pair.variant.name, &*pair.name.name)).collect();
        assert_eq!(found, expected, "{list:?}");
    };
    check(&[("J. Marlow", 9), ("John Marlow", 2)], &[("J. Marlow", "John Marlow")]);
    check(&[("John Marlow", 9), ("Jane Marlow", 2)], &[]);
    check(&[("John Marlow", 9), ("John Marlow Jr", 2)], &[]);
    check(&[("Steve Orlan", 9), ("Steve Charles Orlan", 2)], &[("Steve Charles Orlan", "Steve Orlan")]);
    check(&[("Ilse Tarnovsky", 9), ("Ilse Tarnovski", 2)], &[("Ilse Tarnovski", "Ilse Tarnovsky")]);
    check(&[("Ilse Tarn", 9), ("ILSE TARN", 2)], &[("ILSE TARN", "Ilse Tarn")]);
    check(&[("Vell (unresolved)", 9), ("Nora Vell", 2)], &[("Vell (unresolved)", "Nora Vell")]);
    check(&[("Vell (unresolved)", 9), ("Nora Vell", 2), ("Paul Vell", 2)], &[]);
}

#[test]
fn a_review_comes_back_as_rules() {
    let authority = Authority::default().with("hide", &[rule("Mercy", ""), rule("Bob", "Robert")]);
    let known = |name: &str| Known { name: name.into(), articles: 2 };
    let pair = Likely { variant: known("J. Marlow"), name: known("John Marlow"), reason: "initials" };
    let text = review(&authority, &[ReviewRow { kind: EntityKind::Person, pair, shared: 1 }]);
    let unchanged = Imported::read(&text, &authority);
    assert_eq!(unchanged, Imported { undecided: 1, ..Imported::default() });
    let check = |decision: &str, expected: Imported| {
        let text = text.replace("\n,person", &format!("\n{decision},person"));
        assert_eq!(Imported::read(&text, &authority), expected, "{decision}");
    };
    check("accept", Imported { rules: vec![rule("J. Marlow", "John Marlow")], ..Imported::default() });
    check("hide", Imported { rules: vec![rule("J. Marlow", "")], ..Imported::default() });
    let apart = vec![(EntityKind::Person, "J. Marlow".into(), "John Marlow".into())];
    check("reject", Imported { apart, ..Imported::default() });
    let reason = "“perhaps” is no decision: accept, merge, reject or hide".to_owned();
    check("perhaps", Imported { faults: vec![BadRow { line: 4, reason }], ..Imported::default() });
    let ended = Imported::read("decision,kind,variant,name\nreject,person,Bob,Robert\n", &authority);
    assert_eq!(ended.rules, [rule("Bob", "Bob")]);
}
