//! sitemap.xml and robots.txt, for search engines.

use std::fmt::Write as _;

use crate::html::escape;
use crate::paths::ascii_url_path;
use crate::site::URLS_PER_SITEMAP;
use crate::site::routes::is_in_sitemap;
use crate::site::{Page, Route, Site};

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"";

/// Allows everything, and links to the sitemap.
pub fn robots(site: &Site) -> String {
    let mut text = "User-agent: *\nAllow: /\n".to_owned();
    if let Some(base) = &site.config.base_url {
        let _ = writeln!(text, "\nSitemap: {base}sitemap.xml");
    }
    text
}

/// Sitemap `number` of several; 0 is the only one, or the index of all.
pub fn sitemap(site: &Site, number: u32) -> String {
    let base = escaped(site.config.base_url.as_deref().unwrap_or_default());
    let pages: Vec<_> = site.routes.all().iter().filter(|(_, route)| is_in_sitemap(*route)).collect();
    if number == 0 && pages.len() > URLS_PER_SITEMAP {
        return index(&base, pages.len().div_ceil(URLS_PER_SITEMAP));
    }
    let first = URLS_PER_SITEMAP * (number.max(1) as usize - 1);
    let links = if site.languages.len() > 1 { " xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"" } else { "" };
    let mut text = format!("{XML}<urlset {NAMESPACE}{links}>\n");
    for (path, route) in pages.into_iter().skip(first).take(URLS_PER_SITEMAP) {
        let _ = write!(text, "<url><loc>{base}{}</loc>", ascii_url_path(path.as_str()));
        if let Some(changed) = last_change(site, *route) {
            let _ = write!(text, "<lastmod>{changed}</lastmod>");
        }
        if let Route::Page(_, page) = route {
            write_languages(&mut text, site, &base, *page);
        }
        text.push_str("</url>\n");
    }
    text.push_str("</urlset>\n");
    text
}

/// The page in each language that it is in, unless that is only one.
fn write_languages(text: &mut String, site: &Site, base: &str, page: Page) {
    let languages: Vec<_> = site.language_indices().filter(|ix| site.is_translated(*ix, page)).collect();
    if languages.len() == 1 {
        return;
    }
    for language in languages {
        let (lang, path) = (site.language(language), site.path(language, page));
        let address = ascii_url_path(path.as_str());
        let _ = write!(text, "<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{base}{address}\"/>");
    }
}

fn index(base: &str, sitemaps: usize) -> String {
    let mut text = format!("{XML}<sitemapindex {NAMESPACE}>\n");
    for number in 1..=sitemaps {
        let _ = writeln!(text, "<sitemap><loc>{base}sitemap-{number}.xml</loc></sitemap>");
    }
    text.push_str("</sitemapindex>\n");
    text
}

fn last_change(site: &Site, route: Route) -> Option<String> {
    let Route::Page(_, Page::Briefing(ix)) = route else { return None };
    let article = &site.briefings[ix].article;
    Some(site.config.timezone.local(article.last_change()).to_string())
}

fn escaped(text: &str) -> String {
    // The protocol of sitemaps wants apostrophes escaped, too.
    escape(text).replace('\'', "&apos;")
}
