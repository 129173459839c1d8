//! Counts of tags and verdicts where marks give articles values beside those that were indexed.
//!
//! An article counts once for each value, whoever gave it.

use super::{Counts, flat};
use crate::{
    field::Field,
    index::{Reader, matches::Matches},
};

impl Reader {
    /// Articles by value of a field, those of marks included.
    pub(super) fn articles_by_mark(&self, matches: &Matches, field: Field) -> tantivy::Result<Counts> {
        let mut counts = Counts::new();
        for (segment, reader) in matches.segments.iter().zip(self.searcher.segment_readers()) {
            let id = reader.segment_id();
            let column = match self.columns.labels(field) {
                Some(column) => self.strings(reader, column)?,
                None => None,
            };
            let is_marked = |doc: &u32| self.marked.values(id, *doc, field).next().is_some();
            let (marked, plain): (Vec<u32>, Vec<u32>) = segment.docs.iter().partition(|doc| is_marked(doc));
            if let Some(column) = &column {
                flat(column, &plain, &mut counts)?;
            }
            for doc in marked {
                let mut values: Vec<String> = self.marked.values(id, doc, field).map(str::to_owned).collect();
                for ordinal in column.iter().flat_map(|column| column.ords().values_for_doc(doc)) {
                    let mut value = String::new();
                    if let Some(column) = &column {
                        column.ord_to_str(ordinal, &mut value)?;
                    }
                    values.push(value);
                }
                values.sort_unstable();
                values.dedup();
                values.into_iter().for_each(|value| *counts.entry(value).or_default() += 1);
            }
        }
        Ok(counts)
    }
}
