//! `morgue problems`: what was refused and what is doubtful.
//!
//! It judges nothing anew: the list is that of the last run.

use std::io::Write;

use super::{args::Global, open, output, report::Outcome};
use crate::{
    error::Result,
    render::{json, problems},
};

/// Lists files and records that were refused or are doubtful, with the reasons.
///
/// On a terminal they are grouped; a pipe gets one a line: PATH:LINE, refused or doubtful, kind, reason, id.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The whole list as JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let (archive, found) = open::open(global)?;
    let list = archive.problems()?;
    if !args.json && output::is_terminal() {
        let (mut out, look) = output::page(global, Some(&found.place.folder));
        problems::screen(&list.problems, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
        return Ok(Outcome::Done);
    }
    let mut out = output::data();
    match args.json {
        true => json::envelope(&list, &mut out),
        false => problems::lines(&list.problems, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)?;
    Ok(Outcome::Done)
}
