//! Dates in addresses and in the names of files and folders: `/2025/03/14/`, `20250314`, `1916/05/`.
//!
//! A number that may as well count something is never a year: a file called `1997` has no date.

use crate::date::{Date, month_in};
use crate::text::{Language, fold};

/// The date in an address: at least a month.
pub(super) fn date_of_url(url: &str) -> Option<Date> {
    let path = &parted(path_of(url)?);
    folders(path).or_else(|| path.rsplit('/').find_map(in_name)).filter(|date| date.edtf().len() > 4)
}

/// The date in the path of a file: that of its name, else of its folders, the nearest first; at least a month, for a folder
/// called `2025` may hold what somebody kept in that year.
pub(super) fn date_of_file(path: &str) -> Option<Date> {
    let (above, name) = path.rsplit_once('/').unwrap_or(("", path));
    let named = in_name(name).or_else(|| folders(path).filter(|date| date.edtf().len() > 4));
    named.or_else(|| above.rsplit('/').find_map(in_name))
}

/// The year of a file's folders: it dates nothing by itself, but completes a date without a year.
pub(super) fn year_of_file(path: &str) -> Option<i16> {
    folders(path).and_then(|date| date.edtf().get(..4)?.parse().ok())
}

/// The section an address names in its first folder, as written there.
pub(super) fn section(url: &str) -> Option<String> {
    const SECTIONS: &[&str] = &[
        "world",
        "politics",
        "business",
        "economy",
        "sport",
        "sports",
        "opinion",
        "comment",
        "technology",
        "tech",
        "science",
        "health",
        "culture",
        "arts",
        "entertainment",
        "lifestyle",
        "travel",
        "education",
        "environment",
        "books",
        "money",
        "local",
        "national",
        "society",
        "media",
        "football",
        "music",
        "film",
        "obituaries",
    ];
    let mut folders = path_of(url)?.split('/').filter(|folder| !folder.is_empty() && *folder != "news");
    let first = folders.next()?;
    let is_folder = folders.next().is_some();
    (is_folder && SECTIONS.contains(&first)).then(|| first.to_owned())
}

fn path_of(url: &str) -> Option<&str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let path = rest.split_once('/')?.1;
    path.split(['?', '#']).next()
}

/// An address with a folder for each of year, month and day, where one stands for two: `2025-03/14`, `2025/0314`.
fn parted(path: &str) -> String {
    let mut parted = String::with_capacity(path.len() + 4);
    let mut follows_year = false;
    for part in path.split_inclusive('/') {
        let is_year = |part: &str| part.get(..4).and_then(plausible).is_some();
        let folder = part.strip_suffix('/').unwrap_or_default();
        match folder.len() {
            7 if is_year(folder) && folder.as_bytes().get(4) == Some(&b'-') => {
                parted.push_str(&part.replacen('-', "/", 1))
            }
            4 if follows_year && folder.bytes().all(|byte| byte.is_ascii_digit()) && !is_year(folder) => {
                parted.extend([&part[..2], "/", &part[2..]]);
            }
            _ => parted.push_str(part),
        }
        follows_year = folder.len() == 4 && is_year(folder);
    }
    parted
}

/// Folders called year, month and day, as far as they go: `2025/03/14`, `2025/mar/14`, `1916/05`, `1916`.
fn folders(path: &str) -> Option<Date> {
    let parts: Vec<&str> = path.split('/').collect();
    let year = |part: &str| if part.len() == 4 { plausible(part) } else { None };
    let at = parts.iter().rposition(|part| year(part).is_some())?;
    let year = year(parts.get(at)?)?;
    // The last part is the file: `1997` there is a number, `24 fever.txt` a day.
    if at + 1 == parts.len() {
        return None;
    }
    let month = parts.get(at + 1).and_then(|part| month(part));
    let day = parts.get(at + 2).filter(|_| month.is_some()).and_then(|part| leading_day(part));
    Date::from_parts(year, month, day).or_else(|| Date::from_parts(year, None, None))
}

fn month(part: &str) -> Option<i8> {
    let number = if part.len() == 2 { part.parse().ok() } else { month_in(Language::ENGLISH, &fold(part)) };
    number.filter(|month| (1..=12).contains(month))
}

/// Two digits at the beginning, not followed by a third.
fn leading_day(part: &str) -> Option<i8> {
    let digits = part.bytes().take_while(u8::is_ascii_digit).count();
    let is_day = digits == 2 && !part.get(2..).is_some_and(|rest| rest.starts_with('.') && rest.len() > 6);
    is_day.then(|| part.get(..2)?.parse().ok())?
}

/// `2025-03-14`, `2025_03_14`, `2025.03.14`, `20250314` or `2025-03` in a name.
fn in_name(name: &str) -> Option<Date> {
    let bytes = name.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let starts = (0..bytes.len()).filter(|at| is_digit(*at) && !at.checked_sub(1).is_some_and(is_digit));
    let mut month_only = None;
    for start in starts {
        let run = (start..).take_while(|at| is_digit(*at)).count();
        let Some(year) = name.get(start..start + 4).and_then(plausible) else { continue };
        let two = |from: usize| -> Option<i8> {
            let is_pair = is_digit(from) && is_digit(from + 1) && (run == 8 || !is_digit(from + 2));
            name.get(from..from + 2).filter(|_| is_pair)?.parse().ok()
        };
        let day = match (run, bytes.get(start + 4)) {
            (8, _) => Date::from_parts(year, two(start + 4), two(start + 6)),
            (4, Some(b'-' | b'_' | b'.')) => {
                let month = two(start + 5);
                let is_same_sign = bytes.get(start + 7) == bytes.get(start + 4);
                let day = if is_same_sign { two(start + 8) } else { None };
                let is_month = month.is_some() && bytes.get(start + 4) == Some(&b'-') && !is_digit(start + 8);
                if day.is_none() && is_month && month_only.is_none() {
                    month_only = Date::from_parts(year, month, None);
                }
                day.and_then(|day| Date::from_parts(year, month, Some(day)))
            }
            _ => None,
        };
        if day.as_ref().is_some_and(|date| date.edtf().len() == 10) {
            return day;
        }
    }
    month_only
}

/// A year in which a newspaper may have appeared.
fn plausible(digits: &str) -> Option<i16> {
    let is_number = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|year| is_number && (1600..=2099).contains(year))
}
