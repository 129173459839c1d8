//! Documents of one segment as bits: what many lists of postings are gathered into.
//!
//! The engine's own set keeps its size with every document; filling it takes longer than reading the lists.

use tantivy::{DocId, DocSet, TERMINATED};

/// A set of documents, and a cursor over it.
pub(super) struct Bits {
    words: Vec<u64>,
    /// The word that the cursor is in, and what of it lies behind the cursor.
    at: usize,
    rest: u64,
    doc: DocId,
}

impl Bits {
    /// The documents below `end` that `fill` puts into their bits.
    pub(super) fn filled(end: DocId, fill: impl FnOnce(&mut [u64]) -> tantivy::Result<()>) -> tantivy::Result<Self> {
        let mut words = vec![0; (end as usize).div_ceil(64)];
        fill(&mut words)?;
        let rest = words.first().copied().unwrap_or(0);
        let mut bits = Self { words, at: 0, rest, doc: 0 };
        bits.advance();
        Ok(bits)
    }
}

/// Puts documents into their bits.
pub(super) fn put(docs: &[DocId], words: &mut [u64]) {
    for doc in docs {
        if let Some(word) = words.get_mut((*doc / 64) as usize) {
            *word |= 1 << (*doc % 64);
        }
    }
}

impl DocSet for Bits {
    #[inline]
    fn advance(&mut self) -> DocId {
        while self.rest == 0 {
            self.at += 1;
            match self.words.get(self.at) {
                Some(word) => self.rest = *word,
                None => {
                    self.doc = TERMINATED;
                    return TERMINATED;
                }
            }
        }
        self.doc = self.at as u32 * 64 + self.rest.trailing_zeros();
        self.rest &= self.rest - 1;
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        let word = (target / 64) as usize;
        if word > self.at {
            self.at = word;
            self.rest = self.words.get(word).copied().unwrap_or(0);
        }
        self.rest &= u64::MAX << (target % 64);
        self.advance()
    }

    #[inline]
    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn bits_are_walked_as_a_list(docs in prop::collection::btree_set(0..300_u32, 0..60), target in 0..400_u32) {
            let docs: Vec<u32> = docs.into_iter().collect();
            let open = || {
                Bits::filled(300, |words| {
                    put(&docs, words);
                    Ok(())
                })
                .unwrap()
            };
            let (mut bits, mut found) = (open(), Vec::new());
            while bits.doc() != TERMINATED {
                found.push(bits.doc());
                bits.advance();
            }
            prop_assert_eq!(&found, &docs);
            prop_assert_eq!(bits.advance(), TERMINATED);
            prop_assert_eq!(open().size_hint() as usize, docs.len());
            let (mut bits, mut at) = (open(), 0);
            for step in [target / 3, target / 2, target, target, target + 70] {
                at = at.max(step);
                let expected = docs.iter().copied().find(|doc| *doc >= at).unwrap_or(TERMINATED);
                prop_assert_eq!(bits.seek(at), expected);
            }
        }
    }
}
