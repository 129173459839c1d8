//! Articles over time on a page, as records, as a table: one series with bars, several side by side.
//!
//! Empty periods are shown as such; long rows of them on one line that says how many they are.

use std::io::{self, Write};

use super::{
    Ink, Look,
    bars::{bar, spark},
    csv::Table,
    layout::{clip, counted, number, one_line, pad, pad_start, width},
};
use crate::{
    field::Field,
    hit::{PeriodCount, Series, Timeline},
};

/// So many empty periods in a row become one line.
const GAP: usize = 4;
/// Columns of a count.
const COUNT: usize = 9;
/// Most columns of a page that is not broken into lines.
const PAGE: usize = 120;

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn screen(timeline: &Timeline, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let heading = format!("{} by {}", timeline.of, timeline.by);
    writeln!(out, "{}", look.ink(Ink::Strong, &heading))?;
    for (number, series) in timeline.all().enumerate() {
        head(series, letter(timeline, number).as_deref(), look, out)?;
    }
    if !timeline.series.periods.is_empty() {
        writeln!(out)?;
        match timeline.others.is_empty() {
            true => bars(timeline, look, out)?,
            false => side_by_side(timeline, look, out)?,
        }
    }
    timeline
        .all()
        .enumerate()
        .try_for_each(|(number, series)| ending(series, (timeline, letter(timeline, number).as_deref()), look, out))
}

/// Writes `PERIOD<TAB>ARTICLES<TAB>MENTIONS<TAB>SHARE`, with several series `QUERY<TAB>` before it.
///
/// # Errors
/// Those of the writer.
pub fn lines(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    for series in timeline.all() {
        let query = if timeline.others.is_empty() { String::new() } else { one_line(&series.query.read_as) + "\t" };
        for PeriodCount { period, articles, mentions, share } in &series.periods {
            writeln!(out, "{query}{period}\t{articles}\t{mentions}\t{share:.6}")?;
        }
    }
    Ok(())
}

/// Writes a table with a header: `query`, `period`, `articles`, `mentions`, `share`.
///
/// # Errors
/// Those of the writer.
pub fn table(timeline: &Timeline, out: &mut dyn Write) -> io::Result<()> {
    #[derive(serde::Serialize)]
    struct Row<'a> {
        query: &'a str,
        #[serde(flatten)]
        period: &'a PeriodCount,
    }
    let columns = ["query", "period", "articles", "mentions", "share"].map(str::to_owned);
    let mut table = Table::begin(&columns, out)?;
    for series in timeline.all() {
        series.periods.iter().try_for_each(|period| table.row(&Row { query: &series.query.read_as, period }))?;
    }
    table.finish()
}

/// Which of several series it is.
fn letter(timeline: &Timeline, number: usize) -> Option<String> {
    let letter = char::from(b'A' + u8::try_from(number % 26).unwrap_or(0));
    (!timeline.others.is_empty()).then(|| letter.to_string())
}

/// What was asked, how many there are, and their course in small.
fn head(series: &Series, letter: Option<&str>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let asked = match series.query.read_as.as_str() {
        "" | "*" => "all articles",
        query => query,
    };
    let letter = letter.map(|letter| format!("{letter}  ")).unwrap_or_default();
    let articles = counted(series.total.articles, "article", "articles");
    let mentions = counted(series.total.mentions.unwrap_or(0), "mention", "mentions");
    let line = match series.total.mentions {
        Some(0) | None => format!("{letter}{asked} · {articles}"),
        _ => format!("{letter}{asked} · {articles} · {mentions}"),
    };
    writeln!(out, "{}", clip(&line, look.width))?;
    if let (Some(first), Some(last)) = (series.periods.first(), series.periods.last()) {
        let ends = format!("  {} → {}", first.period, last.period);
        let room = look.width.min(PAGE).saturating_sub(width(&ends) + 3).max(8);
        writeln!(out, "   {}{}", look.ink(Ink::Label, &sparkline(series, room)), look.ink(Ink::Faint, &ends))?;
    }
    Ok(())
}

/// The course in at most `columns` signs, of which each stands for as many periods as the others.
fn sparkline(series: &Series, columns: usize) -> String {
    let each = series.periods.len().div_ceil(columns.max(1)).max(1);
    let sums: Vec<u64> =
        series.periods.chunks(each).map(|periods| periods.iter().map(|period| period.articles).sum()).collect();
    let most = sums.iter().copied().max().unwrap_or(0);
    sums.into_iter().map(|sum| spark(sum, most)).collect()
}

fn bars(timeline: &Timeline, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let periods = &timeline.series.periods;
    let page = look.width.min(PAGE);
    let is_wide = page >= 60;
    let label = periods.iter().map(|period| width(&period.period)).max().unwrap_or(0);
    let columns = if is_wide { 3 * COUNT } else { 2 * COUNT };
    let room = page.saturating_sub(label + 2 + columns).max(4);
    let most = periods.iter().map(|period| period.articles).max().unwrap_or(0);
    let names = if is_wide { ["articles", "mentions", "share"].as_slice() } else { &["articles", "share"] };
    let names: String = names.iter().map(|name| pad_start(name, COUNT)).collect();
    writeln!(out, "{}", look.ink(Ink::Faint, &format!("{}{names}", " ".repeat(label + 2 + room))))?;
    let is_empty = |at: usize| periods.get(at).is_none_or(|period| period.articles == 0);
    rows(periods.len(), &is_empty, &mut |row| {
        let Row::Period(at) = row else { return gap(row, periods, look, out) };
        let Some(period) = periods.get(at) else { return Ok(()) };
        let bar = look.ink(Ink::Label, &pad(&bar(period.articles, most, room), room));
        let mentions = if is_wide { pad_start(&number(period.mentions), COUNT) } else { String::new() };
        let (articles, share) = (pad_start(&number(period.articles), COUNT), pad_start(&percent(period.share), COUNT));
        writeln!(out, "{}  {bar}{articles}{mentions}{share}", pad(&period.period, label))
    })
}

fn side_by_side(timeline: &Timeline, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let periods = &timeline.series.periods;
    let label = periods.iter().map(|period| width(&period.period)).max().unwrap_or(0);
    let series: Vec<&Series> = timeline.all().collect();
    let room = look.width.min(PAGE).saturating_sub(label) / series.len().max(1);
    let room = room.clamp(4, 2 * COUNT);
    let names: String =
        (0..series.len()).map(|at| pad_start(&letter(timeline, at).unwrap_or_default(), room)).collect();
    writeln!(out, "{}", look.ink(Ink::Faint, &format!("{}{names}", " ".repeat(label))))?;
    let count = |series: &&Series, at: usize| series.periods.get(at).map_or(0, |period| period.articles);
    let is_empty = |at: usize| series.iter().all(|series| count(series, at) == 0);
    rows(periods.len(), &is_empty, &mut |row| {
        let Row::Period(at) = row else { return gap(row, periods, look, out) };
        let name = periods.get(at).map_or("", |period| period.period.as_str());
        let counts: String = series.iter().map(|series| pad_start(&number(count(series, at)), room)).collect();
        writeln!(out, "{}{counts}", pad(name, label))
    })
}

/// A line of the page.
#[derive(Clone, Copy)]
enum Row {
    Period(usize),
    /// So many empty periods from this one on.
    Empty(usize, usize),
}

/// Calls back for each line: short rows of empty periods one by one, long ones at once.
fn rows(
    periods: usize,
    is_empty: &dyn Fn(usize) -> bool,
    each: &mut dyn FnMut(Row) -> io::Result<()>,
) -> io::Result<()> {
    let mut at = 0;
    while at < periods {
        let empty = (at..periods).take_while(|at| is_empty(*at)).count();
        if empty >= GAP {
            each(Row::Empty(at, empty))?;
            at += empty;
        } else {
            each(Row::Period(at))?;
            at += 1;
        }
    }
    Ok(())
}

fn gap(row: Row, periods: &[PeriodCount], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let Row::Empty(at, count) = row else { return Ok(()) };
    let name = |at: usize| periods.get(at).map_or("", |period| period.period.as_str());
    let line = format!("  … none from {} to {} ({})", name(at), name(at + count - 1), number(count as u64));
    writeln!(out, "{}", look.ink(Ink::Faint, &clip(&line, look.width)))
}

fn ending(
    series: &Series,
    (timeline, letter): (&Timeline, Option<&str>),
    look: &Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut said: Vec<String> = Vec::new();
    let ends = series.first.as_ref().zip(series.last.as_ref());
    said.extend(ends.map(|(first, last)| format!("first {first}, last {last}")));
    let most = series.periods.iter().map(|period| period.articles).max().unwrap_or(0);
    said.extend(series.peak.as_ref().map(|peak| format!("most in {peak}: {}", counted(most, "article", "articles"))));
    said.extend(uncounted(series, &timeline.by));
    if timeline.of == Field::Mentioned.name() {
        said.push("an article can count in several periods".to_owned());
    }
    for line in said {
        let line = letter.map(|letter| format!("{letter}: ")).unwrap_or_default() + &line;
        writeln!(out, "  {}", look.ink(Ink::Faint, &clip(&line, look.width.saturating_sub(2))))?;
    }
    Ok(())
}

/// What articles of a series stand in no period, which is `by` long, and why.
pub fn uncounted(series: &Series, by: &str) -> Vec<String> {
    let mut said = Vec::new();
    if series.undated > 0 {
        said.push(format!("{} without such a date", counted(series.undated, "article", "articles")));
    }
    if series.vague > 0 {
        let are = if series.vague == 1 { "article is" } else { "articles are" };
        said.push(format!("{} {are} dated too vaguely for one {by}", number(series.vague)));
    }
    said
}

/// A share with as many digits as it needs to be seen.
fn percent(share: f64) -> String {
    match share * 100.0 {
        0.0 => "·".to_owned(),
        percent if percent < 0.05 => "<0.1%".to_owned(),
        percent => format!("{percent:.1}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::{QueryView, Total};

    fn series(name: &str, counts: &[u64]) -> Series {
        let period = |(month, articles): (usize, &u64)| PeriodCount {
            period: format!("2025-{:02}", month + 1),
            articles: *articles,
            mentions: articles * 2,
            share: *articles as f64 / 2_500.0,
        };
        Series {
            query: QueryView { read_as: name.into(), ..QueryView::default() },
            total: Total { articles: counts.iter().sum(), mentions: Some(7), ..Total::default() },
            periods: counts.iter().enumerate().map(period).collect(),
            vague: 12,
            undated: 1,
            first: Some("2025-01-03".into()),
            last: Some("2025-11".into()),
            peak: Some("2025-08".into()),
        }
    }

    fn page(others: Vec<Series>, columns: usize) -> String {
        let series = series("person:\"Ada Moran\"", &[3, 1, 0, 0, 0, 0, 0, 1250, 0, 4, 9]);
        let (by, of) = ("month".to_owned(), "published".to_owned());
        let mut out = Vec::new();
        screen(&Timeline { schema_version: 1, by, of, series, others }, &Look::plain(columns), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn one_series_has_bars() {
        insta::assert_snapshot!(page(Vec::new(), 80));
    }

    #[test]
    fn several_series_stand_side_by_side() {
        insta::assert_snapshot!(page(vec![series("dam", &[0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0])], 60));
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        for columns in [40, 60, 80] {
            for others in [Vec::new(), vec![series("dam", &[0; 11]), series("flood", &[9; 11])]] {
                let page = page(others, columns);
                assert!(page.lines().all(|line| width(line) <= columns), "{page}");
            }
        }
    }
}
