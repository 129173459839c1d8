//! Flags that all asking commands share: how the words are read, which hits are wanted, in which form.
//!
//! It turns them into the library's nouns; what has no meaning for a command is told, never dropped silently.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use jiff::tz::TimeZone;

pub(super) use super::form::Form;
use super::{args::Global, filters::Filters, form, report, suggest};
use crate::{
    date::{Day, day_of},
    error::{Error, ErrorKind, Result},
    field::Field,
    plan::{Detail, Page, Sort},
    query::Request,
    render::{
        columns,
        form::{FILLED, Form as HitForm},
        hitlist::Rows,
        template::Template,
    },
};

/// How the words are read, which hits are wanted, in which form.
#[derive(Debug, Clone, Args)]
pub(super) struct Asking {
    /// Take the words literally, none required, best match first: for pasted questions and notes.
    #[arg(long, help_heading = "Reading the query")]
    pub(super) any: bool,
    /// No inflections: every word exactly as spelled.
    #[arg(long, help_heading = "Reading the query")]
    pub(super) exact: bool,
    /// A full name also means its surname where no first name tells whose it is.
    #[arg(long, help_heading = "Reading the query")]
    pub(super) with_unresolved: bool,
    /// Show the query as understood: each part with its counts, wildcards with their words.
    #[arg(long, help_heading = "Reading the query")]
    pub(super) explain: bool,
    /// Also articles and mentions that marks.csv drops.
    #[arg(long, help_heading = "Which hits")]
    pub(super) with_dropped: bool,
    #[command(flatten)]
    pub(super) filters: Filters,
    /// Most hits, or values of a field: a number or all.
    #[arg(short = 'n', long, value_name = "N|all", value_parser = Limit::parse, help_heading = "Which hits")]
    pub(super) limit: Option<Limit>,
    /// Hits to leave out before the first.
    #[arg(long, value_name = "N", default_value_t = 0, help_heading = "Which hits")]
    pub(super) offset: u64,
    /// Continue behind the cursor that a JSON answer gave as next; not together with --offset.
    #[arg(long, value_name = "CURSOR", help_heading = "Which hits")]
    pub(super) after: Option<String>,
    /// The order of hits.
    #[arg(long, value_enum, default_value = "relevance", help_heading = "Which hits")]
    pub(super) sort: Order,
    /// Show near-copies of a story one by one (there are no stories in this version).
    #[arg(long, help_heading = "Which hits")]
    pub(super) show_copies: bool,
    /// Fields to count beside the hits, as person,place; or none.
    #[arg(long, value_name = "LIST|none", help_heading = "Form of the answer")]
    pub(super) facets: Option<String>,
    /// The form of the answer: screen on a terminal, text in a pipe unless told.
    #[arg(long, value_parser = Form::parser(), value_name = "FORM", help_heading = "Form of the answer")]
    pub(super) format: Option<Form>,
    /// The same as --format json.
    #[arg(long, conflicts_with = "format", help_heading = "Form of the answer")]
    pub(super) json: bool,
    /// Only the paths of files with hits.
    #[arg(short = 'l', long, help_heading = "Form of the answer")]
    pub(super) files: bool,
    /// Paths ended by NUL, for xargs -0.
    #[arg(short = '0', help_heading = "Form of the answer")]
    pub(super) nul: bool,
    /// Only these fields of a hit, as path,title; without a value: list them.
    #[arg(long, value_name = "LIST", num_args = 0..=1, default_missing_value = "", help_heading = "Form of the answer")]
    pub(super) fields: Option<String>,
    /// A template in the manner of Jinja that is filled for each hit, as {{ title }}: with search, mentions, export.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["format", "json"], help_heading = "Form of the answer")]
    pub(super) template: Option<PathBuf>,
}

/// `-n`: a number or `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Limit {
    /// No limit.
    All,
    /// At most so many.
    At(u64),
}

impl Limit {
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "all" => Ok(Self::All),
            number => number.parse().map(Self::At).map_err(|_| "neither a number nor all".to_owned()),
        }
    }

    /// As the library wants it: `None` = all.
    pub(super) fn most(self) -> Option<u64> {
        match self {
            Self::All => None,
            Self::At(most) => Some(most),
        }
    }
}

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Order {
    /// Best first.
    Relevance,
    /// Latest first.
    Newest,
    /// Earliest first.
    Oldest,
    /// By source, then latest first.
    Source,
    /// By path and line.
    File,
    /// Mentions: earliest first.
    Date,
    /// Mentions: by the words before.
    Left,
    /// Mentions: by the words behind.
    Right,
}

impl Order {
    /// As the library calls an order of articles.
    fn sort(self) -> Sort {
        match self {
            Self::Relevance | Self::Date | Self::Left | Self::Right => Sort::Relevance,
            Self::Newest => Sort::Newest,
            Self::Oldest => Sort::Oldest,
            Self::Source => Sort::Source,
            Self::File => Sort::File,
        }
    }

    /// As typed.
    pub(super) fn name(self) -> String {
        self.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
    }
}

impl Asking {
    /// The request of these words.
    pub(super) fn request(&self, words: &[String]) -> Request {
        let filters = self.filters.0.clone();
        Request {
            args: words.to_vec(),
            any: self.any,
            exact: self.exact,
            with_unresolved: self.with_unresolved,
            filters,
            today: today(),
            ..Request::default()
        }
    }

    /// The page that is wanted, with so many hits unless `-n` says otherwise.
    pub(super) fn page(&self, usual: Option<u64>) -> Page {
        let limit = self.limit.map_or(usual, Limit::most);
        Page { sort: self.sort.sort(), offset: self.offset, limit, after: self.after.clone(), detail: Detail::Whole }
    }

    /// Most rows of a table: `-n`, else so many on a page and all in a pipe.
    pub(super) fn rows(&self, usual: usize) -> Option<usize> {
        match self.limit {
            Some(limit) => limit.most().map(|most| usize::try_from(most).unwrap_or(usize::MAX)),
            None => (self.form() == Form::Screen).then_some(usual),
        }
    }

    /// The page of a search: no more of each hit than it shows.
    pub(super) fn shown(&self, usual: Option<u64>) -> Page {
        Page { detail: self.detail(), ..self.page(usual) }
    }

    /// Paths and records show no passages; nor do chosen fields without them, but for an envelope with its totals.
    fn detail(&self) -> Detail {
        let shows = self.fields.as_ref().map(|list| list.split(',').any(|name| name.trim() == "snippets"));
        match (self.files || self.nul, self.form(), shows) {
            _ if self.template.is_some() => Detail::Whole,
            (true, ..) | (_, Form::Text, None) => Detail::Fields,
            (_, Form::Text | Form::Jsonl | Form::Csv | Form::Other(_), Some(false)) => Detail::Fields,
            _ => Detail::Whole,
        }
    }

    /// The form that is wanted: on a terminal a page, in a pipe records, unless told.
    pub(super) fn form(&self) -> Form {
        match self.told() {
            Some(form) => form,
            None if super::output::is_terminal() => Form::Screen,
            None => Form::Text,
        }
    }

    /// The form that `--format` or `--json` tells.
    pub(super) fn told(&self) -> Option<Form> {
        if self.json { Some(Form::Json) } else { self.format }
    }

    /// The form in which hits are streamed, if it is one of hit lists; an envelope is not.
    pub(super) fn list_form(&self) -> Option<&'static HitForm> {
        match self.form() {
            _ if self.files || self.nul => None,
            _ if self.template.is_some() => Some(&FILLED),
            Form::Jsonl | Form::Csv | Form::Other(_) => HitForm::named(self.form().name()),
            _ => None,
        }
    }

    /// The template that is to be filled.
    pub(super) fn template(&self) -> Result<Option<Template>> {
        let Some(file) = &self.template else { return Ok(None) };
        let name = file.display().to_string();
        let unread = |error| Error::new(ErrorKind::NotFound, format!("cannot read the template {name}")).because(error);
        let text = std::fs::read_to_string(file).map_err(unread)?;
        Template::read(&name, text).map(Some)
    }

    /// As `check`, for a command that lists articles.
    pub(super) fn check_articles(&self, command: &str, global: &Global) -> Result<()> {
        if matches!(self.sort, Order::Date | Order::Left | Order::Right) {
            let what = format!("--sort {} is an order of mentions, not of articles", self.sort.name());
            return Err(Error::new(ErrorKind::Usage, what).hint("use newest or oldest, or the command mentions"));
        }
        self.check(command, global)
    }

    /// Fails for a form that this command does not print and for what later versions bring, tells what is not there yet.
    pub(super) fn check(&self, command: &str, global: &Global) -> Result<()> {
        form::check(command, self.format)?;
        if self.after.is_some() && self.offset > 0 {
            let what = "--after and --offset both say where to go on";
            return Err(Error::new(ErrorKind::Usage, what).hint("leave one of them out"));
        }
        if self.template.is_some() && !form::LISTING.contains(&command) {
            let what = format!("--template fills lists of hits, which {command} does not print");
            return Err(Error::new(ErrorKind::Usage, what).hint("use it with search, mentions or export"));
        }
        if self.show_copies {
            report::note(global, "near-copies are not folded in this version: all hits are shown anyway");
        }
        Ok(())
    }

    /// Tells which of the given flags mean nothing to a command that lists no hits.
    pub(super) fn tell_idle(&self, command: &str, global: &Global) {
        let idle = [
            (self.files, "--files"),
            (self.nul, "-0"),
            (self.fields.is_some(), "--fields"),
            (self.after.is_some(), "--after"),
            (self.offset > 0, "--offset"),
            (self.sort != Order::Relevance, "--sort"),
            (self.facets.is_some(), "--facets"),
        ];
        for (_, flag) in idle.iter().filter(|(is_given, _)| *is_given) {
            report::note(global, &format!("{flag} means nothing to “{command}”, which lists no hits"));
        }
    }

    /// The fields of `--fields`, `None` when it was not given, an error for one that such a row does not have.
    pub(super) fn columns(&self, rows: Rows) -> Result<Option<Vec<String>>> {
        let Some(list) = &self.fields else { return Ok(None) };
        let known = columns::names(rows);
        let row = if rows == Rows::Articles { "hit" } else { "mention" };
        let named = |name: &str| {
            if known.contains(&name) {
                return Ok(name.to_owned());
            }
            let error = Error::new(ErrorKind::Usage, format!("a {row} has no field “{name}”"));
            Err(match suggest::nearest(name, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean {near}?")),
                None => error.hint(format!("fields of a {row}: {}", known.join(", "))),
            })
        };
        list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(named).collect::<Result<Vec<_>>>().map(Some)
    }

    /// The fields of `--facets`; `None` when it was not given, empty for `none`.
    pub(super) fn facet_fields(&self) -> Result<Option<Vec<Field>>> {
        let Some(list) = &self.facets else { return Ok(None) };
        if list == "none" {
            return Ok(Some(Vec::new()));
        }
        list.split(',')
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(facet_field)
            .collect::<Result<Vec<_>>>()
            .map(Some)
    }
}

/// The field of this name, if its values can be counted.
pub(super) fn facet_field(name: &str) -> Result<Field> {
    if let Some(field) = Field::named(name).filter(|field| field.is_facet()) {
        return Ok(field);
    }
    let names = || Field::facets().map(Field::name);
    let error = Error::new(ErrorKind::Usage, format!("“{name}” is no field that can be counted"));
    Err(match suggest::nearest(name, names()) {
        Some(near) => error.hint(format!("did you mean {near}?")),
        None => error.hint(format!("fields that can be counted: {}", names().collect::<Vec<_>>().join(", "))),
    })
}

/// The day on which this is asked, by the local clock.
pub(super) fn today() -> Day {
    let date = jiff::Timestamp::now().to_zoned(local_zone()).date();
    day_of(date.year(), date.month(), date.day()).unwrap_or(0)
}

/// The zone of the system's own clock: looking its name up walks a folder of some 500 zones, which a search need not wait for.
fn local_zone() -> TimeZone {
    let named = std::env::var_os("TZ").is_some_and(|name| !name.is_empty());
    let own = if named { None } else { std::fs::read("/etc/localtime").ok() };
    own.and_then(|zone| TimeZone::tzif("Local", &zone).ok()).unwrap_or_else(TimeZone::system)
}
