//! The door: hands the process's arguments to the command line and its answer to the system.

/// Articles are made in one thread and let go in another, for which the system's allocator makes both wait.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    morgue::cli::run()
}
