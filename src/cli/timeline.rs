//! `morgue timeline`: articles over time, of one query or of several side by side.
//!
//! It decides which arguments are queries of their own; counting is the index's, layout the renderer's.

use std::io::Write;

use clap::ValueEnum;

use super::{
    args::Global,
    asking::{Asking, Form},
    explain::Question,
    glued, open, output,
    report::{self, Outcome},
};
use crate::{
    date::Period,
    error::Result,
    field::Field,
    hit::{Series, Timeline},
    plan::{DatesOf, Plan, TimelineRequest},
    query::Request,
    render::{json, timeline},
};

/// Counts articles per year, month, week or day: of one query, or of several side by side.
///
/// All arguments are one query, as in search. They are a query each where every one of them begins with the same field
/// (timeline person:moran person:tolland), where every one holds a blank (timeline 'flood defence' 'harbour strike'), or
/// with --series. Gaps stay visible; articles without a date, or with one too vague for a period, are counted apart.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, “phrases”, field:value, -exclusions; none for the whole archive.
    #[arg(value_name = "QUERY", value_parser = glued::word)]
    words: Vec<String>,
    /// The length of a period; chosen by the span of the dates unless told.
    #[arg(long, value_enum, value_name = "STEP")]
    by: Option<By>,
    /// Which dates count: publication, or dates the text talks about.
    #[arg(long, value_enum, default_value = "published", value_name = "DATES")]
    of: Of,
    /// Every argument is a query of its own.
    #[arg(long)]
    series: bool,
    #[command(flatten)]
    asking: Asking,
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum By {
    /// Years.
    Year,
    /// Months.
    Month,
    /// Weeks from Monday to Sunday, as 2025-W11.
    Week,
    /// Days.
    Day,
}

impl By {
    /// As the library calls it.
    pub(super) fn period(self) -> Period {
        match self {
            Self::Year => Period::Year,
            Self::Month => Period::Month,
            Self::Week => Period::Week,
            Self::Day => Period::Day,
        }
    }
}

/// Which dates count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// When articles were published.
    Published,
    /// Dates their texts talk about.
    Mentioned,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let asking = &args.asking;
    asking.check("timeline", global)?;
    asking.tell_idle("timeline", global);
    let (archive, found) = open::asked(global, asking)?;
    let queries = queries(args);
    if queries.len() > 1 && !args.series {
        report::note(global, "each argument is a series of its own; for one query, put all of it into one argument");
    }
    let requests: Vec<Request> = queries.into_iter().map(|words| asking.request(words)).collect();
    let questions: Vec<Question<'_>> =
        requests.iter().map(|request| Question { archive: &archive, request, asking, global }).collect();
    let plans: Vec<Plan> = requests.iter().map(|request| archive.plan(request)).collect::<Result<_>>()?;
    questions.iter().zip(&plans).try_for_each(|(question, plan)| question.tell(plan))?;
    let of = match args.of {
        Of::Published => DatesOf::Published,
        Of::Mentioned => DatesOf::Mentioned,
    };
    let mut counted = archive.timeline(&plans, TimelineRequest { by: args.by.map(By::period), of })?;
    let all = std::iter::once(&mut counted.series).chain(&mut counted.others);
    for (series, (question, plan)) in all.zip(questions.iter().zip(&plans)) {
        explain(series, question, plan)?;
    }
    write(&counted, asking.form(), (global, &found.place.folder))?;
    Ok(if counted.all().all(|series| series.total.articles == 0) { Outcome::Nothing } else { Outcome::Done })
}

fn explain(series: &mut Series, question: &Question<'_>, plan: &Plan) -> Result<()> {
    question.explain(&mut series.query, series.total.articles)?;
    if series.total.articles == 0 {
        question.tell_nothing(plan);
    }
    Ok(())
}

fn write(counted: &Timeline, form: Form, (global, folder): (&Global, &std::path::Path)) -> Result<()> {
    if form == Form::Screen {
        let (mut out, look) = output::page(global, Some(folder));
        return timeline::screen(counted, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed);
    }
    if form != Form::Json {
        for series in counted.all() {
            let whose = if counted.others.is_empty() { String::new() } else { format!("{}: ", series.query.read_as) };
            let left_out = timeline::uncounted(series, &counted.by);
            left_out.iter().for_each(|said| report::note(global, &format!("{whose}{said}")));
        }
    }
    let mut out = output::data();
    match form {
        Form::Json => json::envelope(counted, &mut out),
        Form::Csv => timeline::table(counted, &mut out),
        _ => timeline::lines(counted, &mut out),
    }
    .and_then(|()| out.flush())
    .map_err(output::failed)
}

/// The arguments, query by query.
fn queries(args: &Args) -> Vec<&[String]> {
    let words = args.words.as_slice();
    let fields: Vec<Option<Field>> = words.iter().map(|word| leading_field(word)).collect();
    let is_same_field = fields.iter().all(|field| field.is_some() && *field == fields.first().copied().flatten());
    let holds_blank = |word: &String| word.trim().contains(char::is_whitespace) && !word.starts_with('-');
    let is_several = args.series || is_same_field || words.iter().all(holds_blank);
    if words.len() > 1 && is_several { words.chunks(1).collect() } else { vec![words] }
}

/// The field that a word begins with: `person:moran`.
fn leading_field(word: &str) -> Option<Field> {
    word.split_once(':').and_then(|(name, _)| Field::named(name))
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, FromArgMatches};

    use super::*;

    #[test]
    fn arguments_are_one_query_or_several() {
        let check = |words: &[&str], queries_expected: usize| {
            let line = ["morgue", "timeline"].iter().chain(words);
            let matches = super::super::Cli::command().get_matches_from(line);
            let matches = matches.subcommand_matches("timeline").unwrap();
            assert_eq!(queries(&Args::from_arg_matches(matches).unwrap()).len(), queries_expected, "{words:?}");
        };
        check(&[], 1);
        check(&["person:moran"], 1);
        check(&["ceasefire", "talks"], 1);
        check(&["person:moran", "ceasefire"], 1);
        check(&["person:moran", "source:Courier"], 1);
        check(&["person:moran", "person:tolland"], 2);
        check(&["person:Ada Moran", "who:tolland"], 2);
        check(&["flood defence", "harbour strike"], 2);
        check(&["flood defence", "harbour"], 1);
        check(&["ceasefire", "talks", "--series"], 2);
    }
}
