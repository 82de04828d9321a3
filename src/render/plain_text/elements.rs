//! What each element of HTML is to a reader of text.

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ElementKind {
    Inline,
    /// Nothing of it is shown.
    Skipped,
    /// On lines of its own.
    Block,
    /// On lines of its own, between empty lines.
    Paragraph,
    Summary,
    Heading,
    List,
    Item,
    /// A `<dl>`, its `<dt>` and its `<dd>`.
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

impl ElementKind {
    pub fn of(name: &str) -> Self {
        // Byte strings, because the compiler matches them by length first.
        match name.as_bytes() {
            b"head" | b"script" | b"style" | b"template" | b"select" | b"iframe" | b"object"
            | b"datalist" | b"canvas" => Self::Skipped,
            b"p" | b"figure" | b"section" | b"address" | b"fieldset" | b"details" | b"hgroup" => {
                Self::Paragraph
            }
            b"div" | b"main" | b"article" | b"aside" | b"footer" | b"figcaption" | b"form" | b"caption"
            | b"legend" | b"body" | b"html" | b"search" => Self::Block,
            b"summary" => Self::Summary,
            b"h1" | b"h2" | b"h3" | b"h4" | b"h5" | b"h6" => Self::Heading,
            b"ul" | b"ol" | b"menu" => Self::List,
            b"li" => Self::Item,
            b"dl" => Self::Names,
            b"dt" => Self::Name,
            b"dd" => Self::Meaning,
            b"blockquote" => Self::Quote,
            b"pre" => Self::Verbatim,
            b"table" => Self::Table,
            b"thead" | b"tbody" | b"tfoot" => Self::Rows,
            b"tr" => Self::Row,
            b"td" | b"th" => Self::Cell,
            b"nav" => Self::Nav,
            b"header" => Self::Header,
            b"a" => Self::Link,
            b"s" | b"del" => Self::Struck,
            b"sup" => Self::Raised,
            b"q" => Self::Quoted,
            b"svg" => Self::Drawing,
            _ => Self::Inline,
        }
    }

    pub fn is_of_table(self) -> bool {
        matches!(self, Self::Table | Self::Rows | Self::Row | Self::Cell)
    }

    /// Within a line, so that it has a direction of its own only if it is isolated.
    pub fn is_in_line(self) -> bool {
        matches!(self, Self::Inline | Self::Link | Self::Struck | Self::Raised | Self::Quoted)
    }

    /// There is an empty line before it.
    pub fn has_gap_before(self) -> bool {
        self.has_gap_after() && self != Self::Nav || self == Self::Heading
    }

    /// There is an empty line after it.
    pub fn has_gap_after(self) -> bool {
        matches!(
            self,
            Self::Paragraph
                | Self::List
                | Self::Names
                | Self::Quote
                | Self::Verbatim
                | Self::Table
                | Self::Nav
        )
    }

    /// No empty lines in it.
    pub fn is_tight(self) -> bool {
        matches!(self, Self::Item | Self::Meaning | Self::Cell)
    }
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
