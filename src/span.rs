//! The span evaluator: where a pattern matches, over any source of word positions (postings, or a tokenised text).
//!
//! It knows positions only: no words, no engine. A part of a text lies 1,000 positions behind the one before it, so that
//! no span crosses parts.

/// Some words in a row, by their positions in the article, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Position of the first word.
    pub first: u32,
    /// Position of the last word.
    pub last: u32,
}

/// The shape of a pattern, its leaves by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// The words of a leaf, each a span of its own.
    Leaf(usize),
    /// One shape right after the other.
    Phrase(Vec<Shape>),
    /// Any of the shapes.
    Or(Vec<Shape>),
}

/// Where the leaves of a pattern stand in one article.
pub trait Positions {
    /// Appends the positions of a leaf, in any order.
    fn positions(&mut self, leaf: usize, out: &mut Vec<u32>);
}

impl Shape {
    /// Every distinct span at which the shape matches, in ascending order.
    pub fn spans(&self, source: &mut dyn Positions) -> Vec<Span> {
        let mut spans = match self {
            Self::Leaf(leaf) => {
                let mut positions = Vec::new();
                source.positions(*leaf, &mut positions);
                positions.into_iter().map(|at| Span { first: at, last: at }).collect()
            }
            Self::Phrase(shapes) => phrase(shapes, source),
            Self::Or(shapes) => shapes.iter().flat_map(|shape| shape.spans(source)).collect(),
        };
        spans.sort_unstable();
        spans.dedup();
        spans
    }
}

fn phrase(shapes: &[Shape], source: &mut dyn Positions) -> Vec<Span> {
    let Some((head, rest)) = shapes.split_first() else { return Vec::new() };
    let mut so_far = head.spans(source);
    for shape in rest {
        if so_far.is_empty() {
            break;
        }
        let next = shape.spans(source);
        so_far = so_far.into_iter().flat_map(|span| followed_by(span, &next)).collect();
    }
    so_far
}

/// `span` extended by each of the ascending spans `next` that begins right after it.
fn followed_by(span: Span, next: &[Span]) -> impl Iterator<Item = Span> {
    let from = next.partition_point(|other| other.first <= span.last);
    let follows = move |other: &&Span| other.first == span.last + 1;
    next[from..].iter().take_while(follows).map(move |other| Span { first: span.first, last: other.last })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Leaf n stands wherever the text prints the letter `a` + n.
    struct Letters(&'static str);

    impl Positions for Letters {
        fn positions(&mut self, leaf: usize, out: &mut Vec<u32>) {
            let letter = b'a' + leaf as u8;
            let found = self.0.bytes().enumerate().filter(|(_, byte)| *byte == letter);
            out.extend(found.map(|(at, _)| at as u32).rev());
        }
    }

    fn check(text: &'static str, shape: &Shape, expected: &[(u32, u32)]) {
        let found: Vec<_> = shape.spans(&mut Letters(text)).iter().map(|span| (span.first, span.last)).collect();
        assert_eq!(found, expected, "{shape:?} in {text}");
    }

    #[test]
    fn shapes_match_where_they_stand() {
        use Shape::{Leaf, Or, Phrase};
        let ab = || Phrase(vec![Leaf(0), Leaf(1)]);
        check("abcab", &Leaf(0), &[(0, 0), (3, 3)]);
        check("abcab", &ab(), &[(0, 1), (3, 4)]);
        check("aaa", &Phrase(vec![Leaf(0), Leaf(0)]), &[(0, 1), (1, 2)]);
        check("abcb", &Phrase(vec![Or(vec![Leaf(0), ab()]), Or(vec![Leaf(1), Leaf(2)])]), &[(0, 1), (0, 2)]);
        check("abab", &Or(vec![ab(), Leaf(0), ab()]), &[(0, 0), (0, 1), (2, 2), (2, 3)]);
        check("abab", &Phrase(vec![]), &[]);
        check("abab", &Phrase(vec![Leaf(0), Leaf(2)]), &[]);
    }
}
