//! Any bytes as a text, with and without front matter: read or refused, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;
use morgue::{read::read_bytes, settings::Settings};

fuzz_target!(|bytes: &[u8]| {
    for path in ["clipping.txt", "clipping.md", "clipping"] {
        let reading = read_bytes(path, bytes, None, &Settings::default());
        assert!(!reading.drafts.is_empty() || !reading.problems.is_empty());
    }
});
