//! A hit list on its way out: its rows as they come from the index, handed to a form one by one.
//!
//! Memory stays flat where the form allows it. It knows no file; `export/file.rs` does.

use std::{
    collections::HashSet,
    io::{self, Write},
    path::Path,
};

use super::{
    args::{Global, VERSION},
    form::BINARY,
    output, progress, report,
};
use crate::{
    archive::{Archive, Mentions},
    error::{Error, ErrorKind, Result},
    hit::{CountView, Provenance},
    plan::{Detail, MentionPage, Page, Plan, Unit},
    render::{
        form::Form,
        hitlist::{Head, Reader, Row, Rows},
    },
};

/// Where rows come from.
pub(super) enum Source<'a> {
    /// The articles that match.
    Articles(&'a Archive, &'a Plan, Page),
    /// The mentions of what a query names.
    Mentions(Box<Mentions<'a>>, MentionPage),
}

impl Source<'_> {
    /// What is known before the first row, with all the usual fields.
    pub(super) fn head<'h>(&self, provenance: &'h Provenance, view: &'h CountView) -> Head<'h> {
        let (rows, page) = match self {
            Self::Articles(_, _, page) => (Rows::Articles, (page.offset, page.limit)),
            Self::Mentions(_, page) => (Rows::Mentions, (page.offset, page.limit)),
        };
        Head { provenance, view, rows, page, fields: None, reader: Reader::Any, template: None }
    }

    /// How many there are; of mentions also how they are printed, where the list says so.
    pub(super) fn count(&self, form: &Form) -> Result<CountView> {
        match self {
            Self::Articles(archive, plan, _) => archive.count(plan, Unit::Articles),
            Self::Mentions(mentions, _) if !form.tells_variants() => Ok(mentions.view().clone()),
            Self::Mentions(mentions, _) => {
                let variants = mentions.variants()?.into_iter().filter(|variant| variant.count > 0).collect();
                Ok(CountView { variants: Some(variants), ..mentions.view().clone() })
            }
        }
    }

    fn each(&self, form: &Form, sink: &mut dyn FnMut(Row<'_>) -> Result<()>) -> Result<()> {
        match self {
            Self::Articles(archive, plan, page) => {
                let detail = if form.detail() == Detail::Article { Detail::Article } else { page.detail };
                let page = Page { detail, ..page.clone() };
                let is_whole = page.limit.is_none() && page.offset == 0 && page.after.is_none();
                let mut listed = HashSet::new();
                archive.stream(plan, &page, &mut |hit| {
                    if form.has_room_for_mentions() && !is_whole {
                        listed.insert(hit.id.clone());
                    }
                    sink(Row::Article(&hit))
                })?;
                if !form.has_room_for_mentions() {
                    return Ok(());
                }
                let mentions = archive.mentions(plan)?;
                let mentions = mentions.stream(&MentionPage::default(), &mut |mention| {
                    if is_whole || listed.contains(&mention.id) { sink(Row::Mention(&mention)) } else { Ok(()) }
                });
                mentions.map(drop)
            }
            Self::Mentions(mentions, page) => {
                let page = MentionPage { detail: form.detail(), ..page.clone() };
                mentions.stream(&page, &mut |mention| sink(Row::Mention(&mention))).map(drop)
            }
        }
    }
}

/// Where the rows of an answer come from; how many will be written is not known yet.
pub(super) fn provenance(archive: &Archive, view: &CountView, asked: (&Path, Rows)) -> Result<Provenance> {
    let (folder, rows) = asked;
    let folder = std::fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    Ok(Provenance {
        morgue_export: 1,
        query: view.query.clone(),
        archive: folder.display().to_string(),
        generation: archive.generation(),
        exported: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        tool: format!("morgue {VERSION}"),
        total: match rows {
            Rows::Articles => view.total.articles,
            Rows::Mentions => view.total.mentions.unwrap_or(0),
        },
        written: 0,
        rows: rows.name().to_owned(),
    })
}

/// A hit list about to be written.
pub(super) struct Listing<'a> {
    pub(super) form: &'static Form,
    pub(super) head: Head<'a>,
    pub(super) source: &'a Source<'a>,
}

/// What was written.
pub(super) struct Written {
    /// Where it comes from, with the number of rows.
    pub(super) provenance: Provenance,
    /// What the user should know of it.
    pub(super) notes: Vec<String>,
}

impl Listing<'_> {
    /// Writes everything; `failed` makes an error of what the writer says.
    pub(super) fn write(&self, out: &mut dyn Write, failed: &dyn Fn(io::Error) -> Error) -> Result<Written> {
        let failed = |error: io::Error| error.downcast::<Error>().unwrap_or_else(failed);
        let mut provenance = self.head.provenance.clone();
        let mut list = (self.form.begin)(&self.head, out).map_err(failed)?;
        self.source.each(self.form, &mut |row| {
            provenance.written += u64::from(row.rows() == self.head.rows);
            progress::check()?;
            list.row(row).map_err(failed)
        })?;
        let notes = list.notes();
        list.finish(&provenance).map_err(failed)?;
        out.flush().map_err(failed)?;
        Ok(Written { provenance, notes })
    }

    /// Writes everything to standard output, if that can show it.
    pub(super) fn print(&self) -> Result<Written> {
        if BINARY.contains(&self.form.name) && output::is_terminal() {
            let what = format!("{} is no text for a terminal", self.form.name);
            return Err(Error::new(ErrorKind::Usage, what).hint("name a file instead of -, or redirect the output"));
        }
        self.write(&mut output::data(), &output::failed)
    }

    /// Tells that fields were chosen for a form that shows what it shows.
    pub(super) fn tell_idle(&self, global: &Global) {
        if self.head.fields.is_some() && !self.form.has_columns() {
            report::note(global, &format!("--fields means nothing to {}, which has no columns", self.form.name));
        }
    }
}
