//! NewsML-G2: every news item of a message, its metadata and its inline content.
//!
//! It never fetches content that stands elsewhere; an item without inline text says only what its metadata say.

use super::{Item, paragraphs, tree::Element};
use crate::{
    article::{Origin, PartKind},
    read::{
        intake::{Intake, Refusal},
        json,
    },
};

/// Reads every news item.
pub(super) fn read(root: &Element, intake: &mut Intake<'_>) {
    let items = if root.name == "newsitem" { vec![root] } else { root.all("newsitem") };
    if items.is_empty() {
        let reason = "NewsML without a news item: packages only point at others".to_owned();
        return intake.refuse(Refusal { line: root.line, kind: "empty", reason });
    }
    for item in items {
        take(item, intake);
    }
}

fn take(root: &Element, intake: &mut Intake<'_>) {
    let mut item = Item::on_line(root.line);
    let item_meta = root.find("itemmeta");
    let content_meta = root.find("contentmeta");
    let of = |part: Option<&Element>, name: &str| part.and_then(|part| part.find(name)).map(Element::text);
    let content = |name: &str| of(content_meta, name).unwrap_or_default();
    let about = |name: &str| of(item_meta, name).unwrap_or_default();
    item.put("title", &[content("headline"), about("title")].into_iter().find(|t| !t.is_empty()).unwrap_or_default());
    let dates = [about("firstcreated"), content("contentcreated"), about("versioncreated")];
    item.put("published", dates.iter().find(|date| !date.is_empty()).map_or("", String::as_str));
    item.put("modified", &about("versioncreated"));
    item.put("byline", &content("by"));
    item.put("dateline", &content("dateline"));
    item.put("summary", &content("description"));
    item.put("slugline", &content("slugline"));
    let named = |element: &Element| match element.find("name").map(Element::text) {
        Some(name) => name,
        None => element.attribute("literal").or(element.attribute("qcode")).unwrap_or_default().to_owned(),
    };
    let source =
        ["infosource", "provider"].iter().find_map(|name| root.find(name).map(named).filter(|name| !name.is_empty()));
    item.put("source", &source.unwrap_or_default());
    let creators = content_meta.map(|meta| meta.all("creator").into_iter().map(named).collect()).unwrap_or_default();
    item.put_list("authors", creators);
    let language = content_meta.and_then(|meta| meta.find("language")).and_then(|language| language.attribute("tag"));
    item.put("language", language.or(root.attribute("lang")).unwrap_or_default());
    let subjects: Vec<&Element> = content_meta.map(|meta| meta.all("subject")).unwrap_or_default();
    for (kind, list) in [("person", "people"), ("organisation", "organisations"), ("geoArea", "places")] {
        let is_kind = |subject: &&&Element| subject.attribute("type").is_some_and(|of| of.ends_with(kind));
        item.put_list(list, subjects.iter().filter(is_kind).map(|subject| named(subject)).collect());
    }
    let has_kind = |subject: &Element| {
        let of = subject.attribute("type").unwrap_or_default();
        ["person", "organisation", "geoArea"].iter().any(|kind| of.ends_with(kind))
    };
    item.put_list(
        "subjects",
        subjects.iter().filter(|subject| !has_kind(subject)).map(|subject| named(subject)).collect(),
    );
    // A guid is an address or a mere name; only a name may stand for the record.
    let guid = root.attribute("guid").unwrap_or_default();
    item.put(if guid.starts_with("http") { "url" } else { "id" }, guid);
    body(root, &mut item);
    item.deliver(json::hash(root.verbatim().as_bytes()), intake);
}

fn body(root: &Element, item: &mut Item) {
    for content in root.all("inlinexml") {
        let part = content.find("body.content").or_else(|| content.find("body")).unwrap_or(content);
        item.part(PartKind::Body, paragraphs(part), Origin::on_line(content.line));
    }
    for content in root.all("inlinedata") {
        let is_text = content.attribute("contenttype").is_none_or(|kind| kind.starts_with("text/"));
        if is_text {
            item.part(PartKind::Body, content.verbatim().trim().to_owned(), Origin::on_line(content.line));
        }
    }
}
