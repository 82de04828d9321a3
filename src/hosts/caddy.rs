//! A configuration for Caddy, to be imported into the block of a site.

use super::headers::{
    FILES_ARE_KEPT, PAGES_ARE_KEPT, POLICY, UNKNOWN_FOLDER, endings_by_type, folder_on_server, is_text,
};
use crate::file_formats::media_type;
use crate::site::Site;

// Indented as `caddy fmt` does it: otherwise Caddy complains at each start.
const BEGIN: &str = "\
# For Caddy 2. Copy it to where only the administrator can write, and import it:
#
#     example.org {
#         root * /srv/www
#         import /etc/caddy/briefings.caddy
#     }
#
# Do not import it from the published folder: anyone who can write there could change the server.
";

const FILES: &str = "\t@hidden {
\t\tpath */.*
\t\tnot path */.well-known/*
\t}
\terror @hidden 404
\tfile_server
}
";

pub fn configuration(site: &Site) -> String {
    let folder = folder_on_server(&site.config);
    let mut text = String::from(BEGIN);
    text.push_str(if folder.is_none() { UNKNOWN_FOLDER } else { "" });
    let folder = folder.as_deref().unwrap_or("/");
    if folder != "/" {
        let bare = folder.trim_end_matches('/');
        text.push_str(&format!("redir {bare} {bare}/\n"));
    }
    text.push_str(&format!("handle {folder}* {{\n\tencode gzip\n"));
    push_policy(&mut text, "\t");
    push_caching(&mut text);
    push_types(&mut text);
    text.push_str(FILES);
    push_missing(&mut text, folder);
    text
}

fn push_policy(text: &mut String, indent: &str) {
    text.push_str(&format!("{indent}header {{\n"));
    for (name, value) in POLICY {
        text.push_str(&format!("{indent}\t{name} \"{value}\"\n"));
    }
    text.push_str(&format!("{indent}}}\n"));
}

fn push_caching(text: &mut String) {
    let binary = endings_by_type().into_iter().filter(|(media_type, _)| !is_text(media_type));
    let binary: Vec<&str> = binary.flat_map(|(_, endings)| endings).collect();
    let binary = paths_of(&binary);
    text.push_str(&format!(
        "\t@texts not path {binary}\n\theader @texts Cache-Control \"{PAGES_ARE_KEPT}\"\n"
    ));
    text.push_str(&format!("\t@files path {binary}\n\theader @files Cache-Control \"{FILES_ARE_KEPT}\"\n"));
}

/// No two of the rules are for one file: which of them counts would depend on their order.
fn push_types(text: &mut String) {
    let feed = "*/feed.json";
    for (index, (media_type, endings)) in endings_by_type().into_iter().enumerate() {
        let paths = paths_of(&endings);
        if endings.contains(&"json") {
            text.push_str(&format!("\t@type{index} {{\n\t\tpath {paths}\n\t\tnot path {feed}\n\t}}\n"));
        } else {
            text.push_str(&format!("\t@type{index} path {paths}\n"));
        }
        push_type(text, &format!("@type{index}"), &media_type);
    }
    text.push_str(&format!("\t@feed path {feed}\n"));
    push_type(text, "@feed", &media_type("feed.json"));
    text.push_str("\t@bare path_regexp /[^./]+$\n");
    push_type(text, "@bare", &media_type("SHA256SUMS"));
}

fn push_type(text: &mut String, matcher: &str, media_type: &str) {
    text.push_str(&format!("\theader {matcher} Content-Type \"{media_type}\"\n"));
}

fn paths_of(endings: &[&str]) -> String {
    let paths: Vec<String> = endings.iter().map(|ending| format!("*.{ending}")).collect();
    paths.join(" ")
}

/// The page for what is missing, with the type of a page: the missing file may have another.
fn push_missing(text: &mut String, folder: &str) {
    text.push_str("handle_errors {\n\t@missing {\n");
    text.push_str(&format!("\t\tpath {folder}*\n\t\texpression `{{err.status_code}} == 404`\n\t}}\n"));
    text.push_str("\thandle @missing {\n");
    push_policy(text, "\t\t");
    text.push_str(&format!("\t\theader Cache-Control \"{PAGES_ARE_KEPT}\"\n"));
    text.push_str("\t\theader Content-Type \"text/html; charset=utf-8\"\n");
    text.push_str(&format!("\t\trewrite * {folder}404.html\n\t\tfile_server\n\t}}\n}}\n"));
}
