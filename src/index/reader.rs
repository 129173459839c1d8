//! One open state of the index: what all answers are computed from.
//!
//! It never changes the index and never sees a later commit.

use std::{
    collections::{BTreeMap, HashMap},
    io,
    path::Path,
    sync::{Arc, Mutex},
};

use tantivy::{
    Index, ReloadPolicy, Searcher, TantivyError,
    directory::error::OpenReadError,
    schema::Schema,
    tokenizer::{TextAnalyzer, TokenizerManager},
};

use super::{
    authority::Renamed,
    commit::Commit,
    expand::Found,
    fault,
    forms::Forms,
    home,
    marked::Marking,
    matches::Matches,
    read_only::ReadOnly,
    schema::{self, Columns},
    shelf::Shelf,
    stored::Depth,
    terms::Terms,
    values::Values,
    wire::WireTokenizer,
};
use crate::{
    article::Article,
    authority::Authority,
    entity::EntityKind,
    error::{Error, ErrorKind, Result},
    field::Field,
    plan::{Expansion, Plan, WordPattern},
    text::Language,
};

/// An index opened for searching.
pub(crate) struct Reader {
    pub(super) searcher: Searcher,
    /// The articles themselves.
    pub(super) shelf: Shelf,
    pub(super) schema: Schema,
    pub(super) columns: Columns,
    /// Languages of the archive's articles.
    pub(super) languages: Vec<Language>,
    /// Which printed forms each stem has.
    pub(super) forms: Forms,
    /// Which segments have which values.
    pub(super) values: Values,
    /// The terms of the words asked for so far.
    pub(super) words: Mutex<HashMap<WordPattern, Arc<Terms>>>,
    /// Expansions found so far.
    pub(super) expansions: Mutex<BTreeMap<Expansion, Arc<Found>>>,
    pub(super) commit: Commit,
    /// Which names belong together.
    pub(super) authority: Authority,
    /// What that changes, worked out so far.
    pub(super) renamed: Mutex<BTreeMap<EntityKind, Arc<Renamed>>>,
    /// What is said of articles beside the index.
    pub(super) marked: Marking,
}

impl Reader {
    /// Opens the index in `folder`.
    ///
    /// # Errors
    /// `NoIndex`; `Damaged` for another version; `Io`.
    pub(crate) fn open(folder: &Path) -> Result<Self> {
        let mut state = home::state(folder);
        loop {
            let opened = Self::open_once(folder);
            if opened.is_ok() {
                return opened;
            }
            let now = home::state(folder);
            if now == state {
                return opened;
            }
            // An index run that ended meanwhile took away what was being opened: its own state is looked at.
            state = now;
        }
    }

    fn open_once(folder: &Path) -> Result<Self> {
        let Some(current) = home::current(folder)? else {
            return Err(Error::new(ErrorKind::NoIndex, format!("there is no index in {}", home::shown(folder))));
        };
        let index = open_to_read(&current)?;
        let commit = Commit::of(&index)?;
        commit.check()?;
        if !current.join(&commit.manifest).is_file() {
            return Err(super::damaged("the list of files is missing"));
        }
        Self::of(&index, commit, &current)
    }

    /// The state of the last commit of an open index.
    fn of(index: &Index, commit: Commit, folder: &Path) -> Result<Self> {
        let searcher = searcher(index)?;
        let (schema, columns) = schema::schema();
        let languages = languages(&searcher, &columns)?;
        let shelf = Shelf::open(&searcher, folder)?;
        let forms = Forms::open(folder, &commit.forms(), (&searcher, &columns))?;
        Ok(Self {
            searcher,
            shelf,
            schema,
            columns,
            languages,
            forms,
            values: Values::of(folder.join(commit.values())),
            words: Mutex::default(),
            expansions: Mutex::default(),
            commit,
            authority: Authority::default(),
            renamed: Mutex::default(),
            marked: Marking::default(),
        })
    }

    /// The same state, its names as the authority file has them.
    pub(crate) fn renaming(mut self, authority: Authority) -> Self {
        self.authority = authority;
        self.renamed = Mutex::default();
        self
    }

    /// The rules for names that answers are given under.
    pub(crate) fn authority(&self) -> &Authority {
        &self.authority
    }

    /// How many articles there are, without those that the marks drop.
    pub(crate) fn articles(&self) -> u64 {
        self.searcher.num_docs() - self.marked.dropped_articles()
    }

    /// What the last commit says of itself.
    pub(crate) fn commit(&self) -> &Commit {
        &self.commit
    }

    /// The one article that has this value of a label field, dropped or not; `None` when none or several have.
    ///
    /// # Errors
    /// `Damaged`, `Io`.
    pub(crate) fn article(&self, field: Field, value: &str) -> Result<Option<Article>> {
        let matches = Matches::whole(self, &Plan::of(is(field, value)))?;
        let mut addresses = matches.addresses();
        match (addresses.next(), addresses.next()) {
            (Some(address), None) => self.stored(address, Depth::Whole).map(Some),
            _ => Ok(None),
        }
    }
}

/// The condition that a label field has this value.
pub(super) fn is(field: Field, value: &str) -> crate::plan::Node {
    crate::plan::Node::Filter(crate::plan::Filter::Is(field, vec![value.to_owned()]))
}

/// Opens the engine's index with our tokenizer.
pub(super) fn open_index(folder: &Path) -> Result<Index> {
    with_tokenizers(Index::open_in_dir(folder))
}

/// The same, without any right to change it.
fn open_to_read(folder: &Path) -> Result<Index> {
    with_tokenizers(ReadOnly::open(folder).map_err(TantivyError::from).and_then(Index::open))
}

fn with_tokenizers(opened: tantivy::Result<Index>) -> Result<Index> {
    let mut index = opened.map_err(|cause| super::damaged("the index cannot be opened").because(cause))?;
    index.set_tokenizers(tokenizers());
    Ok(index)
}

/// What the last commit of an index shows.
pub(super) fn searcher(index: &Index) -> Result<Searcher> {
    let builder = index.reader_builder().reload_policy(ReloadPolicy::Manual);
    let reader: tantivy::IndexReader = builder.try_into().map_err(unreadable)?;
    Ok(reader.searcher())
}

/// The tokenizers of the schema.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(schema::WIRE, TextAnalyzer::from(WireTokenizer::default()));
    manager
}

fn languages(searcher: &Searcher, columns: &Columns) -> Result<Vec<Language>> {
    let mut languages = Vec::new();
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(columns.lang).map_err(unreadable)?;
        let mut terms = inverted.terms().stream().map_err(|cause| unreadable(cause.into()))?;
        while terms.advance() {
            languages.extend(std::str::from_utf8(terms.key()).ok().and_then(Language::from_tag));
        }
    }
    languages.sort_unstable();
    languages.dedup();
    Ok(languages)
}

/// A file of the index that is missing or cut is damage; a system that does not let us read is not.
fn unreadable(cause: TantivyError) -> Error {
    let is_cut = |kind| matches!(kind, io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof);
    let is_denied = match &cause {
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. }) => !is_cut(io_error.kind()),
        TantivyError::IoError(io_error) => !is_cut(io_error.kind()),
        TantivyError::LockFailure(..) => true,
        _ => false,
    };
    if is_denied {
        return fault("the index cannot be read", cause);
    }
    super::damaged("a file of the index is missing or damaged").because(cause)
}
