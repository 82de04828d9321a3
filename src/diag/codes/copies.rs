//! Copies: keys, signatures, archives, and what a check of a copy finds.

codes! {
    "Copies";

    /// A key cannot be used.
    ///
    /// A public key has 56 letters and begins with RW. A secret key is a file of two lines, which `bulletin keys new` or
    /// `minisign -G` writes, and needs its passphrase. The message says which of them is wrong, and never shows a
    /// secret.
    ///
    /// ```toml
    /// public_key = "RWQ"     # cut
    /// ```
    BAD_KEY = "bad-key", Error;

    /// A secret key is among the files that a site is built from, or would be.
    ///
    /// Who has it, and its passphrase, can sign false copies in your name. Keep it outside of the site and of every
    /// repository. If it was published, make a new key, and say on the site since when it holds.
    ///
    /// ```sh
    /// bulletin keys new --file static/bulletin.key
    /// ```
    SECRET_KEY = "secret-key", Error;

    /// The site does not show the key that its copy is signed with.
    ///
    /// Readers then cannot see on a page, or on paper, whose signature to expect. Write `public_key` into site.toml,
    /// build and sign again.
    ///
    /// ```sh
    /// bulletin sign     # without public_key in site.toml
    /// ```
    KEY_NOT_SHOWN = "key-not-shown", Warning;

    /// The copy is signed with another key than the expected one.
    ///
    /// The expected key is that of `--key`, the one that earlier copies of this site had, or the one that the site
    /// itself shows. Somebody else may have signed the copy. If the site has a new key, find that confirmed
    /// elsewhere, then give the new key with `--key`.
    ///
    /// ```sh
    /// bulletin verify copy.zip --key RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3
    /// ```
    WRONG_KEY = "wrong-key", Error;

    /// Nothing but the copy itself says whose key this is.
    ///
    /// This is the first copy of the site that this computer checks, and no `--key` was given, so that the key of the copy
    /// is trusted. A forger could have put it there. Compare the fingerprint with one that you have from elsewhere: a
    /// printed page, another copy, a phone call. Later copies must have the same key.
    ///
    /// ```sh
    /// bulletin verify copy.zip     # for the first time
    /// ```
    NEW_KEY = "new-key", Warning;

    /// The copy has no signature.
    ///
    /// Its files may fit its list, but anyone can write such a list. The people who make the site sign it with `bulletin
    /// sign` after each build.
    ///
    /// ```sh
    /// bulletin build && bulletin pack site.zip     # without bulletin sign
    /// ```
    UNSIGNED_COPY = "unsigned-copy", Error | Warning;

    /// The signature is for another list of files.
    ///
    /// Either the site was built again after it was signed, or the copy has files of two builds. Sign again, or get the
    /// whole copy again.
    ///
    /// ```sh
    /// bulletin sign && bulletin build
    /// ```
    STALE_SIGNATURE = "stale-signature", Error | Warning;

    /// The signature is broken or forged.
    ///
    /// It is none of minisign's, or the key did not make it. Do not trust the copy; get it again from another place.
    ///
    /// ```sh
    /// minisign -Vm SHA256SUMS -p minisign.pub     # says the same
    /// ```
    BAD_SIGNATURE = "bad-signature", Error;

    /// The signature says nothing of the site, such as its version.
    ///
    /// It is a good signature that another program made. An older copy cannot be distinguished from a newer one, and
    /// nothing says when the next one is due. Sign with `bulletin sign`.
    ///
    /// ```sh
    /// minisign -Sm public/SHA256SUMS
    /// ```
    PLAIN_SIGNATURE = "plain-signature", Warning;

    /// The list of a copy is missing or broken.
    ///
    /// SHA256SUMS names every file of a copy. Without it, or if it is cut or changed, nothing can be checked. Get the
    /// copy again, or build the site again.
    ///
    /// ```sh
    /// head -c 1000 public/SHA256SUMS > copy/SHA256SUMS
    /// ```
    BAD_LIST = "bad-list", Error;

    /// A file of the copy has other bytes than the list says.
    ///
    /// It was damaged or altered on its way. Do not trust it, and get it again from another place.
    ///
    /// ```text
    /// error[altered-file]: index.html is altered: its bytes are not those of the list
    /// ```
    ALTERED_FILE = "altered-file", Error;

    /// A file that the list names is not in the copy.
    ///
    /// The copy is not whole: links to that file are broken. Get the copy again.
    ///
    /// ```text
    /// error[absent-file]: briefings/water.html is missing
    /// ```
    ABSENT_FILE = "absent-file", Error;

    /// A file is in the copy, and the list does not name it.
    ///
    /// No one signed it: a page that somebody added looks like all others. Remove it. What hosts need, such as CNAME,
    /// belongs into static/ of the site, and is in the list then.
    ///
    /// ```text
    /// error[extra-file]: urgent.html is in no list: no one signed it
    /// ```
    EXTRA_FILE = "extra-file", Error | Warning;

    /// The copy has files of two builds.
    ///
    /// It was made while the site was published, or an update of it did not end. The files are no forgery, but links
    /// between them may be broken, and pages may contradict each other. Get the whole copy again.
    ///
    /// ```text
    /// error[mixed-copy]: files of two builds: 3 are of the copy that was checked before
    /// ```
    MIXED_COPY = "mixed-copy", Error;

    /// The copy is older than one that was checked here before.
    ///
    /// It was good once; somebody may hold back what is newer, such as a correction. Get a copy elsewhere. It is a warning
    /// if the copy has the same version and other files.
    ///
    /// ```text
    /// error[old-copy]: the copy is of 2031-05-03T09:00:00Z; one of 2031-05-04T09:00:00Z was checked here before
    /// ```
    OLD_COPY = "old-copy", Error | Warning;

    /// The copy promised a newer one by now.
    ///
    /// Its files are whole, but what they say may no longer hold. Look for a newer copy. To check an old copy on purpose,
    /// give its time with `--now`.
    ///
    /// ```text
    /// error[overdue-copy]: a newer copy was due at 2031-05-05T09:00:00Z, 3 days ago
    /// ```
    OVERDUE_COPY = "overdue-copy", Error;

    /// The archive of a copy is broken, or made to do harm.
    ///
    /// An archive of a site has plain files below one folder. Names that leave that folder, links, names that are there
    /// twice, encrypted files and entries over each other are refused before anything is unpacked.
    ///
    /// ```text
    /// error[bad-archive]: copy.zip: the name "../index.html" leaves the folder
    /// ```
    BAD_ARCHIVE = "bad-archive", Error;

    /// The copy cannot be read.
    ///
    /// The folder, the file or the address does not exist, or the server does not answer. Check the name and the
    /// connection.
    ///
    /// ```sh
    /// bulletin verify https://mirror.example/     # while it is down
    /// ```
    UNREADABLE_COPY = "unreadable-copy", Error;

    /// A build without open data cannot be compared with another.
    ///
    /// `bulletin diff` compares what two builds say by the files in their folders data/. They are missing if `data` is
    /// false under `[outputs]` in site.toml. A copy can also be cut or altered: `bulletin verify` says more.
    ///
    /// ```toml
    /// [outputs]
    /// data = false
    /// ```
    NO_OPEN_DATA = "no-open-data", Error;

    /// Nothing is remembered of this check.
    ///
    /// `bulletin verify` remembers the key and the newest version of each site, so that it can report an older copy. The
    /// file for that cannot be read or written; give another with `--state`, or say `--no-remember`.
    ///
    /// ```sh
    /// HOME= bulletin verify copy.zip
    /// ```
    NOT_REMEMBERED = "not-remembered", Warning;
}
