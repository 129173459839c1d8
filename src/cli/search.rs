//! `morgue search`: ranked articles with snippets and facets.
//!
//! It never counts or orders; it asks for a page and has it rendered.

use std::{io::Write, path::Path, time::Instant};

use super::{
    args::Global,
    asking::{Asking, Form, Limit},
    explain::Question,
    glued, listed,
    listing::{self, Listing, Source},
    open, output,
    report::{self, Outcome},
    stream::{self, Flow},
};
use crate::{
    error::{Error, ErrorKind, Result},
    field::Field,
    hit::{CountView, HitList, QueryView},
    ledger::BadRow,
    plan::{FacetRequest, Page, Plan, Step, Unit},
    query::{FilterFlag, Request, When},
    render::{
        columns, counted,
        form::{Carried, Form as HitForm},
        hitlist::{Head, Rows},
        json,
        lines::Ending,
        number,
        screen::{self, Frame},
        template::Template,
    },
};

/// Finds articles: ranked, with snippets and a footer of facets.
///
/// Words are joined by AND, “quoted phrases” stand together, a dash excludes: morgue search ceasefire "special envoy"
/// -opinion. Fields narrow: person:witkoff place:Kursk since:2025. More: morgue help query.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, “phrases”, field:value, -exclusions.
    #[arg(value_name = "QUERY", value_parser = glued::word)]
    words: Vec<String>,
    /// Only what is not in this exported list; or what was published on or after this day.
    #[arg(long, value_name = "FILE|DATE", help_heading = "Which hits")]
    new_since: Option<String>,
    #[command(flatten)]
    asking: Asking,
}

/// Hits on a page unless told.
const USUAL: u64 = 10;
/// Values of a field in the footer of a page, and in JSON.
const FOOTER_VALUES: usize = 8;
const JSON_VALUES: usize = 10;

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let asking = &args.asking;
    asking.check_articles("search", global)?;
    let columns = asking.columns(Rows::Articles)?;
    if columns.as_ref().is_some_and(Vec::is_empty) {
        return list_columns(Rows::Articles);
    }
    let (facets, template) = (requests(asking)?, asking.template()?);
    let mut request = asking.request(&args.words);
    let known = args.new_since.as_deref().map(|told| known(told, &mut request)).transpose()?.flatten();
    require_words(&request, "search")?;
    let (archive, found) = open::asked(global, asking)?;
    let started = Instant::now();
    let mut plan = archive.plan(&request)?;
    if let Some((list, ids)) = args.new_since.as_deref().zip(known) {
        plan.notes.push(format!("without the {} of {list}", counted(ids.len() as u64, "article", "articles")));
        plan = plan.without_articles(ids);
    }
    plan.notes.extend(archive.undated_note(&plan, asking.page(None).sort)?);
    let question = Question { archive: &archive, request: &request, asking, global };
    question.tell(&plan)?;
    let desk = Desk { question: &question, plan: &plan, folder: &found.place.folder };
    if let Some(form) = asking.list_form() {
        return desk.list(form, columns.as_deref(), template.as_ref());
    }
    if let Some(flow) = flow(asking, columns.clone()) {
        return desk.stream(&flow);
    }
    let mut list = archive.search(&plan, &asking.shown(Some(USUAL)), &facets)?;
    if list.total.articles == 0 {
        question.tell_nothing(&plan);
    }
    question.explain(&mut list.query, list.total.articles)?;
    let millis = started.elapsed().as_millis().try_into().unwrap_or(u64::MAX);
    let frame = Frame { millis, sorted_by: asking.sort.name(), next: next(&list) };
    desk.page(&list, (&frame, columns.as_deref()))
}

/// The articles of the list that `--new-since` names; `None` for a date, which becomes a part of the request.
fn known(told: &str, request: &mut Request) -> Result<Option<Vec<String>>> {
    let is_date = When::parse(told).is_some() && !Path::new(told).exists();
    if is_date {
        request.filters.push(FilterFlag { field: Field::Since, value: told.to_owned(), exclude: false });
        return Ok(None);
    }
    if !Path::new(told).exists() {
        let error = Error::new(ErrorKind::Usage, format!("“{told}” is neither a list nor a date"));
        return Err(error.hint("--new-since takes an exported list, or a date such as 2025-03"));
    }
    let listing = listed::read(Path::new(told))?;
    report::ignored_rows(told, &listing.faults);
    let mut ids = Vec::with_capacity(listing.rows.len());
    for row in &listing.rows {
        match row.id() {
            Ok(id) => ids.push(id.to_owned()),
            Err(reason) => report::ignored_rows(told, &[BadRow { line: row.line, reason }]),
        }
    }
    ids.sort_unstable();
    ids.dedup();
    Ok(Some(ids))
}

/// Fails when there is nothing to look for.
pub(super) fn require_words(request: &Request, command: &str) -> Result<()> {
    if request.args.iter().any(|word| !word.trim().is_empty()) || !request.filters.is_empty() {
        return Ok(());
    }
    let error = Error::new(ErrorKind::Usage, "there is nothing to look for");
    Err(error.hint(format!("type words, or filters: morgue {command} ceasefire --person \"Ilse Maro\"")))
}

/// Prints the fields a row has, one a line.
pub(super) fn list_columns(rows: Rows) -> Result<Outcome> {
    let mut out = output::data();
    columns::names(rows)
        .iter()
        .try_for_each(|column| writeln!(out, "{column}"))
        .and_then(|()| out.flush())
        .map_err(output::failed)?;
    Ok(Outcome::Done)
}

/// The stream that is asked for; `None` when it is a page, an envelope, or the first few records.
fn flow(asking: &Asking, columns: Option<Vec<String>>) -> Option<Flow> {
    if asking.files || asking.nul {
        return Some(Flow::Paths(if asking.nul { Ending::Nul } else { Ending::Newline }));
    }
    match asking.form() {
        Form::Text if asking.page(Some(USUAL)).limit.is_none() => Some(Flow::Text(columns)),
        _ => None,
    }
}

/// Which values are to be counted: a few for a page, more for JSON, those of `--facets` when it was given.
fn requests(asking: &Asking) -> Result<Vec<FacetRequest>> {
    let told = asking.facet_fields()?;
    let request = |field: Field, limit| FacetRequest {
        field,
        limit: Some(limit),
        under: None,
        prefix: None,
        by: None,
        of: Unit::Articles,
        nested: false,
    };
    let on_screen = |field: Field| match field {
        Field::Published => {
            FacetRequest { limit: None, by: Some(Step::Month), nested: true, ..request(field, FOOTER_VALUES) }
        }
        _ => request(field, FOOTER_VALUES),
    };
    let is_listed = asking.files || asking.nul;
    Ok(match asking.form() {
        _ if is_listed => Vec::new(),
        Form::Screen => told
            .unwrap_or_else(|| vec![Field::Person, Field::Place, Field::Published])
            .into_iter()
            .map(on_screen)
            .collect(),
        Form::Json => {
            told.unwrap_or_else(|| Field::facets().collect()).into_iter().map(|f| request(f, JSON_VALUES)).collect()
        }
        _ => Vec::new(),
    })
}

/// What one may type next.
fn next(list: &HitList) -> Vec<String> {
    let mut next = Vec::new();
    let shown = list.offset + list.hits.len() as u64;
    if list.next.is_some() && !list.hits.is_empty() {
        next.push(format!("--offset {shown}"));
    }
    next.push("morgue facets …".to_owned());
    let first = |field: Field| list.facets.get(field.name()).and_then(|values| values.first());
    for field in [Field::Person, Field::Place] {
        let narrower = first(field).filter(|value| value.count < list.total.articles);
        next.extend(narrower.map(|value| format!("add {}:{}", field.name(), quoted(&value.value))));
    }
    if let Some(hit) = list.hits.first() {
        next.push(format!("morgue show {}", quoted(&hit.id)));
    }
    next
}

fn quoted(value: &str) -> String {
    let is_plain = value.chars().all(|c| c.is_alphanumeric() || "/-_.".contains(c));
    if is_plain { value.to_owned() } else { format!("\"{}\"", value.replace('"', "")) }
}

/// All that an answer needs.
struct Desk<'a> {
    question: &'a Question<'a>,
    plan: &'a Plan,
    folder: &'a Path,
}

impl Desk<'_> {
    /// Prints the hits in a form of hit lists.
    fn list(&self, form: &'static HitForm, fields: Option<&[String]>, template: Option<&Template>) -> Result<Outcome> {
        let Question { archive, asking, .. } = self.question;
        let source = Source::Articles(archive, self.plan, asking.shown(None));
        // Counting costs a second pass, which rows without totals need not wait for.
        let is_told = form.provenance == Carried::Inside || template.is_some();
        let view = if is_told { source.count(form)? } else { CountView::default() };
        let provenance = &listing::provenance(archive, &view, (self.folder, Rows::Articles))?;
        let head = Head { fields, template, ..source.head(provenance, &view) };
        let listing = Listing { form, head, source: &source };
        listing.tell_idle(self.question.global);
        let written = listing.print()?;
        written.notes.iter().for_each(|note| report::note(self.question.global, note));
        self.ended(written.provenance.written)
    }

    fn stream(&self, flow: &Flow) -> Result<Outcome> {
        let Question { archive, asking, .. } = self.question;
        let page: Page = asking.shown(None);
        let mut out = output::data();
        let written = stream::write(archive, self.plan, (&page, flow), &mut out)?;
        out.flush().map_err(output::failed)?;
        self.ended(written)
    }

    /// The outcome of so many rows, and why there was none.
    fn ended(&self, written: u64) -> Result<Outcome> {
        if written > 0 {
            return Ok(Outcome::Done);
        }
        let counted = self.question.archive.count(self.plan, Unit::Articles)?;
        if counted.total.articles > 0 {
            self.tell_behind(counted.total.articles);
            return Ok(Outcome::Done);
        }
        self.question.tell_nothing(self.plan);
        self.question.explain(&mut QueryView::default(), counted.total.articles)?;
        Ok(Outcome::Nothing)
    }

    fn page(&self, list: &HitList, form: (&Frame, Option<&[String]>)) -> Result<Outcome> {
        let (frame, columns) = form;
        match self.question.asking.form() {
            Form::Json => {
                let mut out = output::data();
                match columns {
                    None => json::envelope(list, &mut out),
                    Some(columns) => {
                        json::with_columns(list, columns).and_then(|value| json::envelope(&value, &mut out))
                    }
                }
                .and_then(|()| out.flush())
                .map_err(output::failed)?;
            }
            Form::Screen if list.total.articles > 0 => {
                let (mut out, look) = output::page(self.question.global, Some(self.folder));
                screen::write(list, frame, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
            }
            _ => {
                let mut out = output::data();
                list.hits
                    .iter()
                    .try_for_each(|hit| stream::record(hit, columns, &mut out))
                    .and_then(|()| out.flush())
                    .map_err(output::failed)?;
                self.tell_cut(list);
            }
        }
        if list.total.articles == 0 {
            return Ok(Outcome::Nothing);
        }
        Ok(Outcome::Done)
    }

    /// An empty page of an answer that is not empty.
    fn tell_behind(&self, articles: u64) {
        if self.question.asking.limit != Some(Limit::At(0)) {
            let found = counted(articles, "article", "articles");
            report::note(self.question.global, &format!("{found} found; this page begins behind the last of them"));
        }
    }

    /// A list that was cut must say so: a pipe would take it for the whole.
    fn tell_cut(&self, list: &HitList) {
        let shown = list.hits.len() as u64;
        if shown == 0 && list.total.articles > 0 {
            return self.tell_behind(list.total.articles);
        }
        if shown < list.total.articles && self.question.asking.limit.is_none() {
            let (shown, all) = (number(shown), number(list.total.articles));
            report::note(self.question.global, &format!("{shown} of {all} articles; -n all gives every one"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_quoted_when_a_shell_would_cut_them() {
        assert_eq!(quoted("Ilse Maro"), "\"Ilse Maro\"");
        assert_eq!(quoted("north/tarn.txt"), "north/tarn.txt");
    }
}
