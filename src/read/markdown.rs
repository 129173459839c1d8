//! Markdown as text: headings without their marks, links and pictures by what they show.
//!
//! It never drops words and never joins or parts lines, so that every line stays where the file has it.

use std::ops::Range;

use super::{
    front,
    layout::{Layout, trimmed},
};

/// Most brackets in brackets that are read as a link: more would be sought to the end of the line from each of them.
const DEEPEST: i32 = 16;

/// The layout of Markdown from byte `from` on: a heading at the beginning is the title.
pub(super) fn layout(text: &str, from: usize) -> Layout {
    let whole = trimmed(text, from..text.len());
    let mut layout = Layout { body: whole.clone(), whole: whole.clone(), ..Layout::default() };
    if let Some((title, length)) = title(text.get(whole.clone()).unwrap_or_default()) {
        layout.title = Some(whole.start + title.start..whole.start + title.end);
        layout.body = trimmed(text, whole.start + length..whole.end);
    }
    layout
}

/// Whether a text begins, perhaps behind front matter, with a heading that stands apart or is underlined.
pub(super) fn is_headed(text: &str) -> bool {
    let rest = front::split(text).and_then(|front| text.get(front.rest..)).unwrap_or(text).trim_start();
    let Some((_, length)) = title(rest) else { return false };
    let behind = rest.get(length..).unwrap_or_default();
    !rest.starts_with('#') || behind.split('\n').nth(1).is_none_or(|line| line.trim().is_empty())
}

/// The title with which a text begins, `# so` or underlined with `===`, and where it ends with its marks.
fn title(text: &str) -> Option<(Range<usize>, usize)> {
    let first = text.split('\n').next()?;
    let end = first.trim_end().len();
    if let Some(title) = first.strip_prefix("# ").map(str::trim) {
        return (!title.is_empty()).then_some((end - title.len()..end, end));
    }
    let under = text.get(first.len() + 1..)?.split('\n').next()?;
    let is_line = under.trim_end().len() >= 3 && under.trim_end().bytes().all(|byte| byte == b'=');
    (is_line && !first.starts_with('=')).then_some((0..end, first.len() + 1 + under.len()))
}

/// The text without the marks of headings, links, pictures and wikilinks.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push('\n');
        }
        links(heading(line), &mut out);
    }
    out
}

fn heading(line: &str) -> &str {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if (1..=6).contains(&level) && rest.starts_with(' ') { rest.trim_start() } else { line }
}

fn links(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(at) = rest.find('[') {
        let (before, from) = rest.split_at(at);
        let Some((shown, length)) = wikilink(from).or_else(|| link(from)) else {
            out.push_str(before);
            out.push('[');
            rest = &from[1..];
            continue;
        };
        out.push_str(before.strip_suffix('!').unwrap_or(before));
        if shown.contains('[') {
            links(shown, out)
        } else {
            out.push_str(shown)
        }
        rest = from.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// `[[page]]` or `[[page|shown]]`: what is shown, and its length.
fn wikilink(from: &str) -> Option<(&str, usize)> {
    let inner = from.strip_prefix("[[")?;
    let before_next = inner.split('[').next().unwrap_or_default();
    let shown = before_next.get(..before_next.find("]]")?)?;
    Some((shown.rsplit('|').next().unwrap_or(shown), shown.len() + 4))
}

/// `[shown](address)`: what is shown, and its length.
fn link(from: &str) -> Option<(&str, usize)> {
    let close = closing(from.as_bytes(), (b'[', b']'))?;
    let address = from.get(close + 1..)?;
    let end = address.starts_with('(').then(|| closing(address.as_bytes(), (b'(', b')')))??;
    Some((from.get(1..close)?, close + end + 2))
}

/// Where the bracket closes with which the bytes begin.
fn closing(bytes: &[u8], (open, close): (u8, u8)) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in bytes.iter().enumerate() {
        depth += i32::from(*byte == open) - i32::from(*byte == close);
        match depth {
            0 => return Some(at),
            1..=DEEPEST => {}
            _ => return None,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_give_way_to_what_they_show() {
        for (text, expected) in [
            ("## The flood\nIt rose.", "The flood\nIt rose."),
            ("See [the map](https://example.org/a_(b)) now", "See the map now"),
            ("![The bridge](b.jpg) fell", "The bridge fell"),
            ("[![The bridge](b.jpg)](b.html)", "The bridge"),
            ("[[Nora Vell]] met [[people/x|Jan Orrin]]", "Nora Vell met Jan Orrin"),
            ("a [note] and #5 and [open", "a [note] and #5 and [open"),
            ("#tag stays", "#tag stays"),
        ] {
            assert_eq!(plain(text), expected);
        }
    }

    /// To seek the end of each of them to the end of the line would take hours, and to read each in the one before it any stack.
    #[test]
    fn brackets_without_end_stay() {
        let line = |n: usize, (open, close): (&str, &str)| format!("{}x{}", open.repeat(n), close.repeat(n));
        for (brackets, read) in [(("[", ""), 0), (("[[a", ""), 0), (("[](", ""), 0), (("[", "](a)"), 16)] {
            assert!(plain(&line(200_000, brackets)) == line(200_000 - read, brackets), "{brackets:?}");
        }
    }

    #[test]
    fn a_heading_at_the_beginning_is_the_title() {
        let text = "---\na: 1\n---\n\n# Flood \n\nIt rose.\n";
        let found = layout(text, 13);
        assert_eq!((&text[found.title.unwrap()], &text[found.body]), ("Flood", "It rose."));
        assert_eq!(layout("It rose.\n\n# Later\n", 0).title, None);
    }

    #[test]
    fn a_line_that_is_underlined_at_the_beginning_is_the_title() {
        for (text, title, body) in [
            ("---\na: 1\n---\n\nFlood \n=====\n\nIt rose.\n", Some("Flood"), "It rose."),
            ("\n Flood\n=== \nIt rose.", Some("Flood"), "It rose."),
            ("Flood\n===", Some("Flood"), ""),
            ("Flood\n\n===\nIt rose.", None, "Flood\n\n===\nIt rose."),
            ("Flood\n== a\nIt rose.", None, "Flood\n== a\nIt rose."),
            ("====\n====\nIt rose.", None, "====\n====\nIt rose."),
        ] {
            let from = front::split(text).map_or(0, |front| front.rest);
            let found = layout(text, from);
            assert_eq!((found.title.map(|range| &text[range]), &text[found.body]), (title, body), "{text}");
        }
    }
}
