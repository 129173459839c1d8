//! Any bytes as the text of a word processor's document and, behind a NUL, what it says of itself: read or refused.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let members = ["word/document.xml", "docProps/core.xml"].into_iter().zip(bytes.splitn(2, |byte| *byte == 0));
    morgue_fuzz::file("a.docx", &morgue_fuzz::zipped(&members.collect::<Vec<_>>()));
});
