//! The door: hands the process's arguments to the command line and its answer to the system.

fn main() -> std::process::ExitCode {
    morgue::cli::run()
}
