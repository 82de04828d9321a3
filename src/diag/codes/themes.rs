//! Themes and templates.

codes! {
    "Themes and templates";

    /// `bulletin theme show` was asked for a file that no theme of the site has.
    ///
    /// `bulletin theme show` without a file lists all.
    ///
    /// ```text
    /// bulletin theme show bas.html
    /// ```
    NO_THEME_FILE = "no-theme-file", Error;

    /// There is no theme of this name, or a theme extends itself.
    ///
    /// Themes are folders in themes/; `default` is built in.
    ///
    /// ```toml
    /// theme = "defualt"
    /// ```
    MISSING_THEME = "missing-theme", Error;

    /// No layer has the template of a page.
    ///
    /// A theme must have all templates, or extend one that has them. Add the template, or write
    /// `extends = "default"` in theme.toml.
    ///
    /// ```text
    /// error[missing-template]: no layer has the template "briefing.html"
    /// ```
    MISSING_TEMPLATE = "missing-template", Error;

    /// A template's name does not end in .html, or its folder has the name of a theme.
    ///
    /// Rename it. Files that should only be copied belong in static/.
    ///
    /// ```text
    /// templates/briefing.htm
    /// ```
    TEMPLATE_NAME = "template-name", Error;

    /// A template cannot be read, or refers to something that does not exist.
    ///
    /// Correct the line that the message shows.
    ///
    /// ```text
    /// {% if page.title %}{{ page.title }}
    /// ```
    TEMPLATE_SYNTAX = "template-syntax", Error;

    /// A template failed while a page was rendered with it.
    ///
    /// Usually it uses a field that the page's view does not have. The theme guide lists the fields
    /// of every view.
    ///
    /// ```text
    /// {{ briefing.tittle }}
    /// ```
    TEMPLATE_RENDER = "template-render", Error;

    /// No page is rendered with a template, and no template includes it.
    ///
    /// Usually its name is misspelt, so that the theme's own template is used instead.
    ///
    /// ```text
    /// templates/briefings.html
    /// ```
    UNUSED_TEMPLATE = "unused-template", Warning;
}
