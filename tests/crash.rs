//! The program killed in the middle of its work: the last good index answers, and the next run makes up for it.
//!
//! Only for systems with signals. It never looks at how the index is kept.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a process that cannot be run is a red test")]

use std::{
    fs,
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use stage::{Stage, command, interruptible, place, portrait::portrait, run};

mod stage;

const QUERIES: [&str; 3] = ["", "envoy river", "\"envoy river\" OR verdict"];

fn start(folder: &Path, args: &[&str]) -> Child {
    command(folder, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn counted(folder: &Path) -> u64 {
    let ran = run(folder, &["count", "--json"]);
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(!ran.err.contains("anew") && !ran.err.contains("no index"), "{ran:?}");
    ran.json()["total"]["articles"].as_u64().unwrap()
}

fn assert_undisturbed(stage: &Stage) {
    let fresh = tempfile::tempdir().unwrap();
    let beside = place(stage.folder(), fresh.path());
    stage::refresh(&beside).unwrap();
    let (ours, theirs) = (portrait(&stage.place(), &QUERIES), portrait(&beside, &QUERIES));
    assert_eq!(ours.len(), theirs.len());
    for (key, answer) in &ours {
        assert!(theirs.get(key) == Some(answer), "“{key}” differs from an undisturbed run");
    }
}

#[test]
fn killed_runs_lose_nothing_committed() {
    let stage = Stage::new();
    stage::write_records(&stage.at("old.jsonl"), 0, 300);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    let mut committed = 300;
    let mut killed = 0;
    for round in 0..12u64 {
        let from = 300 + 150 * round as usize;
        stage::write_records(&stage.at(&format!("new{round}.jsonl")), from, from + 150);
        let args: &[&str] = if round % 4 == 3 { &["index", "--full"] } else { &["index"] };
        let began = Instant::now();
        let mut child = start(stage.folder(), args);
        // From the walk to the last merge: delays spread over the time that a run takes.
        std::thread::sleep(Duration::from_millis(5 + 37 * round % 270));
        child.kill().unwrap();
        let is_killed = child.wait().unwrap().code().is_none();
        killed += u64::from(is_killed);
        assert!(began.elapsed() < Duration::from_secs(20));
        let now = counted(stage.folder());
        let whole = (300 + 150 * (round + 1), committed);
        assert!(now == whole.0 || now == whole.1, "{now} articles after round {round}, neither {whole:?}");
        assert!(is_killed || now == whole.0);
        assert_eq!(run(stage.folder(), &["status"]).code, 0);
        assert_eq!(run(stage.folder(), &["search", "envoy", "-n", "3"]).code, 0);
        committed = now;
    }
    assert!(killed > 3, "only {killed} runs were caught at work");
    let ran = run(stage.folder(), &["index"]);
    assert_eq!((ran.code, counted(stage.folder())), (0, 2100), "{ran:?}");
    assert_undisturbed(&stage);
    assert_eq!(fs::read_dir(stage.at(".morgue")).unwrap().count(), 3, "current, lock, and one index");
}

#[test]
fn a_killed_first_run_leaves_no_index() {
    let stage = Stage::new();
    stage::write_records(&stage.at("many.jsonl"), 0, 2000);
    let mut child = start(stage.folder(), &["index"]);
    std::thread::sleep(Duration::from_millis(60));
    child.kill().unwrap();
    assert!(child.wait().unwrap().code().is_none(), "the run was over too soon to be killed");
    let ran = run(stage.folder(), &["search", "envoy"]);
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.err.contains("has no index"), "{ran:?}");
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    assert_eq!(counted(stage.folder()), 2000);
}

#[test]
fn an_interrupt_ends_with_130_and_the_old_index() {
    let stage = Stage::new();
    stage::write_records(&stage.at("old.jsonl"), 0, 50);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    stage::write_records(&stage.at("many.jsonl"), 50, 6000);
    let mut listening = interruptible(stage.folder(), &["index"]);
    let child = listening.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(150));
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains("interrupted; the index is as it was before"), "{err}");
    assert_eq!(counted(stage.folder()), 50);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    assert_eq!(counted(stage.folder()), 6000);
}

/// Searches while the index is built anew again and again: each answers, from the old one or the new one.
#[test]
fn searches_go_on_while_the_index_changes() {
    let stage = Stage::new();
    stage::write_records(&stage.at("old.jsonl"), 0, 60);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for i in 0..6 {
                let args: &[&str] = if i % 2 == 0 { &["index", "--full"] } else { &["index"] };
                stage::write_records(&stage.at("new.jsonl"), 60, 70 + i);
                let ran = run(stage.folder(), args);
                assert_eq!(ran.code, 0, "{ran:?}");
            }
        });
        while !writer.is_finished() {
            assert!((60..=75).contains(&counted(stage.folder())));
            let listed = run(stage.folder(), &["problems", "-q"]);
            assert_eq!(listed.code, 0, "{listed:?}");
        }
    });
    assert_eq!(counted(stage.folder()), 75);
}

/// The superuser may remove everything: then nothing fails here.
#[test]
fn the_new_index_answers_where_the_old_one_cannot_be_removed() {
    use std::os::unix::fs::PermissionsExt;
    let stage = Stage::with(&[("a.txt", "Envoy\n\nThe envoy came.")]);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    let old = stage.current();
    let shut = |mode| fs::set_permissions(&old, fs::Permissions::from_mode(mode)).unwrap();
    stage.write("b.txt", "River\n\nThe envoy left.");
    shut(0o555);
    let ran = run(stage.folder(), &["index", "--full"]);
    let is_told = ran.code == 4 && ran.err.contains("an old index cannot be removed");
    assert!(is_told || !old.exists(), "{ran:?}");
    assert_eq!(counted(stage.folder()), 2);
    if old.exists() {
        shut(0o755);
    }
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    assert!(!old.exists(), "what could not be removed then");
    assert_eq!(counted(stage.folder()), 2);
}
