//! The most frequent values of a flat list, without a look at the others' names.
//!
//! Counts are exact. It counts no tree, no dates and nothing that the authority file changes.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use tantivy::columnar::StrColumn;

use super::{Census, Counted, Tree, dense, leaf, named, sort_and_cut, tree};
use crate::{
    field::FieldKind,
    index::{Reader, matches::Matches},
    plan::{FacetRequest, Unit},
};

/// More candidates than this are counted faster with all the others.
const MOST_CANDIDATES: usize = 10_000;

/// The values of one segment and how many matches have each, by ordinal.
struct Part {
    column: StrColumn,
    counts: Vec<u32>,
}

impl Reader {
    /// The counts of a list that is cut; `None` for any other request, and where looking at all values is no slower.
    pub(super) fn most_frequent(
        &self,
        matches: &Matches,
        (request, census): (&FacetRequest, Census),
    ) -> tantivy::Result<Option<Counted>> {
        let is_plain = request.of == Unit::Articles && request.under.is_none() && request.prefix.is_none();
        let is_flat = matches!(tree(request), Tree::Flat) && request.field.kind() != FieldKind::Date;
        let column = self.columns.labels(request.field).filter(|_| is_plain && is_flat);
        let Some((limit, column)) = request.limit.zip(column) else { return Ok(None) };
        let segments = matches.segments.iter().zip(self.searcher.segment_readers());
        let mut parts = Vec::new();
        for (segment, reader) in segments.filter(|(segment, _)| !segment.docs.is_empty()) {
            if let Some(column) = self.strings(reader, column)? {
                parts.push(Part { counts: dense(&column, &segment.docs), column });
            }
        }
        match (parts.as_slice(), census) {
            ([part], _) => of_one(part, limit).map(Some),
            (_, Census::Shown) => of_many(&parts, limit),
            (_, Census::Distinct) => Ok(None),
        }
    }
}

/// The values of a single segment, where the order of ordinals is that of values.
fn of_one(part: &Part, limit: usize) -> tantivy::Result<Counted> {
    let distinct = part.counts.iter().filter(|count| **count > 0).count() as u64;
    let mut values = Vec::new();
    let shown = part.first(limit).into_iter().map(|ordinal| (ordinal, part.count(ordinal)));
    named(&part.column, shown, |value, count| values.push(leaf((value.to_owned(), count))))?;
    sort_and_cut(&mut values, Some(limit), false);
    Ok(Counted { values, distinct })
}

/// The values of several segments. What is among the first of all has, in one of `n` segments, an `n`-th of the last
/// one's count at least; only such values are looked up in all of them.
fn of_many(parts: &[Part], limit: usize) -> tantivy::Result<Option<Counted>> {
    let mut names = HashSet::new();
    for part in parts {
        part.names(&part.first(limit), &mut names)?;
    }
    let mut counts: Vec<u64> = totals(parts, &names)?.into_values().collect();
    counts.sort_unstable_by_key(|count| Reverse(*count));
    let last = limit.checked_sub(1).and_then(|last| counts.get(last)).copied().unwrap_or(0);
    let least = last.div_ceil(parts.len().max(1) as u64).max(1);
    for part in parts {
        let ordinals: Vec<u64> = (0..)
            .zip(&part.counts)
            .filter(|(_, count)| u64::from(**count) >= least)
            .map(|(ordinal, _)| ordinal)
            .collect();
        if ordinals.len() > MOST_CANDIDATES {
            return Ok(None);
        }
        part.names(&ordinals, &mut names)?;
    }
    let mut values: Vec<_> =
        totals(parts, &names)?.into_iter().map(|(name, count)| leaf((name.to_owned(), count))).collect();
    let distinct = values.len() as u64;
    sort_and_cut(&mut values, Some(limit), false);
    Ok(Some(Counted { values, distinct }))
}

/// How many matches of all segments have each of some values.
fn totals<'n>(parts: &[Part], names: &'n HashSet<String>) -> tantivy::Result<HashMap<&'n str, u64>> {
    let mut totals = HashMap::with_capacity(names.len());
    for name in names {
        let mut total = 0;
        for part in parts {
            total += part.column.dictionary().term_ord(name)?.map_or(0, |ordinal| part.count(ordinal));
        }
        totals.insert(name.as_str(), total);
    }
    Ok(totals)
}

impl Part {
    fn count(&self, ordinal: u64) -> u64 {
        self.counts.get(ordinal as usize).copied().map_or(0, u64::from)
    }

    /// The ordinals of the most frequent values.
    fn first(&self, limit: usize) -> Vec<u64> {
        let mut ordinals: Vec<u64> =
            (0..).zip(&self.counts).filter(|(_, count)| **count > 0).map(|(ordinal, _)| ordinal).collect();
        if limit < ordinals.len() {
            ordinals.select_nth_unstable_by_key(limit, |ordinal| (Reverse(self.count(*ordinal)), *ordinal));
            ordinals.truncate(limit);
        }
        ordinals
    }

    fn names(&self, ordinals: &[u64], names: &mut HashSet<String>) -> tantivy::Result<()> {
        named(&self.column, ordinals.iter().map(|ordinal| (*ordinal, 0)), |name, _| {
            names.insert(name.to_owned());
        })
    }
}
