//! Random clippings, written to files, and what their fields say.
//!
//! Some are plain records, whose body is cut and whose names are located; others give parts and mentions themselves.

use std::{collections::BTreeSet, fs, ops::Range, path::Path};

use morgue::{article::PartKind, date::Date, entity::EntityKind, field::Field, plan::Sort};
use proptest::prelude::*;

use crate::{
    named::{is_below, located, name_kinds},
    print::{Lines, text, vast},
};

pub(crate) const PEOPLE: [&str; 4] = ["Marek Tolland", "Ada Moran", "Tolland", "jo-smith"];
pub(crate) const PLACES: [&str; 6] =
    ["Hullen", "Russia/Kursk Oblast/Sudzha", "Russia/Kursk Oblast", "Russia", "Karsk", "Norland/Karsk"];
pub(crate) const ORGS: [&str; 2] = ["Red Cross", "Lloyds, of Hull"];
pub(crate) const ROLES: [&str; 2] = ["special envoy", "mayor"];
pub(crate) const SUBJECTS: [&str; 3] = ["floods", "peace talks", "corn"];
pub(crate) const TAGS: [&str; 2] = ["checked", "to-do; later"];
pub(crate) const SOURCES: [&str; 3] = ["Northern Courier", "Harbour Wire", "Courier"];
pub(crate) const DATES: [&str; 8] =
    ["1916", "1916-05", "1916-05-24", "2024", "2024-12-31", "2025-01", "1985/1990", "0001-11-30"];
const LANGUAGES: [&str; 8] = ["en", "fr", "de", "es", "ru", "el", "ar", "ja"];

#[derive(Debug, Clone)]
pub(crate) struct Clip {
    pub(crate) id: String,
    pub(crate) language: &'static str,
    /// In the order of the text.
    pub(crate) parts: Vec<(PartKind, String)>,
    /// Where names stand, if the record says so itself.
    pub(crate) given: Option<Vec<Given>>,
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

/// A mention that a record gives: of whom, and which of its text's blank-separated pieces, counted round and round.
#[derive(Debug, Clone)]
pub(crate) struct Given {
    kind: EntityKind,
    name: &'static str,
    part: usize,
    piece: usize,
    pieces: usize,
}

type Laid = (Vec<(PartKind, String)>, Option<Vec<Given>>);

/// Title, lead and body, as a plain record is cut.
fn plain() -> impl Strategy<Value = Laid> {
    let line = |most| {
        (text(most, Lines::One), prop::option::weighted(0.3, prop::sample::select(&PEOPLE[..])), any::<bool>())
            .prop_map(|(words, name, first)| match name {
                Some(name) if first => format!("{name} {words}."),
                Some(name) => format!("{words}, {name}'s {words}."),
                None => format!("{words}."),
            })
    };
    let body = prop_oneof![
        30 => prop::collection::vec(line(12), 0..3),
        1 => vast().prop_map(|text| vec![text]),
    ];
    (text(6, Lines::One), line(12), body).prop_map(|(title, lead, body)| {
        let mut parts = vec![(PartKind::Title, title), (PartKind::Lead, lead)];
        if !body.is_empty() {
            parts.push((PartKind::Body, body.join("\n\n")));
        }
        (parts, None)
    })
}

/// Parts of any kind in any order, with mentions anywhere.
fn laid_out() -> impl Strategy<Value = Laid> {
    let kind = prop::sample::select(&PartKind::ALL[..]);
    let part = prop_oneof![
        8 => text(12, Lines::Many),
        1 => text(2, Lines::One),
        1 => Just("— …".to_owned()),
    ];
    let parts = prop::collection::vec((kind, part), 1..5)
        .prop_filter("one part is searched", |parts| parts.iter().any(|(kind, _)| *kind != PartKind::Boilerplate));
    let mention = (named(), 0..5usize, 0..12usize, 1..4usize).prop_map(|((kind, name), part, piece, pieces)| Given {
        kind,
        name,
        part,
        piece,
        pieces,
    });
    (parts, prop::collection::vec(mention, 0..6)).prop_map(|(parts, given)| (parts, Some(given)))
}

fn named() -> impl Strategy<Value = (EntityKind, &'static str)> {
    prop_oneof![
        3 => prop::sample::select(&PEOPLE[..]).prop_map(|name| (EntityKind::Person, name)),
        2 => prop::sample::select(&PLACES[..]).prop_map(|name| (EntityKind::Place, name)),
        1 => prop::sample::select(&ORGS[..]).prop_map(|name| (EntityKind::Org, name)),
        1 => prop::sample::select(&ROLES[..]).prop_map(|name| (EntityKind::Role, name)),
    ]
}

fn some(values: &'static [&'static str]) -> impl Strategy<Value = Vec<String>> {
    prop::sample::subsequence(values, 0..=values.len().min(3))
        .prop_map(|values| values.into_iter().map(str::to_owned).collect())
}

fn one(values: &'static [&'static str]) -> impl Strategy<Value = Option<String>> {
    prop::option::weighted(0.7, prop::sample::select(values).prop_map(str::to_owned))
}

fn clip() -> impl Strategy<Value = Clip> {
    let laid = prop_oneof![plain(), laid_out()];
    let language = prop_oneof![4 => Just("en"), 1 => prop::sample::select(&LANGUAGES[..])];
    let labels = (one(&DATES[..7]), one(&SOURCES), some(&SUBJECTS), some(&TAGS));
    let names = (some(&PEOPLE), some(&PLACES), some(&ORGS), some(&DATES[..7]));
    (laid, language, labels, names).prop_map(|((parts, given), language, labels, names)| {
        let (published, source, subjects, tags) = labels;
        let (people, places, orgs, dates) = names;
        let (id, place) = (String::new(), (String::new(), 0));
        Clip { id, language, parts, given, published, source, people, places, orgs, subjects, tags, dates, place }
    })
}

/// Between one clip and `most` of them in one to three files.
pub(crate) fn archive(most: usize) -> impl Strategy<Value = Vec<Clip>> {
    prop::collection::vec((clip(), 0..3usize), 1..most).prop_map(|clips| {
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
        let mut record = serde_json::json!({
            "id": self.id, "published": self.published, "source": self.source, "people": self.people,
            "places": self.places, "organisations": self.orgs, "subjects": self.subjects, "tags": self.tags,
            "dates": self.dates, "roles": [], "language": self.language,
        });
        let (text, ranges) = self.text();
        if self.given.is_some() {
            let points = |byte: usize| text[..byte].chars().count();
            let part = |((kind, _), range): (&(PartKind, String), &Range<usize>)| serde_json::json!({"part": kind, "start": points(range.start), "end": points(range.end)});
            let mention = |(kind, name, range): (EntityKind, String, Range<usize>)| {
                serde_json::json!({
                    "kind": kind, "start": points(range.start), "end": points(range.end), "entity": name,
                    "surface": text[range], "from": "field", "rule": "given", "confidence": 1.0,
                })
            };
            record["parts"] = self.parts.iter().zip(&ranges).map(part).collect();
            record["mentions"] = self.mentions(&text).into_iter().map(mention).collect();
            record["text"] = text.clone().into();
        } else {
            let body: Vec<&str> = self.parts[1..].iter().map(|(_, text)| text.as_str()).collect();
            record["title"] = self.parts[0].1.clone().into();
            record["body"] = body.join("\n\n").into();
        }
        record
    }

    /// The whole text, and where its parts lie in it.
    pub(crate) fn text(&self) -> (String, Vec<Range<usize>>) {
        let (mut text, mut ranges) = (String::new(), Vec::new());
        for (_, printed) in &self.parts {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            ranges.push(text.len()..text.len() + printed.len());
            text.push_str(printed);
        }
        (text, ranges)
    }

    /// Every mention: of what kind, of whom, where in the text.
    pub(crate) fn mentions(&self, text: &str) -> Vec<(EntityKind, String, Range<usize>)> {
        let Some(given) = &self.given else {
            return name_kinds(self).into_iter().flat_map(|(kind, names)| located(kind, names, text)).collect();
        };
        let (_, ranges) = self.text();
        let parts: Vec<&Range<usize>> = self
            .parts
            .iter()
            .zip(&ranges)
            .filter(|((kind, _), _)| *kind != PartKind::Boilerplate)
            .map(|(_, range)| range)
            .collect();
        if parts.is_empty() {
            return Vec::new();
        }
        let mention = |given: &Given| {
            let part = parts[given.part % parts.len()];
            let printed = &text[part.clone()];
            let pieces: Vec<usize> =
                printed.split(' ').map(|piece| piece.as_ptr() as usize - printed.as_ptr() as usize).collect();
            let first = given.piece % pieces.len();
            let last = (first + given.pieces - 1).min(pieces.len() - 1);
            let end = pieces[last] + printed[pieces[last]..].split(' ').next().unwrap().len();
            let range = part.start + pieces[first]..part.start + end;
            (given.kind, given.name.to_owned(), range)
        };
        given.iter().map(mention).filter(|(_, _, range)| !range.is_empty()).collect()
    }

    /// The names of one kind: those listed, and those of given mentions.
    fn names(&self, kind: EntityKind, listed: &[String]) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = listed.iter().cloned().collect();
        if self.given.is_some() {
            let mentions = self.mentions(&self.text().0);
            names.extend(mentions.into_iter().filter(|mention| mention.0 == kind).map(|(_, name, _)| name));
        }
        names
    }

    /// From each country with a third of the weight of all places, down for as long as one place has more than half.
    fn focus(&self) -> BTreeSet<String> {
        let (text, ranges) = self.text();
        let weight = |at: usize| {
            let part =
                self.parts.iter().zip(&ranges).find(|(_, range)| range.contains(&at)).map(|((kind, _), _)| *kind);
            match part {
                Some(PartKind::Title) => 3,
                Some(PartKind::Lead | PartKind::Subtitle) => 2,
                Some(PartKind::Boilerplate) | None => 0,
                Some(_) => 1,
            }
        };
        let places = self.mentions(&text).into_iter().filter(|mention| mention.0 == EntityKind::Place);
        let places: Vec<(String, u32)> = places.map(|(_, name, range)| (name, weight(range.start))).collect();
        let all: u32 = places.iter().map(|(_, weight)| weight).sum();
        let within = |path: &str| -> u32 {
            places.iter().filter(|(name, _)| is_below(name, path)).map(|(_, weight)| weight).sum()
        };
        let step = |name: &str, steps: usize| name.split('/').take(steps).collect::<Vec<_>>().join("/");
        let tops: BTreeSet<String> = places.iter().map(|(name, _)| step(name, 1)).collect();
        let mut focus = BTreeSet::new();
        for mut path in tops.into_iter().filter(|top| within(top) * 3 >= all && within(top) > 1) {
            for steps in 2.. {
                let next: BTreeSet<String> = places.iter().map(|(name, _)| step(name, steps)).collect();
                let mut next = next.into_iter().filter(|next| *next != path && is_below(next, &path));
                match next.find(|next| within(next) * 2 > within(&path)) {
                    Some(next) => path = next,
                    None => break,
                }
            }
            focus.insert(path);
        }
        focus
    }

    /// The facet values of a field: each once, dates as the years that hold them.
    pub(crate) fn values(&self, field: Field) -> BTreeSet<String> {
        let set = |values: &[String]| values.iter().cloned().collect();
        match field {
            Field::Person => self.names(EntityKind::Person, &self.people),
            Field::Place => self.names(EntityKind::Place, &self.places),
            Field::Focus => self.focus(),
            Field::Org => self.names(EntityKind::Org, &self.orgs),
            Field::Role => self.names(EntityKind::Role, &[]),
            Field::Subject => set(&self.subjects),
            Field::Tag => set(&self.tags),
            Field::Source => self.source.iter().cloned().collect(),
            Field::Lang => BTreeSet::from([self.language.to_owned()]),
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
