//! NITF: one article, its head, its headlines and its blocks of content.
//!
//! It never mixes the captions of pictures into the text.

use std::collections::{HashMap, HashSet};

use super::{Item, blocks, tree::Element};
use crate::{
    article::{PartKind, Traced},
    read::{intake::Intake, json, source::Source},
};

/// Reads the article.
pub(super) fn read(root: &Element, file: &Source<'_>, intake: &mut Intake<'_>) {
    let mut item = Item::on_line(root.line);
    head(root, &mut item);
    publication(root, &mut item);
    names(root, &mut item);
    body(root, &mut item);
    item.deliver(("NITF", json::hash(root.verbatim().as_bytes())), file, intake);
}

/// What stands above the text.
fn head(root: &Element, item: &mut Item) {
    let nothing = Element::default();
    let headlines = root.find("hedline").unwrap_or(&nothing);
    let (label, title) = match headlines.find("hl1") {
        Some(headline) => ("hl1", Some(headline)),
        None => ("title", root.find("title")),
    };
    item.put_from(label, "title", &title.map(Element::text).unwrap_or_default());
    for (name, element) in [("title", title), ("subtitle", headlines.find("hl2")), ("summary", root.find("abstract"))] {
        item.see(name, element);
    }
    item.put_from("hl2", "subtitle", &headlines.text_of("hl2"));
    item.put_from("byline", "byline", &root.find("byline").map(byline).unwrap_or_default());
    for (element, name) in [("dateline", "dateline"), ("abstract", "summary"), ("tagline", "tagline")] {
        item.put_from(element, name, &root.text_of(element));
    }
    item.put("nitf_id", root.attribute_of("doc-id", "id-string"));
    item.put("rights", root.attribute_of("doc.rights", "owner"));
}

/// A byline as newspapers print it: what somebody is stands behind the name, not in it.
fn byline(byline: &Element) -> String {
    let (whole, post) = (byline.text(), byline.text_of("byttl"));
    match whole.strip_suffix(&post).map(str::trim_end) {
        Some(name) if !post.is_empty() && name.ends_with(char::is_alphanumeric) => format!("{name}, {post}"),
        _ => whole,
    }
}

/// Where and when it appeared.
fn publication(root: &Element, item: &mut Item) {
    let normed = ["date.release", "date.issue", "story.date"].map(|name| (name, root.attribute_of(name, "norm")));
    let printed = ("pubdata date.publication", root.attribute_of("pubdata", "date.publication"));
    item.put_first("published", std::iter::once(printed).chain(normed));
    for (label, attribute, name) in [
        ("pubdata name", "name", "source"),
        ("pubdata position.section", "position.section", "section"),
        ("pubdata position.sequence", "position.sequence", "page"),
        ("pubdata edition.name", "edition.name", "edition"),
        ("pubdata ex-ref", "ex-ref", "url"),
    ] {
        item.put_from(label, name, root.attribute_of("pubdata", attribute));
    }
}

/// Keywords, and the names marked anywhere, each once.
fn names(root: &Element, item: &mut Item) {
    let keywords = root.all("keyword").into_iter().filter_map(|word| word.attribute("key"));
    item.put_list("keyword", "subjects", keywords.map(str::to_owned).collect());
    for (element, name) in [("person", "people"), ("org", "organisations"), ("location", "places")] {
        let mut names: Vec<String> = root.all(element).into_iter().map(Element::text).collect();
        let mut seen = std::collections::BTreeSet::new();
        names.retain(|name| seen.insert(name.clone()));
        item.put_list(element, name, names);
    }
}

fn body(root: &Element, item: &mut Item) {
    let contents = Some(root.all("body.content")).filter(|contents| !contents.is_empty());
    for content in contents.unwrap_or_else(|| root.all("body")) {
        let (texts, repeated) = each_once(content);
        item.part(PartKind::Body, Traced::together(texts.iter(), "\n\n"));
        item.part(PartKind::Boilerplate, Traced::together(repeated.iter(), "\n\n"));
    }
    for caption in root.all("media-caption") {
        item.part(PartKind::Caption, caption.traced_text());
    }
}

/// The paragraphs of a content, and those of a lead that stand in the full text again: archives put it into a block of its own.
fn each_once(content: &Element) -> (Vec<Traced>, Vec<Traced>) {
    let all = content.all("block");
    let of = |ending: &str| {
        let of_class = |block: &&&Element| block.attribute("class").is_some_and(|class| class.ends_with(ending));
        all.iter().filter(of_class).flat_map(|block| blocks(block)).collect::<Vec<_>>()
    };
    let full = of("full_text");
    let full: HashSet<&str> = full.iter().map(Traced::as_str).collect();
    let mut repeated: HashMap<String, usize> = HashMap::new();
    for lead in of("lead_paragraph").into_iter().filter(|lead| full.contains(lead.as_str())) {
        *repeated.entry(lead.into_text()).or_default() += 1;
    }
    blocks(content).into_iter().partition(|text| match repeated.get_mut(text.as_str()) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    })
}
