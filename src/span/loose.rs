//! A phrase whose words may be shifted against each other: the minimal spans that hold them all.
//!
//! Every choice of one span a word counts, so that repeated and overlapping words are told apart; the number of choices is
//! kept down by the window that the shift allows.

use super::{Positions, Shape, Span, Unit, is_crossing, minimal};

/// A span of the `of`-th word, and where the phrase would begin if it were not shifted.
#[derive(Debug, Clone, Copy)]
struct Choice {
    of: usize,
    span: Span,
    origin: i64,
}

/// The spans of a loose phrase of at most 16 words.
pub(super) fn spans(shapes: &[Shape], slop: u32, source: &mut dyn Positions) -> Vec<Span> {
    let mut choices: Vec<Choice> = Vec::new();
    for (of, shape) in shapes.iter().enumerate() {
        let spans = shape.spans(source);
        if spans.is_empty() {
            return Vec::new();
        }
        choices.extend(spans.into_iter().map(|span| Choice { of, span, origin: i64::from(span.first) - of as i64 }));
    }
    let mut origins: Vec<i64> = choices.iter().map(|choice| choice.origin).collect();
    origins.sort_unstable();
    origins.dedup();
    choices.sort_by_key(|choice| choice.origin);
    let mut found = Vec::new();
    for origin in origins {
        let from = choices.partition_point(|choice| choice.origin < origin);
        let to = choices.partition_point(|choice| choice.origin <= origin + i64::from(slop));
        complete(&choices[from..to], shapes.len(), &mut found);
    }
    if is_crossing(slop) {
        found.retain(|span| !source.is_broken(Unit::Part, *span));
    }
    minimal(found)
}

/// Adds, for every end, the shortest span in which each word has a choice of its own, none overlapping another.
///
/// `begun[n]` knows, for each set of words, the latest start with which the first n choices by end can hold it.
fn complete(choices: &[Choice], words: usize, found: &mut Vec<Span>) {
    let whole = (1_usize << words) - 1;
    if choices.iter().fold(0, |set, choice| set | 1 << choice.of) != whole {
        return;
    }
    let mut by_end = choices.to_vec();
    by_end.sort_by_key(|choice| choice.span.last);
    let mut begun: Vec<Vec<Option<u32>>> = vec![vec![None; whole + 1]];
    for (n, choice) in by_end.iter().enumerate() {
        let before = by_end.partition_point(|other| other.span.last < choice.span.first);
        let mut now = begun[n].clone();
        for set in (0..=whole).filter(|set| set & (1 << choice.of) == 0) {
            let start = if set == 0 { Some(choice.span.first) } else { begun[before.min(n)][set] };
            let with = set | 1 << choice.of;
            now[with] = now[with].max(start);
        }
        if let Some(first) = now[whole] {
            found.push(Span { first, last: choice.span.last });
        }
        begun.push(now);
    }
}
