//! Tags that come in pairs: `if` and `endif`. Tera names the tag that it did not expect, which is seldom the
//! one that was forgotten.

use super::files::TemplateFile;
use super::tags::{Tag, tags, word};
use crate::diag::{Code, Diagnostic, Place, Span};

/// The begin or the end of something with a body.
struct Half<'a> {
    /// `if` of `{% if … %}` and of `{% endif %}`; of a component its name.
    name: &'a str,
    is_component: bool,
    /// The word in the tag.
    span: Span,
}

impl Half<'_> {
    fn ends(&self, begin: &Self) -> bool {
        (self.name, self.is_component) == (begin.name, begin.is_component)
    }

    /// The tag that ends what this begins.
    fn end(&self) -> String {
        match self.is_component {
            true => format!("{{% </{}> %}}", self.name),
            false => format!("{{% end{} %}}", self.name),
        }
    }
}

/// The first tag without an end or without its other half.
pub fn unpaired(file: &TemplateFile) -> Option<Diagnostic> {
    let mut open: Vec<Half<'_>> = Vec::new();
    for tag in tags(&file.text) {
        if !tag.is_closed {
            return Some(without_end(&tag, file));
        }
        if let Some(begin) = begin(&tag) {
            open.push(begin);
        } else if let Some(end) = end(&tag) {
            if !open.iter().any(|begin| end.ends(begin)) {
                return Some(
                    fault("there is nothing that this ends".to_owned(), end.span, file)
                        .help("delete it, or write the tag that it ends above it"),
                );
            }
            if let Some(begin) = open.pop().filter(|begin| !end.ends(begin)) {
                return Some(not_closed(&begin, Some(&end), file));
            }
        }
    }
    open.pop().map(|begin| not_closed(&begin, None, file))
}

fn fault(message: String, span: Span, file: &TemplateFile) -> Diagnostic {
    Diagnostic::error(Code::TEMPLATE_SYNTAX, message).at(Place::new(&file.file, &file.text, span))
}

fn without_end(tag: &Tag<'_>, file: &TemplateFile) -> Diagnostic {
    let (begin, end) = if tag.prints { ("{{", "}}") } else { ("{%", "%}") };
    let first_line = tag.inside.lines().next().unwrap_or_default();
    fault(format!("the `{begin}` of this has no `{end}`"), Span::new(tag.at..tag.at + first_line.len()), file)
}

fn not_closed(begin: &Half<'_>, too_early: Option<&Half<'_>>, file: &TemplateFile) -> Diagnostic {
    let fault = fault(format!("the `{}` that begins here is not closed", begin.name), begin.span, file);
    match too_early {
        Some(end) => fault
            .also(Place::new(&file.file, &file.text, end.span), "comes before its end")
            .help(format!("write {} before that", begin.end())),
        None => fault.help(format!("write {} where it ends", begin.end())),
    }
}

fn begin<'a>(tag: &Tag<'a>) -> Option<Half<'a>> {
    if tag.prints {
        return None;
    }
    if let Some((name, span)) = tag.component() {
        return Some(Half { name, is_component: true, span });
    }
    let has_body = match tag.keyword() {
        "if" | "for" | "block" | "filter" | "component" | "raw" => true,
        // One value has no end: `{% set x = 1 %}`.
        "set" | "set_global" => !tag.inside.contains('='),
        _ => false,
    };
    has_body.then(|| Half { name: tag.keyword(), is_component: false, span: tag.keyword_span() })
}

/// The branches of `if` and `for` end nothing.
fn end<'a>(tag: &Tag<'a>) -> Option<Half<'a>> {
    if tag.prints {
        return None;
    }
    if let Some(rest) = tag.inside.strip_prefix("</") {
        let span = Span::new(tag.at..tag.at + "</".len() + word(rest).len());
        return Some(Half { name: word(rest), is_component: true, span });
    }
    let name = tag.keyword().strip_prefix("end")?;
    Some(Half { name, is_component: false, span: tag.keyword_span() })
}
