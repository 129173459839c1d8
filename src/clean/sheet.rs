//! A passage as lines and blocks of lines, each with its fate, and the passages that come of it.
//!
//! It never judges what a line is.

use std::ops::Range;

use crate::article::{Newlines, PartKind, Passage};

/// What becomes of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    /// It stays where it is.
    Stays,
    /// It becomes (part of) a passage of this kind.
    Becomes(PartKind),
    /// It only repeats another line, and is counted.
    Dropped,
}

/// A line that is not blank.
struct Line {
    /// Its bytes, without the newline.
    span: Range<usize>,
    fate: Fate,
    /// Whether it begins a passage whatever stands before it.
    is_apart: bool,
}

/// The lines of a passage.
pub(super) struct Sheet<'a> {
    text: &'a str,
    lines: Vec<Line>,
    /// Lines between blank ones.
    blocks: Vec<Range<usize>>,
}

impl<'a> Sheet<'a> {
    /// The lines and blocks of a text.
    pub(super) fn of(text: &'a str) -> Self {
        let mut sheet = Sheet { text, lines: Vec::new(), blocks: Vec::new() };
        let mut at = 0;
        let mut is_open = false;
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end_matches('\n');
            let is_blank = bare.trim().is_empty();
            if !is_blank {
                let number = sheet.lines.len();
                sheet.lines.push(Line { span: at..at + bare.len(), fate: Fate::Stays, is_apart: false });
                match sheet.blocks.last_mut().filter(|_| is_open) {
                    Some(block) => block.end = number + 1,
                    None => sheet.blocks.push(number..number + 1),
                }
            }
            is_open = !is_blank;
            at += line.len();
        }
        sheet
    }

    /// The blocks, as ranges of lines.
    pub(super) fn blocks(&self) -> &[Range<usize>] {
        &self.blocks
    }

    /// How many lines there are.
    pub(super) fn len(&self) -> usize {
        self.lines.len()
    }

    /// A line, without blanks around it.
    pub(super) fn line(&self, number: usize) -> &'a str {
        self.lines.get(number).and_then(|line| self.text.get(line.span.clone())).unwrap_or_default().trim()
    }

    /// A line as printed.
    pub(super) fn printed(&self, number: usize) -> &'a str {
        self.lines.get(number).and_then(|line| self.text.get(line.span.clone())).unwrap_or_default()
    }

    /// The text of some lines, without blanks around it.
    pub(super) fn block(&self, lines: &Range<usize>) -> &'a str {
        let span = self.span(lines);
        self.text.get(span).unwrap_or_default().trim()
    }

    /// Whether nothing is decided about some lines yet.
    pub(super) fn is_open(&self, lines: &Range<usize>) -> bool {
        self.lines.get(lines.clone()).unwrap_or_default().iter().all(|line| line.fate == Fate::Stays)
    }

    /// Whether anything is decided at all.
    pub(super) fn is_settled(&self) -> bool {
        self.lines.iter().any(|line| line.fate != Fate::Stays)
    }

    /// Whether a blank line, or nothing, follows a line.
    pub(super) fn ends_block(&self, number: usize) -> bool {
        let at = self.blocks.partition_point(|block| block.end <= number);
        self.blocks.get(at).is_some_and(|block| block.end == number + 1)
    }

    /// Decides about some lines.
    pub(super) fn settle(&mut self, lines: Range<usize>, fate: Fate) {
        self.lines.get_mut(lines).unwrap_or_default().iter_mut().for_each(|line| line.fate = fate);
    }

    /// Makes a line a passage of its own, without so many bytes at its front.
    pub(super) fn set_apart(&mut self, number: usize, front: usize, kind: PartKind) {
        if let Some(line) = self.lines.get_mut(number) {
            line.span.start = (line.span.start + front).min(line.span.end);
            (line.fate, line.is_apart) = (Fate::Becomes(kind), true);
        }
    }

    /// Makes some lines a passage of their own.
    pub(super) fn set_block_apart(&mut self, lines: Range<usize>, kind: PartKind) {
        self.settle(lines.clone(), Fate::Becomes(kind));
        if let Some(first) = self.lines.get_mut(lines.start) {
            first.is_apart = true;
        }
    }

    fn span(&self, lines: &Range<usize>) -> Range<usize> {
        let start = self.lines.get(lines.start).map_or(0, |line| line.span.start);
        let last = lines.end.checked_sub(1).and_then(|last| self.lines.get(last));
        start..last.map_or(start, |line| line.span.end)
    }

    /// The passages that come of `whole`, whose lines these are; itself where nothing was decided.
    pub(super) fn passages(&self, whole: &Passage) -> Vec<Passage> {
        if !self.is_settled() {
            return vec![whole.clone()];
        }
        let mut groups: Vec<(Fate, Range<usize>)> = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            match groups.last_mut() {
                Some((fate, lines)) if *fate == line.fate && !line.is_apart => lines.end = number + 1,
                _ => groups.push((line.fate, number..number + 1)),
            }
        }
        let newlines = Newlines::of(self.text);
        let passage = |(fate, lines): (Fate, Range<usize>)| {
            let kind = match fate {
                Fate::Stays => whole.kind,
                Fate::Becomes(kind) => kind,
                Fate::Dropped => return None,
            };
            let span = self.span(&lines);
            let text = self.text.get(span.clone()).unwrap_or_default().to_owned();
            Some(Passage { kind, text, origin: whole.origin.cut(span, &newlines) })
        };
        groups.into_iter().filter_map(passage).collect()
    }
}
