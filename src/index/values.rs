//! The values of each column that is counted, in one order for all segments: which segments have each of them.
//!
//! Counts are taken over ordinals, and every segment numbers its own values. With this table the counts of several segments
//! are added up without a look at a single value. It is made from the segments' dictionaries after each commit; where it is
//! missing, or not of these segments, it is made again in memory. An index of one segment needs none.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tantivy::{Searcher, columnar::StrColumn, schema::Field as EngineField};
use zstd::bulk::Decompressor;

use super::{fault, home, schema::Columns};
use crate::{
    error::Result,
    field::{Field, FieldKind},
};

/// For each value of a column, in order, the segments that have it, a bit each.
pub(super) type Holders = Arc<Vec<u8>>;

/// Segments that bits suffice for.
const MOST: usize = u8::BITS as usize;
/// How hard the table is packed.
const LEVEL: i32 = 3;

/// The table of an open index, read when it is needed.
pub(super) struct Values {
    file: PathBuf,
    known: Mutex<BTreeMap<EngineField, Holders>>,
}

impl Values {
    /// That of a commit, in this file.
    pub(super) fn of(file: PathBuf) -> Self {
        Self { file, known: Mutex::default() }
    }

    /// Who holds the values of a column; `None` when there are more segments than bits.
    pub(super) fn holders(&self, searcher: &Searcher, column: EngineField) -> tantivy::Result<Option<Holders>> {
        let known = self.known.lock().ok().and_then(|known| known.get(&column).cloned());
        if known.is_some() || searcher.segment_readers().len() > MOST {
            return Ok(known);
        }
        let columns = open(searcher, column)?;
        let name = searcher.schema().get_field_name(column);
        let read = read(&self.file, searcher, name).filter(|holders| fits(holders, &columns));
        let holders = Arc::new(read.map_or_else(|| merged(&columns), Ok)?);
        if let Ok(mut known) = self.known.lock() {
            known.insert(column, Arc::clone(&holders));
        }
        Ok(Some(holders))
    }
}

/// Writes the table of all counted columns, where there are several segments.
pub(super) fn write(file: &Path, (searcher, columns): (&Searcher, &Columns)) -> Result<()> {
    if !(2..=MOST).contains(&searcher.segment_readers().len()) {
        return Ok(());
    }
    let mut table = Vec::new();
    for column in counted(columns) {
        let cannot = |cause| fault("the values of the index cannot be read", cause);
        let holders = open(searcher, column).and_then(|columns| merged(&columns)).map_err(cannot)?;
        let packed = zstd::bulk::compress(&holders, LEVEL)
            .map_err(|cause| fault("the table of values cannot be packed", cause))?;
        table.push((searcher.schema().get_field_name(column), packed));
    }
    let cannot = |cause| fault("the table of values cannot be written", cause);
    let bytes = postcard::to_allocvec(&(segments(searcher), table))
        .map_err(|cause| fault("the table of values cannot be packed", cause))?;
    home::write_whole(file, &bytes).map_err(cannot)
}

/// The columns of all fields whose values are counted.
fn counted(columns: &Columns) -> impl Iterator<Item = EngineField> {
    Field::facets().filter(|field| field.kind() != FieldKind::Date).filter_map(|field| columns.labels(field))
}

fn segments(searcher: &Searcher) -> Vec<String> {
    searcher.segment_readers().iter().map(|segment| segment.segment_id().uuid_string()).collect()
}

/// A column in each segment; `None` where no article has a value.
fn open(searcher: &Searcher, column: EngineField) -> tantivy::Result<Vec<Option<StrColumn>>> {
    let name = searcher.schema().get_field_name(column);
    searcher.segment_readers().iter().map(|segment| segment.fast_fields().str(name)).collect()
}

/// What the table says of a column; `None` where there is none of these segments.
fn read(file: &Path, searcher: &Searcher, name: &str) -> Option<Vec<u8>> {
    let bytes = fs::read(file).ok()?;
    let (of, table): (Vec<String>, Vec<(&str, &[u8])>) = postcard::from_bytes(&bytes).ok()?;
    let (_, packed) = table.into_iter().find(|(own, _)| *own == name).filter(|_| of == segments(searcher))?;
    zstd::bulk::decompress(packed, Decompressor::upper_bound(packed)?.min(u32::MAX as usize)).ok()
}

/// Whether these are as many values as the segments have.
fn fits(holders: &[u8], columns: &[Option<StrColumn>]) -> bool {
    let count = |column: &Option<StrColumn>| column.as_ref().map_or(0, |column| column.num_terms());
    columns.iter().enumerate().all(|(segment, column)| held(holders, segment) == count(column))
}

/// How many of some values a segment has.
pub(super) fn held(holders: &[u8], segment: usize) -> usize {
    holders.iter().filter(|held| **held >> segment & 1 == 1).count()
}

/// Reads the dictionaries side by side.
fn merged(columns: &[Option<StrColumn>]) -> tantivy::Result<Vec<u8>> {
    let mut streams = Vec::new();
    for (segment, column) in columns.iter().enumerate() {
        let Some(column) = column else { continue };
        let mut stream = column.dictionary().stream()?;
        if stream.advance() {
            streams.push((segment, stream));
        }
    }
    let mut holders = Vec::new();
    let mut least = Vec::new();
    while let Some((_, first)) = streams.iter().min_by(|(_, a), (_, b)| a.key().cmp(b.key())) {
        least.clear();
        least.extend_from_slice(first.key());
        let mut held = 0;
        streams.retain_mut(|(segment, stream)| {
            let is_here = stream.key() == least.as_slice();
            held |= u8::from(is_here) << *segment;
            !is_here || stream.advance()
        });
        holders.push(held);
    }
    Ok(holders)
}
