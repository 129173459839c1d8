//! Each kind of query against the engine's own equivalent, on the same index in the same run.
//!
//! `cargo bench --bench query` asks 20,000 made-up records; `MORGUE_BENCH_JSONL=FILE cargo bench --bench query` those of a file
//! of JSON lines with `id`, `title` and `body`, as often as `MORGUE_BENCH_TIMES` says, under other ids. The index stays in
//! `MORGUE_BENCH_FOLDER` for the next run, if that is given. Ratios of the shortest times are printed first, then criterion
//! measures the same. Both sides visit every match, so that none can answer from a count kept in the dictionary. The words
//! asked for are chosen by how many articles have them. Names are not sought in the texts: no query here asks for one. Where
//! the ten best are asked for, both sides fetch and unpack these ten articles; morgue alone reads what is in them.

#![allow(missing_docs, clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark")]

#[path = "query/bare.rs"]
mod bare;
#[path = "query/records.rs"]
mod records;
mod stage;

use std::{
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
    time::Instant,
};

use bare::Bare;
use criterion::Criterion;
use morgue::{
    archive::{Archive, Place, RefreshOptions},
    plan::{Detail, Page, Plan, Unit},
    query::Request,
    settings::{Reach, Settings},
};
use stage::Silent;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A way to ask, giving the number of matches.
type Ask<'a> = Box<dyn Fn() -> u64 + 'a>;

/// Something asked in two ways.
struct Pair<'a> {
    name: String,
    /// How many times as long the first may take as the second.
    bound: f64,
    ours: Ask<'a>,
    other: Ask<'a>,
}

fn main() {
    let passing = tempfile::tempdir().unwrap();
    let folder = std::env::var_os("MORGUE_BENCH_FOLDER").map_or(passing.path().to_owned(), PathBuf::from);
    let archive = indexed(&folder);
    let bare = Bare::open(&folder.join("index"), folder.join("archive").join(records::FILE));
    let words = bare.chosen();
    println!("asked for: {}; {} {}", words.all().join(", "), words.phrase.0, words.phrase.1);
    let pairs = pairs(&archive, &bare, &words);
    for pair in &pairs {
        compare(pair);
    }
    let mut criterion = Criterion::default().configure_from_args().sample_size(20);
    for pair in &pairs {
        criterion.bench_function(&format!("{}/morgue", pair.name), |bencher| bencher.iter(&pair.ours));
        criterion.bench_function(&format!("{}/other", pair.name), |bencher| bencher.iter(&pair.other));
    }
    criterion.final_summary();
}

fn indexed(folder: &Path) -> Archive {
    let clippings = folder.join("archive");
    if !clippings.exists() {
        records::write(&clippings);
    }
    let mut settings = Settings::default();
    settings.extract.reach = Reach::Fields;
    let place = Place { folder: clippings, index: folder.join("index"), settings, today: 20_000 };
    let summary = Archive::refresh(&place, &RefreshOptions::default(), &Silent, &AtomicBool::new(false)).unwrap();
    println!("{} articles", summary.articles);
    Archive::open(&place).unwrap()
}

/// Shortest of many runs in turn: what disturbs a run only makes it longer.
fn compare(pair: &Pair<'_>) {
    let (found, others) = ((pair.ours)(), (pair.other)());
    let mut shortest = [f64::MAX; 2];
    for _ in 0..40 {
        for (shortest, ask) in shortest.iter_mut().zip([&pair.ours, &pair.other]) {
            let started = Instant::now();
            std::hint::black_box(ask());
            *shortest = shortest.min(started.elapsed().as_secs_f64());
        }
    }
    let [ours, other] = shortest.map(|seconds| seconds * 1e3);
    let (ratio, bound) = (ours / other, pair.bound);
    let verdict = if ratio <= bound { "" } else { "  over" };
    println!(
        "{:<44} {ours:>9.3} ms {other:>9.3} ms  ratio {ratio:>5.2} of {bound}{verdict}   ({found} and {others})",
        pair.name
    );
}

fn pairs<'a>(archive: &'a Archive, bare: &'a Bare, words: &bare::Chosen) -> Vec<Pair<'a>> {
    let mut pairs = Vec::new();
    let mut add = |name: &str, bound: f64, ours: Ask<'a>, other: Ask<'a>| {
        pairs.push(Pair { name: name.to_owned(), bound, ours, other });
    };
    let (common, middle, rare) = (&words.common, &words.middle, &words.rare);
    let (a, b) = (&words.phrase.0, &words.phrase.1);
    for (name, word) in [("common", common), ("middle", middle), ("rare", rare)] {
        add(&format!("word, {name}"), 1.1, count(archive, &format!("={word}")), bare.count(bare.word(word)));
        add(&format!("word, {name}, ten best"), 1.1, best(archive, &format!("={word}")), bare.best(bare.word(word)));
        add(&format!("word, {name}, any inflection"), 1.1, count(archive, word), bare.count(bare.inflected(word)));
    }
    let (both, either) = (|| bare.both(common, middle), || bare.either(common, middle));
    add("a b", 1.1, count(archive, &format!("={common} ={middle}")), bare.count(both()));
    add("a b, ten best", 1.1, best(archive, &format!("={common} ={middle}")), bare.best(both()));
    add("a OR b", 1.1, count(archive, &format!("={common} OR ={middle}")), bare.count(either()));
    add("a OR b, ten best", 1.1, best(archive, &format!("={common} OR ={middle}")), bare.best(either()));
    add("a -b", 1.1, count(archive, &format!("={common} -={middle}")), bare.count(bare.without(common, middle)));
    let phrase = format!("=\"{a} {b}\"");
    add("phrase", 1.5, count(archive, &phrase), bare.count(bare.phrase(a, b)));
    add("phrase, ten best", 1.5, best(archive, &phrase), bare.best(bare.phrase(a, b)));
    for (x, y) in [(a, b), (common, middle)] {
        for near in ["W/5", "PRE/5", "/s", "/p"] {
            let name = format!("{x} {near} {y}, to the phrase");
            add(&name, 3.0, count(archive, &format!("={x} {near} ={y}")), bare.count(bare.phrase(x, y)));
        }
    }
    for length in [2, 3, 4] {
        let beginning: String = common.chars().take(length).collect();
        let name = format!("prefix of {length} letters");
        add(&name, 0.5, count(archive, &format!("{beginning}*")), bare.count(bare.begins(&beginning)));
    }
    add("snippets of ten hits, to the search", 2.0, shown(archive, common), found(archive, common));
    pairs
}

fn plan(archive: &Archive, typed: &str) -> Plan {
    let args = vec![typed.to_owned()];
    archive
        .plan(&Request {
            args,
            any: false,
            exact: false,
            with_unresolved: false,
            filters: Vec::new(),
            today: 20_000,
            ..Request::default()
        })
        .unwrap()
}

fn count<'a>(archive: &'a Archive, typed: &str) -> Ask<'a> {
    let plan = plan(archive, typed);
    Box::new(move || archive.count(&plan, Unit::Articles).unwrap().total.articles)
}

fn best<'a>(archive: &'a Archive, typed: &str) -> Ask<'a> {
    let plan = plan(archive, typed);
    let page = Page { limit: Some(10), detail: Detail::Fields, ..Page::default() };
    Box::new(move || archive.search(&plan, &page, &[]).unwrap().total.articles)
}

/// Ten hits with their passages and the count of all mentions; and a count of articles, which the other side needs too.
fn shown<'a>(archive: &'a Archive, typed: &str) -> Ask<'a> {
    let (plan, counted) = (plan(archive, typed), count(archive, typed));
    let page = Page { limit: Some(10), ..Page::default() };
    Box::new(move || archive.search(&plan, &page, &[]).unwrap().total.articles.min(counted()))
}

/// Ten hits, and the count of all mentions.
fn found<'a>(archive: &'a Archive, typed: &str) -> Ask<'a> {
    let counted = plan(archive, typed);
    let ten = best(archive, typed);
    Box::new(move || {
        let mentions = archive.count(&counted, Unit::Mentions).unwrap();
        mentions.total.articles.max(ten())
    })
}
