//! JSON-LD of a page: the object that describes its article, and plain values of it.
//!
//! It never fails: a block that is no JSON is passed over, as browsers do it.

use std::collections::HashMap;

use serde_json::{Map, Value};

use super::{Stated, plain, plain_lines};
use crate::read::html::tree::{NodeId, Tree};

/// Objects deeper than this are none of the page's own.
const DEEPEST: usize = 6;

/// What JSON-LD says of the article.
#[derive(Debug, Default)]
pub(in crate::read::html) struct Linked {
    /// The article, else the page; first what says most.
    objects: Vec<Map<String, Value>>,
    /// Objects by `@id`, to which others point.
    by_id: HashMap<String, Map<String, Value>>,
}

/// What makes a text of a value.
type Reader = fn(&str) -> String;

/// Reads all JSON-LD of a page.
pub(in crate::read::html) fn of(tree: &Tree) -> Linked {
    let mut all = Vec::new();
    for (id, tag) in tree.elements() {
        if tag == "script"
            && is_linked(tree, id)
            && let Some(value) = parsed(&tree.raw_text(id))
        {
            gather(value, 0, &mut all);
        }
    }
    let name = |object: &Map<String, Value>| Some((object.get("@id")?.as_str()?.to_owned(), object.clone()));
    let by_id = all.iter().filter(|object| object.contains_key("name")).filter_map(name).collect();
    let mut objects: Vec<_> = all.into_iter().filter(|object| rank(object) > 0).collect();
    objects.sort_by_key(|object| std::cmp::Reverse(rank(object)));
    Linked { objects, by_id }
}

/// Whether a script holds JSON-LD.
pub(in crate::read::html) fn is_linked(tree: &Tree, script: NodeId) -> bool {
    match tree.attribute(script, "type") {
        Some(kind) => kind.trim().eq_ignore_ascii_case("application/ld+json"),
        // Some who save pages drop the type.
        None => tree.raw_text(script).trim_start().starts_with("{\"@context\""),
    }
}

/// JSON, also with the line breaks inside strings and the comment signs that pages put there.
fn parsed(text: &str) -> Option<Value> {
    let text: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let text = text.trim().trim_start_matches("<!--").trim_start_matches("//<![CDATA[").trim_start_matches("<![CDATA[");
    let text =
        text.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim().trim_end_matches(';');
    serde_json::from_str(text).ok()
}

/// All objects of a list, a graph, or below the page they are the subject of.
fn gather(value: Value, depth: usize, all: &mut Vec<Map<String, Value>>) {
    match value {
        Value::Array(list) if depth < DEEPEST => list.into_iter().for_each(|item| gather(item, depth + 1, all)),
        Value::Object(mut object) if depth < DEEPEST => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage", "hasPart"] {
                if object.get(key).is_some_and(|inner| inner.is_array() || inner.is_object()) {
                    let inner = object.remove(key).unwrap_or_default();
                    gather(inner, depth + 1, all);
                }
            }
            all.push(object);
        }
        _ => {}
    }
}

/// How surely an object describes the article: 0 when it does not.
fn rank(object: &Map<String, Value>) -> u8 {
    let kinds: Vec<&str> = match object.get("@type") {
        Some(Value::String(kind)) => vec![kind],
        Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect(),
        _ => return 0,
    };
    let of_kind = |kind: &&str| match kind.rsplit(['/', ':']).next().unwrap_or_default() {
        kind if kind.ends_with("Article") => 3,
        "BlogPosting" | "LiveBlogPosting" | "Report" | "OpinionNewsArticle" | "Review" | "SocialMediaPosting" => 3,
        "VideoObject" | "Recipe" | "DiscussionForumPosting" | "CreativeWork" => 2,
        "WebPage" | "ItemPage" => 1,
        _ => 0,
    };
    kinds.iter().map(of_kind).max().unwrap_or_default()
}

impl Linked {
    /// Whether the page names an article.
    pub(super) fn is_article(&self) -> bool {
        self.objects.first().is_some_and(|object| rank(object) == 3)
    }

    /// A property's first plain text.
    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.names(key).into_iter().next()
    }

    /// The same, with the property.
    pub(super) fn said(&self, key: &'static str) -> Option<Stated<String>> {
        Some((("JSON-LD", key), self.text(key)?))
    }

    /// The article's own text, with its paragraphs and breaks where it is marked up.
    pub(super) fn body(&self) -> Option<String> {
        self.all("articleBody", plain_lines).into_iter().next()
    }

    /// A property's plain texts: strings, names of objects, names of the objects it points to.
    pub(super) fn names(&self, key: &str) -> Vec<String> {
        self.all(key, plain)
    }

    fn all(&self, key: &str, read: Reader) -> Vec<String> {
        let of = |object: &Map<String, Value>| {
            let mut names = Vec::new();
            self.gather_names((object.get(key)?, 0), read, &mut names);
            (!names.is_empty()).then_some(names)
        };
        self.objects.iter().find_map(of).unwrap_or_default()
    }

    fn gather_names(&self, (value, depth): (&Value, usize), read: Reader, names: &mut Vec<String>) {
        match value {
            Value::String(text) => {
                let text = read(text);
                if !text.is_empty() && !names.contains(&text) {
                    names.push(text);
                }
            }
            Value::Array(list) if depth < DEEPEST => {
                list.iter().for_each(|item| self.gather_names((item, depth + 1), read, names));
            }
            Value::Object(object) if depth < DEEPEST => {
                let pointed =
                    || object.get("@id").and_then(Value::as_str).and_then(|id| self.by_id.get(id)?.get("name"));
                if let Some(name) = object.get("name").or_else(pointed) {
                    self.gather_names((name, depth + 1), read, names);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html::tree;

    fn check(json: &str, key: &str, expected: &[&str]) {
        let page = format!("<script type='application/ld+json'>{json}</script>");
        assert_eq!(of(&tree::page(&page).unwrap()).names(key), expected, "{json}");
    }

    #[test]
    fn the_article_is_found_wherever_it_stands() {
        check(r#"{"@type": "NewsArticle", "headline": "Flood &amp; ebb"}"#, "headline", &["Flood & ebb"]);
        check(
            r#"[{"@type": "WebPage", "headline": "no"}, {"@type": ["Article"], "headline": "yes"}]"#,
            "headline",
            &["yes"],
        );
        check(r#"{"@graph": [{"@type": "https://schema.org/BlogPosting", "headline": "yes"}]}"#, "headline", &["yes"]);
        check(
            r#"{"@type": "WebPage", "mainEntity": {"@type": "NewsArticle", "headline": "yes"}}"#,
            "headline",
            &["yes"],
        );
        check(r#"{"@type": "Organization", "headline": "no"}"#, "headline", &[]);
        check("<!--{\"@type\": \"Report\",\n\"headline\": \"in\ntwo\"};-->", "headline", &["in two"]);
        check(r#"{"@type": "Report""#, "headline", &[]);
    }

    #[test]
    fn names_are_followed() {
        let author =
            r#"[{"@type": "Person", "name": "Nora Vell"}, {"name": ["Jan Orrin"]}, "Nora Vell", {"@id": "x"}]"#;
        check(&format!(r#"{{"@type": "NewsArticle", "author": {author}}}"#), "author", &["Nora Vell", "Jan Orrin"]);
        check(
            r##"{"@graph": [{"@type": "Article", "author": {"@id": "#n"}}, {"@type": "Person", "@id": "#n", "name": "N"}]}"##,
            "author",
            &["N"],
        );
    }
}
