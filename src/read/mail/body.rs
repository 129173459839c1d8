//! The text of a mail: of its plain and its marked-up text the one that says it all, every part decoded by what its bytes are.
//!
//! It never reads what is attached, and never takes for text what is still packed for transport.

use mail_parser::{
    Message, MessagePart, MimeHeaders, PartType,
    decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode},
};

use super::raw::Raw;
use crate::{
    article::{Newlines, Note, Origin},
    read::{charset, fragment},
};

/// A text, and what had to be guessed of it.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) text: String,
    /// Where it stands in the file.
    pub(super) origin: Origin,
    pub(super) notes: Vec<Note>,
}

/// The plain text, unless the marked-up one says more than twice as much: then the plain one only sends to a browser.
pub(super) fn of(mail: &Message<'_>, raw: &Raw<'_>) -> Body {
    let is_cut = mail.attachments().any(is_cut);
    let plain = joined((mail, raw), mail.text_bodies().chain(cut(mail, false)));
    if mail.text_body == mail.html_body && !is_cut {
        return plain;
    }
    let page = joined((mail, raw), mail.html_bodies().chain(cut(mail, true)));
    if letters(&plain.text) * 2 >= letters(&page.text) { plain } else { page }
}

/// Whether a part is a text whose end the parser missed, so that it stands among what is attached.
pub(super) fn is_cut(part: &MessagePart<'_>) -> bool {
    let is_text = part.content_type().is_none_or(|media| media.c_type.eq_ignore_ascii_case("text"));
    let is_attached = part.content_disposition().is_some_and(|how| how.is_attachment());
    let is_read = matches!(part.body, PartType::Text(_) | PartType::Html(_));
    part.is_encoding_problem && is_read && is_text && !is_attached && part.attachment_name().is_none()
}

fn cut<'m>(mail: &'m Message<'_>, is_page: bool) -> impl Iterator<Item = &'m MessagePart<'m>> {
    mail.attachments().filter(move |part| is_cut(part) && is_marked_up(part) == is_page)
}

fn is_marked_up(part: &MessagePart<'_>) -> bool {
    matches!(part.body, PartType::Html(_)) || part.is_content_type("text", "html")
}

fn joined<'m>((mail, raw): (&Message<'_>, &Raw<'_>), parts: impl Iterator<Item = &'m MessagePart<'m>>) -> Body {
    let (mut whole, mut notes, mut pieces) = (String::new(), Vec::new(), Vec::new());
    for part in parts {
        let Some((mut text, mut origin)) = text((mail, raw), part, &mut notes) else { continue };
        if is_marked_up(part) {
            let shown = fragment::traced(&text);
            origin = shown.origin(&origin, &Newlines::of(&text));
            text = shown.into_text();
        }
        if !text.trim().is_empty() {
            whole.push_str(if whole.is_empty() { "" } else { "\n\n" });
            pieces.push((whole.len(), origin));
            whole.push_str(&text);
        }
    }
    notes.dedup();
    let lines = Newlines::of(&whole);
    let mut pieces = pieces.into_iter();
    let mut origin = pieces.next().map_or_else(|| Origin::on_line(raw.line_at(0)), |(_, first)| first);
    pieces.for_each(|(at, piece)| origin.join(at, piece, &lines));
    let start = whole.len() - whole.trim_start().len();
    let text = whole.trim().to_owned();
    Body { origin: origin.cut(start..start + text.len(), &lines), text, notes }
}

/// A part's text; where the parser could not read all of it, read again from its bytes as a file would be.
fn text(
    (mail, raw): (&Message<'_>, &Raw<'_>),
    part: &MessagePart<'_>,
    notes: &mut Vec<Note>,
) -> Option<(String, Origin)> {
    let (PartType::Text(held) | PartType::Html(held)) = &part.body else { return None };
    if !(part.is_encoding_problem || held.contains('\u{FFFD}')) {
        let text = held.replace("\r\n", "\n");
        let origin = raw.part(part, &text);
        return Some((text, origin));
    }
    let bytes = mail.raw_message.get(part.offset_body as usize..part.offset_end as usize)?;
    let bytes = unpacked(part, bytes);
    let told = part.content_type().and_then(|media| media.attribute("charset"));
    let decoded = charset::decode(&bytes, told);
    if part.is_encoding_problem {
        notes.push(Note::new("damaged", "cut off or damaged: of one part only what is whole is read"));
    }
    let Some(decoded) = decoded else {
        notes.push(Note::new("binary", "a part that calls itself text is binary and not read"));
        return None;
    };
    notes.extend(decoded.note);
    let text = decoded.text.into_owned();
    let origin = raw.part(part, &text);
    Some((text, origin))
}

/// The bytes of a part as they were before they were packed for transport; of a damaged part those before the damage.
fn unpacked(part: &MessagePart<'_>, bytes: &[u8]) -> Vec<u8> {
    let packing = part.content_transfer_encoding().unwrap_or_default().trim().to_ascii_lowercase();
    let mut lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    if part.is_encoding_problem && lines.last().is_some_and(|line| line.starts_with(b"--")) {
        // What is left of the line that would have ended the part.
        lines.pop();
    }
    let mut plain = match packing.as_str() {
        "base64" => {
            let of_it = |byte: &u8| byte.is_ascii_alphanumeric() || b"+/=".contains(byte);
            let whole = lines.iter().map(|line| line.trim_ascii()).take_while(|line| line.iter().all(of_it));
            let mut packed: Vec<u8> = whole.flatten().copied().collect();
            packed.truncate(packed.len() / 4 * 4);
            base64_decode(&packed).unwrap_or_default()
        }
        "quoted-printable" => lines.iter().map_while(|line| quoted_printable_decode(line)).flatten().collect(),
        _ => lines.concat(),
    };
    if part.is_encoding_problem
        && let Err(fault) = str::from_utf8(&plain)
        && fault.error_len().is_none()
    {
        plain.truncate(fault.valid_up_to());
    }
    plain
}

/// How many letters and digits a text has; addresses, which may be longer than what they are sent with, count for nothing.
fn letters(text: &str) -> usize {
    let words = text.split_whitespace().filter(|word| !word.contains("://"));
    words.map(|word| word.chars().filter(|c| c.is_alphanumeric()).count()).sum()
}
