//! Two shapes near each other: the minimal spans from the one to the other.

use super::{Positions, Reach, Shape, Span, minimal};

/// The spans of a pair of shapes.
pub(super) fn spans(pair: &(Shape, Shape), reach: Reach, source: &mut dyn Positions) -> Vec<Span> {
    let left = pair.0.spans(source);
    if left.is_empty() {
        return left;
    }
    let right = pair.1.spans(source);
    if let Reach::NotWithin(most) = reach {
        return alone(left, &right, most, source);
    }
    let mut found = source.empty();
    for a in &left {
        found.extend(joined(*a, &right, reach, source));
    }
    if !matches!(reach, Reach::Before(_)) {
        for b in &right {
            found.extend(joined(*b, &left, reach, source));
        }
    }
    source.done(left);
    source.done(right);
    minimal(found)
}

/// Whether any two of their spans are so near.
pub(super) fn is_in(pair: &(Shape, Shape), reach: Reach, source: &mut dyn Positions) -> bool {
    let (left, right) = (pair.0.spans(source), pair.1.spans(source));
    let is_in = left.iter().any(|a| joined(*a, &right, reach, source).is_some())
        || !matches!(reach, Reach::Before(_)) && right.iter().any(|b| joined(*b, &left, reach, source).is_some());
    source.done(left);
    source.done(right);
    is_in
}

/// From `a` to the one of `right` behind it that ends first. They ascend.
fn joined(a: Span, right: &[Span], reach: Reach, source: &mut dyn Positions) -> Option<Span> {
    let most = match reach {
        Reach::Within(most) | Reach::Before(most) | Reach::NotWithin(most) => most,
        Reach::Sentence | Reach::Paragraph => u32::MAX,
    };
    let unit = reach.unit();
    let mut best: Option<Span> = None;
    let from = right.partition_point(|b| b.first <= a.last);
    for b in &right[from..] {
        let is_hopeless = best.is_some_and(|best| b.first > best.last) || b.first - a.last > most;
        let (begin, span) = (a.to(Span::word(b.first)), a.to(*b));
        if is_hopeless || unit.is_some_and(|unit| source.is_broken(unit, begin)) {
            break;
        }
        let is_better = best.is_none_or(|best| span.last < best.last);
        if is_better && (span == begin || !unit.is_some_and(|unit| source.is_broken(unit, span))) {
            best = Some(span);
        }
    }
    best
}

/// Those of `left` that have none of `right` so near.
fn alone(left: Vec<Span>, right: &[Span], most: u32, source: &mut dyn Positions) -> Vec<Span> {
    let unit = Reach::NotWithin(most).unit();
    let mut ends: Vec<u32> = right.iter().map(|span| span.last).collect();
    ends.sort_unstable();
    let mut is_joined = |a: Span, b: u32| !unit.is_some_and(|unit| source.is_broken(unit, a.to(Span::word(b))));
    let mut is_alone = |a: &Span| {
        let behind = right.get(right.partition_point(|b| b.first <= a.last)).map(|b| b.first);
        let before = ends.partition_point(|end| *end < a.first).checked_sub(1).and_then(|at| ends.get(at));
        let is_near_behind = behind.is_some_and(|b| b - a.last <= most && is_joined(*a, b));
        let is_near_before = before.is_some_and(|b| a.first - b <= most && is_joined(*a, *b));
        !is_near_behind && !is_near_before
    };
    left.into_iter().filter(|a| is_alone(a)).collect()
}
