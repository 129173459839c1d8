//! Rows as RIS, for Zotero, EndNote and their like: newspaper articles, one tag a line, CRLF.
//!
//! The tags are those of the RIS format specification (2011) as Zotero reads them. A value never has a line break.

use std::io::{self, Write};

use super::{
    citation::{Citation, DateParts},
    hitlist::{Head, HitList, Row},
    one_line,
};
use crate::{date::Date, hit::Provenance};

/// Begins a list; nothing stands before the first row.
///
/// # Errors
/// None.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(Box::new(Ris { archive: head.provenance.folder().to_owned(), out }))
}

struct Ris<'a> {
    archive: String,
    out: &'a mut dyn Write,
}

impl HitList for Ris<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        let cited = Citation::of(row);
        self.tag("TY", "NEWS")?;
        self.maybe("TI", cited.title.as_deref())?;
        for author in &cited.authors {
            self.tag("AU", &author.inverted())?;
        }
        self.maybe("T2", cited.container.as_deref())?;
        self.date(cited.published.as_ref())?;
        self.maybe("SE", cited.section.as_deref())?;
        self.maybe("SP", cited.page.as_deref())?;
        self.maybe("ET", cited.edition.as_deref())?;
        self.maybe("AB", cited.summary.as_deref())?;
        self.maybe("LA", cited.language.as_deref())?;
        for keyword in &cited.keywords {
            self.tag("KW", keyword)?;
        }
        self.maybe("UR", cited.url.as_deref())?;
        if let Some(DateParts { ends, .. }) = cited.accessed.as_ref().and_then(DateParts::of) {
            self.tag("Y2", &slashed(ends.first().map_or(&[], Vec::as_slice)))?;
        }
        self.maybe("N1", cited.quote.as_ref().map(|quote| quote.note()).as_deref())?;
        self.tag("DB", &self.archive.clone())?;
        self.tag("AN", &one_line(&cited.id))?;
        write!(self.out, "ER  - \r\n\r\n")
    }

    fn finish(self: Box<Self>, _: &Provenance) -> io::Result<()> {
        Ok(())
    }
}

impl Ris<'_> {
    /// Writes a line; no value, no line.
    fn tag(&mut self, tag: &str, value: &str) -> io::Result<()> {
        if value.is_empty() { Ok(()) } else { write!(self.out, "{tag}  - {value}\r\n") }
    }

    fn maybe(&mut self, tag: &str, value: Option<&str>) -> io::Result<()> {
        self.tag(tag, value.unwrap_or_default())
    }

    /// `DA` and `PY` say a date that is one; a range or a decade has no tag, and stands in a note.
    fn date(&mut self, date: Option<&Date>) -> io::Result<()> {
        let Some(date) = date else { return Ok(()) };
        match DateParts::of(date) {
            Some(DateParts { ends, is_doubtful }) if ends.len() == 1 => {
                let numbers = ends.first().map_or(&[][..], Vec::as_slice);
                let doubt = if is_doubtful { "circa" } else { "" };
                self.tag("PY", &numbers.first().map(|year| format!("{year:04}")).unwrap_or_default())?;
                match (numbers.len(), doubt) {
                    (3, "") => self.tag("DA", &slashed(numbers)),
                    _ => self.tag("DA", &format!("{}/{doubt}", slashed(numbers))),
                }
            }
            _ => self.tag("N1", &format!("Published: {} (EDTF)", date.edtf())),
        }
    }
}

/// `1916/05/24`, `1916/05/`, `1916//`: what is not known is empty.
fn slashed(numbers: &[i16]) -> String {
    let part = |at: usize, width: usize| numbers.get(at).map(|n| format!("{n:0width$}")).unwrap_or_default();
    format!("{}/{}/{}", part(0, 4), part(1, 2), part(2, 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hit::Hit,
        render::{hitlist::Rows, sample},
    };

    fn check(row: Row<'_>, expected: &[&str]) {
        let written = sample::written(begin, Rows::Articles, &[row]);
        let expected: String = expected.iter().map(|line| format!("{line}\r\n")).collect();
        assert_eq!(written, expected + "ER  - \r\n\r\n");
    }

    #[test]
    fn a_row_is_a_newspaper_article() {
        check(
            Row::Article(&sample::hit("Tarn\tfloods")),
            &[
                "TY  - NEWS",
                "TI  - Tarn floods",
                "AU  - Ada Moran and Tom Hale",
                "T2  - The Courier",
                "PY  - 1916",
                "DA  - 1916/05/03",
                "LA  - en",
                "KW  - Floods",
                "KW  - keep",
                "UR  - https://example.org/tarn?a=1&b=2",
                "N1  - “Tarn floods and the flood” (line 4)",
                "DB  - clippings",
                "AN  - north/tarn.txt",
            ],
        );
        check(
            Row::Mention(&sample::bare_mention()),
            &["TY  - NEWS", "N1  - “flood” (line 1, sentence 1)", "DB  - clippings", "AN  - a#110-119"],
        );
    }

    #[test]
    fn a_date_says_no_more_than_is_known() {
        let check = |edtf: &str, expected: &[&str]| {
            let hit = Hit { id: "a".into(), published: Some(edtf.into()), ..Hit::default() };
            let whole: Vec<&str> =
                ["TY  - NEWS"].iter().chain(expected).chain(&["DB  - clippings", "AN  - a"]).copied().collect();
            check(Row::Article(&hit), &whole);
        };
        check("1916-05", &["PY  - 1916", "DA  - 1916/05//"]);
        check("1916~", &["PY  - 1916", "DA  - 1916///circa"]);
        check("191X", &["N1  - Published: 191X (EDTF)"]);
        check("1985/1990", &["N1  - Published: 1985/1990 (EDTF)"]);
        check("2012/..", &["N1  - Published: 2012/.. (EDTF)"]);
    }
}
