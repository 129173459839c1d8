//! Facets over all articles, in one run: ours, the floor of plain counting, and the engine's own terms aggregation.
//!
//! `cargo bench --bench facets` makes an archive of 200,000 articles that name 2,000,000 people, 300,000 of them distinct
//! (`MORGUE_BENCH_ARTICLES=N` makes a smaller one). The floor counts over offsets and u32 ordinals in memory and picks the
//! 20 most frequent. Also measured: pairs of the most frequent person against the stream of its mentions.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

mod stage;

use std::{
    fs::{self, File},
    io::{BufWriter, Write},
    path::Path,
    sync::atomic::AtomicBool,
    time::{Duration, Instant},
};

use morgue::{
    archive::{Archive, Place, RefreshOptions},
    field::Field,
    plan::{Detail, FacetRequest, MentionPage, Node, Page, PairRequest, Plan},
    query::Request,
    settings::Settings,
};
use stage::Silent;
use tantivy::{
    Index,
    aggregation::{AggContextParams, AggregationCollector, agg_req::Aggregations},
    query::AllQuery,
};

const RUNS: usize = 15;
const PEOPLE: u64 = 300_000;
const EACH: u64 = 10;
const SHOWN: usize = 20;

fn main() {
    let told = std::env::var("MORGUE_BENCH_ARTICLES").ok().and_then(|articles| articles.parse().ok());
    let articles = told.unwrap_or(200_000);
    let folder = tempfile::tempdir().unwrap();
    write(&folder.path().join("records.jsonl"), articles);
    let place = Place {
        folder: folder.path().to_owned(),
        index: folder.path().join(".morgue"),
        settings: Settings::default(),
        today: 30_000,
    };
    // Two threads leave several segments, whatever the size.
    let options = RefreshOptions { threads: Some(2), ..RefreshOptions::default() };
    Archive::refresh(&place, &options, &Silent, &AtomicBool::new(false)).unwrap();
    let archive = Archive::open(&place).unwrap();
    let floor = floor(articles);
    let all = Plan::of(Node::All);
    let request = FacetRequest { limit: Some(SHOWN), ..FacetRequest::all(Field::Person) };
    let none = Page { limit: Some(0), detail: Detail::Fields, ..Page::default() };
    let bare = median(|| archive.search(&all, &none, &[]).unwrap().total.articles);
    let with = median(|| archive.search(&all, &none, std::slice::from_ref(&request)).unwrap().total.articles);
    let ours = with.saturating_sub(bare);
    let listed = median(|| archive.facets(&all, std::slice::from_ref(&request)).unwrap().total.articles);
    let engine = engine(&place.index);
    println!("plain counting                {:>9.2} ms", millis(floor));
    println!("facets                        {:>9.2} ms   {:.2} × plain counting", millis(ours), ratio(ours, floor));
    println!("facets, distinct values told  {:>9.2} ms   {:.2} × plain counting", millis(listed), ratio(listed, floor));
    println!("the engine's aggregation      {:>9.2} ms   facets take {:.2} of it", millis(engine), ratio(ours, engine));
    pairs(&archive);
}

/// Pairs of one frequent person, and the stream of its mentions.
fn pairs(archive: &Archive) {
    let request = Request {
        args: vec![format!("person:\"{}\"", name(0))],
        any: false,
        exact: false,
        with_unresolved: false,
        filters: Vec::new(),
        today: 30_000,
        ..Request::default()
    };
    let plan = archive.plan(&request).unwrap();
    let wanted = PairRequest { left: Field::Person, right: Field::Person, with: None, limit: Some(SHOWN) };
    let paired = median(|| archive.pairs(&plan, &wanted).unwrap().distinct);
    let mut rows = 0;
    let listed = median(|| {
        rows = 0;
        let mentions = archive.mentions(&plan).unwrap();
        mentions
            .stream(&MentionPage::default(), &mut |_| {
                rows += 1;
                Ok(())
            })
            .unwrap();
        rows
    });
    let each = millis(listed) * 1e3 / rows as f64;
    println!("mentions of one person        {:>9.2} ms   {each:.2} µs for each of {rows} rows", millis(listed));
    println!("its pairs                     {:>9.2} ms   {:.2} × its mentions", millis(paired), ratio(paired, listed));
}

/// Who is named at a place of an article: some often, most seldom.
fn person(article: u64, place: u64) -> u64 {
    let mixed = (article * EACH + place + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 20;
    if place < 3 { mixed % 200 } else { mixed % PEOPLE }
}

/// The people of an article, each once.
fn people(article: u64) -> Vec<u64> {
    let mut people: Vec<u64> = (0..EACH).map(|place| person(article, place)).collect();
    people.sort_unstable();
    people.dedup();
    people
}

fn name(number: u64) -> String {
    format!("Ada{number} Moran{}", number % 997)
}

fn write(file: &Path, articles: u64) {
    let mut out = BufWriter::new(File::create(file).unwrap());
    for article in 0..articles {
        let names: Vec<String> = people(article).into_iter().map(name).collect();
        let body = format!("The harbour board met. {} spoke.", names.join(" and "));
        let record = serde_json::json!({"id": format!("a{article}"), "title": "Board", "body": body, "people": names});
        writeln!(out, "{record}").unwrap();
    }
}

/// Counting over offsets and ordinals, and nothing else.
fn floor(articles: u64) -> Duration {
    let (mut offsets, mut ordinals) = (vec![0u32], Vec::new());
    for article in 0..articles {
        ordinals.extend(people(article).into_iter().map(|person| person as u32));
        offsets.push(ordinals.len() as u32);
    }
    median(|| {
        let mut counts = vec![0u32; PEOPLE as usize];
        for ends in offsets.windows(2) {
            ordinals[ends[0] as usize..ends[1] as usize].iter().for_each(|ordinal| counts[*ordinal as usize] += 1);
        }
        let mut ranked: Vec<(u32, u32)> = counts.iter().copied().zip(0..).filter(|(count, _)| *count > 0).collect();
        ranked.select_nth_unstable_by(SHOWN, |a, b| b.cmp(a));
        u64::from(ranked[0].0)
    })
}

fn engine(home: &Path) -> Duration {
    let current = fs::read_to_string(home.join("current")).unwrap();
    let index = Index::open_in_dir(home.join(current.trim())).unwrap();
    let searcher = index.reader().unwrap().searcher();
    let request = serde_json::json!({"people": {"terms": {"field": "person", "size": SHOWN}}});
    let request: Aggregations = serde_json::from_value(request).unwrap();
    median(|| {
        let collector = AggregationCollector::from_aggs(request.clone(), AggContextParams::default());
        searcher.search(&AllQuery, &collector).unwrap().0.len() as u64
    })
}

fn median(mut run: impl FnMut() -> u64) -> Duration {
    let timed = |_| {
        let started = Instant::now();
        std::hint::black_box(run());
        started.elapsed()
    };
    let mut times: Vec<Duration> = (0..RUNS).map(timed).collect();
    times.sort_unstable();
    times[RUNS / 2]
}

fn millis(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn ratio(time: Duration, of: Duration) -> f64 {
    time.as_secs_f64() / of.as_secs_f64()
}
