//! The forms of answers: what stands behind `--format`, and which command prints which.
//!
//! Hit lists in files have a table of their own, `render/form.rs`; here it only meets the commands.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use crate::{
    error::{Error, ErrorKind, Result},
    render::{
        form::{FORMS, Form as HitForm},
        hitlist::Rows,
    },
};

/// The form of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A page to read.
    Screen,
    /// One tab-separated record a line.
    Text,
    /// One object with everything in it.
    Json,
    /// One object a line for each hit.
    Jsonl,
    /// A table with a header.
    Csv,
    /// Any other form of a hit list, by its name.
    Other(&'static str),
}

use Form::{Csv, Json, Jsonl, Other, Screen, Text};

/// What the commands print; what else there is belongs to `export`, `search` and `mentions`.
const PRINTED: [(&str, &[Form]); 11] = [
    ("search", &[Screen, Text, Json, Jsonl, Csv]),
    ("mentions", &[Screen, Text, Json, Jsonl, Csv]),
    ("facets", &[Screen, Text, Json, Csv]),
    ("timeline", &[Screen, Text, Json, Csv]),
    ("pairs", &[Screen, Text, Json, Csv, Other("gexf"), Other("graphml")]),
    ("terms", &[Screen, Text, Json, Csv]),
    ("collocates", &[Screen, Text, Json, Csv]),
    ("count", &[Screen, Text, Json]),
    ("coverage", &[Screen, Text, Json]),
    ("names", &[Screen, Text, Json]),
    ("batch", &[Text, Json, Jsonl, Csv]),
];

/// The commands that list hits or mentions.
pub(super) const LISTING: [&str; 3] = ["search", "mentions", "export"];

/// Forms that are no text: a terminal could not show them.
pub(super) const BINARY: [&str; 2] = ["xlsx", "parquet"];

impl Form {
    /// Reads the value of `--format`.
    pub(super) fn parser() -> impl TypedValueParser<Value = Self> {
        let names = [Screen, Text].map(Self::name).into_iter().chain(FORMS.iter().map(|form| form.name));
        PossibleValuesParser::new(names.map(PossibleValue::new)).map(|name| Self::named(&name))
    }

    fn named(name: &str) -> Self {
        let named = [Screen, Text, Json, Jsonl, Csv].into_iter().find(|form| form.name() == name);
        let other = || HitForm::named(name).map_or(Text, |form| Self::Other(form.name));
        named.unwrap_or_else(other)
    }

    /// As typed.
    pub(super) fn name(self) -> &'static str {
        match self {
            Screen => "screen",
            Text => "text",
            Json => "json",
            Jsonl => "jsonl",
            Csv => "csv",
            Self::Other(name) => name,
        }
    }
}

/// Fails when a command does not print this form.
pub(super) fn check(command: &str, form: Option<Form>) -> Result<()> {
    let Some(form) = form.filter(|form| !prints(command, *form)) else { return Ok(()) };
    let printed = PRINTED.iter().find(|(name, _)| *name == command).map_or(&[][..], |(_, forms)| *forms);
    let printed_here = || listed(printed.iter().map(|form| form.name()));
    let what = match LISTING.contains(&command) {
        true => format!("{command} does not print {}", form.name()),
        false => format!("{command} prints {}, not {}", printed_here(), form.name()),
    };
    let error = Error::new(ErrorKind::Usage, what);
    Err(match HitForm::named(form.name()) {
        Some(form) if command == "search" => error.hint(format!("type: morgue export QUERY… - --format {}", form.name)),
        Some(form) if command == "mentions" => {
            error.hint(format!("type: morgue export --mentions QUERY… - --format {}", form.name))
        }
        _ if printed.contains(&Csv) => error.hint("use --format csv for one row each"),
        _ => error.hint("leave --format out"),
    })
}

/// Whether a command prints this form; `export` chooses among its own.
fn prints(command: &str, form: Form) -> bool {
    let printed = PRINTED.iter().find(|(name, _)| *name == command);
    printed.is_none_or(|(_, forms)| forms.contains(&form)) || lists(command, form)
}

/// Whether a command that lists hits prints them in this form: in any that takes them and is letters.
fn lists(command: &str, form: Form) -> bool {
    let takes =
        |rows| HitForm::named(form.name()).is_some_and(|form| form.takes.takes(rows) && !BINARY.contains(&form.name));
    match command {
        "search" => takes(Rows::Articles),
        "mentions" => takes(Rows::Mentions),
        _ => false,
    }
}

/// Names as a sentence lists them: `a, b and c`.
pub(super) fn listed<'a>(names: impl Iterator<Item = &'a str>) -> String {
    let names: Vec<&str> = names.collect();
    match names.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => names.concat(),
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::render::form::Carried;

    /// The tables of `docs/exports.md`: the forms of hit lists, then which command writes which form.
    pub(crate) fn tables() -> String {
        let mut page =
            String::from("| format | files | rows | says where it comes from | for |\n|---|---|---|---|---|\n");
        // The documents are those of the usual build.
        let forms = || FORMS.iter().filter(|form| form.name != "parquet");
        for form in forms() {
            let endings: Vec<String> = form.endings.iter().map(|ending| format!("`.{ending}`")).collect();
            let rows: Vec<&str> =
                [Rows::Articles, Rows::Mentions].into_iter().filter(|r| form.takes.takes(*r)).map(Rows::name).collect();
            let place = if form.provenance == Carried::Inside { "inside" } else { "`FILE.meta.json`" };
            let (endings, rows) = (endings.join(", "), rows.join(", "));
            page += &format!("| `{}` | {endings} | {rows} | {place} | {} |\n", form.name, form.readers);
        }
        let commands = PRINTED.map(|(command, _)| command);
        page += &format!("\n| | {} | `export` |\n|---|{}\n", commands.join(" | "), "---|".repeat(commands.len() + 1));
        let names = [Screen, Text].map(Form::name).into_iter().chain(forms().map(|form| form.name));
        for name in names {
            let form = Form::named(name);
            let cell = |yes: bool| if yes { "✓" } else { "" };
            let cells: Vec<&str> = commands.iter().map(|command| cell(prints(command, form))).collect();
            let exported = cell(HitForm::named(name).is_some());
            page += &format!("| `{name}` | {} | {exported} |\n", cells.join(" | "));
        }
        page
    }

    #[test]
    fn a_form_that_is_not_printed_is_refused_with_a_way_out() {
        let check = |command, form, says: &str, hint: &str| {
            let error = super::check(command, Some(form)).unwrap_err();
            assert_eq!((error.what(), error.way_out()), (says, Some(hint)));
        };
        check(
            "pairs",
            Jsonl,
            "pairs prints screen, text, json, csv, gexf and graphml, not jsonl",
            "use --format csv for one row each",
        );
        check("count", Csv, "count prints screen, text and json, not csv", "leave --format out");
        assert!(super::check("search", Some(Form::named("tsv"))).is_ok());
        assert!(super::check("facets", None).is_ok() && super::check("export", Some(Jsonl)).is_ok());
    }
}
