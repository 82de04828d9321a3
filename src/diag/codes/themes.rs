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
    /// `extends = "default"` in theme.toml. A plain page that names a template needs it in templates/.
    ///
    /// ```text
    /// error[missing-template]: no layer has the template "briefing.html"
    /// ```
    MISSING_TEMPLATE = "missing-template", Error;

    /// A plain page names a template that is not for plain pages.
    ///
    /// It is that of another kind of page, the frame of all pages, or a part of one. Name a template of your own, which
    /// extends page.html.
    ///
    /// ```toml
    /// template = "briefing.html"
    /// ```
    WRONG_TEMPLATE = "wrong-template", Error;

    /// The template that a plain page names does not print the text of the page.
    ///
    /// Readers would not see it. Print it in the block `content`, or leave the text of the page empty if the template
    /// shows only `extra`.
    ///
    /// ```text
    /// {{ body | safe }}
    /// ```
    TEXT_NOT_PRINTED = "text-not-printed", Warning;

    /// A template's name does not end in .html, or its folder has the name of a theme.
    ///
    /// Rename it. Files that should only be copied belong in static/.
    ///
    /// ```text
    /// templates/briefing.htm
    /// ```
    TEMPLATE_NAME = "template-name", Error;

    /// `logo` in site.toml names no picture of `static/`, or one without a size.
    ///
    /// Write the path of the picture in static/. Browsers need its width and height, so that text does not move while it
    /// loads: a drawing has them in its viewBox.
    ///
    /// ```toml
    /// logo = "static/logo.svg"
    /// ```
    BAD_LOGO = "bad-logo", Error;

    /// The logo has more bytes than a page may have.
    ///
    /// Every reader loads it with the first page, on slow networks too. Simplify the drawing, or make the picture
    /// smaller.
    ///
    /// ```toml
    /// logo = "photo-of-the-harbour.png"     # 340,000 bytes
    /// ```
    HEAVY_LOGO = "heavy-logo", Warning;

    /// The notice of site.toml has no words in a language of the site.
    ///
    /// Pages in that language show the words of the default language, and say which language that is. Write
    /// `site-notice` in `i18n/LANGUAGE.ftl`.
    ///
    /// ```text
    /// site-notice = أشخاص مفقودون
    /// ```
    UNTRANSLATED_NOTICE = "untranslated-notice", Warning;

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
