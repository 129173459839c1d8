//! The room `read`; see its files.
