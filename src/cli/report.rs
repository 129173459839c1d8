//! What a run ends with: its exit code, its errors and its notes. The only table from kinds of error to exit codes.
//!
//! All of it goes to standard error; nothing here is ever part of a result.

use std::{
    error::Error as _,
    io::{self, Write},
    process::ExitCode,
};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::args::Global;
use crate::{
    error::{Error, ErrorKind, Fault, Result},
    ledger::BadRow,
    render,
};

/// How a command ended that did not fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Found, or done.
    Done,
    /// Nothing found.
    Nothing,
    /// `--strict`, and files were refused.
    Refused,
}

/// How much is said of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Detail {
    /// The sentence, the place, the way out.
    Short,
    /// All that lies beneath it too.
    Full,
}

/// The exit code of a run; its error, if there is one, is printed.
pub(super) fn finish(result: Result<Outcome>, detail: Detail) -> ExitCode {
    let code = match &result {
        Err(error) if is_broken_pipe(error) => 0,
        Err(error) => {
            say(&page(error, detail));
            code_of(error.kind())
        }
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Nothing) => 1,
        Ok(Outcome::Refused) => 3,
    };
    ExitCode::from(code)
}

/// Prints what the parser of arguments says: a fault with code 2, or the help that was asked for.
pub(super) fn usage(error: &clap::Error) -> ExitCode {
    match error.print() {
        Err(failure) if failure.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(code_of(ErrorKind::Io)),
        _ if error.use_stderr() => ExitCode::from(code_of(ErrorKind::Usage)),
        _ => ExitCode::SUCCESS,
    }
}

/// Prints a note, unless notes are not wanted.
pub(super) fn note(global: &Global, text: &str) {
    if !global.quiet {
        say(&format!("{}note:{} {text}\n", label().render(), label().render_reset()));
    }
}

/// Prints lines that were asked for beside the answer.
pub(super) fn asked_for(lines: &str) {
    say(lines);
}

/// Prints a warning, quiet or not.
pub(super) fn warn(text: &str) {
    let style = AnsiColor::Yellow.on_default().bold();
    say(&format!("{}warning:{} {text}\n", style.render(), style.render_reset()));
}

/// Warns of rows of a file that are ignored.
pub(super) fn ignored_rows(file: &str, rows: &[BadRow]) {
    rows.iter().for_each(|BadRow { line, reason }| warn(&format!("{file}, line {line} is ignored: {reason}")));
}

/// Prints a sentence that is the answer to having found nothing.
pub(super) fn nothing(global: &Global, text: &str) {
    if !global.quiet {
        say(&format!("{text}\n"));
    }
}

fn say(text: &str) {
    // There is no third place to tell that standard error is gone.
    let _ = anstream::stderr().write_all(text.as_bytes());
}

fn code_of(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::Usage | ErrorKind::Query => 2,
        ErrorKind::NotFound | ErrorKind::NoIndex | ErrorKind::Locked | ErrorKind::Damaged | ErrorKind::Io => 4,
        ErrorKind::Interrupted => 130,
    }
}

/// Whether somebody closed the pipe we write to, which is no error.
fn is_broken_pipe(error: &Error) -> bool {
    let mut cause = error.source();
    while let Some(beneath) = cause {
        if beneath.downcast_ref::<io::Error>().is_some_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
            return true;
        }
        cause = beneath.source();
    }
    false
}

fn label() -> Style {
    AnsiColor::Cyan.on_default().bold()
}

/// The error as printed: sentence, place, way out.
fn page(error: &Error, detail: Detail) -> String {
    let red = AnsiColor::Red.on_default().bold();
    let mut page = format!("{}error:{} {error}\n", red.render(), red.render_reset());
    if let Some(fault) = error.fault() {
        page.push_str(&carets(fault));
    }
    if let Some(hint) = error.way_out() {
        page.push_str(&format!("{}hint:{} {hint}\n", label().render(), label().render_reset()));
    }
    let mut beneath = error.source().and_then(std::error::Error::source).filter(|_| detail == Detail::Full);
    while let Some(cause) = beneath {
        page.push_str(&format!("because: {cause}\n"));
        beneath = cause.source();
    }
    page
}

/// The query with carets below the fault; a long query is cut to its surroundings.
fn carets(fault: &Fault) -> String {
    const AROUND: usize = 60;
    let text = &fault.text;
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|i| text.is_char_boundary(*i)).unwrap_or(0);
    let start = floor(fault.span.start);
    let end = floor(fault.span.end).max(start);
    let from = floor(start.saturating_sub(AROUND));
    let to = floor(end.min(start + AROUND) + AROUND).min(text.len());
    let shown = |from: usize, to: usize| render::one_line(text.get(from..to).unwrap_or_default());
    let before = format!("{}{}", if from > 0 { "…" } else { "" }, shown(from, start));
    let after = if to < text.len() { "…" } else { "" };
    let width = shown(start, end.min(to)).width().max(1);
    let label = if fault.label.is_empty() { String::new() } else { format!(" {}", fault.label) };
    let yellow = AnsiColor::Yellow.on_default().bold();
    let blanks = " ".repeat(before.width());
    let line = format!("  {before}{}{after}\n", shown(start, to));
    line + &format!("  {blanks}{}{}{}{label}\n", yellow.render(), "^".repeat(width), yellow.render_reset())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        anstream::adapter::strip_str(text).to_string()
    }

    #[test]
    fn every_kind_has_its_exit_code() {
        use ErrorKind as K;
        let codes = [
            (K::Usage, 2),
            (K::Query, 2),
            (K::NotFound, 4),
            (K::NoIndex, 4),
            (K::Locked, 4),
            (K::Damaged, 4),
            (K::Io, 4),
            (K::Interrupted, 130),
        ];
        for (kind, code) in codes {
            assert_eq!(code_of(kind), code, "{kind:?}");
        }
    }

    #[test]
    fn a_closed_pipe_is_no_error() {
        let broken = Error::new(ErrorKind::Io, "cannot write").because(io::Error::from(io::ErrorKind::BrokenPipe));
        let full = Error::new(ErrorKind::Io, "cannot write").because(io::Error::from(io::ErrorKind::StorageFull));
        assert_eq!((is_broken_pipe(&broken), is_broken_pipe(&full)), (true, false));
    }

    #[test]
    fn the_caret_stands_below_the_fault() {
        let check = |text: &str, span, expected: &str| {
            let error = Error::query("there is no field “persn”", text, span, "did you mean person:witkoff ?");
            assert_eq!(plain(&page(&error, Detail::Short)), expected);
        };
        check(
            "persn:witkoff sudzha",
            0..5,
            "error: there is no field “persn”\n  persn:witkoff sudzha\n  ^^^^^ did you mean person:witkoff ?\n",
        );
        check(
            "漢字 persn:é\nx",
            7..12,
            "error: there is no field “persn”\n  漢字 persn:é x\n       ^^^^^ did you mean person:witkoff ?\n",
        );
        let end = "error: there is no field “persn”\n  a\n   ^ did you mean person:witkoff ?\n";
        check("a", 1..1, end);
        check("a", 7..99, end);
    }

    #[test]
    fn a_long_query_is_cut_around_the_fault() {
        let text = format!("{}persn:x{}", "é ".repeat(900), " y".repeat(900));
        let at = text.find("persn").unwrap();
        let fault = Fault { text, span: at..at + 5, label: String::new() };
        let shown = plain(&carets(&fault));
        let lines: Vec<&str> = shown.lines().collect();
        let column = lines[1].find('^').unwrap();
        assert!(lines[0].width() < 160 && lines[0].starts_with("  …") && lines[0].ends_with('…'), "{shown}");
        assert_eq!(lines[0].chars().skip(column).take(5).collect::<String>(), "persn");
    }
}
