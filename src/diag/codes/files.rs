//! Files.

codes! {
    "Files";

    /// Nothing says what a file is for.
    ///
    /// A file that is not published is usually in the wrong folder. Move it next to a briefing's
    /// index.md or into static/, or begin its name with a dot.
    ///
    /// ```text
    /// content/notes.txt
    /// ```
    UNCLAIMED_FILE = "unclaimed-file", Error;

    /// A file next to a briefing is not published, since no text links to it.
    ///
    /// Readers could not find it, and it may be one that you only worked with. Link to it, put it into static/,
    /// or delete it.
    ///
    /// ```text
    /// content/briefings/water/interview-notes.csv
    /// ```
    UNLINKED_FILE = "unlinked-file", Warning;

    /// Not every file system can store this name.
    ///
    /// The site should fit on any server and any USB stick. Rename the file without control
    /// characters and without any of `: * ? " < > |`.
    ///
    /// ```text
    /// static/what?.txt
    /// ```
    BAD_FILE_NAME = "bad-file-name", Error;

    /// A file of static/ has a name that the build writes itself.
    ///
    /// One of the two would be lost. Rename the file.
    ///
    /// ```text
    /// static/index.html
    /// ```
    RESERVED_NAME = "reserved-name", Error;

    /// Something is neither a file nor a folder, such as a socket or a pipe.
    ///
    /// It cannot be read as part of the site. Remove it.
    ///
    /// ```text
    /// mkfifo content/pipe
    /// ```
    NOT_A_FILE = "not-a-file", Error;

    /// A symbolic link points to a folder that contains it.
    ///
    /// Reading the folder would never end. Remove the link.
    ///
    /// ```text
    /// ln -s .. content/again
    /// ```
    LINK_LOOP = "link-loop", Error;

    /// A symbolic link points out of the site.
    ///
    /// A copy of the site would lack its target, and files that are not meant for readers could be
    /// published. Copy the target into the site, or remove the link.
    ///
    /// ```text
    /// ln -s ~/Pictures static/pictures
    /// ```
    LINK_OUT = "link-out", Error;

    /// The system does not allow a file to be read.
    ///
    /// The message has the system's reason. Check that the file exists and may be read.
    ///
    /// ```text
    /// chmod 000 content/about.md
    /// ```
    UNREADABLE = "unreadable", Error;

    /// A text is not UTF-8.
    ///
    /// Letters of other encodings would be published as other letters. Save the file as UTF-8.
    ///
    /// ```text
    /// iconv -t windows-1256 note.md > content/note.md
    /// ```
    NOT_UTF8 = "not-utf8", Error;

    /// A text has more than 4 MiB, an outline more than 32, or another file more than 512.
    ///
    /// Such a text is usually none, or a whole archive in one file: split it. No reader on a bad network loads such a
    /// file: make it smaller, or keep it elsewhere and link to it.
    ///
    /// ```text
    /// A text file of 17 MiB in content/
    /// ```
    TOO_LARGE = "too-large", Error;

    /// A merge of two versions of a file was not finished.
    ///
    /// The version control system left both versions in the file, between lines of `<`, `=` and `>`.
    /// Readers would see both. Keep the right lines and delete the rest.
    ///
    /// ```text
    /// <<<<<<< HEAD
    /// 20 people were killed.
    /// =======
    /// 200 people were killed.
    /// >>>>>>> branch
    /// ```
    UNFINISHED_MERGE = "unfinished-merge", Error;

    /// A file has the name of a copy, and its original is next to it.
    ///
    /// Programs that keep files the same on many machines make such copies if two people changed a file at
    /// once. Both would be published. Keep one, and delete the other.
    ///
    /// ```text
    /// content/briefings/water (conflicted copy 2026-01-05).md
    /// ```
    COPIED_FILE = "copied-file", Warning;

    /// Two briefings have one title and one time.
    ///
    /// Readers cannot distinguish them in lists and feeds. Give one another title or time, or delete it.
    ///
    /// ```text
    /// title = "Water is back"
    /// date = 2026-01-05T18:00:00Z
    /// ```
    DOUBLE_BRIEFING = "double-briefing", Warning;

    /// Two files want one output path.
    ///
    /// Paths that differ only in upper and lower case count as one, since many file systems do
    /// not distinguish them. Rename one, or give it a `slug`.
    ///
    /// ```text
    /// content/about.md and static/about.html
    /// ```
    SAME_OUTPUT = "same-output", Error;

    /// A picture cannot be cleaned, is damaged, or is not what its name says.
    ///
    /// Pictures are published without metadata, which may hold a place and a device. Export it
    /// again as JPEG, PNG, WebP, GIF or SVG, without scripts and with all that it shows inside.
    ///
    /// ```text
    /// content/briefings/water/harbour.jpg, which is a WebP picture inside
    /// ```
    PICTURE = "picture", Error;
}
