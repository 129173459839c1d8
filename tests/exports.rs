//! Every form of a hit list: written of hostile articles, read back by another reader, never taken for a clipping, and
//! never half there.
//!
//! Forms are taken from the table of forms, so that a new one is proved too.

#![allow(clippy::unwrap_used, reason = "a list that cannot be read back is a red test")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use morgue::render::{
    form::{Carried, FORMS, Form},
    hitlist::Rows,
};
use serde_json::{Value, json};
use stage::{Stage, run};

mod stage;

/// Headlines that break what is put together carelessly.
fn headlines() -> Vec<String> {
    let odd = [
        "plain",
        "“quoted” \"twice\" and 'once', with; commas",
        "two\nlines\r\nand\ta tab",
        "=cmd|' /C calc'!A0",
        "@SUM(1+1)*cmd",
        "<script>alert(1)</script><b onmouseover=x>",
        "]]> --> */ }} {{ title }} {% raw %} \\end{document}",
        "🎈👩‍🚒 e\u{301} and 漢字",
        "\u{202E}drawkcab\u{202C} שלום עולם",
        "bell \u{7} escape \u{1B}[2J nul \u{0} end \u{FFFE}",
        "_x0041_ &amp; %41 $x$ #1",
        "",
    ];
    let mut all: Vec<String> = odd.map(str::to_owned).into();
    all.push("long ".repeat(20_000));
    all
}

/// An archive of them, every other one without anything but a text.
fn hostile() -> Stage {
    let stage = Stage::new();
    let record = |(i, title): (usize, String)| {
        let text = format!("The envoy came to {title}\n\nand the envoy left, said {title}.");
        let more = json!({"source": title, "url": format!("https://example.org/{i}?a=1&b=\"2\""), "byline": title,
            "published": "2025-03-14", "people": ["Ilse Maro", title], "places": [title], "tags": [title]});
        let mut record = json!({"id": format!("n{i}"), "title": title, "text": text});
        if i % 2 == 0 {
            record.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        }
        record.to_string() + "\n"
    };
    stage.write("hostile.jsonl", headlines().into_iter().enumerate().map(record).collect::<String>());
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    stage
}

/// Exports the envoy of an archive; gives the file.
fn export(from: &Stage, file: PathBuf, more: &[&str]) -> PathBuf {
    let mut args = vec!["export", "envoy", file.to_str().unwrap()];
    args.extend(more);
    let ran = run(from.folder(), &args);
    assert_eq!(ran.code, 0, "{ran:?}");
    file
}

/// What rows are, with the flags that ask for them and the rows as JSON.
fn wanted(from: &Stage) -> [(Rows, Vec<&'static str>, Vec<Value>); 2] {
    let hits = run(from.folder(), &["search", "envoy", "--format", "jsonl"]).lines();
    let mentions = run(from.folder(), &["mentions", "envoy", "--format", "jsonl"]).lines();
    assert_eq!((hits.len(), mentions.len()), (headlines().len(), 2 * headlines().len()));
    [(Rows::Articles, vec![], hits), (Rows::Mentions, vec!["--mentions"], mentions)]
}

/// A value as a cell of letters has it.
fn cell(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().map(cell).collect::<Vec<_>>().join("; "),
        Value::Object(snippet) => cell(&snippet["text"]),
        number => number.to_string(),
    }
}

/// The cells of a file: its header first.
fn cells(form: &str, file: &Path) -> Option<Vec<Vec<String>>> {
    match form {
        "csv" | "tsv" => {
            let delimiter = if form == "csv" { b',' } else { b'\t' };
            let mut table = csv::ReaderBuilder::new().has_headers(false).delimiter(delimiter).from_path(file).unwrap();
            Some(table.records().map(|row| row.unwrap().iter().map(str::to_owned).collect()).collect())
        }
        "xlsx" => {
            let mut book: Xlsx<_> = open_workbook(file).unwrap();
            let sheet = book.worksheet_range_at(0).unwrap().unwrap();
            let text = |cell: &Data| match cell {
                Data::DateTime(date) => date.as_datetime_text(),
                other => other.to_string(),
            };
            Some(sheet.rows().map(|row| row.iter().map(text).collect()).collect())
        }
        _ => None,
    }
}

/// A date of a sheet as text; calamine itself converts only with a crate of dates.
trait AsText {
    fn as_datetime_text(&self) -> String;
}

impl AsText for calamine::ExcelDateTime {
    fn as_datetime_text(&self) -> String {
        // The hostile articles have one date.
        assert_eq!(self.as_f64(), 45730.0);
        "2025-03-14".to_owned()
    }
}

#[test]
fn tables_hold_what_json_holds() {
    let (from, to) = (hostile(), Stage::new());
    for (rows, flags, wanted) in wanted(&from) {
        for form in ["csv", "tsv", "xlsx"] {
            let found = cells(form, &export(&from, to.at(&format!("{}.{form}", rows.name())), &flags)).unwrap();
            let (header, found) = found.split_first().unwrap();
            assert_eq!(found.len(), wanted.len(), "{form}");
            for (row, object) in found.iter().zip(&wanted) {
                for (name, found) in header.iter().zip(row) {
                    let wanted = cell(&object[name.as_str()]);
                    let is_same = match form {
                        "xlsx" => in_sheet(found) == in_sheet(&wanted),
                        _ => *found == wanted,
                    };
                    let is_number =
                        found.parse::<f64>().ok().is_some_and(|n| object[name.as_str()].as_f64() == Some(n));
                    assert!(is_same || is_number, "{form} {name}: {found:?} for {wanted:?}");
                }
            }
        }
    }
}

/// A value as a sheet can hold it: without controls, in 32,767 UTF-16 units, codes of letters undone or not.
fn in_sheet(text: &str) -> String {
    let shown = text.replace("_x005F_", "_").replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n");
    let is_bad = |c: char| (c.is_control() && !"\n\t".contains(c)) || "\u{FFFE}\u{FFFF}".contains(c);
    let shown: String = shown.chars().map(|c| if is_bad(c) { '\u{FFFD}' } else { c }).collect();
    shown.trim_end_matches('…').chars().take(30_000).collect()
}

#[test]
fn json_is_what_the_commands_print() {
    let (from, to) = (hostile(), Stage::new());
    for (rows, flags, wanted) in wanted(&from) {
        let lines = fs::read_to_string(export(&from, to.at(&format!("{}.jsonl", rows.name())), &flags)).unwrap();
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines, wanted);
        let whole = fs::read_to_string(export(&from, to.at(&format!("{}.json", rows.name())), &flags)).unwrap();
        let whole: Value = serde_json::from_str(&whole).unwrap();
        let list = if rows == Rows::Articles { "hits" } else { "mentions" };
        assert_eq!(whole[list].as_array(), Some(&wanted));
        assert_eq!(whole["morgue_export"]["written"].as_u64(), Some(wanted.len() as u64));
        assert_eq!(whole["morgue_export"]["rows"], rows.name());
    }
}

/// Also what standard output gets is the file, and no form holds a control character that its readers refuse.
#[test]
fn every_form_is_written_and_never_read_as_a_clipping() {
    let (from, to) = (hostile(), Stage::new());
    for (rows, flags, wanted) in wanted(&from) {
        for form in FORMS.iter().filter(|form| form.takes.takes(rows)) {
            let name = format!("{}.{}", rows.name(), form.endings[0]);
            let file = export(&from, to.at(&name), &flags);
            let bytes = fs::read(&file).unwrap();
            let printed: &str = &String::from_utf8_lossy(&bytes);
            // Tables hold values as they are; a workbook is a zip.
            let is_table = ["csv", "tsv", "xlsx", "parquet"].contains(&form.name);
            assert!(is_table || !printed.contains(['\u{0}', '\u{7}']), "{name} holds control characters");
            let meta = to.at(&format!("{name}.meta.json"));
            assert_eq!(meta.exists(), form.provenance == Carried::Beside, "{name}");
            let said = if meta.exists() { fs::read_to_string(meta).unwrap() } else { printed.to_owned() };
            if form.name != "xlsx" {
                assert!(said.contains("\"morgue_export\"") && said.contains(&wanted.len().to_string()), "{name}");
            }
        }
    }
    let exported = stage::files_below(to.folder()).len();
    assert!(exported > 12, "{exported}");
    let ran = run(to.folder(), &["index"]);
    let problems = run(to.folder(), &["problems", "--json"]).json();
    let refused = problems["problems"].as_array().unwrap();
    for problem in refused {
        let kind = problem["kind"].as_str().unwrap();
        let path = problem["path"].as_str().unwrap();
        let is_unread = path.ends_with("xlsx") || path.ends_with("parquet");
        assert!(kind == "hit-list" || (kind == "unsupported-format" && is_unread), "{problem}");
    }
    assert_eq!(refused.len(), exported, "{ran:?} {problems}");
    let status = run(to.folder(), &["status", "--json"]).json();
    assert_eq!(status["articles"].as_u64(), Some(0));
}

#[test]
fn excel_is_given_no_formula() {
    let (from, to) = (hostile(), Stage::new());
    let text = fs::read_to_string(export(&from, to.at("hits.csv"), &["--excel", "--fields", "title,score"])).unwrap();
    let table = text.strip_prefix('\u{FEFF}').unwrap();
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let titles: Vec<String> = reader.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert!(
        titles.iter().any(|title| title.starts_with("'=cmd")) && titles.iter().any(|title| title.starts_with("'@SUM"))
    );
    assert!(!titles.iter().any(|title| title.starts_with(['=', '@', '+', '-'])), "{titles:?}");
    let ran = run(from.folder(), &["export", "envoy", "-", "--format", "md", "--excel"]);
    assert!(ran.code == 2 && ran.err.contains("--excel is for csv and tsv"), "{ran:?}");
}

#[test]
fn a_template_is_filled_or_says_what_is_wrong() {
    let (from, to) = (hostile(), Stage::new());
    to.write("page.html", "{% if first %}<ul>{% endif %}<li>{{ title }}{% if last %}</ul>{% endif %}");
    to.write("bad.txt", "{{ title }}\n{% if %}");
    let template = to.at("page.html");
    let template = template.to_str().unwrap();
    let page = fs::read_to_string(export(&from, to.at("out.xyz"), &["--template", template])).unwrap();
    assert!(page.starts_with("<ul><li>") && page.trim_end().ends_with("</ul>") && !page.contains("<script"));
    assert_eq!(page.matches("<li>").count(), headlines().len());
    assert!(to.at("out.xyz.meta.json").exists());
    let printed = run(from.folder(), &["search", "envoy", "--template", template]);
    assert_eq!((printed.code, printed.out), (0, page));
    let check = |args: &[&str], says: &str| {
        let ran = run(from.folder(), args);
        assert!(ran.code == 2 && ran.err.contains(says) && ran.err.contains("hint:"), "{ran:?}");
    };
    let (bad, out) = (to.at("bad.txt"), to.at("never.txt"));
    check(&["export", "envoy", out.to_str().unwrap(), "--template", bad.to_str().unwrap()], "line 2: syntax error");
    check(&["count", "envoy", "--template", template], "which count does not print");
    assert!(!out.exists());
}

#[cfg(unix)]
mod interrupted {
    use super::*;

    /// Nothing under the file's name or beside it.
    fn assert_nothing_in(stage: &Stage) {
        assert_eq!(stage::files_below(stage.folder()), vec![]);
    }

    #[test]
    fn a_full_disk_leaves_nothing() {
        let from = hostile();
        for form in FORMS.iter().filter(|form| form.takes.takes(Rows::Articles)) {
            let to = Stage::new();
            let file = to.at(&format!("hits.{}", form.endings[0]));
            // A file may grow to 1,024 bytes; the signal for more is ignored, as on a disk that is full.
            let line = "trap '' XFSZ; ulimit -f 2; exec \"$0\" export envoy \"$1\"";
            let ran = Command::new("sh")
                .args(["-c", line, env!("CARGO_BIN_EXE_morgue"), file.to_str().unwrap()])
                .current_dir(from.folder())
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&ran.stderr).into_owned();
            assert!(
                ran.status.code() == Some(4) && said.contains("cannot write") && said.contains("hits."),
                "{form:?} {said}"
            );
            assert_nothing_in(&to);
        }
    }

    #[test]
    fn a_run_that_is_stopped_leaves_no_half_list() {
        let (from, aside) = (hostile(), Stage::new());
        aside.write(
            "slow.txt",
            "{% for i in range(100) %}{% for j in range(10000) %}{% endfor %}{% endfor %}{{ title }}",
        );
        let template = aside.at("slow.txt");
        for (signal, code) in [("-INT", Some(130)), ("-KILL", None)] {
            let to = Stage::new();
            let file = to.at("hits.txt");
            let args = ["export", "envoy", file.to_str().unwrap(), "--template", template.to_str().unwrap()];
            let mut child = stage::interruptible(from.folder(), &args).stderr(Stdio::null()).spawn().unwrap();
            let began = Instant::now();
            while stage::files_below(to.folder()).is_empty() && began.elapsed() < Duration::from_secs(20) {
                std::thread::sleep(Duration::from_millis(5));
            }
            assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
            assert_eq!(child.wait().unwrap().code(), code);
            match code {
                Some(_) => assert_nothing_in(&to),
                // Who is killed cannot tidy up; what is left is hidden and bears another name.
                None => {
                    assert!(stage::files_below(to.folder()).iter().all(|(path, _)| path.starts_with(".morgue-export-")))
                }
            }
        }
    }
}

#[test]
fn a_form_is_found_by_its_longest_ending() {
    assert_eq!(Form::of_file("a/Hits.XLSX").map(|form| form.name), Some("xlsx"));
    assert_eq!(Form::of_file("hits.meta.json").map(|form| form.name), Some("json"));
}

/// A list checked against the archive it was just made of is as it was, whatever form it has.
#[test]
fn lists_are_read_back_whole() {
    let stage = Stage::with(&[
        (
            "a.json",
            r#"{"title":"Envoy <b> \"leaves\"","text":"The envoy left.\n\nAn envoy, said Ilse Maro.","people":["Ilse Maro"],"published":"2025-03-14"}"#,
        ),
        ("b.txt", "Envoys\n\nTwo envoys came, =SUM(1).\n"),
    ]);
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    for ending in ["csv", "tsv", "jsonl", "json", "html", "xlsx"] {
        for (rows, mentions) in [(2, &[][..]), (5, &["--mentions"][..])] {
            let file = stage.at(&format!("{rows}.{ending}"));
            let file = file.to_str().unwrap();
            assert_eq!(run(stage.folder(), &[&["export", "envoy", file], mentions].concat()).code, 0);
            let verified = run(stage.folder(), &["verify", file, "--json"]);
            let summary = &verified.json()["summary"];
            let expected = json!({"unchanged": rows, "moved": 0, "changed": 0, "missing": 0, "unreadable": 0});
            assert_eq!((verified.code, summary), (0, &expected), "{file}: {verified:?}");
        }
    }
    let mut book: Xlsx<_> = open_workbook(stage.at("2.xlsx")).unwrap();
    assert_eq!(book.worksheet_range("mentions").unwrap().height(), 6, "a row for each mention below the names");
    let lists = ["2.csv", "2.xlsx"].map(|name| stage.at(name).to_str().unwrap().to_owned());
    let same = run(stage.folder(), &["diff", &lists[0], &lists[1]]);
    assert_eq!((same.code, same.out.as_str()), (0, ""), "{same:?}");
    stage.write("b.txt", "Envoys\n\nOnly two Envoys came.\n");
    assert_eq!(run(stage.folder(), &["index"]).code, 0);
    let changed = run(stage.folder(), &["verify", stage.at("5.html").to_str().unwrap()]);
    assert_eq!(changed.code, 1, "{changed:?}");
}
