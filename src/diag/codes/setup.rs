//! Running bulletin.

codes! {
    "Running bulletin";

    /// `--root` names no folder.
    NO_ROOT = "no-root", Error;

    /// There is neither site.toml nor content/.
    NO_SITE = "no-site", Error;

    /// There is a site.toml, and content/ is gone: building would empty the output.
    NO_CONTENT = "no-content", Error;

    /// `--out` lies among what the site is built from.
    BAD_OUT = "bad-out", Error;

    /// `init` or `new` would write over a file.
    FILE_EXISTS = "file-exists", Error;

    /// Site.toml has no `base_url`, so there are no feeds and no sitemap.
    NO_BASE_URL = "no-base-url", Note;

    /// Site.toml asks for a search, and the program was built without it.
    NOT_BUILT_IN = "not-built-in", Error;

    /// The system gives no word of changes, so the files are looked at again and again.
    NO_EVENTS = "no-events", Note;

    /// Told by `check`: an embargo, an expiry, a serious correction's 48 hours, an exception or the wait for a newer copy ends within 48 hours.
    DUE = "due", Note;
}
