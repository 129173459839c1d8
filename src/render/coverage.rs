//! What an archive can and cannot answer, on a page and as records.
//!
//! It judges nothing: what is missing was counted before.

use std::io::{self, Write};

use super::{
    Ink, Look,
    bars::spark,
    layout::{clip, counted, number, one_line, pad, pad_start, width},
};
use crate::hit::{Coverage, SourceCoverage};

/// Columns of labels.
const LABEL: usize = 12;
/// Rows of missing days that are shown of each source.
const ROWS: usize = 4;

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn screen(coverage: &Coverage, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let all = coverage.articles;
    let of_all = |part: u64| format!("{} ({})", number(part), percent(part, all));
    row("articles", &number(all), look, out)?;
    row("undated", &of_all(coverage.undated), look, out)?;
    row("nobody", &format!("{} name no person", of_all(coverage.without_people)), look, out)?;
    row("nowhere", &format!("{} name no place", of_all(coverage.without_places)), look, out)?;
    let refused = match coverage.refused {
        0 => "none".to_owned(),
        refused => format!("{} (full list: morgue problems)", counted(refused, "file or record", "files or records")),
    };
    row("refused", &refused, look, out)?;
    if let (Some(first), Some(last)) = (coverage.periods.first(), coverage.periods.last()) {
        let ends = format!("{} → {}, by {}", first.period, last.period, coverage.by);
        row("published", &ends, look, out)?;
        let counts: Vec<u64> = coverage.periods.iter().map(|period| period.articles).collect();
        row("", &sparkline(&counts, look.width.min(120).saturating_sub(LABEL)), look, out)?;
        let empty = counts.iter().filter(|count| **count == 0).count() as u64;
        if empty > 0 {
            row(
                "",
                &format!("{} without an article", counted(empty, &coverage.by, &format!("{}s", coverage.by))),
                look,
                out,
            )?;
        }
    }
    coverage.sources.iter().try_for_each(|kept| source(kept, look, out))
}

/// Writes `SOURCE<TAB>ARTICLES<TAB>FROM<TAB>TO<TAB>UNDATED<TAB>VAGUE<TAB>DAYS<TAB>MISSING DAYS`.
///
/// # Errors
/// Those of the writer.
pub fn lines(coverage: &Coverage, out: &mut dyn Write) -> io::Result<()> {
    coverage.sources.iter().try_for_each(|kept| {
        let name = one_line(kept.source.as_deref().unwrap_or_default());
        let (from, to) = (kept.from.as_deref().unwrap_or_default(), kept.to.as_deref().unwrap_or_default());
        let SourceCoverage { articles, undated, vague, days, missing_days, .. } = kept;
        writeln!(out, "{name}\t{articles}\t{from}\t{to}\t{undated}\t{vague}\t{days}\t{missing_days}")
    })
}

fn row(label: &str, value: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let value = clip(value, look.width.saturating_sub(LABEL));
    writeln!(out, "{}{value}", look.ink(Ink::Label, &pad(label, LABEL)))
}

fn source(kept: &SourceCoverage, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out)?;
    let articles = counted(kept.articles, "article", "articles");
    let name =
        clip(kept.source.as_deref().unwrap_or("without a source"), look.width.saturating_sub(width(&articles) + 2));
    let room = look.width.min(120).saturating_sub(width(&name));
    writeln!(out, "{}{}", look.ink(Ink::Strong, &name), pad_start(&articles, room))?;
    for line in said(kept) {
        writeln!(out, "  {}", clip(&line, look.width.saturating_sub(2)))?;
    }
    Ok(())
}

/// What there is to say of a source, sentence by sentence.
fn said(kept: &SourceCoverage) -> Vec<String> {
    let mut said = Vec::new();
    if let (Some(from), Some(to)) = (&kept.from, &kept.to) {
        said.push(format!("{from} → {to}, {}", counted(kept.days, "day", "days")));
    }
    let lacking = [(kept.undated, "undated"), (kept.vague, "not dated to the day")];
    let lacking: Vec<String> = lacking
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, what)| format!("{} {what}", number(*count)))
        .collect();
    said.extend((!lacking.is_empty()).then(|| lacking.join(", ")));
    if !kept.daily && kept.days > 1 {
        said.push("no daily rhythm, so no day counts as missing".to_owned());
    }
    if kept.daily {
        said.push(match kept.missing_days {
            0 => "daily, no day missing".to_owned(),
            missing => format!("daily, {} missing", counted(missing, "day", "days")),
        });
        said.extend(kept.missing.iter().take(ROWS).map(|row| match row.from == row.to {
            true => format!("  {}", row.from),
            false => format!("  {} → {}", row.from, row.to),
        }));
        let rest = kept.missing.len().saturating_sub(ROWS) as u64;
        said.extend(
            (rest > 0).then(|| format!("  … and {} (--json has them all)", counted(rest, "more gap", "more gaps"))),
        );
    }
    if !kept.never_on.is_empty() {
        said.push(format!("never on {}", kept.never_on.join(", ")));
    }
    said
}

/// Counts in at most so many signs.
fn sparkline(counts: &[u64], columns: usize) -> String {
    let each = counts.len().div_ceil(columns.max(1)).max(1);
    let sums: Vec<u64> = counts.chunks(each).map(|counts| counts.iter().sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0);
    sums.into_iter().map(|sum| spark(sum, most)).collect()
}

fn percent(part: u64, all: u64) -> String {
    match (part, all) {
        (0, _) | (_, 0) => "0%".to_owned(),
        _ => format!("{:.1}%", part as f64 * 100.0 / all as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::{Missing, PeriodArticles};

    fn page(columns: usize) -> String {
        let period = |period: &str, articles| PeriodArticles { period: period.into(), articles };
        let missing = |from: &str, to: &str| Missing { from: from.into(), to: to.into() };
        let (from, to) = (Some("2025-01-02".to_owned()), Some("2025-05-30".to_owned()));
        let courier = SourceCoverage {
            source: Some("Northern Courier and Harbour Gazette, Evening Edition".into()),
            articles: 1_204,
            undated: 3,
            vague: 12,
            from: from.clone(),
            to: to.clone(),
            days: 101,
            median_gap: Some(1.0),
            daily: true,
            never_on: vec!["Sunday".into()],
            missing_days: 9,
            missing: vec![missing("2025-02-03", "2025-02-03"), missing("2025-03-01", "2025-03-09")],
            ..SourceCoverage::default()
        };
        let weekly = SourceCoverage { articles: 4, days: 4, from, to, ..SourceCoverage::default() };
        let weekly = SourceCoverage { source: Some("Harbour Weekly".into()), median_gap: Some(1.0), ..weekly };
        let nameless = SourceCoverage { articles: 2, undated: 2, ..SourceCoverage::default() };
        let coverage = Coverage {
            articles: 1_210,
            undated: 5,
            without_people: 400,
            refused: 31,
            by: "month".into(),
            periods: vec![period("2025-01", 9), period("2025-02", 0), period("2025-03", 400)],
            sources: vec![courier, weekly, nameless],
            ..Coverage::default()
        };
        let mut out = Vec::new();
        screen(&coverage, &Look::plain(columns), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_page_of_coverage() {
        insta::assert_snapshot!(page(80));
        assert!(page(40).lines().all(|line| width(line) <= 40), "{}", page(40));
    }
}
