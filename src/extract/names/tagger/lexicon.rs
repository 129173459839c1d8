//! Words known to be parts of people's names, as a table of hashes in the model.
//!
//! One in some million unknown words is taken for a known one; a known word is never missed.

use std::collections::BTreeMap;

use super::hash;

/// A given name.
pub(super) const GIVEN: u8 = 1;
/// A family name.
pub(super) const FAMILY: u8 = 2;
/// A given or family name that many bear.
pub(super) const FREQUENT: u8 = 4;

/// Bytes of an entry: three of the hash, one of flags.
const ENTRY: usize = 4;

/// The table: entries in little-endian order, empty ones 0, found by their hash's place or behind it.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Lexicon<'a> {
    table: &'a [u8],
}

impl<'a> Lexicon<'a> {
    /// The lexicon in these bytes.
    pub(super) fn new(table: &'a [u8]) -> Self {
        Self { table }
    }

    /// What it says of a word, by the word's hash.
    pub(super) fn flags(&self, hash: u64) -> u8 {
        let places = self.table.len() / ENTRY;
        let first = hash::place(hash, places);
        let entries = (first..places).chain(0..first);
        let read = |at: usize| self.table.get(at * ENTRY..).and_then(<[u8]>::first_chunk::<ENTRY>);
        let known = entries.map_while(|at| read(at).copied().map(u32::from_le_bytes).filter(|entry| *entry != 0));
        known.map(u32::to_le_bytes).find(|entry| entry[1..] == key(hash)).map_or(0, |entry| entry[0])
    }
}

/// The bytes of a lexicon with these hashes and their flags, for `Lexicon::new`.
pub(super) fn write(entries: &BTreeMap<u64, u8>) -> Vec<u8> {
    let places = entries.len() + entries.len() / 3 + 1;
    let mut table = vec![0_u8; places * ENTRY];
    for (hash, flags) in entries {
        let first = hash::place(*hash, places);
        let mut free = (first..places).chain(0..first).map(|at| at * ENTRY);
        let at = free.find(|at| table.get(*at) == Some(&0)).unwrap_or_default();
        let [a, b, c] = key(*hash);
        if let Some(entry) = table.get_mut(at..at + ENTRY) {
            entry.copy_from_slice(&[*flags, a, b, c]);
        }
    }
    table
}

fn key(hash: u64) -> [u8; 3] {
    let [a, b, c, ..] = hash.to_le_bytes();
    [a, b, c]
}
