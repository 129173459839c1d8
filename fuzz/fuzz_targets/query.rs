//! Any text as a query: understood or refused with a place, never a panic.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let _ = morgue::ask::parse(text);
});
