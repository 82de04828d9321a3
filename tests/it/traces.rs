//! Outputs hold no trace of the people who write, build and read a site.

use crate::common::built::{self, Tree, demo, kestrel_sound, output_of, port_brine};
use crate::common::html::Page;
use crate::common::{NOW, Site, tree};

/// Has a link to another server in each place where a page can have one, and a draft.
const SITE: &str = r#"
-- site.toml --
title = "Harbour"
base_url = "https://harbour.example/"
onion = "http://vj2pn7idx5ul47qpjpigzltbu4vlqas3kdiarcht4edi6iqgorrrofqd.onion/"
mirrors = ["https://mirror.example/"]
html = "sanitise"
contact = "desk@harbour.example"
licence = "https://licence.example/by"
-- content/sources/radio.md --
+++
title = "Radio"
url = "https://radio.example/"
+++
-- content/briefings/a.md --
+++
title = "First"
date = 2031-05-01

[[claims]]
id = "fire"
text = "A fire, as https://text.example/ says."
source = "Radio"
evidence = [{ url = "https://evidence.example/", archived = "https://archive.example/" }]
+++
[Markdown](https://markdown.example/ "title"), <HTTPS://angle.example/>, https://bare.example/, www.bare.example,
[by name], <a href="https://html.example/" rel="opener" target="_blank">HTML</a>,
<a rel=opener href=HTTP://capitals.example/>HTML</a>.

<p><a href="https://block.example/">block</a></p>

| <a href="https://cell.example/">cell</a> | [x](https://head.example/) |
| --- | --- |
| https://row.example/ | x |

[^1]: [note](https://note.example/)

Text[^1].

[by name]: https://reference.example/
-- content/briefings/draft.md --
+++
title = "Unready"
date = 2031-05-02
draft = true
+++
Text.
"#;

fn outbound_links(files: &Tree) -> Vec<(String, String)> {
    let mut links = Vec::new();
    for (path, html) in built::pages(files) {
        let page = Page::parse(html);
        for link in page.all("a[href], area[href]") {
            let href = link.attr("href").unwrap_or_default();
            if href.contains("://") {
                assert_eq!(link.attr("rel"), Some("noreferrer"), "{path}: {href}");
                assert_eq!(link.attr("target"), None, "{path}: {href}");
                links.push((path.to_owned(), href.to_owned()));
            }
        }
    }
    links
}

#[test]
fn no_server_learns_from_a_link_where_a_reader_was() {
    for files in [demo(), port_brine(), kestrel_sound()] {
        outbound_links(files);
    }
    let links = outbound_links(&output_of(&Site::new(SITE)));
    for host in [
        "harbour.example",
        "mirror.example",
        "radio.example",
        "evidence.example",
        "archive.example",
        "markdown.example",
        "angle.example",
        "//bare.example",
        "www.bare.example",
        "html.example",
        "capitals.example",
        "block.example",
        "cell.example",
        "head.example",
        "row.example",
        "note.example",
        "reference.example",
    ] {
        assert!(links.iter().any(|(_, href)| href.contains(host)), "{host} in {links:?}");
    }
}

#[test]
fn no_output_names_the_program_that_made_it() {
    let small = output_of(&Site::new(SITE));
    for files in [demo(), port_brine(), kestrel_sound(), &small] {
        for (path, bytes) in files {
            let text = String::from_utf8_lossy(bytes).to_lowercase();
            for trace in ["generator", env!("CARGO_PKG_VERSION")] {
                assert!(!text.contains(trace), "{path} holds {trace:?}");
            }
        }
    }
}

#[test]
fn search_engines_leave_out_each_page_of_a_build_with_drafts() {
    let site = Site::new(SITE);
    let pages_left_out = || {
        let files = tree(&site.public());
        let pages = built::pages(&files).map(|(path, html)| (path.to_owned(), Page::parse(html)));
        let left_out = pages.map(|(path, page)| (path, page.has("meta[name=robots][content=noindex]")));
        left_out.collect::<Vec<_>>()
    };
    site.run(&["build", "--now", NOW]);
    let left_out = pages_left_out();
    assert!(left_out.iter().all(|(path, is_left_out)| *is_left_out == (path == "404.html")), "{left_out:?}");
    site.run(&["build", "--now", NOW, "--drafts"]);
    let left_out = pages_left_out();
    assert!(left_out.iter().any(|(path, _)| path == "briefings/draft.html"), "{left_out:?}");
    assert!(left_out.iter().all(|(_, is_left_out)| *is_left_out), "{left_out:?}");
}

#[test]
fn no_message_shows_the_password_of_an_address() {
    let site = Site::new(SITE);
    site.edit("site.toml", "https://harbour.example/", "https://desk:hunter@harbour.example/?x");
    site.edit("content/briefings/a.md", "https://markdown.example/", "https://desk:hunter@markdown.example/");
    for format in ["human", "short", "json"] {
        let run = site.run(&["check", "--now", NOW, "--format", format]);
        assert!(run.stdout.contains("password-in-address") && !run.to_string().contains("hunter"), "{run}");
    }
    let run = site.run(&["build", "--now", NOW, "--base-url", "https://desk:hunter@harbour.example/"]);
    assert!(run.stderr.contains("`base_url` has a user name or a password"), "{run}");
    assert!(run.code == Some(2) && !run.to_string().contains("hunter"), "{run}");
}
