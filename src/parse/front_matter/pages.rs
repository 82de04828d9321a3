//! Plain pages, and the text of the home page.

use super::article_file::{Base, FIRST_LINE, File, HOME_ID};
use super::values::Alias;
use crate::diag::Spanned;
use crate::model::PlainPage;
use crate::paths::Id;
use crate::time::Moment;
use crate::toml::{FileKind, ManyLines, Once, OneLine, TableKeys as _, table};

pub(super) const FILE: FileKind = FileKind {
    name: "page",
    title: "Plain page",
    path: "content/*.md",
    meaning: "A page that is not a briefing, such as content/about.md. It is in the menu of every page.",
    example: r#"+++
title   = "About us"
summary = "Who we are, and how we work."
+++

We are a desk of four.
"#,
    table: PageKeys::TABLE,
};

pub(super) const HOME_FILE: FileKind = FileKind {
    name: "home",
    title: "Home page",
    path: "content/index.md",
    meaning: "The text of the home page, below the last reports, changes and headlines. The file is optional.",
    example: r#"+++
title = "What we know about East Aleppo"
+++

Briefings by the Aleppo desk, every evening.
"#,
    table: HomeKeys::TABLE,
};

table! {
    pub(super) PageKeys, "a page" {
        /// The heading.
        required title: Spanned<OneLine>, example "About us", seen "on the page, and in the menu";

        /// The id of the page, and its address.
        optional slug: Spanned<Id>, example "about-us", otherwise "the name of the file",
            seen "in the address of the page";

        /// Earlier addresses of the page. Each redirects to it.
        list aliases: Once<Spanned<Alias>>, example ["who.html"], seen "at these addresses";

        /// One or two sentences.
        optional summary: ManyLines, example "Who we are, and how we work.",
            seen "in search engines, as the description of the page";

        /// The page is only in the site with `--drafts`.
        default draft: bool = false, example false, seen "not shown";

        /// The template that the page is rendered with, of the site's `templates/` or of its theme.
        optional template: Spanned<OneLine>, example "contact.html", as_if "page.html",
            seen "the form of the page";

        /// The page covers what was known up to then.
        optional as_of: Moment, example "2016-10-02T21:00:00+03:00", seen "at the top of the page";

        /// When readers should look for a newer version.
        optional next_due: Moment, example "2016-10-03T21:00:00+03:00", seen "at the top of the page";

        /// Free values for a theme.
        table extra: toml::Table, example { colour = "red" }, seen "wherever the theme shows them";
    }

    pub(super) HomeKeys, "the home page" {
        /// The heading.
        optional title: Spanned<OneLine>, example "What we know about East Aleppo",
            otherwise "the title of the site", seen "on the home page";

        /// One or two sentences.
        optional summary: ManyLines, example "Briefings by the Aleppo desk.",
            seen "above all else on the home page, and in search engines";

        /// The text is only in the site with `--drafts`.
        default draft: bool = false, example false, seen "not shown";

        /// Free values for a theme.
        table extra: toml::Table, example { colour = "red" }, seen "wherever the theme shows them";
    }
}

impl PageKeys<'_> {
    pub(super) fn into_page(self, file: File<'_>) -> Option<PlainPage> {
        let base = Base {
            id: file.id_or_slug(&self.table, self.slug),
            title: self.title,
            summary: self.summary,
            aliases: self.aliases,
            extra: self.extra,
        };
        Some(PlainPage {
            base: base.of(file)?,
            as_of: self.as_of,
            next_due: self.next_due,
            draft: self.draft,
            template: self.template,
        })
    }
}

impl HomeKeys<'_> {
    pub(super) fn into_page(self, file: File<'_>) -> Option<PlainPage> {
        let no_title = Spanned::new(Box::default(), FIRST_LINE);
        let base = Base {
            id: Id::from_slug(HOME_ID).ok().map(|id| Spanned::new(id, FIRST_LINE)),
            title: Some(self.title.unwrap_or(no_title)),
            summary: self.summary,
            aliases: Vec::new(),
            extra: self.extra,
        };
        Some(PlainPage {
            base: base.of(file)?,
            as_of: None,
            next_due: None,
            draft: self.draft,
            template: None,
        })
    }
}
