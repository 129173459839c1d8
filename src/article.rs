//! An article: what its file said (`Draft`), what we know (`Article`), and the trouble met on the way (`Problem`).
//!
//! Nothing here reads files or guesses. Offsets are bytes of `Article::text`; the outside world counts code points
//! (`hit::ArticleView`).

pub mod byline;
mod origin;
pub(crate) mod parts;
pub mod path;
mod told;
mod traced;

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

pub use origin::{Ends, Lines, Newlines, Origin};
pub use told::Told;
pub use traced::{Blank, Sign, Traced};

use crate::{
    date::Date,
    entity::{EntityKind, Location, Mention},
    text::Analysis,
};

/// What a stretch of an article's text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PartKind {
    /// The headline.
    Title,
    /// The line below it, or the publisher's summary.
    Subtitle,
    /// The first paragraph of the body.
    Lead,
    /// The rest of the body.
    Body,
    /// Words below a picture.
    Caption,
    /// A box of facts beside the text.
    Infobox,
    /// Share bars, advertisements: kept, never searched.
    Boilerplate,
}

impl PartKind {
    /// Every kind, in the order of their stored numbers.
    pub const ALL: [Self; 7] =
        [Self::Title, Self::Subtitle, Self::Lead, Self::Body, Self::Caption, Self::Infobox, Self::Boilerplate];
}

/// A stretch of an article's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Bytes of the article's text.
    pub span: Range<usize>,
    /// Where it comes from.
    pub origin: Origin,
}

/// The bytes of each part; none of what is never searched.
pub fn searched(parts: &[Part]) -> Vec<Range<usize>> {
    let bytes = |part: &Part| match part.kind {
        PartKind::Boilerplate => part.span.start..part.span.start,
        _ => part.span.clone(),
    };
    parts.iter().map(bytes).collect()
}

impl Part {
    /// The last of some parts, in the order of the text, that begins at byte `at` or before it.
    pub fn before(parts: &[Part], at: usize) -> Option<&Part> {
        parts.get(parts.partition_point(|part| part.span.start <= at).checked_sub(1)?)
    }

    /// The one of some parts, in the order of the text, in which byte `at` stands.
    pub fn around(parts: &[Part], at: usize) -> Option<&Part> {
        Self::before(parts, at).filter(|part| part.span.contains(&at))
    }
}

/// Where the date of publication comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PublishedFrom {
    /// A field of the record or of a sidecar.
    Field,
    /// Front matter.
    Frontmatter,
    /// JSON-LD of a web page.
    Jsonld,
    /// A meta element of a web page.
    Meta,
    /// The article's address.
    Url,
    /// The dateline.
    Dateline,
    /// The file's name or path.
    Filename,
}

/// A name that came with an article, as a string or as an object.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// The name, verbatim: a facet value. A place's is its path, largest part first, joined by `/`.
    pub name: String,
    /// What the article says the person is: `special envoy`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Other forms under which the article may print it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// For a place: where it lies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
}

/// A date that came with an article as one its text talks about.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedDate {
    /// The value.
    pub date: Date,
    /// The words that print it, where given.
    pub text: Option<String>,
}

/// A mention that came with a record, its span in code points of the record's `text`.
#[derive(Debug, Clone, PartialEq)]
pub struct GivenMention {
    /// Code points of `Draft::text`.
    pub span: Range<usize>,
    /// All but the span, which is empty until it is known in bytes.
    pub mention: Mention,
}

/// A text with its place in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Passage {
    /// What it is; `Body` is cut into lead and body later.
    pub kind: PartKind,
    /// The text, line ends as `\n`.
    pub text: String,
    /// Where it stands.
    pub origin: Origin,
}

/// What a file said of one article, field by field, nothing inferred.
///
/// `None` means that the file did not say; an empty list means that it said "none".
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Draft {
    /// The record's own identifier.
    pub id: Option<String>,
    /// Line of the file on which the record begins, from 1.
    pub line: u32,
    /// Hash of the record's bytes, 32 hex digits: changes whenever the record does.
    pub hash: String,
    /// Title, subtitle, body, captions … in reading order.
    pub passages: Vec<Passage>,
    /// Whether `passages` are already cut as an `Article`'s parts are (our own converter's output).
    pub is_cut: bool,
    /// Where it was published.
    pub url: Option<String>,
    /// When, and who says so.
    pub published: Option<(Date, PublishedFrom)>,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// As printed.
    pub byline: Option<String>,
    /// One name each.
    pub authors: Option<Vec<String>>,
    /// Section of the newspaper.
    pub section: Option<String>,
    /// BCP 47.
    pub language: Option<String>,
    /// The archivist's own labels.
    pub tags: Option<Vec<String>>,
    /// The publisher's keywords and topics.
    pub subjects: Option<Vec<String>>,
    /// People.
    pub people: Option<Vec<Name>>,
    /// Places.
    pub places: Option<Vec<Name>>,
    /// Organisations.
    pub orgs: Option<Vec<Name>>,
    /// Roles given on their own.
    pub roles: Option<Vec<String>>,
    /// Dates the text talks about.
    pub dates: Option<Vec<NamedDate>>,
    /// Mentions with their spans (our own converter's output).
    pub mentions: Vec<GivenMention>,
    /// Everything else, by name: known but unindexed fields (edition, page, rights …) and unknown ones.
    pub extra: Map<String, Value>,
    /// Non-fatal trouble.
    pub notes: Vec<Note>,
    /// Who in the file tells each field.
    pub told: Told,
}

impl Draft {
    /// How many bytes of text it has.
    pub fn text_bytes(&self) -> usize {
        self.passages.iter().map(|passage| passage.text.len()).sum()
    }

    /// How many items its lists have: names, labels, dates.
    pub fn items(&self) -> usize {
        let names = [&self.people, &self.places, &self.orgs].into_iter().flatten().map(Vec::len);
        let texts = [&self.authors, &self.tags, &self.subjects, &self.roles].into_iter().flatten().map(Vec::len);
        names.chain(texts).chain(self.dates.as_ref().map(Vec::len)).sum()
    }
}

/// The stable identity of an article: never the engine's number.
pub type ArticleId = String;

/// An article: one text, its parts, its fields, its mentions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Stable across runs.
    pub id: ArticleId,
    /// File, relative to the archive, always with `/`.
    pub path: String,
    /// Line of the file on which the record begins, from 1.
    pub line: u32,
    /// The headline, as the title part of the text; empty when there is none.
    #[serde(skip)]
    pub title: String,
    /// Newspaper, agency or site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// As printed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// One name each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Section of the newspaper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub section: Option<String>,
    /// When published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<Date>,
    /// Who says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published_from: Option<PublishedFrom>,
    /// BCP 47 primary tag, given or detected; the archive's when neither.
    pub language: String,
    /// Where published.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The archivist's own labels, distinct.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// Names of people, distinct, in order of first appearance (the given first).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<String>,
    /// Places, as paths.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub places: Vec<String>,
    /// Organisations.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub orgs: Vec<String>,
    /// Roles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// The publisher's keywords.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<String>,
    /// Dates the text talks about, distinct, as EDTF; also those that stand nowhere in the text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dates: Vec<Date>,
    /// Locations of `places` that were given or linked, by path.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<(String, Location)>,
    /// Places that the article is about, as paths, the weightiest first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub focus: Vec<String>,
    /// Given places that a gazetteer knows by another path, with that path: a given Moscow lies in Russia.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub linked: Vec<(String, String)>,
    /// Kinds of entity that came with the article: even an empty list counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub supplied: Vec<EntityKind>,
    /// Hash of the record, 32 hex digits.
    pub hash: String,
    /// The whole text in reading order; the index stores it apart.
    #[serde(skip)]
    pub text: String,
    /// What each stretch of `text` is, in order, not overlapping.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "parts")]
    pub parts: Vec<Part>,
    /// Every mention, in order of the text; the index stores them apart.
    #[serde(skip)]
    pub mentions: Vec<Mention>,
    /// `searched(parts)` of the text taken apart, where somebody has done so already; never stored.
    #[serde(skip)]
    pub analysis: Option<Analysis>,
    /// Non-fatal trouble.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Note>,
    /// Everything else the record said.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub extra: Map<String, Value>,
    /// Who in the file tells each field; never stored.
    #[serde(skip)]
    pub told: Told,
}

impl Article {
    /// The line of the file on which byte `at` of the text stands; `lines` are those of the text.
    pub fn line_at(&self, at: usize, lines: &(impl Lines + ?Sized)) -> u32 {
        let Some(part) = Part::before(&self.parts, at) else { return self.line };
        let start = part.span.start;
        part.origin.line_at(at.min(part.span.end) - start, &Behind(start, lines))
    }

    /// The bytes of the file that are these bytes of the text; none where the file has others.
    pub fn bytes_at(&self, bytes: Range<usize>, lines: &(impl Lines + ?Sized)) -> Option<Range<u64>> {
        let part = Part::before(&self.parts, bytes.start).filter(|part| bytes.end <= part.span.end)?;
        let start = part.span.start;
        part.origin.bytes_at(bytes.start - start..bytes.end - start, &Behind(start, lines))
    }
}

/// The lines of what stands behind so many bytes of a text.
struct Behind<'a, L: Lines + ?Sized>(usize, &'a L);

impl<L: Lines + ?Sized> Lines for Behind<'_, L> {
    fn ended(&self, bytes: Range<usize>) -> usize {
        self.1.ended(self.0 + bytes.start..self.0 + bytes.end)
    }
}

/// Non-fatal trouble with an article, such as a date that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// A short class for grouping: `date`, `unknown-field`, `encoding`, `id-clash`, `field-type`.
    pub kind: String,
    /// A sentence.
    pub reason: String,
}

impl Note {
    /// A note of class `kind`.
    pub fn new(kind: &str, reason: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), reason: reason.into() }
    }
}

/// Trouble with a file or a record; `refused` when nothing of it is in the index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Problem {
    /// File, relative to the archive.
    pub path: String,
    /// Line of the file, where it lies on one.
    pub line: Option<u32>,
    /// The article it concerns, when there is one.
    pub id: Option<String>,
    /// A short class for grouping, such as `invalid-json`.
    pub kind: String,
    /// A sentence.
    pub reason: String,
    /// Whether the file or record was left out.
    pub refused: bool,
}
