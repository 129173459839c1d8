//! The room `ask`; see its files.
