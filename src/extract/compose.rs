//! One text of an article's passages, and the parts that cut it up.
//!
//! It never changes a word; only the blank lines between parts are its own.

use std::ops::Range;

use crate::article::{Newlines, Origin, Part, PartKind, Passage};

/// What stands between two parts and belongs to neither.
const BETWEEN: &str = "\n\n";

/// The text of the passages in their order, and its parts; a body is cut into lead and rest unless all `is_cut` already.
pub(super) fn compose(passages: Vec<Passage>, is_cut: bool) -> (String, Vec<Part>) {
    let length: usize = passages.iter().map(|passage| passage.text.len() + 2 * BETWEEN.len()).sum();
    let mut text = String::with_capacity(length);
    let mut parts = Vec::with_capacity(passages.len() + 1);
    let mut push = |kind: PartKind, slice: &str, origin: Origin| {
        if slice.is_empty() {
            return;
        }
        if !text.is_empty() {
            text.push_str(BETWEEN);
        }
        let start = text.len();
        text.push_str(slice);
        parts.push(Part { kind, span: start..text.len(), origin });
    };
    let mut has_lead = false;
    for Passage { kind, text, origin } in passages {
        if is_cut {
            push(kind, &text, origin);
            continue;
        }
        let whole = trimmed(&text, 0..text.len());
        if kind == PartKind::Body && !has_lead {
            has_lead = true;
            let end = first_paragraph(&text, whole.clone());
            let lead = trimmed(&text, whole.start..end);
            let lines = Newlines::of(&text);
            push(PartKind::Lead, slice(&text, &lead), origin.cut(lead, &lines));
            let rest = trimmed(&text, end..whole.end);
            push(PartKind::Body, slice(&text, &rest), origin.cut(rest, &lines));
        } else {
            push(kind, slice(&text, &whole), origin.cut(whole, text.as_str()));
        }
    }
    (text, parts)
}

/// Where the first paragraph ends: before a blank line or an indented one, or where each line is a paragraph.
fn first_paragraph(text: &str, range: Range<usize>) -> usize {
    let body = slice(text, &range);
    let each_line = are_paragraphs(body);
    let mut at = range.start;
    for (n, line) in body.split_inclusive('\n').enumerate() {
        let is_indented = line.starts_with('\t') || line.starts_with("  ");
        if n > 0 && (each_line || is_indented || line.trim().is_empty()) {
            return at;
        }
        at += line.len();
    }
    range.end
}

/// Whether lines are long and end as sentences do, and no blank line parts them.
fn are_paragraphs(body: &str) -> bool {
    const LONG: usize = 120;
    let is_closed = |line: &&str| line.trim_end_matches(['"', '”', '’', '\'', ')', ' ']).ends_with(['.', '!', '?']);
    let lines = body.matches('\n').count() + 1;
    body.len() > LONG * lines
        && !body.lines().any(|line| line.trim().is_empty())
        && 2 * body.lines().filter(is_closed).count() > lines
}

fn slice<'a>(text: &'a str, range: &Range<usize>) -> &'a str {
    text.get(range.clone()).unwrap_or_default()
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let inner = slice(text, &range);
    let start = range.end - inner.trim_start().len();
    start..start + inner.trim().len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Ends;

    fn passage(kind: PartKind, text: &str, line: u32) -> Passage {
        Passage { kind, text: text.to_owned(), origin: Origin::new(line, Some(100), Ends::Lf) }
    }

    fn check(body: &str, expected: &[(PartKind, &str, u32)]) {
        let passages = vec![passage(PartKind::Title, " Flood\n", 1), passage(PartKind::Body, body, 3)];
        let (text, parts) = compose(passages, false);
        let found: Vec<_> = parts.iter().map(|p| (p.kind, &text[p.span.clone()], p.origin.line())).collect();
        assert_eq!(found, expected);
        for part in parts.iter().skip(1) {
            let byte = part.origin.byte().unwrap() as usize - 100;
            assert_eq!(&body[byte..byte + part.span.len()], &text[part.span.clone()]);
        }
    }

    #[test]
    fn the_first_paragraph_is_the_lead() {
        let title = (PartKind::Title, "Flood", 1);
        check("It\nrose.\n\nIt fell.\n", &[title, (PartKind::Lead, "It\nrose.", 3), (PartKind::Body, "It fell.", 6)]);
        check("It\nrose.\n   It fell.", &[title, (PartKind::Lead, "It\nrose.", 3), (PartKind::Body, "It fell.", 5)]);
        check("\n\nIt rose.", &[title, (PartKind::Lead, "It rose.", 5)]);
        check(" \n", &[title]);
    }

    #[test]
    fn a_cut_text_is_left_as_it_is() {
        let passages = vec![passage(PartKind::Body, "It rose.\n\nIt fell. ", 1)];
        let (text, parts) = compose(passages, true);
        assert_eq!((text.as_str(), parts.len()), ("It rose.\n\nIt fell. ", 1));
    }
}
