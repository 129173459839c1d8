//! The state of an archive on a page: counts, spans, freshness.
//!
//! It judges nothing; whether the index is old is said elsewhere.

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{clip, number, pad},
};
use crate::hit::Status;

/// Writes the page.
///
/// # Errors
/// Those of the writer.
pub fn screen(status: &Status, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let published = match (&status.published.from, &status.published.to) {
        (Some(from), Some(to)) => format!("{from} → {to}, {} undated", number(status.published.undated)),
        _ => format!("{} undated", number(status.published.undated)),
    };
    let mut languages: Vec<_> = status.languages.iter().collect();
    languages.sort_by_key(|(_, articles)| std::cmp::Reverse(**articles));
    let languages: Vec<String> =
        languages.iter().map(|(tag, articles)| format!("{tag} {}", number(**articles))).collect();
    let files = format!(
        "{} read, {} excluded; {} refused, records too",
        number(status.files),
        number(status.excluded),
        number(status.refused)
    );
    let index = format!(
        "{}, generation {}, layout {}",
        size(status.index.bytes),
        number(status.index.generation),
        status.index.version
    );
    row("articles", &number(status.articles), look, out)?;
    row("files", &files, look, out)?;
    row("sources", &number(status.sources), look, out)?;
    row("published", &published, look, out)?;
    row("languages", &languages.join(" · "), look, out)?;
    row("index", &index, look, out)?;
    row("refreshed", &status.index.refreshed, look, out)
}

fn row(label: &str, value: &str, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    const LABEL: usize = 11;
    let value = clip(value, look.width.saturating_sub(LABEL));
    writeln!(out, "{}{value}", look.ink(Ink::Label, &pad(label, LABEL)))
}

/// `1234567` bytes as `1.2 MB`.
fn size(bytes: u64) -> String {
    let units = [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)];
    match units.into_iter().find(|(_, unit)| bytes >= *unit) {
        Some((name, unit)) => format!("{}.{} {name}", bytes / unit, bytes % unit * 10 / unit),
        None => format!("{bytes} bytes"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_of_status() {
        let mut status =
            Status { articles: 13_871, languages: [("en".into(), 9), ("fr".into(), 12)].into(), ..Status::default() };
        status.published.from = Some("1894-05-02".into());
        status.published.to = Some("2024-11-30".into());
        status.index.bytes = 8_765_432;
        let mut out = Vec::new();
        screen(&status, &Look::plain(60), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
