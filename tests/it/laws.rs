//! The laws of the generator, tested with the real program.
//!
//! A law that is broken on purpose in the code must fail here.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::os::unix::fs::symlink;
use std::process::Stdio;
use std::time::{Duration, Instant};

use sha2::{Digest as _, Sha256};

use crate::common::attacks::{Attacks, attacked, with_markdown_attacks};
use crate::common::built::{Tree, demo, demo_with_output, port_brine, port_brine_with_output, text};
use crate::common::editions::{Editions, is_temporary, without_temporary, write_edition};
use crate::common::html::Page;
use crate::common::http::{Preview, get, without_preview_block};
use crate::common::strace::takes_all;
use crate::common::{NOW, Site, assert_same_tree, repository, stamps, tree};

/// The sites of this repository, with facts that the tests need.
fn sites() -> [Site; 2] {
    [Site::copy_of(repository()), Site::named("port-brine")]
}

// Law 2: what you preview is what you publish.

/// A page without the block of the preview, which must be there.
fn as_built(html: &str) -> String {
    without_preview_block(html).expect("a block")
}

#[test]
fn law_2_the_preview_serves_the_bytes_of_the_build_at_every_address() {
    for (site, built) in sites().iter().zip([demo(), port_brine()]) {
        let preview = Preview::of(site, &[]);
        for (path, built) in built {
            if path.starts_with(".bulletin") {
                continue;
            }
            let answer = get(&format!("{}{path}", preview.url));
            assert_eq!(answer.status, 200, "{path}");
            let is_page = path.ends_with(".html");
            assert_eq!(is_page, answer.content_type.starts_with("text/html"), "{path}");
            let served = if is_page {
                as_built(std::str::from_utf8(&answer.bytes).unwrap()).into_bytes()
            } else {
                answer.bytes
            };
            assert!(served == *built, "{path}: the preview differs from the build");
        }
    }
}

#[test]
fn law_2_the_preview_answers_folders_and_missing_pages_as_a_static_host_does() {
    let preview = Preview::of(&Site::named("port-brine"), &[]);
    for folder in ["", "briefings/", "ar/", "ar/dates/"] {
        let answer = get(&format!("{}{folder}", preview.url));
        let html = as_built(std::str::from_utf8(&answer.bytes).unwrap());
        assert!(html == text(port_brine(), &format!("{folder}index.html")), "{folder}");
    }
    for missing in ["nothing.html", "..%2fsite.toml", "content/about.md", "SHA256SUMS.html"] {
        let answer = get(&format!("{}{missing}", preview.url));
        assert_eq!(answer.status, 404, "{missing}");
        let html = as_built(std::str::from_utf8(&answer.bytes).unwrap());
        assert!(html == text(port_brine(), "404.html"), "{missing}");
    }
}

// Law 3: readers never see half a publish.

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

#[test]
fn law_3_a_killed_build_leaves_whole_files_and_the_next_one_finishes() {
    /// For some hundred files.
    const BRIEFINGS: usize = 24;
    // On a busy machine, many builds have ended before they are killed.
    let (kills, least_in_the_middle) = if takes_all() { (300, 30) } else { (30, 1) };
    let site = Site::empty();
    let mut whole = Vec::new();
    let mut takes = Duration::ZERO;
    for which in 0..2 {
        write_edition(&site, which, BRIEFINGS);
        let out = format!("out-{which}");
        let begun = Instant::now();
        let run = site.run(&["build", "--now", NOW, "--out", &out]);
        takes = takes.max(begun.elapsed());
        assert_eq!(run.code, Some(0), "{run}");
        whole.push(without_temporary(tree(&site.path(&out))));
    }
    let editions = Editions::new(whole);
    write_edition(&site, 0, BRIEFINGS);
    site.build();

    let mut dice = Dice(2031);
    let mut in_the_middle = 0;
    for kill in 0..10 * kills {
        if kill >= kills && in_the_middle >= least_in_the_middle {
            break;
        }
        let which = (kill + 1) % 2;
        write_edition(&site, which, BRIEFINGS);
        let mut build = site.command(&["build", "--now", NOW]);
        let mut child = build.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        if kill % 3 == 0 {
            // At any time of the run.
            let micros = u64::try_from(takes.as_micros()).unwrap();
            std::thread::sleep(Duration::from_micros(dice.below(micros)));
        } else {
            // Just after files began to move, which is a short part of the run.
            let journal = site.public().join(".bulletin");
            while child.try_wait().unwrap().is_none()
                && fs::metadata(&journal).map_or(0, |file| file.len()) == 0
            {
                std::thread::sleep(Duration::from_micros(100));
            }
            std::thread::sleep(Duration::from_micros(dice.below(4_000)));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let seen = without_temporary(tree(&site.public()));
        if !editions.whole.contains(&seen) {
            in_the_middle += 1;
        }
        editions.assert_holds_together(&seen, &format!("kill {kill}"));
        assert!(seen.contains_key("index.html") && seen.contains_key("SHA256SUMS"), "kill {kill}");

        if kill % 5 == 4 {
            site.build();
            let finished = tree(&site.public());
            assert!(finished.keys().all(|path| path == ".bulletin" || !is_temporary(path)), "left-overs");
            assert_same_tree(&without_temporary(finished), &editions.whole[which]);
            assert_sums(tree(&site.public()));
        }
    }
    assert!(in_the_middle >= least_in_the_middle, "{in_the_middle} kills came while files moved");
    println!("{in_the_middle} kills while files moved");
}

/// SHA256SUMS lists every file but itself and the journal, with its hash.
fn assert_sums(mut files: Tree) {
    let sums = String::from_utf8(files.remove("SHA256SUMS").unwrap()).unwrap();
    files.remove(".bulletin");
    let mut wanted = String::new();
    for (path, bytes) in files {
        let hash = Sha256::digest(&bytes).iter().fold(String::new(), |mut hash, byte| {
            write!(hash, "{byte:02x}").unwrap();
            hash
        });
        writeln!(wanted, "{hash}  {path}").unwrap();
    }
    assert_eq!(sums, wanted);
}

#[test]
fn law_3_sha256sums_lists_every_file() {
    for built in [demo(), port_brine()] {
        assert_sums(built.clone());
    }
}

// Law 4: never delete or overwrite a file that we did not write.

#[test]
fn law_4_foreign_files_stay_and_old_files_of_ours_go() {
    let site = port_brine_with_output();
    site.write("-- public/CNAME --\nexample.org\n-- public/events/mine.html --\nmine\n");
    assert!(site.exists("public/briefings/guild-denies.html"));
    for path in ["content/briefings/2031/guild-denies.md", "content/events/pump-fire-2031-05-01.md"] {
        site.remove(path);
    }
    site.edit("content/briefings/2031/water-cut.md", "event  = \"pump-fire-2031-05-01\"\n", "");
    site.edit(
        "content/briefings/2031/water-cut.md",
        ", and [what the guild says](guild-denies.md#the-denial).",
        ".",
    );
    site.build();
    assert!(!site.exists("public/briefings/guild-denies.html"));
    assert!(!site.exists("public/events/pump-fire-2031-05-01.html"));
    assert!(!site.exists("public/ar/events"), "a folder that is empty goes too");
    assert_eq!(site.output("CNAME"), "example.org\n");
    assert_eq!(site.output("events/mine.html"), "mine\n");
    assert!(!site.output("SHA256SUMS").contains("mine.html"));
}

#[test]
fn law_4_another_site_is_not_overwritten() {
    let site = Site::named("port-brine");
    site.write("-- public/index.html --\nmine\n-- public/other.html --\nmine\n");
    let run = site.try_build();
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("error[output-not-ours]: 1 file is in the way in public"), "{run}");
    assert!(run.stderr.contains("in the way: index.html\n"), "{run}");
    let left: Vec<String> = tree(&site.public()).into_keys().filter(|path| !is_temporary(path)).collect();
    assert_eq!(left, ["index.html", "other.html"]);
}

#[test]
fn law_4_a_foreign_file_with_the_right_bytes_is_taken_over() {
    let copy = Site::named("port-brine");
    for (path, bytes) in port_brine() {
        if !is_temporary(path) && path != "SHA256SUMS" {
            copy.write_bytes(&format!("public/{path}"), bytes);
        }
    }
    copy.build();
    assert_sums(tree(&copy.public()));
}

#[test]
fn law_4_changed_files_of_ours_are_restored_with_a_warning() {
    let site = port_brine_with_output();
    let right = site.output("about.html");
    site.write("-- public/about.html --\nmine\n");
    let run = site.build();
    assert!(
        run.stderr.contains("warning[output-changed]: public/about.html was changed by somebody else"),
        "{run}"
    );
    assert!(site.output("about.html") == right);
}

#[test]
fn law_4_links_in_the_output_are_not_followed() {
    let site = port_brine_with_output();
    fs::create_dir(site.path("elsewhere")).unwrap();
    fs::rename(site.path("public/about.html"), site.path("elsewhere/about.html")).unwrap();
    symlink(site.path("elsewhere/about.html"), site.path("public/about.html")).unwrap();
    site.edit("content/about.md", "We do not exist.", "We do not exist at all.");
    let before = stamps(&site.path("elsewhere"));
    let run = site.try_build();
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("public/about.html is a link"), "{run}");
    assert_eq!(stamps(&site.path("elsewhere")), before);
}

// Law 5: an unchanged file is not touched.

#[test]
fn law_5_a_build_without_a_change_touches_no_file() {
    for site in [demo_with_output(), port_brine_with_output()] {
        let before = stamps(&site.public());
        let run = site.build();
        let said = format!("public: 0 new, 0 changed, {} unchanged, 0 removed\n", before.len() - 1);
        assert_eq!(run.stdout, said);
        assert!(stamps(&site.public()) == before, "a file was touched");
    }
}

#[test]
fn law_5_a_change_touches_only_the_files_whose_bytes_it_changes() {
    let site = port_brine_with_output();
    let before = stamps(&site.public());
    site.edit("content/briefings/2031/guild-denies.md", "It contradicts", "It flatly contradicts");
    site.build();
    let after = stamps(&site.public());
    assert!(after["briefings/guild-denies.html"].inode != before["briefings/guild-denies.html"].inode);
    let mut touched = Vec::new();
    for (path, stamp) in &after {
        let is_same = stamp.bytes == before[path].bytes;
        assert_eq!(is_same, *stamp == before[path], "{path} has the same bytes, and was touched");
        touched.extend((!is_same).then_some(path.as_str()));
    }
    let wanted = [
        "SHA256SUMS",
        "ar/briefings/guild-denies.html",
        "ar/briefings/guild-denies.txt",
        "briefings/guild-denies.html",
        "briefings/guild-denies.txt",
    ];
    assert_eq!(touched, wanted, "a change of a text changes its own pages only");
}

// Law 7: nothing from an author becomes code.

/// The pages of a built site.
fn pages(site: &Site) -> Vec<(String, Page)> {
    let files = tree(&site.public()).into_iter().filter(|(path, _)| path.ends_with(".html"));
    files.map(|(path, bytes)| (path, Page::parse(&String::from_utf8(bytes).unwrap()))).collect()
}

/// Panics if an element or attribute runs code, loads from elsewhere, or changes the meaning of links.
fn assert_harmless(path: &str, page: &Page) {
    const FORBIDDEN: [&str; 13] = [
        "iframe", "frame", "object", "embed", "applet", "base", "form", "input", "button", "math", "svg",
        "template", "noscript",
    ];
    let mut ids = BTreeSet::new();
    for element in page.elements() {
        let name = element.value().name();
        // Charts are our own, and so are the marks within them.
        let around = element.ancestors().filter_map(scraper::ElementRef::wrap);
        let is_of_chart =
            name == "svg" && around.chain([element]).any(|e| e.value().attr("class") == Some("chart"));
        assert!(is_of_chart || !FORBIDDEN.contains(&name), "{path}: <{name}>");
        if name == "script" {
            assert_eq!(element.attr("type"), Some("application/ld+json"), "{path}: a script");
            let data: String = element.text().collect();
            assert!(serde_json::from_str::<serde_json::Value>(&data).is_ok(), "{path}: {data}");
        }
        for (attribute, value) in element.value().attrs() {
            assert!(!attribute.starts_with("on"), "{path}: <{name} {attribute}={value:?}>");
            assert!(
                !matches!(attribute, "style" | "srcdoc" | "ping" | "background"),
                "{path}: <{name} {attribute}>"
            );
            // Browsers ignore white space and control characters before and within a scheme.
            let bare: String = value.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
            let bare = bare.to_lowercase();
            let is_icon = name == "link" && attribute == "href" && bare.starts_with("data:image/svg+xml,");
            let is_url = matches!(
                attribute,
                "href" | "src" | "action" | "formaction" | "xlink:href" | "data" | "poster" | "cite"
            );
            for scheme in ["javascript:", "vbscript:", "data:"] {
                assert!(
                    !is_url || is_icon || !bare.starts_with(scheme),
                    "{path}: <{name} {attribute}={value:?}>"
                );
            }
            assert!(attribute != "content" || !bare.contains("url=javascript"), "{path}: {value:?}");
            assert!(
                attribute != "id" || ids.insert(value.to_owned()),
                "{path}: the id {value:?} occurs twice"
            );
        }
        let loads = element.attr("src").or((name == "link").then(|| element.attr("href")).flatten());
        let is_relation = matches!(element.attr("rel"), Some("canonical" | "alternate" | "icon"));
        assert!(is_relation || !loads.is_some_and(|url| url.contains("//")), "{path}: loads {loads:?}");
    }
    assert_eq!(page.all("style").len(), 1, "{path}: one style sheet, the theme's");
    assert!(!page.text().contains("8337"), "{path}: a template ran the text of an author");
}

#[test]
fn law_7_no_field_of_the_content_model_becomes_code_and_law_8_each_is_shown() {
    for policy in ["escape", "sanitise"] {
        let mut attacks = Attacks::default();
        let site = attacked(&mut attacks, policy);
        site.build();
        let pages = pages(&site);
        let mut texts = String::new();
        for (path, page) in &pages {
            assert_harmless(path, page);
            texts.push_str(&page.text());
            texts.push_str(&page.values("meta[name=description]", "content").concat());
        }
        let lost: Vec<&&str> = attacks
            .0
            .iter()
            .enumerate()
            .filter(|(n, _)| !texts.contains(&format!("mark{}m ", n + 1)))
            .map(|(_, field)| field)
            .collect();
        assert!(lost.is_empty(), "not shown on any page: {lost:?}");
        assert!(texts.contains("<script>alert(1)</script>"), "the attack is read as text");
        for name in ["sitemap.xml", "robots.txt"] {
            assert!(!site.output(name).contains("<script"), "{name}");
        }
    }
}

#[test]
fn law_7_no_markdown_becomes_code_under_either_policy() {
    for policy in ["escape", "sanitise"] {
        let site = with_markdown_attacks(policy);
        for (path, page) in pages(&site) {
            assert_harmless(&path, &page);
        }
        // Escaped input is shown as it was written.
        let shown = pages(&site).iter().any(|(_, page)| page.text().contains("<img src=x onerror=alert(1)>"));
        assert!(policy == "sanitise" || shown);
    }
}

#[test]
fn law_7_a_drawing_with_a_script_is_refused() {
    for attack in [
        "<script>alert(1)</script>",
        "<a href=\"javascript:alert(1)\"/>",
        "<rect onload=\"alert(1)\"/>",
        "<foreignObject/>",
    ] {
        let site = Site::new(
            "-- site.toml --\ntitle = \"T\"\n-- content/about.md --\n+++\ntitle = \"About\"\n+++\n",
        );
        site.write(&format!(
            "-- static/evil.svg --\n<svg xmlns=\"http://www.w3.org/2000/svg\">{attack}</svg>\n"
        ));
        let run = site.try_build();
        if run.code == Some(0) {
            let drawing = site.output("evil.svg");
            assert!(
                !["script", "onload", "foreignObject"].iter().any(|word| drawing.contains(word)),
                "{drawing}"
            );
        } else {
            assert!(run.stderr.contains("static/evil.svg"), "{run}");
        }
    }
}

// Law 8: nothing is lost silently.

#[test]
fn law_8_one_bad_briefing_stops_the_publish_and_the_last_good_site_stays() {
    let site = port_brine_with_output();
    let before = stamps(&site.public());
    site.edit("content/briefings/2031/guild-denies.md", "kind    = \"daily\"", "kind    = \"dialy\"");
    site.edit("content/about.md", "We do not exist.", "We are new.");
    let run = site.try_build();
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.ends_with("public is as it was\n"), "{run}");
    assert!(stamps(&site.public()) == before);
}

#[test]
fn law_8_a_protected_source_is_named_nowhere() {
    for (path, bytes) in port_brine() {
        let text = String::from_utf8_lossy(bytes).to_lowercase();
        for name in ["hidden name never printed", "nurse-of-the-marsh"] {
            assert!(!text.contains(name) && !path.contains(name), "{path} names the protected source");
        }
    }
    assert!(text(port_brine(), "briefings/water-cut.html").contains("a nurse in Salt Marsh"));
}

// Law 9: pictures lose their metadata.

/// The bytes from the first scan on, which are the pixels.
fn pixels(jpeg: &[u8]) -> &[u8] {
    let scan = jpeg.windows(2).position(|pair| pair == [0xFF, 0xDA]).expect("a scan");
    &jpeg[scan..]
}

#[test]
fn law_9_images_lose_their_metadata_and_keep_their_pixels() {
    let site = Site::named("port-brine");
    for (output, source) in [
        ("briefings/ferry/harbour.jpg", "content/briefings/2031/ferry/harbour.jpg"),
        ("quay.jpg", "static/quay.jpg"),
    ] {
        let source = fs::read(site.path(source)).unwrap();
        let output = &port_brine()[output];
        assert!(source.windows(10).any(|bytes| bytes == b"SECRET-GPS"), "the fixture has a place");
        assert!(output.len() < source.len());
        for word in [&b"SECRET"[..], b"Exif\0\0", b"GPS"] {
            assert!(!output.windows(word.len()).any(|bytes| bytes == word), "metadata is left");
        }
        assert!(pixels(output) == pixels(&source), "the picture itself was changed");
    }
}

// Law 10: every figure has an owner, and figures are never added up.

#[test]
fn law_10_no_page_adds_the_figures_of_two_sources() {
    let claim = |source: &str, number: u32| {
        format!(
            "[[claims]]\ntext = \"People fled.\"\nsource = \"{source}\"\nevent = \"flight\"\nneighbourhoods = [\"Quay\"]\nhappened = \"2031-05-01\"\nfigure = {{ measure = \"families\", min = {number} }}\n"
        )
    };
    let (one, other) = (claim("One", 4111), claim("Other", 3222));
    let site = Site::new(&format!(
        "-- site.toml --\ntitle = \"T\"\n-- content/briefings/a.md --\n+++\ntitle = \"A\"\ndate = 2031-05-02\n{one}{other}+++\n"
    ));
    site.build();
    let digits = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == ' ').collect::<String>();
    let mut shown = 0;
    for (path, page) in pages(&site) {
        let text = digits(&page.text());
        assert!(!text.contains("7333"), "{path} adds up");
        shown += usize::from(text.contains("4111"));
    }
    assert!(shown >= 5, "briefing, neighbourhood, source, event and date show the figure");
}
