//! Word documents: the paragraphs of `word/document.xml`, and title and author of the core properties.
//!
//! It never takes the day a document was saved for the day of publication.

use super::{
    charset,
    intake::{Intake, Refusal},
    packed::Container,
    sheet,
    xml::tree::{self, Element},
};

/// Reads the document in `container`.
pub(super) fn read(container: &mut Container<'_>, intake: &mut Intake<'_>) {
    let document = match root(container, "word/document.xml") {
        Ok(document) => document,
        Err(refusal) => return intake.refuse(refusal),
    };
    let mut paragraphs = Vec::new();
    let mut styled = None;
    for paragraph in all_paragraphs(&document) {
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
    let core = container.has("docProps/core.xml").then(|| root(container, "docProps/core.xml"));
    let core = match core {
        Some(Ok(core)) => core,
        _ => Element::default(),
    };
    let title = styled.unwrap_or_else(|| core.text_of("title"));
    let fields = sheet::fields([
        ("title", title),
        ("authors", core.text_of("creator")),
        ("language", core.text_of("language")),
        ("tags", core.text_of("keywords").replace(',', ";")),
        ("created", core.text_of("created")),
    ]);
    if paragraphs.is_empty() {
        return intake.refuse(Refusal::of_file("empty", "empty: a document without text"));
    }
    sheet::read(fields, &paragraphs.join("\n\n"), intake);
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
    document.walk(&mut |element| {
        if element.name == "p" {
            found.push(element);
        }
        true
    });
    found
}

/// The text of a paragraph; deleted words and the codes of fields are none.
fn text(paragraph: &Element) -> String {
    let mut out = String::new();
    paragraph.walk(&mut |element| {
        match element.name.as_str() {
            "t" => out.push_str(&element.verbatim()),
            "tab" => out.push('\t'),
            "br" | "cr" => out.push('\n'),
            "nobreakhyphen" => out.push('\u{2011}'),
            _ => {}
        }
        // A paragraph in a box inside this one stands on its own.
        !["ppr", "p", "del", "instrtext"].contains(&element.name.as_str())
    });
    out
}
