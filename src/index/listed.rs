//! Some documents as a query of the engine: what tables beside the index say of articles, joined to conditions.
//!
//! It never finds documents itself.

use std::{collections::HashMap, sync::Arc};

use tantivy::{
    BitSet, DocId, Score, SegmentReader, TantivyError,
    index::SegmentId,
    query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight},
};

/// Documents by segment, in ascending order.
pub(super) type Listed = HashMap<SegmentId, Vec<DocId>>;

/// Some documents.
#[derive(Debug, Clone)]
pub(super) struct ListedQuery(Arc<Listed>);

impl ListedQuery {
    /// The query that finds these documents.
    pub(super) fn of(listed: Listed) -> Self {
        Self(Arc::new(listed))
    }
}

impl Query for ListedQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(ListedWeight(Arc::clone(&self.0))))
    }
}

struct ListedWeight(Arc<Listed>);

impl Weight for ListedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut set = BitSet::with_max_value(reader.max_doc());
        let docs = self.0.get(&reader.segment_id());
        for doc in docs.into_iter().flatten() {
            set.insert(*doc);
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(set), boost)))
    }

    fn explain(&self, _: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        Err(TantivyError::InvalidArgument(format!("a list has no score to explain for document {doc}")))
    }
}
