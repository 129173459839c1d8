//! What a character is to the reader of words: part of one, a joint, a sign upon a letter, or nothing.
//!
//! It sees single characters only, never their neighbours.

use unicode_normalization::char::is_combining_mark;

use crate::text::fold::{is_apostrophe, vanishes};

/// What a byte is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Ends a word whatever follows.
    Blank,
    /// Ends a word unless the next character continues it: `' ` - . , &`.
    Joiner,
    /// ASCII letter or digit.
    Word,
    /// Part of a character beyond ASCII.
    Wide,
}

static CLASSES: [Class; 256] = classes();

/// The class of a byte.
pub(super) fn class(byte: u8) -> Class {
    CLASSES.get(usize::from(byte)).copied().unwrap_or(Class::Blank)
}

const fn classes() -> [Class; 256] {
    let mut table = [Class::Blank; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => Class::Word,
            b'\'' | b'`' | b'-' | b'.' | b',' | b'&' => Class::Joiner,
            0x80.. => Class::Wide,
            _ => Class::Blank,
        };
        byte += 1;
    }
    table
}

/// Whether a word can begin with `c`.
pub(super) fn is_word_start(c: char) -> bool {
    c.is_alphanumeric() && !is_apostrophe(c) && !is_symbol(c)
}

/// Whether `c` continues a word of several characters.
pub(super) fn is_joinable(c: char) -> bool {
    (is_word_start(c) && !is_ideograph(c)) || (is_sign(c) && !is_ideograph(c))
}

/// Whether `c` belongs to the letter before it.
pub(super) fn is_sign(c: char) -> bool {
    c >= '\u{300}' && (is_combining_mark(c) || matches!(c, '\u{ff9e}' | '\u{ff9f}')) && !vanishes(c)
}

/// Whether `c` is of a script that prints no blanks between words: Han, kana, Thai, Lao, Khmer.
pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{19e0}'..='\u{19ff}' | '\u{3005}'..='\u{3007}'
        | '\u{3021}'..='\u{3029}' | '\u{3031}'..='\u{3035}' | '\u{3038}'..='\u{303c}' | '\u{3041}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9f}' | '\u{1aff0}'..='\u{1b16f}' | '\u{20000}'..='\u{3ffff}')
        && (c.is_alphanumeric() || is_combining_mark(c))
}

/// Fractions and letters in boxes count as alphanumeric, but are read as symbols.
fn is_symbol(c: char) -> bool {
    matches!(c, '¼'..='¾' | '⅐'..='⅟' | '↉' | '\u{1f100}'..='\u{1f1ff}')
}
