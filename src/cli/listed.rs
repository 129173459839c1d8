//! A list from a file: what was exported, read back.
//!
//! What it had to guess of the encoding is told.

use std::{fs, path::Path};

use super::report;
use crate::{
    archive,
    error::{Error, ErrorKind, Result},
    listing::{Form, Listing},
};

/// The list in a file.
///
/// # Errors
/// `NotFound`; `Usage` for what is no list.
pub(super) fn read(file: &Path) -> Result<Listing> {
    let form = Form::named(&file.to_string_lossy())?;
    let listing = match form {
        Form::Workbook => Listing::workbook(&bytes(file)?),
        form => Listing::parse(&text(file)?, form),
    };
    listing.map_err(|error| of_file(file, error))
}

fn bytes(file: &Path) -> Result<Vec<u8>> {
    let unread = |cause| Error::new(ErrorKind::NotFound, format!("cannot read {}", file.display())).because(cause);
    fs::read(file).map_err(unread)
}

/// The text of a file.
///
/// # Errors
/// `NotFound`; `Usage` for what is no text.
pub(super) fn text(file: &Path) -> Result<String> {
    let shown = file.display();
    let Some((text, doubt)) = archive::text_of(&bytes(file)?) else {
        return Err(Error::new(ErrorKind::Usage, format!("{shown} is no text")));
    };
    if let Some(doubt) = doubt {
        report::warn(&format!("{shown}: {doubt}; save it as UTF-8"));
    }
    Ok(text)
}

fn of_file(file: &Path, error: Error) -> Error {
    let named = Error::new(error.kind(), format!("{}: {}", file.display(), error.what()));
    match error.way_out() {
        Some(hint) => named.hint(hint),
        None => named,
    }
}
