//! Libraries: none comes in, and none changes its version, without a line in supply-chain/.

use std::collections::BTreeSet;
use std::fs;

use crate::common::repository;

/// `cargo vet` says more, and runs at the forge: it cannot be fetched as a finished program.
#[test]
fn every_version_of_a_library_is_reviewed_or_exempt() {
    let read =
        |path: &str| -> toml::Table { fs::read_to_string(repository().join(path)).unwrap().parse().unwrap() };
    let lock = read("Cargo.lock");
    let used = lock["package"].as_array().unwrap().iter().filter(|package| package.get("source").is_some());
    let used: BTreeSet<(&str, &str)> =
        used.map(|package| (text(package, "name"), text(package, "version"))).collect();
    let (config, audits) = (read("supply-chain/config.toml"), read("supply-chain/audits.toml"));
    let known = |table: &'static str, of: &toml::Table| -> BTreeSet<(String, String)> {
        let names = of.get(table).and_then(toml::Value::as_table).into_iter().flatten();
        let versions = names.flat_map(|(name, entries)| {
            let versions = entries.as_array().into_iter().flatten();
            versions.filter_map(|entry| Some((name.clone(), entry.get("version")?.as_str()?.to_owned())))
        });
        versions.collect()
    };
    let known: BTreeSet<_> = known("exemptions", &config).union(&known("audits", &audits)).cloned().collect();
    let unknown: Vec<_> = used
        .iter()
        .filter(|(name, version)| !known.contains(&((*name).to_owned(), (*version).to_owned())))
        .collect();
    assert!(
        unknown.is_empty(),
        "read what changed, then `cargo vet certify`, or `cargo vet regenerate exemptions`: {unknown:?}"
    );
}

fn text<'t>(package: &'t toml::Value, key: &str) -> &'t str {
    package[key].as_str().unwrap()
}
