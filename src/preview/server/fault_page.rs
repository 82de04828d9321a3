//! What is served instead of a page: what is wrong, readable without a script.
//!
//! Owns a few lines of HTML, and plain text for requests that mean no page. The diagnostics are text in it,
//! never markup.

use axum::body::Body;
use axum::http::{Response, StatusCode, header};
use axum::response::IntoResponse as _;

use super::lookup::LookupFault;
use crate::html::escape;

/// One line of text.
pub fn plain(status: StatusCode, message: &str) -> Response<Body> {
    let content_type = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    (status, content_type, format!("{message}\n")).into_response()
}

/// The whole page, without the preview's block.
pub fn html(fault: &LookupFault) -> String {
    let title = if fault.is_of_page { "This page has errors" } else { "The site has errors" };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n\
         <style>body{{font:1rem/1.5 system-ui,sans-serif;margin:1rem auto;max-width:60rem;padding:0 1rem}}\
         pre{{font:.875rem/1.5 ui-monospace,monospace;overflow-x:auto;border-inline-start:.25rem solid #c33;\
         padding-inline-start:1rem}}</style>\n</head>\n<body>\n<h1>{title}</h1>\n\
         <pre id=\"bulletin-faults\" tabindex=\"0\">\n{}</pre>\n\
         <p>It comes back by itself when they are mended.</p>\n</body>\n</html>\n",
        escape(&fault.text)
    )
}
