//! Hit lists of 100,000 made-up mentions, in one run: each form against JSON lines, which is the least a row can cost.
//!
//! `cargo bench --bench exports` (`MORGUE_BENCH_ROWS=N` makes it shorter). Wanted: CSV within three times JSON lines and
//! ten microseconds a row. Rows are made before and written to nowhere, so that only the form is measured.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

use std::{
    io,
    time::{Duration, Instant},
};

use morgue::{
    article::PartKind,
    entity::EntityKind,
    hit::{CountView, MentionHit, Provenance},
    render::{
        form::{FORMS, Form},
        hitlist::{Head, Reader, Row, Rows},
    },
};

const RUNS: usize = 5;

fn main() {
    let told = std::env::var("MORGUE_BENCH_ROWS").ok().and_then(|rows| rows.parse().ok());
    let rows: Vec<MentionHit> = (0..told.unwrap_or(100_000)).map(mention).collect();
    let lines = median(Form::named("jsonl").unwrap(), &rows);
    println!("{} mentions, median of {RUNS} runs", rows.len());
    for form in FORMS.iter().filter(|form| form.takes.takes(Rows::Mentions)) {
        let time = median(form, &rows);
        let each = time.as_secs_f64() * 1e6 / rows.len() as f64;
        println!("{:12} {each:8.2} µs a row  {:5.2} × jsonl", form.name, time.as_secs_f64() / lines.as_secs_f64());
    }
}

fn median(form: &Form, rows: &[MentionHit]) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS).map(|_| written(form, rows)).collect();
    times.sort();
    times[RUNS / 2]
}

fn written(form: &Form, rows: &[MentionHit]) -> Duration {
    let provenance = Provenance { exported: "2026-03-01T12:00:00Z".into(), ..Provenance::default() };
    let view = CountView::default();
    let head = Head {
        provenance: &provenance,
        view: &view,
        rows: Rows::Mentions,
        page: (0, None),
        fields: None,
        reader: Reader::Any,
        template: None,
    };
    let mut out = io::sink();
    let began = Instant::now();
    let mut list = (form.begin)(&head, &mut out).unwrap();
    rows.iter().for_each(|row| list.row(Row::Mention(row)).unwrap());
    list.finish(&provenance).unwrap();
    began.elapsed()
}

/// A mention with everything a mention can have, its context as long as usual.
fn mention(i: u64) -> MentionHit {
    let person = format!("Ilse Maro {}", i % 500);
    MentionHit {
        id: format!("north/{}/tarn-{i}.txt", i % 90),
        path: format!("north/{}/tarn-{i}.txt", i % 90),
        line: (i % 40) as u32 + 1,
        part: PartKind::Body,
        start: i % 4000,
        end: i % 4000 + 9,
        byte_start: Some(i % 4100),
        byte_end: Some(i % 4100 + 9),
        surface: person.clone(),
        entity: Some(person.clone()),
        kind: Some(EntityKind::Person),
        role: Some("special envoy".into()),
        sentence: i % 30 + 1,
        left: "and on Tuesday, after the river had fallen to its usual height, the envoy, \"tired\", ".into(),
        matched: person,
        right: " came to the harbour, looked at the three broken gates and said nothing at all.".into(),
        published: Some(format!("19{:02}-05-{:02}", i % 100, i % 28 + 1)),
        source: Some("The Tarn Valley Courier".into()),
        title: "Envoy sees the gates, and the council sees the envoy".into(),
        url: Some(format!("https://example.org/courier/{i}?from=archive&page=3")),
        byline: Some("By Ada Moran and Tom Hale".into()),
        location: None,
        rule: Some("given".into()),
        confidence: Some(0.85),
        hash: "0123456789abcdef".repeat(4),
        article: None,
    }
}
