//! Where the value of a field stands in front matter or among labels, also over several lines.
//!
//! It tells bytes only of words that stand there as they are.

use std::ops::Range;

use crate::{
    article::{Origin, Traced},
    read::source::Source,
};

/// Where a text stands that is the value of a name among the first `most` bytes; the line of the value if no more is known.
pub(super) fn place(source: &Source<'_>, most: usize, (name, text): (&str, &str)) -> Option<Origin> {
    let value = value(source.text().get(..most)?, name)?;
    let written = source.text().get(value.clone())?;
    let start = value.start + blank(written) + header(written.trim_start());
    let rest = source.text().get(start..value.end)?;
    let begin = start + blank(rest);
    let bare = rest.trim_start().trim_start_matches(['"', '\'']);
    if bare.starts_with(text) {
        return Some(source.origin(&Traced::of(text, value.end - bare.len())));
    }
    let origin = words(rest, start, text).map(|words| source.origin(&words));
    Some(origin.unwrap_or_else(|| Origin::on_line(source.line_at(begin))))
}

fn blank(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// The bytes behind the last such name at the beginning of a line, up to the next line that is not set in.
fn value(text: &str, name: &str) -> Option<Range<usize>> {
    let mut found: Option<Range<usize>> = None;
    let mut is_open = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let own = value_of(line, name);
        if let Some(behind) = own {
            found = Some(at + behind..at + line.len());
            is_open = true;
        } else if is_open && (line.trim().is_empty() || line.starts_with([' ', '\t', '-'])) && line.trim_end() != "---"
        {
            found = found.map(|value| value.start..at + line.len());
        } else {
            is_open = false;
        }
        at += line.len();
    }
    found
}

/// Where a value begins in a line that gives it this name: `name: `, `"name" = `.
fn value_of(line: &str, name: &str) -> Option<usize> {
    let quote = line.chars().next().filter(|sign| ['"', '\''].contains(sign));
    let bare = line.strip_prefix(['"', '\'']).unwrap_or(line).strip_prefix(name)?;
    let bare = quote.map_or(Some(bare), |quote| bare.strip_prefix(quote))?;
    let behind = bare.trim_start_matches([' ', '\t']).strip_prefix([':', '='])?;
    Some(line.len() - behind.len())
}

/// How many bytes the sign of a block takes that YAML sets in: `>`, `|-`.
fn header(value: &str) -> usize {
    let first = value.lines().next().unwrap_or_default();
    let is_sign = first.starts_with(['>', '|']) && first.trim_end().len() <= 3;
    if is_sign { first.len() } else { 0 }
}

/// The words of a text that are those of what is written from byte `start` on, or are made of them.
fn words(written: &str, start: usize, text: &str) -> Option<Traced> {
    let place = |piece: &str| piece.as_ptr() as usize - written.as_ptr() as usize;
    let mut pieces = written.split_whitespace();
    let mut out = Traced::default();
    let mut behind = 0;
    for word in text.split_whitespace() {
        let piece = pieces.next()?;
        let at = text.get(behind..)?.find(word)? + behind;
        let found = piece.find(word).filter(|at| *at == 0 || (*at == 1 && piece.starts_with(['"', '\''])));
        let near = start + place(piece);
        out.put(text.get(behind..at)?, near);
        match found {
            Some(within) => out.push(word, near + within),
            None => out.put(word, near),
        }
        behind = at + word.len();
    }
    (behind == text.len() && pieces.next().is_none()).then_some(out)
}
