//! `bulletin diff`: what two builds say differently, and which pages of a build went.

use expect_test::{Expect, expect};

use crate::common::{NOW, Site};

const SITE: &str = "-- site.toml --
title = \"Port Brine\"
-- content/sources/resident.md --
+++
title = \"Ursula Quist\"
protected = true
label = \"a resident\"
+++
-- content/briefings/water.md --
+++
title = \"Water is back\"
date = 2031-05-02T10:00:00Z
neighbourhoods = [\"Quay\"]

[[claims]]
id = \"pumps\"
text = \"Thirty pumps run.\"
source = \"Radio Brine\"
figure = { measure = \"pumps\", said = \"thirty\", min = 30 }

[[claims]]
id = \"flood\"
text = \"The old town is flooded.\"
source = \"resident\"
+++
Text.
-- content/briefings/taken-back.md --
+++
title = \"The dam *has* burst\"
date = 2031-05-02T10:00:00Z
+++
";

/// The site, a first build of it in the folder `first`, and a second one in `public` after some edits.
fn edited() -> Site {
    let site = Site::new(SITE);
    assert_eq!(site.run(&["build", "--now", NOW, "--out", "first"]).code, Some(0));
    site.edit("content/briefings/water.md", "Thirty pumps run.", "Twenty pumps run.");
    site.edit("content/briefings/water.md", "said = \"thirty\", min = 30", "said = \"twenty\", min = 20");
    site.edit(
        "content/briefings/water.md",
        "source = \"resident\"\n",
        "source = \"resident\"\nvia = [\"Brine Times\"]\n",
    );
    std::fs::remove_file(site.path("content/briefings/taken-back.md")).unwrap();
    site.write("-- content/briefings/market.md --\n+++\ntitle = \"The market | opens\"\ndate = 2031-05-02T12:00:00Z\n+++\n");
    site.build();
    site
}

fn check(site: &Site, arguments: &[&str], expected: &Expect) {
    expected.assert_eq(&site.run(&[&["diff", "--now", NOW], arguments].concat()).to_string());
}

#[test]
fn a_claim_with_another_id_and_an_alias_is_no_new_claim() {
    let site = Site::new(SITE);
    assert_eq!(site.run(&["build", "--now", NOW, "--out", "first"]).code, Some(0));
    site.edit("content/briefings/water.md", "id = \"flood\"", "id = \"old-town\"\naliases = [\"flood\"]");
    site.build();
    check(
        &site,
        &["first"],
        &expect![[r#"
        -- stdout --
        claims
          changed water/old-town: The old town is flooded.
                  aliases: nothing -> "flood"
                  full_id: "water/flood" -> "water/old-town"
                  id: "flood" -> "old-town"
                  page: "briefings/water.html#claim-flood" -> "briefings/water.html#claim-old-town"
        -- stderr --
        pages: 0 new, 3 changed, 0 removed
        -- exit 0 --
    "#]],
    );
}

#[test]
fn two_builds_differ_in_records_fields_and_pages() {
    check(
        &edited(),
        &["first"],
        &expect![[r#"
            -- stdout --
            briefings
              new     market: The market | opens
              gone    taken-back: The dam *has* burst
            claims
              changed water/flood: The old town is flooded.
                      outlets: 1 -> 2
                      via: nothing -> "Brine Times"
              changed water/pumps: Twenty pumps run.
                      figure.min: 30 -> 20
                      figure.said: "thirty" -> "twenty"
                      text: "Thirty pumps run." -> "Twenty pumps run."
            sources
              new     brine-times: Brine Times
            -- stderr --
            pages: 2 new, 15 changed, 1 removed
            -- exit 0 --
        "#]],
    );
}

#[test]
fn markdown_shows_every_letter_as_it_is() {
    check(
        &edited(),
        &["first", "public", "--markdown"],
        &expect![[r#"
            -- stdout --
            ## Briefings

            - new market: The market \| opens
            - gone taken-back: The dam \*has\* burst

            ## Claims

            - changed water/flood: The old town is flooded.
              - outlets: 1 → 2
              - via: nothing → "Brine Times"
            - changed water/pumps: Twenty pumps run.
              - figure.min: 30 → 20
              - figure.said: "thirty" → "twenty"
              - text: "Thirty pumps run." → "Twenty pumps run."

            ## Sources

            - new brine-times: Brine Times
            -- stderr --
            pages: 2 new, 15 changed, 1 removed
            -- exit 0 --
        "#]],
    );
}

#[test]
fn programs_get_one_object() {
    check(
        &edited(),
        &["first", "public", "--format", "json"],
        &expect![[r#"
            -- stdout --
            {"differences":[{"change":"new","dataset":"briefings","id":"market","name":"The market | opens"},{"change":"gone","dataset":"briefings","id":"taken-back","name":"The dam *has* burst"},{"change":"changed","dataset":"claims","fields":[{"field":"outlets","now":2,"was":1},{"field":"via","now":[{"id":"brine-times","name":"Brine Times"}],"was":[]}],"id":"water/flood","name":"The old town is flooded."},{"change":"changed","dataset":"claims","fields":[{"field":"figure.min","now":20,"was":30},{"field":"figure.said","now":"twenty","was":"thirty"},{"field":"text","now":"Twenty pumps run.","was":"Thirty pumps run."}],"id":"water/pumps","name":"Twenty pumps run."},{"change":"new","dataset":"sources","id":"brine-times","name":"Brine Times"}],"pages":{"changed":["briefings/index.html","briefings/water.html","changes.html","dates/2031-05-02.html","dates/2031-05.html","dates/2031.html","dates/index.html","figures.html","index.html","names.html","neighbourhoods/quay-sheet.html","neighbourhoods/quay.html","sources/index.html","sources/radio-brine.html","timeline.html"],"new":["briefings/market.html","sources/brine-times.html"],"removed":["briefings/taken-back.html"]}}
            -- exit 0 --
        "#]],
    );
}

#[test]
fn a_text_that_is_no_data_is_a_changed_page() {
    let site = Site::new(SITE);
    assert_eq!(site.run(&["build", "--now", NOW, "--out", "first"]).code, Some(0));
    check(
        &site,
        &["first", "first"],
        &expect![[r#"
            -- stderr --
            no record and no page differs
            -- exit 0 --
        "#]],
    );
    site.edit("content/briefings/water.md", "Text.", "Another text.");
    site.build();
    check(
        &site,
        &["first", "--verbose"],
        &expect![[r#"
            -- stdout --
            briefings
              changed water: Water is back
                      summary: "Text." -> "Another text."
            changed  briefings/index.html
            changed  briefings/water.html
            changed  dates/2031-05-02.html
            -- stderr --
            pages: 0 new, 3 changed, 0 removed
            -- exit 0 --
        "#]],
    );
}

#[test]
fn a_site_differs_from_itself_as_it_was_known_earlier() {
    check(
        &Site::new(SITE),
        &["--since", "2031-05-02T09:00:00Z"],
        &expect![[r#"
        -- stdout --
        briefings
          new     taken-back: The dam *has* burst
          new     water: Water is back
        claims
          new     water/flood: The old town is flooded.
          new     water/pumps: Thirty pumps run.
        neighbourhoods
          new     quay: Quay
        sources
          new     radio-brine: Radio Brine
        -- exit 0 --
    "#]],
    );
}

#[test]
fn an_archive_is_compared_as_a_folder_is() {
    let site = edited();
    assert_eq!(site.run(&["pack", "site.zip"]).code, Some(0));
    check(
        &site,
        &["public", "site.zip"],
        &expect![[r#"
            -- stderr --
            no record and no page differs
            -- exit 0 --
        "#]],
    );
}

#[test]
fn what_is_no_whole_build_cannot_be_compared() {
    let site = edited();
    let claims = site.path("first/data/claims.json");
    let text = std::fs::read_to_string(&claims).unwrap();
    std::fs::write(&claims, &text[..text.len() / 2]).unwrap();
    std::fs::remove_file(site.path("public/data/briefings.json")).unwrap();
    check(
        &site,
        &["first", "public"],
        &expect![[r#"
            -- stderr --
            error[no-open-data]: first cannot be compared: its data/claims.json is not that of the build
             = help: build it again, or get the copy again

            error[no-open-data]: public cannot be compared: its data/briefings.json is missing
             = help: build it again with open data: write data = true under [outputs] in site.toml, or delete that line
            -- exit 2 --
        "#]],
    );
    check(
        &site,
        &["nowhere", "content"],
        &expect![[r#"
            -- stderr --
            error[unreadable-copy]: nowhere cannot be read: it does not exist
             = help: check the name, the permissions and the connection

            error[bad-list]: SHA256SUMS of content is missing
             = help: get the copy again, or build the site again; without its list nothing can be checked
            -- exit 2 --
        "#]],
    );
    check(
        &site,
        &[],
        &expect![[r#"
        -- stderr --
        error: the following required arguments were not provided:
          <OLD>

        Usage: bulletin diff --now <TIME> <OLD> [NEW]

        For more information, try '--help'.
        -- exit 2 --
    "#]],
    );
}

#[test]
fn a_build_names_the_pages_that_it_removes_and_with_verbose_all_that_change() {
    let site = Site::new(SITE);
    site.build();
    std::fs::remove_file(site.path("content/briefings/taken-back.md")).unwrap();
    site.edit("content/briefings/water.md", "date = 2031-05-02", "date = 2031-05-01");
    expect![[r#"
        -- stdout --
        removed  briefings/taken-back.html
        removed  dates/2031-05-02.html
        public: 2 new, 39 changed, 22 unchanged, 4 removed
        -- stderr --
        warning[page-left]: briefings/taken-back.html leaves the site, and links to it will find nothing
         = help: if it moved, write `aliases = ["briefings/taken-back.html"]` in the file of the page that takes its place

        note[no-base-url]: without base_url there are no feeds and no sitemap.xml, and pages do not name their address
         = help: set base_url in site.toml once the site has an address

        note[source-without-kind]: nothing says what kind of source "Radio Brine" is: is it a person?
          ┌─ content/briefings/water.md:9:10
          │
        9 │ source = "Radio Brine"
          │          ^^^^^^^^^^^^^ has a page of its own
          │
          = help: if it is not a person, write content/sources/radio-brine.md with title = "Radio Brine" and its kind, as kind = "newsroom"
          = help: if it is, write private/sources/FILE.md, under a name that is not theirs, with title = "Radio Brine", protected = true, and a label, as label = "a resident"

        note[private-words]: looked for in every output: 1 name or other parts of protected records
          ┌─ content/sources/resident.md:1:1
        -- exit 0 --
    "#]].assert_eq(&site.try_build().to_string());
    site.edit("content/briefings/water.md", "Text.", "Another text.");
    expect![[r#"
        changed  briefings/index.html
        changed  briefings/water.html
        changed  dates/2031-05-01.html
        public: 0 new, 8 changed, 55 unchanged, 0 removed
    "#]]
    .assert_eq(&site.run(&["build", "--now", NOW, "--verbose"]).stdout);
}

#[test]
fn a_name_that_is_protected_now_is_in_no_message() {
    let site = Site::new(&SITE.replace("content/sources/resident.md", "content/sources/ursula-quist.md"));
    site.edit("content/briefings/water.md", "source = \"resident\"", "source = \"ursula-quist\"");
    let record = "content/sources/ursula-quist.md";
    site.edit(record, "protected = true\nlabel = \"a resident\"\n", "");
    assert_eq!(site.run(&["build", "--now", NOW, "--out", "first"]).code, Some(0));
    site.build();
    site.edit(
        record,
        "+++\ntitle = \"Ursula Quist\"\n",
        "+++\ntitle = \"Ursula Quist\"\nprotected = true\nlabel = \"a resident\"\n",
    );
    // Messages at the desk name the file of the record, which is the writer's own.
    let is_silent = |arguments: &[&str]| {
        let run = site.run(&[arguments, &["--now", NOW]].concat());
        let said = format!("{}{}", run.stdout, run.stderr.replace(record, "")).to_lowercase();
        assert!(!said.contains("quist"), "{arguments:?}: {run}");
        run
    };
    assert_eq!(is_silent(&["build", "--verbose"]).code, Some(0));
    for options in [&[][..], &["--verbose"], &["--markdown"], &["--format", "json"]] {
        assert_eq!(is_silent(&[&["diff", "first"], options].concat()).code, Some(0));
    }
    // Of a site that cannot be read, the names are not known.
    site.edit("site.toml", "title = ", "title ");
    assert_eq!(is_silent(&["diff", "first", "public"]).code, Some(2));
}

#[test]
fn two_sites_are_compared_with_a_warning() {
    let site = Site::new(SITE);
    site.build();
    let other =
        Site::new("-- site.toml --\ntitle = \"Quay\"\n-- content/about.md --\n+++\ntitle = \"About\"\n+++\n");
    other.build();
    let run = site.run(&["diff", "public", other.public().to_str().unwrap()]);
    assert!(
        run.stderr.starts_with("warning[other-site]: two sites are compared: Port Brine and Quay\n"),
        "{run}"
    );
}

#[test]
fn an_address_is_compared_as_a_folder_is() {
    let site = edited();
    let address = crate::common::http::host(&site.public(), "/a");
    let run = site.run(&["diff", "public", &address]);
    assert_eq!(run.to_string(), "-- stderr --\nno record and no page differs\n-- exit 0 --\n");
}
