//! The bar that moves while files are read, and the signal that stops a run.
//!
//! The bar is drawn on standard error, on a terminal only.

use std::{
    io::IsTerminal,
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::args::Global;
use crate::{
    archive::Progress,
    error::{Error, ErrorKind, Result},
};

/// Set when the user interrupts.
static STOP: AtomicBool = AtomicBool::new(false);

/// Listens for the interrupt; from now on it sets the flag, a second one ends the process.
pub(super) fn stop_flag() -> Result<&'static AtomicBool> {
    let handler = || {
        if STOP.swap(true, Ordering::SeqCst) {
            std::process::exit(130);
        }
    };
    match ctrlc::try_set_handler(handler) {
        Ok(()) | Err(ctrlc::Error::MultipleHandlers) => Ok(&STOP),
        Err(error) => Err(Error::new(ErrorKind::Io, "cannot listen for an interrupt").because(error)),
    }
}

/// Fails when the user has interrupted.
pub(super) fn check() -> Result<()> {
    match STOP.load(Ordering::SeqCst) {
        true => Err(Error::new(ErrorKind::Interrupted, "interrupted")),
        false => Ok(()),
    }
}

/// The bar of an index run.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// A bar, or nothing where nobody would see it.
    pub(super) fn new(global: &Global) -> Self {
        if global.quiet || !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr());
        let template = "{msg}  {bar:34}  {percent:>3}%  {human_pos}/{human_len}  {per_sec}  ~{eta}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("━╸ "));
        }
        bar.set_message("Reading");
        Self(bar)
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}

impl Progress for Bar {
    fn total(&self, files: u64) {
        self.0.set_length(files);
    }

    fn done(&self) {
        self.0.inc(1);
    }

    fn writing(&self) {
        self.0.set_message("Writing");
        self.0.enable_steady_tick(Duration::from_millis(200));
    }
}
