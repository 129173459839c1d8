//! An index run: walk, compare with the manifest, read what changed, one commit.
//!
//! Files are read by as many threads as asked for, and articles made by as many; ids are settled at the end, and the few
//! files whose ids turn out to clash (or no longer do) are read once more.

mod pass;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
    path::Path,
    sync::{Arc, atomic::AtomicBool},
    time::{Instant, SystemTime, UNIX_EPOCH},
};

use super::{Place, Progress, RefreshOptions, Summary, ids::Given};
use crate::{
    article::{self, Article, Draft, Note, PartKind, Problem},
    clean,
    error::{Error, ErrorKind, Result},
    extract::{self, Gazetteers, Home},
    index::{self, Commit, FileEntry, Fingerprint, Lock, Manifest, Reader, Setup, VERSION, Writer},
    plan::{Node, Plan},
    read::{self, Walked},
    settings::{Reach, Settings, Sources},
    text::Language,
};

use pass::{Job, Outcome, Pass, Said};

/// Most folders whose times a commit remembers.
const FOLDERS: usize = 64;
/// Files changed so shortly before a run may have changed again within the clock's step, in nanoseconds.
const TOO_FRESH: i64 = 2_000_000_000;

/// Who is told of the progress, and who may stop it.
#[derive(Clone, Copy)]
pub(super) struct Watch<'a> {
    pub(super) progress: &'a dyn Progress,
    pub(super) stop: &'a AtomicBool,
}

/// Brings the index up to date.
pub(super) fn refresh(place: &Place, options: &RefreshOptions, watch: Watch<'_>) -> Result<Summary> {
    let started = Instant::now();
    let lock = if options.dry_run { None } else { Some(Lock::take(&place.index)?) };
    let began_ns = now_ns();
    let before = Before::load(place, options)?;
    let walked = read::walk(&place.folder, &place.settings)?;
    let changed: Vec<&read::FileEntry> = walked.files.iter().filter(|file| !before.knows(file)).collect();
    watch.progress.total(changed.len() as u64);
    let mut summary = Summary {
        files: walked.files.len() as u64,
        excluded: walked.excluded,
        rebuilt: before.rebuilt.clone(),
        ..Summary::default()
    };
    let mut manifest = Manifest::default();
    manifest.head.excluded = walked.excluded;
    manifest.head.problems.clone_from(&walked.problems);
    manifest.head.began_ns = began_ns;
    match lock {
        None => {
            manifest.files.clone_from(&before.manifest.files);
            summary.read = changed.len() as u64;
            summary.removed = before.gone(&walked).len() as u64;
        }
        Some(lock) => {
            let run = Run { place, options, watch, before: &before, walked: &walked };
            run.write(lock, &changed, (&mut manifest, &mut summary))?;
        }
    }
    summary.unchanged = summary.files - summary.read;
    let tally = manifest.tally();
    summary.articles = tally.articles;
    summary.undated = tally.undated;
    summary.dated_by_name = tally.dated_by_name;
    summary.supplied_empty = tally.supplied_empty.into_iter().collect();
    summary.problems.extend(manifest.problems());
    summary.millis = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
    Ok(summary)
}

/// What the last run left.
#[derive(Default)]
struct Before {
    setup: Setup,
    generation: u64,
    folders: Vec<(String, i64)>,
    manifest: Manifest,
    rebuilt: Option<String>,
}

impl Before {
    fn load(place: &Place, options: &RefreshOptions) -> Result<Self> {
        let anew = |generation, rebuilt| Ok(Self { generation, rebuilt, ..Self::default() });
        let commit = match index::last_commit(&place.index) {
            Ok(None) => return anew(0, None),
            Ok(Some(commit)) => commit,
            Err(error) if error.kind() == ErrorKind::Damaged => return anew(0, Some(error.to_string())),
            Err(error) => return Err(error),
        };
        if options.full {
            return anew(commit.generation, None);
        }
        if let Err(error) = commit.check() {
            return anew(commit.generation, Some(error.to_string()));
        }
        if commit.fingerprint != fingerprint(&place.settings) {
            return anew(commit.generation, Some("the settings or the rules of extraction changed".to_owned()));
        }
        let whole = manifest(place, &commit).and_then(|manifest| Reader::open(&place.index).map(|_| manifest));
        match whole {
            Ok(manifest) => {
                let (generation, folders) = (commit.generation, commit.folders);
                Ok(Self { setup: Setup::Continue, generation, folders, manifest, rebuilt: None })
            }
            Err(error) => anew(commit.generation, Some(error.to_string())),
        }
    }

    /// Whether a file is as the last run saw it, by its size and time.
    fn knows(&self, file: &read::FileEntry) -> bool {
        self.manifest.files.get(&file.path).is_some_and(|known| {
            let is_settled = known.mtime_ns < self.manifest.head.began_ns - TOO_FRESH && !known.hash.is_empty();
            is_settled
                && (known.size, known.mtime_ns) == (pass::size(file), pass::mtime_ns(file))
                && known.sidecar.as_deref() == pass::sidecar(file)
        })
    }

    /// Files that are no longer there.
    fn gone(&self, walked: &Walked) -> Vec<&String> {
        let there: BTreeSet<&str> = walked.files.iter().map(|file| file.path.as_str()).collect();
        self.manifest.files.keys().filter(|path| !there.contains(path.as_str())).collect()
    }
}

/// A run that writes.
struct Run<'a> {
    place: &'a Place,
    options: &'a RefreshOptions,
    watch: Watch<'a>,
    before: &'a Before,
    walked: &'a Walked,
}

impl Run<'_> {
    fn write(&self, lock: Lock, changed: &[&read::FileEntry], result: (&mut Manifest, &mut Summary)) -> Result<()> {
        let (manifest, summary) = result;
        let threads = self.options.threads.unwrap_or_else(default_threads).max(1);
        let gone = self.before.gone(self.walked);
        manifest.files.extend(self.kept(changed));
        manifest.head.clashes.clone_from(&self.before.manifest.head.clashes);
        let folders = folders(&self.place.folder, self.walked);
        if changed.is_empty() && self.leaves_all(manifest, &folders) {
            return lock.sweep();
        }
        let writer = Writer::open(lock, self.before.setup, threads)?;
        gone.iter().for_each(|path| writer.remove(path));
        summary.removed = gone.len() as u64;
        let (home, troubles) = home(&self.place.settings)?;
        summary.problems.extend(troubles);
        let pass = Pass { writer: &writer, place: self.place, home: &Arc::new(home), watch: self.watch, threads };
        let jobs: Vec<Job<'_>> =
            changed.iter().map(|file| Job { file, known: self.before.manifest.files.get(&file.path) }).collect();
        let read = pass.run(&jobs, &manifest.head.clashes)?;
        summary.read = read.values().filter(|file| !file.is_same).count() as u64;
        let mut said = listed(read, manifest);
        said.extend(self.settle(&pass, manifest)?);
        if self.leaves_all(manifest, &folders) && changed.iter().all(|file| is_unread(manifest, file)) {
            return Ok(());
        }
        self.watch.progress.writing();
        writer.commit(|| {
            for (path, said) in &said {
                manifest.files.get_mut(path).into_iter().for_each(|entry| said.complete(entry));
            }
            (self.commit(manifest, folders), manifest)
        })
    }

    fn commit(&self, manifest: &Manifest, folders: Vec<(String, i64)>) -> Commit {
        let is_changed = self.before.setup == Setup::Anew || !manifest.is_alike(&self.before.manifest);
        Commit {
            version: VERSION,
            fingerprint: fingerprint(&self.place.settings),
            generation: self.before.generation + u64::from(is_changed),
            refreshed: jiff::Timestamp::now().round(jiff::Unit::Second).unwrap_or_default().to_string(),
            manifest: String::new(),
            folders,
        }
    }

    /// Whether the last run left everything as it is now, times included.
    fn leaves_all(&self, manifest: &Manifest, folders: &[(String, i64)]) -> bool {
        let before = self.before;
        before.setup == Setup::Continue
            && before.folders == folders
            && before.manifest.files == manifest.files
            && before.manifest.is_alike(manifest)
    }

    /// Files that need not be looked at.
    fn kept(&self, changed: &[&read::FileEntry]) -> BTreeMap<String, FileEntry> {
        let changed: BTreeSet<&str> = changed.iter().map(|file| file.path.as_str()).collect();
        let same = self.walked.files.iter().filter(|file| !changed.contains(file.path.as_str()));
        same.filter_map(|file| self.before.manifest.files.get_key_value(&file.path))
            .map(|(path, file)| (path.clone(), file.clone()))
            .collect()
    }

    /// Finds out which ids clash now, and reads the files again whose articles bear another id for it.
    fn settle(&self, pass: &Pass<'_>, manifest: &mut Manifest) -> Result<Sayings> {
        let mut claims: Vec<u64> = manifest.files.values().flat_map(|file| file.claims.iter().copied()).collect();
        claims.sort_unstable();
        let now = clashing(claims.into_iter());
        let turned: BTreeSet<u64> = now.symmetric_difference(&manifest.head.clashes).copied().collect();
        manifest.head.clashes = now;
        if turned.is_empty() {
            return Ok(Sayings::new());
        }
        let touched = |file: &&read::FileEntry| {
            manifest.files.get(&file.path).is_some_and(|file| file.claims.iter().any(|claim| turned.contains(claim)))
        };
        let jobs: Vec<Job<'_>> =
            self.walked.files.iter().filter(touched).map(|file| Job { file, known: None }).collect();
        jobs.iter().for_each(|job| pass.writer.remove(&job.file.path));
        let read = pass.run(&jobs, &manifest.head.clashes)?;
        Ok(listed(read, manifest))
    }
}

/// What the articles of files say, by path.
type Sayings = BTreeMap<String, Arc<Said>>;

/// Puts what was read into the manifest; what its articles say is not known yet.
fn listed(read: BTreeMap<String, Outcome>, manifest: &mut Manifest) -> Sayings {
    let one = |(path, Outcome { entry, said, .. }): (String, Outcome)| {
        manifest.files.insert(path.clone(), entry);
        (path, said)
    };
    read.into_iter().map(one).collect()
}

/// Whether a file was refused unread: every run looks at it anew.
fn is_unread(manifest: &Manifest, file: &read::FileEntry) -> bool {
    manifest.files.get(&file.path).is_some_and(|known| known.hash.is_empty())
}

/// The claims that stand more than once among ascending ones.
pub(super) fn clashing(claims: impl Iterator<Item = u64>) -> BTreeSet<u64> {
    let mut last = None;
    claims.filter(|claim| last.replace(*claim) == Some(*claim)).collect()
}

/// An article from its draft and its id.
pub(super) fn article(mut draft: Draft, given: Given, place: (&str, &Home)) -> Article {
    let (path, home) = place;
    if let Some(claimed) = given.given_up {
        let reason = format!("the id “{claimed}” is claimed by several records; this one is now “{}”", given.id);
        draft.notes.push(Note::new("id-clash", reason));
    }
    extract::extract(clean::clean(draft), path, given.id, home)
}

/// What `problems` lists of an article.
pub(super) fn article_problems(article: &Article) -> impl Iterator<Item = Problem> {
    let is_titled = article.parts.first().is_some_and(|part| part.kind == PartKind::Title);
    let is_bare =
        is_titled && article.parts.iter().all(|part| matches!(part.kind, PartKind::Title | PartKind::Boilerplate));
    let bare = is_bare.then_some(("empty-body", "a title without a text"));
    let noted = article.notes.iter().map(|note| (note.kind.as_str(), note.reason.as_str()));
    noted.chain(bare).map(|(kind, reason)| Problem {
        path: article.path.clone(),
        line: Some(article.line),
        id: Some(article.id.clone()),
        kind: kind.to_owned(),
        reason: reason.to_owned(),
        refused: false,
    })
}

/// The same trouble with several records of a file told once, at the first of them.
pub(super) fn gathered(problems: Vec<Problem>) -> Vec<Problem> {
    let mut gathered: Vec<(Problem, u64)> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for problem in problems {
        let what = (problem.kind.clone(), problem.reason.clone());
        match known.get(&what).filter(|_| !problem.refused) {
            Some(first) => gathered[*first].1 += 1,
            None => {
                known.insert(what, gathered.len());
                gathered.push((problem, 0));
            }
        }
    }
    let told = gathered.into_iter().map(|(problem, more)| match more {
        0 => problem,
        1 => Problem { reason: format!("{} (and in one more record)", problem.reason), ..problem },
        more => Problem { reason: format!("{} (and in {more} more records)", problem.reason), ..problem },
    });
    told.collect()
}

/// The defaults of an archive's articles, and the trouble with its list of places.
pub(super) fn home(settings: &Settings) -> Result<(Home, Vec<Problem>)> {
    let language = settings.archive.language.as_deref().and_then(Language::from_tag).unwrap_or(Language::ENGLISH);
    let list = settings.places.gazetteer.as_deref().map(own_places).transpose()?;
    let (gazetteers, notes) = Gazetteers::new(list.as_deref(), settings.archive.country.as_deref());
    let path = settings.places.gazetteer.as_deref().map(|file| file.to_string_lossy().replace('\\', "/"));
    let problem = |note: Note| Problem {
        path: path.clone().unwrap_or_default(),
        line: None,
        id: None,
        kind: note.kind,
        reason: note.reason,
        refused: false,
    };
    Ok((Home::new(language, gazetteers, settings.extract)?, notes.into_iter().map(problem).collect()))
}

fn own_places(file: &Path) -> Result<String> {
    fs::read_to_string(file).map_err(|cause| {
        let what = format!("the list of places {} cannot be read", file.display());
        let hint = "morgue.toml names it: [places] gazetteer, relative to morgue.toml, in UTF-8";
        Error::new(ErrorKind::NotFound, what).hint(hint).because(cause)
    })
}

/// What an index of these settings is made with.
pub(super) fn fingerprint(settings: &Settings) -> Fingerprint {
    let Settings { archive, fields, source_from_path, places, extract, saved: _ } = settings;
    let (clean, language, timezone) = (clean::VERSION, &archive.language, &archive.timezone);
    let list = places.gazetteer.as_deref().and_then(|file| fs::read(file).ok());
    let list = list.map(|bytes| blake3::hash(&bytes).to_hex());
    let (country, paths) = (&archive.country, source_from_path);
    let decisive = format!("{clean} {language:?} {timezone:?} {fields:?} {paths:?} {country:?} {list:?} {extract:?}");
    let settings = blake3::hash(decisive.as_bytes()).to_hex();
    Fingerprint::new(extract::VERSION, &settings[..16])
}

/// Whether an index was made with these settings, whether it looked into texts or at fields alone.
pub(super) fn is_made_with(commit: &Commit, settings: &Settings) -> bool {
    let reaches = [Reach::Text, Reach::Fields].into_iter();
    let mut alike =
        reaches.map(|reach| Settings { extract: Sources { reach, ..settings.extract }, ..settings.clone() });
    alike.any(|settings| fingerprint(&settings) == commit.fingerprint)
}

/// The manifest of a commit.
pub(super) fn manifest(place: &Place, commit: &Commit) -> Result<Manifest> {
    index::manifest(&place.index, commit)
}

/// The plan that finds every article.
pub(super) fn everything() -> Plan {
    Plan::of(Node::All)
}

/// The time of change of a folder of the archive in nanoseconds since 1970.
pub(super) fn folder_time(root: &Path, folder: &str) -> Option<i64> {
    let changed = std::fs::metadata(article::path::file_below(root, folder)).ok()?.modified().ok()?;
    i64::try_from(changed.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

/// Some folders of the archive, the highest first, with their times of change.
fn folders(root: &Path, walked: &Walked) -> Vec<(String, i64)> {
    let mut folders: BTreeSet<(usize, &str)> = BTreeSet::from([(0, "")]);
    for file in &walked.files {
        let above =
            std::iter::successors(Some(file.path.as_str()), |path| path.rsplit_once('/').map(|(above, _)| above));
        folders.extend(above.skip(1).map(|folder| (folder.matches('/').count() + 1, folder)));
    }
    let timed = folders.into_iter().take(FOLDERS);
    timed.filter_map(|(_, folder)| Some((folder.to_owned(), folder_time(root, folder)?))).collect()
}

fn default_threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(4)
}

fn now_ns() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_nanos()).unwrap_or(i64::MAX)
}
