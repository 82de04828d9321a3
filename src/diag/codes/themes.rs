//! Themes and templates.

codes! {
    "Themes and templates";

    /// There is no theme of this name, or it extends itself.
    MISSING_THEME = "missing-theme", Error;

    /// No layer has a page's template.
    MISSING_TEMPLATE = "missing-template", Error;

    /// A template's name does not end in .html, or its folder is called like a theme.
    TEMPLATE_NAME = "template-name", Error;

    /// A template cannot be read, or refers to what is not there.
    TEMPLATE_SYNTAX = "template-syntax", Error;

    /// A template failed on a page.
    TEMPLATE_RENDER = "template-render", Error;

    /// No page is rendered with a template.
    UNUSED_TEMPLATE = "unused-template", Warning;
}
