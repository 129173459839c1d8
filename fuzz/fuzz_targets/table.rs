//! Any bytes as a table: read or refused.
#![no_main]

morgue_fuzz::files!("a.csv", "a.tsv");
