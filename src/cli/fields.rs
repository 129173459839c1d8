//! `morgue fields`: the fields and how many articles have each.
//!
//! It names no field itself: the table of fields does.

use std::io::Write;

use super::{args::Global, open, output, report::Outcome};
use crate::{
    error::Result,
    render::{fields, json},
};

/// Lists the fields one can search and count by, with how many articles have each.
///
/// A pipe gets one a line: field, articles, distinct values, example.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// All of it as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let (archive, found) = open::open(global)?;
    let list = archive.fields()?;
    if !args.json && output::is_terminal() {
        let (mut out, look) = output::page(global, Some(&found.place.folder));
        fields::screen(&list, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
        return Ok(Outcome::Done);
    }
    let mut out = output::data();
    match args.json {
        true => json::envelope(&list, &mut out),
        false => fields::lines(&list, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)?;
    Ok(Outcome::Done)
}
