//! Any text as a query: understood or refused with a place, and printed as it is understood.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(query) = morgue::ask::parse(text) {
        let printed = query.to_string();
        assert_eq!(morgue::ask::parse(&printed).as_ref(), Ok(&query), "{printed}");
    }
});
