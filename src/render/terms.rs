//! Telling words: on a page, as records, as a table.
//!
//! It shows words in the order given and counts nothing.

use std::io::{self, Write};

use super::{
    Ink, Look,
    bars::bar,
    csv::Table,
    layout::{clip, counted, number, one_line, pad, pad_start, width},
};
use crate::hit::{TermCount, TermList};

/// Columns of a count.
const COUNT: usize = 9;
/// From so many columns on, there are bars.
const WIDE: usize = 60;

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn screen(list: &TermList, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let page = look.width.min(120);
    let articles = counted(list.total.articles, "article", "articles");
    let heading = match list.within {
        Some(within) => format!("{} · words within {within} of it, in {articles}", one_line(&list.query.read_as)),
        None => format!("{} · words of {articles}", one_line(&list.query.read_as)),
    };
    writeln!(out, "{}", look.ink(Ink::Strong, &clip(&heading, page)))?;
    if list.terms.is_empty() {
        return Ok(());
    }
    let longest = list.terms.iter().map(|term| width(&one_line(&term.term))).max().unwrap_or(0);
    let name = longest.min(page.saturating_sub(3 * COUNT + 2).max(8));
    let room = if page >= WIDE { page.saturating_sub(name + 4 + 3 * COUNT) } else { 0 };
    let labels: String = ["here", "archive", "score"].iter().map(|label| pad_start(label, COUNT)).collect();
    writeln!(out, "{}", look.ink(Ink::Faint, &format!("{}{labels}", " ".repeat(name + 2 + room))))?;
    let most = list.terms.first().map_or(0, |term| term.score.round() as u64);
    for term in &list.terms {
        let bar = if room > 2 {
            pad(&format!("  {}", bar(term.score.round() as u64, most, room - 2)), room)
        } else {
            String::new()
        };
        let counts: String = [number(term.count), number(term.archive), format!("{:.1}", term.score)]
            .iter()
            .map(|count| pad_start(count, COUNT))
            .collect();
        writeln!(out, "  {}{}{counts}", pad(&clip(&term.term, name), name), look.ink(Ink::Label, &bar))?;
    }
    let shown = list.terms.len() as u64;
    let more = (list.distinct > shown).then(|| format!("… {} more (-n all)", number(list.distinct - shown)));
    let score = format!("score: {} against the rest of the archive", list.measure);
    for line in more.into_iter().chain([score]) {
        writeln!(out, "  {}", look.ink(Ink::Faint, &clip(&line, page.saturating_sub(2))))?;
    }
    Ok(())
}

/// Writes `TERM<TAB>COUNT<TAB>ARCHIVE<TAB>SCORE<TAB>LANGUAGE`.
///
/// # Errors
/// Those of the writer.
pub fn lines(list: &TermList, out: &mut dyn Write) -> io::Result<()> {
    list.terms.iter().try_for_each(|TermCount { term, language, count, archive, score }| {
        writeln!(out, "{}\t{count}\t{archive}\t{score:.3}\t{language}", one_line(term))
    })
}

/// Writes a table with a header: `term`, `language`, `count`, `archive`, `score`.
///
/// # Errors
/// Those of the writer.
pub fn table(list: &TermList, out: &mut dyn Write) -> io::Result<()> {
    let columns = ["term", "language", "count", "archive", "score"].map(str::to_owned);
    let mut table = Table::begin(&columns, out)?;
    list.terms.iter().try_for_each(|term| table.row(term))?;
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::{QueryView, Total};

    fn page(columns: usize) -> String {
        let term = |term: &str, count, archive, score| TermCount {
            term: term.into(),
            language: "en".into(),
            count,
            archive,
            score,
        };
        let list = TermList {
            query: QueryView { read_as: "ceasefire".into(), ..QueryView::default() },
            total: Total { articles: 1_204, ..Total::default() },
            measure: "log-likelihood".into(),
            distinct: 9,
            terms: vec![term("talks", 1_833, 2_004, 4_210.44), term("counterproposal", 12, 12, 31.2)],
            ..TermList::default()
        };
        let mut out = Vec::new();
        screen(&list, &Look::plain(columns), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn words_fit_the_page() {
        insta::assert_snapshot!(page(70));
        assert!(page(40).lines().all(|line| width(line) <= 40), "{}", page(40));
    }
}
