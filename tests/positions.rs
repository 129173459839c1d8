//! Where words stand in their files, against the files themselves. It never asks an index.

#![allow(clippy::unwrap_used, reason = "a file of the corpus that cannot be read is a red test")]

use std::{
    collections::BTreeMap,
    ops::Range,
    path::{Path, PathBuf},
};

use morgue::{
    article::{Article, Newlines},
    clean::clean,
    extract::{Gazetteers, Home, extract},
    read::{fallback_ids, read_bytes, text_of},
    settings::{Reach, Settings, Sources},
    text::Language,
};

/// What was found of the words of some files.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    words: usize,
    /// Whose line has them.
    on_line: usize,
    /// Whose bytes are told.
    told: usize,
    /// Whose bytes are they.
    right: usize,
}

/// Every word of the articles of a file, looked up in it; at each that is not there, `miss` is called.
fn checked(path: &str, bytes: &[u8], miss: &mut dyn FnMut(&Article, Range<usize>)) -> Tally {
    let sources = Sources { reach: Reach::Fields, ..Sources::default() };
    let home = Home::new(Language::ENGLISH, Gazetteers::default(), sources).unwrap();
    let text = text_of(bytes).map_or_else(String::new, |(text, _)| text);
    let lines: Vec<&str> = text.split('\n').collect();
    let reading = read_bytes(path, bytes, None, &Settings::default());
    let ids = fallback_ids(path, &reading.drafts);
    let mut tally = Tally::default();
    for (draft, id) in reading.drafts.into_iter().zip(ids) {
        let article = extract(clean(draft), path, id, &home);
        let newlines = Newlines::of(&article.text);
        for word in words(&article.text) {
            let Some(head) = head(&article.text[word.clone()]) else { continue };
            tally.words += 1;
            let line = article.line_at(word.start, &newlines) as usize;
            let is_there = lines.get(line - 1).is_some_and(|line| line.contains(head));
            tally.on_line += usize::from(is_there);
            let told = article.bytes_at(word.clone(), &newlines);
            let is_same = told.clone().is_some_and(|told| {
                bytes.get(told.start as usize..told.end as usize) == Some(article.text[word.clone()].as_bytes())
            });
            tally.told += usize::from(told.is_some());
            tally.right += usize::from(is_same);
            if !is_there || told.is_some() && !is_same {
                miss(&article, word);
            }
        }
    }
    tally
}

/// The bytes of each word.
fn words(text: &str) -> Vec<Range<usize>> {
    let start = |word: &str| word.as_ptr() as usize - text.as_ptr() as usize;
    text.split_whitespace().map(|word| start(word)..start(word) + word.len()).collect()
}

/// The first letters or digits of a word that any format writes as they are.
fn head(word: &str) -> Option<&str> {
    let plain = |word: &str| word.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let length = plain(word);
    (length > 0).then(|| &word[..length])
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

/// How many words of the files of some folders are told where they stand, by the ends of their names.
#[test]
#[ignore = "for the folders named in MORGUE_POSITIONS"]
fn words_of_an_archive() {
    let named = std::env::var("MORGUE_POSITIONS").unwrap();
    let every: usize = std::env::var("MORGUE_EVERY").map_or(1, |n| n.parse().unwrap());
    let mut sums: BTreeMap<String, Tally> = BTreeMap::new();
    for path in named.split(':').flat_map(|folder| files(Path::new(folder))).step_by(every) {
        let name = path.to_string_lossy().into_owned();
        let ending = path.extension().map_or("", |ending| ending.to_str().unwrap()).to_owned();
        let ending = if ending.len() > 5 { String::new() } else { ending };
        let mut left = 2;
        let found = checked(&name, &std::fs::read(&path).unwrap(), &mut |article, word| {
            if left > 0 {
                let line = article.line_at(word.start, article.text.as_str());
                let start = article.text.floor_char_boundary(word.start.saturating_sub(20));
                println!(
                    "{name}: line {line}: {:?} after {:?}",
                    &article.text[word.clone()],
                    &article.text[start..word.start]
                );
                left -= 1;
            }
        });
        let sum = sums.entry(ending).or_default();
        *sum = Tally {
            words: sum.words + found.words,
            on_line: sum.on_line + found.on_line,
            told: sum.told + found.told,
            right: sum.right + found.right,
        };
    }
    for (ending, sum) in sums {
        let share = |n: usize, of: usize| 100.0 * n as f64 / of.max(1) as f64;
        let (lines, told) = (share(sum.on_line, sum.words), share(sum.told, sum.words));
        println!(
            "== {ending}: {} words, {lines:.3} % on their line, bytes of {told:.2} %, {} of them wrong",
            sum.words,
            sum.told - sum.right
        );
    }
}
