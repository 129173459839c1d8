//! The façade: one folder of clippings with its index. It alone knows all verbs and wires them.
//!
//! It never prints, never asks the user and never reads the environment.

mod batch;
mod beside;
mod diagnose;
mod difference;
mod explain;
mod ids;
mod inspect;
mod marks;
mod mentions;
mod names;
mod overview;
mod refresh;
mod verify;
mod watch;

use std::{
    fs,
    path::{Path, PathBuf},
    sync::atomic::AtomicBool,
};

use crate::{
    article::{self, Article, Problem},
    ask,
    date::Day,
    error::{Error, ErrorKind, Result},
    field::Field,
    hit::{
        CountView, FacetList, FieldCoverage, FieldList, Hit, HitList, IndexStatus, ProblemList, PublishedSpan,
        QueryView, SCHEMA_VERSION, Status,
    },
    index::{Manifest, Reader, last_commit},
    marks::Marks,
    plan::{FacetRequest, Page, Plan, Unit, Vocabulary},
    query::Request,
    settings::Settings,
};

pub use crate::ask::help::TEXT as QUERY_LANGUAGE;
pub use crate::read::{QUIET_THREAD, text_of};
pub use batch::{Asked, Listed};
pub use difference::{Compared, Named, compare};
pub use inspect::inspect;
pub use marks::{Edited, MARKS, change_marks, marks, today};
pub use mentions::Mentions;
pub use names::{authority, change_authority};
pub use watch::Watch;

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

/// A folder of clippings and its index, opened for asking.
pub struct Archive {
    place: Place,
    reader: Reader,
    marks: Marks,
}

/// How often the list of files is looked for while index runs replace it, and how long in between.
const TRIES: usize = 10;
const PAUSE: std::time::Duration = std::time::Duration::from_millis(3);

impl Archive {
    /// Opens the index for searching, under the names and marks that lie beside the articles.
    ///
    /// # Errors
    /// `NotFound`: no such folder; `NoIndex`; `Damaged`: another version or damaged; `Io`.
    pub fn open(place: &Place) -> Result<Self> {
        readable_folder(&place.folder)?;
        let reader = Reader::open(&place.index)?.renaming(names::authority(&place.folder)?);
        let marks = marks::marks(&place.folder)?;
        let reader = if marks.is_empty() { reader } else { reader.marking(&marks)? };
        Ok(Self { place: place.clone(), reader, marks })
    }

    /// Brings the index up to date: new and changed files read, removed ones dropped, one commit at most.
    ///
    /// # Errors
    /// `NotFound`, `Locked`, `Io`, `Interrupted`; the last good index stands.
    pub fn refresh(
        place: &Place,
        options: &RefreshOptions,
        progress: &dyn Progress,
        stop: &AtomicBool,
    ) -> Result<Summary> {
        readable_folder(&place.folder)?;
        refresh::refresh(place, options, refresh::Watch { progress, stop })
    }

    /// Understands a request: parses it and resolves its names.
    ///
    /// # Errors
    /// `Query` with the place of the fault; `Io`.
    pub fn plan(&self, request: &Request) -> Result<Plan> {
        let mut plan = ask::plan(&self.with_saved(request), &self.reader)?;
        plan.notes.extend(self.dropped_note(&plan)?);
        Ok(plan)
    }

    /// A request that knows the saved queries of this archive.
    fn with_saved(&self, request: &Request) -> Request {
        Request { saved: self.place.settings.saved.clone(), ..request.clone() }
    }

    /// Ranked or sorted articles with snippets and facets (each counted under all groups but its own).
    ///
    /// # Errors
    /// `Usage`: a bad cursor; `Io`.
    pub fn search(&self, plan: &Plan, page: &Page, facets: &[FacetRequest]) -> Result<HitList> {
        let mut list = self.reader.search(plan, page)?;
        let counted = self.reader.facets(plan, facets)?;
        list.schema_version = SCHEMA_VERSION;
        list.query = understood(plan);
        list.facets = counted.into_iter().map(|(field, counted)| (field, counted.values)).collect();
        Ok(list)
    }

    /// Streams every hit of a page in its order, without facets; memory stays flat. Gives the totals.
    ///
    /// # Errors
    /// As `search`, and whatever `sink` returns.
    pub fn stream(&self, plan: &Plan, page: &Page, sink: &mut dyn FnMut(Hit) -> Result<()>) -> Result<CountView> {
        let total = self.reader.stream(plan, page, sink)?;
        Ok(CountView { schema_version: SCHEMA_VERSION, query: understood(plan), total, variants: None })
    }

    /// Values of fields with exact counts.
    ///
    /// # Errors
    /// `Usage` when mentions of a field are asked for that has none; `Io`.
    pub fn facets(&self, plan: &Plan, requests: &[FacetRequest]) -> Result<FacetList> {
        let counted = self.reader.facets(plan, requests)?;
        let of = if requests.iter().any(|request| request.of == Unit::Mentions) { "mentions" } else { "articles" };
        let mut list = FacetList {
            schema_version: SCHEMA_VERSION,
            query: understood(plan),
            total: self.reader.count(plan, Unit::Articles)?,
            of: of.to_owned(),
            ..FacetList::default()
        };
        for (field, counted) in counted {
            list.distinct.insert(field.clone(), counted.distinct);
            list.facets.insert(field, counted.values);
        }
        Ok(list)
    }

    /// One exact number; mentions are counted only when asked for.
    ///
    /// # Errors
    /// `Io`.
    pub fn count(&self, plan: &Plan, of: Unit) -> Result<CountView> {
        let total = self.reader.count(plan, of)?;
        Ok(CountView { schema_version: SCHEMA_VERSION, query: understood(plan), total, variants: None })
    }

    /// The article with this id, or the only one of the file with this path, or `None`.
    ///
    /// # Errors
    /// `Io`.
    pub fn article(&self, id: &str) -> Result<Option<Article>> {
        match self.reader.article(Field::Id, id)? {
            Some(article) => Ok(Some(article)),
            None => self.reader.article(Field::Path, id),
        }
    }

    /// Ids nearest in spelling to one that is not there, best first.
    ///
    /// # Errors
    /// `Io`.
    pub fn nearest_ids(&self, id: &str) -> Result<Vec<String>> {
        let near = self.reader.nearest(Field::Id, id, 3)?;
        Ok(near.into_iter().map(|candidate| candidate.value).collect())
    }

    /// Bytes of `article.text` that the plan matches, for highlighting, in order, not overlapping.
    ///
    /// # Errors
    /// `Io`.
    pub fn marks(&self, plan: &Plan, article: &Article) -> Result<Vec<std::ops::Range<usize>>> {
        self.reader.marks(plan, article)
    }

    /// Where an article's original file lies.
    pub fn original(&self, article: &Article) -> PathBuf {
        article::path::file_below(&self.place.folder, &article.path)
    }

    /// What was refused and what is doubtful.
    ///
    /// # Errors
    /// `Io`.
    pub fn problems(&self) -> Result<ProblemList> {
        Ok(ProblemList { schema_version: SCHEMA_VERSION, problems: self.manifest()?.problems() })
    }

    /// Counts, spans, freshness.
    ///
    /// # Errors
    /// `Io`.
    pub fn status(&self) -> Result<Status> {
        let manifest = self.manifest()?;
        let everything = refresh::everything();
        let requests = [FacetRequest::all(Field::Source), FacetRequest::all(Field::Lang)];
        let facets = self.reader.facets(&everything, &requests)?;
        let values =
            |field: Field| facets.get(field.name()).map(|counted| counted.values.as_slice()).unwrap_or_default();
        let dated = self.reader.coverage(Field::Published)?.unwrap_or(0);
        let span = self.reader.published_span()?;
        let (from, to) = span.map_or((None, None), |(from, to)| (Some(from.to_string()), Some(to.to_string())));
        let commit = self.reader.commit();
        Ok(Status {
            schema_version: SCHEMA_VERSION,
            articles: self.reader.articles(),
            files: manifest.files.values().filter(|file| file.tally.articles > 0).count() as u64,
            excluded: manifest.head.excluded,
            refused: manifest.problems().iter().filter(|problem| problem.refused).count() as u64,
            sources: values(Field::Source).len() as u64,
            published: PublishedSpan { from, to, undated: self.reader.articles() - dated },
            languages: values(Field::Lang).iter().map(|value| (value.value.clone(), value.count)).collect(),
            index: IndexStatus {
                bytes: bytes_below(&self.place.index)?,
                generation: commit.generation,
                version: commit.version,
                refreshed: commit.refreshed.clone(),
            },
        })
    }

    /// The generation of the index, which grows with every run that changed something.
    pub fn generation(&self) -> u64 {
        self.reader.commit().generation
    }

    /// Fields with coverage.
    ///
    /// # Errors
    /// `Io`.
    pub fn fields(&self) -> Result<FieldList> {
        let mut fields = Vec::new();
        for field in Field::ALL.iter().copied() {
            let distinct = if field.is_facet() { Some(self.distinct(field)?) } else { None };
            fields.push(FieldCoverage {
                field: field.name().to_owned(),
                aliases: field.aliases().iter().map(|alias| (*alias).to_owned()).collect(),
                articles: self.reader.coverage(field)?,
                distinct,
                example: field.example().to_owned(),
                help: field.help().to_owned(),
            });
        }
        for (name, articles) in self.reader.extra_names()? {
            let field = format!("{}.{name}", Field::Extra.name());
            let example = format!("{field}:VALUE");
            let help = "A name of the records themselves.".to_owned();
            fields.push(FieldCoverage { field, articles: Some(articles), example, help, ..FieldCoverage::default() });
        }
        Ok(FieldList { schema_version: SCHEMA_VERSION, articles: self.reader.articles(), fields })
    }

    /// Whether the archive's folders or settings changed after the last run: a hint, from a few folders' times alone.
    pub fn is_stale(&self) -> bool {
        let commit = self.reader.commit();
        let changed = |(folder, then): &(String, i64)| refresh::folder_time(&self.place.folder, folder) != Some(*then);
        !refresh::is_made_with(commit, &self.place.settings) || commit.folders.iter().any(changed)
    }

    fn distinct(&self, field: Field) -> Result<u64> {
        let request = FacetRequest { limit: Some(0), ..FacetRequest::all(field) };
        let counted = self.reader.facets(&refresh::everything(), &[request])?;
        Ok(counted.values().map(|counted| counted.distinct).sum())
    }

    fn manifest(&self) -> Result<Manifest> {
        let mut read = refresh::manifest(&self.place, self.reader.commit());
        // Index runs that end while this archive is open put other lists in its place, one after the other.
        for _ in 0..TRIES {
            if read.is_ok() {
                break;
            }
            std::thread::sleep(PAUSE);
            read = last_commit(&self.place.index).and_then(|newest| match newest {
                Some(newest) => refresh::manifest(&self.place, &newest),
                None => refresh::manifest(&self.place, self.reader.commit()),
            });
        }
        read
    }
}

fn understood(plan: &Plan) -> QueryView {
    QueryView { text: plan.text.clone(), read_as: plan.read_as.clone(), notes: plan.notes.clone(), explain: None }
}

fn readable_folder(folder: &Path) -> Result<()> {
    let shown = folder.display();
    match fs::metadata(folder) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(Error::new(ErrorKind::NotFound, format!("{shown} is a file, not a folder of clippings"))
            .hint("name the folder that holds it; one file alone is read by: morgue inspect FILE")),
        Err(cause) => {
            Err(Error::new(ErrorKind::NotFound, format!("the archive {shown} cannot be opened")).because(cause))
        }
    }
}

fn bytes_below(folder: &Path) -> Result<u64> {
    let cannot = |cause| Error::new(ErrorKind::Io, "the index's size cannot be read").because(cause);
    let mut sum = 0;
    for entry in walkdir::WalkDir::new(folder) {
        let entry = entry.map_err(|cause| cannot(std::io::Error::from(cause)))?;
        if entry.file_type().is_file() {
            sum += entry.metadata().map_err(|cause| cannot(std::io::Error::from(cause)))?.len();
        }
    }
    Ok(sum)
}
