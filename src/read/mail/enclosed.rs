//! Mails inside a mail, as forwards and digests hold them: each an article of its own, which says what it came with.
//!
//! It never goes deeper than a few mails, and never leaves one out without a refusal.

use mail_parser::{Encoding, Message, PartType};
use serde_json::Value;

use super::{draft, raw::Raw};
use crate::read::{
    intake::{Intake, Refusal},
    record,
};

/// Most mails that one mail may hold: the parser follows mails in mails as deep as they go, and must come back.
pub(super) const MOST: usize = 2000;
/// How deep mails in mails are read.
const DEEPEST: usize = 8;

/// Whether a mail names more mails and digests inside it than are followed.
pub(super) fn are_many(bytes: &[u8]) -> bool {
    let ends = |head: &[u8], word: &[u8]| {
        head.len()
            .checked_sub(word.len())
            .and_then(|at| head.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    let begins = |rest: &[u8], word: &[u8]| rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
    let names = memchr::memchr_iter(b'/', bytes).filter(|at| {
        let (head, rest) = bytes.split_at(*at);
        (ends(head, b"message") && (begins(rest, b"/rfc822") || begins(rest, b"/global")))
            || (ends(head, b"multipart") && begins(rest, b"/digest"))
    });
    names.take(MOST + 1).count() > MOST
}

/// Reads the mails inside `mail`, whose parts are counted in the bytes of `raw`.
pub(super) fn read((mail, raw): (&Message<'_>, &Raw<'_>), depth: usize, intake: &mut Intake<'_>) {
    for part in mail.attachments() {
        let PartType::Message(inner) = &part.body else { continue };
        let (start, end) = (part.offset_body as usize, part.offset_end as usize);
        let line = raw.line_at(start);
        if depth > DEEPEST {
            let reason = format!("a mail inside more than {DEEPEST} others is not read");
            intake.refuse(Refusal { line, kind: "nested", reason });
            continue;
        }
        let bytes = mail.raw_message.get(start..end).unwrap_or_default();
        // A mail packed for transport has bytes of its own, of which the file has no lines.
        let unpacked = (part.encoding != Encoding::None).then(|| Raw::packed(&inner.raw_message, line));
        let raw = unpacked.as_ref().unwrap_or(raw);
        let mut draft = draft((inner, raw), bytes, line, intake);
        if let Some(subject) = mail.subject() {
            record::keep(&mut draft.extra, "enclosed_in", Value::from(subject));
        }
        record::deliver(draft, intake);
        read((inner, raw), depth + 1, intake);
    }
}
