# Recipes for daily work: https://just.systems (`cargo install just`, or `pip install rust-just`).

# List the recipes
default:
    @just --list

# Format, and the library with its lints and unit tests: the inner loop
check:
    cargo fmt --all --check
    env PROPTEST_CASES=16 RUSTC_WORKSPACE_WRAPPER={{justfile_directory()}}/tests/lint \
        cargo test --quiet --locked --workspace --no-default-features --features bulletin/search --lib

# Tests whose names contain FILTER; without it all that need no browser
test *FILTER:
    cargo test --locked {{FILTER}}

# Rewrite expected texts and generated documents; read the diff before you keep it
bless *FILTER:
    env UPDATE_EXPECT=1 UPDATE_DOCS=1 cargo test --locked --no-fail-fast {{FILTER}}

# Serve a site with live reload; without ROOT the demo
serve ROOT=".":
    cargo run --release --locked -- serve --root {{ROOT}}

# What people download, for one system: `just package x86_64-unknown-linux-musl`
package TARGET:
    packaging/build {{TARGET}}

# Benchmarks: `just bench stages`, `just bench preview`
bench NAME="stages":
    cargo bench --locked --bench {{NAME}}

# Every check, with browser and search: what a change must pass
gate:
    tests/run
