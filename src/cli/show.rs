//! `morgue show`: an article to read, as data, or as the bytes of its file.
//!
//! It never changes the text; marks are laid over it by the renderer.

use std::{fs::File, io::Write, ops::Range};

use super::{
    args::Global,
    asking::today,
    open, output,
    report::{self, Outcome},
};
use crate::{
    archive::Archive,
    article::Article,
    error::{Error, ErrorKind, Result},
    hit::ArticleView,
    plan::Plan,
    query::Request,
    render::{Look, article, json},
};

/// Shows articles by their identifiers, in the pager on a terminal.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Identifiers, as search gives them.
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    /// Mark what this query finds.
    #[arg(long, value_name = "QUERY")]
    highlight: Option<String>,
    /// The bytes of the file the article came from.
    #[arg(long, conflicts_with_all = ["json", "highlight"])]
    raw: bool,
    /// The article as JSON; one object a line when several are asked for.
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let (archive, found) = open::open(global)?;
    let mut articles = Vec::new();
    for id in &args.ids {
        match archive.article(id)? {
            Some(article) => articles.push(article),
            None => tell_unknown(&archive, id)?,
        }
    }
    if args.raw {
        raw(&archive, &articles)?;
    } else if args.json {
        as_json(&articles, args.ids.len())?;
    } else {
        let plan = args.highlight.as_deref().map(|query| archive.plan(&highlight(query))).transpose()?;
        read(&archive, &articles, plan.as_ref(), (global, &found.place.folder))?;
    }
    Ok(if articles.len() < args.ids.len() { Outcome::Nothing } else { Outcome::Done })
}

fn tell_unknown(archive: &Archive, id: &str) -> Result<()> {
    let near = archive.nearest_ids(id)?;
    let near = if near.is_empty() { String::new() } else { format!("; nearest: {}", near.join(", ")) };
    report::warn(&format!("there is no article “{id}”{near}"));
    Ok(())
}

fn highlight(query: &str) -> Request {
    Request { args: vec![query.to_owned()], today: today(), ..Request::default() }
}

/// The bytes of each file, once.
fn raw(archive: &Archive, articles: &[Article]) -> Result<()> {
    let mut out = output::data();
    let mut paths: Vec<_> = articles.iter().map(|article| archive.original(article)).collect();
    paths.dedup();
    for path in paths {
        let failed = |error| Error::new(ErrorKind::Io, format!("cannot read {}", path.display())).because(error);
        let mut file = File::open(&path).map_err(failed)?;
        std::io::copy(&mut file, &mut out).map_err(output::failed)?;
    }
    out.flush().map_err(output::failed)
}

fn as_json(articles: &[Article], asked: usize) -> Result<()> {
    let mut out = output::data();
    for article in articles {
        let view = ArticleView::from(article);
        let written = if asked == 1 { json::envelope(&view, &mut out) } else { json::line(&view, &mut out) };
        written.map_err(output::failed)?;
    }
    out.flush().map_err(output::failed)
}

fn read(archive: &Archive, articles: &[Article], plan: Option<&Plan>, way: (&Global, &std::path::Path)) -> Result<()> {
    let (global, folder) = way;
    let pages = |look: &Look, out: &mut dyn Write| -> Result<()> {
        for (i, article) in articles.iter().enumerate() {
            let marks: Vec<Range<usize>> = plan.map_or(Ok(Vec::new()), |plan| archive.marks(plan, article))?;
            if i > 0 {
                writeln!(out, "\n{}\n", "─".repeat(look.width.min(80))).map_err(output::failed)?;
            }
            article::screen(article, &marks, look, out).map_err(output::failed)?;
        }
        Ok(())
    };
    if let Some(pager) = (!articles.is_empty()).then(|| output::pager(global)).flatten() {
        let mut text = Vec::new();
        pages(&pager.look, &mut text)?;
        return pager.show(&text);
    }
    let (mut out, look) = output::page(global, Some(folder));
    // In a pipe a paragraph stays on one line, for the program that reads it.
    let look = if output::is_terminal() { look } else { Look { width: Look::ENDLESS, ..look } };
    pages(&look, &mut out)?;
    out.flush().map_err(output::failed)
}
