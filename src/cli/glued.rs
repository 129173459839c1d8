//! The trap of `search ceasefire -opinion`: a shell user means “without opinion”, a parser of flags reads `-o pinion`.
//!
//! Before the arguments are parsed, every single-dash argument of an asking command that is no known flag is marked as a
//! word. Nothing is rewritten after `--`, nor the value of a flag.

use std::ffi::OsString;

use clap::{Arg, ArgAction, CommandFactory};

use super::{args::Cli, commands};

/// Stands before an argument that must not be read as a flag; no shell user types it.
const MARK: char = '\u{1}';

/// Commands whose arguments are a query.
const ASKING: [&str; 9] =
    ["search", "mentions", "facets", "timeline", "pairs", "terms", "collocates", "count", "export"];

/// The arguments with exclusions marked.
pub(super) fn rewrite(args: Vec<OsString>) -> Vec<OsString> {
    let command =
        commands::position(&args).filter(|i| args.get(*i).is_some_and(|word| ASKING.iter().any(|c| word == *c)));
    let is_suspect = |arg: &OsString| arg.to_str().is_some_and(is_single_dash);
    let Some(command) = command.filter(|i| args.iter().skip(i + 1).any(is_suspect)) else { return args };
    let name = args.get(command).map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let flags = Flags::of(&name);
    let mut out = Vec::new();
    let mut rest = args.into_iter();
    out.extend(rest.by_ref().take(command + 1));
    while let Some(arg) = rest.next() {
        let Some(text) = arg.to_str() else {
            out.push(arg);
            continue;
        };
        if text == "--" {
            out.push(arg);
            break;
        }
        let takes_value = flags.takes_value(text);
        let is_word = is_single_dash(text) && !flags.knows(text);
        out.push(if is_word { format!("{MARK}{text}").into() } else { arg });
        out.extend(rest.by_ref().take(usize::from(takes_value)));
    }
    out.extend(rest);
    out
}

/// A word of a query, its mark taken off.
pub(super) fn word(text: &str) -> Result<String, std::convert::Infallible> {
    Ok(text.strip_prefix(MARK).unwrap_or(text).to_owned())
}

fn is_single_dash(text: &str) -> bool {
    text.len() > 1 && text.starts_with('-') && !text.starts_with("--")
}

/// The flags of a command.
struct Flags {
    short: Vec<char>,
    short_with_value: Vec<char>,
    long_with_value: Vec<String>,
}

impl Flags {
    fn of(command: &str) -> Self {
        let mut tree = Cli::command();
        tree.build();
        let args: Vec<Arg> =
            tree.find_subcommand(command).map(|c| c.get_arguments().cloned().collect()).unwrap_or_default();
        let has_value = |arg: &&Arg| {
            let is_set = matches!(arg.get_action(), ArgAction::Set | ArgAction::Append);
            is_set && arg.get_num_args().is_none_or(|range| range.min_values() > 0)
        };
        Self {
            short: args.iter().filter_map(Arg::get_short).collect(),
            short_with_value: args.iter().filter(has_value).filter_map(Arg::get_short).collect(),
            long_with_value: args
                .iter()
                .filter(has_value)
                .flat_map(|arg| arg.get_long_and_visible_aliases().unwrap_or_default())
                .map(|long| format!("--{long}"))
                .collect(),
        }
    }

    /// Whether a single-dash argument is a flag: one letter, `-nN`, or `-l0`.
    fn knows(&self, text: &str) -> bool {
        let letters = text.strip_prefix('-').unwrap_or(text);
        let mut chars = letters.chars();
        match (chars.next(), chars.as_str()) {
            (Some(letter), "") => self.short.contains(&letter),
            (Some('n'), value) => {
                let value = value.strip_prefix('=').unwrap_or(value);
                value == "all" || value.bytes().all(|b| b.is_ascii_digit())
            }
            _ => letters == "l0" || letters == "0l",
        }
    }

    /// Whether the argument behind this one is its value.
    fn takes_value(&self, text: &str) -> bool {
        let mut chars = text.chars().skip(1);
        match (text.starts_with("--"), chars.next(), chars.next()) {
            (true, ..) => self.long_with_value.iter().any(|long| long == text),
            (false, Some(letter), None) => self.short_with_value.contains(&letter),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_are_words_and_flags_are_flags() {
        let check = |line: &str, expected: &str| {
            let args = line.split(' ').map(OsString::from).collect();
            let got: Vec<String> = rewrite(args).into_iter().map(|arg| arg.into_string().unwrap()).collect();
            assert_eq!(got.join(" ").replace(MARK, "!"), expected);
        };
        check("morgue search ceasefire -opinion", "morgue search ceasefire !-opinion");
        check("morgue search a -n 5 -nuclear", "morgue search a -n 5 !-nuclear");
        check("morgue search a -n5 -nall -nallied", "morgue search a -n5 -nall !-nallied");
        check("morgue search -l -l0 -long", "morgue search -l -l0 !-long");
        check("morgue -A -weird search -A -odd -even", "morgue -A -weird search -A -odd !-even");
        check("morgue search --person -x -y", "morgue search --person -x !-y");
        check("morgue search --person=z -y", "morgue search --person=z !-y");
        check("morgue search a -- -b", "morgue search a -- -b");
        check("morgue search a -person:b -(c -é", "morgue search a !-person:b !-(c !-é");
        check("morgue facets person -a -q", "morgue facets person !-a -q");
        check("morgue export -opinion -", "morgue export !-opinion -");
        check("morgue index -j2", "morgue index -j2");
        check("morgue search --fields -x", "morgue search --fields !-x");
    }
}
