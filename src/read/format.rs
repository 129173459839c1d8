//! Which format a file is in, by its name and, where that says nothing, by its content.
//!
//! It reads a file as something that its name denies only where the first bytes leave no doubt: a page named .pdf or .md.

use super::{decode, markdown, vendor::Vendor};

/// How a file is read, or why it is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// Plain text, perhaps with front matter.
    Text,
    /// Markdown, perhaps with front matter.
    Markdown,
    /// One JSON value.
    Json,
    /// One JSON object a line.
    Lines,
    /// A table: one article a row.
    Table,
    /// A news vendor's download: many articles in a text.
    Download(Vendor),
    /// News in SGML or XML.
    Xml,
    /// A web page.
    Html,
    /// One mail.
    Mail,
    /// Many mails in a file.
    Mbox,
    /// Pages with a text layer, or without.
    Pdf,
    /// A container of files: a word processor's, a book's or just files.
    Zip,
    /// One file, compressed.
    Packed(Packing),
    /// Web pages as a crawler stored them.
    Warc,
    /// Known but not read; its name for a sentence.
    Unread(&'static str),
}

/// How one file is compressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    /// Deflate in the wrapping of zlib, and bare; only what servers answer is packed so.
    Zlib,
    Deflate,
}

/// The format a file's name promises; `None` when it has no extension or one unknown here.
pub(super) fn of_name(path: &str) -> Option<Format> {
    let format = match extension(path)?.as_str() {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Lines,
        "csv" | "tsv" => Format::Table,
        "html" | "htm" | "xhtml" => Format::Html,
        "sgm" | "sgml" | "xml" | "nitf" | "newsml" | "alto" | "tml" => Format::Xml,
        "eml" => Format::Mail,
        "mbox" => Format::Mbox,
        "pdf" => Format::Pdf,
        "docx" | "epub" | "zip" => Format::Zip,
        "gz" => Format::Packed(Packing::Gzip),
        "zst" => Format::Packed(Packing::Zstd),
        "warc" => Format::Warc,
        "mhtml" | "mht" => Format::Unread("a web page packed as mail"),
        "doc" | "odt" | "rtf" | "pages" => Format::Unread("a word processor's format"),
        "xls" | "xlsx" | "ods" => Format::Unread("a spreadsheet"),
        "msg" => Format::Unread("Outlook's mail"),
        "tar" | "tgz" | "bz2" | "xz" | "7z" | "rar" => Format::Unread("a compressed file of this kind"),
        "wacz" => Format::Unread("a web archive of this kind"),
        "yaml" | "yml" | "toml" => Format::Unread("fields without a text (read only beside a .txt of the same name)"),
        "parquet" => Format::Unread("a table of columns"),
        "ris" => Format::Unread("a list of references"),
        "jpg" | "jpeg" | "png" | "gif" | "tif" | "tiff" | "webp" | "bmp" | "svg" => Format::Unread("a picture"),
        "mp3" | "wav" | "m4a" | "mp4" | "mov" | "avi" => Format::Unread("sound or film"),
        _ => return None,
    };
    Some(format)
}

/// The format whose mark the bytes begin with.
pub(super) fn of_magic(bytes: &[u8]) -> Option<Format> {
    const MARKS: &[(&[u8], Format)] = &[
        (b"%PDF-", Format::Pdf),
        (b"PK\x03\x04", Format::Zip),
        (b"PK\x05\x06", Format::Zip),
        (b"\x1F\x8B", Format::Packed(Packing::Gzip)),
        (b"\x28\xB5\x2F\xFD", Format::Packed(Packing::Zstd)),
        (b"WARC/1.", Format::Warc),
        (b"BZh", Format::Unread("a compressed file of this kind")),
        (b"\xFD7zXZ", Format::Unread("a compressed file of this kind")),
        (b"7z\xBC\xAF", Format::Unread("a compressed file of this kind")),
        (b"Rar!", Format::Unread("a compressed file of this kind")),
        (b"\xD0\xCF\x11\xE0", Format::Unread("a word processor's format")),
        (b"{\\rtf", Format::Unread("a word processor's format")),
        (b"\x89PNG", Format::Unread("a picture")),
        (b"GIF8", Format::Unread("a picture")),
        (b"\xFF\xD8\xFF", Format::Unread("a picture")),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, format)| *format)
}

/// The format a text without a telling name is in.
pub(super) fn of_text(text: &str) -> Format {
    let text = text.trim_start();
    if let Some(format) = of_markup(text) {
        return format;
    }
    match text.as_bytes().first() {
        Some(b'{') if are_objects(text) => Format::Lines,
        Some(b'{') if text.trim_end().ends_with('}') => Format::Json,
        Some(b'[') if text.trim_end().ends_with(']') && text[1..].trim_start().starts_with(['{', ']']) => Format::Json,
        _ if text.starts_with("---\n") || text.starts_with("+++\n") => Format::Markdown,
        _ => of_plain(text),
    }
}

/// What a text that calls itself plain really is: a download, records, mail, marked up, or just a text.
pub(super) fn of_plain(text: &str) -> Format {
    let text = text.trim_start();
    if are_objects(text) {
        return Format::Lines;
    }
    if is_record(text) {
        return Format::Json;
    }
    if let Some(vendor) = Vendor::of(text) {
        return Format::Download(vendor);
    }
    let of_heading = || markdown::is_headed(text).then_some(Format::Markdown);
    of_markup(text).or_else(|| of_mail(text)).or_else(of_heading).unwrap_or(Format::Text)
}

/// What a text that calls itself XML really is: XML, or a web page written as such.
pub(super) fn of_xml(text: &str) -> Format {
    if begins_page(text) { Format::Html } else { Format::Xml }
}

/// Markup tells itself by its first element: a page's, or that of news in XML.
fn of_markup(text: &str) -> Option<Format> {
    const NEWS: &[&str] = &["reuters", "nitf", "newsml", "newsmessage", "newsitem", "packageitem", "timeml", "alto"];
    /// Elements with which a piece of a page begins that was saved without its frame.
    const PIECES: &[&str] = &["head", "body", "article", "main", "section", "div", "p", "h1"];
    if begins_page(text) {
        return Some(Format::Html);
    }
    let says = |mark: &str| text.get(..mark.len()).is_some_and(|head| head.eq_ignore_ascii_case(mark));
    let is_declared = says("<?xml") || says("<!doctype");
    let root = root(text);
    let is_closed =
        |name: &str| text.contains(&format!("</{name}")) || text.contains(&format!("</{}", name.to_uppercase()));
    match root.as_deref() {
        Some(name) if NEWS.contains(&name) => Some(Format::Xml),
        Some("html") => Some(Format::Html),
        Some(name) if !is_declared && PIECES.contains(&name) && is_closed(name) => Some(Format::Html),
        _ => is_declared.then_some(Format::Xml),
    }
}

/// The name of a text's first element, behind what declares and comments; without prefix, in small letters.
fn root(text: &str) -> Option<String> {
    let mut rest = text.trim_start();
    while rest.starts_with("<!") || rest.starts_with("<?") {
        let has_list = || rest.split('>').next().is_some_and(|mark| mark.contains('['));
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            _ if rest.starts_with("<?") => "?>",
            _ if has_list() => "]>",
            _ => ">",
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let name = rest.strip_prefix('<')?.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next()?;
    let is_name = name.chars().all(|c| c.is_ascii_alphanumeric() || ":.-_".contains(c));
    is_name.then(|| name.rsplit(':').next().unwrap_or(name).to_ascii_lowercase())
}

/// Whether bytes begin as a mail does.
pub(super) fn is_mail(bytes: &[u8]) -> bool {
    const HEAD: usize = 16 << 10;
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes));
    of_mail(&head) == Some(Format::Mail)
}

/// Mail tells itself by its first lines: names with colons, a sender and a subject among them.
fn of_mail(text: &str) -> Option<Format> {
    let (first, rest) = text.split_once('\n')?;
    let is_mbox = first.starts_with("From ") && first.contains(':');
    let head: Vec<&str> =
        if is_mbox { rest } else { text }.lines().take_while(|line| !line.trim().is_empty()).collect();
    let is_field = |line: &&str| {
        let name = line.split(':').next().unwrap_or_default();
        line.starts_with([' ', '\t'])
            || (line.contains(':') && !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    };
    let has = |name: &str| head.iter().any(|line| line.get(..name.len()).is_some_and(|l| l.eq_ignore_ascii_case(name)));
    let is_sent = ["Subject:", "Message-ID:", "MIME-Version:", "Received:"].iter().any(|name| has(name));
    // What parts the mails of a mailbox tells it already; each program writes fewer fields than the rule asks for.
    let is_mail = if is_mbox { has("From:") || is_sent } else { has("From:") && has("Date:") && is_sent };
    let is_head = !head.is_empty() && head.iter().all(is_field);
    (is_head && is_mail).then_some(if is_mbox { Format::Mbox } else { Format::Mail })
}

/// Whether a file that says so really holds one record a line, and in bytes that can be cut into lines.
pub(super) fn are_lines(head: &[u8]) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default().trim_ascii();
    let is_wide = decode::is_wide(head);
    !(is_wide || first == b"{" || head.starts_with(b"["))
}

/// Whether bytes in whatever encoding begin a web page.
pub(super) fn is_page(bytes: &[u8]) -> bool {
    begins_page(&String::from_utf8_lossy(bytes.get(..bytes.len().min(1024)).unwrap_or_default()))
}

/// Whether a text begins as a web page does, perhaps with an XML declaration and comments in front.
fn begins_page(text: &str) -> bool {
    let head: String = text.trim_start_matches('\u{FEFF}').chars().take(1024).collect::<String>().to_lowercase();
    let mut rest = head.trim_start();
    while let Some((_, behind)) =
        ["<?xml", "<!--"].iter().find(|sign| rest.starts_with(*sign)).and(rest.split_once('>'))
    {
        rest = behind.trim_start();
    }
    rest.starts_with("<!doctype html") || rest.starts_with("<html")
}

/// Lines among which a second object is sought.
const FEW: usize = 20;

/// Whether the first line is a whole object and another follows it, perhaps behind a line that is broken.
pub(super) fn are_objects(text: &str) -> bool {
    let is_whole = |line: &str| {
        line.starts_with('{') && line.ends_with('}') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
    };
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().is_some_and(is_whole)
        && lines.next().is_some_and(|line| line.starts_with('{') || lines.take(FEW).any(is_whole))
}

/// Whether all of a text is an object, or a list of objects.
fn is_record(text: &str) -> bool {
    let text = text.trim_end();
    let is_object = text.starts_with('{') && text.ends_with('}');
    let is_list = text.starts_with('[') && text.ends_with(']') && text[1..].trim_start().starts_with('{');
    (is_object || is_list) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

fn extension(path: &str) -> Option<String> {
    let name = path.rsplit('/').next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty()).then(|| extension.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell() {
        for (path, expected) in [
            ("a/b.txt", Some(Format::Text)),
            ("a/B.JSONL", Some(Format::Lines)),
            ("a.b/dock", None),
            ("dock.1894", None),
            ("page.html", Some(Format::Html)),
            ("a.jsonl.gz", Some(Format::Packed(Packing::Gzip))),
        ] {
            assert_eq!(of_name(path), expected, "{path}");
        }
    }

    #[test]
    fn contents_tell() {
        for (text, expected) in [
            ("Flood\n\nThe river rose.", Format::Text),
            ("{\"title\": \"Flood\"}\n", Format::Json),
            ("{\"title\": \"Flood\"}\n{\"title\": \"Ebb\"}\n", Format::Lines),
            ("[{\"title\": \"Flood\"}]", Format::Json),
            ("[Correction] The river did not rise.", Format::Text),
            ("{sic} so he said", Format::Text),
            ("---\ntitle: Flood\n---\n", Format::Markdown),
            ("<!DOCTYPE html><p>", Format::Html),
            ("<?xml version='1.0'?><html>", Format::Html),
            ("<!DOCTYPE lewis>\n<REUTERS>", Format::Xml),
            ("From: a@example.org\nSubject: Flood\nDate: 4 Oct 1957\n\nIt rose.", Format::Mail),
            ("From a@example.org Fri Oct 4 10:00:00 1957\nFrom: a\nSubject: b\nDate: c\n\nd", Format::Mbox),
            ("From: the river\nit rose.", Format::Text),
            ("<?xml version=\"1.0\"?>\n<!-- saved -->\n<html lang=\"en\">", Format::Html),
            ("<?xml version=\"1.0\"?><nitf>", Format::Xml),
            ("<?xml version=\"1.0\"?><newsItem><html><p>", Format::Xml),
            ("<!-- of <b> -->\n<nar:newsItem>", Format::Xml),
            ("<!DOCTYPE nitf [<!ENTITY a \"b\">]>\n<nitf>", Format::Xml),
            ("<!-- saved -->\n<HEAD><title>Flood</title></HEAD>", Format::Html),
            ("<article class=\"a\"><p>It rose.</p></article>", Format::Html),
            ("<p> begins a paragraph", Format::Text),
            ("<sic> he wrote", Format::Text),
            ("From - Fri Oct 4 10:00:00 1957\nX-Status: 1\nSubject: b\n\nd", Format::Mbox),
            ("From: a@example.org\nDate: 4 Oct 1957\nMIME-Version: 1.0\n\nIt rose.", Format::Mail),
            ("# Flood\n\nIt [rose](a).", Format::Markdown),
            ("Flood\n=====\nIt rose.", Format::Markdown),
            ("#flood rises\n\nIt rose.", Format::Text),
        ] {
            assert_eq!(of_text(text), expected, "{text}");
        }
    }

    #[test]
    fn plain_texts_may_be_records_or_marked_up() {
        for (text, expected) in [
            ("{\"title\": \"Flood\"}\n{\"title\": \"Ebb\"}\n", Format::Lines),
            ("\n[{\"title\": \"Flood\"}]\n", Format::Json),
            ("{\"title\": \"Flood\"}\n{\"title\n{\"title\": \"Ebb\"}\n", Format::Lines),
            ("{\"title\": \"Flood\"}\nbroken\n{\"title\": \"Ebb\"}\n", Format::Lines),
            ("---\ntitle: Flood\n---\n# Flood\n\nIt rose.", Format::Markdown),
            ("---\ntitle: Flood\n---\nIt rose.", Format::Text),
            ("{\"title\": \"Flood\"} he wrote", Format::Text),
            ("[1] The river rose.", Format::Text),
            ("{}", Format::Json),
        ] {
            assert_eq!(of_plain(text), expected, "{text}");
        }
    }
}
