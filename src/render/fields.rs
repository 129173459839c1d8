//! The table of fields with how many articles have each: on a page, or as tab-separated records.
//!
//! Names, examples and sentences come from the table of fields itself.

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{clip, counted, one_line, pad, pad_start, width, wrap},
};
use crate::hit::FieldList;

/// Writes the page: name, coverage, distinct values, then a sentence and an example.
///
/// # Errors
/// Those of the writer.
pub fn screen(list: &FieldList, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", look.ink(Ink::Strong, &counted(list.articles, "article", "articles")))?;
    let name_width =
        list.fields.iter().map(|field| width(&field.field)).max().unwrap_or(0).clamp(8, (look.width / 3).clamp(8, 20));
    for field in &list.fields {
        let name = pad(&clip(&field.field, name_width), name_width);
        let coverage = match field.articles {
            Some(articles) => format!("{:>3} %", articles * 100 / list.articles.max(1)),
            None => "     ".to_owned(),
        };
        let distinct = field.distinct.map_or_else(String::new, |n| counted(n, "value", "values"));
        let indent = name_width + 2;
        let numbers = format!("  {coverage}  {}", pad_start(&distinct, 14));
        writeln!(out, "{}{}", look.ink(Ink::Label, name.trim_end()), after(&name, &numbers))?;
        let blank = " ".repeat(indent);
        let room = look.width.saturating_sub(indent);
        for line in wrap(&field.help, &[], room, look) {
            writeln!(out, "{blank}{line}")?;
        }
        if !field.example.is_empty() {
            writeln!(out, "{blank}{}", look.ink(Ink::Faint, &clip(&field.example, room)))?;
        }
    }
    Ok(())
}

/// The blanks that fill up a name, then the numbers, without blanks at the end.
fn after(name: &str, numbers: &str) -> String {
    let blanks = width(name) - width(name.trim_end());
    format!("{}{numbers}", " ".repeat(blanks)).trim_end().to_owned()
}

/// Writes `FIELD<TAB>ARTICLES<TAB>DISTINCT<TAB>EXAMPLE`, one field a line; what is not counted stays empty.
///
/// # Errors
/// Those of the writer.
pub fn lines(list: &FieldList, out: &mut dyn Write) -> io::Result<()> {
    let shown = |n: Option<u64>| n.map(|n| n.to_string()).unwrap_or_default();
    for field in &list.fields {
        let (name, example) = (one_line(&field.field), one_line(&field.example));
        writeln!(out, "{name}\t{}\t{}\t{example}", shown(field.articles), shown(field.distinct))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hit::FieldCoverage;

    #[test]
    fn a_page_of_fields() {
        let field = FieldCoverage {
            field: "person".into(),
            articles: Some(30),
            distinct: Some(1200),
            example: "person:\"Ilse Maro\"".into(),
            help: "A person the article names.".into(),
            ..FieldCoverage::default()
        };
        let bare =
            FieldCoverage { field: "since".into(), help: "Published on or after.".into(), ..FieldCoverage::default() };
        let list = FieldList { schema_version: 1, articles: 40, fields: vec![field, bare] };
        let mut out = Vec::new();
        screen(&list, &Look::plain(60), &mut out).unwrap();
        lines(&list, &mut out).unwrap();
        let mut narrow = Vec::new();
        screen(&list, &Look::plain(40), &mut narrow).unwrap();
        let narrow = String::from_utf8(narrow).unwrap();
        assert!(narrow.lines().all(|line| width(line) <= 40), "{narrow}");
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
