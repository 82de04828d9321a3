//! Writes the site of the benchmarks into a folder:
//! `cargo run --release --example corpus -- DIR BRIEFINGS`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program of its own talks to a terminal")]

#[path = "../benches/corpus/mod.rs"]
mod corpus;

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [dir, count] = arguments.as_slice() else { return usage() };
    let Ok(count) = count.parse() else { return usage() };
    match corpus::write(Path::new(dir), count) {
        Ok(files) => {
            println!("{dir}: {files} files, {count} of them briefings");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{dir}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: corpus DIR BRIEFINGS");
    ExitCode::from(2)
}
