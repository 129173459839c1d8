//! `field:value` to a condition, one way for each kind of field.
//!
//! Names are looked up in `name`, days counted in `day`; nothing is searched here.

use super::{Resolver, name::Likeness, some};
use crate::{
    article::PartKind,
    error::Result,
    field::{Field, FieldKind},
    plan::{DayRange, EntityNode, Filter, Node, Pattern, TextNode},
    query::{At, FieldClause, Range, Value, When, Word, WordKind},
    text,
};

/// A pattern sought in the whole text.
pub(super) fn everywhere(pattern: Pattern) -> TextNode {
    TextNode { pattern, at_least: 1, boost: 1.0 }
}

impl Resolver<'_> {
    /// The condition that a clause makes; `None` when it holds no word, which is noted.
    pub(super) fn clause(&mut self, clause: &FieldClause) -> Result<Option<Node>> {
        let Value::List(items) = &clause.value else { return self.value(clause, &clause.value, clause.at) };
        let mut nodes = Vec::with_capacity(items.len());
        for (value, at) in items {
            nodes.extend(self.value(clause, value, *at)?);
        }
        Ok(any_of(nodes))
    }

    fn value(&mut self, clause: &FieldClause, value: &Value, at: At) -> Result<Option<Node>> {
        let field = clause.field;
        if field == Field::Story {
            return Err(self.later("a story", at, "leave it out"));
        }
        if field == Field::Saved {
            return self.saved(value, at);
        }
        let node = match value {
            Value::Any => any_value(clause),
            Value::Name(typed) => self.named(clause, (typed, at), Likeness::Named)?,
            Value::Word(word) if field.kind() == FieldKind::Text => return Ok(within(self.word(word)?, field)),
            Value::Word(word) => self.signed(clause, word)?,
            Value::Phrase(phrase) if field.kind() == FieldKind::Text => return Ok(within(self.phrase(phrase)?, field)),
            Value::Phrase(phrase) => self.named(clause, (&phrase.text, phrase.at), Likeness::Verbatim)?,
            Value::Dates(range, _) if field != Field::Mentioned => {
                let range = self.published(clause, range, at)?;
                Node::Filter(Filter::Published(range))
            }
            Value::Dates(range, meant) => {
                let range = self.days(field, range, at)?;
                Node::Filter(Filter::Mentioned { range, inside: *meant == crate::query::DateMatch::Inside })
            }
            Value::Numbers(range) => {
                let (from, to) = self.numbers(field, range, at)?;
                Node::Filter(Filter::Words { from, to })
            }
            Value::Field(of, extra) => presence(field, *of, extra.as_ref()),
            Value::List(_) => {
                return self.clause(&FieldClause { value: value.clone(), extra: clause.extra.clone(), field, at });
            }
        };
        Ok(Some(node))
    }

    /// A name or label with a sign: `=` asks for it letter for letter, the others for all that are spelled so.
    fn signed(&mut self, clause: &FieldClause, word: &Word) -> Result<Node> {
        match word.kind {
            WordKind::Exact => self.named(clause, (&word.text, word.at), Likeness::Verbatim),
            WordKind::Plain => self.named(clause, (&word.text, word.at), Likeness::Named),
            _ => Ok(having(clause.field, self.values_alike(clause.field, word)?)),
        }
    }

    fn named(&mut self, clause: &FieldClause, (typed, at): (&str, At), likeness: Likeness) -> Result<Node> {
        if typed.trim().is_empty() {
            return Err(self.fault(format!("“{}:” needs a value", clause.field.name()), at, clause.field.example()));
        }
        Ok(match clause.field {
            Field::Path => under(Field::Path, typed.trim_start_matches("./")),
            Field::Url => under(Field::Url, typed),
            Field::Extra => {
                let name = clause.extra.clone().unwrap_or_default();
                Node::Filter(Filter::Extra { name, value: Some(text::fold(typed)) })
            }
            field => having(field, self.values(field, (typed, at), likeness)?),
        })
    }

    /// The days asked for, with a note on the articles dated too vaguely to say.
    fn published(&mut self, clause: &FieldClause, range: &Range<When>, at: At) -> Result<DayRange> {
        let days = self.days(clause.field, range, at)?;
        self.note_vague(days, &format!("{}:{range}", clause.field.name()))?;
        Ok(days)
    }

    /// Notes how many articles are dated too vaguely to say whether they belong to `asked`.
    pub(super) fn note_vague(&mut self, days: DayRange, asked: &str) -> Result<()> {
        match self.vocabulary.too_vague(days)? {
            0 => {}
            1 => self.note(format!("1 article is dated too vaguely to say whether it belongs to {asked}")),
            many => self.note(format!("{many} articles are dated too vaguely to say whether they belong to {asked}")),
        }
        Ok(())
    }
}

/// Any of them; names and values of one field become one condition.
pub(super) fn any_of(nodes: Vec<Node>) -> Option<Node> {
    let mut merged: Vec<Node> = Vec::with_capacity(nodes.len());
    for node in nodes {
        let Some(last) = merged.last_mut() else {
            merged.push(node);
            continue;
        };
        match (last, node) {
            (
                Node::Entity(EntityNode { kind: a, names: Some(all) }),
                Node::Entity(EntityNode { kind: b, names: Some(more) }),
            ) if *a == b => {
                add(all, more);
            }
            (Node::Filter(Filter::Is(a, all)), Node::Filter(Filter::Is(b, more)))
            | (Node::Filter(Filter::Under(a, all)), Node::Filter(Filter::Under(b, more)))
                if *a == b =>
            {
                add(all, more);
            }
            (_, node) => merged.push(node),
        }
    }
    some(merged, Node::Or)
}

fn add(all: &mut Vec<String>, more: Vec<String>) {
    for value in more {
        if !all.contains(&value) {
            all.push(value);
        }
    }
}

/// Having any of these values.
fn having(field: Field, values: Vec<String>) -> Node {
    match (field, field.entity_kind()) {
        (_, Some(kind)) => Node::Entity(EntityNode { kind, names: Some(values) }),
        (Field::Focus, _) => Node::Filter(Filter::Under(field, values)),
        _ => Node::Filter(Filter::Is(field, values)),
    }
}

fn under(field: Field, typed: &str) -> Node {
    Node::Filter(Filter::Under(field, vec![typed.trim_end_matches('/').to_owned()]))
}

/// `field:*`
fn any_value(clause: &FieldClause) -> Node {
    match (clause.field, clause.field.entity_kind()) {
        (_, Some(kind)) => Node::Entity(EntityNode { kind, names: None }),
        (Field::Text | Field::Words | Field::Path | Field::Id, _) => Node::All,
        (Field::Since | Field::Until, _) => Node::Filter(Filter::Has(Field::Published)),
        (Field::Extra, _) => {
            Node::Filter(Filter::Extra { name: clause.extra.clone().unwrap_or_default(), value: None })
        }
        (field, _) => Node::Filter(Filter::Has(field)),
    }
}

fn presence(asked: Field, of: Field, extra: Option<&String>) -> Node {
    let has = Node::Filter(match extra {
        Some(name) => Filter::Extra { name: name.clone(), value: None },
        None => Filter::Has(of),
    });
    if asked == Field::No { Node::Not(Box::new(has)) } else { has }
}

/// A pattern sought in the parts that a text field names.
fn within(node: Option<TextNode>, field: Field) -> Option<Node> {
    let part = match field {
        Field::Title => PartKind::Title,
        Field::Lead => PartKind::Lead,
        Field::Caption => PartKind::Caption,
        _ => return node.map(Node::Text),
    };
    node.map(|node| Node::Text(TextNode { pattern: Pattern::In(vec![part], Box::new(node.pattern)), ..node }))
}
