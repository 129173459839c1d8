//! Any bytes as the package of a book and, behind each NUL, a chapter: read or refused.
#![no_main]

const CONTAINER: &[u8] = b"<container><rootfile full-path=\"p\"/></container>";

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let mut members = vec![("META-INF/container.xml", CONTAINER)];
    members.extend(["p", "1", "2"].into_iter().zip(bytes.split(|byte| *byte == 0)));
    morgue_fuzz::file("a.epub", &morgue_fuzz::zipped(&members));
});
