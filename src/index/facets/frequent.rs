//! The values of a flat list and how many articles have each, without a look at those that are not shown.
//!
//! Counts are exact. It counts no tree, no dates and nothing that the authority file changes.

use std::cmp::Reverse;

use tantivy::columnar::StrColumn;

use super::{Counted, Tree, dense, leaf, named, sort_and_cut, tree};
use crate::{
    field::FieldKind,
    index::{Reader, matches::Matches, values::held},
    plan::{FacetRequest, Unit},
};

/// Values kept while the most frequent are looked for, beside twice as many as are wanted.
const ROOM: usize = 64;

/// The values of one segment and how many matches have each, by ordinal.
struct Part {
    /// Its number among all segments.
    segment: usize,
    column: StrColumn,
    counts: Vec<u32>,
}

impl Reader {
    /// The counts of a list as it stands; `None` for any other request.
    pub(super) fn most_frequent(&self, matches: &Matches, request: &FacetRequest) -> tantivy::Result<Option<Counted>> {
        let is_plain = request.of == Unit::Articles && request.under.is_none() && request.prefix.is_none();
        let is_flat = matches!(tree(request), Tree::Flat) && request.field.kind() != FieldKind::Date;
        let column = self.columns.labels(request.field).filter(|_| is_plain && is_flat);
        let Some(column) = column else { return Ok(None) };
        let segments = matches.segments.iter().zip(self.searcher.segment_readers()).enumerate();
        let mut parts = Vec::new();
        for (segment, (matched, reader)) in segments.filter(|(_, (matched, _))| !matched.docs.is_empty()) {
            if let Some(column) = self.strings(reader, column)? {
                parts.push(Part { segment, counts: dense(&column, &matched.docs), column });
            }
        }
        let limit = request.limit.unwrap_or(usize::MAX);
        match parts.as_slice() {
            [] => Ok(Some(Counted { values: Vec::new(), distinct: 0 })),
            [part] => of_one(part, limit).map(Some),
            _ => match self.values.holders(&self.searcher, column)? {
                Some(holders) => of_many(&parts, &holders, limit).map(Some),
                None => Ok(None),
            },
        }
    }
}

/// The values of a single segment, where the order of ordinals is that of values.
fn of_one(part: &Part, limit: usize) -> tantivy::Result<Counted> {
    let mut values = Vec::new();
    let shown = first(&part.counts, limit).into_iter().map(|(ordinal, count)| (ordinal as u64, u64::from(count)));
    named(&part.column, shown, |value, count| values.push(leaf((value.to_owned(), count))))?;
    sort_and_cut(&mut values, Some(limit), false);
    Ok(Counted { values, distinct: distinct(&part.counts) })
}

/// The values of several segments, their counts added up in the order that all of them share.
fn of_many(parts: &[Part], holders: &[u8], limit: usize) -> tantivy::Result<Counted> {
    let mut totals = vec![0u32; holders.len()];
    for part in parts {
        let mut ordinal = 0;
        for (total, held) in totals.iter_mut().zip(holders) {
            // Without a branch, which nobody could foresee: every value has an ordinal or the one of the next.
            let is_here = u32::from(held >> part.segment & 1);
            *total += part.counts.get(ordinal).copied().unwrap_or(0) * is_here;
            ordinal += is_here as usize;
        }
    }
    let mut shown = first(&totals, limit);
    shown.sort_unstable();
    let mut values = Vec::with_capacity(shown.len());
    for (part, shown) in parts.iter().zip(ordinals(parts, holders, &shown)) {
        named(&part.column, shown, |value, count| values.push(leaf((value.to_owned(), count))))?;
    }
    sort_and_cut(&mut values, Some(limit), false);
    Ok(Counted { values, distinct: distinct(&totals) })
}

/// For each part those of some values, ascending, that it is the first to have: its own ordinals, with their counts.
fn ordinals(parts: &[Part], holders: &[u8], shown: &[(usize, u32)]) -> Vec<Vec<(u64, u64)>> {
    let mut ordinals = vec![Vec::new(); parts.len()];
    let mut before = vec![0; parts.len()];
    let mut from = 0;
    for (at, count) in shown {
        let (between, held_by) = (&holders[from..*at], holders[*at]);
        parts.iter().zip(&mut before).for_each(|(part, before)| *before += held(between, part.segment));
        let first = parts.iter().position(|part| held_by >> part.segment & 1 == 1);
        if let Some(first) = first {
            ordinals[first].push((before[first] as u64, u64::from(*count)));
        }
        from = *at;
    }
    ordinals
}

/// The places of the highest counts above zero; of equal ones the first.
fn first(counts: &[u32], limit: usize) -> Vec<(usize, u32)> {
    let by_count = |(at, count): &(usize, u32)| (Reverse(*count), *at);
    let mut first: Vec<(usize, u32)> = Vec::new();
    let mut least = 1;
    for (at, count) in counts.iter().copied().enumerate() {
        if count < least {
            continue;
        }
        first.push((at, count));
        if limit > 0 && first.len() >= limit.saturating_mul(2).saturating_add(ROOM) {
            // What comes later has to be more than the last of them.
            let (_, (_, last), _) = first.select_nth_unstable_by_key(limit - 1, by_count);
            least = last.saturating_add(1);
            first.truncate(limit);
        }
    }
    first.sort_unstable_by_key(by_count);
    first.truncate(limit);
    first
}

fn distinct(counts: &[u32]) -> u64 {
    counts.iter().filter(|count| **count > 0).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_are_those_with_the_highest_counts() {
        let counts: Vec<u32> = (0..1000).map(|at: u32| at.wrapping_mul(2_654_435_761) >> 22 & 0x3f).collect();
        let mut all: Vec<(usize, u32)> = counts.iter().copied().enumerate().filter(|(_, count)| *count > 0).collect();
        all.sort_by_key(|(at, count)| (Reverse(*count), *at));
        for limit in [0, 1, 7, 20, 100, 999, usize::MAX] {
            assert_eq!(first(&counts, limit), all[..limit.min(all.len())], "{limit}");
        }
        assert_eq!(first(&[], 3), []);
        assert_eq!(distinct(&counts), all.len() as u64);
    }
}
