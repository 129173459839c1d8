//! PDF files with a text layer, as one article each; running heads and feet are set apart.
//!
//! It never lets a broken file take the program down or hold it: the reader works in a thread of its own, with a limit.

use std::{
    collections::HashMap,
    io::Read,
    sync::mpsc::{self, RecvTimeoutError},
    time::Duration,
};

use super::{
    intake::{Intake, Refusal},
    sheet,
};
use crate::article::{Origin, PartKind, Passage};

/// Longest time for one file.
const LIMIT: Duration = Duration::from_secs(60);
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
    if let (Some(draft), false) = (intake.reading.drafts.get_mut(before), heads.is_empty()) {
        let text = heads.join("\n");
        draft.passages.push(Passage { kind: PartKind::Boilerplate, text, origin: Origin::on_line(1) });
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
    match receive.recv_timeout(LIMIT) {
        Ok(outcome) => outcome.map_err(damaged),
        Err(RecvTimeoutError::Timeout) => Err(damaged(format!("it takes longer than {} seconds", LIMIT.as_secs()))),
        Err(RecvTimeoutError::Disconnected) => Err(damaged("its inner structure is broken".to_owned())),
    }
}

fn extracted(bytes: &[u8]) -> Result<Pages, String> {
    let document = pdf_extract::Document::load_mem(bytes).map_err(|fault| fault.to_string())?;
    if document.is_encrypted() {
        return Err("it is encrypted".to_owned());
    }
    let mut texts = Vec::new();
    for number in document.get_pages().into_keys() {
        let mut text = String::new();
        let mut output = pdf_extract::PlainTextOutput::new(&mut text);
        pdf_extract::output_doc_page(&document, &mut output, number).map_err(|fault| fault.to_string())?;
        texts.push(text);
    }
    let about = |key: &[u8]| said(&document, key).unwrap_or_default();
    Ok(Pages { texts, title: about(b"Title"), author: about(b"Author") })
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

/// The text of all pages without first and last lines that, but for numbers, stand on most of three pages or more.
fn without_heads(pages: &[String]) -> (String, Vec<String>) {
    let bare = |line: &str| line.chars().filter(|c| !c.is_ascii_digit()).collect::<String>().trim().to_owned();
    let edges = |page: &str| -> Vec<String> {
        let mut lines = page.lines().filter(|line| !line.trim().is_empty());
        let first = lines.next().map(bare);
        first.into_iter().chain(lines.next_back().map(bare)).collect()
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    pages.iter().flat_map(|page| edges(page)).for_each(|edge| *counts.entry(edge).or_default() += 1);
    let is_head = |line: &str| pages.len() >= 3 && counts.get(&bare(line)).is_some_and(|n| n * 3 > pages.len() * 2);
    let mut heads = Vec::new();
    let mut kept = Vec::new();
    for page in pages {
        let said: Vec<&str> = page.lines().map(str::trim_end).collect();
        let first = said.iter().position(|line| !line.trim().is_empty());
        let last = said.iter().rposition(|line| !line.trim().is_empty());
        let is_edge = |n: usize| Some(n) == first || Some(n) == last;
        let mut body = Vec::new();
        for (n, line) in said.into_iter().enumerate() {
            if is_edge(n) && is_head(line) {
                heads.push(line.trim().to_owned());
            } else {
                body.push(line);
            }
        }
        kept.push(body.join("\n").trim().to_owned());
    }
    kept.retain(|page| !page.is_empty());
    (kept.join("\n\n"), heads)
}

#[cfg(test)]
mod tests {
    use pdf_extract::{Document, Object, Stream, dictionary};

    use super::*;
    use crate::{read::Reading, settings::Settings};

    /// A file with one line a page; a page without text is one that was scanned.
    fn printed(pages: &[&str]) -> Vec<u8> {
        let mut document = Document::with_version("1.5");
        let root = document.new_object_id();
        let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" };
        let font = document.add_object(font);
        let resources = document.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
        let mut kids: Vec<Object> = Vec::new();
        for text in pages {
            let drawn = if text.is_empty() { String::new() } else { format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET") };
            let content = document.add_object(Stream::new(dictionary! {}, drawn.into_bytes()));
            kids.push(
                document.add_object(dictionary! { "Type" => "Page", "Parent" => root, "Contents" => content }).into(),
            );
        }
        let count = kids.len() as i64;
        let all = dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()] };
        document.objects.insert(root, Object::Dictionary(all));
        let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
        let info = document.add_object(dictionary! { "Title" => Object::string_literal("The Flood Report") });
        document.trailer.set("Root", catalog);
        document.trailer.set("Info", info);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        bytes
    }

    fn read(bytes: &[u8]) -> Reading {
        crate::read::read_bytes("a.pdf", bytes, None, &Settings::default())
    }

    #[test]
    fn a_text_layer_is_read_and_a_scan_refused() {
        let reading = read(&printed(&["The river rose.", "It fell."]));
        assert_eq!(reading.problems, []);
        let texts: Vec<&str> = reading.drafts[0].passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(texts, ["The Flood Report", "The river rose.\n\nIt fell."]);
        let refused = |bytes: &[u8]| read(bytes).problems.remove(0).reason;
        assert_eq!(refused(&printed(&["", ""])), "scanned PDF without text");
        let whole = printed(&["The river rose."]);
        for cut in [whole.len() / 4, whole.len() / 2, whole.len() - 60] {
            let reading = read(&whole[..cut]);
            assert_eq!(reading.drafts.len() + reading.problems.len(), 1, "{cut}");
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let mut packer = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::default());
        std::io::Write::write_all(&mut packer, &vec![b' '; 80 << 20]).unwrap();
        let packed = packer.finish().unwrap();
        let mut bytes = b"%PDF-1.5\n7 0 obj\n<< /Type /ObjStm /Filter /FlateDecode >>\nstream\n".to_vec();
        bytes.extend(&packed);
        bytes.extend(b"\nendstream\nendobj\n");
        let problems = read(&bytes).problems;
        assert_eq!(problems[0].kind, "bomb");
    }

    #[test]
    fn running_heads_are_set_apart() {
        let page = |n: u32, text: &str| format!("\nNorthern Courier\n\n{text}\nPage {n}\n");
        let pages = [page(1, "The river rose."), page(2, "It fell."), page(3, "Nobody drowned.")];
        let (body, heads) = without_heads(&pages);
        assert_eq!(body, "The river rose.\n\nIt fell.\n\nNobody drowned.");
        assert_eq!(heads.len(), 6);
        assert_eq!(without_heads(&pages[..2]).1, [""; 0]);
    }

    #[test]
    fn titles_of_programs_are_none() {
        for (title, expected) in [("Microsoft Word - Draft 7", ""), ("page07.indd", ""), (" Flood ", "Flood")] {
            assert_eq!(usable(title), expected);
        }
    }
}
