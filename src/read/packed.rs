//! Compressed files: gzip, Zstandard, and ZIP as a container of files, of a document or of a book.
//!
//! It never unpacks without bounds: what grows too much or too far is refused, and so is a container in a container.

use std::{
    cell::Cell,
    io::{self, BufRead, BufReader, Cursor, Read},
    rc::Rc,
};

use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use zip::{CompressionMethod, ZipArchive, read::ZipFile};

use super::{
    book, docx,
    format::{self, Format, Packing},
    intake::{Intake, Refusal},
    json,
    stream::{self, LARGEST_INSIDE},
    unread,
};
use crate::article::Note;

/// A ZIP file in memory.
pub(super) struct Container<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Its own bytes.
    size: u64,
}

impl Container<'_> {
    /// Whether it has a member of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// The bytes of one member, at most 128 MB and 100 times the container.
    pub(super) fn member(&mut self, name: &str) -> Result<Vec<u8>, Refusal> {
        let Some(n) = self.zip.index_for_name(name) else { return Err(damaged(&format!("without {name}"))) };
        let most = LARGEST_INSIDE.min(FREE + self.size * RATIO);
        stream::whole(&mut self.opened(n)?, most)
    }

    /// The member of this number, to be unpacked.
    fn opened(&mut self, n: usize) -> Result<ZipFile<'_, impl Read>, Refusal> {
        if let Some(refusal) = self.zip.by_index_raw(n).ok().and_then(|file| sealed(&file)) {
            return Err(refusal);
        }
        self.zip.by_index(n).map_err(|fault| damaged(&fault.to_string()))
    }

    /// Whether our provenance lies beside a member: then it is an export, whatever its form.
    fn is_export(&mut self, name: &str) -> bool {
        const LONGEST: usize = 1 << 20;
        let Ok(beside) = self.zip.by_name(&format!("{name}.meta.json")) else { return false };
        let mut text = Vec::new();
        let read = beside.take(LONGEST as u64).read_to_end(&mut text);
        read.is_ok() && memchr::memmem::find(&text, json::MARKER.as_bytes()).is_some()
    }

    /// The name of the member of this number; `None` of a folder.
    fn name(&self, n: usize) -> Option<String> {
        match self.zip.name_for_index(n) {
            Some(Ok(name)) if name.ends_with(['/', '\\']) => None,
            Some(Ok(name)) => Some(name.replace('\\', "/")),
            _ => Some(format!("member {}", n + 1)),
        }
    }
}

/// Bytes that may come out whatever went in, and how many times more may after them.
const FREE: u64 = 16 << 20;
const RATIO: u64 = 100;
/// Most bytes that come out of one ZIP file, and most members.
const MOST: u64 = 512 << 20;
const MEMBERS: usize = 100_000;

/// What a compressed stream holds, as a reader that fails where it grows too much.
pub(super) fn open<'a>(packing: Packing, from: &'a mut dyn BufRead) -> io::Result<Box<dyn Read + 'a>> {
    let taken = Rc::new(Cell::new(0));
    let counted = Counted { inner: from, taken: Rc::clone(&taken) };
    Ok(match packing {
        Packing::Gzip => Box::new(Bounded { inner: MultiGzDecoder::new(counted), taken, given: 0 }),
        Packing::Zlib => Box::new(Bounded { inner: ZlibDecoder::new(counted), taken, given: 0 }),
        Packing::Deflate => Box::new(Bounded { inner: DeflateDecoder::new(counted), taken, given: 0 }),
        Packing::Zstd => Box::new(Bounded { inner: zstd_stream(counted)?, taken, given: 0 }),
    })
}

fn zstd_stream<'a, R: BufRead + 'a>(from: R) -> io::Result<zstd::Decoder<'a, R>> {
    let mut decoder = zstd::Decoder::with_buffer(from)?;
    // A frame may ask for a window as large as it likes; 128 MB is what the tool itself allows unasked.
    decoder.window_log_max(27)?;
    Ok(decoder)
}

/// The name of the file inside: `a.jsonl` of `a.jsonl.gz`.
pub(super) fn inner_name(name: &str) -> String {
    let bare = [".gz", ".zst"].iter().find_map(|ending| {
        let cut = name.len().checked_sub(ending.len())?;
        name.get(cut..).is_some_and(|end| end.eq_ignore_ascii_case(ending)).then(|| name.get(..cut))?
    });
    bare.unwrap_or(name).to_owned()
}

/// A container inside a container.
pub(super) fn nested() -> Refusal {
    Refusal::of_file("nested", "a compressed file inside a compressed file: unpack the outer one")
}

/// A compressed stream that cannot be read on.
pub(super) fn broken(fault: &io::Error) -> Refusal {
    match fault.get_ref().is_some_and(|inner| inner.is::<Bomb>()) {
        true => Refusal::of_file("bomb", fault.to_string()),
        false => Refusal::of_file("damaged", format!("damaged or cut off: {fault}")),
    }
}

/// Reads a ZIP file: a document, a book, or every file in it.
pub(super) fn read_zip(bytes: &[u8], intake: &mut Intake<'_>) {
    let mut container = match ZipArchive::new(Cursor::new(bytes)) {
        Ok(zip) => Container { zip, size: bytes.len() as u64 },
        Err(fault) => return intake.refuse(damaged(&fault.to_string())),
    };
    if container.has("word/document.xml") {
        return docx::read(&mut container, intake);
    }
    if container.has("META-INF/container.xml") {
        return book::read(&mut container, intake);
    }
    if let Some(kind) = office(&container) {
        return intake.refuse(unread(kind));
    }
    if intake.depth > 0 {
        return intake.refuse(nested());
    }
    members(&mut container, intake);
}

fn office(container: &Container<'_>) -> Option<&'static str> {
    let marks = [
        ("xl/workbook.xml", "a spreadsheet"),
        ("ppt/presentation.xml", "a presentation"),
        ("content.xml", "a word processor's format"),
        ("datapackage.json", "a web archive of this kind"),
    ];
    marks.into_iter().find(|(name, _)| container.has(name)).map(|(_, kind)| kind)
}

fn members(container: &mut Container<'_>, intake: &mut Intake<'_>) {
    let mut left = Some(MOST.min(FREE.saturating_add(container.size.saturating_mul(RATIO))));
    let mut hidden = 0_usize;
    let count = container.zip.len();
    for n in 0..count.min(MEMBERS) {
        let Some(name) = container.name(n) else { continue };
        if is_hidden(&name) {
            hidden += 1;
            continue;
        }
        if container.is_export(&name) {
            intake.inside(&name, "", Intake::refuse_hit_list);
            continue;
        }
        match container.opened(n) {
            Ok(mut file) => {
                let size = file.size();
                let inner = Spending { inner: &mut file, left: &mut left };
                intake.inside(&name, "", |intake| member(&name, inner, size, intake));
            }
            Err(refusal) => intake.inside(&name, "", |intake| intake.refuse(refusal)),
        }
        if left.is_none() || !intake.pass_on() {
            return;
        }
    }
    if hidden > 0 {
        intake.note(Note::new("hidden-member", format!("{hidden} hidden files inside were left out")));
    }
    if count > MEMBERS {
        intake
            .refuse(Refusal::of_file("too-large", format!("more than {MEMBERS} files inside; the rest was not read")));
    }
}

/// Why a member cannot be unpacked here though it may be sound.
fn sealed(file: &ZipFile<'_, impl Read>) -> Option<Refusal> {
    const METHODS: &[(CompressionMethod, &str)] = &[
        (CompressionMethod::BZIP2, "bzip2"),
        (CompressionMethod::DEFLATE64, "Deflate64"),
        (CompressionMethod::LZMA, "LZMA"),
        (CompressionMethod::PPMD, "PPMd"),
        (CompressionMethod::XZ, "xz"),
        (CompressionMethod::ZSTD, "Zstandard"),
    ];
    let method = file.compression();
    if file.encrypted() {
        let reason = "encrypted: unpack the container with its password";
        return Some(Refusal::of_file("encrypted", reason));
    }
    if [CompressionMethod::STORE, CompressionMethod::DEFLATE].contains(&method) {
        return None;
    }
    let name = METHODS.iter().find(|(known, _)| *known == method).map_or("an unknown method", |(_, name)| name);
    let reason =
        format!("packed with {name}, which is not unpacked here: unpack the container, or pack it with Deflate");
    Some(Refusal::of_file("unsupported-packing", reason))
}

/// What systems put into containers beside the files: their own notes, and names that begin with a dot.
fn is_hidden(name: &str) -> bool {
    name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|last| last.starts_with('.'))
}

/// Reads a member as it is unpacked, where its format is one that is read piece by piece.
fn member(name: &str, from: impl Read, size: u64, intake: &mut Intake<'_>) {
    if let Some(Format::Unread(kind)) = format::of_name(name) {
        return intake.refuse(unread(kind));
    }
    stream::unpacked(name, &mut BufReader::with_capacity(1 << 16, from), size, intake);
}

fn damaged(fault: &str) -> Refusal {
    Refusal::of_file("damaged", format!("damaged or cut off: {fault}"))
}

/// Why a stream that grows too much is not read on.
#[derive(Debug)]
struct Bomb;

impl std::fmt::Display for Bomb {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "grows more than {RATIO}-fold when unpacked, as no text does: not read on")
    }
}

impl std::error::Error for Bomb {}

/// Takes what comes out off what may still come, whether or not it can be used; fails where that is too much.
struct Spending<'a, R> {
    inner: R,
    /// None when too much came.
    left: &'a mut Option<u64>,
}

impl<R: Read> Read for Spending<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        *self.left = self.left.and_then(|left| left.checked_sub(length as u64));
        if self.left.is_none() { Err(io::Error::other(Bomb)) } else { Ok(length) }
    }
}

/// Counts what is taken from a compressed stream.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + length as u64);
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        self.taken.set(self.taken.get() + amount as u64);
        self.inner.consume(amount);
    }
}

/// Fails where much more comes out than went in.
struct Bounded<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.inner.read(buffer)?;
        self.given += length as u64;
        if self.given > FREE + RATIO * self.taken.get() { Err(io::Error::other(Bomb)) } else { Ok(length) }
    }
}

#[cfg(test)]
pub(super) mod tests;
