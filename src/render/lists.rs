//! Lists checked, compared and counted: tab-separated records, and a sentence that sums them up.
//!
//! What is worth a line is decided by the answer, not here.

use std::io::{self, Write};

use super::{counted, csv, lines, one_line};
use crate::hit::{
    Batch, BatchHit, BatchLine, Change, ChangedRow, Check, CheckedRow, Difference, SavedList, Verified, WatchedHit,
};

/// Writes a record for each row of a checked list: status, line, article, place, as printed, what is to be said.
///
/// # Errors
/// Those of the writer.
pub fn verified<'a>(rows: impl Iterator<Item = &'a CheckedRow>, out: &mut dyn Write) -> io::Result<()> {
    for row in rows {
        let status = match row.status {
            Check::Unchanged => "unchanged",
            Check::Moved => "moved",
            Check::Changed => "changed",
            Check::Missing => "missing",
            Check::Unreadable => "unreadable",
        };
        let line = row.line.to_string();
        let place = place(row.start.zip(row.end));
        let cells = [status, &line, text(&row.id), &place, text(&row.surface), text(&row.reason)];
        record(&cells, out)?;
    }
    Ok(())
}

/// How many rows of a list are what, as a sentence.
pub fn verified_sum(list: &Verified) -> String {
    let sum = &list.summary;
    let of = |count: u64, what: &str| (count > 0).then(|| format!("{count} {what}"));
    let all = [
        Some(format!("{} unchanged", sum.unchanged)),
        of(sum.moved, "moved"),
        of(sum.changed, "changed"),
        of(sum.missing, "missing"),
        of(sum.unreadable, "unreadable"),
    ];
    format!("{}: {}", list.file, all.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// Writes a record for each row that differs: how, article, place, as printed, title, the columns that differ.
///
/// # Errors
/// Those of the writer.
pub fn differing(list: &Difference, out: &mut dyn Write) -> io::Result<()> {
    for ChangedRow { status, id, start, end, surface, title, fields, .. } in &list.entries {
        let status = match status {
            Change::New => "new",
            Change::Gone => "gone",
            Change::Changed => "changed",
        };
        let place = place(start.zip(*end));
        record(&[status, id, &place, text(surface), text(title), &fields.join(", ")], out)?;
    }
    Ok(())
}

/// How many rows differ, as a sentence.
pub fn differing_sum(list: &Difference) -> String {
    let sum = &list.summary;
    format!("{} new, {} gone, {} changed, {} the same", sum.new, sum.gone, sum.changed, sum.same)
}

/// Writes a record for each line of a batch: articles, mentions, line, query, what is wrong with it.
///
/// # Errors
/// Those of the writer.
pub fn batch(list: &Batch, out: &mut dyn Write) -> io::Result<()> {
    for BatchLine { line, query, articles, mentions, error, .. } in &list.lines {
        record(&[&number(*articles), &number(*mentions), &line.to_string(), query, text(error)], out)?;
    }
    Ok(())
}

/// Writes the lines of a batch as a table.
///
/// # Errors
/// Those of the writer.
pub fn batch_table(list: &Batch, out: &mut dyn Write) -> io::Result<()> {
    let columns = ["line", "query", "read_as", "articles", "mentions", "notes", "error"].map(str::to_owned);
    let mut table = csv::Table::begin(&columns, out)?;
    list.lines.iter().try_for_each(|line| table.row(line))?;
    table.finish()
}

/// Writes a record for each article of a batch, the lines that find it first.
///
/// # Errors
/// Those of the writer.
pub fn batch_hits(hits: &[BatchHit], out: &mut dyn Write) -> io::Result<()> {
    for BatchHit { lines: found_by, hit } in hits {
        let numbers: Vec<String> = found_by.iter().map(u64::to_string).collect();
        write!(out, "{}\t", numbers.join(","))?;
        lines::record(hit, out)?;
    }
    Ok(())
}

/// Writes the articles of a batch as a table, the lines that find each first.
///
/// # Errors
/// Those of the writer.
pub fn batch_hits_table(hits: &[BatchHit], columns: &[String], out: &mut dyn Write) -> io::Result<()> {
    let columns: Vec<String> = std::iter::once("lines".to_owned()).chain(columns.iter().cloned()).collect();
    let mut table = csv::Table::begin(&columns, out)?;
    hits.iter().try_for_each(|hit| table.row(hit))?;
    table.finish()
}

/// How many lines were asked, and what they find together, as a sentence.
pub fn batch_sum(list: &Batch) -> String {
    let bad = list.lines.iter().filter(|line| line.error.is_some()).count();
    let bad = if bad > 0 { format!(", {bad} of them not asked") } else { String::new() };
    let articles = counted(list.total.articles, "article", "articles");
    format!("{}{bad}: {articles} in all", counted(list.lines.len() as u64, "line", "lines"))
}

/// Writes a record for each saved query: name, articles, query, what is wrong with it.
///
/// # Errors
/// Those of the writer.
pub fn saved(list: &SavedList, out: &mut dyn Write) -> io::Result<()> {
    let mut each = list.saved.iter();
    each.try_for_each(|query| record(&[&query.name, &number(query.articles), &query.query, text(&query.error)], out))
}

/// Writes a record for an article that is new, the name of its query first.
///
/// # Errors
/// Those of the writer.
pub fn watched(hit: &WatchedHit, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "{}\t", one_line(&hit.saved))?;
    lines::record(&hit.hit, out)
}

fn record(cells: &[&str], out: &mut dyn Write) -> io::Result<()> {
    let cells: Vec<String> = cells.iter().map(|cell| one_line(cell).trim().to_owned()).collect();
    writeln!(out, "{}", cells.join("\t").trim_end_matches('\t'))
}

fn place(ends: Option<(u64, u64)>) -> String {
    ends.map(|(start, end)| format!("{start}-{end}")).unwrap_or_default()
}

fn text(told: &Option<String>) -> &str {
    told.as_deref().unwrap_or_default()
}

fn number(count: Option<u64>) -> String {
    count.map_or_else(|| "?".to_owned(), |count| count.to_string())
}
