//! How other tools write a record, where it takes more than another name: shapes, bad habits, marked-up texts.
//!
//! It never names a field of ours that the table of names does not know, and never loses a value it does not use.

use serde_json::{Map, Value};

use super::{fragment, record, value};
use crate::article::Told;

/// A tool's way to write a record.
struct Dialect {
    /// A record in it has all names of one of these rows.
    marks: &'static [&'static [&'static str]],
    /// The tool's name of a value and the name that says what it is, tried in this order.
    names: &'static [(&'static str, &'static str)],
    /// What else it takes.
    adapt: fn(&mut Map<String, Value>),
}

const DIALECTS: &[Dialect] = &[
    Dialect {
        marks: &[&["headlines"], &["bodies"], &["standard"], &["versioncreated"], &["versionCreated"]],
        names: &[
            ("body_text", "body"),
            ("description_text", "summary"),
            ("firstcreated", "published"),
            ("firstCreated", "published"),
            ("contentcreated", "published"),
            ("contentCreated", "published"),
            ("versioncreated", "published"),
            ("versionCreated", "published"),
            ("versioncreated", "modified"),
            ("versionCreated", "modified"),
            ("located", "dateline"),
            ("infosource", "source"),
            ("infosources", "source"),
            ("infoSources", "source"),
            ("copyrightholder", "source"),
            ("copyrightHolder", "source"),
        ],
        adapt: ninjs,
    },
    Dialect { marks: &[&["@context"], &["@type"], &["@graph"]], names: &[], adapt: schema_org },
    Dialect {
        marks: &[&["source-hostname"], &["fingerprint", "hostname"]],
        names: &[("source-hostname", "publisher"), ("categories", "subjects"), ("filedate", "retrieved")],
        adapt: trafilatura,
    },
    Dialect {
        marks: &[&["maintext", "date_publish"], &["maintext", "source_domain"]],
        names: &[
            ("maintext", "body"),
            ("date_publish", "published"),
            ("date_modify", "modified"),
            ("date_download", "retrieved"),
            ("source_domain", "source"),
        ],
        adapt: news_please,
    },
    Dialect {
        marks: &[&["publish_date", "meta_lang"], &["publish_date", "top_image"], &["publish_date", "meta_keywords"]],
        names: &[
            ("canonical_link", "url"),
            ("meta_site_name", "source"),
            ("meta_lang", "language"),
            ("meta_keywords", "subjects"),
            ("meta_description", "summary"),
        ],
        adapt: newspaper,
    },
    Dialect {
        marks: &[&["is_archived", "content"], &["domain_name", "content"], &["reading_time", "content"]],
        names: &[
            ("published_at", "published"),
            ("published_by", "authors"),
            ("domain_name", "source"),
            ("created_at", "retrieved"),
        ],
        adapt: wallabag,
    },
    Dialect {
        marks: &[&["savedAt", "slug"], &["savedAt", "labels"], &["readingProgress"]],
        names: &[("labels", "tags"), ("savedAt", "retrieved"), ("siteName", "source")],
        adapt: |_| (),
    },
];

/// What was done to a record of a known tool.
#[derive(Default)]
pub(super) struct Adapted {
    /// Its names before.
    names: Vec<String>,
    /// The tool's name and ours.
    renamed: Vec<(&'static str, &'static str)>,
}

impl Adapted {
    /// Tells fields by the names under which they stand in the file.
    pub(super) fn tell(&self, told: &mut Told) {
        self.renamed.iter().for_each(|(theirs, ours)| told.rename(ours, theirs));
        told.known_by(&self.names);
    }
}

/// Rewrites a record of a known tool so that the table of names understands it; any other stays as it is.
///
/// Tells under which names of the tool values of our names stood.
pub(super) fn adapt(map: &mut Map<String, Value>) -> Option<Adapted> {
    let mut adapted = None;
    let speaks = |dialect: &&Dialect| dialect.marks.iter().any(|row| row.iter().all(|name| map.contains_key(*name)));
    if let Some(dialect) = DIALECTS.iter().find(speaks) {
        let Adapted { names, renamed } = adapted.get_or_insert_default();
        names.extend(map.keys().cloned());
        (dialect.adapt)(map);
        for (theirs, ours) in dialect.names {
            renamed.extend(rename(map, theirs, ours).then_some((*theirs, *ours)));
        }
    }
    plain_body(map);
    adapted
}

/// The articles of a JSON-LD `@graph`, each an object of its own; none when there is no such list.
pub(super) fn graph(map: &mut Map<String, Value>) -> Option<Vec<Map<String, Value>>> {
    let nodes = map.get_mut("@graph")?.as_array_mut()?;
    if !nodes.iter().filter_map(Value::as_object).any(is_article) {
        return None;
    }
    let article = |node: Value| match node {
        Value::Object(node) if is_article(&node) => Some(node),
        _ => None,
    };
    Some(std::mem::take(nodes).into_iter().filter_map(article).collect())
}

fn is_article(node: &Map<String, Value>) -> bool {
    let kinds = node.get("@type").cloned().map(value::items).unwrap_or_default();
    kinds.iter().filter_map(Value::as_str).any(|kind| kind.ends_with("Article") || kind == "BlogPosting")
}

/// Gives a value the name `ours`, unless another value that says something bears it; says whether it did.
fn rename(map: &mut Map<String, Value>, theirs: &str, ours: &str) -> bool {
    let is_free = map.get(ours).is_none_or(value::is_absent);
    let value = map.get_mut(theirs).filter(|value| is_free && !value::is_absent(value)).map(Value::take);
    value.map(|value| map.insert(ours.to_owned(), value)).is_some()
}

/// A body that is HTML, as text; the first marked-up body where there is no other.
fn plain_body(map: &mut Map<String, Value>) {
    const PLAIN: [&str; 8] =
        ["body", "text", "content", "articleBody", "articlebody", "body_text", "maintext", "fulltext"];
    const MARKED: [&str; 6] = ["body_html", "body_xhtml", "content_html", "article_html", "html", "contentHtml"];
    for name in PLAIN {
        if let Some(Value::String(text)) = map.get_mut(name)
            && fragment::is_html(text)
        {
            *text = fragment::text(text);
        }
    }
    if PLAIN.iter().any(|name| map.get(*name).is_some_and(|value| !value::is_absent(value))) {
        return;
    }
    if let Some(html) = MARKED.iter().find_map(|name| map.get(*name)?.as_str()).filter(|html| !html.trim().is_empty()) {
        map.insert("body".to_owned(), fragment::text(html).into());
    }
}

fn ninjs(map: &mut Map<String, Value>) {
    if let Some(headlines) = map.get_mut("headlines").map(Value::take) {
        roles(map, headlines, &[("main", "title"), ("", "title"), ("sub", "subtitle")]);
    }
    if let Some(descriptions) = map.get_mut("descriptions").map(Value::take) {
        roles(map, descriptions, &[("", "summary")]);
    }
    if let Some(Value::Array(bodies)) = map.get_mut("bodies").map(Value::take) {
        let is_plain = |body: &&Value| {
            let kind = body.get("contenttype").or_else(|| body.get("contentType"));
            kind.and_then(Value::as_str).is_none_or(|kind| kind.eq_ignore_ascii_case("text/plain"))
        };
        let body = bodies.iter().find(is_plain).or(bodies.first());
        if let Some(text) = body.and_then(|body| body.get("value")).and_then(Value::as_str) {
            let text = if fragment::is_html(text) { fragment::text(text) } else { text.to_owned() };
            map.insert("body".to_owned(), text.into());
        }
    }
    // The identifier of an item is an address only where the agency made it one.
    if map.get("uri").and_then(Value::as_str).is_some_and(|uri| !uri.starts_with("http")) {
        rename(map, "uri", "id");
    }
}

/// Of a list of texts with roles, the first of each role to the name it means; the rest stays under its role.
fn roles(map: &mut Map<String, Value>, list: Value, names: &[(&str, &str)]) {
    let Value::Array(mut list) = list else { return };
    let role = |item: &Value| item.get("role").and_then(Value::as_str).unwrap_or_default().to_owned();
    let text = |item: &Value| item.get("value").filter(|value| !value::is_absent(value)).cloned();
    for (wanted, name) in names {
        let is_free = map.get(*name).is_none_or(value::is_absent);
        let found = list.iter().position(|item| role(item).contains(wanted) && text(item).is_some());
        if let Some(item) = found.filter(|_| is_free).map(|at| list.remove(at)) {
            map.extend(text(&item).map(|text| ((*name).to_owned(), text)));
        }
    }
    for item in &list {
        let name = format!("headline {}", role(item));
        if let Some(text) = text(item) {
            record::keep(map, name.trim(), text);
        }
    }
}

fn schema_org(map: &mut Map<String, Value>) {
    for name in ["@context", "@type"] {
        map.shift_remove(name);
    }
    commas(map, "keywords");
    if let Some(Value::Object(page)) = map.get_mut("mainEntityOfPage").map(Value::take)
        && let Some(id) = page.get("@id").filter(|id| !value::is_absent(id))
    {
        map.insert("mainEntityOfPage".to_owned(), id.clone());
    }
    rename(map, "mainEntityOfPage", "url");
    rename(map, "@id", "url");
    for name in ["isPartOf", "sourceOrganization", "provider"] {
        rename(map, name, "publisher");
    }
    for (theirs, otherwise) in [("mentions", "subjects"), ("about", "subjects")] {
        let Some(things) = map.get_mut(theirs).map(Value::take) else { continue };
        for thing in value::items(things) {
            let kind = thing.get("@type").and_then(Value::as_str).unwrap_or_default();
            let list = match kind {
                "Person" => "people",
                "Place" | "City" | "Country" | "AdministrativeArea" => "places",
                kind if kind.ends_with("Organization") || kind == "Corporation" => "organisations",
                _ => otherwise,
            };
            append(map, list, named(thing));
        }
    }
    for (theirs, ours) in
        [("contentLocation", "places"), ("locationCreated", "dateline"), ("spatialCoverage", "places")]
    {
        if let Some(thing) = map.get_mut(theirs).map(Value::take) {
            match ours {
                "places" => value::items(thing).into_iter().for_each(|thing| append(map, ours, named(thing))),
                _ => record::keep(map, ours, named(thing)),
            }
        }
    }
}

/// The name of a thing that says no more than its type beside it.
fn named(thing: Value) -> Value {
    match &thing {
        Value::Object(object) if object.keys().all(|key| key == "name" || key.starts_with('@')) => {
            object.get("name").cloned().unwrap_or(thing)
        }
        _ => thing,
    }
}

fn append(map: &mut Map<String, Value>, list: &str, thing: Value) {
    let there = map.entry(list).or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(items) = there {
        items.push(thing);
    } else {
        let first = there.take();
        let mut items = value::items(first);
        items.push(thing);
        *there = Value::Array(items);
    }
}

/// A text of keywords parted by commas, as a list.
fn commas(map: &mut Map<String, Value>, name: &str) {
    if let Some(value) = map.get_mut(name)
        && let Some(text) = value.as_str().filter(|text| text.contains(',') && !text.contains(';'))
    {
        let list = text.split(',').map(str::trim).filter(|word| !word.is_empty()).map(Value::from);
        *value = list.collect();
    }
}

fn trafilatura(map: &mut Map<String, Value>) {
    let has_text = map.get("text").is_some_and(|text| !value::is_absent(text));
    if has_text {
        // The same words without their paragraphs.
        map.shift_remove("raw_text");
    } else {
        rename(map, "raw_text", "text");
    }
    if !map.contains_key("source-hostname") {
        rename(map, "sitename", "publisher");
    }
    for name in ["author", "categories", "tags"] {
        if let Some(Value::String(text)) = map.get(name).filter(|value| value.as_str().is_some_and(|t| t.contains(';')))
        {
            let list: Value = text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(Value::from).collect();
            map.insert(name.to_owned(), list);
        }
    }
}

fn news_please(map: &mut Map<String, Value>) {
    for value in map.values_mut().filter(|value| value.as_str().is_some_and(|text| text.trim() == "None")) {
        *value = Value::Null;
    }
    if map.get("text") == map.get("maintext") {
        map.shift_remove("text");
    }
}

fn newspaper(map: &mut Map<String, Value>) {
    let host = map.get("source_url").and_then(Value::as_str).and_then(host).map(str::to_owned);
    if let Some(host) = host.filter(|_| map.get("meta_site_name").is_none_or(value::is_absent)) {
        map.insert("meta_site_name".to_owned(), host.into());
    }
    // What the tool counted in the text is no label where the page has labels of its own.
    let has_labels = map.get("meta_keywords").is_some_and(|labels| !value::is_absent(labels));
    if has_labels && let Some(counted) = map.shift_remove("keywords") {
        match map.entry("extra").or_insert_with(|| Value::Object(Map::new())) {
            Value::Object(extra) => record::keep(extra, "keywords", counted),
            _ => drop(map.insert("keywords".to_owned(), counted)),
        }
    }
    let has_text = map.get("text").is_some_and(|text| !value::is_absent(text));
    for page in ["html", "article_html"] {
        if has_text {
            map.shift_remove(page);
        }
    }
}

fn host(address: &str) -> Option<&str> {
    let host = address.split_once("://")?.1.split(['/', '?', '#']).next()?;
    Some(host.strip_prefix("www.").unwrap_or(host)).filter(|host| !host.is_empty())
}

fn wallabag(map: &mut Map<String, Value>) {
    if let Some(Value::Array(tags)) = map.get_mut("tags") {
        for tag in tags.iter_mut() {
            if let Some(label) = tag.get("label").cloned() {
                *tag = label;
            }
        }
    }
    if let Some(Value::String(content)) = map.get_mut("content") {
        *content = fragment::text(content);
    }
}

#[cfg(test)]
mod tests;
