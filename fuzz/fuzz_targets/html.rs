//! Any bytes as a web page: read or refused, and no text that is not its own.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| morgue_fuzz::articles("a.html", bytes));
