//! What the names that pages give their elements (class, id, role, property) hint at.
//!
//! It never decides: a hint is weighed by who asks.

mod words;

use words::{BESIDE, BESIDE_PAIRS};

use super::tree::{NodeId, Tree};

/// Elements that stand beside an article, whatever they are named.
const BESIDE_TAGS: &[&str] = &["nav", "aside", "footer", "form", "dialog", "menu", "address"];
const BESIDE_ROLES: &[&str] = &[
    "navigation",
    "complementary",
    "contentinfo",
    "banner",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "alert",
];
/// Elements whose names describe the whole page.
const WHOLE: &[&str] = &["html", "body", "main", "article"];
/// Words that tell of a change after publication.
const CHANGE: &[&str] = &[
    "updated",
    "modified",
    "update",
    "aktualisiert",
    "modifie",
    "actualise",
    "maj",
    "actualizado",
    "aggiornato",
    "stand",
    "edited",
    "changed",
    "geandert",
    "anderung",
    "dateline-updated",
    "revised",
    "modificado",
];

/// What an element's names hint at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing.
    None,
    /// It stands beside the article.
    Beside,
    /// It is not shown.
    Unseen,
}

/// The hint of one element.
pub(super) fn of(tree: &Tree, id: NodeId) -> Hint {
    let tag = tree.tag(id);
    let style = tree.attribute(id, "style").map(|style| style.replace(' ', "").to_lowercase()).unwrap_or_default();
    let is_unseen = tree.attribute(id, "hidden").is_some()
        || tree.attribute(id, "aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden");
    if is_unseen {
        return Hint::Unseen;
    }
    let role = tree.attribute(id, "role").unwrap_or_default();
    if BESIDE_TAGS.contains(&tag) || BESIDE_ROLES.contains(&role) {
        return Hint::Beside;
    }
    if WHOLE.contains(&tag) {
        return Hint::None;
    }
    let is_beside = |name: &str| {
        let words: Vec<&str> = name.split(['-', '_']).collect();
        words.iter().any(|word| BESIDE.contains(word))
            || BESIDE_PAIRS.iter().any(|pair| name.replace("__", "-").replace('_', "-").contains(pair))
    };
    if names(tree, id).any(|name| is_beside(&name)) { Hint::Beside } else { Hint::None }
}

/// The names of an element, in small letters, words parted by `-` or `_`.
pub(super) fn names(tree: &Tree, id: NodeId) -> impl Iterator<Item = String> {
    let all = ["class", "id"].iter().filter_map(move |key| tree.attribute(id, key));
    all.flat_map(str::split_whitespace).map(parted)
}

/// `relatedStories` as `related-stories`.
fn parted(name: &str) -> String {
    let mut parted = String::with_capacity(name.len() + 2);
    let mut was_small = false;
    for c in name.chars() {
        if c.is_uppercase() && was_small {
            parted.push('-');
        }
        was_small = c.is_lowercase();
        parted.extend(c.to_lowercase());
    }
    parted
}

/// Whether an element bears one of some names, alone or among other words.
pub(super) fn has(tree: &Tree, id: NodeId, wanted: &[&str]) -> bool {
    let is_wanted =
        |name: String| wanted.contains(&name.as_str()) || name.split(['-', '_']).any(|word| wanted.contains(&word));
    names(tree, id).any(is_wanted)
}

/// Names of what is another's: comments, other articles.
const OTHERS: &[&str] = &[
    "comment",
    "comments",
    "commentlist",
    "respond",
    "related",
    "recommended",
    "teaser",
    "teasers",
    "popular",
    "trending",
    "mostread",
    "ticker",
    "archive",
    "archives",
    "calendar",
];
/// Names of what stands around articles.
const MARGINS: &[&str] = &["sidebar", "footer", "widget", "newsletter", "menu"];

/// Whether an element or one around it stands beside the article; what holds the `heading` too does not.
pub(super) fn is_beside(tree: &Tree, id: NodeId, heading: Option<NodeId>) -> bool {
    let is_margin = |margin: NodeId| match tree.tag(margin) {
        "nav" | "footer" => true,
        "aside" => !tells_of_article(tree, id, margin) || has(tree, margin, MARGINS),
        _ => has(tree, margin, MARGINS),
    };
    is_of_others(tree, id, heading) || inner(tree, id, heading).any(is_margin)
}

/// Most nodes of a margin that says by whom and when the article is.
const META: usize = 200;
/// Longer names of links are headlines.
const LINK: usize = 20;

/// Whether an element stands in a small margin that says by whom and when the article is, not in one with other articles.
fn tells_of_article(tree: &Tree, id: NodeId, margin: NodeId) -> bool {
    let is_named = |id: NodeId| has(tree, id, &["meta", "metadata"]) && !has(tree, id, DAYS_OF_OTHERS);
    let is_title = |id: NodeId| match tree.tag(id) {
        "article" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => true,
        "a" => tree.short_text(id, 10 * LINK).is_none_or(|name| name.len() > LINK),
        _ => false,
    };
    let mut inside = std::iter::once(id).chain(tree.around(id)).take_while(|id| tree.within(margin).contains(id));
    tree.within(margin).len() <= META && inside.any(is_named) && !tree.within(margin).any(is_title)
}

/// Names of days that are not those of an article's publication.
const DAYS_OF_OTHERS: &[&str] = &[
    "event", "events", "termin", "start", "end", "begin", "caption", "photo", "born", "birth", "birthday", "death",
    "due", "deadline", "expires", "expiry", "today", "current", "now", "calendar", "updated", "modified", "change",
    "sale",
];

/// Whether an element is a day of something else by its names or those close around it, stands in a table, a picture or a list
/// of anything, or is not shown.
pub(super) fn is_other_day(tree: &Tree, id: NodeId) -> bool {
    let is_other = |id: NodeId| {
        has(tree, id, DAYS_OF_OTHERS)
            || matches!(tree.tag(id), "td" | "th" | "figure" | "figcaption" | "option" | "button" | "a" | "blockquote")
            || tree.tag(id) == "li"
                && !std::iter::once(id).chain(tree.around(id)).take(2).any(|id| has(tree, id, &["meta"]))
    };
    let close = || std::iter::once(id).chain(tree.around(id)).filter(|id| !WHOLE.contains(&tree.tag(*id)));
    close().take(4).any(is_other)
        || close().take(12).any(|id| {
            of(tree, id) == Hint::Unseen || names(tree, id).any(|name| name == "hidden" || name == "is-hidden")
        })
}

/// Whether an element or one around it holds comments or other articles; what holds the `heading` too does not.
pub(super) fn is_of_others(tree: &Tree, id: NodeId, heading: Option<NodeId>) -> bool {
    inner(tree, id, heading).any(|id| has(tree, id, OTHERS))
}

/// An element and those close around it that describe neither the whole page nor the article.
fn inner(tree: &Tree, id: NodeId, heading: Option<NodeId>) -> impl Iterator<Item = NodeId> {
    let holds_heading = move |id: NodeId| heading.is_some_and(|heading| tree.within(id).contains(&heading));
    let all = std::iter::once(id).chain(tree.around(id)).take(12);
    all.filter(move |id| !WHOLE.contains(&tree.tag(*id)) && !holds_heading(*id))
}

/// The article or the thing with properties of its own that is nearest around an element.
pub(super) fn own_article(tree: &Tree, id: NodeId) -> Option<NodeId> {
    let is_thing = |id: &NodeId| {
        let is_named = || tree.tag(*id) != "body" && names(tree, *id).any(|name| name == "article" || name == "hentry");
        tree.tag(*id) == "article" || tree.attribute(*id, "itemscope").is_some() || is_named()
    };
    tree.around(id).find(is_thing)
}

/// Whether an element or one close around it is named for a change.
pub(super) fn is_changed(tree: &Tree, id: NodeId) -> bool {
    let named = |id: NodeId| {
        let property = tree.attribute(id, "itemprop").is_some_and(|name| name.eq_ignore_ascii_case("dateModified"));
        property
            || (has(tree, id, &["updated", "modified", "lastmod"])
                && !has(tree, id, &["published", "entry-date", "date"]))
    };
    std::iter::once(id).chain(tree.around(id)).take(2).any(named)
}

/// Whether a printed word tells of a change.
pub(super) fn tells_change(word: &str) -> bool {
    let word = crate::text::fold(word);
    CHANGE.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()))
}
