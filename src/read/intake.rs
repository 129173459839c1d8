//! What is gathered while one file is read: its drafts and what was refused of it.
//!
//! It never decides what is refused; it only writes it down.

use serde_json::Value;

use super::{Reading, alias::Aliases, record};
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
    /// How many containers stand around what is read.
    pub(super) depth: usize,
    /// Drafts and problems of the file before what is read now.
    before: (usize, usize),
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
        Self { context, reading: Reading::default(), depth: 0, before: (0, 0) }
    }

    /// Whether nothing was found in the file, or in the member of a container, yet.
    pub(super) fn is_blank(&self) -> bool {
        (self.reading.drafts.len(), self.reading.problems.len()) == self.before
    }

    /// Reads a member of a container: its articles bear its name and, where they have none, `hash`; so do its refusals.
    ///
    /// A member that says nothing at all is refused.
    pub(super) fn inside(&mut self, member: &str, hash: &str, read: impl FnOnce(&mut Self)) {
        let outer = self.before;
        self.before = (self.reading.drafts.len(), self.reading.problems.len());
        self.depth += 1;
        read(self);
        if self.is_blank() {
            self.refuse(Refusal::of_file("empty", "empty: nothing in it"));
        }
        self.depth -= 1;
        for draft in self.reading.drafts.iter_mut().skip(self.before.0) {
            if draft.hash.is_empty() {
                hash.clone_into(&mut draft.hash);
            }
            record::keep(&mut draft.extra, "member", Value::from(member));
        }
        for problem in self.reading.problems.iter_mut().skip(self.before.1) {
            problem.reason = format!("{member}: {}", problem.reason);
        }
        self.before = outer;
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
