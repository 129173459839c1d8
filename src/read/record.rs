//! A record, as a map of names to values, to a draft: field by field, leniently, nothing inferred and nothing lost.
//!
//! It never renames a value; what it cannot use it keeps in `extra` and says so.

mod filling;

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::{
    alias::{self, Known, Slot},
    intake::{Context, Intake, Refusal},
    own, value,
};
use crate::article::{Draft, PartKind, Passage, PublishedFrom};
use filling::Filling;

/// Where a record came from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Whence {
    /// The line on which it begins.
    pub(super) line: u32,
    /// Who says when it was published, if it does.
    pub(super) published: PublishedFrom,
    /// What its names are names of: `field`, `front matter`; of names that the reader chose, the format.
    pub(super) by: &'static str,
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

/// As [`fields`], for names that a reader of a format chose itself: those without a field of ours are kept unremarked.
pub(super) fn stated(map: Map<String, Value>, labels: &Labels, whence: Whence, context: &Context<'_>) -> Draft {
    let mut draft = fields(map, whence, context);
    draft.notes.retain(|note| note.kind != "unknown-field");
    draft.told.labelled(whence.by, |name| labels.of(name));
    draft
}

/// Under which labels or in which elements the fields stand in the file for which a reader chose names.
#[derive(Debug, Default)]
pub(super) struct Labels(Vec<(String, Cow<'static, str>)>);

impl Labels {
    /// The field called `name` stands under `label`; the first label counts.
    pub(super) fn put(&mut self, name: &str, label: impl Into<Cow<'static, str>>) {
        if self.of(name).is_none() {
            self.0.push((name.to_owned(), label.into()));
        }
    }

    fn of(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, label)| label.as_ref())
    }
}

/// Which field each passage of a draft is that was made of fields alone.
pub(super) fn fields_of(draft: &Draft) -> Vec<Option<&'static str>> {
    let mut below = ["subtitle", "summary"].into_iter().filter(|field| draft.told.of(field).is_some());
    let field = |passage: &Passage| match passage.kind {
        PartKind::Title => Some("title"),
        PartKind::Subtitle => below.next(),
        PartKind::Body => Some("body"),
        _ => None,
    };
    draft.passages.iter().map(field).collect()
}

/// Hands a draft over, unless there is nothing in it.
pub(super) fn deliver(draft: Draft, intake: &mut Intake<'_>) {
    if is_empty(&draft) {
        let reason = "empty: no text, no names, no lists".to_owned();
        return intake.refuse(Refusal { line: draft.line, kind: "empty", reason });
    }
    intake.reading.drafts.push(draft);
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

/// Most names that a key gets of its own; further values stand in a list, since each looks through all before it.
const MOST_NAMES: usize = 100;

/// Keeps a value under `key`, or under `key-2` and so on when another stands there.
pub(super) fn keep(extra: &mut Map<String, Value>, key: &str, value: Value) {
    let mut name = key.to_owned();
    for n in 2..=MOST_NAMES {
        match extra.get(&name) {
            Some(there) if *there != value => name = format!("{key}-{n}"),
            Some(_) => return,
            None => return drop(extra.insert(name, value)),
        }
    }
    match extra.entry(name).or_insert_with(|| Value::Array(Vec::new())) {
        Value::Array(list) => list.push(value),
        other => *other = Value::Array(vec![other.take(), value]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::read::intake::Intake;

    fn read(value: Value) -> Draft {
        let settings = crate::settings::Settings::default();
        let Value::Object(map) = value else { panic!("a record is an object") };
        draft(
            map,
            Whence { line: 1, published: PublishedFrom::Field, by: "field" },
            &Intake::new("a.json", &settings).context,
        )
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
    fn labels_under_several_names_come_together() {
        let draft = read(json!({"topics": ["a"], "keywords": ["b", "a"], "subject": 7.5, "tags": ["c"], "tag": "d"}));
        let names = |list: Option<Vec<String>>| list.unwrap().join(" ");
        assert_eq!((names(draft.subjects), names(draft.tags)), ("a b 7.5".to_owned(), "c d".to_owned()));
    }

    /// A download may say a hundred thousand times when it was loaded.
    #[test]
    fn values_beyond_number_are_a_list() {
        let mut map = Map::new();
        (0..100_000).for_each(|n| keep(&mut map, "loaded", json!(n)));
        keep(&mut map, "loaded", json!(7));
        assert_eq!((map.len(), &map["loaded"], &map["loaded-99"]), (100, &json!(0), &json!(98)));
        assert_eq!(map["loaded-100"].as_array().unwrap().len(), 100_000 - 99);
    }

    #[test]
    fn what_cannot_be_used_is_kept_and_noted() {
        for (record, kind, key) in [
            (json!({"title": {"a": 1}}), "field-type", "title"),
            (json!({"people": 1.5, "tags": {"a": 1}}), "field-type", "tags"),
            (json!({"people": [[1, 2]]}), "field-type", "people"),
            (json!({"dates": ["Thursday"]}), "field-type", "dates"),
            (json!({"date": "soon"}), "date", "published"),
            (json!({"lang": "?"}), "field-type", "lang"),
            (json!({"colour": "red"}), "unknown-field", "colour"),
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
