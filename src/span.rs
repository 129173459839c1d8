//! The span evaluator: where a pattern matches, over any source of word positions (postings, or a tokenised text).
//!
//! It knows positions only: no words, no engine.

mod loose;
mod near;

/// Some words in a row, by their positions in the article, both inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// Position of the first word.
    pub first: u32,
    /// Position of the last word.
    pub last: u32,
}

impl Span {
    /// A single word.
    pub fn word(at: u32) -> Self {
        Self { first: at, last: at }
    }

    /// From the first word of one to the last of the other.
    pub fn to(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }
}

/// How two spans that do not overlap lie to each other; distance is the difference of the positions of their nearest
/// ends (adjacent = 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reach {
    /// At most so far apart, in any order.
    Within(u32),
    /// The left one first, at most so far apart.
    Before(u32),
    /// In one sentence, in any order.
    Sentence,
    /// In one paragraph, in any order.
    Paragraph,
    /// The left one, where no right one is so near; a right one that overlaps it does not count. Its spans are those
    /// of the left one.
    NotWithin(u32),
}

/// What a text falls into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Sentences.
    Sentence,
    /// Paragraphs.
    Paragraph,
    /// Title, lead, body, captions.
    Part,
}

/// The shape of a pattern, its leaves by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// The spans of a leaf.
    Leaf(usize),
    /// One shape right after the other.
    Phrase(Vec<Shape>),
    /// The shapes as a phrase, each of which may be shifted: with `p` the first position of the n-th, the greatest and
    /// the smallest `p - n` differ by at most so much, and no two overlap; minimal spans only.
    Loose(Vec<Shape>, u32),
    /// Any of the shapes.
    Or(Vec<Shape>),
    /// Two shapes near each other: minimal spans from the one to the other, or those of the left one alone.
    Near(Box<(Shape, Shape)>, Reach),
    /// Only the spans in parts of these kinds (by number).
    In(Vec<u8>, Box<Shape>),
}

/// Where the leaves of a pattern stand in one article, and how its text is divided.
pub trait Positions {
    /// Appends the spans of a leaf, in any order.
    fn spans(&mut self, leaf: usize, out: &mut Vec<Span>);

    /// Whether a unit begins within the span, behind its first word.
    fn is_broken(&mut self, by: Unit, span: Span) -> bool;

    /// The number of the kind of part that holds a position.
    fn part(&mut self, at: u32) -> Option<u8>;

    /// An empty list; one that was done with, if there is any.
    fn empty(&mut self) -> Vec<Span> {
        Vec::new()
    }

    /// Takes a list that is done with.
    fn done(&mut self, _: Vec<Span>) {}
}

impl Shape {
    /// Every distinct span at which the shape matches, in ascending order.
    pub fn spans(&self, source: &mut dyn Positions) -> Vec<Span> {
        let mut spans = match self {
            Self::Leaf(leaf) => {
                let mut spans = source.empty();
                source.spans(*leaf, &mut spans);
                spans
            }
            Self::Phrase(shapes) => phrase(shapes, source),
            Self::Loose(shapes, slop) => loose::spans(shapes, *slop, source),
            Self::Or(shapes) => {
                let mut all = source.empty();
                for shape in shapes {
                    let spans = shape.spans(source);
                    all.extend_from_slice(&spans);
                    source.done(spans);
                }
                all
            }
            Self::Near(pair, reach) => near::spans(pair, *reach, source),
            Self::In(kinds, shape) => {
                let mut spans = shape.spans(source);
                spans.retain(|span| source.part(span.first).is_some_and(|part| kinds.contains(&part)));
                spans
            }
        };
        if !spans.is_sorted_by(|a, b| a < b) {
            spans.sort_unstable();
            spans.dedup();
        }
        spans
    }

    /// Whether the shape matches at all.
    pub fn is_in(&self, source: &mut dyn Positions) -> bool {
        match self {
            Self::Or(shapes) => shapes.iter().any(|shape| shape.is_in(source)),
            Self::Phrase(shapes) => is_phrase_in(shapes, source),
            Self::Near(pair, reach) if !matches!(reach, Reach::NotWithin(_)) => near::is_in(pair, *reach, source),
            _ => {
                let spans = self.spans(source);
                let is_in = !spans.is_empty();
                source.done(spans);
                is_in
            }
        }
    }

    /// Whether the spans depend on where sentences, paragraphs or parts begin.
    pub fn needs(&self, unit: Unit) -> bool {
        match self {
            Self::Leaf(_) => false,
            Self::Phrase(shapes) | Self::Or(shapes) => shapes.iter().any(|shape| shape.needs(unit)),
            Self::Loose(shapes, slop) => {
                is_crossing(*slop) && unit == Unit::Part || shapes.iter().any(|shape| shape.needs(unit))
            }
            Self::Near(pair, reach) => reach.unit() == Some(unit) || pair.0.needs(unit) || pair.1.needs(unit),
            Self::In(_, shape) => unit == Unit::Part || shape.needs(unit),
        }
    }
}

impl Reach {
    /// The unit that its spans may not leave; `None` where positions alone say so.
    pub fn unit(self) -> Option<Unit> {
        match self {
            Self::Sentence => Some(Unit::Sentence),
            Self::Paragraph => Some(Unit::Paragraph),
            Self::Within(most) | Self::Before(most) | Self::NotWithin(most) => is_crossing(most).then_some(Unit::Part),
        }
    }
}

/// Whether so large a distance may lead into another part.
fn is_crossing(distance: u32) -> bool {
    distance >= crate::text::PART_GAP
}

/// The spans that hold no other, ascending.
fn minimal(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable_by(|a, b| a.first.cmp(&b.first).then(b.last.cmp(&a.last)));
    let mut from = spans.len();
    for at in (0..spans.len()).rev() {
        let span = spans[at];
        if spans.get(from).is_none_or(|nearest| span.last < nearest.last) {
            from -= 1;
            spans[from] = span;
        }
    }
    spans.drain(..from);
    spans
}

fn phrase(shapes: &[Shape], source: &mut dyn Positions) -> Vec<Span> {
    let Some((head, rest)) = shapes.split_first() else { return Vec::new() };
    let mut so_far = head.spans(source);
    for shape in rest {
        if so_far.is_empty() {
            break;
        }
        let next = shape.spans(source);
        if next.is_sorted_by(|a, b| a.first < b.first) && so_far.is_sorted_by(|a, b| a.last <= b.last) {
            extend(&mut so_far, &next);
        } else {
            so_far = so_far.into_iter().flat_map(|span| followed_by(span, &next)).collect();
        }
        source.done(next);
    }
    so_far
}

/// Whether a phrase matches at all: what follows is sought only until it is found.
fn is_phrase_in(shapes: &[Shape], source: &mut dyn Positions) -> bool {
    let (last, head) = match shapes.split_last() {
        None => return false,
        Some((only, [])) => return only.is_in(source),
        Some(parted) => parted,
    };
    let so_far = phrase(head, source);
    let next = if so_far.is_empty() { source.empty() } else { last.spans(source) };
    let is_in = so_far.iter().any(|span| followed_by(*span, &next).next().is_some());
    source.done(so_far);
    source.done(next);
    is_in
}

/// Keeps the spans that one of `next` follows, with it: one pass where both ascend and no two of `next` begin together,
/// as single words do.
fn extend(spans: &mut Vec<Span>, next: &[Span]) {
    let mut next = next.iter().copied().peekable();
    spans.retain_mut(|span| {
        while next.next_if(|other| other.first <= span.last).is_some() {}
        let follower = next.peek().filter(|other| other.first == span.last + 1);
        follower.is_some_and(|other| {
            span.last = other.last;
            true
        })
    });
}

/// `span` extended by each of the ascending spans `next` that begins right after it.
fn followed_by(span: Span, next: &[Span]) -> impl Iterator<Item = Span> {
    let from = next.partition_point(|other| other.first <= span.last);
    let follows = move |other: &&Span| other.first == span.last + 1;
    next[from..].iter().take_while(follows).map(move |other| span.to(*other))
}

#[cfg(test)]
mod tests;
