//! Indexing against a bare writer of the engine, in one run: CPU, threads, size, memory.
//!
//! `cargo bench --bench index` measures 20,000 made-up records; `MORGUE_BENCH_JSONL=FILE cargo bench --bench index` a file of
//! JSON lines with `title` and `body`. The floor indexes the same fields with the engine's own tokenizers on one thread and
//! neither checks, extracts nor remembers anything: the ratio is that of `--fields-only`. What extraction adds is told apart.

#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a benchmark")]

mod stage;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
    time::Instant,
};

use morgue::{
    archive::{Archive, Place, RefreshOptions},
    settings::{Reach, Settings},
};
use serde_json::Value;
use stage::{Chance, Silent};
use tantivy::{
    Index, IndexSettings, IndexWriter, TantivyDocument,
    indexer::IndexWriterOptions,
    schema::{FAST, Field, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions},
    store::{Compressor, ZstdCompressor},
};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let folder = tempfile::tempdir().unwrap();
    let archive = folder.path().join("archive");
    fs::create_dir(&archive).unwrap();
    let file = archive.join("records.jsonl");
    match std::env::var_os("MORGUE_BENCH_JSONL") {
        Some(given) => drop(fs::copy(given, &file).unwrap()),
        None => fs::write(&file, made_up(20_000)).unwrap(),
    }
    let text = text_bytes(&file);
    let (one, one_wall) = ours(&archive, folder.path().join("one"), (Reach::Fields, 1));
    let (_, two_wall) = ours(&archive, folder.path().join("two"), (Reach::Fields, 2));
    let (text_too, _) = ours(&archive, folder.path().join("names"), (Reach::Text, 1));
    let memory = peak_memory();
    let floor = floor(&file, &folder.path().join("floor"));
    let size = bytes_below(&folder.path().join("one"));
    println!("text (title and body)             {:>8.1} MB", text as f64 / 1e6);
    println!("CPU, one thread                   {one:>8.2} s");
    println!("CPU, with names from the text     {text_too:>8.2} s   ratio {:.2}", text_too / one);
    println!("CPU, bare writer, one thread      {floor:>8.2} s   ratio {:.2}", one / floor);
    println!("wall, one thread                  {one_wall:>8.2} s");
    println!("wall, two threads                 {two_wall:>8.2} s   ratio {:.2}", two_wall / one_wall);
    println!(
        "index                             {:>8.1} MB  ratio to text {:.2}",
        size as f64 / 1e6,
        size as f64 / text as f64
    );
    println!("peak memory of all runs           {memory:>8.0} MB");
}

fn ours(archive: &Path, index: PathBuf, (reach, threads): (Reach, usize)) -> (f64, f64) {
    let mut settings = Settings::default();
    settings.extract.reach = reach;
    let place = Place { folder: archive.to_owned(), index, settings, today: 20_000 };
    let options = RefreshOptions { threads: Some(threads), ..RefreshOptions::default() };
    let (cpu, started) = (cpu_seconds(), Instant::now());
    let summary = Archive::refresh(&place, &options, &Silent, &AtomicBool::new(false)).unwrap();
    assert!(summary.articles > 0);
    (cpu_seconds() - cpu, started.elapsed().as_secs_f64())
}

/// The bare writer's fields: the same as ours, as far as the file has them.
struct Fields {
    id: Field,
    path: Field,
    text: Field,
    bounds: Field,
    title: Field,
    lead: Field,
    labels: Vec<(&'static str, Field)>,
    under: Field,
    numbers: Vec<Field>,
    /// Of one row for each given name.
    mention_labels: Vec<Field>,
    mention_numbers: Vec<Field>,
    record: Field,
    stored: Field,
}

fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexed = |option| {
        TextOptions::default()
            .set_indexing_options(TextFieldIndexing::default().set_tokenizer("default").set_index_option(option))
    };
    let positions = || indexed(IndexRecordOption::WithFreqsAndPositions);
    let frequencies = || indexed(IndexRecordOption::WithFreqs);
    let labels = ["people", "places", "orgs", "topics", "source", "author"];
    let fields = Fields {
        id: builder.add_text_field("id", STRING | FAST),
        path: builder.add_text_field("path", STRING | FAST),
        text: builder.add_text_field("text", positions()),
        bounds: builder.add_text_field("bounds", positions()),
        title: builder.add_text_field("title", frequencies()),
        lead: builder.add_text_field("lead", frequencies()),
        labels: labels.map(|name| (name, builder.add_text_field(name, STRING | FAST))).to_vec(),
        under: builder.add_text_field("under", STRING),
        numbers: (0..10).map(|number| builder.add_u64_field(&format!("number{number}"), FAST)).collect(),
        mention_labels: ["ent", "role", "surface", "rule"].map(|name| builder.add_text_field(name, FAST)).to_vec(),
        mention_numbers: (0..8).map(|number| builder.add_u64_field(&format!("mention{number}"), FAST)).collect(),
        record: builder.add_text_field("record", STORED),
        stored: builder.add_text_field("stored", STORED),
    };
    (builder.build(), fields)
}

fn floor(file: &Path, folder: &Path) -> f64 {
    fs::create_dir(folder).unwrap();
    let cpu = cpu_seconds();
    let (schema, fields) = schema();
    let settings = IndexSettings {
        docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let index = Index::builder().schema(schema).settings(settings).create_in_dir(folder).unwrap();
    let options = IndexWriterOptions::builder().memory_budget_per_thread(96 << 20).num_worker_threads(1).build();
    let mut writer: IndexWriter = index.writer_with_options(options).unwrap();
    for line in fs::read_to_string(file).unwrap().lines() {
        if let Ok(record) = serde_json::from_str::<Value>(line) {
            writer.add_document(bare(&record, line, &fields)).unwrap();
        }
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
    cpu_seconds() - cpu
}

fn bare(record: &Value, line: &str, fields: &Fields) -> TantivyDocument {
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or_default();
    let (title, body) = (text("title"), text("body"));
    let whole = format!("{title}\n\n{body}");
    let lead = body.split("\n\n").next().unwrap_or_default();
    let mut document = TantivyDocument::new();
    document.add_text(fields.id, text("id"));
    document.add_text(fields.path, "records.jsonl");
    document.add_text(fields.text, &whole);
    document.add_text(fields.bounds, "s ".repeat(1 + body.matches(". ").count()));
    document.add_text(fields.title, title);
    document.add_text(fields.lead, lead.lines().next().unwrap_or_default());
    for (name, field) in &fields.labels {
        let values = match record.get(*name) {
            Some(Value::Array(values)) => values.iter().filter_map(Value::as_str).collect(),
            Some(Value::String(value)) => vec![value.as_str()],
            _ => Vec::new(),
        };
        values.iter().for_each(|value| document.add_text(*field, value));
        if ["people", "places", "orgs"].contains(name) {
            values.iter().for_each(|value| mention(&mut document, value, fields));
        }
    }
    (0u64..).zip(&fields.numbers).for_each(|(number, field)| document.add_u64(*field, number + whole.len() as u64));
    document.add_text(fields.record, &line[..line.len().min(400)]);
    document.add_text(fields.stored, &whole);
    document
}

/// A row of each mention column.
fn mention(document: &mut TantivyDocument, name: &str, fields: &Fields) {
    document.add_text(fields.under, format!("place\0{name}"));
    fields.mention_labels.iter().for_each(|field| document.add_text(*field, name));
    (0u64..).zip(&fields.mention_numbers).for_each(|(number, field)| document.add_u64(*field, number));
}

fn text_bytes(file: &Path) -> u64 {
    let length = |record: &Value, name: &str| record.get(name).and_then(Value::as_str).map_or(0, str::len) as u64;
    let lines = fs::read_to_string(file).unwrap();
    let records = lines.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    records.map(|record| length(&record, "title") + length(&record, "body") + 2).sum()
}

/// CPU seconds of this process so far, from the kernel's count in hundredths.
fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("this benchmark reads Linux's /proc");
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    (fields[11].parse::<f64>().unwrap() + fields[12].parse::<f64>().unwrap()) / 100.0
}

fn peak_memory() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1000.0
}

fn bytes_below(folder: &Path) -> u64 {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    files.map(|entry| entry.metadata().unwrap().len()).sum()
}

/// Records of made-up English.
fn made_up(records: usize) -> String {
    let mut chance = Chance::new();
    let mut lines = String::new();
    for number in 0..records {
        let body = chance.body();
        let person = format!("Person {}", chance.next() % 4000);
        let record = serde_json::json!({
            "id": format!("made-{number}"), "title": body.split('.').next(), "body": body, "date": "1987-03-01",
            "source": "Bench", "people": [person], "places": ["usa"], "topics": ["corn"],
        });
        lines.push_str(&record.to_string());
        lines.push('\n');
    }
    lines
}
