//! Any bytes as JSON and as JSON lines: read or refused, and what is read becomes an article whose spans fit.
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
    for path in ["clipping.json", "clipping.jsonl"] {
        let reading = read_bytes(path, bytes, None, &Settings::default());
        assert!(!reading.drafts.is_empty() || !reading.problems.is_empty());
        let ids = fallback_ids(path, &reading.drafts);
        for (draft, id) in reading.drafts.into_iter().zip(ids) {
            let article = extract(draft, path, id, &home);
            for mention in &article.mentions {
                assert_eq!(article.text.get(mention.span.clone()), Some(mention.surface.as_str()));
            }
        }
    }
});
