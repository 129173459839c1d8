//! Transcripts of the command line in `tests/cli/`: what is typed, what is printed, the exit code.
//!
//! `TRYCMD=overwrite cargo test --test cli` writes them anew; read the difference before you keep it.

#[test]
fn transcripts() {
    let cases = trycmd::TestCases::new();
    cases.env("COLUMNS", "80").env("NO_COLOR", "1").env("HOME", "/nonexistent").env("MORGUE_ARCHIVE", "");
    cases.case("tests/cli/*.trycmd").case("tests/cli/*.md");
}
