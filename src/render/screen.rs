//! The page of a search: headline, hits with snippets, a footer of facets, what to type next.
//!
//! It shows the hits and values it is given, in their order, and counts nothing itself.

mod when;

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{clip, clip_start, counted, fit, gap, number, one_line, pad, pad_start, width, wrap},
};
use crate::{
    date::{Date, parts_of},
    field::Field,
    hit::{FacetCount, Hit, HitList},
};

/// What stands around the hits and is not in them.
#[derive(Debug, Clone, Default)]
pub struct Frame {
    /// How long the answer took.
    pub millis: u64,
    /// Name of the order: `relevance`.
    pub sorted_by: String,
    /// What one may type next, best first.
    pub next: Vec<String>,
}

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn write(list: &HitList, frame: &Frame, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    headline(list, frame, look, out)?;
    let rank_width = list.hits.iter().map(|hit| hit.rank.to_string().len()).max().unwrap_or(1).max(2);
    for hit in &list.hits {
        write_hit(hit, rank_width, look, out)?;
    }
    footer(list, look, out)?;
    if !frame.next.is_empty() {
        writeln!(out, "{}", look.ink(Ink::Faint, &format!("next: {}", fit(&frame.next, look.width - 6))))?;
    }
    Ok(())
}

fn headline(list: &HitList, frame: &Frame, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut left = vec![counted(list.total.articles, "article", "articles")];
    left.extend(list.total.stories.map(|n| counted(n, "story", "stories")));
    left.extend(list.total.mentions.map(|n| counted(n, "mention", "mentions")));
    left.push(format!("{} ms", number(frame.millis)));
    let left = left.join(" · ");
    let mut right = format!("sorted by {}", frame.sorted_by);
    if let (Some(first), Some(last)) = (list.hits.first(), list.hits.last()) {
        right += &format!(", {}–{}", number(first.rank), number(last.rank));
    }
    match gap(width(&left), width(&right), look.width) {
        Some(gap) => writeln!(out, "{}{gap}{}", look.ink(Ink::Strong, &left), look.ink(Ink::Faint, &right)),
        None => writeln!(out, "{}\n{}", look.ink(Ink::Strong, &left), look.ink(Ink::Faint, &right)),
    }
}

fn write_hit(hit: &Hit, rank_width: usize, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let indent = " ".repeat(rank_width + 2);
    let room = look.width.saturating_sub(indent.len()).max(10);
    let title = if hit.title.trim().is_empty() { "(no headline)" } else { &hit.title };
    let title = look.ink(Ink::Strong, &clip(title, room));
    writeln!(out, "{}  {title}", pad_start(&hit.rank.to_string(), rank_width))?;
    write_origin(hit, &indent, look, out)?;
    for snippet in &hit.snippets {
        for line in wrap(&snippet.text, &snippet.marks, room, look) {
            writeln!(out, "{indent}{line}")?;
        }
    }
    if !hit.copies.is_empty() {
        let copies = counted(hit.copies.len() as u64, "near-copy", "near-copies");
        writeln!(out, "{indent}{}", clip(&format!("+ {copies} ({})", hit.copies.join(", ")), room))?;
    }
    Ok(())
}

/// Source, date and byline on the left, the file on the right; on two lines where they do not fit on one.
fn write_origin(hit: &Hit, indent: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let published = hit.published.as_deref().map_or_else(|| "undated".to_owned(), printed_date);
    let items: Vec<String> = [hit.source.clone(), Some(published), hit.byline.clone()].into_iter().flatten().collect();
    let line = format!(":{}", hit.line);
    let room = look.width.saturating_sub(indent.len()).max(10);
    let path_room = if look.width == Look::ENDLESS { room } else { room.saturating_sub(line.len()).min(room * 2 / 3) };
    let file = clip_start(&hit.path, path_room) + &line;
    let left = fit(&items, room);
    let shown = look.link(&hit.path, &look.ink(Ink::Faint, &file));
    match gap(indent.len() + width(&left), width(&file), look.width) {
        Some(gap) => writeln!(out, "{indent}{left}{gap}{shown}"),
        None => writeln!(out, "{indent}{left}\n{indent}{shown}"),
    }
}

/// `2025-03-14` as `Fri 14 Mar 2025`, `2025-03` as `Mar 2025`, anything else as it is.
pub(super) fn printed_date(edtf: &str) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    const WEEKDAYS: [&str; 7] = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"];
    let is_plain = edtf.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    let first = Date::parse(edtf).ok().filter(|_| is_plain).and_then(|date| date.from());
    let Some(first) = first else { return one_line(edtf) };
    let (year, month, day) = parts_of(first);
    let month = MONTHS.get(usize::try_from(month - 1).unwrap_or(0)).copied().unwrap_or_default();
    match edtf.len() {
        7 => format!("{month} {year}"),
        10 => {
            let weekday = usize::try_from(first.rem_euclid(7)).unwrap_or(0);
            format!("{} {day} {month} {year}", WEEKDAYS.get(weekday).copied().unwrap_or_default())
        }
        _ => edtf.to_owned(),
    }
}

/// One line for every field that was counted, in the order of the table of fields.
fn footer(list: &HitList, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    for field in Field::facets() {
        let Some(values) = list.facets.get(field.name()).filter(|values| !values.is_empty()) else { continue };
        let room = look.width.saturating_sub(LABEL + 1);
        let line = if field == Field::Published {
            when::line(values, room)
        } else {
            let items: Vec<String> =
                values.iter().map(|value| format!("{} {}", short(field, value), number(value.count))).collect();
            fit(&items, room)
        };
        writeln!(out, " {}{line}", look.ink(Ink::Label, &pad(label(field), LABEL)))?;
    }
    Ok(())
}

/// Columns of a footer's label.
const LABEL: usize = 9;

fn label(field: Field) -> &'static str {
    match field {
        Field::Person => "people",
        Field::Place => "places",
        Field::Published => "when",
        Field::Mentioned => "dates",
        _ => field.name(),
    }
}

/// A place by its own name, anything else whole.
fn short(field: Field, value: &FacetCount) -> &str {
    match field {
        Field::Place => value.value.rsplit('/').next().unwrap_or(&value.value),
        _ => &value.value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        article::PartKind,
        hit::{QueryView, Snippet, Total},
    };

    fn count(value: &str, count: u64) -> FacetCount {
        FacetCount { value: value.into(), count, children: Vec::new() }
    }

    fn sample() -> HitList {
        let snippet = Snippet {
            part: PartKind::Body,
            line: 9,
            start: 0,
            end: 0,
            text:
                "…the harbour council sent its envoy, Ilse Maro, to\nthe flooded villages below Tarn Bridge on Monday…"
                    .into(),
            marks: vec![(30, 35)],
        };
        let hit = Hit {
            rank: 1,
            title: "Harbour council sends envoy to the flooded valley".into(),
            source: Some("Northern Courier".into()),
            published: Some("1925-03-14".into()),
            byline: Some("Anna Field".into()),
            path: "courier/1925/harbour-council-envoy.txt".into(),
            line: 7,
            snippets: vec![snippet],
            ..Hit::default()
        };
        HitList {
            query: QueryView::default(),
            total: Total { articles: 1012, mentions: Some(1), stories: None, exact: true },
            hits: vec![hit],
            facets: [
                (Field::Person.name().to_owned(), vec![count("Ilse Maro", 9), count("Tom Hale", 4)]),
                (Field::Place.name().to_owned(), vec![count("Northland/Tarn/Tarn Bridge", 12)]),
            ]
            .into(),
            ..HitList::default()
        }
    }

    fn page(width: usize) -> String {
        let frame = Frame { millis: 6, sorted_by: "relevance".into(), next: vec!["--offset 1".into()] };
        let mut out = Vec::new();
        write(&sample(), &frame, &Look::plain(width), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_page_of_eighty_columns() {
        insta::assert_snapshot!(page(80), @r"
        1,012 articles · 1 mention · 6 ms                       sorted by relevance, 1–1
         1  Harbour council sends envoy to the flooded valley
            Northern Courier · Sat 14 Mar 1925 · Anna Field
            courier/1925/harbour-council-envoy.txt:7
            …the harbour council sent its **envoy**, Ilse Maro, to the flooded villages
            below Tarn Bridge on Monday…
         people   Ilse Maro 9 · Tom Hale 4
         places   Tarn Bridge 12
        next: --offset 1
        ");
    }

    #[test]
    fn a_page_of_forty_columns() {
        let page = page(40);
        assert!(page.lines().all(|line| width(line) <= 40), "{page}");
        assert!(page.contains("envoy.txt:7"), "{page}");
    }

    #[test]
    fn dates_as_people_write_them() {
        let check = |edtf, printed: &str| assert_eq!(printed_date(edtf), printed);
        check("2025-03-14", "Fri 14 Mar 2025");
        check("1969-12-31", "Wed 31 Dec 1969");
        check("1916-05", "May 1916");
        check("1916", "1916");
        check("1916~", "1916~");
        check("1985/1990", "1985/1990");
    }
}
