//! `morgue status`: counts, spans, freshness.
//!
//! It never looks at the articles themselves.

use std::io::Write;

use super::{args::Global, open, output, report::Outcome};
use crate::{
    error::Result,
    render::{json, status},
};

/// Shows how many articles, files and sources there are, which time they span, and how fresh the index is.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// All of it as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let (archive, found) = open::open(global)?;
    let status = archive.status()?;
    if args.json {
        let mut out = output::data();
        json::envelope(&status, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
        return Ok(Outcome::Done);
    }
    let (mut out, look) = output::page(global, Some(&found.place.folder));
    status::screen(&status, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
    Ok(Outcome::Done)
}
