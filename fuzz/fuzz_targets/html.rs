//! Any bytes as a web page: read or refused, never a panic, and no text that is not its own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{
    extract::{Gazetteers, Home, extract},
    read::{fallback_ids, read_bytes},
    settings::{Settings, Sources},
    text::Language,
};

fuzz_target!(|bytes: &[u8]| {
    let home = Home::new(Language::ENGLISH, Gazetteers::default(), Sources::default()).unwrap();
    let path = "page.html";
    let reading = read_bytes(path, bytes, None, &Settings::default());
    assert!(!reading.drafts.is_empty() || !reading.problems.is_empty());
    let ids = fallback_ids(path, &reading.drafts);
    for (draft, id) in reading.drafts.into_iter().zip(ids) {
        let article = extract(draft, path, id, &home);
        for part in &article.parts {
            assert!(article.text.get(part.span.clone()).is_some_and(|text| !text.is_empty()));
        }
    }
});
