//! An article's text with its people, places and dates marked, and the table of all mentions with rule and confidence.
//!
//! Marks are signs first and colours second; it never says more than the mentions do.

use std::{
    io::{self, Write},
    ops::Range,
};

use crate::{
    article::{Article, PartKind},
    entity::{EntityKind, Mention},
    field::Field,
    render::{
        Ink, Look, Paint,
        layout::{clip, pad, width, wrap},
    },
};

/// Columns before the text.
const INDENT: &str = "  ";

/// Writes the marked text and the table; nothing when there is no mention.
///
/// # Errors
/// Those of the writer.
pub(super) fn write(article: &Article, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if article.mentions.is_empty() {
        return Ok(());
    }
    let legend = MARKED.map(|(kind, sign)| format!("‹{}›{sign}", field(kind).name())).join("  ");
    writeln!(out, "\n{INDENT}{}", look.ink(Ink::Faint, &legend))?;
    for part in article.parts.iter().filter(|part| part.kind != PartKind::Boilerplate) {
        let mut at = part.span.start;
        for line in article.text.get(part.span.clone()).unwrap_or_default().split('\n') {
            paragraph(article, &(at..at + line.len()), look, out)?;
            at += line.len() + 1;
        }
    }
    writeln!(out)?;
    table(article, look, out)
}

/// What is marked in the text, and the sign behind it.
const MARKED: [(EntityKind, char); 3] = [(EntityKind::Person, 'ᵖ'), (EntityKind::Place, 'ˡ'), (EntityKind::Date, 'ᵈ')];

fn field(kind: EntityKind) -> Field {
    match kind {
        EntityKind::Person => Field::Person,
        EntityKind::Place => Field::Place,
        EntityKind::Org => Field::Org,
        EntityKind::Role => Field::Role,
        EntityKind::Date => Field::Mentioned,
    }
}

/// A line of the text, broken to the page, `‹…›` and a sign around each mention.
fn paragraph(article: &Article, line: &Range<usize>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let mut shown = String::with_capacity(line.len() + 32);
    let mut marks = Vec::new();
    let mut at = line.start;
    let points = |text: &str| text.chars().count() as u64;
    for mention in
        article.mentions.iter().filter(|mention| mention.span.start >= line.start && mention.span.end <= line.end)
    {
        let Some((_, sign)) = MARKED.iter().find(|(kind, _)| *kind == mention.kind) else { continue };
        if mention.span.start < at {
            continue;
        }
        shown.push_str(article.text.get(at..mention.span.start).unwrap_or_default());
        let from = points(&shown);
        shown.push_str(&format!("‹{}›{sign}", mention.surface));
        marks.push((from, points(&shown)));
        at = mention.span.end;
    }
    shown.push_str(article.text.get(at..line.end).unwrap_or_default());
    let marks = if look.paint == Paint::Colour { marks } else { Vec::new() };
    let lines = wrap(&shown, &marks, look.width.saturating_sub(INDENT.len()), look);
    lines.iter().try_for_each(|line| writeln!(out, "{INDENT}{line}"))
}

/// Mentions that differ in nothing but their place.
struct Row<'a> {
    mention: &'a Mention,
    count: usize,
}

fn rows(mentions: &[Mention]) -> Vec<Row<'_>> {
    let mut rows: Vec<Row<'_>> = Vec::new();
    for mention in mentions {
        let key = |mention: &Mention| (mention.kind, mention.rule.clone(), mention.confidence.to_bits());
        let is_same = |row: &&mut Row<'_>| {
            row.mention.surface == mention.surface
                && row.mention.entity == mention.entity
                && key(row.mention) == key(mention)
        };
        match rows.iter_mut().find(is_same) {
            Some(row) => row.count += 1,
            None => rows.push(Row { mention, count: 1 }),
        }
    }
    rows.sort_by_key(|row| row.mention.kind);
    rows
}

fn table(article: &Article, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    const WIDEST: usize = 24;
    let rows: Vec<[String; 6]> = rows(&article.mentions).iter().map(cells).collect();
    let head = ["kind", "times", "sure", "rule", "as printed", "stands for"].map(str::to_owned);
    let columns: Vec<usize> = (0..head.len())
        .map(|at| rows.iter().chain([&head]).filter_map(|row| row.get(at)).map(|cell| width(cell)).max().unwrap_or(0))
        .map(|widest| widest.min(WIDEST))
        .collect();
    for (number, row) in std::iter::once(&head).chain(&rows).enumerate() {
        let cells = row.iter().zip(&columns).map(|(cell, columns)| pad(&clip(cell, *columns), *columns));
        let line = clip(cells.collect::<Vec<_>>().join("  ").trim_end(), look.width.saturating_sub(INDENT.len()));
        let line = if number == 0 { look.ink(Ink::Label, &line) } else { line };
        writeln!(out, "{INDENT}{line}")?;
    }
    Ok(())
}

fn cells(row: &Row<'_>) -> [String; 6] {
    let Mention { kind, surface, entity, rule, confidence, .. } = row.mention;
    let entity = if entity.is_empty() { "–" } else { entity };
    [
        field(*kind).name().to_owned(),
        row.count.to_string(),
        format!("{confidence:.2}"),
        rule.clone(),
        surface.clone(),
        entity.to_owned(),
    ]
}
