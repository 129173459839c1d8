//! A range of dates or numbers as typed. It knows no calendar and no order: whether it is reversed is seen later.

use std::fmt;

/// A range as typed; both ends belong to it, except with `<` and `>`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range<T> {
    /// `x`
    Is(T),
    /// `x..` or `>=x`
    From(T),
    /// `..x` or `<=x`
    To(T),
    /// `x..y` or `[x TO y]`
    Between(T, T),
    /// `>x`
    Above(T),
    /// `<x`
    Below(T),
}

impl<T: fmt::Display> fmt::Display for Range<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Is(x) => write!(f, "{x}"),
            Self::From(x) => write!(f, "{x}.."),
            Self::To(x) => write!(f, "..{x}"),
            Self::Between(x, y) => write!(f, "{x}..{y}"),
            Self::Above(x) => write!(f, ">{x}"),
            Self::Below(x) => write!(f, "<{x}"),
        }
    }
}

/// When a date in the text fits the range asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateMatch {
    /// When they have a day in common.
    Overlap,
    /// `=…`: when it lies inside.
    Inside,
}
