//! HTML inside other formats (mail, books, saved pages) as text: tags give way, blocks become paragraphs.
//!
//! It never judges what is content: whole pages are another reader's work, a fragment is all text.

/// Elements whose words are no text.
const SILENT: &[&str] = &["script", "style", "head", "template", "svg"];
/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "ul",
];
/// Elements that begin a line.
const LINES: &[&str] = &["br", "li", "tr"];

/// The text of an HTML or XHTML fragment: paragraphs parted by blank lines, references resolved, blanks made one.
pub(super) fn text(html: &str) -> String {
    let mut page = Page { out: String::with_capacity(html.len() / 2), pending: Gap::None };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, from) = rest.split_at(at);
        page.words(before);
        rest = match tag(from) {
            Some(Tag { name, is_end: false, length }) if SILENT.contains(&name.as_str()) => {
                let inside = from.get(length..).unwrap_or_default();
                if from[..length].ends_with("/>") { inside } else { after_end_of(&name, inside) }
            }
            Some(Tag { name, length, .. }) => {
                page.part(&name);
                from.get(length..).unwrap_or_default()
            }
            None => {
                page.words("<");
                &from[1..]
            }
        };
    }
    page.words(rest);
    page.out
}

/// Whether a text that should be plain is marked up as HTML.
pub(super) fn is_html(text: &str) -> bool {
    let text = text.trim();
    text.starts_with('<') && ["</p>", "</div>", "<br", "</a>", "</h", "</article>"].iter().any(|tag| text.contains(tag))
}

/// `&amp;` and its like, resolved; what is no reference stays.
pub(super) fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let name = from.get(1..).and_then(|inner| inner.get(..inner.bytes().take(33).position(|byte| byte == b';')?));
        match name.and_then(|name| Some((reference(name)?, name.len()))) {
            Some((meant, length)) => {
                out.push_str(&meant);
                rest = from.get(length + 2..).unwrap_or_default();
            }
            None => {
                out.push('&');
                rest = &from[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What a reference means, without its `&` and `;`; control characters mean nothing.
pub(super) fn reference(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        return quick_xml::escape::resolve_html5_entity(name).map(str::to_owned);
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    let meant = char::from_u32(code)?;
    Some(if meant.is_control() && !"\n\t".contains(meant) { String::new() } else { meant.to_string() })
}

/// What stands between the last word and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Blank,
    Line,
    Paragraph,
}

struct Page {
    out: String,
    pending: Gap,
}

impl Page {
    fn words(&mut self, text: &str) {
        for (n, word) in resolved(text).split([' ', '\t', '\n', '\r', '\u{C}']).enumerate() {
            if n > 0 {
                self.pending = self.pending.max(Gap::Blank);
            }
            if word.is_empty() {
                continue;
            }
            if !self.out.is_empty() {
                self.out.push_str(["", " ", "\n", "\n\n"][self.pending as usize]);
            }
            self.pending = Gap::None;
            self.out.push_str(word);
        }
    }

    fn part(&mut self, name: &str) {
        let gap = match name {
            name if BLOCKS.contains(&name) => Gap::Paragraph,
            name if LINES.contains(&name) => Gap::Line,
            "td" | "th" => Gap::Blank,
            _ => Gap::None,
        };
        // Two breaks are how old pages part paragraphs.
        let is_second = name == "br" && self.pending == Gap::Line;
        self.pending = self.pending.max(if is_second { Gap::Paragraph } else { gap });
    }
}

struct Tag {
    name: String,
    is_end: bool,
    length: usize,
}

/// The tag, comment or declaration that `from` begins with.
fn tag(from: &str) -> Option<Tag> {
    let silent = |length| Some(Tag { name: String::new(), is_end: true, length });
    for (open, close) in [("<!--", "-->"), ("<![CDATA[", ">"), ("<!", ">"), ("<?", ">")] {
        if from.starts_with(open) {
            return silent(from.find(close).map_or(from.len(), |at| at + close.len()));
        }
    }
    let inner = from.strip_prefix('<')?;
    let is_end = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let name: String = inner.chars().take_while(|c| c.is_ascii_alphanumeric()).collect();
    Some(Tag { name: name.to_ascii_lowercase(), is_end, length: end_of_tag(from)? })
}

/// The length of a tag; a `>` in quotes does not end it, unless the quotes never end.
fn end_of_tag(from: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in from.bytes().enumerate().take(1 << 16) {
        match (quote, byte) {
            (None, b'>') => return Some(at + 1),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    from.find('>').map(|at| at + 1)
}

/// What follows the end tag `name`; nothing when there is none.
fn after_end_of<'a>(name: &str, inside: &'a str) -> &'a str {
    let mut rest = inside;
    while let Some(at) = rest.find("</") {
        rest = rest.get(at + 2..).unwrap_or_default();
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest.find('>').and_then(|end| rest.get(end + 1..)).unwrap_or_default();
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs() {
        for (html, expected) in [
            ("<p>The river\n rose.</p><p>It <b>fell</b>.</p>", "The river rose.\n\nIt fell."),
            ("One<br>two<br><br>three", "One\ntwo\n\nthree"),
            ("<ul><li>a<li>b</ul>c", "a\nb\n\nc"),
            ("<script>if (a < b) {}</script>Text<style>p{}</style>", "Text"),
            ("<script>never ended", ""),
            ("<!-- <p>no --><a title='x > y'>Yes</a>", "Yes"),
            ("3 < 4 &amp; 5 &gt; 4 &hellip; &#8217; &#x2014; &nope; AT&T", "3 < 4 & 5 > 4 … ’ — &nope; AT&T"),
            ("<p title=\"open>Kept</p>", "Kept"),
            ("a <", "a <"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }

    #[test]
    fn a_text_with_signs_is_no_html() {
        assert!(is_html(" <p>The river rose.</p>"));
        assert!(!is_html("5 < 6 and </p> is a tag") && !is_html("<sic> he said"));
    }
}
