//! How answers look: one output format, one file.
//!
//! Every function takes what the archive answered and a writer. Nothing here chooses what is shown, asks the archive for
//! more, or knows whether a terminal is at the other end: `Look` says how wide and how plain the page is.

mod address;
mod bars;
mod layout;
mod places;
mod xml;

pub mod annotations;
pub mod article;
pub mod atom;
pub mod biblatex;
pub mod citation;
pub mod columns;
pub mod concordance;
pub mod coverage;
pub mod csl;
pub mod csv;
pub mod explain;
pub mod facets;
pub mod fields;
pub mod form;
pub mod ftm;
pub mod geojson;
pub mod gexf;
pub mod graph;
pub mod graphml;
pub mod hitlist;
#[cfg(test)]
mod hostile;
pub mod html;
pub mod inspect;
pub mod json;
pub mod kml;
pub mod lines;
pub mod lists;
pub mod markdown;
pub mod names;
pub mod narrow;
pub mod notice;
pub mod pairs;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod problems;
pub mod ris;
#[cfg(test)]
mod sample;
pub mod screen;
pub mod status;
pub mod template;
pub mod terms;
pub mod timeline;
pub mod xlsx;

pub use layout::{counted, number, one_line};

/// Whether styles are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paint {
    /// Letters only; what matters is marked with `**`.
    #[default]
    Plain,
    /// ANSI styles.
    Colour,
}

/// The page that is written on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Columns; [`Look::ENDLESS`] when lines are not to be broken.
    pub width: usize,
    /// Styles or none.
    pub paint: Paint,
    /// What comes before a path to make it an address (`file:///home/me/clippings/`); none = no links.
    pub links: Option<String>,
}

impl Look {
    /// A width at which no line is broken.
    pub const ENDLESS: usize = usize::MAX / 4;

    /// A page of letters only.
    pub fn plain(width: usize) -> Self {
        Self { width, paint: Paint::Plain, links: None }
    }

    /// `text` in this ink, which must not change its width.
    fn ink(&self, ink: Ink, text: &str) -> String {
        match self.paint {
            Paint::Plain => text.to_owned(),
            Paint::Colour => format!("{}{text}\x1b[0m", ink.code()),
        }
    }

    /// `shown`, as a link to a file of the archive where the page has links.
    fn link(&self, path: &str, shown: &str) -> String {
        match &self.links {
            None => shown.to_owned(),
            Some(base) => format!(
                "\x1b]8;;{base}{}\x1b\\{shown}\x1b]8;;\x1b\\",
                layout::percent(&crate::article::path::bytes_of(path))
            ),
        }
    }
}

/// What a stretch of text is, for the eye.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ink {
    /// A headline.
    Strong,
    /// What was sought.
    Mark,
    /// What is only in passing.
    Faint,
    /// A label.
    Label,
    /// All is well.
    Good,
    /// Something to look at.
    Warn,
}

impl Ink {
    fn code(self) -> &'static str {
        match self {
            Self::Strong => "\x1b[1m",
            Self::Mark => "\x1b[1;33m",
            Self::Faint => "\x1b[2m",
            Self::Label => "\x1b[36m",
            Self::Good => "\x1b[32m",
            Self::Warn => "\x1b[33m",
        }
    }
}
