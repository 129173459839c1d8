//! Hits one after the other, as they come from the index: paths, records, JSON lines, CSV. Memory stays flat.
//!
//! It counts what it writes and leaves it to the command to say that nothing was found.

use std::io::Write;

use super::{output::failed, progress};
use crate::{
    archive::Archive,
    error::Result,
    hit::{CountView, Hit, Provenance},
    plan::{Page, Plan},
    render::{
        csv::{self, Table},
        json::{self, Envelope},
        lines::{self, Ending, Paths},
    },
};

/// The form of a stream.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Flow {
    /// Each path once.
    Paths(Ending),
    /// Tab-separated records; of these fields if told.
    Text(Option<Vec<String>>),
    /// One object a line; with these fields if told.
    Jsonl(Option<Vec<String>>),
    /// A table; with these columns if told.
    Csv(Option<Vec<String>>),
    /// One envelope; hits with these fields if told.
    Json(Option<Vec<String>>, Box<CountView>),
}

/// Writes every hit of the page; how many there were.
pub(super) fn write(archive: &Archive, plan: &Plan, asked: (&Page, &Flow), out: &mut dyn Write) -> Result<u64> {
    let (page, flow) = asked;
    let mut written = 0;
    let mut each = |sink: &mut dyn FnMut(Hit) -> std::io::Result<()>| {
        archive
            .stream(plan, page, &mut |hit| {
                written += 1;
                progress::check()?;
                sink(hit).map_err(failed)
            })
            .map(drop)
    };
    match flow {
        Flow::Paths(ending) => {
            let mut paths = Paths::new(*ending);
            each(&mut |hit| paths.write(&hit, out))?;
        }
        Flow::Text(columns) => each(&mut |hit| record(&hit, columns.as_deref(), out))?,
        Flow::Jsonl(None) => each(&mut |hit| json::line(&hit, out))?,
        Flow::Jsonl(Some(columns)) => each(&mut |hit| json::line(&json::selected(&hit, columns), out))?,
        Flow::Csv(columns) => {
            let columns = columns.clone().unwrap_or_else(csv::default_columns);
            let mut table = Table::begin(&columns, out).map_err(failed)?;
            each(&mut |hit| table.row(&hit))?;
            table.finish().map_err(failed)?;
        }
        Flow::Json(columns, head) => {
            let mut envelope = Envelope::begin(head, (page.offset, page.limit), out).map_err(failed)?;
            each(&mut |hit| match columns {
                None => envelope.hit(&hit),
                Some(columns) => envelope.hit(&json::selected(&hit, columns)),
            })?;
            return Ok(written);
        }
    }
    Ok(written)
}

/// Writes one tab-separated record.
pub(super) fn record(hit: &Hit, columns: Option<&[String]>, out: &mut dyn Write) -> std::io::Result<()> {
    match columns {
        None => lines::record(hit, out),
        Some(columns) => lines::cells(&csv::cells(hit, columns), out),
    }
}

/// Ends an envelope with where it comes from.
pub(super) fn end_envelope(provenance: &Provenance, out: &mut dyn Write) -> Result<()> {
    Envelope::end(provenance, out).map_err(failed)
}
