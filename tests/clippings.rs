//! Drop a file into `tests/clippings/` and see in a snapshot what is read of it. It never touches an index.

#![allow(clippy::unwrap_used, reason = "a home that cannot be made is a red test")]

use morgue::{
    article::Problem,
    clean::clean,
    extract::{Gazetteers, Home, extract},
    hit::ArticleView,
    read::{claimed_id, fallback_ids, read_bytes},
    settings::{Settings, Sources},
    text::Language,
};

#[derive(serde::Serialize)]
struct Read {
    articles: Vec<ArticleView>,
    problems: Vec<Problem>,
}

#[test]
fn clippings_are_read_as_they_were() {
    insta::glob!("clippings/*.*", |path| {
        let name = path.file_name().unwrap().to_string_lossy();
        insta::assert_json_snapshot!(read(&name, &std::fs::read(path).unwrap(), None));
    });
}

#[test]
fn a_sidecar_gives_the_fields_of_its_text() {
    let fields = b"title: Inquiry\npublished: 1968-06\nbody: another text\n";
    let read = read("scan.txt", "INQUIRY\nThe dam held.".as_bytes(), Some(("scan.yaml", fields)));
    let article = &read.articles[0];
    assert_eq!((article.title.as_str(), article.published.as_deref()), ("Inquiry", Some("1968-06")));
    assert_eq!(article.text, "Inquiry\n\nanother text\n\nINQUIRY\nThe dam held.");
    let broken = self::read("scan.txt", b"INQUIRY\n\nThe dam held.", Some(("scan.json", b"{")));
    assert_eq!(broken.articles[0].notes[0].kind, "sidecar");
    assert_eq!(broken.articles[0].title, "INQUIRY");
}

fn read(path: &str, bytes: &[u8], sidecar: Option<(&str, &[u8])>) -> Read {
    let reading = read_bytes(path, bytes, sidecar, &Settings::default());
    let home = Home::new(Language::ENGLISH, Gazetteers::default(), Sources::default()).unwrap();
    let ids = fallback_ids(path, &reading.drafts);
    let article = |(draft, id): (morgue::article::Draft, String)| {
        let id = claimed_id(&draft).map_or(id, str::to_owned);
        ArticleView::from(&extract(clean(draft), path, id, &home))
    };
    Read { articles: reading.drafts.into_iter().zip(ids).map(article).collect(), problems: reading.problems }
}

/// A clipping is read as what it is, whether or not its name says so.
#[test]
fn the_content_tells_the_format_where_the_name_does_not() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clippings");
    let told = |name: &str, bytes: &[u8]| {
        let articles = read(name, bytes, None).articles.into_iter();
        articles.map(|article| (article.title, article.text, article.published)).collect::<Vec<_>>()
    };
    for name in [
        "agency.json",
        "alert.eml",
        "export.jsonl",
        "lines.jsonl",
        "news.html",
        "old-layout.htm",
        "records.json",
        "records.sgm",
        "table.csv",
        "toml.md",
    ] {
        let bytes = std::fs::read(folder.join(name)).unwrap();
        let expected = told(name, &bytes);
        for untold in ["clipping", "clipping.dat", "clipping.export"] {
            assert_eq!(told(untold, &bytes), expected, "{name}");
        }
        if name != "toml.md" {
            assert_eq!(told("clipping.txt", &bytes), expected, "{name}");
        }
    }
}

/// What `inspect --jsonl` prints of an article gives the same article when it is read.
#[test]
fn our_own_output_comes_back_the_same() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clippings");
    let mut articles = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        for view in read(&name, &std::fs::read(&path).unwrap(), None).articles {
            let line = serde_json::to_string(&view).unwrap();
            let back = read("other.jsonl", line.as_bytes(), None).articles.remove(0);
            assert_eq!(placeless(back), placeless(view), "{name}");
            articles += 1;
        }
    }
    assert!(articles > 10);
}

/// Without what says where in a file it stood.
fn placeless(mut view: ArticleView) -> ArticleView {
    (view.path, view.line) = (String::new(), 0);
    view.origins.clear();
    for part in &mut view.parts {
        (part.line, part.byte_start) = (0, None);
    }
    view
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, ..Default::default() })]
    #[test]
    fn no_bytes_are_too_odd(
        bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300),
        name in "[a-c]\\.(txt|md|json|jsonl|html|csv|sgm|eml|mbox|pdf|docx|zip|gz|zst|warc)|d",
    ) {
        let read = read(&name, &bytes, Some(("a.yaml", &bytes)));
        assert!(!read.articles.is_empty() || !read.problems.is_empty());
    }

    #[test]
    fn no_text_is_too_odd(text in "(---\n|\\+\\+\\+\n)?([{}\\[\\]\":,# a-zé0\n]|\"title\":|\"text\":|\"parts\":){0,60}", name in "a\\.(txt|md|json|jsonl|csv|xml)|d") {
        let read = read(&name, text.as_bytes(), None);
        for view in read.articles {
            let line = serde_json::to_string(&view).unwrap();
            let back = self::read("b.jsonl", line.as_bytes(), None).articles.remove(0);
            assert_eq!(placeless(back), placeless(view));
        }
    }
}

#[test]
fn what_a_file_holds_outweighs_a_wrong_name() {
    let page =
        b"<!DOCTYPE html><html><head><title>Flood</title></head><body><h1>Flood</h1><p>It rose.</p></body></html>";
    for name in ["a.md", "a.pdf", "a.docx", "a.png"] {
        let read = read(name, page, None);
        assert_eq!(read.articles.iter().map(|view| view.title.as_str()).collect::<Vec<_>>(), ["Flood"], "{name}");
    }
    let mail = b"From: a@example.org\nDate: Fri, 4 Oct 1957 10:00:00 +0000\nSubject: Flood\n\nIt rose.\n";
    assert_eq!(read("a.html", mail, None).articles[0].title, "Flood");
    let fields: (&str, &[u8]) = ("a.yaml", b"title: Flood");
    let read = read("a.txt", b"%PDF-1.4\nnot a text", Some(fields));
    assert!(read.articles.is_empty());
    assert!(read.problems[0].reason.starts_with("the fields of a.yaml are not taken"), "{:?}", read.problems);
}

#[test]
fn fields_are_told_by_names_that_stand_in_the_file() {
    let origin = |record: &str, field: &str| read("a.json", record.as_bytes(), None).articles[0].origins[field].clone();
    let ninjs = r#"{"uri": "urn:1", "headlines": [{"value": "Flood"}], "bodies": [{"value": "It rose."}]}"#;
    assert_eq!(origin(ninjs, "title"), "the record");
    let merged = r#"{"title": "Flood", "topics": ["a"], "keywords": ["b"]}"#;
    assert_eq!(origin(merged, "subjects"), "field topics and keywords");
    let fields: (&str, &[u8]) = ("a.yaml", b"title: Flood");
    assert_eq!(read("a.txt", b"It rose.", Some(fields)).articles[0].origins["title"], "sidecar field title");
    let twice = r#"{"title": "Flood", "people": ["A"], "persons": ["B"]}"#;
    let notes = &read("a.json", twice.as_bytes(), None).articles[0].notes;
    assert_eq!(notes[0].reason, "given under another name already, so kept in extra: persons");
}
