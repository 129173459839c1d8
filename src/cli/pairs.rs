//! `morgue pairs`: who is named together with whom.
//!
//! It chooses the fields; counting is the index's, layout the renderer's.

use std::io::Write;

use super::{
    args::Global,
    asking::{Asking, Form},
    explain::{Question, none_of},
    glued, open, output,
    report::{self, Outcome},
};
use crate::{
    archive::Archive,
    error::{Error, ErrorKind, Result},
    field::Field,
    plan::{EntityNode, Node, PairRequest},
    query::FilterFlag,
    render::{gexf, graph::Graph, graphml, json, pairs},
};

/// Counts who is named together with whom, in the same article and in the same sentence.
///
/// The first argument is one field (person: pairs of people) or two (person,place); the rest is a query as in search. The
/// score is the log-likelihood of naming both in one article, among the articles that match: the higher, the less by
/// chance; below zero they avoid each other. --format gexf and graphml give a graph: names are nodes, articles weights.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// person, place, org, role, or two of them with a comma.
    #[arg(value_name = "FIELD[,FIELD]")]
    names: String,
    /// Words, “phrases”, field:value, -exclusions; none for the whole archive.
    #[arg(value_name = "QUERY", value_parser = glued::word)]
    words: Vec<String>,
    /// Only pairs with this name of the first field.
    #[arg(long, value_name = "NAME")]
    with: Option<String>,
    #[command(flatten)]
    asking: Asking,
}

/// Fields whose names stand in the text.
const FIELDS: [Field; 4] = [Field::Person, Field::Place, Field::Org, Field::Role];

/// Pairs on a page.
const USUAL: usize = 20;

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let asking = &args.asking;
    let (left, right) = fields(&args.names)?;
    asking.check("pairs", global)?;
    asking.tell_idle("pairs", global);
    let (archive, found) = open::asked(global, asking)?;
    let request = asking.request(&args.words);
    let plan = archive.plan(&request)?;
    let question = Question { archive: &archive, request: &request, asking, global };
    question.tell(&plan)?;
    let with = args.with.as_ref().map(|name| named(&archive, (left, name), &question)).transpose()?;
    let limit = asking.rows(USUAL);
    let mut list = archive.pairs(&plan, &PairRequest { left, right, with, limit })?;
    question.explain(&mut list.query, list.total.articles)?;
    if asking.form() == Form::Screen {
        let (mut out, look) = output::page(global, Some(&found.place.folder));
        pairs::screen(&list, &look, &mut out).and_then(|()| out.flush()).map_err(output::failed)?;
    } else {
        let mut out = output::data();
        match asking.form() {
            Form::Json => json::envelope(&list, &mut out),
            Form::Csv => pairs::table(&list, &mut out),
            Form::Other("gexf") => gexf::graph(&Graph::of_pairs(&list), &mut out),
            Form::Other("graphml") => graphml::graph(&Graph::of_pairs(&list), &mut out),
            _ => pairs::lines(&list, &mut out),
        }
        .and_then(|()| out.flush())
        .map_err(output::failed)?;
    }
    if list.distinct == 0 {
        report::nothing(global, &none_of("pairs", &plan));
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

/// The fields of the first argument; one alone stands for both.
fn fields(typed: &str) -> Result<(Field, Field)> {
    let field = |name: &str| Field::named(name.trim()).filter(|field| FIELDS.contains(field));
    let (left, right) = typed.split_once(',').unwrap_or((typed, typed));
    field(left).zip(field(right)).ok_or_else(|| {
        let error = Error::new(ErrorKind::Usage, format!("“{typed}” is no field whose names can be paired"));
        error.hint("one of person, place, org, role, or two of them: morgue pairs person,place flood")
    })
}

/// The names that `--with` stands for, looked up among the archive's own as every name is.
fn named(archive: &Archive, (field, name): (Field, &str), question: &Question<'_>) -> Result<EntityNode> {
    let flag = FilterFlag { field, value: name.to_owned(), exclude: false };
    let mut request = question.asking.request(&[]);
    request.filters = vec![flag];
    let plan = archive.plan(&request)?;
    plan.notes.iter().for_each(|note| report::note(question.global, note));
    let node = plan.groups.into_iter().map(|group| group.node).next();
    match node {
        Some(Node::Entity(entity)) => Ok(entity),
        _ => Err(Error::new(ErrorKind::Usage, format!("--with takes one name, not “{name}”"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_field_or_two() {
        let check = |typed, expected| assert_eq!(fields(typed).ok(), expected, "{typed}");
        check("person", Some((Field::Person, Field::Person)));
        check("people,place", Some((Field::Person, Field::Place)));
        check("role, org", Some((Field::Role, Field::Org)));
        check("source", None);
        check("person,flood", None);
        check("flood", None);
    }
}
