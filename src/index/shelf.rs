//! How articles are packed: each by itself (zstd), under a dictionary of what articles of this archive have in common.
//!
//! The dictionary is learned from the first articles of an index and lies in its folder for as long as the index does. What
//! was packed before there was one is unpacked like all else. It never looks into what it packs.

use std::{
    fs, io,
    path::Path,
    sync::{Mutex, OnceLock, PoisonError},
};

use tantivy::{
    Directory, DocAddress, Searcher,
    directory::{MmapDirectory, OwnedBytes, error::OpenReadError},
    store::StoreReader,
};
use zstd::bulk::{Compressor, Decompressor};

use super::{damaged, fault, home};
use crate::error::Result;

/// The file of the dictionary in an index's folder.
const DICTIONARY: &str = "dictionary";
/// How hard articles are packed.
const LEVEL: i32 = 3;
/// Bytes of articles that a dictionary is learned from.
pub(super) const SAMPLE: usize = 1 << 20;
/// Fewest that are worth one.
const LEAST: usize = SAMPLE / 4;
/// Its size is this part of them.
const PART: usize = 12;

/// Packs articles on their way into an index, in any number of threads.
#[derive(Default)]
pub(super) struct Packer {
    /// Empty where there is none; not set before that is known.
    dictionary: OnceLock<Vec<u8>>,
    idle: Mutex<Vec<Compressor<'static>>>,
}

impl Packer {
    /// With the dictionary of an index, if it has one.
    pub(super) fn of(folder: &Path) -> Result<Self> {
        let packer = Self::default();
        match fs::read(folder.join(DICTIONARY)) {
            Ok(dictionary) => drop(packer.dictionary.set(dictionary)),
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => {}
            Err(cause) => return Err(fault("the index's dictionary cannot be read", cause)),
        }
        Ok(packer)
    }

    /// Whether there is a dictionary, or it was decided to do without.
    pub(super) fn is_ready(&self) -> bool {
        self.dictionary.get().is_some()
    }

    /// Learns a dictionary from articles and keeps it in the index's folder; of few articles none.
    pub(super) fn learn(&self, articles: &[Vec<u8>], folder: &Path) -> Result<()> {
        let bytes: usize = articles.iter().map(Vec::len).sum();
        // Articles that have nothing in common give none.
        let learned = if bytes < LEAST { None } else { zstd::dict::from_samples(articles, bytes / PART).ok() };
        if let Some(dictionary) = &learned {
            home::write_whole(&folder.join(DICTIONARY), dictionary)
                .map_err(|cause| fault("the index's dictionary cannot be written", cause))?;
        }
        let _ = self.dictionary.set(learned.unwrap_or_default());
        Ok(())
    }

    /// Packs an article.
    pub(super) fn pack(&self, article: &[u8]) -> io::Result<Vec<u8>> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut compressor = idle.map_or_else(|| self.compressor(), Ok)?;
        let packed = compressor.compress(article);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(compressor);
        packed
    }

    fn compressor(&self) -> io::Result<Compressor<'static>> {
        let dictionary = self.dictionary.get().map(Vec::as_slice).unwrap_or_default();
        let mut compressor = Compressor::with_dictionary(LEVEL, dictionary)?;
        // There is one dictionary, whose number need not stand in every article.
        compressor.include_dictid(false)?;
        Ok(compressor)
    }
}

/// The packed articles of an open index.
pub(super) struct Shelf {
    stores: Vec<StoreReader>,
    dictionary: OwnedBytes,
    idle: Mutex<Vec<Decompressor<'static>>>,
}

impl Shelf {
    /// Opens those of a commit in an index's folder; the dictionary is mapped and not read.
    pub(super) fn open(searcher: &Searcher, folder: &Path) -> Result<Self> {
        let cannot = |cause| fault("the articles cannot be read", cause);
        // An article is copied with the others of its block: there is nothing to unpack twice.
        let stores = searcher.segment_readers().iter().map(|segment| segment.get_store_reader(0));
        let stores = stores.collect::<io::Result<_>>().map_err(cannot)?;
        let directory = MmapDirectory::open(folder).map_err(|cause| fault("the index cannot be read", cause))?;
        let dictionary = match directory.open_read(Path::new(DICTIONARY)) {
            Ok(slice) => slice.read_bytes().map_err(cannot)?,
            Err(OpenReadError::FileDoesNotExist(_)) => OwnedBytes::empty(),
            Err(cause) => return Err(fault("the index's dictionary cannot be read", cause)),
        };
        Ok(Self { stores, dictionary, idle: Mutex::default() })
    }

    /// The article at an address, unpacked.
    pub(super) fn article(&self, address: DocAddress) -> Result<Vec<u8>> {
        let gone = || damaged("an article is missing in the index");
        let store = self.stores.get(address.segment_ord as usize).ok_or_else(gone)?;
        let stored = store
            .get_document_bytes(address.doc_id)
            .map_err(|cause| fault("an article cannot be read from the index", cause))?;
        let packed = value(&stored).ok_or_else(gone)?;
        self.unpack(packed).map_err(|cause| damaged("an article in the index is damaged").because(cause))
    }

    fn unpack(&self, packed: &[u8]) -> io::Result<Vec<u8>> {
        let length = Decompressor::upper_bound(packed).filter(|length| *length <= u32::MAX as usize);
        let length = length.ok_or(io::ErrorKind::InvalidData)?;
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut decompressor = idle.map_or_else(|| Decompressor::with_dictionary(&self.dictionary), Ok)?;
        let unpacked = decompressor.decompress(packed, length);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(decompressor);
        unpacked
    }
}

/// The one stored value of a document, where it lies: behind the number of values, its field and its type stands its length
/// in groups of seven bits, the last of them marked. The engine would copy it byte by byte.
fn value(stored: &[u8]) -> Option<&[u8]> {
    const FIELD_AND_TYPE: usize = 5;
    let rest = stored.get(1 + FIELD_AND_TYPE..)?;
    let last = rest.iter().position(|byte| byte & 0x80 != 0)?;
    rest.get(last + 1..)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shelf(dictionary: &[u8]) -> Shelf {
        Shelf { stores: Vec::new(), dictionary: OwnedBytes::new(dictionary.to_vec()), idle: Mutex::default() }
    }

    fn articles() -> Vec<Vec<u8>> {
        let article = |number: usize| {
            let towns = ["Sudzha", "Tarn", "Minsk", "Oslo", "Kursk"];
            let line = |at: usize| {
                format!(
                    "{} officials said on day {} that {at} ships left. ",
                    towns[(number * 7 + at) % 5],
                    number * at % 31
                )
            };
            (0..8).map(line).collect::<String>().into_bytes()
        };
        (0..700).map(article).collect()
    }

    #[test]
    fn what_was_packed_with_and_without_a_dictionary_is_unpacked_under_it() {
        let folder = tempfile::tempdir().unwrap();
        let articles = articles();
        let (without, with) = (Packer::default(), Packer::default());
        without.learn(&articles[..1], folder.path()).unwrap();
        assert!(without.is_ready() && !folder.path().join(DICTIONARY).exists());
        with.learn(&articles, folder.path()).unwrap();
        let dictionary = fs::read(folder.path().join(DICTIONARY)).unwrap();
        let (shelf, mut sizes) = (shelf(&dictionary), [0, 0]);
        for article in &articles {
            for (packer, size) in [&without, &with].into_iter().zip(&mut sizes) {
                let packed = packer.pack(article).unwrap();
                *size += packed.len();
                assert_eq!(&shelf.unpack(&packed).unwrap(), article);
            }
        }
        assert!(sizes[1] * 2 < sizes[0], "{sizes:?}");
        let again = Packer::of(folder.path()).unwrap();
        assert_eq!(again.pack(&articles[0]).unwrap(), with.pack(&articles[0]).unwrap());
    }

    #[test]
    fn what_is_no_packed_article_is_an_error() {
        let packed = Packer::default().pack(b"The harbour board met.").unwrap();
        for bad in [&packed[..packed.len() - 1], &packed[1..]] {
            assert!(shelf(&[]).unpack(bad).is_err(), "{bad:?}");
        }
        assert_eq!(value(b"\x81\0\0\0\0\x04\x01\x81abc"), Some(&b"abc"[..]));
        assert_eq!(value(b"\x81\0\0\0\0\x04\x01"), None);
    }
}
