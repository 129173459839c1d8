//! How fast web pages are read: bytes a second on one thread, on an invented page.
//!
//! `cargo bench --bench html`. With `MORGUE_BENCH_PAGES` naming a folder of pages, those are measured too.

#![allow(missing_docs, clippy::unwrap_used)]

use std::{fmt::Write as _, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use morgue::{read::read_bytes, settings::Settings};

/// A page as news sites make them: much around a text of forty paragraphs.
fn page() -> String {
    let mut page = String::from(
        "<!doctype html><html lang=en><head><title>Ferry returns | Quay News</title>\
         <script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Ferry returns\", \
         \"datePublished\": \"2025-03-14T10:00:00Z\"}</script></head><body><nav><ul>",
    );
    (0..80)
        .for_each(|n| write!(page, "<li class=\"menu-item\"><a href=\"/section/{n}\">Section {n}</a></li>").unwrap());
    page.push_str("</ul></nav><main><article class=\"story\"><h1>Ferry returns</h1>");
    for n in 0..40 {
        let share = "<div class=\"share-bar\"><a href=\"#\">Share</a> <a href=\"#\">Tweet</a></div>";
        write!(
            page,
            "<p>The ferry, which had been away for {n} weeks, came back on a <em>quiet</em> tide, and the harbour \
             master, who had waited at the quay, said that <a href=\"/boats\">the boat</a> would sail again.</p>{share}"
        )
        .unwrap();
    }
    page.push_str("</article></main><aside><ul>");
    (0..200)
        .for_each(|n| write!(page, "<li><a href=\"/story/{n}\"><h3>Another story, number {n}</h3></a></li>").unwrap());
    page.push_str("</ul></aside><footer>Quay News</footer></body></html>");
    page
}

fn read(c: &mut Criterion) {
    measure(c, "invented page", &[page().into_bytes()]);
    if let Some(folder) = std::env::var_os("MORGUE_BENCH_PAGES") {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_file());
        let pages: Vec<Vec<u8>> = files.map(|path| std::fs::read(path).unwrap()).collect();
        measure(c, "given pages", &pages);
    }
}

fn measure(c: &mut Criterion, name: &str, pages: &[Vec<u8>]) {
    let settings = Settings::default();
    let bytes = pages.iter().map(Vec::len).sum::<usize>() as u64;
    let mut group = c.benchmark_group(name);
    group.throughput(Throughput::Bytes(bytes)).sample_size(10);
    group.bench_function("read", |b| {
        b.iter(|| pages.iter().for_each(|page| drop(black_box(read_bytes("page.html", page, None, &settings)))));
    });
    group.finish();
}

criterion_group!(benches, read);
criterion_main!(benches);
