//! What is said when the last change of a table kept by hand was taken back.
//!
//! It changes nothing itself; `mark` and `names` do.

use super::{
    args::Global,
    output,
    report::{self, Outcome},
};
use crate::error::Result;

/// Prints the rows of `file` that are gone, which stand below the comment that began their lot.
pub(super) fn taken_back(gone: &[String], file: &str, global: &Global) -> Result<Outcome> {
    if gone.is_empty() {
        report::nothing(global, &format!("there is no change in {file} that this command made"));
        return Ok(Outcome::Nothing);
    }
    gone.iter().skip(1).try_for_each(|line| output::say(&format!("taken back: {line}")))?;
    Ok(Outcome::Done)
}
