//! `morgue terms` and `morgue collocates`: the words that tell some articles, or what stands around a word, from the rest.
//!
//! It chooses which words are shown; counting is the index's, layout the renderer's.

use std::io::Write;

use super::{
    args::Global,
    asking::{Asking, Form},
    explain::Question,
    glued, open, output,
    report::{self, Outcome},
    search,
};
use crate::{
    error::Result,
    hit::TermList,
    plan::{SmallWords, WordRequest},
    render::{json, terms},
};

/// Lists words that stand in the hits more often than in the rest of the archive.
///
/// Inflections count together and are shown as they are printed most. The score is the log-likelihood of the counts.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, “phrases”, field:value, -exclusions.
    #[arg(value_name = "QUERY", value_parser = glued::word)]
    words: Vec<String>,
    /// Count function words too: the, of, which.
    #[arg(long)]
    function_words: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Lists words that stand near a word more often than elsewhere in the archive.
///
/// The word may be any query that names something: a phrase, person:moran. Inflections count together; the score is the
/// log-likelihood of the counts.
#[derive(Debug, clap::Args)]
pub(super) struct NearArgs {
    /// A word, “phrase” or field:value.
    #[arg(value_name = "WORD", value_parser = glued::word)]
    words: Vec<String>,
    /// At most so many words away.
    #[arg(long, value_name = "N", default_value_t = 5)]
    within: u32,
    /// Count function words too: the, of, which.
    #[arg(long)]
    function_words: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Words on a page.
const USUAL: usize = 20;

/// What was asked, for both commands.
struct Asked<'a> {
    command: &'a str,
    words: &'a [String],
    within: Option<u32>,
    small: SmallWords,
    asking: &'a Asking,
}

/// Runs `terms`.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let small = if args.function_words { SmallWords::With } else { SmallWords::Without };
    answer(&Asked { command: "terms", words: &args.words, within: None, small, asking: &args.asking }, global)
}

/// Runs `collocates`.
pub(super) fn run_near(args: &NearArgs, global: &Global) -> Result<Outcome> {
    let small = if args.function_words { SmallWords::With } else { SmallWords::Without };
    let within = Some(args.within);
    answer(&Asked { command: "collocates", words: &args.words, within, small, asking: &args.asking }, global)
}

fn answer(asked: &Asked<'_>, global: &Global) -> Result<Outcome> {
    let asking = asked.asking;
    asking.check(asked.command, global)?;
    asking.tell_idle(asked.command, global);
    let request = asking.request(asked.words);
    search::require_words(&request, asked.command)?;
    let (archive, found) = open::asked(global, asking)?;
    let plan = archive.plan(&request)?;
    let question = Question { archive: &archive, request: &request, asking, global };
    question.tell(&plan)?;
    let words = WordRequest { limit: asking.rows(USUAL), small: asked.small };
    let mut list = match asked.within {
        Some(within) => archive.collocates(&plan, within, words)?,
        None => archive.terms(&plan, words)?,
    };
    question.explain(&mut list.query, list.total.articles)?;
    if list.total.articles == 0 {
        question.tell_nothing(&plan);
    }
    write(&list, asking.form(), (global, &found.place.folder))?;
    if list.distinct == 0 && list.total.articles > 0 {
        report::nothing(global, "no word stands there more often than elsewhere");
    }
    Ok(if list.distinct == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn write(list: &TermList, form: Form, (global, folder): (&Global, &std::path::Path)) -> Result<()> {
    if form == Form::Screen {
        let (mut out, look) = output::page(global, Some(folder));
        return terms::screen(list, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed);
    }
    let mut out = output::data();
    match form {
        Form::Json => json::envelope(list, &mut out),
        Form::Csv => terms::table(list, &mut out),
        _ => terms::lines(list, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)
}
