//! Formats that are read piece by piece, so that a file of any size needs little memory.
//!
//! It never holds more than one piece; which pieces there are is each format's own knowledge.

use std::io::{self, BufRead, BufReader, Read};

use super::{
    content, decode,
    format::{self, Format, Packing},
    intake::{Intake, Refusal},
    is_marked, json, lines, mail, packed, table, warc,
};
use crate::article::Draft;

/// A format read from a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    Lines,
    Table,
    Mbox,
    Warc,
    Packed(Packing),
}

/// The format of a file named `name` that begins with `head`; `None` when it must be read whole.
pub(super) fn of(name: &str, head: &[u8]) -> Option<Stream> {
    let named = format::of_name(name);
    if matches!(named, Some(Format::Unread(_))) {
        return None;
    }
    let is_wide = || decode::is_wide(head);
    match format::of_magic(head).or(named) {
        Some(Format::Packed(packing)) => Some(Stream::Packed(packing)),
        Some(Format::Warc) => Some(Stream::Warc),
        Some(Format::Lines) if format::are_lines(head) => Some(Stream::Lines),
        Some(Format::Table) if !is_wide() => Some(Stream::Table),
        Some(Format::Mbox) if !is_wide() => Some(Stream::Mbox),
        _ => None,
    }
}

/// Reads a stream to its end, or as far as it can be read, into `intake`.
pub(super) fn read(stream: Stream, name: &str, from: &mut dyn BufRead, intake: &mut Intake<'_>) {
    match stream {
        Stream::Lines => lines::read(from, lines::LONGEST, intake),
        Stream::Table => table::read(from, intake),
        Stream::Mbox => mail::read_many(from, intake),
        Stream::Warc => warc::read(from, intake),
        Stream::Packed(packing) => unpack(packing, name, from, intake),
    }
}

/// The largest file inside another that is read whole, in bytes.
pub(super) const LARGEST_INSIDE: u64 = 128 << 20;

fn unpack(packing: Packing, name: &str, from: &mut dyn BufRead, intake: &mut Intake<'_>) {
    if intake.depth > 0 {
        return intake.refuse(packed::nested());
    }
    intake.depth += 1;
    let inner_name = packed::inner_name(name);
    match packed::open(packing, from) {
        Ok(inner) => {
            let mut inner = BufReader::with_capacity(1 << 16, inner);
            intake.marked(|_| {}, |intake| unpacked(&inner_name, &mut inner, 0, intake));
        }
        Err(fault) => intake.refuse(packed::broken(&fault)),
    }
    intake.depth -= 1;
}

/// Reads what comes out of a compressed file: a stream again, or read whole, which is said to take so many bytes.
pub(super) fn unpacked(name: &str, from: &mut dyn BufRead, size: u64, intake: &mut Intake<'_>) {
    let head = match from.fill_buf() {
        Ok(head) => head,
        Err(fault) => return intake.refuse(packed::broken(&fault)),
    };
    if is_marked(format::of_name(name), head) {
        return intake.refuse_hit_list();
    }
    if let Some(stream) = of(name, head) {
        return read(stream, name, from, intake);
    }
    match sized(from, LARGEST_INSIDE, size) {
        Ok(bytes) => {
            let hash = json::hash(&bytes);
            let mark = move |draft: &mut Draft| {
                if draft.hash.is_empty() {
                    draft.hash.clone_from(&hash);
                }
            };
            intake.marked(mark, |intake| content(name, &bytes, None, intake));
        }
        Err(refusal) => intake.refuse(refusal),
    }
}

/// All bytes of a reader, unless they are more than `most`.
pub(super) fn whole(from: &mut dyn Read, most: u64) -> Result<Vec<u8>, Refusal> {
    sized(from, most, 0)
}

/// The same of a reader that is said to hold `size` bytes, which spares it to grow.
fn sized(from: &mut dyn Read, most: u64, size: u64) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::with_capacity(size.min(most) as usize + 1);
    match fill(from, most as usize, &mut bytes) {
        Err(fault) => Err(packed::broken(&fault)),
        Ok(true) => Ok(bytes),
        Ok(false) => {
            let reason = format!("larger than {} MB when unpacked", most >> 20);
            Err(Refusal::of_file("too-large", reason))
        }
    }
}

/// From this size on there is room for all that may come: what is never filled costs nothing, and growing holds all twice.
const LARGE: usize = 8 << 20;

/// Takes at most so many bytes; whether those were all. The room for them doubles as they come, and never beyond `most`.
fn fill(from: &mut dyn Read, most: usize, bytes: &mut Vec<u8>) -> io::Result<bool> {
    while bytes.len() < most {
        // One more, or the end would be sought in twice the room.
        let room = match bytes.capacity().saturating_sub(bytes.len() + 1) {
            // What is as long as it is said to be needs no more room.
            0 if bytes.len() >= LARGE && from.take(1).read_to_end(bytes)? == 0 => return Ok(true),
            0 if bytes.len() >= LARGE => most,
            0 => bytes.len().max(1 << 16),
            room => room,
        };
        let room = room.min(most - bytes.len());
        bytes.reserve_exact(room + 1);
        if from.take(room as u64).read_to_end(bytes)? < room {
            return Ok(true);
        }
    }
    Ok(io::copy(&mut from.take(1), &mut io::sink())? == 0)
}
