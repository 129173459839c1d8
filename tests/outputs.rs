//! Real answers of the program on the sample: valid under the published schemas, and of one mind with each other.
//!
//! It reads what is printed and nothing else.

#![allow(clippy::unwrap_used, reason = "an answer that cannot be read is a red test")]

use std::{collections::BTreeSet, fs, path::Path};

use serde_json::Value;
use stage::{Stage, run, sample};

mod stage;

const QUERIES: [&str; 5] =
    ["envoy", "\"special envoy\"", "truce -opinion", "person:\"Marek Tolland\"", "has:published"];

fn schema(name: &str) -> jsonschema::Validator {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("schema/{name}.schema.json"));
    jsonschema::validator_for(&serde_json::from_str(&fs::read_to_string(file).unwrap()).unwrap()).unwrap()
}

fn assert_valid(name: &str, answers: &[Value]) {
    let schema = schema(name);
    assert!(!answers.is_empty(), "nothing to judge for {name}");
    for answer in answers {
        let faults: Vec<String> =
            schema.iter_errors(answer).map(|fault| format!("{} at {}", fault, fault.instance_path())).collect();
        assert!(faults.is_empty(), "{name}: {faults:?}");
    }
}

fn json(args: &[&str]) -> Value {
    run(sample(), args).json()
}

fn lines(args: &[&str]) -> Vec<Value> {
    run(sample(), args).lines()
}

/// The code points `[start, end)` of a text.
fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    let found: String = text.chars().skip(start).take(end - start).collect();
    assert_eq!(found.chars().count(), end - start, "[{start}, {end}) reaches beyond the text");
    found
}

fn hits(answer: &Value) -> &[Value] {
    answer["hits"].as_array().unwrap()
}

fn ids(hits: &[Value]) -> Vec<&str> {
    hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect()
}

fn articles() -> Vec<Value> {
    let all = lines(&["search", "*", "--format", "jsonl"]);
    let mut args = vec!["show", "--json"];
    args.extend(ids(&all));
    let articles = lines(&args);
    assert_eq!(articles.len(), all.len());
    articles
}

fn sample_files() -> Vec<String> {
    let is_input =
        |path: &String| !path.starts_with(".morgue") && path != "morgue.toml" && !path.ends_with("README.md");
    stage::files_below(sample()).into_iter().map(|(path, _)| path).filter(is_input).collect()
}

#[test]
fn every_answer_is_valid_under_its_schema() {
    for query in QUERIES {
        assert_valid("search", &[json(&["search", query, "--json", "-n", "all"])]);
        assert_valid("hit", &lines(&["search", query, "--format", "jsonl"]));
        assert_valid(
            "count",
            &[json(&["count", query, "--json"]), json(&["count", query, "--of", "mentions", "--json"])],
        );
        assert_valid("facets", &[json(&["facets", query, "--json"])]);
    }
    assert_valid("search", &[json(&["search", "xylophonists", "--json"])]);
    assert_valid(
        "facets",
        &[
            json(&["facets", "person", "--of", "mentions", "--json"]),
            json(&["facets", "published", "--by", "day", "--json"]),
        ],
    );
    assert_valid("problems", &[json(&["problems", "--json"])]);
    assert_valid("status", &[json(&["status", "--json"])]);
    assert_valid("fields", &[json(&["fields", "--json"])]);
    assert_valid("show", &articles());
    for file in sample_files() {
        let inspected = lines(&["inspect", "--jsonl", &file]);
        if !inspected.is_empty() {
            assert_valid("show", &inspected);
            assert_valid("article", &inspected);
        }
    }
    let stage = Stage::new();
    let file = stage.at("hits.jsonl");
    assert_eq!(run(sample(), &["export", "envoy", file.to_str().unwrap()]).code, 0);
    let meta = fs::read_to_string(stage.at("hits.jsonl.meta.json")).unwrap();
    assert_valid("export", &[serde_json::from_str(&meta).unwrap()]);
}

#[test]
fn snippets_and_mentions_stand_where_they_say() {
    let articles = articles();
    let mut mentions = 0;
    for article in &articles {
        let text = article["text"].as_str().unwrap();
        for mention in article["mentions"].as_array().unwrap() {
            assert_eq!(slice(text, &mention["start"], &mention["end"]), mention["surface"].as_str().unwrap());
            mentions += 1;
        }
        for part in article["parts"].as_array().unwrap() {
            slice(text, &part["start"], &part["end"]);
        }
    }
    assert!(mentions > 100, "{mentions}");
    for query in QUERIES {
        for hit in lines(&["search", query, "--format", "jsonl"]) {
            let article = articles.iter().find(|article| article["id"] == hit["id"]).unwrap();
            for snippet in hit["snippets"].as_array().unwrap() {
                let text = snippet["text"].as_str().unwrap();
                assert_eq!(slice(article["text"].as_str().unwrap(), &snippet["start"], &snippet["end"]), text);
                let mut last = 0;
                for mark in snippet["marks"].as_array().unwrap() {
                    assert!(mark[0].as_u64().unwrap() >= last && mark[0].as_u64() < mark[1].as_u64(), "{snippet}");
                    let word = slice(text, &mark[0], &mark[1]).to_lowercase();
                    if query == "envoy" {
                        assert!(word.starts_with("envoy"), "“{word}” is marked for “{query}”");
                    }
                    last = mark[1].as_u64().unwrap();
                }
            }
        }
    }
}

#[test]
fn all_ways_of_counting_agree() {
    for query in QUERIES {
        let count = json(&["count", query, "--json"])["total"]["articles"].as_u64().unwrap() as usize;
        let all = json(&["search", query, "--json", "-n", "all"]);
        assert_eq!(all["total"]["articles"].as_u64().unwrap() as usize, count);
        assert_eq!((hits(&all).len(), all["next"].is_null()), (count, true), "{query}");
        assert_eq!(run(sample(), &["count", query]).out, format!("{count}\n"));
        assert_eq!(lines(&["search", query, "--format", "jsonl"]), hits(&all), "{query}");
        assert_eq!(run(sample(), &["search", query, "-n", "all"]).out.lines().count(), count);
        let paths: BTreeSet<&str> = hits(&all).iter().map(|hit| hit["path"].as_str().unwrap()).collect();
        let listed = run(sample(), &["search", query, "-l"]).out;
        assert_eq!((listed.lines().count(), listed.lines().collect::<BTreeSet<_>>()), (paths.len(), paths.clone()));
        let ended = run(sample(), &["search", query, "-0"]).out;
        assert_eq!(ended.split_terminator('\0').collect::<BTreeSet<_>>(), paths);
        let facets = json(&["facets", query, "--json"]);
        assert_eq!(facets["total"]["articles"], all["total"]["articles"]);
    }
}

#[test]
fn every_value_of_a_facet_counts_what_its_flag_finds() {
    let facets = json(&["facets", "--json", "--by", "month"]);
    let mut checked = 0;
    for (field, values) in facets["facets"].as_object().unwrap() {
        let mut open: Vec<&Value> = values.as_array().unwrap().iter().collect();
        // Each call is a process: of long lists the first few and the last.
        while let Some(value) = open.pop() {
            open.extend(value["children"].as_array().into_iter().flatten());
            checked += 1;
            if checked % 3 != 0 {
                continue;
            }
            let name = value["value"].as_str().unwrap();
            let asked = if field == "mentioned" { format!("={name}") } else { name.to_owned() };
            let ran = run(sample(), &["count", &format!("--{field}"), &asked]);
            assert_eq!(ran.out.trim().parse::<u64>().ok(), value["count"].as_u64(), "{field} {name}: {ran:?}");
        }
    }
    assert!(checked > 150, "{checked}");
}

#[test]
fn pages_make_the_whole() {
    for sort in ["relevance", "newest", "oldest", "source", "file"] {
        for query in ["envoy", "*"] {
            let page = |more: &[&str]| {
                let mut args = vec!["search", query, "--json", "--facets", "none", "--sort", sort];
                args.extend(more);
                json(&args)
            };
            let all = page(&["-n", "all"]);
            let (mut by_offset, mut by_cursor, mut cursor) = (Vec::new(), Vec::new(), None::<String>);
            loop {
                let offset = by_offset.len().to_string();
                by_offset.extend(hits(&page(&["-n", "7", "--offset", &offset])).to_vec());
                let next = match &cursor {
                    None => page(&["-n", "7"]),
                    Some(cursor) => page(&["-n", "7", "--after", cursor]),
                };
                by_cursor.extend(hits(&next).to_vec());
                cursor = next["next"].as_str().map(str::to_owned);
                if cursor.is_none() {
                    break;
                }
            }
            assert!(by_offset == hits(&all), "{sort} {query} by --offset: {:?} {:?}", ids(&by_offset), ids(hits(&all)));
            assert!(by_cursor == hits(&all), "{sort} {query} by --after: {:?} {:?}", ids(&by_cursor), ids(hits(&all)));
        }
    }
}

#[test]
fn pages_of_mentions_make_the_whole() {
    for sort in ["date", "left", "right", "file", "source"] {
        for more in [&["envoy"][..], &["person:any"], &["envoy", "--context", "sentence"]] {
            let page = |paging: &[&str]| {
                let mut args = vec!["mentions", "--json", "--sort", sort];
                args.extend(more);
                args.extend(paging);
                json(&args)
            };
            let of = |page: &Value| page["mentions"].as_array().unwrap().clone();
            let all = page(&["-n", "all"]);
            assert!(all["next"].is_null());
            let (mut joined, mut cursor) = (Vec::new(), None::<String>);
            loop {
                let next = match &cursor {
                    None => page(&["-n", "13"]),
                    Some(cursor) => page(&["-n", "13", "--after", cursor]),
                };
                assert_eq!(next["offset"], joined.len(), "{sort} {more:?}");
                joined.extend(of(&next));
                cursor = next["next"].as_str().map(str::to_owned);
                if cursor.is_none() {
                    break;
                }
            }
            assert!(joined.len() > 13 && joined == of(&all), "{sort} {more:?}: {} of {}", joined.len(), of(&all).len());
        }
    }
}

#[test]
fn no_value_of_a_facet_may_be_asked_for() {
    for (query, code) in [("envoy", 0), ("zzyzx", 1)] {
        let ran = run(sample(), &["facets", "person", query, "-n", "0", "--json"]);
        assert_eq!(ran.code, code, "{ran:?}");
        let facets: Value = serde_json::from_str(&ran.out).unwrap();
        assert_eq!(facets["facets"]["person"], Value::Array(Vec::new()));
        assert_eq!(facets["distinct"]["person"].as_u64() > Some(0), code == 0);
    }
}

#[test]
fn what_inspect_writes_reads_back_the_same() {
    let stage = Stage::new();
    let placeless = |article: &Value| {
        let mut article = article.clone();
        for name in ["path", "line"] {
            article.as_object_mut().unwrap().remove(name);
        }
        for part in article["parts"].as_array_mut().unwrap() {
            part.as_object_mut().unwrap().retain(|name, _| name != "line" && name != "byte_start");
        }
        article
    };
    let mut articles = 0;
    for file in sample_files() {
        let ran = run(sample(), &["inspect", "--jsonl", &file]);
        stage.write("copy.jsonl", &ran.out);
        let again = run(stage.folder(), &["inspect", "--jsonl", "copy.jsonl"]);
        let (first, second) = (ran.lines(), again.lines());
        assert_eq!(first.iter().map(placeless).collect::<Vec<_>>(), second.iter().map(placeless).collect::<Vec<_>>());
        articles += first.len();
    }
    assert!(articles >= 54, "{articles}");
}

/// What the index gives of an article is what its file says when it is read alone.
#[test]
fn show_and_inspect_agree() {
    let inspected: Vec<Value> = sample_files().iter().flat_map(|file| lines(&["inspect", "--jsonl", file])).collect();
    for article in articles() {
        // Read alone, a text has no fields beside it.
        if article["path"].as_str().unwrap().starts_with("scans/") {
            continue;
        }
        let alone = inspected.iter().find(|other| other["id"] == article["id"]).unwrap();
        for (name, value) in article.as_object().unwrap().iter().filter(|(name, _)| *name != "notes") {
            assert_eq!(alone.get(name), Some(value), "{name} of {}", article["id"]);
        }
    }
}

#[test]
fn exports_say_what_search_says() {
    let stage = Stage::new();
    let whole = json(&["search", "envoy", "--json", "-n", "all"]);
    let at = |name: &str| stage.at(name).to_str().unwrap().to_owned();
    for name in ["hits.csv", "hits.jsonl", "hits.json"] {
        assert_eq!(run(sample(), &["export", "envoy", &at(name)]).code, 0);
    }
    let read = |name: &str| fs::read_to_string(stage.at(name)).unwrap();
    let jsonl: Vec<Value> = read("hits.jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(jsonl, hits(&whole));
    let one: Value = serde_json::from_str(&read("hits.json")).unwrap();
    assert_eq!(hits(&one), hits(&whole));
    assert_eq!(read("hits.csv"), run(sample(), &["export", "envoy", "-", "--format", "csv"]).out);
    let mut table = csv::Reader::from_path(stage.at("hits.csv")).unwrap();
    let columns = table.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = table.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), hits(&whole).len());
    for (row, hit) in rows.iter().zip(hits(&whole)) {
        for (column, cell) in columns.iter().zip(row) {
            match &hit[column] {
                Value::Null => assert_eq!(cell, "", "{column}"),
                Value::String(text) => assert_eq!(cell, text, "{column}"),
                Value::Number(number) => assert_eq!(cell.parse::<f64>().ok(), number.as_f64(), "{column}"),
                Value::Array(items) => {
                    let texts: Vec<&str> =
                        items.iter().map(|item| item.as_str().or(item["text"].as_str()).unwrap()).collect();
                    assert_eq!(cell, texts.join("; "), "{column}");
                }
                other => panic!("{column}: {other}"),
            }
        }
    }
}

/// Sources of one segment stand behind all of the other's, whose list is longer than one block of the engine's.
#[test]
fn a_cursor_by_source_finds_its_place_in_every_segment() {
    let stage = Stage::with(&[(
        "a.json",
        r#"{"id":"z","body":"The harbour opened.","date":"2020-01-01","source":"Zed Post"}"#,
    )]);
    stage.refresh().unwrap();
    let many = |number: u32| {
        format!("{{\"id\":\"{number}\",\"body\":\"Rain.\",\"source\":\"Source {number:05} of a long name\"}}\n")
    };
    let unsourced = [("late", "2022"), ("early", "2018")]
        .map(|(id, year)| format!("{{\"id\":\"{id}\",\"body\":\"A harbour.\",\"date\":\"{year}\"}}\n"));
    stage.write("b.jsonl", (0..3000).map(many).chain(unsourced).collect::<String>());
    stage.refresh().unwrap();
    let (mut found, mut cursor) = (Vec::new(), String::new());
    loop {
        let mut args = vec!["search", "harbour", "--sort", "source", "-n", "1", "--json"];
        args.extend((!cursor.is_empty()).then_some(["--after", &cursor]).into_iter().flatten());
        let page = run(stage.folder(), &args).json();
        found.extend(page["hits"][0]["id"].as_str().map(str::to_owned));
        match page["next"].as_str() {
            Some(next) => cursor = next.to_owned(),
            None => break,
        }
    }
    assert_eq!(found, ["z", "late", "early"]);
}

#[test]
fn what_is_not_counted_is_told_beside_a_table() {
    let (table, whole) = (run(sample(), &["timeline", "envoy"]), json(&["timeline", "envoy", "--json"]));
    let undated = whole["undated"].as_u64().unwrap();
    assert!(undated > 0 && table.err.contains(&format!("note: {undated} articles without such a date")), "{table:?}");
    let several = run(sample(), &["timeline", "--series", "envoy", "flood"]);
    assert!(several.err.contains("note: envoy: "), "{several:?}");
    let none = run(sample(), &["facets", "title"]);
    assert!(none.err.contains("the values of “title” cannot be counted"), "{none:?}");
}

#[test]
fn several_fields_are_counted_as_each_alone() {
    let both = json(&["facets", "person,place", "envoy", "--json"]);
    for field in ["person", "place"] {
        let alone = json(&["facets", field, "envoy", "--json"]);
        assert!(!alone["facets"][field].as_array().unwrap().is_empty());
        assert_eq!(both["facets"][field], alone["facets"][field]);
    }
    assert_eq!(both["facets"].as_object().unwrap().len(), 2);
}
