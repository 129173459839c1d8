//! Rows as BibLaTeX, for LaTeX and Typst: `@article` of a newspaper, dates in EDTF, titles as they are printed.
//!
//! Keys depend on the row's id alone, so that a later export of the same article cites it under the same key.

use std::io::{self, Write};

use super::{
    citation::{Author, Citation},
    hitlist::{Head, HitList, Row},
};
use crate::hit::Provenance;

/// Begins a list with a comment by which it is known for one.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    writeln!(out, "% \"morgue_export\": a hit list of morgue, whose last line says where it comes from\n")?;
    Ok(Box::new(Bibliography { archive: head.provenance.folder().to_owned(), out }))
}

struct Bibliography<'a> {
    archive: String,
    out: &'a mut dyn Write,
}

impl HitList for Bibliography<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        // What is cited is printed with the citation; where the article matches is for the reader only.
        let note = if matches!(row, Row::Mention(_)) { "note" } else { "annotation" };
        let cited = Citation::of(row);
        let authors: Vec<String> = cited.authors.iter().map(name).collect();
        let keywords = (!cited.keywords.is_empty()).then(|| cited.keywords.join(", ").replace(['{', '}'], ""));
        let quote = cited.quote.as_ref().map(|quote| quote.note());
        let library = format!("{}, {}", self.archive, cited.id);
        let escaped = |value: Option<String>| value.map(|text| tex(&text));
        let fields = [
            ("entrysubtype", Some("newspaper".to_owned())),
            ("title", cited.title.map(|title| format!("{{{}}}", tex(&title)))),
            ("author", (!authors.is_empty()).then(|| authors.join(" and "))),
            ("journaltitle", escaped(cited.container)),
            ("date", cited.published.map(String::from)),
            ("titleaddon", escaped(cited.section)),
            ("pages", escaped(cited.page)),
            ("edition", escaped(cited.edition)),
            ("abstract", escaped(cited.summary)),
            ("keywords", escaped(keywords)),
            ("url", cited.url.map(|url| verbatim(&url))),
            ("urldate", cited.accessed.map(String::from)),
            (note, escaped(quote)),
            ("library", Some(tex(&library))),
        ];
        write!(self.out, "@article{{{}", key(&cited.id))?;
        for (name, value) in fields.iter().filter_map(|(name, value)| Some((name, value.as_ref()?))) {
            write!(self.out, ",\n  {name} = {{{value}}}")?;
        }
        self.out.write_all(b"\n}\n\n")
    }

    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        // Behind an entry everything but @ is a comment.
        writeln!(self.out, "% {}", serde_json::to_string(provenance)?.replace('@', "\\u0040"))
    }
}

/// The letters and digits of an id, and twelve hex digits of its hash: ids differ where their letters do not.
fn key(id: &str) -> String {
    const LETTERS: usize = 40;
    let mut letters = String::new();
    for c in id.chars().take(LETTERS) {
        match c.is_ascii_alphanumeric() {
            true => letters.push(c.to_ascii_lowercase()),
            false if !letters.is_empty() && !letters.ends_with('-') => letters.push('-'),
            false => {}
        }
    }
    let hash = blake3::hash(id.as_bytes()).to_hex();
    format!("{}-{}", letters.trim_end_matches('-'), hash.get(..12).unwrap_or_default())
        .trim_start_matches('-')
        .to_owned()
}

fn name(author: &Author) -> String {
    match author {
        Author::Person { given, family, suffix: None } => format!("{}, {}", tex(family), tex(given)),
        Author::Person { given, family, suffix: Some(suffix) } => {
            format!("{}, {}, {}", tex(family), tex(suffix), tex(given))
        }
        Author::Printed(name) => format!("{{{}}}", tex(name)),
    }
}

/// A text without anything that LaTeX would read as a command. Braces become commands too, since a brace alone would
/// end or swallow the value even behind a backslash.
fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '%' | '#' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// An address, which is taken as it stands: only what would end the value is encoded.
fn verbatim(url: &str) -> String {
    url.replace('{', "%7B").replace('}', "%7D").replace('\\', "%5C").replace(' ', "%20")
}

#[cfg(test)]
mod tests {
    use biblatex::{Bibliography, ChunksExt, EntryType, PermissiveType};

    use super::*;
    use crate::{
        hit::Hit,
        render::{hitlist::Rows, sample},
    };

    fn read(rows: &[Row<'_>]) -> Bibliography {
        Bibliography::parse(&sample::written(begin, Rows::Articles, rows)).unwrap()
    }

    #[test]
    fn an_entry_is_read_back() {
        let title = "Tarn {floods: 50% of Smith & Co, $3 \\ #_~^ “x”";
        let list = read(&[Row::Article(&sample::hit(title)), Row::Mention(&sample::bare_mention())]);
        let entry = list.iter().next().unwrap();
        assert_eq!((list.len(), &entry.entry_type), (2, &EntryType::Article));
        assert_eq!(entry.title().unwrap().format_verbatim(), title);
        assert!(matches!(entry.date().unwrap(), PermissiveType::Typed(_)));
        assert_eq!(entry.url().unwrap(), "https://example.org/tarn?a=1&b=2");
        let names = entry.author().unwrap();
        assert_eq!(names.iter().map(|name| name.name.as_str()).collect::<Vec<_>>(), ["Ada Moran and Tom Hale"]);
        let field = |name: &str| entry.get(name).unwrap().format_verbatim();
        assert_eq!(field("date"), "1916-05-03");
        assert_eq!((field("entrysubtype"), field("journaltitle")), ("newspaper".into(), "The Courier".into()));
    }

    #[test]
    fn keys_are_told_apart_and_stay() {
        let check = |id: &str, expected: &str| assert_eq!(key(id), expected);
        check("north/tarn.txt#110-119", "north-tarn-txt-110-119-8ed78c0f1542");
        check("Тарн", "97b8187111c8");
        let ids: Vec<String> = (0..999).map(|n| format!("{}{n}", "x".repeat(60))).collect();
        let keys: std::collections::HashSet<String> = ids.iter().map(|id| key(id)).collect();
        assert_eq!(keys.len(), ids.len());
    }

    #[test]
    fn names_keep_their_parts() {
        let check = |printed: &str, expected: &str| assert_eq!(name(&Author::named(printed)), expected);
        check("Anna van Dyck", "van Dyck, Anna");
        check("Tom Hale Jr.", "Hale, Jr., Tom");
        check("AT&T", "{AT\\&T}");
        assert_eq!(read(&[Row::Article(&Hit::default())]).len(), 1);
    }
}
