//! EPUB books as one article each: the chapters in reading order, title, author and publisher of the package.
//!
//! It never follows a link out of the container.

use super::{
    decode, fragment,
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
    let damaged = |what: &str| Refusal::of_file("damaged", format!("an EPUB {what}"));
    let index = tree::root(&text(container, "META-INF/container.xml")?)?;
    let path = index.find("rootfile").and_then(|file| file.attribute("full-path")).map(str::to_owned);
    let path = path.ok_or_else(|| damaged("without a package"))?;
    let package = tree::root(&text(container, &path)?)?;
    let folder = path.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let manifest: Vec<&Element> = package.all("item");
    let mut chapters = Vec::new();
    let mut missing = Vec::new();
    let mut left: usize = 64 << 20;
    for reference in package.all("itemref") {
        let id = reference.attribute("idref").unwrap_or_default();
        let item = manifest.iter().find(|item| item.attribute("id") == Some(id));
        let Some(href) = item.and_then(|item| item.attribute("href")) else {
            missing.push(id.to_owned());
            continue;
        };
        let name = format!("{folder}{}", unescaped(href));
        match text(container, &name) {
            Ok(page) if page.len() <= left => {
                left -= page.len();
                chapters.push(fragment::text(&page));
            }
            _ => missing.push(name),
        }
    }
    chapters.retain(|chapter| !chapter.is_empty());
    if chapters.is_empty() {
        return Err(damaged("without text"));
    }
    let metadata = package.find("metadata").unwrap_or(&package);
    let one = |name: &str| metadata.find(name).map(Element::text).unwrap_or_default();
    let all = |name: &str| metadata.all(name).into_iter().map(Element::text).collect::<Vec<_>>().join("; ");
    let fields = sheet::fields([
        ("title", one("title")),
        ("authors", all("creator")),
        ("source", one("publisher")),
        ("published", one("date")),
        ("language", one("language")),
        ("subjects", all("subject")),
        ("rights", one("rights")),
    ]);
    let before = intake.reading.drafts.len();
    sheet::read(fields, &chapters.join("\n\n"), intake);
    if let (Some(draft), false) = (intake.reading.drafts.get_mut(before), missing.is_empty()) {
        draft
            .notes
            .push(Note::new("damaged", format!("chapters that are missing or too long: {}", missing.join(", "))));
    }
    Ok(())
}

fn text(container: &mut Container<'_>, name: &str) -> Result<String, Refusal> {
    let bytes = container.member(name)?;
    let decoded = decode::decode(&bytes).ok_or_else(|| Refusal::of_file("damaged", format!("{name} is not text")))?;
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
