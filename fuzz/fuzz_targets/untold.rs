//! Any bytes as a file whose name says nothing: its format told by what is in it, then read or refused.
#![no_main]

libfuzzer_sys::fuzz_target!(init: morgue_fuzz::let_quiet_panics_pass(), |bytes: &[u8]| {
    morgue_fuzz::file("clipping", bytes);
});
