//! One article to read: its head, its names, its text in reading order with what was sought marked.
//!
//! The text is broken into lines and cleaned of control characters, otherwise untouched; `--raw` is for the bytes.

use std::{
    io::{self, Write},
    ops::Range,
};

use super::{
    Ink, Look,
    layout::{clip, fit, one_line, pad, wrap},
    screen::printed_date,
};
use crate::{
    article::{Article, Part, PartKind},
    field::Field,
    hit::CodePoints,
};

/// Writes the article; `marks` are bytes of its text, in order.
///
/// # Errors
/// Those of the writer.
pub fn screen(article: &Article, marks: &[Range<usize>], look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let head = article.parts.iter().find(|part| part.kind == PartKind::Title);
    match head {
        Some(part) => write_heading(&paragraph(article, &part.span, marks), look, out)?,
        None => writeln!(out, "{}", look.ink(Ink::Strong, "(no headline)"))?,
    }
    origin(article, look, out)?;
    for (field, values) in [
        (Field::Person, &article.people),
        (Field::Place, &article.places),
        (Field::Focus, &article.focus),
        (Field::Org, &article.orgs),
        (Field::Role, &article.roles),
        (Field::Subject, &article.subjects),
        (Field::Tag, &article.tags),
    ] {
        if !values.is_empty() {
            let values = fit(values, look.width.saturating_sub(9));
            writeln!(out, "{}{values}", look.ink(Ink::Label, &pad(field.name(), 9)))?;
        }
    }
    for part in article.parts.iter().filter(|part| part.kind != PartKind::Title) {
        write_part(article, part, marks, (look, &mut *out))?;
    }
    Ok(())
}

fn origin(article: &Article, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let published = article.published.as_ref().map_or_else(|| "undated".to_owned(), |date| printed_date(date.edtf()));
    let items: Vec<String> =
        [article.source.clone(), Some(published), article.byline.clone(), article.section.clone(), article.url.clone()]
            .into_iter()
            .flatten()
            .collect();
    writeln!(out, "{}", fit(&items, look.width))?;
    let file = clip(&format!("{}:{}", article.path, article.line), look.width);
    writeln!(out, "{}", look.link(&article.path, &look.ink(Ink::Faint, &file)))?;
    if article.id != article.path {
        writeln!(out, "{}", look.ink(Ink::Faint, &clip(&format!("id {}", article.id), look.width)))?;
    }
    Ok(())
}

fn write_part(article: &Article, part: &Part, marks: &[Range<usize>], page: (&Look, &mut dyn Write)) -> io::Result<()> {
    let (look, out) = page;
    writeln!(out)?;
    let label = match part.kind {
        PartKind::Caption => "[caption]",
        PartKind::Infobox => "[infobox]",
        PartKind::Boilerplate => "[boilerplate]",
        _ => "",
    };
    if !label.is_empty() {
        writeln!(out, "{}", look.ink(Ink::Label, label))?;
    }
    let mut at = part.span.start;
    for line in article.text.get(part.span.clone()).unwrap_or_default().split('\n') {
        let text = paragraph(article, &(at..at + line.len()), marks);
        at += line.len() + 1;
        match part.kind {
            PartKind::Subtitle => write_heading(&text, look, out)?,
            _ => write_text(&text, look, out)?,
        }
    }
    Ok(())
}

/// A stretch of text and its marks in code points.
type Paragraph<'a> = (&'a str, Vec<(u64, u64)>);

fn paragraph<'a>(article: &'a Article, span: &Range<usize>, marks: &[Range<usize>]) -> Paragraph<'a> {
    let text = article.text.get(span.clone()).unwrap_or_default();
    let points = CodePoints::of(text);
    let inside = marks.iter().filter(|mark| mark.start < span.end && mark.end > span.start);
    let at = |byte: usize| points.at(byte.saturating_sub(span.start)) as u64;
    (text, inside.map(|mark| (at(mark.start), at(mark.end))).collect())
}

fn write_text(text: &Paragraph<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if text.0.trim().is_empty() {
        return writeln!(out);
    }
    wrap(text.0, &text.1, look.width, look).iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// Headlines: in one ink unless something in them was sought.
fn write_heading(text: &Paragraph<'_>, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    if !text.1.is_empty() {
        return write_text(text, look, out);
    }
    let lines = wrap(&one_line(text.0), &[], look.width, look);
    lines.iter().try_for_each(|line| writeln!(out, "{}", look.ink(Ink::Strong, line)))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::article::Origin;

    /// An article in two parts, with every field empty that is not set here.
    pub(in crate::render) fn sample() -> Article {
        let text = "Envoy reaches Tarn\nThe envoy came by boat.\nÜber Nacht rose the river; the envoy waited.";
        let part = |kind, span| Part { kind, span, origin: Origin::on_line(1) };
        Article {
            id: "tarn".into(),
            path: "tarn.txt".into(),
            line: 1,
            title: "Envoy reaches Tarn".into(),
            source: Some("Northern Courier".into()),
            published: crate::date::Date::parse("1925-03").ok(),
            language: "en".into(),
            people: vec!["Ilse Maro".into()],
            supplied: vec![crate::entity::EntityKind::Person],
            parts: vec![part(PartKind::Title, 0..18), part(PartKind::Body, 19..text.len())],
            text: text.into(),
            ..Article::default()
        }
    }

    #[test]
    fn an_article_to_read() {
        let mut out = Vec::new();
        screen(&sample(), &[0..5, 23..28, 75..80], &Look::plain(40), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
