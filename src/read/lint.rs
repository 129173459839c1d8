//! What is odd about the articles of a file, seen side by side: records twice, titles that are none, days a century off.
//!
//! It never drops or changes an article; it only notes.

use std::collections::HashMap;

use super::Reading;
use crate::{
    article::{Draft, Note, PartKind},
    date::parts_of,
};

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

/// The records of a file so far: the first line of each, by its hash.
#[derive(Debug, Default)]
pub(super) struct Seen(HashMap<[u8; 16], u32>);

impl Seen {
    /// The line on which the same record stands already.
    fn before(&mut self, draft: &Draft) -> Option<u32> {
        let mut key = [0; 16];
        let hash = blake3::hash(draft.hash.as_bytes());
        key.iter_mut().zip(hash.as_bytes()).for_each(|(own, byte)| *own = *byte);
        let known = self.0.get(&key).copied();
        if known.is_none() {
            self.0.insert(key, draft.line);
        }
        known
    }
}

/// Notes what is odd. Of a file that comes in pieces the same records are found in all of it, neighbours in the piece.
pub(super) fn note(reading: &mut Reading, seen: &mut Seen) {
    for draft in &mut reading.drafts {
        let odd = odd_title(draft).map(|title| format!("“{title}” is no title of an article"));
        if let Some(reason) = odd {
            add(Note::new("title", reason), draft);
        }
        if let Some(line) = seen.before(draft) {
            let reason = format!("the same record as the one on line {line} of this file");
            add(Note::new("duplicate", reason), draft);
        }
    }
    centuries(&mut reading.drafts);
}

/// Fewest dated articles of a file that can tell of another that it is a century off.
const NEIGHBOURS: usize = 4;
/// Years over which such neighbours may spread.
const SPREAD: i16 = 40;

/// Notes articles that stand alone, a hundred years from where all the others are.
fn centuries(drafts: &mut [Draft]) {
    let mut years: Vec<i16> = drafts.iter().filter_map(year).collect();
    years.sort_unstable();
    let (all, Some(middle)) = (years.len(), years.get(years.len() / 2).copied()) else { return };
    years.retain(|year| (middle - year).abs() <= SPREAD / 2);
    let is_most = years.len() >= NEIGHBOURS && years.len() * 5 >= all * 4;
    let (Some(first), Some(last), true) = (years.first(), years.last(), is_most) else { return };
    for draft in drafts.iter_mut() {
        let Some(year) = year(draft) else { continue };
        let is_off = [year - 100, year + 100].iter().any(|moved| (first..=last).contains(&moved));
        if is_off {
            let reason =
                format!("published {year}, but its neighbours in this file {first} to {last}: a wrong century?");
            add(Note::new("date", reason), draft);
        }
    }
}

fn year(draft: &Draft) -> Option<i16> {
    let (date, _) = draft.published.as_ref()?;
    Some(parts_of(date.from().or(date.to())?).0)
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

    #[test]
    fn a_day_a_century_from_all_others_is_noted() {
        let noted = |years: &[u32]| -> Vec<String> {
            let rows = years.iter().map(|year| format!("{year}-10-04,Flood of {year}\n"));
            let table = format!("date,title\n{}", rows.collect::<String>());
            let drafts = read_bytes("a.csv", table.as_bytes(), None, &Settings::default()).drafts;
            drafts.into_iter().flat_map(|draft| draft.notes).map(|note| note.reason).collect()
        };
        let expected = "published 1858, but its neighbours in this file 1955 to 1961: a wrong century?";
        assert_eq!(noted(&[1955, 1956, 1858, 1957, 1961]), [expected]);
        assert_eq!(noted(&[1955, 1956, 1890, 1957, 1961]), [""; 0]);
        assert_eq!(noted(&[1855, 1856, 1857, 1955, 1956, 1957, 1958]), [""; 0]);
    }
}
