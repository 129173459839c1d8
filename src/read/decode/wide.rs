//! Texts in letters of two or four bytes: told by their mark, or without one where nothing else can be meant.
//!
//! It never takes bytes for letters that could be other than text.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// How wide the letters of a text are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Wide {
    /// UTF-16, behind a mark of this length.
    Two(&'static Encoding, usize),
    /// UTF-32 behind its mark.
    Four(Order),
}

/// Which byte of a letter comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    LowFirst,
    HighFirst,
}

/// Bytes that are looked at where no mark tells.
const HEAD: usize = 4096;
/// Fewest letters of two bytes that are believed without a mark.
const FEWEST: usize = 8;
/// Where the letters and signs of texts lie; what lies elsewhere is rare enough to mean that the bytes are none.
const LETTERS: [std::ops::RangeInclusive<u16>; 11] = [
    0x0020..=0x007E,
    0x00A0..=0x024F,
    0x0300..=0x06FF,
    0x0900..=0x0EFF,
    0x10A0..=0x10FF,
    0x1E00..=0x206F,
    0x20A0..=0x26FF,
    0x3000..=0x30FF,
    0x4E00..=0x9FFF,
    0xAC00..=0xD7A3,
    0xFF00..=0xFFEF,
];

/// Whether bytes are a text in letters of two or four bytes.
pub(in crate::read) fn is_wide(bytes: &[u8]) -> bool {
    of(bytes).is_some()
}

/// How wide the letters are, where they are wider than a byte.
pub(super) fn of(bytes: &[u8]) -> Option<Wide> {
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => return Some(Wide::Four(Order::LowFirst)),
        [0, 0, 0xFE, 0xFF, ..] => return Some(Wide::Four(Order::HighFirst)),
        [0xFF, 0xFE, ..] => return Some(Wide::Two(UTF_16LE, 2)),
        [0xFE, 0xFF, ..] => return Some(Wide::Two(UTF_16BE, 2)),
        // XML without a mark tells its byte order by its first two letters, whatever letters follow.
        [b'<', 0, b'?', 0, ..] => return Some(Wide::Two(UTF_16LE, 0)),
        [0, b'<', 0, b'?', ..] => return Some(Wide::Two(UTF_16BE, 0)),
        _ => {}
    }
    let head = bytes.get(..bytes.len().min(HEAD) & !1).unwrap_or_default();
    let units = head.len() / 2;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (high_first, low_first) = (zeros(0), zeros(1));
    let mostly = |zeros: usize| zeros * 10 >= units * 7;
    let hardly = |zeros: usize| zeros * 100 <= units;
    match units {
        0 | 1 => None,
        _ if mostly(low_first) && hardly(high_first) => Some(Wide::Two(UTF_16LE, 0)),
        _ if mostly(high_first) && hardly(low_first) => Some(Wide::Two(UTF_16BE, 0)),
        _ if low_first + high_first == 0 => None,
        _ => beyond_latin(head),
    }
}

/// Letters beyond Latin ones: blanks or line ends of two bytes, and letters only, in one byte order and not in the other.
fn beyond_latin(head: &[u8]) -> Option<Wide> {
    // Bytes that no text in letters of one byte has, but half of a wide letter may be.
    let is_odd = |byte: &&u8| matches!(**byte, 1..=8 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F..);
    if head.len() < 2 * FEWEST || head.iter().filter(is_odd).count() * 50 < head.len() {
        return None;
    }
    let pairs = || head.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
    match (are_letters(pairs().map(u16::from_le_bytes)), are_letters(pairs().map(u16::from_be_bytes))) {
        (true, false) => Some(Wide::Two(UTF_16LE, 0)),
        (false, true) => Some(Wide::Two(UTF_16BE, 0)),
        _ => None,
    }
}

fn are_letters(mut units: impl Iterator<Item = u16>) -> bool {
    let mut has_blank = false;
    let all = units.all(|unit| {
        let is_blank = [0x09, 0x0A, 0x0D, 0x20].contains(&unit);
        has_blank |= is_blank;
        is_blank || LETTERS.iter().any(|range| range.contains(&unit))
    });
    all && has_blank
}

/// A text in letters of four bytes, and how many of them are none.
pub(super) fn from_four(bytes: &[u8], order: Order) -> (String, usize) {
    let mut faults = 0;
    let text = bytes.chunks(4).map(|four| {
        let code = <[u8; 4]>::try_from(four).ok().map(|four| match order {
            Order::LowFirst => u32::from_le_bytes(four),
            Order::HighFirst => u32::from_be_bytes(four),
        });
        code.and_then(char::from_u32).unwrap_or_else(|| {
            faults += 1;
            char::REPLACEMENT_CHARACTER
        })
    });
    (text.collect(), faults)
}
