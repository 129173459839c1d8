//! Who wrote an article, as its page prints it by the headline.
//!
//! It never takes an author of a comment or of another article, and never a line that names nobody.

use serde_json::{Value, json};

use crate::read::html::{
    hints,
    tree::{NodeId, Tree},
};

/// What stands before a name, in small letters.
const BY: &[&str] = &["by ", "von ", "par ", "por "];
/// Names of elements that hold a byline.
const NAMES: &[&str] = &["byline", "author", "authors"];
/// Most bytes of a byline.
const LONGEST: usize = 160;
/// Most bytes between headline and byline: a lead, a day, a picture's caption.
const BETWEEN: usize = 600;

/// A byline.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Line {
    /// The whole line, where it says that somebody wrote the article.
    pub(super) printed: Option<String>,
    names: Vec<String>,
}

impl Line {
    /// The authors, where elements of their own name them; those of the line are found with it.
    pub(super) fn authors(&self) -> Option<Value> {
        (!self.names.is_empty()).then(|| json!(self.names))
    }
}

/// The byline near `heading`; a page without one has only what it marks itself as its one author.
pub(super) fn of(tree: &Tree, heading: Option<NodeId>) -> Option<Line> {
    let mut line = Line::default();
    let begin = heading.map_or(0, |heading| back(tree, heading));
    let end = heading.map_or(tree.len(), |heading| ahead(tree, tree.within(heading).end));
    for id in begin..end {
        let is_named = heading.is_some() && line.printed.is_none() && hints::has(tree, id, NAMES);
        let is_author = is_author(tree, id);
        if !(is_named || is_author) || is_others(tree, id, heading) {
            continue;
        }
        if is_named {
            line.printed = tree.short_text(id, LONGEST).as_deref().and_then(printed);
        }
        let name = if is_author { name(tree, id) } else { None };
        if let Some(name) = name.filter(|name| !line.names.contains(name)) {
            line.names.push(name);
        }
    }
    if heading.is_none() && line.names.len() > 1 {
        line.names.clear();
    }
    (line != Line::default()).then_some(line)
}

/// Whether an element is a comment's or another article's.
fn is_others(tree: &Tree, id: NodeId, heading: Option<NodeId>) -> bool {
    let article = || tree.around(id).find(|id| tree.tag(*id) == "article");
    let is_elsewhere = |heading| article().is_some_and(|article| !tree.within(article).contains(&heading));
    hints::is_of_others(tree, id, heading) || heading.is_some_and(is_elsewhere)
}

/// Where the nearest text before a node begins that is as long as a byline may be.
fn back(tree: &Tree, from: NodeId) -> NodeId {
    let mut left = LONGEST;
    (0..from).rev().find(|id| used_up(tree, *id, &mut left)).map_or(0, |id| id + 1)
}

/// Where the text behind a node is longer than what may stand before a byline.
fn ahead(tree: &Tree, from: NodeId) -> NodeId {
    let mut left = BETWEEN;
    (from..tree.len()).find(|id| used_up(tree, *id, &mut left)).unwrap_or(tree.len())
}

fn used_up(tree: &Tree, id: NodeId, left: &mut usize) -> bool {
    let is_shown = !["script", "style", "noscript"].contains(&tree.tag(tree.parent(id)));
    let letters = if is_shown { tree.own_letters(id) } else { 0 };
    match left.checked_sub(letters) {
        Some(rest) => *left = rest,
        None => return true,
    }
    false
}

fn is_author(tree: &Tree, id: NodeId) -> bool {
    let says = |key: &str| {
        tree.attribute(id, key).is_some_and(|value| value.split_whitespace().any(|v| v.eq_ignore_ascii_case("author")))
    };
    says("itemprop") || (tree.tag(id) == "a" && says("rel"))
}

/// The name in an element: of a thing with properties, the one called so.
fn name(tree: &Tree, id: NodeId) -> Option<String> {
    let named = tree.within(id).skip(1).take(LONGEST).find(|id| tree.attribute(*id, "itemprop") == Some("name"));
    let text = tree.short_text(named.unwrap_or(id), LONGEST)?;
    let by = |by: &&str| text.get(..by.len()).is_some_and(|head| head.to_lowercase() == **by);
    let name = BY.iter().find(|word| by(word)).and_then(|by| text.get(by.len()..)).unwrap_or(&text).trim();
    let capitals = name.split(' ').filter(|word| word.starts_with(char::is_uppercase)).count();
    let words = name.split(' ').count();
    let is_name = (2..=6).contains(&words) && capitals >= 2 && !name.chars().any(|c| c.is_ascii_digit());
    is_name.then(|| name.to_owned())
}

/// A line that says who wrote the article, and nothing of days and numbers; an element inside it may say less.
fn printed(text: &str) -> Option<String> {
    let line = text.trim_end_matches(|c: char| !c.is_alphanumeric() && !".)”\"".contains(c));
    let name = ["By ", "BY ", "by "].iter().find_map(|by| line.strip_prefix(by))?;
    let is_name = name.starts_with(char::is_uppercase) && !line.contains(|c: char| c.is_ascii_digit());
    is_name.then(|| line.to_owned())
}
