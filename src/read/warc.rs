//! WARC files: the pages and texts among a crawl's records, each read by its own format.
//!
//! It never reads what is neither page nor text; such records are counted in a note.

use std::{
    collections::BTreeMap,
    io::{self, BufRead, Read},
};

use super::{
    content, decode,
    format::{self, Format, Packing},
    intake::{Intake, Refusal},
    json, packed, record, stream,
};
use crate::article::{Draft, Note};

/// The largest record that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Names with values, names in small letters.
type Headers = BTreeMap<String, String>;

/// Reads every record into `intake`.
pub(super) fn read(mut from: &mut dyn BufRead, intake: &mut Intake<'_>) {
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let (mut taken, mut is_cut) = (0, false);
    for number in 1.. {
        let block = match headers(&mut from) {
            Ok(Some(headers)) => block(headers, &mut from),
            Ok(None) => break,
            Err(fault) => Err(fault),
        };
        match block {
            Ok((headers, bytes)) => match payload(&headers, bytes) {
                Ok(page) => {
                    taken += 1;
                    take(page, intake);
                    if !intake.pass_on() {
                        return;
                    }
                }
                Err(kind) => *others.entry(kind).or_default() += 1,
            },
            Err(fault) => {
                let reason = format!("record {number}: damaged or cut off: {fault}");
                intake.refuse(Refusal::of_file("damaged", reason));
                is_cut = true;
                break;
            }
        }
    }
    if !others.is_empty() {
        let list: Vec<String> = others.iter().map(|(kind, count)| format!("{count} {kind}")).collect();
        intake.note(Note::new("not-a-page", format!("records that are no pages: {}", list.join(", "))));
    }
    if taken == 0 && !is_cut {
        intake.refuse(Refusal::of_file("empty", "empty: a crawl without pages"));
    }
}

/// A page or text of a crawl.
struct Page {
    address: String,
    retrieved: String,
    /// A name with the ending of its type.
    name: String,
    bytes: Vec<u8>,
}

fn take(page: Page, intake: &mut Intake<'_>) {
    let Page { address, retrieved, name, bytes } = page;
    let hash = json::hash(&bytes);
    let url = address.clone();
    let mark = move |draft: &mut Draft| {
        draft.url.get_or_insert_with(|| url.clone());
        record::keep(&mut draft.extra, "retrieved", retrieved.as_str().into());
    };
    intake.marked(mark, |intake| intake.inside(&address, &hash, |intake| content(&name, &bytes, None, intake)));
}

/// The headers of the next record; `None` at the end.
fn headers(from: &mut &mut dyn BufRead) -> io::Result<Option<Headers>> {
    let mut first = String::new();
    while first.trim().is_empty() {
        first.clear();
        if line(from, &mut first)? == 0 {
            return Ok(None);
        }
    }
    if !first.starts_with("WARC/") {
        return Err(io::Error::other("a record does not begin as one"));
    }
    named(from).map(Some)
}

/// Lines `Name: value` up to a blank one.
fn named(from: &mut &mut dyn BufRead) -> io::Result<Headers> {
    let mut headers = Headers::new();
    loop {
        let mut text = String::new();
        if line(from, &mut text)? == 0 || text.trim().is_empty() {
            return Ok(headers);
        }
        if let Some((name, value)) = text.split_once(':') {
            headers.insert(name.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
        if headers.len() > 1000 {
            return Err(io::Error::other("too many headers"));
        }
    }
}

fn line(from: &mut &mut dyn BufRead, text: &mut String) -> io::Result<usize> {
    let mut bytes = Vec::new();
    let length = from.take(1 << 16).read_until(b'\n', &mut bytes)?;
    text.push_str(&String::from_utf8_lossy(&bytes));
    Ok(length)
}

/// The bytes of a record, none of one that is too large.
fn block(headers: Headers, from: &mut &mut dyn BufRead) -> io::Result<(Headers, Vec<u8>)> {
    let length = headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
    let length = length.ok_or_else(|| io::Error::other("a record without its length"))?;
    let mut bytes = Vec::new();
    let found = match length {
        ..=LARGEST => from.take(length).read_to_end(&mut bytes)? as u64,
        _ => io::copy(&mut from.take(length), &mut io::sink())?,
    };
    if found != length {
        return Err(io::Error::from(io::ErrorKind::UnexpectedEof));
    }
    Ok((headers, bytes))
}

/// The page or text in a record; otherwise what it is.
fn payload(headers: &Headers, bytes: Vec<u8>) -> Result<Page, String> {
    let of = |name: &str| headers.get(name).cloned().unwrap_or_default();
    let kind = of("warc-type");
    let address = of("warc-target-uri").trim_matches(['<', '>']).to_owned();
    if bytes.is_empty() {
        return Err(format!("{kind} (empty, or larger than {} MB)", LARGEST >> 20));
    }
    let (media, bytes) = match kind.as_str() {
        "response" if of("content-type").starts_with("application/http") => answer(&bytes)?,
        "resource" | "conversion" => (of("content-type"), bytes),
        _ => return Err(kind),
    };
    let name = match ending(&media) {
        Some(name) => name,
        None if media.trim().is_empty() && is_text_or_pdf(&bytes) => "",
        None if media.trim().is_empty() => return Err(format!("{kind} of no type")),
        None => return Err(format!("{kind} of type {media}")),
    };
    Ok(Page { address, retrieved: of("warc-date"), name: format!("page{name}"), bytes })
}

/// The ending of the formats that are read, by media type.
fn ending(media: &str) -> Option<&'static str> {
    let bare = media.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let ending = match bare.as_str() {
        "text/html" | "application/xhtml+xml" => ".html",
        "text/plain" => ".txt",
        "text/markdown" => ".md",
        "application/json" | "application/ld+json" => ".json",
        "application/pdf" => ".pdf",
        "text/xml" | "application/xml" => ".xml",
        _ => return None,
    };
    Some(ending)
}

/// Type and body of a server's answer, unpacked; otherwise what it is.
fn answer(bytes: &[u8]) -> Result<(String, Vec<u8>), String> {
    let mut from: &mut dyn BufRead = &mut &*bytes;
    let mut status = String::new();
    let broken = |_| "response that is cut off".to_owned();
    line(&mut from, &mut status).map_err(broken)?;
    let code = status.split_whitespace().nth(1).unwrap_or_default();
    if !code.starts_with('2') {
        return Err(format!("response of status {code}"));
    }
    let headers = named(&mut from).map_err(broken)?;
    let of = |name: &str| headers.get(name).map(|value| value.to_ascii_lowercase()).unwrap_or_default();
    let mut body = Vec::new();
    from.read_to_end(&mut body).map_err(broken)?;
    if of("transfer-encoding").contains("chunked") {
        body = unchunked(&body).unwrap_or(body);
    }
    match of("content-encoding").as_str() {
        "" | "identity" => {}
        packing => body = unpacked(packing, body)?,
    }
    Ok((of("content-type"), body))
}

/// A body as it was before it was packed; some crawlers unpack it and keep the header that says otherwise.
fn unpacked(packing: &str, body: Vec<u8>) -> Result<Vec<u8>, String> {
    let packings: &[Packing] = match packing {
        "gzip" | "x-gzip" => &[Packing::Gzip],
        "zstd" => &[Packing::Zstd],
        // Servers take the word for either.
        "deflate" => &[Packing::Zlib, Packing::Deflate],
        _ => &[],
    };
    let open = |packing: &Packing| {
        let mut packed: &[u8] = &body;
        let mut inner = packed::open(*packing, &mut packed).ok()?;
        stream::whole(&mut inner, LARGEST).ok()
    };
    match packings.iter().find_map(open) {
        Some(plain) => Ok(plain),
        None if is_text_or_pdf(&body) => Ok(body),
        None => Err(format!("response packed as {packing} that cannot be unpacked")),
    }
}

/// Whether bytes of which nobody says what they are can be read.
fn is_text_or_pdf(bytes: &[u8]) -> bool {
    match format::of_magic(bytes) {
        Some(magic) => magic == Format::Pdf,
        None => decode::decode(bytes).is_some(),
    }
}

/// A body sent in chunks, joined; `None` when it is none.
fn unchunked(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    loop {
        let end = rest.iter().position(|byte| *byte == b'\n')?;
        let size = str::from_utf8(rest.get(..end)?).ok()?.trim().split(';').next()?.trim();
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(out);
        }
        let start = end + 1;
        out.extend_from_slice(rest.get(start..start.checked_add(size)?)?);
        rest = rest.get(start + size..)?;
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n"))?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Settings;

    fn record(kind: &str, media: &str, body: &str) -> String {
        let length = body.len();
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/a\r\nWARC-Date: 2025-03-14T20:00:00Z\r\n\
             Content-Type: {media}\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    }

    fn check(text: &str, titles: &[&str], problems: &[&str]) {
        let settings = Settings::default();
        let mut intake = Intake::new("a.warc", &settings);
        read(&mut text.as_bytes(), &mut intake);
        let found: Vec<&str> = intake.reading.drafts.iter().map(|draft| draft.passages[0].text.as_str()).collect();
        assert_eq!(found, titles);
        let found: Vec<&str> = intake.reading.problems.iter().map(|problem| problem.reason.as_str()).collect();
        assert_eq!(found, problems);
        for draft in &intake.reading.drafts {
            assert_eq!(draft.url.as_deref(), Some("https://example.org/a"));
            assert_eq!(draft.extra["retrieved"], "2025-03-14T20:00:00Z");
        }
    }

    #[test]
    fn pages_are_found_among_the_records() {
        let http = "application/http; msgtype=response";
        let plain = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nFlood\n\nThe river rose.";
        let chunked = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nEbb\n\nI\r\n8\r\nt fell. \r\n0\r\n\r\n";
        let gone = "HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>x";
        let image = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx";
        let all = [
            ("warcinfo", "x", "a: b"),
            ("response", http, plain),
            ("response", http, chunked),
            ("response", http, gone),
            ("response", http, image),
            ("conversion", "text/plain", "Drought\n\nNo rain."),
        ];
        let text: String = all.into_iter().map(|(kind, media, body)| record(kind, media, body)).collect();
        let note = "records that are no pages: 1 response of status 404, 1 response of type image/png, 1 warcinfo";
        check(&text, &["Flood", "Ebb", "Drought"], &[note]);
    }

    #[test]
    fn answers_are_unpacked_whatever_their_packing() {
        use flate2::{Compression, write};
        let text = b"Flood\n\nThe river rose.";
        let mut zlib = write::ZlibEncoder::new(Vec::new(), Compression::fast());
        let mut raw = write::DeflateEncoder::new(Vec::new(), Compression::fast());
        std::io::Write::write_all(&mut zlib, text).unwrap();
        std::io::Write::write_all(&mut raw, text).unwrap();
        let (zlib, raw) = (zlib.finish().unwrap(), raw.finish().unwrap());
        for (packing, body, expected) in [
            ("deflate", zlib.as_slice(), Some(&text[..])),
            ("deflate", &raw, Some(text)),
            ("br", text, Some(text)),
            ("br", &raw, None),
        ] {
            let head = format!("HTTP/1.1 200 OK\r\nContent-Encoding: {packing}\r\n\r\n");
            let found = answer(&[head.as_bytes(), body].concat());
            assert_eq!(found.ok(), expected.map(|text| (String::new(), text.to_vec())), "{packing}");
        }
    }

    #[test]
    fn an_answer_without_a_type_is_told_by_what_it_is() {
        let http = "application/http; msgtype=response";
        let page = "HTTP/1.1 200 OK\r\n\r\n<!DOCTYPE html><title>Flood</title><p>The river rose to the bridge.";
        let image = "HTTP/1.1 200 OK\r\n\r\nGIF89a";
        let text = record("response", http, page) + &record("response", http, image);
        check(&text, &["Flood"], &["records that are no pages: 1 response of no type"]);
    }

    #[test]
    fn what_is_cut_off_is_told() {
        let text = record("conversion", "text/plain", "Flood\n\nIt rose.")
            + &record("conversion", "text/plain", "Ebb\n\nIt fell.");
        let cut = &text[..text.len() - 10];
        check(cut, &["Flood"], &["record 2: damaged or cut off: unexpected end of file"]);
        check(
            &record("request", "x", "GET /"),
            &[],
            &["records that are no pages: 1 request", "empty: a crawl without pages"],
        );
    }
}
