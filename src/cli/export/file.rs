//! A file that stands under its name only when it is whole, and its provenance beside it.
//!
//! It replaces nothing unless told, and leaves nothing unfinished behind.

use std::{
    fs, io,
    io::BufWriter,
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::super::{
    listing::{Listing, Written},
    progress,
};
use crate::{
    error::{Error, ErrorKind, Result},
    hit::Provenance,
    render::{form::Carried, json},
};

/// Whether a file that is there is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    Keep,
    Replace,
}

/// Fails when there is a file that is not to be replaced.
pub(super) fn refuse(file: &Path, existing: Existing) -> Result<()> {
    if existing == Existing::Keep && file.exists() {
        let error = Error::new(ErrorKind::Usage, format!("{} is there already", file.display()));
        return Err(error.hint("add --force to replace it"));
    }
    Ok(())
}

/// Writes a hit list beside the target and moves the whole into place.
pub(super) fn save(listing: &Listing<'_>, file: &Path, existing: Existing) -> Result<Written> {
    progress::stop_flag()?;
    let mut hits = beside(file)?;
    let written = {
        let mut out = BufWriter::new(hits.as_file_mut());
        listing.write(&mut out, &|error| cannot(file, error))?
    };
    // The marker comes first: a hit list must never lie there unmarked, to be read as a clipping.
    let meta = match listing.form.provenance {
        Carried::Inside => None,
        Carried::Beside => Some(save_meta(file, &written.provenance)?),
    };
    let placed = place(hits, file, existing);
    if let (Err(_), Some(meta)) = (&placed, &meta) {
        fs::remove_file(meta).map_err(|error| cannot(meta, error))?;
    }
    placed.map(|()| written)
}

fn save_meta(file: &Path, provenance: &Provenance) -> Result<PathBuf> {
    let mut name = file.as_os_str().to_owned();
    name.push(".meta.json");
    let path = PathBuf::from(name);
    let mut meta = beside(&path)?;
    json::envelope(provenance, meta.as_file_mut()).map_err(|error| cannot(&path, error))?;
    place(meta, &path, Existing::Replace)?;
    Ok(path)
}

/// An unfinished file beside the target: on the same disk, and gone when it is not moved into place.
fn beside(file: &Path) -> Result<NamedTempFile> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".morgue-export-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(|error| cannot(file, error))
}

fn place(unfinished: NamedTempFile, file: &Path, existing: Existing) -> Result<()> {
    let placed = match existing {
        Existing::Replace => unfinished.persist(file),
        Existing::Keep => unfinished.persist_noclobber(file),
    };
    placed.map(|_| ()).map_err(|error| cannot(file, error.error))
}

fn cannot(file: &Path, error: io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot write {}", file.display())).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_only_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hits.csv");
        place(beside(&file).unwrap(), &file, Existing::Keep).unwrap();
        assert!(refuse(&file, Existing::Keep).is_err() && refuse(&file, Existing::Replace).is_ok());
        assert!(place(beside(&file).unwrap(), &file, Existing::Keep).is_err());
        place(beside(&file).unwrap(), &file, Existing::Replace).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
    }
}
