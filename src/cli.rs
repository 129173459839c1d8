//! The command line: one command, one file.

/// Runs the command the process was called with.
pub fn run() -> std::process::ExitCode {
    std::process::ExitCode::SUCCESS
}
