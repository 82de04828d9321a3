//! What each element of HTML is to a reader of text.

/// What an element is to a reader of text.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Inline,
    /// Nothing of it is shown.
    Skipped,
    /// Stands by itself.
    Block,
    /// Stands by itself, between empty lines.
    Paragraph,
    Summary,
    Heading,
    List,
    Item,
    Names,
    Name,
    Meaning,
    Quote,
    Verbatim,
    Table,
    Rows,
    Row,
    Cell,
    Nav,
    Header,
    Link,
    Struck,
    Raised,
    Quoted,
    Drawing,
    /// The title or the description of a drawing.
    Caption,
}

pub fn kind_of(name: &str) -> Kind {
    match name {
        "head" | "script" | "style" | "template" | "select" | "iframe" | "object" | "datalist" | "canvas" => {
            Kind::Skipped
        }
        "p" | "figure" | "section" | "address" | "fieldset" | "details" | "hgroup" => Kind::Paragraph,
        "div" | "main" | "article" | "aside" | "footer" | "figcaption" | "form" | "caption" | "legend"
        | "body" | "html" | "search" => Kind::Block,
        "summary" => Kind::Summary,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Kind::Heading,
        "ul" | "ol" | "menu" => Kind::List,
        "li" => Kind::Item,
        "dl" => Kind::Names,
        "dt" => Kind::Name,
        "dd" => Kind::Meaning,
        "blockquote" => Kind::Quote,
        "pre" => Kind::Verbatim,
        "table" => Kind::Table,
        "thead" | "tbody" | "tfoot" => Kind::Rows,
        "tr" => Kind::Row,
        "td" | "th" => Kind::Cell,
        "nav" => Kind::Nav,
        "header" => Kind::Header,
        "a" => Kind::Link,
        "s" | "del" => Kind::Struck,
        "sup" => Kind::Raised,
        "q" => Kind::Quoted,
        "svg" => Kind::Drawing,
        _ => Kind::Inline,
    }
}

pub fn is_of_table(kind: Kind) -> bool {
    matches!(kind, Kind::Table | Kind::Rows | Kind::Row | Kind::Cell)
}

/// Elements without content and without an end tag (HTML, 13.1.2).
pub fn is_void(name: &str) -> bool {
    const VOID: [&str; 14] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
        "param",
    ];
    VOID.contains(&name)
}
