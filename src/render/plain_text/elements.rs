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
    // Bytes are matched by their length and then one by one, texts by one comparison after the other.
    match name.as_bytes() {
        b"head" | b"script" | b"style" | b"template" | b"select" | b"iframe" | b"object" | b"datalist"
        | b"canvas" => Kind::Skipped,
        b"p" | b"figure" | b"section" | b"address" | b"fieldset" | b"details" | b"hgroup" => Kind::Paragraph,
        b"div" | b"main" | b"article" | b"aside" | b"footer" | b"figcaption" | b"form" | b"caption"
        | b"legend" | b"body" | b"html" | b"search" => Kind::Block,
        b"summary" => Kind::Summary,
        b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Kind::Heading,
        b"ul" | b"ol" | b"menu" => Kind::List,
        b"li" => Kind::Item,
        b"dl" => Kind::Names,
        b"dt" => Kind::Name,
        b"dd" => Kind::Meaning,
        b"blockquote" => Kind::Quote,
        b"pre" => Kind::Verbatim,
        b"table" => Kind::Table,
        b"thead" | b"tbody" | b"tfoot" => Kind::Rows,
        b"tr" => Kind::Row,
        b"td" | b"th" => Kind::Cell,
        b"nav" => Kind::Nav,
        b"header" => Kind::Header,
        b"a" => Kind::Link,
        b"s" | b"del" => Kind::Struck,
        b"sup" => Kind::Raised,
        b"q" => Kind::Quoted,
        b"svg" => Kind::Drawing,
        _ => Kind::Inline,
    }
}

pub fn is_of_table(kind: Kind) -> bool {
    matches!(kind, Kind::Table | Kind::Rows | Kind::Row | Kind::Cell)
}

/// Elements without content and without an end tag (HTML, 13.1.2).
pub fn is_void(name: &str) -> bool {
    matches!(
        name.as_bytes(),
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"source"
            | b"track"
            | b"wbr"
            | b"param"
    )
}
