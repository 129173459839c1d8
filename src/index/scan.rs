//! Conditions that no posting list answers: a look at one column of every article.
//!
//! The engine's own range query is not used: in an intersection its block reader underflows (tantivy 0.27).

use tantivy::{
    BitSet, DocId, Score, SegmentReader, TantivyError,
    query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight},
};

use super::schema::Columns;
use crate::{article::PartKind, date::Day};

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scan {
    /// The whole span of publication lies within these days.
    Published(Day, Day),
    /// The text has so many words, both ends included.
    Words(u64, u64),
    /// A mentioned date that lies within these days.
    DatedInside(Day, Day),
    /// A part of this kind that holds a word.
    HasPart(PartKind),
}

/// The articles that pass a scan.
#[derive(Debug, Clone)]
pub(super) struct ScanQuery {
    pub(super) scan: Scan,
    pub(super) columns: Columns,
}

impl Query for ScanQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ScanWeight(self.clone())))
    }
}

struct ScanWeight(ScanQuery);

impl ScanWeight {
    fn passing(&self, reader: &SegmentReader) -> tantivy::Result<Vec<DocId>> {
        let columns = &self.0.columns;
        let name = |field| reader.schema().get_field_name(field);
        let fast = reader.fast_fields();
        let docs = 0..reader.max_doc();
        Ok(match self.0.scan {
            Scan::Published(from, to) => {
                let (lo, hi) = (fast.i64(name(columns.published_lo))?, fast.i64(name(columns.published_hi))?);
                let is_inside = |doc: &DocId| {
                    lo.first(*doc).is_some_and(|lo| lo >= i64::from(from))
                        && hi.first(*doc).is_some_and(|hi| hi <= i64::from(to))
                };
                docs.filter(is_inside).collect()
            }
            Scan::Words(from, to) => {
                let words = fast.u64(name(columns.words))?;
                docs.filter(|doc| words.first(*doc).is_some_and(|words| (from..=to).contains(&words))).collect()
            }
            Scan::DatedInside(from, to) => {
                let (lo, hi) = (fast.i64(name(columns.date_lo))?, fast.i64(name(columns.date_hi))?);
                let inside = |(lo, hi): (i64, i64)| lo >= i64::from(from) && hi <= i64::from(to);
                docs.filter(|doc| lo.values_for_doc(*doc).zip(hi.values_for_doc(*doc)).any(inside)).collect()
            }
            Scan::HasPart(kind) => {
                let parts = fast.u64(name(columns.parts))?;
                docs.filter(|doc| parts.values_for_doc(*doc).any(|row| row >> 32 == kind as u64)).collect()
            }
        })
    }
}

impl Weight for ScanWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut set = BitSet::with_max_value(reader.max_doc());
        self.passing(reader)?.into_iter().for_each(|doc| {
            set.insert(doc);
        });
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(set), boost)))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("a scan has no score to explain for document {doc}")))
    }
}
