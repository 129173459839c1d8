//! ProQuest text downloads: articles between rules of underscores.
//!
//! It never takes a line for a field whose name its table does not have.

use super::{Clipping, Line, keyed, nexis::language};

/// The keys and our names of them; an empty name says nothing of the article.
const KEYS: &[(&str, &str)] = &[
    ("Author", "authors"),
    ("Publication info", "publication_info"),
    ("Abstract", "summary"),
    ("Links", ""),
    ("Full text", "body"),
    ("Title", "title"),
    ("Subtitle", "subtitle"),
    ("Subject", "subjects"),
    ("Location", "places"),
    ("People", "people"),
    ("Company / organization", "organisations"),
    ("Publication title", "source"),
    ("Section", "section"),
    ("Pages", "page"),
    ("First page", "page"),
    ("Number of pages", "number_of_pages"),
    ("Publication year", "publication_year"),
    ("Publication date", "published"),
    ("Year", ""),
    ("Edition", "edition"),
    ("Volume", "volume"),
    ("Issue", "issue"),
    ("Column", "column"),
    ("Dateline", "dateline"),
    ("Publisher", "publisher_name"),
    ("Place of publication", "place_of_publication"),
    ("Country of publication", "country_of_publication"),
    ("Publication subject", "publication_subject"),
    ("ISSN", "issn"),
    ("e-ISSN", "issn"),
    ("Source type", "source_type"),
    ("Language of publication", "language"),
    ("Document type", "genre"),
    ("Document feature", "document_feature"),
    ("ProQuest document ID", "proquest_id"),
    ("Document URL", "url"),
    ("Copyright", "rights"),
    ("Last updated", "modified"),
    ("Database", "database"),
    ("Credit", "credit"),
    ("Illustration", "graphic"),
    ("Caption", "graphic"),
    ("Classification", "classification"),
    ("Identifier / keyword", "keywords_given"),
];

/// Whether a text is such a download.
pub(super) fn is(text: &str) -> bool {
    let is_id = |line: &str| line.starts_with("ProQuest document ID:");
    text.lines().any(|line| is_rule(line.trim())) && text.lines().any(|line| is_id(line.trim()))
}

/// The lines of each article; the report's own first and last pages are none.
pub(super) fn cut<'a, 'b>(lines: &'b [Line<'a>]) -> Vec<&'b [Line<'a>]> {
    const OWN: &[&str] =
        &["Report Information from ProQuest", "Table of contents", "Bibliography", "Contact us at:", "Citation style:"];
    let is_own = |line: &Line<'_>| OWN.iter().any(|head| line.bare().starts_with(head));
    let is_article = |lines: &&[Line<'_>]| {
        let has = |key| lines.iter().any(|line| keyed::key(line.bare(), &[key]).is_some());
        let says = lines.iter().any(|line| !line.is_blank());
        let is_short = lines.len() < 4 && !has("Title") && !has("Full text");
        says && (has("ProQuest document ID") || !(is_short || lines.iter().any(is_own)))
    };
    lines.split(|line| is_rule(line.bare())).filter(is_article).collect()
}

fn is_rule(line: &str) -> bool {
    line.len() >= 20 && line.bytes().all(|byte| byte == b'_')
}

/// Reads one article.
pub(super) fn read<'a>(lines: &[Line<'a>]) -> Result<Clipping<'a>, String> {
    let keys: Vec<&'static str> = KEYS.iter().map(|(key, _)| *key).collect();
    let mut clipping = Clipping::default();
    let all = keyed::all(lines, &keys);
    let Some(text) = all.iter().position(|key| key.key == "Full text") else {
        all.iter().for_each(|key| field(key.key, &key.value, &mut clipping));
        return clipping.checked();
    };
    let Some(start) = all.get(text).map(|key| key.at) else { return clipping.checked() };
    let end = fields_begin(lines, all.get(text + 1..).unwrap_or_default());
    for key in all.iter().filter(|key| key.end <= start || key.at >= end) {
        field(key.key, &key.value, &mut clipping);
    }
    let mut body: Vec<Line<'_>> = lines.get(start..end).unwrap_or_default().to_vec();
    if let Some(first) = body.first_mut() {
        first.text = first.bare().split_once(':').map_or("", |(_, value)| value.trim_start());
    }
    clipping.fill(&body);
    clipping.checked()
}

/// Where the fields behind the text begin: every line from there on is a key or goes on with its value.
fn fields_begin(lines: &[Line<'_>], keys: &[keyed::Keyed]) -> usize {
    let mut end = lines.len();
    for key in keys.iter().rev() {
        let says_nothing = |line: &Line<'_>| line.is_blank() || line.heads_fields();
        if !lines.get(key.end..end).unwrap_or_default().iter().all(says_nothing) {
            break;
        }
        end = key.at;
    }
    end
}

fn field(key: &'static str, value: &str, clipping: &mut Clipping<'_>) {
    let name = KEYS.iter().find(|(known, _)| *known == key).map_or(key, |(_, name)| name);
    clipping.label = key;
    match name {
        "" => {}
        "authors" => authors(value, clipping),
        "language" => clipping.put(name, language(value)),
        "title" | "published" | "source" if clipping.fields.contains_key(name) => {}
        _ => clipping.put(name, value),
    }
}

/// `Vell, Nora; Orrin, Jan` as names in the order they are spoken.
fn authors(value: &str, clipping: &mut Clipping<'_>) {
    let spoken = |name: &str| match name.split_once(',') {
        Some((last, first)) if !first.contains(',') => format!("{} {}", first.trim(), last.trim()),
        _ => name.trim().to_owned(),
    };
    let names: Vec<String> = value.split(';').map(spoken).filter(|name| !name.is_empty()).collect();
    clipping.put("authors", &names.join("; "));
}
