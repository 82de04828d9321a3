//! Hosts: the files that each reads, the limits of each, and what readers over Tor need.

mod limits;
mod onion;
mod servers;

use std::collections::{BTreeMap, BTreeSet};

use bulletin::file_formats::media_type;
use expect_test::expect;

use crate::common::built::{Tree, output_of, text};
use crate::common::{Site, blocks, tree};

/// Port Brine, served by a host of a kind at an address.
pub fn port_brine_on(kind: &str, base_url: &str) -> Site {
    let site = Site::named("port-brine");
    let config =
        format!("base_url = \"{base_url}\"\n{}\n[host]\nkind = \"{kind}\"\n", site.read("site.toml"));
    site.write_bytes("site.toml", config.as_bytes());
    site
}

const ADDRESS: &str = "https://brine.example/";

/// The files that one output has and another has not.
fn difference(one: &Tree, other: &Tree) -> Vec<String> {
    one.keys().filter(|path| !other.contains_key(*path)).cloned().collect()
}

#[test]
fn each_host_gets_the_files_that_it_reads_and_they_are_in_the_list() {
    let mut found = String::new();
    let bare = output_of(&port_brine_on("s3", ADDRESS));
    for kind in ["github-pages", "gitlab-pages", "netlify", "cloudflare-pages", "nginx", "caddy", "usb"] {
        let site = port_brine_on(kind, ADDRESS);
        let files = output_of(&site);
        assert_eq!(difference(&bare, &files), [""; 0], "{kind}");
        let own = difference(&files, &bare);
        found += &format!("{kind}: {}\n", own.join(" "));
        for path in own {
            assert!(!text(&files, &path).contains("bulletin"), "{path} names the program that made it");
            assert!(text(&files, "SHA256SUMS").contains(&format!("  {path}\n")), "{kind}: {path}");
        }
        // A file whose name begins with a dot is packed as the others are.
        if kind == "github-pages" {
            let run = site.run(&["pack", "--now", crate::common::NOW, "site.zip"]);
            assert_eq!(run.code, Some(0), "{run}");
            let run = site.run(&["verify", "--no-remember", "site.zip"]);
            let is_whole = |message: &str| {
                !["altered-file", "absent-file", "extra-file"].iter().any(|c| message.contains(c))
            };
            assert!(run.stdout.contains("unsigned-copy") && is_whole(&run.stdout), "{run}");
        }
    }
    expect![[r#"
        github-pages: .nojekyll
        gitlab-pages: 
        netlify: _headers _redirects
        cloudflare-pages: _headers _redirects
        nginx: nginx.conf
        caddy: Caddyfile
        usb: 
    "#]]
    .assert_eq(&found);
}

#[test]
fn the_sites_own_file_is_published_and_the_build_says_so() {
    let site = port_brine_on("netlify", ADDRESS);
    site.write_bytes("static/_headers", b"/*\n  X-Own: yes\n");
    let run = site.build();
    assert!(run.stderr.contains("warning[own-host-file]"), "{run}");
    assert_eq!(site.output("_headers"), "/*\n  X-Own: yes\n");
    assert!(site.exists("public/_redirects"));
    let site = port_brine_on("github-pages", ADDRESS);
    site.write_bytes("static/.nojekyll", b"");
    assert!(!site.build().stderr.contains("own-host-file"), "both are empty");
    assert!(site.exists("public/.nojekyll"));
}

#[test]
fn a_host_that_is_left_leaves_nothing_behind() {
    let site = port_brine_on("netlify", ADDRESS);
    let before = output_of(&site);
    site.edit("site.toml", "kind = \"netlify\"", "kind = \"caddy\"");
    let after = output_of(&site);
    assert_eq!(difference(&before, &after), ["_headers", "_redirects"]);
    assert_eq!(difference(&after, &before), ["Caddyfile"]);
}

/// The rules of `_headers`: a pattern, and what it says.
fn rules(headers: &str) -> Vec<(&str, Vec<(&str, &str)>)> {
    let mut rules: Vec<(&str, Vec<(&str, &str)>)> = Vec::new();
    for line in headers.lines().filter(|line| !line.starts_with('#')) {
        match line.trim_start().split_once(": ") {
            Some(header) if line.starts_with(' ') => rules.last_mut().unwrap().1.push(header),
            _ => rules.push((line, Vec::new())),
        }
    }
    rules
}

/// A `*` matches everything.
fn matches(pattern: &str, path: &str) -> bool {
    match pattern.split_once('*') {
        Some((begin, end)) => {
            path.len() >= begin.len() + end.len() && path.starts_with(begin) && path.ends_with(end)
        }
        None => pattern == path,
    }
}

#[test]
fn headers_say_one_thing_of_each_file_and_stay_below_the_limits_of_the_host() {
    let files = output_of(&port_brine_on("cloudflare-pages", ADDRESS));
    let rules = rules(text(&files, "_headers"));
    assert!(rules.len() <= 100 && text(&files, "_headers").lines().all(|line| line.len() <= 2000));
    for path in files.keys() {
        let address = format!("/{}", bulletin::paths::ascii_url_path(path));
        let mut said = BTreeMap::new();
        for (name, value) in
            rules.iter().filter(|(pattern, _)| matches(pattern, &address)).flat_map(|rule| &rule.1)
        {
            assert_eq!(said.insert(*name, *value), None, "{path}: {name} is said once");
        }
        if let Some(said) = said.get("Content-Type") {
            assert_eq!(*said, media_type(path), "{path}");
        }
        let is_known = [".html", ".jpg", ".png", ".json", ".bulletin", "_headers", "_redirects"];
        let is_typed =
            said.contains_key("Content-Type") || is_known.iter().any(|ending| path.ends_with(ending));
        assert!(is_typed, "{path} has no type");
        for name in ["Cache-Control", "X-Content-Type-Options", "Content-Security-Policy", "Referrer-Policy"]
        {
            assert!(said.contains_key(name), "{path}: {name}");
        }
    }
    let typed = |path: &str| rules.iter().any(|(pattern, _)| *pattern == path);
    assert!(typed("/feed.json") && typed("/ar/feed.json"), "each language has a feed");
}

#[test]
fn pages_that_moved_redirect_on_the_host_and_lead_on_by_themselves() {
    for (kind, status) in [("netlify", "301!"), ("cloudflare-pages", "301")] {
        let files = output_of(&port_brine_on(kind, ADDRESS));
        let file = |address: &str| {
            let path =
                percent_encoding::percent_decode_str(&address[1..]).decode_utf8().unwrap().into_owned();
            if path.ends_with('/') { format!("{path}index.html") } else { path }
        };
        let lines: Vec<&str> = text(&files, "_redirects").lines().skip(1).collect();
        assert_eq!(lines.len(), 10, "{lines:?}");
        for line in lines {
            let [from, to, code] = line.split(' ').collect::<Vec<_>>()[..] else { panic!("{line}") };
            assert_eq!(code, status);
            let former = text(&files, &file(from));
            let leads_on =
                ["http-equiv=\"refresh\"", "id=\"page-moved\""].iter().any(|way| former.contains(way));
            assert!(leads_on, "{line}");
            assert!(files.contains_key(&file(to)), "{line}");
        }
    }
}

#[test]
fn a_site_without_moved_pages_still_has_a_file_for_them() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\n[host]\nkind = \"netlify\"\n-- content/a.md --\n+++\ntitle = \"A\"\n+++\n",
    );
    site.build();
    assert_eq!(site.output("_redirects"), "# The pages that moved.\n");
}

#[test]
fn redirects_stay_below_the_limits_of_cloudflare() {
    let page = |name: &str, aliases: &[String]| {
        format!("-- content/{name}.md --\n+++\ntitle = \"{name}\"\naliases = {aliases:?}\n+++\n")
    };
    let aliases: Vec<String> = (0..2000).map(|n| format!("old/{n}.html")).collect();
    // Each letter is six in the file.
    let long = "ح".repeat(120);
    let more = [format!("{long}.html"), format!("a/{long}/{long}.html"), "z.html".to_owned()];
    let settings =
        "-- site.toml --\ntitle = \"T\"\n[host]\nkind = \"cloudflare-pages\"\n[outputs]\ntext = false\n";
    let files =
        limits::outputs(blocks(&format!("{settings}{}{}", page("one", &aliases), page("two", &more))));
    let redirects = text(&files, "_redirects");
    let lines: Vec<&str> = redirects.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), 2000);
    assert!(lines.iter().all(|line| line.len() < 1000));
    assert!(redirects.contains("; 2 more pages redirect themselves"), "{}", &redirects[..200]);
    let unique: BTreeSet<&str> = lines.iter().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(unique.len(), 2000);
}

#[test]
fn the_preview_has_the_files_of_the_host() {
    let site = port_brine_on("netlify", ADDRESS);
    site.build();
    let preview = crate::common::http::Preview::of(&site, &[]);
    for path in ["_headers", "_redirects"] {
        let answer = crate::common::http::get(&format!("{}{path}", preview.url));
        assert_eq!(answer.bytes, tree(&site.public())[path], "{path}");
    }
}
