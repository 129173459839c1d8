//! The published schema of a record is the one its types give, and says yes and no to the right records.
//!
//! `MORGUE_BLESS=1` writes the file anew. It never tests the reader.

use std::path::Path;

use serde_json::{Value, json};

fn schema() -> Value {
    morgue::read::article_schema().to_value()
}

#[test]
fn the_published_schema_is_that_of_the_types() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/article.schema.json");
    let expected = serde_json::to_string_pretty(&morgue::read::article_schema()).unwrap() + "\n";
    if std::env::var_os("MORGUE_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(path).unwrap();
    assert!(found == expected, "schema/article.schema.json is out of date: run the tests with MORGUE_BLESS=1");
}

#[test]
fn records_are_told_apart() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    for (record, expected) in [
        (json!({"title": "Flood"}), true),
        (json!({"body": "It rose.", "published": "1916-05", "colour": "red"}), true),
        (json!({"title": "T", "people": ["Nora Vell", {"name": "Jan Orrin", "role": "mate", "x": 1}]}), true),
        (json!({"title": "T", "places": [{"name": "Vellmar", "path": ["Norland", "Vellmar"], "lat": 54.1}]}), true),
        (json!({"title": "T", "dates": ["1931", {"date": "1985", "end": "1990", "text": "the eighties"}]}), true),
        (json!({"title": "T", "source": {"name": "Northern Courier"}, "tags": [], "extra": {"drawer": 4}}), true),
        (json!({"title": "T", "source": null, "published": null, "people": null, "archive": null}), true),
        (json!({"title": "T", "dates": ["1949/1976", "191X", "2012/..", "../1990-05", "18XX~"]}), true),
        (json!({"title": "T", "dates": ["1949/"]}), false),
        (json!({"people": ["Nora Vell"]}), false),
        (json!({"title": 7}), false),
        (json!({"title": "T", "published": "soon"}), false),
        (json!({"title": "T", "tags": ["a", "a"]}), false),
        (json!({"title": "T", "people": [{"role": "mate"}]}), false),
        (json!({"title": "T", "places": [{"name": "Vellmar", "lat": 100}]}), false),
        (json!({"title": "T", "language": "English"}), false),
        (json!({"title": "T", "archive": {"shelf": "4"}}), false),
        (json!([]), false),
    ] {
        assert_eq!(validator.is_valid(&record), expected, "{record}");
    }
}
