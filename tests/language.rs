//! The query language from outside: every example of its help is answered, `--explain` counts, an empty answer has reasons.
//!
//! What matches is proved by the oracle; here it is what is said about it.

#![allow(clippy::unwrap_used, reason = "an archive that cannot be asked is a failure")]

mod stage;

use morgue::{
    archive::Archive,
    ask::help,
    plan::{Page, Unit},
    query::Request,
};
use stage::{Stage, TODAY, place, run, sample};

fn request(typed: &str) -> Request {
    Request {
        args: vec![typed.to_owned()],
        any: false,
        exact: false,
        with_unresolved: false,
        filters: Vec::new(),
        today: TODAY,
        ..Request::default()
    }
}

fn archive() -> Archive {
    Archive::open(&place(sample(), &sample().join(".morgue"))).unwrap()
}

#[test]
fn every_example_of_the_help_is_answered() {
    let archive = archive();
    let mut failed = Vec::new();
    // There are no stories, and the sample has neither notes nor saved queries.
    let is_elsewhere = |example: &str| ["story:", "note:", "saved:"].iter().any(|field| example.starts_with(field));
    for example in help::examples().filter(|example| !is_elsewhere(example)) {
        let answered = archive.plan(&request(example)).and_then(|plan| archive.search(&plan, &Page::default(), &[]));
        failed.extend(answered.err().map(|error| format!("{example}: {error}")));
        failed.extend(archive.explain(&request(example)).err().map(|error| format!("explain {example}: {error}")));
    }
    assert!(failed.is_empty(), "\n{}\n", failed.join("\n"));
}

#[test]
fn an_explanation_counts_each_part_alone() {
    let archive = archive();
    let tree = archive.explain(&request("envoy (flo* OR truce) person:tolland -opinion")).unwrap();
    let count = |typed: &str| archive.search(&archive.plan(&request(typed)).unwrap(), &Page::default(), &[]).unwrap();
    let texts: Vec<&str> = tree.children.iter().map(|part| part.text.as_str()).collect();
    assert_eq!(texts, ["envoy", "flo* OR truce", "person:tolland", "-opinion"]);
    for part in tree.children.iter().chain(&tree.children[1].children) {
        let alone = count(&part.text);
        assert_eq!(part.articles, alone.total.articles, "{}", part.text);
        assert!(part.mentions.is_none_or(|mentions| Some(mentions) == alone.total.mentions), "{}", part.text);
    }
    let wild = &tree.children[1].children[0];
    assert!(wild.total_words > 1 && wild.words.iter().any(|word| word.word == "flood"), "{wild:?}");
    assert_eq!(tree.children[3].mentions, None);
    assert_eq!(archive.explain(&request("truce")).unwrap().children, []);
}

#[test]
fn an_empty_answer_has_reasons() {
    let check = |typed: &str, expected: &[&str]| {
        let reasons = archive().diagnose(&request(typed)).unwrap();
        for says in expected {
            assert!(reasons.iter().any(|reason| reason.contains(says)), "{typed}: {reasons:?}");
        }
        assert!(!reasons.is_empty(), "{typed}");
    };
    check("xylophonists", &["“xylophonists” is in no article"]);
    check("envoi", &["“envoi” is in no article; did you mean envoy"]);
    check("envoi truce", &["articles with each alone: envoi 0 · truce ", "without envoi there would be "]);
    check("flod W/5 dam", &["“flod” is in no article", "dam 5"]);
    check("\"envoy flood\"", &["envoy 18 · flood"]);
    check("ATLEAST/9(flood)", &["ATLEAST/9(flood) 0 · flood "]);
    check("person:tolland W/2 flood", &["Jack Tolland 17", "flood 3"]);
    check("envoy place:\"Italy/Friuli Venezia Giulia/Trieste\" typhus", &["articles with each alone"]);
    let mut flagged = request("envoy");
    flagged.filters.push(morgue::query::FilterFlag {
        field: morgue::field::Field::Source,
        value: "Le Fanal du Rhône".to_owned(),
        exclude: false,
    });
    let reasons = archive().diagnose(&flagged).unwrap();
    assert!(reasons.iter().any(|reason| reason.starts_with("without source:")), "{reasons:?}");
}

#[test]
fn both_are_part_of_json_and_said_beside_other_answers() {
    let ran = run(sample(), &["search", "envoi", "truce", "--json", "--explain"]);
    let answer = ran.json();
    assert_eq!((ran.code, answer["total"]["articles"].as_u64()), (1, Some(0)));
    assert_eq!(answer["query"]["explain"]["children"][0]["text"], "envoi");
    assert!(answer["query"]["notes"].to_string().contains("did you mean"), "{answer}");
    let ran = run(sample(), &["count", "envoy truce", "--explain"]);
    assert!(ran.code == 0 && ran.err.contains("mentions  query\n") && !ran.out.contains("envoy"), "{ran:?}");
    let ran = run(sample(), &["facets", "person", "envoi"]);
    assert!(ran.code == 1 && ran.err.contains("did you mean envoy"), "{ran:?}");
    assert!(run(sample(), &["search", "truce", "--json"]).json()["query"].get("explain").is_none());
}

#[test]
fn given_places_lie_where_the_gazetteer_knows_them() {
    let stage = Stage::with(&[
        ("a.json", r#"{"title":"Talks","text":"Snow fell in Moscow.","places":["Moscow"]}"#),
        ("b.json", r#"{"title":"Harvest","text":"Rain in Rostov Oblast.","places":["Russia/Rostov Oblast"]}"#),
        (
            "c.json",
            r#"{"title":"Fair","text":"Crowds came to Birmingham.","places":["Birmingham", "Alabama", "United States"]}"#,
        ),
        (
            "d.json",
            r#"{"title":"Show","text":"Models in Birmingham.","places":["Birmingham", "England", "United Kingdom"]}"#,
        ),
    ]);
    stage.refresh().unwrap();
    let archive = Archive::open(&stage.place()).unwrap();
    let check = |typed: &str, (articles, mentions): (u64, u64), note: &str| {
        let plan = archive.plan(&request(typed)).unwrap();
        let total = archive.count(&plan, Unit::Mentions).unwrap().total;
        assert_eq!((total.articles, total.mentions), (articles, Some(mentions)), "{typed}");
        assert!(plan.notes.iter().any(|told| told.contains(note)) || note.is_empty(), "{typed}: {:?}", plan.notes);
    };
    check("place:Russia", (2, 2), "“Russia” also holds “Moscow”");
    check("snow W/3 place:Russia", (1, 1), "“Russia” also holds “Moscow”");
    check("place:England", (1, 0), "“England” holds “Birmingham” in some articles only");
    check("place:Birmingham", (2, 2), "");
    let places = archive.article("a.json").unwrap().unwrap().places;
    assert_eq!(places, ["Moscow"], "a given name stays as it was given");
}

#[test]
fn hits_of_a_question_that_are_like_the_best_come_higher() {
    let record = |id: &str, text: &str| format!("{{\"id\":\"{id}\",\"title\":\"Note\",\"text\":\"{text}\"}}\n");
    let envoys =
        ["The envoy, an envoy of envoys, took the ferry to the harbour.", "The envoy came by orchard road today."];
    let records = [
        record("a", envoys[0]),
        record("b", envoys[0]),
        record("c", envoys[0]),
        // As long as the next and with as many envoys: only what stands beside them tells the two apart.
        record("d", envoys[1]),
        record("e", "The envoy came by ferry road today."),
        record("f", "A ferry sank in the harbour, said the ferry company."),
        record("g", "An orchard by the road."),
    ];
    let stage = Stage::with(&[("a.jsonl", &records.concat())]);
    stage.refresh().unwrap();
    let archive = Archive::open(&stage.place()).unwrap();
    let check = |any: bool, ids: [&str; 5]| {
        // Without articles that an earlier list has, as `--new-since` leaves them out.
        let plan = archive.plan(&Request { any, ..request("envoy") }).unwrap().without_articles(vec!["g".to_owned()]);
        let list = archive.search(&plan, &Page::default(), &[]).unwrap();
        assert_eq!(list.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), ids, "--any: {any}");
        assert_eq!((list.total.articles, list.total.mentions), (5, Some(11)), "--any: {any}");
    };
    check(false, ["a", "b", "c", "d", "e"]);
    check(true, ["a", "b", "c", "e", "d"]);
}

#[test]
fn a_word_that_has_a_part_twice_stands_there_once() {
    let stage = Stage::with(&[
        ("a.txt", "Note\n\nThe Baden-Baden casino burned down."),
        ("b.txt", "Note\n\nThe Baden spa, near Baden, burned down."),
    ]);
    stage.refresh().unwrap();
    let archive = Archive::open(&stage.place()).unwrap();
    for (typed, articles, mentions) in [
        ("baden W/3 baden", 1, 1),
        ("baden PRE/3 baden", 1, 1),
        ("baden /s baden", 1, 1),
        ("b?den W/3 baden", 1, 1),
        ("\"baden casino\"", 1, 1),
        ("ATLEAST/2(\"baden casino\")", 0, 0),
        ("baden", 2, 3),
    ] {
        let plan = archive.plan(&request(typed)).unwrap();
        let total = archive.count(&plan, Unit::Mentions).unwrap().total;
        assert_eq!((total.articles, total.mentions), (articles, Some(mentions)), "{typed}");
        assert_eq!(archive.count(&plan, Unit::Articles).unwrap().total.articles, articles, "{typed}");
    }
}

#[test]
fn hits_of_function_words_alone_raise_nothing() {
    let stage = Stage::with(&[
        // Of the hits' words only those of the one found by a function word stand in another article.
        ("a.txt", "Envoy\n\nAn envoy."),
        ("b.txt", "Fires\n\nThe fires at the quay."),
        ("c.txt", "Quay\n\nFires and a quay."),
    ]);
    stage.refresh().unwrap();
    let archive = Archive::open(&stage.place()).unwrap();
    for (typed, expected) in [("envoy the", &["a.txt", "b.txt"][..]), ("the", &["b.txt"]), ("the at", &["b.txt"])] {
        let plan = archive.plan(&Request { any: true, ..request(typed) }).unwrap();
        let list = archive.search(&plan, &Page::default(), &[]).unwrap();
        assert_eq!(list.hits.iter().map(|hit| hit.id.as_str()).collect::<Vec<_>>(), expected, "{typed}");
        assert!(list.hits.iter().all(|hit| hit.score.is_finite()), "{typed}");
    }
}

#[test]
fn a_possessive_finds_itself() {
    let stage = Stage::with(&[
        ("a.txt", "Visit\n\nPresident Xi's visit pleased Sanders's campaign in the Times's view."),
        ("b.txt", "Lost\n\nXis visit, printed without its sign."),
        ("c.txt", "Others\n\nXi went home; Sanders and the Times wrote of it."),
    ]);
    stage.refresh().unwrap();
    let archive = Archive::open(&stage.place()).unwrap();
    let found = |typed: &str| {
        let list = archive.search(&archive.plan(&request(typed)).unwrap(), &Page::default(), &[]).unwrap();
        let mut ids: Vec<String> = list.hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        ids.join(" ")
    };
    assert_eq!(found("Xi's"), "a.txt b.txt c.txt");
    assert_eq!(found("\"Xi's visit\""), "a.txt b.txt");
    assert_eq!(found("Sanders's"), "a.txt c.txt");
    assert_eq!(found("Sanders’s campaign"), "a.txt");
    assert_eq!(found("Times's W/1 view"), "a.txt");
    assert_eq!(found("=Xi's"), "a.txt b.txt");
    assert_eq!(found("Xi"), "a.txt c.txt");
}

#[test]
fn what_cannot_be_meant_is_refused_with_a_way_out() {
    let archive = archive();
    for (typed, expected) in [
        ("title:-flood", "did you mean -title:flood ?"),
        ("person:-tolland", "did you mean -person:tolland ?"),
        ("extra:bar", "did you mean extra.NAME:bar ?"),
        ("/a/b/", "write /a\\/b/ for a pattern"),
        ("(envoy -dam) W/3 tarn", "outside"),
    ] {
        let error = archive.plan(&request(typed)).unwrap_err();
        let label = &error.fault().unwrap().label;
        assert!(label.contains(expected), "{typed}: {label}");
    }
    for (typed, expected) in [("/a{1000000}/", "fewer"), ("/tr(?=u)/", "itself")] {
        let error = archive.plan(&request(typed)).and_then(|plan| archive.count(&plan, Unit::Articles)).unwrap_err();
        assert!(error.fault().is_some_and(|fault| fault.label.contains(expected)), "{typed}: {error:?}");
    }
}

/// Scores shift when articles come; a page goes on behind the same article, and says so when that is gone.
#[test]
fn a_cursor_by_relevance_outlasts_a_growing_archive() {
    let stage = Stage::new();
    let line = |n: usize| format!("{{\"id\":\"n{n:02}\",\"title\":\"Note\",\"body\":\"The flood came.\"}}\n");
    let write = |many: std::ops::Range<usize>| stage.write("a.jsonl", many.map(line).collect::<String>());
    let asked = |args: &[&str]| run(stage.folder(), args).json();
    write(0..30);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    let page = asked(&["search", "flood", "-n", "7", "--json"]);
    let cursor = page["next"].as_str().unwrap();
    stage.write("b.txt", "Harvest\n\nThe harvest was in before the rain, and nobody was sorry for it at all.");
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    let next = asked(&["search", "flood", "-n", "7", "--after", cursor, "--json"]);
    let expected: Vec<String> = (7..14).map(|n| format!("n{n:02}")).collect();
    let hits = next["hits"].as_array().unwrap();
    assert_eq!(hits.iter().map(|hit| hit["id"].as_str().unwrap()).collect::<Vec<_>>(), expected);
    write(10..30);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    let gone = run(stage.folder(), &["search", "flood", "-n", "7", "--after", cursor]);
    assert!(
        gone.code == 2 && gone.err.contains("“n06” behind which this cursor stands is no hit any more"),
        "{gone:?}"
    );
}

#[test]
fn articles_without_a_date_are_said_to_come_last() {
    for sort in ["newest", "oldest"] {
        let notes = |query: &str| {
            run(sample(), &["search", query, "--json", "--sort", sort]).json()["query"]["notes"].to_string()
        };
        assert!(notes("*").contains("without a date, so they come last: "), "{}", notes("*"));
        assert!(!notes("has:published").contains("come last"));
    }
    assert!(!run(sample(), &["search", "*", "--json"]).json()["query"]["notes"].to_string().contains("come last"));
}

#[test]
fn a_korean_word_is_found_with_its_particles() {
    let texts =
        ["대표단은 협정에 서명했다고 말했다.", "두 나라의 협정은 아직 없다고 한다.", "협정", "협상단이 돌아왔다."];
    let files: Vec<(String, &str)> = (0..).map(|n: u32| format!("{n}.txt")).zip(texts).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), *text)).collect();
    let stage = Stage::with(&files);
    stage.write("morgue.toml", "[archive]\nlanguage = \"ko\"\n");
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    for (query, expected) in
        [("협정", 3), ("협정에서는", 3), ("=협정", 1), ("=협정에", 1), ("\"협정에 서명했다고\"", 1), ("협상단", 1)]
    {
        let ran = run(stage.folder(), &["count", "-q", query]);
        assert_eq!(ran.out.trim(), expected.to_string(), "{query}: {ran:?}");
    }
}
