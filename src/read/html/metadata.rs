//! What a page says of its article outside the text: JSON-LD, meta elements, its head; gathered under our fields' names.
//!
//! It never reads the article's text, and leaves the values' types to `record`.

mod address;
mod byline;
mod clock;
pub(super) mod linked;
mod printed;
pub(super) mod title;
mod when;

use serde_json::{Map, Value, json};

use super::tree::{self, NodeId, Tree};
use crate::{
    article::{PublishedFrom, Told},
    read::{fragment, record},
};

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
    /// Who gave each field.
    pub(super) told: Told,
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

/// The one spelling of a name: Dublin Core is written dc.title and dc:title.
pub(super) fn dotted(name: &str) -> String {
    name.replace("dc:", "dc.").replace("dcterms:", "dcterms.")
}

impl Metas {
    fn of(tree: &Tree) -> Self {
        let pair = |id: NodeId| {
            let names =
                ["property", "name", "itemprop", "http-equiv"].iter().find_map(|key| tree.attribute(id, key))?;
            let content = plain(tree.attribute(id, "content")?);
            (!content.is_empty()).then_some((names, content))
        };
        let pairs = tree.elements().filter(|(_, tag)| *tag == "meta").filter_map(|(id, _)| pair(id));
        // RDFa lets one element say several properties.
        let named = pairs.flat_map(|(names, content)| {
            let names = names.split_whitespace().take(MOST_NAMES).map(str::to_lowercase);
            names.map(move |name| (name, content.clone()))
        });
        Self(named.collect())
    }

    /// The names as the page writes them, where that is not the one spelling; what remains has that alone.
    fn printed(&mut self) -> Vec<(String, String)> {
        let mut printed = Vec::new();
        for (name, _) in self.0.iter_mut().filter(|(name, _)| name.contains("dc:") || name.contains("dcterms:")) {
            let spelled = dotted(name);
            printed.push((spelled.clone(), std::mem::replace(name, spelled)));
        }
        printed
    }

    /// The content of the best of some names.
    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    /// The same, with the name.
    fn said(&self, names: &[&'static str]) -> Option<Stated<String>> {
        names.iter().find_map(|name| Some((("meta", *name), self.all(name).next()?.to_owned())))
    }

    /// The contents of one name.
    fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, content)| content.as_str())
    }
}

/// Who tells a value: an element of a kind, and its name.
pub(super) type By = (&'static str, &'static str);

/// What is told, by whom.
pub(super) type Stated<T> = (By, T);

/// Gathers what a page says of its article; `known` is its address as others tell it, `zone` the archive's.
pub(super) fn of(tree: &Tree, known: Option<&str>, zone: Option<&str>) -> Metadata {
    let mut metas = Metas::of(tree);
    let printed = metas.printed();
    let linked = linked::of(tree);
    let url = address(tree, &metas, known);
    let address = url.as_ref().map(|(_, url)| url.as_str());
    let clock = address.and_then(clock::of);
    let site = linked.said("publisher").or_else(|| metas.said(SITE));
    let names = site.iter().map(|(_, site)| site.as_str());
    let sites: Vec<&str> = names.chain(address.and_then(host)).collect();
    let (title, heading) = title::of(tree, &metas, &linked, &sites);
    let witnesses = when::Witnesses { metas: &metas, linked: &linked, url: address, heading, zone, clock };
    let published = when::of(tree, &witnesses);
    let mut metadata = Metadata { heading, body: linked.body(), ..Metadata::default() };
    metadata.published_from = published.as_ref().map(|(_, told)| told.from);
    metadata.put("title", title);
    metadata.put("source", site);
    metadata.put_authors(tree, authors(&metas, &linked));
    metadata.put("section", linked.said("articleSection").or_else(|| metas.said(SECTION)));
    metadata.put("language", language(tree, &metas, &linked));
    metadata.put("subjects", subjects(&metas, &linked));
    metadata.put("published", published.map(|(day, told)| (told.by, day)));
    metadata.put("modified", linked.said("dateModified").or_else(|| metas.said(when::MODIFIED)));
    metadata.put("url", url);
    let description = linked.text("description").or_else(|| metas.first(DESCRIPTION).map(str::to_owned));
    printed.iter().for_each(|(ours, theirs)| metadata.told.rename(ours, theirs));
    Metadata { description, ..metadata }
}

impl Metadata {
    fn put(&mut self, name: &'static str, said: Option<Stated<impl Into<Value>>>) {
        let Some(((by, named), value)) = said else { return };
        self.fields.insert(name.to_owned(), value.into());
        self.told.tell(name, by, named);
    }

    /// The authors that are told, else those of a byline.
    fn put_authors(&mut self, tree: &Tree, told: Option<Stated<Value>>) {
        let line = told.is_none().then(|| byline::of(tree, self.heading)).flatten();
        let printed = line.as_ref().and_then(|line| line.printed.clone());
        self.put("byline", printed.map(|line| (("a line by the headline", ""), line)));
        let marked = || Some((("an element marked", "author"), line?.authors()?));
        self.put("authors", told.or_else(marked));
    }
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

/// The same with the paragraphs and breaks that its markup makes, where it has any.
fn plain_lines(value: &str) -> String {
    let marked = marked(value);
    if marked.contains('<') { fragment::text(&marked) } else { plain(value) }
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
fn address(tree: &Tree, metas: &Metas, known: Option<&str>) -> Option<Stated<String>> {
    let is_whole = |url: &&str| (url.starts_with("http://") || url.starts_with("https://")) && url.len() <= 2_000;
    let canonical =
        tree.elements().filter(|(id, tag)| *tag == "link" && tree.attribute(*id, "rel") == Some("canonical"));
    let canonical = canonical.filter_map(|(id, _)| tree.attribute(id, "href")).map(|url| (("link", "canonical"), url));
    let shared = metas.all("og:url").map(|url| (("meta", "og:url"), url));
    let known = known.map(|url| (("where it was saved from", ""), url));
    let mut all = canonical.chain(shared).chain(known).map(|(by, url)| (by, url.trim()));
    all.find(|(_, url)| is_whole(url)).map(|(by, url)| (by, url.to_owned()))
}

fn authors(metas: &Metas, linked: &linked::Linked) -> Option<Stated<Value>> {
    let (mut by, names) = (("JSON-LD", "author"), linked.names("author"));
    let is_name = |name: &&str| !name.contains("://") && !name.contains('@') && name.chars().count() < 120;
    let names = if names.is_empty() {
        let key = AUTHORS.iter().find(|key| metas.all(key).any(|name| is_name(&name)))?;
        by = ("meta", *key);
        metas.all(key).filter(is_name).map(str::to_owned).collect()
    } else {
        names
    };
    let names: Vec<String> = names.into_iter().filter(|name| is_name(&name.as_str())).collect();
    (!names.is_empty()).then(|| (by, json!(names)))
}

fn subjects(metas: &Metas, linked: &linked::Linked) -> Option<Stated<Value>> {
    let some = |by: By, list: Vec<String>| (!list.is_empty()).then_some((by, list));
    let tags = || some(("meta", "article:tag"), metas.all("article:tag").map(str::to_owned).collect());
    let listed = || metas.said(KEYWORDS).map(|(by, list)| (by, vec![list]));
    let (by, all) = some(("JSON-LD", "keywords"), linked.names("keywords")).or_else(tags).or_else(listed)?;
    let one_each = all.iter().flat_map(|list| list.split([',', ';'])).map(str::trim).filter(|item| !item.is_empty());
    let one_each: Vec<&str> = one_each.collect();
    (!one_each.is_empty()).then(|| (by, json!(one_each)))
}

fn language(tree: &Tree, metas: &Metas, linked: &linked::Linked) -> Option<Stated<String>> {
    let root = tree.elements().find(|(_, tag)| *tag == "html").map(|(id, _)| id)?;
    let on_root = ["lang", "xml:lang"].into_iter().find_map(|name| Some((("html", name), tree.attribute(root, name)?)));
    let on_root = on_root.filter(|(_, tag)| !tag.is_empty()).map(|(by, tag)| (by, tag.to_owned()));
    let (by, tag) = on_root.or_else(|| linked.said("inLanguage")).or_else(|| metas.said(LANGUAGE))?;
    let tag = tag.replace('_', "-");
    crate::text::Language::from_tag(&tag).map(|_| (by, tag))
}

/// Keeps what is known but has no field of its own.
pub(super) fn keep_description(fields: &mut Map<String, Value>, description: String) {
    let mut extra = Map::new();
    record::keep(&mut extra, "description", description.into());
    fields.insert("extra".to_owned(), extra.into());
}
