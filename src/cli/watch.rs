//! `morgue saved` and `morgue watch`: the queries of `morgue.toml`, and what they find that they did not find before.
//!
//! What is new is remembered only when it was written; a reader that goes away loses nothing.

use std::io::Write;

use clap::ValueEnum;

use super::{
    args::Global,
    open, output, progress,
    report::{self, Outcome},
    suggest,
};
use crate::{
    archive::{Archive, Watch},
    error::{Error, ErrorKind, Result},
    hit::WatchedHit,
    render::{
        atom::{self, Head},
        counted, json, lists,
    },
};

/// Lists the saved queries, each with what it finds.
///
/// Queries are saved in morgue.toml, [saved] floods = "flood OR deluge", and stand in other queries as saved:floods.
#[derive(Debug, clap::Args)]
pub(super) struct SavedArgs {
    /// One object with every query.
    #[arg(long)]
    json: bool,
}

/// Lists the articles that saved queries find and did not find when this was last run.
///
/// For cron: morgue index --quiet && morgue watch --format atom > new.xml. The first run lists all there is; --catch-up only
/// remembers it. Exit code 1 when nothing is new.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Names of saved queries; all unless told.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// The form of the answer.
    #[arg(long, value_enum, value_name = "FORM", default_value = "text")]
    format: Form,
    /// Remember what there is and list nothing.
    #[arg(long)]
    catch_up: bool,
    /// List what is new and remember nothing.
    #[arg(long, conflicts_with = "catch_up")]
    peek: bool,
}

/// The form of what is new.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Form {
    /// One tab-separated record a line.
    Text,
    /// One object a line.
    Jsonl,
    /// A feed for readers of feeds.
    Atom,
}

/// Runs `saved`.
pub(super) fn run_saved(args: &SavedArgs, global: &Global) -> Result<Outcome> {
    let (archive, _) = open::open(global)?;
    let list = archive.saved()?;
    for (name, error) in list.saved.iter().filter_map(|query| Some((&query.name, query.error.as_ref()?))) {
        report::warn(&format!("{name}: {error}"));
    }
    let mut out = output::data();
    if args.json { json::envelope(&list, &mut out) } else { lists::saved(&list, &mut out) }
        .and_then(|()| out.flush())
        .map_err(output::failed)?;
    if list.saved.is_empty() {
        report::nothing(global, &format!("no query is saved; {HOW}"));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

const HOW: &str = "queries are saved in morgue.toml: [saved] floods = \"flood OR deluge\"";

/// Runs `watch`.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let (archive, found) = open::open(global)?;
    let names = names(&archive, &args.names)?;
    let mut watch = archive.watch()?;
    let head = Head {
        title: format!("New in {}", found.place.folder.display()),
        id: names.join(","),
        updated: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
    };
    let mut out = output::data();
    let new = match args.catch_up {
        true => look(&mut watch, &names, &mut |_| Ok(()))?,
        false => list(&mut watch, &names, (args.format, &head), &mut out)?,
    };
    out.flush().map_err(output::failed)?;
    if !args.peek {
        watch.remember()?;
    }
    if args.catch_up {
        report::nothing(global, &format!("{} remembered", counted(new, "article", "articles")));
        return Ok(Outcome::Done);
    }
    if new == 0 {
        report::nothing(global, "nothing new");
    }
    Ok(if new == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Writes what is new; how many there were.
fn list(watch: &mut Watch<'_>, names: &[String], (form, head): (Form, &Head), out: &mut dyn Write) -> Result<u64> {
    if form == Form::Atom {
        atom::begin(head, out).map_err(output::failed)?;
    }
    let new = look(watch, names, &mut |hit| {
        progress::check()?;
        match form {
            Form::Text => lists::watched(hit, out),
            Form::Jsonl => json::line(hit, out),
            Form::Atom => atom::entry(hit, head, out),
        }
        .map_err(output::failed)
    })?;
    if form == Form::Atom {
        atom::end(out).map_err(output::failed)?;
    }
    Ok(new)
}

/// Looks at each query; one that cannot be asked is told, and the others are asked.
fn look(watch: &mut Watch<'_>, names: &[String], sink: &mut dyn FnMut(&WatchedHit) -> Result<()>) -> Result<u64> {
    let mut new = 0;
    for name in names {
        match watch.look(name, &mut |hit| sink(&hit))? {
            Ok(count) => new += count,
            Err(reason) => report::warn(&format!("{name}: {reason}")),
        }
    }
    Ok(new)
}

/// The names that are asked for, as they are saved.
fn names(archive: &Archive, told: &[String]) -> Result<Vec<String>> {
    let known: Vec<&str> = archive.saved_names().collect();
    if known.is_empty() {
        return Err(Error::new(ErrorKind::Usage, "there is no saved query to watch").hint(HOW));
    }
    if told.is_empty() {
        return Ok(known.into_iter().map(str::to_owned).collect());
    }
    let name = |typed: &String| match known.iter().find(|name| **name == typed) {
        Some(name) => Ok((*name).to_owned()),
        None => {
            let error = Error::new(ErrorKind::Usage, format!("no query is saved as “{typed}”"));
            Err(match suggest::nearest(typed, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean {near}?")),
                None => error.hint(format!("saved queries: {}", known.join(", "))),
            })
        }
    };
    told.iter().map(name).collect()
}
