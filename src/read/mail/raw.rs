//! Where the fields and parts of a mail stand in the file, also behind the line ends that its transport wrote.
//!
//! It never tells more than the first line of what is packed as base64: no line of the file has its words.

use encoding_rs::{Encoding, UTF_8};
use mail_parser::{Encoding as Packing, Message, MessagePart, MimeHeaders};

use crate::article::{Ends, Lines, Newlines, Origin, Traced};

/// The bytes of a mail, or of one with those inside it, and their place in the file.
pub(super) struct Raw<'a> {
    bytes: &'a [u8],
    /// Of their first byte; none where the file has others.
    line: u32,
    byte: Option<u64>,
    /// None where its lines are none of the file.
    newlines: Option<Newlines>,
}

impl<'a> Raw<'a> {
    /// Bytes whose lines are those of the file.
    pub(super) fn of(bytes: &'a [u8], (line, byte): (u32, Option<u64>)) -> Self {
        Self { bytes, line, byte, newlines: Some(Newlines::of(bytes)) }
    }

    /// Bytes that were packed for transport.
    pub(super) fn packed(bytes: &'a [u8], line: u32) -> Self {
        Self { bytes, line, byte: None, newlines: None }
    }

    /// The line of the file on which byte `at` stands.
    pub(super) fn line_at(&self, at: usize) -> u32 {
        self.line + self.newlines.as_ref().map_or(0, |newlines| newlines.ended(0..at) as u32)
    }

    /// Where the value of the last field of this name stands, if it is `shown` there.
    pub(super) fn field(&self, mail: &Message<'_>, name: &str, shown: &str) -> Option<Origin> {
        let header = mail.headers().iter().rfind(|header| header.name.as_str().eq_ignore_ascii_case(name))?;
        let (start, end) = (header.offset_start as usize, header.offset_end as usize);
        let printed = str::from_utf8(self.bytes.get(start..end)?).ok();
        let printed = printed.map(|text| (text, Traced::of(text, 0).joined(|_| true)));
        match printed.filter(|(_, printed)| printed.as_str() == shown) {
            Some((text, printed)) => Some(printed.origin(&self.text_at(start), &Newlines::of(text))),
            None => Some(Origin::on_line(self.line_at(start))),
        }
    }

    /// Where the text of a part stands, its line ends made `\n`.
    pub(super) fn part(&self, part: &MessagePart<'_>, text: &str) -> Origin {
        let (start, end) = (part.offset_body as usize, part.offset_end as usize);
        let raw = self.bytes.get(start..end).unwrap_or_default();
        let alike = || match part.encoding {
            _ if self.newlines.is_none() => None,
            Packing::None => self.unpacked(raw, start, text),
            Packing::QuotedPrintable => {
                let told = part.content_type().and_then(|media| media.attribute("charset"));
                let encoding = told.and_then(|label| Encoding::for_label(label.as_bytes())).unwrap_or(UTF_8);
                let raw = str::from_utf8(raw).ok()?;
                let whole = quoted(raw, encoding)?;
                let mut kept = Traced::default();
                kept.append(&whole, 0..text.len());
                (kept.as_str() == text).then(|| kept.origin(&self.text_at(start), &Newlines::of(raw)))
            }
            Packing::Base64 => None,
        };
        alike().unwrap_or_else(|| Origin::on_line(self.line_at(start)))
    }

    /// Of a part that is not packed.
    fn unpacked(&self, raw: &[u8], start: usize, text: &str) -> Option<Origin> {
        let is_ended = |raw: &[u8]| !raw.windows(2).any(|two| two[0] == b'\r' && two[1] != b'\n');
        match str::from_utf8(raw) {
            Ok(raw) if raw.replace("\r\n", "\n").starts_with(text) && is_ended(raw.as_bytes()) => {
                Some(Origin::of_lines(raw, Some(0)).inside(self.line_at(start), self.byte_at(start)))
            }
            _ => Some(Origin::new(self.line_at(start), None, Ends::Lf)),
        }
    }

    /// Of the bytes from `start` on as they are.
    fn text_at(&self, start: usize) -> Origin {
        let ends = if self.newlines.is_some() { Ends::Lf } else { Ends::Nothing };
        Origin::new(self.line_at(start), self.byte_at(start), ends)
    }

    fn byte_at(&self, at: usize) -> Option<u64> {
        self.byte.map(|byte| byte + at as u64)
    }
}

/// What a quoted-printable text says; `None` where its escapes are no letters.
fn quoted(raw: &str, encoding: &'static Encoding) -> Option<Traced> {
    let mut out = Unquoted { out: Traced::default(), bytes: Vec::new(), from: 0, encoding };
    let mut at = 0;
    for line in raw.split_inclusive('\n') {
        let bare = if line.ends_with('\n') { line.trim_ascii_end() } else { line };
        let soft = bare.strip_suffix('=');
        out.line(soft.unwrap_or(bare), at)?;
        if soft.is_none() && line.ends_with('\n') {
            out.close()?;
            out.out.push("\n", at + line.len() - 1);
        }
        at += line.len();
    }
    out.close()?;
    Some(out.out)
}

/// A text being unquoted.
struct Unquoted {
    out: Traced,
    /// Bytes of escapes, of which letters are not made yet, and where the first stands.
    bytes: Vec<u8>,
    from: usize,
    encoding: &'static Encoding,
}

impl Unquoted {
    fn line(&mut self, line: &str, at: usize) -> Option<()> {
        let mut done = 0;
        while let Some(rest) = line.get(done..).filter(|rest| !rest.is_empty()) {
            match rest.find('=') {
                Some(0) => {
                    if self.bytes.is_empty() {
                        self.from = at + done;
                    }
                    self.bytes.push(u8::from_str_radix(rest.get(1..3)?, 16).ok()?);
                    done += 3;
                }
                next => {
                    self.close()?;
                    let length = next.unwrap_or(rest.len());
                    self.out.push(rest.get(..length)?, at + done);
                    done += length;
                }
            }
        }
        Some(())
    }

    /// Makes letters of the bytes that escapes gave.
    fn close(&mut self) -> Option<()> {
        let bytes = std::mem::take(&mut self.bytes);
        let letters = self.encoding.decode_without_bom_handling_and_without_replacement(&bytes)?;
        self.out.put(&letters, self.from);
        Some(())
    }
}
