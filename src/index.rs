//! The room `index`; see its files.
