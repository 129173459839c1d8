//! Tables that people keep beside the articles: read as they stand, changed by one process at a time, whole or not at all.
//!
//! It never looks into them.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

use super::Place;
use crate::error::{Error, ErrorKind, Result};

/// The file in the index's folder whose lock keeps two changes of tables apart.
pub(super) const LOCK: &str = "edits.lock";
/// How the names of files begin that are not whole yet.
const UNFINISHED: &str = ".morgue-unfinished-";

/// The text of a table; empty when there is none. `columns` is what it must hold, for the error.
///
/// # Errors
/// `Io` when it is there and cannot be read, or is not UTF-8.
pub(super) fn read(folder: &Path, (file, columns): (&str, &str)) -> Result<String> {
    match fs::read_to_string(folder.join(file)) {
        Ok(text) => Ok(text),
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(String::new()),
        Err(cause) => {
            let error = Error::new(ErrorKind::Io, format!("cannot read {}", folder.join(file).display()));
            Err(error.hint(format!("it must be a table in UTF-8: {columns}")).because(cause))
        }
    }
}

/// Writes a table, whole or not at all. The folder keeps its time of change: no clipping changed.
///
/// # Errors
/// `Io`.
pub(super) fn write(folder: &Path, file: &str, text: &str) -> Result<()> {
    let path = folder.join(file);
    let cannot =
        |cause: io::Error| Error::new(ErrorKind::Io, format!("cannot write {}", path.display())).because(cause);
    let changed = fs::metadata(folder).and_then(|folder| folder.modified());
    replace(&path, text.as_bytes()).map_err(cannot)?;
    // Where a folder's time cannot be set, a hint that the archive changed is all that comes of it.
    if let (Ok(folder), Ok(changed)) = (File::open(folder), changed) {
        let _ = folder.set_modified(changed);
    }
    Ok(())
}

/// Puts a file in the place of the one that is there, with its permissions.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::Builder::new().prefix(UNFINISHED).tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let kept = fs::metadata(path).map(|file| file.permissions());
        let mode = kept.unwrap_or_else(|_| fs::Permissions::from_mode(0o644));
        fs::set_permissions(file.path(), mode)?;
    }
    file.persist(path).map(drop).map_err(|fault| fault.error)
}

/// The right to change what lies beside the articles or the index, by the name of a file in the index's folder; waits for
/// whoever has it, given up when dropped.
///
/// # Errors
/// `Io`.
pub(super) fn lock(place: &Place, name: &str) -> Result<Option<File>> {
    let cannot = |cause: io::Error| {
        Error::new(ErrorKind::Io, format!("cannot write into {}", place.index.display())).because(cause)
    };
    // Where no index is, nobody asks and nobody is waited for; a folder for it would call this one an archive.
    if !place.index.is_dir() {
        return Ok(None);
    }
    let mut options = File::options();
    let file = options.create(true).truncate(false).write(true).open(place.index.join(name)).map_err(cannot)?;
    file.lock().map_err(cannot)?;
    Ok(Some(file))
}
