//! SVG: written again with only what draws. Editors leave names of people, layers, files and folders in what
//! does not draw: comments, document types, elements and attributes of their own, titles, ids.
//!
//! Owns what goes and what is refused: a script, a page inside the drawing, and anything that loads from
//! elsewhere would leave another drawing behind if it were removed.

mod attributes;
mod css;
mod lists;
mod part;
mod references;

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};

use super::refusal::ImageRefusal;
use crate::html::{Token, Tokens};
use part::{Part, SVG, XLINK};
use references::UsedNames;

const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// Some 500 bytes each in memory; maps of whole countries have a tenth of it.
const MOST_NODES: u32 = 2_000_000;

/// Of one element. The XML parser compares each with all others; what draws has some 60.
const MOST_ATTRIBUTES: usize = 1_000;

pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, ImageRefusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| ImageRefusal::damaged("it is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_encoding(text)?;
    check_attributes(text)?;
    // Entities are replaced by what they mean, and the document type goes.
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(text, options)
        .map_err(|error| ImageRefusal::damaged(&error.to_string()))?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(not_svg(root));
    }
    let styled =
        document.root().children().find(|node| node.pi().is_some_and(|pi| pi.target == "xml-stylesheet"));
    if let Some(instruction) = styled {
        return Err(refused_at(instruction, "a style sheet of another file"));
    }
    let parts = parts(&document, &css::variables(text))?;
    Ok(written(&parts, &UsedNames::of(&parts)).into_bytes())
}

fn not_svg(root: Node) -> ImageRefusal {
    if root.tag_name().name() == "svg" && root.tag_name().namespace().is_none() {
        // As it is within a web page, where no namespace is needed.
        return ImageRefusal::new(
            "has an <svg> without a namespace, which no program shows as a picture",
            "add xmlns=\"http://www.w3.org/2000/svg\" to its <svg>",
        );
    }
    ImageRefusal::damaged("it is XML, but not SVG")
}

fn refused_at(node: Node, obstacle: &str) -> ImageRefusal {
    let line = node.document().text_pos_at(node.range().start).row;
    ImageRefusal::new(
        format!("holds {obstacle} (line {line})"),
        "export it as plain SVG with everything that it shows inside, or as PNG",
    )
}

/// A browser that decodes the file differently than we do could see another drawing.
fn check_encoding(text: &str) -> Result<(), ImageRefusal> {
    let declaration = text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let declaration = declaration.map_or("", |(declaration, _)| declaration).to_ascii_lowercase();
    if declaration.contains("encoding") && !declaration.contains("utf-8") && !declaration.contains("us-ascii")
    {
        return Err(ImageRefusal::new("does not declare UTF-8 as its encoding", "save it as UTF-8"));
    }
    Ok(())
}

fn check_attributes(text: &str) -> Result<(), ImageRefusal> {
    let mut tokens = Tokens::new(text);
    while let Some(token) = tokens.next_token() {
        if let Token::Start(tag) = token
            && tag.attributes.len() > MOST_ATTRIBUTES
        {
            return Err(ImageRefusal::new(
                format!("has an element with more than {MOST_ATTRIBUTES} attributes"),
                "export it as plain SVG, or as PNG",
            ));
        }
    }
    Ok(())
}

/// The parts that draw, without recursion: a drawing can be nested deeper than the stack allows.
fn parts<'a>(document: &'a Document<'a>, variables: &BTreeSet<&str>) -> Result<Vec<Part<'a>>, ImageRefusal> {
    let root = document.root_element();
    let mut parts = Vec::new();
    let mut node = root;
    loop {
        if add(node, variables, &mut parts).map_err(|obstacle| refused_at(node, &obstacle))?
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        while node.next_sibling().is_none() || node == root {
            if node == root {
                return Ok(parts);
            }
            node = node.parent().unwrap_or(root);
            parts.push(Part::Close(node.tag_name().name()));
        }
        node = node.next_sibling().unwrap_or(root);
    }
}

/// Adds what draws of a node, and returns whether to look at what it holds. An element without content is closed.
fn add<'a>(
    node: Node<'a, 'a>,
    variables: &BTreeSet<&str>,
    parts: &mut Vec<Part<'a>>,
) -> Result<bool, String> {
    if !node.is_element() {
        parts.extend(content(node, variables)?);
        return Ok(false);
    }
    if goes(node)? {
        return Ok(false);
    }
    let name = node.tag_name().name();
    parts.push(Part::Open(name, attributes::kept(node, variables)?));
    if !node.has_children() {
        parts.push(Part::Close(name));
    }
    Ok(node.has_children())
}

/// Whether an element goes with all that it holds. The error is why the file cannot be published.
fn goes(node: Node) -> Result<bool, String> {
    let name = node.tag_name().name();
    let namespace = node.tag_name().namespace();
    if name == "script" && matches!(namespace, Some(SVG | XHTML)) {
        return Err("a script".to_owned());
    }
    if namespace != Some(SVG) {
        return Ok(true);
    }
    // Browsers have no such extensions, and skip these.
    if node.has_attribute("requiredExtensions") {
        return Ok(true);
    }
    match name {
        "foreignObject" => Err("a part of a web page (<foreignObject>)".to_owned()),
        "title" => Ok(!is_title_of_drawing(node)),
        "set" | "animate" | "animateTransform" => Ok(changes_code(node)),
        _ => Ok(!lists::ELEMENTS.contains(&name)),
    }
}

/// The title that browsers and screen readers take for the drawing; all others are names of layers.
fn is_title_of_drawing(node: Node) -> bool {
    let is_same = |child: &Node| child.has_tag_name((SVG, "title"));
    node.parent().is_some_and(|parent| {
        parent == node.document().root_element() && parent.children().find(is_same) == Some(node)
    })
}

/// Whether an animation would set a link or a handler of events.
fn changes_code(node: Node) -> bool {
    let animated = node.attribute("attributeName").unwrap_or_default().trim().to_ascii_lowercase();
    animated.starts_with("on") || animated.ends_with("href")
}

/// What a text draws, or a style sheet does.
fn content<'a>(node: Node<'a, 'a>, variables: &BTreeSet<&str>) -> Result<Option<Part<'a>>, String> {
    let Some(text) = node.text().filter(|_| node.is_text()) else { return Ok(None) };
    let Some(parent) = node.parent_element() else { return Ok(None) };
    Ok(match parent.tag_name().name() {
        // A comment within a style sheet cuts it into several texts.
        "style" if parent.children().find(Node::is_text) == Some(node) => {
            let css: String =
                parent.children().filter(Node::is_text).filter_map(|text| text.text()).collect();
            Some(css::kept(&css, variables)?).filter(|css| !css.is_empty()).map(Part::Style)
        }
        "title" | "text" | "tspan" | "textPath" => Some(Part::Text(text.to_owned())),
        "a" if node.ancestors().any(|above| above.has_tag_name((SVG, "text"))) => {
            Some(Part::Text(text.to_owned()))
        }
        // Letters elsewhere are not drawn.
        _ => None,
    })
}

/// The drawing as XML. An id that nothing refers to, and a class without a style, are names that an editor gave.
fn written(parts: &[Part<'_>], references: &UsedNames<'_>) -> String {
    let mut out = String::new();
    let mut has_open_tag = false;
    for part in parts {
        let is_root = out.is_empty();
        if has_open_tag && !matches!(part, Part::Close(_)) {
            out.push('>');
        }
        match part {
            Part::Open(name, attributes) => {
                out.extend(["<", name]);
                if is_root {
                    push_namespaces(&mut out, parts);
                }
                for (name, value) in attributes {
                    push_attribute(&mut out, name, value, references);
                }
            }
            Part::Text(text) | Part::Style(text) => push_escaped(&mut out, text, &['\r']),
            Part::Close(_) if has_open_tag => out.push_str("/>"),
            Part::Close(name) => out.extend(["</", name, ">"]),
        }
        has_open_tag = matches!(part, Part::Open(..));
    }
    out
}

fn push_namespaces(out: &mut String, parts: &[Part<'_>]) {
    out.extend([" xmlns=\"", SVG, "\""]);
    let links = |part: &Part<'_>| matches!(part, Part::Open(_, all) if all.iter().any(|(name, _)| *name == "xlink:href"));
    if parts.iter().any(links) {
        out.extend([" xmlns:xlink=\"", XLINK, "\""]);
    }
}

fn push_attribute(out: &mut String, name: &str, value: &str, references: &UsedNames<'_>) {
    let value = match name {
        "id" if !references.ids.contains(value) => return,
        "class" => references.styled_classes(value),
        _ => value.to_owned(),
    };
    if name == "class" && value.is_empty() {
        return;
    }
    out.extend([" ", name, "=\""]);
    push_escaped(out, &value, &['\r', '\n', '\t']);
    out.push('"');
}

/// `numbered` is the white space that XML would change at this place; it is written as a number.
fn push_escaped(out: &mut String, text: &str, numbered: &[char]) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if numbered.contains(&c) => out.extend(["&#", &u32::from(c).to_string(), ";"]),
            c => out.push(c),
        }
    }
}
