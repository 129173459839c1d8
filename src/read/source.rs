//! A text that others are taken from, with where it stands in the file.
//!
//! It never says more than a line of a text that it had to search.

use crate::article::{Newlines, Origin, PartKind, Passage, Traced};

/// How much of a piece is searched where all of a text is not found, in bytes.
const HEAD: usize = 60;
/// How far into a text a piece is sought that stands in it as it is.
const SOUGHT: usize = 1_000;
/// The shortest piece by which a text is known.
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

    /// The text.
    pub(super) fn text(&self) -> &'a str {
        self.text
    }

    /// The line of the file on which its byte `at` stands.
    pub(super) fn line_at(&self, at: usize) -> u32 {
        self.origin.line_at(at, &self.lines)
    }

    /// The byte at which a slice of it begins.
    pub(super) fn place_of(&self, slice: &str) -> Option<usize> {
        let at = (slice.as_ptr() as usize).checked_sub(self.text.as_ptr() as usize)?;
        self.text.get(at..at + slice.len()).map(|_| at)
    }

    /// Where a text stands within its first `most` bytes: bytes too, where it stands there as it is.
    pub(super) fn find_before(&self, most: usize, text: &str) -> Option<Origin> {
        let head = self.text.get(..most)?;
        match head.find(text) {
            Some(at) => Some(self.origin(&Traced::of(text, at))),
            None => Source::of(head, self.origin).find(text),
        }
    }

    /// The line of a text that stands in it, perhaps with signs written otherwise, as in attributes and strings.
    pub(super) fn find(&self, text: &str) -> Option<Origin> {
        self.search(text).map(|at| Origin::on_line(self.line_at(at)))
    }

    /// Where a text, or the first piece of one that has signs written otherwise, stands in it.
    pub(super) fn search(&self, text: &str) -> Option<usize> {
        let text = text.trim();
        let found = |needle: &str| memchr::memmem::find(self.text.as_bytes(), needle.as_bytes());
        let piece = |is_other: fn(char) -> bool| {
            let head = text.get(..text.floor_char_boundary(SOUGHT))?;
            let piece = head.split(is_other).map(str::trim).find(|piece| piece.len() >= SHORTEST)?;
            found(piece.get(..piece.floor_char_boundary(HEAD))?)
        };
        let is_sign = |c: char| matches!(c, '"' | '\'' | '&' | '<' | '>' | '\\' | '/' | '\n');
        let whole = found(text).filter(|_| !text.is_empty());
        whole.or_else(|| piece(is_sign)).or_else(|| piece(|c| !(c.is_ascii_alphanumeric() || " ,.-".contains(c))))
    }
}
