//! NewsML-G2: every news item of a message, its metadata and its inline content.
//!
//! It never fetches content that stands elsewhere; an item without inline text says only what its metadata say.

use super::{Item, paragraphs, tree::Element};
use crate::{
    article::PartKind,
    read::{
        intake::{Intake, Refusal},
        json,
        source::Source,
    },
};

/// Elements that name the source, as they are written and as they are found; the first counts.
const SOURCES: [(&str, &str); 2] = [("infoSource", "infosource"), ("provider", "provider")];

/// Reads every news item.
pub(super) fn read(root: &Element, file: &Source<'_>, intake: &mut Intake<'_>) {
    let items = if root.name == "newsitem" { vec![root] } else { root.all("newsitem") };
    if items.is_empty() {
        let reason = "NewsML without a news item: packages only point at others".to_owned();
        return intake.refuse(Refusal { line: root.line, kind: "empty", reason });
    }
    for item in items {
        take(item, file, intake);
    }
}

fn take(root: &Element, file: &Source<'_>, intake: &mut Intake<'_>) {
    let mut item = Item::on_line(root.line);
    let nothing = Element::default();
    let about = root.find("itemmeta").unwrap_or(&nothing);
    let content = root.find("contentmeta").unwrap_or(&nothing);
    head(about, content, &mut item);
    item.put_first("source", SOURCES.into_iter().filter_map(|(label, name)| Some((label, named(root.find(name)?)))));
    let language = content.find("language").and_then(|language| language.attribute("tag"));
    let languages = [("language", language), ("xml:lang", root.attribute("lang"))];
    item.put_first("language", languages.map(|(label, tag)| (label, tag.unwrap_or_default())));
    subjects(content, &mut item);
    // A guid is an address or a mere name; only a name may stand for the record.
    let guid = root.attribute("guid").unwrap_or_default();
    item.put_from("guid", if guid.starts_with("http") { "url" } else { "id" }, guid);
    body(root, &mut item);
    item.deliver(("NewsML-G2", json::hash(root.verbatim().as_bytes())), file, intake);
}

/// What stands above the text; `about` is of the item, `content` of what it says.
fn head(about: &Element, content: &Element, item: &mut Item) {
    let versioned = about.text_of("versioncreated");
    item.put_first("title", [("headline", content.text_of("headline")), ("title", about.text_of("title"))]);
    let created = [
        ("firstCreated", about.text_of("firstcreated")),
        ("contentCreated", content.text_of("contentcreated")),
        ("versionCreated", versioned.clone()),
    ];
    item.put_first("published", created);
    item.see("title", content.find("headline"));
    item.see("title", about.find("title"));
    item.see("summary", content.find("description"));
    item.put_from("versionCreated", "modified", &versioned);
    for (element, name) in
        [("by", "byline"), ("dateline", "dateline"), ("description", "summary"), ("slugline", "slugline")]
    {
        item.put_from(element, name, &content.text_of(element));
    }
    item.put_list("creator", "authors", content.all("creator").into_iter().map(named).collect());
}

/// People, organisations and places among the subjects, and all others.
fn subjects(content: &Element, item: &mut Item) {
    const KINDS: [(&str, &str); 3] = [("person", "people"), ("organisation", "organisations"), ("geoArea", "places")];
    let list_of = |subject: &Element| {
        let kind = subject.attribute("type").unwrap_or_default();
        KINDS.iter().find(|(ending, _)| kind.ends_with(ending)).map_or("subjects", |(_, list)| list)
    };
    let all = content.all("subject");
    for list in KINDS.iter().map(|(_, list)| *list).chain(["subjects"]) {
        let of_list = all.iter().filter(|subject| list_of(subject) == list);
        item.put_list("subject", list, of_list.map(|subject| named(subject)).collect());
    }
}

/// The name an element holds, else its literal or code.
fn named(element: &Element) -> String {
    let code = || element.attribute("literal").or(element.attribute("qcode")).unwrap_or_default().to_owned();
    element.find("name").map_or_else(code, Element::text)
}

fn body(root: &Element, item: &mut Item) {
    for content in root.all("inlinexml") {
        let part = content.find("body.content").or_else(|| content.find("body")).unwrap_or(content);
        item.part(PartKind::Body, paragraphs(part));
    }
    for content in root.all("inlinedata") {
        let is_text = content.attribute("contenttype").is_none_or(|kind| kind.starts_with("text/"));
        if is_text {
            item.part(PartKind::Body, content.traced().trimmed());
        }
    }
}
