//! What a page says of its article outside the text: JSON-LD, meta elements, its head; gathered under our fields' names.
//!
//! It never reads the article's text, and leaves the values' types to `record`.

mod address;
mod byline;
mod clock;
pub(super) mod linked;
mod printed;
mod title;
mod when;

use serde_json::{Map, Value, json};

use super::tree::{self, NodeId, Tree};
use crate::{article::PublishedFrom, read::record};

/// Meta elements by field, best first.
const SITE: &[&str] = &[
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_journal_title",
    "publisher",
    "twitter:site:name",
    "apple-mobile-web-app-title",
];
const AUTHORS: &[&str] = &[
    "author",
    "article:author:name",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "article:author",
    "og:author",
    "twitter:data1:written by",
    "cxenseparse:author",
];
const SECTION: &[&str] =
    &["article:section", "section", "og:article:section", "parsely-section", "cg:section", "category"];
const DESCRIPTION: &[&str] =
    &["og:description", "description", "twitter:description", "dc.description", "dcterms.abstract"];
const KEYWORDS: &[&str] = &["news_keywords", "keywords", "parsely-tags", "sailthru.tags", "dc.subject"];
const LANGUAGE: &[&str] = &["content-language", "dc.language", "dcterms.language", "language", "og:locale"];

/// What a page says of its article.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    /// Fields by our names.
    pub(super) fields: Map<String, Value>,
    /// Who gave the date of publication.
    pub(super) published_from: Option<PublishedFrom>,
    /// The heading that prints the title.
    pub(super) heading: Option<NodeId>,
    /// The text as JSON-LD gives it.
    pub(super) body: Option<String>,
    /// The summary.
    pub(super) description: Option<String>,
}

/// Most properties of one meta element that are read.
const MOST_NAMES: usize = 8;

/// The meta elements of a page: name in small letters, content, in their order.
pub(super) struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(tree: &Tree) -> Self {
        let pair = |id: NodeId| {
            let names =
                ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| tree.attribute(id, key))?;
            let content = plain(tree.attribute(id, "content")?);
            (!content.is_empty()).then_some((names, content))
        };
        let pairs = tree.elements().filter(|(_, tag)| *tag == "meta").filter_map(|(id, _)| pair(id));
        // RDFa lets one element say several properties; Dublin Core is written dc.title and dc:title.
        let named = pairs.flat_map(|(names, content)| {
            let names = names.split_whitespace().take(MOST_NAMES).map(str::to_lowercase);
            names.map(move |name| (name.replace("dc:", "dc.").replace("dcterms:", "dcterms."), content.clone()))
        });
        Self(named.collect())
    }

    /// The content of the best of some names.
    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.0.iter().find(|(key, _)| key == name)).map(|(_, content)| content.as_str())
    }

    /// The contents of one name.
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }
}

/// Gathers what a page says of its article; `known` is its address as others tell it, `zone` the archive's.
pub(super) fn of(tree: &Tree, known: Option<&str>, zone: Option<&str>) -> Metadata {
    let metas = Metas::of(tree);
    let linked = linked::of(tree);
    let url = address(tree, &metas, known);
    let clock = url.as_deref().and_then(clock::of);
    let site = linked.text("publisher").or_else(|| metas.first(SITE).map(str::to_owned));
    let sites: Vec<&str> = site.as_deref().into_iter().chain(url.as_deref().and_then(host)).collect();
    let (title, heading) = title::of(tree, &metas, &linked, &sites);
    let mut fields = Map::new();
    let mut put = |name: &str, value: Option<Value>| {
        if let Some(value) = value {
            fields.insert(name.to_owned(), value);
        }
    };
    put("title", title.map(Value::from));
    put("source", site.map(Value::from));
    let told = authors(&metas, &linked);
    let line = told.is_none().then(|| byline::of(tree, heading)).flatten();
    put("byline", line.as_ref().and_then(|line| line.printed.clone()).map(Value::from));
    put("authors", told.or_else(|| line.and_then(|line| line.authors())));
    put("section", linked.text("articleSection").or_else(|| metas.first(SECTION).map(str::to_owned)).map(Value::from));
    put("language", language(tree, &metas, &linked).map(Value::from));
    put("subjects", subjects(&metas, &linked));
    let published =
        when::of(tree, &when::Witnesses { metas: &metas, linked: &linked, url: url.as_deref(), heading, zone, clock });
    let (published, from) = published.unzip();
    put("published", published.map(Value::from));
    put(
        "modified",
        linked.text("dateModified").or_else(|| metas.first(when::MODIFIED).map(str::to_owned)).map(Value::from),
    );
    put("url", url.map(Value::from));
    let description = linked.text("description").or_else(|| metas.first(DESCRIPTION).map(str::to_owned));
    Metadata { fields, published_from: from, heading, body: linked.text("articleBody"), description }
}

/// Elements that stand in values meant as markup; any other sign `<` is a character.
const MARKUP: &[&str] = &[
    "a",
    "abbr",
    "article",
    "b",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "div",
    "em",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "li",
    "mark",
    "ol",
    "p",
    "q",
    "s",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "time",
    "tr",
    "u",
    "ul",
    "wbr",
];

/// A value without markup, entities and doubled blanks.
pub(super) fn plain(value: &str) -> String {
    let text = match value.contains(['&', '<']) {
        true => tree::fragment(&marked(value)).map_or_else(|_| value.to_owned(), |tree| tree.text(0)),
        false => value.to_owned(),
    };
    tree::joined(&text)
}

/// A value whose signs `<` that begin no tag are written as the characters they are.
fn marked(value: &str) -> String {
    let mut pieces = value.split('<');
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let inner = piece.strip_prefix('/').unwrap_or(piece);
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inner.len());
        let (name, behind) = inner.split_at(end);
        let is_known = MARKUP.contains(&name.to_ascii_lowercase().as_str());
        let is_tag = (is_known && behind.starts_with(['>', '/', ' ', '\n', '\t']) && behind.contains('>'))
            || piece.starts_with("!--");
        out.push_str(if is_tag { "<" } else { "&lt;" });
        out.push_str(piece);
    }
    out
}

/// The host of an address without `www.` and its last label.
fn host(url: &str) -> Option<&str> {
    let host = url.split("://").nth(1)?.split(['/', '?', '#']).next()?;
    host.trim_start_matches("www.").rsplit_once('.').map(|(host, _)| host)
}

/// The page's own address: canonical, else Open Graph's, else the one known from elsewhere.
fn address(tree: &Tree, metas: &Metas, known: Option<&str>) -> Option<String> {
    let is_whole = |url: &&str| (url.starts_with("http://") || url.starts_with("https://")) && url.len() <= 2_000;
    let canonical =
        tree.elements().filter(|(id, tag)| *tag == "link" && tree.attribute(*id, "rel") == Some("canonical"));
    let canonical = canonical.filter_map(|(id, _)| tree.attribute(id, "href"));
    let url = canonical.chain(metas.all("og:url")).chain(known).map(str::trim).find(is_whole);
    url.map(str::to_owned)
}

fn authors(metas: &Metas, linked: &linked::Linked) -> Option<Value> {
    let names = linked.names("author");
    let is_name = |name: &&str| !name.contains("://") && !name.contains('@') && name.chars().count() < 120;
    let names = if names.is_empty() {
        let key = AUTHORS.iter().find(|key| metas.all(key).any(|name| is_name(&name)))?;
        metas.all(key).filter(is_name).map(str::to_owned).collect()
    } else {
        names
    };
    let names: Vec<String> = names.into_iter().filter(|name| is_name(&name.as_str())).collect();
    (!names.is_empty()).then(|| json!(names))
}

fn subjects(metas: &Metas, linked: &linked::Linked) -> Option<Value> {
    let tags: Vec<&str> = metas.all("article:tag").collect();
    let given = linked.names("keywords");
    let listed = || metas.first(KEYWORDS).map(|list| vec![list.to_owned()]).unwrap_or_default();
    let all = if given.is_empty() {
        if tags.is_empty() { listed() } else { tags.into_iter().map(str::to_owned).collect() }
    } else {
        given
    };
    let one_each = all.iter().flat_map(|list| list.split([',', ';'])).map(str::trim).filter(|item| !item.is_empty());
    let one_each: Vec<&str> = one_each.collect();
    (!one_each.is_empty()).then(|| json!(one_each))
}

fn language(tree: &Tree, metas: &Metas, linked: &linked::Linked) -> Option<String> {
    let root = tree.elements().find(|(_, tag)| *tag == "html").map(|(id, _)| id)?;
    let on_root = ["lang", "xml:lang"].iter().find_map(|name| tree.attribute(root, name)).filter(|tag| !tag.is_empty());
    let tag = on_root.map(str::to_owned).or_else(|| linked.text("inLanguage"));
    let tag = tag.or_else(|| metas.first(LANGUAGE).map(str::to_owned))?.replace('_', "-");
    crate::text::Language::from_tag(&tag).map(|_| tag)
}

/// Keeps what is known but has no field of its own.
pub(super) fn keep_description(fields: &mut Map<String, Value>, description: String) {
    let mut extra = Map::new();
    record::keep(&mut extra, "description", description.into());
    fields.insert("extra".to_owned(), extra.into());
}
