//! Makes `data/lexicons/given-names.txt`, `women.txt`, `men.txt` and `surnames.txt` from the name files of the US Census of
//! 1990, and from all lists the table `data/words.tsv` that the program looks words up in.
//!
//! `cargo run --example lexicons` makes the table, after a list was edited; `cargo run --example lexicons -- FOLDER` also the
//! four lists, with a folder that holds `dist.all.last`, `dist.female.first` and
//! `dist.male.first`, each a name and its share of the population a line, the most frequent first. The same files give the
//! same lexicons, byte for byte. The other lexicons are written by hand.

#![allow(clippy::print_stdout, clippy::expect_used, reason = "a tool that is run by hand")]

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
};

const SURNAMES: usize = 20_000;
const OF_WOMEN: usize = 2_500;
const OF_MEN: usize = 1_219;
/// Per cent of one sex who bear a name that tells of it, at least; and how many times as many they are as of the other, if the
/// other's file has the name.
const TELLING: (f64, f64) = (0.008, 20.0);
/// Names that tell in the US and not elsewhere: of men in Italy, in Norway, of families in China.
const NOT_ELSEWHERE: [&str; 24] = [
    "andrea", "asia", "carol", "daniele", "elia", "evelyn", "gabriele", "hilary", "hung", "jan", "jo", "joan", "jung",
    "kari", "lan", "ma", "mai", "michele", "nicola", "ola", "patrice", "sasha", "simone", "vivian",
];

fn main() {
    if let Some(folder) = std::env::args().nth(1) {
        census(Path::new(&folder));
    }
    table();
}

/// Each list with the letter that stands for it in the table; `src/extract/names/lexicon.rs` knows them.
const LISTS: [(char, &str); 14] = [
    ('g', "given-names.txt"),
    ('g', "given-names-world.txt"),
    ('x', "women.txt"),
    ('y', "men.txt"),
    ('s', "surnames.txt"),
    ('c', "common-words.txt"),
    ('f', "function-words.txt"),
    ('h', "honorifics.txt"),
    ('r', "roles.txt"),
    ('n', "nationalities.txt"),
    ('w', "org-words.txt"),
    ('o', "orgs.txt"),
    ('q', "place-words.txt"),
    ('p', "places.txt"),
];

/// Writes every word of every list with the letters of its lists, sorted.
fn table() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let mut words: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
    for (letter, list) in LISTS {
        let text = fs::read_to_string(data.join("lexicons").join(list)).expect("a list of words");
        for word in text.lines() {
            words.entry(word.to_owned()).or_default().insert(letter);
        }
    }
    let line =
        |(word, letters): (&String, &BTreeSet<char>)| format!("{word}\t{}\n", letters.iter().collect::<String>());
    fs::write(data.join("words.tsv"), words.iter().map(line).collect::<String>()).expect("a place for the table");
    println!("words.tsv: {} words", words.len());
}

fn census(folder: &Path) {
    let mut given = first_names(&folder.join("dist.female.first"), OF_WOMEN);
    given.extend(first_names(&folder.join("dist.male.first"), OF_MEN));
    write("given-names.txt", &given);
    let [women, men] = ["dist.female.first", "dist.male.first"].map(|name| shares(&folder.join(name)));
    write("women.txt", &telling(&women, &men));
    write("men.txt", &telling(&men, &women));
    write("surnames.txt", &first_names(&folder.join("dist.all.last"), SURNAMES));
}

/// The first `most` names of a file, in lower case.
fn first_names(path: &Path, most: usize) -> BTreeSet<String> {
    let text = fs::read_to_string(path).expect("a file of names");
    let names = text.lines().filter_map(|line| line.split_whitespace().next()).take(most);
    names.map(str::to_lowercase).filter(|name| name.len() > 1 && !is_small_word(name)).collect()
}

/// Names in lower case, each with the per cent of people who bear it.
fn shares(path: &Path) -> HashMap<String, f64> {
    let text = fs::read_to_string(path).expect("a file of names");
    let share = |line: &str| {
        let mut fields = line.split_whitespace();
        Some((fields.next()?.to_lowercase(), fields.next()?.parse().ok()?))
    };
    text.lines().filter_map(share).collect()
}

/// Names that nearly all who bear them have as people of one sex.
fn telling(own: &HashMap<String, f64>, other: &HashMap<String, f64>) -> BTreeSet<String> {
    let (least, times) = TELLING;
    let tells = |(name, share): &(&String, &f64)| {
        **share >= least && other.get(*name).is_none_or(|others| **share >= times * others)
    };
    let names = own.iter().filter(tells).map(|(name, _)| name);
    names.filter(|name| !NOT_ELSEWHERE.contains(&name.as_str())).cloned().collect()
}

/// In, Per and the like are names of a few people and words of everybody.
fn is_small_word(name: &str) -> bool {
    let words = include_str!("../data/lexicons/function-words.txt");
    words.lines().any(|word| word == name) && !["will", "may"].contains(&name)
}

fn write(name: &str, names: &BTreeSet<String>) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/lexicons").join(name);
    let text: String = names.iter().flat_map(|name| [name, "\n"]).collect();
    fs::write(&path, text).expect("a place for the lexicon");
    println!("{}: {} names", path.display(), names.len());
}
