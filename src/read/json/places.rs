//! The strings of a JSON record that is printed over several lines, and which of them a text is.
//!
//! It never reads a record again that stands on one line: that line is where all of it stands.

use crate::{
    article::{Draft, Newlines, Origin, Traced},
    read::{fragment, source::Source},
};

/// How many strings are tried as the first of a list of paragraphs.
const MOST_TRIED: usize = 8;
/// How many times a record is searched through, at most, for texts that are no whole string of it.
const MOST_SEARCHED: usize = 64;

/// Says of the texts of a record's articles where they stand in the file.
pub(super) fn tell(record: &str, file: &Source<'_>, drafts: &mut [Draft]) {
    if !record.contains('\n') {
        return;
    }
    let Some(from) = file.place_of(record) else { return };
    let mut strings = Strings { all: strings(record, from), last: (0, 0), left: MOST_SEARCHED * record.len() };
    let own = Origin::on_line(0);
    let own = Source::of(record, &own);
    for passage in drafts.iter_mut().flat_map(|draft| &mut draft.passages) {
        let text = passage.text.as_str();
        let found = strings.next(text).or_else(|| strings.whole(text)).or_else(|| paragraphs(&strings.all, text));
        if let Some(found) = found.or_else(|| strings.any(text)) {
            passage.origin = file.origin(&found);
        } else if let Some(origin) = strings.shown(text, file) {
            passage.origin = origin;
        } else if strings.may_search(record.len())
            && let Some(at) = own.search(text)
        {
            passage.origin = Origin::on_line(file.line_at(from + at));
        }
    }
}

/// The strings of a record, and how much they may still be searched.
struct Strings {
    all: Vec<Traced>,
    /// The string in which the last text was found that is none itself, and where it ended.
    last: (usize, usize),
    left: usize,
}

impl Strings {
    /// A string that is this text.
    fn whole(&mut self, text: &str) -> Option<Traced> {
        let bare = Some(text.trim()).filter(|_| self.may_search(self.all.len()))?;
        let string = self.all.iter().find(|string| string.len() >= text.len() && string.trim() == bare)?;
        piece(string, string.find(text)?, text)
    }

    /// What follows closely on the text that was found last, as parts of a text do.
    fn next(&mut self, text: &str) -> Option<Traced> {
        const NEAR: usize = 64;
        let (n, from) = self.last;
        let string = self.all.get(n).filter(|_| from > 0)?;
        let near = string.floor_char_boundary(from + NEAR + text.len());
        let at = from + string.get(from..near)?.find(text)?;
        self.last.1 = at + text.len();
        piece(string, at, text)
    }

    /// A string that holds this text.
    fn any(&mut self, text: &str) -> Option<Traced> {
        for n in 0..self.all.len() {
            let length = self.all.get(n).map_or(0, |string| string.len());
            if length < text.len() || !self.may_search(length) {
                continue;
            }
            let string = self.all.get(n)?;
            if let Some(at) = string.find(text) {
                self.last = (n, at + text.len());
                return piece(string, at, text);
            }
        }
        None
    }

    /// Where a text stands that a string marked up as HTML shows.
    fn shown(&mut self, text: &str, file: &Source<'_>) -> Option<Origin> {
        for n in 0..self.all.len() {
            let length = self.all.get(n).filter(|string| string.contains('<')).map_or(0, |string| string.len());
            if length < text.len() || !self.may_search(length) {
                continue;
            }
            let string = self.all.get(n)?;
            let shown = fragment::traced(string);
            if let Some(found) = shown.piece(text) {
                return Some(found.origin(&file.origin(string), &Newlines::of(string.as_str())));
            }
        }
        None
    }

    /// Whether so many bytes may still be searched through.
    fn may_search(&mut self, bytes: usize) -> bool {
        let left = self.left.checked_sub(bytes);
        self.left = left.unwrap_or(0);
        left.is_some()
    }
}

fn piece(string: &Traced, at: usize, text: &str) -> Option<Traced> {
    let mut found = Traced::default();
    found.append(string, at..at + text.len());
    (found.as_str() == text).then_some(found)
}

/// Strings that stand one behind the other, a blank line between.
fn paragraphs(strings: &[Traced], text: &str) -> Option<Traced> {
    let first = text.split("\n\n").next().filter(|first| first.len() < text.len())?;
    let begins = strings.iter().enumerate().filter(|(_, string)| string.starts_with(first));
    begins.take(MOST_TRIED).find_map(|(n, _)| {
        let mut left = text;
        let mut count = 0;
        for string in strings.get(n..)? {
            left = left.strip_prefix(string.as_str())?;
            count += 1;
            if left.is_empty() {
                return Some(Traced::together(strings.get(n..n + count)?.iter(), "\n\n"));
            }
            left = left.strip_prefix("\n\n")?;
        }
        None
    })
}

/// The strings that are values; the record begins at byte `from` of what they are traced to.
fn strings(record: &str, from: usize) -> Vec<Traced> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = memchr::memchr(b'"', record.as_bytes().get(at..).unwrap_or_default()) {
        let start = at + start + 1;
        let rest = record.get(start..).unwrap_or_default();
        let (string, length) = unescaped(rest, from + start);
        at = start + length + 1;
        let is_name = record.get(at..).is_some_and(|behind| behind.trim_start().starts_with(':'));
        if !is_name && !string.is_empty() {
            found.push(string);
        }
    }
    found
}

/// What stands before the next quote, escapes resolved and line ends made `\n`, and how many bytes that takes.
fn unescaped(text: &str, from: usize) -> (Traced, usize) {
    let mut out = Traced::default();
    let mut at = 0;
    let mut was_return = false;
    while let Some(rest) = text.get(at..) {
        let plain = memchr::memchr2(b'"', b'\\', rest.as_bytes()).unwrap_or(rest.len());
        out.push(rest.get(..plain).unwrap_or_default(), from + at);
        was_return &= plain == 0;
        at += plain;
        let Some(escape) = text.get(at..).filter(|rest| rest.starts_with('\\')) else { break };
        let Some((meant, length)) = meant(escape) else { break };
        match meant {
            '\n' if was_return => {}
            '\r' => out.put("\n", from + at),
            meant => out.put(meant.encode_utf8(&mut [0; 4]), from + at),
        }
        was_return = meant == '\r';
        at += length;
    }
    (out, at)
}

/// The character of an escape, and how many bytes it takes.
fn meant(escape: &str) -> Option<(char, usize)> {
    let unit = |at: usize| {
        let digits = escape.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(digits, 16).ok()
    };
    let simple = match escape.as_bytes().get(1)? {
        b'u' => {
            let pair = [unit(0)?, unit(6).unwrap_or(0)];
            let found = char::decode_utf16(pair).next()?;
            return found.ok().map(|meant| (meant, 6 * meant.len_utf16()));
        }
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        other => char::from(*other),
    };
    Some((simple, 2))
}
