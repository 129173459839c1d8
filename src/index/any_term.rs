//! Documents that have any of some terms, without a score: what counts, filters and facets of plain words need.
//!
//! One list is handed to the engine, which knows how to combine it; several are gathered into bits first.

use std::sync::Arc;

use tantivy::{
    COLLECT_BLOCK_BUFFER_LEN, DocId, DocSet, Score, SegmentReader, TantivyError,
    query::{ConstScorer, EmptyScorer, EnableScoring, Explanation, Scorer, TermQuery, Weight},
    schema::IndexRecordOption,
};

use super::{
    bits::{Bits, put},
    terms::{Place, Terms},
};

/// Finds the documents of some terms.
pub(super) struct AnyTerm(pub(super) Arc<Terms>);

impl AnyTerm {
    /// Calls back with the documents of each term, block by block.
    fn blocks(
        &self,
        (reader, places): (&SegmentReader, &[Place]),
        mut take: impl FnMut(&[DocId]),
    ) -> tantivy::Result<()> {
        let Some((first, rest)) = places.split_first() else { return Ok(()) };
        let inverted = self.0.inverted(reader)?;
        let mut blocks = inverted.read_block_postings_from_terminfo(&first.info, IndexRecordOption::Basic)?;
        let mut rest = rest.iter();
        loop {
            while !blocks.docs().is_empty() {
                take(blocks.docs());
                blocks.advance();
            }
            let Some(next) = rest.next() else { return Ok(()) };
            inverted.reset_block_postings_from_terminfo(&next.info, &mut blocks)?;
        }
    }
}

impl Weight for AnyTerm {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let places = self.0.places(reader)?;
        match &*places {
            [] => Ok(Box::new(EmptyScorer)),
            [one] => match self.0.all().get(one.term) {
                Some(term) => TermQuery::new(term.clone(), IndexRecordOption::Basic)
                    .specialized_weight(EnableScoring::disabled_from_schema(reader.schema()))?
                    .scorer(reader, boost),
                None => Ok(Box::new(EmptyScorer)),
            },
            several => {
                let bits =
                    Bits::filled(reader.max_doc(), |words| self.blocks((reader, several), |docs| put(docs, words)))?;
                Ok(Box::new(ConstScorer::new(bits, boost)))
            }
        }
    }

    fn for_each_no_score(&self, reader: &SegmentReader, callback: &mut dyn FnMut(&[DocId])) -> tantivy::Result<()> {
        let places = self.0.places(reader)?;
        if places.len() == 1 {
            return self.blocks((reader, &places), callback);
        }
        let mut scorer = self.scorer(reader, 1.0)?;
        let mut buffer = [0; COLLECT_BLOCK_BUFFER_LEN];
        loop {
            let filled = scorer.fill_buffer(&mut buffer);
            callback(&buffer[..filled]);
            if filled < buffer.len() {
                return Ok(());
            }
        }
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        if self.scorer(reader, 1.0)?.seek(doc) == doc {
            return Ok(Explanation::new("any of some terms", 1.0));
        }
        Err(TantivyError::InvalidArgument(format!("document {doc} does not match")))
    }
}
