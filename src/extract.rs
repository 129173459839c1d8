//! The room `extract`; see its files.
