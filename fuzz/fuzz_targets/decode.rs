//! Any bytes as a text alone: decoded or none.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| drop(morgue::read::text_of(bytes)));
