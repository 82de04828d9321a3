//! SVG: published as it is, or refused. Removing an editor's leftovers would mean guessing what the drawing
//! needs, and a person can export it without them.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use roxmltree::{Attribute, Document, Node};

use super::agreement::agreed_format;
use super::raster;
use super::refusal::ImageRefusal;

const SVG: &str = "http://www.w3.org/2000/svg";
const XLINK: &str = "http://www.w3.org/1999/xlink";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// CSS that loads something; `url(#…)` is checked separately.
const LOADING_CSS: [&str; 5] = ["@import", "image-set(", "image(", "src(", "cross-fade("];

pub fn check(bytes: &[u8]) -> Result<(), ImageRefusal> {
    let text = std::str::from_utf8(bytes).map_err(|_| ImageRefusal::damaged("it is not UTF-8"))?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    check_encoding(text)?;
    let document = Document::parse(text).map_err(|error| unreadable(&error, text))?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(not_svg(root));
    }
    for node in document.descendants() {
        check_node(node).map_err(|obstacle| refused_at(node, &obstacle, &document))?;
    }
    Ok(())
}

fn unreadable(error: &roxmltree::Error, text: &str) -> ImageRefusal {
    if !matches!(error, roxmltree::Error::DtdDetected) {
        return ImageRefusal::damaged(&error.to_string());
    }
    let declaration = text.split("<!DOCTYPE").nth(1).and_then(|rest| rest.lines().next());
    let is_one_line = declaration.is_some_and(|line| line.contains('>') && !line.contains('['));
    let help = if is_one_line {
        "delete the line that begins with <!DOCTYPE"
    } else {
        "export it again as plain SVG, which has no document type and no entities"
    };
    ImageRefusal::new("holds a document type (<!DOCTYPE …>)", help)
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

fn refused_at(node: Node, obstacle: &str, document: &Document) -> ImageRefusal {
    let line = document.text_pos_at(node.range().start).row;
    ImageRefusal::new(
        format!("holds {obstacle} (line {line})"),
        "export it without metadata (in Inkscape: Optimised SVG, with comments and metadata removed), or as PNG",
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

/// The error is what has to go before the file can be published.
fn check_node(node: Node) -> Result<(), String> {
    if node.is_comment() {
        return Err("a comment".to_owned());
    }
    if node.is_pi() {
        return Err("a processing instruction".to_owned());
    }
    if !node.is_element() {
        return Ok(());
    }
    check_namespaces(node)?;
    check_element(node)?;
    node.attributes().try_for_each(|attribute| check_attribute(attribute))
}

/// A declaration alone reveals the editor, and can hold any text.
fn check_namespaces(node: Node) -> Result<(), String> {
    match node.namespaces().find(|namespace| ![SVG, XLINK, XML].contains(&namespace.uri())) {
        Some(foreign) => Err(format!("the namespace \"{}\"", foreign.uri())),
        None => Ok(()),
    }
}

fn check_element(node: Node) -> Result<(), String> {
    let tag = node.tag_name();
    let name = tag.name();
    if tag.namespace() != Some(SVG) {
        return Err(format!("the element <{name}>, which is not of SVG"));
    }
    if matches!(name, "script" | "handler" | "listener" | "foreignObject" | "metadata") {
        return Err(format!("the element <{name}>"));
    }
    if name == "style" {
        let css: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
        return check_css(&css).map_err(|what| format!("a style with {what}"));
    }
    Ok(())
}

fn check_attribute(attribute: Attribute) -> Result<(), String> {
    let name = attribute.name();
    let value = attribute.value();
    let lower = name.to_ascii_lowercase();
    if !matches!(attribute.namespace(), None | Some(XLINK | XML)) {
        return Err(format!("the attribute \"{name}\", which is not of SVG"));
    }
    if lower.starts_with("on") {
        return Err(format!("the event handler \"{name}\""));
    }
    if matches!(lower.as_str(), "src" | "ping" | "base" | "srcdoc" | "formaction") {
        return Err(format!("the attribute \"{name}\""));
    }
    if lower == "href" {
        return check_reference(value);
    }
    if lower == "attributename" && changes_code(value) {
        return Err(format!("an animation of \"{value}\""));
    }
    check_css(value).map_err(|what| format!("the attribute \"{name}\" with {what}"))
}

fn changes_code(animated: &str) -> bool {
    let animated = animated.trim().to_ascii_lowercase();
    animated.starts_with("on") || animated.ends_with("href")
}

/// Allowed are parts of the drawing itself and clean images inside it.
fn check_reference(target: &str) -> Result<(), String> {
    let target = target.trim();
    if target.starts_with('#') {
        return Ok(());
    }
    for (kind, name) in [("png", "x.png"), ("jpeg", "x.jpg"), ("jpg", "x.jpg")] {
        if let Some(encoded) = target.strip_prefix(&format!("data:image/{kind};base64,")) {
            return check_embedded(name, encoded);
        }
    }
    let shown: String = target.chars().take(60).collect();
    Err(format!("a reference to \"{shown}\", which is outside of it"))
}

fn check_embedded(name: &str, encoded: &str) -> Result<(), String> {
    let encoded: String = encoded.split_ascii_whitespace().collect();
    let bytes = BASE64_STANDARD.decode(encoded).map_err(|error| format!("a damaged picture ({error})"))?;
    let cleaned = agreed_format(name, &bytes).and_then(|format| raster::clean(format, bytes.clone()));
    match cleaned {
        Ok(cleaned) if cleaned == bytes => Ok(()),
        Ok(_) => Err("a picture with metadata of its own".to_owned()),
        Err(refusal) => Err(format!("a picture that {}", refusal.reason)),
    }
}

fn check_css(css: &str) -> Result<(), String> {
    let css = css.to_ascii_lowercase();
    if css.contains("/*") {
        return Err("a comment".to_owned());
    }
    if css.contains('\\') {
        return Err("a backslash, which can hide what it loads".to_owned());
    }
    if let Some(loading) = LOADING_CSS.into_iter().find(|loading| css.contains(loading)) {
        return Err(format!("\"{loading}\", which can load from elsewhere"));
    }
    let is_inside = |target: &str| target.trim_start().trim_start_matches(['"', '\'']).starts_with('#');
    if css.split("url(").skip(1).all(is_inside) {
        Ok(())
    } else {
        Err("a url(…) that is outside of it".to_owned())
    }
}
