//! PDF files with a text layer, as one article each; running heads and feet are set apart.
//!
//! It never lets a broken file take the program down or hold it: the reader works in a thread of its own, with a limit, on
//! pages made so simple that it ends.

mod columns;
mod content;
mod fonts;
mod simpler;

use std::{
    collections::{HashMap, HashSet},
    io::Read,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::mpsc::{self, RecvTimeoutError},
    time::{Duration, Instant},
};

use columns::Sheet;

use super::{
    intake::{Intake, Refusal},
    sheet,
};
use crate::article::{Note, Origin, PartKind, Passage};

/// Longest time for one file; the reader itself stops then, and is left behind only if it has not done so soon after.
const LIMIT: Duration = Duration::from_secs(60);
const GRACE: Duration = Duration::from_secs(5);
/// Most bytes of text of one page.
const PAGE: usize = 16 << 20;
/// Most bytes that come out of one packed stream, and out of all.
const STREAM: u64 = 64 << 20;
const ALL_STREAMS: u64 = 512 << 20;
/// The stack of the thread: the reader of fonts and forms recurses.
const STACK: usize = 64 << 20;
/// The name of threads whose panics are caught and become refusals: a program need not print them.
pub const QUIET_THREAD: &str = "morgue-pdf";

/// Pages as text, and what the file says of itself.
struct Pages {
    texts: Vec<String>,
    title: String,
    author: String,
    /// Numbers of pages that could not be read.
    broken: Vec<u32>,
}

/// Reads a file.
pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) {
    if !bytes.starts_with(b"%PDF-") {
        return intake.refuse(Refusal::of_file("damaged", "named as a PDF, but it does not begin as one"));
    }
    if is_bomb(bytes) {
        return intake.refuse(Refusal::of_file("bomb", "a PDF that unpacks to more than any text needs: not read"));
    }
    let pages = match pages(bytes.to_vec()) {
        Ok(pages) => pages,
        Err(refusal) => return intake.refuse(refusal),
    };
    if pages.texts.iter().all(|text| text.trim().is_empty()) {
        return intake.refuse(Refusal::of_file("no-text-layer", "scanned PDF without text"));
    }
    let (body, heads) = without_heads(&pages.texts);
    let fields = sheet::fields([("title", usable(&pages.title)), ("authors", pages.author)]);
    let before = intake.reading.drafts.len();
    sheet::read(fields, &body, intake);
    let Some(draft) = intake.reading.drafts.get_mut(before) else { return };
    if !heads.is_empty() {
        let text = heads.join("\n");
        draft.passages.push(Passage { kind: PartKind::Boilerplate, text, origin: Origin::on_line(1) });
    }
    if !pages.broken.is_empty() {
        let list: Vec<String> = pages.broken.iter().map(u32::to_string).collect();
        draft.notes.push(Note::new("damaged", format!("pages that cannot be read: {}", list.join(", "))));
    }
}

/// Whether streams other than pictures unpack beyond reason; the reader itself would unpack them without asking.
fn is_bomb(bytes: &[u8]) -> bool {
    let mut left = ALL_STREAMS;
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let before = bytes.get(at.saturating_sub(1024)..at).unwrap_or_default();
        let dictionary = memchr::memmem::rfind(before, b" obj").and_then(|end| before.get(end..)).unwrap_or(before);
        let body = bytes.get(at + b"stream".len()..).unwrap_or_default().trim_ascii_start();
        let is_picture = memchr::memmem::find(dictionary, b"/Image").is_some();
        if before.ends_with(b"end") || is_picture || body.first() != Some(&0x78) {
            continue;
        }
        let size = unpacked_size(body, STREAM.min(left));
        if size > STREAM.min(left) {
            return true;
        }
        left -= size;
    }
    false
}

/// Bytes that come out of a packed stream, counted up to one more than `most`; a broken one ends where it breaks.
fn unpacked_size(packed: &[u8], most: u64) -> u64 {
    let mut from = flate2::read::ZlibDecoder::new(packed);
    let mut buffer = [0; 1 << 14];
    let mut size = 0;
    while size <= most {
        match from.read(&mut buffer) {
            Ok(0) | Err(_) => break,
            Ok(length) => size += length as u64,
        }
    }
    size
}

/// The pages, read in a thread that may panic or be left behind.
fn pages(bytes: Vec<u8>) -> Result<Pages, Refusal> {
    let damaged = |what: String| Refusal::of_file("damaged", format!("a PDF that cannot be read: {what}"));
    let (send, receive) = mpsc::channel();
    let work = move || drop(send.send(extracted(&bytes)));
    let thread = std::thread::Builder::new().name(QUIET_THREAD.to_owned()).stack_size(STACK).spawn(work);
    if let Err(fault) = thread {
        return Err(damaged(fault.to_string()));
    }
    match receive.recv_timeout(LIMIT + GRACE) {
        Ok(outcome) => outcome.map_err(damaged),
        Err(RecvTimeoutError::Timeout) => Err(damaged(slow())),
        Err(RecvTimeoutError::Disconnected) => Err(damaged(BROKEN.to_owned())),
    }
}

const BROKEN: &str = "its inner structure is broken, or it has fonts that are not read here (some of East Asia)";

fn slow() -> String {
    format!("it takes longer than {} seconds", LIMIT.as_secs())
}

fn extracted(bytes: &[u8]) -> Result<Pages, String> {
    let until = Instant::now() + LIMIT;
    let mut document = pdf_extract::Document::load_mem(bytes).map_err(|fault| fault.to_string())?;
    if document.is_encrypted() {
        return Err("it is encrypted".to_owned());
    }
    fonts::spell_out(&mut document);
    let (mut texts, mut broken) = (Vec::new(), Vec::new());
    for number in simpler::simplify(&mut document)? {
        // A page that breaks the reader costs no other.
        match catch_unwind(AssertUnwindSafe(|| page(&document, number, until))) {
            Ok(Some(text)) => texts.push(text),
            Ok(None) | Err(_) if Instant::now() < until => broken.push(number),
            Ok(None) | Err(_) => return Err(slow()),
        }
    }
    if texts.is_empty() && !broken.is_empty() {
        return Err(BROKEN.to_owned());
    }
    let about = |key: &[u8]| said(&document, key).unwrap_or_default();
    Ok(Pages { texts, title: about(b"Title"), author: about(b"Author"), broken })
}

/// The text of a page; none where it cannot be read, has more text than any page, or takes too long.
fn page(document: &pdf_extract::Document, number: u32, until: Instant) -> Option<String> {
    let mut sheet = Sheet::new(PAGE, until);
    pdf_extract::output_doc_page(document, &mut sheet, number).ok()?;
    Some(sheet.text())
}

/// A text of the document's own description.
fn said(document: &pdf_extract::Document, key: &[u8]) -> Option<String> {
    let info = document.trailer.get(b"Info").ok()?;
    let info = match info.as_reference() {
        Ok(id) => document.get_object(id).ok()?,
        Err(_) => info,
    };
    let value = info.as_dict().ok()?.get(key).ok()?;
    pdf_extract::decode_text_string(value).ok()
}

/// A title that a person gave, not the name of a file or of a program.
fn usable(title: &str) -> String {
    let lower = title.to_lowercase();
    let is_name = lower.starts_with("microsoft word") || lower.starts_with("untitled");
    let has_ending = [".doc", ".docx", ".pdf", ".indd", ".qxd", ".txt"].iter().any(|ending| lower.ends_with(ending));
    if is_name || has_ending { String::new() } else { title.trim().to_owned() }
}

/// How many lines at either end of a page may be heads: what runs along, and a number.
const EDGE: usize = 2;

/// The text of all pages without lines at their ends that, but for numbers, stand there on most of three pages or more.
fn without_heads(pages: &[String]) -> (String, Vec<String>) {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for page in pages {
        let said = lines_of(page);
        let edges = said.iter().take(EDGE).chain(said.iter().skip(EDGE).rev().take(EDGE));
        let edges: HashSet<String> = edges.map(|(_, line)| without_digits(line)).collect();
        edges.into_iter().for_each(|edge| *counts.entry(edge).or_default() += 1);
    }
    let runs_along = |line: &str| pages.len() >= 3 && counts.get(line).is_some_and(|n| n * 3 > pages.len() * 2);
    let (mut heads, mut kept) = (Vec::new(), Vec::new());
    for page in pages {
        let said = lines_of(page);
        let above = running(said.iter().map(|(_, line)| *line), &runs_along);
        let below = running(said.iter().skip(above).rev().map(|(_, line)| *line), &runs_along);
        let own = said.get(above..said.len() - below).unwrap_or_default();
        let of_page = said.iter().take(above).chain(said.iter().skip(said.len() - below));
        heads.extend(of_page.map(|(_, line)| line.trim().to_owned()));
        if let (Some((first, _)), Some((last, _))) = (own.first(), own.last()) {
            let lines: Vec<&str> = page.lines().map(str::trim_end).collect();
            kept.push(lines.get(*first..=*last).unwrap_or_default().join("\n").trim().to_owned());
        }
    }
    (kept.join("\n\n"), heads)
}

/// The lines of a page that say something, with their numbers.
fn lines_of(page: &str) -> Vec<(usize, &str)> {
    page.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).collect()
}

fn without_digits(line: &str) -> String {
    line.chars().filter(|c| !c.is_ascii_digit()).collect::<String>().trim().to_owned()
}

/// How many of these lines, from the edge of a page inwards, run along with the pages; one of them may be a mere number.
fn running<'a>(lines: impl Iterator<Item = &'a str>, runs_along: &dyn Fn(&str) -> bool) -> usize {
    let mut had_number = false;
    let is_head = |line: &&str| {
        let bare = without_digits(line);
        let is_second = bare.is_empty() && had_number;
        had_number |= bare.is_empty();
        runs_along(&bare) && !is_second
    };
    lines.take(EDGE).take_while(is_head).count()
}

#[cfg(test)]
mod tests;
