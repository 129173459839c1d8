//! A hit list as Markdown, for notes and mail: headlines as links, dates, quotes with what was found in bold.
//!
//! Whatever an article holds is escaped: it can be no markup, no HTML and no link of its own.

use std::io::{self, Write};

use super::{
    address::{printable, web},
    hitlist::{Head, HitList, Row, Rows, in_comment},
    layout::{number, one_line},
    screen::printed_date,
};
use crate::hit::{Hit, MentionHit, Provenance, Snippet};

/// Begins a list.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    let Provenance { query, total, exported, .. } = head.provenance;
    let title = if query.read_as.is_empty() { "All articles" } else { &query.read_as };
    let unit = match (head.rows, *total) {
        (Rows::Articles, 1) => "article",
        (Rows::Mentions, 1) => "mention",
        (rows, _) => rows.name(),
    };
    // By these letters an index run knows the file for a hit list.
    writeln!(out, "<!-- \"morgue_export\": {} -->\n", head.provenance.morgue_export)?;
    let day = exported.get(..10).unwrap_or(exported);
    writeln!(out, "# {}\n\n{} {unit}, {day}", escaped(title), number(*total))?;
    Ok(Box::new(Markdown { done: 0, out }))
}

struct Markdown<'a> {
    done: u64,
    out: &'a mut dyn Write,
}

impl HitList for Markdown<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.done += 1;
        match row {
            Row::Article(hit) => article(hit, self.out),
            Row::Mention(mention) => self.mention(mention),
        }
    }

    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        writeln!(self.out, "\n<!-- {} -->", in_comment(provenance)?)
    }
}

impl Markdown<'_> {
    fn mention(&mut self, mention: &MentionHit) -> io::Result<()> {
        let left = escaped(&mention.left);
        let quote = format!("{left}{}{}", bold(&mention.matched), escaped(&mention.right));
        let place = placed(&mention.path, mention.line);
        let line = facts([date(&mention.published), source(&mention.source), Some(place)]);
        let headline = headline(&mention.title, &mention.url);
        writeln!(self.out, "\n{}. {headline}  \n   {line}\n\n   > {}", self.done, quote.trim())
    }
}

fn article(hit: &Hit, out: &mut dyn Write) -> io::Result<()> {
    let byline = hit.byline.as_deref().map(escaped);
    let place = placed(&hit.path, hit.line);
    let line = facts([date(&hit.published), source(&hit.source), byline, Some(place)]);
    writeln!(out, "\n## {}. {}\n\n{line}", hit.rank, headline(&hit.title, &hit.url))?;
    for snippet in &hit.snippets {
        writeln!(out, "\n> {}", passage(snippet))?;
    }
    let names = |label: &str, names: &[String]| {
        let listed = names.iter().map(|name| escaped(name)).collect::<Vec<_>>().join(", ");
        if names.is_empty() { None } else { Some(format!("{label}: {listed}")) }
    };
    let named = facts([
        names("people", &hit.people),
        names("places", &hit.places),
        names("organisations", &hit.orgs),
        names("tags", &hit.tags),
    ]);
    if named.is_empty() { Ok(()) } else { writeln!(out, "\n{named}") }
}

fn facts<const N: usize>(facts: [Option<String>; N]) -> String {
    facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn headline(title: &str, url: &Option<String>) -> String {
    let title = if title.trim().is_empty() { "untitled".to_owned() } else { escaped(title) };
    match url.as_deref().and_then(web) {
        Some(address) => format!("[{title}](<{address}>)"),
        None => title,
    }
}

fn date(published: &Option<String>) -> Option<String> {
    Some(published.as_deref().map_or_else(|| "undated".to_owned(), |edtf| escaped(&printed_date(edtf))))
}

fn source(source: &Option<String>) -> Option<String> {
    source.as_deref().map(|source| format!("*{}*", escaped(source.trim())))
}

fn placed(path: &str, line: u32) -> String {
    let place = one_line(&format!("{path}:{line}"));
    if place.contains('`') { escaped(&place) } else { format!("`{place}`") }
}

/// A passage with its marks in bold.
fn passage(snippet: &Snippet) -> String {
    let text: Vec<char> = snippet.text.chars().collect();
    let slice = |from: u64, to: u64| -> String {
        text.iter().skip(from as usize).take(to.saturating_sub(from) as usize).collect()
    };
    let mut written = String::new();
    let mut at = 0;
    for (from, to) in &snippet.marks {
        written += &escaped(&slice(at, *from));
        written += &bold(&slice(*from, *to));
        at = *to;
    }
    written + &escaped(&slice(at, text.len() as u64))
}

fn bold(text: &str) -> String {
    if text.trim().is_empty() { escaped(text) } else { format!("**{}**", escaped(text)) }
}

/// A text on one line in which nothing is markup.
fn escaped(text: &str) -> String {
    let text = one_line(&printable(text));
    let mut written = String::with_capacity(text.len());
    let mut is_start = true;
    for c in text.chars() {
        let is_sign = "\\`*_[]<>&~|".contains(c) || (is_start && "#+-=.)".contains(c));
        if is_sign {
            written.push('\\');
        }
        // A number and a stop at the beginning would be a list.
        is_start = is_start && (c.is_ascii_digit() || c == ' ');
        written.push(c);
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::sample;

    fn written(rows: Rows, row: Row<'_>) -> String {
        let provenance = sample::provenance("flood --><b>", rows);
        let view = sample::view(&provenance);
        let mut out = Vec::new();
        let mut list = begin(&sample::head(&provenance, &view, rows), &mut out).unwrap();
        list.row(row).unwrap();
        list.finish(&Provenance { written: 1, ..provenance }).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn an_article_is_a_heading_and_quotes() {
        let page = written(Rows::Articles, Row::Article(&sample::hit("Tarn [1]")));
        let expected = "# flood --\\>\\<b\\>\n\n2 articles, 2026-03-01\n\n\
            ## 1. [Tarn \\[1\\]](<https://example.org/tarn?a=1&b=2>)\n\n\
            Wed 3 May 1916 · *The Courier* · By Ada Moran and Tom Hale · `north/tarn.txt:3`\n\n\
            > **Tarn \\[1\\]** and the flood\n\n\
            people: Ilse Maro, Tom Hale · places: United Kingdom/Tarn · organisations: Harbour Board · tags: keep\n";
        assert!(page.contains(expected), "{page}");
        let said = page.rsplit("<!-- ").next().unwrap().trim_end().trim_end_matches(" -->");
        assert_eq!(serde_json::from_str::<Provenance>(said).unwrap().query.text, "flood --><b>");
    }

    #[test]
    fn a_mention_is_a_quote() {
        let page = written(Rows::Mentions, Row::Mention(&sample::mention("")));
        let expected = "1. [untitled](<https://example.org/tarn>)  \n   May 1916 · *The Courier* · `north/tarn.txt:5`\n\n   > On Tuesday the envoy **Ilse Maro** came to the harbour.\n";
        assert!(page.contains(expected), "{page}");
    }

    #[test]
    fn nothing_is_markup() {
        let check = |text, expected| assert_eq!(escaped(text), expected);
        check("# a\n- b", "\\# a - b");
        check("12. a", "12\\. a");
        check("a*b_c`d\\e|f~g&amp;", "a\\*b\\_c\\`d\\\\e\\|f\\~g\\&amp;");
        check("<script>\0", "\\<script\\>\u{FFFD}");
        assert_eq!(headline("a](x)", &Some("javascript:alert(1)".into())), "a\\](x)");
    }
}
