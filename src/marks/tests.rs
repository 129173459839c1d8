//! What a `marks.csv` says, what is wrong with it, and how it grows.

use super::*;

fn marked(text: &str, id: &str) -> (String, String, Option<Verdict>, usize) {
    let Marked { tags, notes, verdict, dropped } = Marks::parse(text).of(id);
    (tags.join("+"), notes.join("+"), verdict, dropped.len())
}

#[test]
fn the_last_verdict_wins_and_tags_add_up() {
    let text = "id,start,end,surface,tag,note,verdict,when\n\
                a,,,,flood,,drop,\n\
                a,,,,flood; dam,see B,,\n\
                a,3,9,Nora V,who,,drop,\n\
                a,,,,,,KEEP,\n\
                b,3,9,Nora V,,,drop,\n\
                b,3,9,Nora V,,,keep,\n";
    assert_eq!(marked(text, "a"), ("flood+dam+who".into(), "see B".into(), Some(Verdict::Keep), 1));
    assert_eq!(marked(text, "b"), (String::new(), String::new(), None, 0));
    assert_eq!(marked(text, "c"), (String::new(), String::new(), None, 0));
    assert_eq!(marked("a,,,,bare,,,\n", "a").0, "bare");
    assert_eq!(marked("verdict;id\ndrop;a\n", "a").2, Some(Verdict::Drop));
}

#[test]
fn bad_rows_are_told_with_their_lines() {
    let check = |text: &str, line, says: &str| {
        let marks = Marks::parse(text);
        let [fault] = marks.faults() else { panic!("{text}: {:?}", marks.faults()) };
        assert!(fault.line == line && fault.reason.contains(says), "{text}: {fault:?}");
    };
    check("id,verdict\na,drop\nb,maybe\n", 3, "“maybe” is no verdict");
    check("id,tag\n,x\n", 2, "the id is missing");
    check("id,tag\na,\n", 2, "it says nothing");
    check("id,start,end,tag\na,3,,x\n", 2, "only one is there");
    check("id,start,end,tag\na,9,3,x\n", 2, "no place in a text");
    check("id,tag\na,x,y\n", 2, "more cells than columns");
    check("id,tag\na,x\nb,\"y\n", 3, "not closed");
}

#[test]
fn what_is_added_can_be_taken_back() {
    let spot = Some(Spot { start: 3, end: 9, surface: "Nora V".into() });
    let mark = Mark { id: "a, b".into(), spot, tags: vec!["x".into(), "y".into()], ..Mark::default() };
    let empty = Marks::default();
    let one = empty.with("mark", std::slice::from_ref(&mark), "2026-03-01");
    assert_eq!(
        one.text(),
        "id,start,end,surface,tag,note,verdict,when\n#lot,1,mark\n\"a, b\",3,9,Nora V,x; y,,,2026-03-01\n"
    );
    assert_eq!(one.news(&mark), None);
    let more = Mark { tags: vec!["y".into(), "z".into()], verdict: Some(Verdict::Drop), ..mark.clone() };
    let news = one.news(&more).unwrap();
    assert_eq!((news.tags.as_slice(), news.verdict), (["z".to_owned()].as_slice(), Some(Verdict::Drop)));
    assert_eq!(one.with("mark", &[news], "").undone().unwrap().0, one);
    assert_eq!(one.undone().unwrap().0.text(), "id,start,end,surface,tag,note,verdict,when\n");
}

#[test]
fn rows_follow_the_columns_of_the_file() {
    let marks = Marks::parse("tag;id\nx;a\n");
    let mark = Mark { id: "b;c".into(), tags: vec!["y".into()], ..Mark::default() };
    assert_eq!(marks.lacks(&mark), None);
    assert_eq!(marks.with("mark", std::slice::from_ref(&mark), "").text(), "tag;id\nx;a\n#lot,1,mark\ny;\"b;c\"\n");
    assert_eq!(marks.lacks(&Mark { verdict: Some(Verdict::Keep), ..mark }), Some("verdict"));
}
