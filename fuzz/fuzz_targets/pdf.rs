//! Any bytes as PDF: read or refused.
#![no_main]

libfuzzer_sys::fuzz_target!(init: morgue_fuzz::let_quiet_panics_pass(), |bytes: &[u8]| {
    morgue_fuzz::file("a.pdf", bytes);
});
