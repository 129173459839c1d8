//! Short remarks with a sign in front: done, look here, worth knowing. What they say is given.
//!
//! The sign says in letters what its colour says.

use std::io::{self, Write};

use super::{
    Ink, Look,
    layout::{clip, gap, width},
};

/// What sort of remark it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// `✔`: done.
    Good,
    /// `!`: something was left out.
    Warn,
    /// `?`: something is doubtful.
    Doubt,
}

/// A remark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its sort.
    pub sign: Sign,
    /// What it says.
    pub text: String,
    /// What stands at the right margin; may be empty.
    pub aside: String,
}

impl Notice {
    /// A remark with nothing at the margin.
    pub fn new(sign: Sign, text: impl Into<String>) -> Self {
        Self { sign, text: text.into(), aside: String::new() }
    }

    /// The same with a word at the margin.
    #[must_use]
    pub fn aside(mut self, aside: impl Into<String>) -> Self {
        self.aside = aside.into();
        self
    }
}

/// Writes a remark.
///
/// # Errors
/// Those of the writer.
pub fn write(notice: &Notice, look: &Look, out: &mut dyn Write) -> io::Result<()> {
    let (sign, ink) = match notice.sign {
        Sign::Good => ("✔", Ink::Good),
        Sign::Warn => ("!", Ink::Warn),
        Sign::Doubt => ("?", Ink::Warn),
    };
    let sign = look.ink(ink, sign);
    let aside = clip(&notice.aside, look.width.saturating_sub(2));
    match gap(2 + width(&notice.text), width(&aside), look.width) {
        _ if aside.is_empty() => writeln!(out, "{sign} {}", notice.text),
        Some(gap) => writeln!(out, "{sign} {}{gap}{}", notice.text, look.ink(Ink::Faint, &aside)),
        None => writeln!(out, "{sign} {}\n  {}", notice.text, look.ink(Ink::Faint, &aside)),
    }
}
