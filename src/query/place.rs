//! Where a query was typed: from its first word to its last, brackets and operators at its edges left out.

use super::{At, Query};

impl Query {
    /// The bytes from its first word or value to its last; `None` where there is none.
    pub fn at(&self) -> Option<At> {
        match self {
            Self::All => None,
            Self::Word(word) => Some(word.at),
            Self::Phrase(phrase) => Some(phrase.at),
            Self::Field(clause) => Some(clause.at),
            Self::Not(inner) => inner.at(),
            Self::And(parts) | Self::Or(parts) => around(parts.iter().filter_map(Self::at)),
            Self::Near(near) => {
                around(near.first.at().into_iter().chain(near.links.iter().filter_map(|link| link.query.at())))
            }
            Self::AtLeast(many) => around(std::iter::once(many.at).chain(many.query.at())),
            Self::Boost(boost) => around(boost.query.at().into_iter().chain([boost.at])),
        }
    }
}

fn around(places: impl Iterator<Item = At>) -> Option<At> {
    places.reduce(|a, b| At { start: a.start.min(b.start), end: a.end.max(b.end) })
}
