//! The room `text`; see its files.
