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
    article::PartKind,
    date::{Date, parts_of},
    field::Field,
    hit::{FacetCount, Hit, HitList, Snippet},
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
    writeln!(out, "{}  {}", pad_start(&hit.rank.to_string(), rank_width), headline_of(hit, room, look))?;
    write_origin(hit, &indent, look, out)?;
    for snippet in hit.snippets.iter().filter(|snippet| !is_headline(hit, snippet)) {
        let (text, marks) = framed(snippet);
        for line in wrap(&text, &marks, room, look) {
            writeln!(out, "{indent}{line}")?;
        }
    }
    if !hit.copies.is_empty() {
        let copies = counted(hit.copies.len() as u64, "near-copy", "near-copies");
        writeln!(out, "{indent}{}", clip(&format!("+ {copies} ({})", hit.copies.join(", ")), room))?;
    }
    Ok(())
}

/// A snippet that is the headline: its marks are shown there, once.
fn is_headline(hit: &Hit, snippet: &Snippet) -> bool {
    snippet.part == PartKind::Title && snippet.text.trim() == hit.title.trim()
}

fn headline_of(hit: &Hit, room: usize, look: &Look) -> String {
    if hit.title.trim().is_empty() {
        return look.ink(Ink::Strong, "(no headline)");
    }
    let whole = || look.ink(Ink::Strong, &clip(&hit.title, room));
    let Some(snippet) = hit.snippets.iter().find(|snippet| is_headline(hit, snippet)) else { return whole() };
    match wrap(&snippet.text, &snippet.marks, room, look).as_slice() {
        [line] => line.clone(),
        _ => whole(),
    }
}

/// The passage with `…` where it was cut out of a sentence, as far as its letters tell, and its marks moved along.
fn framed(snippet: &Snippet) -> (String, Vec<(u64, u64)>) {
    let text = &snippet.text;
    let is_cut_before = text.chars().next().is_some_and(char::is_lowercase);
    let is_cut_behind = text.trim_end().chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == ',');
    let moved = u64::from(is_cut_before);
    let marks = snippet.marks.iter().map(|(from, to)| (from + moved, to + moved)).collect();
    let before = if is_cut_before { "…" } else { "" };
    let behind = if is_cut_behind { "…" } else { "" };
    (format!("{before}{}{behind}", text.trim_end()), marks)
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
        let line = if field == Field::Published { when::line(values, room) } else { fit(&items(field, values), room) };
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

/// Values with their counts: a place by its own name where no other place of the line bears it, anything else whole.
fn items(field: Field, values: &[FacetCount]) -> Vec<String> {
    let own = |value: &FacetCount| value.value.rsplit('/').next().unwrap_or_default().to_owned();
    let is_alone = |name: &str| values.iter().filter(|other| own(other) == name).count() == 1;
    let shown = |value: &FacetCount| {
        let name = own(value);
        let is_short = field == Field::Place && is_alone(&name);
        format!("{} {}", if is_short { &name } else { &value.value }, number(value.count))
    };
    values.iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::{QueryView, Total};

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
    fn places_of_one_name_are_told_apart() {
        let values = [count("North/Tarn", 3), count("Tarn", 2), count("North/Hale", 1)];
        assert_eq!(items(Field::Place, &values), ["North/Tarn 3", "Tarn 2", "Hale 1"]);
        assert_eq!(items(Field::Source, &values[2..]), ["North/Hale 1"]);
    }

    #[test]
    fn a_headline_is_marked_and_not_repeated() {
        let mut list = sample();
        let hit = &mut list.hits[0];
        let title = hit.title.clone();
        hit.snippets.insert(
            0,
            Snippet { part: PartKind::Title, text: title, marks: vec![(22, 27)], ..hit.snippets[0].clone() },
        );
        let mut out = Vec::new();
        write(&list, &Frame::default(), &Look::plain(80), &mut out).unwrap();
        let page = String::from_utf8(out).unwrap();
        assert!(page.contains(" 1  Harbour council sends **envoy** to the flooded valley\n"), "{page}");
        assert_eq!(page.matches("flooded valley").count(), 1);
    }

    #[test]
    fn a_cut_passage_says_so() {
        let check = |text: &str, expected: &str| {
            let snippet = Snippet { text: text.into(), marks: vec![(0, 1)], ..sample().hits[0].snippets[0].clone() };
            let (text, marks) = framed(&snippet);
            assert_eq!(text, expected);
            assert_eq!(marks, [(u64::from(expected.starts_with('…')), 1 + u64::from(expected.starts_with('…')))]);
        };
        check("which both sides", "…which both sides…");
        check("The envoy left.", "The envoy left.");
        check("He said, ", "He said,…");
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
