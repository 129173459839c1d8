//! `morgue.toml`: settings of an archive, as written by hand beside the articles.
//!
//! It parses a text it is given and never looks for a file; finding and reading it is the command line's work.

mod extract;
mod path_pattern;
mod spelling;

pub use extract::{Reach, Recogniser, Sources, Take};

use std::{collections::BTreeMap, path::PathBuf};

use serde::Deserialize;
use toml::{Table, Value};

use crate::{
    article::Note,
    error::{Error, ErrorKind, Result},
};

pub use path_pattern::{FromPath, PathPattern};

/// Settings of an archive; every one has a default.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct Settings {
    /// `[archive]`
    #[serde(default)]
    pub archive: ArchiveSettings,
    /// `[places]`
    #[serde(default)]
    pub places: PlaceSettings,
    /// `[fields]`: further names of our fields in JSON and front matter, by field of the article schema.
    #[serde(default, deserialize_with = "one_or_many")]
    pub fields: BTreeMap<String, Vec<String>>,
    /// `[source_from_path]`
    #[serde(default)]
    pub source_from_path: SourceFromPath,
    /// `[saved]`: queries by name.
    #[serde(default)]
    pub saved: BTreeMap<String, String>,
    /// `[extract]`: where names and dates come from.
    #[serde(default)]
    pub extract: Sources,
}

/// `[source_from_path]`: what the paths of the archive say.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct SourceFromPath {
    /// Patterns such as `{source}/{yyyy}/{mm}-{dd}-*.txt`; the first that fits a path counts.
    #[serde(default, deserialize_with = "patterns")]
    pattern: Vec<PathPattern>,
}

impl SourceFromPath {
    /// What a path, relative to the archive, with `/`, says; `None` when no pattern fits.
    pub fn read(&self, path: &str) -> Option<FromPath> {
        self.pattern.iter().find_map(|pattern| pattern.read(path))
    }
}

/// `[archive]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct ArchiveSettings {
    /// Patterns of paths to leave out, as in `.gitignore`.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Patterns of paths to read, as in `.gitignore`; empty means all.
    #[serde(default)]
    pub include: Vec<String>,
    /// BCP 47 primary tag of articles whose language is neither given nor detected; `en` unless told.
    pub language: Option<String>,
    /// Where the newspapers appear, as an ISO 3166 code of two letters: of places of one name, those there are preferred.
    pub country: Option<String>,
    /// IANA name, for times with an offset; their own calendar day unless told.
    pub timezone: Option<String>,
}

/// `[places]`
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub struct PlaceSettings {
    /// A file of places of the archive's own, CSV with the columns name, path, lat, lon, aliases; relative to the file
    /// of settings.
    pub gazetteer: Option<PathBuf>,
}

/// The keys of `[archive]`.
const ARCHIVE_KEYS: &[&str] = &["exclude", "include", "language", "country", "timezone"];
/// The keys of `[source_from_path]`.
const PATH_KEYS: &[&str] = &["pattern"];
/// The keys of `[places]`.
const PLACES_KEYS: &[&str] = &["gazetteer"];

/// The tables that mean something.
const TABLES: &[&str] = &["archive", "extract", "fields", "places", "saved", "source_from_path"];

/// The fields of the article schema that may be given further names.
pub const NAMEABLE: &[&str] = &[
    "id",
    "title",
    "subtitle",
    "summary",
    "body",
    "url",
    "published",
    "source",
    "byline",
    "authors",
    "section",
    "language",
    "tags",
    "people",
    "places",
    "organisations",
    "roles",
    "subjects",
    "dates",
    "dateline",
    "genre",
    "edition",
    "page",
    "rights",
    "archive",
    "ocr",
    "modified",
    "retrieved",
    "events",
];

impl Settings {
    /// Reads the text of a `morgue.toml`; unknown keys become notes of kind `settings` with a suggestion.
    ///
    /// # Errors
    /// A usage error with line and column when the text is not TOML or a value is of the wrong kind; also when the time
    /// zone or the language is none.
    pub fn parse(text: &str) -> Result<(Self, Vec<Note>)> {
        let table: Table = toml::from_str(text).map_err(|fault| refusal(text, &fault))?;
        let settings: Self = toml::from_str(text).map_err(|fault| refusal(text, &fault))?;
        settings.check()?;
        Ok((settings, notes(&table)))
    }

    fn check(&self) -> Result<()> {
        if let Some(zone) = &self.archive.timezone {
            jiff::tz::TimeZone::get(zone).map_err(|cause| {
                let what = format!("morgue.toml: “{zone}” is no time zone known here");
                Error::new(ErrorKind::Usage, what).hint("use an IANA name, such as Europe/London").because(cause)
            })?;
        }
        if let Some(code) = self.archive.country.as_deref().filter(|code| !is_country(code)) {
            let what = format!("morgue.toml: “{code}” is no code of a country");
            return Err(Error::new(ErrorKind::Usage, what).hint("use the two letters of ISO 3166, such as GB or DE"));
        }
        match self.archive.language.as_deref() {
            Some(tag) if !is_tag(tag) => {
                let what = format!("morgue.toml: “{tag}” is no language tag");
                Err(Error::new(ErrorKind::Usage, what).hint("use two letters, such as en or fr"))
            }
            _ => Ok(()),
        }
    }
}

fn is_tag(tag: &str) -> bool {
    let primary = tag.split('-').next().unwrap_or_default();
    (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic())
}

fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|b| b.is_ascii_alphabetic())
}

fn refusal(text: &str, fault: &toml::de::Error) -> Error {
    let at = fault.span().map(|span| position(text, span.start));
    let at = at.map(|(line, column)| format!(", line {line} column {column}")).unwrap_or_default();
    let what = format!("morgue.toml cannot be read{at}: {}", fault.message().replace('\n', " "));
    Error::new(ErrorKind::Usage, what)
        .hint("`[archive]` takes exclude, include, language, country and timezone; texts stand in quotes")
}

/// Line and column of a byte, both from 1, columns in code points.
fn position(text: &str, byte: usize) -> (usize, usize) {
    let before = text.get(..byte).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    (line, column)
}

fn notes(table: &Table) -> Vec<Note> {
    let mut notes = Vec::new();
    for (name, value) in table {
        match (name.as_str(), value) {
            ("archive", Value::Table(keys)) => unknown_keys(keys, "archive", ARCHIVE_KEYS, &mut notes),
            ("source_from_path", Value::Table(keys)) => unknown_keys(keys, "source_from_path", PATH_KEYS, &mut notes),
            ("places", Value::Table(keys)) => unknown_keys(keys, "places", PLACES_KEYS, &mut notes),
            ("fields", Value::Table(keys)) => unknown_keys(keys, "fields", NAMEABLE, &mut notes),
            ("extract", Value::Table(keys)) => unknown_keys(keys, "extract", extract::KEYS, &mut notes),
            (name, _) if TABLES.contains(&name) => {}
            (name, _) => notes.push(unknown(name, None, TABLES)),
        }
    }
    notes
}

fn unknown_keys(keys: &Table, table: &str, known: &[&str], notes: &mut Vec<Note>) {
    notes.extend(keys.keys().filter(|key| !known.contains(&key.as_str())).map(|key| unknown(key, Some(table), known)));
}

fn unknown(key: &str, table: Option<&str>, known: &[&str]) -> Note {
    let place = table.map(|table| format!(" in [{table}]")).unwrap_or_default();
    let suggestion = spelling::nearest(key, known).map(|near| format!("; did you mean {near}?")).unwrap_or_default();
    Note::new("settings", format!("morgue.toml: nothing is called “{key}”{place}{suggestion}"))
}

/// One text, or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl From<Texts> for Vec<String> {
    fn from(texts: Texts) -> Self {
        match texts {
            Texts::One(text) => vec![text],
            Texts::Many(texts) => texts,
        }
    }
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Vec<String>>, D::Error> {
    let names = BTreeMap::<String, Texts>::deserialize(from)?;
    Ok(names.into_iter().map(|(field, names)| (field, names.into())).collect())
}

fn patterns<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Vec<PathPattern>, D::Error> {
    let texts: Vec<String> = Texts::deserialize(from)?.into();
    texts.iter().map(|text| PathPattern::parse(text).map_err(serde::de::Error::custom)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let (_, notes) = Settings::parse(text).unwrap();
        let reasons: Vec<&str> = notes.iter().map(|note| note.reason.as_str()).collect();
        assert_eq!(reasons, expected, "{text}");
    }

    #[test]
    fn what_stands_there_is_read() {
        let text = "[archive]\nexclude = [\"drafts/**\"]\nlanguage = \"de\"\ntimezone = \"Europe/London\"\n\
                    country = \"GB\"\n[places]\ngazetteer = \"places.csv\"\n\
                    [fields]\nsource = [\"outlet\", \"paper\"]\ntitle = \"kop\"";
        let (settings, notes) = Settings::parse(text).unwrap();
        assert_eq!(settings.archive.exclude, ["drafts/**"]);
        assert_eq!(settings.archive.language.as_deref(), Some("de"));
        assert_eq!(settings.archive.country.as_deref(), Some("GB"));
        assert_eq!(settings.places.gazetteer, Some(PathBuf::from("places.csv")));
        assert_eq!(settings.fields["source"], ["outlet", "paper"]);
        assert_eq!(settings.fields["title"], ["kop"]);
        assert_eq!(notes, []);
        let (settings, notes) = Settings::parse("[extract]\npeople = \"merge\"\nroles = \"text\"").unwrap();
        assert_eq!((settings.extract.people, settings.extract.roles), (Take::Merge, Take::Text));
        assert_eq!((settings.extract.dates, notes), (Take::FieldsOnly, vec![]));
    }

    #[test]
    fn unknown_keys_are_noted_with_a_suggestion() {
        check("", &[]);
        check(
            "[archive]\nexlude = []",
            &["morgue.toml: nothing is called “exlude” in [archive]; did you mean exclude?"],
        );
        check("[field]\n", &["morgue.toml: nothing is called “field”; did you mean fields?"]);
        check(
            "[extract]\npeple = \"text\"",
            &["morgue.toml: nothing is called “peple” in [extract]; did you mean people?"],
        );
        check("[colours]\n", &["morgue.toml: nothing is called “colours”"]);
        check(
            "[places]\ngazeteer = \"g.csv\"",
            &["morgue.toml: nothing is called “gazeteer” in [places]; did you mean gazetteer?"],
        );
        check(
            "[fields]\norganizations = [\"x\"]",
            &["morgue.toml: nothing is called “organizations” in [fields]; did you mean organisations?"],
        );
    }

    #[test]
    fn what_cannot_be_read_says_where() {
        for (text, expected) in [
            ("[archive]\nexclude = 3", "line 2 column 11"),
            ("[archive\n", "line 1 column"),
            ("[extract]\npeople = \"guess\"", "expected one of `fields-only`, `merge`, `text`"),
            ("[archive]\ntimezone = \"Mars/Olympus\"", "“Mars/Olympus” is no time zone"),
            ("[archive]\ncountry = \"Britain\"", "“Britain” is no code of a country"),
            ("[archive]\nlanguage = \"English\"", "“English” is no language tag"),
            ("[source_from_path]\npattern = \"{paper}/*\"", "nothing is called {paper}"),
        ] {
            let error = Settings::parse(text).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Usage);
            assert!(error.to_string().contains(expected), "{error}");
        }
    }
}
