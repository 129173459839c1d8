//! `morgue mentions`: every occurrence of what a query names, as a concordance.
//!
//! It chooses order, context and form; finding is the index's, layout the renderer's.

use std::io::Write;

use super::{
    args::Global,
    asking::{Asking, Form, Order},
    explain::Question,
    glued,
    listing::{self, Listing, Source},
    open, output, progress,
    report::{self, Outcome},
    search,
};
use crate::{
    archive::Mentions,
    error::{Error, ErrorKind, Result},
    hit::MentionList,
    plan::{Context, MentionPage, MentionSort},
    render::{
        concordance,
        hitlist::{Head, Rows},
        json, number,
    },
};

/// Lists every occurrence of what a query names: date, context, place in the file.
///
/// Words, phrases, people, places and roles are mentions; filters only narrow. On a terminal the first ten, in a pipe all
/// of them: morgue mentions person:witkoff --sort right
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, “phrases”, field:value, -exclusions.
    #[arg(value_name = "QUERY", value_parser = glued::word)]
    words: Vec<String>,
    /// What stands around each mention: so many characters on each side, chars, sentence or paragraph.
    #[arg(long, value_name = "N|chars|sentence|paragraph", value_parser = context)]
    context: Option<Context>,
    #[command(flatten)]
    asking: Asking,
}

/// Mentions on a terminal unless told.
const USUAL: u64 = 10;

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let asking = &args.asking;
    asking.check("mentions", global)?;
    let fields = asking.columns(Rows::Mentions)?;
    if fields.as_ref().is_some_and(Vec::is_empty) {
        return search::list_columns(Rows::Mentions);
    }
    tell_idle(asking, global);
    let template = asking.template()?;
    let request = asking.request(&args.words);
    search::require_words(&request, "mentions")?;
    let context = args.context.or_else(|| asking.list_form().map(|form| form.context()));
    let page = page(asking, context, (asking.form() == Form::Screen).then_some(USUAL))?;
    let (archive, found) = open::asked(global, asking)?;
    let plan = archive.plan(&request)?;
    let question = Question { archive: &archive, request: &request, asking, global };
    question.tell(&plan)?;
    let mentions = archive.mentions(&plan)?;
    let mut view = mentions.view().clone();
    question.explain(&mut view.query, view.total.articles)?;
    let total = view.total.mentions.unwrap_or(0);
    if total == 0 {
        tell_nothing(view.total.articles, global);
        question.tell_nothing(&plan);
    }
    match (asking.form(), asking.list_form()) {
        (Form::Json, _) => envelope(&MentionList { query: view.query, ..mentions.list(&page)? })?,
        (Form::Screen, _) if total > 0 => screen(&mentions, (&page, args.context), (global, &found.place.folder))?,
        (_, Some(form)) => {
            let source = Source::Mentions(Box::new(mentions), page);
            let view = source.count(form)?;
            let provenance = &listing::provenance(&archive, &view, (&found.place.folder, Rows::Mentions))?;
            let head = source.head(provenance, &view);
            let head = Head { fields: fields.as_deref(), template: template.as_ref(), ..head };
            print(&Listing { form, head, source: &source }, global)?;
        }
        (_, None) => records(&mentions, &page)?,
    }
    Ok(if total == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The mentions that are wanted, so many unless `-n` says otherwise.
pub(super) fn page(asking: &Asking, context: Option<Context>, usual: Option<u64>) -> Result<MentionPage> {
    let sort = match asking.sort {
        Order::Relevance | Order::Date | Order::Oldest => MentionSort::Date,
        Order::Left => MentionSort::Left,
        Order::Right => MentionSort::Right,
        Order::File => MentionSort::File,
        Order::Source => MentionSort::Source,
        Order::Newest => {
            let what = "mentions are sorted by date, left, right, file or source";
            return Err(Error::new(ErrorKind::Usage, what).hint("--sort date lists the earliest first"));
        }
    };
    Ok(MentionPage {
        sort,
        context: context.unwrap_or_default(),
        offset: asking.offset,
        limit: asking.limit.map_or(usual, super::asking::Limit::most),
        after: asking.after.clone(),
        ..MentionPage::default()
    })
}

/// Reads what is to stand around a mention.
pub(super) fn context(typed: &str) -> std::result::Result<Context, String> {
    match typed {
        "chars" => Ok(Context::default()),
        "sentence" => Ok(Context::Sentence),
        "paragraph" => Ok(Context::Paragraph),
        number => {
            number.parse().map(Context::Chars).map_err(|_| "not a number, chars, sentence or paragraph".to_owned())
        }
    }
}

fn screen(
    mentions: &Mentions<'_>,
    (page, told): (&MentionPage, Option<Context>),
    (global, folder): (&Global, &std::path::Path),
) -> Result<()> {
    let variants: Vec<_> = mentions.variants()?.into_iter().filter(|variant| variant.count > 0).collect();
    let (mut out, look) = output::page(global, Some(folder));
    let is_whole = matches!(told, Some(Context::Sentence | Context::Paragraph));
    let page = if is_whole {
        page.clone()
    } else {
        MentionPage { context: Context::Chars(look.width.min(400) as u32), ..page.clone() }
    };
    concordance::heading(mentions.view(), &variants, &look, &mut out).map_err(output::failed)?;
    let mut shown = 0;
    let stretch = mentions.stream(&page, &mut |mention| {
        shown += 1;
        progress::check()?;
        match is_whole {
            true => concordance::passage(&mention, &look, &mut out),
            false => concordance::line(&mention, &look, &mut out),
        }
        .map_err(output::failed)
    })?;
    out.flush().map_err(output::failed)?;
    let total = mentions.view().total.mentions.unwrap_or(0);
    let next = stretch.offset + shown;
    if next < total {
        let all = number(total);
        report::note(global, &format!("{next} of {all} mentions; --offset {next} continues, -n all gives every one"));
    }
    Ok(())
}

fn envelope(list: &MentionList) -> Result<()> {
    let mut out = output::data();
    json::envelope(list, &mut out).and_then(|()| out.flush()).map_err(output::failed)
}

/// Prints a form of hit lists, with what is to be said about it.
fn print(listing: &Listing<'_>, global: &Global) -> Result<()> {
    listing.tell_idle(global);
    let written = listing.print()?;
    written.notes.iter().for_each(|note| report::note(global, note));
    Ok(())
}

fn records(mentions: &Mentions<'_>, page: &MentionPage) -> Result<()> {
    let mut out = output::data();
    mentions.stream(page, &mut |mention| {
        progress::check()?;
        concordance::record(&mention, &mut out).map_err(output::failed)
    })?;
    out.flush().map_err(output::failed)
}

/// Articles may match by filters alone, which name nothing.
pub(super) fn tell_nothing(articles: u64, global: &Global) {
    if articles > 0 {
        let all = number(articles);
        report::note(
            global,
            &format!("{all} articles match, but what was asked stands nowhere in their texts as words"),
        );
    }
}

/// Tells which of the given flags mean nothing here.
fn tell_idle(asking: &Asking, global: &Global) {
    let idle = [
        (asking.files, "--files"),
        (asking.nul, "-0"),
        (asking.fields.is_some() && asking.list_form().is_none(), "--fields"),
        (asking.facets.is_some(), "--facets"),
    ];
    for (_, flag) in idle.iter().filter(|(is_given, _)| *is_given) {
        report::note(global, &format!("{flag} means nothing to “mentions”, which lists single occurrences"));
    }
}
