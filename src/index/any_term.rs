//! Documents that have any of some terms, without a score: what counts, filters and facets of plain words need.
//!
//! One term is read as its list is; several are gathered into a set of bits first, as the engine does for wildcards.

use std::sync::Arc;

use tantivy::{
    BitSet, DocId, DocSet, Score, SegmentReader, TantivyError, Term,
    query::{BitSetDocSet, ConstScorer, EmptyScorer, Explanation, Scorer, Weight},
    schema::IndexRecordOption,
};

/// Finds the documents of some terms of one field.
pub(super) struct AnyTerm(pub(super) Arc<[Term]>);

impl Weight for AnyTerm {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let Some(first) = self.0.first() else { return Ok(Box::new(EmptyScorer)) };
        let inverted = reader.inverted_index(first.field())?;
        if self.0.len() == 1 {
            return Ok(match inverted.read_postings(first, IndexRecordOption::Basic)? {
                Some(postings) => Box::new(ConstScorer::new(postings, boost)),
                None => Box::new(EmptyScorer),
            });
        }
        let mut found = BitSet::with_max_value(reader.max_doc());
        for term in self.0.iter() {
            let Some(info) = inverted.get_term_info(term)? else { continue };
            let mut blocks = inverted.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
            while !blocks.docs().is_empty() {
                for doc in blocks.docs() {
                    found.insert(*doc);
                }
                blocks.advance();
            }
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(found), boost)))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(reader, 1.0)?.seek(doc) == doc {
            return Ok(Explanation::new("any of some terms", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
    }
}
