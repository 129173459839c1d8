//! Whole processes against `true`, in one run: what a shell loop over searches pays.
//!
//! `cargo bench --bench process` builds an index of the sample corpus; `MORGUE_BENCH_ARCHIVE=DIR` (with an index) measures
//! another archive with the words of `MORGUE_BENCH_QUERY`.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::{
    process::{Command, Stdio},
    time::{Duration, Instant},
};

const RUNS: usize = 200;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let index = folder.path().join("index");
    let given = std::env::var("MORGUE_BENCH_ARCHIVE").ok();
    let query = std::env::var("MORGUE_BENCH_QUERY").unwrap_or_else(|_| "envoy ceasefire".to_owned());
    let sample = concat!(env!("CARGO_MANIFEST_DIR"), "/sample-corpus").to_owned();
    let mut place = vec!["-A".to_owned(), given.clone().unwrap_or(sample)];
    if given.is_none() {
        place.extend(["--index".to_owned(), index.display().to_string()]);
        assert!(morgue(&place, &["index", "-q"]).status().unwrap().success());
    }
    let words: Vec<&str> = query.split_whitespace().collect();
    let titles = [&["search"], &words[..], &["--fields", "title", "--facets", "none"]].concat();
    let facets = [&["search"], &words[..], &["--format", "screen"]].concat();
    let mut runs: Vec<(&str, Command, Vec<Duration>)> = vec![
        ("true", Command::new("true"), Vec::new()),
        ("morgue --version", morgue(&[], &["--version"]), Vec::new()),
        ("search, ten titles", morgue(&place, &titles), Vec::new()),
        ("search with facets", morgue(&place, &facets), Vec::new()),
    ];
    for _ in 0..RUNS {
        for (_, command, times) in &mut runs {
            let started = Instant::now();
            command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
            times.push(started.elapsed());
        }
    }
    let floor = median(&mut runs[0].2);
    for (name, _, times) in &mut runs {
        let time = median(times);
        println!("{name:<22} {:>8.2} ms   {:>5.2} × true", time * 1e3, time / floor);
    }
}

fn morgue(place: &[String], arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.args(place).args(arguments);
    command
}

fn median(times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}
