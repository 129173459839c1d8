//! What the reader understands of one file, without any index.
//!
//! It never touches the archive: the file may lie anywhere, and nothing is remembered of it.

use std::{collections::BTreeSet, path::Path};

use super::{ids, refresh};
use crate::{
    article::{Article, Problem},
    error::{Error, ErrorKind, Result},
    read,
    settings::Settings,
};

/// Reads one file as an index run would, without any index: its articles, and the trouble met.
///
/// The articles bear the path as given here, with `/`. Ids are those of an archive that holds this file alone.
///
/// # Errors
/// `NotFound` when the file is not there, is a folder, or cannot be read; when the list of places cannot.
pub fn inspect(file: &Path, settings: &Settings) -> Result<(Vec<Article>, Vec<Problem>)> {
    let shown = &file.to_string_lossy().replace('\\', "/");
    let cannot = |what: &str| Error::new(ErrorKind::NotFound, format!("{} {what}", file.display()));
    let found = std::fs::metadata(file).map_err(|cause| cannot("cannot be opened").because(cause))?;
    if found.is_dir() {
        return Err(cannot("is a folder").hint("name files; a folder is read by: morgue index DIR"));
    }
    let entry = read::entry_of(file, shown).map_err(|cause| cannot("cannot be opened").because(cause))?;
    let (reading, _) = read::read_file(&entry, settings);
    let drafts = &reading.drafts;
    let (none, mut within) = (BTreeSet::new(), ids::Within::new());
    let (_, mut claims) = ids::Giver::new(shown, &none).next(drafts, true, &within);
    claims.sort_unstable();
    let clashes = refresh::clashing(claims.into_iter());
    ids::count(drafts, &clashes, &mut within);
    let (given, _) = ids::Giver::new(shown, &clashes).next(drafts, true, &within);
    let (home, mut problems) = refresh::home(settings)?;
    problems.extend(reading.problems);
    let mut articles = Vec::new();
    for (given, draft) in given.into_iter().zip(reading.drafts) {
        let article = refresh::article(draft, given, (shown, &home));
        problems.extend(refresh::article_problems(&article));
        articles.push(article);
    }
    Ok((articles, refresh::gathered(problems)))
}
