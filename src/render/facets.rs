//! Values of fields with their counts: as bars on a page, or as tab-separated records.
//!
//! It cuts no value off: what is left out was left out by the request, and the page says how many those are.

use std::io::{self, Write};

use super::{
    Ink, Look,
    bars::bar,
    csv::Table,
    layout::{clip, counted, gap, number, one_line, pad, pad_start, width},
};
use crate::{
    field::Field,
    hit::{FacetCount, FacetList},
};

/// Writes a page of bars; `under` is the value below which was counted.
///
/// # Errors
/// Those of the writer.
pub fn screen(list: &FacetList, under: Option<&str>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut is_first = true;
    for field in Field::facets() {
        let Some(values) = list.facets.get(field.name()) else { continue };
        if !std::mem::take(&mut is_first) {
            writeln!(out)?;
        }
        heading(field, (list, under), look, out)?;
        let rows = rows(values, under);
        let most = rows.iter().map(|row| row.value.count).max().unwrap_or(0);
        let columns = Columns::of(&rows, look);
        for row in &rows {
            write_row(row, most, &columns, (look, &mut *out))?;
        }
        ending(field, list, rows.len() as u64, (look, &mut *out))?;
    }
    Ok(())
}

/// Writes `FIELD<TAB>VALUE<TAB>COUNT`, nested values after the one that holds them.
///
/// # Errors
/// Those of the writer.
pub fn lines(list: &FacetList, out: &mut dyn Write) -> io::Result<()> {
    for field in Field::facets() {
        for row in rows(list.facets.get(field.name()).map_or(&[], Vec::as_slice), None) {
            writeln!(out, "{}\t{}\t{}", field.name(), one_line(&row.value.value), row.value.count)?;
        }
    }
    Ok(())
}

/// Writes a table with a header: `field`, `value`, `count`; nested values after the one that holds them.
///
/// # Errors
/// Those of the writer.
pub fn table(list: &FacetList, out: &mut dyn Write) -> io::Result<()> {
    let columns = ["field", "value", "count"].map(str::to_owned);
    let mut table = Table::begin(&columns, out)?;
    for field in Field::facets() {
        for row in rows(list.facets.get(field.name()).map_or(&[], Vec::as_slice), None) {
            let FacetCount { value, count, .. } = row.value;
            table.row(&serde_json::json!({"field": field.name(), "value": value, "count": count}))?;
        }
    }
    table.finish()
}

/// A value with its depth and the part of it that is not said by the row above.
struct Row<'a> {
    value: &'a FacetCount,
    depth: usize,
    name: &'a str,
}

fn rows<'a>(values: &'a [FacetCount], above: Option<&str>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    let mut open: Vec<(&FacetCount, usize, Option<&str>)> = values.iter().rev().map(|v| (v, 0, above)).collect();
    while let Some((value, depth, above)) = open.pop() {
        let name = above.and_then(|above| value.value.strip_prefix(above)?.strip_prefix('/'));
        rows.push(Row { value, depth, name: name.unwrap_or(&value.value) });
        open.extend(value.children.iter().rev().map(|child| (child, depth + 1, Some(value.value.as_str()))));
    }
    rows
}

struct Columns {
    name: usize,
    bar: usize,
    count: usize,
}

impl Columns {
    /// A third of the page for names (less when they are short), the rest for bars.
    fn of(rows: &[Row<'_>], look: &Look) -> Self {
        let page = look.width.min(120);
        let longest = rows.iter().map(|row| 2 * row.depth + width(row.name)).max().unwrap_or(0);
        let count = rows.iter().map(|row| number(row.value.count).len()).max().unwrap_or(1).max(3);
        let name = longest.clamp(8, (page / 2).max(12)).min(page.saturating_sub(count + 8).max(8));
        Self { name, bar: page.saturating_sub(name + count + 9), count }
    }
}

fn heading(field: Field, counts: (&FacetList, Option<&str>), look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let (list, under) = counts;
    let left = match under {
        Some(under) => format!("{} › {}", field.name(), under.replace('/', " › ")),
        None => field.name().to_owned(),
    };
    let left = clip(&left, look.width);
    let right = counted(list.total.articles, "article", "articles");
    match gap(width(&left), width(&right), look.width.min(120)) {
        Some(gap) => writeln!(out, "{}{gap}{}", look.ink(Ink::Strong, &left), look.ink(Ink::Faint, &right)),
        None => writeln!(out, "{}\n{}", look.ink(Ink::Strong, &left), look.ink(Ink::Faint, &right)),
    }
}

fn write_row(row: &Row<'_>, most: u64, columns: &Columns, page: (&Look, &mut dyn Write)) -> io::Result<()> {
    let (look, out) = page;
    let indent = "  ".repeat(row.depth + 1);
    let name = clip(row.name, (columns.name + 2).saturating_sub(indent.len()).max(4));
    let bar = pad(&bar(row.value.count, most, columns.bar), columns.bar);
    let count = pad_start(&number(row.value.count), columns.count);
    let more = if row.value.children.is_empty() { "" } else { "  ›" };
    writeln!(
        out,
        "{}  {}  {count}{more}",
        pad(&format!("{indent}{name}"), columns.name + 2),
        look.ink(Ink::Label, &bar)
    )
}

fn ending(field: Field, list: &FacetList, shown: u64, page: (&Look, &mut dyn Write)) -> io::Result<()> {
    let (look, out) = page;
    let distinct = list.distinct.get(field.name()).copied().unwrap_or(shown);
    let mut said = Vec::new();
    if distinct > shown {
        said.push(format!("… {} more (-n all)", number(distinct - shown)));
    }
    if distinct == 0 {
        said.push("no values".to_owned());
    } else if shown == 0 {
        // Only the total was asked for.
    } else if list.of != "articles" {
        said.push(format!("counted in {}", list.of));
    } else if !matches!(field, Field::Source | Field::Section | Field::Lang | Field::Published) {
        said.push("an article can count in several rows".to_owned());
    }
    for line in said {
        writeln!(out, "  {}", look.ink(Ink::Faint, &clip(&line, look.width.saturating_sub(2))))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::Total;

    fn sample() -> FacetList {
        let value = |value: &str, count, children| FacetCount { value: value.into(), count, children };
        let kursk = value("North/Upper Tarn", 36, vec![value("North/Upper Tarn/Tarn Bridge", 29, vec![])]);
        FacetList {
            total: Total { articles: 340, ..Total::default() },
            of: "articles".into(),
            facets: [(Field::Place.name().to_owned(), vec![value("North/Harbour", 71, vec![]), kursk])].into(),
            distinct: [(Field::Place.name().to_owned(), 12)].into(),
            ..FacetList::default()
        }
    }

    fn page(width: usize) -> String {
        let mut out = Vec::new();
        screen(&sample(), Some("North"), &Look::plain(width), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn bars_of_nested_places() {
        insta::assert_snapshot!(page(60));
        assert!(page(40).lines().all(|line| width(line) <= 40), "{}", page(40));
    }

    #[test]
    fn records_hold_whole_paths() {
        let mut out = Vec::new();
        lines(&sample(), &mut out).unwrap();
        let expected =
            "place\tNorth/Harbour\t71\nplace\tNorth/Upper Tarn\t36\nplace\tNorth/Upper Tarn/Tarn Bridge\t29\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
