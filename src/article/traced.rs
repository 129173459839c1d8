//! A text taken piece by piece from another, each piece with the place where it stood.
//!
//! It never says of a piece that was changed that it stood there.

use std::ops::{Deref, Range};

use super::origin::{Lines, Newlines, Origin};

/// A text and where its pieces stood in another one, its source.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Traced {
    text: String,
    /// Apart, since most texts have no more than one.
    first: Step,
    more: Vec<Step>,
}

/// From here to the next one, the text stood in the source as it is, or was made of what stood there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Step {
    at: u32,
    from: u32,
    is_same: bool,
}

/// A character, and where in the source it or what it was made of stood.
#[derive(Debug, Clone, Copy)]
pub struct Sign {
    /// The character.
    pub c: char,
    /// Byte of the source.
    pub from: usize,
    /// Whether it stood there as it is.
    pub is_same: bool,
}

/// A piece between two steps.
struct Piece<'a> {
    at: usize,
    text: &'a str,
    from: usize,
    is_same: bool,
}

impl Deref for Traced {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl Traced {
    /// What stands in the source from byte `from` on.
    pub fn of(text: &str, from: usize) -> Self {
        let mut traced = Self::default();
        traced.push(text, from);
        traced
    }

    /// Adds what stands in the source from byte `from` on.
    pub fn push(&mut self, text: &str, from: usize) {
        self.add(text, (from, true));
    }

    /// Adds what was made of something at byte `near` of the source.
    pub fn put(&mut self, text: &str, near: usize) {
        self.add(text, (near, false));
    }

    /// Adds a blank or a line end that stands nowhere in the source.
    pub fn part(&mut self, blank: &str) {
        let near = self.last().from as usize;
        self.add(blank, (near, false));
    }

    /// A piece of it that says so much.
    pub fn piece(&self, text: &str) -> Option<Self> {
        let at = self.text.find(text)?;
        let mut piece = Self::default();
        piece.append(self, at..at + text.len());
        Some(piece)
    }

    /// Adds a character of another text of the same source.
    pub fn push_sign(&mut self, sign: Sign) {
        self.add(sign.c.encode_utf8(&mut [0; 4]), (sign.from, sign.is_same));
    }

    /// The characters, each with where it stood.
    pub fn signs(&self) -> impl Iterator<Item = Sign> {
        self.pieces().flat_map(|Piece { text, from, is_same, .. }| {
            let place = move |at: usize| if is_same { from + at } else { from };
            text.char_indices().map(move |(at, c)| Sign { c, from: place(at), is_same })
        })
    }

    /// Adds some bytes of another text of the same source.
    pub fn append(&mut self, other: &Self, bytes: Range<usize>) {
        for piece in other.pieces_from(bytes.start) {
            if piece.at >= bytes.end {
                break;
            }
            let start = bytes.start.max(piece.at);
            let Some(text) = other.text.get(start..bytes.end.min(piece.at + piece.text.len())) else { continue };
            let from = if piece.is_same { piece.from + (start - piece.at) } else { piece.from };
            self.add(text, (from, piece.is_same));
        }
    }

    /// Several texts of one source, with something between that stands nowhere in it.
    pub fn together<'a>(texts: impl Iterator<Item = &'a Self>, between: &str) -> Self {
        let mut whole = Self::default();
        for text in texts {
            whole.part(if whole.is_empty() { "" } else { between });
            whole.append(text, 0..text.len());
        }
        whole
    }

    /// All of it, without blanks around it.
    #[must_use]
    pub fn trimmed(self) -> Self {
        if self.text.trim().len() == self.text.len() {
            return self;
        }
        let start = self.text.len() - self.text.trim_start().len();
        let mut trimmed = Self::default();
        trimmed.append(&self, start..start + self.text.trim().len());
        trimmed
    }

    /// Each run of blanks as one, none at the ends, without the signs that are not `seen`.
    #[must_use]
    pub fn joined(&self, seen: impl Fn(char) -> bool) -> Self {
        let mut out = Self::default();
        let mut blank = Blank::None;
        for sign in self.signs().filter(|sign| seen(sign.c)) {
            if sign.c.is_whitespace() {
                blank.meet(sign);
            } else {
                blank.end(sign, &mut out);
                out.push_sign(sign);
            }
        }
        out
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The byte of the source at or near which it begins.
    pub fn start(&self) -> usize {
        self.first.from as usize
    }

    /// The text alone.
    pub fn into_text(self) -> String {
        self.text
    }

    /// Where the text stands in the file in which its source stands at `base`; `lines` are those of the source.
    pub fn origin(&self, base: &Origin, lines: &impl Lines) -> Origin {
        let own = Newlines::of(&self.text);
        let mut whole: Option<Origin> = None;
        let mut is_parted = false;
        for piece in self.pieces() {
            let has_lines = piece.text.contains('\n');
            let mut there = match piece.is_same {
                true => base.cut(piece.from..piece.from + piece.text.len(), lines),
                false => Origin::on_line(base.line_at(piece.from, lines)),
            };
            let is_blank = !piece.is_same && piece.text.trim().is_empty();
            match &mut whole {
                None if has_lines => whole = Some(there),
                None => {
                    there.end_nowhere();
                    whole = Some(there);
                }
                // What stands nowhere takes no room: nobody asks where a blank stands.
                Some(origin) if is_blank && origin.ends_nowhere() => is_parted = true,
                Some(origin) if has_lines => origin.join(piece.at, there, &own),
                Some(origin) => {
                    there.end_nowhere();
                    origin.join_line(piece.at, (there, std::mem::take(&mut is_parted)), &own);
                }
            }
        }
        whole.unwrap_or_else(|| base.cut(0..0, lines))
    }

    /// Adds what stands at a byte of the source, or was made of something there.
    pub fn add(&mut self, text: &str, (from, is_same): (usize, bool)) {
        if text.is_empty() {
            return;
        }
        let last = self.last();
        let step = Step { at: self.text.len() as u32, from: from as u32, is_same };
        let goes_on = if is_same { last.from + (step.at - last.at) == step.from } else { last.from == step.from };
        if self.text.is_empty() {
            self.first = step;
        } else if last.is_same != is_same || !goes_on {
            self.more.push(step);
        }
        self.text.push_str(text);
    }

    fn last(&self) -> Step {
        self.more.last().copied().unwrap_or(self.first)
    }

    fn pieces(&self) -> impl Iterator<Item = Piece<'_>> {
        self.pieces_from(0)
    }

    /// The pieces from the one on in which byte `at` stands.
    fn pieces_from(&self, at: usize) -> impl Iterator<Item = Piece<'_>> {
        let behind = self.more.partition_point(|step| step.at as usize <= at);
        let first = behind.checked_sub(1).and_then(|last| self.more.get(last)).unwrap_or(&self.first);
        let more = self.more.get(behind..).unwrap_or_default();
        let starts = std::iter::once(first).chain(more);
        let ends = more.iter().map(|step| step.at as usize).chain([self.text.len()]);
        starts.zip(ends).map(|(step, end)| {
            let at = step.at as usize;
            let text = self.text.get(at..end).unwrap_or_default();
            Piece { at, text, from: step.from as usize, is_same: step.is_same }
        })
    }
}

/// A run of blanks that becomes one.
#[derive(Debug, Clone, Copy, Default)]
pub enum Blank {
    /// There is none.
    #[default]
    None,
    /// The one that it becomes, at this byte of the source.
    One(usize),
    /// Others.
    Many,
}

impl Blank {
    /// Goes on with one.
    pub fn meet(&mut self, blank: Sign) {
        *self = match self {
            Self::None if blank.c == ' ' && blank.is_same => Self::One(blank.from),
            _ => Self::Many,
        };
    }

    /// Ends before a letter; at the beginning of a line of `out` it is nothing.
    pub fn end(&mut self, next: Sign, out: &mut Traced) {
        match std::mem::replace(self, Self::None) {
            _ if out.text.is_empty() || out.text.ends_with('\n') => {}
            Self::None => {}
            Self::One(from) => out.push(" ", from),
            Self::Many => out.put(" ", next.from),
        }
    }
}
