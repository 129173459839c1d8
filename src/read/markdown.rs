//! Markdown as text: headings without their marks, links and pictures by what they show.
//!
//! It never drops words and never joins or parts lines, so that every line stays where the file has it.

use std::ops::Range;

use super::{
    front,
    layout::{Layout, trimmed},
};
use crate::article::Traced;

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

/// The text without the marks of headings, links, pictures and wikilinks; it stands at byte `from` of what it is traced to.
pub(super) fn plain(text: &str, from: usize) -> Traced {
    let mut out = Traced::default();
    let mut at = from;
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push("\n", at - 1);
        }
        let heading = heading(line);
        links(heading, at + line.len() - heading.len(), &mut out);
        at += line.len() + 1;
    }
    out
}

fn heading(line: &str) -> &str {
    let rest = line.trim_start_matches('#');
    let level = line.len() - rest.len();
    if (1..=6).contains(&level) && rest.starts_with(' ') { rest.trim_start() } else { line }
}

/// Adds what a line, or what a link shows, says; it stands at byte `from`.
fn links(line: &str, from: usize, out: &mut Traced) {
    let mut done = 0;
    while let Some((before, rest)) = line.get(done..).and_then(|rest| rest.split_at_checked(rest.find('[')?)) {
        let at = done + before.len();
        let Some((shown, length)) = wikilink(rest).or_else(|| link(rest)) else {
            out.push(line.get(done..=at).unwrap_or_default(), from + done);
            done = at + 1;
            continue;
        };
        out.push(before.strip_suffix('!').unwrap_or(before), from + done);
        let start = from + at + shown.start;
        let shown = rest.get(shown).unwrap_or_default();
        if shown.contains('[') {
            links(shown, start, out)
        } else {
            out.push(shown, start)
        }
        done = at + length;
    }
    out.push(line.get(done..).unwrap_or_default(), from + done);
}

/// `[[page]]` or `[[page|shown]]`: where what is shown stands, and the length of it all.
fn wikilink(from: &str) -> Option<(Range<usize>, usize)> {
    let inner = from.strip_prefix("[[")?;
    let before_next = inner.split('[').next().unwrap_or_default();
    let shown = before_next.get(..before_next.find("]]")?)?;
    let length = shown.rsplit('|').next().unwrap_or(shown).len();
    Some((2 + shown.len() - length..2 + shown.len(), shown.len() + 4))
}

/// `[shown](address)`: where what is shown stands, and the length of it all.
fn link(from: &str) -> Option<(Range<usize>, usize)> {
    let close = closing(from.as_bytes(), (b'[', b']'))?;
    let address = from.get(close + 1..)?;
    let end = address.starts_with('(').then(|| closing(address.as_bytes(), (b'(', b')')))??;
    Some((1..close, close + end + 2))
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
            assert_eq!(plain(text, 0).into_text(), expected);
        }
    }

    /// To seek the end of each of them to the end of the line would take hours, and to read each in the one before it any stack.
    #[test]
    fn brackets_without_end_stay() {
        let line = |n: usize, (open, close): (&str, &str)| format!("{}x{}", open.repeat(n), close.repeat(n));
        for (brackets, read) in [(("[", ""), 0), (("[[a", ""), 0), (("[](", ""), 0), (("[", "](a)"), 16)] {
            assert!(*plain(&line(200_000, brackets), 0) == line(200_000 - read, brackets), "{brackets:?}");
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
