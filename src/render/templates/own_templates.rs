//! Templates that plain pages name themselves.

use super::files::{Files, PAGES};
use crate::diag::{Code, Diagnostic, Place, did_you_mean};
use crate::paths::OutPath;

/// The template of plain pages, which others extend.
const PLAIN: &str = "page.html";

/// The frame of all pages, and the folder of their parts.
const FRAME: &str = "base.html";
const PARTS: &str = "parts/";

/// Why a plain page cannot be rendered with a template.
pub fn fault(name: &str, files: &Files) -> Option<Diagnostic> {
    let Some(file) = files.find(name) else {
        let known = files.names().filter(|known| is_for_pages(known));
        let error = Diagnostic::error(Code::MISSING_TEMPLATE, format!("there is no template \"{name}\""));
        return Some(match did_you_mean(name, known) {
            Some(near) => error.help(format!("did you mean \"{near}\"?")),
            None if !name.ends_with(".html") || name.contains("..") || name.starts_with('/') => {
                error.help("name a file in templates/ that ends in .html, as template = \"page.html\"")
            }
            None => error
                .help(format!("write it: templates/{name}, which begins with {{% extends \"page.html\" %}}")),
        });
    };
    if is_for_pages(&file.name) {
        return None;
    }
    let what = match file.name.as_str() {
        FRAME => "the frame of all pages",
        name if name.starts_with(PARTS) => "a part of pages",
        _ => "for another kind of page",
    };
    let error = Diagnostic::error(Code::WRONG_TEMPLATE, format!("the template \"{name}\" is {what}"));
    Some(error.help("name a template of your own, which begins with {% extends \"page.html\" %}"))
}

fn is_for_pages(name: &str) -> bool {
    name == PLAIN
        || !PAGES.contains(&name) && name != FRAME && !name.starts_with(PARTS) && !name.contains("/parts/")
}

/// A page whose text its own template leaves out.
pub fn without_text(name: &str, page: &OutPath, files: &Files) -> Diagnostic {
    let message = format!("the template \"{name}\" does not print the text of the page");
    let warning = Diagnostic::warning(Code::TEXT_NOT_PRINTED, message)
        .help("write {{ body | safe }} in its block `content`")
        .help(format!("while rendering {page}"));
    match files.find(name) {
        Some(file) => warning.at(Place::file(&file.file)),
        None => warning,
    }
}
