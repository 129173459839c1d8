//! Nexis and LexisNexis text downloads, old and new.
//!
//! It never takes a line of the text for a field: keys count above the text, and below it from the first known one on.

use std::collections::HashSet;

use super::{
    Clipping, Line,
    keyed::{self, Keyed},
    words,
};
use crate::date::Date;

/// Keys that stand above the text.
const ABOVE: &[&str] = &[
    "BYLINE",
    "SECTION",
    "LENGTH",
    "DATELINE",
    "HEADLINE",
    "HIGHLIGHT",
    "BODY",
    "TEXT",
    "SERIES",
    "SOURCE",
    "COLUMN",
    "DISTRIBUTION",
    "TYPE",
];
/// Keys that stand below it.
const BELOW: &[&str] = &[
    "GRAPHIC",
    "LOAD-DATE",
    "LANGUAGE",
    "DOCUMENT-TYPE",
    "PUBLICATION-TYPE",
    "JOURNAL-CODE",
    "SUBJECT",
    "ORGANIZATION",
    "PERSON",
    "COMPANY",
    "TICKER",
    "GEOGRAPHIC",
    "CITY",
    "STATE",
    "COUNTRY",
    "INDUSTRY",
    "CORRECTION-DATE",
    "CORRECTION",
    "NOTES",
    "URL",
    "ACC-NO",
    "ISSN",
    "UPDATE",
];

/// Whether a text is such a download.
pub(super) fn is(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim);
    if lines.clone().take(60).any(is_counter) {
        return true;
    }
    let has_end = lines.any(|line| line == "End of Document");
    has_end && text.lines().any(|line| keyed::key(line.trim(), &["LENGTH", "LOAD-DATE"]).is_some())
}

/// The lines of each article.
pub(super) fn cut<'a, 'b>(lines: &'b [Line<'a>]) -> Vec<&'b [Line<'a>]> {
    let is_mark = |line: &Line<'_>| is_counter(line.bare()) || line.bare() == "End of Document";
    let says = |lines: &&[Line<'_>]| lines.iter().any(|line| !line.is_blank());
    lines.split(is_mark).filter(says).collect()
}

/// How many lines the cover page takes: who asked for what, and the headlines, each with its search.
pub(super) fn cover(lines: &[Line<'_>]) -> usize {
    const SEARCH: [&str; 4] = ["Client/Matter:", "Search Terms:", "Search Type:", "Narrowed by:"];
    let is_article = |line: &Line<'_>| line.bare() == "Body" || keyed::key(line.bare(), &["LENGTH"]).is_some();
    let head = lines.split(is_article).next().unwrap_or_default();
    let is_count = |line: &Line<'_>| line.bare().starts_with("Documents (") || line.bare().starts_with("Document (");
    if !head.iter().any(is_count) {
        return 0;
    }
    let is_search = |line: &Line<'_>| SEARCH.iter().any(|begin| line.bare().starts_with(begin));
    let last = head.iter().rposition(is_search).unwrap_or(0);
    last + head.iter().skip(last).take_while(|line| !line.is_blank()).count()
}

/// `1 of 120 DOCUMENTS`, `Document 1 of 120`, `1 von 120 DOKUMENTEN`.
fn is_counter(line: &str) -> bool {
    // Six words are enough to tell that a line has too many.
    let words: Vec<&str> = line.split_whitespace().take(6).collect();
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    match words.as_slice() {
        [n, "of" | "von" | "de", m, noun] => {
            is_number(n) && is_number(m) && ["DOC", "DOK"].iter().any(|head| noun.to_uppercase().starts_with(head))
        }
        _ => false,
    }
}

/// Reads one article.
pub(super) fn read<'a>(lines: &[Line<'a>]) -> Result<Clipping<'a>, String> {
    let known: Vec<&'static str> = ABOVE.iter().chain(BELOW).copied().collect();
    let keys = keyed::all(lines, &known);
    let mut clipping = Clipping::default();
    preamble(lines.get(..keys.first().map_or(lines.len(), |key| key.at)).unwrap_or_default(), &mut clipping);
    let above = above(lines, &keys);
    let text_key = keys.get(above).filter(|key| is_text(key));
    let head_end = above.checked_sub(1).and_then(|last| keys.get(last)).map_or(lines.len(), |key| key.end);
    let start = text_key.map_or(head_end, |key| key.at);
    let below = keys.get(above..).unwrap_or_default();
    let end = tail(lines, below, start);
    let is_below = |key: &&Keyed| key.at >= end;
    for key in keys.iter().take(above).chain(below.iter().filter(is_below)) {
        field(key, &mut clipping);
    }
    clipping.label = "";
    if let Some(rights) = lines.get(end..).unwrap_or_default().iter().find(|line| is_rights(line.bare())) {
        clipping.put("rights", rights.bare());
    }
    clipping.fill(&body(lines.get(start..end).unwrap_or_default(), text_key));
    clipping.checked()
}

/// How many keys stand above the text, with nothing but blank lines between them.
fn above(lines: &[Line<'_>], keys: &[Keyed]) -> usize {
    let mut end = None;
    let is_head = |key: &&Keyed| {
        let between = lines.get(end.unwrap_or(key.at)..key.at).unwrap_or_default();
        end = Some(key.end);
        !is_text(key) && between.iter().all(Line::is_blank)
    };
    keys.iter().take_while(is_head).count()
}

fn is_text(key: &Keyed) -> bool {
    key.key == "BODY" || key.key == "TEXT"
}

/// The lines of the text without the word that announces it.
fn body<'a>(lines: &[Line<'a>], key: Option<&Keyed>) -> Vec<Line<'a>> {
    let mut kept: Vec<Line<'a>> = lines.iter().skip_while(|line| line.is_blank()).copied().collect();
    let Some(first) = kept.first_mut() else { return kept };
    if key.is_some() {
        first.text = first.bare().split_once(':').map_or("", |(_, value)| value.trim_start());
    } else if first.bare() == "Body" {
        first.text = "";
    }
    kept
}

/// The index behind the text: of the first key from which on nothing but fields and a copyright stand.
fn tail(lines: &[Line<'_>], keys: &[Keyed], start: usize) -> usize {
    let is_notice = |line: &Line<'_>| line.is_blank() || is_rights(line.bare());
    let mut end = lines.len();
    for key in keys.iter().rev().filter(|key| BELOW.contains(&key.key)) {
        if !lines.get(key.end..end).unwrap_or_default().iter().all(is_notice) {
            break;
        }
        end = key.at;
    }
    let behind = lines.get(start..end).unwrap_or_default().iter().rev().take_while(|line| is_notice(line)).count();
    end - behind
}

fn is_rights(line: &str) -> bool {
    line.starts_with("Copyright") || line.eq_ignore_ascii_case("All Rights Reserved")
}

/// The lines above the first key: source, date and title in either order.
fn preamble(lines: &[Line<'_>], clipping: &mut Clipping<'_>) {
    let is_page = |line: &&Line<'_>| {
        let bare = line.bare();
        !(bare.is_empty() || bare.starts_with("Page ") && bare.contains(" of "))
    };
    let (rights, said): (Vec<&Line<'_>>, Vec<&Line<'_>>) =
        lines.iter().filter(is_page).partition(|line| is_rights(line.bare()));
    if let Some(rights) = rights.first() {
        clipping.put("rights", rights.bare());
    }
    let Some(at) = said.iter().position(|line| date(line.bare()).is_some()) else { return };
    let before = said.get(..at).unwrap_or_default();
    let after = said.get(at + 1..).unwrap_or_default();
    if let Some(line) = said.get(at) {
        clipping.put("published", &date(line.bare()).unwrap_or_default());
    }
    if let Some(source) = before.last() {
        clipping.put("source", source.bare());
    }
    let titles = match before.len() {
        0 | 1 => {
            let is_edition = |line: &&&Line<'_>| line.bare().to_lowercase().contains("edition");
            let edition = after.iter().take_while(is_edition).count();
            for line in after.iter().take(edition) {
                clipping.put("edition", line.bare());
            }
            after.get(edition..).unwrap_or_default()
        }
        length => before.get(..length - 1).unwrap_or_default(),
    };
    clipping.put("title", &titles.iter().map(|line| line.bare()).collect::<Vec<_>>().join(" "));
}

/// The day in `March 14, 2025 Friday 5:01 PM GMT`, `14 March 2025` or `Friday, March 14, 2025`.
fn date(line: &str) -> Option<String> {
    if line.len() > 80 {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let found = (2..=words.len().min(4)).rev().find_map(|length| {
        let printed = words.get(..length)?.join(" ");
        Date::parse_printed(printed.trim_end_matches(',')).ok()
    });
    found.map(|date| date.edtf().to_owned())
}

fn field(key: &Keyed, clipping: &mut Clipping<'_>) {
    let value = key.value.as_str();
    clipping.label = key.key;
    match key.key {
        "HEADLINE" => {
            clipping.fields.shift_remove("title");
            clipping.put("title", value);
        }
        "LENGTH" => clipping.words = words(value),
        "BYLINE" => byline(value, clipping),
        "HIGHLIGHT" => clipping.put("summary", value),
        "SECTION" => clipping.put("section", value),
        "DATELINE" => clipping.put("dateline", value),
        "LANGUAGE" => clipping.put("language", language(value)),
        "SUBJECT" => list("subjects", value, clipping),
        "PERSON" => list("people", value, clipping),
        "ORGANIZATION" | "COMPANY" => list("organisations", value, clipping),
        "GEOGRAPHIC" | "CITY" | "STATE" | "COUNTRY" => list("places", value, clipping),
        "URL" => clipping.put("url", value),
        "LOAD-DATE" => clipping.put("retrieved", value),
        "TYPE" | "DOCUMENT-TYPE" => clipping.put("genre", value),
        other => clipping.put(&other.to_lowercase().replace('-', "_"), value),
    }
}

fn byline(value: &str, clipping: &mut Clipping<'_>) {
    clipping.put("byline", value);
    let name = value.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map_or(value, |_| &value[3..]);
    // Only one name alone is surely a name; with places, agencies and titles behind it, it stays as printed.
    if !name.contains([',', ';', '/', '(']) && name.split_whitespace().count() <= 4 && !name.contains(" and ") {
        clipping.put("authors", name);
    }
}

/// `TALKS (90%); ENVOYS (78%)` as a list without its weights, added to what stands there.
fn list(name: &str, value: &str, clipping: &mut Clipping<'_>) {
    let bare = |item: &str| item.split_once(" (").map_or(item, |(name, _)| name).trim().to_owned();
    let items = value.split(';').map(bare).filter(|item| !item.is_empty());
    clipping.named(name);
    let there = clipping.fields.entry(name).or_insert_with(|| serde_json::Value::Array(Vec::new()));
    if let serde_json::Value::Array(list) = there {
        let mut seen: HashSet<String> = list.iter().filter_map(|known| known.as_str().map(str::to_owned)).collect();
        list.extend(items.filter(|item| seen.insert(item.clone())).map(serde_json::Value::from));
    }
}

/// `ENGLISH; ENGLISH` and its like as a tag; others as they are.
pub(super) fn language(value: &str) -> &str {
    const NAMES: &[(&str, &str)] = &[
        ("english", "en"),
        ("german", "de"),
        ("deutsch", "de"),
        ("french", "fr"),
        ("spanish", "es"),
        ("italian", "it"),
        ("portuguese", "pt"),
        ("dutch", "nl"),
        ("russian", "ru"),
        ("polish", "pl"),
        ("swedish", "sv"),
        ("danish", "da"),
        ("norwegian", "no"),
        ("arabic", "ar"),
        ("chinese", "zh"),
        ("japanese", "ja"),
    ];
    let first = value.split([';', ',']).next().unwrap_or(value).trim();
    NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(first)).map_or(first, |(_, tag)| tag)
}
