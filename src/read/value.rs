//! Values of fields, read leniently: a string where a list is expected, a number where a string is, an object with a name.
//!
//! It never drops what it cannot use: the caller gets the value back.

use std::borrow::Cow;

use serde_json::{Map, Value};

use super::bounds::MOST_ITEMS;
use crate::{
    article::{Name, NamedDate},
    date::Date,
    entity::Location,
};

/// Whether a value says nothing: null, or a text of blanks. An empty list says "none".
pub(super) fn is_absent(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        _ => false,
    }
}

/// A text: a string, a number, `{"name": …}`, a list of one of these; `[[wikilinks]]` bare.
pub(super) fn text(value: Value) -> Result<String, Value> {
    match value {
        Value::String(text) => Ok(bare(text)),
        Value::Number(number) => Ok(number.to_string()),
        Value::Bool(truth) => Ok(truth.to_string()),
        Value::Array(mut list) if list.len() == 1 => match list.pop() {
            Some(only) => text(only).map_err(|only| Value::Array(vec![only])),
            None => Err(Value::Array(list)),
        },
        Value::Object(mut object) => match object.remove("name") {
            Some(Value::String(name)) if !name.trim().is_empty() => Ok(bare(name)),
            Some(other) => {
                object.insert("name".to_owned(), other);
                Err(Value::Object(object))
            }
            None => Err(Value::Object(object)),
        },
        value => Err(value),
    }
}

/// Items of a list; a string is one item, or several parted by `;`.
pub(super) fn items(value: Value) -> Vec<Value> {
    match value {
        Value::Array(list) => list.into_iter().filter(|item| !is_absent(item)).collect(),
        Value::String(text) if text.contains(';') => {
            text.split(';').map(str::trim).filter(|item| !item.is_empty()).map(Value::from).collect()
        }
        value if is_absent(&value) => Vec::new(),
        value => vec![value],
    }
}

/// The same, those of a list where they lie.
fn each(value: &Value) -> Box<dyn Iterator<Item = Cow<'_, Value>> + '_> {
    match value {
        Value::Array(list) => Box::new(list.iter().filter(|item| !is_absent(item)).map(Cow::Borrowed)),
        value => Box::new(items(value.clone()).into_iter().map(Cow::Owned)),
    }
}

/// Texts of a list; the whole value back when one of them is none.
pub(super) fn texts(value: Value) -> Result<Vec<String>, Value> {
    if let Value::Array(list) = &value
        && list.iter().any(|item| !is_absent(item) && text(item.clone()).is_err())
    {
        return Err(value);
    }
    if let Value::Object(_) = &value {
        return text(value).map(|only| vec![only]);
    }
    Ok(items(value).into_iter().filter_map(|item| text(item).ok()).collect())
}

/// Names of people, places or organisations, with whether objects among them said more than a `Name` holds.
pub(super) fn names(value: &Value) -> Result<(Vec<Name>, Rest), ()> {
    let mut rest = Rest::None;
    let mut names = Vec::new();
    // An article of more is refused: those behind the first one too many need not be held.
    for item in each(value).take(MOST_ITEMS + 1) {
        match item.as_ref() {
            Value::Object(object) => {
                let name = named(object.clone()).ok_or(())?;
                if !holds_all(&name, object) {
                    rest = Rest::Some;
                }
                names.push(name);
            }
            _ => names.push(Name { name: text(item.into_owned()).map_err(drop)?, ..Name::default() }),
        }
    }
    Ok((names, rest))
}

/// Whether a value says more than was taken from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rest {
    /// Nothing more.
    None,
    /// Something more.
    Some,
}

/// Whether a name holds all that the object said.
fn holds_all(name: &Name, object: &Map<String, Value>) -> bool {
    let location = name.location.clone().unwrap_or_default();
    object.iter().filter(|(_, value)| !is_absent(value)).all(|(key, value)| match key.as_str() {
        "name" | "path" => true,
        "role" => name.role.is_some(),
        "aliases" => !name.aliases.is_empty() || value.as_array().is_some_and(Vec::is_empty),
        "lat" => location.lat.is_some(),
        "lon" => location.lon.is_some(),
        "geonameid" => location.geonameid.is_some(),
        _ => false,
    })
}

fn named(mut object: Map<String, Value>) -> Option<Name> {
    let own = object.remove("name").and_then(|name| text(name).ok()).filter(|name| !name.is_empty());
    let path = object.remove("path").and_then(path).filter(|path| !path.is_empty());
    let mut aliases = object.remove("aliases").and_then(|list| texts(list).ok()).unwrap_or_default();
    aliases.extend(exact_spans(object.get("spans")));
    let name = match (own, path) {
        (Some(own), Some(path)) => {
            if path.rsplit('/').next() != Some(own.as_str()) {
                aliases.push(own);
            }
            path
        }
        (own, path) => path.or(own)?,
    };
    let role = object.remove("role").and_then(|role| text(role).ok()).filter(|role| !role.is_empty());
    Some(Name { name, role, aliases, location: location(&object) })
}

fn path(value: Value) -> Option<String> {
    match value {
        Value::Array(_) => texts(value).ok().map(|parts| parts.join("/")),
        value => text(value).ok(),
    }
}

/// The printed forms that spans quote.
fn exact_spans(spans: Option<&Value>) -> Vec<String> {
    let exact = |span: &Value| span.get("exact").and_then(Value::as_str).map(str::to_owned);
    spans.and_then(Value::as_array).map(|spans| spans.iter().filter_map(exact).collect()).unwrap_or_default()
}

fn location(object: &Map<String, Value>) -> Option<Location> {
    let number = |key: &str| match object.get(key)? {
        Value::String(digits) => digits.trim().parse().ok(),
        value => value.as_f64(),
    };
    let degrees = |key: &str, most: f64| number(key).filter(|degrees| degrees.abs() <= most);
    let geonameid = number("geonameid").filter(|id| *id >= 1.0 && *id <= f64::from(u32::MAX)).map(|id| id as u32);
    let place = Location { geonameid, lat: degrees("lat", 90.0), lon: degrees("lon", 180.0) };
    (place != Location::default()).then_some(place)
}

/// Dates the text talks about, as strings or `{"date", "end", "text"}`; `Err` when one of them is none.
pub(super) fn dates(value: &Value) -> Result<Vec<NamedDate>, ()> {
    items(value.clone()).into_iter().map(date).collect()
}

fn date(item: Value) -> Result<NamedDate, ()> {
    let read = |value: &str| Date::parse_printed(value).map_err(drop);
    let Value::Object(mut object) = item else {
        return Ok(NamedDate { date: read(&text(item).map_err(drop)?)?, text: None });
    };
    let mut string = |key: &str| object.remove(key).and_then(|value| text(value).ok()).filter(|text| !text.is_empty());
    let begin = read(&string("date").ok_or(())?)?;
    let date = match string("end") {
        Some(end) => read(&format!("{begin}/{}", read(&end)?))?,
        None => begin,
    };
    Ok(NamedDate { date, text: string("text") })
}

/// Without blanks around it and without the brackets of a wikilink; of `[[page|shown]]` what is shown.
fn bare(text: String) -> String {
    let trimmed = text.trim();
    let inner = trimmed.strip_prefix("[[").and_then(|inner| inner.strip_suffix("]]"));
    match inner.filter(|inner| !inner.contains("[[")) {
        Some(inner) => inner.rsplit('|').next().unwrap_or(inner).trim().to_owned(),
        None if trimmed.len() == text.len() => text,
        None => trimmed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn lists_are_read_leniently() {
        for (value, expected) in [
            (json!("Foreign"), Ok(vec!["Foreign"])),
            (json!("a; b ;;c"), Ok(vec!["a", "b", "c"])),
            (json!(["a", null, " ", 7]), Ok(vec!["a", "7"])),
            (json!(["[[Nora Vell]]", "[[people/x|Jan Orrin]]"]), Ok(vec!["Nora Vell", "Jan Orrin"])),
            (json!([["Nora Vell"]]), Ok(vec!["Nora Vell"])),
            (json!({"name": "Nora Vell"}), Ok(vec!["Nora Vell"])),
            (json!([]), Ok(vec![])),
            (json!([{"x": 1}]), Err(())),
        ] {
            let found = texts(value.clone()).map_err(drop);
            assert_eq!(found, expected.map(|list| list.into_iter().map(str::to_owned).collect()), "{value}");
        }
    }

    #[test]
    fn places_are_paths() {
        let value = json!([
            {"name": "Sudzha", "path": ["Russia", "Kursk Oblast", "Sudzha"], "lat": "51.19", "lon": 35.27},
            "Russia/Kursk Oblast",
            {"name": "the capital", "path": "France/Paris"},
        ]);
        assert_eq!(super::names(&json!([{"name": "A", "lat": 300}])).unwrap().1, Rest::Some);
        let (names, rest) = names(&value).unwrap();
        assert_eq!(rest, Rest::None);
        let paths: Vec<&str> = names.iter().map(|name| name.name.as_str()).collect();
        assert_eq!(paths, ["Russia/Kursk Oblast/Sudzha", "Russia/Kursk Oblast", "France/Paris"]);
        assert_eq!(names[0].location, Some(Location { geonameid: None, lat: Some(51.19), lon: Some(35.27) }));
        assert_eq!(names[0].aliases, [""; 0]);
        assert_eq!((names[2].aliases.as_slice(), &names[2].location), (["the capital".to_owned()].as_slice(), &None));
    }

    #[test]
    fn dates_may_be_ranges() {
        let found = dates(&json!(["1916-05", {"date": "1985", "end": "1990", "text": "from 1985 to 1990"}])).unwrap();
        assert_eq!(found[0].date.edtf(), "1916-05");
        assert_eq!((found[1].date.edtf(), found[1].text.as_deref()), ("1985/1990", Some("from 1985 to 1990")));
        assert!(dates(&json!(["Thursday"])).is_err());
    }
}
