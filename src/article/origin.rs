//! Where a text stands in its file, line and byte, also where text and file run apart.
//!
//! It never guesses: a byte is told only where the file has the very bytes of the text.

mod stored;

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// What a newline of a text is in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(into = "u8", try_from = "u8")]
pub enum Ends {
    /// Nothing: all of it stands on one line there, as in JSON.
    #[default]
    Nothing,
    /// A line feed.
    Lf,
    /// A carriage return and a line feed.
    CrLf,
    /// A carriage return.
    Cr,
}

/// Where a text stands in the original file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    line: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    byte: Option<u64>,
    #[serde(default, skip_serializing_if = "stored::is_nothing")]
    ends: Ends,
    /// Where text and file run apart, in the order of the text.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "stored")]
    more: Vec<Stretch>,
}

/// From here to the next one, text and file run alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Stretch {
    /// Byte of the text.
    at: usize,
    line: u32,
    byte: Option<u64>,
    ends: Ends,
}

/// How many lines end within some bytes of a text.
pub trait Lines {
    /// The number of newlines there.
    fn ended(&self, bytes: Range<usize>) -> usize;
}

impl Lines for str {
    fn ended(&self, bytes: Range<usize>) -> usize {
        let bytes = self.as_bytes().get(bytes).unwrap_or_default();
        memchr::memchr_iter(b'\n', bytes).count()
    }
}

/// The newlines of a text of which much is asked.
#[derive(Debug, Clone)]
pub struct Newlines(Vec<usize>);

impl Newlines {
    /// Of this text.
    pub fn of(text: impl AsRef<[u8]>) -> Self {
        Self(memchr::memchr_iter(b'\n', text.as_ref()).collect())
    }
}

impl Lines for Newlines {
    fn ended(&self, bytes: Range<usize>) -> usize {
        let before = |byte: usize| self.0.partition_point(|end| *end < byte);
        before(bytes.end).saturating_sub(before(bytes.start))
    }
}

impl Ends {
    /// How many bytes a newline takes in the file beyond its own.
    fn beyond(self) -> u64 {
        u64::from(self == Self::CrLf)
    }

    /// Whether the file has the newline itself.
    fn is_same(self) -> bool {
        self == Self::Lf
    }
}

impl Stretch {
    /// What follows `bytes` into the text, where this stretch reaches so far.
    fn moved(self, at: usize, lines: &(impl Lines + ?Sized)) -> Self {
        if self.ends == Ends::Nothing {
            return Self {
                at,
                byte: self.byte.map(|byte| byte.saturating_add(at.saturating_sub(self.at) as u64)),
                ..self
            };
        }
        let ended = lines.ended(self.at..at);
        let beyond = at.saturating_sub(self.at) as u64 + ended as u64 * self.ends.beyond();
        let byte = self.byte.map(|byte| byte.saturating_add(beyond));
        Self { at, line: self.line.saturating_add(ended as u32), byte, ..self }
    }
}

impl Origin {
    /// Of a text that begins on `line` and does not follow the file's lines.
    pub fn on_line(line: u32) -> Self {
        Self::new(line, None, Ends::Nothing)
    }

    /// Of a text that begins on `line`, at `byte` where the file has its very bytes.
    pub fn new(line: u32, byte: Option<u64>, ends: Ends) -> Self {
        Self { line, byte, ends, more: Vec::new() }
    }

    /// Of what the text of a whole file becomes when its line ends are made `\n`; it begins at `byte` of the file.
    pub fn of_lines(raw: &str, byte: Option<u64>) -> Self {
        let mut origin = Self::new(1, byte, Ends::Lf);
        if !raw.contains('\r') {
            return origin;
        }
        // A stretch begins with a line: what ends it is known when it is met.
        let (mut start, mut taken, mut line, mut before) = (0, 0, 1, None);
        for sign in memchr::memchr2_iter(b'\r', b'\n', raw.as_bytes()) {
            if sign < start {
                continue;
            }
            let ends = match raw.as_bytes().get(sign..) {
                Some([b'\r', b'\n', ..]) => Ends::CrLf,
                Some([b'\r', ..]) => Ends::Cr,
                _ => Ends::Lf,
            };
            if before != Some(ends) {
                let byte = byte.map(|byte| byte + start as u64);
                origin.begin(Stretch { at: start - taken, line, byte, ends });
                before = Some(ends);
            }
            start = sign + 1 + ends.beyond() as usize;
            taken += ends.beyond() as usize;
            line += 1;
        }
        origin
    }

    /// The line of the file on which the text begins, from 1.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The byte of the file at which the text begins, where the file has what it begins with.
    pub fn byte(&self) -> Option<u64> {
        self.byte
    }

    /// The line of the file on which byte `at` of the text stands.
    pub fn line_at(&self, at: usize, lines: &(impl Lines + ?Sized)) -> u32 {
        self.place(at, lines).line
    }

    /// The bytes of the file that are these bytes of the text; none where the file has others.
    pub fn bytes_at(&self, bytes: Range<usize>, lines: &(impl Lines + ?Sized)) -> Option<Range<u64>> {
        let place = self.place(bytes.start, lines);
        let start = place.byte?;
        let is_whole = self.more.get(self.behind(bytes.start)).is_none_or(|next| next.at >= bytes.end);
        let is_same = is_whole && (place.ends.is_same() || lines.ended(bytes.clone()) == 0);
        is_same.then(|| start..start.saturating_add(bytes.len() as u64))
    }

    /// No bytes of the file are told any more.
    pub fn forget_bytes(&mut self) {
        self.byte = None;
        self.more.iter_mut().for_each(|stretch| stretch.byte = None);
    }

    /// The same text in a file whose line 1 is `line` of this one, and whose byte 0 is at `byte`, if at all.
    pub fn inside(mut self, line: u32, byte: Option<u64>) -> Self {
        let down = line.saturating_sub(1);
        let moved = |own: Option<u64>| own.zip(byte).map(|(own, byte)| own.saturating_add(byte));
        (self.line, self.byte) = (self.line.saturating_add(down), moved(self.byte));
        for stretch in &mut self.more {
            (stretch.line, stretch.byte) = (stretch.line.saturating_add(down), moved(stretch.byte));
        }
        self
    }

    /// The origin of some bytes of the text.
    pub fn cut(&self, bytes: Range<usize>, lines: &(impl Lines + ?Sized)) -> Self {
        let Stretch { line, byte, ends, .. } = self.place(bytes.start, lines);
        let from = self.more.get(self.behind(bytes.start)..).unwrap_or_default();
        let within = from.iter().take_while(|stretch| stretch.at < bytes.end);
        let more = within.map(|stretch| Stretch { at: stretch.at - bytes.start, ..*stretch }).collect();
        Self { line, byte, ends, more }
    }

    /// From byte `at` of the text on it stands where `other` says; `lines` are those of the text.
    pub fn join(&mut self, at: usize, other: Self, lines: &(impl Lines + ?Sized)) {
        other.stretches().for_each(|stretch| self.add(Stretch { at: at + stretch.at, ..stretch }, false, lines));
    }

    /// The same of a text without newlines, which is none of the one before it where that `is_parted` from it.
    pub(super) fn join_line(&mut self, at: usize, (other, is_parted): (Self, bool), lines: &impl Lines) {
        for stretch in other.stretches() {
            let next = Stretch { at: at + stretch.at, ..stretch };
            if is_parted { self.begin(next) } else { self.add(next, true, lines) }
        }
    }

    /// Newlines of the text are none of the file's.
    pub(super) fn end_nowhere(&mut self) {
        self.ends = Ends::Nothing;
        self.more.iter_mut().for_each(|stretch| stretch.ends = Ends::Nothing);
    }

    /// Whether newlines at its end would be none of the file's.
    pub(super) fn ends_nowhere(&self) -> bool {
        self.last().ends == Ends::Nothing
    }

    fn stretches(self) -> impl Iterator<Item = Stretch> {
        let first = Stretch { at: 0, line: self.line, byte: self.byte, ends: self.ends };
        std::iter::once(first).chain(self.more)
    }

    /// Adds a stretch unless the last one goes on with it; the ends of one without newlines may be any.
    fn add(&mut self, next: Stretch, is_free: bool, lines: &(impl Lines + ?Sized)) {
        let mut last = self.last();
        if last.ends != next.ends && !is_free {
            if lines.ended(last.at..next.at) > 0 {
                return self.begin(next);
            }
            last.ends = next.ends;
        }
        let Stretch { line, byte, .. } = last.moved(next.at, lines);
        let goes_on = next.at > last.at && (line, byte) == (next.line, next.byte);
        if goes_on { self.set_last(last) } else { self.begin(next) }
    }

    fn last(&self) -> Stretch {
        let first = Stretch { at: 0, line: self.line, byte: self.byte, ends: self.ends };
        self.more.last().copied().unwrap_or(first)
    }

    fn set_last(&mut self, stretch: Stretch) {
        match self.more.last_mut() {
            Some(last) => *last = stretch,
            None => (self.line, self.byte, self.ends) = (stretch.line, stretch.byte, stretch.ends),
        }
    }

    /// Adds a stretch, in the place of one that begins where it does.
    fn begin(&mut self, stretch: Stretch) {
        if self.last().at == stretch.at { self.set_last(stretch) } else { self.more.push(stretch) }
    }

    /// The number of the first stretch, of those behind the first, that begins behind byte `at`.
    fn behind(&self, at: usize) -> usize {
        self.more.partition_point(|stretch| stretch.at <= at)
    }

    fn place(&self, at: usize, lines: &(impl Lines + ?Sized)) -> Stretch {
        let first = Stretch { at: 0, line: self.line, byte: self.byte, ends: self.ends };
        let last = self.behind(at).checked_sub(1).and_then(|last| self.more.get(last));
        last.copied().unwrap_or(first).moved(at, lines)
    }
}

#[cfg(test)]
mod tests;
