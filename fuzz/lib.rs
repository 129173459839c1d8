//! What every target does with what it is given: the way of a file through the readers, and what must hold behind them.
//!
//! It never judges what is read, only that something is: articles or reasons, no panic, and spans that fit.

use std::io::{Cursor, Write};

use morgue::{
    article::{Article, Draft},
    clean::clean,
    extract::{Gazetteers, Home, extract},
    read::{QUIET_THREAD, fallback_ids, read_bytes},
    settings::{Settings, Sources},
    text::Language,
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// A target that takes any bytes as files of these names.
#[macro_export]
macro_rules! files {
    ($($name:literal),+) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            for name in [$($name),+] {
                $crate::file(name, bytes);
            }
        });
    };
}

/// A target that takes any bytes as files of this name that begin with each of these marks.
#[macro_export]
macro_rules! marked {
    ($name:literal, $($mark:literal),+) => {
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
            for mark in [$($mark),+] {
                $crate::file($name, &[mark.as_bytes(), bytes].concat());
            }
        });
    };
}

/// Reads a file of this name and cleans what it holds: read or refused, ids are distinct, cleaning twice is cleaning once.
pub fn file(name: &str, bytes: &[u8]) -> Vec<(Draft, String)> {
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
pub fn articles(name: &str, bytes: &[u8]) {
    let home = Home::new(Language::ENGLISH, Gazetteers::default(), Sources::default()).expect("what is built in is read");
    for (draft, id) in file(name, bytes) {
        fits(&extract(draft, name, id, &home));
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
pub fn zipped(members: &[(&str, &[u8])]) -> Vec<u8> {
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
pub fn let_quiet_panics_pass() {
    let loud = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(QUIET_THREAD) {
            loud(panic);
        }
    }));
}
