//! Front matter and sidecars: YAML, TOML or JSON fields that stand before or beside a text.
//!
//! It never loses a text for bad fields: what cannot be read is reported and the text stays whole.

use serde_json::{Map, Value};

use super::{
    digits,
    json::{self, Object, Place},
};

/// A text cut into its front matter and the rest.
#[derive(Debug, PartialEq)]
pub(super) struct Front<'a> {
    /// The fields, as written.
    pub(super) fields: &'a str,
    /// How they are written.
    pub(super) syntax: Syntax,
    /// The byte at which the rest begins.
    pub(super) rest: usize,
}

/// A way to write fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Yaml,
    Toml,
    Json,
}

impl Syntax {
    /// Of a sidecar, by its name.
    pub(super) fn of_name(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// As in a sentence.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Json => "JSON",
        }
    }
}

/// Finds front matter between `---` or `+++` lines at the beginning of a text.
pub(super) fn split(text: &str) -> Option<Front<'_>> {
    let (first, after) = text.split_once('\n')?;
    let (syntax, ends): (_, &[&str]) = match first.trim_end() {
        "---" => (Syntax::Yaml, &["---", "..."]),
        "+++" => (Syntax::Toml, &["+++"]),
        _ => return None,
    };
    let begin = text.len() - after.len();
    let mut at = begin;
    for line in after.split_inclusive('\n') {
        if ends.contains(&line.trim_end()) {
            return Some(Front { fields: text.get(begin..at)?, syntax, rest: at + line.len() });
        }
        at += line.len();
    }
    None
}

/// Reads fields; `Ok(None)` when they are no fields at all but, say, a paragraph between two rules.
///
/// # Errors
/// A sentence that says what is wrong and where.
pub(super) fn fields(text: &str, syntax: Syntax) -> Result<Option<Object>, String> {
    match syntax {
        Syntax::Yaml => yaml(text),
        Syntax::Toml => match toml::from_str::<toml::Table>(text) {
            Ok(table) => Ok(Some(Object { map: toml_map(table), repeated: Vec::new() })),
            Err(fault) => {
                let at = fault.span().map(|span| text.get(..span.start).unwrap_or(text).matches('\n').count() + 1);
                let at = at.map(|line| format!(" (line {line} of it)")).unwrap_or_default();
                Err(format!("{}{at}", fault.message().replace('\n', " ")))
            }
        },
        Syntax::Json => match json::object(text, Place { line: 1, column: 0 }) {
            Ok(object) => Ok(Some(object)),
            Err(refusal) => Err(refusal.reason),
        },
    }
}

/// Whether more brackets are open at once than any fields need: the parser takes the square of their number to say so.
fn is_too_deep(text: &str) -> bool {
    const DEEPEST: usize = 512;
    let mut open = 0_usize;
    text.bytes().any(|byte| {
        match byte {
            b'[' | b'{' => open += 1,
            b']' | b'}' => open = open.saturating_sub(1),
            _ => {}
        }
        open > DEEPEST
    })
}

fn yaml(text: &str) -> Result<Option<Object>, String> {
    if is_too_deep(text) {
        return Err("brackets nested too deeply".to_owned());
    }
    let options = serde_saphyr::options! {
        duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::PassThrough,
        strict_booleans: true,
        leading_zero_numbers_as_strings: true,
        underscored_numbers_as_strings: true,
    };
    let is_paragraph =
        |line: &str| !line.contains(':') && !line.trim().is_empty() && !line.trim_start().starts_with('#');
    if text.lines().all(|line| is_paragraph(line) || line.trim().is_empty()) && text.lines().any(is_paragraph) {
        return Ok(None);
    }
    let read = serde_saphyr::from_str_with_options::<Object>(text, options);
    let mended = |mut object: Object| {
        digits::of_yaml(text, &mut object.map);
        Some(object)
    };
    read.map(mended).map_err(|fault| {
        let told = fault.without_snippet().to_string();
        let what = told.lines().next().unwrap_or_default().trim();
        match fault.location() {
            Some(at) if !what.contains(" line ") => format!("{what} (line {} of it)", at.line()),
            _ => what.to_owned(),
        }
    })
}

fn toml_map(table: toml::Table) -> Map<String, Value> {
    table.into_iter().map(|(key, value)| (key, toml_value(value))).collect()
}

fn toml_value(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(truth) => truth.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(toml_value).collect(),
        toml::Value::Table(table) => toml_map(table).into(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn front_matter_ends_at_its_line() {
        let front = split("---\ntitle: A\n---\nBody").unwrap();
        assert_eq!((front.fields, front.rest), ("title: A\n", 17));
        assert_eq!(split("---\n---\nBody").unwrap().fields, "");
        assert_eq!(split("+++\na = 1\n+++").unwrap().syntax, Syntax::Toml);
        assert_eq!(split("---\ntitle: A\n"), None);
        assert_eq!(split("Title\n---\nBody\n---\n"), None);
    }

    #[test]
    fn fields_keep_their_spelling() {
        let text = "title: A\npublished: 2024-05-01\nyear: 1931\npage: 007\ncountry: no\npeople: []\nnone:\n\
                    tags:\n  - a\n  - \"[[b]]\"\n";
        let expected = json!({"title": "A", "published": "2024-05-01", "year": 1931, "page": "007", "country": "no",
            "people": [], "none": null, "tags": ["a", "[[b]]"]});
        assert_eq!(Value::Object(fields(text, Syntax::Yaml).unwrap().unwrap().map), expected);
        let text = "title = 'A'\npublished = 2024-05-01\nat = 2024-05-01T10:00:00Z\n";
        let expected = json!({"title": "A", "published": "2024-05-01", "at": "2024-05-01T10:00:00Z"});
        assert_eq!(Value::Object(fields(text, Syntax::Toml).unwrap().unwrap().map), expected);
    }

    #[test]
    fn repeated_names_are_told() {
        let object = fields("a: 1\nb: 2\na: 3\n", Syntax::Yaml).unwrap().unwrap();
        assert_eq!((object.map["a"].clone(), object.repeated), (json!(3), vec!["a".to_owned()]));
    }

    #[test]
    fn what_is_wrong_is_said() {
        for (text, syntax, expected) in [
            ("title: \"A\nx: [", Syntax::Yaml, "line"),
            ("a = \n", Syntax::Toml, "(line 1 of it)"),
            ("{\"a\": ", Syntax::Json, "line 1 column"),
            ("- a: b\n", Syntax::Yaml, "names with values"),
        ] {
            let told = fields(text, syntax).unwrap_err();
            assert!(told.contains(expected), "{told}");
        }
        assert_eq!(fields("A paragraph between rules.\n", Syntax::Yaml), Ok(None));
        assert_eq!(fields("", Syntax::Yaml).unwrap().unwrap().map, Map::new());
    }
}
