//! `morgue verify` and `morgue diff`: a list checked against the archive, two lists against each other.
//!
//! Nothing is changed; what could not be read is told with its line.

use std::{io::Write, path::PathBuf};

use super::{
    args::Global,
    listed, open, output,
    report::{self, Outcome},
};
use crate::{
    archive::{self, Compared},
    error::Result,
    hit::{Check, Checks},
    render::{json, lists},
};

/// Checks an exported list against the archive, row by row: unchanged, moved, changed or missing.
///
/// Articles are known by id and hash, mentions by their place and by what is printed there; one that stands elsewhere now is
/// moved. It reads CSV, TSV, JSON, JSON lines, workbooks
/// and web pages that export wrote. Exit code 0 when all is as it was, else 1.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The list: a file that export wrote.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Also rows that are as they were; in a pipe they are always listed.
    #[arg(long)]
    all: bool,
    /// One object with every row.
    #[arg(long)]
    json: bool,
}

/// Compares two exports of a query: which rows are new, gone or changed. Needs no archive.
///
/// Rank, score and passages are not compared. Exit code 0 when the lists say the same, else 1.
#[derive(Debug, clap::Args)]
pub(super) struct DiffArgs {
    /// The earlier list.
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The later list.
    #[arg(value_name = "NEW")]
    new: PathBuf,
    /// One object with every row that differs.
    #[arg(long)]
    json: bool,
}

/// Runs `verify`.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let listing = listed::read(&args.file)?;
    let (archive, _) = open::open(global)?;
    let list = archive.verify(&shown(&args.file), &listing)?;
    if !listing.rows.is_empty() && !listing.has("hash") && !listing.is_of_mentions() {
        report::note(global, "the list has no column hash: only whether its articles are there can be told");
    }
    let is_listed = |status| status != Check::Unchanged || args.all || !output::is_terminal();
    let mut out = output::data();
    match args.json {
        true => json::envelope(&list, &mut out),
        false => lists::verified(list.entries.iter().filter(|entry| is_listed(entry.status)), &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)?;
    report::nothing(global, &lists::verified_sum(&list));
    let is_as_it_was = list.summary == Checks { unchanged: list.summary.unchanged, ..Checks::default() };
    Ok(if is_as_it_was { Outcome::Done } else { Outcome::Nothing })
}

/// Runs `diff`.
pub(super) fn run_diff(args: &DiffArgs, global: &Global) -> Result<Outcome> {
    let (old, new) = (listed::read(&args.old)?, listed::read(&args.new)?);
    let (old_file, new_file) = (shown(&args.old), shown(&args.new));
    let Compared { difference, old_faults, new_faults } = archive::compare((&old_file, &old), (&new_file, &new))?;
    report::ignored_rows(&old_file, &old_faults);
    report::ignored_rows(&new_file, &new_faults);
    let mut out = output::data();
    match args.json {
        true => json::envelope(&difference, &mut out),
        false => lists::differing(&difference, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)?;
    report::nothing(global, &lists::differing_sum(&difference));
    let is_same = difference.entries.is_empty() && old_faults.is_empty() && new_faults.is_empty();
    Ok(if is_same { Outcome::Done } else { Outcome::Nothing })
}

fn shown(file: &std::path::Path) -> String {
    file.display().to_string().replace('\\', "/")
}
