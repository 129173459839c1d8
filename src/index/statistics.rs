//! Numbers behind relevance, counted over live articles only: the same whether an article was deleted or never there.
//!
//! Segments without deletions answer for terms from their dictionaries; the others look at each posting of the asked terms.

use std::collections::HashSet;

use tantivy::{
    DocId, DocSet, Searcher, SegmentReader, TERMINATED, Term, fastfield::AliveBitSet, postings::SegmentPostings,
    schema::IndexRecordOption,
};

use super::{leaf::Union, marked::Marking, terms::Terms};

/// Of one state of the index.
pub(super) struct Statistics<'a> {
    searcher: &'a Searcher,
}

impl<'a> Statistics<'a> {
    /// Of what this searcher sees.
    pub(super) fn of(searcher: &'a Searcher) -> Self {
        Self { searcher }
    }

    /// Live articles.
    pub(super) fn articles(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// Live articles that have any of the terms; an upper bound when several stand in one article.
    pub(super) fn articles_with(&self, terms: &Terms) -> tantivy::Result<u64> {
        let mut sum = 0;
        for reader in self.searcher.segment_readers() {
            for place in &*terms.places(reader)? {
                sum += match reader.alive_bitset() {
                    None => u64::from(place.info.doc_freq),
                    Some(alive) => living(alive, terms.postings(reader, place, IndexRecordOption::Basic)?),
                };
            }
        }
        Ok(sum)
    }

    /// Live articles that have any of the terms, each counted once; without those that the marks drop, if there are marks.
    pub(super) fn articles_with_any(&self, terms: &[Term], marked: Option<&Marking>) -> tantivy::Result<u64> {
        let mut sum = 0;
        for reader in self.searcher.segment_readers() {
            let dropped = marked.and_then(|marked| marked.dropped(reader.segment_id()));
            let mut present = Vec::new();
            for term in terms {
                present.extend((reader.inverted_index(term.field())?.doc_freq(term)? > 0).then_some(term));
            }
            sum += match present.as_slice() {
                [] => 0,
                [term] if dropped.is_none() => articles_with(reader, term)?,
                _ => live_in(reader, terms, dropped)?,
            };
        }
        Ok(sum)
    }
}

/// Live articles of a segment that have any of the terms and are not dropped.
fn live_in(reader: &SegmentReader, terms: &[Term], dropped: Option<&HashSet<DocId>>) -> tantivy::Result<u64> {
    let mut union = Union::open(reader, terms, IndexRecordOption::Basic)?;
    let alive = reader.alive_bitset();
    let stays = |doc: DocId| {
        alive.is_none_or(|alive| alive.is_alive(doc)) && dropped.is_none_or(|dropped| !dropped.contains(&doc))
    };
    let (mut count, mut doc) = (0, union.seek(0));
    while doc != TERMINATED {
        count += u64::from(stays(doc));
        doc = union.seek(doc + 1);
    }
    Ok(count)
}

fn articles_with(reader: &SegmentReader, term: &Term) -> tantivy::Result<u64> {
    let inverted = reader.inverted_index(term.field())?;
    let Some(alive) = reader.alive_bitset() else { return Ok(u64::from(inverted.doc_freq(term)?)) };
    let postings = inverted.read_postings(term, IndexRecordOption::Basic)?;
    Ok(postings.map_or(0, |postings| living(alive, postings)))
}

fn living(alive: &AliveBitSet, mut postings: SegmentPostings) -> u64 {
    let mut count = 0;
    while postings.doc() != TERMINATED {
        count += u64::from(alive.is_alive(postings.doc()));
        postings.advance();
    }
    count
}
