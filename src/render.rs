//! The room `render`; see its files.
