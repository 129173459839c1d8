//! `morgue mark`: tags, notes and verdicts for articles and mentions, as rows of `marks.csv`.
//!
//! A change is only written when it can be taken back; nothing is written of what fits no article.

use std::path::PathBuf;

use clap::ValueEnum;

use super::{
    args::Global,
    listed, open, output, place,
    report::{self, Outcome},
    undo,
};
use crate::{
    archive::{self, Archive, Edited, MARKS, Place},
    error::{Error, ErrorKind, Result},
    listing::Spot,
    marks::{self, Mark, Marks},
    render::{counted, one_line},
};

/// Marks articles and mentions with tags, notes and verdicts: rows of marks.csv beside the articles.
///
/// What is dropped is left out of every answer, which says so; --with-dropped shows it. Tags, notes and verdicts are found
/// by tag:, note: and verdict: at once. --from takes a list that was exported and edited in a spreadsheet: its columns id,
/// tag, note, verdict, for mentions also start, end and surface.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The articles.
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// A label; repeat it for several.
    #[arg(long, value_name = "TAG")]
    tag: Vec<String>,
    /// A remark.
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// Whether it stays in answers.
    #[arg(long, value_enum, value_name = "VERDICT")]
    verdict: Option<Verdict>,
    /// Mark the mention at these code points of the article's text, as mentions --json gives start and end.
    #[arg(long, value_name = "START-END", value_parser = spot)]
    at: Option<Spot>,
    /// Take the marks from a list: CSV, TSV, JSON, JSON lines or a workbook.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ids", "tag", "note", "verdict", "at"])]
    from: Option<PathBuf>,
    /// Take back the last change.
    #[arg(long, conflicts_with_all = ["ids", "tag", "note", "verdict", "at", "from"])]
    undo: bool,
}

/// Whether what is marked stays in answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Verdict {
    /// It stays.
    Keep,
    /// It is left out.
    Drop,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    if args.undo {
        return undo(global);
    }
    match &args.from {
        Some(file) => import(file, global),
        None => mark(args, global),
    }
}

/// Warns of rows of the archive's `marks.csv` that are ignored, and of articles in it that are not there.
pub(super) fn tell_doubts(archive: &Archive, global: &Global) {
    report::ignored_rows(MARKS, archive.given_marks().faults());
    if let Some((id, line)) = archive.absent_marks().first() {
        let count = archive.absent_marks().len() as u64;
        let articles = counted(count, "marked article is", "marked articles are");
        report::note(global, &format!("{articles} not in the index, such as {id} ({MARKS}, line {line})"));
    }
}

fn mark(args: &Args, global: &Global) -> Result<Outcome> {
    let said = said(args)?;
    let (archive, found) = open::open(global)?;
    let wanted = args.ids.iter().map(|id| placed(&archive, Mark { id: id.clone(), ..said.clone() }));
    let wanted = wanted.collect::<Result<Vec<_>>>()?;
    let written = write(&found.place, "mark", &mut |marks| {
        let mut fresh: Vec<Mark> = Vec::new();
        for news in wanted.iter().filter_map(|mark| marks.news(mark)) {
            fresh.extend((!fresh.contains(&news)).then_some(news));
        }
        Ok(fresh)
    })?;
    let known = (wanted.len() as u64).saturating_sub(written);
    output::say(&format!("{} marked{}", what(written, args.at.is_some()), already(known)))?;
    Ok(Outcome::Done)
}

/// What is said of each article.
fn said(args: &Args) -> Result<Mark> {
    let usage = |what: &str, hint: &str| Err(Error::new(ErrorKind::Usage, what).hint(hint));
    let tags: Vec<String> = args.tag.iter().flat_map(|tag| marks::tags(tag)).collect();
    let note = args.note.as_deref().map(one_line).filter(|note| !note.trim().is_empty());
    if args.ids.is_empty() {
        return usage("no article is named", "morgue mark ID --verdict drop; morgue search --format jsonl gives ids");
    }
    if tags.is_empty() && note.is_none() && args.verdict.is_none() {
        return usage("there is nothing to say of them", "add --tag, --note or --verdict keep|drop");
    }
    if args.at.is_some() && args.ids.len() > 1 {
        return usage("--at is a place in one article", "name one article");
    }
    Ok(Mark { spot: args.at.clone(), tags, note, verdict: args.verdict.map(Verdict::noun), ..Mark::default() })
}

/// The mark with the place where its mention stands.
fn placed(archive: &Archive, mark: Mark) -> Result<Mark> {
    let id = mark.id.clone();
    archive.placed(mark, &mut None)?.or_else(|reason| {
        let near = archive.nearest_ids(&id)?;
        let hint = match near.is_empty() || near.contains(&id) {
            true => "morgue search --format jsonl gives ids, morgue mentions --json places".to_owned(),
            false => format!("the nearest: {}", near.join(", ")),
        };
        Err(Error::new(ErrorKind::Query, reason).hint(hint))
    })
}

fn import(file: &std::path::Path, global: &Global) -> Result<Outcome> {
    let listing = listed::read(file)?;
    if !["tag", "note", "verdict"].iter().any(|column| listing.has(column)) {
        let what = format!("{} has no column tag, note or verdict", file.display());
        return Err(Error::new(ErrorKind::Usage, what).hint("add one of them in the spreadsheet, and fill it"));
    }
    let (archive, found) = open::open(global)?;
    let mut edited = Edited::default();
    let written = write(&found.place, "mark --from", &mut |marks| {
        edited = archive.edited(&listing, marks)?;
        Ok(edited.marks.clone())
    })?;
    report::ignored_rows(&file.display().to_string(), &edited.faults);
    let silent = if edited.silent > 0 { format!(", {} without a mark", edited.silent) } else { String::new() };
    let bad = if edited.faults.is_empty() { String::new() } else { format!(", {} ignored", edited.faults.len()) };
    output::say(&format!("{} marked{}{silent}{bad}", counted(written, "row", "rows"), already(edited.known)))?;
    Ok(if written + edited.known == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// Adds what `fresh` gives under the marks that are there; how many there were.
fn write(place: &Place, what: &str, fresh: &mut dyn FnMut(&Marks) -> Result<Vec<Mark>>) -> Result<u64> {
    let mut written = 0;
    let today = archive::today(place);
    archive::change_marks(place, &mut |marks| {
        let news = fresh(marks)?;
        if let Some(column) = news.iter().find_map(|mark| marks.lacks(mark)) {
            let error = Error::new(ErrorKind::Usage, format!("{MARKS} has no column {column}"));
            return Err(error.hint(format!("add “{column}” to its first row")));
        }
        written = news.len() as u64;
        Ok((!news.is_empty()).then(|| marks.with(what, &news, &today)))
    })?;
    Ok(written)
}

fn undo(global: &Global) -> Result<Outcome> {
    let place = place::find(global, None)?.place;
    let mut gone = Vec::new();
    archive::change_marks(&place, &mut |marks| {
        let Some((before, lines)) = marks.undone() else { return Ok(None) };
        gone = lines;
        Ok(Some(before))
    })?;
    undo::taken_back(&gone, MARKS, global)
}

fn spot(typed: &str) -> std::result::Result<Spot, String> {
    let ends = typed.split_once('-').and_then(|(start, end)| Some((start.parse().ok()?, end.parse().ok()?)));
    match ends {
        Some((start, end)) if start < end => Ok(Spot { start, end, surface: String::new() }),
        _ => Err("not two numbers, as in 120-131".to_owned()),
    }
}

fn what(count: u64, is_mention: bool) -> String {
    if is_mention { counted(count, "mention", "mentions") } else { counted(count, "article", "articles") }
}

fn already(known: u64) -> String {
    if known > 0 { format!(", {known} already") } else { String::new() }
}

impl Verdict {
    /// As the library calls it.
    fn noun(self) -> marks::Verdict {
        match self {
            Self::Keep => marks::Verdict::Keep,
            Self::Drop => marks::Verdict::Drop,
        }
    }
}
