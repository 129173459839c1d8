//! Files to drafts: what each file says of its articles, field by field.
//!
//! It never infers, never drops silently and never fails as a whole: a file or record that cannot be read is a `Problem`.

mod alias;
mod decode;
mod format;
mod front;
mod identity;
mod json;
mod layout;
mod lines;
mod markdown;
mod own;
mod prose;
mod record;
mod value;
mod walk;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
};

use format::Format;
use json::Refusal;
use prose::Markup;
use record::Context;

use crate::{
    article::{Draft, Note, Problem},
    date::{Date, Day},
    settings::Settings,
};

pub use identity::{Siblings, claimed_id, fallback_id, fallback_ids};
pub use walk::{FileEntry, Walked, entry_of, walk};

/// What a file gave.
#[derive(Debug, Default, PartialEq)]
pub struct Reading {
    /// Its articles, in the order of the file.
    pub drafts: Vec<Draft>,
    /// Refused records or the refused file itself, and trouble of the whole file; `path` filled, `id` none.
    pub problems: Vec<Problem>,
}

/// The largest file that is read whole, in bytes.
const LARGEST: u64 = 512 << 20;

/// Reads the bytes of a file; `path` is relative to the archive and chooses the format; a sidecar comes with its path.
///
/// It never fails: a file that cannot be read is a refused problem.
pub fn read_bytes(path: &str, bytes: &[u8], sidecar: Option<(&str, &[u8])>, settings: &Settings) -> Reading {
    let mut reading = Reading::default();
    let context = Context::new(path, settings);
    whole(bytes, sidecar, &context, &mut reading);
    let hash = hash_of(bytes, sidecar.map(|(_, bytes)| bytes));
    for draft in reading.drafts.iter_mut().filter(|draft| draft.hash.is_empty()) {
        draft.hash.clone_from(&hash);
    }
    reading
}

/// Reads a file and its sidecar from disk; also gives the blake3 hash of their bytes, 64 hex digits.
///
/// Files of JSON lines are read line by line; others are refused from 512 MB on. I/O errors become refused problems.
pub fn read_file(entry: &FileEntry, settings: &Settings) -> (Reading, String) {
    let mut reading = Reading::default();
    match from_disk(entry, settings, &mut reading) {
        Ok(hash) => (reading, hash),
        Err(fault) => {
            let reason = format!("cannot be read: {fault}");
            reading.refuse(&entry.path, Refusal { line: 0, kind: "unreadable", reason });
            (reading, String::new())
        }
    }
}

/// A note on a date of publication before the first newspapers or after `today`; such a date is kept.
pub fn doubtful_date(date: &Date, today: Day) -> Option<Note> {
    let reason = || format!("published {date}: before the first newspapers or after today");
    (!date.is_plausible(today)).then(|| Note::new("date", reason()))
}

impl Reading {
    fn refuse(&mut self, path: &str, refusal: Refusal) {
        let Refusal { line, kind, reason } = refusal;
        let line = (line > 0).then_some(line);
        self.problems.push(Problem { path: path.to_owned(), line, id: None, kind: kind.into(), reason, refused: true });
    }

    fn refuse_hit_list(&mut self, path: &str) {
        let reason = "a hit list: an export of this program, not an article".to_owned();
        self.refuse(path, Refusal { line: 0, kind: "hit-list", reason });
    }

    fn note(&mut self, path: &str, note: Note) {
        let Note { kind, reason } = note;
        self.problems.push(Problem { path: path.to_owned(), line: None, id: None, kind, reason, refused: false });
    }
}

fn from_disk(entry: &FileEntry, settings: &Settings, reading: &mut Reading) -> io::Result<String> {
    let context = Context::new(&entry.path, settings);
    if is_export(entry) {
        reading.refuse_hit_list(&entry.path);
        return Ok(String::new());
    }
    if let Some(Format::Unread(name)) = format::of_name(&entry.path) {
        reading.refuse(&entry.path, unread(name));
        return Ok(String::new());
    }
    let file = File::open(&entry.absolute)?;
    if format::of_name(&entry.path) == Some(Format::Lines) {
        let mut from = BufReader::with_capacity(1 << 16, Hashing { inner: file, hasher: blake3::Hasher::new() });
        if are_lines(from.fill_buf()?) {
            lines::read(&mut from, lines::LONGEST, &context, reading);
            return Ok(from.get_ref().hasher.finalize().to_hex().to_string());
        }
    }
    if entry.size > LARGEST {
        let reason = format!("larger than {} MB; only files of JSON lines may be", LARGEST >> 20);
        reading.refuse(&entry.path, Refusal { line: 0, kind: "too-large", reason });
        return Ok(String::new());
    }
    let bytes = at_most(&entry.absolute)?;
    let sidecar = match &entry.sidecar {
        Some(sidecar) => Some((sidecar.path.as_str(), at_most(&sidecar.absolute)?)),
        None => None,
    };
    let sidecar = sidecar.as_ref().map(|(path, bytes)| (*path, bytes.as_slice()));
    *reading = read_bytes(&entry.path, &bytes, sidecar, settings);
    Ok(hash_of(&bytes, sidecar.map(|(_, bytes)| bytes)))
}

/// A table with our provenance beside it is an export.
fn is_export(entry: &FileEntry) -> bool {
    let name = entry.path.to_ascii_lowercase();
    let mut beside = entry.absolute.clone().into_os_string();
    beside.push(".meta.json");
    let is_ours = |text: String| text.contains(json::MARKER);
    (name.ends_with(".csv") || name.ends_with(".tsv")) && std::fs::read_to_string(beside).is_ok_and(is_ours)
}

fn at_most(path: &std::path::Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it grew while it was read"));
    }
    Ok(bytes)
}

/// A reader that hashes what passes.
struct Hashing<R> {
    inner: R,
    hasher: blake3::Hasher,
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.hasher.update(buffer.get(..length).unwrap_or_default());
        Ok(length)
    }
}

fn hash_of(bytes: &[u8], sidecar: Option<&[u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(bytes);
    hasher.update(sidecar.unwrap_or_default());
    hasher.finalize().to_hex().to_string()
}

fn whole(bytes: &[u8], sidecar: Option<(&str, &[u8])>, context: &Context<'_>, reading: &mut Reading) {
    let path = context.path;
    let named = format::of_name(path);
    if let Some(Format::Unread(name)) = named {
        return reading.refuse(path, unread(name));
    }
    if let Some(Format::Unread(name)) = format::of_magic(bytes) {
        return reading.refuse(path, unread(name));
    }
    if named == Some(Format::Lines) && are_lines(bytes) {
        return lines::read(bytes, lines::LONGEST, context, reading);
    }
    let Some(decoded) = decode::decode(bytes) else {
        let reason = "binary file, not text".to_owned();
        return reading.refuse(path, Refusal { line: 0, kind: "binary", reason });
    };
    let beside = sidecar.map(|(path, bytes)| fields_beside(path, bytes));
    match named.unwrap_or_else(|| format::of_text(&decoded.text)) {
        _ if decoded.text.trim().is_empty() && beside.is_none() => {
            let reason = "empty: no text".to_owned();
            reading.refuse(path, Refusal { line: 0, kind: "empty", reason });
        }
        Format::Unread(name) => reading.refuse(path, unread(name)),
        Format::Text => prose::read(decoded, Markup::Plain, beside, context, reading),
        Format::Markdown => prose::read(decoded, Markup::Markdown, beside, context, reading),
        Format::Json | Format::Lines if format::are_objects(&decoded.text) => {
            lines::read(decoded.text.as_bytes(), lines::LONGEST, context, reading);
        }
        Format::Json | Format::Lines => {
            let had = reading.drafts.len();
            json::read(&decoded.text, context, reading);
            let drafts = reading.drafts.iter_mut().skip(had);
            drafts.for_each(|draft| draft.notes.extend(decoded.note.clone()));
        }
    }
}

/// Whether a file that says so really holds one record a line, and in bytes that can be cut into lines.
fn are_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let is_wide = decode::utf16(head).is_some();
    !(is_wide || first == b"{" || head.starts_with(b"["))
}

fn fields_beside(path: &str, bytes: &[u8]) -> Result<json::Object, Note> {
    let fault = |what: &str| Note::new("sidecar", format!("{path} cannot be used: {what}"));
    let syntax = front::Syntax::of_name(path).ok_or_else(|| fault("it is no YAML, TOML or JSON"))?;
    let decoded = decode::decode(bytes).ok_or_else(|| fault("it is binary"))?;
    match front::fields(&decoded.text, syntax) {
        Ok(Some(object)) => Ok(object),
        Ok(None) => Err(fault("it holds no fields")),
        Err(what) => Err(fault(&what)),
    }
}

fn unread(name: &str) -> Refusal {
    Refusal { line: 0, kind: "unsupported-format", reason: format!("{name}: this format is not read yet") }
}
