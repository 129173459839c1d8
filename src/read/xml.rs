//! News in SGML and XML: Reuters, NITF, NewsML-G2, TimeML and ALTO pages, told by their root.
//!
//! It never expands entities that a document defines, and never guesses what an unknown root holds.

mod alto;
mod newsml;
mod nitf;
mod reuters;
mod timeml;
pub(super) mod tree;

use super::{
    intake::{Intake, Refusal},
    record::{self, Labels, Whence},
    source::Source,
};
use crate::article::{Origin, PartKind, PublishedFrom, Traced};
use serde_json::{Map, Value};
use tree::Element;

/// The largest document that is held as a tree, in bytes.
const LARGEST: usize = 64 << 20;

/// Reads a whole document, the file's, into `intake`.
pub(super) fn read(file: &Source<'_>, intake: &mut Intake<'_>) {
    let text = file.text();
    if reuters::is(text) {
        return reuters::read(text, intake);
    }
    if text.len() > LARGEST {
        let reason = format!("a document larger than {} MB", LARGEST >> 20);
        return intake.refuse(Refusal::of_file("too-large", reason));
    }
    let root = match tree::root(text) {
        Ok(root) => root,
        Err(refusal) => return intake.refuse(refusal),
    };
    match root.name.as_str() {
        "nitf" => nitf::read(&root, file, intake),
        "newsmessage" | "newsitem" | "packageitem" => newsml::read(&root, file, intake),
        "timeml" => timeml::read(&root, file, intake),
        "alto" => alto::read(&root, intake),
        other => {
            let reason = format!("XML whose root is <{other}>: no news format known here");
            intake.refuse(Refusal { line: root.line, kind: "unsupported-format", reason });
        }
    }
}

/// What a document said of one article.
#[derive(Debug, Default)]
struct Item {
    fields: Map<String, Value>,
    labels: Labels,
    line: u32,
    passages: Vec<(PartKind, Traced)>,
    /// Texts of elements that may be fields of these names.
    seen: Vec<(&'static str, Traced)>,
}

impl Item {
    fn on_line(line: u32) -> Self {
        Self { line, ..Self::default() }
    }

    fn put(&mut self, name: &str, text: &str) {
        if !text.trim().is_empty() {
            record::keep(&mut self.fields, name, text.trim().into());
        }
    }

    /// The same, of an element called `label`.
    fn put_from(&mut self, label: &'static str, name: &str, text: &str) {
        if !text.trim().is_empty() {
            self.labels.put(name, label);
            self.put(name, text);
        }
    }

    /// The first of these elements that says something.
    fn put_first<T: AsRef<str>>(&mut self, name: &str, texts: impl IntoIterator<Item = (&'static str, T)>) {
        if let Some((label, text)) = texts.into_iter().find(|(_, text)| !text.as_ref().trim().is_empty()) {
            self.put_from(label, name, text.as_ref());
        }
    }

    /// What elements called `label` say; the first list wins, later ones are kept beside it.
    fn put_list(&mut self, label: &'static str, name: &str, items: Vec<String>) {
        let list: Vec<Value> = items.into_iter().filter(|item| !item.trim().is_empty()).map(Value::from).collect();
        if !list.is_empty() {
            self.labels.put(name, label);
            record::keep(&mut self.fields, name, list.into());
        }
    }

    fn part(&mut self, kind: PartKind, text: Traced) {
        if !text.trim().is_empty() {
            self.passages.push((kind, text));
        }
    }

    /// A field of this name, which is a text of its own, may be that of this element.
    fn see(&mut self, name: &'static str, element: Option<&Element>) {
        self.seen.extend(element.map(|element| (name, element.traced_text())));
    }

    /// Hands the article over, which a document in the format `by` tells.
    fn deliver(self, (by, hash): (&'static str, String), file: &Source<'_>, intake: &mut Intake<'_>) {
        let whence = Whence { line: self.line, published: PublishedFrom::Field, by };
        let mut draft = record::stated(self.fields, &self.labels, whence, &intake.context);
        let names = record::fields_of(&draft);
        for (field, name) in draft.passages.iter_mut().zip(names) {
            let mut own = self.seen.iter().filter(|(seen, text)| Some(*seen) == name && !text.is_empty());
            if let Some((_, seen)) = own.clone().find(|(_, seen)| seen.as_str() == field.text) {
                field.origin = file.origin(seen);
            } else if let Some((_, near)) = own.next() {
                field.origin = Origin::on_line(file.line_at(near.start()));
            }
        }
        draft.passages.extend(self.passages.into_iter().map(|(kind, text)| file.passage(kind, text)));
        draft.hash = hash;
        record::deliver(draft, intake);
    }
}

/// Paragraphs of an element: the texts of its blocks, or all its text where it has none.
fn paragraphs(element: &Element) -> Traced {
    Traced::together(blocks(element).iter(), "\n\n")
}

/// The paragraphs one by one; a row of a table is one, its cells parted.
fn blocks(element: &Element) -> Vec<Traced> {
    const BLOCKS: &[&str] = &["p", "h1", "h2", "h3", "h4", "hl2", "li", "blockquote", "bq", "pre", "tr", "dt", "dd"];
    let mut found: Vec<Traced> = Vec::new();
    element.walk(&mut |inner| {
        let is_media = ["media", "figure", "script", "style"].contains(&inner.name.as_str());
        let is_block = BLOCKS.contains(&inner.name.as_str());
        if is_block {
            found.push(if inner.name == "tr" { row(inner) } else { inner.traced_text() });
        }
        !(is_media || is_block)
    });
    found.retain(|text| !text.is_empty());
    if found.is_empty() { vec![element.traced_text()] } else { found }
}

/// The cells of a row, parted as those of pages are.
fn row(row: &Element) -> Traced {
    let cells = row.elements().map(Element::traced_text).filter(|cell| !cell.is_empty()).collect::<Vec<_>>();
    if cells.is_empty() { row.traced_text() } else { Traced::together(cells.iter(), " | ") }
}

#[cfg(test)]
mod tests;
