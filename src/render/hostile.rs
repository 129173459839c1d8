//! What no form may break on: hostile and missing values in each of them, read back. It exists for the tests only.

use serde_json::Value;

use super::{
    form::{FORMS, Form},
    hitlist::{Row, Rows},
    sample,
};
use crate::hit::{Hit, MentionHit};

/// Forms that are no text; their own tests read them back.
const BINARY: [&str; 2] = ["xlsx", "parquet"];

/// Titles that mean something to somebody on their way.
const TITLES: [&str; 12] = [
    "\"quoted\" 'twice' and “thrice”",
    "broken\nby\r\nlines\tand tabs",
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "]]> &amp; <!-- --> &#0;",
    "😀 \u{1F9D1}\u{200D}\u{1F680} \u{FE0F}",
    "\u{202E}עברית العربية\u{202C}",
    "\u{0}\u{1}\u{8}\u{B}\u{1B}[31m\u{7F}\u{85}\u{FFFE}\u{FFFF}",
    "{unbalanced \\ @article{x, } % $ # _ ^ ~",
    "ER  - \nTY  - NEWS",
    "\u{2028}\u{2029}\u{FEFF}",
    "",
];

/// A hit of which every text is the same one.
fn hit(text: &str) -> Hit {
    let some = || Some(text.to_owned());
    let many = || vec![text.to_owned(), "b".to_owned()];
    let all = Hit { url: some(), source: some(), byline: some(), people: many(), places: many(), ..sample::hit(text) };
    Hit { orgs: many(), subjects: many(), tags: many(), ..all }
}

fn mention(text: &str) -> MentionHit {
    let (left, right, path) = (text.to_owned(), text.to_owned(), text.to_owned());
    let some = || Some(text.to_owned());
    MentionHit { left, right, path, entity: some(), byline: some(), ..sample::mention(text) }
}

/// Reads what a form wrote; how many rows or things it holds, where they are as many as the rows.
fn read(form: &Form, written: &str) -> Option<usize> {
    let lines = || written.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let whole = || serde_json::from_str::<Value>(written).unwrap();
    match form.name {
        "ris" => {
            let is_tagged = |line: &str| line.is_empty() || line.get(2..6) == Some("  - ");
            assert!(written.split("\r\n").all(|line| is_tagged(line) && !line.contains(['\r', '\n'])), "{written:?}");
            Some(written.matches("\r\nER  - \r\n").count())
        }
        "csl-json" => whole().as_array().map(Vec::len),
        "biblatex" => Some(biblatex::Bibliography::parse(written).unwrap().len()),
        "annotations" => whole()["first"]["items"].as_array().map(Vec::len),
        "geojson" => whole()["features"].as_array().map(|_| 1),
        "kml" | "gexf" | "graphml" => {
            let is_allowed = |c: char| !c.is_control() && !matches!(c, '\u{FFFE}' | '\u{FFFF}') || c == '\n';
            assert!(written.chars().all(is_allowed), "{}: {written:?}", form.name);
            (!sample::elements(written).is_empty()).then_some(1)
        }
        "ftm" => Some(lines().filter(|entity| entity["schema"] == "Article").count()),
        "jsonl" => Some(lines().count()),
        _ => None,
    }
}

fn check(row: Row<'_>) {
    let rows = if matches!(row, Row::Article(_)) { Rows::Articles } else { Rows::Mentions };
    for form in FORMS.iter().filter(|form| form.takes.takes(rows) && !BINARY.contains(&form.name)) {
        let written = sample::written(form.begin, rows, &[row]);
        let found = read(form, &written);
        assert!(found.is_none_or(|found| found == 1), "{}: {found:?} of {row:?} in {written}", form.name);
    }
}

#[test]
fn no_text_breaks_a_form() {
    let long = "longer ".repeat(15_000);
    for title in TITLES.into_iter().chain([long.as_str()]) {
        check(Row::Article(&hit(title)));
        check(Row::Mention(&mention(title)));
    }
}

#[test]
fn nothing_need_be_known() {
    let passage = sample::hit("").snippets;
    check(Row::Article(&Hit { snippets: passage, ..Hit::default() }));
    check(Row::Mention(&sample::bare_mention()));
    for form in FORMS.iter().filter(|form| !BINARY.contains(&form.name)) {
        let rows = if form.takes.takes(Rows::Articles) { Rows::Articles } else { Rows::Mentions };
        let found = read(form, &sample::written(form.begin, rows, &[]));
        let is_one = matches!(form.name, "geojson" | "kml" | "gexf" | "graphml");
        assert!(found.is_none_or(|found| found == usize::from(is_one)), "{}: {found:?}", form.name);
    }
}
