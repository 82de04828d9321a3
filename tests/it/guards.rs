//! Guards and the time of the build.

use crate::common::Site;

const SITE: &str = r#"
-- site.toml --
title    = "Harbour"
base_url = "https://harbour.example/"
topics   = ["movement"]
-- content/sources/radio.md --
+++
title = "Radio"
kind  = "newsroom"
+++
-- content/briefings/boats.md --
+++
title = "Boats"
date  = 2031-05-03T22:00:00Z

[[claims]]
id       = "left"
text     = "Boats left."
source   = "radio"
topic    = "movement"
happened = 2031-05-03T09:00:00Z
+++
"#;

const STOPPED: &str = "error[military-movement]";

#[test]
fn a_date_to_come_does_not_open_the_guard_of_movements() {
    let site = Site::new(SITE);
    let check = |now: &str| site.run(&["check", "--now", now]);
    let early = check("2031-05-03T12:00:00Z");
    assert!(early.code == Some(1) && early.stdout.contains(STOPPED), "{early}");
    for over in ["2031-05-03T21:00:00Z", "2031-05-03T22:00:00Z", "2041-01-01"] {
        let run = check(over);
        assert_eq!(run.code, Some(0), "{over}: {run}");
    }
    site.edit("content/briefings/boats.md", "date  =", "updated = 2031-05-03T23:00:00Z\ndate  =");
    let run = check("2031-05-03T12:00:00Z");
    assert!(run.stdout.contains(STOPPED), "{run}");
}

#[test]
fn the_site_as_of_an_earlier_time_is_guarded_too() {
    let site = Site::new(SITE);
    site.edit("content/briefings/boats.md", "T22:00", "T10:00");
    for now in ["2031-05-03T12:00:00Z", "2031-06-01"] {
        for as_of in ["2031-05-03T11:00:00Z", "2031-05-30"] {
            let run = site.run(&["check", "--now", now, "--as-of", as_of]);
            assert!(run.stdout.contains(STOPPED), "{now} {as_of}: {run}");
        }
    }
    let before = site.run(&["check", "--now", "2031-06-01", "--as-of", "2031-05-03T09:30:00Z"]);
    assert_eq!(before.code, Some(0), "{before}");
}
