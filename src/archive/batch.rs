//! Many queries at once: what each finds, and what any of them finds; and the queries that `morgue.toml` keeps.
//!
//! One that cannot be asked is told and costs no other.

use std::collections::HashMap;

use super::Archive;
use crate::{
    error::{Error, Result},
    field::Field,
    hit::{Batch, BatchHit, BatchLine, SCHEMA_VERSION, SavedList, SavedQuery},
    plan::{Detail, Node, Page, Plan, Unit},
    query::Request,
};

/// A line of a list, as it stands there and as a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Its line in the file, from 1.
    pub line: u64,
    /// As it stands there.
    pub text: String,
    /// What it asks.
    pub request: Request,
}

/// Whether the articles that are found are listed too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listed {
    /// Only counts.
    Counts,
    /// Every article that any line finds, in this order of articles.
    Hits(Page),
}

impl Archive {
    /// Counts what each line finds, and what any of them finds.
    ///
    /// # Errors
    /// `Io`; what is wrong with a query becomes part of the answer.
    pub fn batch(&self, asked: &[Asked], listed: &Listed) -> Result<Batch> {
        let (mut lines, mut plans) = (Vec::with_capacity(asked.len()), Vec::new());
        for Asked { line, text, request } in asked {
            let (mut counted, query) = (BatchLine { line: *line, ..BatchLine::default() }, text.clone());
            match self.asked(request)? {
                Ok(plan) => {
                    let total = self.reader.count(&plan, Unit::Mentions)?;
                    counted.read_as.clone_from(&plan.read_as);
                    counted.notes.clone_from(&plan.notes);
                    (counted.articles, counted.mentions) = (Some(total.articles), total.mentions);
                    plans.push((*line, plan));
                }
                Err(error) => counted.error = Some(sentence(&error)),
            }
            lines.push(BatchLine { query, ..counted });
        }
        let any = Plan::of(Node::Or(plans.iter().map(|(_, plan)| plan.narrowed()).collect()));
        let total = self.reader.count(&any, Unit::Articles)?;
        let hits = match listed {
            Listed::Counts => None,
            Listed::Hits(page) => Some(self.hits_of(&plans, (&any, page))?),
        };
        Ok(Batch { schema_version: SCHEMA_VERSION, total, lines, hits })
    }

    /// The articles that any of some plans finds, each with the lines of those that do.
    fn hits_of(&self, plans: &[(u64, Plan)], (any, page): (&Plan, &Page)) -> Result<Vec<BatchHit>> {
        let mut hits: Vec<BatchHit> = Vec::new();
        self.reader.stream(any, page, &mut |hit| {
            hits.push(BatchHit { lines: Vec::new(), hit });
            Ok(())
        })?;
        let numbers: HashMap<String, usize> =
            hits.iter().enumerate().map(|(at, hit)| (hit.hit.id.clone(), at)).collect();
        let ids = Page { detail: Detail::Fields, ..Page::default() };
        for (line, plan) in plans {
            self.reader.stream(plan, &ids, &mut |hit| {
                let hit = numbers.get(&hit.id).and_then(|at| hits.get_mut(*at));
                hit.into_iter().for_each(|hit| hit.lines.push(*line));
                Ok(())
            })?;
        }
        Ok(hits)
    }

    /// The queries of `morgue.toml`, each with what it finds.
    ///
    /// # Errors
    /// `Io`; what is wrong with a query becomes part of the answer.
    pub fn saved(&self) -> Result<SavedList> {
        let mut saved = Vec::new();
        for (name, query) in &self.place.settings.saved {
            let (articles, error) = match self.asked(&self.request_of(name))? {
                Ok(plan) => (Some(self.reader.count(&plan, Unit::Articles)?.articles), None),
                Err(error) => (None, Some(sentence(&error))),
            };
            saved.push(SavedQuery { name: name.clone(), query: query.clone(), articles, error });
        }
        Ok(SavedList { schema_version: SCHEMA_VERSION, saved })
    }

    /// The request for a saved query.
    pub fn request_of(&self, name: &str) -> Request {
        let args = vec![format!("{}:\"{}\"", Field::Saved.name(), name.replace('"', "\\\""))];
        Request { args, today: self.place.today, ..Request::default() }
    }

    /// A plan, or what is wrong with the query.
    ///
    /// # Errors
    /// Those that are no fault of the query.
    pub(super) fn asked(&self, request: &Request) -> Result<Result<Plan>> {
        match self.plan(request) {
            Err(error) if error.is_of_the_query() => Ok(Err(error)),
            plan => plan.map(Ok),
        }
    }
}

/// An error on one line, with what was probably meant.
pub(super) fn sentence(error: &Error) -> String {
    let label = error.fault().map(|fault| fault.label.as_str()).filter(|label| !label.is_empty());
    match label.or(error.way_out()) {
        Some(hint) => format!("{}; {hint}", error.what()),
        None => error.what().to_owned(),
    }
}
