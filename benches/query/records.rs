//! The records that are asked: those of a file, as often as wanted, or made-up ones.

use std::{fmt::Write as _, fs, path::Path};

/// Writes them to a file in `folder`.
pub(crate) fn write(folder: &Path) {
    fs::create_dir(folder).unwrap();
    let lines = match std::env::var_os("MORGUE_BENCH_JSONL") {
        Some(file) => repeated(&fs::read_to_string(file).unwrap()),
        None => made_up(20_000),
    };
    fs::write(folder.join("records.jsonl"), lines).unwrap();
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

/// Words by Zipf's law out of syllables, in sentences and paragraphs.
fn made_up(records: usize) -> String {
    let mut state = 88_172_645_463_325_252u64;
    let mut next = move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    let syllables =
        ["con", "de", "mar", "in", "sta", "tra", "ne", "ti", "ra", "cen", "du", "mo", "ver", "li", "so", "ing"];
    let mut lines = String::new();
    for number in 0..records {
        let mut body = String::new();
        for at in 1..=120 {
            let mut rank = 30_000f64.powf((next() % 1_000_000) as f64 / 1e6) as usize;
            while rank > 0 {
                body.push_str(syllables[rank % 16]);
                rank /= 16;
            }
            body.push_str(if at % 40 == 0 {
                ".\n\n"
            } else if at % 12 == 0 {
                ". "
            } else {
                " "
            });
        }
        let title = body.split('.').next();
        let record = serde_json::json!({"id": number.to_string(), "title": title, "body": body, "language": "en"});
        writeln!(lines, "{record}").unwrap();
    }
    lines
}
