//! Law 1: the same input gives the same bytes and the same diagnostics, on every machine.

use std::process::{Command, Stdio};

use crate::common::built::Tree;
use crate::common::running::{give_to_unprivileged, is_root};
use crate::common::{NOW, PROGRAM, Run, Site, assert_same_tree, repository, tree};

/// A machine on which a site is built.
#[derive(Debug)]
struct Machine {
    threads: &'static str,
    zone: &'static str,
    locale: &'static str,
    home: &'static str,
    /// Below a temporary folder.
    folder: &'static str,
    /// Where the program starts: the site's folder, or the root of the disk.
    in_the_site: bool,
    order: FileOrder,
    umask: &'static str,
    /// Whether root runs it, or somebody else. Without root, it is always the same user.
    as_root: bool,
    /// Settings of the allocator.
    memory: (&'static str, &'static str),
}

/// The order in which files are created, which many file systems list them in.
#[derive(Clone, Copy, Debug)]
enum FileOrder {
    First,
    Last,
    Scattered,
}

/// Twenty machines. The number of values of most properties differs, so that no two properties change together.
fn machines() -> impl Iterator<Item = Machine> {
    (0..20).map(|number| Machine {
        threads: ["1", "7", "2", "16", "3"][number % 5],
        zone: ["UTC", "Pacific/Auckland", "Asia/Damascus", "America/St_Johns"][number % 4],
        locale: ["C", "ar_SY.UTF-8", "tr_TR.UTF-8"][number % 3],
        home: ["/", "/nowhere"][number / 2 % 2],
        folder: ["a", "another folder/with a longer/path الهلك", "b&amp;'\"", "Ａ/ß"][number / 3 % 4],
        in_the_site: number % 2 == 0,
        order: [FileOrder::First, FileOrder::Last, FileOrder::Scattered][number / 2 % 3],
        umask: ["022", "077", "002", "000", "027", "007", "026"][number % 7],
        as_root: number % 6 < 3,
        memory: [
            ("MIMALLOC_PURGE_DELAY", "0"),
            ("MIMALLOC_ARENA_EAGER_COMMIT", "0"),
            ("MIMALLOC_SHOW_ERRORS", "0"),
        ][number / 5 % 3],
    })
}

impl Machine {
    fn place(&self, files: &Tree) -> Site {
        let site = Site::empty();
        let mut files: Vec<_> = files.iter().collect();
        match self.order {
            FileOrder::First => {}
            FileOrder::Last => files.reverse(),
            FileOrder::Scattered => files.sort_by_key(|(path, _)| path.bytes().rev().collect::<Vec<u8>>()),
        }
        for (path, bytes) in files {
            site.write_bytes(&format!("{}/{path}", self.folder), bytes);
        }
        site
    }

    fn run(&self, site: &Site, arguments: &[&str]) -> Run {
        let root = site.path(self.folder);
        let mut command = Command::new("sh");
        command.args(["-c", "umask \"$0\" && exec \"$@\"", self.umask, PROGRAM]).args(arguments);
        command.env_clear().stdin(Stdio::null());
        if self.in_the_site {
            command.current_dir(&root);
        } else {
            command.current_dir("/").arg("--root").arg(&root);
        }
        command.env("RAYON_NUM_THREADS", self.threads).env("TZ", self.zone).env("HOME", self.home);
        command.env("LANG", self.locale).env("LC_ALL", self.locale).env(self.memory.0, self.memory.1);
        if is_root() && !self.as_root {
            give_to_unprivileged(site, &mut command);
        }
        Run::of(&mut command)
    }
}

#[test]
fn law_1_twenty_machines_give_the_same_bytes_and_messages() {
    let files = tree(Site::named("port-brine").root());
    assert_builds_alike(machines(), &files);
}

#[test]
fn law_1_two_machines_build_the_same_demo() {
    let files = tree(Site::copy_of(repository()).root());
    assert_builds_alike(machines().take(2), &files);
}

fn assert_builds_alike(machines: impl Iterator<Item = Machine>, files: &Tree) {
    let mut builds = machines.map(|machine| {
        let place = machine.place(files);
        let run = machine.run(&place, &["build", "--now", NOW]);
        assert_eq!(run.code, Some(0), "{machine:?}: {run}");
        (run, tree(&place.path(machine.folder).join("public")))
    });
    let (said, built) = builds.next().unwrap();
    for (run, output) in builds {
        assert_eq!(run, said);
        assert_same_tree(&output, &built);
    }
}

#[test]
fn law_1_all_machines_report_the_same_errors_in_the_same_order() {
    let site = Site::named("port-brine");
    for number in 0..20 {
        let text = format!(
            "-- content/briefings/bad-{number}.md --\n+++\ntitle = 1\nwhen = 2\n+++\n[x](place:no-{number})\n![](y.jpg)\n"
        );
        site.write(&text);
    }
    site.write("-- templates/page.html --\n{% extends \"default/page.html\" %}{% block content %}{{ nothing }}{% endblock content %}\n");
    let files = tree(site.root());
    for format in ["human", "short", "json"] {
        let arguments = ["check", "--now", NOW, "--format", format];
        let mut runs = machines().take(5).map(|machine| machine.run(&machine.place(&files), &arguments));
        let first = runs.next().unwrap();
        assert_eq!(first.code, Some(1));
        runs.for_each(|run| assert_eq!(run, first));
    }
}

#[test]
fn law_1_a_built_site_holds_no_trace_of_the_machine() {
    let site = Site::named("port-brine");
    site.build();
    let root = site.root().to_str().unwrap();
    for (path, bytes) in tree(&site.public()) {
        assert!(
            !String::from_utf8_lossy(&bytes).contains(root),
            "{path} contains the path where it was built"
        );
    }
}
