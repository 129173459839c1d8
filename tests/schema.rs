//! The JSON Schemas in `schema/` are those of the types, and answers are valid under them.
//!
//! `MORGUE_BLESS=1 cargo test --test schema` writes them anew after a type was changed on purpose.

#![allow(clippy::unwrap_used, reason = "a schema that cannot be made is a red test")]

use std::{fs, path::Path};

use morgue::{
    article::{PartKind, Problem},
    hit::{
        ArticleView, Batch, BatchHit, BatchLine, CountView, Coverage, Difference, FacetCount, FacetList, FieldCoverage,
        FieldList, Hit, HitList, MentionList, NameList, Pair, PairList, PeriodCount, ProblemList, Provenance,
        SavedList, SavedQuery, Series, Snippet, SourceCoverage, Status, SuggestionList, TermCount, TermList, Timeline,
        Verified, WatchedHit,
    },
};
use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::{Value, json};

fn schema<T: JsonSchema>(title: &str) -> Value {
    let mut schema = SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

fn schemas() -> Vec<(&'static str, Value)> {
    vec![
        ("search", schema::<HitList>("morgue search --json")),
        ("hit", schema::<Hit>("one line of morgue search --format jsonl")),
        ("facets", schema::<FacetList>("morgue facets --json")),
        ("count", schema::<CountView>("morgue count --json")),
        ("show", schema::<ArticleView>("morgue show --json, morgue inspect --json")),
        ("problems", schema::<ProblemList>("morgue problems --json")),
        ("mentions", schema::<MentionList>("morgue mentions --json")),
        ("timeline", schema::<Timeline>("morgue timeline --json")),
        ("pairs", schema::<PairList>("morgue pairs --json")),
        ("terms", schema::<TermList>("morgue terms --json, morgue collocates --json")),
        ("coverage", schema::<Coverage>("morgue coverage --json")),
        ("status", schema::<Status>("morgue status --json")),
        ("fields", schema::<FieldList>("morgue fields --json")),
        ("names", schema::<NameList>("morgue names list --json")),
        ("names-suggest", schema::<SuggestionList>("morgue names suggest --json")),
        ("verify", schema::<Verified>("morgue verify --json")),
        ("diff", schema::<Difference>("morgue diff --json")),
        ("batch", schema::<Batch>("morgue batch --json")),
        ("saved", schema::<SavedList>("morgue saved --json")),
        ("watch", schema::<WatchedHit>("one line of morgue watch --format jsonl")),
        ("export", schema::<Provenance>("FILE.meta.json beside an export, and morgue_export inside one")),
    ]
}

#[test]
fn schemas_follow_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
    let is_blessed = std::env::var_os("MORGUE_BLESS").is_some();
    let mut drifted = Vec::new();
    for (name, schema) in schemas() {
        let file = folder.join(format!("{name}.schema.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        if is_blessed {
            fs::create_dir_all(&folder).unwrap();
            fs::write(&file, &text).unwrap();
        }
        if fs::read_to_string(&file).unwrap_or_default().replace("\r\n", "\n") != text {
            drifted.push(name);
        }
    }
    assert!(drifted.is_empty(), "drifted: {drifted:?}; if that is wanted: MORGUE_BLESS=1 cargo test --test schema");
}

fn hit() -> Hit {
    let snippet =
        Snippet { part: PartKind::Lead, line: 3, start: 0, end: 5, text: "flood".into(), marks: vec![(0, 5)] };
    Hit { rank: 1, snippets: vec![snippet], url: Some("https://example.org/".into()), ..Hit::default() }
}

fn facets() -> [(String, Vec<FacetCount>); 1] {
    let child = FacetCount { value: "A/B".into(), count: 1, children: Vec::new() };
    [("place".to_owned(), vec![FacetCount { value: "A".into(), count: 2, children: vec![child] }])]
}

fn problem() -> Problem {
    let (kind, reason) = ("invalid-json".into(), "expected a comma".into());
    Problem { path: "a.json".into(), line: None, id: None, kind, reason, refused: true }
}

#[test]
fn answers_are_valid_under_their_schemas() {
    let check = |name: &str, answer: Value, is_valid: bool| {
        let schema = schemas().into_iter().find(|(known, _)| *known == name).unwrap().1;
        assert_eq!(jsonschema::is_valid(&schema, &answer), is_valid, "{name}: {answer:#}");
    };
    let list = HitList { hits: vec![hit()], facets: facets().into(), ..HitList::default() };
    check("search", json!(list), true);
    check("hit", json!(hit()), true);
    check("facets", json!(FacetList { facets: facets().into(), ..FacetList::default() }), true);
    check("count", json!(CountView::default()), true);
    check("problems", json!(ProblemList { schema_version: 1, problems: vec![problem()] }), true);
    check("status", json!(Status::default()), true);
    check("fields", json!(FieldList { fields: vec![FieldCoverage::default()], ..FieldList::default() }), true);
    check("export", json!(Provenance::default()), true);
    let series = Series { periods: vec![PeriodCount::default()], ..Series::default() };
    check("timeline", json!(Timeline { others: vec![series.clone()], series, ..Timeline::default() }), true);
    check("pairs", json!(PairList { pairs: vec![Pair::default()], ..PairList::default() }), true);
    check("terms", json!(TermList { terms: vec![TermCount::default()], ..TermList::default() }), true);
    check("coverage", json!(Coverage { sources: vec![SourceCoverage::default()], ..Coverage::default() }), true);
    let batch = Batch { hits: Some(vec![BatchHit::default()]), lines: vec![BatchLine::default()], ..Batch::default() };
    check("batch", json!(batch), true);
    check("watch", json!(WatchedHit::default()), true);
    check("saved", json!(SavedList { saved: vec![SavedQuery::default()], ..SavedList::default() }), true);
    check("verify", json!(Verified::default()), true);
    check("diff", json!(Difference::default()), true);
    check("timeline", json!({ "periods": [] }), false);
    check("count", json!({ "schema_version": 1 }), false);
    check("search", json!({ "hits": "none" }), false);
}
