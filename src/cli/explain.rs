//! What is said about a query beside its answer: notes, the tree of `--explain`, and why nothing was found.
//!
//! All of it goes to standard error; with `--json` it is part of the answer instead, notes excepted, which are both.

use super::{
    args::Global,
    asking::{Asking, Form},
    output, report,
};
use crate::{
    archive::Archive,
    error::Result,
    hit::QueryView,
    plan::Plan,
    query::Request,
    render::{Look, explain},
};

/// A request, understood.
pub(super) struct Question<'a> {
    /// Where it is asked.
    pub(super) archive: &'a Archive,
    /// As asked.
    pub(super) request: &'a Request,
    /// The flags beside it.
    pub(super) asking: &'a Asking,
    /// The flags of every command.
    pub(super) global: &'a Global,
}

impl Question<'_> {
    /// Tells how the query was read.
    pub(super) fn tell(&self, plan: &Plan) -> Result<()> {
        plan.notes.iter().for_each(|note| report::note(self.global, note));
        if self.asking.explain && self.asking.form() != Form::Json {
            let mut tree = Vec::new();
            let look = Look::plain(output::width());
            explain::tree(&self.archive.explain(self.request)?, &look, &mut tree).map_err(output::failed)?;
            report::asked_for(&String::from_utf8_lossy(&tree));
        }
        Ok(())
    }

    /// Adds to an answer what was asked to be explained, and to one that found nothing the reasons, which are also told.
    pub(super) fn explain(&self, view: &mut QueryView, articles: u64) -> Result<()> {
        if self.asking.explain && self.asking.form() == Form::Json {
            view.explain = Some(self.archive.explain(self.request)?);
        }
        if articles == 0 {
            let reasons = self.archive.diagnose(self.request)?;
            reasons.iter().for_each(|reason| report::note(self.global, reason));
            view.notes.extend(reasons);
        }
        Ok(())
    }

    /// Tells that nothing was found.
    pub(super) fn tell_nothing(&self, plan: &Plan) {
        report::nothing(self.global, &format!("nothing found for: {}", plan.read_as));
    }
}

/// The sentence for having nothing to show.
pub(super) fn none_of(what: &str, plan: &Plan) -> String {
    match plan.read_as.as_str() {
        "" => format!("no {what}"),
        query => format!("no {what} for: {query}"),
    }
}
