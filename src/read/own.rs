//! Our own converter's output as input: a text cut into parts, with mentions at their places.
//!
//! It never trusts the numbers: what does not fit the text is read as an ordinary record.

use serde_json::{Map, Value};

use super::record::{self, Whence};
use crate::{
    article::{Draft, GivenMention, Note, Origin, PartKind, Passage, PublishedFrom},
    date::Date,
    entity::{EntityKind, Location, Mention},
    hit::{CodePoints, MentionView, PlaceView},
};

/// What such a record says beyond plain fields.
#[derive(Debug)]
pub(super) struct Cut {
    passages: Vec<Passage>,
    mentions: Vec<GivenMention>,
    hash: Option<String>,
    notes: Vec<Note>,
    published_from: Option<PublishedFrom>,
    supplied: Option<Vec<EntityKind>>,
    locations: Vec<PlaceView>,
    /// Mentions that fit nowhere, as they came.
    stray: Vec<Value>,
}

#[derive(serde::Deserialize)]
struct PartMark {
    part: PartKind,
    start: usize,
    end: usize,
}

/// Takes text, parts, mentions and their company out of a record that has them; `None` (and nothing taken) of any other.
pub(super) fn take(map: &mut Map<String, Value>, whence: Whence) -> Option<Cut> {
    let text = map.get("text")?.as_str()?;
    let marks: Vec<PartMark> = map.get("parts")?.as_array()?.iter().map(read).collect::<Option<_>>()?;
    let mut pieces = cut(text, &marks)?;
    let is_titled = pieces.iter().any(|(kind, _)| *kind == PartKind::Title);
    let title = map.get("title").and_then(Value::as_str).filter(|title| !title.is_empty() && !is_titled);
    if let Some(title) = title {
        pieces.insert(0, (PartKind::Title, title));
    }
    let composed = pieces.iter().map(|(_, piece)| *piece).collect::<Vec<_>>().join("\n\n");
    let given = map.get("mentions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let (mentions, stray) = if composed == text { placed(given, text) } else { moved(given, text, &composed) };
    let origin = Origin::on_line(whence.line);
    let passages =
        pieces.iter().map(|(kind, piece)| Passage { kind: *kind, text: (*piece).to_owned(), origin: origin.clone() });
    let mut cut = Cut {
        passages: passages.collect(),
        mentions,
        stray,
        hash: map.get("hash").and_then(Value::as_str).filter(|hash| !hash.is_empty()).map(str::to_owned),
        notes: map.get("notes").and_then(read).unwrap_or_default(),
        published_from: map.get("published_from").and_then(read),
        supplied: map.get("supplied").and_then(read),
        locations: map.get("locations").and_then(read).unwrap_or_default(),
    };
    if !cut.stray.is_empty() {
        let reason = format!("mentions: {} of them fit nowhere in the text; kept in extra", cut.stray.len());
        cut.notes.push(Note::new("field-type", reason));
    }
    for key in COMPANY {
        map.shift_remove(*key);
    }
    Some(cut)
}

const COMPANY: &[&str] = &[
    "text",
    "parts",
    "title",
    "mentions",
    "hash",
    "notes",
    "published_from",
    "supplied",
    "locations",
    "focus",
    "origins",
    "path",
    "line",
];

impl Cut {
    /// The draft, its plain fields read by `fields`.
    pub(super) fn into_draft(self, fields: impl FnOnce() -> Draft) -> Draft {
        let mut draft = fields();
        draft.is_cut = true;
        draft.passages = self.passages;
        draft.mentions = self.mentions;
        draft.hash = self.hash.unwrap_or_default();
        draft.notes.retain(|note| !self.notes.contains(note));
        draft.notes.splice(0..0, self.notes);
        if let (Some(from), Some((_, whence))) = (self.published_from, &mut draft.published) {
            *whence = from;
        }
        for place in draft.places.iter_mut().flatten() {
            let given = self.locations.iter().find(|view| view.path == place.name);
            place.location = given.map(|view| view.location.clone());
        }
        if let Some(supplied) = self.supplied {
            forget_unsupplied(&mut draft, &supplied);
        }
        if !self.stray.is_empty() {
            record::keep(&mut draft.extra, "mentions", Value::Array(self.stray));
        }
        draft
    }
}

/// Lists that the text gave come back with its mentions, not as supplied ones.
fn forget_unsupplied(draft: &mut Draft, supplied: &[EntityKind]) {
    let is = |kind| supplied.contains(&kind);
    draft.people.take_if(|_| !is(EntityKind::Person));
    draft.places.take_if(|_| !is(EntityKind::Place));
    draft.orgs.take_if(|_| !is(EntityKind::Org));
    draft.roles.take_if(|_| !is(EntityKind::Role));
    draft.dates.take_if(|_| !is(EntityKind::Date));
}

fn read<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

/// The text by its parts; text between them that says something is body. `None` when the parts do not fit.
fn cut<'a>(text: &'a str, marks: &[PartMark]) -> Option<Vec<(PartKind, &'a str)>> {
    let points = CodePoints::of(text);
    let most = points.at(text.len());
    let mut pieces = Vec::new();
    let mut done = 0;
    for mark in marks {
        if mark.start > mark.end || mark.end > most {
            return None;
        }
        let (start, end) = (points.byte_of(mark.start), points.byte_of(mark.end));
        pieces.push((PartKind::Body, text.get(done..start)?.trim()));
        pieces.push((mark.part, text.get(start..end)?));
        done = end;
    }
    pieces.push((PartKind::Body, text.get(done..)?.trim()));
    pieces.retain(|(_, piece)| !piece.is_empty());
    Some(pieces)
}

/// Mentions where they say they are.
fn placed(given: &[Value], text: &str) -> (Vec<GivenMention>, Vec<Value>) {
    let points = CodePoints::of(text);
    let mut stray = Vec::new();
    let mut mentions = Vec::new();
    for value in given {
        match read::<MentionView>(value).filter(|view| is_there(view, text, &points)) {
            Some(view) => mentions.push(mention(view)),
            None => stray.push(value.clone()),
        }
    }
    (mentions, stray)
}

fn is_there(view: &MentionView, text: &str, points: &CodePoints<'_>) -> bool {
    view.start < view.end && text.get(points.byte_of(view.start)..points.byte_of(view.end)) == Some(&view.surface)
}

/// Mentions of a text whose parts were joined otherwise: the n-th occurrence of a surface stays the n-th.
fn moved(given: &[Value], text: &str, composed: &str) -> (Vec<GivenMention>, Vec<Value>) {
    let (mut mentions, mut stray) = placed(given, text);
    let (old, new) = (CodePoints::of(text), CodePoints::of(composed));
    mentions.retain_mut(|given| {
        let surface = given.mention.surface.as_str();
        let before = text.get(..old.byte_of(given.span.start)).unwrap_or_default();
        // A title put in front comes before everything, so its occurrences are passed over from the end.
        let left = text.matches(surface).count().saturating_sub(before.matches(surface).count());
        let Some((byte, _)) = left.checked_sub(1).and_then(|nth| composed.rmatch_indices(surface).nth(nth)) else {
            stray.push(serde_json::json!({"surface": surface, "entity": given.mention.entity}));
            return false;
        };
        given.span = new.at(byte)..new.at(byte + surface.len());
        true
    });
    (mentions, stray)
}

fn mention(view: MentionView) -> GivenMention {
    let location = view.place.map(|place| place.location).filter(|location| *location != Location::default());
    GivenMention {
        span: view.start..view.end,
        mention: Mention {
            kind: view.kind,
            span: 0..0,
            surface: view.surface,
            entity: view.entity,
            role: view.role,
            location,
            date: view.date.and_then(|date| Date::parse(&date.edtf).ok()),
            from: view.from,
            rule: view.rule,
            confidence: view.confidence,
        },
    }
}
