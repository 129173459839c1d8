//! Passages around matches, cut from the stored text.
//!
//! Only what matched is marked; matching itself happened on postings, here positions become places in the text again.

use std::ops::Range;

use super::nearby::Nearby;
use crate::{
    article::{Article, Part, PartKind},
    hit::{CodePoints, Snippet},
    span::Span,
    text::{Landmarks, fold},
};

/// Most snippets of a hit.
const MOST: usize = 2;
/// Bytes between the first and last mark of a snippet.
const REACH: usize = 140;
/// Bytes of context on each side.
const CONTEXT: usize = 90;

/// The places in the text of spans of words, ascending, overlapping ones joined.
pub(super) fn marks((article, landmarks): (&Article, &Landmarks), spans: &[Span]) -> Vec<Range<usize>> {
    let mut nearby = Nearby::of(article, landmarks);
    let mut marks: Vec<Range<usize>> = Vec::new();
    for mark in spans.iter().filter_map(|span| nearby.bytes(*span)) {
        match marks.last_mut().filter(|before| before.end > mark.start) {
            Some(before) => before.end = before.end.max(mark.end),
            None => marks.push(mark),
        }
    }
    marks
}

/// The best passages around the marks, best first; the beginning of the text when there are none.
pub(super) fn snippets(article: &Article, marks: &[Range<usize>]) -> Vec<Snippet> {
    let points = CodePoints::of(&article.text);
    let mut windows: Vec<Window> = Vec::new();
    for part in searched(article) {
        let from = marks.partition_point(|mark| mark.start < part.span.start);
        let to = marks.partition_point(|mark| mark.start < part.span.end);
        let inside = &marks[from..to.max(from)];
        windows.extend((0..inside.len()).map(|first| Window::from(article, part, &inside[first..])));
    }
    windows.sort_by_key(|window| (std::cmp::Reverse(window.worth), window.marks.start));
    let mut chosen: Vec<Snippet> = Vec::new();
    let mut taken: Vec<Range<usize>> = Vec::new();
    for window in &windows {
        let cut = widened(article, window.part, &window.marks);
        if chosen.len() < MOST && taken.iter().all(|other| other.end <= cut.start || cut.end <= other.start) {
            chosen.push(snippet(article, (window.part, cut.clone()), marks, &points));
            taken.push(cut);
        }
    }
    if chosen.is_empty() {
        chosen.extend(beginning(article).map(|place| snippet(article, place, &[], &points)));
    }
    chosen
}

fn searched(article: &Article) -> impl Iterator<Item = &Part> {
    article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate)
}

/// Marks that fit into one snippet.
struct Window<'a> {
    part: &'a Part,
    /// From the first mark's beginning to the last one's end.
    marks: Range<usize>,
    /// Different words first, then how many; the title, which is shown anyway, last.
    worth: (bool, usize, usize),
}

impl<'a> Window<'a> {
    fn from(article: &Article, part: &'a Part, marks: &[Range<usize>]) -> Self {
        let start = marks[0].start;
        let fitting = marks.iter().take_while(|mark| mark.end <= start + REACH || mark.start == start);
        let (mut end, mut words, mut count) = (start, Vec::new(), 0);
        for mark in fitting {
            end = end.max(mark.end);
            words.push(fold(&article.text[mark.clone()]));
            count += 1;
        }
        words.sort_unstable();
        words.dedup();
        Self { part, marks: start..end, worth: (part.kind != PartKind::Title, words.len(), count) }
    }
}

/// A stretch of a part with context, cut between words.
fn widened(article: &Article, part: &Part, marks: &Range<usize>) -> Range<usize> {
    let text = &article.text;
    let left = text.floor_char_boundary(marks.start.saturating_sub(CONTEXT)).max(part.span.start);
    let right = text.ceil_char_boundary(marks.end + CONTEXT).min(part.span.end);
    let start = match text[left..marks.start].find(char::is_whitespace) {
        Some(blank) if left > part.span.start => left + blank,
        _ => left,
    };
    let end = match text[marks.end..right].rfind(char::is_whitespace) {
        Some(blank) if right < part.span.end => marks.end + blank,
        _ => right,
    };
    let trimmed = text[start..end].trim_start();
    let start = end - trimmed.len();
    start..start + trimmed.trim_end().len()
}

fn beginning(article: &Article) -> Option<(&Part, Range<usize>)> {
    let first = searched(article).find(|part| part.kind != PartKind::Title).or_else(|| searched(article).next())?;
    let start = first.span.start;
    Some((first, widened(article, first, &(start..start))))
}

fn snippet(
    article: &Article,
    place: (&Part, Range<usize>),
    marks: &[Range<usize>],
    points: &CodePoints<'_>,
) -> Snippet {
    let (part, cut) = place;
    let start = points.at(cut.start) as u64;
    let inside = marks.iter().filter(|mark| mark.start >= cut.start && mark.end <= cut.end);
    Snippet {
        part: part.kind,
        line: article.line_at(cut.start, article.text.as_str()),
        start,
        end: points.at(cut.end) as u64,
        text: article.text[cut.clone()].to_owned(),
        marks: inside.map(|mark| (points.at(mark.start) as u64 - start, points.at(mark.end) as u64 - start)).collect(),
    }
}
