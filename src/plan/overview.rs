//! Requests for counts over many articles: courses of time, pairs of names, words. They say what is wanted, not how.

use super::EntityNode;
use crate::{date::Period, field::Field};

/// Which dates of an article place it in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DatesOf {
    /// When it was published.
    #[default]
    Published,
    /// What its text talks about: an article can lie in several periods.
    Mentioned,
}

/// How articles are counted over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimelineRequest {
    /// The length of a period; `None` = as the span of the dates asks for.
    pub by: Option<Period>,
    /// Which dates count.
    pub of: DatesOf,
}

/// Which names are counted together.
#[derive(Debug, Clone, PartialEq)]
pub struct PairRequest {
    /// The field of the first name: person, place, org or role.
    pub left: Field,
    /// The field of the second name; the same one for pairs among equals.
    pub right: Field,
    /// Only pairs whose first name is one of these (among equals: one of both).
    pub with: Option<EntityNode>,
    /// Most pairs; `None` = all.
    pub limit: Option<usize>,
}

/// Which words are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WordRequest {
    /// Most words; `None` = all.
    pub limit: Option<usize>,
    /// What becomes of function words: the, of, which.
    pub small: SmallWords,
}

/// What becomes of function words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SmallWords {
    /// They are left out.
    #[default]
    Without,
    /// They count as any other.
    With,
}
