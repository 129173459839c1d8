//! Where in a page a text stands that is told outside the article: by the title element, a meta element, JSON-LD.
//!
//! It never tells bytes of a text that the page has not as it is; of any other it tells the line of what tells it.

use super::{
    Source,
    metadata::{self, linked::is_linked, title::IN_HEAD},
    tree::{self, NodeId, Tree},
};
use crate::{
    article::{Newlines, Origin, Traced},
    read::json::strings,
};

/// Where a text stands that an element of a kind tells, or JSON-LD under a name.
pub(super) fn of(tree: &Tree, page: &Source<'_>, (by, name): (&str, &str), text: &str) -> Option<Origin> {
    match by {
        by if by == IN_HEAD.0 => in_head(tree, page, text),
        "meta" => in_meta(tree, page, (name, text)),
        "JSON-LD" => linked(tree, page, (name, text)),
        _ => None,
    }
}

fn in_head(tree: &Tree, page: &Source<'_>, text: &str) -> Option<Origin> {
    let (id, _) = tree.elements().find(|(_, tag)| *tag == "title")?;
    let title = tree.traced(id);
    let Some(piece) = title.piece(text) else { return Some(Origin::on_line(page.line_at(title.start()))) };
    let mut origin = page.origin(&piece);
    if title.matches(text).nth(1).is_some() {
        origin.forget_bytes();
    }
    Some(origin)
}

/// The line of the first meta element of a name that says something, or of the text in it.
fn in_meta(tree: &Tree, page: &Source<'_>, (name, text): (&str, &str)) -> Option<Origin> {
    let spelled = |name: &str| metadata::dotted(&name.to_lowercase());
    let is_named = |id: NodeId| {
        let names = ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| tree.attribute(id, key));
        names.is_some_and(|names| names.split_whitespace().any(|own| spelled(own) == spelled(name)))
    };
    let says = |id: NodeId| tree.attribute(id, "content").is_some_and(|said| !metadata::plain(said).is_empty());
    let (id, _) = tree.elements().find(|(id, tag)| *tag == "meta" && is_named(*id) && says(*id))?;
    let line = tree.line(id);
    let mut ends = memchr::memchr_iter(b'\n', page.text().as_bytes());
    let end = ends.nth(line.saturating_sub(1) as usize).unwrap_or(page.text().len());
    let within = || {
        let start = page.text().get(..end)?.rfind("<meta")?;
        let tag = page.text().get(start..end)?;
        let at = Source::of(tag, &Origin::on_line(0)).search(text).or_else(|| tag.find("content="))?;
        Some(page.line_at(start + at))
    };
    Some(Origin::on_line(within().unwrap_or(line)))
}

/// Where a text stands that JSON-LD tells under a name; the line of the first string under that name where it is not found.
pub(super) fn linked(tree: &Tree, page: &Source<'_>, (name, text): (&str, &str)) -> Option<Origin> {
    let scripts = tree.elements().filter(|(id, tag)| *tag == "script" && is_linked(tree, *id));
    let scripts: Vec<Traced> = scripts.map(|(id, _)| tree.raw_traced(id)).collect();
    let mut found = scripts.iter().flat_map(|script| {
        let origin = page.origin(script);
        let script = Source::of(script, &origin);
        let strings = strings::named(script.text(), name);
        strings.iter().filter_map(|string| shown(&script, string, text)).collect::<Vec<_>>()
    });
    let Some(mut origin) = found.next() else {
        let line = |script: &Traced| {
            let strings = strings::named(script, name);
            let first = strings.iter().find(|string| !string.is_empty())?;
            Some(Source::of(script, &page.origin(script)).line_at(first.start()))
        };
        return scripts.iter().find_map(line).map(Origin::on_line);
    };
    if found.next().is_some() {
        origin.forget_bytes();
    }
    Some(origin)
}

/// Where a text stands that a string of a script is, markup and doubled blanks apart.
fn shown(script: &Source<'_>, string: &Traced, text: &str) -> Option<Origin> {
    let bare = string.joined(tree::is_seen);
    if bare.as_str() == text {
        return Some(script.origin(&bare));
    }
    if metadata::plain(string) != text {
        return None;
    }
    let origin = script.origin(string);
    let seen = tree::fragment(string).ok().map(|tree| tree.traced(0)).filter(|seen| seen.as_str() == text);
    let seen = seen.map(|seen| seen.origin(&origin, &Newlines::of(string.as_str())));
    Some(seen.unwrap_or_else(|| Origin::on_line(origin.line())))
}
