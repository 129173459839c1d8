//! Blocks of pages.
