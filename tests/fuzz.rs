//! The fuzz targets without a fuzzer: each compiles, and holds for the seeds it starts from.
//!
//! `fuzz/targets.rs` says what must hold.

#![allow(clippy::unwrap_used, reason = "a seed that cannot be read is broken")]
#![allow(clippy::expect_used, reason = "what a target expects is what it tests")]

use std::{fs, path::Path};

use targets::{TARGETS, let_quiet_panics_pass};

#[path = "../fuzz/targets.rs"]
mod targets;

#[test]
fn every_target_holds_for_its_seeds() {
    let_quiet_panics_pass();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let named = fs::read_dir(&seeds).unwrap().map(|folder| folder.unwrap().file_name().into_string().unwrap());
    let mut named: Vec<String> = named.collect();
    named.sort_unstable();
    assert_eq!(named, TARGETS.map(|(name, _)| name), "each target has a folder of seeds");
    for (name, target) in TARGETS {
        for seed in fs::read_dir(seeds.join(name)).unwrap() {
            target(&fs::read(seed.unwrap().path()).unwrap());
        }
    }
}
