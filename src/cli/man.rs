//! `morgue man`: manual pages, generated from the tree of commands.
//!
//! It writes into the folder it is given and nowhere else.

use std::{fs, path::PathBuf};

use clap::CommandFactory;

use super::{args::Cli, report::Outcome};
use crate::error::{Error, ErrorKind, Result};

/// Writes the manual pages into a folder: morgue.1 and one for each command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder; made when it is not there.
    dir: PathBuf,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Result<Outcome> {
    let failed = |error| {
        Error::new(ErrorKind::Io, format!("cannot write manual pages into {}", args.dir.display())).because(error)
    };
    fs::create_dir_all(&args.dir).map_err(failed)?;
    clap_mangen::generate_to(Cli::command(), &args.dir).map_err(failed)?;
    Ok(Outcome::Done)
}
