//! One pass over some files: read, extract, hand over to the writer, on several threads.
//!
//! It never decides which files are read, nor when the index is committed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{Watch, article, article_problems};
use crate::{
    archive::{Place, ids},
    article::{Article, PublishedFrom},
    entity::EntityKind,
    error::{Error, ErrorKind, Result},
    extract::Home,
    index::{FileEntry, Tally, Writer},
    read,
};

/// What a pass needs.
pub(super) struct Pass<'a> {
    pub(super) writer: &'a Writer,
    pub(super) place: &'a Place,
    pub(super) home: &'a Home,
    pub(super) watch: Watch<'a>,
    pub(super) threads: usize,
}

/// A file to read, with what is known of it if it was read before.
pub(super) struct Job<'a> {
    pub(super) file: &'a read::FileEntry,
    pub(super) known: Option<&'a FileEntry>,
}

/// What became of a file.
pub(super) struct Outcome {
    pub(super) entry: FileEntry,
    /// Only its time had changed, or it was refused unread as before: its articles stay as they are.
    pub(super) is_same: bool,
}

/// Bytes of a file and its sidecar.
pub(super) fn size(file: &read::FileEntry) -> u64 {
    file.size + file.sidecar.as_ref().map_or(0, |sidecar| sidecar.size)
}

/// The later time of change of a file and its sidecar.
pub(super) fn mtime_ns(file: &read::FileEntry) -> i64 {
    file.sidecar.as_ref().map_or(file.mtime_ns, |sidecar| sidecar.mtime_ns.max(file.mtime_ns))
}

/// The path of a file's sidecar.
pub(super) fn sidecar(file: &read::FileEntry) -> Option<&str> {
    file.sidecar.as_ref().map(|sidecar| sidecar.path.as_str())
}

impl Pass<'_> {
    /// Reads all files; stops at the first failure or when told to.
    pub(super) fn run(&self, jobs: &[Job<'_>], clashes: &BTreeSet<u64>) -> Result<BTreeMap<String, Outcome>> {
        let next = AtomicUsize::new(0);
        let done: Mutex<BTreeMap<String, Outcome>> = Mutex::default();
        let failed: Mutex<Option<Error>> = Mutex::default();
        let work = || {
            while let Some(job) = jobs.get(next.fetch_add(1, Ordering::Relaxed)) {
                match self.read(job, clashes) {
                    Ok(outcome) => {
                        done.lock().unwrap_or_else(PoisonError::into_inner).insert(job.file.path.clone(), outcome);
                        self.watch.progress.done();
                    }
                    Err(error) => {
                        next.store(jobs.len(), Ordering::Relaxed);
                        failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    }
                }
            }
        };
        std::thread::scope(|scope| {
            for _ in 0..self.threads.min(jobs.len()) {
                scope.spawn(work);
            }
        });
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(done.into_inner().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    fn read(&self, job: &Job<'_>, clashes: &BTreeSet<u64>) -> Result<Outcome> {
        self.may_go_on()?;
        let path = &job.file.path;
        let (reading, hash) = read::read_file(job.file, &self.place.settings);
        let (size, mtime_ns, sidecar) = (size(job.file), mtime_ns(job.file), sidecar(job.file).map(str::to_owned));
        let mut entry = FileEntry { size, mtime_ns, sidecar, hash, ..FileEntry::default() };
        if let Some(known) = job.known {
            let is_same = (&known.hash, known.size, &known.sidecar) == (&entry.hash, entry.size, &entry.sidecar);
            if is_same && !entry.hash.is_empty() {
                let entry = FileEntry { mtime_ns: entry.mtime_ns, ..known.clone() };
                return Ok(Outcome { entry, is_same: true });
            }
            self.writer.remove(path);
        }
        entry.problems = reading.problems;
        entry.claims = ids::claims(path, &reading.drafts);
        for (given, draft) in ids::given(path, &reading.drafts, clashes).into_iter().zip(reading.drafts) {
            self.may_go_on()?;
            let mut article = article(draft, given, (path, self.home));
            let doubt = article.published.as_ref().and_then(|date| read::doubtful_date(date, self.place.today));
            article.notes.extend(doubt);
            entry.problems.extend(article_problems(&article));
            entry.tally.add(&tally(&article));
            self.writer.add(article)?;
        }
        entry.problems = super::gathered(entry.problems);
        let is_same = entry.hash.is_empty() && job.known == Some(&entry);
        Ok(Outcome { entry, is_same })
    }

    fn may_go_on(&self) -> Result<()> {
        if self.watch.stop.load(Ordering::Relaxed) {
            return Err(Error::new(ErrorKind::Interrupted, "interrupted; the index is as it was before"));
        }
        Ok(())
    }
}

fn tally(article: &Article) -> Tally {
    let mut tally = Tally { articles: 1, ..Tally::default() };
    tally.undated = u64::from(article.published.is_none());
    tally.dated_by_name = u64::from(article.published_from == Some(PublishedFrom::Filename));
    for kind in &article.supplied {
        let (field, is_empty) = match kind {
            EntityKind::Person => ("people", article.people.is_empty()),
            EntityKind::Place => ("places", article.places.is_empty()),
            EntityKind::Org => ("organisations", article.orgs.is_empty()),
            EntityKind::Role => ("roles", article.roles.is_empty()),
            EntityKind::Date => ("dates", article.dates.is_empty()),
        };
        if is_empty {
            tally.supplied_empty.insert(field.to_owned(), 1);
        }
    }
    tally
}
