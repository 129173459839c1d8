//! Any bytes as JSON and as JSON lines: read or refused, and what is read becomes an article whose spans fit.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    morgue_fuzz::articles("a.json", bytes);
    morgue_fuzz::articles("a.jsonl", bytes);
});
