//! The command line: one command, one file. It alone prints, leaves the process, and reads the environment and settings.
//!
//! It knows the library as any other program would: nouns, the façade and the renderers.

use std::{
    ffi::OsString,
    io::{self, Write},
    process::ExitCode,
};

use clap::{CommandFactory, FromArgMatches};

use crate::error::Result;

mod args;
mod asking;
mod batch;
mod commands;
mod completions;
mod count;
mod coverage;
mod explain;
mod export;
mod facets;
mod fields;
mod filters;
mod form;
mod glued;
mod help;
mod index;
mod inspect;
mod listed;
mod listing;
mod man;
mod mark;
mod mentions;
mod names;
mod open;
mod output;
mod pairs;
mod place;
mod problems;
mod progress;
#[cfg(test)]
mod reference;
mod report;
mod search;
mod show;
mod status;
mod stream;
mod suggest;
mod terms;
mod timeline;
mod undo;
mod verify;
mod watch;

use args::{Cli, Command, Global};
use report::Outcome;

/// Runs the command the process was called with.
pub fn run() -> ExitCode {
    silence_caught_panics();
    run_with(std::env::args_os().collect())
}

fn run_with(args: Vec<OsString>) -> ExitCode {
    // The answer to `--version` must not wait for a tree of commands to be built.
    if let [_, only] = args.as_slice()
        && (only == "--version" || only == "-V")
    {
        let text = if only == "-V" { args::VERSION } else { args::LONG_VERSION };
        return report::finish(print_line(&format!("morgue {text}")), report::Detail::Short);
    }
    let tree = Cli::command();
    if let Err(error) = commands::check(&tree, &args) {
        return report::finish(Err(error), report::Detail::Short);
    }
    let matches = match tree.try_get_matches_from(glued::rewrite(args)) {
        Ok(matches) => matches,
        Err(error) => return report::usage(&error),
    };
    match Cli::from_arg_matches(&matches) {
        Ok(cli) => report::finish(dispatch(&cli), cli.global.detail()),
        Err(error) => report::usage(&error),
    }
}

/// What a broken file makes a reader stumble over becomes a refusal; a trace of it on the screen would help nobody.
fn silence_caught_panics() {
    let before = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if std::thread::current().name() != Some(crate::archive::QUIET_THREAD) {
            before(panic);
        }
    }));
}

fn dispatch(cli: &Cli) -> Result<Outcome> {
    let global: &Global = &cli.global;
    match &cli.command {
        None => help::bare(),
        Some(Command::Index(args)) => index::run(args, global),
        Some(Command::Search(args)) => search::run(args, global),
        Some(Command::Mentions(args)) => mentions::run(args, global),
        Some(Command::Facets(args)) => facets::run(args, global),
        Some(Command::Timeline(args)) => timeline::run(args, global),
        Some(Command::Pairs(args)) => pairs::run(args, global),
        Some(Command::Terms(args)) => terms::run(args, global),
        Some(Command::Collocates(args)) => terms::run_near(args, global),
        Some(Command::Coverage(args)) => coverage::run(args, global),
        Some(Command::Count(args)) => count::run(args, global),
        Some(Command::Export(args)) => export::run(args, global),
        Some(Command::Show(args)) => show::run(args, global),
        Some(Command::Inspect(args)) => inspect::run(args, global),
        Some(Command::Names(args)) => names::run(args, global),
        Some(Command::Mark(args)) => mark::run(args, global),
        Some(Command::Verify(args)) => verify::run(args, global),
        Some(Command::Diff(args)) => verify::run_diff(args, global),
        Some(Command::Batch(args)) => batch::run(args, global),
        Some(Command::Saved(args)) => watch::run_saved(args, global),
        Some(Command::Watch(args)) => watch::run(args, global),
        Some(Command::Problems(args)) => problems::run(args, global),
        Some(Command::Status(args)) => status::run(args, global),
        Some(Command::Fields(args)) => fields::run(args, global),
        Some(Command::Completions(args)) => completions::run(args),
        Some(Command::Man(args)) => man::run(args),
        Some(Command::Help(args)) => help::run(args),
    }
}

fn print_line(text: &str) -> Result<Outcome> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}").and_then(|()| out.flush()).map_err(output::failed)?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_of_commands_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_flag_has_a_help_text() {
        let mut root = Cli::command();
        root.build();
        let mut open = vec![&root];
        let mut commands = 0;
        while let Some(command) = open.pop() {
            commands += 1;
            assert!(command.get_about().is_some(), "{} has no text", command.get_name());
            for arg in command.get_arguments() {
                assert!(arg.get_help().is_some(), "{} {} has no text", command.get_name(), arg.get_id());
            }
            open.extend(command.get_subcommands());
        }
        assert_eq!(commands, 35);
    }
}
