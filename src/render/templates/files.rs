//! The files of all layers of a theme, and which of them a name means.

use std::collections::BTreeMap;

/// The templates of pages; the layers together must have each of them.
pub const PAGES: [&str; 18] = [
    "home.html",
    "list.html",
    "changes.html",
    "corrections.html",
    "figures.html",
    "timeline.html",
    "map.html",
    "search.html",
    "briefing.html",
    "neighbourhood.html",
    "sheet.html",
    "source.html",
    "date.html",
    "event.html",
    "page.html",
    "names.html",
    "404.html",
    "stub.html",
];

/// The name of the default theme. Templates refer to its files as `default/…`.
pub const DEFAULT: &str = "default";

/// The layer of a template file, nearest first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The site's `templates/`.
    Site,
    /// `themes/NAME/templates/`.
    Theme(String),
    /// The theme inside the binary.
    Default,
}

#[derive(Clone, Debug)]
pub struct TemplateFile {
    pub layer: Layer,
    /// Relative to its layer's `templates/`, forward slashes: `parts/item.html`.
    pub name: String,
    /// Its name in diagnostics: `themes/x/templates/parts/item.html`.
    pub file: String,
    pub text: String,
}

/// The files of all layers by their names in the engine.
pub struct Files {
    /// The site's files have bare names. If there is none of a name, the engine looks under the prefix of
    /// each theme in turn: so a nearer file replaces a further one, and can still refer to it. The same
    /// holds for components.
    pub by_name: BTreeMap<String, TemplateFile>,
    /// `NAME/`, nearest first.
    pub prefixes: Vec<String>,
}

impl Files {
    /// Files of themes that are not in `order` are left out.
    pub fn new(files: &[TemplateFile], order: &[String]) -> Self {
        let themes = order.iter().map(String::as_str).filter(|name| *name != DEFAULT).chain([DEFAULT]);
        let prefixes: Vec<String> = themes.map(|name| format!("{name}/")).collect();
        let mut by_name = BTreeMap::new();
        for file in files {
            let prefix = match &file.layer {
                Layer::Site => String::new(),
                Layer::Theme(name) => format!("{name}/"),
                Layer::Default => format!("{DEFAULT}/"),
            };
            if prefix.is_empty() || prefixes.contains(&prefix) {
                by_name.insert(prefix + &file.name, file.clone());
            }
        }
        Self { by_name, prefixes }
    }

    /// The files of all layers.
    pub fn all(&self) -> impl Iterator<Item = &TemplateFile> {
        self.by_name.values()
    }

    /// The engine's name of the file that `name` means in a template.
    pub fn full_name(&self, name: &str) -> Option<&str> {
        let prefixes = [""].into_iter().chain(self.prefixes.iter().map(String::as_str));
        let mut names = prefixes.map(|prefix| format!("{prefix}{name}"));
        names.find_map(|name| self.by_name.get_key_value(&name)).map(|(name, _)| name.as_str())
    }

    /// The file that `name` means in a template.
    pub fn find(&self, name: &str) -> Option<&TemplateFile> {
        self.by_name.get(self.full_name(name)?)
    }

    /// Every name that a template could use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let bare = self.by_name.values().map(|file| file.name.as_str());
        bare.chain(self.by_name.keys().map(String::as_str))
    }

    /// The engine's name of the file that this one replaces.
    pub fn replaced_by(&self, file: &TemplateFile) -> Option<String> {
        let own = match &file.layer {
            Layer::Site => 0,
            Layer::Theme(name) => {
                1 + self.prefixes.iter().position(|prefix| prefix.trim_end_matches('/') == name)?
            }
            Layer::Default => return None,
        };
        let mut names = self.prefixes[own..].iter().map(|prefix| format!("{prefix}{}", file.name));
        names.find(|name| self.by_name.contains_key(name))
    }
}
