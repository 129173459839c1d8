//! Any bytes as a plain text: read or refused, and the names and dates found in it stand where they say.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::articles("a.txt", bytes));
