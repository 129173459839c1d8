//! Names that stand together: on a page, as records, as a table.
//!
//! It shows pairs in the order given and counts nothing.

use std::io::{self, Write};

use super::{
    Ink, Look,
    csv::Table,
    layout::{clip, counted, gap, number, one_line, pad, pad_start, width},
};
use crate::hit::{Pair, PairList};

/// Columns of a count.
const COUNT: usize = 10;
/// From so many columns on, sentences are shown.
const WIDE: usize = 60;

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn screen(list: &PairList, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let page = look.width.min(120);
    heading(list, look, out)?;
    if list.pairs.is_empty() {
        return Ok(());
    }
    let columns: &[&str] = if page >= WIDE { &["articles", "sentences", "score"] } else { &["articles"] };
    let names = page.saturating_sub(columns.len() * COUNT + 4).max(8);
    let longest =
        |name: fn(&Pair) -> &str| list.pairs.iter().map(|pair| width(&one_line(name(pair)))).max().unwrap_or(0);
    let (first, second) = shared(longest(|pair| &pair.a), longest(|pair| &pair.b), names);
    let labels: String = columns.iter().map(|label| pad_start(label, COUNT)).collect();
    writeln!(out, "{}", look.ink(Ink::Faint, &format!("{}{labels}", " ".repeat(first + second + 4))))?;
    for pair in &list.pairs {
        let cell = |label: &&str| match *label {
            "articles" => number(pair.articles),
            "sentences" => number(pair.sentences),
            _ => format!("{:.1}", pair.score),
        };
        let counts: String = columns.iter().map(|label| pad_start(&cell(label), COUNT)).collect();
        let (a, b) = (pad(&clip(&pair.a, first), first), pad(&clip(&pair.b, second), second));
        writeln!(out, "  {a}  {b}{counts}")?;
    }
    let shown = list.pairs.len() as u64;
    let more = (list.distinct > shown).then(|| format!("… {} more (-n all)", number(list.distinct - shown)));
    let score = format!("score: {} of naming both in one article", list.measure);
    for line in more.into_iter().chain([score]) {
        writeln!(out, "  {}", look.ink(Ink::Faint, &clip(&line, page.saturating_sub(2))))?;
    }
    Ok(())
}

/// What is paired, and how many pairs there are where; on one line if there is room.
fn heading(list: &PairList, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let (left, right) = &list.fields;
    let heading = format!("{left} and {right}");
    let pairs = counted(list.distinct, "pair", "pairs");
    let among = format!("{pairs} in {}", counted(list.total.articles, "article", "articles"));
    let between = gap(width(&heading), width(&among), look.width.min(120)).unwrap_or("\n".into());
    writeln!(out, "{}{between}{}", look.ink(Ink::Strong, &heading), look.ink(Ink::Faint, &among))
}

/// How two columns share so many: each what it needs, or at least half.
fn shared(first: usize, second: usize, columns: usize) -> (usize, usize) {
    let half = columns / 2;
    match (first <= half, second <= half) {
        (true, _) => (first, second.min(columns - first)),
        (_, true) => (first.min(columns - second), second),
        _ => (half, columns - half),
    }
}

/// Writes `A<TAB>B<TAB>ARTICLES<TAB>SENTENCES<TAB>SCORE`.
///
/// # Errors
/// Those of the writer.
pub fn lines(list: &PairList, out: &mut dyn Write) -> io::Result<()> {
    list.pairs.iter().try_for_each(|Pair { a, b, articles, sentences, score }| {
        writeln!(out, "{}\t{}\t{articles}\t{sentences}\t{score:.3}", one_line(a), one_line(b))
    })
}

/// Writes a table with a header: `a`, `b`, `articles`, `sentences`, `score`.
///
/// # Errors
/// Those of the writer.
pub fn table(list: &PairList, out: &mut dyn Write) -> io::Result<()> {
    let columns = ["a", "b", "articles", "sentences", "score"].map(str::to_owned);
    let mut table = Table::begin(&columns, out)?;
    list.pairs.iter().try_for_each(|pair| table.row(pair))?;
    table.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::Total;

    fn page(columns: usize) -> String {
        let pair = |a: &str, b: &str, articles, sentences, score| Pair {
            a: a.into(),
            b: b.into(),
            articles,
            sentences,
            score,
        };
        let pairs = vec![
            pair("Ada Moran", "Marek Tolland of the Northern Harbour Board", 1_204, 31, 210.44),
            pair("Ada Moran", "Jo Smith", 2, 0, -1.25),
        ];
        let total = Total { articles: 3_000, ..Total::default() };
        let fields = ("person".to_owned(), "person".to_owned());
        let list =
            PairList { pairs, total, fields, measure: "log-likelihood".into(), distinct: 9, ..PairList::default() };
        let mut out = Vec::new();
        screen(&list, &Look::plain(columns), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn pairs_fit_the_page() {
        insta::assert_snapshot!(page(80));
        assert!(page(40).lines().all(|line| width(line) <= 40), "{}", page(40));
    }
}
