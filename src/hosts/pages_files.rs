//! `_headers` and `_redirects`, which Netlify and Cloudflare Pages read.
//!
//! Both join the values of a header that two rules give one file. So no two rules give the same one.

use super::headers::{PAGES_ARE_KEPT, POLICY, endings_by_type, is_text};
use crate::file_formats::media_type;
use crate::paths::{OutPath, ascii_url_path};
use crate::site::{Feed, HostFile, Route, Site};

/// The most rules that Cloudflare Pages reads, and the most letters of each.
const MOST_REDIRECTS: usize = 2_000;
const MOST_LETTERS: usize = 1_000;

/// `_headers`: the policy of all files, and the types of texts.
pub fn headers(site: &Site) -> String {
    let mut text = String::from("# What each answer says.\n/*\n");
    for (name, value) in POLICY {
        push_header(&mut text, name, value);
    }
    push_header(&mut text, "Cache-Control", PAGES_ARE_KEPT);
    for (media_type, endings) in endings_by_type() {
        // Hosts know HTML and pictures. JSON has a type by its path.
        if is_text(&media_type) && !media_type.starts_with("text/html") && !endings.contains(&"json") {
            endings.iter().for_each(|ending| push_type(&mut text, &format!("*.{ending}"), &media_type));
        }
    }
    push_type(&mut text, "data/*.json", &media_type("data/a.json"));
    push_type(&mut text, "SHA256SUMS", &media_type("SHA256SUMS"));
    if site.has_feeds() {
        for language in site.language_indices() {
            let feed = site.feed_path(language, Feed::BriefingsAsJson);
            push_type(&mut text, &ascii_url_path(feed.as_str()), &media_type(feed.as_str()));
        }
    }
    text
}

fn push_header(text: &mut String, name: &str, value: &str) {
    text.push_str(&format!("  {name}: {value}\n"));
}

fn push_type(text: &mut String, pattern: &str, media_type: &str) {
    text.push_str(&format!("/{pattern}\n"));
    push_header(text, "Content-Type", media_type);
}

/// `_redirects`: each path that a page had before, and where the page is. A page at the old path redirects too, for what
/// the host leaves out.
pub fn redirects(site: &Site, file: HostFile) -> String {
    // Netlify serves a file rather than redirect from its path, unless it is forced to.
    let (status, most) = match file {
        HostFile::CloudflareRedirects => ("301", MOST_REDIRECTS),
        _ => ("301!", usize::MAX),
    };
    let moved = site.routes.all().iter().filter_map(|(path, route)| match route {
        Route::Redirect(language, page) => Some((path, site.path(*language, *page))),
        _ => None,
    });
    // A host that leaves `.html` out of an address would go round in a circle. The page at the old path redirects.
    let moved = moved.filter(|(from, to)| {
        let folder = address(from).trim_end_matches('/');
        to.as_str().strip_suffix(".html") != Some(folder)
    });
    let lines = moved.map(|(from, to)| line(from, &to, status));
    let lines: Vec<String> = lines.filter(|line| line.len() <= MOST_LETTERS).collect();
    let mut text = String::from("# The pages that moved.\n");
    if lines.len() > most {
        text.push_str(&format!(
            "# The host reads {most} lines; {} more pages redirect themselves.\n",
            lines.len() - most
        ));
    }
    lines.iter().take(most).for_each(|line| text.push_str(line));
    text
}

fn line(from: &OutPath, to: &OutPath, status: &str) -> String {
    format!("/{} /{} {status}\n", ascii_url_path(address(from)), ascii_url_path(address(to)))
}

/// A page of a folder has the address of the folder.
fn address(path: &OutPath) -> &str {
    let path = path.as_str();
    path.strip_suffix("index.html")
        .filter(|folder| folder.is_empty() || folder.ends_with('/'))
        .unwrap_or(path)
}
