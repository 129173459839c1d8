//! `docs/cli.md`: every command and flag with its text, generated from the tree of commands, and the tables of forms in
//! `docs/exports.md`; drift is a red test.
//!
//! `MORGUE_BLESS=1 cargo test --lib reference` writes it anew. It exists for the tests only.

#![allow(clippy::unwrap_used, reason = "for the tests only")]

use std::{env, fs, path::Path};

use clap::{Arg, Command, CommandFactory};

use super::{args::Cli, form};

#[test]
fn the_reference_follows_the_commands() {
    follows("docs/cli.md", |_| reference());
}

#[test]
fn the_tables_of_forms_follow_the_forms() {
    follows("docs/exports.md", |found| {
        let (before, rest) = found.split_once(GENERATED).unwrap();
        let (_, after) = rest.split_once(END).unwrap();
        format!("{before}{GENERATED}\n{}{END}{after}", form::tests::tables())
    });
}

/// What stands around the generated part of a document.
const GENERATED: &str = "<!-- generated -->\n";
const END: &str = "\n<!-- end -->";

/// Compares a document with what it should be, or writes it.
fn follows(name: &str, expected: impl Fn(&str) -> String) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let found = fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n");
    let expected = expected(&found);
    if env::var_os("MORGUE_BLESS").is_some() {
        fs::write(&file, &expected).unwrap();
        return;
    }
    assert!(found == expected, "{name} drifted; if that is wanted: MORGUE_BLESS=1 cargo test --lib reference");
}

fn reference() -> String {
    let mut root = Cli::command();
    root.build();
    let mut page = String::from(
        "# The command line\n\nEvery command and flag. Generated from the program itself; the same text stands in `morgue COMMAND --help`.\n",
    );
    page.push_str("\n## Everywhere\n\nThese flags stand before or after the name of the command.\n\n");
    page.push_str(&table(root.get_arguments().filter(|arg| arg.is_global_set())));
    for command in root.get_subcommands() {
        page.push_str(&section(command.get_name(), command));
        for below in command.get_subcommands() {
            page.push_str(&section(&format!("{} {}", command.get_name(), below.get_name()), below));
        }
    }
    page
}

fn section(name: &str, command: &Command) -> String {
    let about = command.get_long_about().or_else(|| command.get_about()).map(ToString::to_string).unwrap_or_default();
    let usage: Vec<String> = command.get_positionals().map(positional).collect();
    let arguments = command.get_arguments().filter(|arg| !arg.is_global_set() && arg.get_id() != "help");
    let line = format!("morgue {name} {}", usage.join(" "));
    format!("\n## {name}\n\n`{}`\n\n{about}\n\n{}", line.trim_end(), table(arguments))
}

fn positional(arg: &Arg) -> String {
    let name = arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    if arg.is_required_set() { name } else { format!("[{name}]") }
}

fn table<'a>(arguments: impl Iterator<Item = &'a Arg>) -> String {
    let rows: String = arguments.map(|arg| format!("| {} | {} |\n", flag(arg), text(arg))).collect();
    if rows.is_empty() { String::new() } else { format!("| | |\n|---|---|\n{rows}") }
}

fn flag(arg: &Arg) -> String {
    if arg.is_positional() {
        return format!("`{}`", positional(arg).replace('|', "\\|"));
    }
    let short = arg.get_short().map(|short| format!("`-{short}`"));
    let long = arg.get_long().map(|long| format!("`--{long}`"));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let takes_value = arg.get_action().takes_values();
    let value = arg.get_value_names().and_then(|names| names.first()).filter(|_| takes_value);
    let value = value.map(|value| format!(" {}", value.replace('|', "\\|"))).unwrap_or_default();
    names.join(" ") + &value
}

fn text(arg: &Arg) -> String {
    let help = arg.get_help().map(ToString::to_string).unwrap_or_default().replace('|', "\\|");
    let is_switch = !arg.get_action().takes_values();
    let values: Vec<String> = arg.get_possible_values().iter().map(|value| format!("`{}`", value.get_name())).collect();
    if is_switch || values.is_empty() { help } else { format!("{help}: {}", values.join(", ")) }
}
