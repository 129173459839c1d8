//! Reuters-style SGML: many `<REUTERS>` in one file, cut apart before they are read.
//!
//! It never lets one broken record cost the others.

use super::{Item, tree, tree::Element};
use crate::{
    article::{Ends, Origin, PartKind},
    read::{
        intake::{Intake, Refusal},
        json,
        source::Source,
    },
};

/// Whether a text holds such records.
pub(super) fn is(text: &str) -> bool {
    text.lines().take(200).any(|line| line.trim_start().starts_with("<REUTERS"))
}

/// Reads every record.
pub(super) fn read(text: &str, intake: &mut Intake<'_>) {
    const END: &str = "</REUTERS>";
    let mut line = 1;
    let mut rest = text;
    while let Some(start) = rest.find("<REUTERS") {
        let (before, from) = rest.split_at(start);
        line += before.matches('\n').count() as u32;
        let next = from.get(1..).and_then(|inner| inner.find("<REUTERS")).map_or(from.len(), |at| at + 1);
        let own = from.get(..next).unwrap_or_default();
        let end = own.find(END).map(|at| at + END.len());
        let record = own.get(..end.unwrap_or(next)).unwrap_or_default();
        if end.is_none() {
            let reason = format!("line {line}: a record that is not closed");
            intake.refuse(Refusal { line, kind: "invalid-xml", reason });
        } else {
            let marked = marked(record);
            // Of the marked record, bytes are none of the file's.
            let origin = Origin::new(line, None, Ends::Lf);
            match tree::root(&marked) {
                Ok(root) => take((&root, record), line, &Source::of(&marked, &origin), intake),
                Err(refusal) => intake.refuse(Refusal { line: line + refusal.line.saturating_sub(1), ..refusal }),
            }
        }
        if !intake.pass_on() {
            return;
        }
        line += record.matches('\n').count() as u32;
        rest = from.get(record.len()..).unwrap_or_default();
    }
}

/// A record whose signs `<` that begin no tag are written as the characters they are: agencies wrote `profit < 6 mln`.
fn marked(record: &str) -> String {
    let mut out = String::with_capacity(record.len());
    let mut rest = record;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        let inner = from.get(1..).unwrap_or_default();
        let is_name = inner.strip_prefix('/').unwrap_or(inner).starts_with(|c: char| c.is_ascii_alphabetic());
        let is_closed = || inner.find(['<', '>']).is_some_and(|end| inner[end..].starts_with('>'));
        let is_tag = inner.starts_with(['!', '?']) || (is_name && is_closed());
        out.push_str(before);
        out.push_str(if is_tag { "<" } else { "&lt;" });
        rest = inner;
    }
    out.push_str(rest);
    out
}

fn take((root, record): (&Element, &str), line: u32, file: &Source<'_>, intake: &mut Intake<'_>) {
    let mut item = Item::on_line(line);
    let many = |name: &str| -> Vec<String> {
        root.find(name).map(|list| list.all("d").into_iter().map(Element::text).collect()).unwrap_or_default()
    };
    item.put_from("TITLE", "title", &root.text_of("title"));
    // The time of day behind the date is less than a day.
    item.put_from("DATE", "published", root.text_of("date").split(' ').next().unwrap_or_default());
    let author = root.text_of("author");
    // The agency behind the name in a printed line is where its writer works, and no second author.
    let is_line = author.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("by "));
    item.put_from("AUTHOR", if is_line { "byline" } else { "authors" }, &author);
    item.put_from("DATELINE", "dateline", root.text_of("dateline").trim_end_matches(['-', ' ']));
    item.put_list("TOPICS", "subjects", many("topics"));
    item.put_list("PLACES", "places", many("places"));
    item.put_list("PEOPLE", "people", many("people"));
    item.put_list("ORGS", "organisations", many("orgs"));
    item.put_list("EXCHANGES", "exchanges", many("exchanges"));
    item.put_list("COMPANIES", "companies", many("companies"));
    item.put("reuters_number", root.attribute("newid").unwrap_or_default());
    let text = root.find("text");
    if let Some(body) = root.find("body").or(text) {
        let is_whole = body.name == "text";
        item.see("title", root.find("title"));
        item.part(PartKind::Body, if is_whole { body.own_text() } else { body.traced() });
    }
    item.deliver(("Reuters SGML", json::hash(record.as_bytes())), file, intake);
}
