//! A list of queries or names: one a line, or a column of a table.
//!
//! It reads none of them; that one makes no sense is found out by whoever asks it.

use crate::{
    error::{Error, ErrorKind, Result},
    ledger::{self, BadRow},
};

/// A list of queries.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Queries {
    /// Each with its line, from 1.
    pub lines: Vec<(u64, String)>,
    /// What could not be read.
    pub faults: Vec<BadRow>,
}

/// Columns that hold queries where nobody says which does.
const USUAL: [&str; 2] = ["query", "name"];

impl Queries {
    /// One query a line; empty lines and those that begin with `#` are none.
    pub fn plain(text: &str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let lines = (1..).zip(text.lines().map(str::trim));
        let lines = lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'));
        Self { lines: lines.map(|(number, line)| (number, line.to_owned())).collect(), faults: Vec::new() }
    }

    /// A column of a table, by its name in the first row, whatever its case; unless told `query`, `name`, or the only one.
    ///
    /// # Errors
    /// `Usage` when there is no such column.
    pub fn column(text: &str, told: Option<&str>) -> Result<Self> {
        let mut rows = ledger::rows(text).into_iter();
        let header = rows.next().and_then(|(_, row)| row.ok()).unwrap_or_default();
        let names: Vec<String> = header.iter().map(|cell| cell.trim().to_lowercase()).collect();
        let at = |name: &str| names.iter().position(|own| own == &name.to_lowercase());
        let column = match (told, names.as_slice()) {
            (Some(told), _) => at(told),
            (None, [_]) => Some(0),
            (None, _) => USUAL.iter().find_map(|name| at(name)),
        };
        let Some(column) = column else {
            let what = match told {
                Some(told) => format!("there is no column “{told}”"),
                None => "which column holds the queries?".to_owned(),
            };
            let hint = format!("--column NAME, one of: {}", names.join(", "));
            return Err(Error::new(ErrorKind::Usage, what).hint(hint));
        };
        let mut queries = Self::default();
        for (line, row) in rows {
            match row {
                Ok(row) => {
                    let cell = row.get(column).map(str::trim).filter(|cell| !cell.is_empty());
                    queries.lines.extend(cell.map(|cell| (line, cell.to_owned())));
                }
                Err(reason) => queries.faults.push(BadRow { line, reason }),
            }
        }
        Ok(queries)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn queries_keep_their_lines() {
        let check = |queries: Result<Queries>, expected: &[(u64, &str)]| {
            let lines = queries.map(|queries| queries.lines).unwrap_or_default();
            assert_eq!(lines.iter().map(|(line, text)| (*line, text.as_str())).collect::<Vec<_>>(), expected);
        };
        check(
            Ok(Queries::plain("\u{feff}# who\nAda Moran\n\n  flood -dam \r\n")),
            &[(2, "Ada Moran"), (4, "flood -dam")],
        );
        check(Queries::column("who\n\"Moran, Ada\"\n", None), &[(2, "Moran, Ada")]);
        check(Queries::column("id;Name\n1;Ada\n2;\n3;Vell\n", None), &[(2, "Ada"), (4, "Vell")]);
        check(Queries::column("id,name\n1,Ada\n", Some("ID")), &[(2, "1")]);
        assert!(Queries::column("a,b\n1,2\n", None).unwrap_err().way_out().unwrap().ends_with("a, b"));
        assert!(Queries::column("a\n1\n", Some("b")).is_err());
        assert_eq!(Queries::column("a\n\"1\n", None).unwrap().faults.len(), 1);
    }
}
