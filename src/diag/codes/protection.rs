//! Protection of people.

codes! {
    "Protection of people";

    /// A line of redact.txt has no letter or digit to look for.
    ///
    /// Such a line would match nothing or everything. Write a word, or begin the line with `#` if
    /// it is a comment.
    ///
    /// ```text
    /// ...
    /// ```
    REDACT_LINE = "redact-line", Error;

    /// redact.txt cannot be read in one way only, or is not where it is looked for.
    ///
    /// A word that is not looked for as it was meant would be published. Each word or full name has a
    /// line of its own, without commas; a remark begins with a space and `#`. The file is next to
    /// site.toml, is called redact.txt, and is UTF-8 or UTF-16 text.
    ///
    /// ```text
    /// Zoe, Ali
    /// ```
    REDACT_LIST = "redact-list", Error;

    /// A word of redact.txt would reach an output or its name.
    ///
    /// Nothing is published, and the word itself is masked in the message. Remove it from the text,
    /// or describe the person as a protected source with a `label`.
    ///
    /// ```text
    /// The driver was Zoe.     # with the line "zoe" in redact.txt
    /// ```
    REDACTED_WORD = "redacted-word", Error;

    /// A name of a protected source would reach an output or its name.
    ///
    /// This covers its title, its spellings and its names in other languages, its `url`, the sentences
    /// of its `summary`, the texts of its `extra` and its id, in texts, pictures and addresses. Write the
    /// `label` of the source instead.
    ///
    /// ```text
    /// Our neighbour Zoe saw the fire.     # with a protected record "Zoe"
    /// ```
    PROTECTED_NAME = "protected-name", Error;

    /// An address has a user name or a password before its host.
    ///
    /// Every reader of the page would have it. Delete all between `//` and the `@`, and the `@`. If others have
    /// seen the file, change the password too. Messages mask it.
    ///
    /// ```toml
    /// base_url = "https://desk:secret@briefings.example/"
    /// ```
    PASSWORD_IN_ADDRESS = "password-in-address", Error;

    /// The label of a protected source has one of its names.
    ///
    /// Readers see the label wherever they would see the name. Describe the source without it. If
    /// `title` is a description and no name, write the label in the same words.
    ///
    /// ```toml
    /// title = "Zoe Miller"
    /// protected = true
    /// label = "Zoe Miller, a nurse"
    /// ```
    NAME_IN_LABEL = "name-in-label", Error;

    /// How many private words and names are looked for, and which of them not in every way.
    ///
    /// Compare the numbers with what you wrote: a line of several words is one name. Short words are found as words of their own only, and not
    /// in pictures: longer ones, such as a full name, are found everywhere.
    ///
    /// ```text
    /// Zoe     # the only line of redact.txt
    /// ```
    PRIVATE_WORDS = "private-words", Note;

    /// site.toml says that there is a folder private/, and it has neither redact.txt nor a record in sources/.
    ///
    /// The folder is in no repository, so a build elsewhere lacks it, and would make pages of the sources that it
    /// protects. Build where the folder is, and publish from there.
    ///
    /// ```toml
    /// private = true
    /// ```
    NO_PRIVATE_FOLDER = "no-private-folder", Error;

    /// A record in private/ does not say that its source is protected.
    ///
    /// Everything in that folder is private. Protect the source, or move the record to content/sources/.
    ///
    /// ```toml
    /// title = "Zoe Miller"     # in private/sources/zoe.md, without protected = true
    /// ```
    UNPROTECTED_PRIVATE = "unprotected-private", Error;

    /// Git tracks a file that is private: redact.txt, a file of private/, or the record of a protected source.
    ///
    /// Everyone with a copy of the repository can read it, and a file that is deleted later stays in the history.
    /// Take it out of the index, and name it in .gitignore. If the repository is as private as the file, write an
    /// exception in site.toml.
    ///
    /// ```text
    /// git add redact.txt
    /// ```
    TRACKED_SECRET = "tracked-secret", Error | Warning;

    /// How much of the git repository `bulletin check --sources` searched.
    ///
    /// A warning if it could not search all of it: there is none, or it is a clone without its history. Search a
    /// whole clone.
    ///
    /// ```text
    /// git clone --depth 1 https://example.org/site.git
    /// ```
    SEARCHED_REPOSITORY = "searched-repository", Warning | Note;

    /// A private word is in the repository: in a file that git tracks, in an earlier commit, or in a message.
    ///
    /// `bulletin check --sources` searches all of them. Remove it from the whole history, for example with
    /// `git filter-repo`, and assume that everyone with a copy knows it.
    ///
    /// ```text
    /// git commit -m "Interview with Zoe Miller"
    /// ```
    SECRET_IN_REPOSITORY = "secret-in-repository", Error;

    /// A link points to a protected source, which has no page.
    ///
    /// Write about the source without a link and without its name; claims show its `label`.
    ///
    /// ```text
    /// [a neighbour](source:zoe)
    /// ```
    PROTECTED_SOURCE = "protected-source", Error;

    /// A copied file is packed, so redact.txt and protected names were not looked for in it.
    ///
    /// Archives and office documents are compressed. Look through the file yourself, or attach it
    /// as plain text.
    ///
    /// ```text
    /// content/briefings/water/report.docx
    /// ```
    UNSEARCHED_FILE = "unsearched-file", Warning;

    /// A document, recording or archive is copied with the metadata of the program that made it.
    ///
    /// It may name its author, a device or a place; the message says which kinds of data were found.
    /// Pictures are cleaned, other files are not: check the file before you publish it. A format is
    /// known by its content, whatever the name of the file.
    ///
    /// ```text
    /// content/briefings/water/report.pdf
    /// ```
    DOCUMENT_METADATA = "document-metadata", Warning;

    /// A file is copied, and its format is on no list.
    ///
    /// No one looked for names, places and devices in it. Look yourself, or publish the same as text,
    /// CSV, JSON, PDF or a picture.
    ///
    /// ```text
    /// static/survey.sav
    /// ```
    UNKNOWN_FILE = "unknown-file", Warning;

    /// A file would run in the reader's browser, on the reader's machine or on a server.
    ///
    /// It could load other sites, reveal who reads, or do harm. Attach it as PDF, text or data. Pages
    /// and scripts that are a part of the site may be in static/; programs, shortcuts and documents with
    /// macros may not be anywhere. Next to a briefing only endings of known formats are copied.
    ///
    /// ```text
    /// content/briefings/water/map.html
    /// ```
    ACTIVE_FILE = "active-file", Error;

    /// A source of kind `resident` is not protected.
    ///
    /// A private person who is named in public can be found. Write `protected = true`, and a
    /// `label` for readers.
    ///
    /// ```toml
    /// title = "Zoe"
    /// kind = "resident"
    /// ```
    UNPROTECTED_RESIDENT = "unprotected-resident", Error;

    /// Nothing says what kind of source somebody is.
    ///
    /// Each source has a page of its own, and a private person who is named in public can be found. If it is no
    /// person, write its `kind` in its record. If it is one, write `protected = true` and a `label`. The first
    /// five are named one by one.
    ///
    /// ```toml
    /// source = "Zoe of the bakery"     # without a record
    /// ```
    SOURCE_WITHOUT_KIND = "source-without-kind", Note;

    /// The name of a source holds an e-mail address, a telephone number, an account or the address of a house.
    ///
    /// The name is on a page of its own, in feeds and in open data. Name the source without it. For a person,
    /// write a record with `protected = true` and a `label`. An account of an organisation is its `url`. All names
    /// of a record that readers see count: `title`, `short`, `names`, `spellings`, `label` and translations.
    ///
    /// ```toml
    /// source = "Zoe, 0911 222 333"
    /// ```
    CONTACT_IN_NAME = "contact-in-name", Warning;

    /// A claim about health or shelter is at a point finer than a neighbourhood, or next to coordinates.
    ///
    /// Such points have been used as targets. A point is too fine if its `precision` is `street` or `building`,
    /// or if it has three decimals or more, whatever its `precision`. An outline is too fine if a part of it is
    /// smaller than 250 metres. Coordinates, links to maps, plus codes, what3words addresses and grid references
    /// in the texts of the briefing or in the evidence count as points. Name a larger place, round its point to
    /// two decimals, or remove what points to it. A short link that can lead to a map counts too: write the whole
    /// address. Numbers with thousands in a list, such as prices, do not count. Topics of site.toml with `guard = "precise-point"` are
    /// protected in the same way.
    ///
    /// ```toml
    /// topic = "health"
    /// neighbourhoods = ["field-hospital"]     # point = { lat = 36.236, lon = 37.173 }
    /// ```
    PRECISE_POINT = "precise-point", Error;

    /// A claim about movement, of whatever kind, is published less than 12 hours after the movement ends.
    ///
    /// Fresh positions help those who attack. Wait with `embargo_until`, or leave the claim out. The time of
    /// publication is `date`, `updated` or `embargo_until`, but never later than the build. An end with `~` or `?`
    /// counts as one unit later: a day, a month or a year. Topics of site.toml with
    /// `guard = "military-movement"` are protected in the same way.
    ///
    /// ```toml
    /// topic = "movement"
    /// happened = 2031-05-02T09:00:00Z     # published at 10:00
    /// ```
    MILITARY_MOVEMENT = "military-movement", Error;

    /// A claim speaks of troops or convoys, may not be over for 12 hours, and no guard looks at it.
    ///
    /// Without a topic that is guarded, it is published at once. If somebody moves, write `topic = "movement"`
    /// and `happened`. The route of an aid convoy is as sensitive as that of troops. If no one moves, an exception to
    /// the guard `unmarked-movement` says why. The words are those of src/site/guards/movement_words.toml.
    ///
    /// ```toml
    /// text = "A convoy is leaving the depot."     # without a topic
    /// ```
    UNMARKED_MOVEMENT = "unmarked-movement", Warning;

    /// A title, summary, first paragraph or heading repeats an instruction.
    ///
    /// It would read as the advice of this site. Say there that the instruction was given and by
    /// whom, and keep its words in the claim. Words that are left out, added or put in another order or form do
    /// not hide it, in any language of the briefing, and neither does another briefing. News that the order was
    /// cancelled is no instruction.
    ///
    /// ```toml
    /// title = "Leave the old town by noon"     # the words of a claim of kind "instruction"
    /// ```
    INSTRUCTION_AS_ADVICE = "instruction-as-advice", Error;

    /// An exception names a guard that does not exist.
    ///
    /// The guards are `unprotected-resident`, `precise-point`, `military-movement`, `unmarked-movement` and
    /// `instruction-as-advice`.
    ///
    /// ```toml
    /// allow = [{ guard = "military-movements", why = "It is past.", until = 2031-05-09 }]
    /// ```
    UNKNOWN_GUARD = "unknown-guard", Error;

    /// An exception lifts a guard.
    ///
    /// Guards stop what may put people in danger. A person can lift one with a dated exception, in
    /// the file or in site.toml. The exception is listed with its reason so that a second person
    /// can check it.
    ///
    /// ```toml
    /// allow = [{ guard = "military-movement", why = "It is past.", until = 2031-05-09 }]
    /// ```
    EXCEPTION = "exception", Note;

    /// An exception ends more than 90 days after the publication that it is for.
    ///
    /// No one would look again whether it does harm. For a briefing the days count from its last publication.
    /// For site.toml and records they count from the last publication that the exception is used for. Write the
    /// day that the message names, or an earlier one.
    ///
    /// ```toml
    /// allow = [{ guard = "precise-point", why = "It is public.", until = 2099-01-01 }]
    /// ```
    LONG_EXCEPTION = "long-exception", Error;

    /// An exception lifts nothing.
    ///
    /// It would hide the next fault of its kind. Remove it.
    ///
    /// ```toml
    /// allow = [{ guard = "precise-point", why = "It is public.", until = 2031-05-09 }]
    /// ```
    UNUSED_EXCEPTION = "unused-exception", Warning;
}
