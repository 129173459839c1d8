//! The records that are asked: those of a file, as often as wanted, or made-up ones.

use std::{fmt::Write as _, fs, path::Path};

use crate::stage::Chance;

/// Their file.
pub(crate) const FILE: &str = "records.jsonl";

/// Writes them to a file in `folder`.
pub(crate) fn write(folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let lines = match std::env::var_os("MORGUE_BENCH_JSONL") {
        Some(file) => repeated(&fs::read_to_string(file).unwrap()),
        None => made_up(20_000),
    };
    fs::write(folder.join(FILE), lines).unwrap();
}

/// The same records under other ids.
fn repeated(lines: &str) -> String {
    let times = std::env::var("MORGUE_BENCH_TIMES").ok().and_then(|times| times.parse().ok()).unwrap_or(1);
    let mut all = String::with_capacity(lines.len() * times);
    for time in 0..times {
        for line in lines.lines() {
            let mut record: serde_json::Value = serde_json::from_str(line).unwrap();
            record["id"] = format!("{}-{time}", record["id"].as_str().unwrap()).into();
            writeln!(all, "{record}").unwrap();
        }
    }
    all
}

fn made_up(records: usize) -> String {
    let mut chance = Chance::new();
    let mut lines = String::new();
    for number in 0..records {
        let body = chance.body();
        let title = body.split('.').next();
        let record = serde_json::json!({"id": number.to_string(), "title": title, "body": body, "language": "en"});
        writeln!(lines, "{record}").unwrap();
    }
    lines
}
