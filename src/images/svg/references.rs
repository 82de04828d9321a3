//! Which ids and classes of a drawing are in use.

use std::collections::BTreeSet;

use super::part::Part;

/// What the attributes and styles of a drawing refer to.
#[derive(Default)]
pub struct UsedNames<'a> {
    pub ids: BTreeSet<&'a str>,
    classes: BTreeSet<&'a str>,
}

impl<'a> UsedNames<'a> {
    pub fn of(parts: &'a [Part<'_>]) -> Self {
        let mut references = Self::default();
        for part in parts {
            match part {
                Part::Open(_, attributes) => {
                    for (name, value) in attributes {
                        references.add(name, value);
                    }
                }
                Part::Style(css) => {
                    references.ids.extend(names_after('#', css));
                    references.classes.extend(names_after('.', css));
                }
                Part::Text(_) | Part::Close(_) => {}
            }
        }
        references
    }

    fn add(&mut self, name: &str, value: &'a str) {
        match name {
            "id" | "class" => {}
            "href" | "xlink:href" => self.ids.extend(value.strip_prefix('#')),
            // An animation can begin when another one ends: `other.end + 1s`.
            "begin" | "end" => {
                self.ids.extend(value.split(';').filter_map(|time| Some(time.split_once('.')?.0.trim())))
            }
            _ => {
                let targets = value.split("url(").skip(1);
                let targets = targets
                    .filter_map(|target| target.split([')', '"', '\'']).find(|part| part.contains('#')));
                self.ids.extend(targets.filter_map(|target| target.trim().strip_prefix('#')));
            }
        }
    }

    /// Of the classes of an element, those that a style names.
    pub fn styled_classes(&self, value: &str) -> String {
        let classes = value.split_ascii_whitespace().filter(|class| self.classes.contains(class));
        classes.collect::<Vec<&str>>().join(" ")
    }
}

/// The words after a mark: `.name` and `#name` in selectors. Some are numbers and colours, and no names.
fn names_after(mark: char, css: &str) -> impl Iterator<Item = &str> {
    css.split(mark).skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '_')).unwrap_or(rest.len());
        &rest[..end]
    })
}
