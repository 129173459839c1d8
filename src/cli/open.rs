//! Opening the archive for a question: its index is built when it is missing and somebody named the archive.
//!
//! Whatever is built here is announced; a folder that nobody called an archive is never indexed by accident.

use super::{
    args::Global,
    asking::Asking,
    index, mark,
    place::{self, Found, Trust},
    report,
};
use crate::{
    archive::Archive,
    error::{Error, ErrorKind, Result},
};

/// The archive of this call, ready to be asked, and where it was found.
pub(super) fn open(global: &Global) -> Result<(Archive, Found)> {
    let found = place::find(global, None)?;
    let archive = match Archive::open(&found.place) {
        Err(error) if error.kind() == ErrorKind::NoIndex && found.trust == Trust::Guessed => {
            return Err(missing(&found));
        }
        Err(error) if error.kind() == ErrorKind::NoIndex => {
            built(&found, global, &format!("{} has no index yet: building it", name(&found)))?
        }
        Err(error) if error.kind() == ErrorKind::Damaged => {
            built(&found, global, &format!("{}: building the index anew", error.what()))?
        }
        opened => opened?,
    };
    report::ignored_rows("names.csv", archive.authority().faults());
    mark::tell_doubts(&archive, global);
    if archive.is_stale() {
        let command = command(&found);
        report::note(
            global,
            &format!("the folder changed after the index was made; to bring it up to date, type: {command}"),
        );
    }
    Ok((archive, found))
}

/// The same for a question: with what the marks drop, if that is asked for.
pub(super) fn asked(global: &Global, asking: &Asking) -> Result<(Archive, Found)> {
    let (archive, found) = open(global)?;
    Ok((if asking.with_dropped { archive.with_dropped() } else { archive }, found))
}

/// Builds the index, telling why, and opens it.
fn built(found: &Found, global: &Global, why: &str) -> Result<Archive> {
    index::build(&found.place, global, why)?;
    Archive::open(&found.place)
}

fn missing(found: &Found) -> Error {
    let what = format!("{} has no index", name(found));
    Error::new(ErrorKind::NoIndex, what).hint(format!("if it is a folder of clippings, type: {}", command(found)))
}

/// The archive as a sentence names it.
fn name(found: &Found) -> String {
    let folder = &found.place.folder;
    if folder.as_os_str() == "." { "this folder".to_owned() } else { folder.display().to_string() }
}

/// The command that brings this archive's index up to date.
pub(super) fn command(found: &Found) -> String {
    let folder = found.place.folder.display().to_string();
    match folder.contains(char::is_whitespace) {
        true => format!("morgue index \"{folder}\""),
        false => format!("morgue index {folder}"),
    }
}
