//! What is new since the last look: of each saved query the articles that it found, remembered beside the index.
//!
//! What was found is only remembered when whoever asked says that it arrived.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io,
    path::PathBuf,
};

use serde::{Deserialize, Serialize};

use super::{Archive, batch::sentence, beside};
use crate::{
    error::{Error, ErrorKind, Result},
    hit::WatchedHit,
    plan::{Page, Sort},
};

/// The file in the index's folder that remembers.
const FILE: &str = "watch.json";
/// The file whose lock keeps two looks apart.
const LOCK: &str = "watch.lock";

/// What saved queries have found so far; nobody else looks at the same time.
pub struct Watch<'a> {
    archive: &'a Archive,
    seen: Seen,
    _lock: Option<File>,
}

/// What is remembered.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Seen {
    /// Ids of articles, by the name of the query that found them.
    saved: BTreeMap<String, BTreeSet<String>>,
}

impl Archive {
    /// Begins a look at saved queries.
    ///
    /// # Errors
    /// `Io`, also when what was remembered cannot be understood.
    pub fn watch(&self) -> Result<Watch<'_>> {
        let lock = beside::lock(&self.place, LOCK)?;
        let file = self.place.index.join(FILE);
        let shown = file.display();
        let cannot = |what: &str| Error::new(ErrorKind::Io, format!("{shown} {what}"));
        let seen = match fs::read(&file) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|cause| {
                cannot("cannot be understood").hint("delete it; everything is new then").because(cause)
            })?,
            Err(cause) if cause.kind() == io::ErrorKind::NotFound => Seen::default(),
            Err(cause) => return Err(cannot("cannot be read").because(cause)),
        };
        Ok(Watch { archive: self, seen, _lock: lock })
    }

    /// The names of the saved queries.
    pub fn saved_names(&self) -> impl Iterator<Item = &str> {
        self.place.settings.saved.keys().map(String::as_str)
    }
}

impl Watch<'_> {
    /// Streams what a saved query finds and did not find before, latest first; what is wrong with the query instead.
    ///
    /// # Errors
    /// `Io`, and whatever `sink` returns.
    pub fn look(&mut self, name: &str, sink: &mut dyn FnMut(WatchedHit) -> Result<()>) -> Result<Result<u64, String>> {
        let plan = match self.archive.asked(&self.archive.request_of(name))? {
            Ok(plan) => plan,
            Err(error) => return Ok(Err(sentence(&error))),
        };
        let seen = self.seen.saved.entry(name.to_owned()).or_default();
        let plan = plan.without_articles(seen.iter().cloned().collect());
        let mut count = 0;
        let page = Page { sort: Sort::Newest, ..Page::default() };
        self.archive.reader.stream(&plan, &page, &mut |hit| {
            count += 1;
            seen.insert(hit.id.clone());
            sink(WatchedHit { saved: name.to_owned(), hit })
        })?;
        Ok(Ok(count))
    }

    /// Remembers what was found, whole or not at all.
    ///
    /// # Errors
    /// `Io`.
    pub fn remember(self) -> Result<()> {
        let file: PathBuf = self.archive.place.index.join(FILE);
        let cannot =
            |cause: io::Error| Error::new(ErrorKind::Io, format!("cannot write {}", file.display())).because(cause);
        let bytes = serde_json::to_vec(&self.seen).map_err(|cause| cannot(cause.into()))?;
        beside::replace(&file, &bytes).map_err(cannot)
    }
}
