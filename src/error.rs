//! The one error of the library: what went wrong, in a sentence, and the way out.
//!
//! It knows nobody and never prints: `cli/report.rs` alone turns a kind into an exit code. Rooms that use a dependency
//! translate its errors here by hand, so that no dependency becomes part of the public interface.

use std::{fmt, ops::Range};

type Cause = Box<dyn std::error::Error + Send + Sync + 'static>;

/// What sort of failure this is; the only thing callers may match on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call itself makes no sense: a flag, an argument, a settings file.
    Usage,
    /// The query cannot be read, or asks for something that is not there.
    Query,
    /// The archive or file named does not exist, is not a folder, or cannot be read.
    NotFound,
    /// The archive has no index yet.
    NoIndex,
    /// Another process is writing the index.
    Locked,
    /// The index is of another version, or damaged: it must be built anew.
    Damaged,
    /// Reading or writing failed.
    Io,
    /// The user interrupted; the last good index still stands.
    Interrupted,
}

/// Where in a typed query the fault lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The query as typed.
    pub text: String,
    /// The faulty part of it, in bytes.
    pub span: Range<usize>,
    /// What to write under the caret, such as `did you mean person:witkoff ?`; may be empty.
    pub label: String,
}

/// An error: kind, sentence, way out, cause.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    what: String,
    hint: Option<String>,
    fault: Option<Box<Fault>>,
    cause: Option<Cause>,
}

/// The result of everything in this crate that can fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

impl Error {
    /// A new error; `what` is a sentence without a final stop.
    pub fn new(kind: ErrorKind, what: impl Into<String>) -> Self {
        Self { kind, what: what.into(), hint: None, fault: None, cause: None }
    }

    /// A query error that points at bytes `span` of `text`.
    pub fn query(what: impl Into<String>, text: &str, span: Range<usize>, label: impl Into<String>) -> Self {
        let fault = Fault { text: text.to_owned(), span, label: label.into() };
        Self { fault: Some(Box::new(fault)), ..Self::new(ErrorKind::Query, what) }
    }

    /// The same error with a way out.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same error with what lies beneath it.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Cause>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Its kind.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// Whether another query would do better: nothing is wrong with the archive.
    pub fn is_of_the_query(&self) -> bool {
        matches!(self.kind, ErrorKind::Query | ErrorKind::Usage)
    }

    /// The sentence, without the cause.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// The way out, where one is known.
    pub fn way_out(&self) -> Option<&str> {
        self.hint.as_deref()
    }

    /// Where in the query the fault lies, for query errors.
    pub fn fault(&self) -> Option<&Fault> {
        self.fault.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.what)?;
        match &self.cause {
            Some(cause) => write!(f, ": {cause}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.cause.as_deref().map(|cause| cause as _)
    }
}
