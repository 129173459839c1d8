//! `morgue count`: one exact number.
//!
//! Facets, orders and pages have no meaning here and are told so.

use std::io::Write;

use super::{
    args::Global,
    asking::{Asking, Form},
    explain::Question,
    facets::Of,
    glued, open, output,
    report::Outcome,
};
use crate::{
    error::Result,
    hit::FacetCount,
    plan::Unit,
    render::{json, one_line},
};

/// Counts what matches: one exact number on standard output.
///
/// Without a query it counts the whole archive. Exit code 1 when the number is 0.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, “phrases”, field:value, -exclusions.
    #[arg(value_name = "QUERY", value_parser = glued::word)]
    words: Vec<String>,
    /// What to count.
    #[arg(long, value_enum, default_value = "articles", value_name = "UNIT")]
    of: Of,
    /// Show also every form that was tried, inflections, spellings and names, with its mentions; also those with none.
    #[arg(long)]
    variants: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let unit = args.of.unit()?;
    args.asking.check("count", global)?;
    args.asking.tell_idle("count", global);
    let (archive, _) = open::asked(global, &args.asking)?;
    let request = args.asking.request(&args.words);
    let plan = archive.plan(&request)?;
    let question = Question { archive: &archive, request: &request, asking: &args.asking, global };
    question.tell(&plan)?;
    let mut view = archive.count(&plan, unit)?;
    question.explain(&mut view.query, view.total.articles)?;
    let number = match unit {
        Unit::Articles => view.total.articles,
        Unit::Mentions => view.total.mentions.unwrap_or(0),
    };
    if args.variants {
        view.variants = Some(archive.mentions(&plan)?.variants()?);
    }
    let mut out = output::data();
    match args.asking.form() {
        Form::Json => json::envelope(&view, &mut out),
        _ => lines(number, view.variants.as_deref().unwrap_or_default(), &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)?;
    Ok(if number == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The number, then each form with its own, between tabs.
fn lines(number: u64, variants: &[FacetCount], out: &mut dyn Write) -> std::io::Result<()> {
    writeln!(out, "{number}")?;
    variants.iter().try_for_each(|variant| writeln!(out, "{}\t{}", variant.count, one_line(&variant.value)))
}
