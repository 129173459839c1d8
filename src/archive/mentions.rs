//! All mentions of what a query names: counted first, then streamed with their contexts.

use super::{Archive, understood};
use crate::{
    error::Result,
    hit::{CountView, FacetCount, MentionHit, MentionList, SCHEMA_VERSION, Stretch},
    index::Concordance,
    plan::{MentionPage, Plan},
};

/// The mentions of a plan, found and not yet read.
pub struct Mentions<'a> {
    found: Concordance<'a>,
    view: CountView,
}

impl Archive {
    /// Finds every mention of what a plan names.
    ///
    /// # Errors
    /// `Io`.
    pub fn mentions(&self, plan: &Plan) -> Result<Mentions<'_>> {
        let found = self.reader.concordance(plan)?;
        let total = found.total().clone();
        let view = CountView { schema_version: SCHEMA_VERSION, query: understood(plan), total, variants: None };
        Ok(Mentions { found, view })
    }
}

impl Mentions<'_> {
    /// How the plan was understood and how many there are.
    pub fn view(&self) -> &CountView {
        &self.view
    }

    /// What was sought in the form of single words and names, each with its mentions, the most frequent first; also
    /// forms that were tried and are not there.
    ///
    /// # Errors
    /// `Io`.
    pub fn variants(&self) -> Result<Vec<FacetCount>> {
        self.found.variants()
    }

    /// Streams the mentions of a page; memory stays flat but for where they stand. Gives which of all they were.
    ///
    /// # Errors
    /// `Usage`: a bad cursor; `Io`, and whatever `sink` returns.
    pub fn stream(&self, page: &MentionPage, sink: &mut dyn FnMut(MentionHit) -> Result<()>) -> Result<Stretch> {
        self.found.stream(page, sink)
    }

    /// A page of them as one answer.
    ///
    /// # Errors
    /// `Usage`: a bad cursor; `Io`.
    pub fn list(&self, page: &MentionPage) -> Result<MentionList> {
        let mut mentions = Vec::new();
        let Stretch { offset, next } = self.stream(page, &mut |mention| {
            mentions.push(mention);
            Ok(())
        })?;
        Ok(MentionList {
            schema_version: SCHEMA_VERSION,
            query: self.view.query.clone(),
            total: self.view.total.clone(),
            offset,
            limit: page.limit,
            next,
            variants: self.variants()?.into_iter().filter(|variant| variant.count > 0).collect(),
            mentions,
        })
    }
}
