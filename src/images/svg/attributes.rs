//! The attributes of an element that draw.

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use roxmltree::Node;

use super::part::{PartAttribute, XLINK};
use super::{css, lists};
use crate::images::agreement::agreed_format;
use crate::images::raster;

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Those that stay. The error is what has to go before the file can be published.
pub fn kept(node: Node, variables: &BTreeSet<&str>) -> Result<Vec<PartAttribute>, String> {
    let mut kept = Vec::new();
    for attribute in node.attributes() {
        let value = attribute.value();
        let Some(name) = listed_name(attribute.namespace(), attribute.name()) else { continue };
        let value = match name {
            "style" => Some(css::kept(value, variables)?).filter(|style| !style.is_empty()),
            "href" | "xlink:href" => reference(node, value)?,
            _ if !is_safe(value) => {
                return Err(format!("the attribute \"{name}\" with something that loads from elsewhere"));
            }
            _ => Some(value.to_owned()),
        };
        kept.extend(value.map(|value| (name, value)));
    }
    Ok(kept)
}

/// The name as it is written, if it is on the list.
fn listed_name(namespace: Option<&str>, name: &str) -> Option<&'static str> {
    match (namespace, name) {
        (Some(XLINK), "href") => Some("xlink:href"),
        (Some(XML), "lang") => Some("xml:lang"),
        (Some(XML), "space") => Some("xml:space"),
        (None, name) => [lists::ATTRIBUTES, lists::PROPERTIES]
            .into_iter()
            .flatten()
            .find(|known| **known == name)
            .copied(),
        _ => None,
    }
}

fn is_safe(value: &str) -> bool {
    css::check(value).is_ok()
}

/// Parts of the drawing itself, and images inside it, which are cleaned. A link draws nothing, so it goes.
fn reference(node: Node, target: &str) -> Result<Option<String>, String> {
    let target = target.trim();
    if target.starts_with('#') {
        return Ok(Some(target.to_owned()));
    }
    if node.tag_name().name() == "a" {
        return Ok(None);
    }
    const EMBEDDED: [(&str, &str); 5] =
        [("png", "x.png"), ("jpeg", "x.jpg"), ("jpg", "x.jpg"), ("gif", "x.gif"), ("webp", "x.webp")];
    for (kind, name) in EMBEDDED {
        if let Some(encoded) = target.strip_prefix(&format!("data:image/{kind};base64,")) {
            let cleaned = embedded(name, encoded)?;
            return Ok(Some(format!("data:image/{kind};base64,{cleaned}")));
        }
    }
    let shown: String = target.chars().take(60).collect();
    Err(format!("a reference to \"{shown}\", which is outside of it"))
}

fn embedded(name: &str, encoded: &str) -> Result<String, String> {
    let encoded: String = encoded.split_ascii_whitespace().collect();
    let bytes = BASE64_STANDARD.decode(encoded).map_err(|error| format!("a damaged picture ({error})"))?;
    let cleaned = agreed_format(name, &bytes).and_then(|format| raster::clean(format, bytes));
    let cleaned = cleaned.map_err(|refusal| format!("a picture that {}", refusal.reason))?;
    Ok(BASE64_STANDARD.encode(cleaned))
}
