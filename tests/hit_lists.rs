//! Citations, entities and maps have the rows of the answer in JSON.
//!
//! How a form looks is judged beside the form itself.

#![allow(clippy::unwrap_used, reason = "a list that cannot be read is a red test")]

use std::collections::BTreeSet;

use serde_json::Value;
use stage::{run, sample};

mod stage;

const QUERY: &str = "envoy OR place:Ukraine";

/// The hit list of a query in a form, as it is printed.
fn listed(form: &str, flags: &[&str]) -> String {
    let ran = run(sample(), &[&["export", "-q", QUERY, "-", "--format", form], flags].concat());
    assert_eq!(ran.code, 0, "{ran:?}");
    ran.out
}

fn json(form: &str, flags: &[&str]) -> Value {
    serde_json::from_str(&listed(form, flags)).unwrap()
}

fn texts<'a>(values: &'a [Value], of: &str) -> Vec<&'a str> {
    values.iter().map(|value| value[of].as_str().unwrap()).collect()
}

#[test]
fn citations_have_the_rows_of_the_answer() {
    let articles = json("json", &[]);
    let hits = articles["hits"].as_array().unwrap();
    let cited = json("csl-json", &[]);
    let items = cited.as_array().unwrap();
    assert!(hits.len() > 5, "{hits:?}");
    assert_eq!(texts(items, "id"), texts(hits, "id"));
    assert_eq!(texts(items, "title"), texts(hits, "title"));
    for form in ["ris", "biblatex"] {
        let list = listed(form, &[]);
        let begin = if form == "ris" { "TY  - NEWS" } else { "@article{" };
        assert_eq!(list.lines().filter(|line| line.starts_with(begin)).count(), hits.len(), "{form}");
    }
    let answer = json("json", &["--mentions"]);
    let mentions = answer["mentions"].as_array().unwrap();
    let place =
        |mention: &Value| format!("{}#{}-{}", mention["id"].as_str().unwrap(), mention["start"], mention["end"]);
    let cited = json("csl-json", &["--mentions"]);
    let cited = cited.as_array().unwrap();
    assert_eq!(texts(cited, "id"), mentions.iter().map(place).collect::<Vec<_>>());
    for (item, mention) in cited.iter().zip(mentions) {
        let (note, printed) = (item["note"].as_str().unwrap(), mention["match"].as_str().unwrap());
        assert!(note.contains(printed), "{note}: {printed}");
        if let Some(url) = mention["url"].as_str() {
            let link = item["URL"].as_str().unwrap();
            assert!(link.starts_with(&format!("{url}#:~:text=")), "{link}");
        }
    }
    assert!(cited.iter().any(|item| item["URL"].is_string()), "no mention has an address");
}

#[test]
fn entities_hold_the_whole_article() {
    let entities: Vec<Value> = listed("ftm", &[]).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let articles: Vec<&Value> = entities.iter().filter(|entity| entity["schema"] == "Article").collect();
    let answer = json("json", &[]);
    assert_eq!(articles.len(), answer["hits"].as_array().unwrap().len());
    for (article, hit) in articles.iter().zip(answer["hits"].as_array().unwrap()) {
        let shown = run(sample(), &["show", "--json", hit["id"].as_str().unwrap()]).json();
        assert_eq!(article["properties"]["bodyText"][0], shown["text"]);
    }
}

#[test]
fn places_are_those_of_the_hits() {
    let map = json("geojson", &[]);
    let answer = json("json", &[]);
    let hits = answer["hits"].as_array().unwrap();
    let named = |hit: &Value, path: &Value| hit["places"].as_array().unwrap().contains(path);
    let features = map["features"].as_array().unwrap();
    assert!(features.len() > 5, "{map}");
    for feature in features {
        let place = &feature["properties"];
        let count = hits.iter().filter(|hit| named(hit, &place["path"])).count();
        assert_eq!(place["count"], count, "{place}");
    }
    let all: BTreeSet<String> =
        hits.iter().flat_map(|hit| hit["places"].as_array().unwrap()).map(Value::to_string).collect();
    assert_eq!(features.len() + map["without_coordinates"].as_array().unwrap().len(), all.len());
}
