//! Arguments as the shell passed them, back to the text that was typed: the shell ate the quotes.
//!
//! It never parses; a wrong guess at a quote is seen by the parser.

use super::field;
use crate::query::Query;

/// The query text that `args` stand for.
///
/// A single argument is the text itself. Among several, a field's value with blanks in it is quoted whole, and so are
/// other words with blanks between them, unless they are themselves written in the query language.
pub fn join(args: &[String]) -> String {
    match args {
        [text] => text.clone(),
        args => {
            let typed: Vec<String> =
                args.iter().map(|arg| arg.trim()).filter(|arg| !arg.is_empty()).map(quoted).collect();
            typed.join(" ")
        }
    }
}

/// The field, its colon included, and the value that would have to be quoted to stay whole, if `arg` is of that kind.
pub(super) fn whole_value(arg: &str) -> Option<(&str, &str)> {
    let length = field::prefix(arg)?;
    let (name, value) = (arg.get(..length)?, arg.get(length..)?);
    let is_plain = value.contains(char::is_whitespace) && !value.starts_with(['[', ' ']) && !is_language(value);
    is_plain.then_some((name, value))
}

fn quoted(arg: &str) -> String {
    if let Some((name, value)) = whole_value(arg) {
        return format!("{name}\"{value}\"");
    }
    if !arg.contains(char::is_whitespace) || is_language(arg) || field::prefix(arg).is_some() {
        return arg.to_owned();
    }
    match arg.strip_prefix('-') {
        Some(rest) if !rest.starts_with(char::is_whitespace) => format!("-\"{rest}\""),
        _ => format!("\"{arg}\""),
    }
}

/// Whether `text` is written in the query language: quotes, brackets, operators or fields.
fn is_language(text: &str) -> bool {
    let is_sign = |word: &str| {
        matches!(word, "AND" | "OR" | "NOT" | "NEAR" | "/s" | "/p")
            || ["W/", "w/", "PRE/", "pre/", "NEAR/", "BEFORE/"].iter().any(|sign| word.starts_with(sign))
            || field::prefix(word).is_some()
    };
    text.contains(|c: char| "()".contains(c) || Query::QUOTES.contains(&c)) || text.split_whitespace().any(is_sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quotes_that_the_shell_ate_come_back() {
        let check = |args: &[&str], expected: &str| {
            let args: Vec<String> = args.iter().map(|arg| (*arg).to_owned()).collect();
            assert_eq!(join(&args), expected);
        };
        check(&[], "");
        check(&["flood -dam"], "flood -dam");
        check(&["person:Ada Moran"], "person:Ada Moran");
        check(&["flood", "dam"], "flood dam");
        check(&["flood", "burst dam"], "flood \"burst dam\"");
        check(&["flood", "-burst dam"], "flood -\"burst dam\"");
        check(&["person:Ada Moran", "flood"], "person:\"Ada Moran\" flood");
        check(&["-person:Ada Moran", "flood"], "-person:\"Ada Moran\" flood");
        check(&["extra.edition:late city", "flood"], "extra.edition:\"late city\" flood");
        check(&["flood", "(burst OR broken)"], "flood (burst OR broken)");
        check(&["flood", "burst OR broken"], "flood burst OR broken");
        check(&["flood", "dam w/5 burst"], "flood dam w/5 burst");
        check(&["flood", "person:moran place:Kent"], "flood person:moran place:Kent");
        check(&["flood", "published:[2024 TO 2025]"], "flood published:[2024 TO 2025]");
        check(&["flood", "at 12:30 sharp"], "flood \"at 12:30 sharp\"");
        check(&["flood", "", " dam "], "flood dam");
        check(&["flood", "“burst dam”"], "flood “burst dam”");
    }
}
