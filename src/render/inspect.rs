//! What the reader understood of a file: each field beside where it comes from. Needs no index.
//!
//! It shows what the article says of itself, and what was found in its text with the rule that found it.

mod found;

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{counted, number, pad, width, wrap},
};
use crate::{
    article::Article,
    entity::{EntityKind, Evidence},
    field::Field,
    hit::CodePoints,
};

/// Writes one article.
///
/// # Errors
/// Those of the writer.
pub fn screen(article: &Article, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", look.ink(Ink::Strong, &format!("{}:{}", article.path, article.line)))?;
    for row in rows(article) {
        write_row(&row, look, out)?;
    }
    found::write(article, look, out)
}

/// A label, a value, and who says so.
struct Row {
    label: String,
    value: String,
    from: String,
}

fn row(label: &str, value: impl Into<String>, from: impl Into<String>) -> Row {
    Row { label: label.to_owned(), value: value.into(), from: from.into() }
}

fn rows(article: &Article) -> Vec<Row> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let from = |field: &str| article.told.of(field).map(|by| format!("from {by}")).unwrap_or_default();
    let published = article.published.as_ref().map(ToString::to_string).unwrap_or_default();
    let mut rows = vec![
        row(Field::Id.name(), &article.id, from("id")),
        row(Field::Title.name(), &article.title, from("title")),
        row(Field::Published.name(), published, from("published")),
        row(Field::Source.name(), text(&article.source), from("source")),
        row("byline", text(&article.byline), from("byline")),
        row(Field::Author.name(), article.authors.join("; "), from("authors")),
        row(Field::Section.name(), text(&article.section), from("section")),
        row(Field::Lang.name(), &article.language, from("language")),
        row(Field::Url.name(), text(&article.url), from("url")),
        row(Field::Subject.name(), article.subjects.join("; "), from("subjects")),
        row(Field::Tag.name(), article.tags.join("; "), from("tags")),
    ];
    for (field, kind, values) in [
        (Field::Person, EntityKind::Person, &article.people),
        (Field::Place, EntityKind::Place, &article.places),
        (Field::Org, EntityKind::Org, &article.orgs),
        (Field::Role, EntityKind::Role, &article.roles),
    ] {
        rows.push(row(field.name(), values.join("; "), supplied(article, kind, values.is_empty())));
    }
    let about = if article.focus.is_empty() { "" } else { "from where the places gather" };
    rows.push(row(Field::Focus.name(), article.focus.join("; "), about));
    let dates: Vec<&str> = article.dates.iter().map(|date| date.edtf()).collect();
    let given = supplied(article, EntityKind::Date, dates.is_empty());
    rows.push(row(Field::Mentioned.name(), dates.join("; "), given));
    rows.push(row("mentions", mentions(article), ""));
    rows.push(row("text", parts(article), from("body")));
    rows.push(row("extra", article.extra.keys().cloned().collect::<Vec<_>>().join("; "), ""));
    rows.extend(article.notes.iter().map(|note| row("note", format!("{}: {}", note.kind, note.reason), "")));
    rows
}

fn supplied(article: &Article, kind: EntityKind, is_empty: bool) -> String {
    let field = match kind {
        EntityKind::Person => "people",
        EntityKind::Place => "places",
        EntityKind::Org => "orgs",
        EntityKind::Role => "roles",
        EntityKind::Date => "dates",
    };
    match (article.supplied.contains(&kind), is_empty) {
        (true, true) => "given: none".to_owned(),
        (true, false) => article.told.of(field).map_or("given".to_owned(), |by| format!("given in {by}")),
        (false, true) => String::new(),
        (false, false) => "from the text".to_owned(),
    }
}

fn mentions(article: &Article) -> String {
    let given = article.mentions.iter().filter(|mention| mention.from == Evidence::Field).count() as u64;
    let found = article.mentions.len() as u64 - given;
    format!("{} of given names, {} from the text", number(given), number(found))
}

/// `312 characters: title 1–18, body 20–312`, counting from 1.
fn parts(article: &Article) -> String {
    let points = CodePoints::of(&article.text);
    let parts: Vec<String> = article
        .parts
        .iter()
        .map(|part| {
            let kind = format!("{:?}", part.kind).to_lowercase();
            format!("{kind} {}–{}", points.at(part.span.start) + 1, points.at(part.span.end))
        })
        .collect();
    format!("{}: {}", counted(points.at(usize::MAX) as u64, "character", "characters"), parts.join(", "))
}

fn write_row(row: &Row, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    const LABEL: usize = 11;
    let label = look.ink(Ink::Label, &pad(&format!("  {}", row.label), LABEL + 2));
    let room = look.width.saturating_sub(LABEL + 2);
    let empty = if row.from.is_empty() { "–" } else { "" };
    let shown = if row.value.trim().is_empty() { empty } else { &row.value };
    let lines = wrap(shown, &[], room, look);
    let from = if row.from.is_empty() { String::new() } else { format!("({})", row.from) };
    let from = look.ink(Ink::Faint, &from);
    match lines.as_slice() {
        [] => writeln!(out, "{label}{from}"),
        [only] if width(only) + 2 + width(&row.from) + 2 <= room => {
            writeln!(out, "{}", format!("{label}{only}  {from}").trim_end())
        }
        [first, rest @ ..] => {
            let blank = " ".repeat(LABEL + 2);
            writeln!(out, "{label}{first}")?;
            rest.iter().try_for_each(|line| writeln!(out, "{blank}{line}"))?;
            if row.from.is_empty() { Ok(()) } else { writeln!(out, "{blank}{from}") }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_beside_its_origin() {
        let mut article = super::super::article::tests::sample();
        for (field, by, name) in [
            ("title", "the first line", ""),
            ("published", "meta", "article:published_time"),
            ("people", "field", "persons"),
        ] {
            article.told.tell(field, by, name);
        }
        let mut out = Vec::new();
        screen(&article, &Look::plain(60), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
