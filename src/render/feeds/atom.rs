//! Atom, RFC 4287.

use atom_syndication::{Category, Entry as AtomEntry, Feed, FixedDateTime, Link, Person, Text};

use super::entry::{FeedContents, FeedEntry};
use crate::paths::ascii_url_path;
use crate::render::pages::PageContext;
use crate::time::Moment;

pub fn print(context: &PageContext<'_>, contents: &FeedContents) -> String {
    let config = &context.site.config;
    let feed = Feed {
        title: Text::plain(contents.title.clone()),
        id: contents.url.clone(),
        updated: time(context, contents.updated),
        authors: vec![person(&context.site_title())],
        links: vec![
            link("self", &contents.url, "application/atom+xml"),
            link("alternate", &contents.home, "text/html"),
        ],
        logo: logo(context),
        rights: config.licence.as_deref().map(Text::plain),
        entries: contents.entries.iter().map(|item| entry(context, item)).collect(),
        lang: Some(context.lang().to_owned()),
        ..Feed::default()
    };
    let mut text = feed.to_string();
    text.push('\n');
    text
}

fn logo(context: &PageContext<'_>) -> Option<String> {
    let base = context.site.config.base_url.as_deref()?;
    let logo = context.site.logo.as_ref()?;
    Some([base, &ascii_url_path(logo.out.as_str())].concat())
}

fn entry(context: &PageContext<'_>, entry: &FeedEntry) -> AtomEntry {
    AtomEntry {
        title: text(&entry.title, &entry.title_lang),
        id: entry.id.clone(),
        updated: time(context, entry.updated),
        authors: entry.authors.iter().map(|name| person(name)).collect(),
        categories: entry
            .tags
            .iter()
            .map(|tag| Category { term: tag.clone(), scheme: None, label: None })
            .collect(),
        links: vec![link("alternate", &entry.url, "text/html")],
        published: Some(time(context, entry.published)),
        summary: (!entry.summary.is_empty()).then(|| text(&entry.summary, &entry.summary_lang)),
        ..AtomEntry::default()
    }
}

fn text(value: &str, lang: &str) -> Text {
    Text { lang: (!lang.is_empty()).then(|| lang.to_owned()), ..Text::plain(value) }
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}

fn link(rel: &str, href: &str, mime_type: &str) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(mime_type.to_owned()),
        ..Link::default()
    }
}

/// In the zone of the site; in UTC if its offset has seconds, which Atom does not allow.
fn time(context: &PageContext<'_>, moment: Moment) -> FixedDateTime {
    let local = context.site.config.timezone.local(moment).to_string();
    local.parse().or_else(|_| moment.at.to_string().parse()).unwrap_or_default()
}
