//! What shortcodes and tags of other generators share: names, arguments, and what few of them are in Markdown.

use super::edits::TextFindings;

/// A shortcode or tag in a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shortcode {
    pub name: String,
    /// Those without a name have an empty one.
    pub arguments: Vec<(String, String)>,
}

impl Shortcode {
    /// The argument of a name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// The argument of a name, or at a position among those without one.
    #[must_use]
    pub fn argument(&self, name: &str, position: usize) -> Option<&str> {
        let unnamed = self.arguments.iter().filter(|(key, _)| key.is_empty());
        self.named(name).or_else(|| unnamed.map(|(_, value)| value.as_str()).nth(position))
    }

    /// Whether all named arguments are among these.
    fn has_only(&self, names: &[&str]) -> bool {
        self.arguments.iter().all(|(key, _)| names.contains(&key.as_str()))
    }
}

/// Looks of a picture, which the theme decides here.
const LOOKS: [&str; 8] = ["class", "width", "height", "loading", "align", "style", "id", "quality"];

/// A picture in Markdown, with its caption. `None` if it says more than Markdown can hold.
#[must_use]
pub fn figure(shortcode: &Shortcode) -> Option<String> {
    const SAID: [&str; 4] = ["src", "alt", "caption", "title"];
    if !shortcode.has_only(&[SAID.as_slice(), LOOKS.as_slice()].concat()) {
        return None;
    }
    let src = shortcode.named("src").filter(|src| !src.contains(['<', '>', '\n']))?;
    let title = shortcode.named("title");
    let caption = match (title, shortcode.named("caption")) {
        (Some(_), Some(_)) => return None,
        (title, caption) => title.or(caption).unwrap_or_default(),
    };
    // Markdown in a caption would be shown as its signs.
    if caption.contains(['[', '*', '_', '`', '<', '\n']) {
        return None;
    }
    let alt = shortcode.named("alt").unwrap_or(caption).replace(['[', ']', '\n'], " ");
    let src = if src.contains([' ', '(', ')']) { format!("<{src}>") } else { src.to_owned() };
    let caption = caption.replace('\\', "\\\\").replace('"', "\\\"");
    Some(if caption.is_empty() {
        format!("![{alt}]({src})")
    } else {
        format!("![{alt}]({src} \"{caption}\")")
    })
}

/// A link to what a shortcode would load from another server. Pages of ours load nothing from there.
#[must_use]
pub fn link_to_embedded(shortcode: &Shortcode) -> Option<String> {
    let id = shortcode.argument("id", 0);
    let url = match shortcode.name.as_str() {
        "youtube" => format!("https://www.youtube.com/watch?v={}", id?),
        "vimeo" => format!("https://vimeo.com/{}", id?),
        "gist" => format!(
            "https://gist.github.com/{}/{}",
            shortcode.argument("user", 0)?,
            shortcode.argument("id", 1)?
        ),
        "tweet" | "x" => {
            format!("https://twitter.com/{}/status/{}", shortcode.named("user")?, shortcode.named("id")?)
        }
        _ => return None,
    };
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-._/:?=".contains(c);
    url.chars().all(is_plain).then(|| format!("<{url}>"))
}

/// Code between two lines that it does not hold.
#[must_use]
pub fn fence(language: &str, code: &str) -> String {
    let mut ticks = "```".to_owned();
    while code.contains(&ticks) {
        ticks.push('`');
    }
    format!("{ticks}{language}\n{}\n{ticks}", code.trim_matches('\n'))
}

/// Reports a shortcode that stays as text.
pub fn report(findings: &mut TextFindings, at: usize, what: &str, name: &str) {
    let fact = format!("the {what} \"{name}\" has no equivalent, and is left as text");
    findings.fault(at, fact, "write in Markdown what it showed, or delete it");
}

/// Arguments: `key=value`, `key="value"`, `"value"`, `value`. `separators` are between them.
#[must_use]
pub fn arguments(text: &str, separators: &[char]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut rest = text.trim_start_matches(separators);
    while !rest.is_empty() {
        let key_end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
        let after = rest[key_end..].trim_start();
        let key = match after.strip_prefix(['=', ':']) {
            Some(value) if key_end > 0 => {
                let key = rest[..key_end].to_owned();
                rest = value.trim_start();
                key
            }
            _ => String::new(),
        };
        let (value, after) = argument_value(rest, separators);
        found.push((key, value));
        rest = after.trim_start_matches(separators);
    }
    found
}

fn argument_value<'t>(text: &'t str, separators: &[char]) -> (String, &'t str) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
        let end = text.find(separators).unwrap_or(text.len());
        // At least a character, so that there is an end.
        let end = end.max(text.chars().next().map_or(0, char::len_utf8));
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = text[1..].char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '\\' if quote != '`' => value.extend(characters.next().map(|(_, c)| c)),
            c if c == quote => return (value, &text[1 + at + 1..]),
            c => value.push(c),
        }
    }
    (value, "")
}

/// The longest tag, in bytes. Without an end, the rest of the text would be searched for each sign of one.
const MOST_BYTES: usize = 4 << 10;

/// The end of a tag that began before `text`: the byte of `closing`, outside of quotes if they end.
#[must_use]
pub fn end_of_tag(text: &str, closing: &str) -> Option<usize> {
    let limit = (0..=MOST_BYTES.min(text.len())).rev().find(|at| text.is_char_boundary(*at))?;
    let text = &text[..limit];
    // Most signs without an end are found out here, many bytes at once.
    text.find(closing)?;
    let mut quote = None;
    let mut in_quotes = None;
    let mut characters = text.char_indices();
    while let Some((at, c)) = characters.next() {
        let is_end = text[at..].starts_with(closing);
        match quote {
            None if is_end => return Some(at),
            None if matches!(c, '"' | '`') => quote = Some(c),
            Some(open) if c == open => quote = None,
            Some('"') if c == '\\' => drop(characters.next()),
            _ if is_end => in_quotes = in_quotes.or(Some(at)),
            _ => {}
        }
    }
    in_quotes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortcode(name: &str, text: &str) -> Shortcode {
        Shortcode { name: name.to_owned(), arguments: arguments(text, &[' ', ',']) }
    }

    #[test]
    fn arguments_have_names_or_positions() {
        let found = shortcode("x", r#"src="a b.png", alt='c' `d "e"` f n = 1"#);
        assert_eq!(found.named("src"), Some("a b.png"));
        assert_eq!(found.named("alt"), Some("c"));
        assert_eq!((found.argument("z", 0), found.argument("z", 1)), (Some("d \"e\""), Some("f")));
        assert_eq!(found.named("n"), Some("1"));
        assert_eq!(shortcode("x", r#"a="b\"c" "d"#).named("a"), Some("b\"c"));
    }

    #[test]
    fn a_figure_is_a_picture_with_its_caption() {
        for (text, markdown) in [
            (r#"src="a.png" alt="A map""#, Some("![A map](a.png)")),
            (
                r#"src="a b.png" caption="Who \"holds\" what" width=3"#,
                Some("![Who \"holds\" what](<a b.png> \"Who \\\"holds\\\" what\")"),
            ),
            (r#"src="a.png" link="https://example.org""#, None),
            (r#"src="a.png" title="a" caption="b""#, None),
            (r#"alt="a""#, None),
        ] {
            assert_eq!(figure(&shortcode("figure", text)).as_deref(), markdown, "{text}");
        }
    }

    #[test]
    fn a_tag_ends_outside_of_quotes() {
        assert_eq!(end_of_tag(r#"a "}}" b}} c"#, "}}"), Some(8));
        assert_eq!(end_of_tag(r#"a "b}} c"#, "}}"), Some(4));
        assert_eq!(end_of_tag("a", "}}"), None);
    }

    #[test]
    fn code_is_fenced_by_what_it_does_not_hold() {
        assert_eq!(fence("rust", "\na\n```\n"), "````rust\na\n```\n````");
    }
}
