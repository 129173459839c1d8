//! One pass over some files: read on several threads, each record handed over to the writer, which has it made an article
//! in threads of its own.
//!
//! It never decides which files are read, nor when the index is committed.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{Watch, article, article_problems};
use crate::{
    archive::{
        Place,
        ids::{self, Given, Giver, Within},
    },
    article::{Article, Draft, Problem, PublishedFrom},
    date::Day,
    entity::EntityKind,
    error::{Error, ErrorKind, Result},
    extract::Home,
    index::{FileEntry, Tally, Writer},
    read::{self, Piece, Reading},
};

/// About how many bytes an item of a list takes.
const ITEM: usize = 64;

/// What a pass needs.
pub(super) struct Pass<'a> {
    pub(super) writer: &'a Writer,
    pub(super) place: &'a Place,
    pub(super) home: &'a Arc<Home>,
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
    /// All that is known before its articles are made.
    pub(super) entry: FileEntry,
    /// What they say.
    pub(super) said: Arc<Said>,
    /// Only its time had changed, or it was refused unread as before: its articles stay as they are.
    pub(super) is_same: bool,
}

/// What the articles of a file say while they are made: problems with their place in the file's order, and counts.
#[derive(Default)]
pub(super) struct Said(Mutex<(Vec<(usize, Problem)>, Tally)>);

impl Said {
    fn tell(&self, number: usize, problems: impl Iterator<Item = Problem>) {
        self.held().0.extend(problems.map(|problem| (number, problem)));
    }

    fn held(&self) -> MutexGuard<'_, (Vec<(usize, Problem)>, Tally)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Completes the file's entry, when all its articles are made.
    pub(super) fn complete(&self, entry: &mut FileEntry) {
        let (mut problems, tally) = std::mem::take(&mut *self.held());
        problems.sort_by_key(|(number, _)| *number);
        entry.problems.extend(super::gathered(problems.into_iter().map(|(_, problem)| problem).collect()));
        entry.tally.add(&tally);
    }
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
        if let Some(known) = job.known {
            if is_same(job.file, known) {
                let entry = FileEntry { mtime_ns: mtime_ns(job.file), ..known.clone() };
                return Ok(Outcome { entry, said: Arc::default(), is_same: true });
            }
            self.writer.remove(&job.file.path);
        }
        let (size, mtime_ns, sidecar) = (size(job.file), mtime_ns(job.file), sidecar(job.file).map(str::to_owned));
        let entry = FileEntry { size, mtime_ns, sidecar, ..FileEntry::default() };
        let giver = Giver::new(&job.file.path, clashes);
        let making = Making {
            path: job.file.path.as_str().into(),
            home: Arc::clone(self.home),
            today: self.place.today,
            said: Arc::default(),
        };
        let mut taking = Taking { pass: self, job, clashes, giver, within: None, entry, making, number: 0 };
        let hash = read::read_pieces(job.file, &self.place.settings, &mut |piece| taking.take(piece))?;
        let mut entry = FileEntry { hash, ..taking.entry };
        if entry.hash.is_empty() {
            // Refused unread: all that will ever be said of it has been said.
            taking.making.said.complete(&mut entry);
        }
        let is_same = entry.hash.is_empty() && job.known == Some(&entry);
        Ok(Outcome { entry, said: taking.making.said, is_same })
    }

    fn may_go_on(&self) -> Result<()> {
        if self.watch.stop.load(Ordering::Relaxed) {
            return Err(Error::new(ErrorKind::Interrupted, "interrupted; the index is as it was before"));
        }
        Ok(())
    }
}

/// Whether a file holds what it held, though its time has changed.
fn is_same(file: &read::FileEntry, known: &FileEntry) -> bool {
    !known.hash.is_empty()
        && (known.size, known.sidecar.as_deref()) == (size(file), sidecar(file))
        && read::hash_file(file).is_ok_and(|hash| hash == known.hash)
}

/// A file whose records are taken into the index, piece by piece.
struct Taking<'a> {
    pass: &'a Pass<'a>,
    job: &'a Job<'a>,
    clashes: &'a BTreeSet<u64>,
    giver: Giver<'a>,
    /// Counted when the first piece is there.
    within: Option<Within>,
    entry: FileEntry,
    making: Making,
    /// Of the last record or piece.
    number: usize,
}

impl Taking<'_> {
    fn take(&mut self, piece: Piece) -> Result<()> {
        let Piece { reading, is_last } = piece;
        if self.within.is_none() {
            self.within = Some(self.counted(&reading, is_last)?);
        }
        let within = self.within.get_or_insert_default();
        let (given, claims) = self.giver.next(&reading.drafts, is_last, within);
        self.number += 1;
        self.making.said.tell(self.number, reading.problems.into_iter());
        self.entry.claims.extend(claims);
        for (given, draft) in given.into_iter().zip(reading.drafts) {
            self.pass.may_go_on()?;
            self.number += 1;
            let bytes = draft.text_bytes() + ITEM * draft.items();
            let (making, number) = (self.making.clone(), self.number);
            self.pass.writer.add(bytes, Box::new(move || making.article(number, draft, given)))?;
        }
        Ok(())
    }

    /// How often clashing claims stand in the whole file; one that comes in several pieces is read once more for it.
    fn counted(&self, first: &Reading, is_last: bool) -> Result<Within> {
        let mut within = Within::new();
        let is_clash = |claim: &u64| self.clashes.contains(claim);
        if is_last {
            ids::count(&first.drafts, is_clash, &mut within);
        } else if !self.clashes.is_empty() {
            let mut count = |piece: Piece| {
                ids::count(&piece.reading.drafts, is_clash, &mut within);
                self.pass.may_go_on()
            };
            read::read_pieces(self.job.file, &self.pass.place.settings, &mut count)?;
        }
        Ok(within)
    }
}

/// What makes a file's drafts articles, in whichever thread.
#[derive(Clone)]
struct Making {
    path: Arc<str>,
    home: Arc<Home>,
    today: Day,
    said: Arc<Said>,
}

impl Making {
    /// The article of the file's record of this number.
    fn article(&self, number: usize, draft: Draft, given: Given) -> Article {
        let mut article = article(draft, given, (&self.path, &self.home));
        let doubt = article.published.as_ref().and_then(|date| read::doubtful_date(date, self.today));
        article.notes.extend(doubt);
        self.said.tell(number, article_problems(&article));
        self.said.held().1.add(&tally(&article));
        article
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_articles_say_out_of_turn_stands_in_the_order_of_the_file() {
        let problem = |line: u32, reason: &str| {
            let reason = reason.to_owned();
            Problem {
                path: "a".to_owned(),
                line: Some(line),
                id: None,
                kind: "date".to_owned(),
                reason,
                refused: false,
            }
        };
        let said = Said::default();
        said.tell(3, [problem(30, "same")].into_iter());
        said.tell(1, [problem(10, "first"), problem(10, "same")].into_iter());
        said.held().1.add(&Tally { articles: 2, undated: 1, ..Tally::default() });
        let mut entry = FileEntry::default();
        said.complete(&mut entry);
        let told: Vec<_> = entry.problems.iter().map(|problem| (problem.line, problem.reason.as_str())).collect();
        assert_eq!(told, [(Some(10), "first"), (Some(10), "same (and in one more record)")]);
        assert_eq!((entry.tally.articles, entry.tally.undated), (2, 1));
        said.complete(&mut entry);
        assert_eq!((entry.problems.len(), entry.tally.articles), (2, 2), "nothing is told twice");
    }
}
