//! ALTO pages: the words of an OCR engine, joined to lines and blocks.
//!
//! It never corrects a word; only a word that a line end cut in two becomes one, where the page says which.

use super::tree::Element;
use crate::read::{
    intake::{Intake, Refusal},
    sheet,
};

/// Reads the pages as one article.
pub(super) fn read(root: &Element, intake: &mut Intake<'_>) {
    let blocks: Vec<String> = root.all("textblock").into_iter().map(block).filter(|text| !text.is_empty()).collect();
    if blocks.is_empty() {
        return intake.refuse(Refusal::of_file("empty", "empty: ALTO pages without words"));
    }
    let fields = sheet::fields([("ocr", root.text_of("softwarename")), ("scan", root.text_of("filename"))]);
    sheet::read(fields, &blocks.join("\n\n"), intake);
}

fn block(block: &Element) -> String {
    let lines: Vec<String> = block.all("textline").into_iter().map(line).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}

fn line(line: &Element) -> String {
    let mut words = Vec::new();
    let mut is_whole = false;
    for string in line.elements().filter(|element| element.name == "string") {
        is_whole = string.attribute("subs_content").is_some();
        match (string.attribute("subs_type"), string.attribute("subs_content")) {
            (Some("HypPart1"), Some(whole)) => words.push(whole),
            (Some("HypPart2"), Some(_)) => {}
            _ => words.extend(string.attribute("content")),
        }
    }
    let mut words = words.join(" ");
    // Half a word that nobody made whole keeps the hyphen that was printed: what is searched joins words at line ends.
    if !is_whole && line.find("hyp").is_some() && !words.ends_with(['-', '¬']) {
        words.push('-');
    }
    words
}
