//! A hit list as one web page that needs nothing else: to be sent to somebody, read on a phone, printed.
//!
//! Every value is escaped by the template; nothing is loaded, and only the page's own script may run. Without it the
//! values beside the hits are links to them, with it they filter.

mod values;

use std::io::{self, Write};

use minijinja::{
    Environment, UndefinedBehavior,
    value::{Serde, Value},
};
use serde::Serialize;

use self::values::Values;
use super::{
    address::{printable, web},
    hitlist::{Head, HitList, Row, Rows, in_comment},
    layout::{counted, one_line},
    screen::printed_date,
};
use crate::hit::{Hit, MentionHit, Provenance};

const STYLE: &str = include_str!("html/style.css");
const SCRIPT: &str = include_str!("html/filter.js");
/// What the page's policy allows: these two and no other; a test compares them with the files.
const STYLE_HASH: &str = "sha256-2T2NI2ksqamMwuCXql9aDOhGskVv7i6jl+nfU5f2F4M=";
const SCRIPT_HASH: &str = "sha256-xCS/BBBePDVbDII47+QsRIRVoqdWPPTI3Nue2y2p7i0=";

/// Begins a page.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    let templates = templates().map_err(io::Error::other)?;
    let Provenance { query, total, exported, .. } = head.provenance;
    let title = if query.read_as.is_empty() { "All articles" } else { &query.read_as };
    let top = Top {
        version: head.provenance.morgue_export,
        style: STYLE,
        style_hash: STYLE_HASH,
        script_hash: SCRIPT_HASH,
        title: one_line(&printable(title)),
        total: unit(*total, head.rows),
        exported: exported.get(..10).unwrap_or(exported),
        notes: query.notes.iter().map(|note| printable(note)).collect(),
    };
    let mut page = Page { templates, values: Values::default(), rows: head.rows, written: 0, out };
    page.fill("head.html", &top)?;
    Ok(Box::new(page))
}

fn templates() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
    environment.add_template("head.html", include_str!("html/head.html"))?;
    environment.add_template("row.html", include_str!("html/row.html"))?;
    environment.add_template("end.html", include_str!("html/end.html"))?;
    Ok(environment)
}

fn unit(count: u64, rows: Rows) -> String {
    match rows {
        Rows::Articles => counted(count, "article", "articles"),
        Rows::Mentions => counted(count, "mention", "mentions"),
    }
}

struct Page<'a> {
    templates: Environment<'static>,
    values: Values,
    rows: Rows,
    written: u64,
    out: &'a mut dyn Write,
}

/// What stands above the hits.
#[derive(Serialize)]
struct Top<'a> {
    version: u32,
    style: &'a str,
    style_hash: &'a str,
    script_hash: &'a str,
    title: String,
    total: String,
    exported: &'a str,
    notes: Vec<String>,
}

/// A hit or a mention as the page shows it.
#[derive(Serialize)]
struct Shown {
    number: u64,
    /// What it is known by when the page is read back.
    id: String,
    hash: String,
    spot: Option<Spot>,
    /// The values it has, as numbers of the filters.
    keys: String,
    title: String,
    address: Option<String>,
    source: Option<String>,
    /// The date for people, and for machines if it is a whole one.
    date: String,
    day: Option<String>,
    byline: Option<String>,
    place: String,
    passages: Vec<Vec<Piece>>,
    names: Vec<String>,
}

/// Where a mention stands in its article, in code points.
#[derive(Serialize)]
struct Spot {
    start: u64,
    end: u64,
    surface: String,
}

/// A stretch of a passage.
#[derive(Serialize)]
struct Piece {
    text: String,
    marked: bool,
}

/// What stands below the hits.
#[derive(Serialize)]
struct Bottom<'a> {
    fields: Vec<values::Listed<'a>>,
    text: String,
    read_as: String,
    written: String,
    total: String,
    archive: String,
    generation: u64,
    tool: &'a str,
    exported: &'a str,
    provenance: String,
    script: &'a str,
}

impl HitList for Page<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.written += 1;
        let shown = match row {
            Row::Article(hit) => self.article(hit),
            Row::Mention(mention) => self.mention(mention),
        };
        self.fill("row.html", &shown)
    }

    fn finish(mut self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        let values = std::mem::take(&mut self.values);
        let bottom = Bottom {
            fields: values.listed(),
            text: printable(&provenance.query.text),
            read_as: printable(&provenance.query.read_as),
            written: unit(provenance.written, self.rows),
            total: unit(provenance.total, self.rows),
            archive: printable(&provenance.archive),
            generation: provenance.generation,
            tool: &provenance.tool,
            exported: &provenance.exported,
            provenance: in_comment(provenance)?,
            script: SCRIPT,
        };
        self.fill("end.html", &bottom)
    }
}

impl Page<'_> {
    fn fill(&mut self, template: &str, values: &impl Serialize) -> io::Result<()> {
        let filled = self.templates.get_template(template);
        let filled =
            filled.and_then(|template| template.render(Value::from(Serde(values)))).map_err(io::Error::other)?;
        self.out.write_all(filled.as_bytes())?;
        self.out.write_all(b"\n")
    }

    fn article(&mut self, hit: &Hit) -> Shown {
        let n = self.written;
        let mut keys = self.dated(&hit.published, &hit.source);
        for (label, names) in
            [("People", &hit.people), ("Places", &hit.places), ("Organisations", &hit.orgs), ("Tags", &hit.tags)]
        {
            keys.extend(names.iter().map(|name| self.values.key(label, &line(name), n)));
        }
        let passages = hit.snippets.iter().map(|snippet| pieces(&snippet.text, &snippet.marks)).collect();
        let names =
            [&hit.people, &hit.places, &hit.orgs, &hit.tags].into_iter().flatten().map(|name| line(name)).collect();
        Shown {
            number: n,
            id: printable(&hit.id),
            hash: hit.hash.clone(),
            spot: None,
            keys: listed(&keys),
            title: headline(&hit.title),
            address: hit.url.as_deref().and_then(web),
            source: hit.source.as_deref().map(line),
            date: date(&hit.published),
            day: day(&hit.published),
            byline: hit.byline.as_deref().map(line),
            place: line(&format!("{}:{}", hit.path, hit.line)),
            passages,
            names,
        }
    }

    fn mention(&mut self, mention: &MentionHit) -> Shown {
        let n = self.written;
        let mut keys = self.dated(&mention.published, &mention.source);
        keys.push(self.values.key("Printed as", &line(&mention.surface), n));
        keys.extend(mention.entity.as_deref().map(|entity| self.values.key("Names", &line(entity), n)));
        let (left, right) = (printable(&mention.left), printable(&mention.right));
        let piece = |text, marked| Piece { text, marked };
        Shown {
            number: n,
            id: printable(&mention.id),
            hash: mention.hash.clone(),
            spot: Some(Spot { start: mention.start, end: mention.end, surface: line(&mention.surface) }),
            keys: listed(&keys),
            title: headline(&mention.title),
            address: mention.url.as_deref().and_then(web),
            source: mention.source.as_deref().map(line),
            date: date(&mention.published),
            day: day(&mention.published),
            byline: mention.byline.as_deref().map(line),
            place: line(&format!("{}:{}", mention.path, mention.line)),
            passages: vec![vec![piece(left, false), piece(printable(&mention.matched), true), piece(right, false)]],
            // A name in full is told where the text has it otherwise.
            names: mention.entity.iter().filter(|entity| **entity != mention.matched).map(|name| line(name)).collect(),
        }
    }

    /// The filters of year and source.
    fn dated(&mut self, published: &Option<String>, source: &Option<String>) -> Vec<u32> {
        let is_year = |year: &&str| year.bytes().all(|byte| byte.is_ascii_digit());
        let year = published.as_deref().and_then(|edtf| edtf.get(..4)).filter(is_year).unwrap_or("undated");
        let mut keys = vec![self.values.key("Years", year, self.written)];
        keys.extend(source.as_deref().map(|source| self.values.key("Sources", &line(source), self.written)));
        keys
    }
}

fn listed(keys: &[u32]) -> String {
    keys.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")
}

fn line(text: &str) -> String {
    one_line(&printable(text))
}

fn headline(title: &str) -> String {
    if title.trim().is_empty() { "untitled".to_owned() } else { line(title) }
}

fn date(published: &Option<String>) -> String {
    published.as_deref().map_or_else(|| "undated".to_owned(), |edtf| line(&printed_date(edtf)))
}

/// A year, month or day as HTML writes it; nothing vaguer.
fn day(published: &Option<String>) -> Option<String> {
    let is_plain = |edtf: &&String| {
        matches!(edtf.len(), 4 | 7 | 10) && edtf.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-')
    };
    published.as_ref().filter(is_plain).cloned()
}

/// A passage cut at its marks.
fn pieces(text: &str, marks: &[(u64, u64)]) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().collect();
    let slice = |from: u64, to: u64| {
        let stretch: String = letters.iter().skip(from as usize).take(to.saturating_sub(from) as usize).collect();
        printable(&stretch)
    };
    let mut pieces = Vec::new();
    let mut at = 0;
    for (from, to) in marks {
        pieces.push(Piece { text: slice(at, *from), marked: false });
        pieces.push(Piece { text: slice(*from, *to), marked: true });
        at = *to;
    }
    pieces.push(Piece { text: slice(at, letters.len() as u64), marked: false });
    pieces.retain(|piece| !piece.text.is_empty());
    pieces
}

#[cfg(test)]
mod tests;
