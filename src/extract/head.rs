//! What a clipping says of itself without fields: byline, authors, dateline, address, section, day of publication.
//!
//! A field that came with the article always wins. Nothing becomes more precise than its source, and an agency in a
//! dateline is never taken for the newspaper.

mod byline;
mod dateline;
mod doubt;
mod path;

use crate::{
    article::{Draft, PartKind, Passage, PublishedFrom},
    date::{Date, parts_of},
};
use dateline::{Dateline, Told};
use doubt::Witness;

/// Fills what the draft leaves open; `path` is the file's, relative to the archive.
pub(super) fn fill(mut draft: Draft, path: &str) -> Draft {
    if draft.is_cut {
        return draft;
    }
    let header = header(&draft.passages);
    let dateline = body(&draft.passages).and_then(dateline::of);
    let told = &mut draft.told;
    fill_in(&mut draft.url, header.url, || told.tell("url", ABOVE, ""));
    fill_in(&mut draft.byline, header.byline, || told.tell("byline", ABOVE, ""));
    match draft.authors.take() {
        Some(given) => one_each(&mut draft, given),
        None => {
            let found = authors(&draft);
            fill_in(&mut draft.authors, found, || draft.told.tell("authors", "the byline", ""));
        }
    }
    let section = draft.url.as_deref().filter(|_| draft.section.is_none()).and_then(path::section);
    fill_in(&mut draft.section, section, || draft.told.tell("section", "the address", ""));
    doubt(&mut draft, header.date.as_ref(), dateline.as_ref(), path);
    if draft.published.is_none() {
        draft.published = published(&draft, header.date, dateline.as_ref(), path);
        if let Some((_, from)) = &draft.published {
            draft.told.tell("published", teller(*from), "");
        }
    }
    if let Some(dateline) = dateline {
        keep(&mut draft, "dateline", dateline.printed);
        if let Some(agency) = dateline.agency {
            keep(&mut draft, "agency", agency);
        }
    }
    draft
}

/// Who tells what stands above the text.
const ABOVE: &str = "a line above the text";

/// Who tells a day of publication that is nobody's field.
fn teller(from: PublishedFrom) -> &'static str {
    match from {
        PublishedFrom::Url => "the address",
        PublishedFrom::Filename => "the path",
        _ => "the dateline",
    }
}

/// Fills in what is open, and says so.
fn fill_in<T>(open: &mut Option<T>, found: Option<T>, tell: impl FnOnce()) {
    if open.is_none() && found.is_some() {
        *open = found;
        tell();
    }
}

/// Notes where a given day of publication is contradicted, unless the reader already noted that.
fn doubt(draft: &mut Draft, header: Option<&Date>, dateline: Option<&Dateline>, path: &str) {
    let Some((published, _)) = &draft.published else { return };
    let told = dateline.and_then(|dateline| match &dateline.told {
        Some(Told::Whole(date)) => Some(date),
        _ => None,
    });
    let year = || path::year_of_file(path).and_then(|year| Date::from_parts(year, None, None));
    let named = path::date_of_file(path).or_else(year);
    let url = draft.url.as_deref().and_then(path::date_of_url);
    let said = [(Witness::Path, named.as_ref()), (Witness::Address, url.as_ref()), (Witness::Head, header.or(told))];
    let said = said.into_iter().filter_map(|(witness, date)| Some((witness, date?)));
    let note = doubt::note(published, said);
    if !draft.notes.iter().any(|note| note.kind == "date") {
        draft.notes.extend(note);
    }
}

fn keep(draft: &mut Draft, name: &str, value: String) {
    draft.extra.entry(name).or_insert_with(|| value.into());
}

/// What the lines above the text say.
#[derive(Default)]
struct Header {
    byline: Option<String>,
    date: Option<Date>,
    url: Option<String>,
}

/// Longest line that may be a header, in bytes.
const LONGEST: usize = 200;

fn header(passages: &[Passage]) -> Header {
    let mut header = Header::default();
    let above = passages.iter().take_while(|passage| passage.kind != PartKind::Body);
    let above = above.filter(|passage| matches!(passage.kind, PartKind::Subtitle | PartKind::Boilerplate));
    for line in above.flat_map(|passage| passage.text.lines()).map(str::trim).filter(|line| line.len() <= LONGEST) {
        if is_byline(line) {
            header.byline.get_or_insert_with(|| line.split_whitespace().collect::<Vec<_>>().join(" "));
        } else if line.starts_with("http://") || line.starts_with("https://") {
            header.url.get_or_insert_with(|| line.to_owned());
        } else if header.date.is_none() {
            header.date = printed_date(line);
        }
    }
    header
}

/// Whether a line above the text says who wrote it.
pub(super) fn is_byline(line: &str) -> bool {
    line.starts_with("By ") || line.starts_with("BY ")
}

/// Years of which a number is taken for one: a rate of 7.8035 is no month.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;

/// A line that is a date, perhaps behind a word such as `Published:`.
fn printed_date(line: &str) -> Option<Date> {
    let bare = line.split_once(':').filter(|(word, _)| word.chars().all(|c| c.is_alphabetic() || c == ' '));
    let bare = bare.map_or(line, |(_, rest)| rest);
    let bare =
        ["Published on ", "Posted on ", "Published "].iter().find_map(|word| bare.strip_prefix(word)).unwrap_or(bare);
    let is_year = |date: &Date| date.from().is_some_and(|day| YEARS.contains(&parts_of(day).0));
    Date::parse_printed(bare).ok().filter(|date| date.edtf().len() <= 10 && is_year(date))
}

fn body(passages: &[Passage]) -> Option<&str> {
    let body = passages.iter().find(|passage| passage.kind == PartKind::Body);
    body.map(|passage| passage.text.as_str())
}

/// The authors that came with the article, one person or office each; what was taken apart stays as the byline.
fn one_each(draft: &mut Draft, given: Vec<String>) {
    let authors: Vec<String> = given.iter().flat_map(|value| byline::each(value)).collect();
    if authors != given && draft.byline.is_none() {
        draft.byline = Some(given.join("; "));
        draft.told.tell("byline", "the authors", "");
    }
    draft.authors = Some(authors);
}

/// The names of the byline, else those of a line at the end: `Reporting by …`.
fn authors(draft: &Draft) -> Option<Vec<String>> {
    let last = draft.passages.iter().rfind(|passage| passage.kind == PartKind::Body);
    let printed = draft.byline.as_deref().and_then(byline::authors);
    printed.or_else(|| last.and_then(|passage| byline::reporters(&passage.text)))
}

/// The day of publication and who says so: the address, then a date line, then the file's path.
///
/// A dateline without a year gets it from the path, unless the path itself names a day.
fn published(
    draft: &Draft,
    header: Option<Date>,
    dateline: Option<&Dateline>,
    path: &str,
) -> Option<(Date, PublishedFrom)> {
    let url = draft.url.as_deref().and_then(path::date_of_url);
    if let Some(date) = url {
        return Some((date, PublishedFrom::Url));
    }
    let told = dateline.and_then(|dateline| dateline.told.clone());
    if let Some(date) = header {
        return Some((date, PublishedFrom::Dateline));
    }
    let named = path::date_of_file(path);
    match (told, named) {
        (Some(Told::Whole(date)), _) => Some((date, PublishedFrom::Dateline)),
        (Some(Told::Day(month, day)), named) if named.as_ref().is_none_or(|named| named.edtf().len() < 10) => {
            let whole = path::year_of_file(path).or_else(|| named.as_ref()?.edtf().get(..4)?.parse().ok());
            let whole = whole.and_then(|year| Date::from_parts(year, Some(month), Some(day)));
            // A path that names another month knows more than a dateline would with its year.
            let fits =
                |date: &Date| named.as_ref().is_none_or(|named| named.from() <= date.from() && date.to() <= named.to());
            let told = whole.filter(fits).map(|date| (date, PublishedFrom::Dateline));
            told.or(named.map(|date| (date, PublishedFrom::Filename)))
        }
        (_, named) => named.map(|date| (date, PublishedFrom::Filename)),
    }
}

#[cfg(test)]
mod tests;
