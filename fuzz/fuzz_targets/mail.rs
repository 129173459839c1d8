//! Any bytes as a mail and as a mailbox: read or refused, and ids are distinct.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{
    read::{fallback_ids, read_bytes},
    settings::Settings,
};

fuzz_target!(|bytes: &[u8]| {
    for path in ["a.eml", "a.mbox"] {
        let reading = read_bytes(path, bytes, None, &Settings::default());
        assert!(!reading.drafts.is_empty() || !reading.problems.is_empty());
        let mut ids = fallback_ids(path, &reading.drafts);
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
});
