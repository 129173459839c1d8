//! Fields that lie beside a text, in a file of their own.
//!
//! They win over what the text says of itself, which is kept where it differs; it never reads the text.

use serde_json::Value;

use super::{
    alias::{self, Slot},
    decode, front,
    intake::Intake,
    json::Object,
    record::{self, Whence},
};
use crate::{
    article::{Draft, Note, PartKind, Passage, PublishedFrom},
    error::Result,
};

/// The fields in the bytes of a file, or why they cannot be used.
pub(super) fn fields(path: &str, bytes: &[u8]) -> Result<Object, Note> {
    let fault = |what: &str| Note::new("sidecar", format!("{path} cannot be used: {what}"));
    let syntax = front::Syntax::of_name(path).ok_or_else(|| fault("it is no YAML, TOML or JSON"))?;
    let decoded = decode::decode(bytes).ok_or_else(|| fault("it is binary"))?;
    match front::fields(&decoded.text, syntax) {
        Ok(Some(object)) => Ok(object),
        Ok(None) => Err(fault("it holds no fields")),
        Err(what) => Err(fault(&what)),
    }
}

/// Reads what is no plain text but one article of another format, and lays the fields of `path` over it; of several articles
/// nobody knows which is meant.
pub(super) fn lay_over(
    (path, fields): (&str, Result<Object, Note>),
    intake: &mut Intake<'_>,
    read: impl FnOnce(&mut Intake<'_>),
) {
    let (before, seen) = (intake.reading.drafts.len(), intake.articles());
    read(intake);
    let found = intake.articles() - seen;
    match fields {
        Err(note) => intake.note(note),
        Ok(object) if found == 1 => {
            let whence = Whence { line: 1, published: PublishedFrom::Field, by: "sidecar field" };
            let beside = record::fields(object.map, whence, &intake.context);
            if let Some(draft) = intake.reading.drafts.get_mut(before) {
                outrank(draft, beside);
            }
        }
        // The file is refused, or was told to be empty.
        Ok(_) if found == 0 => {}
        Ok(_) => {
            let reason = format!("the fields of {path} are not taken: what they lie beside is {found} articles");
            intake.note(Note::new("sidecar", reason));
        }
    }
}

/// Gives a draft the fields of another; what it said itself is kept among its other fields.
fn outrank(draft: &mut Draft, beside: Draft) {
    let texts = [
        (Slot::Url, &mut draft.url, beside.url),
        (Slot::Source, &mut draft.source, beside.source),
        (Slot::Byline, &mut draft.byline, beside.byline),
        (Slot::Section, &mut draft.section, beside.section),
        (Slot::Language, &mut draft.language, beside.language),
        (Slot::Id, &mut draft.id, beside.id),
    ];
    let lists = [
        (Slot::Authors, &mut draft.authors, beside.authors),
        (Slot::Tags, &mut draft.tags, beside.tags),
        (Slot::Subjects, &mut draft.subjects, beside.subjects),
        (Slot::Roles, &mut draft.roles, beside.roles),
    ];
    let names = [
        (Slot::People, &mut draft.people, beside.people),
        (Slot::Places, &mut draft.places, beside.places),
        (Slot::Orgs, &mut draft.orgs, beside.orgs),
    ];
    let dates = [(Slot::Dates, &mut draft.dates, beside.dates)];
    let mut lost = replaced(texts, Value::from);
    lost.extend(replaced(lists, Value::from));
    lost.extend(replaced(names, |names| names.into_iter().map(|name| name.name).collect()));
    lost.extend(replaced(dates, |dates| dates.into_iter().map(|named| named.date.edtf().to_owned()).collect()));
    if let Some((date, from)) = beside.published {
        let own = draft.published.replace((date.clone(), from)).filter(|(own, _)| *own != date);
        lost.extend(own.map(|(own, _)| (Slot::Published, own.edtf().into())));
    }
    lost.extend(headed(draft, beside.passages));
    for (key, value) in beside.extra {
        let own = draft.extra.insert(key.clone(), value);
        own.into_iter().for_each(|own| record::keep(&mut draft.extra, &key, own));
    }
    lost.into_iter().for_each(|(slot, own)| record::keep(&mut draft.extra, alias::canonical(slot), own));
    draft.notes.extend(beside.notes);
    draft.told.outranked_by(beside.told);
}

/// Puts given values in the place of a draft's own; of those that differ, what `told` makes of them.
fn replaced<T: PartialEq, const N: usize>(
    rows: [(Slot, &mut Option<T>, Option<T>); N],
    told: impl Fn(T) -> Value,
) -> Vec<(Slot, Value)> {
    let mut lost = Vec::new();
    for (slot, own, given) in rows.into_iter().filter(|(_, _, given)| given.is_some()) {
        let before = std::mem::replace(own, given).filter(|before| own.as_ref() != Some(before));
        lost.extend(before.map(|before| (slot, told(before))));
    }
    lost
}

/// Puts given titles and texts in front; a given title stands for the one there was, which is returned where it differs.
fn headed(draft: &mut Draft, given: Vec<Passage>) -> Option<(Slot, Value)> {
    let title = given.iter().find(|passage| passage.kind == PartKind::Title).map(|title| title.text.trim().to_owned());
    let is_title = |passage: &Passage| passage.kind == PartKind::Title;
    let printed = draft.passages.iter().position(is_title).filter(|_| title.is_some());
    let lost = printed.map(|at| draft.passages.remove(at).text);
    draft.passages.splice(0..0, given);
    lost.filter(|own| title.is_some_and(|title| own.trim() != title)).map(|own| (Slot::Title, own.into()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{
        article::{PartKind, PublishedFrom},
        read::{Reading, read_bytes},
        settings::Settings,
    };

    const PAGE: &str = "<html><head><title>Pier</title><meta name=author content=\"Ann Orrin\">\
        <meta property=article:published_time content=2024-03-01></head><body><article><h1>Pier</h1>\
        <p>The pier was closed for the winter, and nobody said why it was not open again in spring.</p>\
        <p>Nora Vell asked the mayor for the reason, and he said that there was none to be had.</p></article></body></html>";

    fn read(text: &str, beside: &str) -> Reading {
        read_bytes("a.txt", text.as_bytes(), Some(("a.json", beside.as_bytes())), &Settings::default())
    }

    #[test]
    fn a_page_named_as_a_text_is_a_page_and_has_the_fields_beside_it() {
        let beside = r#"{"date": "2024-02-29", "headline": "The Pier", "people": ["Nora Vell"], "shelf": 7}"#;
        let reading = read(PAGE, beside);
        let draft = &reading.drafts[0];
        assert!(draft.passages.iter().all(|passage| !passage.text.contains('<')), "{:?}", draft.passages);
        let titles: Vec<&str> =
            draft.passages.iter().filter(|p| p.kind == PartKind::Title).map(|p| p.text.as_str()).collect();
        assert_eq!(titles, ["The Pier"]);
        let (date, from) = draft.published.as_ref().unwrap();
        assert_eq!((date.edtf(), *from), ("2024-02-29", PublishedFrom::Field));
        assert_eq!(draft.people.as_ref().unwrap().len(), 1);
        assert_eq!(draft.authors.as_ref().unwrap(), &["Ann Orrin"]);
        assert_eq!((&draft.extra["title"], &draft.extra["published"]), (&json!("Pier"), &json!("2024-03-01")));
        assert_eq!(draft.extra["shelf"], 7);
        assert_eq!(draft.told.of("published").as_deref(), Some("sidecar field date"));
        assert_eq!(draft.told.of("title").as_deref(), Some("sidecar field headline"));
        assert_eq!(draft.told.of("authors").as_deref(), Some("meta author"));
    }

    #[test]
    fn names_of_a_record_that_others_replace_are_kept() {
        let record = r#"{"title": "Pier", "people": ["Nora Vell"], "orgs": ["Quay"], "dates": ["2024-03"]}"#;
        let reading = read(record, r#"{"people": ["Ann Orrin"], "orgs": ["Quay"], "dates": ["2025"]}"#);
        let draft = &reading.drafts[0];
        assert_eq!(draft.people.as_ref().unwrap()[0].name, "Ann Orrin");
        assert_eq!((&draft.extra["people"], &draft.extra["dates"]), (&json!(["Nora Vell"]), &json!(["2024-03"])));
        assert_eq!(draft.extra.len(), 2);
    }

    #[test]
    fn of_several_articles_none_has_the_fields() {
        let reading = read("{\"title\": \"a\"}\n{\"title\": \"b\"}\n", r#"{"source": "Quay"}"#);
        assert_eq!((reading.drafts.len(), reading.problems.len()), (2, 1));
        assert!(reading.problems[0].reason.contains("a.json are not taken"), "{:?}", reading.problems);
        assert!(reading.drafts.iter().all(|draft| draft.source.is_none()));
    }

    #[test]
    fn a_page_beside_broken_fields_is_read() {
        let reading = read(PAGE, "{");
        assert_eq!((reading.drafts.len(), reading.problems.len()), (1, 1));
        assert!(reading.problems[0].reason.contains("a.json cannot be used"), "{:?}", reading.problems);
    }
}
