//! What each word of a page looks like, worked out once for the rules that find names, roles and organisations.
//!
//! It says how a word is printed and in which lists it stands; it never says what it is.

use std::{collections::HashSet, ops::Range};

use super::{
    names::lexicon::{self, Class, Classes},
    page::Page,
};
use crate::text::{self, FormKind};

/// How a word is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Shape {
    /// In small letters, or no word at all.
    #[default]
    Small,
    /// `Witkoff`, `McCain`, `O'Brien`, `al-Assad`.
    Capital,
    /// `NATO`, `U.S`.
    Capitals,
    /// One letter, or several with dots: `J`, `J.K`.
    Initials,
}

/// What is known of a word by itself.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mark {
    pub(super) shape: Shape,
    pub(super) classes: Classes,
    /// Its capital says nothing: it begins a sentence, a line, a quotation or an item.
    pub(super) begins: bool,
    /// It stands in a headline, where capitals say nothing.
    pub(super) is_headline: bool,
}

impl Mark {
    /// Whether it is printed as a name is.
    pub(super) fn is_capital(self) -> bool {
        self.shape != Shape::Small
    }

    /// Whether one of its lists is `class`.
    pub(super) fn is(self, class: Class) -> bool {
        self.classes.has(class)
    }
}

/// A page with a mark for each word.
pub(super) struct Sheet<'a> {
    pub(super) page: Page<'a>,
    marks: Vec<Mark>,
    /// Words that the article also prints in small letters.
    small: HashSet<&'a str>,
}

impl<'a> Sheet<'a> {
    /// Looks at every word of a page.
    pub(super) fn of(page: Page<'a>) -> Self {
        let words = page.words().len();
        let mut sheet = Self { page, marks: Vec::with_capacity(words), small: HashSet::with_capacity(words / 2) };
        let mut sentences = page.analysis.sentences.iter().map(|start| *start as usize).peekable();
        let mut lines = Vec::new();
        for word in 0..words {
            let begins_line = sentences.next_if_eq(&word).is_some() || sheet.begins_line(word);
            if begins_line {
                lines.push(word);
            }
            let begins = begins_line || sheet.is_set_off(word);
            let shape = shape(page.printed(word));
            let classes = match shape {
                Shape::Small => sheet.small_classes(word),
                _ => sheet.classes(word),
            };
            if shape == Shape::Small {
                sheet.small.insert(page.analysis.tokens.joined(&page.words()[word]));
            }
            sheet.marks.push(Mark { shape, classes, begins, is_headline: false });
        }
        sheet.mark_headlines(&lines);
        sheet
    }

    /// What is known of a word; of no word when there is none.
    pub(super) fn mark(&self, word: usize) -> Mark {
        self.marks.get(word).copied().unwrap_or_default()
    }

    /// The lists of a word; a hyphenated one that stands in none has those of its parts.
    fn classes(&self, word: usize) -> Classes {
        let whole = lexicon::classes(self.base(word));
        let tokens = &self.page.analysis.tokens;
        let Some(word) = self.page.words().get(word).filter(|_| whole == Classes::default()) else { return whole };
        let parts = tokens.forms(word).filter(|form| form.kind == FormKind::Part);
        parts.fold(whole, |classes, part| classes.and(lexicon::classes(part.text).but(Class::Place)))
    }

    /// The lists of a word in small letters; `then-president` is a role as president is.
    fn small_classes(&self, word: usize) -> Classes {
        let whole = lexicon::classes_of_small(self.base(word));
        match self.page.printed(word).rsplit_once('-') {
            Some((_, last)) if whole == Classes::default() => {
                lexicon::classes_of_small(&text::fold(last)).but(Class::Function)
            }
            _ => whole,
        }
    }

    /// A word folded, without a possessive ending.
    pub(super) fn base(&self, word: usize) -> &'a str {
        let tokens = &self.page.analysis.tokens;
        let Some(word) = self.page.words().get(word) else { return "" };
        tokens.possessive_base(word).unwrap_or_else(|| tokens.joined(word))
    }

    /// The folded words of a range, without possessive endings.
    pub(super) fn bases(&self, words: &Range<usize>) -> impl DoubleEndedIterator<Item = &'a str> + Clone {
        words.clone().map(|word| self.base(word))
    }

    /// Whether a word has a possessive ending.
    pub(super) fn is_possessive(&self, word: usize) -> bool {
        self.page.words().get(word).is_some_and(|word| self.page.analysis.tokens.possessive_base(word).is_some())
    }

    /// The bytes of some words, without a possessive ending of the last, with the last dot of `U.N.`.
    pub(super) fn bytes(&self, words: &Range<usize>) -> Range<usize> {
        let mut bytes = self.page.bytes(words);
        let last = words.end.saturating_sub(1);
        if self.page.printed(last).contains('.')
            && self.mark(last).is_capital()
            && self.page.text.get(bytes.end..).is_some_and(|rest| rest.starts_with('.'))
        {
            bytes.end += 1;
        }
        if self.is_possessive(last) {
            let bare = self.page.printed(last).trim_end_matches(['s', 'S']);
            let bare = bare.trim_end_matches(|c: char| !c.is_alphanumeric());
            bytes.end = self.page.words().get(last).map_or(bytes.end, |word| word.start as usize + bare.len());
        }
        bytes
    }

    /// Whether the article also prints this word in small letters.
    pub(super) fn is_also_small(&self, base: &str) -> bool {
        self.small.contains(base)
    }

    /// Whether a word and the next may belong to one name.
    pub(super) fn joins(&self, word: usize) -> bool {
        let gap = self.page.gap(word);
        !self.is_possessive(word)
            && match gap {
                " " => true,
                "" => false,
                _ if gap.trim_matches(' ').is_empty() => true,
                _ if gap.starts_with('.') => self.is_shortened(word) && gap[1..].trim_matches(' ').is_empty(),
                _ => gap.trim_matches(' ') == "\n" && self.is_wrapped(word),
            }
    }

    /// Whether a dot behind a word belongs to it.
    fn is_shortened(&self, word: usize) -> bool {
        let mark = self.mark(word);
        mark.shape == Shape::Initials
            || mark.is_capital() && (mark.is(Class::Honorific) || matches!(self.base(word), "st" | "ste" | "ft" | "mt"))
    }

    /// Whether the line a word ends is long enough to have been broken for want of room.
    fn is_wrapped(&self, word: usize) -> bool {
        const SHORT: usize = 45;
        let end = self.page.words().get(word).map_or(0, |word| word.end as usize);
        let before = self.page.text.as_bytes().get(end.saturating_sub(SHORT)..end).unwrap_or_default();
        before.len() == SHORT && !before.contains(&b'\n')
    }

    /// Whether a word begins a line that was not broken for want of room.
    fn begins_line(&self, word: usize) -> bool {
        let Some(before) = word.checked_sub(1) else { return true };
        self.page.gap(before).contains('\n') && !self.is_wrapped(before)
    }

    /// Whether a word begins a quotation or an item.
    fn is_set_off(&self, word: usize) -> bool {
        let signs = [':', '•', '–', '—', '|', '*', '"', '“', '„', '«'];
        word.checked_sub(1).is_some_and(|before| self.page.gap(before).contains(signs))
    }

    /// Marks the sentences and lines, by their first words, in which nearly every word has a capital.
    fn mark_headlines(&mut self, starts: &[usize]) {
        let ends = starts.iter().skip(1).copied().chain([self.marks.len()]);
        for (start, end) in starts.iter().copied().zip(ends) {
            if self.is_headline(start..end) {
                self.marks.get_mut(start..end).into_iter().flatten().for_each(|mark| mark.is_headline = true);
            }
        }
    }

    fn is_headline(&self, sentence: Range<usize>) -> bool {
        let (mut long, mut capital, mut capitals, mut common) = (0, 0, 0, 0);
        for word in sentence.clone() {
            let mark = self.mark(word);
            let printed = self.page.printed(word);
            let is_joining = mark.shape == Shape::Small && mark.is(Class::Function);
            if printed.len() < 4 || is_joining || !printed.starts_with(char::is_alphabetic) {
                continue;
            }
            long += 1;
            capital += usize::from(mark.is_capital());
            capitals += usize::from(mark.shape == Shape::Capitals);
            common += usize::from(mark.is_capital() && !mark.begins && self.is_ordinary(word));
        }
        // With a full stop it is a sentence, which may name many.
        let is_closed = sentence.end.checked_sub(1).is_some_and(|last| self.page.has_stop(last));
        long >= 3 && (long - capital) * 8 <= long && (common >= 2 && !is_closed || capitals * 5 >= long * 4)
    }

    /// Whether a word with a capital is known for anything but names.
    fn is_ordinary(&self, word: usize) -> bool {
        let mark = self.mark(word);
        mark.is(Class::Common) && !mark.classes.any(&[Class::Given, Class::Nation, Class::OrgWord, Class::Calendar])
            || self.is_also_small(self.base(word))
    }
}

fn shape(printed: &str) -> Shape {
    let mut letters = printed.chars();
    let Some(first) = letters.next() else { return Shape::Small };
    if first.is_ascii_lowercase() {
        let is_prefixed = ["al-", "el-", "ad-", "as-", "ash-", "ar-", "bin-", "d'", "d’", "l'"]
            .iter()
            .any(|prefix| printed.strip_prefix(prefix).is_some_and(|rest| rest.starts_with(char::is_uppercase)));
        return if is_prefixed { Shape::Capital } else { Shape::Small };
    }
    if !first.is_uppercase() || is_compound(printed) {
        return Shape::Small;
    }
    let rest = letters.as_str();
    if rest.is_empty() || rest.len() <= 4 && rest.contains('.') && rest.chars().all(|c| c.is_uppercase() || c == '.') {
        return Shape::Initials;
    }
    let is_plain = |c: char| c.is_uppercase() || c.is_numeric() || "'’.-&".contains(c) || c == 's';
    let capitals = rest.chars().filter(|c| c.is_uppercase()).count();
    if capitals > 0 && rest.chars().all(is_plain) { Shape::Capitals } else { Shape::Capital }
}

/// `Hull-based`, `Serb-held`: no part of a name, though its first letter is a capital.
fn is_compound(printed: &str) -> bool {
    const ENDS: [&str; 10] = ["ed", "led", "held", "run", "born", "style", "era", "wide", "old", "ing"];
    let last = printed.rsplit_once('-').map(|(_, last)| last);
    last.is_some_and(|last| {
        last.starts_with(|c: char| c.is_ascii_lowercase()) && ENDS.iter().any(|end| last.ends_with(end))
    })
}
