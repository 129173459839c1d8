//! Reads the value of a field: names, lists, ranges, dates, numbers. It never looks a name up.

use super::{
    nearest::nearest,
    range,
    scan::Scanner,
    word::{self, Weight},
};
use crate::{
    error::Result,
    field::{Field, FieldKind},
    query::{At, FieldClause, Phrase, Query, Value, Word, WordKind},
};

/// The field whose value is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Subject {
    /// The field.
    pub(super) field: Field,
    /// For `Field::Extra`: the name behind the dot.
    pub(super) extra: Option<String>,
}

/// Reads one value or a list of them, and a weight behind a single one.
///
/// # Errors
/// `Query` for a value that cannot be one of this field.
pub(super) fn clause(scan: &mut Scanner<'_>, subject: &Subject) -> Result<Query> {
    let start = scan.pos();
    let mut items = Vec::new();
    let mut weight = None;
    loop {
        let item_start = scan.pos();
        let (value, behind) = item(scan, subject)?;
        items.push((value, scan.since(item_start)));
        weight = behind.or(weight);
        if scan.peek() != Some(',') {
            break;
        }
        comma(scan)?;
    }
    let at = scan.since(start);
    let value = match (items.pop(), items.is_empty()) {
        (Some((value, _)), true) => value,
        (_, false) if weight.is_some() => {
            return Err(scan.fault("a weight belongs to one value, not to a list", at, "write (…)^2"));
        }
        (last, _) => {
            items.extend(last);
            Value::List(items)
        }
    };
    let clause = FieldClause { field: subject.field, extra: subject.extra.clone(), value, at };
    Ok(Weight::on(weight, Query::Field(clause)))
}

/// Skips a comma, which must stand between two values.
fn comma(scan: &mut Scanner<'_>) -> Result<()> {
    let start = scan.pos();
    scan.bump(1);
    if scan.peek().is_none_or(|c| c.is_whitespace() || ",()".contains(c)) {
        return Err(scan.fault("a list ends with a comma", scan.since(start), "a list has no blanks: a,b,c"));
    }
    Ok(())
}

/// Reads one value and what weight stands behind it.
fn item(scan: &mut Scanner<'_>, subject: &Subject) -> Result<(Value, Option<Weight>)> {
    let start = scan.pos();
    if scan.is_phrase() {
        let value = quoted(scan, subject)?;
        let behind = scan.until(|c| c.is_whitespace() || "(),".contains(c)).len();
        return Ok((value, word::weight(scan, behind)?));
    }
    let length = length(scan, subject.field);
    let chunk = scan.rest().get(..length).unwrap_or_default();
    match subject.field.kind() {
        FieldKind::Date => Ok((range::dates(scan, subject.field, length)?, None)),
        FieldKind::Number => Ok((range::numbers(scan, length)?, None)),
        FieldKind::Presence => {
            scan.bump(length);
            Ok((presence(scan, subject.field, chunk, scan.since(start))?, None))
        }
        kind => {
            if !is_literal(subject.field) && chunk.starts_with('/') && scan.is_glued() {
                let text = scan.regex()?;
                let value = Value::Word(Word { text, kind: WordKind::Regex, at: scan.since(start) });
                let behind = scan.until(|c| c.is_whitespace() || "(),".contains(c)).len();
                return Ok((value, word::weight(scan, behind)?));
            }
            if is_literal(subject.field) {
                scan.bump(length);
                return Ok((if chunk == "*" { Value::Any } else { Value::Name(chunk.to_owned()) }, None));
            }
            if let Some(value) = chunk.strip_prefix('-').filter(|value| value.starts_with(char::is_alphanumeric)) {
                let (name, at) = (subject.field.name(), At { start, end: start + chunk.len() });
                let label = format!("did you mean -{name}:{value} ?");
                return Err(scan.fault("“-” excludes in front of the field, not behind it", at, label));
            }
            let (word, weight) = word::word(scan, length)?;
            Ok((named(word, kind), weight))
        }
    }
}

/// A word as the value of a text field, name or label.
fn named(word: Option<Word>, kind: FieldKind) -> Value {
    match word {
        None => Value::Any,
        Some(word) if kind == FieldKind::Text => Value::Word(word),
        Some(word)
            if kind == FieldKind::Entity && word.kind == WordKind::Plain && word.text.eq_ignore_ascii_case("any") =>
        {
            Value::Any
        }
        Some(word) if word.kind == WordKind::Plain => Value::Name(word.text),
        Some(word) => Value::Word(word),
    }
}

/// A value in quotes: a phrase, a name, or a printed date.
fn quoted(scan: &mut Scanner<'_>, subject: &Subject) -> Result<Value> {
    let start = scan.pos();
    let kind = subject.field.kind();
    if kind == FieldKind::Text {
        return Ok(Value::Phrase(word::phrase(scan)?));
    }
    let exact = scan.peek() == Some('=');
    scan.bump(usize::from(exact));
    let text = scan.quoted()?;
    let at = scan.since(start);
    match kind {
        FieldKind::Date => range::date(scan, subject.field, (&text, at)),
        FieldKind::Number => range::number(scan, &text, at),
        FieldKind::Presence => presence(scan, subject.field, &text, at),
        _ if exact && !is_literal(subject.field) => {
            Ok(Value::Phrase(Phrase { text, slop: None, prefix: false, exact, at }))
        }
        _ => Ok(Value::Name(text)),
    }
}

/// Whether wildcards and the like are ordinary characters in values of this field.
fn is_literal(field: Field) -> bool {
    matches!(field, Field::Path | Field::Url | Field::Id | Field::Story | Field::Extra)
}

/// Bytes of the value that stands here, up to a blank, bracket, quote or comma.
fn length(scan: &Scanner<'_>, field: Field) -> usize {
    if matches!(field.kind(), FieldKind::Date | FieldKind::Number) && scan.peek() == Some('[') {
        return scan.rest().find(']').map_or(1, |end| end + 1);
    }
    let chunk = scan.chunk();
    let has_groups = matches!(field.kind(), FieldKind::Text | FieldKind::Number);
    let ends = |comma: &usize| !(has_groups && is_thousands(chunk, *comma));
    chunk.match_indices(',').map(|(comma, _)| comma).find(ends).unwrap_or(chunk.len())
}

/// Whether the comma at byte `comma` only groups digits: `1,798`.
fn is_thousands(chunk: &str, comma: usize) -> bool {
    let digit = |at: usize| chunk.as_bytes().get(at).is_some_and(u8::is_ascii_digit);
    let before = chunk.get(..comma).unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    let is_number = !before.ends_with(|c: char| c.is_alphanumeric() || c == '~');
    is_number && comma.checked_sub(1).is_some_and(digit) && (1..=3).all(|i| digit(comma + i)) && !digit(comma + 4)
}

/// The value of `has:` or `no:`.
fn presence(scan: &Scanner<'_>, asked: Field, typed: &str, at: At) -> Result<Value> {
    if let Some((field, name)) = typed.split_once('.')
        && Field::named(field) == Some(Field::Extra)
        && !name.is_empty()
    {
        return Ok(Value::Field(Field::Extra, Some(name.to_owned())));
    }
    let sensible = || Field::facets().chain([Field::Title, Field::Lead, Field::Caption, Field::Url]);
    match Field::named(typed).filter(|field| sensible().any(|one| one == *field)) {
        Some(field) => Ok(Value::Field(field, None)),
        None => {
            let names: Vec<&str> = sensible().map(Field::name).collect();
            let what = format!("“{}:” asks for a field that an article may lack, and “{typed}” is none", asked.name());
            let near = nearest(typed, names.iter().copied());
            let label = near.map_or(String::new(), |name| format!("did you mean {}:{name} ?", asked.name()));
            Err(scan.fault(what, at, label).hint(format!("one of {}, extra.NAME", names.join(", "))))
        }
    }
}
