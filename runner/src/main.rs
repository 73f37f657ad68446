//! The `yakin` program: everything it does lives in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(yakin::cli::main(std::env::args_os()))
}
