//! Any text as a query: understood or refused with a place, and printed as it is understood.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Ok(parsed) = morgue::ask::parse(text) {
        let printed = parsed.query.to_string();
        let again = morgue::ask::parse(&printed).map(|parsed| parsed.query).ok();
        assert_eq!(again, Some(parsed.query), "{printed}");
    }
});
