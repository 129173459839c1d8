//! Trains the recogniser of names: from public texts with marked names to the bytes of `data/names-en.model`.
//!
//! `cargo run --release --example train-names -- --data DIR --out data/names-en.model`. It refuses other texts than those
//! listed here, so that the same program makes the same model everywhere. `data/README.md` says where they come from.

#[path = "train-names/corpus.rs"]
mod corpus;

use std::{
    error::Error,
    fs,
    path::{Path, PathBuf},
};

use morgue::extract::{Known, Lesson, learn};

use corpus::{CORPORA, Corpus};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// A list of names: its file below DIR, what its names are, from which share of the people on a name is frequent.
struct List {
    file: &'static str,
    hash: &'static str,
    known: [Known; 2],
    frequent: f64,
}

const LISTS: [List; 3] = [
    List {
        file: "lexicons/dist.male.first",
        hash: "c3c06426359261f59feb879556be461bfcd482afe47347c5e90b28cfea82acb6",
        known: [Known::Given, Known::FrequentGiven],
        frequent: 0.02,
    },
    List {
        file: "lexicons/dist.female.first",
        hash: "1a5a07ec1ef7c3370355ecd82098290b8c5770b9ec45b9d36c63862e5db80bbc",
        known: [Known::Given, Known::FrequentGiven],
        frequent: 0.02,
    },
    List {
        file: "lexicons/dist.all.last",
        hash: "357d3475090dbe4a19ad8f592fd896d42162a05023aac18985c0e170475ef7c4",
        known: [Known::Family, Known::FrequentFamily],
        frequent: 0.002,
    },
];

/// Rarer names are left out: many of them are words.
const LAST_RANK: usize = 30_000;

fn main() -> Outcome<()> {
    let (data, out) = arguments().ok_or("usage: train-names --data DIR --out FILE")?;
    let mut lessons = Vec::new();
    for corpus in &CORPORA {
        lessons.extend(corpus.lessons(&checked(&data, corpus.file, corpus.hash)?)?);
    }
    lessons.extend(in_capitals(&lessons));
    let mut known = Vec::new();
    for list in &LISTS {
        known.extend(names(list, &String::from_utf8(checked(&data, list.file, list.hash)?)?)?);
    }
    fs::write(out, learn(&lessons, &known))?;
    Ok(())
}

fn arguments() -> Option<(PathBuf, PathBuf)> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |flag: &str| {
        let at = arguments.iter().position(|argument| argument == flag)?;
        arguments.get(at + 1).map(PathBuf::from)
    };
    Some((value("--data")?, value("--out")?))
}

/// The bytes of a file, when they are the ones that the model is made of.
fn checked(data: &Path, file: &str, hash: &str) -> Outcome<Vec<u8>> {
    let path = data.join(file);
    let bytes = fs::read(&path).map_err(|why| format!("cannot read {}: {why}", path.display()))?;
    let found = blake3::hash(&bytes).to_hex();
    if found.as_str() != hash {
        return Err(format!("{} has the BLAKE3 hash {found}, not {hash}", path.display()).into());
    }
    Ok(bytes)
}

/// The names of a list: each line a name in capitals, its share of the people in percent, the sum so far, its rank.
fn names(list: &List, text: &str) -> Outcome<Vec<(Known, String)>> {
    let mut names = Vec::new();
    for line in text.lines() {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let [name, share, _, rank] = columns[..] else { return Err(format!("{}: {line}", list.file).into()) };
        if rank.parse::<usize>()? <= LAST_RANK {
            let is_frequent = share.parse::<f64>()? >= list.frequent;
            names.push((list.known[usize::from(is_frequent)], name.to_owned()));
        }
    }
    Ok(names)
}

/// Every so many lessons once more in capitals, for headlines and datelines.
fn in_capitals(lessons: &[Lesson]) -> Vec<Lesson> {
    let capitals = |lesson: &Lesson| Lesson { text: lesson.text.to_ascii_uppercase(), names: lesson.names.clone() };
    lessons.iter().step_by(Corpus::EACH_IN_CAPITALS).map(capitals).collect()
}
