//! Copies: keys, signatures, archives, and what a check of each kind of bad copy prints.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, Read as _, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};

use bulletin::copies::{SecretKeyFile, SigningKey};
use expect_test::{Expect, expect};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::common::http::host;
use crate::common::{NOW, Run, Site, tree};

const PASSPHRASE: &str = "brine tide";
const SECRET: &str = "untrusted comment: minisign encrypted secret key
RWRTY0IyrK5nw5MUC1PqadDR3SBVBTQXy4M82Iq8Rtp6Sc77B6IAABAAAAAAAAAAAAIAAAAAQOhn9n3ci1lzD6kM8VumfIYkgQsE9ha45rRVLSCMKHzrHr8/0COhOsPa5PGyyhA5iEuNCKxS2KA1BYwS7nvEnuYZxxpZA9yCto2EKY69S7aZsYmmtaCGHxlVbS7bGM0H1p3I9fDxQt4=
";
const PUBLIC: &str = "RWQ2w+G0250XGNWeelU+9AYBdJMEclkDvKgEDASzyLKw1CuEqS1Nxr4A";

const OTHER_PASSPHRASE: &str = "other words";
const OTHER_SECRET: &str = "untrusted comment: minisign encrypted secret key
RWRTY0IydEo0Ju0oHfhA18t5tzBCaSGfgGM18+U3utOGTnb7YNgAABAAAAAAAAAAAAIAAAAAywnqC0nCiti11aDh3wXsMsxaQoLpfF45oN03k0k03kafgYQ6x2WobUgaHqIEChWG7ClnWQhSOLrTWACGJRWbODVUC/VKgyIPJKfS5z0zqZCzcz4JRhXUrE2yIQhPJLyiBn7AYh5deps=
";
const OTHER_PUBLIC: &str = "RWS7sh+YFnDEUpQd7O03msLPkTcoBw6aHIDn+NnVkwSVoyNxsu3TpcrM";

const FIRST: &str = "-- content/briefings/first.md --
+++
title = \"Water is back\"
date = 2031-05-02T10:00:00Z
next_due = 2031-06-02T10:00:00Z
+++
Text.
";
const SECOND: &str = "-- content/briefings/second.md --
+++
title = \"Water is cut\"
date = 2031-05-03T10:00:00Z
next_due = 2031-06-03T10:00:00Z
+++
Text.
";

/// A site with a key next to it, outside of its folder.
struct Desk {
    site: Site,
    home: Site,
}

impl Desk {
    fn new() -> Self {
        Self::with_key(PUBLIC, SECRET)
    }

    fn with_key(public: &str, secret: &str) -> Self {
        let settings = format!(
            "-- site.toml --\ntitle = \"Port Brine\"\nbase_url = \"https://brine.example/\"\npublic_key = \"{public}\"\n"
        );
        let home = Site::empty();
        home.write_bytes("bulletin.key", secret.as_bytes());
        let desk = Self { site: Site::new(&(settings + FIRST)), home };
        desk.site.build();
        desk
    }

    fn signed() -> Self {
        let desk = Self::new();
        desk.sign();
        desk
    }

    /// The program with the home of this desk, and a time.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = self.site.command(arguments);
        command.args(["--now", NOW]).env("HOME", self.home.root());
        command
    }

    fn run(&self, arguments: &[&str]) -> Run {
        Run::of(&mut self.command(arguments))
    }

    fn try_sign(&self, passphrase: &str) -> Run {
        let key = self.home.path("bulletin.key");
        let mut command = self.command(&["sign", "--key", key.to_str().unwrap()]);
        Run::of(command.env("BULLETIN_PASSPHRASE", passphrase))
    }

    fn sign(&self) {
        let run = self.try_sign(PASSPHRASE);
        assert_eq!(run.code, Some(0), "{run}");
    }

    fn build(&self) {
        self.site.build();
    }

    fn verify(&self, arguments: &[&str]) -> Run {
        self.run(&[&["verify"], arguments].concat())
    }

    fn check(&self, arguments: &[&str], expected: &Expect) {
        expected.assert_eq(&self.verify(arguments).to_string());
    }

    /// A copy of the output in the folder of the site.
    fn copy(&self, name: &str) {
        for (path, bytes) in tree(&self.site.public()) {
            self.site.write_bytes(&format!("{name}/{path}"), &bytes);
        }
    }

    fn pack(&self) -> Vec<u8> {
        let run = self.run(&["pack", "copy.zip", "--replace"]);
        assert_eq!(run.code, Some(0), "{run}");
        fs::read(self.site.path("copy.zip")).unwrap()
    }

    /// An archive with these entries instead of those of the site.
    fn zip(&self, entries: impl FnOnce(&mut ZipWriter<File>)) {
        let mut writer = ZipWriter::new(File::create(self.site.path("bad.zip")).unwrap());
        entries(&mut writer);
        writer.finish().unwrap();
    }
}

fn other_key() -> SigningKey {
    let file = SecretKeyFile::new("other", OTHER_SECRET.as_bytes()).ok().unwrap();
    file.open(Some(OTHER_PASSPHRASE.to_owned())).ok().unwrap()
}

/// Adds all files of a folder to an archive.
fn add_all(writer: &mut ZipWriter<File>, folder: &Path) {
    for (path, bytes) in tree(folder) {
        add(writer, &path, &bytes);
    }
}

fn add(writer: &mut ZipWriter<File>, name: &str, bytes: &[u8]) {
    writer.start_file(name, SimpleFileOptions::default()).unwrap();
    writer.write_all(bytes).unwrap();
}

#[test]
fn a_key_is_made_for_its_owner_alone_and_printed_nowhere() {
    let home = Site::empty();
    let mut command = home.command(&["keys", "new"]);
    let run = Run::of(command.env("HOME", home.root()).env("BULLETIN_PASSPHRASE", PASSPHRASE));
    assert_eq!(run.code, Some(0), "{run}");
    let file = home.path(".config/bulletin/bulletin.key");
    assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    let secret = fs::read_to_string(&file).unwrap();
    let secret = secret.lines().nth(1).unwrap();
    let said = run.to_string();
    assert!(
        !said.contains(secret) && !said.contains(PASSPHRASE) && said.contains("public_key = \"RW"),
        "{said}"
    );
    let again = Run::of(command.args(["--format", "short"]));
    assert_eq!(again.code, Some(2));
    assert!(again.stderr.contains("error[file-exists]: "), "{again}");
}

#[test]
fn a_key_is_not_made_where_it_could_be_published() {
    let desk = Desk::new();
    fs::create_dir(desk.home.path(".git")).unwrap();
    let in_repository = desk.home.path("a.key");
    for file in ["a.key", "content/a.key", "public/a.key", "new/a.key", in_repository.to_str().unwrap()] {
        let mut command = desk.command(&["keys", "new", "--file", file, "--format", "short"]);
        let run = Run::of(command.env("BULLETIN_PASSPHRASE", PASSPHRASE));
        assert!(run.code == Some(2) && run.stderr.contains("error[secret-key]: "), "{file}: {run}");
        assert!(!desk.site.exists(file));
    }
    let forced = ["keys", "new", "--force", "--file", "a.key"];
    assert_eq!(Run::of(desk.command(&forced).env("BULLETIN_PASSPHRASE", PASSPHRASE)).code, Some(0));
}

#[test]
fn a_passphrase_that_is_missing_empty_or_wrong() {
    let desk = Desk::new();
    let check = |run: Run, expected: Expect| expected.assert_eq(&run.to_string());
    let key = desk.home.path("new.key");
    let new = ["keys", "new", "--file", key.to_str().unwrap()];
    check(
        desk.run(&new),
        expect![[r#"
        -- stderr --
        error[bad-key]: the key needs a passphrase, and there is no terminal to ask for it
         = help: set BULLETIN_PASSPHRASE, or give a file with --passphrase-file
        -- exit 2 --
    "#]],
    );
    check(
        Run::of(desk.command(&new).env("BULLETIN_PASSPHRASE", "")),
        expect![[r#"
        -- stderr --
        error[bad-key]: the passphrase is empty
         = help: choose some words that no one guesses; without it, a stolen file is enough to sign false copies
        -- exit 2 --
    "#]],
    );
    check(
        desk.try_sign("brine tides"),
        expect![[r#"
        -- stderr --
        error[bad-key]: the passphrase does not fit the key, or the key is damaged
         = help: type the passphrase that the key was made with; if it is lost, make a new key
        -- exit 2 --
    "#]],
    );
    assert!(!key.exists());
    desk.home.write_bytes("passphrase", b"brine tide\nand a second line\n");
    let (secret, file) = (desk.home.path("bulletin.key"), desk.home.path("passphrase"));
    let options = ["sign", "--key", secret.to_str().unwrap(), "--passphrase-file", file.to_str().unwrap()];
    assert_eq!(desk.run(&options).code, Some(0));
}

#[test]
fn a_key_that_is_no_key() {
    let desk = Desk::new();
    desk.site.write_bytes("a.key", PUBLIC.as_bytes());
    expect![[r#"
        -- stderr --
        error[bad-key]: a.key is not a secret key of minisign
         = help: give the file of two lines that `bulletin keys new` or `minisign -G` wrote with --key
        -- exit 2 --
    "#]]
    .assert_eq(&desk.run(&["sign", "--key", "a.key"]).to_string());
    expect![[r#"
        -- stderr --
        error[bad-key]: --key is neither a public key of minisign nor a file with one
         = help: give the 56 letters that begin with RW, or a file such as minisign.pub
        -- exit 2 --
    "#]]
    .assert_eq(&desk.verify(&["public", "--key", "RWQ"]).to_string());
}

#[test]
fn a_site_that_is_signed_and_signed_again() {
    let desk = Desk::new();
    expect![[r#"
        -- stdout --
        public: signed, version 2031-05-02T10:00:00Z, with 4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4
        -- exit 0 --
    "#]]
    .assert_eq(&desk.try_sign(PASSPHRASE).to_string());
    let before = fs::read(desk.site.path("public/SHA256SUMS.minisig")).unwrap();
    expect![[r#"
        -- stdout --
        public: already signed, version 2031-05-02T10:00:00Z, with 4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4
        -- exit 0 --
    "#]]
    .assert_eq(&desk.try_sign(PASSPHRASE).to_string());
    assert_eq!(fs::read(desk.site.path("public/SHA256SUMS.minisig")).unwrap(), before, "law 5: untouched");
    desk.check(
        &["--key", PUBLIC],
        &expect![[r#"
            -- stdout --
            site:     Port Brine, https://brine.example/
            version:  2031-05-02T10:00:00Z
            as of:    2031-05-02T10:00:00Z
            next due: 2031-06-02T10:00:00Z
            key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
            public: good, 64 files, 329.4 kB
            -- exit 0 --
        "#]],
    );
    let said = desk.verify(&["--format", "json"]).stdout;
    expect![[r#"
        {"copy":{"address":"https://brine.example/","as_of":"2031-05-02T10:00:00Z","bytes":329410,"copy":"public","exit":0,"files":64,"key":{"fingerprint":"4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4","public_key":"RWQ2w+G0250XGNWeelU+9AYBdJMEclkDvKgEDASzyLKw1CuEqS1Nxr4A","trust":"known"},"next_due":"2031-06-02T10:00:00Z","site":"Port Brine","version":"2031-05-02T10:00:00Z"}}
    "#]].assert_eq(&said);
}

#[test]
fn every_page_shows_the_fingerprint_of_the_key() {
    let desk = Desk::new();
    for (path, bytes) in tree(&desk.site.public()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if path.ends_with(".html") || path.ends_with(".txt") && path != "robots.txt" {
            assert!(text.contains("4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4"), "{path}");
        }
    }
}

#[test]
fn a_build_says_that_the_signature_no_longer_fits_and_leaves_it() {
    let desk = Desk::signed();
    let before = fs::read(desk.site.path("public/SHA256SUMS.minisig")).unwrap();
    assert_eq!(desk.site.build().stderr, "", "nothing changed");
    desk.site.write(SECOND);
    expect![[r#"
        -- stdout --
        public: 4 new, 26 changed, 38 unchanged, 0 removed
        -- stderr --
        warning[stale-signature]: public/SHA256SUMS.minisig is of an earlier build, and no longer fits
         = help: sign again: bulletin sign
        -- exit 0 --
    "#]]
    .assert_eq(&desk.site.build().to_string());
    assert_eq!(fs::read(desk.site.path("public/SHA256SUMS.minisig")).unwrap(), before, "law 4");
    desk.check(&[], &expect![[r#"
        -- stdout --
        error[stale-signature]: the signature is for another list, of version 2031-05-02T10:00:00Z: the site was built again after it was signed, or files of two builds are mixed
         = help: get the whole copy again; if the site is yours, sign it again: bulletin sign

        public: not good
        -- exit 1 --
    "#]]);
    let packed = desk.run(&["pack", "copy.zip"]);
    expect![[r#"
        warning[stale-signature]: SHA256SUMS.minisig does not fit the site: it was built again after it was signed
         = help: sign again, then pack: bulletin sign

    "#]].assert_eq(&packed.stderr);
    // A version rises with each list, whatever its newest briefing is.
    desk.sign();
    assert_eq!(desk.verify(&[]).code, Some(0));
    desk.site.remove("content/briefings/second.md");
    desk.build();
    desk.sign();
    desk.check(
        &["--key", PUBLIC],
        &expect![[r#"
            -- stdout --
            site:     Port Brine, https://brine.example/
            version:  2031-05-03T10:00:01Z
            as of:    2031-05-02T10:00:00Z
            next due: 2031-06-02T10:00:00Z
            key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
            public: good, 64 files, 329.4 kB
            -- exit 0 --
        "#]],
    );
}

#[test]
fn sign_refuses_another_key_an_altered_site_and_a_foreign_file() {
    let desk = Desk::with_key(OTHER_PUBLIC, SECRET);
    expect![[r#"
        -- stderr --
        error[wrong-key]: the site shows the key 1A33 C3EC 9A6F 26E4 5CFB 3E58 B442 0B24, and this one is 4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4
         = help: sign with the other key, or write `public_key = "RWQ2w+G0250XGNWeelU+9AYBdJMEclkDvKgEDASzyLKw1CuEqS1Nxr4A"` into site.toml and build again
        -- exit 1 --
    "#]].assert_eq(&desk.try_sign(PASSPHRASE).to_string());
    let desk = Desk::new();
    desk.site.write_bytes("public/SHA256SUMS.minisig", b"mine");
    expect![[r#"
        -- stderr --
        error[foreign-file]: public/SHA256SUMS.minisig is no signature, and is not overwritten
         = help: move it away, then sign again
        -- exit 2 --
    "#]]
    .assert_eq(&desk.try_sign(PASSPHRASE).to_string());
    desk.site.remove("public/SHA256SUMS.minisig");
    desk.site.write_bytes("public/index.html", b"altered");
    desk.site.write_bytes("public/extra.html", b"extra");
    expect![[r#"
        -- stderr --
        error[altered-file]: index.html is altered: its bytes are not those of the list
         = help: build again, then sign

        warning[extra-file]: extra.html is in no list: no one signed it
         = help: remove it; a file that the site needs belongs into its static/
        -- exit 1 --
    "#]]
    .assert_eq(&desk.try_sign(PASSPHRASE).to_string());
    assert!(!desk.site.exists("public/SHA256SUMS.minisig"));
}

#[test]
fn a_site_without_its_key_is_signed_with_a_warning() {
    let desk = Desk::new();
    desk.site.edit("site.toml", &format!("public_key = \"{PUBLIC}\"\n"), "");
    desk.build();
    expect![[r#"
        -- stdout --
        public: signed, version 2031-05-02T10:00:00Z, with 4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4
        -- stderr --
        warning[key-not-shown]: no page of the site shows the key that the copy is signed with
         = help: write `public_key = "RWQ2w+G0250XGNWeelU+9AYBdJMEclkDvKgEDASzyLKw1CuEqS1Nxr4A"` into site.toml, build and sign again
        -- exit 0 --
    "#]].assert_eq(&desk.try_sign(PASSPHRASE).to_string());
    desk.check(
        &[],
        &expect![[r#"
        -- stdout --
        error[bad-key]: the copy does not show its key, so that its signature cannot be checked
         = help: give the key of the site with --key, as its pages or the people who make it have it

        public: not good
        -- exit 1 --
    "#]],
    );
    assert_eq!(desk.verify(&["--key", PUBLIC]).code, Some(0));
}

#[test]
fn a_copy_with_altered_missing_and_extra_files_and_a_link() {
    let desk = Desk::signed();
    desk.copy("copy");
    desk.site.write_bytes("copy/index.html", b"altered");
    desk.site.remove("copy/briefings/first.html");
    desk.site.write_bytes("copy/urgent.html", b"extra");
    desk.site.write_bytes("copy/.DS_Store", b"left by a system");
    desk.site.remove("copy/robots.txt");
    symlink("../public/robots.txt", desk.site.path("copy/robots.txt")).unwrap();
    desk.check(
        &["copy", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[altered-file]: index.html is altered: its bytes are not those of the list
         = help: do not trust it; get the copy again from another place

        error[absent-file]: briefings/first.html is missing
         = help: get the copy again

        error[absent-file]: robots.txt is missing
         = help: get the copy again

        error[extra-file]: robots.txt is a link or a device: a copy has plain files only
         = help: remove it

        error[extra-file]: urgent.html is in no list: no one signed it
         = help: remove it; a file that the site needs belongs into its static/

        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
        copy: not good
        -- exit 1 --
    "#]],
    );
}

#[test]
fn a_copy_without_a_good_list() {
    let desk = Desk::signed();
    desk.copy("copy");
    let list = desk.site.read("copy/SHA256SUMS");
    desk.site.write_bytes("copy/SHA256SUMS", &list.as_bytes()[..list.len() - 9]);
    desk.check(
        &["copy", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[bad-list]: SHA256SUMS is cut: its last line has no end
         = help: get the copy again, or build the site again; without its list nothing can be checked

        copy: not good
        -- exit 1 --
    "#]],
    );
    // A whole line less.
    let cut = list.trim_end().rfind('\n').unwrap() + 1;
    desk.site.write_bytes("copy/SHA256SUMS", &list.as_bytes()[..cut]);
    desk.check(&["copy", "--key", PUBLIC], &expect![[r#"
        -- stdout --
        error[stale-signature]: the signature is for another list, of version 2031-05-02T10:00:00Z: the site was built again after it was signed, or files of two builds are mixed
         = help: get the whole copy again; if the site is yours, sign it again: bulletin sign

        error[extra-file]: timeline.txt is in no list: no one signed it
         = help: remove it; a file that the site needs belongs into its static/

        copy: not good
        -- exit 1 --
    "#]]);
    desk.site.remove("copy/SHA256SUMS");
    desk.check(
        &["copy", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[bad-list]: SHA256SUMS is missing
         = help: get the copy again, or build the site again; without its list nothing can be checked

        copy: not good
        -- exit 1 --
    "#]],
    );
    desk.check(
        &["nowhere"],
        &expect![[r#"
        -- stdout --
        error[unreadable-copy]: nowhere cannot be read: it does not exist
         = help: check the name, the permissions and the connection

        nowhere: not good
        -- exit 2 --
    "#]],
    );
}

#[test]
fn a_copy_without_a_good_signature() {
    let desk = Desk::signed();
    desk.copy("copy");
    let signature = desk.site.read("copy/SHA256SUMS.minisig");
    desk.site
        .write_bytes("copy/SHA256SUMS.minisig", signature.replace("version:2031", "version:2032").as_bytes());
    desk.check(
        &["copy", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[bad-signature]: SHA256SUMS.minisig is not of the key that it names
         = help: do not trust the copy; get it again from another place

        copy: not good
        -- exit 1 --
    "#]],
    );
    desk.site.write_bytes("copy/SHA256SUMS.minisig", &signature.as_bytes()[..200]);
    desk.check(
        &["copy", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[bad-signature]: SHA256SUMS.minisig is no signature of minisign
         = help: do not trust the copy; get it again from another place

        copy: not good
        -- exit 1 --
    "#]],
    );
    desk.site.remove("copy/SHA256SUMS.minisig");
    desk.check(
        &["copy", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[unsigned-copy]: the copy is not signed: anyone could have made it
         = help: ask the people who make the site to sign it with `bulletin sign`

        copy: not good
        -- exit 1 --
    "#]],
    );
}

#[test]
fn a_copy_with_another_key() {
    let desk = Desk::signed();
    desk.check(&["public", "--key", OTHER_PUBLIC], &expect![[r#"
        -- stdout --
        error[wrong-key]: the copy is signed with 4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, not with the key that was given, 1A33 C3EC 9A6F 26E4 5CFB 3E58 B442 0B24
         = help: do not trust the copy; if the site has a new key, find that confirmed elsewhere, then give it with --key

        public: not good
        -- exit 1 --
    "#]]);
    // The key of the first copy is trusted from then on.
    desk.check(&["public"], &expect![[r#"
        -- stdout --
        warning[new-key]: the key 4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4 is only known from the copy itself
         = help: compare it with the foot of a page, a print or another copy that you trust, or give the key with --key

        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, for the first time
        public: good, 64 files, 329.4 kB
        -- exit 0 --
    "#]]);
    desk.check(
        &["public"],
        &expect![[r#"
            -- stdout --
            site:     Port Brine, https://brine.example/
            version:  2031-05-02T10:00:00Z
            as of:    2031-05-02T10:00:00Z
            next due: 2031-06-02T10:00:00Z
            key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as in earlier copies
            public: good, 64 files, 329.4 kB
            -- exit 0 --
        "#]],
    );
    let forged = Desk::with_key(OTHER_PUBLIC, OTHER_SECRET);
    assert_eq!(forged.try_sign(OTHER_PASSPHRASE).code, Some(0));
    for (path, bytes) in tree(&forged.site.public()) {
        desk.site.write_bytes(&format!("forged/{path}"), &bytes);
    }
    desk.check(&["forged", "--format", "short"], &expect![[r#"
        -- stdout --
        error[wrong-key]: the copy is signed with 1A33 C3EC 9A6F 26E4 5CFB 3E58 B442 0B24; earlier copies of the site were signed with 4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4
        forged: not good
        -- exit 1 --
    "#]]);
    assert_eq!(desk.verify(&["forged", "--key", OTHER_PUBLIC]).code, Some(0), "the site has a new key");
    assert_eq!(desk.verify(&["public"]).code, Some(1), "and no other from then on");
}

#[test]
fn a_mirror_that_rolls_back() {
    let desk = Desk::signed();
    desk.copy("old");
    desk.site.write(SECOND);
    desk.build();
    desk.sign();
    assert_eq!(desk.verify(&["old", "--key", PUBLIC]).code, Some(0));
    assert_eq!(desk.verify(&["public", "--key", PUBLIC]).code, Some(0));
    desk.check(&["old", "--key", PUBLIC], &expect![[r#"
        -- stdout --
        error[old-copy]: the copy is of 2031-05-02T10:00:00Z; one of 2031-05-03T10:00:00Z was checked here before
         = help: get the newer one; a correction may be in it

        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
        old: not good
        -- exit 1 --
    "#]]);
    assert_eq!(desk.verify(&["old", "--key", PUBLIC, "--no-remember"]).code, Some(0));
    assert_eq!(desk.verify(&["old", "--key", PUBLIC, "--state", "other.json"]).code, Some(0));
    assert!(desk.site.exists("other.json"));
}

#[test]
fn a_copy_of_the_same_version_with_other_files() {
    let desk = Desk::signed();
    desk.copy("old");
    assert_eq!(desk.verify(&["old", "--key", PUBLIC]).code, Some(0));
    desk.site.edit("content/briefings/first.md", "Text.", "Other text.");
    desk.site.remove("public/SHA256SUMS.minisig");
    desk.build();
    desk.sign();
    desk.check(&["--key", PUBLIC], &expect![[r#"
        -- stdout --
        warning[old-copy]: a copy of the same version, 2031-05-02T10:00:00Z, was checked here before, and had other files
         = help: look which of the two is newer; `bulletin sign` gives each a version of its own if the last signature is in the folder

        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
        public: good, 64 files, 329.5 kB
        -- exit 0 --
    "#]]);
}

#[test]
fn a_copy_that_is_frozen() {
    let desk = Desk::signed();
    let mut command =
        desk.site.command(&["verify", "public", "--key", PUBLIC, "--now", "2031-06-05T12:00:00Z"]);
    expect![[r#"
        -- stdout --
        error[overdue-copy]: a newer copy was due at 2031-06-02T10:00:00Z, 3 days ago
         = help: look for a newer copy; to check an old one on purpose, give its time with --now

        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
        public: not good
        -- exit 1 --
    "#]]
    .assert_eq(&Run::of(command.env("HOME", desk.home.root())).to_string());
}

#[test]
fn a_mix_of_two_builds() {
    let desk = Desk::signed();
    assert_eq!(desk.verify(&["--key", PUBLIC]).code, Some(0));
    desk.copy("mixed");
    desk.site.write(SECOND);
    desk.build();
    desk.sign();
    let new = tree(&desk.site.public());
    let old = tree(&desk.site.path("mixed"));
    // An update of the copy ended early: the new list, and pages of both.
    for path in ["SHA256SUMS", "SHA256SUMS.minisig", "briefings/second.html", "briefings/second.txt"] {
        desk.site.write_bytes(&format!("mixed/{path}"), &new[path]);
    }
    desk.site.write_bytes("mixed/briefings/first.html", b"neither");
    desk.check(&["mixed", "--key", PUBLIC, "--format", "short"], &expect![[r#"
        -- stdout --
        error[mixed-copy]: files of two builds: of the copy that was checked before are briefings/first.txt, briefings/index.html, briefings/index.txt, changes.atom, changes.html and 20 more
        error[altered-file]: briefings/first.html is altered: its bytes are not those of the list
        error[absent-file]: dates/2031-05-03.html is missing
        error[absent-file]: dates/2031-05-03.txt is missing
        site:     Port Brine, https://brine.example/
        version:  2031-05-03T10:00:00Z
        as of:    2031-05-03T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
        mixed: not good
        -- exit 1 --
    "#]]);
    // Without a memory of the other build, its record gives it away.
    let arguments = ["mixed", "--key", PUBLIC, "--no-remember", "--format", "short"];
    let said = desk.verify(&arguments).stdout;
    assert!(said.contains("error[mixed-copy]: files of two builds: copy.json is of another one"), "{said}");
    assert!(old.contains_key("copy.json"));
}

#[test]
fn a_signature_of_another_program() {
    let desk = Desk::signed();
    let list = fs::read(desk.site.path("public/SHA256SUMS")).unwrap();
    let signature = other_key().sign(&list, "timestamp:1\tfile:SHA256SUMS\thashed").unwrap();
    desk.site.write_bytes("public/SHA256SUMS.minisig", signature.as_bytes());
    desk.check(&["--key", OTHER_PUBLIC], &expect![[r#"
        -- stdout --
        warning[plain-signature]: the signature says no version and no time, so that an older copy cannot be found
         = help: ask the people who make the site to sign it with `bulletin sign`

        key:      1A33 C3EC 9A6F 26E4 5CFB 3E58 B442 0B24, as given
        public: good, 64 files, 329.4 kB
        -- exit 0 --
    "#]]);
}

#[test]
fn what_was_checked_before_cannot_be_used() {
    let desk = Desk::signed();
    desk.site.write_bytes("state.json", b"{");
    desk.check(&["--key", PUBLIC, "--state", "state.json"], &expect![[r#"
        -- stdout --
        warning[not-remembered]: the file of what was checked before cannot be used: it is damaged, or of a later version
         = help: older copies are not found without it: give another with --state, or say --no-remember

        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
        public: good, 64 files, 329.4 kB
        -- exit 0 --
    "#]]);
    assert_eq!(desk.site.read("state.json"), "{");
    let without_home = Run::of(desk.site.command(&["verify", "--key", PUBLIC, "--now", NOW]).env_clear());
    assert_eq!(without_home.code, Some(0), "{without_home}");
    assert!(without_home.stdout.contains("warning[not-remembered]: "), "{without_home}");
}

#[test]
fn an_archive_opens_from_disk_and_says_whose_it_is() {
    let desk = Desk::signed();
    let bytes = desk.pack();
    assert_eq!(desk.pack(), bytes, "the same site, the same bytes");
    let one_core = Run::of(desk.command(&["pack", "one.zip"]).env("RAYON_NUM_THREADS", "1"));
    assert_eq!(one_core.code, Some(0));
    assert_eq!(fs::read(desk.site.path("one.zip")).unwrap(), bytes, "law 1: whatever the number of cores");
    desk.check(
        &["copy.zip", "--key", PUBLIC],
        &expect![[r#"
            -- stdout --
            site:     Port Brine, https://brine.example/
            version:  2031-05-02T10:00:00Z
            as of:    2031-05-02T10:00:00Z
            next due: 2031-06-02T10:00:00Z
            key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
            copy.zip: good, 64 files, 329.4 kB
            -- exit 0 --
        "#]],
    );
    let mut archive = ZipArchive::new(File::open(desk.site.path("copy.zip")).unwrap()).unwrap();
    archive.extract(desk.site.path("unpacked")).unwrap();
    let unpacked = desk.site.path("unpacked/port-brine-2031-05-02");
    let mut expected = tree(&desk.site.public());
    expected.remove(".bulletin");
    assert!(tree(&unpacked) == expected);
    expect![[r#"
        -- stderr --
        error[file-exists]: copy.zip is already there, and left as it is
         = help: choose another name, or replace a file with --replace
        -- exit 2 --
    "#]]
    .assert_eq(&desk.run(&["pack", "copy.zip"]).to_string());
    expect![[r#"
        -- stderr --
        error[bad-out]: public/copy.zip would be in the folder that it is made of
         = help: write it elsewhere
        -- exit 2 --
    "#]]
    .assert_eq(&desk.run(&["pack", "public/copy.zip"]).to_string());
    let names = fs::read_dir(desk.site.root()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().all(|name| !name.to_string_lossy().contains("bulletin-tmp")));
}

#[test]
fn an_archive_of_an_unsigned_or_altered_site() {
    let desk = Desk::new();
    expect![[r#"
        -- stdout --
        copy.zip: 64 files, 108.6 kB
        -- stderr --
        warning[unsigned-copy]: the site is not signed, so that no one can see who the archive is from
         = help: sign it first: bulletin sign
        -- exit 0 --
    "#]]
    .assert_eq(&desk.run(&["pack", "copy.zip"]).to_string());
    desk.check(
        &["copy.zip"],
        &expect![[r#"
        -- stdout --
        error[unsigned-copy]: the copy is not signed: anyone could have made it
         = help: ask the people who make the site to sign it with `bulletin sign`

        copy.zip: not good
        -- exit 1 --
    "#]],
    );
    desk.site.write_bytes("public/index.html", b"altered");
    expect![[r#"
        -- stderr --
        error[altered-file]: index.html is altered: its bytes are not those of the list
         = help: build again, then pack
        -- exit 1 --
    "#]]
    .assert_eq(&desk.run(&["pack", "other.zip"]).to_string());
    assert!(!desk.site.exists("other.zip"));
}

#[test]
fn archives_that_are_made_to_do_harm() {
    let desk = Desk::signed();
    let public = desk.site.public();
    let bad = |expected: &str, entries: &dyn Fn(&mut ZipWriter<File>)| {
        desk.zip(|writer| {
            add_all(writer, &public);
            entries(writer);
        });
        let run = desk.verify(&["bad.zip", "--key", PUBLIC, "--format", "short"]);
        let first = run.stdout.lines().next().unwrap_or_default();
        assert_eq!((run.code, first), (Some(1), expected), "{run}");
    };
    bad(
        "error[bad-archive]: bad.zip: the name \"../evil.html\" leaves the folder, or no system can have it",
        &|writer| add(writer, "../evil.html", b"x"),
    );
    bad(
        "error[bad-archive]: bad.zip: the name \"/etc/evil\" leaves the folder, or no system can have it",
        &|writer| add(writer, "/etc/evil", b"x"),
    );
    bad("error[bad-archive]: bad.zip: evil.html is a link", &|writer| {
        writer.add_symlink("evil.html", "/etc/passwd", SimpleFileOptions::default()).unwrap();
    });
    bad("error[extra-file]: evil.html is in no list: no one signed it", &|writer| {
        add(writer, "evil.html", b"x")
    });
}

#[test]
fn an_archive_with_a_name_twice() {
    let desk = Desk::signed();
    desk.zip(|writer| {
        add_all(writer, &desk.site.public());
        add(writer, "index.htmk", b"<p>Evil</p>");
    });
    let bytes = fs::read(desk.site.path("bad.zip")).unwrap();
    let bytes: Vec<u8> = replaced(&bytes, b"index.htmk", b"index.html");
    desk.site.write_bytes("bad.zip", &bytes);
    desk.check(
        &["bad.zip", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[bad-archive]: bad.zip: a name is there twice, so that programs unpack different files
         = help: do not unpack it; get the copy again from another place

        bad.zip: not good
        -- exit 1 --
    "#]],
    );
    desk.site.write_bytes("bad.zip", &bytes[..bytes.len() / 2]);
    desk.check(
        &["bad.zip", "--key", PUBLIC],
        &expect![[r#"
        -- stdout --
        error[bad-archive]: bad.zip: it is no archive, or its end is missing
         = help: do not unpack it; get the copy again from another place

        bad.zip: not good
        -- exit 1 --
    "#]],
    );
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let places: Vec<usize> =
        (0..bytes.len() - from.len()).filter(|at| bytes[*at..].starts_with(from)).collect();
    assert_eq!(places.len(), 2, "the name is in both lists");
    places.into_iter().for_each(|at| bytes[at..at + to.len()].copy_from_slice(to));
    bytes
}

#[test]
fn an_archive_that_unpacks_without_end() {
    let desk = Desk::signed();
    let mut files = tree(&desk.site.public());
    files.remove("index.html");
    desk.zip(|writer| {
        for (path, bytes) in &files {
            add(writer, path, bytes);
        }
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file("index.html", options).unwrap();
        io::copy(&mut io::repeat(0).take(200 << 20), writer).unwrap();
    });
    assert!(fs::metadata(desk.site.path("bad.zip")).unwrap().len() < 1 << 20);
    let run = desk.verify(&["bad.zip", "--key", PUBLIC, "--format", "short"]);
    assert_eq!(run.code, Some(1));
    assert!(run.stdout.contains("the files have more bytes than the list announces"), "{run}");
}

#[test]
fn a_copy_on_the_web() {
    let desk = Desk::signed();
    desk.copy("mirror");
    let address = host(&desk.site.path("mirror"), "/a");
    let stable = |run: Run| run.to_string().replace(&address, "http://mirror/a/");
    expect![[r#"
        -- stdout --
        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as given
        http://mirror/a/: good, 64 files, 329.4 kB
        -- exit 0 --
    "#]]
    .assert_eq(&stable(desk.verify(&[&address, "--key", PUBLIC])));
    desk.site.write_bytes("mirror/index.html", b"altered");
    desk.site.remove("mirror/briefings/first.txt");
    expect![[r#"
        -- stdout --
        error[altered-file]: index.html is altered: its bytes are not those of the list
         = help: do not trust it; get the copy again from another place

        error[absent-file]: briefings/first.txt is missing
         = help: get the copy again

        site:     Port Brine, https://brine.example/
        version:  2031-05-02T10:00:00Z
        as of:    2031-05-02T10:00:00Z
        next due: 2031-06-02T10:00:00Z
        key:      4BC4 AF79 90F3 43CE 5ECD F512 D098 16B4, as in earlier copies
        http://mirror/a/: not good
        -- exit 1 --
    "#]]
    .assert_eq(&stable(desk.verify(&[&address])));
    desk.site.remove("mirror/SHA256SUMS");
    expect![[r#"
        -- stdout --
        error[bad-list]: SHA256SUMS is missing
         = help: get the copy again, or build the site again; without its list nothing can be checked

        http://mirror/a/: not good
        -- exit 1 --
    "#]]
    .assert_eq(&stable(desk.verify(&[&address])));
    for address in ["https://a:secret@brine.example/", "http://brine.example/?x"] {
        let run = desk.verify(&[address, "--format", "short"]);
        assert!(run.code == Some(2) && !run.to_string().contains("secret"), "{run}");
    }
}

/// How a server that lies answers for index.html.
type Answer = fn(&mut TcpStream);

fn lying_host(folder: &Path, answer: Answer) -> (String, Receiver<String>) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    let folder = folder.to_owned();
    let (sender, requests) = channel();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let (folder, sender) = (folder.clone(), sender.clone());
            std::thread::spawn(move || {
                let request = request(&stream);
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                let _ = sender.send(request);
                if path == "/index.html" {
                    return answer(&mut stream);
                }
                let bytes = fs::read(folder.join(&path[1..])).unwrap_or_default();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                    bytes.len()
                );
                let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes));
            });
        }
    });
    (address, requests)
}

/// A server that shows readers of the home page something else than a check of its files.
#[test]
fn the_addresses_of_folders_are_read_as_readers_open_them() {
    fn check(answer: fn(&str) -> Option<&'static str>) -> Run {
        let desk = Desk::signed();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let folder = desk.site.public();
        std::thread::spawn(move || {
            for mut stream in listener.incoming().flatten() {
                let request = request(&stream);
                let path = request.split(' ').nth(1).unwrap_or_default().to_owned();
                let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n";
                let _ = match answer(&path) {
                    Some(answer) => stream.write_all(answer.as_bytes()),
                    None => {
                        let file = if path.ends_with('/') { path + "index.html" } else { path };
                        let bytes = fs::read(folder.join(&file[1..])).unwrap_or_default();
                        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(&bytes))
                    }
                };
            }
        });
        desk.verify(&[&address, "--key", PUBLIC, "--format", "short"])
    }
    let run = check(|_| None);
    assert_eq!(run.code, Some(0), "{run}");
    // A storage without pages for folders.
    let run = check(|path| {
        path.ends_with('/')
            .then_some("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    });
    assert_eq!(run.code, Some(0), "{run}");
    let run = check(|path| {
        let forged = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\nforged";
        (path == "/briefings/").then_some(forged)
    });
    let expected = "the server shows another page than briefings/index.html to readers who open the address of its folder";
    assert!(run.code == Some(1) && run.stdout.contains(expected), "{run}");
    let run = check(|path| {
        let elsewhere = "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        (path == "/").then_some(elsewhere)
    });
    let expected =
        "index.html cannot be read: at the address of its folder, the server redirects to another host";
    assert!(run.code == Some(1) && run.stdout.contains(expected), "{run}");
}

fn request(stream: &TcpStream) -> String {
    let mut text = String::new();
    let mut reader = BufReader::new(stream);
    while reader.read_line(&mut text).is_ok_and(|read| read > 2) {}
    text
}

fn endless(stream: &mut TcpStream) {
    // It ends when the other side has enough.
    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    let _ = io::copy(&mut io::repeat(b'a'), stream);
}

fn elsewhere(stream: &mut TcpStream) {
    let head = b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.2/x\r\nContent-Length: 0\r\n\r\n";
    stream.write_all(head).unwrap();
}

fn compressed(stream: &mut TcpStream) {
    let answer = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc";
    stream.write_all(answer).unwrap();
}

fn broken(stream: &mut TcpStream) {
    stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\nabc").unwrap();
}

fn failing(stream: &mut TcpStream) {
    stream.write_all(b"HTTP/1.1 500 Oh\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").unwrap();
}

fn round(stream: &mut TcpStream) {
    let head =
        b"HTTP/1.1 301 Moved\r\nLocation: /index.html\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    stream.write_all(head).unwrap();
}

#[test]
fn servers_that_lie() {
    let desk = Desk::signed();
    let cases: [(Answer, &str); 6] = [
        (endless, "the files have more bytes than the list announces"),
        (elsewhere, "index.html cannot be read: the server redirects to another host"),
        (
            compressed,
            "index.html cannot be read: the server compresses the file, without having been asked to",
        ),
        (broken, "index.html cannot be read: the answer ends early"),
        (failing, "index.html cannot be read: the server answers 500"),
        (round, "index.html cannot be read: the server redirects without end"),
    ];
    for (answer, expected) in cases {
        let (address, requests) = lying_host(&desk.site.public(), answer);
        let run = desk.verify(&[&address, "--key", PUBLIC, "--format", "short"]);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stdout.contains(expected), "{expected}: {run}");
        for request in requests.try_iter() {
            assert!(request.starts_with("GET /") && !request.to_lowercase().contains("cookie"), "{request}");
        }
    }
}

#[test]
fn no_output_of_any_command_has_a_secret() {
    let desk = Desk::signed();
    let key = desk.home.path("bulletin.key");
    let secret = SECRET.lines().nth(1).unwrap();
    for arguments in [
        &["sign", "--key", key.to_str().unwrap()][..],
        &["sign", "--key", key.to_str().unwrap(), "--format", "json"],
        &["verify", "--key", key.to_str().unwrap()],
        &["verify", "--key", secret],
        &["pack", "a.zip"],
    ] {
        for passphrase in [PASSPHRASE, "wrong words"] {
            let said = Run::of(desk.command(arguments).env("BULLETIN_PASSPHRASE", passphrase)).to_string();
            assert!(!said.contains(secret) && !said.contains(passphrase), "{arguments:?}: {said}");
        }
    }
    for (path, bytes) in tree(desk.site.root()) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!text.contains(secret) && !text.contains(PASSPHRASE), "{path}");
    }
}

/// Debian's minisign, installed by `tests/run`.
#[test]
#[ignore = "needs minisign: tests/run"]
fn minisign_accepts_our_signatures_and_we_accept_its() {
    let desk = Desk::signed();
    let minisign = |arguments: &[&str]| {
        let run = Command::new("minisign").args(arguments).current_dir(desk.site.public()).output().unwrap();
        assert!(run.status.success(), "{}", Run::from(run));
    };
    minisign(&["-Vm", "SHA256SUMS", "-p", "minisign.pub"]);
    minisign(&["-Vm", "SHA256SUMS", "-P", PUBLIC]);
    // With a key and a signature of minisign itself.
    let (secret, public) = (desk.home.path("own.key"), desk.home.path("own.pub"));
    let (secret, public) = (secret.to_str().unwrap(), public.to_str().unwrap());
    minisign(&["-GW", "-s", secret, "-p", public]);
    minisign(&["-Sm", "SHA256SUMS", "-s", secret]);
    let run = desk.verify(&["--key", public, "--format", "short"]);
    assert!(run.code == Some(0) && run.stdout.starts_with("warning[plain-signature]: "), "{run}");
    // With a key of minisign, and a signature of ours.
    let key = fs::read_to_string(public).unwrap();
    desk.site.edit("site.toml", PUBLIC, key.lines().nth(1).unwrap());
    desk.build();
    let run = desk.run(&["sign", "--key", secret]);
    assert_eq!(run.code, Some(0), "{run}");
    minisign(&["-Vm", "SHA256SUMS", "-p", public]);
    assert_eq!(desk.verify(&["--key", public]).code, Some(0));
}

#[test]
fn a_build_that_is_not_for_readers_is_not_signed() {
    let desk = Desk::signed();
    for option in [&["--drafts"][..], &["--as-of", "2031-05-02T10:00:00Z"]] {
        assert_eq!(desk.run(&[&["build"], option].concat()).code, Some(0));
        let run = desk.try_sign(PASSPHRASE);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stderr.contains("error[preview-build]: "), "{run}");
        assert!(run.stderr.contains(&format!("build again without {}", option[0])), "{run}");
    }
}
