//! The fuzzer's entry: gives what it invents to the target that `MORGUE_TARGET` names, one of the table in `targets.rs`.
#![no_main]

mod targets;

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use targets::{TARGETS, Target, let_quiet_panics_pass};

static TARGET: LazyLock<Target> = LazyLock::new(|| {
    let name = std::env::var("MORGUE_TARGET").unwrap_or_default();
    let found = TARGETS.iter().find(|(known, _)| *known == name);
    let names = TARGETS.map(|(name, _)| name).join(", ");
    found.unwrap_or_else(|| panic!("set MORGUE_TARGET to one of: {names}")).1
});

fuzz_target!(init: let_quiet_panics_pass(), |bytes: &[u8]| TARGET(bytes));
