//! Sentences and paragraphs: which words begin one.
//!
//! It looks only at what is printed between two words and at these words themselves; it knows no grammar.

use super::{Language, Word, fold::is_hyphen};

mod abbreviation;

/// What lies between two words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// Nothing: the sentence goes on.
    None,
    /// The second word begins a sentence.
    Sentence,
    /// The second word begins a paragraph.
    Paragraph,
}

/// How a part sets off its paragraphs, besides blank lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Layout {
    newline: Newline,
    indent: Newline,
}

/// What a newline, or one followed by an indent, is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Newline {
    Blank,
    Paragraph,
}

/// Average length in bytes from which a line is a whole paragraph.
const LONG_LINE: usize = 120;

impl Layout {
    /// The layout of a part.
    pub(super) fn of(part: &str) -> Self {
        let (mut lines, mut blank, mut indented, mut closed, mut bytes) = (0_usize, 0_usize, 0_usize, 0_usize, 0_usize);
        for line in part.trim_end().split('\n') {
            if line.trim_ascii().is_empty() {
                blank += 1;
                continue;
            }
            lines += 1;
            bytes += line.len();
            indented += usize::from(is_indent(line));
            closed += usize::from(line.trim_end_matches(is_closer_or_blank).ends_with(is_ender));
        }
        let is_closed = 2 * closed > lines;
        let newline = blank == 0 && is_closed && bytes > LONG_LINE * lines;
        // Where everything is indented, the indent says nothing, unless each line is a paragraph.
        let indent = newline || is_closed || 2 * indented <= lines;
        let meaning = |is_paragraph| if is_paragraph { Newline::Paragraph } else { Newline::Blank };
        Self { newline: meaning(newline), indent: meaning(indent) }
    }
}

/// The place where a break is looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) layout: Layout,
    pub(super) language: Language,
}

impl Reader<'_> {
    /// What lies between two words that follow each other.
    pub(super) fn between(&self, before: &Word, behind: &Word) -> Break {
        let gap = self.text.get(before.end as usize..behind.start as usize).unwrap_or("");
        if gap == " " || gap.is_empty() || self.is_line_end_hyphen(gap, behind) {
            Break::None
        } else if gap.contains('\n') && self.is_paragraph(gap) || gap.contains('\u{2029}') {
            Break::Paragraph
        } else if self.is_sentence(gap, before, behind) {
            Break::Sentence
        } else {
            Break::None
        }
    }

    /// Whether a word is cut there at the end of a line: a chain too long to be one word has such places inside.
    fn is_line_end_hyphen(&self, gap: &str, behind: &Word) -> bool {
        let line = gap.strip_prefix(|c| is_hyphen(c) || matches!(c, '\u{ad}' | '¬'));
        let line = line.and_then(|line| line.strip_prefix("\r\n").or_else(|| line.strip_prefix('\n')));
        line.is_some_and(|line| line.trim_start_matches([' ', '\t']).is_empty())
            && self.text.get(behind.span()).is_some_and(|next| next.starts_with(char::is_lowercase))
    }

    fn is_paragraph(&self, gap: &str) -> bool {
        let mut lines = gap.split('\n').skip(1);
        let Some(line) = lines.next() else { return false };
        lines.next().is_some()
            || self.layout.newline == Newline::Paragraph
            || (self.layout.indent == Newline::Paragraph && is_indent(line))
    }

    fn is_sentence(&self, gap: &str, before: &Word, behind: &Word) -> bool {
        let Some(end) = End::in_gap(gap) else { return false };
        if end.is_wide {
            return true;
        }
        let next = self.text.get(behind.span()).unwrap_or("");
        if end.is_glued {
            return self.is_lost_blank(before, next);
        }
        let Some(initial) = next.chars().next() else { return false };
        if initial.is_lowercase() && !end.has_quote {
            return false;
        }
        !(end.is_lone_dot && self.goes_on(before, next))
    }

    /// Whether a blank got lost between two sentences, as in `They left.Nobody came`; names such as Hill.TV are none.
    fn is_lost_blank(&self, before: &Word, next: &str) -> bool {
        let printed = self.text.get(before.span()).unwrap_or("");
        let mut letters = next.chars();
        printed.chars().rev().take(3).filter(|c| c.is_lowercase()).count() == 3
            && letters.next().is_some_and(char::is_uppercase)
            && letters.next().is_none_or(char::is_lowercase)
            && self.text.get(..before.start as usize).is_some_and(|text| !text.ends_with(['.', '/', '@']))
    }

    /// Whether the dot behind `before` is the dot of an abbreviation rather than the end of a sentence.
    fn goes_on(&self, before: &Word, next: &str) -> bool {
        let printed = self.text.get(before.span()).unwrap_or("");
        let last = printed.rsplit(is_hyphen).next().unwrap_or(printed);
        abbreviation::goes_on(last, next, self.language)
    }
}

/// The end of a sentence, as printed between two words.
struct End {
    /// A full-width stop, which needs no blank.
    is_wide: bool,
    /// Nothing but one dot behind the word.
    is_lone_dot: bool,
    /// The next word stands behind an opening quote.
    has_quote: bool,
    /// No blank follows.
    is_glued: bool,
}

impl End {
    fn in_gap(gap: &str) -> Option<Self> {
        let mut stops = 0;
        let mut state = State::Within;
        for c in gap.chars() {
            match c {
                '。' | '！' | '？' | '｡' => {
                    return Some(Self { is_wide: true, is_lone_dot: false, has_quote: false, is_glued: true });
                }
                _ if is_ender(c) => {
                    stops += 1;
                    state = State::Stopped;
                }
                ',' | ';' | ':' if state == State::Stopped => state = State::Within,
                _ if c.is_whitespace() && state == State::Stopped => state = State::Behind,
                '"' | '“' | '„' | '«' | '»' | '‘' | '\'' | '「' | '『' if state == State::Behind => {
                    state = State::Quoted;
                }
                _ => (),
            }
        }
        let has_quote = state == State::Quoted;
        let is_lone_dot = stops == 1 && gap.trim_start().starts_with('.');
        let is_glued = state == State::Stopped;
        (state != State::Within).then_some(Self { is_wide: false, is_lone_dot, has_quote, is_glued })
    }
}

/// How far the characters between two words have got.
#[derive(PartialEq)]
enum State {
    Within,
    Stopped,
    Behind,
    Quoted,
}

fn is_ender(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '‼' | '⁇' | '⁈' | '⁉' | '。' | '！' | '？' | '｡')
}

fn is_closer_or_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '”' | '’' | '»' | '«' | '“' | '‹' | '›' | ')' | ']' | '」' | '』')
}

fn is_indent(line: &str) -> bool {
    line.starts_with("  ") || line.starts_with('\t') || line.starts_with('\u{3000}') || line.starts_with("\u{a0}\u{a0}")
}

#[cfg(test)]
mod tests;
