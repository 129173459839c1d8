//! Random clippings, written to files of several formats, and what their fields say.

use std::{collections::BTreeSet, fs, path::Path};

use morgue::{date::Date, field::Field, plan::Sort};
use proptest::prelude::*;

/// Words that stem alike, join, collide or carry marks.
pub(crate) const WORDS: [&str; 22] = [
    "envoy",
    "envoys",
    "talk",
    "talks",
    "talking",
    "cease-fire",
    "ceasefire",
    "cease",
    "fire",
    "river",
    "rivers",
    "the",
    "flood",
    "O'Brien",
    "O’Brien",
    "US",
    "us",
    "U.S.",
    "Élan",
    "élan",
    "1,798",
    "Zürich",
];
pub(crate) const PEOPLE: [&str; 4] = ["Marek Tolland", "Ada Moran", "Tolland", "jo-smith"];
pub(crate) const PLACES: [&str; 5] = ["Hull", "Russia/Kursk Oblast/Sudzha", "Russia/Kursk Oblast", "Russia", "Kursk"];
pub(crate) const ORGS: [&str; 2] = ["Red Cross", "Lloyds, of Hull"];
pub(crate) const SUBJECTS: [&str; 3] = ["floods", "peace talks", "corn"];
pub(crate) const TAGS: [&str; 2] = ["checked", "to-do; later"];
pub(crate) const SOURCES: [&str; 3] = ["Northern Courier", "Harbour Wire", "Courier"];
pub(crate) const DATES: [&str; 8] =
    ["1916", "1916-05", "1916-05-24", "2024", "2024-12-31", "2025-01", "1985/1990", "0001-11-30"];

#[derive(Debug, Clone)]
pub(crate) struct Clip {
    pub(crate) id: String,
    pub(crate) title: String,
    /// The first is the lead.
    pub(crate) paragraphs: Vec<String>,
    pub(crate) published: Option<String>,
    pub(crate) source: Option<String>,
    pub(crate) people: Vec<String>,
    pub(crate) places: Vec<String>,
    pub(crate) orgs: Vec<String>,
    pub(crate) subjects: Vec<String>,
    pub(crate) tags: Vec<String>,
    pub(crate) dates: Vec<String>,
    /// File and line.
    pub(crate) place: (String, u32),
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..9)
        .prop_flat_map(|words| {
            (Just(words), prop::option::weighted(0.3, prop::sample::select(&PEOPLE[..])), any::<bool>())
        })
        .prop_map(|(words, name, first)| {
            let words = words.join(" ");
            match name {
                Some(name) if first => format!("{name} {words}."),
                Some(name) => format!("{words}, {name}'s {words}."),
                None => format!("{words}."),
            }
        })
}

fn some(values: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(values, 0..=values.len().min(3))
        .prop_map(|values| values.into_iter().map(str::to_owned).collect())
}

fn one(values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.7, prop::sample::select(values).prop_map(str::to_owned))
}

fn clip() -> impl Strategy<Value = Clip> {
    let text = (sentence(), prop::collection::vec(sentence(), 1..4));
    let labels = (one(&DATES[..7]), one(&SOURCES), some(&SUBJECTS), some(&TAGS));
    let names = (some(&PEOPLE), some(&PLACES), some(&ORGS), some(&DATES[..7]));
    (text, labels, names).prop_map(
        |((title, paragraphs), (published, source, subjects, tags), (people, places, orgs, dates))| Clip {
            id: String::new(),
            title: title.trim_end_matches('.').to_owned(),
            paragraphs,
            published,
            source,
            people,
            places,
            orgs,
            subjects,
            tags,
            dates,
            place: (String::new(), 0),
        },
    )
}

/// Between one and a dozen clips in one to three files.
pub(crate) fn archive() -> impl Strategy<Value = Vec<Clip>> {
    prop::collection::vec((clip(), 0..3usize), 1..12).prop_map(|clips| {
        let mut lines = [0u32; 3];
        let placed = clips.into_iter().enumerate().map(|(number, (mut clip, file))| {
            lines[file] += 1;
            clip.id = format!("clip-{number}");
            clip.place = (format!("{}/wire.jsonl", ["a", "b b", "é"][file]), lines[file]);
            clip
        });
        placed.collect()
    })
}

/// Writes the clips to their files.
pub(crate) fn write(clips: &[Clip], folder: &Path) {
    let files: BTreeSet<&String> = clips.iter().map(|clip| &clip.place.0).collect();
    for file in files {
        let mut lines: Vec<&Clip> = clips.iter().filter(|clip| &clip.place.0 == file).collect();
        lines.sort_by_key(|clip| clip.place.1);
        let lines: Vec<String> = lines.into_iter().map(|clip| clip.json().to_string()).collect();
        let path = folder.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, lines.join("\n")).unwrap();
    }
}

impl Clip {
    fn json(&self) -> serde_json::Value {
        serde_json::json!({
            "id": self.id, "title": self.title, "body": self.paragraphs.join("\n\n"), "published": self.published,
            "source": self.source, "people": self.people, "places": self.places, "organisations": self.orgs,
            "subjects": self.subjects, "tags": self.tags, "dates": self.dates, "roles": [], "language": "en",
        })
    }

    /// The facet values of a field: each once, dates as the years that hold them.
    pub(crate) fn values(&self, field: Field) -> BTreeSet<String> {
        let set = |values: &[String]| values.iter().cloned().collect();
        match field {
            Field::Person => set(&self.people),
            Field::Place => set(&self.places),
            Field::Org => set(&self.orgs),
            Field::Subject => set(&self.subjects),
            Field::Tag => set(&self.tags),
            Field::Source => self.source.iter().cloned().collect(),
            Field::Lang => BTreeSet::from(["en".to_owned()]),
            Field::Published => self.published.iter().filter_map(|date| year(date)).collect(),
            Field::Mentioned => self.dates.iter().filter_map(|date| year(date)).collect(),
            _ => BTreeSet::new(),
        }
    }

    /// First and last day of publication.
    pub(crate) fn days(&self) -> Option<(i32, i32)> {
        let date = Date::parse(self.published.as_deref()?).unwrap();
        date.from().zip(date.to())
    }

    /// What an order sorts by.
    pub(crate) fn key(&self, sort: Sort) -> (bool, String, bool, i64, String) {
        let day = self.days().map_or(0, |(from, _)| i64::from(from));
        let undated = self.days().is_none();
        let source = self.source.clone();
        let id = self.id.clone();
        match sort {
            Sort::Oldest => (false, String::new(), undated, day, id),
            Sort::Source => (source.is_none(), source.unwrap_or_default(), undated, -day, id),
            Sort::File => (false, self.place.0.clone(), false, i64::from(self.place.1), id),
            _ => (false, String::new(), undated, -day, id),
        }
    }
}

/// The year that holds a whole date.
fn year(date: &str) -> Option<String> {
    (!date.contains('/')).then(|| date[..4].to_owned())
}
