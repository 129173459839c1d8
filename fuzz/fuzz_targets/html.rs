//! Any bytes as a web page: read or refused, never a panic, and no text that is not its own.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{
    extract::{Home, extract},
    read::{fallback_ids, read_bytes},
    settings::Settings,
    text::Language,
};

fuzz_target!(|bytes: &[u8]| {
    let path = "page.html";
    let reading = read_bytes(path, bytes, None, &Settings::default());
    assert!(!reading.drafts.is_empty() || !reading.problems.is_empty());
    let ids = fallback_ids(path, &reading.drafts);
    for (draft, id) in reading.drafts.into_iter().zip(ids) {
        let article = extract(draft, path, id, &Home { language: Language::ENGLISH });
        for part in &article.parts {
            assert!(article.text.get(part.span.clone()).is_some_and(|text| !text.is_empty()));
        }
    }
});
