//! SVG.

use super::*;

pub(super) fn svg(inside: &str) -> Vec<u8> {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"{}\" xmlns:xlink=\"{}\" width=\"30px\" height=\"20\">\n{inside}</svg>",
        "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
    )
    .into_bytes()
}

fn base64(bytes: &[u8]) -> String {
    base64::Engine::encode(&base64::prelude::BASE64_STANDARD, bytes)
}

/// What is left of the content of an SVG.
fn drawn(inside: &str) -> String {
    let cleaned = String::from_utf8(cleaned("a.svg", &svg(inside))).unwrap();
    let (_, drawn) = cleaned.split_once("height=\"20\"").expect("the root has it");
    let drawn = drawn.strip_prefix('>').and_then(|drawn| drawn.strip_suffix("</svg>"));
    drawn.unwrap_or_default().to_owned()
}

#[test]
fn law_9_an_svg_keeps_what_draws() {
    for inside in [
        "<title>Ashrafiyah: the road</title>",
        "<style>.a{fill:url(#g);marker:url( '#m' );}@media print{.a{fill:#000;}}</style><g class=\"a\"/>",
        "<g id=\"g\" style=\"fill:#fff;\"><path d=\"M0 0L1 1\" fill=\"url(#g)\"/></g><use href=\"#g\"/>",
        "<use xlink:href=\"#g\"/><text xml:lang=\"ar\" xml:space=\"preserve\"> الهلك <tspan> a &lt; b</tspan></text>",
        "<a><text><a>linked</a></text></a>",
        "<animate id=\"x\" attributeName=\"r\" begin=\"0s\"/><animate attributeName=\"r\" begin=\"x.end + 1s\"/>",
        "<style>a{--c:red;fill:var(--c);}</style>",
        "<switch><g systemLanguage=\"ar\"/></switch>",
    ] {
        assert_eq!(drawn(inside), inside);
    }
}

#[test]
fn law_9_an_svg_loses_what_does_not_draw() {
    for (inside, left) in [
        ("<!-- GPS-SECRET --><g><?GPS-SECRET a?>GPS-SECRET</g>", "<g/>"),
        ("<metadata>GPS-SECRET</metadata><desc>GPS-SECRET</desc>", ""),
        (
            "<g><title>GPS-SECRET</title></g><title>Kept</title><title>GPS-SECRET</title>",
            "<g/><title>Kept</title>",
        ),
        ("<g id='GPS-SECRET' class='GPS-SECRET' data-name='GPS-SECRET' name='GPS-SECRET'/>", "<g/>"),
        (
            "<g xmlns:inkscape='http://www.inkscape.org/namespaces/inkscape' inkscape:label='GPS-SECRET'/>",
            "<g/>",
        ),
        (
            "<s:namedview xmlns:s='http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd'>GPS-SECRET<g/></s:namedview>",
            "",
        ),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><p>GPS-SECRET</p></html>", ""),
        ("<g xmlns=''>GPS-SECRET</g>", ""),
        ("<layer>GPS-SECRET<path d='M0'/></layer>", ""),
        ("<g onclick='GPS-SECRET' ping='GPS-SECRET' xml:base='GPS-SECRET'/>", "<g/>"),
        ("<a href='javascript:GPS-SECRET' target='x'><path d='M0'/></a>", "<a><path d=\"M0\"/></a>"),
        (
            "<switch><foreignObject requiredExtensions='x'><script/>GPS-SECRET</foreignObject><g/></switch>",
            "<switch><g/></switch>",
        ),
        ("<set attributeName='xlink:href' to='javascript:1'/><set attributeName='onclick' to='1'/>", ""),
        (
            "<style>/* GPS-SECRET */.a/**/ { fill : red; -x-note: GPS-SECRET; --unused: GPS-SECRET }</style>",
            "<style>.a{fill:red;}</style>",
        ),
        (
            "<style>/* GPS-SECRET<!-- -->GPS-SECRET */<![CDATA[a > b{fill:red}]]></style>",
            "<style>a &gt; b{fill:red;}</style>",
        ),
        ("<g style='-inkscape-font-specification:GPS-SECRET; fill: red'/>", "<g style=\"fill:red;\"/>"),
    ] {
        assert_eq!(drawn(inside), left, "{inside}");
    }
}

#[test]
fn law_9_the_images_inside_an_svg_are_cleaned_too() {
    let picture = jpeg(&jpeg_metadata(6));
    let embedded = |bytes: &[u8]| format!("<image xlink:href=\"data:image/jpeg;base64,{}\"/>", base64(bytes));
    assert_eq!(drawn(&embedded(&picture)), embedded(&cleaned("a.jpg", &picture)));
}

#[test]
fn law_9_an_svg_that_would_be_another_drawing_is_refused_with_the_reason() {
    for (inside, reason) in [
        ("<script>1</script>", "holds a script (line 3)"),
        ("<h:script xmlns:h='http://www.w3.org/1999/xhtml'>1</h:script>", "holds a script (line 3)"),
        ("\n\n<foreignObject/>", "<foreignObject>) (line 5)"),
        ("<image href='https://example.org/x.png'/>", "https://example.org/x.png"),
        ("<image xlink:href='//example.org/x.png'/>", "outside of it"),
        ("<use href='other.svg#g'/>", "outside of it"),
        ("<image href='data:image/svg+xml;base64,AAAA'/>", "outside of it"),
        ("<image href='data:image/png;base64,AAAA'/>", "a picture that"),
        ("<image href='data:image/png;base64,?'/>", "a damaged picture"),
        ("<style>@import 'x.css';</style>", "@import"),
        ("<style>@IMPORT url(x.css);</style>", "@import"),
        ("<style>a { fill: URL(https://example.org) }</style>", "url(…)"),
        ("<g style='fill: url(\"x.svg#g\")'/>", "url(…)"),
        ("<g fill='\\75rl(//example.org)'/>", "loads from elsewhere"),
        ("<g style='mask: image-set(\"x.png\" 1x)'/>", "image-set("),
        ("<g>", "cut short or damaged"),
        ("&x;", "cut short or damaged"),
        (&format!("<g{}/>", (0..=1000).map(|n| format!(" a{n}=''")).collect::<String>()), "1000 attributes"),
    ] {
        let found = refusal("a.svg", &svg(inside)).reason;
        assert!(found.contains(reason), "{inside}: {found}");
    }
}

#[test]
fn law_9_a_document_type_goes_and_its_entities_are_what_they_mean() {
    let illustrator =
        "<!DOCTYPE svg PUBLIC '-//W3C//DTD SVG 1.1//EN' 'http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd' [
        <!ENTITY ns 'http://www.w3.org/2000/svg'><!ENTITY secret 'GPS-SECRET'><!-- GPS-SECRET -->
        ]><svg xmlns='&ns;' fill='red'/>";
    let expected = "<svg xmlns=\"http://www.w3.org/2000/svg\" fill=\"red\"/>";
    assert_eq!(cleaned("a.svg", illustrator.as_bytes()), expected.as_bytes());
    let laughs = "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>
        <!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'><!ENTITY e '&d;&d;&d;&d;&d;&d;&d;&d;'><!ENTITY f '&e;&e;&e;&e;&e;&e;&e;&e;'>
        ]><svg xmlns='http://www.w3.org/2000/svg'><text>&f;</text></svg>";
    assert!(refusal("a.svg", laughs.as_bytes()).reason.contains("damaged"));
}

#[test]
fn law_9_an_svg_that_browsers_may_read_otherwise_is_refused() {
    let encoding = b"<?xml version='1.0' encoding='ISO-2022-JP'?><svg xmlns='http://www.w3.org/2000/svg'/>";
    assert!(refusal("a.svg", encoding).reason.contains("UTF-8"));
    let styled = b"<?xml-stylesheet href='x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>";
    assert!(refusal("a.svg", styled).reason.contains("a style sheet of another file (line 1)"));
    assert!(refusal("a.svg", b"<html/>").reason.contains("not SVG"));
    assert!(refusal("a.svg", b"<svg>\xFF</svg>").reason.contains("not UTF-8"));
}

#[test]
fn a_deeply_nested_svg_is_no_stack_overflow() {
    let depth = 50_000;
    let _ = clean("a.svg", svg(&("<g>".repeat(depth) + &"</g>".repeat(depth))));
}
