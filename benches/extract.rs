//! How fast names are found: articles a second on one thread, from drafts to articles with their mentions.
//!
//! `cargo bench --bench extract` measures invented articles of 620 words; with `MORGUE_BENCH_JSONL` naming a file of JSON
//! lines with `title` and `body`, that is measured too. `tagger` is the rules and the trained recogniser; `fields only` is the
//! floor: the same without either.

#![allow(missing_docs, clippy::unwrap_used, clippy::indexing_slicing, reason = "a benchmark")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use morgue::{
    article::{Draft, Origin, PartKind, Passage},
    extract::{Gazetteers, Home, extract},
    settings::{Reach, Recogniser, Sources},
    text::Language,
};

const ARTICLES: usize = 200;
const WORDS: usize = 620;

/// Sentences as a paper prints them, with about one name in each.
const SENTENCES: [&str; 10] = [
    "President Marek Tolland met the special envoy Nora Vell in Hull on Thursday.",
    "Vell said that the talks, which had gone on for weeks, would be taken up again soon.",
    "The river rose by two metres overnight and flooded the lower streets of the old town.",
    "\"Nobody was told,\" said Tarkov, a spokesman for the Norland Harbour Authority (NHA).",
    "According to the Ministry of Foreign Affairs, the delegation left Moscow before dawn.",
    "Tollands office did not answer questions about the costs of the new bridge.",
    "Mr Ilm Orrin, 54, and his sister Ada Orrin have run the mill since their father died.",
    "Prices of grain fell again, and farmers asked the government of France for help.",
    "The envoy had seen none of the papers when Paul Vellmar of Northern Wire called.",
    "It was the third storm of the year, and the insurers had stopped counting in March.",
];

fn invented() -> Vec<(String, String)> {
    let article = |number: usize| {
        let mut body = String::new();
        let mut words = 0;
        for at in (0..).map(|at: usize| (number * 7 + at * 3) % SENTENCES.len()) {
            body.push_str(SENTENCES[at]);
            words += SENTENCES[at].split(' ').count();
            body.push_str(if at % 3 == 0 { "\n\n" } else { " " });
            if words >= WORDS {
                break;
            }
        }
        (format!("Envoy's Message To Tolland: What Is Happening, Part {number}"), body)
    };
    (0..ARTICLES).map(article).collect()
}

fn from_file(path: &std::path::Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).unwrap();
    let records = text.lines().take(5_000).map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let field = |record: &serde_json::Value, name: &str| record[name].as_str().unwrap_or_default().to_owned();
    records.map(|record| (field(&record, "title"), field(&record, "body"))).collect()
}

fn draft((title, body): &(String, String)) -> Draft {
    let passage = |kind, text: &String| Passage { kind, text: text.clone(), origin: Origin::on_line(1) };
    let passages = vec![passage(PartKind::Title, title), passage(PartKind::Body, body)];
    Draft { passages, language: Some("en".to_owned()), ..Draft::default() }
}

fn measure(c: &mut Criterion, name: &str, articles: &[(String, String)]) {
    let words: usize = articles.iter().map(|(_, body)| body.split_whitespace().count()).sum();
    let mut group = c.benchmark_group(format!("{name}, {} words an article", words / articles.len().max(1)));
    group.throughput(Throughput::Elements(articles.len() as u64)).sample_size(10);
    let ways = [
        ("rules", Reach::Text, Recogniser::Rules),
        ("tagger", Reach::Text, Recogniser::Tagger),
        ("fields only", Reach::Fields, Recogniser::Rules),
    ];
    for (what, reach, recogniser) in ways {
        let sources = Sources { reach, recogniser, ..Sources::default() };
        let home = Home::new(Language::ENGLISH, Gazetteers::default(), sources).unwrap();
        group.bench_function(what, |b| {
            b.iter(|| {
                for article in articles {
                    black_box(extract(draft(article), "a.txt", "a".to_owned(), &home));
                }
            });
        });
    }
    group.finish();
}

fn names(c: &mut Criterion) {
    measure(c, "invented", &invented());
    if let Some(path) = std::env::var_os("MORGUE_BENCH_JSONL") {
        measure(c, "given", &from_file(path.as_ref()));
    }
}

criterion_group!(benches, names);
criterion_main!(benches);
