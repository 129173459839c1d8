//! `morgue inspect`: what the reader understands of a file, before anything is indexed.
//!
//! It never needs or makes an index.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use super::{
    args::Global,
    output, place,
    report::{self, Outcome},
};
use crate::{
    archive,
    article::{Article, Problem},
    error::{Error, ErrorKind, Result},
    hit::ArticleView,
    render::{inspect, json, problems},
    settings::{Reach, Settings},
};

/// Shows what the reader understands of files: every field and where it comes from. Needs no index.
///
/// With --jsonl it converts: one article a line, which is valid input and gives the same articles.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Files to read.
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The article as JSON; a list when there are several.
    #[arg(long, conflicts_with = "jsonl")]
    json: bool,
    /// One article a line.
    #[arg(long)]
    jsonl: bool,
    /// Take names and dates only from the fields that came with an article, none from its text.
    #[arg(long)]
    fields_only: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let mut settings = place::find(global, None)?.place.settings;
    if args.fields_only {
        settings.extract.reach = Reach::Fields;
    }
    let mut desk = Desk { args, global, settings: &settings, all: Vec::new(), found: 0 };
    let mut missing = None;
    for file in &args.files {
        match desk.read(file) {
            // The files after one that cannot be read are read all the same.
            Err(error) if error.kind() == ErrorKind::NotFound => match missing {
                None => missing = Some(error),
                Some(_) => report::warn(&error.to_string()),
            },
            read => read?,
        }
    }
    if args.json {
        as_json(&desk.all)?;
    } else if !args.jsonl {
        pages(&desk.all, global)?;
    }
    match missing {
        Some(error) => Err(error),
        None => Ok(if desk.found == 0 { Outcome::Nothing } else { Outcome::Done }),
    }
}

/// What was read so far.
struct Desk<'a> {
    args: &'a Args,
    global: &'a Global,
    settings: &'a Settings,
    /// Articles that are shown at the end.
    all: Vec<Article>,
    found: usize,
}

impl Desk<'_> {
    fn read(&mut self, file: &Path) -> Result<()> {
        if file.is_dir() {
            let what = format!("{} is a folder; inspect reads files", file.display());
            let hint = format!("to read a whole folder, type: morgue index {}", file.display());
            return Err(Error::new(ErrorKind::Usage, what).hint(hint));
        }
        let mut out = output::data();
        let mut take = |article: Article| {
            self.found += 1;
            if !self.args.jsonl {
                self.all.push(article);
                return Ok(());
            }
            // What a converter writes reads back as the same article.
            let view = ArticleView { origins: BTreeMap::new(), ..ArticleView::from(&article) };
            json::line(&view, &mut out).map_err(output::failed)
        };
        let problems = archive::inspect(file, self.settings, &mut take)?;
        out.flush().map_err(output::failed)?;
        tell(&problems, self.global);
        Ok(())
    }
}

/// Refusals are told whatever the form, quiet or not: a converter must not lose a record in silence.
fn tell(problems: &[Problem], global: &Global) {
    for problem in problems.iter().filter(|problem| problem.refused || !global.quiet) {
        let weight = if problem.refused { "refused: " } else { "" };
        report::warn(&format!("{}: {weight}{}", problems::place(problem), problem.reason));
    }
}

fn as_json(articles: &[Article]) -> Result<()> {
    let views: Vec<ArticleView> = articles.iter().map(ArticleView::from).collect();
    let mut out = output::data();
    match views.as_slice() {
        [] => Ok(()),
        [only] => json::envelope(only, &mut out),
        several => json::envelope(&several, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)
}

fn pages(articles: &[Article], global: &Global) -> Result<()> {
    let (mut out, look) = output::page(global, None);
    for (i, article) in articles.iter().enumerate() {
        let blank = if i > 0 { writeln!(out) } else { Ok(()) };
        blank.and_then(|()| inspect::screen(article, &look, &mut out)).map_err(output::failed)?;
    }
    out.flush().map_err(output::failed)
}
