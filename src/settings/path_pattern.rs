//! What the paths of an archive say: a pattern such as `{source}/{yyyy}/{mm}-{dd}-*.txt`, and its match on a path.
//!
//! It never reads a date that no calendar has, and never half a path.

use std::collections::BTreeMap;

use crate::date::Date;

/// The names a pattern may hold, and whether they stand for digits, and how many.
const NAMES: &[(&str, Option<usize>)] =
    &[("source", None), ("section", None), ("yyyy", Some(4)), ("mm", Some(2)), ("dd", Some(2))];

/// What a path says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromPath {
    /// The newspaper.
    pub source: Option<String>,
    /// Its section.
    pub section: Option<String>,
    /// The day, month or year of publication.
    pub date: Option<Date>,
}

/// A pattern of paths, its pieces in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// These letters.
    Exactly(String),
    /// `*`: anything within a folder's or file's name.
    Any,
    /// `**`: anything, folders too.
    Folders,
    /// `{name}`, with the number of its digits.
    Named(&'static str, Option<usize>),
}

impl PathPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// A sentence about the name that is none, or the bracket that is not closed.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text.trim_start_matches('/');
        while let Some(first) = rest.chars().next() {
            let length = match first {
                '{' => {
                    let end = rest.find('}').ok_or("a bracket { is not closed")?;
                    let name = rest.get(1..end).unwrap_or_default();
                    let known = NAMES.iter().find(|(known, _)| *known == name);
                    let (name, digits) = known.ok_or_else(|| {
                        format!("nothing is called {{{name}}}; there are {{source}}, {{section}}, {{yyyy}}, {{mm}} and {{dd}}")
                    })?;
                    pieces.push(Piece::Named(name, *digits));
                    end + 1
                }
                '*' if rest.starts_with("**") => {
                    pieces.push(Piece::Folders);
                    2
                }
                '*' => {
                    pieces.push(Piece::Any);
                    1
                }
                _ => {
                    let end = rest.find(['{', '*']).unwrap_or(rest.len());
                    pieces.push(Piece::Exactly(rest.get(..end).unwrap_or_default().to_owned()));
                    end
                }
            };
            rest = rest.get(length..).unwrap_or_default();
        }
        Ok(Self(pieces))
    }

    /// What a path with `/` says, if the whole of it fits.
    pub fn read(&self, path: &str) -> Option<FromPath> {
        let mut found = BTreeMap::new();
        // Each try costs a step; a path of wildcards and no fit must end, too.
        if !fits(&self.0, path, &mut found, &mut 100_000) {
            return None;
        }
        let number = |name: &str| found.get(name).and_then(|digits: &String| digits.parse::<i16>().ok());
        let small = |name: &str| number(name).and_then(|number| i8::try_from(number).ok());
        let date = match number("yyyy") {
            Some(year) => Some(Date::from_parts(year, small("mm"), small("mm").and(small("dd")))?),
            None => None,
        };
        Some(FromPath { source: found.get("source").cloned(), section: found.get("section").cloned(), date })
    }
}

fn fits(pieces: &[Piece], path: &str, found: &mut BTreeMap<&'static str, String>, steps: &mut u32) -> bool {
    let Some((piece, later)) = pieces.split_first() else { return path.is_empty() };
    *steps = steps.saturating_sub(1);
    if *steps == 0 {
        return false;
    }
    let (least, most, is_folders) = match piece {
        Piece::Exactly(text) => {
            return path.strip_prefix(text.as_str()).is_some_and(|rest| fits(later, rest, found, steps));
        }
        Piece::Any => (0, path.len(), false),
        Piece::Folders => (0, path.len(), true),
        Piece::Named(_, Some(digits)) => (*digits, *digits, false),
        Piece::Named(_, None) => (1, path.len(), false),
    };
    for end in least..=most {
        let Some((head, rest)) = path.split_at_checked(end) else { if end > path.len() { break } else { continue } };
        if !is_folders && head.contains('/') {
            break;
        }
        if let Piece::Named(name, digits) = piece {
            if digits.is_some() && !head.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            found.insert(name, head.to_owned());
        }
        if fits(later, rest, found, steps) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pattern: &str, path: &str, expected: Option<(&str, &str)>) {
        let found = PathPattern::parse(pattern).unwrap().read(path);
        let found = found.map(|found| {
            let date = found.date.map(|date| date.edtf().to_owned()).unwrap_or_default();
            (found.source.unwrap_or_default(), date)
        });
        assert_eq!(found, expected.map(|(source, date)| (source.to_owned(), date.to_owned())), "{pattern} {path}");
    }

    #[test]
    fn paths_say_source_and_date() {
        let pattern = "{source}/{yyyy}/{mm}-{dd}-*.txt";
        check(pattern, "courier/1931/03-17-weavers.txt", Some(("courier", "1931-03-17")));
        check(pattern, "courier/1931/13-17-weavers.txt", None);
        check(pattern, "courier/old/1931/03-17-weavers.txt", None);
        check(pattern, "courier/1931/march.txt", None);
        check("{source}/**/{yyyy}-{mm}*", "courier/a/b/1931-03 x.md", Some(("courier", "1931-03")));
        check("**/{yyyy}*", "a/1931.txt", Some(("", "1931")));
        check("papers/{source}_*", "papers/hull packet_7.txt", Some(("hull packet", "")));
        check("*é{source}", "aéü/b", None);
        check(&"*a".repeat(40), &"a".repeat(39), None);
    }

    #[test]
    fn wrong_patterns_are_told() {
        assert!(PathPattern::parse("{paper}/*").unwrap_err().contains("nothing is called {paper}"));
        assert_eq!(PathPattern::parse("{source").unwrap_err(), "a bracket { is not closed");
    }
}
