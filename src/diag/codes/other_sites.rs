//! What `bulletin check --external` finds.

codes! {
    "Links to other sites";

    /// A page of another site is gone, or browsers refuse it.
    ///
    /// Its server answers 404 or 410, its name does not exist, or its certificate is not valid. Look for a copy in an
    /// archive, and write its address as `archived` of the evidence, or as the link.
    ///
    /// ```toml
    /// evidence = [{ url = "https://example.org/removed" }]
    /// ```
    DEAD_EXTERNAL_LINK = "dead-external-link", Warning;

    /// Evidence is gone from its site, and readers have a copy in an archive.
    ///
    /// Nothing needs to be done as long as the copy stays. Its address is checked too.
    ///
    /// ```toml
    /// evidence = [{ url = "https://example.org/removed", archived = "https://archive.example.org/removed" }]
    /// ```
    ARCHIVED_EXTERNAL_LINK = "archived-external-link", Note;

    /// A page of another site is at another address now.
    ///
    /// Its server says that it moved for good, and the new address answers. Write the new one.
    ///
    /// ```text
    /// [the report](http://example.org/old)
    /// ```
    MOVED_EXTERNAL_LINK = "moved-external-link", Note;

    /// The address of a page leads to the home page of its site.
    ///
    /// Many sites do so with what they removed. Open it, and link to a copy if what it showed is no longer there.
    ///
    /// ```text
    /// [the statement](https://ministry.example/2016/statement)
    /// ```
    EXTERNAL_HOME_PAGE = "external-home-page", Warning;

    /// Nothing is known of an address of another site.
    ///
    /// The server refuses programs or the country, does not answer, or answers that it has trouble. Readers may reach it
    /// all the same, so this is never a warning. Open it in a browser.
    ///
    /// ```text
    /// [the statement](https://ministry.example/statement)
    /// ```
    UNCHECKED_EXTERNAL_LINK = "unchecked-external-link", Note;

    /// A page of another site answers, and has no part of this name.
    ///
    /// Readers land at the top of the page. Link to another part, or remove `#` and what follows. The check does not see
    /// parts that a script makes.
    ///
    /// ```text
    /// [the table](https://example.org/report#table-9)
    /// ```
    MISSING_EXTERNAL_PART = "missing-external-part", Note;

    /// An address leads into a private network, which readers are not in.
    ///
    /// It may show how the network of the desk is built. It is never asked. Link to a public address, or remove the link.
    ///
    /// ```text
    /// [the report](http://192.168.1.20/report.pdf)
    /// ```
    PRIVATE_EXTERNAL_LINK = "private-external-link", Warning;

    /// The memory of earlier link checks cannot be used.
    ///
    /// The check asks every address, and only takes longer. Name another file with `--state`, or delete the file.
    ///
    /// ```text
    /// bulletin check --external --state links.json
    /// ```
    LINK_MEMORY = "link-memory", Note;

    /// A variable of the environment names no proxy that can be used.
    ///
    /// Without the proxy, other servers would see the address of this computer, and what it asks for. So nothing is asked.
    /// Correct ALL_PROXY, HTTPS_PROXY or HTTP_PROXY, or unset it.
    ///
    /// ```sh
    /// ALL_PROXY=tor://127.0.0.1:9050 bulletin check --external   # socks5h://127.0.0.1:9050
    /// ```
    BAD_PROXY = "bad-proxy", Error;

    /// Links to other sites were not checked.
    ///
    /// While the site has errors, it is not decided what is published, and an address that must not be published would be
    /// sent to other servers. Correct the errors first.
    ///
    /// ```text
    /// bulletin check --external
    /// ```
    EXTERNAL_NOT_CHECKED = "external-not-checked", Note;
}
