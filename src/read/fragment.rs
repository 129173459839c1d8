//! HTML inside other formats (mail, books, saved pages) as text: tags give way, blocks become paragraphs.
//!
//! It never judges what is content: whole pages are another reader's work, a fragment is all text.

use super::html;
use crate::article::Traced;

/// The text of an HTML or XHTML fragment: paragraphs parted by blank lines, references resolved, blanks made one.
pub(super) fn text(html: &str) -> String {
    traced(html).into_text()
}

/// The same with where each piece stands in the fragment.
pub(super) fn traced(html: &str) -> Traced {
    Traced::together(html::fragment(html).iter(), "\n\n")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_become_paragraphs() {
        for (html, expected) in [
            ("<p>The river\n rose.</p><p>It <b>fell</b>.</p>", "The river rose.\n\nIt fell."),
            ("One<br>two<br><br>three", "One\ntwo\n\nthree"),
            ("<ul><li>a<li>b</ul>c", "• a\n• b\n\nc"),
            ("<script>if (a < b) {}</script>Text<style>p{}</style>", "Text"),
            ("<script>never ended", ""),
            ("<!-- <p>no --><a title='x > y'>Yes</a>", "Yes"),
            ("3 < 4 &amp; 5 &gt; 4 &hellip; &#8217; &#x2014; &nope; AT&T", "3 < 4 & 5 > 4 … ’ — &nope; AT&T"),
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
