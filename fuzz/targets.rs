//! The fuzz targets: what each does with the bytes it is given, and what must hold of whatever is read.
//!
//! It never judges what is read, only that something is: articles or reasons, no panic, and spans that fit.

use std::{
    io::{Cursor, Write},
    sync::LazyLock,
};

use morgue::{
    article::{Article, Draft},
    clean::clean,
    extract::{Gazetteers, Home, extract},
    read::{QUIET_THREAD, fallback_ids, read_bytes},
    settings::{Settings, Sources},
    text::Language,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// What is done with some bytes; it panics where something does not hold.
pub(crate) type Target = fn(&[u8]);

/// All targets: one for each reader, one for the decoding of texts, one for queries.
pub(crate) const TARGETS: [(&str, Target); 16] = [
    ("archive", archive),
    ("book", book),
    ("crawl", |bytes| drop(file("a.warc", bytes))),
    ("decode", |bytes| drop(morgue::read::text_of(bytes))),
    ("document", document),
    ("html", |bytes| articles("a.html", bytes)),
    ("json", |bytes| ["a.json", "a.jsonl"].into_iter().for_each(|name| articles(name, bytes))),
    ("mail", |bytes| ["a.eml", "a.mbox"].into_iter().for_each(|name| drop(file(name, bytes)))),
    ("markdown", |bytes| behind("a.md", &["", "---\ntitle: a\n", "+++\ntitle = \"a\"\n"], bytes)),
    ("pdf", |bytes| drop(file("a.pdf", bytes))),
    ("query", query),
    ("table", |bytes| ["a.csv", "a.tsv"].into_iter().for_each(|name| drop(file(name, bytes)))),
    ("text", |bytes| articles("a.txt", bytes)),
    ("untold", |bytes| drop(file("clipping", bytes))),
    ("vendor", |bytes| behind("a.txt", VENDORS, bytes)),
    ("xml", |bytes| behind("a.xml", ROOTS, bytes)),
];

/// The marks by which the downloads of vendors are told.
const VENDORS: &[&str] =
    &["1 of 2 DOCUMENTS\n", "HD  a\nWC  1 words\nPD  1957\n", "____________________\nProQuest document ID: 1\n"];
/// How news in SGML and XML begins.
const ROOTS: &[&str] = &["", "<REUTERS ", "<nitf>", "<newsMessage>", "<TimeML>", "<alto>"];

/// Compressed files, and a file inside one, whose name is the first line.
fn archive(bytes: &[u8]) {
    for name in ["a.zip", "a.txt.gz", "a.txt.zst"] {
        file(name, bytes);
    }
    let (name, inner) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    file("a.zip", &zipped(&[(&String::from_utf8_lossy(name), inner)]));
}

/// The package of a book and, behind each NUL, a chapter.
fn book(bytes: &[u8]) {
    let container: &[u8] = b"<container><rootfile full-path=\"p\"/></container>";
    let mut members = vec![("META-INF/container.xml", container)];
    members.extend(["p", "1", "2"].into_iter().zip(bytes.split(|byte| *byte == 0)));
    file("a.epub", &zipped(&members));
}

/// The text of a word processor's document and, behind a NUL, what it says of itself.
fn document(bytes: &[u8]) {
    let members = ["word/document.xml", "docProps/core.xml"].into_iter().zip(bytes.splitn(2, |byte| *byte == 0));
    file("a.docx", &zipped(&members.collect::<Vec<_>>()));
}

/// A query: understood or refused, and printed as it is understood.
fn query(bytes: &[u8]) {
    let Some(parsed) = str::from_utf8(bytes).ok().and_then(|text| morgue::ask::parse(text).ok()) else { return };
    let printed = parsed.query.to_string();
    let again = morgue::ask::parse(&printed).map(|parsed| parsed.query).ok();
    assert_eq!(again, Some(parsed.query), "{printed}");
}

/// Files of this name that begin with each of these marks.
fn behind(name: &str, marks: &[&str], bytes: &[u8]) {
    for mark in marks {
        file(name, &[mark.as_bytes(), bytes].concat());
    }
}

/// Reads a file of this name and cleans what it holds: read or refused, ids are distinct, cleaning twice is cleaning once.
fn file(name: &str, bytes: &[u8]) -> Vec<(Draft, String)> {
    let reading = read_bytes(name, bytes, None, &Settings::default());
    assert!(!reading.drafts.is_empty() || !reading.problems.is_empty(), "{name} is neither read nor refused");
    let ids = fallback_ids(name, &reading.drafts);
    let mut distinct = ids.clone();
    distinct.sort_unstable();
    distinct.dedup();
    assert_eq!(distinct.len(), ids.len(), "ids are given twice");
    let cleaned = reading.drafts.into_iter().map(clean).zip(ids).collect::<Vec<_>>();
    for (draft, _) in &cleaned {
        assert_eq!(clean(draft.clone()).passages, draft.passages, "cleaning twice is not cleaning once");
    }
    cleaned
}

/// Makes articles of a file of this name: the text of parts and mentions is where they say.
fn articles(name: &str, bytes: &[u8]) {
    static HOME: LazyLock<Home> = LazyLock::new(|| {
        let home = Home::new(Language::ENGLISH, Gazetteers::default(), Sources::default());
        home.expect("what is built in is read")
    });
    for (draft, id) in file(name, bytes) {
        fits(&extract(draft, name, id, &HOME));
    }
}

fn fits(article: &Article) {
    for part in &article.parts {
        assert!(article.text.get(part.span.clone()).is_some_and(|text| !text.is_empty()), "a part of nothing");
    }
    for mention in &article.mentions {
        assert_eq!(article.text.get(mention.span.clone()), Some(mention.surface.as_str()));
    }
}

/// A ZIP file of these members, so that checksums do not stand between a target and what it is to try.
fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        // A name given twice, or one too long, is the writer's own to refuse.
        if zip.start_file(*name, SimpleFileOptions::default()).is_ok() {
            zip.write_all(bytes).expect("memory takes all");
        }
    }
    zip.finish().expect("memory takes all").into_inner()
}

/// Lets panics pass that the reader of PDF files catches, and ends at all others.
pub(crate) fn let_quiet_panics_pass() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(QUIET_THREAD) {
            loud(panic);
        }
    }));
}
