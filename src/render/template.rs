//! The user's own form: a template that is filled for each row.
//!
//! It never reads a file; the command hands it the text.

/// A template as the user wrote it.
#[derive(Debug)]
pub struct Template {
    /// The file's name, of which the ending says what is escaped.
    pub name: String,
    /// What it says.
    pub text: String,
}
