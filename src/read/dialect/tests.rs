//! One invented record for each tool, and what is read of it. It never holds a real clipping.

use serde_json::json;

use super::*;
use crate::{
    article::{Draft, Origin, PartKind},
    read::{intake::Intake, json, source::Source},
    settings::Settings,
};

fn read(record: &Value) -> Draft {
    let settings = Settings::default();
    let mut intake = Intake::new("a.json", &settings);
    json::read(&Source::of(&record.to_string(), &Origin::on_line(1)), &mut intake);
    assert_eq!(intake.reading.problems, [], "{record}");
    intake.reading.drafts.remove(0)
}

/// What a record gave, as `[title, body, published, source, url, language, authors, tags, subjects]`.
fn check(record: &Value, expected: [&str; 9]) -> Draft {
    let draft = read(record);
    let text = |kind| draft.passages.iter().find(|p| p.kind == kind).map_or("", |p| p.text.as_str());
    let one = |field: &Option<String>| field.clone().unwrap_or_default();
    let many = |field: &Option<Vec<String>>| field.clone().unwrap_or_default().join("|");
    let published = draft.published.as_ref().map(|(date, _)| date.edtf().to_owned()).unwrap_or_default();
    let found = [
        text(PartKind::Title).to_owned(),
        text(PartKind::Body).to_owned(),
        published,
        one(&draft.source),
        one(&draft.url),
        one(&draft.language),
        many(&draft.authors),
        many(&draft.tags),
        many(&draft.subjects),
    ];
    assert_eq!(found, expected, "{record}");
    assert_eq!(draft.notes, [], "{record}");
    draft
}

#[test]
fn news_agencies() {
    let one = check(
        &json!({"uri": "urn:wire:7", "type": "text", "versioncreated": "2025-03-15T08:00:00Z",
            "firstcreated": "2025-03-14T20:00:00Z", "headline": "Envoy returns", "byline": "By Nora Vell",
            "body_html": "<p>She came.</p><p>She left.</p>", "language": "en", "located": "Vellmar",
            "infosource": [{"name": "Harbour Wire"}], "subject": [{"name": "talks", "code": "t:1"}],
            "person": [{"name": "Ruth Calder"}], "place": [{"name": "Vellmar"}], "pubstatus": "usable"}),
        ["Envoy returns", "She came.\n\nShe left.", "2025-03-14", "Harbour Wire", "", "en", "", "", "talks"],
    );
    assert_eq!((one.id.as_deref(), one.extra["dateline"].as_str()), (Some("urn:wire:7"), Some("Vellmar")));
    assert_eq!(
        (one.people.unwrap()[0].name.as_str(), one.extra["modified"].as_str()),
        ("Ruth Calder", Some("2025-03-15T08:00:00Z"))
    );
    let two = check(
        &json!({"uri": "https://example.org/7", "standard": {"name": "ninjs", "version": "3.1"},
            "versionCreated": "2025-03-14T20:00:00Z", "headlines": [{"role": "sub", "value": "Third visit"},
            {"role": "main", "value": "Envoy returns"}], "bodies": [{"contentType": "text/html", "value": "<p>x</p>"},
            {"contentType": "text/plain", "value": "She came."}], "by": "By Nora Vell",
            "infosources": [{"name": "Harbour Wire"}], "subjects": [{"name": "talks"}]}),
        ["Envoy returns", "She came.", "2025-03-14", "Harbour Wire", "https://example.org/7", "", "", "", "talks"],
    );
    assert!(two.passages.iter().any(|p| (p.kind, p.text.as_str()) == (PartKind::Subtitle, "Third visit")));
}

#[test]
fn linked_data_of_pages() {
    let article = json!({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Envoy returns",
        "articleBody": "She came.", "datePublished": "2025-03-14T20:00:00+01:00", "inLanguage": "en",
        "author": [{"@type": "Person", "name": "Nora Vell"}], "publisher": {"@type": "Organization",
        "name": "Northern Courier"}, "mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/7"},
        "keywords": "talks, envoys", "mentions": [{"@type": "Person", "name": "Ruth Calder"}],
        "contentLocation": {"@type": "Place", "name": "Vellmar"}});
    let rest = ["2025-03-14", "Northern Courier", "https://example.org/7", "en", "Nora Vell", "", "talks|envoys"];
    let mut expected = ["Envoy returns", "She came."].to_vec();
    expected.extend(rest);
    let draft = read(&article);
    assert_eq!(draft.people.unwrap()[0].name, "Ruth Calder");
    assert_eq!(draft.places.unwrap()[0].name, "Vellmar");
    let graph = json!({"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"}, article]});
    let draft = read(&graph);
    assert_eq!(draft.url.as_deref(), Some("https://example.org/7"));
    assert_eq!(draft.subjects.unwrap(), ["talks", "envoys"]);
    assert_eq!(expected[0], draft.passages[0].text);
}

#[test]
fn trafilatura() {
    check(
        &json!({"title": "Envoy returns", "author": "Nora Vell; Jan Orrin", "source-hostname": "Northern Courier",
            "hostname": "example.org", "date": "2025-03-14", "fingerprint": "ab", "id": null, "raw_text": "She came.",
            "text": "She came.", "language": "en", "source": "https://example.org/7", "categories": "World;Talks",
            "tags": "envoys;vellmar", "comments": "", "license": null}),
        [
            "Envoy returns",
            "She came.",
            "2025-03-14",
            "Northern Courier",
            "https://example.org/7",
            "en",
            "Nora Vell|Jan Orrin",
            "envoys|vellmar",
            "World|Talks",
        ],
    );
}

#[test]
fn news_please() {
    let draft = check(
        &json!({"authors": ["Nora Vell"], "date_download": "2025-03-16 09:00:00", "date_modify": "None",
            "date_publish": "2025-03-14 20:00:00", "description": "None", "filename": "7.json", "language": "en",
            "maintext": "She came.", "source_domain": "example.org", "text": null, "title": "Envoy returns",
            "title_page": null, "url": "https://example.org/7"}),
        ["Envoy returns", "She came.", "2025-03-14", "example.org", "https://example.org/7", "en", "Nora Vell", "", ""],
    );
    assert_eq!(draft.extra["retrieved"], "2025-03-16 09:00:00");
}

#[test]
fn newspaper() {
    let draft = check(
        &json!({"url": "https://example.org/7", "title": "Envoy returns", "text": "She came.", "authors": ["Nora Vell"],
            "publish_date": "2025-03-14T20:00:00", "top_image": "x.jpg", "images": [], "movies": [], "keywords": ["came"],
            "meta_keywords": ["talks"], "source_url": "https://www.example.org", "meta_lang": "en", "html": "<p>x</p>"}),
        [
            "Envoy returns",
            "She came.",
            "2025-03-14",
            "example.org",
            "https://example.org/7",
            "en",
            "Nora Vell",
            "",
            "talks",
        ],
    );
    assert_eq!(draft.extra["keywords"], json!(["came"]));
}

#[test]
fn reading_lists() {
    check(
        &json!({"id": 7, "title": "Envoy returns", "url": "https://example.org/7", "is_archived": 0, "is_starred": 1,
            "content": "<p>She came.</p>", "created_at": "2025-03-16T09:00:00+0000", "published_at": "2025-03-14T20:00:00",
            "published_by": ["Nora Vell"], "language": "en", "reading_time": 1, "domain_name": "example.org",
            "tags": [{"id": 1, "label": "envoys", "slug": "envoys"}]}),
        [
            "Envoy returns",
            "She came.",
            "2025-03-14",
            "example.org",
            "https://example.org/7",
            "en",
            "Nora Vell",
            "envoys",
            "",
        ],
    );
    check(
        &json!({"id": "a-7", "slug": "envoy-returns", "title": "Envoy returns", "author": "Nora Vell",
            "url": "https://example.org/7", "state": "Archived", "readingProgress": 100, "labels": ["envoys"],
            "savedAt": "2025-03-16T09:00:00.000Z", "publishedAt": "2025-03-14T20:00:00.000Z", "siteName": "Northern Courier"}),
        ["Envoy returns", "", "2025-03-14", "Northern Courier", "https://example.org/7", "", "Nora Vell", "envoys", ""],
    );
}
