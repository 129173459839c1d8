//! `morgue names`: people, places, organisations and roles with their printed forms, and which of them belong together.
//!
//! What is decided goes into `names.csv` beside the articles; the index is never changed. Edits are in `edit`.

mod edit;

use std::{
    io::{self, Write},
    path::Path,
};

use clap::{Subcommand, ValueEnum};
use serde::Serialize;

use super::{
    args::Global,
    asking::{Form, Limit},
    form, open, output,
    report::{self, Outcome},
};
use crate::{
    entity::EntityKind,
    error::Result,
    render::{Look, json, names},
};

/// Lists names with their printed forms, and says which belong together, which do not, and which are none.
///
/// Decisions are rows of names.csv beside the articles (kind,variant,name,article) and hold at once, without indexing:
/// searches, counts and facets see the names as the file has them. An empty name hides the variant.
#[derive(Debug, clap::Args)]
#[command(disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    action: Action,
}

/// What is to be done.
#[derive(Debug, Subcommand)]
enum Action {
    /// List names with their printed forms and counts.
    List(ListArgs),
    /// Make one name of several.
    Merge(edit::MergeArgs),
    /// Give printed forms of a name a name of their own again.
    Split(edit::SplitArgs),
    /// Say that something is no name.
    Hide(edit::HideArgs),
    /// Take back the last change that this command made.
    Undo(edit::UndoArgs),
    /// List names that are likely the same, with reasons.
    Suggest(SuggestArgs),
    /// Write the likely pairs to a CSV file, to be decided in a spreadsheet.
    Export(edit::ExportArgs),
    /// Read a decided CSV file: accept, merge, reject or hide in its first column.
    Import(edit::ImportArgs),
}

/// Which names, in which form.
#[derive(Debug, clap::Args)]
struct ListArgs {
    /// Of what kind.
    #[arg(long, value_enum, default_value = "person", value_name = "KIND")]
    kind: Kind,
    /// Only names that begin so.
    #[arg(long, value_name = "TEXT")]
    prefix: Option<String>,
    #[command(flatten)]
    shown: Shown,
}

/// Which pairs, in which form.
#[derive(Debug, clap::Args)]
struct SuggestArgs {
    /// Of what kind.
    #[arg(long, value_enum, default_value = "person", value_name = "KIND")]
    kind: Kind,
    #[command(flatten)]
    shown: Shown,
}

/// How much is shown, and how.
#[derive(Debug, clap::Args)]
struct Shown {
    /// Most rows: a number or all.
    #[arg(short = 'n', long, value_name = "N|all", value_parser = Limit::parse)]
    limit: Option<Limit>,
    /// The form of the answer: screen on a terminal, text in a pipe unless told.
    #[arg(long, value_parser = Form::parser(), value_name = "FORM")]
    format: Option<Form>,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// The kinds that have names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// People.
    Person,
    /// Places, as paths: Russia/Kursk Oblast.
    Place,
    /// Organisations.
    Org,
    /// What people are.
    Role,
}

/// Rows on a page unless told.
const USUAL: usize = 20;

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    match &args.action {
        Action::List(args) => list(args, global),
        Action::Merge(args) => edit::merge(args, global),
        Action::Split(args) => edit::split(args, global),
        Action::Hide(args) => edit::hide(args, global),
        Action::Undo(args) => edit::undo(args, global),
        Action::Suggest(args) => suggest(args, global),
        Action::Export(args) => edit::export(args, global),
        Action::Import(args) => edit::import(args, global),
    }
}

fn list(args: &ListArgs, global: &Global) -> Result<Outcome> {
    let form = args.shown.form()?;
    let (archive, found) = open::open(global)?;
    let list = archive.names(args.kind.noun(), args.prefix.as_deref(), args.shown.limit(form))?;
    print(&list, form, (names::screen, names::lines), (global, &found.place.folder))?;
    Ok(ended(list.names.len(), list.distinct, form, global))
}

fn suggest(args: &SuggestArgs, global: &Global) -> Result<Outcome> {
    let form = args.shown.form()?;
    let (archive, found) = open::open(global)?;
    let list = archive.likely_names(args.kind.noun(), args.shown.limit(form))?;
    print(&list, form, (names::likely_screen, names::likely_lines), (global, &found.place.folder))?;
    Ok(ended(list.suggestions.len(), list.distinct, form, global))
}

/// How a list is written for people, and how in lines.
type Ways<T> = (fn(&T, &Look, &mut dyn Write) -> io::Result<()>, fn(&T, &mut dyn Write) -> io::Result<()>);

fn print<T: Serialize>(
    list: &T,
    form: Form,
    (screen, lines): Ways<T>,
    (global, folder): (&Global, &Path),
) -> Result<()> {
    if form == Form::Screen {
        let (mut out, look) = output::page(global, Some(folder));
        return screen(list, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed);
    }
    let mut out = output::data();
    let written = if form == Form::Json { json::envelope(list, &mut out) } else { lines(list, &mut out) };
    written.and_then(|()| out.flush()).map_err(output::failed)
}

/// Says what a page leaves out, and whether there was anything.
fn ended(shown: usize, distinct: u64, form: Form, global: &Global) -> Outcome {
    let left = distinct.saturating_sub(shown as u64);
    if left > 0 && form == Form::Screen {
        report::note(global, &format!("{left} more; -n all lists every one"));
    }
    if distinct == 0 { Outcome::Nothing } else { Outcome::Done }
}

impl Shown {
    fn form(&self) -> Result<Form> {
        match (self.json, self.format) {
            (true, _) => Ok(Form::Json),
            (false, Some(form)) => {
                let table = "a table for a spreadsheet is written by: morgue names export FILE.csv";
                form::check("names", Some(form)).map(|()| form).map_err(|error| error.hint(table))
            }
            (false, None) if output::is_terminal() => Ok(Form::Screen),
            (false, None) => Ok(Form::Text),
        }
    }

    fn limit(&self, form: Form) -> Option<usize> {
        match self.limit {
            Some(Limit::At(most)) => Some(usize::try_from(most).unwrap_or(usize::MAX)),
            Some(Limit::All) => None,
            None => (form == Form::Screen).then_some(USUAL),
        }
    }
}

impl Kind {
    /// As the library calls it.
    fn noun(self) -> EntityKind {
        match self {
            Self::Person => EntityKind::Person,
            Self::Place => EntityKind::Place,
            Self::Org => EntityKind::Org,
            Self::Role => EntityKind::Role,
        }
    }
}
