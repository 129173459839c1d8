//! What is gathered while one file is read: its drafts and what was refused of it.
//!
//! It never decides what is refused; it only writes it down.

use super::{Reading, alias::Aliases};
use crate::{
    article::{Note, Problem},
    settings::Settings,
};

/// What all records of a file share.
#[derive(Debug)]
pub(super) struct Context<'a> {
    /// The file, relative to the archive.
    pub(super) path: &'a str,
    /// The archive's settings.
    pub(super) settings: &'a Settings,
    /// The names of fields.
    pub(super) aliases: Aliases,
}

/// A file being read.
#[derive(Debug)]
pub(super) struct Intake<'a> {
    pub(super) context: Context<'a>,
    pub(super) reading: Reading,
}

/// Why a file or record is refused.
#[derive(Debug, PartialEq)]
pub(super) struct Refusal {
    /// Line of the file; 0 when it concerns the whole file.
    pub(super) line: u32,
    /// A short class for grouping.
    pub(super) kind: &'static str,
    /// A sentence.
    pub(super) reason: String,
}

impl Refusal {
    /// Of the whole file.
    pub(super) fn of_file(kind: &'static str, reason: impl Into<String>) -> Self {
        Self { line: 0, kind, reason: reason.into() }
    }
}

impl<'a> Intake<'a> {
    /// Of the file at `path`, relative to the archive.
    pub(super) fn new(path: &'a str, settings: &'a Settings) -> Self {
        let context = Context { path, settings, aliases: Aliases::of(settings) };
        Self { context, reading: Reading::default() }
    }

    /// Whether nothing was found in the file yet.
    pub(super) fn is_blank(&self) -> bool {
        self.reading.drafts.is_empty() && self.reading.problems.is_empty()
    }

    /// Writes down a refusal.
    pub(super) fn refuse(&mut self, refusal: Refusal) {
        let Refusal { line, kind, reason } = refusal;
        let line = (line > 0).then_some(line);
        let path = self.context.path.to_owned();
        self.reading.problems.push(Problem { path, line, id: None, kind: kind.into(), reason, refused: true });
    }

    /// Refuses the file as an export of ours.
    pub(super) fn refuse_hit_list(&mut self) {
        self.refuse(Refusal::of_file("hit-list", "a hit list: an export of this program, not an article"));
    }

    /// Writes down trouble of the whole file that costs no article.
    pub(super) fn note(&mut self, note: Note) {
        let Note { kind, reason } = note;
        let path = self.context.path.to_owned();
        self.reading.problems.push(Problem { path, line: None, id: None, kind, reason, refused: false });
    }
}
