//! `morgue export`: the hits of a query to a file, whole or not at all, with where they come from.
//!
//! The file appears under its name only when it is complete; beside CSV and JSON lines lies `FILE.meta.json`.

use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use tempfile::NamedTempFile;

use super::{
    args::{Global, VERSION},
    asking::{Asking, Form},
    explain::Question,
    glued, open, output,
    place::Found,
    progress,
    report::{self, Outcome},
    search,
    stream::{self, Flow},
};
use crate::{
    archive::Archive,
    error::{Error, ErrorKind, Result},
    hit::{CountView, Provenance},
    plan::{Plan, Unit},
    render::{counted, json},
};

/// Writes the hits of a query to a file: all of them unless -n says otherwise.
///
/// The last argument is the file; its ending (.csv, .jsonl, .json) is the format. With - it is standard output, and
/// --format must be told. CSV and JSON lines get a file FILE.meta.json that says where the hits come from.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Words, “phrases”, field:value, -exclusions; last the file, or -.
    #[arg(value_name = "QUERY… FILE", required = true, value_parser = glued::word)]
    words: Vec<String>,
    /// Replace a file that is there.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    asking: Asking,
}

/// Where an export goes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    Stdout,
    File(PathBuf),
}

/// Runs the command.
pub(super) fn run(args: &Args, global: &Global) -> Result<Outcome> {
    let asking = &args.asking;
    asking.check_articles(global)?;
    let columns = asking.columns()?;
    if columns.as_ref().is_some_and(Vec::is_empty) {
        return search::list_columns();
    }
    let (words, target, form) = split(&args.words, asking)?;
    if let Target::File(file) = &target
        && !args.force
    {
        refuse_existing(file)?;
    }
    let (archive, found) = open::open(global)?;
    let request = asking.request(words);
    let plan = archive.plan(&request)?;
    let question = Question { archive: &archive, request: &request, asking, global };
    question.tell(&plan)?;
    let mut head = archive.count(&plan, Unit::Articles)?;
    if head.total.articles == 0 {
        question.tell_nothing(&plan);
    }
    question.explain(&mut head.query, head.total.articles)?;
    let job = Job { archive: &archive, plan: &plan, asking, provenance: provenance(&archive, &head, &found)? };
    let flow = match form {
        Form::Csv => Flow::Csv(columns),
        Form::Jsonl => Flow::Jsonl(columns),
        _ => Flow::Json(columns, Box::new(head)),
    };
    let written = match &target {
        Target::Stdout => job.write(&flow, &mut output::data())?,
        Target::File(file) => job.save(&flow, file, if args.force { Existing::Replace } else { Existing::Keep })?,
    };
    if let Target::File(file) = &target {
        report::note(global, &format!("{} written to {}", counted(written, "article", "articles"), file.display()));
    }
    Ok(if written == 0 { Outcome::Nothing } else { Outcome::Done })
}

/// The words of the query, the target and the form.
fn split<'a>(words: &'a [String], asking: &Asking) -> Result<(&'a [String], Target, Form)> {
    let usage = |what: String, hint: &str| Error::new(ErrorKind::Usage, what).hint(hint);
    let Some((last, words)) = words.split_last() else {
        return Err(usage("there is no file to write to".to_owned(), "morgue export QUERY… hits.csv"));
    };
    let told = if asking.json { Some(Form::Json) } else { asking.format };
    if let Some(form @ (Form::Screen | Form::Text)) = told {
        return Err(usage(format!("{form:?} is no format of an export").to_lowercase(), "use csv, jsonl or json"));
    }
    if last == "-" {
        let form = told.ok_or_else(|| {
            usage("to write to standard output, the format must be told".to_owned(), "add --format csv, jsonl or json")
        })?;
        return Ok((words, Target::Stdout, form));
    }
    let ending = Path::new(last).extension().map(|ending| ending.to_string_lossy().to_lowercase());
    let by_name = match ending.as_deref() {
        Some("csv") => Form::Csv,
        Some("jsonl") => Form::Jsonl,
        Some("json") => Form::Json,
        _ => {
            let what = format!("the last argument must be a file ending in .csv, .jsonl or .json, or -, not “{last}”");
            return Err(usage(what, "morgue export QUERY… hits.csv"));
        }
    };
    match told {
        Some(form) if form != by_name => {
            Err(usage(format!("“{last}” does not end as --format says"), "leave --format out, or rename the file"))
        }
        _ => Ok((words, Target::File(PathBuf::from(last)), by_name)),
    }
}

fn refuse_existing(file: &Path) -> Result<()> {
    if file.exists() {
        let error = Error::new(ErrorKind::Usage, format!("{} is there already", file.display()));
        return Err(error.hint("add --force to replace it"));
    }
    Ok(())
}

fn provenance(archive: &Archive, head: &CountView, found: &Found) -> Result<Provenance> {
    let folder = &found.place.folder;
    Ok(Provenance {
        morgue_export: 1,
        query: head.query.clone(),
        archive: fs::canonicalize(folder).unwrap_or_else(|_| folder.clone()).display().to_string(),
        generation: archive.status()?.index.generation,
        exported: jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        tool: format!("morgue {VERSION}"),
        total: head.total.articles,
        written: 0,
        rows: "articles".to_owned(),
    })
}

/// Whether a file that is there is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Existing {
    Keep,
    Replace,
}

/// An export about to be written.
struct Job<'a> {
    archive: &'a Archive,
    plan: &'a Plan,
    asking: &'a Asking,
    provenance: Provenance,
}

impl Job<'_> {
    /// Writes everything; how many rows there were.
    fn write(&self, flow: &Flow, out: &mut dyn Write) -> Result<u64> {
        let page = self.asking.page(None);
        let written = stream::write(self.archive, self.plan, (&page, flow), out)?;
        if matches!(flow, Flow::Json(..)) {
            stream::end_envelope(&Provenance { written, ..self.provenance.clone() }, out)?;
        }
        out.flush().map_err(output::failed)?;
        Ok(written)
    }

    /// Writes beside the target and moves the whole into place.
    fn save(&self, flow: &Flow, file: &Path, existing: Existing) -> Result<u64> {
        progress::stop_flag()?;
        let mut hits = beside(file)?;
        let written = {
            let mut out = BufWriter::new(hits.as_file_mut());
            self.write(flow, &mut out)?
        };
        // The marker comes first: a hit list must never lie there unmarked, to be read as a clipping.
        let meta = match flow {
            Flow::Json(..) => None,
            _ => Some(self.save_meta(file, written)?),
        };
        let placed = place(hits, file, existing);
        if let (Err(_), Some(meta)) = (&placed, &meta) {
            fs::remove_file(meta).map_err(|error| cannot(meta, error))?;
        }
        placed.map(|()| written)
    }

    fn save_meta(&self, file: &Path, written: u64) -> Result<PathBuf> {
        let mut name = file.as_os_str().to_owned();
        name.push(".meta.json");
        let path = PathBuf::from(name);
        let mut meta = beside(&path)?;
        let provenance = Provenance { written, ..self.provenance.clone() };
        json::envelope(&provenance, meta.as_file_mut()).map_err(|error| cannot(&path, error))?;
        place(meta, &path, Existing::Replace)?;
        Ok(path)
    }
}

/// An unfinished file beside the target: on the same disk, and gone when it is not moved into place.
fn beside(file: &Path) -> Result<NamedTempFile> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".morgue-export-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder).map_err(|error| cannot(file, error))
}

fn place(unfinished: NamedTempFile, file: &Path, existing: Existing) -> Result<()> {
    let placed = match existing {
        Existing::Replace => unfinished.persist(file),
        Existing::Keep => unfinished.persist_noclobber(file),
    };
    placed.map(|_| ()).map_err(|error| cannot(file, error.error))
}

fn cannot(file: &Path, error: std::io::Error) -> Error {
    Error::new(ErrorKind::Io, format!("cannot write {}", file.display())).because(error)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{Args as _, FromArgMatches as _};

    fn check(line: &str, expected: Result<(usize, &str, Form), &str>) {
        let command = Args::augment_args(clap::Command::new("export"));
        let args = Args::from_arg_matches(&command.get_matches_from(line.split(' '))).unwrap();
        match (split(&args.words, &args.asking), expected) {
            (Ok((words, target, form)), Ok(expected)) => {
                let name = match &target {
                    Target::Stdout => "-",
                    Target::File(file) => file.to_str().unwrap(),
                };
                assert_eq!((words.len(), name, form), expected, "{line}");
            }
            (Err(error), Err(says)) => assert!(error.what().contains(says), "{line}: {error}"),
            (got, _) => panic!("{line}: {got:?}"),
        }
    }

    #[test]
    fn the_last_argument_is_the_file() {
        check("export flood a/Hits.CSV", Ok((1, "a/Hits.CSV", Form::Csv)));
        check("export flood tarn hits.jsonl", Ok((2, "hits.jsonl", Form::Jsonl)));
        check("export hits.json", Ok((0, "hits.json", Form::Json)));
        check("export flood - --format csv", Ok((1, "-", Form::Csv)));
        check("export flood - --json", Ok((1, "-", Form::Json)));
        check("export flood -", Err("the format must be told"));
        check("export flood tarn", Err("must be a file ending in"));
        check("export flood hits.csv --format json", Err("does not end as --format says"));
        check("export flood hits.txt --format text", Err("text is no format"));
    }

    #[test]
    fn a_file_is_replaced_only_when_told() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hits.csv");
        place(beside(&file).unwrap(), &file, Existing::Keep).unwrap();
        assert!(refuse_existing(&file).is_err());
        assert!(place(beside(&file).unwrap(), &file, Existing::Keep).is_err());
        place(beside(&file).unwrap(), &file, Existing::Replace).unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing unfinished is left");
    }
}
