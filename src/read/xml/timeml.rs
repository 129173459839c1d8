//! TimeML: a news text with marked events and times, read as a text; the marks themselves are left to others.
//!
//! It never takes a mark for more than the words inside it.

use super::{Item, tree::Element};
use crate::{
    article::PartKind,
    read::{intake::Intake, json, source::Source},
};

/// Reads the article.
pub(super) fn read(root: &Element, file: &Source<'_>, intake: &mut Intake<'_>) {
    let mut item = Item::on_line(root.line);
    item.put_from("TITLE", "title", &root.text_of("title"));
    item.put("document_id", &root.text_of("docid"));
    let created = root.find("dct").and_then(|dct| dct.find("timex3")).and_then(|time| time.attribute("value"));
    // A time of creation to the minute says the day.
    item.put_from("DCT", "published", created.unwrap_or_default().split('T').next().unwrap_or_default());
    item.put("extrainfo", &root.text_of("extrainfo"));
    let body = root.find("text").unwrap_or(root);
    item.see("title", root.find("title"));
    item.part(PartKind::Body, body.traced());
    item.deliver(("TimeML", json::hash(root.verbatim().as_bytes())), file, intake);
}
