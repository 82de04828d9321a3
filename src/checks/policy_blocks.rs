//! What a page has and its own content security policy keeps browsers from using: a theme would look broken, and
//! only the console of a browser would say why.
//!
//! Owns which element and which attribute a directive is about, and the remedies. [`super::policy`] owns what a policy
//! allows. What a page loads from another site is no matter of its policy, but an error of its links.

use std::collections::BTreeSet;

use memchr::memchr2_iter;

use super::page_fault::{PageFault, Sought};
use super::policy::{self, AddressKind, Chain, DEFAULT, Policy};
use crate::diag::{Code, Diagnostic};
use crate::html::{StartTag, Token};
use crate::paths::{OutPath, resolve_url};
use crate::toml::one_line;

/// Scripts that a browser runs; the text of any other is data.
const SCRIPT_TYPES: [&str; 5] =
    ["", "module", "text/javascript", "application/javascript", "application/ecmascript"];

/// The longest piece of markup that a message shows.
const MOST_SHOWN: usize = 60;

const WITH_A_CLASS: &str = "give the element a class, and the class a rule in <style>";
const IN_STYLE: &str = "write the rules into <style>: the policy allows them by their hash";
const WITHOUT_SCRIPT: &str = "remove it: pages work without scripts";
const SCRIPT_AS_FILE: &str = "pages work without scripts; where one helps, put it into a file of static/, name that with \
                              src, and write in the template: {% block policy %}; script-src 'self' file:{% endblock policy %}";
const NO_FORM: &str = "remove the form: there is no server to answer it, and other sites would see who reads";
const NO_BASE: &str = "remove it: addresses count from the page";

/// Reads a page, and finds what its policy blocks.
pub struct PolicyBlocks<'p> {
    path: &'p OutPath,
    is_in_head: bool,
    policy: Option<Policy>,
    /// The messages so far: lists repeat their markup.
    said: BTreeSet<String>,
    faults: Vec<PageFault>,
}

impl<'p> PolicyBlocks<'p> {
    #[must_use]
    pub fn new(path: &'p OutPath) -> Self {
        Self { path, is_in_head: true, policy: None, said: BTreeSet::new(), faults: Vec::new() }
    }

    /// A policy counts from its place in the page on.
    pub fn token(&mut self, token: &Token<'_, '_>) {
        let Token::Start(tag) = token else { return };
        let Some(policy) = self.policy.take() else {
            self.look_for_policy(tag);
            return;
        };
        self.attributes(tag, &policy);
        self.element(tag, &policy);
        self.policy = Some(policy);
    }

    #[must_use]
    pub fn finish(self) -> Vec<PageFault> {
        self.faults
    }

    fn look_for_policy(&mut self, tag: &StartTag<'_>) {
        self.is_in_head &= !tag.is("body");
        if !self.is_in_head || !tag.is("meta") {
            return;
        }
        let names_it = |value: &str| value.trim().eq_ignore_ascii_case("content-security-policy");
        if tag.attribute("http-equiv").is_some_and(|value| names_it(value)) {
            self.policy = tag.attribute("content").map(|content| Policy::new(content));
        }
    }

    /// Styles and code in attributes.
    fn attributes(&mut self, tag: &StartTag<'_>, policy: &Policy) {
        for (name, value) in &tag.attributes {
            let value = value.as_deref().unwrap_or_default();
            let whole = || format!("{name}=\"{value}\"");
            if name.eq_ignore_ascii_case("style") && !policy.allows_attribute(policy::STYLE_ATTRIBUTE) {
                self.block(&whole(), policy::STYLE_ATTRIBUTE, markup(&whole(), "style="), WITH_A_CLASS);
            } else if is_handler(name) && !policy.allows_attribute(policy::SCRIPT_ATTRIBUTE) {
                let begin = format!("{name}=");
                self.block(&whole(), policy::SCRIPT_ATTRIBUTE, markup(&whole(), &begin), WITHOUT_SCRIPT);
            }
        }
    }

    fn element(&mut self, tag: &StartTag<'_>, policy: &Policy) {
        match &*tag.lower_name() {
            "script" => self.script(tag, policy),
            "style" => self.style(tag.raw_text, policy),
            "link" => self.link(tag, policy),
            "img" => self.addresses(tag, &["src", "srcset"], policy::PICTURE, policy),
            "image" => self.addresses(tag, &["href", "xlink:href"], policy::PICTURE, policy),
            "input" => self.addresses(tag, &["src"], policy::PICTURE, policy),
            "video" => {
                self.addresses(tag, &["src"], policy::MEDIA, policy);
                self.addresses(tag, &["poster"], policy::PICTURE, policy);
            }
            "audio" | "track" => self.addresses(tag, &["src"], policy::MEDIA, policy),
            "source" => {
                self.addresses(tag, &["src"], policy::MEDIA, policy);
                self.addresses(tag, &["srcset"], policy::PICTURE, policy);
            }
            "iframe" | "frame" => self.addresses(tag, &["src"], policy::FRAME, policy),
            "object" => self.addresses(tag, &["data"], policy::OBJECT, policy),
            "embed" => self.addresses(tag, &["src"], policy::OBJECT, policy),
            "form" => self.addresses(tag, &["action"], policy::FORM, policy),
            "button" => self.addresses(tag, &["formaction"], policy::FORM, policy),
            "base" => self.addresses(tag, &["href"], policy::BASE, policy),
            _ => {}
        }
    }

    fn script(&mut self, tag: &StartTag<'_>, policy: &Policy) {
        let kind = tag.attribute("type").map_or("", |kind| kind.trim());
        if !SCRIPT_TYPES.iter().any(|known| known.eq_ignore_ascii_case(kind)) {
            return;
        }
        if tag.has("src") {
            self.addresses(tag, &["src"], policy::SCRIPT_ELEMENT, policy);
        } else if !policy.allows_text(policy::SCRIPT_ELEMENT, tag.raw_text) {
            let sought = markup(&format!("<script>{}", tag.raw_text), "<script");
            self.block("a script in the page", policy::SCRIPT_ELEMENT, sought, SCRIPT_AS_FILE);
        }
    }

    fn style(&mut self, css: &str, policy: &Policy) {
        if !policy.allows_text(policy::STYLE_ELEMENT, css) {
            let help = "write style-src 'bulletin-styles' in the policy: the build replaces it by the hashes of all <style>";
            self.block("<style>", policy::STYLE_ELEMENT, markup(&format!("<style>{css}"), "<style"), help);
            return;
        }
        for CssAddress { url, used_as } in css_addresses(css) {
            let kind = AddressKind::of(url);
            let is_allowed = match used_as {
                CssUse::Font => policy.allows_font(kind),
                CssUse::Import => policy.allows(policy::STYLE_ELEMENT, kind),
                CssUse::Picture => policy.allows(policy::PICTURE, kind),
            };
            if !is_allowed {
                self.load(url, used_as.chain(), policy);
            }
        }
    }

    fn link(&mut self, tag: &StartTag<'_>, policy: &Policy) {
        let rel = tag.attribute("rel").map_or_else(String::new, |rel| rel.to_ascii_lowercase());
        let chain = rel.split_ascii_whitespace().find_map(|word| match word {
            "stylesheet" => Some(policy::STYLE_ELEMENT),
            "icon" | "apple-touch-icon" | "mask-icon" => Some(policy::PICTURE),
            "manifest" => Some(policy::MANIFEST),
            "modulepreload" => Some(policy::SCRIPT_ELEMENT),
            _ => None,
        });
        if let Some(chain) = chain {
            self.addresses(tag, &["href"], chain, policy);
        }
    }

    /// The addresses in attributes of an element.
    fn addresses(&mut self, tag: &StartTag<'_>, names: &[&str], chain: Chain, policy: &Policy) {
        for name in names {
            let Some(value) = tag.attribute(name) else { continue };
            let candidates =
                if name.ends_with("srcset") { value.split(',').collect() } else { vec![&**value] };
            let addresses = candidates.into_iter().filter_map(|one| one.split_ascii_whitespace().next());
            for url in addresses {
                // The check of links speaks of what pages load from elsewhere; a form and a base load nothing.
                let kind = match (AddressKind::of(url), chain) {
                    (AddressKind::Elsewhere, policy::FORM | policy::BASE) => AddressKind::Own,
                    (kind, _) => kind,
                };
                let is_allowed = if chain == policy::MEDIA {
                    policy.allows_media(kind)
                } else {
                    policy.allows(chain, kind)
                };
                if !url.starts_with('#') && !is_allowed {
                    self.load(url, chain, policy);
                }
            }
        }
    }

    /// Something that the page may not load.
    fn load(&mut self, url: &str, chain: Chain, policy: &Policy) {
        let help = match chain {
            policy::STYLE_ELEMENT => IN_STYLE.to_owned(),
            policy::FORM => NO_FORM.to_owned(),
            policy::BASE => NO_BASE.to_owned(),
            _ => permission(chain, AddressKind::of(url), policy),
        };
        // Its way there differs from page to page, and begins with {{ page.root }} in the template.
        let path =
            resolve_url(self.path.as_str(), url).ok().filter(|_| AddressKind::of(url) == AddressKind::Own);
        let what = path.as_deref().unwrap_or(url);
        let sought = markup(&format!("\"{url}\""), what);
        self.block(what, chain, sought, &help);
    }

    fn block(&mut self, what: &str, chain: Chain, sought: Sought, help: &str) {
        let message = format!("the policy of a page blocks {} ({})", shown(what), directive(chain));
        if self.said.insert(message.clone()) {
            let diagnostic = Diagnostic::warning(Code::POLICY_BLOCKS, message)
                .label("browsers leave it out")
                .help(help)
                .help(format!("while rendering {}", self.path));
            self.faults.push(PageFault { diagnostic, sought });
        }
    }
}

fn markup(whole: &str, begin: &str) -> Sought {
    Sought::Markup { whole: whole.into(), begin: begin.into() }
}

/// The directive that people know, which is for elements and attributes alike.
fn directive(chain: Chain) -> &'static str {
    chain[0].trim_end_matches("-elem").trim_end_matches("-attr")
}

/// What to write in a template, so that its pages may load something.
fn permission(chain: Chain, kind: AddressKind, policy: &Policy) -> String {
    let sources = if kind == AddressKind::Data { "data:" } else { "'self' file:" };
    match policy.deciding_directive(chain) {
        Some(written) if written != DEFAULT => format!("add {sources} to {written} in the policy"),
        _ => format!(
            "write in the template: {{% block policy %}}; {} {sources}{{% endblock policy %}}",
            directive(chain)
        ),
    }
}

fn shown(text: &str) -> String {
    let line = one_line(text);
    if line.chars().count() <= MOST_SHOWN {
        return line;
    }
    line.chars().take(MOST_SHOWN).chain(['…']).collect()
}

/// `onclick` and the like.
fn is_handler(name: &str) -> bool {
    name.len() > 2
        && name.as_bytes()[..2].eq_ignore_ascii_case(b"on")
        && name.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// What a style sheet loads an address for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CssUse {
    Font,
    Import,
    Picture,
}

impl CssUse {
    fn chain(self) -> Chain {
        match self {
            Self::Font => policy::FONT,
            Self::Import => policy::STYLE_ELEMENT,
            Self::Picture => policy::PICTURE,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
struct CssAddress<'c> {
    url: &'c str,
    used_as: CssUse,
}

/// The addresses in a style sheet, in order.
fn css_addresses(css: &str) -> Vec<CssAddress<'_>> {
    if !may_have_addresses(css.as_bytes()) {
        return Vec::new();
    }
    let lower = css.to_ascii_lowercase();
    let mut addresses = Vec::new();
    let mut at = 0;
    let mut is_import = false;
    while let Some(found) = lower[at..].find(['@', 'u', '/', ';']) {
        let here = at + found;
        let rest = &lower[here..];
        at = here + 1;
        if rest.starts_with("/*") {
            at = rest.find("*/").map_or(lower.len(), |end| here + end + "*/".len());
        } else if rest.starts_with(';') {
            is_import = false;
        } else if rest.starts_with("@import") {
            at = here + "@import".len();
            is_import = true;
            let argument = css[at..].trim_start();
            if argument.starts_with(['"', '\'']) {
                addresses.push(CssAddress { url: address(argument), used_as: CssUse::Import });
            }
        } else if rest.starts_with("url(") {
            at = here + "url(".len();
            let used_as = match (is_import, is_in_font_face(&lower[..here])) {
                (true, _) => CssUse::Import,
                (false, true) => CssUse::Font,
                (false, false) => CssUse::Picture,
            };
            addresses.push(CssAddress { url: address(css[at..].trim_start()), used_as });
        }
    }
    addresses.retain(|address| !address.url.is_empty() && !address.url.starts_with('#'));
    addresses
}

/// Each page has its style, and most styles load nothing.
fn may_have_addresses(css: &[u8]) -> bool {
    memchr2_iter(b'(', b'@', css).any(|at| {
        let (before, after) = (&css[at.saturating_sub(3)..at], &css[at + 1..]);
        match css[at] {
            b'(' => before.eq_ignore_ascii_case(b"url"),
            _ => after.get(..6).is_some_and(|word| word.eq_ignore_ascii_case(b"import")),
        }
    })
}

/// An address in quotes, or up to the bracket.
fn address(text: &str) -> &str {
    let address = match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split(quote).next(),
        _ => text.split(')').next(),
    };
    address.unwrap_or_default().trim()
}

/// The block that is open at the end of a piece of a style sheet is of `@font-face`.
fn is_in_font_face(before: &str) -> bool {
    let open = before.rfind('{').filter(|open| before.rfind('}').is_none_or(|close| close < *open));
    open.is_some_and(|open| before[..open].trim_end().ends_with("@font-face"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::Tokens;

    const POLICY: &str = "default-src 'none'; style-src 'bulletin-styles'; img-src 'self' data: file:; base-uri 'none'; form-action 'none'";

    fn check(policy: &str, html: &str) -> Vec<String> {
        let page = format!("<head><meta http-equiv=Content-Security-Policy content=\"{policy}\">{html}");
        let path = OutPath::new("a.html").unwrap();
        let mut blocks = PolicyBlocks::new(&path);
        let mut tokens = Tokens::new(&page);
        while let Some(token) = tokens.next_token() {
            blocks.token(&token);
        }
        let message = |fault: PageFault| fault.diagnostic.message.replace("the policy of a page blocks ", "");
        blocks.finish().into_iter().map(message).collect()
    }

    #[test]
    fn everything_that_browsers_leave_out_is_found() {
        for (html, blocked) in [
            ("<p style='color:red'>", "style=\"color:red\" (style-src)"),
            ("<p OnClick='x()'>", "OnClick=\"x()\" (script-src)"),
            ("<script>x()</script>", "a script in the page (script-src)"),
            ("<script type=module src=a.js></script>", "a.js (script-src)"),
            ("<iframe src=a.html></iframe>", "a.html (frame-src)"),
            ("<object data=a.pdf></object>", "a.pdf (object-src)"),
            ("<embed src=a.pdf>", "a.pdf (object-src)"),
            ("<audio src=data:x></audio>", "data:x (media-src)"),
            ("<form action=a.html>", "a.html (form-action)"),
            ("<base href=b/>", "b/ (base-uri)"),
            ("<link rel='alternate StyleSheet' href=a.css>", "a.css (style-src)"),
            ("<link rel=manifest href=a.json>", "a.json (manifest-src)"),
            ("<style>@import 'a.css';</style>", "a.css (style-src)"),
            ("<style>@import url(a.css);</style>", "a.css (style-src)"),
        ] {
            assert_eq!(check(POLICY, html), [blocked], "{html}");
        }
    }

    #[test]
    fn nothing_is_found_in_what_browsers_use() {
        for html in [
            "<p class=a title='style=x' data-onclick=x on-click=x>",
            "<script type='application/ld+json'>{}</script>",
            "<img src=a.png srcset='a.png 1x, b.png 2x'><img src=data:image/png;base64,x>",
            "<link rel=icon href=data:x><link rel=canonical href=https://brine.example/>",
            "<a href=a.html>a</a><form role=search></form>",
            // The build adds what they need.
            "<audio src=a.mp3></audio><video poster=a.png><source src=a.mp4><track src=a.vtt></video>",
            "<style>@font-face{font-family:a;src:url(a.woff2)}p{background:URL('a.png')}q{fill:url(#a)}</style>",
            "<style>/* url(x) @import 'x' */ p{color:red}</style>",
            // From other sites: an error of the links.
            "<img src=https://brine.example/a.png><iframe src=https://brine.example/></iframe>",
        ] {
            assert_eq!(check(POLICY, html), [""; 0], "{html}");
        }
        assert_eq!(check("", "<p style=x onclick=y><style>p{}</style><script>x()</script>"), [""; 0]);
    }

    #[test]
    fn a_policy_that_a_theme_writes_itself_is_read_too() {
        let font = "<style>@font-face{src:url('a.woff2')}</style>";
        let allowed = "style-src 'bulletin-styles'; font-src 'self'";
        assert_eq!(check(allowed, font), [""; 0]);
        let data = "style-src 'bulletin-styles'; font-src data:";
        assert_eq!(check(data, font), ["a.woff2 (font-src)"]);
        assert_eq!(check("default-src 'self'", "<style>p{}</style>"), ["<style> (style-src)"]);
        assert_eq!(check("default-src 'none'; script-src 'self'", "<script src=a.js></script>"), [""; 0]);
        assert_eq!(check("img-src data:", "<img src=a.png>"), ["a.png (img-src)"]);
        for (html, blocked) in [
            ("<audio src=a.mp3></audio>", "a.mp3 (media-src)"),
            ("<video><source src=a.mp4></video>", "a.mp4 (media-src)"),
            ("<video><track src=a.vtt></video>", "a.vtt (media-src)"),
        ] {
            assert_eq!(check("style-src 'bulletin-styles'; media-src 'none'", html), [blocked], "{html}");
            assert_eq!(check("default-src 'none'", html), [blocked], "{html}");
        }
    }

    #[test]
    fn what_a_page_repeats_is_said_once() {
        assert_eq!(check(POLICY, "<p style=a><p style=a><p style=b>").len(), 2);
    }

    #[test]
    fn a_policy_in_the_text_of_a_page_is_none() {
        let page =
            "<body><meta http-equiv=content-security-policy content=\"default-src 'none'\"><p style=a>";
        let path = OutPath::new("a.html").unwrap();
        let mut blocks = PolicyBlocks::new(&path);
        let mut tokens = Tokens::new(page);
        while let Some(token) = tokens.next_token() {
            blocks.token(&token);
        }
        assert!(blocks.finish().is_empty());
    }
}
