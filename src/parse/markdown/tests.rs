//! Text in, text out: Markdown to HTML with its slots named, and to diagnostics with their places.

mod laws;
mod literal;
mod refused;
mod shown;

use super::{MarkdownOptions, RawHtml, parse};
use crate::model::{Body, Piece, Slot};

const FILE: &str = "content/briefings/d3.md";

fn body(markdown: &str) -> Body {
    body_with(markdown, RawHtml::Escape)
}

fn body_with(markdown: &str, raw_html: RawHtml) -> Body {
    let options = MarkdownOptions { raw_html, ..MarkdownOptions::default() };
    parse(FILE, markdown, 0, &options).body
}

/// An `x` for each address and word that goes there.
fn with_x(piece: Piece<'_>) -> &str {
    match piece {
        Piece::Html(text) => text,
        Piece::Slot(Slot::PictureSize(_) | Slot::Poster(_) | Slot::Status(_)) => "",
        Piece::Slot(Slot::Link(_) | Slot::Word(_)) => "x",
    }
}

/// The HTML, with `{target}` and `{word}` for slots.
fn html(markdown: &str) -> String {
    html_with(markdown, RawHtml::Escape)
}

fn html_with(markdown: &str, raw_html: RawHtml) -> String {
    let body = body_with(markdown, raw_html);
    let mut html = String::new();
    for piece in body.html.pieces() {
        match piece {
            Piece::Html(text) => html.push_str(text),
            Piece::Slot(Slot::Link(n)) => html.push_str(&format!("{{{:?}}}", body.links[n as usize].target)),
            Piece::Slot(Slot::PictureSize(_)) => html.push_str("{size}"),
            Piece::Slot(Slot::Poster(_)) => html.push_str("{poster}"),
            Piece::Slot(Slot::Status(_)) => html.push_str("{status}"),
            Piece::Slot(Slot::Word(word)) => html.push_str(&format!("{{{word}}}")),
        }
    }
    html
}

/// `code line:column marked`, a line each.
fn problems_with(markdown: &str, raw_html: RawHtml) -> String {
    let options = MarkdownOptions { raw_html, ..MarkdownOptions::default() };
    let diagnostics = parse(FILE, markdown, 0, &options).diagnostics;
    let listed = diagnostics.iter().map(|diagnostic| {
        let place = diagnostic.place.as_ref().unwrap();
        let marked = place.excerpt[place.mark.clone()].escape_debug();
        let severity = diagnostic.severity.word();
        format!("{severity} {} {}:{} {marked}\n", diagnostic.code, place.line, place.column)
    });
    listed.collect()
}

fn problems(markdown: &str) -> String {
    problems_with(markdown, RawHtml::Escape)
}

/// The HTML under [`RawHtml::Sanitise`].
fn sanitised(markdown: &str) -> String {
    let html = body_with(markdown, RawHtml::Sanitise).html;
    html.pieces().map(with_x).collect()
}
