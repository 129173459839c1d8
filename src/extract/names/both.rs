//! Rules and tagger together: where they speak of the same words the rules are believed, which know why.

use std::ops::Range;

use super::{Name, Recogniser};
use crate::extract::page::Page;

/// Two recognisers, the first of which wins.
pub(in crate::extract) struct Both<A, B>(pub(in crate::extract) A, pub(in crate::extract) B);

impl<A: Recogniser, B: Recogniser> Recogniser for Both<A, B> {
    fn names(&self, page: &Page<'_>) -> Vec<Name> {
        let mut names = self.0.names(page);
        let more = self.1.names(page);
        let is_free = |words: &Range<usize>| {
            let behind = names.partition_point(|name| name.words.end <= words.start);
            names.get(behind).is_none_or(|name| words.end <= name.words.start)
        };
        let free: Vec<Name> = more.into_iter().filter(|name| is_free(&name.words)).collect();
        names.extend(free);
        names.sort_by_key(|name| name.words.start);
        names
    }
}
