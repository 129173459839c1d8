//! `morgue index`: brings the index up to date and tells what happened.
//!
//! It never reads a clipping itself; the run is the façade's.

use std::path::{Path, PathBuf};

use super::{
    args::Global,
    output, place,
    progress::{self, Bar},
    report::{self, Outcome},
};
use crate::{
    archive::{Archive, Place, RefreshOptions, Summary},
    article::Problem,
    error::{Error, ErrorKind, Result},
    render::{
        Look, counted,
        notice::{self, Notice, Sign},
        number, problems,
    },
    settings::Reach,
};
use std::io::Write;

/// Reads new and changed files of the archive and drops removed ones.
///
/// Running it again changes nothing. An interrupted run leaves the last good index as it was.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of clippings; the archive of -A unless told.
    dir: Option<PathBuf>,
    /// Read every file again, changed or not.
    #[arg(long)]
    full: bool,
    /// Tell what would be done and do nothing.
    #[arg(long)]
    dry_run: bool,
    /// End with exit code 3 when a file or record was refused.
    #[arg(long)]
    strict: bool,
    /// Take names and dates only from the fields that came with an article, none from its text.
    #[arg(long)]
    fields_only: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let mut found = place::find(global, args.dir.as_deref())?;
    if args.fields_only {
        found.place.settings.extract.reach = Reach::Fields;
    }
    let options = RefreshOptions { full: args.full, dry_run: args.dry_run, threads: global.threads.map(usize::from) };
    let summary = refresh(&found.place, global, &options)?;
    if !global.quiet || args.dry_run {
        let (mut out, look) = output::page(global, Some(&found.place.folder));
        write(&summary, args, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
    }
    let is_refused = summary.problems.iter().any(|problem| problem.refused);
    Ok(if args.strict && is_refused { Outcome::Refused } else { Outcome::Done })
}

/// Builds an index that a question needs, telling `why` and what came of it.
pub(super) fn build(place: &Place, global: &Global, why: &str) -> Result<()> {
    report::note(global, why);
    let options = RefreshOptions { threads: global.threads.map(usize::from), ..RefreshOptions::default() };
    let summary = refresh(place, global, &options)?;
    report::note(global, &done(&summary, "→"));
    let refused = summary.problems.iter().filter(|problem| problem.refused).count() as u64;
    if refused > 0 {
        let what = counted(refused, "file or record was", "files or records were");
        report::note(global, &format!("{what} not indexed; to see why, type: morgue problems"));
    }
    Ok(())
}

fn refresh(place: &Place, global: &Global, options: &RefreshOptions) -> Result<Summary> {
    check_folder(&place.folder)?;
    let stop = progress::stop_flag()?;
    let bar = Bar::new(global);
    Archive::refresh(place, options, &bar, stop)
}

fn check_folder(folder: &Path) -> Result<()> {
    if folder.is_file() {
        let what = format!("{} is a file, not a folder", folder.display());
        return Err(Error::new(ErrorKind::NotFound, what).hint("to see how a file is read, type: morgue inspect FILE"));
    }
    Ok(())
}

/// `12,004 files → 13,871 articles in 9.1 s`.
fn done(summary: &Summary, arrow: &str) -> String {
    let files = counted(summary.files, "file", "files");
    let articles = counted(summary.articles, "article", "articles");
    format!("{files} {arrow} {articles} in {}", seconds(summary.millis))
}

fn seconds(millis: u64) -> String {
    match millis {
        0..1000 => format!("{millis} ms"),
        _ => format!("{}.{} s", millis / 1000, millis % 1000 / 100),
    }
}

fn write(summary: &Summary, args: &Args, look: &Look, out: &mut dyn Write) -> std::io::Result<()> {
    for notice in notices(summary, args) {
        notice::write(&notice, look, out)?;
    }
    let refused: Vec<&Problem> = summary.problems.iter().filter(|problem| problem.refused).collect();
    if !refused.is_empty() {
        let what = counted(refused.len() as u64, "file or record was", "files or records were");
        let head = Notice::new(Sign::Warn, format!("{what} not indexed")).aside("(full list: morgue problems)");
        notice::write(&head, look, out)?;
        problems::groups(&refused, look, out)?;
    }
    doubts(summary).iter().try_for_each(|notice| notice::write(notice, look, out))
}

fn notices(summary: &Summary, args: &Args) -> Vec<Notice> {
    let mut notices = Vec::new();
    if let Some(why) = &summary.rebuilt {
        notices.push(Notice::new(Sign::Good, format!("everything was read again: {why}")));
    }
    let changes = [(summary.read, "read"), (summary.removed, "removed"), (summary.unchanged, "unchanged")];
    let changes: Vec<String> =
        changes.iter().filter(|(n, _)| *n > 0).map(|(n, what)| format!("{} {what}", number(*n))).collect();
    let aside = if changes.is_empty() { String::new() } else { format!("({})", changes.join(", ")) };
    notices.push(match args.dry_run {
        true => Notice::new(
            Sign::Doubt,
            format!("nothing was written: {} would be looked at", counted(summary.files, "file", "files")),
        )
        .aside(aside),
        false => Notice::new(Sign::Good, done(summary, "→")).aside(aside),
    });
    if summary.files == 0 {
        notices.push(Notice::new(Sign::Doubt, "there is no file here that could be read"));
    }
    notices
}

fn doubts(summary: &Summary) -> Vec<Notice> {
    let mut doubts = Vec::new();
    let mut dates = Vec::new();
    if summary.undated > 0 {
        dates.push(format!("{} no publication date", counted(summary.undated, "article has", "articles have")));
    }
    if summary.dated_by_name > 0 {
        dates.push(format!("{} from the file name", counted(summary.dated_by_name, "date comes", "dates come")));
    }
    if !dates.is_empty() {
        doubts.push(Notice::new(Sign::Doubt, dates.join("; ")));
    }
    for (field, articles) in &summary.supplied_empty {
        let articles = counted(*articles, "article says", "articles say");
        doubts.push(Notice::new(Sign::Doubt, format!("{articles} “{field}: none”, which is taken at its word")));
    }
    let notes = summary.problems.iter().filter(|problem| !problem.refused).count() as u64;
    if notes > 0 {
        let what = format!("{} doubtful", counted(notes, "thing is", "things are"));
        doubts.push(Notice::new(Sign::Doubt, what).aside("(full list: morgue problems)"));
    }
    doubts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_tells_what_it_did_and_what_it_left_out() {
        let refused = Problem {
            path: "a.json".into(),
            line: Some(1),
            id: None,
            kind: "invalid-json".into(),
            reason: "expected a comma".into(),
            refused: true,
        };
        let summary = Summary {
            files: 12_004,
            unchanged: 11_990,
            read: 14,
            articles: 13_871,
            undated: 422,
            dated_by_name: 118,
            problems: vec![refused],
            millis: 9140,
            ..Summary::default()
        };
        let args = Args { dir: None, full: false, dry_run: false, strict: false, fields_only: false };
        let mut out = Vec::new();
        write(&summary, &args, &Look::plain(80), &mut out).unwrap();
        insta::assert_snapshot!(String::from_utf8(out).unwrap());
    }
}
