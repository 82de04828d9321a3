//! The line at the top of every page.

use percent_encoding::percent_decode_str;

use crate::fold::with_ascii_marks;
use crate::i18n::NOTICE_WORDS;
use crate::paths::{OutPath, ascii_url_path};
use crate::render::pages::context::PageContext;
use crate::render::pages::parts::body::existing_fragment;
use crate::render::views::{NoticeView, Url};
use crate::site::{LinkTarget, NoticeTarget, Page};

/// The notice in the words of the page's language, or else in those of the site's.
pub fn notice(context: &PageContext<'_>) -> Option<NoticeView> {
    let notice = context.site.config.notice.as_ref()?;
    let translation = context.own_word(NOTICE_WORDS);
    let (text, lang) = context.translated(&notice.text.text, translation.as_deref());
    let target = context.site.notice_target(context.language);
    let address = match target {
        Some(NoticeTarget::Outside(url)) => address_to_read(url, &text),
        _ => String::new(),
    };
    Some(NoticeView {
        url: target.map_or_else(Url::default, |target| url(context, target)),
        dir: context.dir_of(&text, &lang),
        address,
        text,
        lang,
    })
}

fn url(context: &PageContext<'_>, target: &NoticeTarget) -> Url {
    match target {
        NoticeTarget::Outside(url) => Url::external(url),
        NoticeTarget::Inside(LinkTarget::Page { page, language, fragment }) => {
            let language = language.unwrap_or(context.language);
            let fragment = existing_fragment(context, *page, language, fragment);
            of_path(context, &context.site.path(language, *page), fragment)
        }
        NoticeTarget::Inside(LinkTarget::File(file)) => of_path(context, &context.site.files[*file].out, ""),
        NoticeTarget::Inside(LinkTarget::Fragment(_) | LinkTarget::Picture(_) | LinkTarget::Nowhere) => {
            Url::default()
        }
    }
}

/// By way of the root: pages of other folders share the result. 404.html is served at any depth.
fn of_path(context: &PageContext<'_>, path: &OutPath, fragment: &str) -> Url {
    if context.page != Page::NotFound {
        return Url::below(&context.root(), path.as_str(), fragment);
    }
    let base = context.site.config.base_url.as_deref();
    base.map_or_else(Url::default, |base| Url::external(&[base, &ascii_url_path(path.as_str())].concat()))
}

/// What a reader types to get to an address without tapping it, if the text does not say it.
fn address_to_read(url: &str, text: &str) -> String {
    let (scheme, rest) = url.split_once(':').unwrap_or_default();
    let is_number = ["tel", "sms"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    if !is_number && !scheme.eq_ignore_ascii_case("mailto") {
        return String::new();
    }
    let address = rest.split(['?', ';', '&']).next().unwrap_or_default();
    let address = percent_decode_str(address).decode_utf8_lossy();
    let is_said = if is_number {
        numbers(text).contains(&digits(&address))
    } else {
        text.to_lowercase().contains(&address.to_lowercase())
    };
    if is_said { String::new() } else { address.into_owned() }
}

/// The numbers in a text, each as its digits alone: `+963 11-22` is one, `11:20` is two.
fn numbers(text: &str) -> Vec<String> {
    let text = with_ascii_marks(text);
    let separates =
        |c: char| !(c.is_ascii_digit() || matches!(c, ' ' | '\u{a0}' | '-' | '.' | '+' | '(' | ')'));
    text.split(separates).map(digits).filter(|number| !number.is_empty()).collect()
}

fn digits(text: &str) -> String {
    with_ascii_marks(text).chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::address_to_read;

    #[test]
    fn an_address_is_shown_unless_the_text_has_it() {
        for (url, text, shown) in [
            ("tel:112", "Missing persons", "112"),
            ("tel:112", "Missing persons: 112", ""),
            ("tel:112", "112, day and night", ""),
            ("tel:112", "Open 11:20 to 21:00", "112"),
            ("tel:112", "Missing persons since 2011-12", "112"),
            ("tel:112", "\u{202b}\u{0661}\u{0661}\u{0662}", ""),
            ("tel:+963-11-22;ext=3", "Call +963 11 22", ""),
            ("TEL:+963-11-22;ext=3", "Call us", "+963-11-22"),
            ("sms:112?body=help", "Write to us", "112"),
            ("mailto:desk@brine.example?subject=x", "Write to us", "desk@brine.example"),
            ("mailto:desk@brine.example", "Desk@brine.example", ""),
            ("https://brine.example/", "Read this", ""),
            ("geo:36.2,37.1", "The shelter", ""),
        ] {
            assert_eq!(address_to_read(url, text), shown, "{url} {text}");
        }
    }
}
