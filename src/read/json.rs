//! JSON: one record, a list of them, or `{"articles": […]}`.
//!
//! A record that cannot be read never costs the others.

pub(super) mod pieces;
mod places;
pub(super) mod strings;

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use super::{
    dialect, digits,
    intake::{Intake, Refusal},
    record::{self, Whence},
    source::Source,
    value,
};
use crate::article::{Note, PublishedFrom};

/// The key by which our exports are known.
pub(super) const MARKER: &str = "morgue_export";

/// An object whose repeated keys are told.
#[derive(Debug, PartialEq)]
pub(super) struct Object {
    pub(super) map: Map<String, Value>,
    /// Names that stood there more than once; the last value won.
    pub(super) repeated: Vec<String>,
}

/// Reads a whole JSON text, the file's, into `reading`.
pub(super) fn read(file: &Source<'_>, intake: &mut Intake<'_>) {
    let text = file.text();
    let line = line_at(text, text.len() - text.trim_start().len());
    let body = text.trim();
    if body.starts_with('[') {
        return list(body, (Place { line, column: 0 }, file), intake);
    }
    match object(body, Place { line, column: 0 }) {
        Ok(object) if object.map.contains_key(MARKER) => intake.refuse_hit_list(),
        Ok(object) if is_envelope(&object.map) => envelope(body, (line, file), &object.map, intake),
        Ok(object) => take_placed((object, body), line, file, intake),
        Err(refusal) => intake.refuse(refusal),
    }
}

/// As [`take`], of a record that may take several lines of the file.
fn take_placed((object, record): (Object, &str), line: u32, file: &Source<'_>, intake: &mut Intake<'_>) {
    let before = intake.reading.drafts.len();
    take(object, hash(record.as_bytes()), line, intake);
    places::tell(record, file, intake.reading.drafts.get_mut(before..).unwrap_or_default());
}

/// Turns an object into a draft, unless there is nothing in it; a graph of linked data into one for each article in it.
pub(super) fn take(mut object: Object, hash: String, line: u32, intake: &mut Intake<'_>) {
    let Some(nodes) = dialect::graph(&mut object.map) else { return take_one(object, hash, line, intake) };
    for map in nodes {
        let node = Value::Object(map);
        let hash = self::hash(node.to_string().as_bytes());
        if let Value::Object(map) = node {
            take_one(Object { map, repeated: Vec::new() }, hash, line, intake);
        }
    }
}

/// An object alone; a graph in a graph is none.
fn take_one(mut object: Object, hash: String, line: u32, intake: &mut Intake<'_>) {
    let adapted = if object.map.contains_key("parts") { None } else { dialect::adapt(&mut object.map) };
    let whence = Whence { line, published: PublishedFrom::Field, by: "field" };
    let says = |value: &Value| !(value::is_absent(value) || value.as_array().is_some_and(Vec::is_empty));
    let names: Vec<String> = match object.map.len() {
        ..16 => object.map.iter().filter(|(_, value)| says(value)).map(|(name, _)| name.clone()).collect(),
        _ => Vec::new(),
    };
    let mut draft = record::draft(object.map, whence, &intake.context);
    if let Some(adapted) = adapted {
        adapted.tell(&mut draft.told);
    }
    if record::is_empty(&draft) {
        let others = if names.is_empty() { String::new() } else { format!(" (only {})", names.join(", ")) };
        let reason = format!("empty: no text, no names, no lists{others}");
        return intake.refuse(Refusal { line, kind: "empty", reason });
    }
    if draft.hash.is_empty() {
        draft.hash = hash;
    }
    if !object.repeated.is_empty() {
        let reason = format!("given more than once, the last one counts: {}", object.repeated.join(", "));
        draft.notes.push(Note::new("repeated-key", reason));
    }
    intake.reading.drafts.push(draft);
}

/// Where a slice of a file begins: line from 1, code points before it on that line.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) line: u32,
    pub(super) column: usize,
}

/// Reads one object.
pub(super) fn object(text: &str, place: Place) -> Result<Object, Refusal> {
    if text.trim_start().starts_with('{') {
        let mut object: Object = serde_json::from_str(text).map_err(|fault| invalid(text, &fault, place))?;
        digits::of_json(text.trim_start(), &mut object.map);
        return Ok(object);
    }
    match serde_json::from_str::<IgnoredAny>(text) {
        Ok(_) => {
            let reason = "not a record: an article is an object with fields, { … }".to_owned();
            Err(Refusal { line: place.line, kind: "not-a-record", reason })
        }
        Err(fault) => Err(invalid(text, &fault, place)),
    }
}

/// The first half of a blake3 hash: 32 hex digits.
pub(super) fn hash(bytes: &[u8]) -> String {
    shown(&blake3::hash(bytes))
}

/// 32 hex digits of a hash: enough to tell any two records apart, half as much to store.
pub(super) fn shown(hash: &blake3::Hash) -> String {
    hash.to_hex().chars().take(32).collect()
}

fn invalid(text: &str, fault: &serde_json::Error, place: Place) -> Refusal {
    let line = place.line + fault.line().saturating_sub(1) as u32;
    let before = text.lines().nth(fault.line().saturating_sub(1)).unwrap_or_default();
    let points = before.char_indices().take_while(|(byte, _)| *byte < fault.column()).count();
    let column = points + if fault.line() <= 1 { place.column } else { 0 };
    let told = fault.to_string();
    let what = told.rsplit_once(" at line ").map_or(told.as_str(), |(what, _)| what);
    let what = if what == "recursion limit exceeded" { "brackets nested too deeply (more than 127)" } else { what };
    let reason = format!("not valid JSON, line {line} column {column}: {what}");
    Refusal { line, kind: "invalid-json", reason }
}

fn list(text: &str, (place, file): (Place, &Source<'_>), intake: &mut Intake<'_>) {
    let found = pieces::of(text);
    let mut here = Walker { text, byte: 0, place };
    for (n, range) in found.ranges.iter().enumerate() {
        let Some(piece) = text.get(range.clone()) else { continue };
        here.go_to(range.start);
        match object(piece, here.place) {
            Ok(object) if n == 0 && object.map.contains_key(MARKER) => return intake.refuse_hit_list(),
            Ok(object) => take_placed((object, piece), here.place.line, file, intake),
            Err(refusal) => intake.refuse(refusal),
        }
        if !intake.pass_on() {
            return;
        }
    }
    if let Some((byte, what)) = found.fault {
        here.go_to(byte);
        let Place { line, column } = here.place;
        let reason = format!("not valid JSON, line {line} column {}: {what}", column + 1);
        intake.refuse(Refusal { line, kind: "invalid-json", reason });
    } else if found.ranges.is_empty() {
        let reason = "empty: a list without records".to_owned();
        intake.refuse(Refusal { line: place.line, kind: "empty", reason });
    }
}

/// Counts lines while walking forward through a text.
struct Walker<'a> {
    text: &'a str,
    byte: usize,
    place: Place,
}

impl Walker<'_> {
    fn go_to(&mut self, byte: usize) {
        let between = self.text.get(self.byte..byte).unwrap_or_default();
        match between.rsplit_once('\n') {
            Some((_, last)) => {
                self.place.line += between.matches('\n').count() as u32;
                self.place.column = last.chars().count();
            }
            None => self.place.column += between.chars().count(),
        }
        self.byte = byte;
    }
}

/// Whether an object only wraps a list of articles.
fn is_envelope(map: &Map<String, Value>) -> bool {
    let has_own = ["title", "headline", "body", "text", "content"].iter().any(|key| map.contains_key(*key));
    !has_own && map.get("articles").is_some_and(Value::is_array)
}

fn envelope(text: &str, (line, file): (u32, &Source<'_>), map: &Map<String, Value>, intake: &mut Intake<'_>) {
    let others: Vec<&str> = map.keys().map(String::as_str).filter(|key| *key != "articles").collect();
    if !others.is_empty() {
        let reason = format!("beside the list of articles, not read: {}", others.join(", "));
        intake.note(Note::new("unknown-field", reason));
    }
    for range in pieces::of(text).ranges {
        let Some(member) = text.get(range.clone()) else { continue };
        if let Some(rest) = member.strip_prefix("\"articles\"")
            && let Some(offset) = rest.find('[')
        {
            let start = range.end - rest.len() + offset;
            let mut here = Walker { text, byte: 0, place: Place { line, column: 0 } };
            here.go_to(start);
            return list(rest[offset..].trim_end(), (here.place, file), intake);
        }
    }
}

fn line_at(text: &str, byte: usize) -> u32 {
    1 + text.get(..byte).unwrap_or_default().matches('\n').count() as u32
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Objects;
        impl<'de> Visitor<'de> for Objects {
            type Value = Object;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("names with values")
            }
            fn visit_unit<E>(self) -> Result<Object, E> {
                Ok(Object { map: Map::new(), repeated: Vec::new() })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Object, A::Error> {
                let (mut map, mut repeated) = (Map::new(), Vec::new());
                while let Some((key, value)) = access.next_entry::<String, Value>()? {
                    match map.entry(key) {
                        serde_json::map::Entry::Occupied(mut there) => {
                            repeated.push(there.key().clone());
                            there.insert(value);
                        }
                        serde_json::map::Entry::Vacant(free) => drop(free.insert(value)),
                    }
                }
                Ok(Object { map, repeated })
            }
        }
        from.deserialize_any(Objects)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::Origin, settings::Settings};

    /// Titles of the drafts and their lines; lines, kinds and reasons of the refusals.
    fn check(text: &str, drafts: &[(u32, &str)], refused: &[(Option<u32>, &str, &str)]) {
        let settings = Settings::default();
        let mut intake = Intake::new("a.json", &settings);
        read(&Source::of(text, &Origin::on_line(1)), &mut intake);
        let reading = intake.reading;
        let found: Vec<(u32, &str)> = reading.drafts.iter().map(|d| (d.line, d.passages[0].text.as_str())).collect();
        assert_eq!(found, drafts, "{text}");
        let found: Vec<_> = reading.problems.iter().map(|p| (p.line, p.kind.as_str(), p.reason.as_str())).collect();
        assert_eq!(found, refused, "{text}");
    }

    #[test]
    fn records_are_found_with_their_lines() {
        check("{\"title\": \"A\"}", &[(1, "A")], &[]);
        check("\n[\n {\"title\": \"A ]\\\"}\"},\n\n {\"title\": \"B\"}]\n", &[(3, "A ]\"}"), (5, "B")], &[]);
        check("{\n\"articles\": [\n{\"title\": \"A\"},\n{\"title\": \"B\"}]}", &[(3, "A"), (4, "B")], &[]);
        check(
            "{\"version\": 2, \"articles\": [{\"title\": \"A\"}]}",
            &[(1, "A")],
            &[(None, "unknown-field", "beside the list of articles, not read: version")],
        );
    }

    #[test]
    fn a_bad_record_does_not_cost_the_others() {
        check(
            "[{\"title\": \"A\"},\n7,\n{\"title\": },\n{\"title\": \"D\"}]",
            &[(1, "A"), (4, "D")],
            &[
                (Some(2), "not-a-record", "not a record: an article is an object with fields, { … }"),
                (Some(3), "invalid-json", "not valid JSON, line 3 column 11: expected value"),
            ],
        );
        check(
            "[{\"title\": \"A\"},\n{\"title\": \"B\"",
            &[(1, "A")],
            &[(Some(2), "invalid-json", "not valid JSON, line 2 column 14: the list is not closed")],
        );
    }

    #[test]
    fn nesting_has_an_end() {
        let text = format!("{{\"a\": {}1{}}}", "[".repeat(300), "]".repeat(300));
        let reason = "not valid JSON, line 1 column 133: brackets nested too deeply (more than 127)";
        check(&text, &[], &[(Some(1), "invalid-json", reason)]);
        let list = "[".repeat(100_000);
        let settings = Settings::default();
        let mut intake = Intake::new("a.json", &settings);
        read(&Source::of(&list, &Origin::on_line(1)), &mut intake);
        assert_eq!(intake.reading.problems.len(), 1);
    }

    #[test]
    fn an_export_of_ours_is_no_article() {
        let reason = "a hit list: an export of this program, not an article";
        check("{\"morgue_export\": {}, \"hits\": []}", &[], &[(None, "hit-list", reason)]);
        check("[{\"morgue_export\": {}}, {\"title\": \"A\"}]", &[], &[(None, "hit-list", reason)]);
    }

    #[test]
    fn nothing_is_refused_as_empty() {
        check("[]", &[], &[(Some(1), "empty", "empty: a list without records")]);
        let reason = "empty: no text, no names, no lists (only id)";
        check("{\"id\": \"a\", \"title\": \"\"}", &[], &[(Some(1), "empty", reason)]);
    }
}
