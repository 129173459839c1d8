//! Where the sentences of a text begin, kept beside the text, so that the words of a passage can be found again without
//! taking all of it apart.
//!
//! It marks what an `Analysis` found and never looks for sentences itself.

use std::ops::{Range, RangeInclusive};

use super::{
    Analysis, Language, Tokens,
    fold::is_hyphen,
    token::{Acronyms, Hyphens, Rules, Start, scan},
};

/// The first word of a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Landmark {
    /// Its first byte in the text.
    pub byte: u32,
    /// Its position.
    pub pos: u32,
    /// Whether a paragraph begins there too.
    pub is_paragraph: bool,
}

/// The first words of all sentences of a text, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Landmarks(Vec<Landmark>);

impl Landmarks {
    /// Those of a text that was taken apart.
    pub fn of(analysis: &Analysis) -> Self {
        let words = analysis.words();
        let mut paragraphs = analysis.paragraphs.iter().peekable();
        let marks = analysis.sentences.iter().filter_map(|sentence| {
            let word = words.get(*sentence as usize)?;
            let is_paragraph = paragraphs.next_if(|paragraph| *paragraph <= sentence).is_some();
            Some(Landmark { byte: word.start, pos: word.pos, is_paragraph })
        });
        Self(marks.collect())
    }

    /// All of them, ascending by position and by byte.
    pub fn all(&self) -> &[Landmark] {
        &self.0
    }

    /// A few bytes for each: what it is ahead of the one before, seven bits a byte, the lowest first.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(3 * self.0.len());
        let (mut byte, mut pos) = (0, 0);
        for mark in &self.0 {
            put(&mut bytes, u64::from(mark.byte - byte) << 1 | u64::from(mark.is_paragraph));
            put(&mut bytes, u64::from(mark.pos - pos));
            (byte, pos) = (mark.byte, mark.pos);
        }
        bytes
    }

    /// What `to_bytes` made; `None` when these bytes are none of its.
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut marks = Vec::with_capacity(bytes.len() / 2);
        let (mut byte, mut pos) = (0_u32, 0_u32);
        while !bytes.is_empty() {
            let first = take(&mut bytes)?;
            byte = byte.checked_add(u32::try_from(first >> 1).ok()?)?;
            pos = pos.checked_add(u32::try_from(take(&mut bytes)?).ok()?)?;
            marks.push(Landmark { byte, pos, is_paragraph: first & 1 == 1 });
        }
        Some(Self(marks))
    }

    /// The words at these positions with all that stand around them: from the sentence before on at least, one word beyond.
    ///
    /// `parts` and `language` are those the text was taken apart by. Acronyms are not told from other words.
    pub fn words_around(
        &self,
        text: &str,
        (parts, language): (&[Range<usize>], Language),
        positions: RangeInclusive<u32>,
    ) -> Tokens {
        let rules = Rules { language, acronyms: Acronyms::Dotted, hyphens: Hyphens::Join };
        let mut tokens = Tokens::default();
        let holding = self.0.partition_point(|mark| mark.pos <= *positions.start()).saturating_sub(1);
        let mut before = holding.saturating_sub(1);
        while before > 0 && self.0.get(before).is_some_and(|mark| hangs_on(text, mark.byte as usize)) {
            before -= 1;
        }
        let Some(from) = self.0.get(before) else { return tokens };
        for part in parts.iter().filter(|part| part.end > from.byte as usize) {
            let first = self.0.partition_point(|mark| (mark.byte as usize) < part.start.max(from.byte as usize));
            let Some(mark) = self.0.get(first).filter(|mark| (mark.byte as usize) < part.end) else { continue };
            let start = Start { rules, pos: mark.pos, last: mark.pos.max(positions.end().saturating_add(1)) };
            scan(text, mark.byte as usize..part.end, start, &mut tokens);
            if tokens.words().last().is_some_and(|word| word.pos > *positions.end()) {
                break;
            }
        }
        tokens
    }
}

/// Whether a hyphen before this byte may join its word to the one before: of a chain too long for one word each piece is
/// one, which cannot be told from its middle.
fn hangs_on(text: &str, byte: usize) -> bool {
    let before = text.get(..byte).unwrap_or_default().trim_end_matches(char::is_whitespace);
    before.ends_with(|c: char| is_hyphen(c) || matches!(c, '\u{ad}' | '¬' | '&'))
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number > 0x7f {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0;
    for shift in (0..u64::BITS).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::analyse;

    #[test]
    fn bytes_that_are_none_of_ours_are_refused() {
        assert_eq!(Landmarks::from_bytes(&[]), Some(Landmarks::default()));
        assert_eq!(Landmarks::from_bytes(&[0x80]), None);
        assert_eq!(Landmarks::from_bytes(&[1]), None);
        assert_eq!(Landmarks::from_bytes(&[0xff; 12]), None);
        assert_eq!(Landmarks::from_bytes(&[0xfe, 0xff, 0xff, 0xff, 0xff, 0x7f, 0]), None);
    }

    fn nasty() -> impl Strategy<Value = String> {
        let pieces = [
            "Kursk",
            "the",
            "U.S.",
            "Trump's",
            "cease-\nfire",
            "left.Nobody",
            "a.b.Cat",
            "e-mail",
            "O’Brien",
            "AT&T",
            "東京",
            "1.5",
            ". ",
            "\n\n",
            "! ",
            " ",
            "-",
            "…",
            "\u{ad}\n",
            "Mr. ",
            "\t",
            "é",
            "x-y-z-a-b-c",
            "\"",
            "。",
        ];
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        /// Around every word stand the same words as in the whole text.
        #[test]
        fn words_around_are_those_of_the_whole(text in nasty(), cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..3)) {
            let mut ends: Vec<usize> = cuts.iter().map(|cut| text.floor_char_boundary(cut.index(text.len() + 1))).collect();
            ends.extend([0, text.len()]);
            ends.sort_unstable();
            let parts: Vec<Range<usize>> = ends.windows(2).map(|pair| pair[0]..pair[1]).collect();
            let analysis = analyse(&text, &parts, Language::ENGLISH);
            let marks = Landmarks::of(&analysis);
            prop_assert_eq!(Landmarks::from_bytes(&marks.to_bytes()), Some(marks.clone()));
            let places = |tokens: &Tokens| -> Vec<(Range<usize>, u32)> {
                tokens.words().iter().map(|word| (word.span(), word.pos)).collect()
            };
            let all = places(&analysis.tokens);
            for (first, word) in all.iter().enumerate() {
                let last = (first + 2).min(all.len() - 1);
                let found = places(&marks.words_around(&text, (&parts, Language::ENGLISH), word.1..=all[last].1));
                let from = all.iter().position(|word| Some(word) == found.first()).unwrap();
                prop_assert_eq!(&all[from..from + found.len()], &found[..]);
                let sentence = marks.all().partition_point(|mark| mark.pos <= word.1) - 1;
                prop_assert!(all[from].1 <= marks.all()[sentence.saturating_sub(1)].pos);
                prop_assert!(from + found.len() > (last + 1).min(all.len() - 1));
            }
        }
    }
}
