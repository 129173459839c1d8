//! Word documents: the paragraphs of `word/document.xml`, the notes behind them, and title and author of the core properties.
//!
//! It never takes the day a document was saved for the day of publication, nor the program that saved it for its author.

use super::{
    charset,
    intake::{Intake, Refusal},
    layout,
    packed::Container,
    sheet,
    xml::tree::{self, Element},
};
use crate::article::Note;

/// What programs call the author of a document that nobody signed.
const PROGRAMS: &[&str] = &[
    "admin",
    "administrator",
    "apache poi",
    "aspose",
    "docx4j",
    "libreoffice",
    "microsoft office user",
    "microsoft word",
    "openoffice.org",
    "python-docx",
    "un-named",
    "unknown",
    "user",
    "windows user",
];
/// How many paragraphs from the top on may be a byline.
const HEAD: usize = 6;

/// Reads the document in `container`.
pub(super) fn read(container: &mut Container<'_>, intake: &mut Intake<'_>) {
    let document = match root(container, "word/document.xml") {
        Ok(document) => document,
        Err(refusal) => return intake.refuse(refusal),
    };
    let (mut paragraphs, styled) = paragraphs(&document);
    let notes = notes(container, &mut paragraphs);
    let core = core(container);
    let byline = paragraphs.iter().take(HEAD).map(|text| text.trim()).find(|text| is_byline(text)).unwrap_or_default();
    let creator = core.text_of("creator");
    let is_author = byline.is_empty() && !PROGRAMS.contains(&creator.to_lowercase().as_str());
    let is_styled = styled.is_some();
    let fields = sheet::fields([
        ("title", styled.unwrap_or_else(|| core.text_of("title"))),
        ("byline", byline.to_owned()),
        (if is_author { "authors" } else { "saved_by" }, creator),
        ("language", core.text_of("language")),
        ("tags", core.text_of("keywords").replace(',', ";")),
        ("created", core.text_of("created")),
    ]);
    if paragraphs.is_empty() {
        return intake.refuse(Refusal::of_file("empty", "empty: a document without text"));
    }
    let before = intake.reading.drafts.len();
    sheet::read(fields, &paragraphs.join("\n\n"), intake);
    if let Some(draft) = intake.reading.drafts.get_mut(before) {
        draft.notes.extend(notes);
        if is_styled {
            draft.told.tell("title", "a paragraph styled as title", "");
        }
    }
}

/// The paragraphs with something in them, and the first one that is styled as the title.
fn paragraphs(document: &Element) -> (Vec<String>, Option<String>) {
    let mut paragraphs = Vec::new();
    let mut styled = None;
    for paragraph in all_paragraphs(document) {
        let text = text(paragraph);
        if text.trim().is_empty() {
            continue;
        }
        let style = paragraph.find("pstyle").and_then(|style| style.attribute("val")).unwrap_or_default();
        if styled.is_none() && style.eq_ignore_ascii_case("title") {
            styled = Some(text.trim().to_owned());
        }
        paragraphs.push(text);
    }
    (paragraphs, styled)
}

/// Whether a paragraph says who wrote the text; `By Tuesday` begins many. It outranks the document's creator, who may have typed
/// or saved it.
fn is_byline(text: &str) -> bool {
    let capitals = text.split_whitespace().skip(1).filter(|word| word.starts_with(char::is_uppercase)).count();
    layout::names_writer(text) && capitals >= 2 && !text.contains(|c: char| c.is_ascii_digit())
}

/// Puts footnotes and endnotes behind the text, a paragraph each; what cannot be read of them is told.
fn notes(container: &mut Container<'_>, paragraphs: &mut Vec<String>) -> Option<Note> {
    let mut lost = Vec::new();
    for (name, kind) in [("word/footnotes.xml", "footnote"), ("word/endnotes.xml", "endnote")] {
        match container.has(name).then(|| root(container, name)) {
            Some(Ok(root)) => paragraphs.extend(root.all(kind).into_iter().filter_map(note)),
            Some(Err(refusal)) => lost.push(format!("{name}: {}", refusal.reason)),
            None => {}
        }
    }
    (!lost.is_empty()).then(|| Note::new("damaged", format!("notes that cannot be read: {}", lost.join("; "))))
}

/// The text of a note; lines that part notes from the text are of a type of their own and none.
fn note(note: &Element) -> Option<String> {
    let is_text = note.attribute("type").is_none_or(|kind| kind == "normal");
    let texts: Vec<String> = all_paragraphs(note).into_iter().map(text).collect();
    let text = texts.iter().map(|text| text.trim()).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    (is_text && !text.is_empty()).then_some(text)
}

/// What the document says of itself; nothing where that cannot be read.
fn core(container: &mut Container<'_>) -> Element {
    let core = container.has("docProps/core.xml").then(|| root(container, "docProps/core.xml"));
    core.and_then(Result::ok).unwrap_or_default()
}

fn root(container: &mut Container<'_>, name: &str) -> Result<Element, Refusal> {
    let bytes = container.member(name)?;
    let Some(decoded) = charset::decode(&bytes, None) else {
        return Err(Refusal::of_file("damaged", format!("{name} is not text")));
    };
    tree::root(&decoded.text)
}

/// Also those in boxes inside others, which do not count to them.
fn all_paragraphs(document: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    walk(document, &mut |element| {
        if element.name == "p" {
            found.push(element);
        }
        true
    });
    found
}

/// The text of a paragraph; the codes of fields are none.
fn text(paragraph: &Element) -> String {
    let mut out = String::new();
    walk(paragraph, &mut |element| {
        match element.name.as_str() {
            "t" => out.push_str(&element.verbatim()),
            "tab" => out.push('\t'),
            "br" | "cr" => out.push('\n'),
            "nobreakhyphen" => out.push('\u{2011}'),
            _ => {}
        }
        // A paragraph in a box inside this one stands on its own.
        !["ppr", "p", "instrtext"].contains(&element.name.as_str())
    });
    out
}

/// Visits what a reader sees below an element: nothing deleted or moved elsewhere, and of a thing written down for several
/// programs one form.
fn walk<'a>(element: &'a Element, visit: &mut dyn FnMut(&'a Element) -> bool) {
    let is_forms = element.name == "alternatecontent";
    let choice = element.elements().find(|child| is_forms && child.name == "choice");
    for child in element.elements() {
        let is_gone = ["del", "movefrom"].contains(&child.name.as_str());
        let is_other = choice.is_some_and(|choice| !std::ptr::eq(choice, child));
        if !is_gone && !is_other && visit(child) {
            walk(child, visit);
        }
    }
}
