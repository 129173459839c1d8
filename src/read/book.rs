//! EPUB books as one article each: the chapters in reading order, title, author and publisher of the package.
//!
//! It never follows a link out of the container, and never judges by its words what is a list of contents or a cover: only
//! what the book itself calls so is set apart.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    charset, fragment,
    intake::{Intake, Refusal},
    packed::Container,
    sheet,
    xml::tree::{self, Element},
};
use crate::article::{Note, Origin, PartKind, Passage};

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
    let kept = chapters.texts.join("\n\n");
    sheet::read(fields(package.find("metadata").unwrap_or(&package)), &kept, intake);
    let Some(draft) = intake.reading.drafts.get_mut(before) else { return Ok(()) };
    if !chapters.missing.is_empty() {
        let list = chapters.missing.join(", ");
        draft.notes.push(Note::new("damaged", format!("chapters that are missing or too long: {list}")));
    }
    if !chapters.apart.is_empty() {
        let (count, text) = (chapters.apart.len(), chapters.apart.join("\n\n"));
        // Nearly every book has a cover and contents; only one that calls much of its text so may be marked up wrongly.
        if 2 * text.len() > kept.len() {
            let reason = format!(
                "kept, and not searched: {count} of the book's pages, which it calls cover, contents or copyright; that is much of its text"
            );
            draft.notes.push(Note::new("set-apart", reason));
        }
        draft.passages.push(Passage { kind: PartKind::Boilerplate, text, origin: Origin::on_line(1) });
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

/// What books call their pages that are none of the text: in the guide of the package, or on the page itself.
const APART: &[&str] = &["cover", "toc", "loi", "lot", "landmarks", "page-list", "copyright-page"];

/// The chapters in reading order.
#[derive(Default)]
struct Chapters {
    texts: Vec<String>,
    /// Texts of pages that are none of the book's text.
    apart: Vec<String>,
    /// Names of those that are not there, or too much.
    missing: Vec<String>,
}

impl Chapters {
    fn of(package: &Element, folder: &str, container: &mut Container<'_>) -> Self {
        let files: HashMap<&str, &Element> =
            package.all("item").into_iter().filter_map(|item| Some((item.attribute("id")?, item))).collect();
        let named_apart = named_apart(package);
        let mut chapters = Self::default();
        let mut left = LONGEST;
        let mut read = HashSet::new();
        for reference in package.all("itemref") {
            let id = reference.attribute("idref").unwrap_or_default();
            let Some((item, href)) = files.get(id).and_then(|item| Some((item, item.attribute("href")?))) else {
                chapters.missing.push(id.to_owned());
                continue;
            };
            let name = format!("{folder}{}", unescaped(href));
            if !read.insert(name.clone()) {
                continue;
            }
            let page = if left > 0 { text(container, &name).ok() } else { None };
            let length = page.as_ref().map_or(0, String::len);
            let is_list =
                item.attribute("properties").is_some_and(|all| all.split_whitespace().any(|one| one == "nav"));
            match page.filter(|_| length <= left) {
                Some(page) if is_list || named_apart.contains(&unescaped(href)) || calls_itself_apart(&page) => {
                    chapters.apart.push(fragment::text(&page));
                }
                Some(page) => chapters.texts.push(fragment::text(&page)),
                None => chapters.missing.push(name),
            }
            left = left.saturating_sub(length);
        }
        chapters.texts.retain(|chapter| !chapter.is_empty());
        chapters.apart.retain(|page| !page.is_empty());
        if chapters.texts.is_empty() {
            // A book of one page is its text, whatever it is called.
            chapters.texts = std::mem::take(&mut chapters.apart);
        }
        chapters
    }
}

/// Files that the guide of a package calls a cover or a list, as a whole and nothing else.
fn named_apart(package: &Element) -> HashSet<String> {
    let (mut apart, mut others) = (HashSet::new(), HashSet::new());
    for reference in package.all("reference") {
        let kind = reference.attribute("type").unwrap_or_default().to_ascii_lowercase();
        let href = reference.attribute("href").unwrap_or_default();
        let is_whole = !href.contains('#');
        if is_whole && APART.contains(&kind.as_str()) { &mut apart } else { &mut others }.insert(unescaped(href));
    }
    apart.retain(|file| !others.contains(file));
    apart
}

/// Whether a page is called a cover or a list by its body, or by the one section that is all of it.
fn calls_itself_apart(page: &str) -> bool {
    let Some((body, inner)) = page.split_once("<body").and_then(|(_, behind)| behind.split_once('>')) else {
        return false;
    };
    let is_called = |tag: &str| {
        let (_, value) = tag.split_once("epub:type=")?;
        let quote = value.chars().next()?;
        let names = value.get(1..)?.split(quote).next()?;
        names.split_whitespace().any(|name| APART.contains(&name)).then_some(())
    };
    let only = inner.trim_start().strip_prefix("<section").filter(|rest| !rest.contains("<section"));
    let section = only.and_then(|rest| rest.split('>').next()).unwrap_or_default();
    is_called(body).or_else(|| is_called(section)).is_some()
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
