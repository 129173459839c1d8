//! Any bytes as news in SGML and XML, behind each of the roots that are known: read or refused, and ids are distinct.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{
    read::{fallback_ids, read_bytes},
    settings::Settings,
};

fuzz_target!(|bytes: &[u8]| {
    for root in ["", "<REUTERS ", "<nitf>", "<newsMessage>", "<TimeML>", "<alto>"] {
        let text = [root.as_bytes(), bytes].concat();
        let reading = read_bytes("a.xml", &text, None, &Settings::default());
        assert!(!reading.drafts.is_empty() || !reading.problems.is_empty());
        let mut ids = fallback_ids("a.xml", &reading.drafts);
        let all = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), all);
    }
});
