//! `morgue coverage`: what the archive can and cannot answer.
//!
//! It asks nothing of the articles but when and where they were published.

use std::io::Write;

use clap::ValueEnum;

use super::{args::Global, open, output, report::Outcome, timeline::By};
use crate::{
    error::Result,
    render::{coverage, json},
};

/// Shows what the archive can and cannot answer: sources, periods, missing days, articles without dates or names.
///
/// No hit is no news only where something was kept: a daily paper's missing days, undated articles and refused files say
/// where it was not.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The length of a period; chosen by the span of the dates unless told.
    #[arg(long, value_enum, value_name = "STEP")]
    by: Option<By>,
    /// The form of the answer: screen on a terminal, text in a pipe unless told.
    #[arg(long, value_enum, value_name = "FORM")]
    format: Option<Form>,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// The form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A page to read.
    Screen,
    /// One tab-separated record for each source.
    Text,
    /// One object with everything in it.
    Json,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let (archive, found) = open::open(global)?;
    let kept = archive.coverage(args.by.map(By::period))?;
    let form = match (args.json, args.format) {
        (true, _) => Form::Json,
        (false, Some(form)) => form,
        (false, None) if output::is_terminal() => Form::Screen,
        (false, None) => Form::Text,
    };
    if form == Form::Screen {
        let (mut out, look) = output::page(global, Some(&found.place.folder));
        coverage::screen(&kept, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
        return Ok(Outcome::Done);
    }
    let mut out = output::data();
    match form {
        Form::Json => json::envelope(&kept, &mut out),
        _ => coverage::lines(&kept, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)?;
    Ok(Outcome::Done)
}
