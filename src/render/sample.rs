//! Hits and mentions made up for the tests of the forms. It exists for the tests only.

use std::collections::BTreeMap;

use quick_xml::events::Event;

use crate::{
    article::{PartKind, PublishedFrom},
    entity::EntityKind,
    hit::{CountView, Hit, MentionHit, Provenance, QueryView, Snippet, Total},
};

use super::{
    form::Begin,
    hitlist::{Head, Reader, Row, Rows},
};

/// A hit that has everything, `title` in its text too.
pub(super) fn hit(title: &str) -> Hit {
    let text = format!("{title} and the flood");
    let marks = vec![(0, title.chars().count() as u64)];
    Hit {
        rank: 1,
        score: 4.511878,
        id: "north/tarn.txt".into(),
        path: "north/tarn.txt".into(),
        line: 3,
        url: Some("https://example.org/tarn?a=1&b=2".into()),
        title: title.into(),
        source: Some("The Courier".into()),
        byline: Some("By Ada Moran and Tom Hale".into()),
        published: Some("1916-05-03".into()),
        published_from: Some(PublishedFrom::Dateline),
        language: "en".into(),
        words: 412,
        people: vec!["Ilse Maro".into(), "Tom Hale".into()],
        places: vec!["United Kingdom/Tarn".into()],
        orgs: vec!["Harbour Board".into()],
        roles: vec!["envoy".into()],
        subjects: vec!["Floods".into()],
        tags: vec!["keep".into()],
        hash: "ab".repeat(32),
        snippets: vec![Snippet { part: PartKind::Lead, line: 4, start: 10, end: 40, text, marks }],
        ..Hit::default()
    }
}

/// A mention that has everything, in an article of this title.
pub(super) fn mention(title: &str) -> MentionHit {
    MentionHit {
        id: "north/tarn.txt".into(),
        path: "north/tarn.txt".into(),
        line: 5,
        byte_start: Some(120),
        byte_end: Some(129),
        surface: "Ilse Maro".into(),
        entity: Some("Ilse Maro".into()),
        kind: Some(EntityKind::Person),
        role: Some("envoy".into()),
        sentence: 2,
        left: "On Tuesday the envoy ".into(),
        matched: "Ilse Maro".into(),
        right: " came to the harbour.".into(),
        published: Some("1916-05".into()),
        source: Some("The Courier".into()),
        title: title.into(),
        url: Some("https://example.org/tarn".into()),
        byline: Some("By Ada Moran".into()),
        rule: Some("given".into()),
        confidence: Some(0.5),
        ..bare_mention()
    }
}

/// A mention that has nothing that could be missing.
pub(super) fn bare_mention() -> MentionHit {
    MentionHit {
        id: "a".into(),
        path: "a.txt".into(),
        line: 1,
        part: PartKind::Body,
        start: 110,
        end: 119,
        byte_start: None,
        byte_end: None,
        surface: "flood".into(),
        entity: None,
        kind: None,
        role: None,
        sentence: 1,
        left: String::new(),
        matched: "flood".into(),
        right: String::new(),
        published: None,
        source: None,
        title: String::new(),
        url: None,
        byline: None,
        location: None,
        rule: None,
        confidence: None,
        hash: "cd".repeat(32),
        article: None,
    }
}

/// Where made-up rows come from, with this query.
pub(super) fn provenance(query: &str, rows: Rows) -> Provenance {
    Provenance {
        morgue_export: 1,
        query: QueryView { text: query.into(), read_as: query.into(), ..QueryView::default() },
        archive: "/clippings".into(),
        generation: 7,
        exported: "2026-03-01T12:00:00Z".into(),
        tool: "morgue 0.1.0".into(),
        total: 2,
        written: 0,
        rows: rows.name().into(),
    }
}

/// The totals that belong to it.
pub(super) fn view(provenance: &Provenance) -> CountView {
    let total = Total { articles: 2, mentions: Some(2), stories: None, exact: true };
    CountView { schema_version: 1, query: provenance.query.clone(), total, variants: None }
}

/// The head of a list of all rows.
pub(super) fn head<'a>(provenance: &'a Provenance, view: &'a CountView, rows: Rows) -> Head<'a> {
    Head { provenance, view, rows, page: (0, None), fields: None, reader: Reader::Any, template: None }
}

/// What a form writes of these rows.
pub(super) fn written(begin: Begin, rows: Rows, of: &[Row<'_>]) -> String {
    let provenance = provenance("flood", rows);
    let view = view(&provenance);
    let mut out = Vec::new();
    let mut list = begin(&head(&provenance, &view, rows), &mut out).unwrap();
    of.iter().for_each(|row| list.row(*row).unwrap());
    list.finish(&Provenance { written: of.len() as u64, ..provenance.clone() }).unwrap();
    String::from_utf8(out).unwrap()
}

/// The elements of an XML document, with their attributes; the document must be well-formed.
pub(super) fn elements(xml: &str) -> Vec<(String, BTreeMap<String, String>)> {
    let mut found = Vec::new();
    read(xml, &mut |event| {
        if let Event::Start(tag) | Event::Empty(tag) = event {
            let attributes = tag.attributes().map(|attribute| {
                let attribute = attribute.unwrap();
                let value = quick_xml::escape::unescape(&attribute.value).unwrap().into_owned();
                (attribute.key.as_ref().to_owned(), value)
            });
            found.push((tag.name().as_ref().to_owned(), attributes.collect()));
        }
    });
    found
}

/// The texts of an XML document's elements, in order, those of blanks left out; the document must be well-formed.
pub(super) fn texts(xml: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut open = String::new();
    read(xml, &mut |event| match event {
        Event::Text(text) => open.push_str(text),
        Event::GeneralRef(entity) => {
            open.push_str(&quick_xml::escape::unescape(&format!("&{};", &**entity)).unwrap());
        }
        Event::Start(_) | Event::End(_) | Event::Empty(_) => {
            let text = std::mem::take(&mut open);
            found.extend((!text.trim().is_empty()).then_some(text));
        }
        _ => {}
    });
    found
}

fn read(xml: &str, each: &mut dyn FnMut(&Event<'_>)) {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return,
            event => each(&event),
        }
    }
}
