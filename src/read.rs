//! Files to drafts: what each file says of its articles, field by field.
//!
//! It never infers, never drops silently and never fails as a whole: a file or record that cannot be read is a `Problem`.

mod alias;
mod answer;
mod beside;
mod book;
mod bounds;
mod charset;
mod decode;
mod dialect;
mod digits;
mod docx;
mod format;
mod fragment;
mod from_path;
mod front;
mod html;
mod identity;
mod intake;
mod json;
mod labels;
mod layout;
mod lines;
mod lint;
mod mail;
mod markdown;
mod own;
mod packed;
mod pdf;
mod prose;
mod record;
pub mod schema;
mod sheet;
mod source;
mod stream;
mod table;
mod value;
mod vendor;
mod walk;
mod warc;
mod xml;

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    iter,
};

use format::Format;
use intake::{Intake, Refusal};
use lint::Seen;
use prose::Markup;
use source::Source;

use crate::{
    article::{Draft, Note, Problem},
    date::{Date, Day},
    error::Result,
    settings::Settings,
};

pub use identity::{FallbackIds, Siblings, claimed_id, fallback_id, fallback_ids};
pub use pdf::QUIET_THREAD;
pub use schema::article_schema;
pub use walk::{FileEntry, Walked, entry_of, text_beside, walk};

/// What a file gave.
#[derive(Debug, Default, PartialEq)]
pub struct Reading {
    /// Its articles, in the order of the file.
    pub drafts: Vec<Draft>,
    /// Refused records or the refused file itself, and trouble of the whole file; `path` filled, `id` none.
    pub problems: Vec<Problem>,
}

/// Some of a file's articles, with the trouble met since the last ones.
#[derive(Debug)]
pub struct Piece {
    /// What was read.
    pub reading: Reading,
    /// Whether the file ends here.
    pub is_last: bool,
}

/// Takes the pieces of a file, in its order.
pub type Taker<'t> = dyn FnMut(Piece) -> Result<()> + 't;

/// About how many bytes of a file's articles are held at a time.
const PIECE: usize = 2 << 20;
/// The largest file that is read whole, in bytes.
const LARGEST: u64 = 512 << 20;
/// Bytes at the beginning of a file in which an export says that it is one.
const MARKED: usize = 2048;

/// Reads the bytes of a file; `path` is relative to the archive and chooses the format; a sidecar comes with its path.
///
/// It never fails: a file that cannot be read is a refused problem.
pub fn read_bytes(path: &str, bytes: &[u8], sidecar: Option<(&str, &[u8])>, settings: &Settings) -> Reading {
    let mut intake = Intake::new(path, settings);
    whole(path, bytes, sidecar, &mut intake);
    finish(path, settings, &mut intake.reading, &mut Seen::default());
    intake.reading
}

/// Reads all bytes of a file; their hash.
fn whole(path: &str, bytes: &[u8], sidecar: Option<(&str, &[u8])>, intake: &mut Intake<'_>) -> String {
    content(path, bytes, sidecar, intake);
    refuse_silence(intake);
    let hash = hash_of(bytes, sidecar.map(|(_, bytes)| bytes));
    for draft in intake.reading.drafts.iter_mut().filter(|draft| draft.hash.is_empty()) {
        draft.hash.clone_from(&hash);
    }
    hash
}

/// Reads a file and its sidecar from disk; also gives the blake3 hash of their bytes, 32 hex digits, which is empty for
/// a file refused unread.
///
/// JSON lines, tables, mailboxes, crawls and compressed files are read piece by piece; others are refused from 512 MB on.
/// I/O errors become refused problems.
pub fn read_file(entry: &FileEntry, settings: &Settings) -> (Reading, String) {
    let mut all = Reading::default();
    let mut gather = |piece: Piece| {
        all.drafts.extend(piece.reading.drafts);
        all.problems.extend(piece.reading.problems);
        Ok(())
    };
    let hash = read_pieces(entry, settings, &mut gather).unwrap_or_default();
    (all, hash)
}

/// As `read_file`, but what a large file holds goes to `taker` as it is read, so that no more than a piece is in memory.
///
/// # Errors
/// What `taker` fails with; it is called no more then.
pub fn read_pieces(entry: &FileEntry, settings: &Settings, taker: &mut Taker<'_>) -> Result<String> {
    pieces_of(entry, settings, (PIECE, taker))
}

fn pieces_of(entry: &FileEntry, settings: &Settings, (size, taker): (usize, &mut Taker<'_>)) -> Result<String> {
    let mut take = |piece| taker(piece);
    let mut intake = Intake::in_pieces(&entry.path, settings, (size, &mut take));
    let hash = from_disk(entry, &mut intake).unwrap_or_else(|fault| {
        intake.refuse(Refusal::of_file("unreadable", format!("cannot be read: {fault}")));
        String::new()
    });
    let hash = match hash.is_empty() || !walk::has_changed(entry) {
        true => hash,
        false => {
            intake.note(Note::new("changed", "changed while it was read; the next run reads it again"));
            // No file has this one, whatever it holds then.
            hash_of(hash.as_bytes(), None)
        }
    };
    intake.end()?;
    Ok(hash)
}

/// The hash that `read_file` gives of a file, without reading what it holds.
///
/// # Errors
/// When the file or its sidecar cannot be read.
pub fn hash_file(entry: &FileEntry) -> io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    for file in iter::once(&entry.absolute).chain(entry.sidecar.iter().map(|sidecar| &sidecar.absolute)) {
        hasher.update_reader(File::open(file)?)?;
    }
    Ok(json::shown(&hasher.finalize()))
}

/// The text of some bytes, and what had to be guessed of it; `None` when they are no text.
pub fn text_of(bytes: &[u8]) -> Option<(String, Option<String>)> {
    let decoded = decode::decode(bytes)?;
    Some((decoded.text.into_owned(), decoded.note.map(|note| note.reason)))
}

/// A note on a date of publication before the first newspapers or after `today`; such a date is kept.
pub fn doubtful_date(date: &Date, today: Day) -> Option<Note> {
    let reason = || format!("published {date}: before the first newspapers or after today");
    (!date.is_plausible(today)).then(|| Note::new("date", reason()))
}

fn from_disk(entry: &FileEntry, intake: &mut Intake<'_>) -> io::Result<String> {
    if is_export(entry) {
        intake.refuse_hit_list();
        return Ok(String::new());
    }
    if let Some(Format::Unread(name)) = format::of_name(&entry.path) {
        intake.refuse(unread(name));
        return Ok(String::new());
    }
    let hashing = Hashing { inner: File::open(&entry.absolute)?, hasher: blake3::Hasher::new() };
    let mut from = BufReader::with_capacity(1 << 16, hashing);
    if answer::is_one(from.fill_buf()?) {
        intake.refuse_hit_list();
        return Ok(String::new());
    }
    let stream = stream::of(&entry.path, from.fill_buf()?);
    if let Some(stream) = stream.filter(|_| entry.sidecar.is_none()) {
        stream::read(stream, &entry.path, &mut from, intake);
        // The hash is the whole file's, however far the reader came.
        io::copy(&mut from, &mut io::sink())?;
        refuse_silence(intake);
        return Ok(json::shown(&from.get_ref().hasher.finalize()));
    }
    if entry.size > LARGEST {
        let reason = format!("larger than {} MB; only files of JSON lines, tables and mailboxes may be", LARGEST >> 20);
        intake.refuse(Refusal::of_file("too-large", reason));
        return Ok(String::new());
    }
    let bytes = at_most(&entry.absolute)?;
    let sidecar = match &entry.sidecar {
        Some(sidecar) => Some((sidecar.path.as_str(), at_most(&sidecar.absolute)?)),
        None => None,
    };
    let sidecar = sidecar.as_ref().map(|(path, bytes)| (*path, bytes.as_slice()));
    Ok(whole(&entry.path, &bytes, sidecar, intake))
}

/// What is said of articles when all of the file, or a piece of it, is read.
fn finish(path: &str, settings: &Settings, reading: &mut Reading, seen: &mut Seen) {
    bounds::refuse_volumes(path, reading);
    from_path::fill(path, settings, reading);
    lint::note(reading, seen);
}

/// Every file is read or refused: one of which nothing was said is refused.
fn refuse_silence(intake: &mut Intake<'_>) {
    if intake.is_blank() {
        intake.refuse(Refusal::of_file("empty", "empty: nothing in it"));
    }
}

/// A file with our provenance beside it is an export, whatever its form; so is one that was compressed afterwards.
fn is_export(entry: &FileEntry) -> bool {
    let has_ours = |mut file: std::ffi::OsString| {
        file.push(".meta.json");
        std::fs::read_to_string(file).is_ok_and(|text| text.contains(json::MARKER))
    };
    let is_packed = matches!(format::of_name(&entry.path), Some(Format::Packed(_)));
    has_ours(entry.absolute.clone().into()) || is_packed && has_ours(entry.absolute.with_extension("").into())
}

/// An export that carries its provenance says so at its beginning, in quotes; JSON is asked for the key itself.
fn is_marked(named: Option<Format>, bytes: &[u8]) -> bool {
    let head = bytes.get(..MARKED).unwrap_or(bytes);
    let mark = format!("\"{}\"", json::MARKER);
    !matches!(named, Some(Format::Json | Format::Lines)) && memchr::memmem::find(head, mark.as_bytes()).is_some()
}

fn at_most(path: &std::path::Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // Room for all of it at once, or it would be held twice while it grows.
    let mut bytes = Vec::with_capacity(file.metadata()?.len().min(LARGEST) as usize + 1);
    file.take(LARGEST + 1).read_to_end(&mut bytes)?;
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
    json::shown(&hasher.finalize())
}

/// Reads the bytes of a file, or of a member of a container, named `name`.
fn content(name: &str, bytes: &[u8], sidecar: Option<(&str, &[u8])>, intake: &mut Intake<'_>) {
    let named = format::of_name(name);
    if let Some((path, _)) = sidecar {
        // Only a text has fields beside it; what its bytes are otherwise would lose them.
        if format::of_magic(bytes).is_none() {
            return text(named, bytes, sidecar, intake);
        }
        let reason = format!("the fields of {path} are not taken: what they lie beside is no text");
        intake.note(Note::new("sidecar", reason));
    }
    if is_marked(named, bytes) {
        return intake.refuse_hit_list();
    }
    if let Some(stream) = stream::of(name, bytes) {
        return stream::read(stream, name, &mut &*bytes, intake);
    }
    let is_page = || format::of_magic(bytes).is_none() && format::is_page(bytes);
    if matches!(named, Some(Format::Pdf | Format::Zip | Format::Markdown | Format::Unread(_))) && is_page() {
        return html::read(bytes, html::Known::default(), intake);
    }
    if named == Some(Format::Html) && format::is_mail(bytes) {
        return mail::read(bytes, intake);
    }
    let unread_named = named.filter(|format| matches!(format, Format::Unread(_)));
    match unread_named.or_else(|| format::of_magic(bytes)).or(named) {
        Some(Format::Unread(kind)) => intake.refuse(unread(kind)),
        Some(Format::Pdf) => pdf::read(bytes, intake),
        Some(Format::Zip) => packed::read_zip(bytes, intake),
        Some(Format::Mail) => mail::read(bytes, intake),
        Some(Format::Html) => html::read(bytes, html::Known::default(), intake),
        None if format::is_page(bytes) => html::read(bytes, html::Known::default(), intake),
        named => text(named, bytes, sidecar, intake),
    }
}

/// Reads what is a text.
fn text(named: Option<Format>, bytes: &[u8], sidecar: Option<(&str, &[u8])>, intake: &mut Intake<'_>) {
    let Some(decoded) = decode::decode(bytes) else {
        return intake.refuse(Refusal::of_file("binary", "binary file, not text"));
    };
    let beside = sidecar.map(|(path, bytes)| (path, beside::fields(path, bytes)));
    if decoded.text.trim().is_empty() && beside.is_none() {
        return intake.refuse(Refusal::of_file("empty", "empty: no text"));
    }
    let format = match named {
        Some(Format::Xml) => format::of_xml(&decoded.text),
        Some(format) if format != Format::Text => format,
        _ => untold(named, &decoded.text, intake),
    };
    if matches!(format, Format::Text | Format::Markdown) && decoded.text.len() > bounds::LONGEST {
        return intake.refuse(Refusal { line: 1, kind: "too-large", reason: bounds::too_long() });
    }
    match (format, beside) {
        (Format::Text | Format::Markdown, beside) => {
            let markup = if format == Format::Text { Markup::Plain } else { Markup::Markdown };
            prose::read(decoded, markup, beside.map(|(_, fields)| fields), intake);
        }
        (_, Some(beside)) => beside::lay_over(beside, intake, |intake| marked_up(format, bytes, decoded, intake)),
        (_, None) => marked_up(format, bytes, decoded, intake),
    }
}

/// Reads a text that says itself what it is made of.
fn marked_up(format: Format, bytes: &[u8], decoded: decode::Decoded<'_>, intake: &mut Intake<'_>) {
    match format {
        Format::Unread(kind) => intake.refuse(unread(kind)),
        Format::Html => html::read(bytes, html::Known::default(), intake),
        Format::Download(vendor) => vendor::read(vendor, &decoded, intake),
        Format::Xml => {
            let declared = charset::decode(bytes, None).unwrap_or(decoded);
            noted(&declared, intake, |intake| xml::read(&source(&declared), intake));
        }
        Format::Table => noted(&decoded, intake, |intake| table::read(decoded.text.as_bytes(), intake)),
        Format::Mail => mail::read(bytes, intake),
        Format::Mbox => mail::read_many(&mut &*bytes, intake),
        Format::Json | Format::Lines if format::are_objects(&decoded.text) => {
            lines::read(decoded.text.as_bytes(), lines::LONGEST, intake);
        }
        Format::Json | Format::Lines => noted(&decoded, intake, |intake| json::read(&source(&decoded), intake)),
        // These are told by their first bytes, before any text is decoded, or are read as they stand.
        Format::Text | Format::Markdown | Format::Pdf | Format::Zip | Format::Packed(_) | Format::Warc => {
            prose::read(decoded, Markup::Plain, None, intake);
        }
    }
}

/// The format of a text whose name says no more than that it is one, or nothing.
fn untold(named: Option<Format>, text: &str, intake: &Intake<'_>) -> Format {
    let format = if named.is_some() { format::of_plain(text) } else { format::of_text(text) };
    let is_table = format == Format::Text && table::is_table(text, &intake.context.aliases);
    if is_table { Format::Table } else { format }
}

/// What had to be guessed of the encoding is said of every article.
fn noted(decoded: &decode::Decoded<'_>, intake: &mut Intake<'_>, read: impl FnOnce(&mut Intake<'_>)) {
    let Some(note) = &decoded.note else { return read(intake) };
    let note = note.clone();
    intake.marked(move |draft| draft.notes.push(note.clone()), read);
}

/// A decoded file as what texts are taken from.
fn source<'a>(decoded: &'a decode::Decoded<'_>) -> Source<'a> {
    Source::of(&decoded.text, &decoded.origin)
}

fn unread(name: &str) -> Refusal {
    Refusal::of_file("unsupported-format", format!("{name}: this format is not read yet"))
}
