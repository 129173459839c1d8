//! An article as the world sees it: `show --json`, `inspect --json` and one line of `inspect --jsonl`.
//!
//! The same shape is valid input: reading it back gives the same article.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{
    article::{Article, Note, Part, PartKind, PublishedFrom},
    date::Date,
    entity::{EntityKind, Evidence, Location, Mention},
};

/// An article, offsets in code points.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ArticleView {
    /// Stable identifier.
    pub id: String,
    /// File, relative to the archive.
    pub path: String,
    /// Line of the file on which the record begins.
    pub line: u32,
    /// Headline.
    pub title: String,
    /// Newspaper, agency or site.
    pub source: Option<String>,
    /// As printed.
    pub byline: Option<String>,
    /// One name each.
    pub authors: Vec<String>,
    /// Section of the newspaper.
    pub section: Option<String>,
    /// EDTF.
    pub published: Option<String>,
    /// Who says so.
    pub published_from: Option<PublishedFrom>,
    /// Two-letter tag.
    pub language: String,
    /// Where published.
    pub url: Option<String>,
    /// Archivist's labels.
    pub tags: Vec<String>,
    /// Names of people.
    pub people: Vec<String>,
    /// Places, as paths.
    pub places: Vec<String>,
    /// Organisations.
    pub orgs: Vec<String>,
    /// Roles.
    pub roles: Vec<String>,
    /// Publisher's keywords.
    pub subjects: Vec<String>,
    /// Dates the text talks about, EDTF.
    pub dates: Vec<String>,
    /// Kinds of entity that came with the article, even as an empty list.
    #[serde(default)]
    pub supplied: Vec<EntityKind>,
    /// Where places of `places` lie, mentioned in the text or not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locations: Vec<PlaceView>,
    /// Places that the article is about, as paths, the weightiest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub focus: Vec<String>,
    /// Hash of the record.
    pub hash: String,
    /// The whole text in reading order.
    pub text: String,
    /// What each stretch of it is.
    pub parts: Vec<PartView>,
    /// Every mention, in order.
    pub mentions: Vec<MentionView>,
    /// Non-fatal trouble.
    pub notes: Vec<Note>,
    /// Everything else the record said.
    pub extra: Map<String, Value>,
    /// Who in the file tells a field, by its name here: `meta og:title`. Only a file that has just been read says so.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub origins: BTreeMap<String, String>,
}

/// A stretch of the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PartView {
    /// What it is.
    pub part: PartKind,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// Line of the file on which it begins.
    pub line: u32,
    /// Byte of the file where it begins, when what it begins with stands there unchanged.
    #[serde(default)]
    pub byte_start: Option<u64>,
}

/// One mention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MentionView {
    /// Of what kind.
    pub kind: EntityKind,
    /// First code point.
    pub start: usize,
    /// One past the last.
    pub end: usize,
    /// As printed.
    pub surface: String,
    /// The name it stands for.
    pub entity: String,
    /// For a person: the role as printed.
    pub role: Option<String>,
    /// For a place.
    pub place: Option<PlaceView>,
    /// For a date.
    pub date: Option<DateView>,
    /// Who says so.
    pub from: Evidence,
    /// The rule that found it.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f32,
}

/// A place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct PlaceView {
    /// Largest part first, joined by `/`.
    pub path: String,
    /// Where it lies.
    #[serde(flatten)]
    pub location: Location,
}

/// A date the text talks about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateView {
    /// The value.
    pub edtf: String,
    /// First day, YYYY-MM-DD.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
}

impl From<&Article> for ArticleView {
    fn from(article: &Article) -> Self {
        let points = CodePoints::of(&article.text);
        let a = article.clone();
        Self {
            parts: article.parts.iter().map(|part| part_view(part, &points)).collect(),
            mentions: article.mentions.iter().map(|mention| mention_view(mention, &points)).collect(),
            published: a.published.map(String::from),
            dates: a.dates.into_iter().map(String::from).collect(),
            id: a.id,
            path: a.path,
            line: a.line,
            title: a.title,
            source: a.source,
            byline: a.byline,
            authors: a.authors,
            section: a.section,
            published_from: a.published_from,
            language: a.language,
            url: a.url,
            tags: a.tags,
            people: a.people,
            places: a.places,
            orgs: a.orgs,
            roles: a.roles,
            subjects: a.subjects,
            supplied: a.supplied,
            locations: a.locations.into_iter().map(|(path, location)| PlaceView { path, location }).collect(),
            focus: a.focus,
            hash: a.hash,
            text: a.text,
            notes: a.notes,
            extra: a.extra,
            origins: article.told.all().map(|(field, by)| (field.to_owned(), by)).collect(),
        }
    }
}

fn part_view(part: &Part, points: &CodePoints<'_>) -> PartView {
    PartView {
        part: part.kind,
        start: points.at(part.span.start),
        end: points.at(part.span.end),
        line: part.origin.line(),
        byte_start: part.origin.byte(),
    }
}

fn mention_view(mention: &Mention, points: &CodePoints<'_>) -> MentionView {
    let day = |day: Option<i32>| day.map(|day| Date::from_day(day).to_string());
    MentionView {
        kind: mention.kind,
        start: points.at(mention.span.start),
        end: points.at(mention.span.end),
        surface: mention.surface.clone(),
        entity: mention.entity.clone(),
        role: mention.role.clone(),
        place: (mention.kind == EntityKind::Place).then(|| PlaceView {
            path: mention.entity.clone(),
            location: mention.location.clone().unwrap_or_default(),
        }),
        date: mention.date.as_ref().map(|date| DateView {
            edtf: date.edtf().to_owned(),
            from: day(date.from()),
            to: day(date.to()),
        }),
        from: mention.from,
        rule: mention.rule.clone(),
        confidence: mention.confidence,
    }
}

/// Bytes of a text to code points and back, in steps of 64 bytes.
#[derive(Debug)]
pub struct CodePoints<'a> {
    text: &'a str,
    /// Code points before byte `64 * i`; empty for ASCII text.
    steps: Vec<u32>,
}

const STEP: usize = 64;

impl<'a> CodePoints<'a> {
    /// Of this text.
    pub fn of(text: &'a str) -> Self {
        let mut steps = Vec::new();
        if !text.is_ascii() {
            let mut seen = 0;
            for chunk in text.as_bytes().chunks(STEP) {
                steps.push(seen);
                seen += chunk.iter().filter(|byte| !is_continuation(**byte)).count() as u32;
            }
            steps.push(seen);
        }
        Self { text, steps }
    }

    /// The code point that begins at `byte`, or the number of code points when `byte` is past the end.
    pub fn at(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let Some(before) = self.steps.get(byte / STEP) else { return byte };
        let from = byte / STEP * STEP;
        let rest = self.text.as_bytes()[from..byte].iter().filter(|byte| !is_continuation(**byte)).count();
        *before as usize + rest
    }

    /// The byte at which code point `point` begins, or the length when there is none.
    pub fn byte_of(&self, point: usize) -> usize {
        if self.steps.is_empty() {
            return point.min(self.text.len());
        }
        let step = self.steps.partition_point(|before| *before as usize <= point).saturating_sub(1);
        let mut left = point - self.steps[step] as usize;
        let from = step * STEP;
        for (i, byte) in self.text.as_bytes().iter().enumerate().skip(from) {
            if !is_continuation(*byte) {
                if left == 0 {
                    return i;
                }
                left -= 1;
            }
        }
        self.text.len()
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_go_both_ways() {
        let text = "Sudzha’s envoy — Посланник ".repeat(9) + "é";
        let points = CodePoints::of(&text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!((points.at(byte), points.byte_of(point)), (point, byte));
        }
        assert_eq!(points.at(text.len()), text.chars().count());
        assert_eq!(points.byte_of(usize::MAX - 1), text.len());
        assert_eq!(CodePoints::of("plain").byte_of(3), 3);
    }
}
