//! `morgue completions`: a completion script for a shell, generated from the tree of commands.
//!
//! It never installs the script.

use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use super::{args::Cli, output, report::Outcome};
use crate::error::Result;

/// Prints a completion script for a shell.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "morgue", &mut script);
    let mut out = output::data();
    out.write_all(&script).and_then(|()| out.flush()).map_err(output::failed)?;
    Ok(Outcome::Done)
}
