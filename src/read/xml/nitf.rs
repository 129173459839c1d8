//! NITF: one article, its head, its headlines and its blocks of content.
//!
//! It never mixes the captions of pictures into the text.

use super::{Item, paragraphs, tree::Element};
use crate::{
    article::{Origin, PartKind},
    read::{intake::Intake, json},
};

/// Reads the article.
pub(super) fn read(root: &Element, intake: &mut Intake<'_>) {
    let mut item = Item::on_line(root.line);
    let one = |name: &str| root.find(name).map(Element::text).unwrap_or_default();
    let norm = |name: &str| root.find(name).and_then(|date| date.attribute("norm")).unwrap_or_default().to_owned();
    let hedline = root.find("hedline");
    let headline = hedline.and_then(|heads| heads.find("hl1")).map(Element::text);
    item.put("title", &headline.unwrap_or_else(|| one("title")));
    item.put("subtitle", &hedline.and_then(|heads| heads.find("hl2")).map(Element::text).unwrap_or_default());
    item.put("byline", &one("byline"));
    item.put("dateline", &one("dateline"));
    let publication = root.find("pubdata");
    let of_publication = |name: &str| publication.and_then(|data| data.attribute(name)).unwrap_or_default().to_owned();
    let dates = [of_publication("date.publication"), norm("date.release"), norm("date.issue"), norm("story.date")];
    item.put("published", dates.iter().find(|date| !date.is_empty()).map_or("", String::as_str));
    item.put("source", &of_publication("name"));
    item.put("section", &of_publication("position.section"));
    item.put("page", &of_publication("position.sequence"));
    item.put("edition", &of_publication("edition.name"));
    item.put("url", &of_publication("ex-ref"));
    let keywords = root.all("keyword").into_iter().filter_map(|word| word.attribute("key"));
    item.put_list("subjects", keywords.map(str::to_owned).collect());
    for (element, name) in [("person", "people"), ("org", "organisations"), ("location", "places")] {
        let mut names: Vec<String> = root.all(element).into_iter().map(Element::text).collect();
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        item.put_list(name, names);
    }
    item.put("nitf_id", root.find("doc-id").and_then(|id| id.attribute("id-string")).unwrap_or_default());
    item.put("rights", root.find("doc.rights").and_then(|rights| rights.attribute("owner")).unwrap_or_default());
    item.put("summary", &root.find("abstract").map(Element::text).unwrap_or_default());
    let mut content = root.all("body.content");
    if content.is_empty() {
        content = root.all("body");
    }
    for block in content {
        item.part(PartKind::Body, paragraphs(block), Origin::on_line(block.line));
    }
    for caption in root.all("media-caption") {
        item.part(PartKind::Caption, caption.text(), Origin::on_line(caption.line));
    }
    item.deliver(json::hash(root.verbatim().as_bytes()), intake);
}
