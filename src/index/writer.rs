//! The one writer of a run: records in, files out, one commit.
//!
//! Articles and their documents are made in the engine's own threads (`lot`). It never knows how an article is made.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use tantivy::{
    Index, IndexSettings, IndexWriter, TantivyError, Term,
    directory::error::LockError,
    indexer::{IndexWriterOptions, LogMergePolicy, NoMergePolicy},
    store::Compressor,
};

use super::{
    commit::Commit,
    fault, forms,
    home::{self, Lock, patiently},
    lot::{Lot, Make, Pending, Shop},
    manifest::Manifest,
    reader::{open_index, searcher, tokenizers},
    schema,
    shelf::{Packer, SAMPLE},
    stored, values,
};
use crate::{
    article::Article,
    error::{Error, ErrorKind, Result},
    text::Landmarks,
};

/// Memory of each indexing thread before it writes a segment, in bytes.
const HEAP: usize = 96 << 20;
/// Most segments after a run: queries cost more with each.
const MOST_SEGMENTS: usize = 8;

/// How the names of the engine's files begin that are not whole yet.
const ENGINES_UNFINISHED: &str = ".tmp";

/// How a writer is to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Setup {
    /// Add to the index there is.
    Continue,
    /// Build a new one beside it.
    #[default]
    Anew,
}

/// Writes to an index until it is committed or dropped.
pub(crate) struct Writer {
    writer: IndexWriter<Pending>,
    /// Let go behind the engine's threads and before the lock.
    unfinished: Unfinished,
    lock: Lock,
    folder: PathBuf,
    shop: Arc<Shop>,
    /// The first articles, until a dictionary is learned from them.
    held: Mutex<Vec<Article>>,
    /// The next records for the engine.
    lot: Mutex<Lot>,
}

impl Writer {
    /// Opens the index under `lock` with so many indexing threads.
    ///
    /// # Errors
    /// `Damaged`, `Io`.
    pub(crate) fn open(lock: Lock, setup: Setup, threads: usize) -> Result<Self> {
        let current = match setup {
            Setup::Continue => home::current(lock.home())?,
            Setup::Anew => None,
        };
        let (index, folder, unfinished) = match current {
            Some(folder) => (open_index(&folder)?, folder, Unfinished(None)),
            None => create(&lock)?,
        };
        let cannot = |cause| fault("the index cannot be written", cause);
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(HEAP)
            .num_worker_threads(threads.clamp(1, 8))
            .num_merge_threads(1)
            .build();
        // The lock of the archive is ours: whoever holds the engine's is about to let go.
        let writer = patiently(|| index.writer_with_options(options.clone()), is_busy).map_err(cannot)?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(0.2);
        writer.set_merge_policy(Box::new(policy));
        let (_, columns) = schema::schema();
        Ok(Self {
            writer,
            unfinished,
            lock,
            shop: Arc::new(Shop::new(columns, Packer::of(&folder)?)),
            folder,
            held: Mutex::default(),
            lot: Mutex::default(),
        })
    }

    /// Hands over what makes an article of some `bytes` of text; waits while too much text is waiting.
    ///
    /// # Errors
    /// `Io` when an indexing thread failed.
    pub(crate) fn add(&self, bytes: usize, make: Make) -> Result<()> {
        if self.shop.packer.is_ready() {
            return self.hand_over(bytes, make);
        }
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.push(make());
        // A little more than the text, so that articles without one do not wait for ever.
        let bytes: usize = held.iter().map(|article| article.text.len() + 512).sum();
        if bytes < SAMPLE && !self.shop.packer.is_ready() { Ok(()) } else { self.release(&mut held) }
    }

    /// Hands over the articles that were held back, after learning from them.
    fn release(&self, held: &mut Vec<Article>) -> Result<()> {
        if !self.shop.packer.is_ready() {
            let bytes = |article: &Article| stored::bytes((article, &Landmarks::default()));
            let sample = held.iter().map(bytes).collect::<Result<Vec<_>>>()?;
            self.shop.packer.learn(&sample, &self.folder)?;
        }
        held.drain(..).try_for_each(|article| self.hand_over(article.text.len(), Box::new(|| article)))
    }

    fn hand_over(&self, bytes: usize, make: Make) -> Result<()> {
        let mut lot = self.lot.lock().unwrap_or_else(PoisonError::into_inner);
        lot.add(bytes, make);
        if !lot.is_full() {
            return Ok(());
        }
        let full = std::mem::take(&mut *lot);
        drop(lot);
        self.send(full)
    }

    /// Sends what is there, although there could be more.
    fn send_rest(&self) -> Result<()> {
        let rest = std::mem::take(&mut *self.lot.lock().unwrap_or_else(PoisonError::into_inner));
        self.send(rest)
    }

    fn send(&self, lot: Lot) -> Result<()> {
        self.writer.run(lot.sent(&self.shop)).map_err(|cause| failed(&self.shop, cause))?;
        Ok(())
    }

    /// Drops all articles of a file.
    pub(crate) fn remove(&self, path: &str) {
        self.held.lock().unwrap_or_else(PoisonError::into_inner).retain(|article| article.path != path);
        // Only what the engine has already is dropped.
        self.send_rest().unwrap_or_else(|error| self.shop.remember(error));
        self.writer.delete_term(Term::from_field_text(self.shop.columns.path, path));
    }

    /// Makes everything since `open` the new state, and tidies up. What that state is, is asked when all articles are made.
    ///
    /// # Errors
    /// `Io`; the state before still stands unless the commit itself was reached.
    pub(crate) fn commit<'m>(mut self, state: impl FnOnce() -> (Commit, &'m Manifest)) -> Result<()> {
        self.release(&mut self.held.lock().unwrap_or_else(PoisonError::into_inner))?;
        self.send_rest()?;
        let mut prepared = match self.writer.prepare_commit() {
            Ok(prepared) => prepared,
            Err(cause) => return Err(failed(&self.shop, cause)),
        };
        if let Some(trouble) = self.shop.trouble() {
            return Err(trouble);
        }
        let (mut commit, manifest) = state();
        commit.manifest = format!("files-{:08}.jsonl.zst", commit.generation);
        manifest.write(&self.folder.join(&commit.manifest))?;
        prepared.set_payload(&commit.payload()?);
        prepared.commit().map_err(|cause| failed(&self.shop, cause))?;
        self.finish(&commit)
    }

    fn finish(mut self, commit: &Commit) -> Result<()> {
        let cannot = |cause| fault("the index cannot be tidied up", cause);
        self.lasting()?;
        let committed = searcher(self.writer.index())?;
        forms::write(&self.folder, &commit.forms(), (&committed, &self.shop.columns))?;
        // From here on it may be the index that answers, whatever fails.
        self.unfinished.0 = None;
        self.lock.switch_to(&self.folder)?;
        self.lock.remove_all_but(&self.folder)?;
        let Self { writer, folder, lock, shop, .. } = self;
        let index = writer.index().clone();
        let collected = writer.garbage_collect_files().wait();
        let merged = writer.wait_merging_threads().and_then(|()| merge_rest(&index));
        readable_by_others(&folder)?;
        merged.and(collected.map(drop)).map_err(cannot)?;
        // Now the segments are those that stay.
        values::write(&folder.join(commit.values()), (&searcher(&index)?, &shop.columns))?;
        sweep(&folder, commit).map_err(|cause| fault("the index cannot be tidied up", cause))?;
        drop(lock);
        Ok(())
    }

    fn lasting(&self) -> Result<()> {
        readable_by_others(&self.folder)?;
        home::sync_folder(&self.folder).map_err(|cause| fault("the index cannot be made to last", cause))
    }
}

fn is_busy(cause: &TantivyError) -> bool {
    matches!(cause, TantivyError::LockFailure(LockError::LockBusy, _))
}

/// Merges the smallest segments until there are few enough. The engine's own merges must have ended: of two merges of one
/// segment the later fails.
fn merge_rest(index: &Index) -> tantivy::Result<()> {
    let mut segments = index.searchable_segment_metas()?;
    if segments.len() <= MOST_SEGMENTS {
        return Ok(());
    }
    segments.sort_by_key(|segment| segment.num_docs());
    let surplus = segments.len() - MOST_SEGMENTS + 1;
    let ids: Vec<_> = segments.iter().take(surplus).map(|segment| segment.id()).collect();
    let mut writer: IndexWriter<Pending> = patiently(|| index.writer_with_num_threads(1, HEAP), is_busy)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    writer.merge(&ids).wait()?;
    writer.wait_merging_threads()
}

/// What an indexing thread met, or else what the engine says.
fn failed(shop: &Shop, cause: tantivy::TantivyError) -> Error {
    shop.trouble().unwrap_or_else(|| {
        let failed = match cause {
            // Which says no more than that.
            TantivyError::ErrorInThread(_) => {
                Error::new(ErrorKind::Io, "the index cannot be written: one of its threads failed")
            }
            cause => fault("the index cannot be written", cause),
        };
        failed.hint("the last good index still answers; is the disk full?")
    })
}

/// The folder of a new index, removed with all that is in it when the run ends before the index is the one that answers: on a
/// full disk nobody could write a second one.
struct Unfinished(Option<PathBuf>);

impl Drop for Unfinished {
    fn drop(&mut self) {
        // What cannot be removed now, the next run removes.
        let _ = self.0.take().map(fs::remove_dir_all);
    }
}

fn create(lock: &Lock) -> Result<(Index, PathBuf, Unfinished)> {
    lock.sweep_leftovers();
    let cannot = |cause| fault(&format!("an index cannot be made in {}", home::shown(lock.home())), cause);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let folder = lock.new_folder(now.as_nanos());
    let unfinished = Unfinished(Some(folder.clone()));
    fs::create_dir_all(&folder).map_err(cannot)?;
    let (schema, _) = schema::schema();
    // Articles come packed; a block is what is copied to read one.
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_blocksize: 4 << 10,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let builder = Index::builder().schema(schema).settings(settings).tokenizers(tokenizers());
    let index = builder.create_in_dir(&folder).map_err(|cause| fault("an index cannot be made", cause))?;
    Ok((index, folder, unfinished))
}

/// Lets others read the two files that the engine writes for the owner alone; somebody else may search the archive.
fn readable_by_others(folder: &Path) -> Result<()> {
    let files = ["meta.json", ".managed.json"].into_iter().map(|name| folder.join(name));
    files
        .filter(|file| file.is_file())
        .try_for_each(|file| home::readable(&file))
        .map_err(|cause| fault("the index cannot be made readable", cause))
}

/// Removes what no commit needs: older manifests and tables, and files that an interrupted run left half written.
fn sweep(folder: &Path, commit: &Commit) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let name = entry?.file_name();
        let name = name.to_string_lossy();
        let is_unfinished = name.starts_with(ENGINES_UNFINISHED) || name.starts_with(home::UNFINISHED);
        let ours = [commit.manifest.clone(), commit.forms(), commit.values()];
        let is_ours = ["files-", "forms-", "values-"].iter().any(|begin| name.starts_with(begin));
        if is_unfinished || is_ours && !ours.iter().any(|own| *own == name) {
            fs::remove_file(folder.join(&*name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_that_cannot_be_made_fails_the_run_and_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let writer = Writer::open(Lock::take(folder.path()).unwrap(), Setup::Anew, 2).unwrap();
        // Behind the sample articles are made in threads.
        let sample = Article { text: "flood ".repeat(SAMPLE), ..Article::default() };
        writer.add(sample.text.len(), Box::new(|| sample)).unwrap();
        writer.add(0, Box::new(|| panic!("as if a rule failed"))).unwrap();
        let failed = writer.commit(|| unreachable!("there is no state to commit")).unwrap_err();
        assert_eq!(
            (failed.kind(), failed.what()),
            (ErrorKind::Io, "the index cannot be written: one of its threads failed")
        );
        let left = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(left.collect::<Vec<_>>(), ["lock"]);
    }
}
