//! `bulletin cms`: the configurations of editors, held against what the editors say that they take, and where their
//! pages are.

use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect;

use crate::common::http::{Preview, get};
use crate::common::{NOW, Site, repository};

/// With every kind of choice, and a language whose code other readers of YAML take for `false`.
const SITE: &str = r#"
-- site.toml --
title = "Harbour & \"old town\" desk"
languages = ["en", "ar", "no"]
timezone = "Asia/Damascus"
topics = ["water", "yes"]
[parties]
north = "North: the council"
[source_kinds]
fishers = "Fishing cooperative"
-- content/briefings/first.md --
+++
title = "First"
date  = 2031-05-01T09:00:00+03:00
+++
"#;

fn validated(schema: &Path, site: &Site, editor: &str) {
    let run = site.run(&["cms", editor]);
    assert_eq!(run.code, Some(0), "{run}");
    site.write_bytes("forms.yml", run.stdout.as_bytes());
    let faults = Command::new("python3")
        .arg(repository().join("tests/it/forms_validator.py"))
        .args([schema, &site.path("forms.yml")])
        .output()
        .expect("python3");
    let shown =
        String::from_utf8_lossy(&faults.stdout).into_owned() + &String::from_utf8_lossy(&faults.stderr);
    assert_eq!(shown, "", "{editor}");
}

#[test]
#[ignore = "needs jsonschema: tests/run"]
fn pages_cms_accepts_its_configuration() {
    validated(&repository().join("tests/it/pages_cms.schema.json"), &Site::new(SITE), "pages");
}

#[test]
#[ignore = "needs jsonschema and npm: tests/run"]
fn sveltia_accepts_its_configuration() {
    #[expect(clippy::disallowed_methods, reason = "tests/run says where they are")]
    let editors = PathBuf::from(std::env::var("BULLETIN_EDITORS").expect("BULLETIN_EDITORS: tests/run"));
    validated(&editors.join("sveltia-cms.json"), &Site::new(SITE), "sveltia");
}

#[test]
fn a_form_offers_what_site_toml_has() {
    let site = Site::new(SITE);
    let part = |from: &str, lines: usize| {
        let all = site.run(&["cms", "decap"]).stdout;
        let at = all.find(from).unwrap_or_else(|| panic!("no {from}"));
        all[at..].lines().take(lines).collect::<Vec<_>>().join("\n") + "\n"
    };
    expect![[r#"
        - name: topic
              label: Topic
              widget: select
              required: false
              hint: "What it is about: one of `topics` in site.toml."
              options:
              - label: Water
                value: water
              - label: "Yes"
                value: "yes"
    "#]]
    .assert_eq(&part("- name: topic\n", 10));
    expect![[r#"
        - label: "North: the council"
              value: north
            - label: None
              value: none
            - label: Unknown
              value: unknown
    "#]]
    .assert_eq(&part("- label: \"North", 6));
    assert!(site.run(&["cms", "decap"]).stdout.contains("value: fishers\n"));
    expect![[r#"
        - name: briefings-no
          label: "Briefings: norsk"
          label_singular: "Briefing: norsk"
          description: "Only texts: dates, figures, sources and status come from the original."
          folder: content/briefings
          extension: no.md
    "#]]
    .assert_eq(&part("- name: briefings-no\n", 6));
}

#[test]
fn a_form_saves_to_the_repository_of_the_site() {
    let site = Site::new(SITE);
    let backend = |arguments: &[&str]| {
        let text = site.run(&[&["cms", "sveltia"], arguments].concat()).stdout;
        let lines = text.lines().skip_while(|line| *line != "backend:").skip(1);
        lines
            .take_while(|line| line.starts_with(' '))
            .map(|line| format!("{}\n", line.trim()))
            .collect::<String>()
    };
    assert_eq!(backend(&[]), "name: github\nrepo: OWNER/NAME\nbranch: main\n");
    let git = |arguments: &[&str]| {
        assert!(Command::new("git").arg("-C").arg(site.root()).args(arguments).status().unwrap().success());
    };
    git(&["init", "--quiet"]);
    git(&["remote", "add", "origin", "https://desk:s3cr3t@gitlab.example.org/harbour/site.git"]);
    expect![[r#"
        name: gitlab
        repo: harbour/site
        branch: main
        base_url: https://gitlab.example.org
        api_root: https://gitlab.example.org/api/v4
    "#]]
    .assert_eq(&backend(&[]));
    let named = backend(&["--repository", "harbour/site", "--branch", "desk"]);
    assert_eq!(named, "name: github\nrepo: harbour/site\nbranch: desk\n");
}

#[test]
fn options_that_cannot_be_are_refused_without_their_passwords() {
    let site = Site::new(SITE);
    let said = |arguments: &[&str]| {
        let run = site.run(&[&["cms"], arguments].concat());
        assert_eq!(run.code, Some(2), "{run}");
        run.stderr
    };
    expect![[r#"
        error[bad-url]: --repository is no address of a repository
         = help: write OWNER/NAME of GitHub, or an address such as https://gitlab.com/OWNER/NAME

    "#]]
    .assert_eq(&said(&["decap", "--repository", "me:s3cr3t@github.com/x/y?token=s3cr3t"]));
    expect![[r#"
        error[bad-filter]: --branch is not for Pages CMS, which has a site of its own
         = help: leave it out

    "#]]
    .assert_eq(&said(&["pages", "--branch", "desk"]));
    expect![[r#"
        error[bad-filter]: --script is not the name of a file next to the page
         = help: put the script into admin/, and write its name, as --script sveltia-cms.js

    "#]]
    .assert_eq(&said(&["sveltia", "--script", "https://example.org/x.js"]));
    site.write_bytes("admin", b"a file");
    let run = site.run(&["cms", "sveltia", "--write"]);
    assert!(run.code == Some(2) && run.stderr.contains("admin is a link or a file"), "{run}");
}

#[test]
fn a_site_in_a_folder_of_a_repository_has_forms_for_that_folder() {
    let site = Site::new(&SITE.replace("-- ", "-- harbour/site/"));
    assert!(
        Command::new("git").arg("-C").arg(site.root()).args(["init", "--quiet"]).status().unwrap().success()
    );
    let text = site.run(&["cms", "decap", "--root", "harbour/site"]).stdout;
    assert!(text.contains("folder: harbour/site/content/briefings\n"), "{text}");
    assert!(text.contains("media_folder: harbour/site/static\n"), "{text}");
    let run = site.run(&["cms", "pages", "--write", "--root", "harbour/site"]);
    assert_eq!(run.stdout, "../../.pages.yml\n");
    assert!(site.read(".pages.yml").contains("path: harbour/site/content/sources\n"));
}

#[test]
fn what_is_wrong_with_site_toml_is_reported_and_nothing_is_written() {
    let site = Site::new(SITE);
    site.edit("site.toml", "Asia/Damascus", "Asia/Damascsu");
    let run = site.run(&["cms", "decap", "--write"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("did you mean") && run.stderr.contains("Asia/Damascus"), "{run}");
    assert!(!site.exists("admin"));
}

#[test]
fn forms_are_written_over_only_when_asked() {
    let site = Site::new(SITE);
    site.run(&["cms", "sveltia", "--write"]);
    site.write_bytes("admin/config.yml", b"mine");
    let run = site.run(&["cms", "sveltia", "--write"]);
    assert_eq!((run.code, site.read("admin/config.yml").as_str()), (Some(2), "mine"), "{run}");
    assert_eq!(site.run(&["cms", "sveltia", "--write", "--replace"]).code, Some(0));
    assert!(site.read("admin/config.yml").contains("collections:"));
    let run = site.run(&["cms", "pages", "--write"]);
    assert_eq!(run.stdout, ".pages.yml\n");
}

#[test]
fn the_preview_shows_the_page_with_forms_and_a_build_publishes_it_only_when_asked() {
    let site = Site::new(&SITE.replace(", \"no\"", ""));
    site.run(&["cms", "sveltia", "--write"]);
    site.write_bytes("secret.txt", b"no one asks for this");
    site.build();
    assert!(!site.exists("public/admin"));

    let serving = Preview::of(&site, &[]);
    let answer = |path: &str| get(&format!("{}{path}", serving.url));
    assert_eq!(answer("admin").status, 200, "with the slash that it is redirected to");
    let text = |path: &str| String::from_utf8(answer(path).bytes).unwrap();
    let page = text("admin/");
    assert!(page.contains("<title>Forms: Harbour &amp; &quot;old town&quot; desk</title>"), "{page}");
    assert!(text("admin/config.yml").contains("collections:"));
    for path in
        ["admin/nothing.js", "admin/../secret.txt", "admin/%2e%2e/secret.txt", "admin/..%2fsecret.txt"]
    {
        assert!(!text(path).contains("no one asks"), "{path}");
    }
    // What is wrong may be what a desk is about to mend with the form.
    site.write("-- content/briefings/first.md --\n+++\ntitle = \"First\"\n+++\n");
    assert_eq!(answer("admin/").status, 200);

    let site = Site::new(&SITE.replace(", \"no\"", ""));
    site.run(&["cms", "sveltia", "--write", "--publish"]);
    let run = site.run(&["build", "--now", NOW, "--quiet"]);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""), "{run}");
    assert!(site.output("admin/index.html").contains("sveltia-cms.js"));
}
