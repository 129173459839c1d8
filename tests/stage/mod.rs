//! What the proofs from outside stand on: folders of clippings, index runs, the program itself, a built sample archive.
//!
//! It never judges an answer; the proofs do.

#![allow(dead_code, unreachable_pub, reason = "each proof uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a stage that cannot be set is a red test")]

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{
        OnceLock,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, SystemTime},
};

use morgue::{
    archive::{Archive, Place, Progress, RefreshOptions, Summary},
    error::Result,
    settings::Settings,
};
use serde_json::Value;

pub(crate) mod portrait;

/// The day that is today in every proof: 2026-03-01.
pub const TODAY: i32 = 20_513;

/// Progress that nobody looks at.
pub struct Unseen;

impl Progress for Unseen {
    fn total(&self, _: u64) {}
    fn done(&self) {}
    fn writing(&self) {}
}

/// A folder of clippings that goes away.
pub struct Stage {
    folder: tempfile::TempDir,
    /// Seconds after 2001 that the next quiet file bears.
    tick: AtomicU64,
}

impl Stage {
    /// An empty folder.
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), tick: AtomicU64::new(0) }
    }

    /// A folder with these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let stage = Self::new();
        files.iter().for_each(|(path, text)| stage.write(path, text));
        stage
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn at(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Writes a file as somebody would have done long ago, each a second after the one before.
    pub fn write(&self, path: &str, bytes: impl AsRef<[u8]>) {
        self.write_now(path, bytes);
        self.age(path);
    }

    /// Writes a file with the time of now, which an index run does not trust yet.
    pub fn write_now(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.at(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }

    /// Gives a file a time of change of its own, long ago.
    pub fn age(&self, path: &str) {
        let tick = self.tick.fetch_add(1, Ordering::Relaxed);
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(978_307_200 + tick);
        fs::File::options().append(true).open(self.at(path)).unwrap().set_modified(time).unwrap();
    }

    /// The archive with its index in it.
    pub fn place(&self) -> Place {
        place(self.folder(), &self.at(".morgue"))
    }

    /// Brings the index up to date.
    pub fn refresh(&self) -> Result<Summary> {
        refresh(&self.place())
    }

    /// The sub-folder of the index that answers.
    pub fn current(&self) -> PathBuf {
        let name = fs::read_to_string(self.at(".morgue/current")).unwrap();
        self.at(".morgue").join(name.trim())
    }

    pub fn generation(&self) -> u64 {
        Archive::open(&self.place()).unwrap().status().unwrap().index.generation
    }
}

/// An archive and its index, with default settings.
pub fn place(folder: &Path, index: &Path) -> Place {
    Place { folder: folder.to_owned(), index: index.to_owned(), settings: Settings::default(), today: TODAY }
}

/// An index run on one thread.
pub fn refresh(place: &Place) -> Result<Summary> {
    let options = RefreshOptions { threads: Some(1), ..RefreshOptions::default() };
    Archive::refresh(place, &options, &Unseen, &AtomicBool::new(false))
}

/// All files below a folder with their sizes, by path.
pub fn files_below(folder: &Path) -> Vec<(String, u64)> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_dir() {
                open.push(entry.path());
            } else {
                let path = entry.path().strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
                found.push((path, entry.metadata().unwrap().len()));
            }
        }
    }
    found.sort();
    found
}

/// What a run of the program left.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Ran {
    /// Standard output as one JSON value.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Standard output as one JSON value a line.
    pub fn lines(&self) -> Vec<Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// The program, untouched by the settings of whoever runs the tests.
pub fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_morgue"));
    command.args(args).current_dir(folder).stdin(Stdio::null());
    for name in ["MORGUE_ARCHIVE", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.env("HOME", "/nonexistent").env("NO_COLOR", "1");
    command
}

/// The program, to be interrupted as at a terminal. What a script starts in its background is deaf to that, and so is all
/// that it starts; where `env` can, it is told to listen again.
pub fn interruptible(folder: &Path, args: &[&str]) -> Command {
    let plain = command(folder, args);
    if !cfg!(target_os = "linux") {
        return plain;
    }
    let mut listening = Command::new("env");
    listening.arg("--default-signal=INT").arg(plain.get_program()).args(args).current_dir(folder).stdin(Stdio::null());
    for (name, value) in plain.get_envs() {
        match value {
            Some(value) => listening.env(name, value),
            None => listening.env_remove(name),
        };
    }
    listening
}

/// Runs the program in a folder.
pub fn run(folder: &Path, args: &[&str]) -> Ran {
    let output = command(folder, args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Ran { code: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
}

/// Runs the program and closes its standard output after the first line; exit code and standard error.
pub fn run_and_hang_up(folder: &Path, args: &[&str]) -> (i32, String) {
    let mut child = command(folder, args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut first = String::new();
    out.read_line(&mut first).unwrap();
    assert!(!first.is_empty());
    drop(out);
    let output = child.wait_with_output().unwrap();
    (output.status.code().unwrap_or(-1), String::from_utf8(output.stderr).unwrap())
}

/// The sample archive with its index, built once for all tests of a file.
pub fn sample() -> &'static Path {
    static SAMPLE: OnceLock<PathBuf> = OnceLock::new();
    SAMPLE.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sample-{}", env!("CARGO_CRATE_NAME")));
        if folder.exists() {
            fs::remove_dir_all(&folder).unwrap();
        }
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"), &folder);
        let ran = run(&folder, &["index"]);
        assert_eq!(ran.code, 0, "{ran:?}");
        folder
    })
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name().to_string_lossy().starts_with(".morgue") {
            continue;
        }
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// A file of JSON lines with so many invented records.
pub fn write_records(file: &Path, from: usize, to: usize) {
    const WORDS: [&str; 12] = [
        "envoy", "river", "council", "truce", "harvest", "bridge", "verdict", "flood", "strike", "signal", "winter",
        "mill",
    ];
    let mut out = std::io::BufWriter::new(fs::File::create(file).unwrap());
    for i in from..to {
        let word = |step: usize| WORDS[(i * 7 + step * step + i / 11) % WORDS.len()];
        let body: Vec<&str> = (0..60).map(word).collect();
        let record = serde_json::json!({
            "id": format!("n{i}"), "title": format!("Number {i} of the {}", word(3)), "body": body.join(" "),
            "published": format!("19{:02}-05-0{}", i % 100, i % 9 + 1), "people": [format!("Person {}", i % 17)],
        });
        writeln!(out, "{record}").unwrap();
    }
    out.flush().unwrap();
}
