//! Publishing to other places.

codes! {
    "Publishing";

    /// The target of a publish cannot be read.
    ///
    /// A bucket is `s3://BUCKET/PREFIX`, `gs://BUCKET/PREFIX` or `az://CONTAINER/PREFIX`. `USER@HOST:PATH` is for rsync,
    /// `rclone:REMOTE:PATH` for rclone, and everything else is a folder. Credentials are never part of it.
    ///
    /// ```toml
    /// [publish]
    /// target = "ftp://example.org"
    /// ```
    BAD_TARGET = "bad-target", Error;

    /// A list of addresses to purge was asked for, and no page has an address.
    ///
    /// The addresses begin with `base_url`. Write it in site.toml, or give it as `--base-url`.
    ///
    /// ```text
    /// bulletin publish --purge-list purge.txt s3://bucket
    /// ```
    NO_BASE_URL_TO_PURGE = "no-base-url-to-purge", Error;

    /// The output folder holds no whole build that could be published.
    ///
    /// What is published is what the last build wrote, byte for byte: SHA256SUMS lists it. So the list must be there, the
    /// last build must have come to its end, and no file may have changed since.
    ///
    /// ```text
    /// rm public/SHA256SUMS && bulletin publish
    /// ```
    NO_BUILD = "no-build", Error;

    /// The storage did not do what was asked of it.
    ///
    /// The message says what it answered, without the credentials. What was uploaded before stays, and readers see a site
    /// whose links all work. `bulletin publish` again does the rest.
    ///
    /// ```text
    /// AWS_SECRET_ACCESS_KEY=wrong bulletin publish s3://bucket
    /// ```
    STORAGE_FAILED = "storage-failed", Error;

    /// Another publish to the same place is under way, or took it over.
    ///
    /// Two at once could mix two states of the site. While one is at work, it keeps `.bulletin-publish` there and changes
    /// it every few seconds. If that stops, the next publish waits for a while and takes over.
    ///
    /// ```text
    /// bulletin publish s3://bucket & bulletin publish s3://bucket
    /// ```
    PUBLISH_LOCKED = "publish-locked", Error;

    /// The storage cannot make sure that only one publish is under way.
    ///
    /// It knows no conditional writes. Publish from one place only, or one after the other.
    ///
    /// ```text
    /// bulletin publish s3://bucket
    /// ```
    NO_CONDITIONAL_WRITES = "no-conditional-writes", Warning;

    /// A file of somebody else is where one of the site would go.
    ///
    /// Nothing of others is overwritten. Move it away, or publish to another prefix. It is a warning if the file left the
    /// site and was changed by somebody else: then it stays.
    ///
    /// ```text
    /// aws s3 cp index.html s3://bucket/index.html && bulletin publish s3://bucket
    /// ```
    FOREIGN_OBJECT = "foreign-object", Error | Warning;

    /// The list of what is published is not one that a publish wrote.
    ///
    /// SHA256SUMS in the bucket says which files are ours. With a list that is cut or was changed, files of others could
    /// be removed.
    ///
    /// ```text
    /// echo x | aws s3 cp - s3://bucket/SHA256SUMS
    /// ```
    FOREIGN_LIST = "foreign-list", Error;

    /// What was read back from the storage is not what was written.
    ///
    /// Every file is read again after it was uploaded. The list of the new site is not written before all are right.
    ///
    /// ```text
    /// bulletin publish s3://bucket
    /// ```
    READ_BACK_DIFFERS = "read-back-differs", Error;

    /// The publish would remove many files.
    ///
    /// More than one in ten files, or more than 256, would be gone. That is right after a large change of the site, and
    /// wrong if content is missing or the target is that of another site. Look with `--dry-run`, then say `--force`.
    ///
    /// ```text
    /// rm -r content/briefings && bulletin build && bulletin publish
    /// ```
    MANY_REMOVALS = "many-removals", Error | Warning;

    /// The target holds another site.
    ///
    /// It has another address, or another title if one of the two has no address. Check the target. If this site takes
    /// the place of that one, say `--force`.
    ///
    /// ```text
    /// bulletin publish s3://bucket     # with the site of another desk in it
    /// ```
    OTHER_SITE = "other-site", Error | Warning;

    /// A build with drafts, with what is under embargo, or of the site as it was known earlier, is to be published, signed
    /// or packed.
    ///
    /// No one released a draft, an embargo holds whatever `--now` a build had, and an earlier state that is signed now would count as the newest one. `copy.json` in the
    /// output says how it was built. Build again without the option; a publish that is meant so takes `--force`.
    ///
    /// ```sh
    /// bulletin build --drafts
    /// bulletin publish s3://readers/
    /// ```
    PREVIEW_BUILD = "preview-build", Error;

    /// The build is older than what is published.
    ///
    /// The build of a checkout of yesterday would take back corrections. Build again. If readers must go back to the older
    /// state, say `--force`.
    ///
    /// ```text
    /// git checkout HEAD~3 && bulletin build && bulletin publish
    /// ```
    OLDER_BUILD = "older-build", Error | Warning;

    /// The site does not fit on its host.
    ///
    /// `[host] kind` in site.toml says what serves the site, and some hosts take only so many files, or files of a certain
    /// size. Such a host refuses the whole site, or leaves files out. The message says what would help.
    ///
    /// ```toml
    /// [host]
    /// kind = "cloudflare-pages"     # takes 20,000 files
    /// ```
    OVER_HOST_LIMIT = "over-host-limit", Warning;

    /// A file of the site takes the place of one that `bulletin` writes for the host.
    ///
    /// The site's own file is published as it is. Without the other one, the host may send pages without the policy,
    /// types and caching that they should have. Remove your file, or keep it and write
    /// `own-host-file = "off"` under `[check]`.
    ///
    /// ```text
    /// static/_headers
    /// ```
    OWN_HOST_FILE = "own-host-file", Warning;

    /// An onion address that no service can have.
    ///
    /// It holds a key with a checksum, so that a letter that is wrong can be found. Copy the address from the file
    /// `hostname` of the service.
    ///
    /// ```toml
    /// onion = "http://example.onion/"
    /// ```
    BAD_ONION = "bad-onion", Error;

    /// An onion address where it would be a link.
    ///
    /// Onion addresses are shown as text. A click in a browser without Tor would say the name of the service to the
    /// reader's network. In Markdown, write the address alone. Write the one of the site as `onion` in site.toml.
    ///
    /// ```text
    /// Write to us [over Tor](http://example.onion/).
    /// ```
    LINKED_ONION = "linked-onion", Error;
}
