//! Rows as CSL-JSON, for Zotero, pandoc and citation processors: an array of newspaper articles.
//!
//! Keys are those of the CSL 1.0.2 input schema and no others, so there is no room for where the list comes from.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::{
    citation::{Author, Citation, DateParts},
    hitlist::{Head, HitList, Row},
};
use crate::{date::Date, hit::Provenance};

/// Begins a list.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    out.write_all(b"[")?;
    Ok(Box::new(Csl { archive: head.provenance.folder().to_owned(), separator: "\n", out }))
}

struct Csl<'a> {
    archive: String,
    /// What stands before the next item.
    separator: &'static str,
    out: &'a mut dyn Write,
}

impl HitList for Csl<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        let item = item(Citation::of(row), &self.archive);
        write!(self.out, "{}{}", std::mem::replace(&mut self.separator, ",\n"), Value::Object(item))
    }

    fn finish(self: Box<Self>, _: &Provenance) -> io::Result<()> {
        self.out.write_all(b"\n]\n")
    }
}

fn item(cited: Citation<'_>, archive: &str) -> Map<String, Value> {
    let keywords = (!cited.keywords.is_empty()).then(|| cited.keywords.join(", "));
    let authors: Vec<Value> = cited.authors.iter().map(name).collect();
    let values = [
        ("id", Some(cited.id.into_owned().into())),
        ("type", Some("article-newspaper".into())),
        ("title", cited.title.map(Value::from)),
        ("author", (!authors.is_empty()).then_some(authors.into())),
        ("container-title", cited.container.map(Value::from)),
        ("issued", cited.published.as_ref().map(date)),
        ("section", cited.section.map(Value::from)),
        ("page", cited.page.map(Value::from)),
        ("edition", cited.edition.map(Value::from)),
        ("abstract", cited.summary.map(Value::from)),
        ("language", cited.language.map(Value::from)),
        ("keyword", keywords.map(Value::from)),
        ("URL", cited.url.map(Value::from)),
        ("accessed", cited.accessed.as_ref().map(date)),
        ("note", cited.quote.map(|quote| quote.note().into())),
        ("archive", Some(archive.into())),
        ("archive_location", Some(cited.place.into())),
        ("call-number", Some(cited.article.into())),
    ];
    values.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
}

fn name(author: &Author) -> Value {
    match author {
        Author::Person { given, family, suffix: None } => json!({"family": family, "given": given}),
        Author::Person { given, family, suffix } => json!({"family": family, "given": given, "suffix": suffix}),
        Author::Printed(name) => json!({"literal": name}),
    }
}

/// A date in numbers; a range without an end as it is written.
fn date(date: &Date) -> Value {
    match DateParts::of(date) {
        Some(DateParts { ends, is_doubtful: false }) => json!({"date-parts": ends}),
        Some(DateParts { ends, is_doubtful }) => json!({"date-parts": ends, "circa": is_doubtful}),
        None => json!({"literal": date.edtf()}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hit::Hit,
        render::{hitlist::Rows, sample},
    };

    fn check(rows: &[Row<'_>], expected: Value) {
        let written = sample::written(begin, Rows::Articles, rows);
        assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), expected);
    }

    #[test]
    fn rows_are_newspaper_articles() {
        check(&[], json!([]));
        check(
            &[Row::Article(&sample::hit("Tarn")), Row::Mention(&sample::bare_mention())],
            json!([
                {
                    "id": "north/tarn.txt",
                    "type": "article-newspaper",
                    "title": "Tarn",
                    "author": [{"literal": "Ada Moran and Tom Hale"}],
                    "container-title": "The Courier",
                    "issued": {"date-parts": [[1916, 5, 3]]},
                    "language": "en",
                    "keyword": "Floods, keep",
                    "URL": "https://example.org/tarn?a=1&b=2",
                    "note": "“Tarn and the flood” (line 4)",
                    "archive": "clippings",
                    "archive_location": "north/tarn.txt:3",
                    "call-number": "north/tarn.txt",
                },
                {
                    "id": "a#110-119",
                    "type": "article-newspaper",
                    "note": "“flood” (line 1, sentence 1)",
                    "archive": "clippings",
                    "archive_location": "a.txt:1",
                    "call-number": "a",
                },
            ]),
        );
    }

    #[test]
    fn dates_and_names_have_their_parts() {
        let check = |edtf: &str, expected: Value| assert_eq!(date(&Date::parse(edtf).unwrap()), expected);
        check("1916~", json!({"date-parts": [[1916]], "circa": true}));
        check("1985/1990", json!({"date-parts": [[1985], [1990]]}));
        check("2012/..", json!({"literal": "2012/.."}));
        let check = |printed: &str, expected: Value| assert_eq!(name(&Author::named(printed)), expected);
        check("Anna van Dyck", json!({"family": "van Dyck", "given": "Anna"}));
        check("Tom Hale Jr.", json!({"family": "Hale", "given": "Tom", "suffix": "Jr."}));
        assert!(item(Citation::of(Row::Article(&Hit::default())), "").contains_key("id"));
    }
}
