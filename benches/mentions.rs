//! What a row of a list of mentions costs, from the plan to the last byte of JSON lines.
//!
//! `cargo bench --bench mentions` makes an archive of 20,000 articles of made-up English
//! (`MORGUE_BENCH_ARTICLES=N` makes another) and lists a person named often in an article, one named once in each of its
//! articles, and a word, each with the usual context and with sentences. `cargo bench --bench facets` tells the same of a
//! person among 200,000 articles.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

mod stage;

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use morgue::{
    archive::{Archive, Place, RefreshOptions},
    plan::{Context, MentionPage},
    query::Request,
    render::json,
    settings::Settings,
};
use stage::{Chance, Silent};

const RUNS: usize = 9;

fn main() {
    let told = std::env::var("MORGUE_BENCH_ARTICLES").ok().and_then(|articles| articles.parse().ok());
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("records.jsonl"), told.unwrap_or(20_000));
    let place = Place {
        folder: folder.path().to_owned(),
        index: folder.path().join(".morgue"),
        settings: Settings::default(),
        today: 30_000,
    };
    Archive::refresh(&place, &RefreshOptions::default(), &Silent, &AtomicBool::new(false)).unwrap();
    let archive = Archive::open(&place).unwrap();
    for query in ["person:\"Ada Moran\"", "person:\"Nils Brandt\"", "ceasefire"] {
        for (name, context) in [("80 characters", Context::default()), ("the sentence", Context::Sentence)] {
            measure(&archive, query, (name, context));
        }
    }
}

fn measure(archive: &Archive, query: &str, (name, context): (&str, Context)) {
    let request = Request { args: vec![query.to_owned()], today: 30_000, ..Request::default() };
    let page = MentionPage { context, ..MentionPage::default() };
    let mut rows = 0;
    let mut best = Duration::MAX;
    for _ in 0..RUNS {
        let started = Instant::now();
        let plan = archive.plan(&request).unwrap();
        let mentions = archive.mentions(&plan).unwrap();
        let mut out = BufWriter::new(io::sink());
        rows = 0;
        mentions
            .stream(&page, &mut |mention| {
                rows += 1;
                json::line(&mention, &mut out).unwrap();
                Ok(())
            })
            .unwrap();
        best = best.min(started.elapsed());
    }
    let each = best.as_secs_f64() * 1e6 / f64::from(rows);
    println!("{query:<22} {name:<14} {rows:>7} rows  {:>8.2} ms  {each:>6.2} µs a row", best.as_secs_f64() * 1e3);
}

fn write(file: &Path, articles: u64) {
    let (mut out, mut chance) = (BufWriter::new(File::create(file).unwrap()), Chance::new());
    for article in 0..articles {
        let (mut body, mut people) = (chance.body(), Vec::new());
        if article % 3 == 0 {
            people.push("Ada Moran");
            body = body.replace(".\n\n", ". Ada Moran said that it was so, and Ada Moran left.\n\n");
        }
        if article % 7 == 0 {
            people.push("Nils Brandt");
            body.push_str(" Nils Brandt disagreed with the board.");
        }
        if article % 8 == 0 {
            body.push_str(" The ceasefire held, it was said.");
        }
        let record = serde_json::json!({"id": format!("a{article}"), "title": "Board", "date": "2024-05-01", "source": "Tarn Post", "body": body, "people": people});
        writeln!(out, "{record}").unwrap();
    }
}
