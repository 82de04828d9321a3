//! The output folder.

codes! {
    "The output folder";

    /// A file or folder that `bulletin` did not write has the path of an output.
    ///
    /// Nothing of others is overwritten. Move it away, choose another folder with `--out`, or let `bulletin build --adopt`
    /// replace it, which asks first.
    ///
    /// ```text
    /// public/index.html     # written by something else
    /// ```
    FOREIGN_FILE = "foreign-file", Error;

    /// Files are in the way in a folder whose records are lost or cut.
    ///
    /// SHA256SUMS lists what a build wrote, and `.bulletin` marks the folder. Without them `bulletin` does not know
    /// which files are its own, and replaces none. If an earlier build wrote them, `bulletin build --adopt` shows which
    /// files it would replace, and asks. Files that are not of the new build stay. It is a warning if no file is in the
    /// way: then the records are written again, and files of earlier builds that are in no list stay.
    ///
    /// ```text
    /// rm public/SHA256SUMS
    /// ```
    OUTPUT_NOT_OURS = "output-not-ours", Error | Warning;

    /// A symbolic link has the path of an output.
    ///
    /// Writing through it could change files elsewhere. Replace it by a plain file or folder, or
    /// remove it. It is a warning if the path is no output any more and the link only stays behind.
    ///
    /// ```text
    /// ln -s /srv/www/index.html public/index.html
    /// ```
    OUTPUT_LINK = "output-link", Error | Warning;

    /// An output has other bytes than it was given; it is put right.
    ///
    /// If somebody changed it, the change is lost with this build: change the sources of the site instead. Files that are
    /// empty were probably emptied by a power cut; `--durable` prevents that.
    ///
    /// ```text
    /// echo "<p>Moved.</p>" >> public/index.html
    /// ```
    OUTPUT_CHANGED = "output-changed", Warning;

    /// Another build is writing to the folder.
    ///
    /// Two builds at once could mix two states of the site. Wait until it is done, or choose
    /// another folder with `--out`.
    ///
    /// ```text
    /// bulletin build & bulletin build
    /// ```
    OUTPUT_LOCKED = "output-locked", Error;

    /// A page of the last build is not in the site any more, and nothing is at its address.
    ///
    /// People and other sites may link to it. If it moved, give the page that takes its place an alias. If it was
    /// wrong, withdraw it instead of deleting it: then its address says when and why. It is reported once.
    ///
    /// ```toml
    /// aliases = ["briefings/old-name.html"]
    /// ```
    PAGE_LEFT = "page-left", Warning;

    /// An output has a name that `bulletin` keeps for itself.
    ///
    /// The output folder has some files of its own, such as the list of what it contains. Rename
    /// the source file.
    ///
    /// ```text
    /// static/SHA256SUMS
    /// ```
    OUTPUT_RESERVED = "output-reserved", Error;

    /// Two outputs have one path.
    ///
    /// Rename the source file of one of them.
    ///
    /// ```text
    /// error[output-twice]: two outputs go to public/about.html
    /// ```
    OUTPUT_TWICE = "output-twice", Error;

    /// The system does not allow the output folder to be read or written.
    ///
    /// The message has the system's reason. Check permissions and free space. Nothing was changed, unless the message
    /// says how many files are published: then the site holds together, and the next build does the rest.
    ///
    /// ```text
    /// error[output-io]: cannot write public/index.html: no space left on device
    /// ```
    OUTPUT_IO = "output-io", Error;

    /// What was published last cannot be read, so that claims are not compared with it.
    ///
    /// The file in the output folder was cut short or edited. The next publish writes it again.
    ///
    /// ```text
    /// warning[unreadable-publish]: data/claims.json of the last publish cannot be read, so its claims are not compared
    /// ```
    UNREADABLE_PUBLISH = "unreadable-publish", Warning;
}
