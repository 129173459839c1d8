//! A text that others are taken from, with where it stands in the file.
//!
//! It never says more than a line of a text that it had to search.

use crate::article::{Newlines, Origin, PartKind, Passage, Traced};

/// How much of a text is searched where all of it is not found, in bytes.
const HEAD: usize = 60;
/// The shortest head by which a text is known.
const SHORTEST: usize = 12;

/// A text and its place in the file.
pub(super) struct Source<'a> {
    text: &'a str,
    origin: &'a Origin,
    lines: Newlines,
}

impl<'a> Source<'a> {
    /// A text that stands in the file at `origin`.
    pub(super) fn of(text: &'a str, origin: &'a Origin) -> Self {
        Self { text, origin, lines: Newlines::of(text) }
    }

    /// Where what was taken from it stands in the file.
    pub(super) fn origin(&self, taken: &Traced) -> Origin {
        taken.origin(self.origin, &self.lines)
    }

    /// What was taken from it, as a passage.
    pub(super) fn passage(&self, kind: PartKind, taken: Traced) -> Passage {
        Passage { kind, origin: self.origin(&taken), text: taken.into_text() }
    }

    /// The line of a text that stands in it, perhaps with signs written otherwise, as in attributes and strings.
    pub(super) fn find(&self, text: &str) -> Option<Origin> {
        let text = text.trim();
        let found = |needle: &str| memchr::memmem::find(self.text.as_bytes(), needle.as_bytes());
        let head = || {
            let end = text.find(['"', '\'', '&', '<', '>', '\\', '/', '\n']).unwrap_or(text.len());
            let head = text.get(..end.min(text.floor_char_boundary(HEAD)))?;
            let is_known = head.len() >= SHORTEST && head.len() < text.len();
            is_known.then(|| found(head))?
        };
        let at = found(text).filter(|_| !text.is_empty()).or_else(head)?;
        Some(Origin::on_line(self.origin.line_at(at, &self.lines)))
    }
}
