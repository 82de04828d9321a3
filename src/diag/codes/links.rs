//! Links and pictures.

codes! {
    "Links and pictures";

    /// Leads to nothing that there is.
    DEAD_LINK = "dead-link", Error;

    /// The page has no such part.
    DEAD_FRAGMENT = "dead-fragment", Error;

    /// Leads to a draft or to what is under embargo.
    HIDDEN_TARGET = "hidden-target", Error;

    /// `claim:` without an id.
    BAD_CLAIM = "bad-claim", Error;

    /// Percent signs that stand for no text.
    BAD_ENCODING = "bad-encoding", Error;

    /// Leads nowhere.
    EMPTY_TARGET = "empty-target", Error;

    /// A link has no text to select.
    EMPTY_LINK_TEXT = "empty-link-text", Error;

    /// A link within a link.
    NESTED_LINK = "nested-link", Error;

    /// A query behind the name of a file.
    LINK_QUERY = "link-query", Error;

    /// Leads out of the site's folder.
    OUTSIDE_THE_SITE = "outside-the-site", Error;

    /// Not http, https, mailto or tel; also told of templates.
    UNSAFE_URL = "unsafe-url", Error;

    /// A picture has no text alternative.
    NO_ALT = "no-alt", Error;

    /// A picture of another server, which would see who reads.
    REMOTE_PICTURE = "remote-picture", Error;

    /// A picture's target cannot be shown.
    NOT_A_PICTURE = "not-a-picture", Error;
}
