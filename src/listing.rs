//! Rows with named columns, read back from a list that was exported and may have been edited in a spreadsheet.
//!
//! It works on a text it is given and never looks for a file. A row that cannot be read costs no other.

mod page;
mod queries;
mod workbook;

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::{
    error::{Error, ErrorKind, Result},
    ledger::{self, BadRow},
};

pub use queries::Queries;

/// The forms of a list that can be read back. A further one is a name here and an arm in [`Listing::parse`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Comma, semicolon or tab between the cells; the first row names the columns.
    Table,
    /// One object a line.
    Jsonl,
    /// One envelope with `hits` or `mentions`.
    Json,
    /// A web page with a hit list.
    Page,
    /// Sheets of rows.
    Workbook,
}

/// A list, read back.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Listing {
    /// The names of the columns, in order; of objects in order of first appearance.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Row>,
    /// What could not be read.
    pub faults: Vec<BadRow>,
}

/// A row of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Its line in the file, from 1; in an envelope the number of the row.
    pub line: u64,
    /// The columns that are filled.
    cells: BTreeMap<String, String>,
}

/// A place in the text of an article.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot {
    /// First code point.
    pub start: u64,
    /// One past the last.
    pub end: u64,
    /// What is printed there, blanks in a row as one; empty when nobody said.
    pub surface: String,
}

/// Where a spot is found in a text, in code points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    /// Where it was.
    There,
    /// At another place, the nearest one that prints the same.
    Moved(u64, u64),
    /// Nowhere.
    Nowhere,
}

impl Form {
    /// The form that the name of a file promises.
    ///
    /// # Errors
    /// `Usage` for a form that cannot be read back.
    pub fn named(file: &str) -> Result<Self> {
        let ending = file.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
        match ending.as_str() {
            "csv" | "tsv" | "txt" => Ok(Self::Table),
            "jsonl" | "ndjson" => Ok(Self::Jsonl),
            "json" => Ok(Self::Json),
            "html" | "htm" => Ok(Self::Page),
            "xlsx" => Ok(Self::Workbook),
            _ => {
                let error = Error::new(ErrorKind::Usage, format!("“{file}” is no list that can be read back"));
                Err(error.hint(
                    "lists end in .csv, .tsv, .jsonl, .json, .html or .xlsx; export the list once more in one of these",
                ))
            }
        }
    }
}

impl Listing {
    /// Reads a list.
    ///
    /// # Errors
    /// `Usage` when the text is no list at all: no names of columns, no JSON.
    pub fn parse(text: &str, form: Form) -> Result<Self> {
        match form {
            Form::Table => Self::table(text, &[]),
            Form::Jsonl => Ok(Self::lines(text)),
            Form::Json => Self::envelope(text),
            Form::Page => page::read(text),
            Form::Workbook => workbook::read(text.as_bytes()),
        }
    }

    /// Reads a workbook, which is no text.
    ///
    /// # Errors
    /// `Usage` when it is no workbook, or none with a list.
    pub fn workbook(bytes: &[u8]) -> Result<Self> {
        workbook::read(bytes)
    }

    /// Reads a table; `usual` are its columns when its first row does not name any.
    ///
    /// # Errors
    /// `Usage` when no columns are known.
    pub fn table(text: &str, usual: &[&str]) -> Result<Self> {
        let mut listing = Self { columns: usual.iter().map(|name| (*name).to_owned()).collect(), ..Self::default() };
        for (number, (line, row)) in ledger::rows(text).into_iter().enumerate() {
            let row = match row {
                Ok(row) => row,
                Err(reason) => {
                    listing.faults.push(BadRow { line, reason });
                    continue;
                }
            };
            let names = row.iter().map(|cell| cell.trim().to_lowercase());
            if number == 0 && names.clone().any(|name| name == ID) {
                listing.columns = names.collect();
                continue;
            }
            if listing.columns.is_empty() {
                let error = Error::new(ErrorKind::Usage, "the first row names no column “id”");
                return Err(error.hint("export the list with its ids: morgue export QUERY… hits.csv"));
            }
            if let Some(more) = row.iter().skip(listing.columns.len()).find(|cell| !cell.trim().is_empty()) {
                let reason = format!("there are more cells than columns: “{}”", more.trim());
                listing.faults.push(BadRow { line, reason });
                continue;
            }
            let cells = listing.columns.iter().cloned().zip(row.iter().map(str::to_owned));
            let row = Row::of(line, cells);
            listing.rows.extend((!row.cells.is_empty()).then_some(row));
        }
        Ok(listing)
    }

    fn lines(text: &str) -> Self {
        let mut listing = Self::default();
        for (line, text) in (1..).zip(text.lines()).filter(|(_, text)| !text.trim().is_empty()) {
            match serde_json::from_str::<Map<String, Value>>(text) {
                Ok(object) => listing.add(line, &object),
                Err(fault) => listing.faults.push(BadRow { line, reason: format!("this is no JSON object: {fault}") }),
            }
        }
        listing
    }

    fn envelope(text: &str) -> Result<Self> {
        let no_list = |what: String| {
            Error::new(ErrorKind::Usage, what).hint("a list is an object with “hits” or “mentions”, or an array")
        };
        let value: Value = serde_json::from_str(text).map_err(|fault| no_list(format!("this is no JSON: {fault}")))?;
        let list = value.get("hits").or_else(|| value.get("mentions")).unwrap_or(&value);
        let Some(rows) = list.as_array() else { return Err(no_list("there is no list in this JSON".to_owned())) };
        let mut listing = Self::default();
        for (number, row) in (1..).zip(rows) {
            match row.as_object() {
                Some(object) => listing.add(number, object),
                None => listing.faults.push(BadRow { line: number, reason: "this row is no object".to_owned() }),
            }
        }
        Ok(listing)
    }

    fn add(&mut self, line: u64, object: &Map<String, Value>) {
        let fresh = object.keys().filter(|name| !self.columns.contains(name));
        let fresh: Vec<String> = fresh.cloned().collect();
        self.columns.extend(fresh);
        self.rows.push(Row::of(line, object.iter().map(|(name, value)| (name.clone(), cell(value)))));
    }

    /// Whether there is a column of this name.
    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|name| name == column)
    }

    /// Whether a row is a mention, and not an article.
    pub fn is_of_mentions(&self) -> bool {
        self.has(START) && self.has(END)
    }
}

/// The column of ids.
const ID: &str = "id";
/// The column of first code points.
const START: &str = "start";
/// The column of ends.
const END: &str = "end";

impl Row {
    fn of(line: u64, cells: impl Iterator<Item = (String, String)>) -> Self {
        let filled = cells.filter_map(|(name, value)| {
            let value = unguarded(value.trim());
            (!value.is_empty()).then(|| (name, value.to_owned()))
        });
        Self { line, cells: filled.collect() }
    }

    /// What stands in a column; `None` when nothing does.
    pub fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// The article it is about.
    ///
    /// # Errors
    /// Why there is none, as a sentence.
    pub fn id(&self) -> Result<&str, String> {
        self.cell(ID).ok_or_else(|| "the id is missing".to_owned())
    }

    /// The place in the article that it is about, if it is about one.
    ///
    /// # Errors
    /// What is wrong with the place, as a sentence.
    pub fn spot(&self) -> Result<Option<Spot>, String> {
        let (start, end) = match (self.cell(START), self.cell(END)) {
            (None, None) => return Ok(None),
            (Some(start), Some(end)) => (start, end),
            _ => return Err("of start and end only one is there".to_owned()),
        };
        // Spreadsheets write whole numbers as 12.0 now and then.
        let number = |cell: &str| cell.strip_suffix(".0").unwrap_or(cell).parse::<u64>().ok();
        let surface = one_line(self.cell("surface").unwrap_or_default());
        match number(start).zip(number(end)) {
            Some((start, end)) if start < end => Ok(Some(Spot { start, end, surface })),
            _ => Err(format!("“{start}” to “{end}” is no place in a text")),
        }
    }
}

impl Spot {
    /// Where it stands in a text now.
    pub fn in_text(&self, text: &str) -> Stands {
        let printed: Vec<char> = text.chars().collect();
        let (start, end) = (self.start as usize, self.end as usize);
        let here = printed.get(start..end).map(|chars| one_line(&chars.iter().collect::<String>()));
        match here {
            Some(here) if self.surface.is_empty() || here == self.surface => return Stands::There,
            None if self.surface.is_empty() => return Stands::Nowhere,
            _ => {}
        }
        let wanted: Vec<char> = self.surface.chars().collect();
        let ends = (0..printed.len()).filter_map(|at| Some((at, at + length(printed.get(at..)?, &wanted)?)));
        let nearest = ends.min_by_key(|(at, _)| at.abs_diff(start));
        nearest.map_or(Stands::Nowhere, |(from, to)| Stands::Moved(from as u64, to as u64))
    }
}

/// How many characters the wanted text takes at the beginning of another, blanks in a row as one.
fn length(text: &[char], wanted: &[char]) -> Option<usize> {
    let mut at = 0;
    for c in wanted {
        match text.get(at)? {
            printed if printed == c => at += 1,
            printed if *c == ' ' && printed.is_whitespace() => at += 1,
            _ => return None,
        }
        while *c == ' ' && text.get(at).is_some_and(|next| next.is_whitespace()) {
            at += 1;
        }
    }
    (at > 0).then_some(at)
}

/// A value as a cell of a table has it: several joined by `; `.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from taking it for a formula.
fn unguarded(cell: &str) -> &str {
    let bare = cell.strip_prefix('\'');
    bare.filter(|bare| bare.starts_with(['=', '+', '-', '@', '\t', '\r'])).unwrap_or(cell)
}

/// On one line, blanks in a row as one.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, form: Form, expected: &[(u64, &str)], faults: &[(u64, &str)]) {
        let listing = Listing::parse(text, form).unwrap();
        let rows: Vec<(u64, &str)> = listing.rows.iter().map(|row| (row.line, row.id().unwrap_or("none"))).collect();
        assert_eq!(rows, expected, "{text}");
        let told: Vec<u64> = listing.faults.iter().map(|fault| fault.line).collect();
        assert_eq!(told, faults.iter().map(|(line, _)| *line).collect::<Vec<_>>(), "{:?}", listing.faults);
        for (fault, (_, says)) in listing.faults.iter().zip(faults) {
            assert!(fault.reason.contains(says), "{fault:?}");
        }
    }

    #[test]
    fn lists_are_read_in_every_form() {
        check("rank,id\r\n1,a\r\n2,\"b, c\"\r\n", Form::Table, &[(2, "a"), (3, "b, c")], &[]);
        check("\u{feff}ID;Titel\na;x\n;y\n", Form::Table, &[(2, "a"), (3, "none")], &[]);
        check("id\ttitle\n'=a\tx\n\t\n", Form::Table, &[(2, "=a")], &[]);
        check("id,t\na,x,y\nb,\"z\n", Form::Table, &[], &[(2, "more cells"), (3, "not closed")]);
        check(
            "{\"id\":\"a\"}\n\n[1]\n{\"id\":null}\n",
            Form::Jsonl,
            &[(1, "a"), (4, "none")],
            &[(3, "no JSON object")],
        );
        check(r#"{"hits":[{"id":"a"},3]}"#, Form::Json, &[(1, "a")], &[(2, "no object")]);
        check(r#"{"mentions":[]}"#, Form::Json, &[], &[]);
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for (text, form, says) in [
            ("title\nx\n", Form::Table, "no column “id”"),
            ("{", Form::Json, "no JSON"),
            ("{\"total\":1}", Form::Json, "no list"),
        ] {
            assert!(Listing::parse(text, form).unwrap_err().what().contains(says), "{text}");
        }
        assert_eq!(Form::named("a.b/Hits.TSV").unwrap(), Form::Table);
        assert!(Form::named("hits.pdf").is_err() && Form::named("hits").is_err());
    }

    #[test]
    fn a_spot_is_found_again() {
        let check = |start, end, surface: &str, text: &str, expected| {
            assert_eq!(Spot { start, end, surface: surface.to_owned() }.in_text(text), expected, "{surface} in {text}");
        };
        let text = "é Nora\nVell, Nora Vell";
        check(2, 11, "Nora Vell", text, Stands::There);
        check(2, 11, "", text, Stands::There);
        check(3, 12, "Nora Vell", text, Stands::Moved(2, 11));
        check(12, 21, "Nora Vell", text, Stands::Moved(13, 22));
        check(13, 99, "Nora Vell", text, Stands::Moved(13, 22));
        check(2, 11, "Nora Wells", text, Stands::Nowhere);
        check(90, 99, "", text, Stands::Nowhere);
    }
}
