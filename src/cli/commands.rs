//! Which word of the arguments is the command, and what to say when there is no such command.
//!
//! It runs before the arguments are parsed, so that the answer to a slip is a sentence and not a grammar.

use std::ffi::OsString;

use super::suggest;
use crate::error::{Error, ErrorKind, Result};

/// Fails when the first word is no command.
pub(super) fn check(tree: &clap::Command, args: &[OsString]) -> Result<()> {
    let Some(word) = position(args).and_then(|i| args.get(i)) else { return Ok(()) };
    let word = word.to_string_lossy();
    let known: Vec<&str> = tree.get_subcommands().map(clap::Command::get_name).collect();
    if known.contains(&word.as_ref()) {
        return Ok(());
    }
    if LATER.contains(&word.as_ref()) {
        let what = format!("the command “{word}” does not exist in this version");
        return Err(
            Error::new(ErrorKind::Usage, what).hint(format!("the commands of this version: {}", known.join(", ")))
        );
    }
    let error = Error::new(ErrorKind::Usage, format!("there is no command “{word}”"));
    Err(match suggest::nearest(&word, known.iter().copied()) {
        Some(near) => error.hint(format!("did you mean “morgue {near}”?")),
        None => error.hint(format!("to look for it, type: morgue search {word}")),
    })
}

/// Where the command stands: the first argument that is neither a flag of every command nor its value.
pub(super) fn position(args: &[OsString]) -> Option<usize> {
    let mut i = 1;
    while let Some(arg) = args.get(i) {
        let arg = arg.to_string_lossy();
        match arg.as_ref() {
            "-A" | "--archive" | "--index" | "--color" | "-j" | "--threads" => i += 2,
            "--" => return None,
            flag if flag.starts_with('-') => i += 1,
            _ => return Some(i),
        }
    }
    None
}

/// Commands of later versions.
const LATER: [&str; 1] = ["doctor"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use clap::CommandFactory;

    fn os(line: &str) -> Vec<OsString> {
        line.split(' ').map(OsString::from).collect()
    }

    #[test]
    fn a_slip_gets_a_sentence() {
        let check = |line, says: &str, hint: &str| {
            let error = check(&Cli::command(), &os(line)).unwrap_err();
            assert_eq!(error.what(), says);
            assert!(error.way_out().unwrap().contains(hint), "{line}: {:?}", error.way_out());
        };
        check("morgue serach x", "there is no command “serach”", "did you mean “morgue search”?");
        check("morgue -A x facet person", "there is no command “facet”", "did you mean “morgue facets”?");
        check("morgue --color never sudzha", "there is no command “sudzha”", "morgue search sudzha");
        check("morgue doctor x", "the command “doctor” does not exist in this version", "search");
    }

    #[test]
    fn commands_are_found_behind_flags() {
        for line in
            ["morgue", "morgue -q search serach", "morgue --archive serach status", "morgue -h", "morgue -j 2 index"]
        {
            assert!(super::check(&Cli::command(), &os(line)).is_ok(), "{line}");
        }
    }
}
