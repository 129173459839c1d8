//! Shapes over strings of letters: leaf n stands wherever the text prints the letter `a` + n; `.` ends a sentence, `|` a
//! part. Proximity is held against every pair and every choice of spans.

use proptest::prelude::*;

use super::*;

/// Signs take no position of their own, but a part begins far behind the one before it.
struct Letters<'t>(&'t str);

impl Letters<'_> {
    /// Letters with their positions, and what begins at each.
    fn words(&self) -> Vec<(u32, u8, Option<Unit>)> {
        let (mut at, mut begins, mut words) = (0, None, Vec::new());
        for byte in self.0.bytes() {
            match byte {
                b'.' => begins = Some(Unit::Sentence),
                b'|' => {
                    begins = Some(Unit::Part);
                    at += crate::text::PART_GAP - 1;
                }
                letter => {
                    words.push((at, letter, begins.take()));
                    at += 1;
                }
            }
        }
        words
    }
}

impl Positions for Letters<'_> {
    fn spans(&mut self, leaf: usize, out: &mut Vec<Span>) {
        let letter = b'a' + leaf as u8;
        out.extend(self.words().iter().rev().filter(|word| word.1 == letter).map(|word| Span::word(word.0)));
    }

    fn is_broken(&mut self, by: Unit, span: Span) -> bool {
        self.words().iter().any(|(at, _, begins)| {
            let breaks = *begins == Some(Unit::Part) || *begins == Some(by);
            breaks && span.first < *at && *at <= span.last
        })
    }

    fn part(&mut self, at: u32) -> Option<u8> {
        let begun =
            self.words().iter().filter(|(start, _, begins)| *begins == Some(Unit::Part) && *start <= at).count();
        u8::try_from(begun).ok()
    }
}

fn check(text: &'static str, shape: &Shape, expected: &[(u32, u32)]) {
    let found: Vec<_> = shape.spans(&mut Letters(text)).iter().map(|span| (span.first, span.last)).collect();
    assert_eq!(found, expected, "{shape:?} in {text}");
}

use Shape::{In, Leaf, Loose, Near, Or, Phrase};

#[test]
fn shapes_match_where_they_stand() {
    let ab = || Phrase(vec![Leaf(0), Leaf(1)]);
    check("abcab", &Leaf(0), &[(0, 0), (3, 3)]);
    check("abcab", &ab(), &[(0, 1), (3, 4)]);
    check("aaa", &Phrase(vec![Leaf(0), Leaf(0)]), &[(0, 1), (1, 2)]);
    check("abcb", &Phrase(vec![Or(vec![Leaf(0), ab()]), Or(vec![Leaf(1), Leaf(2)])]), &[(0, 1), (0, 2)]);
    check("abab", &Or(vec![ab(), Leaf(0), ab()]), &[(0, 0), (0, 1), (2, 2), (2, 3)]);
    check("abab", &Phrase(vec![]), &[]);
    check("abab", &Phrase(vec![Leaf(0), Leaf(2)]), &[]);
    check("ab|ba", &In(vec![1], Box::new(Leaf(0))), &[(1002, 1002)]);
}

#[test]
fn neighbours_are_found_by_distance() {
    let near = |reach| Near(Box::new((Leaf(0), Leaf(1))), reach);
    check("axxb", &near(Reach::Within(3)), &[(0, 3)]);
    check("axxb", &near(Reach::Within(2)), &[]);
    check("bxa", &near(Reach::Within(2)), &[(0, 2)]);
    check("bxa", &near(Reach::Before(2)), &[]);
    check("abxb", &near(Reach::Within(9)), &[(0, 1)]);
    check("bab", &near(Reach::Within(9)), &[(0, 1), (1, 2)]);
    check("a.b", &near(Reach::Sentence), &[]);
    check("a.b", &near(Reach::Paragraph), &[(0, 1)]);
    check("a|b", &near(Reach::Paragraph), &[]);
    check("a|b", &near(Reach::Within(5000)), &[]);
    check("a|b", &near(Reach::NotWithin(5000)), &[(0, 0)]);
    check("abxxa", &near(Reach::NotWithin(2)), &[(4, 4)]);
    check("axxba", &near(Reach::NotWithin(2)), &[(0, 0)]);
    check("axaxxa", &Near(Box::new((Leaf(0), Leaf(0))), Reach::Within(2)), &[(0, 2)]);
    check("a", &Near(Box::new((Leaf(0), Leaf(0))), Reach::Within(2)), &[]);
    check("axxaxa", &Near(Box::new((Leaf(0), Leaf(0))), Reach::NotWithin(2)), &[(0, 0)]);
}

#[test]
fn a_loose_phrase_may_be_shifted() {
    let loose = |slop| Loose(vec![Leaf(0), Leaf(1)], slop);
    check("ab", &loose(0), &[(0, 1)]);
    check("axb", &loose(1), &[(0, 2)]);
    check("axxb", &loose(1), &[]);
    check("ba", &loose(1), &[]);
    check("ba", &loose(2), &[(0, 1)]);
    check("aab", &Loose(vec![Leaf(0), Leaf(0), Leaf(1)], 0), &[(0, 2)]);
    check("ab", &Loose(vec![Leaf(0), Leaf(0), Leaf(1)], 9), &[]);
    check("ab|ab", &loose(5000), &[(0, 1), (1001, 1002)]);
}

/// Spans that hold no other, by comparing each with each.
fn minimal_of(spans: Vec<Span>) -> Vec<Span> {
    let holds = |a: &Span, b: &Span| a != b && a.first <= b.first && b.last <= a.last;
    let mut kept: Vec<Span> = spans.iter().filter(|a| !spans.iter().any(|b| holds(a, b))).copied().collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

fn distance(a: Span, b: Span) -> Option<u32> {
    if a.last < b.first { Some(b.first - a.last) } else { a.first.checked_sub(b.last).filter(|gap| *gap > 0) }
}

fn naive_near(pair: &(Shape, Shape), reach: Reach, text: &str) -> Vec<Span> {
    let (left, right) = (naive(&pair.0, text), naive(&pair.1, text));
    let is_whole = |unit, span| !Letters(text).is_broken(unit, span);
    let fits = |a: Span, b: Span| {
        let Some(gap) = distance(a, b) else { return false };
        match reach {
            Reach::Within(most) | Reach::NotWithin(most) => gap <= most && is_whole(Unit::Part, a.to(b)),
            Reach::Before(most) => a.last < b.first && gap <= most && is_whole(Unit::Part, a.to(b)),
            Reach::Sentence => is_whole(Unit::Sentence, a.to(b)),
            Reach::Paragraph => is_whole(Unit::Paragraph, a.to(b)),
        }
    };
    match reach {
        Reach::NotWithin(_) => left.into_iter().filter(|a| !right.iter().any(|b| fits(*a, *b))).collect(),
        _ => minimal_of(
            left.iter()
                .flat_map(|a| right.iter().filter(|b| fits(*a, **b)).map(|b| a.to(*b)).collect::<Vec<_>>())
                .collect(),
        ),
    }
}

fn naive_loose(shapes: &[Shape], slop: u32, text: &str) -> Vec<Span> {
    let mut choices: Vec<Vec<Span>> = vec![Vec::new()];
    for shape in shapes {
        let spans = naive(shape, text);
        choices = choices.iter().flat_map(|so_far| spans.iter().map(|span| [&so_far[..], &[*span]].concat())).collect();
    }
    choices.retain(|choice| {
        let origins = choice.iter().zip(0..).map(|(span, at)| i64::from(span.first) - at);
        let shift = origins.clone().max().unwrap_or(0) - origins.min().unwrap_or(0);
        let is_apart = |(n, a): (usize, &Span)| choice[n + 1..].iter().all(|b| distance(*a, *b).is_some());
        shift <= i64::from(slop) && choice.iter().enumerate().all(is_apart)
    });
    let whole = |choice: &Vec<Span>| choice.iter().copied().reduce(Span::to);
    let spans = choices.iter().filter_map(whole).filter(|span| !Letters(text).is_broken(Unit::Part, *span));
    minimal_of(spans.collect())
}

fn naive(shape: &Shape, text: &str) -> Vec<Span> {
    let mut spans = match shape {
        Near(pair, reach) => naive_near(pair, *reach, text),
        Loose(shapes, slop) => naive_loose(shapes, *slop, text),
        Or(shapes) => shapes.iter().flat_map(|shape| naive(shape, text)).collect(),
        Phrase(shapes) => naive_loose(shapes, 0, text),
        Leaf(_) => shape.spans(&mut Letters(text)),
        In(kinds, inner) => {
            let is_in = |span: &Span| Letters(text).part(span.first).is_some_and(|part| kinds.contains(&part));
            naive(inner, text).into_iter().filter(is_in).collect()
        }
    };
    spans.sort_unstable();
    spans.dedup();
    spans
}

fn shape() -> impl Strategy<Value = Shape> {
    let reach = prop_oneof![
        (1..6_u32).prop_map(Reach::Within),
        Just(Reach::Within(4000)),
        (1..6_u32).prop_map(Reach::Before),
        Just(Reach::Sentence),
        Just(Reach::Paragraph),
        (1..4_u32).prop_map(Reach::NotWithin),
    ];
    (0..4_usize).prop_map(Leaf).prop_recursive(3, 10, 3, move |inner| {
        let leaves = prop::collection::vec((0..4_usize).prop_map(Leaf), 1..4);
        prop_oneof![
            leaves.clone().prop_map(Phrase),
            (leaves, 0..5_u32).prop_map(|(leaves, slop)| Loose(leaves, slop)),
            prop::collection::vec(inner.clone(), 1..3).prop_map(Or),
            ((inner.clone(), inner.clone()), reach.clone()).prop_map(|(pair, reach)| Near(Box::new(pair), reach)),
            inner.prop_map(|inner| In(vec![0, 2], Box::new(inner))),
        ]
    })
}

proptest! {
    #[test]
    fn shapes_match_as_every_choice_of_spans_says(shape in shape(), text in "[a-dxx.|]{0,24}") {
        let expected = naive(&shape, &text);
        prop_assert_eq!(shape.is_in(&mut Letters(&text)), !expected.is_empty(), "{:?} in {}", shape, text);
        prop_assert_eq!(shape.spans(&mut Letters(&text)), expected, "{:?} in {}", shape, text);
    }
}
