//! Fills the slots of a Markdown body for one page.

use crate::html::push_escaped;
use crate::images::PictureSize;
use crate::model::{Body, Heading, Piece, Slot, Word as _};
use crate::render::pages::context::{CLAIM_ANCHOR, PageContext};
use crate::render::views::{HeadingView, Html, Url};
use crate::site::{ClaimIx, DEFAULT_LANGUAGE, LanguageIx, LinkTarget, LinkedText, Page, ShownPicture};

/// The body that a reader of the page's language sees.
pub struct ShownBody<'a> {
    pub body: &'a Body,
    links: &'a [LinkTarget],
    /// The original, because there is no translation.
    pub is_original: bool,
}

/// The translation into the page's language, or the original.
pub fn shown_body<'a>(context: &PageContext<'a>, text: LinkedText<'a>) -> ShownBody<'a> {
    let lang = context.lang();
    match (text.translations.get(lang), text.links.translated.get(lang)) {
        (Some(translation), Some(links)) if !translation.body.html.is_empty() => {
            ShownBody { body: &translation.body, links, is_original: false }
        }
        _ => ShownBody {
            body: text.original,
            links: &text.links.own,
            is_original: context.language != DEFAULT_LANGUAGE,
        },
    }
}

/// The body of a record, and whether it is the original on a page of another language.
pub fn record_body(context: &PageContext<'_>) -> (Html, bool) {
    let Some(text) = context.site.text(context.page) else { return (Html::default(), false) };
    let shown = shown_body(context, text);
    (html(context, &shown), shown.is_original && !shown.body.html.is_empty())
}

pub fn html(context: &PageContext<'_>, shown: &ShownBody<'_>) -> Html {
    let mut html = String::with_capacity(shown.body.html.expected_len());
    for piece in shown.body.html.pieces() {
        match piece {
            Piece::Html(text) => html.push_str(text),
            Piece::Slot(Slot::Link(index)) => {
                push_escaped(&mut html, target_url(context, &shown.links[index as usize]).as_str())
            }
            Piece::Slot(Slot::PictureSize(index)) => {
                push_picture_size(&mut html, context, &shown.links[index as usize]);
            }
            Piece::Slot(Slot::Poster(index)) => push_poster(&mut html, context, &shown.links[index as usize]),
            Piece::Slot(Slot::Status(index)) => {
                if let Some(claim) = claim_of(context, &shown.links[index as usize]) {
                    push_status(&mut html, context, shown, claim);
                }
            }
            Piece::Slot(Slot::Word(key)) => push_escaped(&mut html, &word_in_text(context, shown, key)),
        }
    }
    Html(html)
}

/// How wide a text is at most, and on a screen that is narrower: as the default theme lays it out. To `sizes`, a `rem` is
/// one of the browser, which is smaller than one of the theme.
const SHOWN_WIDTHS: &str = "(min-width:43rem) 40.5rem,calc(100vw - 2rem)";

/// The width and height of a picture, and its copies: a browser takes the one that suits its screen.
fn push_picture_size(html: &mut String, context: &PageContext<'_>, target: &LinkTarget) {
    let LinkTarget::Picture(ix) = target else { return };
    let file = &context.site.files[*ix];
    let shown = context.site.picture(*ix);
    let size = shown.map(|shown| shown.size).or(file.picture.map(|header| header.size));
    let Some(PictureSize { width, height }) = size else { return };
    html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    let Some(ShownPicture { copies, .. }) = shown.filter(|shown| !shown.copies.is_empty()) else { return };
    html.push_str(" srcset=\"");
    let own = shown.filter(|shown| shown.is_choice).map(|_| (&file.out, width));
    let all = copies.iter().map(|copy| (&copy.out, copy.width)).chain(own);
    for (index, (out, width)) in all.enumerate() {
        html.push_str(if index > 0 { ", " } else { "" });
        // A comma would be read as the end of the address.
        let url = Url::relative(context.path, out, "").as_str().replace(',', "%2C");
        push_escaped(html, &url);
        html.push_str(&format!(" {width}w"));
    }
    html.push_str("\" sizes=\"");
    html.push_str(SHOWN_WIDTHS);
    html.push('"');
}

/// The picture that a recording shows before it is played, in a size for all screens.
fn push_poster(html: &mut String, context: &PageContext<'_>, target: &LinkTarget) {
    const WIDEST: u32 = 960;
    let LinkTarget::Picture(recording) = target else { return };
    let Some(ix) = context.site.poster(*recording) else { return };
    let file = &context.site.files[ix];
    let shown = context.site.picture(ix);
    let copies = shown.map_or(&[][..], |shown| &shown.copies);
    let out = copies.iter().rfind(|copy| copy.width <= WIDEST).map_or(&file.out, |copy| &copy.out);
    html.push_str(" poster=\"");
    push_escaped(html, Url::relative(context.path, out, "").as_str());
    html.push('"');
    let size = shown.map(|shown| shown.size).or(file.picture.map(|header| header.size));
    if let Some(PictureSize { width, height }) = size {
        html.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
}

/// The claim that a link leads to; of a repeat, the claim that it repeats.
fn claim_of(context: &PageContext<'_>, target: &LinkTarget) -> Option<ClaimIx> {
    let (page, fragment) = match target {
        LinkTarget::Page { page, fragment, .. } => (*page, fragment),
        LinkTarget::Fragment(fragment) => (context.page, fragment),
        LinkTarget::File(_) | LinkTarget::Picture(_) | LinkTarget::Nowhere => return None,
    };
    let (Page::Briefing(briefing), Some(id)) = (page, fragment.strip_prefix(CLAIM_ANCHOR)) else {
        return None;
    };
    context.site.claim_named(briefing, id)
}

/// A mark whose shape says how sure a claim is, with the word for those who do not see it.
fn push_status(html: &mut String, context: &PageContext<'_>, shown: &ShownBody<'_>, claim: ClaimIx) {
    let status = context.site.status_or_contested(claim);
    html.push_str("<span class=\"k s-");
    html.push_str(status.word());
    html.push_str("\">\u{a0}(");
    push_escaped(html, &word_in_text(context, shown, &["status-", status.word()].concat()));
    html.push_str(")</span>");
}

/// A word of the interface in the language of the text around it.
fn word_in_text(context: &PageContext<'_>, shown: &ShownBody<'_>, key: &str) -> String {
    let original = shown.is_original.then(|| context.words.word(context.original_lang(), key)).flatten();
    original.unwrap_or_else(|| context.word(key))
}

fn target_url(context: &PageContext<'_>, target: &LinkTarget) -> Url {
    match target {
        LinkTarget::File(file) | LinkTarget::Picture(file) => context.file_url(*file),
        LinkTarget::Fragment(fragment) => context.url_at(context.page, fragment),
        LinkTarget::Page { page, language, fragment } => {
            let language = language.unwrap_or(context.language);
            context.url_in(language, *page, existing_fragment(context, *page, language, fragment))
        }
        // Only in the preview of a site that has errors: a build stops before this.
        LinkTarget::Nowhere => Url::default(),
    }
}

/// The fragment, or nothing if the translation that is shown has no such heading: fragments name headings
/// of the original.
pub fn existing_fragment<'f>(
    context: &PageContext<'_>,
    page: Page,
    language: LanguageIx,
    fragment: &'f str,
) -> &'f str {
    if fragment.is_empty() || fragment.starts_with(CLAIM_ANCHOR) {
        return fragment;
    }
    let site = context.site;
    let translations = site.translations(page);
    match translations.and_then(|translations| translations.get(site.language(language))) {
        Some(translation)
            if !translation.body.html.is_empty()
                && translation.body.headings.iter().all(|h| h.id.as_ref() != fragment) =>
        {
            ""
        }
        _ => fragment,
    }
}

/// The table of contents; empty for fewer than two headings.
pub fn contents(context: &PageContext<'_>, body: &Body) -> Vec<HeadingView> {
    if body.headings.len() < 2 {
        return Vec::new();
    }
    let view = |heading: &Heading| HeadingView {
        level: heading.level,
        text: heading.text.to_string(),
        url: context.url_at(context.page, &heading.id),
    };
    body.headings.iter().map(view).collect()
}
