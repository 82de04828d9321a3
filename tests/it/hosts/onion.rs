//! What the landing page of a SecureDrop must be like, held against every page:
//! https://docs.securedrop.org/en/stable/admin/deployment/landing_page.html (read in November 2026).

use crate::common::built::{Tree, demo, output_of, pages, text};
use crate::common::html::Page;
use crate::hosts::port_brine_on;

const ONION: &str = "http://kpubjofw3ntlpd5vkaqjxlcdh4pv3fiysu7hk5bj7jiqkj4plygmdoqd.onion/";

fn with_onion() -> Tree {
    let site = port_brine_on("netlify", "https://brine.example/");
    let tips = format!("+++\ntitle = \"Tips\"\n+++\n\nWrite to {ONION}, or `{ONION}`.\n");
    site.write_bytes("content/tips.md", tips.as_bytes());
    site.write_bytes("site.toml", format!("onion = \"{ONION}\"\n{}", site.read("site.toml")).as_bytes());
    output_of(&site)
}

/// The addresses that a browser asks for by itself, or that a click follows.
fn addresses(page: &Page) -> Vec<String> {
    let attributes =
        ["href", "src", "srcset", "action", "formaction", "poster", "data", "ping", "background"];
    attributes.iter().flat_map(|name| page.values("*", name)).collect()
}

#[test]
fn an_onion_address_is_text_on_every_page_and_a_link_on_none() {
    let files = with_onion();
    for (path, html) in pages(&files) {
        let page = Page::parse(html);
        let linked: Vec<String> = addresses(&page).into_iter().filter(|url| url.contains(".onion")).collect();
        assert_eq!(linked, [""; 0], "{path}");
        // A page that moved shows the address of the one in its place.
        if path != "404.html" && !page.has("meta[http-equiv='refresh'], #page-moved") {
            // A sheet has the address of the page of its place.
            let path = path.replace("-sheet.html", ".html");
            let own =
                format!("{ONION}{}", bulletin::paths::ascii_url_path(&path).trim_end_matches("index.html"));
            assert!(page.text().contains(&own), "{path} shows {own}");
        }
    }
    for (path, bytes) in
        files.iter().filter(|(path, _)| path.ends_with(".atom") || path.ends_with("feed.json"))
    {
        assert!(!String::from_utf8_lossy(bytes).contains(".onion"), "{path}");
    }
}

#[test]
fn an_onion_service_alone_is_text_too() {
    for onion in [ONION, &ONION.replace(".onion", ".ONION")] {
        let site = port_brine_on("nginx", onion);
        for (path, html) in pages(&output_of(&site)) {
            let links = Page::parse(html).values("a", "href");
            assert!(links.iter().all(|url| !url.to_lowercase().contains(".onion")), "{path}: {links:?}");
        }
    }
}

#[test]
fn a_site_whose_path_only_looks_like_an_onion_service_is_linked() {
    let site = port_brine_on("nginx", "https://brine.example/x.onion/");
    let links = Page::parse(text(&output_of(&site), "404.html")).values("a", "href");
    assert!(links.iter().any(|url| url.starts_with("https://brine.example/x.onion/")), "{links:?}");
}

#[test]
fn every_page_keeps_the_rules_for_landing_pages_of_securedrop() {
    for files in [demo(), &with_onion()] {
        for (path, html) in pages(files) {
            let page = Page::parse(html);
            // No analytics, no third party, no script.
            assert!(!page.has("script:not([type='application/ld+json'])"), "{path}");
            let loaded = "img, iframe, object, embed, video, audio, source, track, input, \
                          link[rel='stylesheet'], link[rel='icon'], link[rel='preload'], link[rel='prefetch'], \
                          link[rel='preconnect'], link[rel='dns-prefetch'], link[rel='manifest']";
            for attribute in ["src", "srcset", "href", "data", "poster"] {
                for url in page.values(loaded, attribute) {
                    let is_own = url.starts_with("data:") || !url.contains(':') && !url.starts_with("//");
                    assert!(is_own, "{path}: {url}");
                }
            }
            let policy = page.values("meta[http-equiv='Content-Security-Policy']", "content").concat();
            assert!(policy.starts_with("default-src 'none'; "), "{path}: {policy}");
            for directive in ["script-src", "connect-src", "http:", "https:", "*"] {
                assert!(!policy.contains(directive), "{path}: {policy}");
            }
            assert_eq!(page.values("meta[name='referrer']", "content"), ["no-referrer"], "{path}");
            let links = page.values("a", "href");
            assert!(links.iter().all(|url| !url.contains("securedrop.org")), "{path}");
        }
    }
}

#[test]
fn every_answer_has_the_headers_for_landing_pages_of_securedrop() {
    let files = with_onion();
    let headers = text(&files, "_headers");
    let all: Vec<&str> = headers.lines().skip_while(|line| *line != "/*").skip(1).collect();
    let all = all.iter().map_while(|line| line.strip_prefix("  ")).collect::<Vec<_>>().join("\n");
    expect_test::expect![[r#"
        Content-Security-Policy: frame-ancestors 'self'
        Permissions-Policy: camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()
        Referrer-Policy: no-referrer
        X-Content-Type-Options: nosniff
        X-Frame-Options: SAMEORIGIN
        Cache-Control: public, max-age=60"#]]
    .assert_eq(&all);
    assert!(!headers.contains("Set-Cookie") && !headers.contains("Onion-Location"));
}
