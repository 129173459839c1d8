//! Rows as W3C web annotations: one for each mention, or for each passage of an article that matches.
//!
//! The shape is that of the Web Annotation Data Model (2017) in JSON-LD. Positions count code points of the text as
//! `show` gives it; where the target is a page of the web, the quotation finds the place and they are a hint.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{
    hitlist::{Head, HitList, Row},
    layout::percent,
    one_line,
};
use crate::{
    article,
    hit::{Hit, MentionHit, Provenance, Snippet},
};

/// Code points of context on each side.
const AROUND: usize = 32;

/// Begins a collection with a single page.
///
/// # Errors
/// Those of the writer.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    let id = urn(&[&head.provenance.archive, &head.provenance.exported, &head.provenance.query.text]);
    let label = Value::from(one_line(&head.provenance.query.text));
    write!(
        out,
        "{{\n\"@context\": \"http://www.w3.org/ns/anno.jsonld\",\n\"id\": \"{id}\",\n\"type\": \"AnnotationCollection\",\n\
         \"label\": {label},\n\"first\": {{\"id\": \"{id}#page\", \"type\": \"AnnotationPage\", \"startIndex\": 0, \"items\": ["
    )?;
    Ok(Box::new(Annotations { separator: "\n", written: 0, out }))
}

struct Annotations<'a> {
    /// What stands before the next annotation.
    separator: &'static str,
    written: u64,
    out: &'a mut dyn Write,
}

impl HitList for Annotations<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        match row {
            Row::Mention(mention) => self.write(&of_mention(mention)),
            Row::Article(hit) => marked(hit).try_for_each(|snippet| self.write(&of_passage(hit, snippet))),
        }
    }

    fn finish(self: Box<Self>, provenance: &Provenance) -> io::Result<()> {
        write!(self.out, "\n]}},\n\"total\": {},\n\"morgue_export\": ", self.written)?;
        serde_json::to_writer(&mut *self.out, provenance)?;
        self.out.write_all(b"\n}\n")
    }
}

impl Annotations<'_> {
    fn write(&mut self, annotation: &Value) -> io::Result<()> {
        self.written += 1;
        write!(self.out, "{}{annotation}", std::mem::replace(&mut self.separator, ",\n"))
    }
}

fn of_mention(mention: &MentionHit) -> Value {
    let MentionHit { id, start, end, surface, .. } = mention;
    let quotation = Quotation {
        exact: surface,
        prefix: last(&mention.left),
        suffix: mention.right.chars().take(AROUND).collect(),
        place: (*start, *end),
    };
    let mut annotation = json!({
        "id": urn(&["mention", id, &format!("{start}-{end}")]),
        "type": "Annotation",
        "motivation": if mention.entity.is_some() { "identifying" } else { "highlighting" },
        "target": target((mention.url.as_deref(), &mention.path), &quotation),
    });
    if let (Some(entity), Value::Object(annotation)) = (&mention.entity, &mut annotation) {
        let body = json!({"type": "TextualBody", "purpose": "identifying", "format": "text/plain", "value": entity});
        annotation.insert("body".to_owned(), body);
    }
    annotation
}

/// The passages of an article that match; what only shows its beginning says nothing of the query.
fn marked(hit: &Hit) -> impl Iterator<Item = &Snippet> {
    hit.snippets.iter().filter(|snippet| !snippet.marks.is_empty())
}

fn of_passage(hit: &Hit, snippet: &Snippet) -> Value {
    let Snippet { start, end, .. } = snippet;
    let quotation =
        Quotation { exact: &snippet.text, prefix: String::new(), suffix: String::new(), place: (*start, *end) };
    json!({
        "id": urn(&["passage", &hit.id, &format!("{start}-{end}")]),
        "type": "Annotation",
        "motivation": "highlighting",
        "target": target((hit.url.as_deref(), &hit.path), &quotation),
    })
}

/// Words, what stands around them, and the code points of the text that they take.
struct Quotation<'a> {
    exact: &'a str,
    prefix: String,
    suffix: String,
    place: (u64, u64),
}

/// Words in the page they were published on, or in the file when that is not known.
fn target((url, path): (Option<&str>, &str), quotation: &Quotation<'_>) -> Value {
    let Quotation { exact, prefix, suffix, place: (start, end) } = quotation;
    let source = url.map_or_else(|| percent(&article::path::bytes_of(path)), str::to_owned);
    let mut quote = json!({"type": "TextQuoteSelector", "exact": exact});
    for (name, around) in [("prefix", prefix), ("suffix", suffix)].into_iter().filter(|(_, around)| !around.is_empty())
    {
        quote[name] = around.as_str().into();
    }
    let position = json!({"type": "TextPositionSelector", "start": start, "end": end});
    json!({"type": "SpecificResource", "source": source, "selector": [quote, position]})
}

/// The end of a context.
fn last(context: &str) -> String {
    let skipped = context.chars().count().saturating_sub(AROUND);
    context.chars().skip(skipped).collect()
}

/// A name that follows from what it names: a UUID of version 8 (RFC 9562) from its hash.
fn urn(of: &[&str]) -> String {
    let hex = blake3::hash(of.join("\0").as_bytes()).to_hex();
    let digits = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    let (first, second, third, last) = (digits(0, 8), digits(8, 12), digits(12, 15), digits(18, 30));
    format!("urn:uuid:{first}-{second}-8{third}-8{}-{last}", digits(15, 18))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{hitlist::Rows, sample};

    fn items(row: Row<'_>) -> Vec<Value> {
        let written: Value = serde_json::from_str(&sample::written(begin, Rows::Mentions, &[row])).unwrap();
        assert_eq!(written["@context"], "http://www.w3.org/ns/anno.jsonld");
        let items = written["first"]["items"].as_array().unwrap();
        assert_eq!(written["total"], items.len());
        items.clone()
    }

    #[test]
    fn a_mention_is_quoted_with_its_place() {
        let annotation = &items(Row::Mention(&sample::mention("Tarn")))[0];
        let expected = json!({
            "type": "SpecificResource",
            "source": "https://example.org/tarn",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": "Ilse Maro",
                    "prefix": "On Tuesday the envoy ",
                    "suffix": " came to the harbour.",
                },
                {"type": "TextPositionSelector", "start": 110, "end": 119},
            ],
        });
        assert_eq!((&annotation["target"], &annotation["body"]["value"]), (&expected, &json!("Ilse Maro")));
        let file = &items(Row::Mention(&MentionHit { path: "a b.txt".into(), ..sample::bare_mention() }))[0];
        assert_eq!((&file["target"]["source"], &file["motivation"]), (&json!("a%20b.txt"), &json!("highlighting")));
    }

    #[test]
    fn an_article_has_one_for_each_passage() {
        let hit = sample::hit("Tarn");
        let found = items(Row::Article(&hit));
        assert_eq!(found[0]["target"]["selector"][0]["exact"], "Tarn and the flood");
        assert_eq!((found.len(), items(Row::Article(&Hit::default())).len()), (1, 0));
    }

    #[test]
    fn names_follow_from_what_they_name() {
        let [a, b] = [urn(&["a", "b"]), urn(&["ab", ""])];
        assert_eq!((a.len(), a == urn(&["a", "b"]), a == b), (45, true, false));
    }
}
