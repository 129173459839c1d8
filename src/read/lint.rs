//! What is odd about the articles of a file, seen side by side: records twice, titles that are none.
//!
//! It never drops or changes an article; it only notes.

use std::collections::HashMap;

use super::Reading;
use crate::article::{Draft, Note, PartKind};

/// Titles of pages that stand where an article should; in small letters.
const NO_TITLES: &[&str] = &[
    "403 forbidden",
    "404",
    "404 not found",
    "access denied",
    "are you a robot?",
    "attention required! | cloudflare",
    "error",
    "just a moment...",
    "no title",
    "not found",
    "page not found",
    "subscribe to read",
    "untitled",
    "untitled document",
];

/// Notes what is odd.
pub(super) fn note(reading: &mut Reading) {
    let mut lines: HashMap<String, u32> = HashMap::new();
    for draft in &mut reading.drafts {
        let odd = odd_title(draft).map(|title| format!("“{title}” is no title of an article"));
        if let Some(reason) = odd {
            add(Note::new("title", reason), draft);
        }
        match lines.get(&draft.hash) {
            Some(line) => {
                let reason = format!("the same record as the one on line {line} of this file");
                add(Note::new("duplicate", reason), draft);
            }
            None => drop(lines.insert(draft.hash.clone(), draft.line)),
        }
    }
}

/// Adds a note, unless our own converter already brought it along.
fn add(note: Note, draft: &mut Draft) {
    if !draft.notes.contains(&note) {
        draft.notes.push(note);
    }
}

fn odd_title(draft: &Draft) -> Option<&str> {
    let title = draft.passages.iter().find(|passage| passage.kind == PartKind::Title)?.text.trim();
    let is_odd = NO_TITLES.contains(&title.to_lowercase().as_str())
        || (!title.is_empty() && !title.chars().any(char::is_alphanumeric));
    is_odd.then_some(title)
}

#[cfg(test)]
mod tests {
    use crate::{read::read_bytes, settings::Settings};

    #[test]
    fn odd_records_are_noted() {
        let text =
            "{\"title\": \"Flood\"}\n{\"title\": \"404 Not Found\"}\n{\"title\": \"Flood\"}\n{\"title\": \"...\"}\n";
        let reading = read_bytes("a.jsonl", text.as_bytes(), None, &Settings::default());
        let notes: Vec<Vec<&str>> =
            reading.drafts.iter().map(|draft| draft.notes.iter().map(|note| note.reason.as_str()).collect()).collect();
        let duplicate = "the same record as the one on line 1 of this file";
        let expected = [
            vec![],
            vec!["“404 Not Found” is no title of an article"],
            vec![duplicate],
            vec!["“...” is no title of an article"],
        ];
        assert_eq!(notes, expected);
    }
}
