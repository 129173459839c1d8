//! Which format a file is in, by its name and, where that says nothing, by its content.
//!
//! It never reads a file as something that its name denies.

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
    /// A web page.
    Html,
    /// Known but not read yet; its name for a sentence.
    Unread(&'static str),
}

/// The format a file's name promises; `None` when it has no extension or one unknown here.
pub(super) fn of_name(path: &str) -> Option<Format> {
    let format = match extension(path)?.as_str() {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::Lines,
        "html" | "htm" | "xhtml" => Format::Html,
        "mhtml" => Format::Unread("a web page in a mail's shape"),
        "pdf" => Format::Unread("PDF"),
        "csv" => Format::Unread("CSV"),
        "tsv" => Format::Unread("TSV"),
        "doc" | "docx" | "odt" | "rtf" | "pages" => Format::Unread("a word processor's format"),
        "epub" => Format::Unread("EPUB"),
        "xls" | "xlsx" | "ods" => Format::Unread("a spreadsheet"),
        "sgm" | "sgml" | "xml" => Format::Unread("SGML or XML"),
        "eml" | "mbox" | "msg" => Format::Unread("mail"),
        "gz" | "zst" | "zip" | "tar" | "tgz" | "bz2" | "xz" | "7z" | "rar" => Format::Unread("a compressed file"),
        "warc" | "wacz" => Format::Unread("a web archive"),
        "yaml" | "yml" | "toml" => Format::Unread("fields without a text (read only beside a .txt of the same name)"),
        "jpg" | "jpeg" | "png" | "gif" | "tif" | "tiff" | "webp" | "bmp" | "svg" => Format::Unread("a picture"),
        "mp3" | "wav" | "m4a" | "mp4" | "mov" | "avi" => Format::Unread("sound or film"),
        _ => return None,
    };
    Some(format)
}

/// The format whose mark the bytes begin with.
pub(super) fn of_magic(bytes: &[u8]) -> Option<Format> {
    const MARKS: &[(&[u8], &str)] = &[
        (b"%PDF-", "PDF"),
        (b"PK\x03\x04", "a compressed file"),
        (b"\x1F\x8B", "a compressed file"),
        (b"\x28\xB5\x2F\xFD", "a compressed file"),
        (b"\xD0\xCF\x11\xE0", "a word processor's format"),
        (b"{\\rtf", "a word processor's format"),
        (b"\x89PNG", "a picture"),
        (b"\xFF\xD8\xFF", "a picture"),
    ];
    MARKS.iter().find(|(mark, _)| bytes.starts_with(mark)).map(|(_, name)| Format::Unread(name))
}

/// The format a text without a telling name is in.
pub(super) fn of_text(text: &str) -> Format {
    let text = text.trim_start();
    if begins_page(text) {
        return Format::Html;
    }
    let head: String = text.chars().take(20).flat_map(char::to_lowercase).collect();
    if head.starts_with("<?xml") || head.starts_with("<!doctype") {
        return Format::Unread("SGML or XML");
    }
    match text.as_bytes().first() {
        Some(b'{') if are_objects(text) => Format::Lines,
        Some(b'{') if text.trim_end().ends_with('}') => Format::Json,
        Some(b'[') if text.trim_end().ends_with(']') && text[1..].trim_start().starts_with(['{', ']']) => Format::Json,
        _ if text.starts_with("---\n") || text.starts_with("+++\n") => Format::Markdown,
        _ => Format::Text,
    }
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

/// Whether the first line is a whole object and another follows it.
pub(super) fn are_objects(text: &str) -> bool {
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first_is_whole = lines.next().is_some_and(|line| {
        line.starts_with('{') && line.ends_with('}') && serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok()
    });
    first_is_whole && lines.next().is_some_and(|line| line.starts_with('{'))
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
            ("<?xml version=\"1.0\"?>\n<!-- saved -->\n<html lang=\"en\">", Format::Html),
            ("<?xml version=\"1.0\"?><nitf>", Format::Unread("SGML or XML")),
        ] {
            assert_eq!(of_text(text), expected, "{text}");
        }
    }
}
