//! The user's own form: a template in the manner of Jinja that is filled for each row.
//!
//! It never reads a file; the command hands it the text. What is escaped follows from the template's name.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use minijinja::{
    Environment, UndefinedBehavior, escape_formatter,
    value::{Serde, Value},
};
use serde_json::{Map, json};

use super::{
    columns,
    hitlist::{Head, HitList, Row},
    json::object,
};
use crate::{
    error::{Error, ErrorKind, Result},
    hit::Provenance,
};

/// A template that can be filled.
#[derive(Debug, Clone)]
pub struct Template {
    environment: Environment<'static>,
    name: String,
}

impl Template {
    /// Reads a template; of `name` the ending counts: in html, htm and xml values are escaped, in json they are quoted.
    ///
    /// # Errors
    /// `Usage`, with the line, when it is none.
    pub fn read(name: &str, text: String) -> Result<Self> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::SemiStrict);
        environment.set_formatter(|out, state, value| {
            escape_formatter(out, state, if value.is_none() { &Value::UNDEFINED } else { value })
        });
        environment.add_template_owned(name.to_owned(), text).map_err(|error| broken(name, &error))?;
        Ok(Self { environment, name: name.to_owned() })
    }

    fn filled(&self, values: &BTreeMap<String, Value>) -> Result<String> {
        let template = self.environment.get_template(&self.name);
        template.and_then(|template| template.render(Value::from(Serde(values)))).map_err(|e| broken(&self.name, &e))
    }
}

fn broken(name: &str, error: &minijinja::Error) -> Error {
    let line = error.line().map(|line| format!(" line {line}:")).unwrap_or_default();
    let detail = error.detail().map(|detail| format!(": {detail}")).unwrap_or_default();
    let error_text = format!("the template {name} cannot be filled:{line} {}{detail}", error.kind());
    let hint = "names it knows: the fields of a row (--fields lists them), list, first, last; a line of one that works: \
                {{ published }} {{ title }}";
    Error::new(ErrorKind::Usage, error_text).hint(hint)
}

/// Begins a list that a template makes.
///
/// # Errors
/// None but a list without its template.
pub fn begin<'a>(head: &Head<'_>, out: &'a mut dyn Write) -> io::Result<Box<dyn HitList + 'a>> {
    let template = head.template.ok_or_else(|| io::Error::other("there is no template"))?.clone();
    let Provenance { query, archive, exported, total, rows, .. } = head.provenance;
    let list = json!({
        "query": query.text, "read_as": query.read_as, "archive": archive, "exported": exported, "total": total, "rows": rows,
    });
    let empty = columns::names(head.rows).into_iter().map(|name| (name.to_owned(), Value::from(())));
    Ok(Box::new(Filled {
        template,
        list: Value::from(Serde(list)),
        empty: empty.collect(),
        waiting: None,
        done: 0,
        out,
    }))
}

/// Rows filled into a template, the latest kept back until it is known whether it is the last.
struct Filled<'a> {
    template: Template,
    list: Value,
    /// Every field, without a value.
    empty: BTreeMap<String, Value>,
    waiting: Option<Map<String, serde_json::Value>>,
    done: u64,
    out: &'a mut dyn Write,
}

/// Where in the list a row stands.
#[derive(PartialEq, Eq)]
enum Place {
    Within,
    Last,
}

impl Filled<'_> {
    fn fill(&mut self, place: &Place) -> io::Result<()> {
        let Some(row) = self.waiting.take() else { return Ok(()) };
        let mut values = self.empty.clone();
        values.extend(row.into_iter().map(|(name, value)| (name, Value::from(Serde(value)))));
        values.insert("list".to_owned(), self.list.clone());
        values.insert("first".to_owned(), Value::from(self.done == 0));
        values.insert("last".to_owned(), Value::from(*place == Place::Last));
        self.done += 1;
        self.out.write_all(self.template.filled(&values).map_err(io::Error::other)?.as_bytes())?;
        // A template's last line break is taken for the end of its file; rows would run into each other.
        self.out.write_all(b"\n")
    }
}

impl HitList for Filled<'_> {
    fn row(&mut self, row: Row<'_>) -> io::Result<()> {
        self.fill(&Place::Within)?;
        self.waiting = Some(object(&row));
        Ok(())
    }

    fn finish(mut self: Box<Self>, _: &Provenance) -> io::Result<()> {
        self.fill(&Place::Last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        hit::Hit,
        render::{hitlist::Rows, sample},
    };

    fn filled(name: &str, text: &str, hits: &[Hit]) -> Result<String> {
        let template = Template::read(name, text.to_owned())?;
        let provenance = sample::provenance("a & b", Rows::Articles);
        let view = sample::view(&provenance);
        let head = Head { template: Some(&template), ..sample::head(&provenance, &view, Rows::Articles) };
        let mut out = Vec::new();
        let mut list = begin(&head, &mut out).unwrap();
        for hit in hits {
            list.row(Row::Article(hit)).map_err(|error| error.downcast::<Error>().unwrap())?;
        }
        list.finish(&provenance).map_err(|error| error.downcast::<Error>().unwrap())?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn every_row_is_filled() {
        let hits = [sample::hit("Tarn <1>"), Hit::default()];
        let check = |name, text, expected| assert_eq!(filled(name, text, &hits).unwrap(), expected, "{text}");
        check(
            "a.txt",
            "{{ title }}|{{ source }}|{{ people | join(', ') }}",
            "Tarn <1>|The Courier|Ilse Maro, Tom Hale\n||\n",
        );
        check("a.html", "<b>{{ title }}</b>\n", "<b>Tarn &lt;1&gt;</b>\n<b></b>\n");
        check("a.json", "{{ [title, url] }}", "[\"Tarn <1>\",\"https://example.org/tarn?a=1&b=2\"]\n[\"\",null]\n");
        check(
            "a.txt",
            "{{ first }} {{ last }} {{ list.query }}{% if url %} u{% endif %}",
            "True False a & b u\nFalse True a & b\n",
        );
        check("a.txt", "{{ score }}", "4.511878\n0.0\n");
        assert_eq!(filled("a.txt", "x", &[]).unwrap(), "");
    }

    #[test]
    fn a_broken_template_says_where() {
        let hits = [sample::hit("Tarn")];
        let check = |text, says: &str| {
            let error = filled("a.txt", text, &hits).unwrap_err();
            assert!(error.kind() == ErrorKind::Usage && error.way_out().is_some());
            assert!(error.what().contains(says), "{text}: {error}");
        };
        check("{{ title }}\n{{ title", "line 2: syntax error");
        check("{% for a in people %}", "line 1: syntax error");
        check("a\n\n{{ titel }}", "line 3: undefined value");
        check("{{ title | nofilter }}", "unknown filter");
    }
}
