//! What a host takes, and whether what a warning offers helps.

use std::sync::{Arc, Mutex};

use bulletin::diag::Diagnostic;
use bulletin::engine::{self, BuildOptions, CheckScope, Observer, Unobserved};
use bulletin::paths::OutPath;
use bulletin::sources::Store;
use bulletin::time::parse_day_or_moment;
use expect_test::expect;

use crate::common::Site;
use crate::common::built::Tree;

fn options(files: Vec<(String, String)>) -> BuildOptions {
    BuildOptions {
        store: Store::memory(files),
        now: parse_day_or_moment("2031-06-01").unwrap(),
        as_of: None,
        drafts: false,
        base_url: None,
    }
}

/// What a check reports about the host of a site in memory.
fn over_limits(files: Vec<(String, String)>) -> Vec<Diagnostic> {
    let observer: Arc<dyn Observer> = Arc::new(Unobserved);
    let mut found =
        engine::check(&options(files), &observer, &|_| None, CheckScope::Site, &|_, _| ()).diagnostics();
    found.retain(|diagnostic| diagnostic.code.name() == "over-host-limit");
    found
}

/// The outputs of a site in memory.
pub fn outputs(files: Vec<(String, String)>) -> Tree {
    let outputs = Mutex::new(Tree::new());
    let take = |path: &OutPath, bytes: &[u8]| {
        outputs.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok(())
    };
    engine::prepare(&options(files)).0.unwrap().render_all(&take);
    outputs.into_inner().unwrap()
}

/// Plain pages and static files.
fn site(settings: &str, pages: usize, files: usize) -> Vec<(String, String)> {
    let mut all = vec![("site.toml".to_owned(), format!("title = \"T\"\n{settings}"))];
    all.extend(
        (0..pages).map(|n| (format!("content/p{n}.md"), format!("+++\ntitle = \"P{n}\"\n+++\nText.\n"))),
    );
    all.extend((0..files).map(|n| (format!("static/f/{n}.txt"), "x\n".to_owned())));
    all
}

/// What a build leaves in the folder: the outputs, the list, the journal, and what it was made of.
fn files_in(outputs: &Tree) -> usize {
    outputs.len() + 3
}

fn message_and_help(found: &[Diagnostic]) -> (String, String) {
    let [one] = found else { panic!("{found:#?}") };
    assert!(one.place.as_ref().is_some_and(|place| place.file == "site.toml" && place.line > 1));
    (one.message.clone(), one.help.join("; "))
}

fn with_commas(number: usize) -> String {
    format!("{},{:03}", number / 1000, number % 1000)
}

#[test]
fn too_many_files_are_counted_and_what_is_offered_makes_them_fit() {
    let host = "[host]\nkind = \"cloudflare-pages\"\n";
    let (message, help) = message_and_help(&over_limits(site(host, 60, 19_880)));
    let total = with_commas(files_in(&outputs(site(host, 60, 19_880))));
    assert_eq!(message, format!("the site has {total} files; Cloudflare Pages takes 20,000 files"));
    let helped = site(&format!("{host}[outputs]\ntext = false\n"), 60, 19_880);
    assert_eq!(over_limits(helped.clone()), []);
    let left = with_commas(files_in(&outputs(helped)));
    assert_eq!(
        help,
        format!(
            "write `text = false` under `[outputs]`, which leaves {left} files; or use another host: GitHub Pages takes it"
        )
    );
}

#[test]
fn a_site_that_no_switch_makes_fit_is_told_another_host_alone() {
    let found =
        over_limits(site("[host]\nkind = \"cloudflare-pages\"\n[outputs]\ntext = false\n", 1, 20_000));
    assert_eq!(message_and_help(&found).1, "use another host: GitHub Pages takes it");
}

#[test]
fn a_file_that_is_too_large_is_named() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\n[host]\nkind = \"cloudflare-pages\"\n-- content/a.md --\n+++\ntitle = \"A\"\n+++\n",
    );
    site.write_bytes("static/all.bin", &vec![0; (25 << 20) + 1]);
    let run = site.build();
    expect![[r#"
        note[no-base-url]: without base_url there are no feeds and no sitemap.xml, and pages do not name their address
         = help: set base_url in site.toml once the site has an address

        warning[over-host-limit]: all.bin has 26,214,401 bytes; Cloudflare Pages takes files of at most 26,214,400 bytes
          ┌─ site.toml:3:8
          │
        3 │ kind = "cloudflare-pages"
          │        ^^^^^^^^^^^^^^^^^^ does not take all of it
          │
          = help: make the file smaller; or use another host: GitHub Pages takes it

        warning[unknown-file]: the file is copied as it is, and its format is on no list: what it holds was not looked at
          ┌─ static/all.bin:1:1
          = help: look at what it holds, or publish the same as text, CSV, JSON, PDF or a picture

    "#]]
    .assert_eq(&run.stderr);
    site.write_bytes("static/all.bin", &vec![0; 25 << 20]);
    assert!(!site.build().stderr.contains("over-host-limit"));
}

#[test]
fn a_folder_with_more_names_than_fat32_holds_is_named() {
    // Each name takes eleven entries: 65,534 is the most.
    let name = |n: usize| format!("static/f/{n:05}{}.txt", "x".repeat(125 - 9));
    let mut files = site("[host]\nkind = \"usb\"\n", 1, 0);
    files.extend((0..5_957).map(|n| (name(n), "x\n".to_owned())));
    assert_eq!(over_limits(files.clone()), []);
    files.push((name(5_957), "x\n".to_owned()));
    let (message, help) = message_and_help(&over_limits(files));
    assert_eq!(
        message,
        "the folder f/ needs 65,538 entries of FAT32, as most sticks have it, and 65,534 entries is the most"
    );
    assert_eq!(help, "format the stick as exFAT");
}
