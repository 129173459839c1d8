//! The tree of commands and the flags that all of them have. What a command does is in its own file.
//!
//! It never runs one.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};

use super::{
    batch, completions, count, coverage, export, facets, fields, help, index, inspect, man, mark, mentions, names,
    pairs, problems, report::Detail, search, show, status, terms, timeline, verify, watch,
};

/// What `-V` says after the name.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What `--version` says after the name.
pub(super) const LONG_VERSION: &str = concat!(
    env!("CARGO_PKG_VERSION"),
    "\nfull-text search for an archive of clippings\nlicence: MIT OR Apache-2.0",
    "\nContains data from GeoNames (geonames.org), CC BY 4.0; modified"
);

/// Full-text search for an archive of clippings.
///
/// An archive is a folder of articles: text, Markdown, JSON. `morgue index` reads it; the other commands ask it.
#[derive(Debug, Parser)]
#[command(
    name = "morgue",
    version = VERSION,
    long_version = LONG_VERSION,
    disable_help_subcommand = true,
    max_term_width = 100,
    after_help = help::AFTER
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
}

/// Flags of every command; they may stand before or after its name.
#[derive(Debug, Clone, Args)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Global {
    /// The folder of clippings; else MORGUE_ARCHIVE, else the nearest folder above with .morgue or morgue.toml, else this one.
    #[arg(short = 'A', long, global = true, value_name = "DIR")]
    pub(super) archive: Option<PathBuf>,
    /// Where the index lies, if not in the archive's .morgue.
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) index: Option<PathBuf>,
    /// Whether to write colours.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: Colour,
    /// Never open the pager.
    #[arg(long, global = true)]
    pub(super) no_pager: bool,
    /// Threads that read files, and as many that make articles of them (one per core, at most 4, unless told).
    #[arg(short = 'j', long, global = true, value_name = "N", value_parser = threads)]
    pub(super) threads: Option<std::num::NonZeroUsize>,
    /// No notes and no progress; errors are still told.
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// Tell also what lies beneath an error, and where the archive was found.
    #[arg(short, long, global = true, action = ArgAction::SetTrue)]
    pub(super) verbose: bool,
}

impl Global {
    /// How much is to be said of an error.
    pub(super) fn detail(&self) -> Detail {
        if self.verbose { Detail::Full } else { Detail::Short }
    }
}

/// When to write colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal that has them.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
pub(super) enum Command {
    /// Read new and changed files of the archive, drop removed ones.
    Index(index::Args),
    /// Find articles: ranked, with snippets and facets.
    Search(search::Args),
    /// List every occurrence of what a query names, with its context.
    Mentions(mentions::Args),
    /// Count the values of a field: people, places, dates, sources.
    Facets(facets::Args),
    /// Count articles over time, of one query or of several side by side.
    Timeline(timeline::Args),
    /// Count who is named together with whom.
    Pairs(pairs::Args),
    /// List words that stand in the hits more often than elsewhere.
    Terms(terms::Args),
    /// List words that stand near a word more often than elsewhere.
    Collocates(terms::NearArgs),
    /// Show what the archive can and cannot answer: sources, periods, missing days.
    Coverage(coverage::Args),
    /// Count what matches: one exact number.
    Count(count::Args),
    /// Write the hits of a query to a file.
    Export(export::Args),
    /// Read an article.
    Show(show::Args),
    /// Show what the reader understands of a file; needs no index.
    Inspect(inspect::Args),
    /// List, merge, split and hide names of people, places, organisations and roles.
    Names(names::Args),
    /// Check an exported list against the archive.
    Verify(verify::Args),
    /// Compare two exported lists.
    Diff(verify::DiffArgs),
    /// Ask a list of names or queries.
    Batch(batch::Args),
    /// List the saved queries, with what each finds.
    Saved(watch::SavedArgs),
    /// List what saved queries find and did not find before.
    Watch(watch::Args),
    /// Give articles and mentions tags, notes and verdicts, in marks.csv.
    Mark(mark::Args),
    /// List files and records that were refused or are doubtful, with reasons.
    Problems(problems::Args),
    /// Show counts, spans and freshness of the archive.
    Status(status::Args),
    /// List the fields, with how many articles have each.
    Fields(fields::Args),
    /// Print a completion script for a shell.
    Completions(completions::Args),
    /// Write the manual pages into a folder.
    Man(man::Args),
    /// Explain a topic or a command.
    Help(help::Args),
}

fn threads(typed: &str) -> Result<std::num::NonZeroUsize, String> {
    typed.parse().map_err(|_| "write a number from 1 on, or leave it out".to_owned())
}
