//! Tables of words that are part of the program, made once and looked up for nearly every word of a text.
//!
//! Their hash has no key, which makes it fast and easy to fool: words of a text are sought in them and never put in.

use std::{
    collections::HashMap,
    hash::{BuildHasherDefault, Hasher},
};

/// A table from fixed words.
pub(super) type Table<V> = HashMap<&'static str, V, BuildHasherDefault<Quick>>;

/// A hash of short words: eight letters at a step.
#[derive(Debug, Default)]
pub(super) struct Quick(u64);

impl Quick {
    fn add(&mut self, letters: u64) {
        self.0 = (self.0.rotate_left(23) ^ letters).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        let (eights, rest) = bytes.as_chunks::<8>();
        eights.iter().for_each(|eight| self.add(u64::from_le_bytes(*eight)));
        self.add(rest.iter().fold(rest.len() as u64, |letters, byte| letters << 8 | u64::from(*byte)));
    }

    /// What ends a text: its length is in the hash already.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}
