//! How fast text is analysed: bytes a second on one thread, on made-up English news.
//!
//! `cargo bench --bench text`. With `MORGUE_BENCH_TEXT` naming a file of plain text, that is measured too.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{fmt::Write as _, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use morgue::text::{Language, detect, fold, tokenise};

/// About as many distinct words as a large archive has frequent ones, in about the same proportions.
const DISTINCT: u64 = 40_000;
/// What now and then follows a word, each once in 128 times, the comma more often.
const BEHIND: [&str; 14] = [",", ",", ",", ",", ",", ",", ",", ",", "'s", "’s", "-led", " U.S.", " 1,204", ".”"];
const ARTICLES: usize = 400;

struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Below `end`, small numbers far more often.
    fn rank(&mut self, end: u64) -> u64 {
        let share = (self.next() % 1_000_000) as f64 / 1e6;
        ((end as f64).powf(share) - 1.0) as u64
    }
}

fn word(rank: u64) -> String {
    const COMMON: [&str; 16] =
        ["the", "of", "to", "and", "in", "a", "said", "that", "for", "on", "is", "was", "with", "by", "its", "he"];
    const BEGIN: [&str; 20] = [
        "con", "de", "pro", "re", "mar", "in", "sta", "tra", "com", "ne", "sup", "par", "o", "ex", "lo", "ba", "mi",
        "fer", "ga", "vi",
    ];
    const MIDDLE: [&str; 20] = [
        "ti", "ra", "cen", "du", "mo", "ple", "ri", "gra", "ven", "si", "ta", "no", "ver", "li", "so", "per", "na",
        "ke", "bu", "fi",
    ];
    const END: [&str; 10] = ["ing", "ed", "s", "tion", "ment", "ly", "er", "al", "", "ations"];
    if let Some(common) = COMMON.get(rank as usize) {
        return (*common).to_owned();
    }
    let pick = |list: &[&'static str], at: u64| list[at as usize % list.len()];
    let mut word = String::from(pick(&BEGIN, rank));
    if rank > 100 {
        word.push_str(pick(&MIDDLE, rank / 20));
    }
    if rank > 5000 {
        word.push_str(pick(&MIDDLE, rank / 400));
    }
    word.push_str(pick(&END, rank.wrapping_mul(0x9e37_79b9) >> 7));
    word
}

fn article(chance: &mut Chance) -> String {
    let mut text = String::new();
    for sentence in 0..30 {
        for at in 0..20 {
            let mut word = word(chance.rank(DISTINCT));
            if at == 0 || chance.rank(9) > 6 {
                word[..1].make_ascii_uppercase();
            }
            let behind = BEHIND.get(chance.next() as usize % 128).copied().unwrap_or("");
            write!(text, "{word}{behind} ").unwrap();
        }
        text.truncate(text.trim_end().len());
        text.push_str(if sentence % 3 == 2 { ".\n\n" } else { ". " });
    }
    text
}

fn analyse(c: &mut Criterion) {
    let mut chance = Chance(88_172_645_463_325_252);
    let made_up: Vec<String> = (0..ARTICLES).map(|_| article(&mut chance)).collect();
    measure(c, "made-up", &made_up);
    if let Some(path) = std::env::var_os("MORGUE_BENCH_TEXT") {
        let texts: Vec<String> = std::fs::read_to_string(path).unwrap().split('\u{c}').map(str::to_owned).collect();
        measure(c, "given", &texts);
    }
}

fn measure(c: &mut Criterion, name: &str, texts: &[String]) {
    let bytes = texts.iter().map(String::len).sum::<usize>() as u64;
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes)).sample_size(10);
    let each = |f: &mut dyn FnMut(&str)| texts.iter().for_each(|text| f(text));
    group.bench_function("analyse", |b| {
        b.iter(|| {
            each(&mut |text| {
                drop(black_box(morgue::text::analyse(text, std::slice::from_ref(&(0..text.len())), Language::ENGLISH)));
            });
        });
    });
    group.bench_function("tokenise", |b| {
        b.iter(|| each(&mut |text| drop(black_box(tokenise(text, Language::ENGLISH)))))
    });
    group.bench_function("fold", |b| b.iter(|| each(&mut |text| drop(black_box(fold(text))))));
    group.bench_function("detect", |b| {
        b.iter(|| {
            each(&mut |text| {
                black_box(detect(text, Language::ENGLISH));
            });
        });
    });
    group.finish();
}

criterion_group!(benches, analyse);
criterion_main!(benches);
