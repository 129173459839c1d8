//! The headline of a page, and the heading that prints it.
//!
//! It never invents words: a title is what one witness says, without the site's name behind it.

use super::{By, Metas, Stated, linked::Linked, plain};
use crate::{
    read::html::{
        hints::{self, Hint},
        tree::{NodeId, Tree},
    },
    text::fold,
};

/// What parts a title from the site's name.
const BETWEEN: &[&str] =
    &[" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " / ", " < ", " > ", " ‹ ", " › ", "| "];
/// Meta elements that give the title to other sites, best first.
const SHARED: &[&str] =
    &["og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title"];
/// Most code points of a heading that may be a headline.
const LONGEST: usize = 300;

/// The title and its heading; `sites` are names of the site.
pub(super) fn of(
    tree: &Tree,
    metas: &Metas,
    linked: &Linked,
    sites: &[&str],
) -> (Option<Stated<String>>, Option<NodeId>) {
    let headings = headings(tree);
    let in_head = tree.elements().find(|(_, tag)| *tag == "title").map(|(id, _)| plain(&tree.raw_text(id)));
    let in_head = in_head.filter(|title| !title.is_empty());
    let witnesses = witnesses((metas, linked, in_head.as_deref()), sites);
    // A heading that a witness confirms is the headline as readers saw it, and so is the only one of its rank.
    let confirmed = witnesses.iter().find_map(|(_, title)| headings.iter().find(|(_, text)| is_same(text, title)));
    let part = || headings.iter().find(|(_, text)| in_head.as_ref().is_some_and(|title| is_part(title, text)));
    let only = || {
        let is_kin = |text: &str| witnesses.is_empty() || witnesses.iter().any(|(_, witness)| are_kin(text, witness));
        let mut first =
            headings.iter().filter(|(id, text)| is_headline(tree, *id) && !is_site(text, sites) && is_kin(text));
        first.next().filter(|_| first.next().is_none())
    };
    match confirmed.or_else(part).or_else(only) {
        Some((id, text)) => (Some((by_heading(tree.tag(*id)), text.clone())), Some(*id)),
        None => (witnesses.into_iter().next().or(in_head.map(|title| (IN_HEAD, title))), None),
    }
}

/// The element in a page's head.
pub(in crate::read::html) const IN_HEAD: By = ("the title element", "");

fn by_heading(tag: &str) -> By {
    ("heading", ["h1", "h2", "h3"].into_iter().find(|known| *known == tag).unwrap_or_default())
}

/// What names the title besides headings, the surest first; the site's name alone is none.
fn witnesses((metas, linked, in_head): (&Metas, &Linked, Option<&str>), sites: &[&str]) -> Vec<Stated<String>> {
    let headline = || linked.said("headline").or_else(|| linked.said("name"));
    let shared = metas.said(SHARED).map(|(by, title)| (by, without_site(&title, sites)));
    let whole = in_head.map(|title| (IN_HEAD, without_tail(&without_site(title, sites))));
    let all = linked.is_article().then(headline).flatten().into_iter().chain(shared).chain(whole);
    all.filter(|(_, title)| title.len() <= 8 * LONGEST && !is_site(title, sites)).collect()
}

fn is_headline(tree: &Tree, id: NodeId) -> bool {
    tree.tag(id) == "h1" && hints::of(tree, id) == Hint::None
}

/// Whether a third of a heading's longer words stand in a title.
fn are_kin(heading: &str, title: &str) -> bool {
    let (heading, title) = (fold(heading), fold(title));
    let words: Vec<&str> =
        heading.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3).collect();
    !words.is_empty() && 3 * words.iter().filter(|word| title.contains(**word)).count() >= words.len()
}

/// Headings that may be the headline, with their text.
fn headings(tree: &Tree) -> Vec<(NodeId, String)> {
    let is_heading = |tag: &str| ["h1", "h2", "h3"].contains(&tag);
    let of = |id: NodeId| Some((id, tree.short_text(id, 8 * LONGEST)?));
    let mut all: Vec<_> = tree.elements().filter(|(_, tag)| is_heading(tag)).filter_map(|(id, _)| of(id)).collect();
    all.retain(|(_, text)| !text.is_empty() && text.chars().count() <= LONGEST);
    all.sort_by_key(|(id, _)| tree.tag(*id).to_owned());
    all
}

/// A title without the site's name before or behind it; one that is longer than any stays.
fn without_site(title: &str, sites: &[&str]) -> String {
    if title.len() > 8 * LONGEST {
        return title.trim().to_owned();
    }
    for sign in BETWEEN {
        if let Some((head, tail)) = title.rsplit_once(sign)
            && is_site(tail, sites)
        {
            return without_site(head, sites);
        }
        if let Some((head, tail)) = title.split_once(sign)
            && is_site(head, sites)
        {
            return without_site(tail, sites);
        }
    }
    title.trim().to_owned()
}

/// The title in a page's head without its last few words, where a sign parts them from many more.
fn without_tail(title: &str) -> String {
    let parted = BETWEEN.iter().filter_map(|sign| title.rsplit_once(sign).filter(|parts| !is_compared(sign, parts)));
    let parted = parted.min_by_key(|(_, tail)| tail.len());
    let words = |text: &str| text.split_whitespace().count();
    match parted {
        Some((head, tail)) if words(tail) <= 3 && words(head) >= 4 => head.trim().to_owned(),
        _ => title.to_owned(),
    }
}

/// Whether a sign stands between two numbers and says which is less.
fn is_compared(sign: &str, (head, tail): &(&str, &str)) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    sign.contains(['<', '>']) && head.ends_with(is_digit) && tail.starts_with(is_digit)
}

/// Whether a text is a name of the site, or begins as one does.
fn is_site(text: &str, sites: &[&str]) -> bool {
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let bare = |name: &str| letters(name).trim_start_matches("www").trim_start_matches("the").to_owned();
    let text = bare(text);
    let begins = |one: &str, other: &str| other.len() >= 4 && one.starts_with(other);
    let is_one = |site: &String| !site.is_empty() && (text == *site || begins(&text, site) || begins(site, &text));
    sites.iter().map(|site| bare(site)).any(|site| is_one(&site))
}

fn is_same(one: &str, other: &str) -> bool {
    let letters = |text: &str| fold(text).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && one == other
}

/// Whether a page's title is a heading of several words with more behind or before a sign.
fn is_part(title: &str, heading: &str) -> bool {
    let behind = title.strip_prefix(heading).map(str::trim_start);
    let before = title.strip_suffix(heading).map(str::trim_end);
    let is_parted = behind.is_some_and(|rest| rest.starts_with(|c: char| !c.is_alphanumeric()))
        || before.is_some_and(|rest| rest.ends_with(|c: char| !c.is_alphanumeric()));
    is_parted && heading.split(' ').count() > 1
}
