//! The rules of the house, kept by reading `src/` as text. It judges layout and imports, never behaviour.

#![allow(clippy::unwrap_used, reason = "a rule that cannot be read is broken")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Nouns, each of which may know only those before it.
const NOUNS: [&str; 15] = [
    "error",
    "text",
    "span",
    "date",
    "entity",
    "article",
    "field",
    "settings",
    "ledger",
    "authority",
    "listing",
    "marks",
    "query",
    "plan",
    "hit",
];
/// Verbs, which know nouns and never another verb.
const VERBS: [&str; 6] = ["read", "clean", "extract", "ask", "index", "render"];
/// Names that say nothing.
const EMPTY_NAMES: [&str; 6] = ["util", "utils", "helper", "helpers", "manager", "misc"];

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;

/// A source file: its path below `src/`, its room, its text without tests.
struct Source {
    path: String,
    room: String,
    text: String,
    whole: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut open = vec![root.clone()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                found.push(source(&root, path));
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(found.len() > 20, "only {} files found", found.len());
    found
}

fn source(root: &Path, path: PathBuf) -> Source {
    let whole = fs::read_to_string(&path).unwrap();
    let path = path.strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
    let room = path.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
    let is_test = path.ends_with("/tests.rs") || path.contains("/tests/");
    let text = if is_test { String::new() } else { without_tests(&whole) };
    Source { path, room, text, whole }
}

/// The text up to the tests at its end; nothing of a file that is there for tests only.
fn without_tests(text: &str) -> String {
    if text.contains("exists for the tests only") {
        return String::new();
    }
    let end = text.find("#[cfg(test)]\nmod ").or_else(|| text.find("#[cfg(test)]\npub(super) mod tests"));
    text[..end.unwrap_or(text.len())].to_owned()
}

/// The lines that are neither blank nor a comment, with their numbers.
fn code(source: &Source) -> impl Iterator<Item = (usize, &str)> {
    source.text.lines().enumerate().map(|(i, line)| (i + 1, line)).filter(|(_, line)| {
        let line = line.trim_start();
        !line.is_empty() && !line.starts_with("//")
    })
}

/// Rooms of this crate that a file names, with the line.
fn rooms_named(source: &Source) -> Vec<(usize, String)> {
    let mut named = Vec::new();
    for (i, group) in imports(source) {
        for start in ["crate::", "morgue::"] {
            for (at, _) in group.match_indices(start) {
                if group[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == '$') {
                    continue;
                }
                named.extend(heads(&group[at + start.len()..]).into_iter().map(|room| (i, room)));
            }
        }
    }
    named
}

/// Code in pieces that end where a `;` or a line without an open brace list ends: a `use crate::{…};` stays whole.
fn imports(source: &Source) -> Vec<(usize, String)> {
    let mut pieces: Vec<(usize, String)> = Vec::new();
    let mut open: Option<(usize, String)> = None;
    for (i, line) in code(source) {
        let is_use = line.trim_start().trim_start_matches("pub ").starts_with("use ");
        match &mut open {
            Some((_, text)) => text.push_str(line.trim()),
            None if is_use => open = Some((i, line.trim().to_owned())),
            None => pieces.push((i, line.to_owned())),
        }
        if line.trim_end().ends_with(';') {
            pieces.extend(open.take());
        }
    }
    pieces
}

/// The first names of a path or of each path in a list: `a::b` → a, `{a::{b, c}, d}` → a, d.
fn heads(path: &str) -> Vec<String> {
    let head = |text: &str| -> String { text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect() };
    if !path.starts_with('{') {
        return vec![head(path)];
    }
    let mut depth = 0;
    let mut found = Vec::new();
    let mut is_start = false;
    for (i, c) in path.char_indices() {
        match c {
            '{' => {
                depth += 1;
                is_start = depth == 1;
            }
            '}' => depth -= 1,
            ',' if depth == 1 => is_start = true,
            c if is_start && !c.is_whitespace() => {
                found.push(head(&path[i..]));
                is_start = false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    found.retain(|name| !name.is_empty());
    found
}

fn assert_none(broken: Vec<String>) {
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn knowledge_runs_one_way() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.room != "lib" && source.room != "main") {
        let rank = NOUNS.iter().position(|noun| *noun == source.room);
        let is_verb = VERBS.contains(&source.room.as_str());
        for (line, named) in rooms_named(source) {
            let named_rank = NOUNS.iter().position(|noun| *noun == named);
            let is_allowed = named == source.room
                || match (rank, is_verb, source.room.as_str()) {
                    (Some(rank), ..) => named_rank.is_some_and(|named| named < rank),
                    (None, true, _) => named_rank.is_some(),
                    (None, _, "archive") => named_rank.is_some() || VERBS.contains(&named.as_str()),
                    (None, _, "cli") => named_rank.is_some() || named == "archive" || named == "render",
                    _ => false,
                };
            if !is_allowed {
                broken.push(format!("src/{}:{line}: {} must not know {named}", source.path, source.room));
            }
        }
    }
    assert_none(broken);
}

#[test]
fn every_room_is_known_to_this_test() {
    for source in sources() {
        let room = source.room.as_str();
        let is_known = NOUNS.contains(&room) || VERBS.contains(&room);
        assert!(is_known || ["lib", "main", "archive", "cli"].contains(&room), "what is src/{}?", source.path);
    }
}

#[test]
fn the_engine_is_named_in_one_room() {
    let is_elsewhere = |source: &&Source| source.room != "index";
    let names_it = |line: &str| line.contains("tantivy::") || line.contains("use tantivy");
    let broken = sources()
        .iter()
        .filter(is_elsewhere)
        .flat_map(|source| {
            code(source).filter(|(_, line)| names_it(line)).map(|(i, _)| format!("src/{}:{i}", source.path))
        })
        .collect();
    assert_none(broken);
}

#[test]
fn only_the_command_line_prints_and_reads_its_surroundings() {
    let forbidden = [
        "println!(",
        "eprintln!(",
        "print!(",
        "eprint!(",
        "dbg!(",
        "process::exit",
        "std::env",
        "env::var",
        "io::stdout",
        "io::stderr",
    ];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.room != "cli" && source.room != "main") {
        for (i, line) in code(source) {
            broken.extend(
                forbidden
                    .iter()
                    .filter(|word| line.contains(**word))
                    .map(|word| format!("src/{}:{i}: {word}", source.path)),
            );
        }
    }
    assert_none(broken);
}

#[test]
fn files_and_functions_are_short_and_say_what_they_are() {
    let mut broken = Vec::new();
    for source in sources() {
        let lines = source.whole.lines().count();
        if !source.whole.starts_with("//! ") {
            broken.push(format!("src/{}: does not begin with //!", source.path));
        }
        if lines > FILE_LINES {
            broken.push(format!("src/{}: {lines} lines", source.path));
        }
        for (line, length) in functions(&source.whole).into_iter().filter(|(_, length)| *length > FUNCTION_LINES) {
            broken.push(format!("src/{}:{line}: a function of {length} lines", source.path));
        }
    }
    assert_none(broken);
}

/// Where functions begin and how many lines they have; the closing brace stands below the `fn`, as rustfmt puts it.
fn functions(text: &str) -> Vec<(usize, usize)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut found = Vec::new();
    for (i, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        let indent = line.len() - bare.len();
        let is_function = bare.starts_with("fn ") || bare.starts_with("pub") && bare.contains(" fn ");
        if is_function && !line.trim_end().ends_with(['}', ';']) {
            open.push((indent, i));
        }
        if bare.starts_with('}')
            && let Some(at) = open.iter().rposition(|(open, _)| *open == indent)
        {
            let (_, start) = open.remove(at);
            found.push((start + 1, i - start + 1));
        }
    }
    found
}

#[test]
fn names_say_something() {
    let mut broken = Vec::new();
    for source in sources() {
        let stem = source.path.trim_end_matches(".rs").rsplit('/').next().unwrap().to_owned();
        if EMPTY_NAMES.contains(&stem.as_str()) || stem == "common" || stem == "mod" {
            broken.push(format!("src/{}: an empty name", source.path));
        }
        // Names that the traits of the page parser and of the engine impose.
        let imposed = ["fn get_document(", "fn get_template_contents(", "fn get_file_handle("];
        let is_imposed = |line: &str| imposed.iter().any(|f| line.contains(f));
        let has_get = |line: &str| line.contains("fn get_") && !is_imposed(line);
        broken.extend(
            code(&source).filter(|(_, line)| has_get(line)).map(|(i, _)| format!("src/{}:{i}: get_", source.path)),
        );
    }
    assert_none(broken);
}

/// Field names used as keys (looked up, compared, matched, typed as a query); as words for people they may stand anywhere.
#[test]
fn field_names_are_spelled_in_one_table() {
    let names = ["person", "place", "org", "mentioned"];
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| source.room != "field" && source.room != "read") {
        for (i, line) in code(source).filter(|(_, line)| !line.contains("serde")) {
            let keys = |name: &str| {
                [format!("\"{name}:"), format!("(\"{name}\")"), format!("== \"{name}\""), format!("\"{name}\" =>")]
            };
            let is_key = |name: &&&str| keys(name).iter().any(|key| line.contains(key));
            broken.extend(names.iter().filter(is_key).map(|name| format!("src/{}:{i}: {name}", source.path)));
        }
    }
    assert_none(broken);
}

#[test]
fn nothing_is_unsafe() {
    for source in sources() {
        assert!(code(&source).all(|(_, line)| !line.contains("unsafe ")), "src/{}", source.path);
    }
}

#[test]
fn every_command_and_topic_is_in_the_documents() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut documents = String::new();
    let mut open = vec![root.join("README.md"), root.join("docs")];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.exists() {
            documents.push_str(&fs::read_to_string(path).unwrap_or_default());
        }
    }
    assert!(!documents.is_empty(), "there is neither README.md nor docs/");
    let args = fs::read_to_string(root.join("src/cli/args.rs")).unwrap();
    let commands: Vec<String> = args
        .lines()
        .filter_map(|line| line.trim().strip_suffix("::Args),")?.split('(').next().map(str::to_lowercase))
        .collect();
    assert!(commands.len() > 10, "{commands:?}");
    for command in commands {
        assert!(
            documents.contains(&format!("morgue {command}")) || documents.contains(&format!("`{command}")),
            "{command}"
        );
    }
}

#[test]
fn the_reader_of_this_test_reads_rightly() {
    assert_eq!(heads("{a::{b, c}, d, e::f}; x"), ["a", "d", "e"]);
    assert_eq!(heads("plan::Plan;"), ["plan"]);
    let text = "fn a() {\n    x\n}\n\nimpl B {\n    fn c(\n        d: E,\n    ) -> F {\n        g\n    }\n}\n";
    assert_eq!(functions(text), [(1, 3), (6, 5)]);
    assert_eq!(functions("pub(super) fn a() {\n    x\n}\n// a fn b {\n"), [(1, 3)]);
    let source = Source {
        path: String::new(),
        room: "render".into(),
        text: "use crate::{\n    hit::Hit,\n    index::Index,\n};\nlet x = crate::ask::plan();\n// crate::read\n"
            .into(),
        whole: String::new(),
    };
    let named: BTreeMap<String, usize> = rooms_named(&source).into_iter().map(|(line, room)| (room, line)).collect();
    assert_eq!(named, [("ask".into(), 5), ("hit".into(), 1), ("index".into(), 1)].into());
}
