//! `morgue export`: the hits of a query to a file, whole or not at all, with where they come from.
//!
//! It brings together query, form and target; how a form looks is the renderer's.

mod file;
mod target;

use self::{
    file::Existing,
    target::{Choice, Target},
};
use super::{
    args::Global,
    asking::Asking,
    explain::Question,
    glued,
    listing::{self, Listing, Source},
    mentions, open,
    report::{self, Outcome},
    search,
};
use crate::{
    archive::Archive,
    error::{Error, ErrorKind, Result},
    hit::CountView,
    plan::{Context, Plan},
    render::{
        counted,
        form::Form,
        hitlist::{Head, Reader, Rows},
    },
};

/// Writes the hits of a query to a file: all of them unless -n says otherwise.
///
/// The last argument is the file; its ending is the format, as .csv. With - it is standard output, and --format must be
/// told. Every file says where its hits come from; beside one that cannot lies FILE.meta.json.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, “phrases”, field:value, -exclusions; last the file, or -.
    #[arg(value_name = "QUERY… FILE", required = true, value_parser = glued::word)]
    words: Vec<String>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
    /// A row for each mention instead of each article.
    #[arg(long)]
    mentions: bool,
    /// With --mentions, what stands around each: so many characters on each side, chars, sentence or paragraph.
    #[arg(long, value_name = "N|chars|sentence|paragraph", value_parser = mentions::context, requires = "mentions")]
    context: Option<Context>,
    /// A table for Excel: marked as UTF-8, and nothing in it is run as a formula (csv, tsv).
    #[arg(long)]
    excel: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let asking = &args.asking;
    let rows = args.rows(global)?;
    let fields = asking.columns(rows)?;
    if fields.as_ref().is_some_and(Vec::is_empty) {
        return search::list_columns(rows);
    }
    args.tell_idle(global);
    let (words, target, form) = target::split(&args.words, args.choice(), rows)?;
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    if let Target::File(file) = &target {
        file::refuse(file, existing)?;
    }
    let (reader, template) = (args.reader(form)?, asking.template()?);
    let (archive, found) = open::asked(global, asking)?;
    let request = asking.request(words);
    let plan = archive.plan(&request)?;
    let question = Question { archive: &archive, request: &request, asking, global };
    question.tell(&plan)?;
    let source = args.source((&archive, &plan), (rows, form))?;
    let mut view = source.count(form)?;
    tell_nothing(&view, rows, global);
    if view.total.articles == 0 {
        question.tell_nothing(&plan);
    }
    question.explain(&mut view.query, view.total.articles)?;
    let provenance = &listing::provenance(&archive, &view, (&found.place.folder, rows))?;
    let head = source.head(provenance, &view);
    let head = Head { fields: fields.as_deref(), reader, template: template.as_ref(), ..head };
    let listing = Listing { form, head, source: &source };
    listing.tell_idle(global);
    let written = match &target {
        Target::Stdout => listing.print()?,
        Target::File(file) => file::save(&listing, file, existing)?,
    };
    written.notes.iter().for_each(|note| report::note(global, note));
    tell_written(written.provenance.written, (rows, &target), global);
    Ok(if written.provenance.written == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn tell_written(count: u64, (rows, target): (Rows, &Target), global: &Global) {
    let Target::File(file) = target else { return };
    let rows = if rows == Rows::Articles { ("article", "articles") } else { ("mention", "mentions") };
    report::note(global, &format!("{} written to {}", counted(count, rows.0, rows.1), file.display()));
}

/// Articles may match by filters alone, which name nothing.
fn tell_nothing(view: &CountView, rows: Rows, global: &Global) {
    if rows == Rows::Mentions && view.total.mentions == Some(0) {
        mentions::tell_nothing(view.total.articles, global);
    }
}

impl Args {
    /// What the rows are, if the flags go with it.
    fn rows(&self, global: &Global) -> Result<Rows> {
        if self.mentions {
            self.asking.check("export", global)?;
            return Ok(Rows::Mentions);
        }
        self.asking.check_articles("export", global)?;
        Ok(Rows::Articles)
    }

    /// What the rows are taken from.
    fn source<'a>(&self, (archive, plan): (&'a Archive, &'a Plan), (rows, form): (Rows, &Form)) -> Result<Source<'a>> {
        if rows == Rows::Articles {
            return Ok(Source::Articles(archive, plan, self.asking.page(None)));
        }
        let context = self.context.unwrap_or(form.context());
        let page = mentions::page(&self.asking, Some(context), None)?;
        Ok(Source::Mentions(Box::new(archive.mentions(plan)?), page))
    }

    /// Tells which of the given flags mean nothing here.
    fn tell_idle(&self, global: &Global) {
        let asking = &self.asking;
        let idle = [(asking.files, "--files"), (asking.nul, "-0"), (asking.facets.is_some(), "--facets")];
        for (_, flag) in idle.iter().filter(|(is_given, _)| *is_given) {
            report::note(global, &format!("{flag} means nothing to this export"));
        }
    }

    fn choice(&self) -> Choice {
        match self.asking.told() {
            _ if self.asking.template.is_some() => Choice::Template,
            Some(told) => Choice::Told(told),
            None => Choice::Ending,
        }
    }

    fn reader(&self, form: &Form) -> Result<Reader> {
        match (self.excel, form.name) {
            (false, _) => Ok(Reader::Any),
            (true, "csv" | "tsv") => Ok(Reader::Excel),
            (true, name) => {
                let error = Error::new(ErrorKind::Usage, format!("--excel is for csv and tsv, not for {name}"));
                Err(error.hint("leave --excel out"))
            }
        }
    }
}
