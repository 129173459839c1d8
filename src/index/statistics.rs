//! Numbers behind relevance, counted over live articles only: the same whether an article was deleted or never there.
//!
//! Segments without deletions answer for terms from their dictionaries; the others look at each posting of the asked terms.

use tantivy::{DocSet, TERMINATED};
use tantivy::{Score, Searcher, SegmentReader, Term, query::Bm25Weight, schema::IndexRecordOption};

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
    pub(super) fn articles_with(&self, terms: &[Term]) -> tantivy::Result<u64> {
        let mut sum = 0;
        for reader in self.searcher.segment_readers() {
            for term in terms {
                sum += articles_with(reader, term)?;
            }
        }
        Ok(sum)
    }

    /// BM25 of something of the given rarity in a field that has so many tokens in all.
    pub(super) fn weight(&self, tokens: u64, rarity: Score) -> Bm25Weight {
        let articles = self.articles().max(1);
        let unit = Bm25Weight::for_one_term_without_explain(1, articles, tokens.max(1) as Score / articles as Score);
        let once = (1.0 + (articles as Score - 0.5) / 1.5).ln();
        unit.boost_by(rarity / once)
    }
}

fn articles_with(reader: &SegmentReader, term: &Term) -> tantivy::Result<u64> {
    let inverted = reader.inverted_index(term.field())?;
    let Some(alive) = reader.alive_bitset() else { return Ok(u64::from(inverted.doc_freq(term)?)) };
    let Some(mut postings) = inverted.read_postings(term, IndexRecordOption::Basic)? else { return Ok(0) };
    let mut count = 0;
    while postings.doc() != TERMINATED {
        count += u64::from(alive.is_alive(postings.doc()));
        postings.advance();
    }
    Ok(count)
}
