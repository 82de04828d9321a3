//! What programs read of a run: annotations, SARIF, the summary, and what is due.

use expect_test::expect;
use serde_json::Value;

use crate::common::{NOW, Site};

const SITE: &str = r#"-- site.toml --
title = "T"
-- content/briefings/a, 100%: b.md --
+++
title = "B"
date = 2031-05-02
sumary = "x"
+++

[dead](nowhere.md)
"#;

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn annotations_of_github_name_the_file_as_the_repository_does() {
    let site = Site::new(SITE);
    let expected = expect![[r#"
        -- stdout --
        ::error file=content/briefings/a%2C 100%25%3A b.md,line=4,col=1,title=unknown-key::`sumary` is not a key of a briefing%0Ahelp: did you mean `summary`?
        ::error file=content/briefings/a%2C 100%25%3A b.md,line=7,col=1,title=dead-link::there is no file "content/briefings/nowhere.md"%0Ahelp: the path counts from the file that holds the link
        -- stderr --
        2 errors, 0 warnings
        -- exit 1 --
    "#]];
    expected.assert_eq(&site.run(&["check", "--now", NOW, "--format", "github"]).to_string());
    let top = Site::empty();
    std::fs::create_dir(top.path(".git")).unwrap();
    top.write(
        &SITE.replace("-- content", "-- sub/site/content").replace("-- site.toml", "-- sub/site/site.toml"),
    );
    let found = top.run(&["check", "--format", "github", "--now", NOW, "--root", "./sub/site"]).stdout;
    assert!(found.starts_with("::error file=sub/site/content/briefings/a%2C"), "{found}");
}

#[test]
fn sarif_is_one_document_with_the_rules_that_were_broken() {
    let site = Site::new(SITE);
    let run = site.run(&["check", "--now", NOW, "--format", "sarif"]);
    let document = json(&run.stdout);
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let ids = |list: &Value, key: &str| -> Vec<String> {
        list.as_array().unwrap().iter().map(|entry| entry[key].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&run["tool"]["driver"]["rules"], "id"), ["dead-link", "unknown-key"]);
    assert_eq!(ids(&run["results"], "ruleId"), ["unknown-key", "dead-link"]);
    let place = &run["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/briefings/a%2C%20100%25%3A%20b.md");
    assert_eq!(place["region"], json(r#"{ "startLine": 4, "startColumn": 1, "endColumn": 7 }"#));
    let good = Site::new(
        "-- site.toml --\ntitle = \"T\"\nbase_url = \"https://example.org/\"\n-- content/briefings/b.md --\n+++\ntitle = \"B\"\ndate = 2031-05-02\n+++\n",
    );
    let run = good.run(&["check", "--now", NOW, "--format", "sarif"]);
    assert_eq!(json(&run.stdout)["runs"][0]["results"], json("[]"), "{run}");
}

#[test]
fn json_ends_with_a_summary_that_says_what_was_published() {
    let site = Site::new(SITE);
    let last = |run: &crate::common::Run| json(run.stdout.lines().last().unwrap())["summary"].clone();
    let run = site.run(&["check", "--now", NOW, "--format", "json"]);
    assert_eq!(last(&run), json(r#"{ "errors": 2, "warnings": 0, "notes": 0, "exit": 1 }"#));
    for line in run.stdout.lines() {
        let object = json(line);
        let is_error = object["severity"] == "error";
        assert_eq!(object.get("exit").is_some(), is_error, "only an error decides the exit code: {line}");
    }
    let run = site.run(&["build", "--now", NOW, "--format", "json"]);
    assert_eq!(
        last(&run),
        json(r#"{ "errors": 2, "warnings": 0, "notes": 0, "exit": 1, "published": null }"#)
    );
    assert!(run.stderr.lines().all(|line| line.starts_with('{')), "{run}");
    site.write("-- content/briefings/a, 100%: b.md --\n+++\ntitle = \"B\"\ndate = 2031-05-02\n+++\n");
    let run = site.run(&["build", "--now", NOW, "--format", "json"]);
    let published = &last(&run)["published"];
    assert_eq!((published["changed"].clone(), published["removed"].clone()), (json("0"), json("0")), "{run}");
    assert!(published["new"].as_u64().unwrap() > 5, "{run}");
}

const DUE: &str = r#"-- site.toml --
title = "T"
timezone = "Asia/Damascus"
-- content/briefings/embargo.md --
+++
title = "E"
date = 2031-05-30T08:00:00Z
embargo_until = 2031-06-03T08:00:00Z
+++
-- content/briefings/promise.md --
+++
title = "P"
date = 2031-05-30T08:00:00Z
next_due = 2031-05-31T08:00:00Z
+++
-- content/briefings/next.md --
+++
title = "N"
date = 2031-05-30T08:00:00Z
next_due = 2031-06-30T08:00:00Z
expires = 2031-07-30T08:00:00Z
+++
"#;

#[test]
fn due_lists_what_will_happen_and_when_the_next_build_is_needed() {
    let site = Site::new(DUE);
    expect![[r#"
        -- stdout --
        the next build is needed at 2031-06-03T11:00:00+03:00
        overdue: content/briefings/promise.md: readers were asked to look for a newer copy after 2031-05-31T11:00:00+03:00, and nothing newer replaces it
        content/briefings/embargo.md: the embargo ends at 2031-06-03T11:00:00+03:00
        content/briefings/next.md: the newer version that readers were promised is due at 2031-06-30T11:00:00+03:00
        content/briefings/next.md: it expires at 2031-07-30T11:00:00+03:00
        -- exit 0 --
    "#]]
    .assert_eq(&site.run(&["due", "--now", NOW]).to_string());
    let due = json(&site.run(&["due", "--now", NOW, "--format", "json"]).stdout);
    assert_eq!(due["next_build"], "2031-06-03T11:00:00+03:00");
    let kinds: Vec<&str> =
        due["due"].as_array().unwrap().iter().map(|due| due["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["embargo-ends", "new-version", "expires"]);
    assert_eq!(due["due"][0]["file"], "content/briefings/embargo.md");
    assert_eq!(due["overdue"].as_array().unwrap().len(), 1);
}

#[test]
fn due_of_a_site_that_never_changes_by_itself_says_so() {
    let site = Site::new("-- site.toml --\ntitle = \"T\"\n-- content/index.md --\n+++\n+++\nText.\n");
    let run = site.run(&["due", "--now", NOW]);
    assert_eq!(run.to_string(), "-- stdout --\nno build is needed until a file changes\n-- exit 0 --\n");
    let run = site.run(&["due", "--now", NOW, "--format", "json"]);
    assert_eq!(json(&run.stdout), json(r#"{ "next_build": null, "due": [], "overdue": [] }"#));
    site.write("-- content/briefings/b.md --\n+++\ntitle = \"B\"\n+++\n");
    assert_eq!(site.run(&["due", "--now", NOW]).code, Some(1));
}
