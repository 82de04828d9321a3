//! Which files of the other site are copied: what readers see or download, not the old theme.

use crate::paths::OutPath;

/// What happens to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StaticVerdict {
    Copied,
    /// Of the old theme.
    Theme,
    Refused(String),
}

/// What happens to a file at this path below static/.
#[must_use]
pub fn verdict(path: &str) -> StaticVerdict {
    const THEME: [&str; 17] = [
        "css", "scss", "sass", "less", "styl", "js", "mjs", "cjs", "ts", "map", "woff", "woff2", "ttf",
        "otf", "eot", "coffee", "liquid",
    ];
    const PAGES: [&str; 7] = ["html", "htm", "xhtml", "xml", "php", "rb", "jsx"];
    let name = path.rsplit('/').next().unwrap_or(path);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
    if THEME.contains(&ending.as_str()) {
        return StaticVerdict::Theme;
    }
    if PAGES.contains(&ending.as_str()) || matches!(path, "robots.txt" | "site.webmanifest" | "manifest.json")
    {
        return StaticVerdict::Refused("this page or program of the old site is not copied".to_owned());
    }
    match OutPath::new(path) {
        Ok(_) => StaticVerdict::Copied,
        Err(fault) => StaticVerdict::Refused(format!("the file is not copied: its name {fault}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_copied_and_themes_are_not() {
        assert_eq!(verdict("images/map.png"), StaticVerdict::Copied);
        assert_eq!(verdict("css/Main.CSS"), StaticVerdict::Theme);
        for path in ["index.html", "robots.txt", "a:b.png", "con.png"] {
            assert!(matches!(verdict(path), StaticVerdict::Refused(_)), "{path}");
        }
    }
}
