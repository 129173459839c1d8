//! Mentions as a concordance: each on a line, the keyword in a fixed column, so that the eye can run down it.
//!
//! It shows mentions in the order given and counts nothing.

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{clip, clip_start, counted, fit, number, one_line, pad, pad_start, width},
};
use crate::hit::{CountView, FacetCount, MentionHit};

/// The columns of a page.
struct Columns {
    date: usize,
    left: usize,
    /// The keyword and what stands behind it.
    right: usize,
    /// The end of the path and the line; 0 where there is no room for it.
    place: usize,
}

/// Columns between the context before and the keyword.
const SEAM: &str = "  ";
/// From so many columns on, the file is shown.
const WIDE: usize = 60;
/// Of an endless page: what a context takes at most.
const ROOMY: usize = 200;

impl Columns {
    fn of(look: &Look) -> Self {
        let page = look.width.min(ROOMY);
        let place = if page >= WIDE { (page / 6).min(24) } else { 0 };
        let gaps = 1 + SEAM.len() + usize::from(place > 0);
        let text = page.saturating_sub(10 + place + gaps).max(12);
        Self { date: 10, left: text * 2 / 5, right: text - text * 2 / 5, place }
    }
}

/// Writes the heading: what was sought, how often it stands where, in which forms.
///
/// # Errors
/// Those of the writer.
pub fn heading(view: &CountView, variants: &[FacetCount], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mentions = counted(view.total.mentions.unwrap_or(0), "mention", "mentions");
    let articles = counted(view.total.articles, "article", "articles");
    let heading = format!("{} · {mentions} in {articles}", one_line(&view.query.read_as));
    writeln!(out, "{}", look.ink(Ink::Strong, &clip(&heading, look.width)))?;
    if variants.len() > 1 {
        let printed: Vec<String> =
            variants.iter().map(|variant| format!("{} {}", variant.value, number(variant.count))).collect();
        writeln!(out, "{}", look.ink(Ink::Faint, &format!("as {}", fit(&printed, look.width.saturating_sub(3)))))?;
    }
    Ok(())
}

/// Writes a mention on a line of its own.
///
/// # Errors
/// Those of the writer.
pub fn line(mention: &MentionHit, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let columns = Columns::of(look);
    let date = pad(&clip(mention.published.as_deref().unwrap_or("undated"), columns.date), columns.date);
    let left = pad_start(&clip_start(mention.left.trim_end(), columns.left), columns.left);
    let keyword = clip(&mention.matched, columns.right);
    let room = columns.right - width(&keyword);
    let right = clip(mention.right.trim_end(), room);
    let blanks = " ".repeat(room - width(&right));
    write!(out, "{} {left}{SEAM}{}{right}", look.ink(Ink::Faint, &date), look.ink(Ink::Mark, &keyword))?;
    if columns.place > 0 {
        let place = clip_start(&format!("{}:{}", mention.path, mention.line), columns.place);
        write!(out, "{blanks} {}", look.link(&mention.path, &look.ink(Ink::Faint, &place)))?;
    }
    writeln!(out)
}

/// Writes a whole context with the mention marked, below where it stands.
///
/// # Errors
/// Those of the writer.
pub fn passage(mention: &MentionHit, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let published = mention.published.as_deref().unwrap_or("undated");
    let place = format!("{published}  {}:{}", one_line(&mention.path), mention.line);
    writeln!(out, "{}", look.ink(Ink::Faint, &clip(&place, look.width)))?;
    let text = format!("{}{}{}", mention.left, mention.matched, mention.right);
    let start = mention.left.chars().count() as u64;
    let marks = [(start, start + mention.matched.chars().count() as u64)];
    for line in super::layout::wrap(&text, &marks, look.width.saturating_sub(2), look) {
        writeln!(out, "  {line}")?;
    }
    Ok(())
}

/// Writes `PATH:LINE<TAB>PUBLISHED<TAB>SOURCE<TAB>ENTITY<TAB>LEFT<TAB>MATCH<TAB>RIGHT<TAB>ID`.
///
/// # Errors
/// Those of the writer.
pub fn record(mention: &MentionHit, out: &mut dyn Write) -> io::Result<()> {
    let cells = [
        &format!("{}:{}", mention.path, mention.line),
        mention.published.as_deref().unwrap_or_default(),
        mention.source.as_deref().unwrap_or_default(),
        mention.entity.as_deref().unwrap_or_default(),
        &mention.left,
        &mention.matched,
        &mention.right,
        &mention.id,
    ];
    writeln!(out, "{}", cells.map(one_line).join("\t"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn mention(left: &str, matched: &str, right: &str) -> MentionHit {
        MentionHit {
            path: "2025/putin-msg.txt".into(),
            line: 3,
            left: left.into(),
            matched: matched.into(),
            right: right.into(),
            published: Some("2025-03-13".into()),
            ..sample::bare_mention()
        }
    }

    #[test]
    fn keywords_stand_below_each_other_at_every_width() {
        let rows = [
            mention("The special envoy ", "Witkoff", " landed in the capital on Thursday evening"),
            mention("", "漢字", ""),
            mention("a very long context before the word that is cut at its beginning, said ", "Witkoff’s", " aide"),
        ];
        for columns in [40, 80, 120] {
            let look = Look::plain(columns);
            let lines: Vec<String> = rows
                .iter()
                .map(|row| {
                    let mut out = Vec::new();
                    line(row, &look, &mut out).unwrap();
                    String::from_utf8(out).unwrap().trim_end().to_owned()
                })
                .collect();
            let column = |text: &str, word: &str| text.find(word).map(|at| width(&text[..at]));
            assert_eq!(column(&lines[0], "Witkoff"), column(&lines[2], "Witkoff"), "{lines:#?}");
            assert_eq!(column(&lines[0], "Witkoff"), column(&lines[1], "漢字"), "{lines:#?}");
            assert!(lines.iter().all(|line| width(line) <= columns), "{lines:#?}");
        }
    }
}
