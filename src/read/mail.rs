//! Mail: newsletters and alerts, one a file or many in a mailbox; the text, who sent it, when, under which subject.
//!
//! It never reads what is attached; it names it.

use std::io::{BufRead, Read};

use mail_parser::{Message, MessageParser, MimeHeaders, PartType};
use serde_json::{Map, Value};

use super::{
    fragment,
    intake::{Intake, Refusal},
    json,
    record::{self, Whence},
};
use crate::article::{Note, Origin, PartKind, Passage, PublishedFrom};

/// The largest mail that is read, in bytes.
const LARGEST: usize = 64 << 20;

/// Reads one mail.
pub(super) fn read(bytes: &[u8], intake: &mut Intake<'_>) {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    message(bytes, 1, intake);
}

/// Reads a mailbox, mail by mail.
pub(super) fn read_many(mut from: &mut dyn BufRead, intake: &mut Intake<'_>) {
    let mut mail = Vec::new();
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
            if is_over {
                let reason = format!("line {start}: a mail larger than {} MB", LARGEST >> 20);
                intake.refuse(Refusal { line: start, kind: "too-large", reason });
            } else if !mail.trim_ascii().is_empty() {
                message(&mail, start, intake);
            }
            if is_end || !intake.pass_on() {
                break;
            }
            mail.clear();
            (start, is_over, was_blank) = (number + 1, false, false);
            continue;
        }
        was_blank = line.trim_ascii().is_empty();
        is_over |= mail.len() + line.len() > LARGEST;
        if !is_over {
            // Lines of the text that look like separators were marked by who wrote the mailbox.
            let quoted = line.strip_prefix(b">").filter(|rest| is_quoted(rest));
            mail.extend_from_slice(quoted.unwrap_or(&line));
        }
    }
    if intake.is_blank() {
        intake.refuse(Refusal::of_file("empty", "empty: a mailbox without mail"));
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

fn message(bytes: &[u8], line: u32, intake: &mut Intake<'_>) {
    let parsed = MessageParser::default().parse(bytes);
    let Some(mail) = parsed.filter(|mail| mail.subject().is_some() || mail.from().is_some() || mail.date().is_some())
    else {
        let reason = "not a mail: no subject, no sender, no date".to_owned();
        return intake.refuse(Refusal { line, kind: "not-a-record", reason });
    };
    let mut draft = record::fields(fields(&mail), Whence { line, published: PublishedFrom::Field }, &intake.context);
    draft.hash = json::hash(bytes);
    let text = text(&mail);
    if !text.trim().is_empty() {
        draft.passages.push(Passage { kind: PartKind::Body, text, origin: Origin::on_line(line) });
    }
    let attached: Vec<&str> = mail.attachments().filter_map(|part| part.attachment_name()).collect();
    if !attached.is_empty() {
        let names = attached.iter().map(|name| Value::from(*name)).collect();
        record::keep(&mut draft.extra, "attachments", names);
        draft.notes.push(Note::new("attachment", format!("attached and not read: {}", attached.join(", "))));
    }
    record::deliver(draft, intake);
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

/// The plain text, else the marked-up one as text.
fn text(mail: &Message<'_>) -> String {
    let mut texts = Vec::new();
    for part in mail.text_bodies() {
        match &part.body {
            PartType::Text(text) => texts.push(text.replace("\r\n", "\n")),
            PartType::Html(html) => texts.push(fragment::text(html)),
            _ => {}
        }
    }
    texts.retain(|text| !text.trim().is_empty());
    texts.join("\n\n").trim().to_owned()
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
