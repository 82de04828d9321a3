//! Running bulletin.

codes! {
    "Running bulletin";

    /// `--root` is not a folder.
    ///
    /// Usually a spelling mistake, or the command runs in another folder than expected. Check the
    /// path.
    ///
    /// ```text
    /// bulletin build --root ./brifings
    /// ```
    NO_ROOT = "no-root", Error;

    /// `bulletin man` was asked for a command that does not exist.
    ///
    /// `bulletin --help` lists all commands.
    ///
    /// ```text
    /// bulletin man biuld
    /// ```
    UNKNOWN_COMMAND = "unknown-command", Error;

    /// A filter or a format of `bulletin list` does not fit what is listed.
    ///
    /// `bulletin list --help` says what each is for.
    ///
    /// ```text
    /// bulletin list sources --unattributed
    /// ```
    BAD_FILTER = "bad-filter", Error;

    /// There is neither site.toml nor content/ in this folder.
    ///
    /// A folder without either is not a site, and a build would publish nothing. Run `bulletin
    /// init` to begin a site, or name its folder with `--root`.
    ///
    /// ```text
    /// cd /tmp && bulletin build
    /// ```
    NO_SITE = "no-site", Error;

    /// `bulletin explain` was asked for a code that does not exist.
    ///
    /// Use the suggested code, or run `bulletin explain` for a list of all.
    ///
    /// ```text
    /// bulletin explain dead-lnk
    /// ```
    UNKNOWN_CODE = "unknown-code", Error;

    /// There is a site.toml, but no folder content/.
    ///
    /// Building such a site would empty the output, so this stops: perhaps a branch was switched or
    /// a folder was renamed. Put content/ back, or create it empty if that is what you want.
    ///
    /// ```text
    /// mv content contents && bulletin build
    /// ```
    NO_CONTENT = "no-content", Error;

    /// `--out` is among the files that the site is built from.
    ///
    /// The output would be read as a source by the next build. Choose a folder of its own, such as
    /// public/.
    ///
    /// ```text
    /// bulletin build --out content/public
    /// ```
    BAD_OUT = "bad-out", Error;

    /// The arguments of `new` do not fit together.
    ///
    /// Give a kind of file and its title in quotes, a title alone for a briefing, or `translation` with a file and a
    /// language.
    ///
    /// ```text
    /// bulletin new sourse "Radio Brine"
    /// ```
    BAD_ARGUMENTS = "bad-arguments", Error;

    /// `init`, `new` or `import` would overwrite a file.
    ///
    /// None of these commands ever replaces a file. Choose another folder or another title.
    ///
    /// ```text
    /// bulletin new "Water is back"     # twice
    /// ```
    FILE_EXISTS = "file-exists", Error;

    /// `bulletin import` cannot begin.
    ///
    /// The folder must hold a site of the generator that the command names, and be another one than that of the new
    /// site. A report must be a text of UTF-8 whose first line is its title.
    ///
    /// ```text
    /// bulletin import hugo .
    /// ```
    BAD_IMPORT = "bad-import", Error;

    /// `bulletin card` cannot make a card.
    ///
    /// The briefing must be published, in a language of the site, and the limit must hold at least up to when it knows and
    /// its address: a card without them says nothing that can be checked.
    ///
    /// ```sh
    /// bulletin card water --chars 20
    /// ```
    BAD_CARD = "bad-card", Error;

    /// The mapping file of `bulletin import` cannot be used.
    ///
    /// It has a table for each kind of term, such as `[tags]`, and in it a line for each term. An import without a
    /// mapping prints one to fill in.
    ///
    /// ```toml
    /// [tags]
    /// "old town" = { neighbourhood = "old-town" }
    /// "water"    = { topic = "water" }
    /// "un"       = { source = "un-ocha" }
    /// ```
    BAD_MAPPING = "bad-mapping", Error;

    /// A file of the site cannot be created.
    ///
    /// `init`, `new` and `import` need a folder that they may write to, on a disk with free space. The
    /// message has the reason that the system gives.
    ///
    /// ```text
    /// error[cannot-write]: content/briefings/water.md cannot be written: permission denied
    /// ```
    CANNOT_WRITE = "cannot-write", Error;

    /// site.toml has no `base_url`, so there are no feeds and no sitemap.
    ///
    /// Feeds, the sitemap and canonical addresses need whole addresses; nothing else does. Set it
    /// once the site has an address.
    ///
    /// ```toml
    /// base_url = "https://briefings.example/"
    /// ```
    NO_BASE_URL = "no-base-url", Note;

    /// site.toml enables the search page, but this program was built without it.
    ///
    /// The search is an optional part, since it brings many libraries with it. Install the program
    /// with `cargo install --features search`, or write `search = false`.
    ///
    /// ```toml
    /// [outputs]
    /// search = true
    /// ```
    NOT_BUILT_IN = "not-built-in", Error;

    /// `serve` cannot listen on this host.
    ///
    /// The name is unknown, or its address belongs to another machine. Leave `--host` out to be
    /// reachable from this machine only; `--host 0.0.0.0` lets other machines in.
    ///
    /// ```text
    /// bulletin serve --host nowhere.invalid
    /// ```
    BAD_HOST = "bad-host", Error;

    /// Another program listens on the port.
    ///
    /// `serve` takes one of the 20 ports after it and says so in a warning. If all of them are in use,
    /// it is an error: end the other program, or name another port.
    ///
    /// ```text
    /// bulletin serve --port 4000     # while another preview runs
    /// ```
    PORT_IN_USE = "port-in-use", Error | Warning;

    /// `serve --open` could not start a browser.
    ///
    /// The preview runs all the same. Open the address that it prints.
    ///
    /// ```text
    /// bulletin serve --open     # on a machine without a browser
    /// ```
    NO_BROWSER = "no-browser", Warning;

    /// The file system does not report changes, so files are polled.
    ///
    /// Some network and virtual file systems do not. Changes are found all the same, a little
    /// later.
    ///
    /// ```text
    /// bulletin serve --poll
    /// ```
    NO_EVENTS = "no-events", Note;

    /// The system refused something that the program needs.
    ///
    /// The message has the system's own reason, such as a full disk or too many open files.
    ///
    /// ```text
    /// bulletin check > /dev/full
    /// ```
    SYSTEM_ERROR = "system-error", Error;

    /// `[check]` of site.toml lowers what cannot be lowered.
    ///
    /// With an error the site cannot be built, and readers of a log must see what concerns the protection of
    /// people. Remove the line, and correct what is reported.
    ///
    /// ```toml
    /// [check]
    /// missing-key = "off"
    /// ```
    FIXED_LEVEL = "fixed-level", Error;

    /// In `check`: something ends within the next 48 hours.
    ///
    /// An embargo, an expiry, the 48 hours of a serious correction, an exception to a guard, or the
    /// time of a promised update. Look whether the page needs work before then.
    ///
    /// ```toml
    /// next_due = 2031-05-03T18:00:00Z
    /// ```
    DUE = "due", Note;

    /// In `check`: readers were asked to look for a newer version, and there is none.
    ///
    /// The time of `next_due` is over. Publish what is new, or say in `checked` when all was still so; then set a
    /// new `next_due`, or remove it. A later briefing of the same kind about one of the same places makes up for it
    /// too.
    ///
    /// ```toml
    /// next_due = 2031-05-03T18:00:00Z     # two days ago
    /// ```
    OVERDUE = "overdue", Note;

    /// In `check`: what a page knows ends more than 48 hours ago, and nothing newer takes its place.
    ///
    /// Readers take the newest that they find for the present. Write a new briefing, bring the page in line and set
    /// `as_of`, or say in `checked` when all was still so. Not reported of explainers and notices, and not in a site
    /// whose newest briefing is more than 30 days old.
    ///
    /// ```toml
    /// as_of = 2031-05-03T18:00:00Z     # three days ago
    /// ```
    OUTDATED = "outdated", Note;

    /// In `check`: a serious correction left the home page within the last 48 hours.
    ///
    /// Readers who come now do not see it at the top any more. If they may still act on what was wrong, say it again
    /// in a briefing.
    ///
    /// ```toml
    /// [[corrections]]
    /// at      = 2031-05-01T10:00:00Z     # three days ago
    /// serious = true
    /// ```
    LAPSED = "lapsed", Note;
}
