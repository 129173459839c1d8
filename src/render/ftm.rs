//! Rows as FollowTheMoney entities, for Aleph and OpenAleph: an `Article` for each article, a `Mention` for each person
//! and organisation it names, one JSON object a line.
//!
//! Ids follow from the article's id and the name alone, so that loading a later export again changes nothing twice.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use serde_json::{Map, Value, json};

use super::{
    citation::{Author, Citation},
    hitlist::{Head, HitList, Row},
    json::line,
};
use crate::{article::Article, date::Date, entity::EntityKind, hit::Provenance, text::Language};

/// Begins a list; nothing stands before the first row.
///
/// # Errors
/// None.
pub fn begin<'a>(_: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    Ok(Box::new(Ftm { written: HashSet::new(), out }))
}

struct Ftm<'a> {
    /// The first halves of ids that were written: rows of an article and of a name are one entity.
    written: HashSet<u64>,
    out: &'a mut dyn Write,
}

impl HitList for Ftm<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        let document = id(&["article", Citation::of(row).article]);
        self.entity(&document, || article(row))?;
        match row {
            Row::Article(hit) => {
                for (kind, names) in [(EntityKind::Person, &hit.people), (EntityKind::Org, &hit.orgs)] {
                    names.iter().try_for_each(|name| self.mention(&document, kind, name))?;
                }
                Ok(())
            }
            Row::Mention(mention) => match (mention.kind, &mention.entity) {
                (Some(kind), Some(name)) => self.mention(&document, kind, name),
                _ => Ok(()),
            },
        }
    }

    fn finish(self: Box<Self>, _: &Provenance) -> io::Result<()> {
        Ok(())
    }
}

impl Ftm<'_> {
    /// Writes that a document names somebody; places and roles are no entities there.
    fn mention(&mut self, document: &str, kind: EntityKind, name: &str) -> io::Result<()> {
        let schema = match kind {
            EntityKind::Person => "Person",
            EntityKind::Org => "Organization",
            EntityKind::Place | EntityKind::Role | EntityKind::Date => return Ok(()),
        };
        let properties = [("document", document), ("name", name), ("detectedSchema", schema)];
        let properties: Map<String, Value> =
            properties.iter().map(|(key, value)| ((*key).to_owned(), json!([value]))).collect();
        self.entity(&id(&["mention", document, schema, name]), || ("Mention", properties))
    }

    /// Writes an entity unless it was written before.
    fn entity(&mut self, id: &str, of: impl FnOnce() -> (&'static str, Map<String, Value>)) -> io::Result<()> {
        let half = id.get(..16).and_then(|hex| u64::from_str_radix(hex, 16).ok()).unwrap_or_default();
        if !self.written.insert(half) {
            return Ok(());
        }
        let (schema, properties) = of();
        line(&json!({"id": id, "schema": schema, "properties": properties}), self.out)
    }
}

/// Schema and properties of a row's article, every value in a list.
fn article(row: Row<'_>) -> (&'static str, Map<String, Value>) {
    let (whole, path, url) = match row {
        Row::Article(hit) => (hit.article.as_deref(), &hit.path, &hit.url),
        Row::Mention(mention) => (mention.article.as_deref(), &mention.path, &mention.url),
    };
    let cited = Citation::of(row);
    let vague = cited.published.as_ref().filter(|date| day(date).is_none());
    let list = |of: fn(&Article) -> &Vec<String>| whole.map(of).cloned().unwrap_or_default();
    let one = |value: Option<String>| Vec::from_iter(value);
    let values = [
        ("title", one(cited.title)),
        ("author", cited.authors.iter().map(Author::printed).collect()),
        ("publisher", one(cited.container)),
        ("publishedAt", one(cited.published.as_ref().and_then(day))),
        ("notes", one(vague.map(|date| format!("Published: {} (EDTF)", date.edtf())))),
        ("sourceUrl", one(url.clone())),
        ("language", one(cited.language.and_then(|tag| Some(Language::from_tag(&tag)?.three_letters().to_owned())))),
        ("fileName", vec![path.clone()]),
        ("keywords", cited.keywords),
        ("bodyText", one(whole.map(|article| article.text.clone()))),
        ("peopleMentioned", list(|article| &article.people)),
        ("companiesMentioned", list(|article| &article.orgs)),
        ("locationMentioned", list(|article| &article.places)),
    ];
    let said = values.into_iter().filter(|(_, values)| !values.is_empty());
    ("Article", said.map(|(name, values)| (name.to_owned(), values.into())).collect())
}

/// A year from 1000 on, month or day, the only dates there are; what its source doubts without the doubt.
fn day(date: &Date) -> Option<String> {
    let bare = date.edtf().trim_end_matches(['?', '~', '%']);
    (!bare.contains(['/', 'X']) && !bare.starts_with('0')).then(|| bare.to_owned())
}

/// Forty hex digits that follow from what is named.
fn id(of: &[&str]) -> String {
    let hex = blake3::hash(of.join("\0").as_bytes()).to_hex();
    hex.get(..40).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        hit::Hit,
        render::{hitlist::Rows, sample},
    };

    fn entities(rows: &[Row<'_>]) -> Vec<Value> {
        let written = sample::written(begin, Rows::Articles, rows);
        written.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn an_article_and_whom_it_names() {
        let article = Article { text: "Tarn\nThe flood".into(), places: vec!["Tarn".into()], ..Article::default() };
        let hit = Hit { article: Some(Arc::new(article)), ..sample::hit("Tarn") };
        let found = entities(&[Row::Article(&hit), Row::Article(&hit), Row::Mention(&sample::mention("Tarn"))]);
        let schemas: Vec<&str> = found.iter().map(|entity| entity["schema"].as_str().unwrap()).collect();
        assert_eq!(schemas, ["Article", "Mention", "Mention", "Mention"]);
        let properties = &found[0]["properties"];
        for (name, expected) in [
            ("title", "Tarn"),
            ("publisher", "The Courier"),
            ("publishedAt", "1916-05-03"),
            ("language", "eng"),
            ("fileName", "north/tarn.txt"),
            ("bodyText", "Tarn\nThe flood"),
            ("locationMentioned", "Tarn"),
        ] {
            assert_eq!(properties[name], json!([expected]), "{name}");
        }
        let mention = &found[3]["properties"];
        assert_eq!((&mention["document"][0], &mention["detectedSchema"][0]), (&found[0]["id"], &json!("Organization")));
    }

    #[test]
    fn a_word_is_no_entity_and_a_range_no_day() {
        assert_eq!(entities(&[Row::Mention(&sample::bare_mention())]).len(), 1);
        let check =
            |edtf: &str, expected: Option<&str>| assert_eq!(day(&Date::parse(edtf).unwrap()).as_deref(), expected);
        check("1916-05~", Some("1916-05"));
        check("1985/1990", None);
        check("191X", None);
        check("0001-11-30", None);
    }
}
