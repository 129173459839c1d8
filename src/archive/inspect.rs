//! What the reader understands of one file, without any index.
//!
//! It never touches the archive: the file may lie anywhere, and nothing is remembered of it.

use std::{collections::BTreeSet, path::Path};

use super::{
    ids::{self, Giver, Within},
    refresh,
};
use crate::{
    article::{self, Article, Problem},
    error::{Error, ErrorKind, Result},
    read::{self, Piece},
    settings::Settings,
};

/// Reads one file as an index run would, without any index: its articles go to `taker`, in the file's order; returns the
/// trouble met.
///
/// A text is read with the fields beside it, and such fields only with their text. The articles bear the path as given here,
/// with `/`. Ids are those of an archive that holds this file alone. A large file is read twice, piece by piece, so that no more
/// than a piece is in memory.
///
/// # Errors
/// `NotFound` when the file is not there, is a folder, or cannot be read; when the list of places cannot; what `taker` fails
/// with.
pub fn inspect(file: &Path, settings: &Settings, taker: &mut dyn FnMut(Article) -> Result<()>) -> Result<Vec<Problem>> {
    let shown = &article::path::text_of(file.as_os_str()).replace('\\', "/");
    let cannot = |what: &str| Error::new(ErrorKind::NotFound, format!("{} {what}", file.display()));
    let found = std::fs::metadata(file).map_err(|cause| cannot("cannot be opened").because(cause))?;
    if found.is_dir() {
        return Err(cannot("is a folder").hint("name files; a folder is read by: morgue index DIR"));
    }
    if !found.is_file() {
        return Err(cannot("is no file: a pipe or a device has no end that could be waited for"));
    }
    if let Some(text) = read::text_beside(file) {
        let reason = format!("the fields of {}, which is read with them", text.display());
        let kind = "sidecar".to_owned();
        return Ok(vec![Problem { path: shown.clone(), line: None, id: None, kind, reason, refused: false }]);
    }
    let entry = read::entry_of(file, shown).map_err(|cause| cannot("cannot be opened").because(cause))?;
    let Survey { clashes, within, only } = Survey::of(&entry, settings)?;
    let (home, mut problems) = refresh::home(settings)?;
    let mut giver = Giver::new(shown, &clashes);
    let mut take = |piece: Piece| {
        let (given, _) = giver.next(&piece.reading.drafts, piece.is_last, &within);
        problems.extend(piece.reading.problems);
        for (given, draft) in given.into_iter().zip(piece.reading.drafts) {
            let article = refresh::article(draft, given, (shown, &home));
            problems.extend(refresh::article_problems(&article));
            taker(article)?;
        }
        Ok(())
    };
    match only {
        Some(piece) => take(piece)?,
        None => drop(read::read_pieces(&entry, settings, &mut take)?),
    }
    Ok(refresh::gathered(problems))
}

/// What must be known of all of a file before the first of its articles has an id.
struct Survey {
    clashes: BTreeSet<u64>,
    within: Within,
    /// All of the file, where it came in one piece.
    only: Option<Piece>,
}

impl Survey {
    fn of(entry: &read::FileEntry, settings: &Settings) -> Result<Self> {
        let none = BTreeSet::new();
        let mut giver = Giver::new(&entry.path, &none);
        let (mut claims, mut within, mut only, mut pieces) = (Vec::new(), Within::new(), None, 0);
        let mut look = |piece: Piece| {
            claims.extend(giver.next(&piece.reading.drafts, piece.is_last, &within).1);
            ids::count(&piece.reading.drafts, |_| true, &mut within);
            pieces += 1;
            only = Some(piece).filter(|piece| piece.is_last && pieces == 1);
            Ok(())
        };
        read::read_pieces(entry, settings, &mut look)?;
        claims.sort_unstable();
        Ok(Self { clashes: refresh::clashing(claims.into_iter()), within, only })
    }
}
