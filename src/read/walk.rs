//! The files of an archive's folder, their sidecars paired, in the order of their paths.
//!
//! It never opens a file but those that say what to ignore, and never leaves one out without counting or naming it.

mod exclude;
mod ignored;

use std::{
    collections::HashMap,
    fs::Metadata,
    path::{Path, PathBuf},
    time::UNIX_EPOCH,
};

use exclude::Exclude;
use ignored::Ignored;
use walkdir::{DirEntry, WalkDir};

use crate::{
    article::{self, Problem},
    error::{Error, ErrorKind, Result},
    settings::Settings,
};

/// A file of the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileEntry {
    /// Relative to the archive, parts joined by `/`.
    pub path: String,
    /// Where it lies.
    pub absolute: PathBuf,
    /// Bytes.
    pub size: u64,
    /// Last change, in nanoseconds since 1970.
    pub mtime_ns: i64,
    /// The file of fields beside a `.txt` of the same stem.
    pub sidecar: Option<Box<FileEntry>>,
}

/// What a walk found.
#[derive(Debug, Default, PartialEq)]
pub struct Walked {
    /// Files to read, sorted by path; sidecars stand with their texts.
    pub files: Vec<FileEntry>,
    /// Files and folders left out by a rule: hidden ones and those that settings or ignore files exclude.
    pub excluded: u64,
    /// Unreadable folders, links that lead in a circle or nowhere, what is no file.
    pub problems: Vec<Problem>,
}

/// Files of these names at the root are ours.
const OURS: &[&str] = &["morgue.toml", "names.csv", "marks.csv", "places.csv"];

/// Walks a folder, following links.
///
/// # Errors
/// `NotFound` when it is not a folder or cannot be read; `Usage` when a pattern of the settings is none.
pub fn walk(folder: &Path, settings: &Settings) -> Result<Walked> {
    let shown = folder.display();
    let about = std::fs::metadata(folder).map_err(|cause| {
        let what = format!("no folder of clippings at {shown}");
        Error::new(ErrorKind::NotFound, what).hint("name one with -A DIR").because(cause)
    })?;
    if !about.is_dir() {
        let what = format!("{shown} is a file, not a folder of clippings");
        return Err(Error::new(ErrorKind::NotFound, what).hint("name the folder that holds it"));
    }
    std::fs::read_dir(folder)
        .map_err(|cause| Error::new(ErrorKind::NotFound, format!("{shown} cannot be read")).because(cause))?;
    let mut rules = Rules {
        exclude: Exclude::new(&settings.archive.exclude)?,
        include: Exclude::new(&settings.archive.include)?,
        includes_all: settings.archive.include.is_empty(),
        ignored: Ignored::default(),
    };
    let mut walked = Walked::default();
    let mut entries = WalkDir::new(folder).follow_links(true).into_iter();
    while let Some(entry) = entries.next() {
        match entry {
            Ok(entry) => {
                if visit(&entry, folder, &mut rules, &mut walked) == Next::Skip {
                    entries.skip_current_dir();
                }
            }
            Err(fault) => walked.problems.push(problem(&fault, folder)),
        }
    }
    walked.files.sort_by(|a, b| a.path.cmp(&b.path));
    walked.problems.sort_by(|a, b| a.path.cmp(&b.path));
    walked.files = paired(walked.files);
    Ok(walked)
}

/// The endings of files of fields; the first that stands beside a text counts.
const BESIDE: [&str; 4] = ["yaml", "yml", "json", "toml"];

/// One file on its own, as `walk` would list it under the path `shown`, its sidecar with it.
///
/// # Errors
/// When the file cannot be looked at.
pub fn entry_of(file: &Path, shown: &str) -> std::io::Result<FileEntry> {
    let mut entry = alone(file, shown)?;
    if let Some(stem) = shown.strip_suffix(".txt") {
        let beside = |ending| alone(&file.with_extension(ending), &format!("{stem}.{ending}")).ok();
        entry.sidecar = BESIDE.into_iter().find_map(beside).map(Box::new);
    }
    Ok(entry)
}

fn alone(file: &Path, shown: &str) -> std::io::Result<FileEntry> {
    let about = std::fs::metadata(file)?;
    if about.is_dir() {
        return Err(std::io::ErrorKind::IsADirectory.into());
    }
    let (size, mtime_ns) = (about.len(), mtime_ns(&about));
    Ok(FileEntry { path: shown.to_owned(), absolute: file.to_owned(), size, mtime_ns, sidecar: None })
}

/// Whether a file is another than it was, by its size and time.
pub(super) fn has_changed(entry: &FileEntry) -> bool {
    let is_other = |now: FileEntry| (now.size, now.mtime_ns) != (entry.size, entry.mtime_ns);
    alone(&entry.absolute, &entry.path).is_ok_and(is_other)
}

/// The text beside which a file of fields stands, if it is the one that counts there.
pub fn text_beside(file: &Path) -> Option<PathBuf> {
    let ending = file.extension()?.to_str()?;
    let text = file.with_extension("txt");
    let is_file = |path: &Path| path.is_file();
    let first = BESIDE.iter().find(|ending| is_file(&file.with_extension(ending)))?;
    (*first == ending && is_file(&text)).then_some(text)
}

/// Whether to go on into a folder.
#[derive(Debug, PartialEq, Eq)]
enum Next {
    Enter,
    Skip,
}

/// What is left out.
struct Rules {
    exclude: Exclude,
    /// The same patterns turned round: what they would leave out is what is read.
    include: Exclude,
    includes_all: bool,
    ignored: Ignored,
}

impl Rules {
    fn leave_out(&mut self, entry: &DirEntry, path: &str) -> bool {
        let is_folder = entry.file_type().is_dir();
        let is_named = is_folder || self.includes_all || self.include.is_out(path);
        !is_named || self.exclude.is_out(path) || self.ignored.is_out(entry.path(), entry.depth(), is_folder)
    }
}

fn visit(entry: &DirEntry, folder: &Path, rules: &mut Rules, walked: &mut Walked) -> Next {
    let is_folder = entry.file_type().is_dir();
    let after = if is_folder { Next::Skip } else { Next::Enter };
    let path = relative(entry.path(), folder);
    if entry.depth() > 0 {
        let name = entry.file_name().to_string_lossy();
        if name.starts_with(".morgue") || (entry.depth() == 1 && !is_folder && OURS.contains(&&*name)) {
            return after;
        }
        if name.starts_with('.') || rules.leave_out(entry, &path) {
            walked.excluded += 1;
            return after;
        }
    }
    let about = match entry.metadata() {
        Ok(about) => about,
        Err(fault) => {
            walked.problems.push(problem(&fault, folder));
            return after;
        }
    };
    if is_folder {
        walked.problems.extend(rules.ignored.enter(entry.path(), entry.depth(), &path));
        return Next::Enter;
    }
    if about.is_file() {
        let (size, mtime_ns) = (about.len(), mtime_ns(&about));
        walked.files.push(FileEntry { path, absolute: entry.path().to_owned(), size, mtime_ns, sidecar: None });
    } else {
        walked.problems.push(refused(path, "not-a-file", "neither a file nor a folder".to_owned()));
    }
    Next::Enter
}

fn problem(fault: &walkdir::Error, folder: &Path) -> Problem {
    let path = fault.path().map(|path| relative(path, folder)).unwrap_or_default();
    if let Some(ancestor) = fault.loop_ancestor() {
        let ancestor = relative(ancestor, folder);
        let ancestor = if ancestor.is_empty() { "the archive itself".to_owned() } else { ancestor };
        return refused(path, "link-loop", format!("a link that leads back to {ancestor}"));
    }
    let is_missing = fault.io_error().is_some_and(|cause| cause.kind() == std::io::ErrorKind::NotFound);
    match fault.io_error() {
        _ if is_missing => refused(path, "unreadable", "a link to nothing, or gone while looking".to_owned()),
        Some(cause) => refused(path, "unreadable", format!("cannot be read: {cause}")),
        None => refused(path, "unreadable", "cannot be read".to_owned()),
    }
}

fn refused(path: String, kind: &str, reason: String) -> Problem {
    Problem { path, line: None, id: None, kind: kind.to_owned(), reason, refused: true }
}

fn relative(path: &Path, folder: &Path) -> String {
    article::path::as_text(path.strip_prefix(folder).unwrap_or(path))
}

fn mtime_ns(about: &Metadata) -> i64 {
    let Ok(time) = about.modified() else { return 0 };
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).unwrap_or(i64::MAX),
        Err(before) => i64::try_from(before.duration().as_nanos()).map_or(i64::MIN, |nanos| -nanos),
    }
}

/// Puts the file of fields beside a `.txt` with it; the first of these endings counts.
fn paired(files: Vec<FileEntry>) -> Vec<FileEntry> {
    let by_path: HashMap<&str, usize> = files.iter().enumerate().map(|(n, file)| (file.path.as_str(), n)).collect();
    let beside = |file: &FileEntry| {
        let stem = file.path.strip_suffix(".txt")?;
        BESIDE.iter().find_map(|ending| by_path.get(format!("{stem}.{ending}").as_str()).copied())
    };
    let pairs: Vec<(usize, usize)> =
        files.iter().enumerate().filter_map(|(text, file)| Some((text, beside(file)?))).collect();
    let mut files: Vec<Option<FileEntry>> = files.into_iter().map(Some).collect();
    for (text, fields) in pairs {
        let fields = files.get_mut(fields).and_then(Option::take);
        if let Some(Some(text)) = files.get_mut(text) {
            text.sidecar = fields.map(Box::new);
        }
    }
    files.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "x").unwrap();
        }
        folder
    }

    fn paths(walked: &Walked) -> Vec<&str> {
        walked.files.iter().map(|file| file.path.as_str()).collect()
    }

    #[test]
    fn ours_and_the_hidden_are_left_out() {
        let files = [
            "b/one.txt",
            "a.md",
            "morgue.toml",
            "names.csv",
            "b/names.csv",
            ".morgue/meta.json",
            ".git/HEAD",
            ".hidden.txt",
            "drafts/two.txt",
            "b/README.md",
        ];
        let folder = archive(&files);
        let archive = crate::settings::ArchiveSettings {
            exclude: vec!["/drafts/".to_owned(), "README*".to_owned()],
            ..Default::default()
        };
        let walked = walk(folder.path(), &Settings { archive, ..Settings::default() }).unwrap();
        assert_eq!(paths(&walked), ["a.md", "b/names.csv", "b/one.txt"]);
        assert_eq!((walked.excluded, walked.problems), (4, vec![]));
    }

    #[test]
    fn ignore_files_speak_of_their_folders() {
        let folder = archive(&["a.txt", "b.bak", "keep.bak", "in/c.bak", "in/d.txt", "drafts/e.txt", "in/deep/d.txt"]);
        std::fs::write(folder.path().join(".gitignore"), "*.bak\ndrafts/\n").unwrap();
        std::fs::write(folder.path().join(".morgueignore"), "!keep.bak\n").unwrap();
        std::fs::write(folder.path().join("in/.gitignore"), "/d.txt\n!c.bak\n").unwrap();
        let walked = walk(folder.path(), &Settings::default()).unwrap();
        assert_eq!(paths(&walked), ["a.txt", "in/c.bak", "in/deep/d.txt", "keep.bak"]);
        assert_eq!((walked.excluded, walked.problems), (5, vec![]));
        let archive = crate::settings::ArchiveSettings {
            include: vec!["in/**".to_owned(), "a.txt".to_owned()],
            ..Default::default()
        };
        let walked = walk(folder.path(), &Settings { archive, ..Settings::default() }).unwrap();
        assert_eq!(paths(&walked), ["a.txt", "in/c.bak", "in/deep/d.txt"]);
    }

    #[test]
    fn sidecars_stand_with_their_texts() {
        let folder = archive(&["scan.txt", "scan.json", "scan.yaml", "other.json", "page.md", "page.json"]);
        let walked = walk(folder.path(), &Settings::default()).unwrap();
        assert_eq!(paths(&walked), ["other.json", "page.json", "page.md", "scan.json", "scan.txt"]);
        assert_eq!(walked.files[4].sidecar.as_ref().unwrap().path, "scan.yaml");
    }

    #[test]
    fn a_file_alone_has_the_sidecar_that_the_walk_gives_it() {
        let folder = archive(&["scan.txt", "scan.json", "scan.yaml", "page.md", "page.json", "a.txt"]);
        let sidecar = |name: &str| {
            let entry = entry_of(&folder.path().join(name), &format!("in/{name}")).unwrap();
            entry.sidecar.map(|sidecar| (sidecar.path, sidecar.absolute))
        };
        let yaml = folder.path().join("scan.yaml");
        assert_eq!(sidecar("scan.txt"), Some(("in/scan.yaml".to_owned(), yaml.clone())));
        assert_eq!((sidecar("page.md"), sidecar("a.txt")), (None, None));
        assert_eq!(text_beside(&yaml), Some(folder.path().join("scan.txt")));
        for other in ["scan.json", "page.json", "scan.txt", "a.txt"] {
            assert_eq!(text_beside(&folder.path().join(other)), None, "{other}");
        }
    }

    #[test]
    fn what_is_no_folder_is_said() {
        let folder = archive(&["a.txt"]);
        for path in ["a.txt", "nowhere"] {
            assert_eq!(walk(&folder.path().join(path), &Settings::default()).unwrap_err().kind(), ErrorKind::NotFound);
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_end() {
        let folder = archive(&["a/one.txt"]);
        std::os::unix::fs::symlink(folder.path(), folder.path().join("a/up")).unwrap();
        std::os::unix::fs::symlink("nothing", folder.path().join("a/gone.txt")).unwrap();
        let walked = walk(folder.path(), &Settings::default()).unwrap();
        assert_eq!(paths(&walked), ["a/one.txt"]);
        let found: Vec<(&str, &str)> = walked.problems.iter().map(|p| (p.path.as_str(), p.kind.as_str())).collect();
        assert_eq!(found, [("a/gone.txt", "unreadable"), ("a/up", "link-loop")]);
    }
}
