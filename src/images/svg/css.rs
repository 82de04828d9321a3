//! Style sheets and style attributes: the declarations that draw, without comments.

use std::collections::BTreeSet;

use super::lists;

/// CSS that loads something; `url(#…)` is checked separately.
const LOADING: [&str; 5] = ["@import", "image-set(", "image(", "src(", "cross-fade("];

/// The declarations whose property is on the list. The error is what has to go before the file can be published.
pub fn kept(css: &str, variables: &BTreeSet<&str>) -> Result<String, String> {
    let css = without_comments(css);
    let mut kept = String::new();
    let mut rest = css.as_str();
    while let Some(end) = statement_end(rest) {
        let (statement, after) = rest.split_at(end);
        let statement = statement.trim();
        match after.chars().next() {
            Some('{') => kept.extend([statement, "{"]),
            Some('}') => {
                push_declaration(&mut kept, statement, variables);
                kept.push('}');
            }
            _ => push_declaration(&mut kept, statement, variables),
        }
        rest = after.get(1..).unwrap_or_default();
    }
    check(&kept).map_err(|what| format!("a style with {what}"))?;
    // A statement of a whole style sheet is left out above; one that loads changes the drawing.
    if css.to_ascii_lowercase().contains("@import") {
        return Err("a style with \"@import\", which can load from elsewhere".to_owned());
    }
    Ok(kept)
}

/// The names of variables that some value uses: `var(--name)`.
pub fn variables(text: &str) -> BTreeSet<&str> {
    let used = text.split("var(").skip(1);
    used.filter_map(|rest| {
        rest.trim_start().split(|c: char| c.is_whitespace() || matches!(c, ',' | ')')).next()
    })
    .collect()
}

/// Whether a value or a style sheet stays inside of the drawing. The error is what does not.
pub fn check(css: &str) -> Result<(), String> {
    let css = css.to_ascii_lowercase();
    if css.contains('\\') {
        return Err("a backslash, which can hide what it loads".to_owned());
    }
    if let Some(loading) = LOADING.into_iter().find(|loading| css.contains(loading)) {
        return Err(format!("\"{loading}\", which can load from elsewhere"));
    }
    let is_inside = |target: &str| target.trim_start().trim_start_matches(['"', '\'']).starts_with('#');
    if css.split("url(").skip(1).all(is_inside) {
        Ok(())
    } else {
        Err("a url(…) that is outside of it".to_owned())
    }
}

fn push_declaration(kept: &mut String, declaration: &str, variables: &BTreeSet<&str>) {
    let Some((property, value)) = declaration.split_once(':') else { return };
    let (property, value) = (property.trim(), value.trim());
    let lower = property.to_ascii_lowercase();
    let is_listed = lists::PROPERTIES.contains(&&*lower) || lists::STYLE_PROPERTIES.contains(&&*lower);
    if is_listed || variables.contains(property) {
        kept.extend([property, ":", value, ";"]);
    }
}

/// Where the next `{`, `}` or `;` outside of strings is, or the end of the text; `None` if nothing is left.
fn statement_end(css: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in css.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '{' | '}' | ';') => return Some(at),
            _ => {}
        }
    }
    (!css.trim().is_empty()).then_some(css.len())
}

/// A comment becomes a space, since it separates words.
fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut quote = None;
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        if quote.is_none()
            && let Some(comment) = rest.strip_prefix("/*")
        {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            kept.push(' ');
            continue;
        }
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
        kept.push(c);
        rest = &rest[c.len_utf8()..];
    }
    kept
}
