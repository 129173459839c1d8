//! What looks like a name in a text: the seam between the recognisers and all that is made of names.
//!
//! A recogniser says where a name stands and of what kind it is; it never says who or where that is.

pub(super) mod lexicon;
pub(super) mod rules;

mod judge;
mod run;

pub(super) use judge::apposed_role;

use std::ops::Range;

use super::page::Page;
use crate::entity::EntityKind;

pub(super) mod both;
pub(super) mod tagger;

/// Some words that are a name.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Name {
    /// Which words of the page, without titles before and possessives behind.
    pub(super) words: Range<usize>,
    /// Person, place or organisation.
    pub(super) kind: EntityKind,
    /// 0 to 1.
    pub(super) confidence: f32,
    /// The rule that says so.
    pub(super) rule: &'static str,
}

/// Finds names; the same page gives the same names, in order of the text, none overlapping another.
pub(super) trait Recogniser {
    /// The names on a page.
    fn names(&self, page: &Page<'_>) -> Vec<Name>;
}
