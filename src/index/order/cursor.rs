//! The text form of a key: a mark of the search and the steps between `~`, all but plain letters percent-encoded.
//!
//! It never orders anything.

use super::{Key, Step};
use crate::{
    error::{Error, ErrorKind, Result},
    plan::{Plan, Sort},
};

/// Eight digits of a hash of what is asked: behind a hit of another search stands nothing of this.
pub(in crate::index) fn asked(plan: &Plan) -> String {
    let asked = format!("{:?} {:?}", plan.root, plan.groups);
    blake3::hash(asked.as_bytes()).to_hex()[..8].to_owned()
}

/// What cursors of an order begin with.
pub(in crate::index) fn mark(asked: &str, order: &str) -> String {
    format!("{order}{asked}")
}

pub(in crate::index) fn write(mark: &str, key: &Key) -> String {
    let mut cursor = mark.to_owned();
    for step in key {
        match step {
            Step::Number(number) => cursor.push_str(&format!("~n{number:x}")),
            Step::Text(text) => {
                cursor.push_str("~t");
                text.bytes().for_each(|byte| match byte {
                    b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'/' => {
                        cursor.push(char::from(byte))
                    }
                    other => cursor.push_str(&format!("%{other:02x}")),
                });
            }
        }
    }
    cursor
}

pub(in crate::index) fn read(cursor: &str, mark: &str) -> Result<Key> {
    let fault = || {
        Error::new(ErrorKind::Usage, format!("“{cursor}” is no cursor of this search"))
            .hint("pass the “next” of the page before, with the same query and the same --sort")
    };
    let mut steps = cursor.split('~');
    if steps.next() != Some(mark) {
        return Err(fault());
    }
    steps.map(|step| read_step(step).ok_or_else(fault)).collect()
}

fn read_step(step: &str) -> Option<Step> {
    if let Some(number) = step.strip_prefix('n') {
        return u64::from_str_radix(number, 16).ok().map(Step::Number);
    }
    let mut bytes = Vec::new();
    let mut rest = step.strip_prefix('t')?.as_bytes().iter();
    while let Some(byte) = rest.next() {
        match byte {
            b'%' => {
                let digits = [*rest.next()?, *rest.next()?];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            other => bytes.push(*other),
        }
    }
    String::from_utf8(bytes).ok().map(Step::Text)
}

/// The letter of an order of articles.
pub(in crate::index) fn letter(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "r",
        Sort::Newest => "n",
        Sort::Oldest => "o",
        Sort::Source => "s",
        Sort::File => "f",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::Node;

    #[test]
    fn a_cursor_reads_back() {
        let key = vec![Step::Number(u64::MAX), Step::Text("wéb/a~b%.txt#1 ".to_owned())];
        let mark = |node, sort| mark(&asked(&Plan::of(node)), letter(sort));
        let here = mark(Node::All, Sort::Source);
        let text = write(&here, &key);
        assert_eq!(read(&text, &here).unwrap(), key);
        for other in [mark(Node::All, Sort::File), mark(Node::Nothing, Sort::Source)] {
            assert!(read(&text, &other).is_err(), "{other}");
        }
        for bad in ["~", "~x1", "~n", "~t%e", "~t%ff"] {
            assert!(read(&format!("{here}{bad}"), &here).is_err(), "{bad}");
        }
        assert!(read("", &here).is_err());
    }
}
