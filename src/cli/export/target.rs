//! Where an export goes and in which form: the last argument, `--format` and `--mentions` read together.
//!
//! It touches no file.

use std::path::{Path, PathBuf};

use super::super::{asking::Form as Told, form::listed};
use crate::{
    error::{Error, ErrorKind, Result},
    render::{
        form::{FILLED, FORMS, Form, Takes},
        hitlist::Rows,
    },
};

/// Where an export goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    Stdout,
    File(PathBuf),
}

/// Who chooses the form.
#[derive(Debug, Clone, Copy)]
pub(super) enum Choice {
    /// The file's ending.
    Ending,
    /// `--format`, with which the ending must agree.
    Told(Told),
    /// `--template`, with any ending.
    Template,
}

/// An export as asked for: the words of the query, where it goes, in which form.
pub(super) type Order<'a> = (&'a [String], Target, &'static Form);

/// Takes the arguments apart.
pub(super) fn split(words: &[String], choice: Choice, rows: Rows) -> Result<Order<'_>> {
    let Some((last, words)) = words.split_last() else {
        return Err(usage("there is no file to write to", "morgue export QUERY… hits.csv"));
    };
    let told = match choice {
        Choice::Ending => None,
        Choice::Told(told) => Some(told_form(told)?),
        Choice::Template if last == "-" || Path::new(last).extension().is_some() => {
            return Ok((words, target(last), &FILLED));
        }
        Choice::Template => return Err(no_form(last)),
    };
    let form = match (told, Form::of_file(last)) {
        (Some(told), _) if last == "-" => told,
        (None, _) if last == "-" => {
            let hint = format!("add --format: {}", known());
            return Err(usage("to write to standard output, the format must be told", &hint));
        }
        (Some(told), Some(by_name)) if told == by_name || ends_alike(last, told) => told,
        (Some(told), Some(_)) => {
            let what = format!("“{last}” does not end as --format says");
            let hint = format!("leave --format out, or end the name in .{}", told.endings.first().unwrap_or(&""));
            return Err(usage(&what, &hint));
        }
        (None, Some(by_name)) => by_name,
        (_, None) => return Err(no_form(last)),
    };
    takes(form, rows)?;
    Ok((words, target(last), form))
}

fn target(last: &str) -> Target {
    if last == "-" { Target::Stdout } else { Target::File(PathBuf::from(last)) }
}

fn told_form(told: Told) -> Result<&'static Form> {
    let hint = || format!("export knows {}", known());
    Form::named(told.name()).ok_or_else(|| usage(&format!("{} is no format of an export", told.name()), &hint()))
}

/// Whether a file's ending is at least the last part of one of the form's: `hits.json` is good enough for `.csl.json`.
fn ends_alike(file: &str, form: &Form) -> bool {
    let ending = Path::new(file).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    form.endings.iter().any(|own| own.rsplit('.').next() == ending.as_deref())
}

fn no_form(last: &str) -> Error {
    let what = format!("the last argument must be a file whose ending is a format, or -, not “{last}”");
    let endings = FORMS.iter().flat_map(|form| form.endings).map(|ending| format!(".{ending}"));
    let endings: Vec<String> = endings.collect();
    usage(&what, &format!("endings: {}", listed(endings.iter().map(String::as_str))))
}

fn takes(form: &Form, rows: Rows) -> Result<()> {
    match form.takes {
        takes if takes.takes(rows) => Ok(()),
        Takes::Mentions => {
            Err(usage(&format!("{} is a form of mentions, not of articles", form.name), "add --mentions"))
        }
        _ => Err(usage(&format!("{} is a form of articles, not of mentions", form.name), "leave --mentions out")),
    }
}

fn known() -> String {
    listed(FORMS.iter().map(|form| form.name))
}

fn usage(what: &str, hint: &str) -> Error {
    Error::new(ErrorKind::Usage, what).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Result<(usize, &str, &str), &str>) {
        let mut words: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let told = words.iter().position(|word| word.starts_with("--format="));
        let told = told.map(|at| words.remove(at).replace("--format=", ""));
        let choice = match told.as_deref() {
            None => Choice::Ending,
            Some("text") => Choice::Told(Told::Text),
            Some("template") => Choice::Template,
            Some(name) => Choice::Told(Told::Other(Form::named(name).unwrap().name)),
        };
        match (split(&words, choice, Rows::Articles), expected) {
            (Ok((words, target, form)), Ok(expected)) => {
                let name = match &target {
                    Target::Stdout => "-",
                    Target::File(file) => file.to_str().unwrap(),
                };
                assert_eq!((words.len(), name, form.name), expected, "{line}");
            }
            (Err(error), Err(says)) => assert!(error.what().contains(says), "{line}: {error}"),
            (got, _) => panic!("{line}: {got:?}"),
        }
    }

    #[test]
    fn the_last_argument_is_the_file() {
        check("flood a/Hits.CSV", Ok((1, "a/Hits.CSV", "csv")));
        check("flood tarn hits.jsonl", Ok((2, "hits.jsonl", "jsonl")));
        check("hits.json", Ok((0, "hits.json", "json")));
        check("flood - --format=csv", Ok((1, "-", "csv")));
        check("flood -", Err("the format must be told"));
        check("flood tarn", Err("whose ending is a format"));
        check("flood hits.csv --format=json", Err("does not end as --format says"));
        check("flood hits.csv --format=csv", Ok((1, "hits.csv", "csv")));
        check("flood hits.csv --format=text", Err("text is no format"));
        check("flood hits.txt --format=csv", Err("whose ending is a format"));
        check("flood hits.tex --format=template", Ok((1, "hits.tex", "template")));
        check("flood hits --format=template", Err("whose ending is a format"));
    }

    #[test]
    fn a_form_must_take_the_rows() {
        let only = |takes| Form { takes, ..*Form::named("csv").unwrap() };
        assert!(super::takes(&only(Takes::Articles), Rows::Mentions).is_err());
        assert!(super::takes(&only(Takes::Mentions), Rows::Articles).is_err());
        assert!(super::takes(&only(Takes::Mentions), Rows::Mentions).is_ok());
    }
}
