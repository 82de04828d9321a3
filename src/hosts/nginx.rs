//! A configuration for nginx, to be included in the server block of a site.

use super::headers::{
    CHARSET, FILES_ARE_KEPT, PAGES_ARE_KEPT, POLICY, UNKNOWN_FOLDER, endings_by_type, folder_on_server,
    is_text,
};
use crate::site::Site;

const BEGIN: &str = "\
# For nginx. Copy it to where only the administrator can write, and include it:
#
#     server {
#         server_name example.org;
#         root /srv/www;
#         include /etc/nginx/snippets/briefings.conf;
#     }
#
# Do not include it from the published folder: anyone who can write there could change the server.
";

const SETTINGS: &str = "    absolute_redirect off;
    server_tokens off;
    # No list of who asked for what.
    access_log off;
    error_log stderr crit;
    log_not_found off;
    gzip on;
    gzip_vary on;
    charset utf-8;
    default_type application/octet-stream;
    types {
";

/// Hidden files, and names without an ending.
const BY_NAME: &str = "
    location ~ \"/\\.(?!well-known/)\" {
        return 404;
    }
    location ~ \"/[^./]+$\" {
        default_type text/plain;
    }
    location ~ \"/feed\\.json$\" {
        types { }
        default_type application/feed+json;
    }
";

pub fn configuration(site: &Site) -> String {
    let folder = folder_on_server(&site.config);
    let mut text = String::from(BEGIN);
    text.push_str(if folder.is_none() { UNKNOWN_FOLDER } else { "" });
    let folder = folder.as_deref().unwrap_or("/");
    text.push_str(&format!(
        "location {folder} {{\n    index index.html;\n    error_page 404 {folder}404.html;\n    error_page 403 =404 {folder}404.html;\n"
    ));
    text.push_str(SETTINGS);
    push_types(&mut text);
    push_headers(&mut text, "    ", PAGES_ARE_KEPT);
    text.push_str(BY_NAME);
    text.push_str(&format!("    location ~* \"\\.({})$\" {{\n", binary_endings().join("|")));
    // A block with headers of its own has none of those around it.
    push_headers(&mut text, "        ", FILES_ARE_KEPT);
    text.push_str("    }\n}\n");
    text
}

fn push_types(text: &mut String) {
    let mut texts = Vec::new();
    for (media_type, endings) in endings_by_type() {
        let name = media_type.strip_suffix(CHARSET).unwrap_or(&media_type);
        text.push_str(&format!("        {name} {};\n", endings.join(" ")));
        if is_text(&media_type) {
            texts.push(name.to_owned());
        }
    }
    text.push_str("    }\n");
    texts.push("application/feed+json".to_owned());
    // These are always among them, and a second time is a warning.
    texts.retain(|name| name != "text/html");
    let texts = texts.join(" ");
    text.push_str(&format!("    charset_types {texts};\n    gzip_types {texts};\n"));
}

fn push_headers(text: &mut String, indent: &str, kept: &str) {
    for (name, value) in POLICY.into_iter().chain([("Cache-Control", kept)]) {
        text.push_str(&format!("{indent}add_header {name} \"{value}\" always;\n"));
    }
}

fn binary_endings() -> Vec<&'static str> {
    let by_type = endings_by_type().into_iter().filter(|(media_type, _)| !is_text(media_type));
    by_type.flat_map(|(_, endings)| endings).collect()
}
