//! Reading one piece of a word: letters, digits and signs, the apostrophes between them, the marks within numbers.
//!
//! It appends the piece's folded text to the buffer and never makes a word of it.

use std::ops::Range;

use super::{Acronyms, Scanner, is_apostrophe, is_joinable, push_word_char, vanishes};

/// A piece: where it is printed, and its folded text.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) start: usize,
    pub(super) end: usize,
    /// Bytes of the buffer.
    pub(super) form: Range<usize>,
    /// Bytes of the form that are an acronym; 0 when it is none.
    pub(super) acronym: usize,
    /// Single letters with dots between.
    pub(super) is_dotted: bool,
    /// An apostrophe and an s end it.
    pub(super) is_possessive: bool,
}

/// What is known of a piece while it is read.
struct Reading {
    at: usize,
    end: usize,
    form: usize,
    capitals: usize,
    others: usize,
    /// Buffer length, capitals and others before the last apostrophe.
    base: Option<(usize, usize, usize)>,
}

impl Scanner<'_> {
    /// Reads the piece that begins at `start`, a character that can begin a word.
    pub(super) fn piece(&mut self, start: usize) -> Piece {
        let form = self.out.buffer.len();
        let mut reading = Reading { at: start, end: start, form, capitals: 0, others: 0, base: None };
        let dotted_end = self.dotted(start);
        if let Some(end) = dotted_end {
            self.read_dotted(&mut reading, end);
        }
        while let Some(c) = self.char_at(reading.at) {
            if !self.read(&mut reading, c) {
                break;
            }
        }
        let is_dotted = dotted_end.is_some();
        let base = reading.base.filter(|base| self.out.buffer.get(base.0..) == Some("s"));
        let (len, capitals, others) = base.unwrap_or((self.out.buffer.len(), reading.capitals, reading.others));
        let is_capital = (2..=5).contains(&capitals) && others == 0 && self.rules.acronyms == Acronyms::Capitals;
        let acronym = if is_dotted || is_capital { len - form } else { 0 };
        self.out.compose(form);
        let form = form..self.out.buffer.len();
        Piece { start, end: reading.end, form, acronym, is_dotted, is_possessive: base.is_some() }
    }

    /// Takes in the character `c` at `reading.at`; false when the piece ends before it.
    fn read(&mut self, reading: &mut Reading, c: char) -> bool {
        let behind = reading.at + c.len_utf8();
        if is_joinable(c) {
            if c.is_ascii() {
                self.out.buffer.push(c.to_ascii_lowercase());
            } else {
                push_word_char(&mut self.out.buffer, c);
            }
            if c.is_uppercase() {
                reading.capitals += 1
            } else {
                reading.others += 1
            }
            reading.end = behind;
        } else if is_apostrophe(c) {
            if !self.char_at(behind).is_some_and(is_joinable) || self.is_elision(reading) {
                return false;
            }
            reading.base = Some((self.out.buffer.len(), reading.capitals, reading.others));
        } else if c == ',' {
            return self.is_thousands(reading) && step(reading, behind);
        } else if c == '.' {
            let joins = self.is_decimal(reading.at);
            if joins {
                self.out.buffer.push('.');
            }
            return joins && step(reading, behind);
        } else if !vanishes(c) {
            return false;
        }
        step(reading, behind)
    }

    /// The end of a row of at least two single letters with dots between that begins at `start`.
    fn dotted(&self, start: usize) -> Option<usize> {
        let (mut at, mut end, mut letters) = (start, start, 0);
        while let Some(c) = self.char_at(at).filter(|&c| c.is_alphabetic() && is_joinable(c)) {
            let behind = at + c.len_utf8();
            let next = self.char_at(behind);
            if next.is_some_and(is_joinable) {
                break;
            }
            (end, letters) = (behind, letters + 1);
            if next != Some('.') {
                break;
            }
            at = behind + 1;
        }
        (letters >= 2).then_some(end)
    }

    fn read_dotted(&mut self, reading: &mut Reading, end: usize) {
        for c in self.text.get(reading.at..end).unwrap_or("").chars().filter(|&c| c != '.') {
            push_word_char(&mut self.out.buffer, c);
        }
        (reading.at, reading.end) = (end, end);
        // U.S.'s: the last dot stands inside the word.
        if self.char_at(end) == Some('.') && self.char_at(end + 1).is_some_and(is_apostrophe) {
            reading.at = end + 1;
        }
    }

    /// Whether the comma at `reading.at` stands between the thousands of a number.
    fn is_thousands(&self, reading: &Reading) -> bool {
        let bytes = self.text.as_bytes();
        let form = self.out.buffer.get(reading.form..).unwrap_or("");
        let before = bytes.get(..reading.at).unwrap_or(&[]).iter().rev().take_while(|byte| byte.is_ascii_digit());
        let behind = bytes.get(reading.at + 1..).unwrap_or(&[]).iter().take_while(|byte| byte.is_ascii_digit());
        behind.take(4).count() == 3
            && (1..=3).contains(&before.take(4).count())
            && form.bytes().all(|byte| byte.is_ascii_digit())
    }

    /// Whether the dot at `at` is the only one in a number, with digits on both sides.
    fn is_decimal(&self, at: usize) -> bool {
        let bytes = self.text.as_bytes();
        let before = bytes.get(..at).unwrap_or(&[]);
        let behind = bytes.get(at + 1..).unwrap_or(&[]);
        let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
        let ahead = behind.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let back = before.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
        let has_dot_ahead = behind.get(ahead) == Some(&b'.') && is_digit(behind.get(ahead + 1));
        let mut earlier = before.iter().rev().skip(back);
        let has_dot_before = earlier.next() == Some(&b'.') && is_digit(earlier.next());
        ahead > 0 && back > 0 && !has_dot_ahead && !has_dot_before
    }

    /// Whether what was read so far is an article or pronoun that has lost its vowel to the next word.
    fn is_elision(&self, reading: &Reading) -> bool {
        let form = self.out.buffer.get(reading.form..).unwrap_or("");
        let elided: &[&str] = match self.rules.language.tag() {
            "fr" => &["l", "d", "j", "m", "n", "s", "t", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"],
            "it" => &[
                "l", "d", "c", "s", "m", "t", "v", "n", "un", "gl", "dell", "all", "nell", "dall", "sull", "coll",
                "quest", "quell", "sant", "anch", "com", "cos", "dov", "nessun", "bell",
            ],
            "ca" => &["l", "d", "m", "n", "s", "t"],
            _ => &[],
        };
        elided.contains(&form)
    }
}

fn step(reading: &mut Reading, behind: usize) -> bool {
    reading.at = behind;
    true
}
