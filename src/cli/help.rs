//! `morgue help`: a page for each topic, and for each command the same text as its `--help`.
//!
//! The topics are texts in `topics/`, that of the query language is `docs/query.md`; nothing is explained in code.

use std::io::Write;

use clap::CommandFactory;

use super::{args::Cli, output, report::Outcome, suggest};
use crate::{
    archive::QUERY_LANGUAGE,
    error::{Error, ErrorKind, Result},
    render::narrow::narrowed,
};

/// What stands below the list of commands.
pub(super) const AFTER: &str = "\
Topics: query, dates, formats, json, scripting, exit-codes (morgue help TOPIC)";

/// What is shown when `morgue` is typed alone.
const BARE: &str = include_str!("topics/bare.txt");

/// Every topic and its text.
const TOPICS: [(&str, &str); 6] = [
    ("query", QUERY_LANGUAGE),
    ("dates", include_str!("topics/dates.txt")),
    ("formats", include_str!("topics/formats.txt")),
    ("json", include_str!("topics/json.txt")),
    ("scripting", include_str!("topics/scripting.txt")),
    ("exit-codes", include_str!("topics/exit-codes.txt")),
];

/// Explains a topic or a command.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// query, dates, formats, json, scripting, exit-codes, or a command.
    topic: Option<String>,
}

/// Runs the command.
pub(super) fn run(args: &Args) -> Result<Outcome> {
    let Some(topic) = &args.topic else { return print(&Cli::command().render_long_help().to_string()) };
    if let Some((_, text)) = TOPICS.iter().find(|(name, _)| name == topic) {
        return topic_page(text);
    }
    let mut tree = Cli::command();
    tree.build();
    if let Some(command) = tree.find_subcommand_mut(topic) {
        return print(&command.render_long_help().to_string());
    }
    let names: Vec<String> = TOPICS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let commands = tree.get_subcommands().map(|command| command.get_name().to_owned());
    let all: Vec<String> = names.iter().cloned().chain(commands).collect();
    let error = Error::new(ErrorKind::Usage, format!("there is no help on “{topic}”"));
    Err(match suggest::nearest(topic, all.iter().map(String::as_str)) {
        Some(near) => error.hint(format!("did you mean “morgue help {near}”?")),
        None => error.hint(format!("topics: {}", names.join(", "))),
    })
}

/// Shows how to begin.
pub(super) fn bare() -> Result<Outcome> {
    print(BARE)
}

/// Prints a topic; on a terminal too narrow for it with its lines broken.
fn topic_page(text: &str) -> Result<Outcome> {
    let columns = output::width();
    let is_too_wide = output::is_terminal() && text.lines().any(|line| line.chars().count() > columns);
    if is_too_wide { print(&narrowed(text, columns)) } else { print(text) }
}

fn print(text: &str) -> Result<Outcome> {
    let mut out = output::data();
    writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()).map_err(output::failed)?;
    Ok(Outcome::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_fit_a_page_and_are_named_in_the_help() {
        for (name, text) in TOPICS.iter().chain([&("bare", BARE)]) {
            assert!(*name == "bare" || AFTER.contains(name), "{name}");
            // The query language is a document too, with a table of fields.
            let widest = if *name == "query" { 120 } else { 80 };
            assert!(text.lines().all(|line| line.chars().count() <= widest), "{name} is wider than {widest} columns");
        }
        assert_eq!(BARE.matches("\n  morgue ").count(), 3, "three examples");
    }
}
