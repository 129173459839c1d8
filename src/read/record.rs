//! A record, as a map of names to values, to a draft: field by field, leniently, nothing inferred and nothing lost.
//!
//! It never renames a value; what it cannot use it keeps in `extra` and says so.

use serde_json::{Map, Value};

use super::{
    alias::{self, Aliases, Known, Slot},
    decode, own,
    value::{self, Rest},
};
use crate::{
    article::{Draft, Note, Origin, PartKind, Passage, PublishedFrom},
    date::Date,
    settings::Settings,
};

/// What all records of a file share.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The file, relative to the archive.
    pub(super) path: &'a str,
    /// The archive's settings.
    pub(super) settings: &'a Settings,
    /// The names of fields.
    pub(super) aliases: Aliases,
}

impl<'a> Context<'a> {
    /// For one file.
    pub(super) fn new(path: &'a str, settings: &'a Settings) -> Self {
        Self { path, settings, aliases: Aliases::of(settings) }
    }
}

/// Where a record came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whence {
    /// The line on which it begins.
    pub(super) line: u32,
    /// Who says when it was published, if it does.
    pub(super) published: PublishedFrom,
}

/// Reads a record, our own converter's output included.
pub(super) fn draft(mut map: Map<String, Value>, whence: Whence, context: &Context<'_>) -> Draft {
    match own::take(&mut map, whence) {
        Some(cut) => cut.into_draft(|| fields(map, whence, context)),
        None => fields(map, whence, context),
    }
}

/// Reads the fields of a record.
pub(super) fn fields(map: Map<String, Value>, whence: Whence, context: &Context<'_>) -> Draft {
    let mut filling = Filling {
        draft: Draft { line: whence.line, ..Draft::default() },
        whence,
        zone: context.settings.archive.timezone.as_deref(),
    };
    let mut unknown = Vec::new();
    let mut given = Vec::with_capacity(map.len());
    for (key, value) in map {
        if value::is_absent(&value) {
            continue;
        }
        match context.aliases.find(&key) {
            Some(Known { slot: Slot::Ignored, .. }) => {}
            Some(Known { slot: Slot::Kept, name, .. }) => filling.keep(name, value),
            Some(known) => given.push((readdressed(known, &value), key, value)),
            None => {
                unknown.push(key.clone());
                filling.keep(&key, value);
            }
        }
    }
    given.sort_by_key(|(known, ..)| (known.slot, known.rank));
    filling.fill(given);
    filling.note_unread(&unknown);
    filling.draft
}

/// Whether a draft says nothing that makes an article: labels, dates and flags alone do not.
pub(super) fn is_empty(draft: &Draft) -> bool {
    let has_names = [&draft.people, &draft.places, &draft.orgs].into_iter().flatten().any(|list| !list.is_empty());
    let has_lists =
        [&draft.authors, &draft.tags, &draft.subjects, &draft.roles].into_iter().flatten().any(|list| !list.is_empty());
    let has_dates = draft.dates.as_ref().is_some_and(|dates| !dates.is_empty());
    let has_extra = draft.extra.iter().any(|(key, value)| match value {
        Value::Array(list) => !list.is_empty(),
        Value::Object(object) => !object.is_empty(),
        _ => key == "body_html",
    });
    let has_text = draft.passages.iter().any(|passage| !passage.text.trim().is_empty());
    !(has_text || has_names || has_lists || has_dates || has_extra || draft.url.is_some() || draft.byline.is_some())
}

/// A source that is an address is where the article was published, as web clippers mean it.
fn readdressed(known: Known, value: &Value) -> Known {
    let is_address = |text: &str| text.starts_with("http://") || text.starts_with("https://");
    match (known.slot, value) {
        (Slot::Source, Value::String(text)) if is_address(text.trim()) => {
            Known { slot: Slot::Url, name: alias::canonical(Slot::Url), rank: 100 + known.rank }
        }
        _ => known,
    }
}

/// A draft being filled.
struct Filling<'a> {
    draft: Draft,
    whence: Whence,
    zone: Option<&'a str>,
}

/// A value that cannot be used, and why.
struct Unusable(Value, Note);

impl Filling<'_> {
    /// Fills the draft; `given` is sorted by field and preference: the first value that says something wins.
    fn fill(&mut self, given: Vec<(Known, String, Value)>) {
        let mut filled = None;
        let mut spare: Option<(Known, String)> = None;
        for (known, key, value) in given {
            if spare.as_ref().is_some_and(|(other, _)| other.slot != known.slot) {
                self.take_nothing(spare.take());
            }
            let is_empty_list = matches!(&value, Value::Array(list) if list.iter().all(value::is_absent));
            if filled == Some(known.slot) {
                self.keep(&key, value);
            } else if is_empty_list {
                spare.get_or_insert((known, key));
            } else {
                match self.take(known.slot, &key, value) {
                    Ok(()) => (filled, spare) = (Some(known.slot), None),
                    Err(Unusable(value, note)) => {
                        self.draft.notes.push(note);
                        self.keep(if known.slot == Slot::Published { known.name } else { &key }, value);
                    }
                }
            }
        }
        self.take_nothing(spare.take());
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
            Slot::Language => self.draft.language = Some(one(value)?),
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

    fn keep(&mut self, key: &str, value: Value) {
        keep(&mut self.draft.extra, key, value);
    }

    fn note_unread(&mut self, unknown: &[String]) {
        let has_body = self.draft.passages.iter().any(|passage| passage.kind == PartKind::Body);
        if self.draft.extra.contains_key("body_html") && !has_body {
            self.draft.notes.push(Note::new("field-type", "body_html: HTML bodies are not read yet"));
        }
        if !unknown.is_empty() {
            let reason = format!("kept in extra, unknown: {}", unknown.join(", "));
            self.draft.notes.push(Note::new("unknown-field", reason));
        }
    }
}

/// Keeps a value under `key`, or under `key-2` and so on when another stands there.
pub(super) fn keep(extra: &mut Map<String, Value>, key: &str, value: Value) {
    let mut name = key.to_owned();
    for n in 2.. {
        match extra.get(&name) {
            Some(there) if *there != value => name = format!("{key}-{n}"),
            Some(_) => return,
            None => break,
        }
    }
    extra.insert(name, value);
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
    let end = text.floor_char_boundary(60);
    if end < text.len() { format!("{}…", &text[..end]) } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(value: Value) -> Draft {
        let settings = Settings::default();
        let Value::Object(map) = value else { panic!("a record is an object") };
        draft(map, Whence { line: 1, published: PublishedFrom::Field }, &Context::new("a.json", &settings))
    }

    #[test]
    fn the_first_name_that_says_something_wins() {
        let draft = read(json!({"text": "B", "headline": "H", "title": " ", "content": "C", "date": "March 1916"}));
        let texts: Vec<&str> = draft.passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(texts, ["H", "B"]);
        assert_eq!(draft.extra, *json!({"content": "C"}).as_object().unwrap());
        assert_eq!(draft.published.unwrap().0.edtf(), "1916-03");
        assert_eq!(draft.notes, []);
    }

    #[test]
    fn an_empty_list_is_supplied_and_null_is_not() {
        let draft = read(json!({"people": [], "persons": null, "orgs": null, "locations": "", "topics": ["a"]}));
        assert_eq!((draft.people, draft.orgs, draft.places), (Some(vec![]), None, None));
        assert_eq!(draft.subjects, Some(vec!["a".to_owned()]));
        assert_eq!(read(json!({"people": [], "persons": ["A"]})).people.unwrap().len(), 1);
    }

    #[test]
    fn what_cannot_be_used_is_kept_and_noted() {
        for (record, kind, key) in [
            (json!({"title": {"a": 1}}), "field-type", "title"),
            (json!({"people": 1.5, "tags": {"a": 1}}), "field-type", "tags"),
            (json!({"people": [[1, 2]]}), "field-type", "people"),
            (json!({"dates": ["Thursday"]}), "field-type", "dates"),
            (json!({"date": "soon"}), "date", "published"),
            (json!({"colour": "red"}), "unknown-field", "colour"),
            (json!({"body_html": "<p>x"}), "field-type", "body_html"),
        ] {
            let draft = read(record.clone());
            let kinds: Vec<&str> = draft.notes.iter().map(|note| note.kind.as_str()).collect();
            assert_eq!(kinds, [kind], "{record}");
            assert!(draft.extra.contains_key(key), "{record}");
        }
    }

    #[test]
    fn an_address_as_source_is_the_url() {
        let draft = read(json!({"source": "https://example.org/a", "publisher": {"name": "Northern Courier", "x": 1}}));
        assert_eq!(draft.url.as_deref(), Some("https://example.org/a"));
        assert_eq!(draft.source.as_deref(), Some("Northern Courier"));
        assert!(draft.extra.contains_key("publisher"));
        let draft = read(json!({"source": "https://example.org/a", "url": "https://example.org/b"}));
        assert_eq!(draft.url.as_deref(), Some("https://example.org/b"));
        assert_eq!(draft.extra["source"], "https://example.org/a");
    }

    #[test]
    fn labels_alone_are_no_article() {
        for (record, expected) in [
            (json!({}), true),
            (json!({"id": "a", "title": "", "body": null, "people": [], "source": "S", "date": "1987-04-03"}), true),
            (json!({"id": "a", "flag": "NO", "section": "Foreign"}), true),
            (json!({"people": ["A"]}), false),
            (json!({"title": "T"}), false),
            (json!({"url": "https://example.org"}), false),
            (json!({"exchanges": ["nyse"]}), false),
            (json!({"body_html": "<p>x"}), false),
        ] {
            assert_eq!(is_empty(&read(record.clone())), expected, "{record}");
        }
    }

    #[test]
    fn a_printed_byline_gives_the_author() {
        let draft = read(json!({"author": "By Nora Vell, Wire"}));
        assert_eq!(draft.byline.as_deref(), Some("By Nora Vell, Wire"));
        assert_eq!(draft.authors.unwrap(), ["Nora Vell, Wire"]);
    }

    #[test]
    fn numbers_are_dates() {
        for (number, expected) in
            [(json!(1931), "1931"), (json!(20250314), "2025-03-14"), (json!(1741995000), "2025-03-14")]
        {
            assert_eq!(read(json!({"title": "T", "date": number})).published.unwrap().0.edtf(), expected);
        }
    }
}
