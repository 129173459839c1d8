//! The headline of a page, and the heading that prints it.
//!
//! It never invents words: a title is what one witness says, without the site's name behind it.

use super::{Metas, linked::Linked, plain};
use crate::{
    read::html::tree::{NodeId, Tree},
    text::fold,
};

/// What parts a title from the site's name.
const BETWEEN: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " < ", " > ", " ‹ ", " › ", "| "];
/// Most code points of a heading that may be a headline.
const LONGEST: usize = 300;

/// The title and its heading; `site` is the site's name.
pub(super) fn of(tree: &Tree, metas: &Metas, linked: &Linked, site: Option<&str>) -> (Option<String>, Option<NodeId>) {
    let headings = headings(tree);
    let in_head = tree.elements().find(|(_, tag)| *tag == "title").map(|(id, _)| plain(&tree.raw_text(id)));
    let in_head = in_head.filter(|title| !title.is_empty());
    let headline = linked.is_article().then(|| linked.text("headline").or_else(|| linked.text("name"))).flatten();
    let shared =
        ["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title"];
    let shared = metas.first(&shared).map(|title| without_site(title, site));
    let printed = |title: &String| headings.iter().find(|(_, text)| is_same(text, title)).cloned();
    let witnesses = [headline, shared, in_head.as_deref().map(|title| without_site(title, site))];
    let witnesses: Vec<String> = witnesses.into_iter().flatten().filter(|title| !is_site(title, site)).collect();
    // A heading that a witness confirms is the headline as readers saw it.
    let confirmed = witnesses.iter().find_map(printed);
    let part =
        || in_head.as_ref().and_then(|title| headings.iter().find(|(_, text)| begins_with(title, text)).cloned());
    let only = || {
        let mut first = headings.iter().filter(|(id, text)| tree.tag(*id) == "h1" && !is_site(text, site));
        first.next().filter(|_| first.next().is_none()).cloned()
    };
    match confirmed.or_else(part) {
        Some((id, text)) => (Some(text), Some(id)),
        None => match (witnesses.into_iter().next(), only()) {
            (Some(title), heading) => (Some(title), heading.map(|(id, _)| id)),
            (None, Some((id, text))) => (Some(text), Some(id)),
            (None, None) => (in_head, None),
        },
    }
}

/// Headings that may be the headline, with their text.
fn headings(tree: &Tree) -> Vec<(NodeId, String)> {
    let is_heading = |tag: &str| ["h1", "h2", "h3"].contains(&tag);
    let of = |id: NodeId| (id, tree.text(id));
    let mut all: Vec<_> = tree.elements().filter(|(_, tag)| is_heading(tag)).map(|(id, _)| of(id)).collect();
    all.retain(|(_, text)| !text.is_empty() && text.chars().count() <= LONGEST);
    all.sort_by_key(|(id, _)| tree.tag(*id).to_owned());
    all
}

/// A title without the site's name before or behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    for sign in BETWEEN {
        if let Some((head, tail)) = title.rsplit_once(sign)
            && is_site(tail, site)
        {
            return without_site(head, site);
        }
        if let Some((head, tail)) = title.split_once(sign)
            && is_site(head, site)
        {
            return without_site(tail, site);
        }
    }
    title.trim().to_owned()
}

/// Whether a text is the name of the site, or that with its ending.
fn is_site(text: &str, site: Option<&str>) -> bool {
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let site = letters(site.unwrap_or_default());
    let bare = |name: &str| name.trim_start_matches("www").trim_start_matches("the").to_owned();
    let (text, site) = (bare(&letters(text)), bare(&site));
    !site.is_empty()
        && (text == site
            || (text.len() >= 4 && site.starts_with(&text))
            || (site.len() >= 4 && text.starts_with(&site)))
}

fn is_same(one: &str, other: &str) -> bool {
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && one == other
}

/// Whether a page's title begins with a heading and goes on behind a sign.
fn begins_with(title: &str, heading: &str) -> bool {
    let rest = title.strip_prefix(heading).map(str::trim_start);
    rest.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric())) && heading.split(' ').count() > 1
}
