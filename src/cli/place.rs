//! Where the archive and its index lie, and what its settings say. Reads the environment and the settings files.
//!
//! It never makes or changes anything in the archive.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use super::{args::Global, asking::today, report};
use crate::{
    archive::Place,
    error::{Error, ErrorKind, Result},
    settings::Settings,
};

/// The settings file of an archive.
const SETTINGS: &str = "morgue.toml";
/// The folder of the index in an archive.
const INDEX: &str = ".morgue";

/// Whether a missing index may be built without being asked: never in a folder that nobody called an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// Named by a flag, the environment, or a `morgue.toml`.
    Named,
    /// Merely where we are.
    Guessed,
}

/// The archive that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Where it lies and how it is set up.
    pub(super) place: Place,
    /// Whether anybody called it an archive.
    pub(super) trust: Trust,
}

/// The archive of this call; `named` is a folder given as an argument.
pub(super) fn find(global: &Global, named: Option<&Path>) -> Result<Found> {
    let told = match (named, &global.archive) {
        (Some(a), Some(b)) if a != b => {
            let what = format!("two archives are named: {} and {}", a.display(), b.display());
            return Err(Error::new(ErrorKind::Usage, what).hint("name one of them"));
        }
        (Some(folder), _) => Some(folder.to_path_buf()),
        (None, Some(folder)) => Some(folder.clone()),
        (None, None) => env::var_os("MORGUE_ARCHIVE").filter(|value| !value.is_empty()).map(PathBuf::from),
    };
    let is_told = told.is_some();
    let folder = match told {
        Some(folder) => folder,
        None => nearest()?,
    };
    let trust = if is_told || folder.join(SETTINGS).is_file() { Trust::Named } else { Trust::Guessed };
    if global.verbose {
        report::note(global, &format!("the archive is {}", folder.display()));
    }
    let settings = settings(&folder)?;
    let index = global.index.clone().unwrap_or_else(|| index_folder(&folder));
    Ok(Found { place: Place { folder, index, settings, today: today() }, trust })
}

/// The nearest folder above that is an archive, else the current one.
fn nearest() -> Result<PathBuf> {
    let here = env::current_dir()
        .map_err(|error| Error::new(ErrorKind::NotFound, "the current folder cannot be read").because(error))?;
    let is_archive = |folder: &&Path| folder.join(INDEX).is_dir() || folder.join(SETTINGS).is_file();
    let found = here.ancestors().find(is_archive);
    Ok(match found {
        Some(folder) if folder != here => folder.to_path_buf(),
        _ => PathBuf::from("."),
    })
}

/// `.morgue` in the archive, or a folder of the user's cache when the archive cannot be written to.
fn index_folder(folder: &Path) -> PathBuf {
    let inside = folder.join(INDEX);
    if inside.is_dir() {
        return inside;
    }
    match cached(folder) {
        Some(outside) if outside.is_dir() || (folder.is_dir() && !is_writable(folder)) => outside,
        _ => inside,
    }
}

fn is_writable(folder: &Path) -> bool {
    tempfile::tempfile_in(folder).is_ok()
}

/// The place of this archive's index in the user's cache, told apart by the archive's address.
fn cached(folder: &Path) -> Option<PathBuf> {
    let whole = fs::canonicalize(folder).ok()?;
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let hash = blake3::hash(whole.to_string_lossy().as_bytes()).to_hex();
    Some(cache_home()?.join("morgue").join(format!("{name}-{}", &hash.as_str()[..16])))
}

fn cache_home() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || folder("HOME");
    folder("XDG_CACHE_HOME").or_else(|| match env::consts::OS {
        "windows" => folder("LOCALAPPDATA"),
        "macos" => home().map(|home| home.join("Library/Caches")),
        _ => home().map(|home| home.join(".cache")),
    })
}

fn config_file() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = folder("XDG_CONFIG_HOME").or_else(|| match env::consts::OS {
        "windows" => folder("APPDATA"),
        _ => folder("HOME").map(|home| home.join(".config")),
    })?;
    Some(home.join("morgue").join("config.toml"))
}

/// The archive's settings, where it has none the user's.
fn settings(folder: &Path) -> Result<Settings> {
    let ours = read(&folder.join(SETTINGS))?;
    let users = config_file().map(|file| read(&file)).transpose()?.flatten();
    Ok(over(ours.unwrap_or_default(), users.unwrap_or_default()))
}

/// The first settings where they say something, else the second.
fn over(first: Settings, second: Settings) -> Settings {
    let mut merged = first;
    merged.archive.language = merged.archive.language.or(second.archive.language);
    merged.archive.country = merged.archive.country.or(second.archive.country);
    merged.places.gazetteer = merged.places.gazetteer.or(second.places.gazetteer);
    merged.archive.timezone = merged.archive.timezone.or(second.archive.timezone);
    if merged.archive.exclude.is_empty() {
        merged.archive.exclude = second.archive.exclude;
    }
    if merged.archive.include.is_empty() {
        merged.archive.include = second.archive.include;
    }
    if merged.source_from_path == Default::default() {
        merged.source_from_path = second.source_from_path;
    }
    for (name, query) in second.saved {
        merged.saved.entry(name).or_insert(query);
    }
    for (field, names) in second.fields {
        merged.fields.entry(field).or_insert(names);
    }
    merged
}

/// The settings of a file; `None` when there is no such file.
fn read(file: &Path) -> Result<Option<Settings>> {
    let text = match fs::read_to_string(file) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
            return Ok(None);
        }
        Err(error) => {
            let what = format!("cannot read the settings {}", file.display());
            return Err(Error::new(ErrorKind::Io, what).because(error));
        }
    };
    let (mut settings, notes) = Settings::parse(&text).map_err(|error| of_file(file, error))?;
    for note in notes {
        report::warn(&format!("{}: {}", file.display(), note.reason));
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    settings.places.gazetteer = settings.places.gazetteer.map(|list| folder.join(list));
    Ok(Some(settings))
}

/// The same error, naming the file it is about.
fn of_file(file: &Path, error: Error) -> Error {
    let named = Error::new(error.kind(), format!("{}: {error}", file.display()));
    match error.way_out() {
        Some(hint) => named.hint(hint),
        None => named,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_archive_speaks_before_the_user() {
        let named = |language: Option<&str>, exclude: &[&str]| {
            let mut settings = Settings::default();
            settings.archive.language = language.map(str::to_owned);
            settings.archive.exclude = exclude.iter().map(|text| (*text).to_owned()).collect();
            settings
        };
        let user = named(Some("fr"), &["drafts/**"]);
        assert_eq!(over(named(Some("en"), &[]), user.clone()), named(Some("en"), &["drafts/**"]));
        assert_eq!(over(named(None, &["a"]), user), named(Some("fr"), &["a"]));
    }

    #[test]
    fn an_index_lies_in_its_archive() {
        let archive = tempfile::tempdir().unwrap();
        assert_eq!(index_folder(archive.path()), archive.path().join(INDEX));
        assert_eq!(index_folder(Path::new("no/such/folder")), Path::new("no/such/folder").join(INDEX));
    }
}
