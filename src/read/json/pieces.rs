//! Where the members of a JSON list or object begin and end, found without reading them.
//!
//! It never judges a member; a fault inside one is found by whoever reads it.

use std::ops::Range;

/// The members of a list or object.
#[derive(Debug, PartialEq)]
pub(in crate::read) struct Pieces {
    /// Bytes of each whole member, without blanks around it.
    pub(in crate::read) ranges: Vec<Range<usize>>,
    /// Where and why the list does not end as it should.
    pub(in crate::read) fault: Option<(usize, &'static str)>,
}

/// The members of the list or object with which `text` begins.
pub(in crate::read) fn of(text: &str) -> Pieces {
    let mut ranges = Vec::new();
    let mut depth = 0_usize;
    let mut start = 1;
    let mut bytes = text.bytes().enumerate();
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'"' => skip_string(&mut bytes),
            b'[' | b'{' => depth += 1,
            b',' if depth == 1 => {
                ranges.push(trimmed(text, start..at));
                start = at + 1;
            }
            b']' | b'}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    let last = trimmed(text, start..at);
                    if !(last.is_empty() && ranges.is_empty()) {
                        ranges.push(last);
                    }
                    let rest = trimmed(text, at + 1..text.len());
                    let fault = (!rest.is_empty()).then_some((rest.start, "more follows after the end"));
                    return Pieces { ranges, fault };
                }
            }
            _ => {}
        }
    }
    Pieces { ranges, fault: Some((text.trim_end().len(), "the list is not closed")) }
}

fn skip_string(bytes: &mut impl Iterator<Item = (usize, u8)>) {
    while let Some((_, byte)) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let Some(slice) = text.get(range.clone()) else { return range };
    let start = range.end - slice.trim_start().len();
    start..start + slice.trim().len()
}
