//! Briefings, their claims, and events as data for search engines and archives: schema.org's NewsArticle, Claim and
//! LiveBlogPosting, as JSON-LD.
//!
//! Chooses which fields go into the JSON-LD. Says nothing that the page does not show.
//!
//! Invariant: the text cannot end the `<script>` element around it.

use serde_json::{Map, Value, json};

use crate::model::Correction;
use crate::paths::ascii_url_path;
use crate::render::pages::context::{PageContext, claim_anchor};
use crate::render::pages::parts::claims::{source_of, standing_of};
use crate::render::pages::parts::texts::{claim_text, correction_why};
use crate::render::views::{Html, PageView};
use crate::site::{BriefingIx, ClaimIx, DEFAULT_LANGUAGE, EventIx, Page};

/// Empty without a `base_url`: such data is joined by absolute addresses.
pub fn news_article(context: &PageContext<'_>, ix: BriefingIx, page: &PageView) -> Html {
    if page.canonical.is_empty() {
        return Html::default();
    }
    let briefing = &context.site.briefings[ix];
    let article = &briefing.article;
    let mut data = Map::new();
    let mut put = |key: &str, value: Value| data.insert(key.to_owned(), value);
    put("@context", json!("https://schema.org"));
    put("@type", json!("NewsArticle"));
    put("mainEntityOfPage", json!(page.canonical));
    put("headline", json!(page.title));
    if !page.description.is_empty() {
        put("description", json!(page.description));
    }
    let is_original = !page.original_lang.is_empty();
    put("inLanguage", json!(if is_original { &page.original_lang } else { &page.lang }));
    put("datePublished", json!(context.time(article.date).iso));
    put("dateModified", json!(context.time(article.last_change()).iso));
    if let Some(expires) = article.expires {
        put("expires", json!(context.time(expires).iso));
    }
    // No `@type`: the name may be a person's or a desk's.
    if !article.authors.is_empty() {
        put("author", article.authors.iter().map(|author| json!({ "name": author })).collect());
    }
    let config = &context.site.config;
    let publisher =
        json!({ "@type": "Organization", "name": config.title, "url": context.absolute(Page::Home) });
    put("publisher", publisher);
    if let Some(licence) = &config.licence {
        put("license", json!(licence));
    }
    if !briefing.neighbourhoods.is_empty() {
        let places = briefing.neighbourhoods.iter().map(|ix| {
            let url = context.absolute(Page::Neighbourhood(*ix, 0));
            json!({ "@type": "Place", "name": context.neighbourhood_name(*ix), "url": url })
        });
        put("contentLocation", places.collect());
    }
    if briefing.translations.get(context.lang()).is_some_and(|own| own.has_body_of(article)) {
        let original = context.absolute_in(DEFAULT_LANGUAGE, context.page);
        put("translationOfWork", json!({ "@type": "NewsArticle", "@id": original }));
    }
    if !article.corrections.is_empty() {
        put("correction", article.corrections.iter().map(|each| correction(context, ix, each)).collect());
    }
    if !briefing.claims.is_empty() {
        put("mentions", context.site.claims_of(ix).map(|ix| claim(context, ix)).collect());
    }
    Html(within_script(&Value::Object(data)))
}

/// An event as a live report: each of the newest claims about it is an update.
pub fn live_report(context: &PageContext<'_>, ix: EventIx, newest: &[ClaimIx], page: &PageView) -> Html {
    let all = &context.site.events[ix].term.claims;
    let (Some(latest), Some(first)) = (all.first(), all.last()) else { return Html::default() };
    if page.canonical.is_empty() {
        return Html::default();
    }
    let added = |ix: ClaimIx| context.time(context.site.linked_claim(ix).added).iso;
    let mut data = json!({
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting",
        "mainEntityOfPage": page.canonical,
        "headline": context.event_name(ix),
        "coverageStartTime": added(*first),
        "dateModified": added(*latest),
        "liveBlogUpdate": newest.iter().map(|ix| {
            json!({ "@type": "BlogPosting", "datePublished": added(*ix), "mentions": claim(context, *ix) })
        }).collect::<Value>(),
    });
    if !page.description.is_empty() {
        data["description"] = json!(page.description);
    }
    Html(within_script(&data))
}

/// A claim, with all that the page says of who makes it, what kind it is and how sure it is.
fn claim(context: &PageContext<'_>, ix: ClaimIx) -> Value {
    let linked = context.site.linked_claim(ix);
    let claim = context.site.claim(ix);
    let (text, lang) = claim_text(context, linked, claim);
    let page = context.absolute(Page::Briefing(linked.briefing));
    let lang = if lang.is_empty() { context.lang() } else { &lang };
    json!({
        "@type": "Claim",
        "@id": format!("{page}#{}", ascii_url_path(&claim_anchor(&claim.id.value))),
        "text": text,
        "inLanguage": lang,
        "datePublished": context.time(linked.added).iso,
        // No `@type`: a source may be a person, an outlet or an army, and may not be named.
        "creator": { "name": source_of(context, ix) },
        "creativeWorkStatus": standing_of(context, ix).join(" / "),
        "appearance": { "@id": page },
    })
}

fn correction(context: &PageContext<'_>, briefing: BriefingIx, correction: &Correction) -> Value {
    let mut text = Vec::new();
    for (key, value) in [("correction-was", &correction.was), ("correction-now", &correction.now)] {
        text.extend(value.as_ref().map(|value| format!("{}: {}", context.word(key), value.value)));
    }
    let (why, _) = correction_why(context, briefing, correction);
    text.extend(Some(why).filter(|why| !why.is_empty()));
    let date = context.time(correction.at).iso;
    json!({ "@type": "CorrectionComment", "text": text.join(" · "), "datePublished": date })
}

/// JSON in which nothing looks like a tag.
fn within_script(data: &Value) -> String {
    data.to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn law_7_no_text_ends_the_script_around_it() {
        let hostile = json!({ "a": "</script><!--<script>&amp;" });
        let script = within_script(&hostile);
        assert!(!script.contains(['<', '>', '&']), "{script}");
        assert_eq!(serde_json::from_str::<Value>(&script).ok(), Some(hostile));
    }
}
