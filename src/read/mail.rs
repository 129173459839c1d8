//! Mail: newsletters and alerts, one a file or many in a mailbox, mails inside mails too; the text, who sent it, when, under
//! which subject.
//!
//! It never reads other things that are attached; it names them.

mod body;
mod enclosed;
mod raw;

use std::io::{BufRead, Read};

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use serde_json::{Map, Value};

use super::{
    intake::{Intake, Refusal},
    json,
    record::{self, Whence},
};
use crate::article::{Draft, Note, PartKind, Passage, PublishedFrom};
use raw::Raw;

/// The largest mail that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// Reads one mail, or a mailbox that calls itself one.
pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) {
    let bare = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let mark = (bytes.len() - bare.len()) as u64;
    if is_mailbox(bare) { mailbox(&mut &*bare, mark, intake) } else { message(bare, (1, Some(mark)), intake) }
}

/// Whether bytes begin with a separator of mails, and another stands between a blank line and a header.
fn is_mailbox(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|byte| *byte == b'\n');
    if !lines.next().is_some_and(is_separator) {
        return false;
    }
    let (mut before, mut last) = (false, false);
    lines.any(|line| {
        let is_next = before && is_header(line);
        (before, last) = (last && is_separator(line), line.trim_ascii().is_empty());
        is_next
    })
}

/// Whether a line begins as a field of a mail's head does: a name without blanks, and a colon.
fn is_header(line: &[u8]) -> bool {
    let name = line.split(|byte| *byte == b':').next().unwrap_or_default();
    name.len() < line.len() && !name.is_empty() && name.iter().all(|byte| byte.is_ascii_graphic())
}

/// Reads a mailbox, mail by mail.
pub(super) fn read_many(from: &mut dyn BufRead, intake: &mut Intake<'_>) {
    mailbox(from, 0, intake);
}

/// The same of one that begins at byte `at` of the file.
fn mailbox(mut from: &mut dyn BufRead, mut at: u64, intake: &mut Intake<'_>) {
    let mut mail = Vec::new();
    // Where the mail begins; none where it has other bytes than the file.
    let mut byte = Some(at);
    let (mut number, mut start, mut was_blank, mut is_over) = (0_u32, 1_u32, true, false);
    let mut line = Vec::new();
    loop {
        line.clear();
        number += 1;
        let outcome = (&mut from).take(LARGEST as u64).read_until(b'\n', &mut line);
        let is_end = matches!(outcome, Ok(0));
        if let Err(fault) = outcome {
            let reason = format!("reading stopped at line {number}: {fault}");
            return intake.refuse(Refusal { line: number, kind: "unreadable", reason });
        }
        if is_end || (was_blank && is_separator(&line)) {
            of_mailbox((&mail, is_over), (start, byte), intake);
            if is_end || !intake.pass_on() {
                break;
            }
            mail.clear();
            at += line.len() as u64;
            (start, byte, is_over, was_blank) = (number + 1, Some(at), false, false);
            continue;
        }
        at += line.len() as u64;
        was_blank = line.trim_ascii().is_empty();
        is_over |= mail.len() + line.len() > LARGEST;
        if !is_over {
            // Lines of the text that look like separators were marked by who wrote the mailbox.
            let quoted = line.strip_prefix(b">").filter(|rest| is_quoted(rest));
            byte = byte.filter(|_| quoted.is_none());
            mail.extend_from_slice(quoted.unwrap_or(&line));
        }
    }
    if intake.is_blank() {
        intake.refuse(Refusal::of_file("empty", "empty: a mailbox without mail"));
    }
}

/// One mail of a mailbox, if it was not too large to be kept.
fn of_mailbox((mail, is_over): (&[u8], bool), place: (u32, Option<u64>), intake: &mut Intake<'_>) {
    if is_over {
        let reason = format!("line {}: a mail larger than {} MB", place.0, LARGEST >> 20);
        intake.refuse(Refusal { line: place.0, kind: "too-large", reason });
    } else if !mail.trim_ascii().is_empty() {
        message(mail, place, intake);
    }
}

fn is_separator(line: &[u8]) -> bool {
    line.starts_with(b"From ") && line.contains(&b':')
}

/// Whether a line is `From ` behind any number of `>`.
fn is_quoted(line: &[u8]) -> bool {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    line.get(marks..).is_some_and(|rest| rest.starts_with(b"From "))
}

fn message(bytes: &[u8], place: (u32, Option<u64>), intake: &mut Intake<'_>) {
    let line = place.0;
    if enclosed::are_many(bytes) {
        let reason = format!("a mail with more than {} mails inside", enclosed::MOST);
        return intake.refuse(Refusal { line, kind: "too-large", reason });
    }
    let parsed = MessageParser::default().parse(bytes);
    let Some(mail) = parsed.filter(|mail| mail.subject().is_some() || mail.from().is_some() || mail.date().is_some())
    else {
        let reason = "not a mail: no subject, no sender, no date".to_owned();
        return intake.refuse(Refusal { line, kind: "not-a-record", reason });
    };
    let raw = Raw::of(bytes, place);
    record::deliver(draft((&mail, &raw), bytes, line, intake), intake);
    enclosed::read((&mail, &raw), 1, intake);
}

/// One mail without those inside it; `bytes` are its own, and `raw` those that its parts count.
fn draft((mail, raw): (&Message<'_>, &Raw<'_>), bytes: &[u8], line: u32, intake: &Intake<'_>) -> Draft {
    let whence = Whence { line, published: PublishedFrom::Field, by: "header" };
    let mut draft = record::fields(fields(mail), whence, &intake.context);
    for (ours, theirs) in [("title", "Subject"), ("published", "Date"), ("source", "From")] {
        draft.told.rename(ours, theirs);
    }
    draft.hash = json::hash(bytes);
    for title in &mut draft.passages {
        title.origin = raw.field(mail, "Subject", &title.text).unwrap_or_else(|| title.origin.clone());
    }
    let body = body::of(mail, raw);
    if !body.text.is_empty() {
        draft.passages.push(Passage { kind: PartKind::Body, text: body.text, origin: body.origin });
    }
    draft.notes.extend(body.notes);
    let mut attached: Vec<String> = mail.attachments().filter_map(attachment).collect();
    attached.dedup();
    if !attached.is_empty() {
        draft.notes.push(Note::new("attachment", format!("attached and not read: {}", attached.join(", "))));
        record::keep(&mut draft.extra, "attachments", attached.into_iter().map(Value::from).collect());
    }
    draft
}

/// The name of what is attached, else its type; none of what is read.
fn attachment(part: &MessagePart<'_>) -> Option<String> {
    if matches!(part.body, PartType::Message(_)) || body::is_cut(part) {
        return None;
    }
    let media = || {
        let media = part.content_type()?;
        Some(format!("{}/{}", media.c_type, media.c_subtype.as_deref().unwrap_or("*")))
    };
    part.attachment_name().map(str::to_owned).or_else(media)
}

fn fields(mail: &Message<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    let mut put = |name: &str, text: Option<String>| {
        if let Some(text) = text.filter(|text| !text.trim().is_empty()) {
            map.insert(name.to_owned(), text.into());
        }
    };
    put("title", mail.subject().map(str::to_owned));
    put("published", mail.date().filter(|date| date.is_valid()).map(|date| date.to_rfc3339()));
    let sender = mail.from().and_then(|from| from.first());
    let name = sender.and_then(|sender| sender.name()).map(str::to_owned);
    let address = sender.and_then(|sender| sender.address()).map(str::to_owned);
    put("source", name.or_else(|| address.clone()));
    let mut extra = Map::new();
    extra.extend(address.map(|address| ("from".to_owned(), Value::from(address))));
    extra.extend(mail.message_id().map(|id| ("message_id".to_owned(), Value::from(id))));
    if !extra.is_empty() {
        map.insert("extra".to_owned(), extra.into());
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::Draft, settings::Settings};

    fn read_all(bytes: &[u8]) -> (Vec<Draft>, Vec<String>) {
        let settings = Settings::default();
        let mut intake = Intake::new("a.mbox", &settings);
        read_many(&mut &*bytes, &mut intake);
        (intake.reading.drafts, intake.reading.problems.into_iter().map(|problem| problem.reason).collect())
    }

    const MAIL: &str = "From: Northern Courier <desk@example.org>\nSubject: =?utf-8?q?Caf=C3=A9_closes?=\n\
        Date: Fri, 14 Mar 2025 20:00:00 +0100\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n\
        --b\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n\
        <p>The caf=E9 closed.</p><p>It rained.</p>\n\
        --b\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=menu.pdf\n\nx\n--b--\n";

    #[test]
    fn a_mail_is_an_article() {
        let settings = Settings::default();
        let mut intake = Intake::new("a.eml", &settings);
        read(MAIL.as_bytes(), &mut intake);
        let draft = &intake.reading.drafts[0];
        let texts: Vec<&str> = draft.passages.iter().map(|passage| passage.text.as_str()).collect();
        assert_eq!(texts, ["Café closes", "The café closed.\n\nIt rained."]);
        assert_eq!(draft.published.as_ref().unwrap().0.edtf(), "2025-03-14");
        assert_eq!(
            (draft.source.as_deref(), draft.extra["from"].as_str()),
            (Some("Northern Courier"), Some("desk@example.org"))
        );
        assert_eq!(draft.notes[0].reason, "attached and not read: menu.pdf");
    }

    /// Texts and notes of the articles in a mail.
    fn read_one(bytes: &[u8]) -> Vec<(Vec<String>, Vec<String>)> {
        let settings = Settings::default();
        let mut intake = Intake::new("a.eml", &settings);
        read(bytes, &mut intake);
        let texts = |draft: &Draft| draft.passages.iter().map(|passage| passage.text.clone()).collect();
        let notes = |draft: &Draft| draft.notes.iter().map(|note| note.reason.clone()).collect();
        intake.reading.drafts.iter().map(|draft| (texts(draft), notes(draft))).collect()
    }

    fn check(bytes: &[u8], expected: &[(&[&str], &[&str])]) {
        let found = read_one(bytes);
        let pairs = found.iter().zip(expected);
        let is_same = pairs.clone().all(|(found, expected)| found.0 == expected.0 && found.1 == expected.1);
        assert!(is_same && found.len() == expected.len(), "{found:#?}");
    }

    /// A mail of several parts, each with its own head.
    fn parts(kind: &str, parts: &[&str]) -> String {
        let parts: String = parts.iter().map(|part| format!("--b\n{part}\n")).collect();
        format!("Subject: Flood\nContent-Type: multipart/{kind}; boundary=b\n\n{parts}--b--\n")
    }

    #[test]
    fn the_plain_text_counts_only_if_it_says_as_much() {
        let page = "Content-Type: text/html\n\n<h1>The river rose</h1><p>Nobody was hurt.</p>";
        let of = |plain: &str| parts("alternative", &[&format!("Content-Type: text/plain\n\n{plain}"), page]);
        let all = "The river rose\n\nNobody was hurt.";
        for (plain, expected) in [
            ("", all),
            ("Open it: https://example.org/much-longer-than-all-that-is-said-here-of-the-river", all),
            ("The river rose: nobody hurt.", "The river rose: nobody hurt."),
        ] {
            check(of(plain).as_bytes(), &[(&["Flood", expected], &[])]);
        }
    }

    #[test]
    fn mails_inside_a_mail_are_articles() {
        let inner = "Content-Type: message/rfc822\n\nSubject: Ebb\nDate: Fri, 14 Mar 2025 20:00:00 +0100\n\nIt fell.";
        let implied = "\nSubject: Calm\n\nIt stood.";
        let bytes = parts("digest", &[inner, implied]);
        check(bytes.as_bytes(), &[(&["Flood"], &[]), (&["Ebb", "It fell."], &[]), (&["Calm", "It stood."], &[])]);
        let settings = Settings::default();
        let mut intake = Intake::new("a.eml", &settings);
        read(bytes.as_bytes(), &mut intake);
        let ebb = &intake.reading.drafts[1];
        assert_eq!((ebb.line, &ebb.extra["enclosed_in"]), (7, &Value::from("Flood")));
        assert_ne!(ebb.hash, intake.reading.drafts[2].hash);
    }

    /// The parser follows mails in mails as deep as they go, and would never come back.
    #[test]
    fn mails_inside_mails_have_an_end() {
        let bytes = format!("Subject: Flood\n{}It rose.\n", "Content-Type: message/rfc822\n\n".repeat(500_000));
        let (drafts, refused) = read_all(bytes.as_bytes());
        assert_eq!((drafts.len(), refused), (0, vec!["a mail with more than 2000 mails inside".to_owned()]));
        let bytes =
            format!("Subject: Flood\n{}It rose.\n", "Content-Type: message/rfc822\n\nSubject: Ebb\n".repeat(20));
        let (drafts, refused) = read_all(bytes.as_bytes());
        assert_eq!((drafts.len(), refused), (9, vec!["a mail inside more than 8 others is not read".to_owned()]));
    }

    #[test]
    fn what_a_part_says_of_its_charset_is_not_believed_against_its_bytes() {
        let note = "not UTF-8; read as Windows-1252";
        for head in ["", "Content-Type: text/plain; charset=utf-8\n"] {
            let bytes =
                [format!("Subject: Flood\n{head}\n").as_bytes(), b"Der B\xFCrgermeister sagte \x84nein\x93."].concat();
            check(&bytes, &[(&["Flood", "Der Bürgermeister sagte „nein“."], &[note])]);
        }
        let packed = parts("mixed", &["Content-Transfer-Encoding: quoted-printable\n\nDer B=FCrger=\nmeister"]);
        check(packed.as_bytes(), &[(&["Flood", "Der Bürgermeister"], &[note])]);
    }

    #[test]
    fn of_a_mail_cut_off_what_is_whole_is_read() {
        let note = "cut off or damaged: of one part only what is whole is read";
        let head = "Subject: Flood\nContent-Type: multipart/mixed; boundary=bbb\n\n--bbb\n";
        for (part, expected) in [
            ("Content-Transfer-Encoding: base64\n\nQnLDvGNrZSBy\nb3NlLiBC\n\n--b", "Brücke rose. B"),
            ("Content-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+QnLDvGNrZSBCcsO8", "Brücke Brü"),
            ("Content-Transfer-Encoding: quoted-printable\n\nBr=C3=BCcke ro=\nse.\nBr=C3", "Brücke rose.\nBr"),
            ("Content-Type: text/plain\n\nIt rose.\n--bb", "It rose."),
        ] {
            check(format!("{head}{part}").as_bytes(), &[(&["Flood", expected], &[note])]);
        }
    }

    #[test]
    fn a_mailbox_that_calls_itself_a_mail_is_one() {
        let separator = "From a@example.org Fri Mar 14 20:00:00 2025\n";
        let one = format!("{separator}Subject: One\n\nIt rose.\n\nFrom 10:30 on it fell.");
        check(one.as_bytes(), &[(&["One", "It rose.\n\nFrom 10:30 on it fell."], &[])]);
        let two = format!("{separator}Subject: One\n\nIt rose.\n\n{separator}Subject: Two\n\nIt fell.\n");
        check(two.as_bytes(), &[(&["One", "It rose."], &[]), (&["Two", "It fell."], &[])]);
    }

    #[test]
    fn a_mailbox_is_cut_at_its_separators() {
        let plain = |subject: &str, text: &str| {
            format!("From a@example.org Fri Mar 14 20:00:00 2025\nSubject: {subject}\n\n{text}\n\n")
        };
        let text = plain("One", "It rose.\nFrom here it fell.\n\n>From there on: it rained.")
            + &plain("Two", "x")
            + "From nobody Fri Mar 14 20:00:00 2025\nno mail at all\n";
        let (drafts, refused) = read_all(text.as_bytes());
        let bodies: Vec<&str> = drafts.iter().map(|draft| draft.passages[1].text.as_str()).collect();
        assert_eq!(bodies, ["It rose.\nFrom here it fell.\n\nFrom there on: it rained.", "x"]);
        assert_eq!((drafts[0].line, drafts[1].line), (2, 10));
        assert_eq!(refused, ["not a mail: no subject, no sender, no date"]);
    }
}
