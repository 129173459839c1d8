//! Changes of `names.csv`: each adds rows at its end, and tells what comes of it.
//!
//! A change is only written when it can be taken back.

use std::{fs, io::Write, path::PathBuf};

use clap::ValueEnum;

use super::Kind;
use crate::{
    archive::{self, Archive, Place},
    authority::{Authority, Imported, KINDS, Rule, key, review},
    cli::{
        args::Global,
        open, output, place,
        report::{self, Outcome},
        undo,
    },
    entity::EntityKind,
    error::{Error, ErrorKind, Result},
    hit::NameView,
};

/// What is merged into what.
#[derive(Debug, clap::Args)]
pub(super) struct MergeArgs {
    /// Names, or forms as printed.
    #[arg(required = true, value_name = "VARIANT")]
    variants: Vec<String>,
    /// The name that stays.
    #[arg(long, value_name = "NAME")]
    into: String,
    #[command(flatten)]
    of: Of,
}

/// What is split from what.
#[derive(Debug, clap::Args)]
pub(super) struct SplitArgs {
    /// The name that has the forms.
    #[arg(value_name = "NAME")]
    name: String,
    /// Forms as printed, or names that were merged into it.
    #[arg(required = true, value_name = "VARIANT")]
    variants: Vec<String>,
    #[command(flatten)]
    of: Of,
}

/// What is no name.
#[derive(Debug, clap::Args)]
pub(super) struct HideArgs {
    /// Names, or forms as printed.
    #[arg(required = true, value_name = "VARIANT")]
    variants: Vec<String>,
    #[command(flatten)]
    of: Of,
}

/// Of what, and where.
#[derive(Debug, clap::Args)]
struct Of {
    /// Of what kind.
    #[arg(long, value_enum, default_value = "person", value_name = "KIND")]
    kind: Kind,
    /// Only in the article with this id.
    #[arg(long, value_name = "ID")]
    article: Option<String>,
}

/// Nothing but the archive is asked for.
#[derive(Debug, clap::Args)]
pub(super) struct UndoArgs {}

/// Where the review goes.
#[derive(Debug, clap::Args)]
pub(super) struct ExportArgs {
    /// The file to write; - for standard output.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Replace the file if it is there.
    #[arg(long)]
    force: bool,
}

/// Where the review comes from.
#[derive(Debug, clap::Args)]
pub(super) struct ImportArgs {
    /// The decided file.
    #[arg(value_name = "FILE")]
    file: PathBuf,
}

/// Makes one name of several.
pub(super) fn merge(args: &MergeArgs, global: &Global) -> Result<Outcome> {
    let (archive, place) = opened(global)?;
    args.of.check(&archive)?;
    let rules = args.variants.iter().map(|variant| args.of.rule(variant, Some(&args.into))).collect();
    let change = Change { what: "names merge", rules, apart: Vec::new() };
    let archive = change.write(archive, &place)?;
    tell(&archive, args.of.kind.noun(), &args.into)?;
    Ok(Outcome::Done)
}

/// Gives forms of a name a name of their own.
pub(super) fn split(args: &SplitArgs, global: &Global) -> Result<Outcome> {
    let (archive, place) = opened(global)?;
    args.of.check(&archive)?;
    let kind = args.of.kind.noun();
    let Some(view) = view(&archive, kind, &args.name)? else { return Err(unknown(&args.name)) };
    let is_form = |variant: &str| view.variants.iter().any(|form| key(&form.value) == key(variant));
    if let Some(stranger) = args.variants.iter().find(|variant| !is_form(variant)) {
        let forms: Vec<&str> = view.variants.iter().map(|form| form.value.as_str()).collect();
        let error = Error::new(ErrorKind::Query, format!("“{stranger}” is no form of {}", view.name));
        return Err(error.hint(format!("its forms: {}", forms.join(", "))));
    }
    let rules = args.variants.iter().map(|variant| args.of.rule(variant, Some(variant))).collect();
    let archive = Change { what: "names split", rules, apart: Vec::new() }.write(archive, &place)?;
    tell(&archive, kind, &args.name)?;
    args.variants.iter().try_for_each(|variant| tell(&archive, kind, variant))?;
    Ok(Outcome::Done)
}

/// Says that something is no name.
pub(super) fn hide(args: &HideArgs, global: &Global) -> Result<Outcome> {
    let (archive, place) = opened(global)?;
    args.of.check(&archive)?;
    args.variants.iter().try_for_each(|variant| of_another_kind(&archive, args.of.kind, variant))?;
    let rules = args.variants.iter().map(|variant| args.of.rule(variant, None)).collect();
    let archive = Change { what: "names hide", rules, apart: Vec::new() }.write(archive, &place)?;
    for variant in &args.variants {
        match view(&archive, args.of.kind.noun(), variant)? {
            Some(_) => tell(&archive, args.of.kind.noun(), variant)?,
            None => output::say(&format!("{variant}: hidden"))?,
        }
    }
    Ok(Outcome::Done)
}

/// Takes back the last change.
pub(super) fn undo(_: &UndoArgs, global: &Global) -> Result<Outcome> {
    let place = place::find(global, None)?.place;
    let mut gone = Vec::new();
    archive::change_authority(&place, &mut |authority| {
        let Some((before, lines)) = authority.undone() else { return Ok(None) };
        gone = lines;
        Ok(Some(before))
    })?;
    undo::taken_back(&gone, "names.csv", global)
}

/// Writes the likely pairs of all kinds, and the rules in force.
pub(super) fn export(args: &ExportArgs, global: &Global) -> Result<Outcome> {
    let (archive, _) = opened(global)?;
    let mut rows = Vec::new();
    for kind in KINDS {
        rows.extend(archive.names_to_review(kind)?);
    }
    let text = review(archive.authority(), &rows);
    if args.file.as_os_str() == "-" {
        let mut out = output::data();
        out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(output::failed)?;
        return Ok(Outcome::Done);
    }
    let cannot = |cause: std::io::Error| {
        let file = args.file.display();
        match cause.kind() {
            std::io::ErrorKind::AlreadyExists => {
                Error::new(ErrorKind::Usage, format!("{file} is there already")).hint("--force replaces it")
            }
            _ => Error::new(ErrorKind::Io, format!("cannot write {file}")).because(cause),
        }
    };
    let beside = args.file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = tempfile::NamedTempFile::new_in(beside.unwrap_or(std::path::Path::new("."))).map_err(cannot)?;
    file.write_all(text.as_bytes()).map_err(cannot)?;
    match args.force {
        true => file.persist(&args.file),
        false => file.persist_noclobber(&args.file),
    }
    .map_err(|fault| cannot(fault.error))?;
    output::say(&format!("{} to decide in the column decision: accept, merge, reject or hide", rows.len()))?;
    Ok(Outcome::Done)
}

/// Takes what was decided.
pub(super) fn import(args: &ImportArgs, global: &Global) -> Result<Outcome> {
    let text = fs::read_to_string(&args.file).map_err(|cause| {
        Error::new(ErrorKind::NotFound, format!("cannot read {}", args.file.display())).because(cause)
    })?;
    let (archive, place) = opened(global)?;
    let Imported { rules, apart, undecided, faults } = Imported::read(&text, archive.authority());
    report::ignored_rows(&args.file.display().to_string(), &faults);
    let counts = format!("{} rules added, {} pairs kept apart, {undecided} undecided", rules.len(), apart.len());
    if !rules.is_empty() || !apart.is_empty() {
        Change { what: "names import", rules, apart }.write(archive, &place)?;
    }
    output::say(&counts)?;
    Ok(Outcome::Done)
}

/// Rows that one command adds.
struct Change {
    what: &'static str,
    rules: Vec<Rule>,
    apart: Vec<(EntityKind, String, String)>,
}

impl Change {
    /// Writes them; gives the archive under the new rules.
    fn write(&self, archive: Archive, place: &Place) -> Result<Archive> {
        let authority = archive::change_authority(place, &mut |authority| {
            let mut authority: Authority = authority.clone();
            if !self.apart.is_empty() {
                authority = authority.with_apart(self.what, &self.apart);
            }
            if !self.rules.is_empty() {
                authority = authority.with(self.what, &self.rules);
            }
            Ok(Some(authority))
        })?;
        Ok(archive.renaming(authority))
    }
}

impl Of {
    fn rule(&self, variant: &str, name: Option<&str>) -> Rule {
        let (variant, name) = (variant.to_owned(), name.map(str::to_owned));
        Rule { kind: self.kind.noun(), variant, name, article: self.article.clone() }
    }

    fn check(&self, archive: &Archive) -> Result<()> {
        let Some(id) = &self.article else { return Ok(()) };
        match archive.article(id)? {
            Some(article) if article.id == *id => Ok(()),
            _ => Err(Error::new(ErrorKind::Query, format!("there is no article with the id {id}"))
                .hint("morgue search --format jsonl gives ids")),
        }
    }
}

fn opened(global: &Global) -> Result<(Archive, Place)> {
    let (archive, found) = open::open(global)?;
    Ok((archive, found.place))
}

fn view(archive: &Archive, kind: EntityKind, name: &str) -> Result<Option<NameView>> {
    let names = archive.names(kind, Some(name), None)?.names.into_iter();
    Ok(names.into_iter().find(|view| key(&view.name) == key(name)))
}

/// Refuses a name that the archive has as something else only.
fn of_another_kind(archive: &Archive, kind: Kind, name: &str) -> Result<()> {
    if view(archive, kind.noun(), name)?.is_some() {
        return Ok(());
    }
    let shown = |kind: &Kind| kind.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default();
    for other in Kind::value_variants() {
        if view(archive, other.noun(), name)?.is_some() {
            let what = format!("no {} here is called “{name}”", shown(&kind));
            let hint = format!("it is a name of kind {0}: add --kind {0}", shown(other));
            return Err(Error::new(ErrorKind::Query, what).hint(hint));
        }
    }
    Ok(())
}

/// Says how many articles and mentions a name has now.
fn tell(archive: &Archive, kind: EntityKind, name: &str) -> Result<()> {
    let (articles, mentions) = view(archive, kind, name)?.map_or((0, 0), |view| (view.articles, view.mentions));
    let articles = crate::render::counted(articles, "article", "articles");
    output::say(&format!("{name}: {articles}, {}", crate::render::counted(mentions, "mention", "mentions")))
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::Query, format!("there is no name “{name}”")).hint("morgue names list shows those there are")
}
