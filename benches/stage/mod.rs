//! What several measurements stand on: progress that nobody looks at, and made-up English. It measures nothing.

#![allow(dead_code, unreachable_pub, reason = "each measurement uses a part of it")]

use morgue::archive::Progress;

/// Progress that nobody looks at.
pub struct Silent;

impl Progress for Silent {
    fn total(&self, _: u64) {}
    fn done(&self) {}
    fn writing(&self) {}
}

/// Words of a made-up article.
const WORDS: usize = 120;

const SYLLABLES: [&str; 16] =
    ["con", "de", "mar", "in", "sta", "tra", "ne", "ti", "ra", "cen", "du", "mo", "ver", "li", "so", "ing"];

/// A source of numbers and texts, the same in every run.
pub struct Chance(u64);

impl Chance {
    pub fn new() -> Self {
        Self(88_172_645_463_325_252)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// Words by Zipf's law out of syllables, in sentences and paragraphs.
    pub fn body(&mut self) -> String {
        let mut body = String::new();
        for at in 1..=WORDS {
            let mut rank = 30_000f64.powf((self.next() % 1_000_000) as f64 / 1e6) as usize;
            while rank > 0 {
                body.push_str(SYLLABLES[rank % 16]);
                rank /= 16;
            }
            body.push_str(match at {
                at if at % 40 == 0 => ".\n\n",
                at if at % 12 == 0 => ". ",
                _ => " ",
            });
        }
        body
    }
}
