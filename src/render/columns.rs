//! The columns of hit lists that are tables: their names, and the cell of a hit or mention in each.
//!
//! The names are those of `--json`, in its order. It quotes nothing and knows no file format.

use std::borrow::Cow;

use serde::Serialize;

use super::hitlist::{Head, Row, Rows};
use crate::hit::{Hit, MentionHit};

/// A value in a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell<'a> {
    /// There is none.
    Empty,
    /// Letters; several values are joined by `; `.
    Text(Cow<'a, str>),
    /// A whole number.
    Whole(u64),
    /// A number with a fraction.
    Real(f32),
}

impl<'a> Cell<'a> {
    /// As letters, numbers as JSON prints them.
    pub fn text(self) -> Cow<'a, str> {
        match self {
            Self::Empty => Cow::Borrowed(""),
            Self::Text(text) => text,
            Self::Whole(number) => Cow::Owned(number.to_string()),
            Self::Real(number) => Cow::Owned(format!("{number:?}")),
        }
    }

    fn option(value: &'a Option<String>) -> Self {
        value.as_deref().map_or(Self::Empty, |text| Self::Text(Cow::Borrowed(text)))
    }

    fn list(values: &'a [String]) -> Self {
        match values {
            [one] => Self::Text(Cow::Borrowed(one)),
            several => Self::Text(Cow::Owned(several.join("; "))),
        }
    }

    fn whole(value: Option<u64>) -> Self {
        value.map_or(Self::Empty, Self::Whole)
    }

    /// A value that JSON writes as a single word.
    fn word(value: &impl Serialize) -> Self {
        match serde_json::to_value(value) {
            Ok(serde_json::Value::String(word)) => Self::Text(Cow::Owned(word)),
            _ => Self::Empty,
        }
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

/// A column: its name and the cell of a row in it.
struct Column<T: 'static> {
    name: &'static str,
    cell: CellOf<T>,
}

type CellOf<T> = fn(&T) -> Cell<'_>;

#[rustfmt::skip]
const OF_ARTICLES: &[Column<Hit>] = &[
    Column { name: "rank", cell: |hit| Cell::Whole(hit.rank) },
    Column { name: "score", cell: |hit| Cell::Real(hit.score) },
    Column { name: "id", cell: |hit| (&hit.id).into() },
    Column { name: "path", cell: |hit| (&hit.path).into() },
    Column { name: "line", cell: |hit| Cell::Whole(hit.line.into()) },
    Column { name: "url", cell: |hit| Cell::option(&hit.url) },
    Column { name: "title", cell: |hit| (&hit.title).into() },
    Column { name: "source", cell: |hit| Cell::option(&hit.source) },
    Column { name: "byline", cell: |hit| Cell::option(&hit.byline) },
    Column { name: "published", cell: |hit| Cell::option(&hit.published) },
    Column { name: "published_from", cell: |hit| Cell::word(&hit.published_from) },
    Column { name: "language", cell: |hit| (&hit.language).into() },
    Column { name: "words", cell: |hit| Cell::Whole(hit.words) },
    Column { name: "people", cell: |hit| Cell::list(&hit.people) },
    Column { name: "places", cell: |hit| Cell::list(&hit.places) },
    Column { name: "orgs", cell: |hit| Cell::list(&hit.orgs) },
    Column { name: "roles", cell: |hit| Cell::list(&hit.roles) },
    Column { name: "subjects", cell: |hit| Cell::list(&hit.subjects) },
    Column { name: "tags", cell: |hit| Cell::list(&hit.tags) },
    Column { name: "hash", cell: |hit| (&hit.hash).into() },
    Column { name: "story", cell: |hit| hit.story.as_ref().map_or(Cell::Empty, |story| (&story.id).into()) },
    Column { name: "snippets", cell: |hit| Cell::Text(Cow::Owned(passages(hit))) },
    Column { name: "copies", cell: |hit| Cell::list(&hit.copies) },
];

#[rustfmt::skip]
const OF_MENTIONS: &[Column<MentionHit>] = &[
    Column { name: "id", cell: |mention| (&mention.id).into() },
    Column { name: "path", cell: |mention| (&mention.path).into() },
    Column { name: "line", cell: |mention| Cell::Whole(mention.line.into()) },
    Column { name: "part", cell: |mention| Cell::word(&mention.part) },
    Column { name: "start", cell: |mention| Cell::Whole(mention.start) },
    Column { name: "end", cell: |mention| Cell::Whole(mention.end) },
    Column { name: "byte_start", cell: |mention| Cell::whole(mention.byte_start) },
    Column { name: "byte_end", cell: |mention| Cell::whole(mention.byte_end) },
    Column { name: "surface", cell: |mention| (&mention.surface).into() },
    Column { name: "entity", cell: |mention| Cell::option(&mention.entity) },
    Column { name: "kind", cell: |mention| Cell::word(&mention.kind) },
    Column { name: "role", cell: |mention| Cell::option(&mention.role) },
    Column { name: "sentence", cell: |mention| Cell::Whole(mention.sentence) },
    Column { name: "left", cell: |mention| (&mention.left).into() },
    Column { name: "match", cell: |mention| (&mention.matched).into() },
    Column { name: "right", cell: |mention| (&mention.right).into() },
    Column { name: "published", cell: |mention| Cell::option(&mention.published) },
    Column { name: "source", cell: |mention| Cell::option(&mention.source) },
    Column { name: "title", cell: |mention| (&mention.title).into() },
    Column { name: "url", cell: |mention| Cell::option(&mention.url) },
    Column { name: "byline", cell: |mention| Cell::option(&mention.byline) },
    Column { name: "rule", cell: |mention| Cell::option(&mention.rule) },
    Column { name: "confidence", cell: |mention| mention.confidence.map_or(Cell::Empty, Cell::Real) },
    Column { name: "hash", cell: |mention| (&mention.hash).into() },
];

/// Columns that are empty until stories exist: they stand in a table only when asked for.
const LATER: [&str; 2] = ["story", "copies"];

fn passages(hit: &Hit) -> String {
    hit.snippets.iter().map(|snippet| snippet.text.as_str()).collect::<Vec<_>>().join("; ")
}

/// Names of all columns that rows have, in the order of `--json`.
pub fn names(rows: Rows) -> Vec<&'static str> {
    match rows {
        Rows::Articles => OF_ARTICLES.iter().map(|column| column.name).collect(),
        Rows::Mentions => OF_MENTIONS.iter().map(|column| column.name).collect(),
    }
}

/// Names of the columns a table has unless told otherwise.
pub fn usual(rows: Rows) -> Vec<&'static str> {
    names(rows).into_iter().filter(|name| !LATER.contains(name)).collect()
}

/// The columns of a table.
pub struct Columns {
    names: Vec<&'static str>,
    of_articles: Vec<&'static Column<Hit>>,
    of_mentions: Vec<&'static Column<MentionHit>>,
}

impl Columns {
    /// Those that a hit list is to have.
    pub fn of(head: &Head<'_>) -> Self {
        match head.fields {
            Some(fields) => Self::named(head.rows, fields.iter().map(String::as_str)),
            None => Self::named(head.rows, usual(head.rows).into_iter()),
        }
    }

    /// Those of these names; others do not exist.
    pub fn named<'n>(rows: Rows, wanted: impl Iterator<Item = &'n str>) -> Self {
        let mut columns = Self { names: Vec::new(), of_articles: Vec::new(), of_mentions: Vec::new() };
        for name in wanted {
            match rows {
                Rows::Articles => columns.of_articles.extend(OF_ARTICLES.iter().find(|column| column.name == name)),
                Rows::Mentions => columns.of_mentions.extend(OF_MENTIONS.iter().find(|column| column.name == name)),
            }
        }
        columns.names.extend(columns.of_articles.iter().map(|column| column.name));
        columns.names.extend(columns.of_mentions.iter().map(|column| column.name));
        columns
    }

    /// Their names, in order.
    pub fn names(&self) -> &[&'static str] {
        &self.names
    }

    /// The cells of a row, in their order.
    pub fn cells<'r>(&self, row: Row<'r>) -> Vec<Cell<'r>> {
        match row {
            Row::Article(hit) => self.of_articles.iter().map(|column| (column.cell)(hit)).collect(),
            Row::Mention(mention) => self.of_mentions.iter().map(|column| (column.cell)(mention)).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{json::object, sample};
    use serde_json::Value;

    /// What a cell must hold of a value as JSON has it.
    fn expected(value: Option<&Value>) -> String {
        match value {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(Value::Array(items)) => items.iter().map(|item| expected(Some(item))).collect::<Vec<_>>().join("; "),
            Some(Value::Object(object)) => expected(object.get("text").or_else(|| object.get("id"))),
            Some(number) => number.to_string(),
        }
    }

    #[test]
    fn cells_hold_what_json_holds() {
        let hits = [Hit::default(), sample::hit("Tarn")];
        let mentions = [sample::bare_mention(), sample::mention("Tarn")];
        let rows = hits.iter().map(Row::Article).chain(mentions.iter().map(Row::Mention));
        for row in rows {
            let kind = if matches!(row, Row::Article(_)) { Rows::Articles } else { Rows::Mentions };
            let columns = Columns::named(kind, names(kind).into_iter());
            let object = object(&row);
            let cells: Vec<_> = columns.cells(row).into_iter().map(Cell::text).collect();
            let wanted: Vec<_> = columns.names().iter().map(|name| expected(object.get(*name))).collect();
            assert_eq!(cells, wanted, "{row:?}");
            let unknown: Vec<_> = object.keys().filter(|key| !columns.names().contains(&key.as_str())).collect();
            assert!(unknown.is_empty() || unknown == ["location"], "no column for {unknown:?}");
        }
    }

    #[test]
    fn columns_that_are_empty_today_are_left_out() {
        assert_eq!(names(Rows::Articles).len() - usual(Rows::Articles).len(), LATER.len());
        assert_eq!(names(Rows::Mentions), usual(Rows::Mentions));
    }
}
