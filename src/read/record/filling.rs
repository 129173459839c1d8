//! A draft being filled from a record's values: types checked, the best of several names chosen.
//!
//! It never loses a value: what cannot be used goes to `extra` with a note.

use serde_json::Value;

use super::Whence;
use crate::{
    article::{Draft, Note, Origin, PartKind, Passage},
    date::Date,
    read::{
        alias::{self, Known, Slot},
        decode,
        value::{self, Rest},
    },
    text::Language,
};

/// A draft being filled.
pub(super) struct Filling<'a> {
    pub(super) draft: Draft,
    pub(super) whence: Whence,
    /// IANA name of the zone of times with an offset.
    pub(super) zone: Option<&'a str>,
}

/// A value that cannot be used, and why.
struct Unusable(Value, Note);

impl Filling<'_> {
    /// Fills the draft; `given` is sorted by field and preference: the first value that says something wins.
    pub(super) fn fill(&mut self, given: Vec<(Known, String, Value)>) {
        let mut filled = None;
        let mut spare: Option<(Known, String)> = None;
        for (known, key, value) in given {
            if spare.as_ref().is_some_and(|(other, _)| other.slot != known.slot) {
                self.take_nothing(spare.take());
            }
            let is_empty_list = matches!(&value, Value::Array(list) if list.iter().all(value::is_absent));
            if filled == Some(known.slot) {
                self.add(known.slot, &key, value);
            } else if is_empty_list {
                spare.get_or_insert((known, key));
            } else {
                match self.take(known.slot, &key, value) {
                    Ok(()) => {
                        self.tell(known, key);
                        (filled, spare) = (Some(known.slot), None);
                    }
                    Err(Unusable(value, note)) => {
                        self.draft.notes.push(note);
                        self.keep(if known.slot == Slot::Published { known.name } else { &key }, value);
                    }
                }
            }
        }
        self.take_nothing(spare.take());
    }

    /// Notes who tells a field.
    fn tell(&mut self, known: Known, key: String) {
        match known.slot {
            Slot::Extra => {}
            Slot::Orgs => self.draft.told.tell("orgs", self.whence.by, key),
            _ => self.draft.told.tell(known.name, self.whence.by, key),
        }
    }

    /// A further value of a field: labels come together, each once; of other fields the first value counts.
    fn add(&mut self, slot: Slot, key: &str, value: Value) {
        let labels = match slot {
            Slot::Tags => self.draft.tags.as_mut(),
            Slot::Subjects => self.draft.subjects.as_mut(),
            _ => None,
        };
        let Some(labels) = labels else {
            if matches!(slot, Slot::People | Slot::Places | Slot::Orgs | Slot::Roles | Slot::Dates) {
                let reason = format!("given under another name already, so kept in extra: {key}");
                self.draft.notes.push(Note::new("repeated-key", reason));
            }
            return self.keep(key, value);
        };
        let is_rich = says_more(slot, &value);
        match value::texts(value.clone()) {
            Ok(more) => {
                let more: Vec<String> = more.into_iter().filter(|label| !labels.contains(label)).collect();
                labels.extend(more);
                self.draft.told.also(alias::canonical(slot), key);
                if is_rich {
                    self.keep(key, value);
                }
            }
            Err(value) => self.keep(key, value),
        }
    }

    /// An empty list says "none".
    fn take_nothing(&mut self, spare: Option<(Known, String)>) {
        let Some((known, _)) = spare else { return };
        match known.slot {
            Slot::Authors => self.draft.authors = Some(Vec::new()),
            Slot::Tags => self.draft.tags = Some(Vec::new()),
            Slot::Subjects => self.draft.subjects = Some(Vec::new()),
            Slot::People => self.draft.people = Some(Vec::new()),
            Slot::Places => self.draft.places = Some(Vec::new()),
            Slot::Orgs => self.draft.orgs = Some(Vec::new()),
            Slot::Roles => self.draft.roles = Some(Vec::new()),
            Slot::Dates => self.draft.dates = Some(Vec::new()),
            _ => {}
        }
    }

    fn take(&mut self, slot: Slot, key: &str, value: Value) -> Result<(), Unusable> {
        if says_more(slot, &value) {
            self.keep(key, value.clone());
        }
        let one = |value| value::text(value).map_err(|value| unusable(key, value, "one text"));
        let many = |value| value::texts(value).map_err(|value| unusable(key, value, "a list of texts"));
        match slot {
            Slot::Id => self.draft.id = Some(one(value)?),
            Slot::Title => self.passage(PartKind::Title, one(value)?),
            Slot::Subtitle | Slot::Summary => self.passage(PartKind::Subtitle, one(value)?),
            Slot::Body => {
                let body = body(value).map_err(|value| unusable(key, value, "a text"))?;
                self.passage(PartKind::Body, body);
            }
            Slot::Url => self.draft.url = Some(one(value)?),
            Slot::Published => self.published(value)?,
            Slot::Source => self.draft.source = Some(one(value)?),
            Slot::Byline => self.draft.byline = Some(one(value)?),
            Slot::Authors => self.authors(many(value)?),
            Slot::Section => self.draft.section = Some(one(value)?),
            Slot::Language => self.language(key, one(value)?)?,
            Slot::Tags => self.draft.tags = Some(many(value)?),
            Slot::Subjects => self.draft.subjects = Some(many(value)?),
            Slot::Roles => self.draft.roles = Some(many(value)?),
            Slot::People | Slot::Places | Slot::Orgs => self.names(slot, key, value)?,
            Slot::Dates => match value::dates(&value) {
                Ok(dates) => self.draft.dates = Some(dates),
                Err(()) => return Err(unusable(key, value, "a list of dates")),
            },
            Slot::Extra => self.extra(value)?,
            Slot::Kept | Slot::Ignored => self.keep(key, value),
        }
        Ok(())
    }

    fn names(&mut self, slot: Slot, key: &str, value: Value) -> Result<(), Unusable> {
        let Ok((names, rest)) = value::names(&value) else {
            return Err(unusable(key, value, "a list of names"));
        };
        if rest == Rest::Some {
            self.keep(key, value);
        }
        match slot {
            Slot::People => self.draft.people = Some(names),
            Slot::Places => self.draft.places = Some(names),
            _ => self.draft.orgs = Some(names),
        }
        Ok(())
    }

    /// Authors; "By …" is what was printed, the name is what follows.
    fn authors(&mut self, authors: Vec<String>) {
        let by = |author: &str| author.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("by "));
        if self.draft.byline.is_none()
            && let [only] = authors.as_slice()
            && by(only)
        {
            self.draft.byline = Some(only.clone());
        }
        let bare = |author: String| if by(&author) { author[3..].trim().to_owned() } else { author };
        self.draft.authors = Some(authors.into_iter().map(bare).filter(|author| !author.is_empty()).collect());
    }

    fn language(&mut self, key: &str, tag: String) -> Result<(), Unusable> {
        if Language::from_tag(&tag).is_none() {
            return Err(unusable(key, tag.into(), "a language tag"));
        }
        self.draft.language = Some(tag);
        Ok(())
    }

    fn published(&mut self, value: Value) -> Result<(), Unusable> {
        let date = match &value {
            Value::Number(number) => number.as_f64().and_then(|number| epoch(number as i64, self.zone)),
            Value::String(text) if ["none", "null"].contains(&text.trim().to_lowercase().as_str()) => return Ok(()),
            Value::String(text) => Date::parse_in_zone(text, self.zone).ok(),
            _ => None,
        };
        let Some(date) = date else {
            let printed = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let note = Note::new("date", format!("“{}” is no date that can be read", shortened(&printed)));
            return Err(Unusable(value, note));
        };
        self.draft.published = Some((date, self.whence.published));
        Ok(())
    }

    fn extra(&mut self, value: Value) -> Result<(), Unusable> {
        match value {
            Value::Object(object) => object.into_iter().for_each(|(key, value)| self.keep(&key, value)),
            value => return Err(unusable("extra", value, "an object")),
        }
        Ok(())
    }

    fn passage(&mut self, kind: PartKind, text: String) {
        let text = match decode::unix_lines(text.as_str().into()) {
            std::borrow::Cow::Owned(text) => text,
            std::borrow::Cow::Borrowed(_) => text,
        };
        self.draft.passages.push(Passage { kind, text, origin: Origin::on_line(self.whence.line) });
    }

    pub(super) fn keep(&mut self, key: &str, value: Value) {
        super::keep(&mut self.draft.extra, key, value);
    }

    /// Notes what was kept without being understood.
    pub(super) fn note_unread(&mut self, unknown: &[String]) {
        if !unknown.is_empty() {
            let reason = format!("kept in extra, unknown: {}", unknown.join(", "));
            self.draft.notes.push(Note::new("unknown-field", reason));
        }
    }
}

/// A number that is a date: a year, a day as `20250314`, or an instant.
fn epoch(number: i64, zone: Option<&str>) -> Option<Date> {
    match number {
        1000..=9999 | 10_000_101..=99_991_231 => Date::parse_printed(&number.to_string()).ok(),
        number => Date::from_epoch(number, zone),
    }
}

/// A body: one text, or a list of paragraphs.
fn body(value: Value) -> Result<String, Value> {
    match value {
        Value::Array(list) if list.iter().all(Value::is_string) => {
            Ok(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n\n"))
        }
        Value::Object(_) => Err(value),
        Value::String(text) => Ok(text),
        value => value::text(value),
    }
}

/// Whether an object among the values of a plain field says more than its name.
fn says_more(slot: Slot, value: &Value) -> bool {
    let is_rich =
        |value: &Value| value.as_object().is_some_and(|object| object.len() > 1 && object.contains_key("name"));
    match (slot, value) {
        (Slot::People | Slot::Places | Slot::Orgs | Slot::Dates | Slot::Extra | Slot::Body, _) => false,
        (_, Value::Array(list)) => list.iter().any(is_rich),
        (_, value) => is_rich(value),
    }
}

fn unusable(key: &str, value: Value, wanted: &str) -> Unusable {
    let shown = shortened(&value.to_string());
    Unusable(value, Note::new("field-type", format!("{key}: {shown} is not {wanted}; kept in extra")))
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(60) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
