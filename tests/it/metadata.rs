//! The `<head>` of pages: what is shown when a page is shared.

use std::sync::LazyLock;

use serde_json::Value;

use crate::common::Site;
use crate::common::built::{Tree, demo, output_of, pages, text};
use crate::common::html::Page;

fn page(files: &Tree, path: &str) -> Page {
    Page::parse(text(files, path))
}

fn content(page: &Page, selector: &str) -> Vec<String> {
    page.all(selector).iter().map(|meta| meta.attr("content").unwrap_or_default().to_owned()).collect()
}

fn json_ld(page: &Page) -> Vec<Value> {
    let scripts = page.all("script[type='application/ld+json']");
    scripts.iter().map(|script| serde_json::from_str(&script.text().collect::<String>()).unwrap()).collect()
}

/// The output of a site with a base URL, an onion service and a mirror.
static PUBLIC: LazyLock<Tree> = LazyLock::new(|| {
    let site = Site::named("port-brine");
    let places = "onion = \"http://kpubjofw3ntlpd5vkaqjxlcdh4pv3fiysu7hk5bj7jiqkj4plygmdoqd.onion/\"\nmirrors = [\"https://mirror.example/brine/\"]\n";
    let config = site.read("site.toml");
    let config: Vec<&str> = config.lines().filter(|line| !line.starts_with("base_url")).collect();
    let config = format!("base_url = \"https://brine.example/news/\"\n{places}{}", config.join("\n"));
    site.write_bytes("site.toml", config.as_bytes());
    output_of(&site)
});

#[test]
fn a_briefing_has_metadata_for_sharing() {
    let page = page(&PUBLIC, "ar/briefings/water-cut.html");
    let address = "https://brine.example/news/ar/briefings/water-cut.html";
    assert_eq!(content(&page, "meta[property='og:url']"), [address]);
    assert_eq!(content(&page, "meta[property='og:type']"), ["article"]);
    assert_eq!(content(&page, "meta[property='og:title']").len(), 1);
    assert_eq!(content(&page, "meta[name='referrer']"), ["no-referrer"]);
    let onion = content(&page, "meta[http-equiv='onion-location']");
    assert!(onion[0].ends_with(".onion/ar/briefings/water-cut.html"), "{onion:?}");
    let links = page.all("footer a");
    let hrefs = links.iter().filter_map(|link| link.attr("href"));
    let hrefs: Vec<&str> = hrefs.filter(|href| href.starts_with("http")).collect();
    assert_eq!(hrefs, [address, "https://mirror.example/brine/ar/briefings/water-cut.html"]);
    let [data] = &json_ld(&page)[..] else { panic!("one block of data") };
    assert_eq!(data["@type"], "NewsArticle");
    assert_eq!(data["mainEntityOfPage"], address);
    assert_eq!(data["inLanguage"], "ar");
    assert_eq!(data["translationOfWork"]["@id"], "https://brine.example/news/briefings/water-cut.html");
}

/// The languages that a page names for search engines, each with its address below the root.
fn alternates(files: &Tree, path: &str) -> Vec<(String, String)> {
    let page = page(files, path);
    let links = page.all("link[hreflang]");
    let link = |attr: &str| links.iter().map(|link| link.attr(attr).unwrap().to_owned()).collect::<Vec<_>>();
    let below = link("href").into_iter().map(|href| href.replace("https://brine.example/news/", ""));
    link("hreflang").into_iter().zip(below).collect()
}

#[test]
fn a_page_and_the_sitemap_name_the_languages_that_the_page_is_in() {
    let paths: Vec<String> = pages(&PUBLIC).map(|(path, _)| path.to_owned()).collect();
    let sitemap = text(&PUBLIC, "sitemap.xml");
    let sitemap = roxmltree::Document::parse(sitemap).unwrap();
    let mut seen = [0, 0];
    for url in sitemap.descendants().filter(|node| node.has_tag_name("url")) {
        let loc = url.children().find(|node| node.has_tag_name("loc")).unwrap().text().unwrap();
        let path = percent_encoding::percent_decode_str(loc).decode_utf8().unwrap();
        let path = path.replace("https://brine.example/news/", "");
        let links = url.children().filter(|node| node.tag_name().name() == "link");
        let links: Vec<(String, String)> = links
            .map(|link| {
                let href = link.attribute("href").unwrap().replace("https://brine.example/news/", "");
                (link.attribute("hreflang").unwrap().to_owned(), href)
            })
            .collect();
        assert!(paths.contains(&path), "{path}");
        let of_page = alternates(&PUBLIC, &path);
        seen[usize::from(links.len() > 1)] += 1;
        // One language alone is no alternative.
        assert!(links == of_page || links.is_empty() && of_page.len() <= 1, "{path}: {links:?} {of_page:?}");
    }
    assert!(seen[0] > 0 && seen[1] > 0, "pages in one language and in several: {seen:?}");
}

#[test]
fn a_briefing_is_cited_with_the_digest_that_the_command_of_the_guide_prints() {
    let site = Site::named("port-brine");
    site.build();
    let guide = std::fs::read_to_string(crate::common::repository().join("docs/data.md")).unwrap();
    let command = guide.lines().find(|line| line.starts_with("grep -F")).expect("the guide has the command");
    let mut digests = std::collections::BTreeSet::new();
    for (path, html) in pages(&output_of(&site)).filter(|(path, _)| path.starts_with("briefings/")) {
        let page = Page::parse(html);
        let Some(digest) = page.all("details > .more code").pop().map(|code| code.text().collect::<String>())
        else {
            continue;
        };
        let id = path.trim_start_matches("briefings/").trim_end_matches(".html");
        let command = command.replace("heluk-edge", id);
        let run = std::process::Command::new("sh")
            .arg("-c")
            .arg(command)
            .current_dir(site.public())
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(run.stdout).unwrap(), format!("{digest}  -\n"), "{path}");
        digests.insert(digest);
    }
    assert!(digests.len() > 1, "{digests:?}");
    site.write_bytes(
        "site.toml",
        format!("{}\n[outputs]\ndata = false\n", site.read("site.toml")).as_bytes(),
    );
    for (path, html) in pages(&output_of(&site)) {
        assert!(
            Page::parse(html).all("details > .more code").is_empty(),
            "{path}: there is no data to compare with"
        );
    }
}

#[test]
fn json_ld_has_each_claim_with_who_makes_it_and_how_sure_it_is() {
    let english = json_ld(&page(&PUBLIC, "briefings/water-cut.html"));
    let claims = english[0]["mentions"].as_array().unwrap();
    assert!(!claims.is_empty());
    for claim in claims {
        assert_eq!(claim["@type"], "Claim");
        let (text, status) = (claim["text"].as_str().unwrap(), claim["creativeWorkStatus"].as_str().unwrap());
        assert!(!text.is_empty() && !status.is_empty(), "{claim}");
        assert!(claim["@id"].as_str().unwrap().contains("briefings/water-cut.html#claim-"), "{claim}");
    }
    assert!(claims.iter().any(|claim| claim["creator"]["name"].is_string()), "{claims:?}");
    assert!(claims.iter().all(|claim| claim["creator"].get("@type").is_none()));
}

#[test]
fn json_ld_of_an_event_is_a_live_report_of_its_claims() {
    let mut reports = 0;
    for (path, _) in pages(&PUBLIC).filter(|(path, _)| path.starts_with("events/")) {
        let page = page(&PUBLIC, path);
        let Some(report) = json_ld(&page).pop() else { continue };
        reports += 1;
        assert_eq!(report["@type"], "LiveBlogPosting");
        let updates = report["liveBlogUpdate"].as_array().unwrap();
        let anchors: Vec<&str> =
            updates.iter().map(|update| update["mentions"]["@id"].as_str().unwrap()).collect();
        assert!(!anchors.is_empty() && anchors.iter().all(|id| id.contains("#claim-")), "{anchors:?}");
        assert_eq!(report["dateModified"], updates[0]["datePublished"]);
        assert_eq!(report["coverageStartTime"], updates[updates.len() - 1]["datePublished"]);
    }
    assert!(reports > 0, "the site has events with claims");
}

#[test]
fn json_ld_has_the_corrections() {
    let english = json_ld(&page(&PUBLIC, "briefings/water-cut.html"));
    let corrections = english[0]["correction"].as_array().unwrap();
    assert!(!corrections.is_empty());
    for correction in corrections {
        assert_eq!(correction["@type"], "CorrectionComment");
        assert!(correction["text"].as_str().is_some_and(|text| !text.is_empty()), "{correction}");
    }
    assert!(english[0]["dateModified"].as_str() > english[0]["datePublished"].as_str());
    assert_eq!(english[0]["translationOfWork"], Value::Null);
}

#[test]
fn sitemap_feed_and_json_ld_agree_on_the_last_change() {
    let site = Site::new(
        "-- site.toml --\ntitle = \"T\"\nlanguage = \"en\"\ntimezone = \"UTC\"\nbase_url = \"https://brine.example/\"\n",
    );
    let date = "date = 2031-01-05T18:00:00Z";
    let correction = "[[corrections]]\nat = 2031-02-01T10:00:00Z\nkind = \"correction\"\nwhy = \"W\"";
    for (id, keys, changed) in [
        ("a", String::new(), "2031-01-05T18:00:00+00:00"),
        ("b", "updated = 2031-01-06T18:00:00Z".to_owned(), "2031-01-06T18:00:00+00:00"),
        ("c", correction.to_owned(), "2031-02-01T10:00:00+00:00"),
        ("d", "embargo_until = 2031-01-07T18:00:00Z".to_owned(), "2031-01-07T18:00:00+00:00"),
    ] {
        site.write(&format!(
            "-- content/briefings/{id}.md --\n+++\ntitle = \"{id}\"\n{date}\n{keys}\n+++\nText.\n"
        ));
        site.build();
        let url = format!("https://brine.example/briefings/{id}.html");
        let sitemap = site.output("sitemap.xml");
        assert!(sitemap.contains(&format!("<loc>{url}</loc><lastmod>{changed}</lastmod>")), "{sitemap}");
        let feed: Value = serde_json::from_str(&site.output("feed.json")).unwrap();
        let items = feed["items"].as_array().unwrap();
        let item = items.iter().find(|item| item["url"] == url.as_str()).unwrap();
        assert_eq!(item["date_modified"], changed, "{id}");
        let page = page(&crate::common::tree(&site.public()), &format!("briefings/{id}.html"));
        assert_eq!(json_ld(&page)[0]["dateModified"], changed, "{id}");
    }
}

#[test]
fn without_base_url_a_page_has_no_absolute_url() {
    let page = page(demo(), "briefings/heluk-edge.html");
    assert!(json_ld(&page).is_empty());
    assert_eq!(content(&page, "meta[property='og:url']"), [""; 0]);
    assert_eq!(content(&page, "meta[property='og:type']"), ["article"]);
    assert!(page.all("footer a[href^=http]").is_empty());
}

#[test]
fn law_7_the_policy_of_each_page_allows_only_its_own_styles() {
    for (path, html) in pages(&PUBLIC) {
        let page = Page::parse(html);
        let policies = content(&page, "meta[http-equiv='Content-Security-Policy']");
        let [policy] = &policies[..] else { panic!("{path}: {policies:?}") };
        let mut directives = policy.split("; ");
        assert_eq!(directives.next(), Some("default-src 'none'"), "{path}");
        let styles = directives.next().unwrap();
        assert!(styles.starts_with("style-src 'sha256-") && styles.len() < 80, "{path}: {styles}");
        let rest: Vec<&str> = directives.collect();
        assert_eq!(rest, ["img-src 'self' data: file:", "base-uri 'none'", "form-action 'none'"], "{path}");
    }
}
