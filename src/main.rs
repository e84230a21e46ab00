//! Parses the command line and starts one role.

use std::process::ExitCode;

fn main() -> ExitCode {
    cartwright::cli::main()
}
