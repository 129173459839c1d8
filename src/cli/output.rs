//! Where results go: standard output as a page or as data, or the pager for long reading.
//!
//! It knows terminals; it does not know what is written.

use std::{
    env,
    io::{self, BufWriter, IsTerminal, Write},
    path::Path,
    process::{Child, Command, Stdio},
};

use anstream::{AutoStream, ColorChoice};

use super::args::{Colour, Global};
use crate::{
    error::{Error, ErrorKind, Result},
    render::{Look, Paint, one_line},
};

/// Whether standard output is a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// Bytes that are written at once.
const AT_ONCE: usize = 64 << 10;

/// Standard output for data: every byte passes as it is.
pub(super) fn data() -> impl Write {
    BufWriter::with_capacity(AT_ONCE, io::stdout().lock())
}

/// Standard output for a page, with the look it has.
pub(super) fn page(global: &Global, archive: Option<&Path>) -> (BufWriter<AutoStream<io::StdoutLock<'static>>>, Look) {
    let stdout = io::stdout().lock();
    let choice = match global.color {
        Colour::Auto => AutoStream::choice(&stdout),
        Colour::Always => ColorChoice::Always,
        Colour::Never => ColorChoice::Never,
    };
    let look = look(choice, archive);
    (BufWriter::new(AutoStream::new(stdout, choice)), look)
}

fn look(choice: ColorChoice, archive: Option<&Path>) -> Look {
    let paint = if choice == ColorChoice::Never { Paint::Plain } else { Paint::Colour };
    let has_links = paint == Paint::Colour && is_terminal() && knows_links();
    let links = archive.filter(|_| has_links).and_then(|folder| std::path::absolute(folder).ok()).map(|folder| {
        let path = folder.to_string_lossy().replace('\\', "/");
        format!(
            "file://{}{}/",
            if path.starts_with('/') { "" } else { "/" },
            path.trim_end_matches('/').replace(' ', "%20")
        )
    });
    Look { width: width(), paint, links }
}

/// Columns of the page: COLUMNS, else those of the terminal, else 80.
pub(super) fn width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|columns| *columns >= 20);
    let seen = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)).filter(|_| is_terminal());
    told.or_else(seen).unwrap_or(80).max(20)
}

/// Terminals that are known to show links; others would show their letters.
fn knows_links() -> bool {
    let program = env::var("TERM_PROGRAM").unwrap_or_default();
    let is_known = ["iTerm.app", "WezTerm", "vscode", "ghostty"].contains(&program.as_str());
    let vte = env::var("VTE_VERSION").ok().and_then(|version| version.parse::<u32>().ok()).unwrap_or(0);
    is_known || vte >= 5000 || env::var_os("WT_SESSION").is_some() || env::var_os("KITTY_WINDOW_ID").is_some()
}

/// The pager, for long reading on a terminal; `None` where there is none or it is not wanted.
pub(super) fn pager(global: &Global) -> Option<Pager> {
    if global.no_pager || !is_terminal() {
        return None;
    }
    let told = env::var("PAGER").ok().filter(|pager| !pager.trim().is_empty());
    let line = told.unwrap_or_else(|| "less -R".to_owned());
    let mut words = line.split_whitespace();
    let child = Command::new(words.next()?).args(words).stdin(Stdio::piped()).spawn().ok()?;
    let (_, look) = page(global, None);
    Some(Pager { child, look })
}

/// A running pager.
pub(super) struct Pager {
    child: Child,
    /// The look of a page in it.
    pub(super) look: Look,
}

impl Pager {
    /// Hands the text over and waits until the reader has closed the pager.
    pub(super) fn show(mut self, text: &[u8]) -> Result<()> {
        if let Some(mut stdin) = self.child.stdin.take()
            && let Err(error) = stdin.write_all(text)
            && error.kind() != io::ErrorKind::BrokenPipe
        {
            return Err(failed(error));
        }
        self.child.wait().map_err(failed)?;
        Ok(())
    }
}

/// Prints one line of data.
pub(super) fn say(line: &str) -> Result<()> {
    let mut out = data();
    writeln!(out, "{}", one_line(line)).and_then(|()| out.flush()).map_err(failed)
}

/// The error of a result that could not be written.
pub(super) fn failed(error: io::Error) -> Error {
    Error::new(ErrorKind::Io, "cannot write the answer").because(error)
}
