//! Plan → the engine's queries. A condition without text scores nothing; ranking comes from the words alone.
//!
//! It never looks a name up: a plan's values are the archive's own.

use tantivy::{
    Term,
    query::{AllQuery, BooleanQuery, ConstScoreQuery, EmptyQuery, ExistsQuery, Occur, Query, TermSetQuery},
    schema::Field as EngineField,
};

use super::{
    Reader,
    any_of::AnyOf,
    bonus::Bonus,
    document::{UNDER_FOCUS, UNDER_PATH, UNDER_PLACE, UNDER_URL, address, below, extra_term},
    scan::{Scan, ScanQuery},
};
use crate::{
    article::PartKind,
    date::{Cell, Day, cover},
    entity::EntityKind,
    error::Result,
    field::Field,
    plan::{DayRange, EntityNode, Filter, Node, Question, TextNode},
};

type Boxed = Box<dyn Query>;

/// The first and last day that a range left open can reach: the years 1 to 2999.
const FIRST_DAY: Day = -719_162;
const LAST_DAY: Day = 376_199;

impl Reader {
    /// The query of a condition.
    pub(super) fn lower(&self, node: &Node) -> Result<Boxed> {
        Ok(match node {
            Node::All => silent(Box::new(AllQuery)),
            Node::Nothing => Box::new(EmptyQuery),
            Node::Text(text) => Box::new(self.text_query(text)?),
            Node::Any(question) => self.question(question)?,
            Node::Entity(entity) => self.entity_query(entity)?,
            Node::Filter(filter) => silent(self.filter_query(filter)?),
            Node::And(nodes) => self.all_of(nodes)?,
            Node::Or(nodes) => any_of(nodes.iter().map(|node| self.lower(node)).collect::<Result<_>>()?),
            Node::Not(node) => except(vec![silent(Box::new(AllQuery))], vec![self.lower(node)?]),
        })
    }

    /// Any of the words; where articles are ranked, also the pairs, which are found only where the words are.
    fn question(&self, question: &Question) -> Result<Boxed> {
        let query = |text: &TextNode| -> Result<Boxed> { Ok(Box::new(self.text_query(text)?)) };
        let words = question.words.iter().map(query);
        let small = question.small.iter().map(|text| query(text).map(silent));
        let pairs = question.pairs.iter().map(|pair| Ok(Box::new(Bonus(self.text_query(pair)?)) as Boxed));
        Ok(any_of(words.chain(small).chain(pairs).collect::<Result<_>>()?))
    }

    fn all_of(&self, nodes: &[Node]) -> Result<Boxed> {
        let (mut wanted, mut unwanted) = (Vec::new(), Vec::new());
        for node in nodes {
            match node {
                Node::Not(node) => unwanted.push(self.lower(node)?),
                node => wanted.push(self.lower(node)?),
            }
        }
        if wanted.is_empty() {
            wanted.push(silent(Box::new(AllQuery)));
        }
        Ok(if wanted.len() == 1 && unwanted.is_empty() { wanted.remove(0) } else { except(wanted, unwanted) })
    }

    /// Articles that name one of the entities: as they were indexed, but for those that the authority file changes.
    fn entity_query(&self, entity: &EntityNode) -> Result<Boxed> {
        let indexed: Boxed = match self.entity_terms(entity) {
            None => self.exists(self.entity_column(entity.kind)),
            Some(terms) => Box::new(TermSetQuery::new(terms)),
        };
        let Some(renamed) = self.renamed(entity.kind)? else { return Ok(silent(indexed)) };
        let (all, naming) = renamed.queries(entity);
        Ok(silent(any_of(vec![except(vec![indexed], vec![Box::new(all)]), Box::new(naming)])))
    }

    /// The terms of articles that name one of the entities; `None` when any of the kind will do.
    pub(super) fn entity_terms(&self, entity: &EntityNode) -> Option<Vec<Term>> {
        let names = entity.names.as_ref()?;
        let term = |name: &String| match entity.kind {
            EntityKind::Place => {
                Term::from_field_text(self.columns.under, &below(UNDER_PLACE, name.trim_end_matches('/')))
            }
            kind => Term::from_field_text(self.entity_column(kind), name),
        };
        Some(names.iter().map(term).collect())
    }

    pub(super) fn entity_column(&self, kind: EntityKind) -> EngineField {
        match kind {
            EntityKind::Person => self.columns.person,
            EntityKind::Place => self.columns.place,
            EntityKind::Org => self.columns.org,
            EntityKind::Role => self.columns.role,
            EntityKind::Date => self.columns.mentioned,
        }
    }

    fn filter_query(&self, filter: &Filter) -> Result<Boxed> {
        Ok(match filter {
            Filter::Is(field, values) => {
                let indexed =
                    self.columns.labels(*field).map(|column| term_set(column, values.iter().map(String::as_str)));
                self.marked_or(indexed, *field, Some(values))
            }
            Filter::Under(Field::Place, values) => self.under(UNDER_PLACE, values),
            Filter::Under(Field::Focus, values) => self.under(UNDER_FOCUS, values),
            Filter::Under(Field::Url, values) => {
                let values: Vec<String> = values.iter().map(|url| address(url).to_owned()).collect();
                self.under(UNDER_URL, &values)
            }
            Filter::Under(_, values) => self.under(UNDER_PATH, values),
            Filter::Published(range) => self.published(*range),
            Filter::Mentioned { range, inside: false } => self.mentioned(*range),
            Filter::Mentioned { range, inside: true } => self.mentioned_inside(*range),
            Filter::Words { from, to } => self.words(*from, *to),
            Filter::Has(field) => self.has(*field)?,
            Filter::Extra { name, value } => {
                let name = crate::text::fold(name);
                let term = value.as_ref().map_or_else(|| name.clone(), |value| extra_term(&name, value));
                term_set(self.columns.extra, [term.as_str()])
            }
        })
    }

    fn under(&self, what: &str, values: &[String]) -> Boxed {
        let terms: Vec<String> = values.iter().map(|value| below(what, value.trim_end_matches('/'))).collect();
        term_set(self.columns.under, terms.iter().map(String::as_str))
    }

    fn published(&self, range: DayRange) -> Boxed {
        match range {
            DayRange { from: None, to: None } => self.exists(self.columns.published_lo),
            DayRange { from, to } => self.scan(Scan::Published(from.unwrap_or(Day::MIN), to.unwrap_or(Day::MAX))),
        }
    }

    /// Overlap: a cell of one is a cell of the other or holds one.
    fn mentioned(&self, range: DayRange) -> Boxed {
        let cells = cover(range.from.unwrap_or(FIRST_DAY), range.to.unwrap_or(LAST_DAY));
        let names: Vec<String> = cells.iter().map(ToString::to_string).collect();
        let mut above: Vec<String> =
            cells.iter().flat_map(|cell| cell.lineage()).map(|cell| cell.to_string()).collect();
        above.sort_unstable();
        above.dedup();
        any_of(vec![
            term_set(self.columns.date_cell, above.iter().map(String::as_str)),
            term_set(self.columns.date_anc, names.iter().map(String::as_str)),
        ])
    }

    fn mentioned_inside(&self, range: DayRange) -> Boxed {
        let (from, to) = (range.from.unwrap_or(Day::MIN), range.to.unwrap_or(Day::MAX));
        match Cell::holding(from, to).filter(|cell| cell.days() == Some((from, to))) {
            Some(cell) => term_set(self.columns.mentioned, [cell.to_string().as_str()]),
            None => self.scan(Scan::DatedInside(from, to)),
        }
    }

    fn words(&self, from: Option<u64>, to: Option<u64>) -> Boxed {
        match (from, to) {
            (None, None) => Box::new(AllQuery),
            (from, to) => self.scan(Scan::Words(from.unwrap_or(0), to.unwrap_or(u64::MAX))),
        }
    }

    fn scan(&self, scan: Scan) -> Boxed {
        Box::new(ScanQuery { scan, columns: self.columns.clone() })
    }

    fn exists(&self, column: EngineField) -> Boxed {
        Box::new(ExistsQuery::new(self.schema.get_field_name(column).to_owned(), false))
    }

    fn has(&self, field: Field) -> Result<Boxed> {
        if let Some(kind) = field.entity_kind() {
            return self.entity_query(&EntityNode { kind, names: None });
        }
        Ok(match field {
            Field::Caption => self.scan(Scan::HasPart(PartKind::Caption)),
            // Values of the facet are cells that hold a date; some spans lie in none.
            Field::Mentioned => self.exists(self.columns.date_lo),
            _ => {
                let indexed = self.columns.labels(field).map(|column| self.exists(column));
                self.marked_or(indexed, field, None)
            }
        })
    }

    /// What the index finds, and what marks say of a field besides; `None` = any value.
    fn marked_or(&self, indexed: Option<Boxed>, field: Field, values: Option<&[String]>) -> Boxed {
        let marked = self.marked.gives(field).then(|| Box::new(self.marked.query(field, values)) as Boxed);
        any_of(indexed.into_iter().chain(marked).collect())
    }
}

/// The same articles, without a score.
fn silent(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn any_of(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(AnyOf(queries)),
    }
}

fn except(wanted: Vec<Boxed>, unwanted: Vec<Boxed>) -> Boxed {
    let wanted = wanted.into_iter().map(|query| (Occur::Must, query));
    let unwanted = unwanted.into_iter().map(|query| (Occur::MustNot, query));
    Box::new(BooleanQuery::new(wanted.chain(unwanted).collect()))
}

fn term_set<'a>(column: EngineField, values: impl IntoIterator<Item = &'a str>) -> Boxed {
    Box::new(TermSetQuery::new(values.into_iter().map(|value| Term::from_field_text(column, value))))
}
