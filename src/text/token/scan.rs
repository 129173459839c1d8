//! Finding words: one pass over the bytes, with a short way for plain ASCII words and a long one for all others.
//!
//! It never stems; what a word's forms are is decided here, how they are kept in `token.rs`.

use std::ops::Range;

use super::{FormKind, Tokens};
use crate::text::{
    Language,
    fold::{is_apostrophe, is_hyphen, push_word_char, vanishes},
    head,
};

mod letter;
mod piece;

use letter::{Class, class, is_ideograph, is_joinable, is_sign, is_word_start};
use piece::Piece;

/// A chain of more parts than these is a row of separate words.
const LONGEST_CHAIN: usize = 4;

/// Finds the words of `text[part]` and appends them to `out`, at the positions and with the forms that `start` asks for.
/// A range beside the text's characters counts as empty.
pub(in crate::text) fn scan(text: &str, part: Range<usize>, start: Start, out: &mut Tokens) {
    let base = part.start as u32;
    if let Some(text) = text.get(part) {
        Scanner { text, base, pos: start.pos, rules: start.rules, out, pieces: Vec::new() }.run(start.last);
    }
}

/// How to read a text.
#[derive(Debug, Clone, Copy)]
pub(in crate::text) struct Rules {
    pub(in crate::text) language: Language,
    pub(in crate::text) acronyms: Acronyms,
    pub(in crate::text) hyphens: Hyphens,
}

/// How to read, and from which position on.
#[derive(Debug, Clone, Copy)]
pub(in crate::text) struct Start {
    pub(in crate::text) rules: Rules,
    pub(in crate::text) pos: u32,
    /// No more words are looked for behind this position.
    pub(in crate::text) last: u32,
}

/// Which words are acronyms.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Acronyms {
    /// Only those with dots, for instance because all is in capitals.
    Dotted,
    /// Also words of 2 to 5 capitals.
    Capitals,
}

impl Acronyms {
    /// Judges by the first few kilobytes: `Capitals` where at least a quarter of the letters are none (`US GDP up`).
    pub(in crate::text) fn in_text(text: &str) -> Self {
        let text = head(text, 4096);
        let bytes = text.as_bytes();
        let upper = bytes.iter().filter(|byte| byte.is_ascii_uppercase()).count();
        let lower = bytes.iter().filter(|byte| byte.is_ascii_lowercase()).count();
        if upper <= 3 * lower || (!text.is_ascii() && is_mixed(text)) { Self::Capitals } else { Self::Dotted }
    }
}

/// Counts all letters, not only the ASCII ones; letters without case are no capitals.
fn is_mixed(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    4 * capitals <= 3 * letters().count()
}

/// What a hyphen inside a word does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::text) enum Hyphens {
    /// It joins: one word with parts.
    Join,
    /// It separates, as in the comparison of names.
    Separate,
}

struct Scanner<'a> {
    text: &'a str,
    base: u32,
    pos: u32,
    rules: Rules,
    out: &'a mut Tokens,
    pieces: Vec<Piece>,
}

impl Scanner<'_> {
    fn run(mut self, last: u32) {
        let mut at = 0;
        while let Some(&byte) = self.text.as_bytes().get(at).filter(|_| self.pos <= last) {
            at = match class(byte) {
                Class::Blank | Class::Joiner => at + 1,
                Class::Word => self.ascii_word(at),
                Class::Wide => self.wide(at),
            };
        }
    }

    /// Reads the word that begins with an ASCII letter or digit at `start`; the byte behind it.
    fn ascii_word(&mut self, start: usize) -> usize {
        let tail = self.text.as_bytes().get(start..).unwrap_or(&[]);
        let end = start + tail.iter().position(|&byte| class(byte) != Class::Word).unwrap_or(tail.len());
        if !self.ends_plainly(end) {
            return self.chain(start);
        }
        let word = self.text.get(start..end).unwrap_or("");
        let form = self.out.buffer.len();
        self.out.buffer.push_str(word);
        if let Some(tail) = self.out.buffer.get_mut(form..) {
            tail.make_ascii_lowercase();
        }
        let first_form = self.out.forms.len();
        self.out.push_form(form, form + word.len(), FormKind::Joined);
        if (2..=5).contains(&word.len())
            && self.rules.acronyms == Acronyms::Capitals
            && word.bytes().all(|byte| byte.is_ascii_uppercase())
        {
            self.out.push_acronym(form, form + word.len());
        }
        self.finish(start..end, first_form);
        end
    }

    /// Whether nothing at `end` can continue a run of ASCII letters and digits.
    fn ends_plainly(&self, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        let Some(&byte) = bytes.get(end) else { return true };
        let next = bytes.get(end + 1).copied().unwrap_or(b' ');
        match class(byte) {
            Class::Blank => true,
            Class::Word => false,
            Class::Joiner => match class(next) {
                Class::Word | Class::Wide => false,
                _ => byte != b'-' || !matches!(next, b'\n' | b'\r'),
            },
            // Dashes, double quotes and the ellipsis of U+2000..U+203F; its hyphens and apostrophes may join.
            Class::Wide => {
                byte == 0xe2 && next == 0x80 && matches!(bytes.get(end + 2), Some(0x93 | 0x94 | 0x9c | 0x9d | 0xa6))
            }
        }
    }

    /// Reads what begins with a non-ASCII character; the byte behind it.
    fn wide(&mut self, start: usize) -> usize {
        match self.char_at(start) {
            Some(c) if is_ideograph(c) && !is_sign(c) => self.ideograph(start),
            Some(c) if is_word_start(c) => self.chain(start),
            Some(c) => start + c.len_utf8(),
            None => self.text.len(),
        }
    }

    /// Reads a character that is a word by itself, with the signs that belong to it.
    fn ideograph(&mut self, start: usize) -> usize {
        let form = self.out.buffer.len();
        let mut end = start;
        while let Some(c) = self.char_at(end).filter(|&c| end == start || is_sign(c)) {
            push_word_char(&mut self.out.buffer, c);
            end += c.len_utf8();
        }
        self.out.compose(form);
        let first_form = self.out.forms.len();
        self.out.push_form(form, self.out.buffer.len(), FormKind::Joined);
        self.finish(start..end, first_form);
        end
    }

    /// Reads a word of pieces joined by hyphens, line ends or ampersands; the byte behind it.
    fn chain(&mut self, start: usize) -> usize {
        self.pieces.clear();
        let mut next = Some(start);
        let mut end = start;
        while let Some(at) = next {
            let piece = self.piece(at);
            end = piece.end;
            next = self.join_behind(&piece);
            self.pieces.push(piece);
        }
        let pieces = std::mem::take(&mut self.pieces);
        if pieces.len() > LONGEST_CHAIN {
            pieces.chunks(1).for_each(|piece| self.emit(piece));
        } else {
            self.emit(&pieces);
        }
        self.pieces = pieces;
        // A piece always holds at least the character it began with; the step guards against standing still.
        end.max(start + self.char_at(start).map_or(1, char::len_utf8))
    }

    /// Makes one word of `pieces`.
    fn emit(&mut self, pieces: &[Piece]) {
        let (Some(first), Some(last)) = (pieces.first(), pieces.last()) else { return };
        let first_form = self.out.forms.len();
        let (mut start, mut end) = (first.form.start, last.form.end);
        if pieces.len() > 1 && !self.out.buffer.get(start..end).is_some_and(str::is_ascii) {
            // Side by side, two pieces may still compose.
            let whole = self.out.buffer.get(start..end).unwrap_or("").to_owned();
            start = self.out.buffer.len();
            self.out.buffer.push_str(&whole);
            self.out.compose(start);
            end = self.out.buffer.len();
        }
        self.out.push_form(start, end, FormKind::Joined);
        if pieces.len() > 1 {
            pieces.iter().for_each(|piece| self.out.push_form(piece.form.start, piece.form.end, FormKind::Part));
        }
        for piece in pieces.iter().filter(|piece| piece.acronym > 0) {
            self.out.push_acronym(piece.form.start, piece.form.start + piece.acronym);
        }
        let is_whole = end - start <= super::LONGEST_FORM;
        if self.finish(first.start..last.end, first_form) && last.is_possessive && is_whole {
            self.out.mark_possessive();
        }
    }

    fn finish(&mut self, span: Range<usize>, first_form: usize) -> bool {
        let span = self.base + span.start as u32..self.base + span.end as u32;
        let is_word = self.out.push_word(span, self.pos, first_form);
        self.pos += u32::from(is_word);
        is_word
    }

    /// Where the piece joined to `piece` begins, if one is.
    fn join_behind(&self, piece: &Piece) -> Option<usize> {
        let at = match self.char_at(piece.end) {
            Some('.') if piece.is_dotted => piece.end + 1,
            _ => piece.end,
        };
        let joiner = self.char_at(at)?;
        let behind = at + joiner.len_utf8();
        let before = self.char_before(piece.end)?;
        match joiner {
            '&' => (before.is_uppercase() && self.char_at(behind)?.is_uppercase()).then_some(behind),
            // OCR prints a line-end hyphen as a not sign.
            '\u{ad}' | '¬' => self.next_line(behind),
            _ if is_hyphen(joiner) => match self.char_at(behind)? {
                '\n' | '\r' if before.is_alphabetic() => self.next_line(behind),
                next if self.rules.hyphens == Hyphens::Join && is_word_start(next) && is_joinable(next) => {
                    (!before.is_numeric() || !next.is_numeric()).then_some(behind)
                }
                _ => None,
            },
            _ => None,
        }
    }

    /// Where the next line's first word begins, if `at` ends a line and that word is in lower case.
    fn next_line(&self, at: usize) -> Option<usize> {
        let tail = self.text.get(at..)?;
        let line = tail.strip_prefix("\r\n").or_else(|| tail.strip_prefix('\n'))?;
        let word = line.trim_start_matches([' ', '\t']);
        word.starts_with(char::is_lowercase).then_some(self.text.len() - word.len())
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.text.get(..at)?.chars().next_back()
    }
}
