//! What a content security policy allows, as far as pages of a site need to know (CSP, level 3).

use super::csp::{PLACEHOLDER, hash};

/// Directives that are asked in turn; the first that a policy has decides.
pub type Chain = &'static [&'static str];

/// Decides where nothing else does.
pub const DEFAULT: &str = "default-src";

pub const STYLE_ELEMENT: Chain = &["style-src-elem", "style-src", "default-src"];
pub const STYLE_ATTRIBUTE: Chain = &["style-src-attr", "style-src", "default-src"];
pub const SCRIPT_ELEMENT: Chain = &["script-src-elem", "script-src", "default-src"];
pub const SCRIPT_ATTRIBUTE: Chain = &["script-src-attr", "script-src", "default-src"];
pub const PICTURE: Chain = &["img-src", "default-src"];
pub const FONT: Chain = &["font-src", "default-src"];
pub const MEDIA: Chain = &["media-src", "default-src"];
pub const FRAME: Chain = &["frame-src", "child-src", "default-src"];
pub const OBJECT: Chain = &["object-src", "default-src"];
pub const MANIFEST: Chain = &["manifest-src", "default-src"];
pub const FORM: Chain = &["form-action"];
pub const BASE: Chain = &["base-uri"];

/// What an address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AddressKind {
    /// A file of the site.
    Own,
    /// The content itself: `data:`.
    Data,
    /// Another site; what it may not do is an error elsewhere.
    Elsewhere,
}

impl AddressKind {
    pub fn of(url: &str) -> Self {
        let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
        let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
        match scheme {
            _ if url.starts_with("//") => Self::Elsewhere,
            _ if scheme.eq_ignore_ascii_case("data") => Self::Data,
            _ if is_scheme => Self::Elsewhere,
            _ => Self::Own,
        }
    }
}

/// The policy of a page.
pub struct Policy {
    /// In the order of the policy; the first of one name counts.
    directives: Vec<(String, Vec<String>)>,
}

impl Policy {
    pub fn new(content: &str) -> Self {
        let directive = |text: &str| {
            let mut words = text.split_ascii_whitespace();
            let name = words.next()?.to_ascii_lowercase();
            Some((name, words.map(str::to_owned).collect()))
        };
        Self { directives: content.split(';').filter_map(directive).collect() }
    }

    /// The directive that decides; `None` if none does, so that all is allowed.
    fn deciding(&self, chain: Chain) -> Option<&(String, Vec<String>)> {
        chain.iter().find_map(|name| self.directives.iter().find(|(known, _)| known == name))
    }

    /// The name of the directive that decides.
    pub fn deciding_directive(&self, chain: Chain) -> Option<&str> {
        self.deciding(chain).map(|(name, _)| name.as_str())
    }

    /// Whether the page may load a file of the site, or data that it holds.
    pub fn allows(&self, chain: Chain, kind: AddressKind) -> bool {
        let Some((_, sources)) = self.deciding(chain) else { return true };
        match kind {
            AddressKind::Elsewhere => true,
            AddressKind::Data => sources.iter().any(|source| source.eq_ignore_ascii_case("data:")),
            // A keyword or a hash names no place; a host may be that of the site.
            AddressKind::Own => sources.iter().any(|source| {
                source.eq_ignore_ascii_case("'self'")
                    || !source.starts_with('\'') && !is_scheme_of_no_place(source)
            }),
        }
    }

    /// Whether code or a style may be in an attribute.
    pub fn allows_attribute(&self, chain: Chain) -> bool {
        self.deciding(chain).is_none_or(|(_, sources)| allows_any_inline(sources))
    }

    /// Whether the page may have a script or style of this text.
    pub fn allows_text(&self, chain: Chain, text: &str) -> bool {
        let Some((_, sources)) = self.deciding(chain) else { return true };
        let has_hash = || {
            let own = hash(text);
            sources.contains(&own)
        };
        let is_completed = chain == STYLE_ELEMENT && sources.iter().any(|source| source == PLACEHOLDER);
        is_completed || allows_any_inline(sources) || sources.iter().any(|s| is_hash(s)) && has_hash()
    }

    /// The build adds what the fonts of a style need.
    pub fn allows_font(&self, kind: AddressKind) -> bool {
        self.is_completed_for(FONT) || self.allows(FONT, kind)
    }

    /// The build adds what the recordings of a page need.
    pub fn allows_media(&self, kind: AddressKind) -> bool {
        kind == AddressKind::Own && self.is_completed_for(MEDIA) || self.allows(MEDIA, kind)
    }

    /// The build completes the policy, and it leaves a directive to the build.
    fn is_completed_for(&self, chain: Chain) -> bool {
        let is_completed =
            self.directives.iter().any(|(_, sources)| sources.iter().any(|s| s == PLACEHOLDER));
        is_completed && self.deciding_directive(chain) != Some(chain[0])
    }
}

fn is_hash(source: &str) -> bool {
    source.starts_with("'sha") || source.starts_with("'nonce-")
}

/// A hash or a nonce takes the general permission away.
fn allows_any_inline(sources: &[String]) -> bool {
    sources.iter().any(|source| source.eq_ignore_ascii_case("'unsafe-inline'"))
        && !sources.iter().any(|source| is_hash(source) || source == PLACEHOLDER)
}

fn is_scheme_of_no_place(source: &str) -> bool {
    ["data:", "blob:", "file:", "mediastream:", "filesystem:"]
        .iter()
        .any(|no| source.eq_ignore_ascii_case(no))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_directive_of_a_chain_decides() {
        let policy = Policy::new(
            "default-src 'none'; style-src 'bulletin-styles'; IMG-SRC 'self' data: file:; img-src *; media-src https:",
        );
        for (chain, kind, is_allowed) in [
            (PICTURE, AddressKind::Own, true),
            (PICTURE, AddressKind::Data, true),
            (MEDIA, AddressKind::Own, true),
            (MEDIA, AddressKind::Data, false),
            (FRAME, AddressKind::Own, false),
            (FRAME, AddressKind::Elsewhere, true),
            (STYLE_ELEMENT, AddressKind::Own, false),
            // Not covered by default-src.
            (FORM, AddressKind::Own, true),
            (BASE, AddressKind::Own, true),
        ] {
            assert_eq!(policy.allows(chain, kind), is_allowed, "{chain:?} {kind:?}");
        }
        assert!(policy.allows_text(STYLE_ELEMENT, "a{}") && !policy.allows_text(SCRIPT_ELEMENT, "x()"));
        assert!(!policy.allows_attribute(STYLE_ATTRIBUTE));
        assert!(policy.allows_font(AddressKind::Own));
        assert!(!Policy::new("default-src 'none'").allows_font(AddressKind::Own));
        assert!(
            Policy::new("default-src 'none'; style-src 'bulletin-styles'").allows_media(AddressKind::Own)
        );
        assert!(
            !Policy::new("default-src 'none'; style-src 'bulletin-styles'").allows_media(AddressKind::Data)
        );
        assert!(!Policy::new("default-src 'none'").allows_media(AddressKind::Own));
        assert!(!Policy::new("style-src 'bulletin-styles'; media-src data:").allows_media(AddressKind::Own));
        assert!(!Policy::new("style-src 'bulletin-styles'; font-src data:").allows_font(AddressKind::Own));
    }

    #[test]
    fn a_hash_lets_in_its_own_text_alone() {
        let policy = Policy::new(&format!("script-src 'unsafe-inline' {}", hash("x()")));
        assert!(policy.allows_text(SCRIPT_ELEMENT, "x()") && !policy.allows_text(SCRIPT_ELEMENT, "y()"));
        assert!(!policy.allows_attribute(SCRIPT_ATTRIBUTE));
        assert!(Policy::new("script-src 'unsafe-inline'").allows_attribute(SCRIPT_ATTRIBUTE));
    }

    #[test]
    fn an_address_is_of_the_site_unless_it_has_a_scheme_or_a_host() {
        for (url, kind) in [
            ("../a.woff2", AddressKind::Own),
            ("a:b", AddressKind::Elsewhere),
            ("./a:b", AddressKind::Own),
            ("DATA:x", AddressKind::Data),
            ("//brine.example/", AddressKind::Elsewhere),
            ("https://brine.example/", AddressKind::Elsewhere),
        ] {
            assert_eq!(AddressKind::of(url), kind, "{url}");
        }
    }
}
