//! EPUB books as one article each: the chapters in reading order, title, author and publisher of the package.
//!
//! It never follows a link out of the container.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    charset, fragment,
    intake::{Intake, Refusal},
    packed::Container,
    sheet,
    xml::tree::{self, Element},
};
use crate::article::Note;

/// Reads the book in `container`.
pub(super) fn read(container: &mut Container<'_>, intake: &mut Intake<'_>) {
    if let Err(refusal) = book(container, intake) {
        intake.refuse(refusal);
    }
}

fn book(container: &mut Container<'_>, intake: &mut Intake<'_>) -> Result<(), Refusal> {
    let index = tree::root(&text(container, "META-INF/container.xml")?)?;
    let path = index.attribute_of("rootfile", "full-path");
    if path.is_empty() {
        return Err(damaged("without a package"));
    }
    let package = tree::root(&text(container, path)?)?;
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let chapters = Chapters::of(&package, &folder, container);
    if chapters.texts.is_empty() {
        return Err(damaged("without text"));
    }
    let before = intake.reading.drafts.len();
    sheet::read(fields(package.find("metadata").unwrap_or(&package)), &chapters.texts.join("\n\n"), intake);
    if let (Some(draft), false) = (intake.reading.drafts.get_mut(before), chapters.missing.is_empty()) {
        let list = chapters.missing.join(", ");
        draft.notes.push(Note::new("damaged", format!("chapters that are missing or too long: {list}")));
    }
    Ok(())
}

fn damaged(what: &str) -> Refusal {
    Refusal::of_file("damaged", format!("an EPUB {what}"))
}

/// What the package says of the book.
fn fields(metadata: &Element) -> Map<String, Value> {
    let all = |name: &str| metadata.all(name).into_iter().map(Element::text).collect::<Vec<_>>().join("; ");
    sheet::fields([
        ("title", metadata.text_of("title")),
        ("authors", all("creator")),
        ("source", metadata.text_of("publisher")),
        ("published", metadata.text_of("date")),
        ("language", metadata.text_of("language")),
        ("subjects", all("subject")),
        ("rights", metadata.text_of("rights")),
    ])
}

/// Most bytes of all chapters together, those that are left out included.
const LONGEST: usize = 64 << 20;

/// The chapters in reading order.
#[derive(Default)]
struct Chapters {
    texts: Vec<String>,
    /// Names of those that are not there, or too much.
    missing: Vec<String>,
}

impl Chapters {
    fn of(package: &Element, folder: &str, container: &mut Container<'_>) -> Self {
        let files: HashMap<&str, &str> = package
            .all("item")
            .into_iter()
            .filter_map(|item| Some((item.attribute("id")?, item.attribute("href")?)))
            .collect();
        let mut chapters = Self::default();
        let mut left = LONGEST;
        let mut read = HashSet::new();
        for reference in package.all("itemref") {
            let id = reference.attribute("idref").unwrap_or_default();
            let Some(href) = files.get(id) else {
                chapters.missing.push(id.to_owned());
                continue;
            };
            let name = format!("{folder}{}", unescaped(href));
            if !read.insert(name.clone()) {
                continue;
            }
            let page = if left > 0 { text(container, &name).ok() } else { None };
            let length = page.as_ref().map_or(0, String::len);
            match page.filter(|_| length <= left) {
                Some(page) => chapters.texts.push(fragment::text(&page)),
                None => chapters.missing.push(name),
            }
            left = left.saturating_sub(length);
        }
        chapters.texts.retain(|chapter| !chapter.is_empty());
        chapters
    }
}

fn text(container: &mut Container<'_>, name: &str) -> Result<String, Refusal> {
    let bytes = container.member(name)?;
    let decoded =
        charset::decode(&bytes, None).ok_or_else(|| Refusal::of_file("damaged", format!("{name} is not text")))?;
    Ok(decoded.text.into_owned())
}

/// `%20` and its like in the name of a member, and nothing behind a `#`.
fn unescaped(href: &str) -> String {
    let href = href.split('#').next().unwrap_or(href);
    let mut bytes = Vec::with_capacity(href.len());
    let mut rest = href.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| *first == b'%').and_then(|hex| str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
