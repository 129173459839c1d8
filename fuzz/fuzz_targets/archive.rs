//! Any bytes as compressed files, and as a file inside one, whose name is the first line: read or refused.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    for name in ["a.zip", "a.txt.gz", "a.txt.zst"] {
        morgue_fuzz::file(name, bytes);
    }
    let (name, inner) = bytes.split_at(bytes.iter().position(|byte| *byte == b'\n').unwrap_or(0));
    let name = String::from_utf8_lossy(name);
    morgue_fuzz::file("a.zip", &morgue_fuzz::zipped(&[(&name, inner)]));
});
