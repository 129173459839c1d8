//! `morgue batch`: a list of names or queries, what each finds and what they find together.
//!
//! A line that cannot be asked is told with its number; the others are asked.

use std::{io::Write, path::PathBuf};

use super::{
    args::Global,
    asking::{Asking, Form},
    listed, open, output,
    report::{self, Outcome},
    suggest,
};
use crate::{
    archive::{Asked, Listed},
    error::{Error, ErrorKind, Result},
    field::{Field, FieldKind},
    hit::Batch,
    listing::Queries,
    render::{columns, hitlist::Rows, json, lists},
};

/// Asks a list of names or queries: how many articles and mentions each finds, and how many they find together.
///
/// One query a line; lines that begin with # are comments. Of a CSV or TSV file a column: query or name, unless --column
/// says which. With --as each line is a value of that field, as in a query: morgue batch names.txt --as person. A line
/// that cannot be asked is told with its number, and the others are asked. Exit code 1 when nothing is found.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The list; - for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The column that holds the queries.
    #[arg(long, value_name = "NAME")]
    column: Option<String>,
    /// Each line is a value of this field: person, place, org, source.
    #[arg(long = "as", value_name = "FIELD")]
    field: Option<String>,
    /// List the articles that any line finds, with the lines that find each.
    #[arg(long)]
    hits: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let asking = &args.asking;
    asking.check_articles("batch", global)?;
    if asking.form() == Form::Jsonl && !args.hits {
        let error = Error::new(ErrorKind::Usage, "counts are written as text, csv or json");
        return Err(error.hint("--hits --format jsonl gives an article a line"));
    }
    if !args.hits {
        asking.tell_idle("batch", global);
    } else if asking.fields.is_some() && asking.form() != Form::Csv {
        return Err(Error::new(ErrorKind::Usage, "--fields chooses the columns of a table").hint("add --format csv"));
    }
    let columns = asking
        .columns(Rows::Articles)?
        .unwrap_or_else(|| columns::usual(Rows::Articles).into_iter().map(str::to_owned).collect());
    let field = args.field.as_deref().map(field).transpose()?;
    let queries = queries(args)?;
    let shown = args.file.display().to_string();
    report::ignored_rows(&shown, &queries.faults);
    let (archive, _) = open::asked(global, asking)?;
    let asked = queries.lines.into_iter().map(|(line, text)| asked(asking, field, (line, text)));
    let listed = if args.hits { Listed::Hits(asking.shown(None)) } else { Listed::Counts };
    let batch = archive.batch(&asked.collect::<Vec<_>>(), &listed)?;
    for (line, error) in batch.lines.iter().filter_map(|line| Some((line.line, line.error.as_ref()?))) {
        report::warn(&format!("{shown}, line {line}: {error}"));
    }
    let mut out = output::data();
    write(&batch, (asking.form(), &columns), &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
    report::nothing(global, &lists::batch_sum(&batch));
    Ok(if batch.total.articles == 0 { Outcome::Nothing } else { Outcome::Done })
}

fn write(batch: &Batch, (form, columns): (Form, &[String]), out: &mut dyn Write) -> std::io::Result<()> {
    match (form, &batch.hits) {
        (Form::Json, _) => json::envelope(batch, out),
        (Form::Csv, None) => lists::batch_table(batch, out),
        (Form::Csv, Some(hits)) => lists::batch_hits_table(hits, columns, out),
        (Form::Jsonl, Some(hits)) => hits.iter().try_for_each(|hit| json::line(hit, out)),
        (_, Some(hits)) => lists::batch_hits(hits, out),
        (_, None) => lists::batch(batch, out),
    }
}

fn queries(args: &Args) -> Result<Queries> {
    let is_stdin = args.file.as_os_str() == "-";
    let text = if is_stdin {
        std::io::read_to_string(std::io::stdin())
            .map_err(|cause| Error::new(ErrorKind::Io, "cannot read standard input").because(cause))?
    } else {
        listed::text(&args.file)?
    };
    let ending = args.file.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let is_table = args.column.is_some() || matches!(ending.as_deref(), Some("csv" | "tsv"));
    if is_table { Queries::column(&text, args.column.as_deref()) } else { Ok(Queries::plain(&text)) }
}

/// A line as a request: a query, or a value of a field.
fn asked(asking: &Asking, field: Option<Field>, (line, text): (u64, String)) -> Asked {
    let query = match field {
        None => text.clone(),
        Some(field) if field.kind() == FieldKind::Date => format!("{}:{text}", field.name()),
        Some(field) => format!("{}:\"{}\"", field.name(), text.replace('\\', "\\\\").replace('"', "\\\"")),
    };
    Asked { line, text, request: asking.request(&[query]) }
}

/// The field of this name, if it has values.
fn field(name: &str) -> Result<Field> {
    let fields = || Field::facets().map(Field::name);
    let found = Field::named(name).filter(|field| field.is_facet());
    found.ok_or_else(|| {
        let error = Error::new(ErrorKind::Usage, format!("“{name}” is no field whose values can be listed"));
        match suggest::nearest(name, fields()) {
            Some(near) => error.hint(format!("did you mean {near}?")),
            None => error.hint(format!("fields with values: {}", fields().collect::<Vec<_>>().join(", "))),
        }
    })
}
