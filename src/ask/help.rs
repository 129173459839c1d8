//! The text of `help query`. It is written by hand in `docs/query.md`; tests hold it to the table of fields and the parser.
//!
//! It never prints.

/// The query language explained, for a terminal of 120 columns or a reader of Markdown.
pub const TEXT: &str = include_str!("../../docs/query.md");

/// The queries that the text gives as examples, in order.
pub fn examples() -> impl Iterator<Item = &'static str> {
    let mut is_code = false;
    let lines = TEXT.lines().filter(move |line| {
        let is_fence = line.starts_with("```");
        is_code ^= is_fence;
        is_code && !is_fence
    });
    lines.filter_map(|line| line.split("  ").next()).filter(|query| !query.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ask::parse, field::Field};

    #[test]
    fn every_example_is_read() {
        for example in examples() {
            let parsed = parse(example).unwrap_or_else(|error| panic!("{example}: {error}"));
            assert_eq!(parse(&parsed.query.to_string()).unwrap().query, parsed.query, "{example}");
        }
        assert!(examples().count() > 60, "the examples are not found");
    }

    #[test]
    fn every_field_is_explained() {
        for field in Field::ALL {
            assert!(parse(field.example()).is_ok(), "{}", field.example());
            let row =
                |line: &str| line.split_once("  ").map(|(query, help)| (query.to_owned(), help.trim().to_owned()));
            let expected = Some((field.example().to_owned(), field.help().to_owned()));
            assert!(TEXT.lines().any(|line| row(line) == expected), "docs/query.md has no row for {}", field.name());
            for alias in field.aliases() {
                assert!(TEXT.contains(&format!("`{alias}`")), "docs/query.md does not name {alias}");
            }
        }
    }
}
