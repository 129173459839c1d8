//! Factiva text downloads, with field codes (`HD`, `WC`, `PD` …) and in the plain layout.
//!
//! It never takes two capitals for a code unless the table has them.

use super::{Clipping, Line, nexis::language, words};
use crate::date::Date;

/// Codes that mean one of our fields, or are kept under a name.
const CODES: &[(&str, &str)] = &[
    ("SE", "section"),
    ("HD", "title"),
    ("BY", "byline"),
    ("CR", "credit"),
    ("WC", "words"),
    ("PD", "published"),
    ("ET", "time"),
    ("SN", "source"),
    ("SC", "source_code"),
    ("ED", "edition"),
    ("PG", "page"),
    ("VOL", "volume"),
    ("LA", "language"),
    ("CY", "rights"),
    ("LP", "body"),
    ("TD", "body"),
    ("CT", "contact"),
    ("ART", "graphic"),
    ("RF", "reference"),
    ("CO", "organisations"),
    ("IN", "industry"),
    ("NS", "subjects"),
    ("RE", "places"),
    ("PE", "people"),
    ("IPD", "publisher_codes"),
    ("IPC", "publisher_codes"),
    ("PUB", "publisher_name"),
    ("AN", "accession_number"),
];

/// Whether a text is such a download.
pub(super) fn is(text: &str) -> bool {
    let mut has = [false; 3];
    for line in text.lines().take(20_000) {
        match code(line) {
            Some(("HD", _)) => has[0] = true,
            Some(("WC" | "SN", _)) => has[1] = true,
            Some(("PD", _)) => has[2] = true,
            _ => {}
        }
        if has == [true; 3] {
            return true;
        }
    }
    text.lines().any(|line| is_document(line.trim())) && text.lines().any(|line| words(line).is_some())
}

/// The lines of each article.
pub(super) fn cut<'a, 'b>(lines: &'b [Line<'a>]) -> Vec<&'b [Line<'a>]> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut has_head = false;
    for (n, line) in lines.iter().enumerate() {
        let begins = code(line.text).is_some_and(|(code, _)| code == "SE" || code == "HD");
        if begins && has_head && code(line.text).is_some_and(|(code, _)| code == "HD" || n > start) {
            found.push(lines.get(start..n).unwrap_or_default());
            start = n;
        }
        has_head = if begins { code(line.text).is_some_and(|(code, _)| code == "HD") } else { has_head };
        if is_document(line.bare()) {
            found.push(lines.get(start..=n).unwrap_or_default());
            start = n + 1;
            has_head = false;
        }
    }
    found.push(lines.get(start..).unwrap_or_default());
    found.retain(|lines| lines.iter().any(|line| !(line.is_blank() || is_footer(line.bare()))));
    found
}

/// Reads one article.
pub(super) fn read<'a>(lines: &[Line<'a>]) -> Result<Clipping<'a>, String> {
    let is_coded = lines.iter().any(|line| code(line.text).is_some_and(|(code, _)| code == "HD"));
    let mut clipping = Clipping::default();
    if is_coded {
        coded(lines, &mut clipping)
    } else {
        plain(lines, &mut clipping)?
    }
    clipping.checked()
}

/// A code of the table at the beginning of a line, with what follows it.
fn code(line: &str) -> Option<(&'static str, &str)> {
    let end = line.find(|c: char| !c.is_ascii_uppercase()).unwrap_or(line.len());
    let (code, rest) = line.split_at(end);
    let known = CODES.iter().find(|(known, _)| *known == code)?;
    let is_parted = rest.trim().is_empty() || rest.starts_with('\t') || rest.starts_with("  ");
    is_parted.then_some((known.0, rest.trim()))
}

fn coded<'a>(lines: &[Line<'a>], clipping: &mut Clipping<'a>) {
    let at = |n: usize| lines.get(n).and_then(|line| code(line.text));
    let starts: Vec<usize> = (0..lines.len()).filter(|n| at(*n).is_some()).collect();
    let mut body = Vec::new();
    for (i, start) in starts.iter().enumerate() {
        let Some((code, first)) = at(*start) else { continue };
        let end = starts.get(i + 1).copied().unwrap_or(lines.len());
        let rest = lines.get(start + 1..end).unwrap_or_default();
        let name = CODES.iter().find(|(known, _)| *known == code).map_or(code, |(_, name)| name);
        if name == "body" {
            let number = lines.get(*start).map_or(0, |line| line.number);
            body.push(Line { number, text: first });
            body.extend(rest.iter().map(|line| Line { text: line.text.trim_start(), ..*line }));
            continue;
        }
        let more = rest.iter().filter(|line| !(line.is_blank() || is_footer(line.bare())));
        // The number of an article takes one line; behind the last one stands what was searched for.
        let more = more.filter(|_| code != "AN");
        clipping.label = code;
        let value = std::iter::once(first).chain(more.map(Line::bare)).collect::<Vec<_>>().join(" ");
        field(name, value.trim(), clipping);
    }
    clipping.fill(&body);
}

fn field(name: &str, value: &str, clipping: &mut Clipping<'_>) {
    match name {
        "words" => clipping.words = words(value),
        "published" => clipping.put(name, value),
        "language" => clipping.put(name, language(value)),
        "organisations" | "subjects" | "places" | "people" => {
            // `usa : United States | eurz : Euro Zone`: what stands behind the code.
            let shown = |item: &str| item.rsplit(" : ").next().unwrap_or(item).trim().to_owned();
            let list: Vec<String> = value.split('|').map(shown).filter(|item| !item.is_empty()).collect();
            clipping.put(name, &list.join("; "));
        }
        _ => clipping.put(name, value),
    }
}

/// The layout without codes: title, byline, words, date, source, code, language, rights, text.
fn plain<'a>(lines: &[Line<'a>], clipping: &mut Clipping<'a>) -> Result<(), String> {
    let said: Vec<(usize, &Line<'_>)> = lines.iter().enumerate().filter(|(_, line)| !line.is_blank()).collect();
    let Some(count) = said.iter().position(|(_, line)| words(line.bare()).is_some()) else {
        return Err("an article of a download in a shape unknown here: no number of words found".to_owned());
    };
    let (head, rest) = said.split_at(count);
    let (bylines, titles): (Vec<&str>, Vec<&str>) =
        head.iter().map(|(_, line)| line.bare()).partition(|line| is_byline(line));
    clipping.put("byline", &bylines.join(" "));
    clipping.put("title", titles.first().unwrap_or(&""));
    clipping.put("subtitle", &titles.get(1..).unwrap_or_default().join(" "));
    let Some(((counted, line), below)) = rest.split_first() else { return Ok(()) };
    clipping.words = words(line.bare());
    let end = small_lines(below, clipping)?.unwrap_or(*counted) + 1;
    let is_text = |line: &&Line<'_>| !is_document(line.bare());
    let body: Vec<Line<'_>> = lines.get(end..).unwrap_or_default().iter().take_while(is_text).copied().collect();
    if let Some(number) = lines.iter().map(|line| line.bare()).find(|line| is_document(line)) {
        clipping.put("accession_number", number);
    }
    clipping.fill(&body);
    Ok(())
}

/// The small lines between the number of words and the text, a date first; where the last of them stands.
fn small_lines(below: &[(usize, &Line<'_>)], clipping: &mut Clipping<'_>) -> Result<Option<usize>, String> {
    let (mut last, mut has_source) = (None, false);
    for (n, (at, line)) in below.iter().enumerate().take(12) {
        let line = line.bare();
        if last.is_none() {
            if Date::parse_printed(line).is_err() {
                return Err("an article of a download in a shape unknown here: no date below the words".to_owned());
            }
            clipping.put("published", line);
        } else if is_time(line) && (!has_source || is_small(line)) {
            clipping.put("time", line);
        } else if !has_source {
            has_source = true;
            clipping.put("source", line);
        } else if is_edition(below, n) {
            clipping.put("edition", line);
        } else if is_small(line) {
            clipping.put(small(line), if small(line) == "language" { language(line) } else { line });
        } else {
            break;
        }
        last = Some(*at);
    }
    Ok(last)
}

/// Whether a line is no small one itself but stands closely above the language or the rights: `Final`.
fn is_edition(below: &[(usize, &Line<'_>)], n: usize) -> bool {
    const MOST: usize = 30;
    let Some((at, line)) = below.get(n).filter(|(_, line)| !is_small(line.bare())) else { return false };
    let next = below.iter().skip(n + 1).zip(1..=3).take_while(|((below, _), step)| *below == at + step);
    line.bare().len() <= MOST
        && next.into_iter().any(|((_, line), _)| matches!(small(line.bare()), "language" | "rights"))
}

fn is_byline(line: &str) -> bool {
    line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "))
}

fn is_time(line: &str) -> bool {
    // `10:00`, `10:00 GMT`, `5:01 PM`
    line.len() <= 12
        && line.contains(':')
        && line.starts_with(|c: char| c.is_ascii_digit())
        && line.chars().all(|c| c.is_ascii_digit() || c.is_ascii_uppercase() || matches!(c, ':' | ' '))
}

/// Whether a line is one of the small ones between source and text.
fn is_small(line: &str) -> bool {
    small(line) != "text"
}

fn small(line: &str) -> &'static str {
    let is_code = line.len() <= 8 && line.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let is_number = line.len() <= 6 && line.chars().any(|c| c.is_ascii_digit());
    if line.starts_with("(c)") || line.starts_with('©') || line.starts_with("Copyright") {
        "rights"
    } else if language(line).len() == 2 && line.chars().count() > 2 {
        "language"
    } else if is_number {
        "page"
    } else if is_code {
        "source_code"
    } else {
        "text"
    }
}

/// `Document NCOUR00020250314el3e00001`: the last line of an article.
fn is_document(line: &str) -> bool {
    let number = line.strip_prefix("Document ").unwrap_or_default();
    number.len() >= 15
        && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && number.bytes().filter(u8::is_ascii_digit).count() >= 8
}

fn is_footer(line: &str) -> bool {
    line.starts_with("© 20") && line.contains("Factiva") || line == "Search Summary" || line.starts_with("Page ")
}
