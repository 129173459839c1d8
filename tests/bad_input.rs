//! The program on bad input: what is typed, the exit code, what is said where.
//!
//! It never looks into the index; a sentence and the right code are all it asks for.

#![allow(clippy::unwrap_used, reason = "a stage that cannot be set is a red test")]

use std::{fs, path::Path};

use stage::{Ran, Stage, run, run_and_hang_up, sample};

mod stage;

/// Runs `args` (cut at blanks) in `folder`; `err` and `out` must hold the given words, an empty one means "nothing at all".
fn check(folder: &Path, args: &str, code: i32, says: (&str, &str)) -> Ran {
    let args: Vec<&str> = args.split(' ').collect();
    let ran = run(folder, &args);
    let holds = |text: &str, part: &str| if part.is_empty() { text.is_empty() } else { text.contains(part) };
    assert_eq!(ran.code, code, "{args:?}: {ran:?}");
    assert!(holds(&ran.err, says.0), "{args:?}: “{}” not in standard error: {ran:?}", says.0);
    assert!(holds(&ran.out, says.1), "{args:?}: “{}” not in standard output: {ran:?}", says.1);
    assert!(!ran.err.contains("panicked"), "{args:?}: {ran:?}");
    ran
}

#[test]
fn archives_that_are_none() {
    let stage = Stage::with(&[("a.txt", "Envoy\n\nThe envoy spoke.")]);
    let folder = stage.folder();
    check(folder, "index a.txt", 4, ("a.txt is a file, not a folder", ""));
    check(folder, "index nowhere", 4, ("nowhere", ""));
    check(folder, "-A nowhere search envoy", 4, ("nowhere", ""));
    check(folder, "-A a.txt search envoy", 4, ("a.txt is a file", ""));
    check(folder, "-A a.txt status", 4, ("a.txt is a file", ""));
    check(folder, "--index a.txt index", 4, ("cannot be written", ""));
    check(folder, "inspect nowhere.txt", 4, ("nowhere.txt", ""));
    check(folder, "index one -A two", 2, ("two archives are named", ""));
    assert_eq!(stage::files_below(folder).len(), 1, "nothing was made");
    fs::create_dir(stage.at("void")).unwrap();
    check(folder, "index void", 0, ("", "0 files"));
    check(folder, "-A void search envoy", 1, ("nothing found for: envoy", ""));
    check(folder, "-A void facets", 1, ("no values", ""));
}

#[test]
fn an_index_that_is_missing_is_not_made_by_accident() {
    let stage = Stage::with(&[("a.txt", "Envoy\n\nThe envoy spoke.")]);
    check(stage.folder(), "search envoy", 4, ("type: morgue index .", ""));
    for command in ["count envoy", "facets", "status", "problems", "fields", "show a.txt", "export envoy hits.csv"] {
        check(stage.folder(), command, 4, ("morgue index .", ""));
    }
    assert_eq!(stage::files_below(stage.folder()).len(), 1, "nothing was made");
    check(stage.folder(), "-A . search envoy", 0, ("has no index yet: building it", "a.txt"));
    check(stage.folder(), "search envoy", 0, ("", "a.txt"));
}

#[test]
fn an_index_that_cannot_be_read_is_built_anew_and_told() {
    let stage = Stage::with(&[("a.txt", "Envoy\n\nThe envoy spoke.")]);
    check(stage.folder(), "index", 0, ("", "1 article"));
    let meta = stage.current().join("meta.json");
    let other = fs::read_to_string(&meta).unwrap().replace("\\\"version\\\":6", "\\\"version\\\":9");
    fs::write(&meta, other).unwrap();
    check(stage.folder(), "search envoy", 0, ("of version 9", "a.txt"));
    fs::write(stage.at(".morgue/current"), b"\xff").unwrap();
    check(stage.folder(), "count envoy", 0, ("building the index anew", "1"));
    fs::write(stage.at(".morgue/current"), "gone").unwrap();
    check(stage.folder(), "index", 0, ("", "1 article"));
    check(stage.folder(), "search envoy", 0, ("", "a.txt"));
}

#[test]
fn a_second_writer_is_turned_away() {
    let stage = Stage::with(&[("a.txt", "Envoy\n\nThe envoy spoke.")]);
    check(stage.folder(), "index", 0, ("", "1 article"));
    let lock = fs::File::options().write(true).open(stage.at(".morgue/lock")).unwrap();
    lock.lock().unwrap();
    check(stage.folder(), "index", 4, ("another morgue is writing this index", ""));
    check(stage.folder(), "index --full", 4, ("another morgue is writing this index", ""));
    check(stage.folder(), "search envoy", 0, ("", "a.txt"));
    check(stage.folder(), "index --dry-run", 0, ("", "1 file"));
    lock.unlock().unwrap();
    check(stage.folder(), "index", 0, ("", "1 file"));
}

#[test]
fn a_folder_named_for_the_index_keeps_what_it_held() {
    let stage = Stage::with(&[("news/a.txt", "Envoy"), ("desk/letters/one.txt", "Dear all"), ("desk/.tmp-notes", "x")]);
    check(stage.folder(), "-A news --index desk index", 0, ("", "1 article"));
    check(stage.folder(), "-A news --index desk index --full", 0, ("", "1 article"));
    check(stage.folder(), "-A news --index desk search envoy", 0, ("", "a.txt"));
    assert!(stage.at("desk/letters/one.txt").exists() && stage.at("desk/.tmp-notes").exists());
}

/// Each of these files is listed with a reason that says so.
fn check_problems(stage: &Stage, expected: &[(&str, &str)]) {
    let problems = run(stage.folder(), &["problems", "--json"]).json();
    let problems = problems["problems"].as_array().unwrap();
    for (path, says) in expected {
        let of_path = problems.iter().filter(|problem| problem["path"] == *path);
        let told: String = of_path.map(ToString::to_string).collect();
        assert!(told.contains(says), "{path}: {told}");
    }
}

#[test]
fn files_that_cannot_be_read_are_listed_with_their_reasons() {
    let stage = Stage::with(&[("good.txt", "Envoy\n\nThe envoy spoke.")]);
    let deep = format!("{{\"title\": \"deep\", \"x\": {}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let wide = format!("{{\"title\":\"wide\",\"body\":\"{}\"}}\n", "flood ".repeat(500_000));
    stage.write("binary.txt", [0u8, 1, 2, 0, 255, 0]);
    stage.write("cut.json", "{\"title\": \"cut\",\n \"body\": }");
    stage.write("cut.jsonl", "{\"title\": \"first\"}\n{\"title\": }\n{\"title\": \"third\"}\n");
    stage.write("older.txt", b"Caf\xe9 closes\n\nThe caf\xe9 closed.");
    stage.write("bad.json", b"{\"title\": \"Caf\xe9\"}");
    stage.write("deep.json", &deep);
    stage.write("deep.jsonl", format!("{deep}\n{{\"title\": \"after the deep\"}}\n"));
    stage.write("deep.md", format!("---\nx: {}\n---\nDeep\n", "[".repeat(50_000)));
    stage.write("wide.jsonl", wide);
    stage.write("endless.txt", "flood ".repeat(300_000));
    stage.write("volume.txt", "flood ".repeat(3_000_000));
    stage.write("empty.txt", "");
    let ran = check(stage.folder(), "index --strict", 3, ("", "were not indexed"));
    assert!(ran.out.contains("7 files or records"), "{ran:?}");
    check_problems(
        &stage,
        &[
            ("binary.txt", "binary"),
            ("cut.json", "line 2 column 10"),
            ("cut.jsonl", "line 2 column 11"),
            ("older.txt", "Windows-1252"),
            ("bad.json", "Windows-1252"),
            ("deep.json", "deep"),
            ("deep.jsonl", "deep"),
            ("deep.md", "deep.md"),
            ("volume.txt", "more than 16 MB of text"),
            ("empty.txt", "empty"),
        ],
    );
    check(stage.folder(), "count title:wide", 0, ("", "1"));
    check(stage.folder(), "count path:endless.txt", 0, ("", "1"));
    check(stage.folder(), "count title:first", 0, ("", "1"));
    check(stage.folder(), "count \"after the deep\"", 0, ("", "1"));
    check(stage.folder(), "inspect cut.json", 1, ("line 2 column 10", ""));
    check(stage.folder(), "index", 0, ("", "were not indexed"));
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    std::io::Write::write_all(&mut writer, bytes).unwrap();
    writer.finish().unwrap()
}

/// Bombs, cut files and lies in every format that unpacks or nests: a reason, and the rest unharmed.
#[test]
fn files_that_would_take_too_much_are_refused() {
    let stage = Stage::with(&[("good.txt", "Envoy\n\nThe envoy spoke.")]);
    let zeros = packed(&vec![b'0'; 64 << 20]);
    stage.write("bomb.txt.gz", &zeros);
    stage.write("bomb.jsonl.gz", &zeros);
    stage.write("twice.gz", packed(&zeros));
    stage.write("cut.csv.gz", &packed(b"title,body\nFlood,It rose.\n")[..25]);
    let laughs: String = (1..40).map(|n| format!("<!ENTITY l{n} \"&l{};&l{};\">", n - 1, n - 1)).collect();
    stage.write("laughs.xml", format!("<!DOCTYPE x [<!ENTITY l0 \"ha\">{laughs}]>\n<ledger>&l39;</ledger>"));
    stage.write("deep.xml", format!("<nitf>{}", "<p>".repeat(200_000)));
    stage.write("lying.xml", b"<?xml version=\"1.0\" encoding=\"utf-16\"?><nitf><body><p>Caf\xe9</p></body></nitf>");
    stage.write("cut.pdf", "%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [");
    stage.write("cut.docx", b"PK\x03\x04\x14\x00");
    stage.write("cut.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999\r\n\r\nHTTP/1.1");
    stage.write("headless.csv", "1957-10-04,Flood\n1957-10-05,Ebb\n");
    stage.write("letter.eml", "no header at all\n\nonly words\n");
    check(stage.folder(), "index --strict", 3, ("", "were not indexed"));
    check_problems(
        &stage,
        &[
            ("bomb.txt.gz", "100-fold"),
            ("bomb.jsonl.gz", "100-fold"),
            ("twice.gz", "a compressed file inside a compressed file"),
            ("cut.csv.gz", "reading stopped"),
            ("laughs.xml", "<ledger>"),
            ("deep.xml", "nested too deeply"),
            ("lying.xml", "Windows-1252"),
            ("cut.pdf", "a PDF that cannot be read"),
            ("cut.docx", "damaged or cut off"),
            ("cut.warc", "damaged or cut off"),
            ("headless.csv", "names no title"),
            ("letter.eml", "not a mail"),
        ],
    );
    check(stage.folder(), "count envoy", 0, ("", "1"));
}

/// The superuser may read everything, so that only others can be kept out.
#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let stage = Stage::with(&[("a.txt", "Envoy"), ("shut/b.txt", "Envoy"), ("shut.txt", "Envoy")]);
    symlink("nothing", stage.at("gone.txt")).unwrap();
    symlink(stage.folder(), stage.at("round")).unwrap();
    let shut = |mode| {
        for path in ["shut", "shut.txt"] {
            fs::set_permissions(stage.at(path), fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    shut(0o000);
    let is_superuser = fs::read(stage.at("shut.txt")).is_ok();
    let ran = run(stage.folder(), &["index", "--strict"]);
    let problems = run(stage.folder(), &["problems"]).out;
    shut(0o755);
    assert_eq!(ran.code, 3, "{ran:?}");
    assert!(problems.contains("gone.txt") && problems.contains("round"), "{problems}");
    if !is_superuser {
        assert!(problems.contains("shut\t") && problems.contains("shut.txt\t"), "{problems}");
    }
}

/// A name need not be text, where the disk takes it; no two are one, and each file is found again.
#[cfg(target_os = "linux")]
#[test]
fn names_that_are_no_text_stay_apart() {
    use std::{ffi::OsStr, os::unix::ffi::OsStrExt};
    let stage = Stage::with(&[("caf\u{FFFD}.txt", "Envoy none")]);
    for (name, text) in [(&b"caf\xE9.txt"[..], "Envoy acute"), (b"caf\xE8.txt", "Envoy grave")] {
        fs::write(stage.folder().join(OsStr::from_bytes(name)), text).unwrap();
    }
    check(stage.folder(), "index", 0, ("", "3 files → 3 articles"));
    check(stage.folder(), "index", 0, ("", "3 unchanged"));
    let shown = |id: &str| run(stage.folder(), &["show", "--raw", id]).out;
    assert_eq!(shown("caf\u{FFFD}E9.txt"), "Envoy acute");
    assert_eq!(shown("caf\u{FFFD}E8.txt"), "Envoy grave");
    assert_eq!(shown("caf\u{FFFD}.txt"), "Envoy none");
    check(stage.folder(), "search path:caf\u{FFFD}E9.txt", 0, ("", "caf\u{FFFD}E9.txt:1"));
}

#[test]
fn bad_queries_point_at_the_fault() {
    let caret = |query: &str, says: &str| {
        for command in ["search", "count", "facets"] {
            let args = format!("{command} {query}");
            if command == "facets" && !query.contains(':') {
                continue;
            }
            let ran = check(sample(), &args, 2, (says, ""));
            assert!(ran.err.contains('^'), "{ran:?}");
        }
    };
    caret("persn:tolland", "there is no field “persn”");
    caret("person:Nobodyhere", "Nobodyhere");
    caret("date:soon", "soon");
    caret("date:2025-13", "2025-13");
    caret("(envoy", "a bracket is not closed");
    caret("has:nothing", "nothing");
    check(sample(), "search envoy OR -flood", 2, ("^", ""));
    check(sample(), "search envoy NEAR -flood", 2, ("^", ""));
    check(sample(), "search envoy NEAR/x flood", 2, ("^", ""));
    check(sample(), "search envoy W/0 flood", 2, ("^", ""));
    check(sample(), "search \"envoy", 2, ("^", ""));
    let deep = format!("{}envoy{}", "(".repeat(70), ")".repeat(70));
    check(sample(), &format!("search {deep}"), 2, ("64", ""));
    check(sample(), &format!("search {}", "(".repeat(60_000)), 2, ("error:", ""));
}

#[test]
fn calls_that_make_no_sense() {
    for (args, says) in [
        ("search envoy -j 0", "write a number from 1 on"),
        ("search", "nothing to look for"),
        ("search envoy -n x", "neither a number nor all"),
        ("search envoy -n -1", "error:"),
        ("search envoy --offset many", "error:"),
        ("search envoy --sort best", "possible values"),
        ("search envoy --after rubbish", "no cursor of this search"),
        ("search envoy --after r~n1~tx --sort newest", "no cursor of this search"),
        ("search envoy --after r~n1~tx --offset 2", "--after and --offset"),
        ("mentions envoy --after rubbish", "no cursor of this search"),
        ("search envoy --person", "error:"),
        ("search envoy --person Nobodyhere", "Nobodyhere"),
        ("search envoy --fields pth", "did you mean path?"),
        ("search envoy --facets persn", "no field that can be counted"),
        ("search envoy --json --format csv", "error:"),
        ("count envoy --of stories", "stories cannot be counted"),
        ("facets person --of stories", "stories cannot be counted"),
        ("facets tag --of mentions", "error:"),
        ("export envoy", "the last argument must be a file"),
        ("export envoy hits.xls", "the last argument must be a file"),
        ("export envoy -", "the format must be told"),
        ("serach envoy", "did you mean “morgue search”?"),
        ("show", "error:"),
        ("inspect web", "web is a folder"),
        ("search --since soon envoy", "soon"),
    ] {
        check(sample(), args, 2, (says, ""));
    }
}

#[test]
fn nothing_found_is_no_fault() {
    check(sample(), "search xylophonists", 1, ("nothing found for: xylophonists", ""));
    check(sample(), "search xylophonists -q", 1, ("", ""));
    check(sample(), "count xylophonists", 1, ("“xylophonists” is in no article", "0\n"));
    check(sample(), "search xylophonists --json", 1, ("nothing found", "\"hits\": []"));
    check(sample(), "search xylophonists -l", 1, ("nothing found", ""));
    check(sample(), "show no/such/id", 1, ("there is no article “no/such/id”", ""));
    check(sample(), "facets person xylophonists", 1, ("no values", ""));
}

#[test]
fn odd_spellings_of_flags_are_understood() {
    let json = |args: &[&str]| run(sample(), args).json();
    let less = json(&["search", "envoy", "-opinion", "--json"]);
    assert_eq!(less["query"]["read_as"], "envoy -opinion");
    assert!(less["total"]["articles"].as_u64() < json(&["search", "envoy", "--json"])["total"]["articles"].as_u64());
    assert_eq!(json(&["search", "envoy", "-n5", "--json"])["hits"].as_array().unwrap().len(), 5);
    assert_eq!(json(&["search", "envoy", "-n", "0", "--json"])["hits"].as_array().unwrap().len(), 0);
    let past = json(&["search", "envoy", "--offset", "18446744073709551615", "-n", "18446744073709551615", "--json"]);
    assert_eq!((past["hits"].as_array().unwrap().len(), past["total"]["articles"].as_u64()), (0, Some(18)));
    assert_eq!(run(sample(), &["search", "envoy", "--offset", "18446744073709551615", "-l"]).code, 0);
}

#[test]
fn exports_are_whole_or_not_there() {
    let stage = Stage::new();
    let (folder, from) = (stage.folder(), sample().to_str().unwrap());
    let export = |rest: &str, code, says| check(folder, &format!("-A {from} export envoy {rest}"), code, (says, ""));
    export("nowhere/hits.csv", 4, "nowhere/hits.csv");
    stage.write("hits.csv", "mine");
    export("hits.csv", 2, "add --force");
    assert_eq!(fs::read_to_string(stage.at("hits.csv")).unwrap(), "mine");
    fs::create_dir(stage.at("folder.csv")).unwrap();
    export("folder.csv --force", 4, "folder.csv");
    assert_eq!(stage::files_below(folder).len(), 1, "{:?}", stage::files_below(folder));
    export("hits.csv --force", 0, "18 articles written");
    assert!(stage.at("hits.csv.meta.json").exists());
    let ran = check(folder, &format!("-A {from} export xylophonists none.csv"), 1, ("nothing found", ""));
    assert!(ran.err.contains("0 articles"), "{ran:?}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_silent() {
    let stage = Stage::new();
    stage::write_records(&stage.at("many.jsonl"), 0, 600);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    for args in [
        "search envoy -n all",
        "search envoy --format jsonl",
        "search envoy --format csv",
        "search envoy -n all --json",
        "search envoy --format screen -n all",
        "export envoy - --format csv",
        "export envoy - --format json",
        "inspect --jsonl many.jsonl",
        "inspect many.jsonl",
        "show n1 n2 n3",
    ] {
        let args: Vec<&str> = args.split(' ').collect();
        let (code, err) = run_and_hang_up(stage.folder(), &args);
        assert!(code == 0 && !err.contains("error") && !err.contains("panicked"), "{args:?}: {code} {err}");
    }
    assert_eq!(run(stage.folder(), &["search", "envoy", "-n", "all", "--format", "csv"]).code, 0);
}

#[test]
fn a_title_without_a_text_is_told() {
    let stage =
        Stage::with(&[("a.json", r#"{"title": "Flood"}"#), ("b.json", r#"{"title": "Ebb", "body": "It fell."}"#)]);
    stage.refresh().unwrap();
    check_problems(&stage, &[("a.json", "a title without a text")]);
    let all = run(stage.folder(), &["problems", "--json"]).json();
    let empty = all["problems"].as_array().unwrap().iter().filter(|problem| problem["kind"] == "empty-body");
    assert_eq!(empty.map(|problem| problem["path"].as_str().unwrap()).collect::<Vec<_>>(), ["a.json"]);
}

#[test]
fn inspect_reads_the_files_after_one_that_is_missing() {
    let stage = Stage::with(&[("a.txt", "Flood\n\nIt rose."), ("b.txt", "Ebb\n\nIt fell.")]);
    let ran = run(stage.folder(), &["inspect", "--jsonl", "a.txt", "missing.txt", "b.txt"]);
    assert!(ran.code == 4 && ran.lines().len() == 2 && ran.err.contains("missing.txt cannot be opened"), "{ran:?}");
    #[cfg(unix)]
    {
        let pipe = stage.at("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let ran = run(stage.folder(), &["inspect", "pipe"]);
        assert!(ran.code == 4 && ran.err.contains("is no file"), "{ran:?}");
    }
}

#[test]
fn quiet_leaves_refusals_alone() {
    let stage = Stage::with(&[("a.jsonl", "{\"title\": \"Flood\", \"colour\": 7}\n7\n")]);
    let told = |flags: &[&str]| run(stage.folder(), &[&["inspect", "a.jsonl"], flags].concat()).err;
    let (loud, quiet) = (told(&[]), told(&["-q"]));
    assert!(loud.contains("colour") && loud.contains("refused"), "{loud}");
    assert!(!quiet.contains("colour") && quiet.contains("refused"), "{quiet}");
}
