//! Hits and mentions made up for the tests of the forms. It exists for the tests only.

use crate::{
    article::{PartKind, PublishedFrom},
    entity::EntityKind,
    hit::{CountView, Hit, MentionHit, Provenance, QueryView, Snippet, Total},
};

use super::hitlist::{Head, Reader, Rows};

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
