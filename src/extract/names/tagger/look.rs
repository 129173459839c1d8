//! What the words of a page look like: spelling, shape, lexicon, the run of capitals around them, their twins elsewhere.
//!
//! It states what is printed; what follows from it is for the weights to say.

use std::ops::Range;

use super::{hash, lexicon::Lexicon};
use crate::extract::page::Page;

/// How a word is capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Case {
    /// No letters: a number.
    #[default]
    None,
    /// Begins with a small letter.
    Small,
    /// Begins with a capital, and small letters follow.
    Capital,
    /// One capital letter.
    Initial,
    /// Capitals only, two or more.
    Capitals,
}

impl Case {
    /// Whether the word begins with a capital letter.
    pub(super) fn is_capital(self) -> bool {
        matches!(self, Self::Capital | Self::Initial | Self::Capitals)
    }

    fn of(printed: &str) -> Self {
        let mut letters = printed.chars().filter(|c| c.is_alphabetic());
        let first = letters.next();
        let (mut capitals, mut small) = (0, 0);
        letters.for_each(|c| if c.is_lowercase() { small += 1 } else { capitals += 1 });
        match first {
            None => Self::None,
            Some(first) if !first.is_uppercase() => Self::Small,
            Some(_) if small > 0 => Self::Capital,
            Some(_) if capitals == 0 => Self::Initial,
            Some(_) => Self::Capitals,
        }
    }
}

/// How the words of a sentence are capitalised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Style {
    /// As in running text.
    #[default]
    Plain,
    /// Nearly all words begin with a capital: a headline.
    Title,
    /// Nearly all words are in capitals.
    Capitals,
    /// No word begins with a capital.
    Small,
}

/// What one word looks like.
#[derive(Debug, Clone, Default)]
pub(super) struct Look {
    /// Hash of the word as printed, without its possessive.
    pub(super) exact: u64,
    /// Hash of the word, folded, without its possessive.
    pub(super) lower: u64,
    /// Hash of its shape: `Xx` for Paris, `X.X` for U.S.
    pub(super) shape: u64,
    /// Hashes of its first two, three and four bytes, folded; 0 where it is no longer than that.
    pub(super) heads: [u64; 3],
    /// Hashes of its last two, three and four bytes, likewise.
    pub(super) tails: [u64; 3],
    /// How it is capitalised.
    pub(super) case: Case,
    /// What the lexicon says, as `Lexicon::flags`.
    pub(super) lexicon: u8,
    /// A printed `'s` ends it.
    pub(super) is_possessive: bool,
    /// What is printed between it and the next word, as `gap_number`.
    pub(super) gap: u8,
    /// The style of its sentence.
    pub(super) style: Style,
    /// The words of its sentence.
    pub(super) sentence: (u32, u32),
    /// The words of the run of capitals that it belongs to; empty outside of any.
    pub(super) run: (u32, u32),
    /// The first word of the page with the same letters.
    pub(super) twin: u32,
    /// Its twins stand in the text: in small letters, with a capital within a plain sentence.
    pub(super) traces: Traces,
}

/// How often a word stands in an article's plain sentences, none of them at the sentence's start.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Traces {
    pub(super) small: u16,
    pub(super) capital: u16,
}

/// The looks of all words of a page, one for each.
pub(super) fn looks(page: &Page<'_>, lexicon: &Lexicon<'_>) -> Vec<Look> {
    let mut looks: Vec<Look> = (0..page.words().len()).map(|at| look(page, at, lexicon)).collect();
    for sentence in sentences(page) {
        mark_sentence(&mut looks, sentence);
    }
    mark_twins(&mut looks);
    looks
}

/// The words of each sentence.
pub(super) fn sentences<'a>(page: &Page<'a>) -> impl Iterator<Item = Range<usize>> + use<'a> {
    let starts = &page.analysis.sentences;
    let ends = starts.iter().skip(1).copied().chain([page.words().len() as u32]);
    starts.iter().zip(ends).map(|(start, end)| *start as usize..end as usize)
}

fn look(page: &Page<'_>, at: usize, lexicon: &Lexicon<'_>) -> Look {
    let Some(word) = page.words().get(at) else { return Look::default() };
    let (mut printed, mut lower) = (page.printed(at), page.analysis.tokens.joined(word));
    let base = page.analysis.tokens.possessive_base(word);
    if let Some(base) = base {
        lower = base;
        let bare = printed.strip_suffix(['s', 'S']).unwrap_or(printed);
        printed = bare.strip_suffix(|c: char| !c.is_alphanumeric()).unwrap_or(bare);
    }
    let bytes = lower.as_bytes();
    let head = |len: usize| bytes.get(..len).filter(|head| head.len() < bytes.len()).map_or(0, hash::of);
    let tail = |len: usize| bytes.len().checked_sub(len).filter(|at| *at > 0).and_then(|at| bytes.get(at..));
    let tail = |len: usize| tail(len).map_or(0, hash::of);
    Look {
        exact: hash::of(printed.as_bytes()),
        lower: hash::of(bytes),
        lexicon: lexicon.flags(hash::of(bytes)),
        shape: shape(printed),
        heads: [head(2), head(3), head(4)],
        tails: [tail(2), tail(3), tail(4)],
        case: Case::of(printed),
        is_possessive: base.is_some(),
        gap: gap_number(page.gap(at)),
        ..Look::default()
    }
}

/// A hash of what kinds of characters follow each other: X capital, x small, 0 digit, others as they are; runs count once,
/// but for one capital and several.
fn shape(printed: &str) -> u64 {
    let mut hash = 0;
    let mut last = ' ';
    let mut run = 0;
    for c in printed.chars() {
        let kind = match c {
            _ if c.is_uppercase() => 'X',
            _ if c.is_alphabetic() => 'x',
            _ if c.is_numeric() => '0',
            _ => c,
        };
        run = if kind == last { run + 1 } else { 1 };
        if run == 1 || run == 2 && kind == 'X' {
            hash = hash::mix(hash, u64::from(u32::from(kind)));
        }
        last = kind;
    }
    hash
}

/// The gaps that matter to names, by number.
fn gap_number(gap: &str) -> u8 {
    let sign = gap.trim();
    match sign {
        "" if gap.contains('\n') => 2,
        "" => u8::from(!gap.is_empty()),
        "," => 3,
        "." => 4,
        "-" | "–" | "—" | "--" => 5,
        ":" | ";" => 6,
        "/" => 7,
        "&" => 8,
        _ if sign.ends_with('@') => 9,
        _ if sign.ends_with('#') => 10,
        _ if sign.contains('(') => 11,
        _ if sign.contains(')') => 12,
        _ if sign.contains(['"', '“', '”', '„', '«', '»', '‘', '’', '\'', '`']) => 13,
        _ => 14,
    }
}

/// Gaps over which a run of capitals goes on: nothing, a blank, a new line, the dot of an initial, an ampersand.
fn joins(gap: u8) -> bool {
    matches!(gap, 0 | 1 | 2 | 4 | 8)
}

/// Writes down what depends on the sentence.
fn mark_sentence(looks: &mut [Look], sentence: Range<usize>) {
    let Some(words) = looks.get_mut(sentence.clone()) else { return };
    let style = style(words);
    let first = sentence.start as u32;
    let mut run = 0;
    for at in 0..words.len() {
        if words[at].case.is_capital() && !(at > 0 && words[at - 1].case.is_capital() && joins(words[at - 1].gap)) {
            run = at;
        }
        words[at].style = style;
        words[at].sentence = (first, sentence.end as u32);
        let ends = words.get(at + 1).is_none_or(|next| !next.case.is_capital()) || !joins(words[at].gap);
        if words[at].case.is_capital() && ends {
            let of_run = (first + run as u32, first + at as u32 + 1);
            words[run..=at].iter_mut().for_each(|word| word.run = of_run);
        }
    }
}

/// Words of one or two letters and numbers do not count.
fn style(words: &[Look]) -> Style {
    let long = || words.iter().filter(|word| word.heads[1] != 0 && word.case != Case::None);
    let all = long().count();
    let capitals = long().filter(|word| word.case == Case::Capitals).count();
    let capital = long().filter(|word| word.case.is_capital()).count();
    match () {
        () if capital == 0 => Style::Small,
        () if 4 * capitals > 3 * all && all > 1 => Style::Capitals,
        () if 3 * capital > 2 * all && all > 3 => Style::Title,
        () => Style::Plain,
    }
}

/// Finds the words with the same letters, and how they are printed within plain sentences.
fn mark_twins(looks: &mut [Look]) {
    let mut order: Vec<(u64, u32)> = looks.iter().zip(0..).map(|(look, at)| (look.lower, at)).collect();
    order.sort_unstable();
    for twins in order.chunk_by(|a, b| a.0 == b.0) {
        let mut traces = Traces::default();
        for look in twins.iter().filter_map(|(_, at)| looks.get(*at as usize).map(|look| (look, *at))) {
            let (look, at) = look;
            let is_inner = look.style == Style::Plain && at != look.sentence.0;
            traces.small = traces.small.saturating_add(u16::from(look.case == Case::Small));
            traces.capital = traces.capital.saturating_add(u16::from(is_inner && look.case.is_capital()));
        }
        let first = twins.first().map_or(0, |(_, at)| *at);
        for (_, at) in twins {
            if let Some(look) = looks.get_mut(*at as usize) {
                (look.twin, look.traces) = (first, traces);
            }
        }
    }
}
