//! Index runs through the library: what a run leaves is what a fresh index of the same folder would say.
//!
//! `MORGUE_CASES=500 cargo test --test runs` tries more random archives. It never runs the program.

#![allow(clippy::unwrap_used, reason = "a run that fails is a red test")]

use std::{collections::BTreeSet, fs, sync::atomic::AtomicBool};

use edit::{apply, edit};
use morgue::{
    archive::{Archive, Place, RefreshOptions, Summary},
    error::ErrorKind,
    hit::ArticleView,
    settings::Reach,
};
use proptest::prelude::*;
use stage::{Stage, Unseen, files_below, place, portrait::portrait, refresh};

#[path = "runs/edit.rs"]
mod edit;
mod stage;

const QUERIES: [&str; 6] =
    ["", "envoy", "\"river flood\"", "flood -envoy", "person:\"Ada Brook\"", "title:river OR cease-fire"];

fn cases() -> u32 {
    std::env::var("MORGUE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), max_shrink_iters: 200, failure_persistence: None, ..Default::default() })]
    #[test]
    fn small_steps_lead_where_one_leads(
        first in prop::collection::vec(edit(), 4..9),
        later in prop::collection::vec(prop::collection::vec(edit(), 1..4), 1..5),
    ) {
        let stage = Stage::new();
        for edits in std::iter::once(&first).chain(&later) {
            edits.iter().for_each(|edit| apply(&stage, edit));
            stage.refresh().unwrap();
        }
        let fresh = tempfile::tempdir().unwrap();
        let beside = place(stage.folder(), fresh.path());
        refresh(&beside).unwrap();
        let (ours, theirs) = (portrait(&stage.place(), &QUERIES), portrait(&beside, &QUERIES));
        for key in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
            prop_assert_eq!(ours.get(key), theirs.get(key), "{}", key);
        }
    }
}

/// Three files: prose, records with a fault, a format that is not read.
fn small() -> Stage {
    let records = "{\"id\":\"x\",\"title\":\"River\",\"body\":\"The flood came.\"}\n{\"id\":\"y\",\"title\":\"cut\n";
    Stage::with(&[("a.txt", "Envoy\n\nThe envoy spoke."), ("r.jsonl", records), ("scan.pdf", "%PDF-1.4")])
}

fn found(place: &Place, query: &str) -> Vec<String> {
    let archive = Archive::open(place).unwrap();
    let plan = archive.plan(&stage::portrait::request(query)).unwrap();
    let list = archive.search(&plan, &morgue::plan::Page::default(), &[]).unwrap();
    list.hits.into_iter().map(|hit| hit.id).collect()
}

#[test]
fn an_unchanged_run_changes_nothing() {
    let stage = small();
    stage.refresh().unwrap();
    let files = files_below(&stage.at(".morgue"));
    let again = stage.refresh().unwrap();
    assert_eq!((stage.generation(), files_below(&stage.at(".morgue"))), (1, files));
    assert_eq!((again.read, again.unchanged, again.removed, again.articles), (0, 3, 0, 2));
    assert_eq!(again.problems.len(), 2);
}

/// Articles enough for a dictionary, in several files; each says what distinguishes it.
fn many(stage: &Stage, version: &str, files: std::ops::Range<usize>) {
    for file in files {
        let record = |number: usize| {
            let sentence =
                |at: usize| format!("On day {} the board of ward {} met for {version}. ", (number * at) % 97, at);
            let body: String = (0..40).map(sentence).collect();
            format!("{{\"id\":\"{file}-{number}\",\"title\":\"Flood {number}\",\"body\":\"{body}\"}}\n")
        };
        stage.write(&format!("{file}.jsonl"), (0..60).map(record).collect::<String>());
    }
}

#[test]
fn articles_come_back_whatever_they_were_packed_with() {
    let stage = Stage::new();
    many(&stage, "sewers", 0..1);
    stage.refresh().unwrap();
    assert!(!stage.current().join("dictionary").exists(), "so few need none");
    many(&stage, "roads", 1..9);
    stage.refresh().unwrap();
    assert!(stage.current().join("dictionary").is_file());
    many(&stage, "bridges", 2..3);
    stage.refresh().unwrap();
    let archive = Archive::open(&stage.place()).unwrap();
    for (id, subject) in [("0-7", "sewers"), ("1-59", "roads"), ("2-0", "bridges"), ("8-50", "roads")] {
        let article = archive.article(id).unwrap().unwrap();
        assert_eq!(article.text.matches(&format!("met for {subject}.")).count(), 40, "{id}");
    }
    assert_eq!(found(&stage.place(), "bridges -sewers").len(), 60);
    assert_eq!(found(&stage.place(), "ward").len(), 540);
}

#[test]
fn a_touched_file_is_not_read_as_new() {
    let stage = small();
    stage.refresh().unwrap();
    stage.age("a.txt");
    stage.write_now("r.jsonl", fs::read(stage.at("r.jsonl")).unwrap());
    for _ in 0..2 {
        let summary = stage.refresh().unwrap();
        assert_eq!((summary.read, stage.generation()), (0, 1));
    }
    assert_eq!(found(&stage.place(), "envoy"), ["a.txt"]);
}

#[test]
fn a_removed_file_disappears() {
    let stage = small();
    stage.refresh().unwrap();
    fs::remove_file(stage.at("a.txt")).unwrap();
    fs::remove_file(stage.at("scan.pdf")).unwrap();
    let summary = stage.refresh().unwrap();
    assert_eq!((summary.removed, summary.articles, summary.problems.len()), (2, 1, 1));
    assert_eq!((found(&stage.place(), "envoy"), stage.generation()), (vec![], 2));
}

#[test]
fn a_folder_that_only_looked_changed_is_not_stale_for_ever() {
    let stage = small();
    stage.refresh().unwrap();
    stage.write("note.tmp", "x");
    fs::remove_file(stage.at("note.tmp")).unwrap();
    assert!(Archive::open(&stage.place()).unwrap().is_stale());
    stage.refresh().unwrap();
    assert!(!Archive::open(&stage.place()).unwrap().is_stale());
    assert_eq!(stage.generation(), 1);
}

#[test]
fn a_sidecar_of_another_name_is_another_sidecar() {
    let stage = small();
    stage.write("a.yaml", "{\"source\": \"Courier\"}");
    stage.refresh().unwrap();
    fs::rename(stage.at("a.yaml"), stage.at("a.toml")).unwrap();
    let problems = stage.refresh().unwrap().problems;
    assert!(problems.iter().any(|problem| problem.kind == "sidecar"), "{problems:?}");
}

#[test]
fn settings_that_decide_what_is_read_force_a_reading() {
    let stage = small();
    stage.refresh().unwrap();
    let mut place = stage.place();
    place.settings.fields.insert("source".to_owned(), vec!["paper_name".to_owned()]);
    assert!(Archive::open(&place).unwrap().is_stale());
    let summary = refresh(&place).unwrap();
    assert_eq!(summary.rebuilt.as_deref(), Some("the settings or the rules of extraction changed"));
    assert_eq!((summary.read, stage.generation()), (3, 2));
}

#[test]
fn a_run_at_fields_alone_is_another_index_and_not_stale() {
    let stage = Stage::with(&[("a.txt", "Flood\n\nThe special envoy Nora Vell met Tarkov, a spokesman. Vell left.")]);
    let mut fields = stage.place();
    fields.settings.extract.reach = Reach::Fields;
    let people = |place: &Place| Archive::open(place).unwrap().article("a.txt").unwrap().unwrap().people;
    refresh(&fields).unwrap();
    assert_eq!(people(&fields), Vec::<String>::new());
    assert!(!Archive::open(&stage.place()).unwrap().is_stale());
    let again = stage.refresh().unwrap();
    assert_eq!(again.rebuilt.as_deref(), Some("the settings or the rules of extraction changed"));
    assert_eq!(people(&fields), ["Nora Vell", "Tarkov (unresolved)"]);
}

#[test]
fn names_found_do_not_depend_on_runs_or_threads() {
    let text = |at: usize| {
        format!(
            "Flood {at}\n\nThe envoy Nora Vell met Paul Tarkov of the Ministry of Defence. Vell left; the envoy slept."
        )
    };
    let files: Vec<(String, String)> = (0..12).map(|at| (format!("{at}.txt"), text(at))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let articles = |threads| {
        let stage = Stage::with(&files);
        let options = RefreshOptions { threads: Some(threads), ..RefreshOptions::default() };
        Archive::refresh(&stage.place(), &options, &Unseen, &AtomicBool::new(false)).unwrap();
        let archive = Archive::open(&stage.place()).unwrap();
        let shown = files.iter().map(|(path, _)| ArticleView::from(&archive.article(path).unwrap().unwrap()));
        serde_json::to_string(&shown.collect::<Vec<_>>()).unwrap()
    };
    let one = articles(1);
    assert!(one.contains("\"rule\":\"role\""));
    assert_eq!(one, articles(1));
    assert_eq!(one, articles(2));
}

#[test]
fn a_damaged_index_is_told_and_built_anew() {
    let payload = |stage: &Stage| stage.current().join("meta.json");
    let with_ending = |stage: &Stage, ending: &str| {
        let mut files = fs::read_dir(stage.current()).unwrap().map(|entry| entry.unwrap().path());
        files.find(|file| file.to_string_lossy().ends_with(ending)).unwrap()
    };
    let cut = |file: std::path::PathBuf| {
        let half = fs::metadata(&file).unwrap().len() / 2;
        fs::File::options().write(true).open(file).unwrap().set_len(half).unwrap();
    };
    check_damage("of version 77", |stage| {
        let text = fs::read_to_string(payload(stage)).unwrap();
        let other = text.replace("\\\"version\\\":6", "\\\"version\\\":77");
        assert_ne!(text, other);
        fs::write(payload(stage), other).unwrap();
    });
    check_damage("other rules for words", |stage| {
        let text = fs::read_to_string(payload(stage)).unwrap();
        let other = text.replace("\\\"analyzer\\\":\\\"", "\\\"analyzer\\\":\\\"old ");
        assert_ne!(text, other);
        fs::write(payload(stage), other).unwrap();
    });
    check_damage("", |stage| fs::write(payload(stage), "{}").unwrap());
    check_damage("", |stage| fs::remove_file(payload(stage)).unwrap());
    check_damage("", |stage| fs::write(stage.at(".morgue/current"), "../elsewhere").unwrap());
    check_damage("", |stage| fs::write(stage.at(".morgue/current"), b"\xff\xfe\0").unwrap());
    check_damage("", |stage| fs::write(stage.at(".morgue/current"), "").unwrap());
    check_damage("", |stage| fs::remove_dir_all(stage.current()).unwrap());
    check_damage("list of files", |stage| fs::remove_file(with_ending(stage, ".zst")).unwrap());
    for ending in [".store", ".term", ".idx", ".pos", ".fast", ".fieldnorm"] {
        check_damage("", |stage| fs::remove_file(with_ending(stage, ending)).unwrap());
        check_damage("", |stage| cut(with_ending(stage, ending)));
    }
}

/// Spoils an index; opening says so, `says` included, and the next run builds it anew, says so and answers.
fn check_damage(says: &str, spoil: impl Fn(&Stage)) {
    let stage = small();
    stage.refresh().unwrap();
    spoil(&stage);
    let error = Archive::open(&stage.place()).err().unwrap_or_else(|| panic!("“{says}” was opened"));
    assert_eq!(error.kind(), ErrorKind::Damaged, "{error}");
    assert!(error.to_string().contains(says) && error.way_out().is_some(), "{error}");
    let summary = stage.refresh().unwrap();
    assert!(summary.rebuilt.is_some_and(|why| why.contains(says)));
    assert_eq!((found(&stage.place(), "envoy"), summary.articles), (vec!["a.txt".to_owned()], 2));
    assert_eq!(fs::read_dir(stage.at(".morgue")).unwrap().count(), 3, "current, lock, and one index");
}

#[test]
fn a_damaged_list_of_files_is_told_by_those_who_read_it() {
    let stage = small();
    stage.refresh().unwrap();
    fs::write(stage.current().join("files-00000001.jsonl.zst"), "{}\nnot a line\n").unwrap();
    let archive = Archive::open(&stage.place()).unwrap();
    assert_eq!(archive.problems().unwrap_err().kind(), ErrorKind::Damaged);
    assert!(stage.refresh().unwrap().rebuilt.is_some());
    assert_eq!(Archive::open(&stage.place()).unwrap().problems().unwrap().problems.len(), 2);
}

#[test]
fn a_missing_index_is_no_damage() {
    let stage = small();
    assert_eq!(Archive::open(&stage.place()).err().unwrap().kind(), ErrorKind::NoIndex);
    let options = RefreshOptions { dry_run: true, ..RefreshOptions::default() };
    let summary = Archive::refresh(&stage.place(), &options, &Unseen, &AtomicBool::new(false)).unwrap();
    assert_eq!((summary.read, stage.at(".morgue").exists()), (3, false));
}

#[test]
fn a_second_writer_is_turned_away_at_once() {
    struct Second<'a>(&'a Place, std::sync::Mutex<Vec<ErrorKind>>);
    impl morgue::archive::Progress for Second<'_> {
        fn total(&self, _: u64) {}
        fn done(&self) {
            self.1.lock().unwrap().push(refresh(self.0).unwrap_err().kind());
        }
        fn writing(&self) {
            self.done();
        }
    }
    let stage = small();
    let place = stage.place();
    let second = Second(&place, std::sync::Mutex::default());
    Archive::refresh(&place, &RefreshOptions::default(), &second, &AtomicBool::new(false)).unwrap();
    assert_eq!(*second.1.lock().unwrap(), [ErrorKind::Locked; 4], "three files and the writing");
    assert_eq!(stage.refresh().unwrap().rebuilt, None);
}

#[test]
fn during_the_first_run_nothing_can_be_searched() {
    let stage = small();
    let way_out = || {
        fs::create_dir_all(stage.at(".morgue")).unwrap();
        let lock = fs::File::create(stage.at(".morgue/lock")).unwrap();
        lock.lock().unwrap();
        refresh(&stage.place()).unwrap_err().way_out().unwrap().to_owned()
    };
    assert_eq!(way_out(), "wait until it is done: it is the first run, and when it has ended it can be searched");
    stage.refresh().unwrap();
    assert_eq!(way_out(), "wait until it is done; searching works meanwhile");
}

#[test]
fn a_stopped_run_leaves_the_index_as_it_was() {
    let stage = small();
    let stopped = |options: &RefreshOptions| -> ErrorKind {
        Archive::refresh(&stage.place(), options, &Unseen, &AtomicBool::new(true)).unwrap_err().kind()
    };
    let kept = || {
        let inside = fs::read_dir(stage.at(".morgue")).unwrap().map(|entry| entry.unwrap().file_name());
        inside.filter(|name| name.to_string_lossy().starts_with("index-")).count()
    };
    // As a run that was killed leaves it.
    fs::create_dir_all(stage.at(".morgue/index-0123456789abcdef")).unwrap();
    assert_eq!((stopped(&RefreshOptions::default()), kept()), (ErrorKind::Interrupted, 0));
    assert_eq!(Archive::open(&stage.place()).err().unwrap().kind(), ErrorKind::NoIndex);
    stage.refresh().unwrap();
    let full = RefreshOptions { full: true, ..RefreshOptions::default() };
    assert_eq!((stopped(&full), kept()), (ErrorKind::Interrupted, 1));
    stage.write("b.txt", "Envoy\n\nAnother envoy.");
    assert_eq!(stopped(&RefreshOptions::default()), ErrorKind::Interrupted);
    assert_eq!(found(&stage.place(), "envoy"), ["a.txt"]);
    let summary: Summary = stage.refresh().unwrap();
    assert_eq!((summary.read, summary.articles), (1, 3));
    assert_eq!(fs::read_dir(stage.at(".morgue")).unwrap().count(), 3, "nothing of the stopped runs is left");
}

#[test]
fn an_index_that_cannot_be_written_is_told() {
    let stage = small();
    stage.write("taken", "a file");
    let beside = place(stage.folder(), &stage.at("taken"));
    assert_eq!(refresh(&beside).unwrap_err().kind(), ErrorKind::Io);
    assert_eq!(Archive::open(&beside).err().unwrap().kind(), ErrorKind::NoIndex);
}

/// Somebody else may search what one has indexed.
#[cfg(unix)]
fn assert_readable_by_others(stage: &Stage) {
    use std::os::unix::fs::PermissionsExt;
    for (path, _) in files_below(&stage.at(".morgue")).iter().filter(|(path, _)| !path.ends_with("lock")) {
        let mode = fs::metadata(stage.at(".morgue").join(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o444, 0o444, "{path}");
    }
}

/// The engine would make its lock file anew, and open it for writing, only to read.
#[cfg(unix)]
#[test]
fn reading_writes_nothing() {
    let stage = small();
    stage.refresh().unwrap();
    let lock = stage.current().join(".tantivy-meta.lock");
    fs::remove_file(&lock).unwrap();
    let traces = || {
        let folders = [stage.folder().to_owned(), stage.at(".morgue"), stage.current()];
        let below = files_below(stage.folder()).into_iter().map(|(path, _)| stage.at(&path));
        let changed = |path: std::path::PathBuf| (fs::metadata(&path).unwrap().modified().unwrap(), path);
        below.chain(folders).map(changed).collect::<Vec<_>>()
    };
    let before = traces();
    let answers = portrait(&stage.place(), &QUERIES);
    assert_eq!(traces(), before);
    // A folder is something that not even an administrator can open for writing.
    fs::create_dir(&lock).unwrap();
    assert_eq!(portrait(&stage.place(), &QUERIES), answers);
}

#[test]
fn many_small_runs_stay_small() {
    let stage = small();
    stage.refresh().unwrap();
    for run in 0..14 {
        stage.write(&format!("n{}.txt", run % 9), format!("Number {run}\n\nThe envoy crossed river {run}."));
        stage.refresh().unwrap();
        let files = files_below(&stage.at(".morgue"));
        let segments = files.iter().filter(|(path, _)| path.ends_with(".store")).count();
        assert!(segments <= 8, "{segments} segments after {run} runs");
        assert!(files.len() <= 8 * 7 + 8, "{files:#?}");
        assert_eq!(files.iter().filter(|(path, _)| path.contains("/files-")).count(), 1);
        #[cfg(unix)]
        assert_readable_by_others(&stage);
    }
    let fresh = tempfile::tempdir().unwrap();
    refresh(&place(stage.folder(), fresh.path())).unwrap();
    let sum = |folder| files_below(folder).iter().map(|(_, bytes)| bytes).sum::<u64>();
    let (ours, theirs) = (sum(&stage.at(".morgue")), sum(fresh.path()));
    // Every segment of a handful of articles carries its own dictionaries.
    assert!(ours < theirs * 9, "{ours} bytes, {theirs} in a fresh index");
}
