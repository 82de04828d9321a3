//! A publish to real servers: SeaweedFS, moto, Azurite and rsync.
//!
//! `tests/run` installs them: `BULLETIN_STORAGE` is the folder with those of Python, `BULLETIN_AZURITE` that of npm.

use std::env;
use std::fs::{self, File};
use std::process::{Child, Command};

use crate::common::running::{PATIENCE, RsyncDaemon, free_port, installed, wait_at_most};
use crate::common::{Run, Site, assert_same_tree, repository, tree};

/// Killed at the end of the test.
struct Server {
    child: Child,
    url: String,
}

impl Server {
    fn start(command: &mut Command, port: &str) -> Self {
        let url = format!("http://127.0.0.1:{port}");
        let log = env::temp_dir().join(format!("bulletin-test-{port}.log"));
        let file = File::create(&log).unwrap();
        let child = command.stdout(file.try_clone().unwrap()).stderr(file).spawn().unwrap();
        let mut server = Self { child, url };
        wait_at_most(PATIENCE * 4, || match ureq::get(&server.url).call() {
            Ok(_) | Err(ureq::Error::StatusCode(_)) => Ok(()),
            Err(error) => {
                let printed = fs::read_to_string(&log).unwrap();
                assert!(server.child.try_wait().unwrap().is_none(), "ended: {printed}");
                Err(format!("{}: {error}\n{printed}", server.url))
            }
        });
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn asked(arguments: &[&str]) {
    let script = repository().join("tests/it/object_storage.py");
    let run = Command::new("python3")
        .arg(script)
        .args(arguments)
        .env("PYTHONPATH", installed("BULLETIN_STORAGE"))
        .output()
        .unwrap();
    assert!(run.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&run.stderr));
}

fn demo() -> Site {
    let site = Site::copy_of(repository());
    site.build();
    site
}

/// A first publish, one that changes, adds and removes, and one without a change.
fn publish_thrice(site: &Site, target: &str, variables: &[(&str, &str)]) {
    let publish = |arguments: &[&str]| {
        let mut command = site.command(&[&["publish", target], arguments].concat());
        let run = Run::of(command.envs(variables.iter().copied()).env("HOME", site.root()));
        assert_eq!(run.code, Some(0), "{target}: {run}");
        run
    };
    publish(&[]);
    site.write_bytes("content/old.md", "+++\ntitle = \"قديم\"\n+++\n\nText.\n".as_bytes());
    site.build();
    publish(&[]);
    site.remove("content/old.md");
    site.edit("content/about.md", "+++\n\n", "+++\n\nMore.\n\n");
    site.build();
    let run = publish(&[]);
    assert!(run.stderr.is_empty(), "no warning: {run}");
    assert!(publish(&["--dry-run"]).stdout.contains(" 0 new, 0 changed, "), "{target}");
}

const AWS: [(&str, &str); 3] = [
    ("AWS_ACCESS_KEY_ID", "AKIATESTTESTTEST"),
    ("AWS_SECRET_ACCESS_KEY", "SECRETsecret/SECRET+secret"),
    ("AWS_REGION", "us-east-1"),
];

fn to_s3(server: &Server) {
    let site = demo();
    asked(&["make", "s3", &server.url, "bucket"]);
    publish_thrice(&site, "s3://bucket/east", &[&AWS[..], &[("AWS_ENDPOINT_URL", &server.url)]].concat());
    let folder = site.public().to_str().unwrap().to_owned();
    asked(&["compare", "s3", &server.url, "bucket", "east", &folder]);
}

#[test]
#[ignore = "needs moto: tests/run"]
fn moto_holds_what_the_build_left() {
    let port = free_port();
    let mut command = Command::new("python3");
    command.args(["-c", "from moto.server import main; main()", "-p", &port]);
    command.env("PYTHONPATH", installed("BULLETIN_STORAGE"));
    to_s3(&Server::start(&mut command, &port));
}

#[test]
#[ignore = "needs SeaweedFS: tests/run"]
fn seaweedfs_holds_what_the_build_left() {
    let site = Site::empty();
    let keys = r#"{"identities":[{"name":"t","credentials":[{"accessKey":"AKIATESTTESTTEST","secretKey":"SECRETsecret/SECRET+secret"}],"actions":["Admin","Read","Write","List","Tagging"]}]}"#;
    site.write_bytes("keys.json", keys.as_bytes());
    let ports: Vec<String> = std::iter::repeat_with(free_port).take(4).collect();
    let mut command = Command::new(installed("BULLETIN_STORAGE").join("bin/weed"));
    command.args(["server", "-s3", "-ip=127.0.0.1", "-volume.max=4", "-master.volumeSizeLimitMB=64"]);
    command.arg(format!("-dir={}", site.root().display())).arg(format!("-s3.port={}", ports[0]));
    command.arg(format!("-s3.config={}", site.path("keys.json").display()));
    command.arg(format!("-master.port={}", ports[1])).arg(format!("-volume.port={}", ports[2]));
    command.arg(format!("-filer.port={}", ports[3])).args(["-s3.port.iceberg=0", "-s3.port.lance=0"]);
    to_s3(&Server::start(&mut command, &ports[0]));
}

#[test]
#[ignore = "needs Azurite: tests/run"]
fn azurite_takes_every_publish() {
    let (port, data) = (free_port(), Site::empty());
    let mut command = Command::new("node");
    command.arg(installed("BULLETIN_AZURITE").join("node_modules/.bin/azurite-blob"));
    command.args([
        "--silent",
        "--disableTelemetry",
        "--skipApiVersionCheck",
        "--blobPort",
        &port,
        "--location",
    ]);
    let server = Server::start(command.arg(data.root()), &port);
    asked(&["make", "azure", &server.url, "bucket"]);
    let endpoint = format!("{}/devstoreaccount1", server.url);
    let key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    let variables = [
        ("AZURE_STORAGE_ACCOUNT_NAME", "devstoreaccount1"),
        ("AZURE_STORAGE_ACCOUNT_KEY", key),
        ("AZURE_STORAGE_ENDPOINT", endpoint.as_str()),
    ];
    publish_thrice(&demo(), "az://bucket/east", &variables);
}

#[test]
#[ignore = "needs rsync: tests/run"]
fn rsync_brings_every_file_and_removes_what_is_gone() {
    let (site, host) = (crate::publish::site(), Site::empty());
    fs::create_dir(host.path("www")).unwrap();
    host.write_bytes("www/other.html", b"mine");
    let daemon = RsyncDaemon::start(&host, &host.path("www"));
    let path = installed("PATH");
    let publish = |site: &Site, arguments: &[&str]| {
        let mut command = site.command(&[&["publish", &daemon.target, "--run"], arguments].concat());
        Run::of(command.env("PATH", &path))
    };
    assert_eq!(publish(&site, &[]).code, Some(0));
    site.write_bytes("content/old.md", "+++\ntitle = \"قديم\"\n+++\n\nText.\n".as_bytes());
    site.build();
    assert_eq!(publish(&site, &[]).code, Some(0));
    site.remove("content/old.md");
    site.build();
    let run = publish(&site, &[]);
    assert_eq!(run.code, Some(0), "{run}");
    let mut files = tree(&host.path("www"));
    assert_eq!(files.remove("other.html").as_deref(), Some(&b"mine"[..]));
    let mut built = tree(&site.public());
    built.remove(".bulletin");
    assert_same_tree(&files, &built);
    fs::remove_dir_all(site.path("content/briefings")).unwrap();
    site.build();
    let run = publish(&site, &[]);
    assert_eq!(run.code, Some(3), "{run}");
}
