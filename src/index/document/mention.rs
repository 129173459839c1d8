//! The columns of mentions: one row for each mention, made by one function so that they stay aligned.
//!
//! The engine sorts the values of a document, and a value of its own for each row and column took more memory than the
//! article; so it gets each column as one value, whose rows are made when it asks for them.

use std::collections::HashMap;

use tantivy::schema::{
    Document, Field as Column, TantivyDocument,
    document::{ReferenceValue, ReferenceValueLeaf},
};

use super::LONGEST_TERM;
use crate::{
    article::{Article, Part, PartKind},
    entity::{EntityKind, Mention},
    hit::CodePoints,
    index::schema::Columns,
    text::Analysis,
};

/// Columns of numbers and of labels.
const NUMBERS: usize = 8;
const LABELS: usize = 4;

/// The mentions of an article as rows of columns.
#[derive(Debug, Default)]
pub(super) struct Mentions {
    columns: Vec<Column>,
    rows: Vec<([u32; NUMBERS], [u32; LABELS])>,
    /// What labels say, each once.
    labels: Vec<String>,
}

impl Mentions {
    pub(super) fn of(article: &Article, analysis: &Analysis, columns: &Columns) -> Self {
        let points = CodePoints::of(&article.text);
        let mut numbered = HashMap::new();
        let rows = article.mentions.iter().map(|mention| {
            let part = Part::around(&article.parts, mention.span.start);
            let place = part.map_or(Footing::default(), |part| footing(mention, part.kind, analysis));
            let labels = labels(mention).map(|label| {
                let next = numbered.len() as u32;
                *numbered.entry(&label[..label.floor_char_boundary(LONGEST_TERM)]).or_insert(next)
            });
            (numbers(mention, &place, &points), labels)
        });
        let rows: Vec<_> = rows.collect();
        let columns = if rows.is_empty() { Vec::new() } else { self::columns(columns).to_vec() };
        let mut labels = vec![String::new(); numbered.len()];
        numbered.into_iter().for_each(|(label, number)| label.clone_into(&mut labels[number as usize]));
        Self { columns, rows, labels }
    }

    /// Each column with its rows; none where there are no mentions.
    pub(super) fn columns(&self) -> impl Iterator<Item = (Column, Value<'_>)> {
        let rows = |number| Value::Rows(Rows { mentions: self, column: number, row: 0 });
        self.columns.iter().enumerate().map(move |(number, column)| (*column, rows(number)))
    }
}

/// The columns in the order of `numbers` and `labels`.
fn columns(columns: &Columns) -> [Column; NUMBERS + LABELS] {
    [
        columns.kind,
        columns.start,
        columns.len,
        columns.pos,
        columns.span,
        columns.sentence,
        columns.part,
        columns.confidence,
        columns.ent,
        columns.mention_role,
        columns.surface,
        columns.rule,
    ]
}

fn numbers(mention: &Mention, place: &Footing, points: &CodePoints<'_>) -> [u32; NUMBERS] {
    let start = points.at(mention.span.start);
    [
        mention.kind.number() as u32,
        start as u32,
        (points.at(mention.span.end) - start) as u32,
        place.pos,
        place.words,
        place.sentence,
        place.part as u32,
        (mention.confidence * 100.0).round() as u32,
    ]
}

fn labels(mention: &Mention) -> [&str; LABELS] {
    let role = match mention.kind {
        EntityKind::Role => &mention.entity,
        _ => mention.role.as_deref().unwrap_or_default(),
    };
    [&mention.entity, role, &mention.surface, &mention.rule]
}

/// A value of a document, as the engine takes it.
#[derive(Debug, Clone)]
pub(in crate::index) enum Value<'a> {
    /// One of no mention column.
    Plain(<TantivyDocument as Document>::Value<'a>),
    /// A number of a mention.
    Number(u32),
    /// A label of a mention, or a text.
    Label(&'a str),
    /// A whole column of mentions.
    Rows(Rows<'a>),
}

impl<'a> tantivy::schema::document::Value<'a> for Value<'a> {
    type ArrayIter = Rows<'a>;
    type ObjectIter = std::iter::Empty<(&'a str, Self)>;

    fn as_value(&self) -> ReferenceValue<'a, Self> {
        match self {
            Self::Plain(value) => value.as_leaf().unwrap_or(ReferenceValueLeaf::Null).into(),
            Self::Number(number) => ReferenceValueLeaf::U64(u64::from(*number)).into(),
            Self::Label(label) => ReferenceValueLeaf::Str(label).into(),
            Self::Rows(rows) => ReferenceValue::Array(rows.clone()),
        }
    }
}

/// The values of one column of mentions.
#[derive(Debug, Clone)]
pub(in crate::index) struct Rows<'a> {
    mentions: &'a Mentions,
    column: usize,
    row: usize,
}

impl<'a> Iterator for Rows<'a> {
    type Item = Value<'a>;

    fn next(&mut self) -> Option<Value<'a>> {
        let (numbers, labels) = self.mentions.rows.get(self.row)?;
        self.row += 1;
        match numbers.get(self.column) {
            Some(number) => Some(Value::Number(*number)),
            None => {
                let label = *labels.get(self.column - NUMBERS)?;
                self.mentions.labels.get(label as usize).map(|label| Value::Label(label))
            }
        }
    }
}

/// Where a mention stands among the words.
struct Footing {
    pos: u32,
    words: u32,
    sentence: u32,
    part: PartKind,
}

impl Default for Footing {
    fn default() -> Self {
        Self { pos: 0, words: 0, sentence: 0, part: PartKind::Boilerplate }
    }
}

fn footing(mention: &Mention, part: PartKind, analysis: &Analysis) -> Footing {
    let words = analysis.tokens.words();
    let first = words.partition_point(|word| word.end as usize <= mention.span.start);
    let last = words.partition_point(|word| (word.start as usize) < mention.span.end);
    let Some(word) = words.get(first).filter(|_| first < last) else { return Footing { part, ..Footing::default() } };
    let sentence = analysis.sentences.partition_point(|start| *start as usize <= first).saturating_sub(1);
    Footing { pos: word.pos, words: (last - first) as u32, sentence: sentence as u32, part }
}

#[cfg(test)]
mod tests {
    use tantivy::schema::document::Value as _;

    use super::*;
    use crate::{
        article::Origin,
        entity::Evidence,
        index::schema,
        text::{self, Language},
    };

    #[test]
    fn each_column_is_one_value() {
        let text = "Nora Vell rose. ".repeat(500);
        let mention = |n: usize| Mention {
            kind: EntityKind::Person,
            span: 16 * n..16 * n + 9,
            surface: "Nora Vell".to_owned(),
            entity: format!("Vell {}", n % 3),
            role: (n == 1).then(|| "envoy".to_owned()),
            location: None,
            date: None,
            from: Evidence::Text,
            rule: String::new(),
            confidence: 0.5,
        };
        let span = 0..text.len();
        let parts = vec![Part { kind: PartKind::Body, span: span.clone(), origin: Origin::on_line(1) }];
        let analysis = text::analyse(&text, &[span], Language::ENGLISH);
        let article = Article { text, parts, mentions: (0..500).map(mention).collect(), ..Article::default() };
        let (_, columns) = schema::schema();
        let made = Mentions::of(&article, &analysis, &columns);
        let rows = |column: Column| {
            let mut own = made.columns().filter(|(own, _)| *own == column);
            let (Some((_, Value::Rows(rows))), None) = (own.next(), own.next()) else { panic!("{column:?}") };
            assert_eq!(rows.clone().count(), 500);
            rows
        };
        assert_eq!(made.columns().count(), 12);
        let numbers = |column| rows(column).filter_map(|value| value.as_u64()).take(3).collect::<Vec<_>>();
        assert_eq!((numbers(columns.start), numbers(columns.sentence)), (vec![0, 16, 32], vec![0, 1, 2]));
        let labels = |column| rows(column).filter_map(|value| value.as_str()).take(4).collect::<Vec<_>>();
        assert_eq!(labels(columns.ent), ["Vell 0", "Vell 1", "Vell 2", "Vell 0"]);
        assert_eq!((labels(columns.mention_role), labels(columns.rule)), (vec!["", "envoy", "", ""], vec![""; 4]));
        assert_eq!(Mentions::of(&Article::default(), &analysis, &columns).columns().count(), 0);
    }
}
