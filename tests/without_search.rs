//! The program as it is built by default, without the search. With the feature there is nothing to test.
//!
//! In a binary of its own, which is small: all others would be compiled a second time for one message.

#![cfg(not(feature = "search"))]
#![allow(clippy::unwrap_used, reason = "a panic is the report of a test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use expect_test::expect;

fn build(root: &Path, site_toml: &str) -> Output {
    fs::create_dir_all(root.join("content")).unwrap();
    fs::write(root.join("content/about.md"), "+++\ntitle = \"About\"\n+++\nWho we are.\n").unwrap();
    fs::write(root.join("site.toml"), site_toml).unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_bulletin"));
    program.args(["build", "--now", "2031-06-01"]).env_clear().current_dir(root).output().unwrap()
}

#[test]
fn search_that_is_not_built_in() {
    let site = tempfile::tempdir().unwrap();
    let run = build(site.path(), "title = \"Quay\"\n[outputs]\nsearch = true\n");
    assert_eq!(run.status.code(), Some(2));
    expect![[r#"
        error[not-built-in]: this bulletin was built without search
          ┌─ site.toml:3:1
          │
        3 │ search = true
          │ ^^^^^^ asks for it
          │
          = help: install it with `cargo install --path . --features search`, or write `search = false`

        1 error, 0 warnings; nothing was written
    "#]]
    .assert_eq(&String::from_utf8(run.stderr).unwrap());

    let run = build(site.path(), "title = \"Quay\"\n[outputs]\nsearch = false\n");
    assert!(run.status.success());
    assert!(site.path().join("public/index.html").exists());
    assert!(!site.path().join("public/search.html").exists() && !site.path().join("public/search").exists());
}
