//! Labels of words: outside of any name, or which word of a name of which kind.
//!
//! The scheme is BILOU (first, inside, last, outside, alone). Names that are neither people nor places nor organisations
//! have one label for all their words: they are told apart from the others and never handed out.

use std::ops::Range;

use crate::entity::EntityKind;

/// How many labels there are.
pub(super) const LABELS: usize = 14;

/// The kinds of names that are handed out, in the order of their labels.
const KINDS: [EntityKind; 3] = [EntityKind::Person, EntityKind::Place, EntityKind::Org];

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Label(u8);

/// Which word of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spot {
    First,
    Inside,
    Last,
    Alone,
}

impl Label {
    /// No word of a name.
    pub(super) const OUTSIDE: Self = Self(0);
    /// A word of a name of another kind.
    pub(super) const OTHER: Self = Self(LABELS as u8 - 1);

    /// All labels, by number.
    pub(super) fn all() -> impl Iterator<Item = Self> {
        (0..LABELS as u8).map(Self)
    }

    /// The labels of a name of `words` words.
    pub(super) fn of_name(kind: Option<EntityKind>, words: usize) -> impl Iterator<Item = Self> {
        let kind = kind.and_then(|kind| KINDS.iter().position(|of| *of == kind));
        (0..words).map(move |at| match (kind, at, words) {
            (None, ..) => Self::OTHER,
            (Some(kind), 0, 1) => Self::new(kind, Spot::Alone),
            (Some(kind), 0, _) => Self::new(kind, Spot::First),
            (Some(kind), ..) if at + 1 == words => Self::new(kind, Spot::Last),
            (Some(kind), ..) => Self::new(kind, Spot::Inside),
        })
    }

    /// The label's number, below `LABELS`.
    pub(super) fn number(self) -> usize {
        usize::from(self.0)
    }

    /// Person, place or organisation, and which word of it.
    pub(super) fn named(self) -> Option<(EntityKind, Spot)> {
        let at = self.0.checked_sub(1)?;
        let kind = *KINDS.get(usize::from(at / 4))?;
        Some((kind, [Spot::First, Spot::Inside, Spot::Last, Spot::Alone][usize::from(at % 4)]))
    }

    /// Whether the name must go on behind this word.
    pub(super) fn is_open(self) -> bool {
        matches!(self.named(), Some((_, Spot::First | Spot::Inside)))
    }

    /// Whether this label can stand behind `before`.
    pub(super) fn may_follow(self, before: Self) -> bool {
        let goes_on = matches!(self.named(), Some((_, Spot::Inside | Spot::Last)));
        let same_kind = || self.named().map(|(kind, _)| kind) == before.named().map(|(kind, _)| kind);
        goes_on == before.is_open() && (!goes_on || same_kind())
    }

    fn new(kind: usize, spot: Spot) -> Self {
        Self((1 + 4 * kind + spot as usize) as u8)
    }
}

/// The names that a legal sequence of labels says: their words and their kind.
pub(super) fn names(labels: &[Label]) -> impl Iterator<Item = (Range<usize>, EntityKind)> {
    let mut first = 0;
    labels.iter().enumerate().filter_map(move |(at, label)| {
        let (kind, spot) = label.named()?;
        if matches!(spot, Spot::First | Spot::Alone) {
            first = at;
        }
        matches!(spot, Spot::Last | Spot::Alone).then_some((first..at + 1, kind))
    })
}
