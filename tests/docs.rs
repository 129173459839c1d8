//! Every command in the documents is run on a copy of the sample corpus, and what it prints must be what stands there.
//!
//! `MORGUE_BLESS=1 cargo test --test docs` writes the outputs anew; read the difference before you keep it. Durations,
//! sizes and moments are not compared. A line `...` stands for any lines. Nothing is skipped: a block that is neither
//! run nor read by another test makes this one fail. It never runs cargo.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a document that cannot be read is a failure")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::Command,
    time::{Duration, SystemTime},
};

use morgue::settings::Settings;

/// Lines of `sh` blocks that build or test the program itself: they cannot run inside a test, but must be one of these.
const OF_CARGO: [&str; 16] = [
    "cargo bench --bench html",
    "cargo bench --bench query",
    "cargo test",
    "cargo install --path .",
    "cargo bench --bench text",
    "cargo bench --bench index",
    "cargo bench --bench extract",
    "cargo bench --bench process",
    "cargo bench --bench facets",
    "cargo bench --bench exports",
    "mkdir -p fuzz/corpus/query && MORGUE_TARGET=query cargo +nightly fuzz run morgue fuzz/corpus/query fuzz/seeds/query",
    "MORGUE_BLESS=1 cargo test --test schema --test schema_article",
    "MORGUE_BLESS=1 cargo test --lib reference",
    "MORGUE_BLESS=1 cargo test --test docs",
    "TRYCMD=overwrite cargo test --test cli",
    "INSTA_UPDATE=always cargo test --test clippings",
];

/// The document whose unmarked blocks are queries; `ask::help` reads each of them.
const QUERIES: &str = "docs/query.md";

#[test]
fn what_the_documents_show_is_what_happens() {
    let mut wrong = Vec::new();
    for name in documents() {
        let text = fs::read_to_string(root().join(&name)).unwrap();
        let run = run(&name, &text, &mut wrong);
        if std::env::var_os("MORGUE_BLESS").is_some() {
            fs::write(root().join(&name), run).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_command_and_flag_named_exists() {
    let reference = fs::read_to_string(root().join("docs/cli.md")).unwrap();
    let commands: BTreeSet<&str> = reference.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    assert!(commands.contains("search") && commands.len() > 12, "{commands:?}");
    let topics = fs::read_dir(root().join("src/cli/topics")).unwrap().map(|entry| entry.unwrap().path());
    let texts = topics.chain(documents().into_iter().map(|name| root().join(name)));
    let mut wrong = Vec::new();
    for path in texts {
        let text = fs::read_to_string(&path).unwrap();
        let is_marked = path.extension().is_some_and(|ending| ending == "md");
        for said in said(&if is_marked { code(&text) } else { text }) {
            let is_command = said.command.as_deref().is_none_or(|command| commands.contains(command));
            let unknown = said.flags.iter().find(|flag| !reference.contains(&format!("`{flag}`")));
            if !is_command || unknown.is_some() {
                wrong.push(format!("{}: {:?} {unknown:?}", path.display(), said.command));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn every_query_in_a_table_is_read() {
    let text = fs::read_to_string(root().join("README.md")).unwrap();
    let (_, table) = text.split_once("| query | finds articles |").unwrap();
    let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
    let first_cell = |row: &str| row.split('|').nth(1).unwrap_or_default().to_owned();
    let queries: Vec<String> = rows
        .flat_map(|row| first_cell(row).split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>())
        .collect();
    assert!(queries.len() > 15, "{queries:?}");
    for query in queries {
        assert!(morgue::ask::parse(&query).is_ok_and(|parsed| parsed.notes.is_empty()), "{query}");
    }
}

#[test]
fn every_file_named_exists() {
    let folders = ["src/", "docs/", "tests/", "schema/", "benches/", "fuzz/"];
    let mut wrong = Vec::new();
    for name in documents() {
        let text = fs::read_to_string(root().join(&name)).unwrap();
        let here = Path::new(&name).parent().unwrap();
        let code = code(&text);
        let paths = code.lines().filter(|path| folders.iter().any(|folder| path.starts_with(folder)));
        let links = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let links = links.filter(|link| !link.starts_with("http")).map(|link| here.join(link));
        let missing = paths.map(PathBuf::from).chain(links).filter(|path| !root().join(path).exists());
        wrong.extend(missing.map(|path| format!("{name}: {}", path.display())));
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Markdown files of the project's root and of `docs/`, relative to the root.
fn documents() -> Vec<String> {
    let mut names = Vec::new();
    for folder in ["", "docs/"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") {
                names.push(format!("{folder}{name}"));
            }
        }
    }
    names.sort();
    assert!(names.iter().any(|name| name == "README.md"), "{names:?}");
    names
}

/// Runs the blocks of one document in order, in one folder; gives the document with its outputs as they are today.
fn run(name: &str, text: &str, wrong: &mut Vec<String>) -> String {
    let stage = Stage::new();
    let mut written = String::new();
    let mut lines = text.lines().enumerate().peekable();
    while let Some((at, line)) = lines.next() {
        written.extend([line, "\n"]);
        let Some(kind) = line.trim_start().strip_prefix("```") else { continue };
        let mut block = Vec::new();
        let end = loop {
            match lines.next() {
                Some((_, line)) if line.trim_start() == "```" => break line,
                Some((_, line)) => block.push(line),
                None => panic!("{name}:{}: the block has no end", at + 1),
            }
        };
        let place = format!("{name}:{}", at + 1);
        match kind {
            "console" => block_of_console(&stage, &place, &block, (&mut written, wrong)),
            "sh" => block.iter().for_each(|line| must_succeed(&stage, &place, line, wrong)),
            "toml" => {
                let notes = Settings::parse(&block.join("\n")).map(|(_, notes)| notes);
                if !notes.as_ref().is_ok_and(Vec::is_empty) {
                    wrong.push(format!("{place}: {notes:?}"));
                }
            }
            "text" => {}
            "" if name == QUERIES => {}
            other => wrong.push(format!("{place}: nobody runs a block of “{other}”")),
        }
        if kind != "console" {
            block.iter().for_each(|line| written.extend([line, "\n"]));
        }
        written.extend([end, "\n"]);
    }
    written
}

/// Runs each `$ ` line of a block and compares what follows it.
fn block_of_console(stage: &Stage, place: &str, block: &[&str], result: (&mut String, &mut Vec<String>)) {
    let (written, wrong) = result;
    let starts: Vec<usize> = (0..block.len()).filter(|i| block[*i].starts_with("$ ")).collect();
    if starts.first() != Some(&0) {
        wrong.push(format!("{place}: the block does not begin with a command"));
    }
    for (i, start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).copied().unwrap_or(block.len());
        let (line, expected) = (block[*start], &block[start + 1..end]);
        let (found, is_good) = stage.run(&line[2..]);
        let found: Vec<&str> = found.lines().map(str::trim_end).collect();
        let is_same = fits(expected, &found);
        if !is_good {
            wrong.push(format!("{place}: {line}: failed; show the exit code: …; echo $?\n{}", found.join("\n")));
        } else if !is_same && (std::env::var_os("MORGUE_BLESS").is_none() || expected.contains(&"...")) {
            wrong.push(format!("{place}: {line}\n  found:\n{}", found.join("\n")));
        }
        let kept = if is_same || expected.contains(&"...") { expected } else { &found };
        [line].iter().chain(kept).for_each(|line| written.extend([line, "\n"]));
    }
}

fn must_succeed(stage: &Stage, place: &str, line: &str, wrong: &mut Vec<String>) {
    let command = line.split(" #").next().unwrap_or_default().trim();
    if command.is_empty() || OF_CARGO.contains(&command) {
        return;
    }
    let (found, is_good) = stage.run(command);
    if !is_good {
        wrong.push(format!("{place}: {command}: failed\n{found}"));
    }
}

/// Whether the found lines are the expected ones, `...` standing for any.
fn fits(expected: &[&str], found: &[&str]) -> bool {
    match (expected.split_first(), found.split_first()) {
        (None, None) => true,
        (Some((&"...", rest)), None) => fits(rest, found),
        (Some((&"...", rest)), Some((_, left))) => fits(rest, found) || fits(expected, left),
        (Some((line, rest)), Some((other, left))) => plain(line) == plain(other) && fits(rest, left),
        _ => false,
    }
}

/// A line without what differs from run to run, and with single blanks.
fn plain(line: &str) -> String {
    let is_number = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    let mut words: Vec<&str> = Vec::new();
    for word in line.split_whitespace() {
        let unit = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_measure = ["ms", "s", "B", "kB", "MB"].contains(&unit);
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        let is_moment = bare.len() == 20 && bare.contains('T') && bare.ends_with('Z') && is_number(bare);
        match words.last_mut() {
            Some(number) if is_measure && is_number(number) => *number = "MEASURE",
            _ => words.push(if is_moment { "MOMENT" } else { word }),
        }
    }
    words.join(" ")
}

/// A home folder with a copy of the corpus, once as `sample-corpus`, once as somebody's own `clippings`.
struct Stage {
    home: tempfile::TempDir,
}

impl Stage {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        for name in ["sample-corpus", "clippings"] {
            copy(&root().join("sample-corpus"), &home.path().join(name));
        }
        Self { home }
    }

    /// Runs a line in a shell; gives all that it printed, and whether it ended well.
    fn run(&self, line: &str) -> (String, bool) {
        let line = line.replace("cargo run --release --", "morgue");
        let program = Path::new(env!("CARGO_BIN_EXE_morgue"));
        let mut path = vec![program.parent().unwrap().to_owned()];
        path.extend(std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()));
        let home = self.home.path().canonicalize().unwrap();
        let output = Command::new("sh")
            .args(["-c", &format!("{{ {line}\n}} 2>&1")])
            .env_clear()
            .envs([("COLUMNS", "80"), ("NO_COLOR", "1"), ("LC_ALL", "C.UTF-8"), ("HOME", home.to_str().unwrap())])
            .env("PATH", std::env::join_paths(path).unwrap())
            .current_dir(&home)
            .output()
            .unwrap();
        let printed = String::from_utf8(output.stdout).unwrap().replace(home.to_str().unwrap(), "~");
        (printed, output.status.success())
    }
}

/// Copies a folder's files with an old time, so that a second run finds them unchanged; indexes stay behind.
fn copy(from: &Path, to: &PathBuf) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_name() == ".morgue" {
            continue;
        } else if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), &target).unwrap();
            let file = fs::File::options().write(true).open(&target).unwrap();
            file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
        }
    }
}

/// What a text says of the program: a command, or flags in code.
#[derive(Debug, Default)]
struct Said {
    command: Option<String>,
    flags: Vec<String>,
}

/// The blocks of a document but for diagrams, and what stands between backticks in its text, a line each.
fn code(text: &str) -> String {
    let mut found = String::new();
    let mut open: Option<&str> = None;
    for line in text.lines() {
        match (line.trim_start().strip_prefix("```"), open) {
            (Some(kind), None) => open = Some(kind),
            (Some(_), Some(_)) => open = None,
            (None, Some("text")) => {}
            (None, Some(_)) => found.extend([line, "\n"]),
            (None, None) => line.split('`').skip(1).step_by(2).for_each(|code| found.extend([code, "\n"])),
        }
    }
    found
}

fn said(text: &str) -> Vec<Said> {
    let begins = |at: usize| !text[..at].ends_with(|c: char| c.is_alphanumeric() || "/_-.".contains(c));
    let calls = text.match_indices("morgue ").filter(|(at, _)| begins(*at)).map(|(at, call)| {
        let line = text[at + call.len()..].lines().next().unwrap_or_default();
        one_call(line.split(['`', '|', ';']).next().unwrap_or_default())
    });
    let flags = text.lines().filter(|line| line.starts_with("--") && *line != "---").map(one_call);
    let flags = flags.map(|said| Said { command: None, ..said });
    calls.chain(flags).filter(|said| said.flags != ["--help"] && said.flags != ["--version"]).collect()
}

fn one_call(line: &str) -> Said {
    let mut words = line.split_whitespace();
    let mut said = Said::default();
    while let Some(word) = words.next() {
        match word {
            "-A" | "--archive" | "--index" if said.command.is_none() => drop(words.next()),
            "--" => break,
            flag if flag.starts_with("--") => {
                said.flags.push(flag.split(['=', ')', ',', '.']).next().unwrap_or_default().to_owned());
            }
            name if said.command.is_none() => {
                let is_name = name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-');
                said.command = is_name.then(|| name.to_owned());
                if !is_name {
                    break;
                }
            }
            _ => {}
        }
    }
    said
}

#[test]
fn only_what_differs_by_nature_is_left_out() {
    assert_eq!(plain("15 articles · 4 ms   sorted"), plain("15 articles · 12.5 ms sorted"));
    assert_ne!(plain("15 articles · 4 ms"), plain("16 articles · 4 ms"));
    assert_eq!(plain("at \"2025-03-14T10:00:00Z\","), plain("at \"2026-03-14T10:00:01Z\","));
    assert_ne!(plain("on 2025-03-14"), plain("on 2025-03-15"));
    assert!(fits(&["a", "...", "z"], &["a", "b", "c", "z"]) && fits(&["...", "z"], &["z"]));
    assert!(!fits(&["a", "..."], &["b"]) && !fits(&["a"], &["a", "b"]) && !fits(&["...", "z"], &["a"]));
}
