//! Any bytes as a download, behind the marks of each vendor: read or refused, and ids are distinct.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{
    read::{fallback_ids, read_bytes},
    settings::Settings,
};

fuzz_target!(|bytes: &[u8]| {
    for mark in ["1 of 2 DOCUMENTS\n", "HD  a\nWC  1 words\nPD  1957\n", "____________________\nProQuest document ID: 1\n"] {
        let text = [mark.as_bytes(), bytes].concat();
        let reading = read_bytes("a.txt", &text, None, &Settings::default());
        assert!(!reading.drafts.is_empty() || !reading.problems.is_empty());
        let mut ids = fallback_ids("a.txt", &reading.drafts);
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
});
