//! Paths and records of hits one after the other, as they come from the index. Memory stays flat.
//!
//! It counts what it writes and leaves it to the command to say that nothing was found.

use std::io::Write;

use super::{output::failed, progress};
use crate::{
    archive::Archive,
    error::Result,
    hit::Hit,
    plan::{Page, Plan},
    render::{
        columns::Columns,
        hitlist::{Row, Rows},
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
    }
    Ok(written)
}

/// Writes one tab-separated record.
pub(super) fn record(hit: &Hit, columns: Option<&[String]>, out: &mut dyn Write) -> std::io::Result<()> {
    let Some(names) = columns else { return lines::record(hit, out) };
    let columns = Columns::named(Rows::Articles, names.iter().map(String::as_str));
    let cells: Vec<String> =
        columns.cells(Row::Article(hit)).into_iter().map(|cell| cell.text().into_owned()).collect();
    lines::cells(&cells, out)
}
