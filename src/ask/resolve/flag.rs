//! Filter flags: literal values, those of one field any of, those of different fields all of.
//!
//! The query language is not read here: commas, signs and quotes in a flag are part of the value.

use std::collections::BTreeMap;

use super::{Resolver, clause::any_of};
use crate::{
    ask::{range, scan::Scanner},
    error::{Error, ErrorKind, Result},
    field::{Field, FieldKind},
    plan::{DayRange, Filter, Group, Node},
    query::{At, FieldClause, FilterFlag, Phrase, Query, Request, Value},
};

/// What the flags of a request ask for.
#[derive(Default)]
pub(super) struct Flags {
    /// One group for each field, in the order of the table; dates of publication are one group.
    pub(super) groups: Vec<Group>,
    /// What is left out.
    pub(super) excluded: Vec<Node>,
    /// All of it in the query language.
    pub(super) shown: Vec<Query>,
}

/// Reads the flags of a request.
///
/// # Errors
/// `Query`, without a place: a value that the archive does not have, or that cannot be one of its field.
pub(super) fn read(resolver: &mut Resolver<'_>, request: &Request) -> Result<Flags> {
    let mut flags = Flags::default();
    let mut wanted: BTreeMap<Field, Vec<FieldClause>> = BTreeMap::new();
    let mut unwanted = Vec::new();
    for flag in &request.filters {
        let clause = clause(flag)?;
        match flag.exclude {
            true if !unwanted.contains(&clause) => unwanted.push(clause),
            true => {}
            false => {
                let clauses = wanted.entry(flag.field).or_default();
                if !clauses.contains(&clause) {
                    clauses.push(clause);
                }
            }
        }
    }
    flags.shown.extend(wanted.values().map(|clauses| Query::Field(listed(clauses))));
    for (field, clauses) in &wanted {
        if !is_publication(*field) {
            let node = any(resolver, clauses)?;
            flags.groups.extend(node.map(|node| Group { field: *field, node }));
        }
    }
    flags.groups.extend(published(resolver, &wanted)?);
    flags.groups.sort_by_key(|group| group.field);
    for clause in unwanted {
        flags.excluded.extend(resolver.clause(&clause)?.map(|node| Node::Not(Box::new(node))));
        flags.shown.push(Query::Field(clause).not());
    }
    Ok(flags)
}

fn is_publication(field: Field) -> bool {
    matches!(field, Field::Published | Field::Since | Field::Until)
}

fn any(resolver: &mut Resolver<'_>, clauses: &[FieldClause]) -> Result<Option<Node>> {
    let mut nodes = Vec::with_capacity(clauses.len());
    for clause in clauses {
        nodes.extend(resolver.clause(clause)?);
    }
    Ok(any_of(nodes))
}

/// The group of `--published`, `--since` and `--until`.
fn published(resolver: &mut Resolver<'_>, wanted: &BTreeMap<Field, Vec<FieldClause>>) -> Result<Option<Group>> {
    let clauses = |field: Field| wanted.get(&field).map(Vec::as_slice).unwrap_or_default();
    let mut nodes: Vec<Node> = any(resolver, clauses(Field::Published))?.into_iter().collect();
    let mut days = Vec::new();
    let mut asked = Vec::new();
    for field in [Field::Since, Field::Until] {
        for clause in clauses(field) {
            if let Value::Dates(range, _) = &clause.value {
                days.push(resolver.days(field, range, clause.at)?);
                asked.push(clause.to_string());
            }
        }
    }
    let from = days.iter().filter_map(|days| days.from).min();
    let to = days.iter().filter_map(|days| days.to).max();
    if from.zip(to).is_some_and(|(from, to)| from > to) {
        return Err(Error::new(ErrorKind::Query, "--since lies behind --until").hint("swap the two dates"));
    }
    if !days.is_empty() {
        let range = DayRange { from, to };
        resolver.note_vague(range, &asked.join(" "))?;
        nodes.push(Node::Filter(Filter::Published(range)));
    }
    let node = if nodes.len() > 1 { Some(Node::And(nodes)) } else { nodes.pop() };
    Ok(node.map(|node| Group { field: Field::Published, node }))
}

/// The clauses of one field as one.
fn listed(clauses: &[FieldClause]) -> FieldClause {
    match clauses {
        [one] => one.clone(),
        several => {
            let items = several.iter().map(|clause| (clause.value.clone(), clause.at)).collect();
            let first = several.first();
            let (field, extra) = first.map_or((Field::Text, None), |clause| (clause.field, clause.extra.clone()));
            FieldClause { field, extra, value: Value::List(items), at: At::default() }
        }
    }
}

/// A flag as a clause, its value taken literally.
fn clause(flag: &FilterFlag) -> Result<FieldClause> {
    let (field, text) = (flag.field, flag.value.trim());
    let at = At { start: 0, end: text.len() };
    let scan = Scanner::new(text);
    let placeless = |error: Error| {
        let what = format!("--{}: {}", field.name(), error.what());
        let label = error.fault().map(|fault| fault.label.clone()).unwrap_or_default();
        Error::new(ErrorKind::Query, what).hint(label)
    };
    if text.is_empty() {
        let hint = format!("as in {}", field.example());
        return Err(Error::new(ErrorKind::Query, format!("--{} needs a value", field.name())).hint(hint));
    }
    let value = match field.kind() {
        FieldKind::Entity | FieldKind::Label => Value::Name(text.to_owned()),
        FieldKind::Date => range::date(&scan, field, (text, at)).map_err(placeless)?,
        FieldKind::Number => range::number(&scan, text, at).map_err(placeless)?,
        FieldKind::Text => Value::Phrase(Phrase { text: text.to_owned(), slop: None, prefix: false, exact: false, at }),
        FieldKind::Presence | FieldKind::Extra => {
            let what = format!("--{} is no filter", field.name());
            return Err(Error::new(ErrorKind::Query, what).hint(format!("write it in the query: {}", field.example())));
        }
    };
    Ok(FieldClause { field, extra: None, value, at })
}
