//! The layout of a plain text: which line is the title, which the byline, where the body begins.
//!
//! It never guesses in the middle of a text; only the first lines may be anything but body.

use std::ops::Range;

/// Where things stand in a text, in bytes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Layout {
    /// The headline.
    pub(super) title: Option<Range<usize>>,
    /// The byline, as printed between headline and body.
    pub(super) byline: Option<Range<usize>>,
    /// What follows the headline.
    pub(super) body: Range<usize>,
    /// Everything, headline included.
    pub(super) whole: Range<usize>,
}

/// Most code points of a headline that a text follows at once, and of one that stands apart.
const SHORT: usize = 200;
const APART: usize = 300;

/// The layout of `text` from byte `from` on.
pub(super) fn of(text: &str, from: usize) -> Layout {
    let whole = trimmed(text, from..text.len());
    let first = line_at(text, whole.start);
    let after = trimmed(text, first.end..whole.end);
    let mut layout = Layout { body: whole.clone(), whole: whole.clone(), ..Layout::default() };
    let Some(line) = text.get(first.clone()) else { return layout };
    let points = line.chars().count();
    let is_apart = next_is_blank(text, first.end);
    if let Some(named) = header(line, "title:") {
        layout.title = Some(first.end - named..first.end);
        layout.body = after;
    } else if !after.is_empty()
        && ((is_apart && points <= APART) || (points <= SHORT && is_headline(text, &first, &after)))
    {
        layout.title = Some(first);
        layout.body = after;
    }
    if layout.title.is_some() {
        layout.byline = byline(text, &layout.body);
        if let Some(byline) = &layout.byline {
            layout.body = trimmed(text, byline.end..whole.end);
        }
    }
    layout
}

/// A headline directly above a text: the line does not run on into the next.
fn is_headline(text: &str, first: &Range<usize>, after: &Range<usize>) -> bool {
    let line = text.get(first.clone()).unwrap_or_default();
    let next = text.get(after.clone()).unwrap_or_default();
    let runs_on = next.starts_with(|c: char| c.is_lowercase()) || line.ends_with([',', ';', '-', '–', '—', ':', '.']);
    // In a paragraph broken into lines of one width, no line tells itself from the next.
    let next_line = next.lines().next().unwrap_or_default();
    let is_wrapped =
        next.lines().nth(1).is_some_and(|third| !third.trim().is_empty() && !third.starts_with([' ', '\t']))
            && next_line.chars().count() < 100
            && line.chars().count() > 50;
    !runs_on && !is_wrapped
}

/// The bytes behind a header's name, when the line is that header.
fn header(line: &str, name: &str) -> Option<usize> {
    let head = line.get(..name.len())?;
    let value = line.get(name.len()..)?.trim_start();
    (head.eq_ignore_ascii_case(name) && !value.is_empty()).then_some(value.len())
}

/// A line `By Nora Vell` that stands alone above the text.
fn byline(text: &str, body: &Range<usize>) -> Option<Range<usize>> {
    let first = line_at(text, body.start);
    let line = text.get(first.clone())?;
    let is_alone = next_is_blank(text, first.end) && first.end < body.end;
    (is_alone && names_writer(line)).then_some(first)
}

/// Whether a line says `By` and a name, and is no sentence.
pub(super) fn names_writer(line: &str) -> bool {
    let name = line.strip_prefix("By ").or_else(|| line.strip_prefix("BY "));
    let begins = name.is_some_and(|name| name.starts_with(char::is_uppercase));
    begins && line.chars().count() <= 80 && !line.ends_with('.')
}

/// The line that begins at `start`, without blanks at its end.
fn line_at(text: &str, start: usize) -> Range<usize> {
    let rest = text.get(start..).unwrap_or_default();
    let line = rest.split('\n').next().unwrap_or_default().trim_end();
    start..start + line.len()
}

/// Whether the line after byte `end` is blank.
fn next_is_blank(text: &str, end: usize) -> bool {
    let mut lines = text.get(end..).unwrap_or_default().split('\n').skip(1);
    lines.next().is_some_and(|line| line.trim().is_empty())
}

/// A range without the blanks at its ends.
pub(super) fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(slice) = text.get(range.clone()) else { return range.end..range.end };
    let start = range.end - slice.trim_start().len();
    start..start + slice.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, title: Option<&str>, byline: Option<&str>, body: &str) {
        let layout = of(text, 0);
        assert_eq!(layout.title.map(|range| &text[range]), title, "{text}");
        assert_eq!(layout.byline.map(|range| &text[range]), byline, "{text}");
        assert_eq!(&text[layout.body], body, "{text}");
    }

    #[test]
    fn the_first_line_is_the_title_when_it_stands_out() {
        check("Flood\n\nThe river rose.\n", Some("Flood"), None, "The river rose.");
        check("\n  Flood \nThe river rose.\n", Some("Flood"), None, "The river rose.");
        check("Title: Flood\nThe river rose.", Some("Flood"), None, "The river rose.");
        check("Flood\n", None, None, "Flood");
        check("", None, None, "");
        check("The river\nrose again.", None, None, "The river\nrose again.");
        let long = "word ".repeat(70);
        check(&format!("{long}\n\nNext."), None, None, &format!("{long}\n\nNext."));
        let wrapped = "The river at Vellmar rose through the night of Friday and\nTolland, who has run the ferry since\n1889, said so.";
        check(wrapped, None, None, wrapped);
    }

    #[test]
    fn a_byline_alone_on_its_line_is_told() {
        check("Flood\n\nBy Nora Vell\n\nThe river rose.", Some("Flood"), Some("By Nora Vell"), "The river rose.");
        check("Flood\n\nBy noon it rose.\n\nMore.", Some("Flood"), None, "By noon it rose.\n\nMore.");
    }
}
