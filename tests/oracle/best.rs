//! The best hits alone are the first of all hits: what is passed over unscored would not have been among them.

use std::fmt::Write as _;

use morgue::{
    archive::Archive,
    plan::{Detail, Page},
    query::Request,
};

/// Words of which the n-th stands in about one text of n, some of them forms of one word.
const WORDS: [&str; 16] = [
    "river", "rivers", "flood", "flooded", "town", "mayor", "bridge", "bridges", "envoy", "levee", "towns", "rain",
    "crest", "ferry", "sandbag", "gauge",
];

/// Records of a few words, some of them alike, so that many score the same.
fn records(from: usize, to: usize) -> String {
    let mut drawn = 88_172_645_463_325_252_u64.wrapping_add(from as u64);
    let mut draw = move |below: usize| {
        drawn ^= drawn << 13;
        drawn ^= drawn >> 7;
        drawn ^= drawn << 17;
        (drawn >> 20) as usize % below
    };
    let mut lines = String::new();
    for id in from..to {
        let mut text = String::from("Notes");
        for (word, rare) in WORDS.iter().zip(1..) {
            let times = if draw(rare) == 0 { 1 + draw(3) } else { 0 };
            (0..times).for_each(|_| write!(text, " {word}").unwrap());
        }
        let title = WORDS[draw(WORDS.len())];
        writeln!(lines, r#"{{"id":"n{id:05}","title":"{title}","body":"{text}. {}"}}"#, "So it was. ".repeat(draw(4)))
            .unwrap();
    }
    lines
}

#[test]
fn the_best_are_the_first_of_all() {
    let folder = tempfile::tempdir().unwrap();
    // Several segments, of which one has lost records.
    for (file, from, to) in [("a", 0, 6000), ("b", 6000, 6500), ("c", 6500, 7000)] {
        std::fs::write(folder.path().join(file).with_extension("jsonl"), records(from, to)).unwrap();
        super::opened(folder.path());
    }
    std::fs::remove_file(folder.path().join("b.jsonl")).unwrap();
    let archive = super::opened(folder.path());
    let asked = [
        "river",
        "=river",
        "gauge",
        "=gauge",
        "=towns",
        "zzyzx",
        "town OR gauge",
        "=town OR =gauge",
        "gauge OR river^0.1",
        "levee OR ferry OR mayor OR =rain",
        "\"river flood\" OR sandbag",
        "gauge^0.001",
        "river^0.001 OR gauge",
        "envoy OR zzyzx",
        "br* OR crest",
        "river envoy",
    ];
    for typed in asked {
        let all = hits(&archive, typed, Page::default());
        for (offset, limit) in [(0, 0), (0, 1), (0, 10), (0, 70), (25, 10), (all.len() as u64, 3)] {
            let page = hits(&archive, typed, Page { offset, limit: Some(limit), ..Page::default() });
            let expected: Vec<_> = all.iter().skip(offset as usize).take(limit as usize).cloned().collect();
            assert!(page == expected, "{typed}, {limit} from {offset}: {page:?}, not {expected:?}");
        }
    }
}

fn hits(archive: &Archive, typed: &str, page: Page) -> Vec<(String, f32)> {
    let request = Request { args: vec![typed.to_owned()], today: 20_000, ..Request::default() };
    let plan = archive.plan(&request).unwrap();
    let list = archive.search(&plan, &Page { detail: Detail::Fields, ..page }, &[]).unwrap();
    assert_eq!(
        list.total.articles,
        archive.count(&plan, morgue::plan::Unit::Articles).unwrap().total.articles,
        "{typed}"
    );
    list.hits.into_iter().map(|hit| (hit.id, hit.score)).collect()
}
