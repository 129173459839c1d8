//! The façade: one folder of clippings with its index. It alone knows all verbs and wires them.
//!
//! It never prints, never asks the user and never reads the environment.

use std::{
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use crate::{
    article::{Article, Problem},
    date::Day,
    error::{Error, ErrorKind, Result},
    hit::{CountView, FacetList, FieldList, Hit, HitList, ProblemList, Status},
    plan::{FacetRequest, Page, Plan, Unit},
    query::Request,
    settings::Settings,
};

/// A folder of clippings and its index.
pub struct Archive {
    _todo: (),
}

/// Where an archive lies and how it is set up.
#[derive(Debug, Clone)]
pub struct Place {
    /// The folder of clippings.
    pub folder: PathBuf,
    /// The folder of the index.
    pub index: PathBuf,
    /// What `morgue.toml` says.
    pub settings: Settings,
    /// What `today` means.
    pub today: Day,
}

/// How an index run is to be done.
#[derive(Debug, Clone, Default)]
pub struct RefreshOptions {
    /// Read every file again, unchanged or not.
    pub full: bool,
    /// Say what would be done and do nothing.
    pub dry_run: bool,
    /// Threads; `None` = one per core, at most 4.
    pub threads: Option<usize>,
}

/// What an index run did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files walked and not excluded.
    pub files: u64,
    /// Of these, files as they were at the last run.
    pub unchanged: u64,
    /// Files new or changed and read.
    pub read: u64,
    /// Files gone since the last run.
    pub removed: u64,
    /// Files and folders left out by a rule.
    pub excluded: u64,
    /// Articles in the index afterwards.
    pub articles: u64,
    /// All that `problems` lists afterwards.
    pub problems: Vec<Problem>,
    /// Articles without a date of publication.
    pub undated: u64,
    /// Articles whose date comes from the file's name.
    pub dated_by_name: u64,
    /// Articles that supplied an empty list, by schema field (`people`, `places`, `organisations`, `dates`).
    pub supplied_empty: Vec<(String, u64)>,
    /// Why everything was read again, if it was.
    pub rebuilt: Option<String>,
    /// Milliseconds it took.
    pub millis: u64,
}

/// Told of the progress of an index run; called from several threads.
pub trait Progress: Sync {
    /// So many files will be looked at.
    fn total(&self, files: u64);
    /// One more file is done.
    fn done(&self);
    /// The index is being written out.
    fn writing(&self);
}

/// Whether there is an index, and of which kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexState {
    /// None.
    Missing,
    /// One that this version reads.
    Ready,
    /// One of another version, or damaged; the sentence says which.
    Unreadable(String),
}

impl Archive {
    /// Opens the index for searching.
    ///
    /// # Errors
    /// `NotFound`: no such folder; `NoIndex`; `Damaged`: another version or damaged; `Io`.
    pub fn open(_place: &Place) -> Result<Self> {
        Err(Error::new(ErrorKind::NoIndex, "not built yet"))
    }

    /// Looks whether there is an index, without opening it whole.
    ///
    /// # Errors
    /// `NotFound` when the archive is not a readable folder.
    pub fn state(_place: &Place) -> Result<IndexState> {
        Ok(IndexState::Missing)
    }

    /// Brings the index up to date: new and changed files read, removed ones dropped, one commit at most.
    ///
    /// # Errors
    /// `NotFound`, `Locked`, `Io`, `Interrupted`; the last good index stands.
    pub fn refresh(
        _place: &Place,
        _options: &RefreshOptions,
        _progress: &dyn Progress,
        _stop: &AtomicBool,
    ) -> Result<Summary> {
        Err(Error::new(ErrorKind::Io, "not built yet"))
    }

    /// Understands a request: parses it and resolves its names.
    ///
    /// # Errors
    /// `Query` with the place of the fault; `Io`.
    pub fn plan(&self, _request: &Request) -> Result<Plan> {
        Err(Error::new(ErrorKind::Io, "not built yet"))
    }

    /// Ranked or sorted articles with snippets and facets (each counted under all groups but its own).
    ///
    /// # Errors
    /// `Usage`: a bad cursor; `Io`.
    pub fn search(&self, _plan: &Plan, _page: &Page, _facets: &[FacetRequest]) -> Result<HitList> {
        Err(Error::new(ErrorKind::Io, "not built yet"))
    }

    /// Streams every hit of a page in its order, without facets; memory stays flat.
    ///
    /// # Errors
    /// As `search`, and whatever `sink` returns.
    pub fn stream(&self, _plan: &Plan, _page: &Page, _sink: &mut dyn FnMut(Hit) -> Result<()>) -> Result<()> {
        Err(Error::new(ErrorKind::Io, "not built yet"))
    }

    /// Values of fields with exact counts.
    ///
    /// # Errors
    /// `Io`.
    pub fn facets(&self, _plan: &Plan, _requests: &[FacetRequest]) -> Result<FacetList> {
        Err(Error::new(ErrorKind::Io, "not built yet"))
    }

    /// One exact number; mentions are counted only when asked for.
    ///
    /// # Errors
    /// `Io`.
    pub fn count(&self, _plan: &Plan, _of: Unit) -> Result<CountView> {
        Err(Error::new(ErrorKind::Io, "not built yet"))
    }

    /// The article with this id, or `None`.
    ///
    /// # Errors
    /// `Io`.
    pub fn article(&self, _id: &str) -> Result<Option<Article>> {
        Err(Error::new(ErrorKind::Io, "not built yet"))
    }

    /// Ids nearest in spelling to one that is not there, best first.
    ///
    /// # Errors
    /// `Io`.
    pub fn nearest_ids(&self, _id: &str) -> Result<Vec<String>> {
        Ok(Vec::new())
    }

    /// Bytes of `article.text` that the plan matches, for highlighting, in order, not overlapping.
    ///
    /// # Errors
    /// `Io`.
    pub fn marks(&self, _plan: &Plan, _article: &Article) -> Result<Vec<std::ops::Range<usize>>> {
        Ok(Vec::new())
    }

    /// Where an article's original file lies.
    pub fn original(&self, _article: &Article) -> PathBuf {
        PathBuf::new()
    }

    /// What was refused and what is doubtful.
    ///
    /// # Errors
    /// `Io`.
    pub fn problems(&self) -> Result<ProblemList> {
        Ok(ProblemList::default())
    }

    /// Counts, spans, freshness.
    ///
    /// # Errors
    /// `Io`.
    pub fn status(&self) -> Result<Status> {
        Ok(Status::default())
    }

    /// Fields with coverage.
    ///
    /// # Errors
    /// `Io`.
    pub fn fields(&self) -> Result<FieldList> {
        Ok(FieldList::default())
    }

    /// Whether the archive's folders changed after the last run (a hint, from folder times alone).
    pub fn is_stale(&self) -> bool {
        false
    }
}

/// Reads one file as an index run would, without any index: its articles, and the trouble met.
///
/// # Errors
/// `NotFound` when the file is not there or cannot be read.
pub fn inspect(_file: &Path, _settings: &Settings) -> Result<(Vec<Article>, Vec<Problem>)> {
    Ok((Vec::new(), Vec::new()))
}
