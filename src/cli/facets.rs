//! `morgue facets`: exact counts of the values of a field.
//!
//! It chooses the fields and levels; counting is the index's, layout the renderer's.

use std::{io::Write, path::Path};

use clap::ValueEnum;

use super::{
    args::Global,
    asking::{Asking, Form},
    explain::{Question, none_of},
    glued, open, output,
    report::{self, Outcome},
    suggest,
};
use crate::{
    error::{Error, ErrorKind, Result},
    field::Field,
    hit::FacetList,
    plan::{FacetRequest, Step, Unit},
    render::{facets, json},
};

/// Counts the values of a field: people, places, dates, sources.
///
/// The first argument is a field when it is the name of one that can be counted, or several as person,place; the rest is a
/// query as in search. Without a field, every field is counted. To look for a word that is also the name of a field: morgue
/// facets text:place.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A field, then words, “phrases”, field:value, -exclusions; all may be left out.
    #[arg(value_name = "FIELD|QUERY", value_parser = glued::word)]
    words: Vec<String>,
    /// Only values below this one: Russia/Kursk, 2025-03.
    #[arg(long, value_name = "VALUE")]
    under: Option<String>,
    /// Count dates by year, month or day.
    #[arg(long, value_enum, value_name = "STEP")]
    by: Option<By>,
    /// What to count.
    #[arg(long, value_enum, default_value = "articles", value_name = "UNIT")]
    of: Of,
    /// Only values that begin so.
    #[arg(long, value_name = "TEXT")]
    prefix: Option<String>,
    #[command(flatten)]
    asking: Asking,
}

/// The step of a count by date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum By {
    /// Years.
    Year,
    /// Years and months.
    Month,
    /// Years, months and days.
    Day,
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Of {
    /// Articles.
    Articles,
    /// Single occurrences.
    Mentions,
    /// Groups of near-copies (not in this version).
    Stories,
}

impl Of {
    /// As the library calls it.
    pub(super) fn unit(self) -> Result<Unit> {
        match self {
            Self::Articles => Ok(Unit::Articles),
            Self::Mentions => Ok(Unit::Mentions),
            Self::Stories => {
                let error = Error::new(ErrorKind::Usage, "stories cannot be counted in this version");
                Err(error.hint("use --of articles or --of mentions"))
            }
        }
    }
}

/// Values on each level of a page, and of each field when all are shown.
const USUAL: usize = 20;
const OVERVIEW: usize = 5;

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let unit = args.of.unit()?;
    args.asking.check("facets", global)?;
    args.asking.tell_idle("facets", global);
    let fields = args.words.first().map(|word| fields_named(word)).unwrap_or_default();
    let words = if fields.is_empty() { &args.words } else { args.words.get(1..).unwrap_or_default() };
    if fields.len() != 1 && args.under.is_some() {
        let error = Error::new(ErrorKind::Usage, "--under needs a field whose values lie below each other");
        return Err(error.hint("for example: morgue facets place --under Russia"));
    }
    let (archive, found) = open::asked(global, &args.asking)?;
    let request = args.asking.request(words);
    let plan = archive.plan(&request)?;
    let question = Question { archive: &archive, request: &request, asking: &args.asking, global };
    question.tell(&plan)?;
    if let Some(sought) =
        args.words.first().filter(|word| fields.is_empty() && word.split(',').any(|name| Field::named(name).is_some()))
    {
        report::note(global, &format!("the values of “{sought}” cannot be counted: it is sought as a word"));
    }
    let mut list = archive.facets(&plan, &requests(args, &fields, unit))?;
    question.explain(&mut list.query, list.total.articles)?;
    write(&list, args, (global, &found.place.folder))?;
    if is_empty(&list) {
        report::nothing(global, &none_of("values", &plan));
        let slip = args.words.first().filter(|_| fields.is_empty());
        if let Some(near) = slip.and_then(|word| suggest::nearest(word, Field::facets().map(Field::name))) {
            report::note(global, &format!("the first word is no field that can be counted; did you mean {near}?"));
        }
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn write(list: &FacetList, args: &Args, (global, folder): (&Global, &Path)) -> Result<()> {
    let form = args.asking.form();
    if form == Form::Screen {
        let (mut out, look) = output::page(global, Some(folder));
        let written = facets::screen(list, args.under.as_deref(), &look, &mut out);
        return written.and_then(|()| out.flush()).map_err(output::failed);
    }
    let mut out = output::data();
    match form {
        Form::Json => json::envelope(list, &mut out),
        Form::Csv => facets::table(list, &mut out),
        _ => facets::lines(list, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)
}

/// The fields of a list such as `person,place`; none when one of them has no values to count.
fn fields_named(list: &str) -> Vec<Field> {
    let named = |name| Field::named(name).filter(|field| field.is_facet());
    list.split(',').map(named).collect::<Option<_>>().unwrap_or_default()
}

fn requests(args: &Args, fields: &[Field], of: Unit) -> Vec<FacetRequest> {
    let limit = args.asking.rows(if fields.is_empty() { OVERVIEW } else { USUAL });
    let by = args.by.map(|by| match by {
        By::Year => Step::Year,
        By::Month => Step::Month,
        By::Day => Step::Day,
    });
    let fields = if fields.is_empty() { Field::facets().collect() } else { fields.to_vec() };
    let request = |field| FacetRequest {
        field,
        limit,
        under: args.under.clone(),
        prefix: args.prefix.clone(),
        by,
        of,
        nested: true,
    };
    fields.into_iter().map(request).collect()
}

fn is_empty(list: &FacetList) -> bool {
    list.distinct.values().all(|distinct| *distinct == 0)
}
