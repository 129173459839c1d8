//! Web pages: fields from what they say of themselves, the article's text without what stands around it.
//!
//! It never runs scripts, never fetches anything, and never takes a page's word for a text it does not show.

mod blocks;
mod choice;
mod hints;
mod metadata;
mod places;
mod score;
mod tree;

use std::collections::HashSet;

use super::{
    charset,
    intake::{Intake, Refusal},
    record::{self, Whence},
    source::Source,
};
use crate::article::{Draft, Origin, PartKind, Passage, PublishedFrom, Traced};
use blocks::{Block, BlockKind};
use metadata::Metadata;
use tree::Tree;

/// The largest page that is read, in bytes.
const LARGEST: usize = 64 << 20;
/// Most attributes of one element.
const MOST_ATTRIBUTES: usize = 5_000;

/// What is known of a page before it is read: from a mail's or an archive's headers.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Known<'a> {
    /// Where it was fetched.
    pub(super) url: Option<&'a str>,
    /// The charset its sender named.
    pub(super) charset: Option<&'a str>,
}

/// Reads one page into `intake`: a draft, or a refusal.
pub(super) fn read(bytes: &[u8], known: Known<'_>, intake: &mut Intake<'_>) {
    match draft(bytes, known, intake) {
        Ok(draft) => intake.reading.drafts.push(draft),
        Err(refusal) => intake.refuse(refusal),
    }
}

/// A piece of HTML, such as a record's `content`, as texts: all of it but what nobody sees.
///
/// What is too large or nested beyond reason comes back as the text it is.
pub(super) fn fragment(text: &str) -> Vec<Traced> {
    let tree = if is_sane(text) { tree::fragment(text).ok() } else { None };
    match tree {
        Some(tree) => passages(blocks::of(&tree).iter()).into_iter().map(|(_, text)| text).collect(),
        None => vec![Traced::of(text, 0)],
    }
}

fn draft(bytes: &[u8], known: Known<'_>, intake: &Intake<'_>) -> Result<Draft, Refusal> {
    if bytes.len() > LARGEST {
        let reason = format!("a page larger than {} MB", LARGEST >> 20);
        return Err(Refusal::of_file("too-large", reason));
    }
    let decoded = charset::decode(bytes, known.charset);
    let decoded = decoded.ok_or_else(|| Refusal::of_file("binary", "binary file, not text"))?;
    let too_many = |most, what| {
        Refusal::of_file("too-large", format!("a page of more than {most} {what}: saved as text it can be read"))
    };
    if !is_sane(&decoded.text) {
        return Err(too_many(MOST_ATTRIBUTES, "attributes at one element"));
    }
    let tree = tree::page(&decoded.text).map_err(|tree::TooLarge| too_many(tree::MOST, "elements and texts"))?;
    let zone = intake.context.settings.archive.timezone.as_deref();
    let url = known.url.or_else(|| saved_from(&decoded.text));
    let metadata = metadata::of(&tree, url, zone);
    let page = Source::of(&decoded.text, &decoded.origin);
    let mut draft = filled((&tree, &page), metadata, intake);
    draft.notes.extend(decoded.note);
    if record::is_empty(&draft) {
        return Err(Refusal { line: 1, kind: "empty", reason: "empty: no text".to_owned() });
    }
    Ok(draft)
}

fn filled((tree, page): (&Tree, &Source<'_>), mut metadata: Metadata, intake: &Intake<'_>) -> Draft {
    let all = blocks::of(tree);
    let title = metadata.fields.get("title").and_then(|title| title.as_str()).unwrap_or_default().to_owned();
    let description = metadata.description.as_deref().unwrap_or_default();
    let known = choice::Known { title: &title, heading: metadata.heading, description, body: metadata.body.as_deref() };
    let chosen = choice::of(tree, &all, &known);
    let mut body = match chosen {
        choice::Chosen::Printed(kept) => {
            let passages = passages(kept.iter().filter_map(|at| all.get(*at))).into_iter();
            passages.map(|(kind, text)| page.passage(kind, text)).collect()
        }
        choice::Chosen::Told(text) => {
            metadata.told.tell("body", "JSON-LD", "articleBody");
            let origin = places::linked(tree, page, ("articleBody", &text)).or_else(|| page.find(&text));
            let origin = origin.unwrap_or_else(|| Origin::on_line(1));
            vec![Passage { kind: PartKind::Body, text, origin }]
        }
    };
    if let Some(description) = metadata.description.take() {
        let name = if body.is_empty() { "summary" } else { "extra" };
        match name {
            "summary" => drop(metadata.fields.insert(name.to_owned(), description.into())),
            _ => metadata::keep_description(&mut metadata.fields, description),
        }
    }
    let published = metadata.published_from.unwrap_or(PublishedFrom::Meta);
    let whence = Whence { line: 1, published, by: "page" };
    let mut draft = record::fields(metadata.fields, whence, &intake.context);
    draft.told = metadata.told;
    place(&mut draft, (tree, page), metadata.heading);
    draft.passages.append(&mut body);
    draft
}

/// Says where the fields of a page stand; its title perhaps in a heading.
fn place(draft: &mut Draft, (tree, page): (&Tree, &Source<'_>), heading: Option<tree::NodeId>) {
    let heading = heading.map(|heading| tree.traced(heading));
    for passage in &mut draft.passages {
        let is_title = passage.kind == PartKind::Title;
        let by = if is_title { draft.told.by("title") } else { Some(("JSON-LD", "description")) };
        let told = || places::of(tree, page, by?, &passage.text);
        passage.origin = match heading.as_ref().filter(|_| is_title) {
            Some(heading) if heading.as_str() == passage.text => page.origin(heading),
            Some(heading) => Origin::on_line(page.line_at(heading.start())),
            None => told().or_else(|| page.find(&passage.text)).unwrap_or_else(|| Origin::on_line(1)),
        };
    }
}

/// The address that browsers and SingleFile write into a comment at the head of a page they save.
fn saved_from(text: &str) -> Option<&str> {
    let head = text.get(..text.floor_char_boundary(2_000))?;
    let (_, behind) = match head.split_once("Page saved with SingleFile") {
        Some((_, behind)) => behind.split_once("url:")?,
        None => head.split_once("saved from url=(")?.1.split_once(')')?,
    };
    behind.split_whitespace().next()
}

/// Blocks as passages: what follows on another of the same kind joins it, a blank line between; a caption printed below two
/// pictures is searched once.
fn passages<'a>(blocks: impl Iterator<Item = &'a Block>) -> Vec<(PartKind, Traced)> {
    let mut passages: Vec<(PartKind, Traced)> = Vec::new();
    let mut was_item = false;
    let mut captions = HashSet::new();
    for block in blocks {
        let kind = match block.kind {
            BlockKind::Caption if captions.insert(block.text.as_str()) => PartKind::Caption,
            BlockKind::Caption => PartKind::Boilerplate,
            _ => PartKind::Body,
        };
        let is_item = block.kind == BlockKind::Item;
        match passages.last_mut() {
            Some((last, text)) if *last == kind && kind == PartKind::Body => {
                text.part(if is_item && was_item { "\n" } else { "\n\n" });
            }
            _ => passages.push((kind, Traced::default())),
        }
        if let Some((_, text)) = passages.last_mut() {
            text.put(if is_item { "• " } else { "" }, block.text.start());
            text.append(&block.text, 0..block.text.len());
        }
        was_item = is_item;
    }
    passages
}

/// Whether no tag has more attributes than can be compared with each other in bearable time.
fn is_sane(text: &str) -> bool {
    let mut quote = None;
    let mut is_tag = false;
    let mut signs = 0;
    let mut before = b' ';
    for byte in text.bytes() {
        match (is_tag, quote) {
            (false, _) => {
                is_tag = before == b'<' && byte.is_ascii_alphabetic();
                signs = 0;
            }
            (true, Some(sign)) if byte == sign => quote = None,
            (true, Some(_)) => {}
            (true, None) => match byte {
                b'>' => is_tag = false,
                b'"' | b'\'' => quote = (before == b'=').then_some(byte),
                b'/' | b' ' | b'\n' | b'\t' | 0x0C => {}
                _ if matches!(before, b'/' | b' ' | b'\n' | b'\t' | 0x0C | b'"' | b'\'') => signs += 1,
                _ => {}
            },
        }
        if signs > MOST_ATTRIBUTES {
            return false;
        }
        before = byte;
    }
    true
}

#[cfg(test)]
mod tests;
