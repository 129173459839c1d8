//! New articles as an Atom feed (RFC 4287), for readers of feeds.
//!
//! Every text is escaped; the feed says when it was made, an entry when its article was published.

use std::io::{self, Write};

use quick_xml::escape::escape;

use super::layout::percent;
use crate::{date::Date, hit::WatchedHit};

/// What stands in the head of a feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The feed's name.
    pub title: String,
    /// What tells this feed from others; the same each time.
    pub id: String,
    /// When it was made, RFC 3339 in UTC.
    pub updated: String,
}

/// Writes a feed up to its first entry.
///
/// # Errors
/// Those of the writer.
pub fn begin(head: &Head, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">")?;
    writeln!(out, "  <title>{}</title>\n  <id>urn:morgue:{}</id>", clean(&head.title), percent(head.id.as_bytes()))?;
    writeln!(out, "  <updated>{}</updated>\n  <author><name>morgue</name></author>", clean(&head.updated))
}

/// Writes an entry.
///
/// # Errors
/// Those of the writer.
pub fn entry(WatchedHit { saved, hit }: &WatchedHit, head: &Head, out: &mut dyn Write) -> io::Result<()> {
    let title = if hit.title.trim().is_empty() { &hit.path } else { &hit.title };
    writeln!(out, "  <entry>\n    <title>{}</title>", clean(title))?;
    writeln!(out, "    <id>urn:morgue:{}:{}</id>", percent(saved.as_bytes()), percent(hit.id.as_bytes()))?;
    let day = hit.published.as_deref().and_then(|date| Date::parse(date).ok()).and_then(|date| date.from());
    let published = day.map(|day| format!("{}T00:00:00Z", Date::from_day(day)));
    writeln!(out, "    <updated>{}</updated>", clean(&head.updated))?;
    if let Some(published) = published {
        writeln!(out, "    <published>{published}</published>")?;
    }
    if let Some(url) = &hit.url {
        writeln!(out, "    <link href=\"{}\"/>", clean(url))?;
    }
    if let Some(byline) = &hit.byline {
        writeln!(out, "    <author><name>{}</name></author>", clean(byline))?;
    }
    writeln!(out, "    <category term=\"{}\"/>", clean(saved))?;
    let source = hit.source.as_deref().map(|source| format!("{source}: ")).unwrap_or_default();
    let passages: Vec<&str> = hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect();
    let content = if passages.is_empty() { hit.path.clone() } else { passages.join(" … ") };
    writeln!(out, "    <content type=\"text\">{}</content>\n  </entry>", clean(&format!("{source}{content}")))
}

/// Writes what stands behind the last entry.
///
/// # Errors
/// Those of the writer.
pub fn end(out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "</feed>")
}

/// Escaped, on one line, without the signs that XML does not allow at all.
fn clean(text: &str) -> String {
    let is_allowed = |c: &char| !matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}');
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    escape(flat.chars().filter(is_allowed).collect::<String>()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::Hit;

    #[test]
    fn a_feed_is_well_formed_whatever_stands_in_it() {
        let hit = Hit {
            id: "a b#\"<1>".into(),
            title: "<script>&\u{0}\n“é”</script>".into(),
            url: Some("https://example.org/?a=1&b=\"2\"".into()),
            published: Some("1916-05".into()),
            byline: Some("A & B".into()),
            ..Hit::default()
        };
        let head = Head { title: "a & b".into(), id: "x y".into(), updated: "2026-03-01T00:00:00Z".into() };
        let mut out = Vec::new();
        begin(&head, &mut out).unwrap();
        entry(&WatchedHit { saved: "floods".into(), hit }, &head, &mut out).unwrap();
        end(&mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                _ => continue,
            }
        }
        for part in [
            "<title>&lt;script&gt;&amp; “é”&lt;/script&gt;</title>",
            "<id>urn:morgue:floods:a%20b%23%22%3C1%3E</id>",
            "<published>1916-05-01T00:00:00Z</published>",
            "<link href=\"https://example.org/?a=1&amp;b=&quot;2&quot;\"/>",
        ] {
            assert!(text.contains(part), "{part} in {text}");
        }
    }
}
