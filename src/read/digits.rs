//! Numbers that lose digits as numbers, as they are written: ids, and whole numbers beyond 64 bits.
//!
//! It never looks at a text unless a number of the record has lost something, so that other records cost nothing.

use serde_json::{Map, Value};

use super::json::pieces;

/// Mends the numbers of an object that was read from `text`, which begins with its bracket.
pub(super) fn of_json(text: &str, map: &mut Map<String, Value>) {
    let names = lossy(map);
    if names.is_empty() {
        return;
    }
    for member in pieces::of(text).ranges.into_iter().filter_map(|range| text.get(range)) {
        let mut read = serde_json::Deserializer::from_str(member).into_iter::<String>();
        if let Some(Ok(name)) = read.next()
            && let Some((_, written)) = member.get(read.byte_offset()..).and_then(|rest| rest.split_once(':'))
        {
            mend(map, &names, &name, written);
        }
    }
}

/// Mends the numbers of fields that were read from YAML.
pub(super) fn of_yaml(text: &str, map: &mut Map<String, Value>) {
    let names = lossy(map);
    if names.is_empty() {
        return;
    }
    for (name, written) in text.lines().filter_map(|line| line.split_once(':')) {
        let written = written.split(" #").next().unwrap_or_default();
        mend(map, &names, name.trim_matches(['"', '\'', ' ']), written);
    }
}

/// Names of numbers that may have lost digits.
fn lossy(map: &Map<String, Value>) -> Vec<String> {
    let is_huge = |value: &Value| value.as_f64().is_some_and(|number| number.abs() >= 2_f64.powi(63));
    let is_lossy = |(name, value): &(&String, &Value)| value.is_f64() && (is_id(name) || is_huge(value));
    map.iter().filter(is_lossy).map(|(name, _)| name.clone()).collect()
}

fn is_id(name: &str) -> bool {
    name.trim_start_matches('_').eq_ignore_ascii_case("id")
}

fn mend(map: &mut Map<String, Value>, names: &[String], name: &str, written: &str) {
    let written = written.trim();
    let is_whole = written.trim_start_matches(['-', '+']).bytes().all(|byte| byte.is_ascii_digit());
    let is_number = written.parse::<f64>().is_ok_and(f64::is_finite);
    if is_number && (is_id(name) || is_whole) && names.iter().any(|lossy| lossy == name) {
        map.insert(name.to_owned(), written.into());
    }
}

#[cfg(test)]
mod tests {
    use crate::read::{front, json, value};

    #[test]
    fn numbers_of_many_digits_lose_none() {
        let json = |text: &str| json::object(text, json::Place { line: 1, column: 0 }).unwrap().map;
        let yaml = |text: &str| front::fields(text, front::Syntax::Yaml).unwrap().unwrap().map;
        for (map, id, other) in [
            (json(r#" {"id": 123456789012345678901234567890, "n": 1e20}"#), "123456789012345678901234567890", "1e+20"),
            (json(r#"{"a": {"id": 7}, "id" : 12.50 , "n":-98765432109876543210}"#), "12.50", "-98765432109876543210"),
            (json(r#"{"id": 1.5, "id": 0.123456789012345678901, "n": 0.50}"#), "0.123456789012345678901", "0.5"),
            (json(r#"{"id": 18446744073709551615, "n": 7}"#), "18446744073709551615", "7"),
            (yaml("id: 1957.10 # the day\nn: 123456789012345678901234"), "1957.10", "123456789012345678901234"),
            (yaml("'id': 123456789012345678901234\nn: 0.50"), "123456789012345678901234", "0.5"),
        ] {
            let text = |name: &str| value::text(map[name].clone()).unwrap();
            assert_eq!((text("id").as_str(), text("n").as_str()), (id, other));
        }
    }
}
