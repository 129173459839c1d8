//! The terms of a word, and where their postings lie: looked up once in a segment, however often the word is asked for.
//!
//! It reads no postings.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock},
};

use tantivy::{
    InvertedIndexReader, SegmentReader, Term,
    index::SegmentId,
    postings::{SegmentPostings, TermInfo},
    schema::{Field, IndexRecordOption},
};

/// Terms of one field.
#[derive(Debug, Default)]
pub(super) struct Terms {
    all: Vec<Term>,
    places: Mutex<HashMap<SegmentId, Arc<[Place]>>>,
    in_heads: OnceLock<[Arc<Terms>; 2]>,
}

/// A term that a segment has: its number, and where its postings lie.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) term: usize,
    pub(super) info: TermInfo,
}

impl Terms {
    /// These.
    pub(super) fn of(all: Vec<Term>) -> Arc<Self> {
        Arc::new(Self { all, ..Self::default() })
    }

    pub(super) fn all(&self) -> &[Term] {
        &self.all
    }

    /// The same words in two other fields, always the same two.
    pub(super) fn in_heads(&self, fields: [Field; 2]) -> &[Arc<Self>; 2] {
        self.in_heads.get_or_init(|| {
            fields.map(|field| {
                let words =
                    self.all.iter().filter_map(|term| Some(Term::from_field_text(field, term.value().as_str()?)));
                Self::of(words.collect())
            })
        })
    }

    /// The lists of a segment that theirs are among.
    pub(super) fn inverted(&self, reader: &SegmentReader) -> tantivy::Result<Arc<InvertedIndexReader>> {
        match self.all.first() {
            Some(term) => reader.inverted_index(term.field()),
            None => Ok(Arc::new(InvertedIndexReader::empty(IndexRecordOption::Basic))),
        }
    }

    /// The postings of one of them.
    pub(super) fn postings(
        &self,
        reader: &SegmentReader,
        place: &Place,
        option: IndexRecordOption,
    ) -> tantivy::Result<SegmentPostings> {
        Ok(self.inverted(reader)?.read_postings_from_terminfo(&place.info, option)?)
    }

    /// Those that a segment has.
    pub(super) fn places(&self, reader: &SegmentReader) -> tantivy::Result<Arc<[Place]>> {
        let segment = reader.segment_id();
        let known = self.places.lock().ok().and_then(|places| places.get(&segment).cloned());
        if let Some(known) = known {
            return Ok(known);
        }
        let (inverted, mut found) = (self.inverted(reader)?, Vec::new());
        for (number, term) in self.all.iter().enumerate() {
            found.extend(inverted.get_term_info(term)?.map(|info| Place { term: number, info }));
        }
        let found: Arc<[Place]> = found.into();
        if let Ok(mut places) = self.places.lock() {
            places.insert(segment, Arc::clone(&found));
        }
        Ok(found)
    }
}
