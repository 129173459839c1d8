//! What happens to a folder between two runs: files written, renamed, touched, removed, lines that move.
//!
//! It draws steps and takes them; what must come of them is asked elsewhere.

use std::fs;

use proptest::prelude::*;

use crate::stage::Stage;

/// Something that happens to a folder between two runs.
#[derive(Debug, Clone)]
pub(crate) enum Edit {
    /// A file is written, or written over.
    Write(&'static str, Content, Age),
    Delete(&'static str),
    /// A file gets another name; its time stays.
    Rename(&'static str, &'static str),
    /// Only the time of a file changes.
    Touch(&'static str),
    /// The last line of one file moves to the end of another.
    MoveLine(&'static str, &'static str),
}

/// Whether a file's time says that it may still be changing.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Age {
    Old,
    Fresh,
}

#[derive(Debug, Clone)]
pub(crate) enum Content {
    Prose(String),
    Records(Vec<String>),
    Fields(String),
}

impl Content {
    fn text(&self) -> String {
        match self {
            Self::Prose(text) | Self::Fields(text) => text.clone(),
            Self::Records(lines) => lines.iter().map(|line| format!("{line}\n")).collect(),
        }
    }
}

/// Names that hold prose, records and fields alike: what stands in them need not be what they promise.
const PATHS: [&str; 10] =
    ["a.txt", "a.json", "a.yaml", "b.txt", "d/c.md", "d/r.jsonl", "r.jsonl", "s.json", "t.jsonl", "scan.pdf"];

fn path() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PATHS.to_vec())
}

fn prose() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "envoy",
        "Envoys",
        "river",
        "rivers",
        "flood",
        "flooded",
        "cease-fire",
        "ceasefire",
        "Étienne",
        "Ada Brook",
        "Orlec.\n\n",
        "the",
        "U.S.",
        "1916",
    ]);
    prop::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}

/// Ids that clash with each other, with a path, and with an id that a clash makes.
fn id() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::weighted(0.7, prop::sample::select(vec!["x", "y", "z", "a.txt", "b.txt"]))
}

fn record() -> impl Strategy<Value = String> {
    let people = prop::option::of(prop::sample::subsequence(vec!["Ada Brook", "Ivo Kern", "Étienne Roux"], 0..3));
    let published = prop::option::of(prop::sample::select(vec!["1916-05", "1916-05-03", "2025", "0001-11-30", "soon"]));
    let place = prop::option::of(prop::sample::select(vec!["Norland/Vell/Orlec", "Norland/Vell", "Sund"]));
    (id(), prose(), prose(), people, published, place).prop_map(|(id, title, body, people, published, place)| {
        let place = place.map(|path| serde_json::json!([{ "name": path.rsplit('/').next(), "path": path }]));
        serde_json::json!({ "id": id, "title": title, "body": body, "people": people, "published": published, "places": place })
            .to_string()
    })
}

fn content() -> impl Strategy<Value = Content> {
    let line = prop_oneof![9 => record(), 1 => Just("{\"title\": \"cut".to_owned())];
    prop_oneof![
        2 => prose().prop_map(Content::Prose),
        4 => prop::collection::vec(line, 0..4).prop_map(Content::Records),
        1 => prop::sample::select(vec!["title: Envoy\n", "source: Courier\npublished: 1916\n", "{\"title\": \"River\"}", ""])
            .prop_map(|text| Content::Fields(text.to_owned())),
    ]
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let age = prop_oneof![3 => Just(Age::Old), 1 => Just(Age::Fresh)];
    prop_oneof![
        6 => (path(), content(), age).prop_map(|(path, content, age)| Edit::Write(path, content, age)),
        2 => path().prop_map(Edit::Delete),
        2 => (path(), path()).prop_map(|(from, to)| Edit::Rename(from, to)),
        1 => path().prop_map(Edit::Touch),
        2 => (path(), path()).prop_map(|(from, to)| Edit::MoveLine(from, to)),
    ]
}

pub(crate) fn apply(stage: &Stage, edit: &Edit) {
    let is_there = |path: &str| stage.at(path).exists();
    match edit {
        Edit::Write(path, content, Age::Old) => stage.write(path, content.text()),
        Edit::Write(path, content, Age::Fresh) => stage.write_now(path, content.text()),
        Edit::Delete(path) if is_there(path) => fs::remove_file(stage.at(path)).unwrap(),
        Edit::Rename(from, to) if is_there(from) => {
            fs::create_dir_all(stage.at(to).parent().unwrap()).unwrap();
            fs::rename(stage.at(from), stage.at(to)).unwrap();
        }
        Edit::Touch(path) if is_there(path) => stage.age(path),
        Edit::MoveLine(from, to) if is_there(from) && is_there(to) && from != to => {
            let text = fs::read_to_string(stage.at(from)).unwrap();
            let (kept, moved) = text.trim_end().rsplit_once('\n').unwrap_or(("", &text));
            let longer = fs::read_to_string(stage.at(to)).unwrap() + moved.trim_end() + "\n";
            stage.write(from, format!("{kept}\n"));
            stage.write(to, longer);
        }
        _ => {}
    }
}
