//! Formats by the ending of a name, for what has no signature. All endings are in small letters.

/// Texts whose every letter their author sees, and that nothing runs.
pub const PLAIN_TEXT: &[&str] = &[
    "txt",
    "text",
    "md",
    "csv",
    "tsv",
    "tab",
    "json",
    "geojson",
    "topojson",
    "jsonl",
    "ndjson",
    "jsonld",
    "yaml",
    "yml",
    "toml",
    "ini",
    "cfg",
    "conf",
    "css",
    "map",
    "ics",
    "vcf",
    "asc",
    "sig",
    "minisig",
    "pub",
    "pem",
    "crt",
    "gpg",
    "md5",
    "sha1",
    "sha256",
    "sha512",
    "bib",
    "ris",
    "tex",
    "srt",
    "vtt",
    "log",
    "ftl",
    "po",
    "pot",
    "adoc",
    "rst",
    "webmanifest",
];

pub const FONTS: &[&str] = &["woff", "woff2", "ttf", "otf"];

/// Run by a server, or by the reader's system on a click.
const PROGRAMS: &[&str] = &[
    "php",
    "php3",
    "php4",
    "php5",
    "php7",
    "php8",
    "phtml",
    "phar",
    "phps",
    "inc",
    "cgi",
    "fcgi",
    "pl",
    "pm",
    "py",
    "pyc",
    "pyw",
    "pyz",
    "rb",
    "erb",
    "lua",
    "asp",
    "aspx",
    "asa",
    "asax",
    "ascx",
    "ashx",
    "asmx",
    "cer",
    "cfm",
    "cfc",
    "jsp",
    "jspx",
    "jspf",
    "do",
    "sh",
    "bash",
    "zsh",
    "fish",
    "csh",
    "ksh",
    "run",
    "command",
    "tool",
    "exe",
    "com",
    "bat",
    "cmd",
    "scr",
    "pif",
    "cpl",
    "dll",
    "sys",
    "ocx",
    "msi",
    "msp",
    "msix",
    "appx",
    "msc",
    "gadget",
    "ps1",
    "psm1",
    "psd1",
    "ps1xml",
    "vb",
    "vbs",
    "vbe",
    "jse",
    "wsf",
    "wsh",
    "wsc",
    "sct",
    "hta",
    "chm",
    "hlp",
    "lnk",
    "url",
    "website",
    "webloc",
    "desktop",
    "scf",
    "inf",
    "reg",
    "rdp",
    "iqy",
    "slk",
    "library-ms",
    "search-ms",
    "settingcontent-ms",
    "jar",
    "war",
    "jnlp",
    "class",
    "apk",
    "aab",
    "ipa",
    "app",
    "dmg",
    "pkg",
    "mpkg",
    "deb",
    "rpm",
    "snap",
    "appimage",
    "flatpakref",
    "so",
    "dylib",
    "elf",
    "vhd",
    "vhdx",
    "action",
    "workflow",
    "terminal",
    "applescript",
    "scpt",
];

/// Office documents with macros.
const MACROS: &[&str] = &[
    "docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "xla", "xll", "pptm", "potm", "ppsm", "ppam", "sldm",
    "accde", "mde",
];

/// What a browser can run as a page or as a part of one.
const WEB_PAGES: &[&str] = &[
    "html", "htm", "xhtml", "xhtm", "xht", "shtml", "shtm", "stm", "mht", "mhtml", "swf", "xml", "xsl",
    "xslt", "rss", "atom", "rdf", "js", "mjs", "cjs", "htc",
];

/// What a site's own pages need.
const PARTS_OF_A_SITE: &[&str] = &["html", "htm", "js", "mjs", "wasm"];

/// Of those, what is read by programs and need hold no script.
const XML: &[&str] = &["xml", "xsl", "xslt", "rss", "atom", "rdf"];

const OFFICE: &str = "an office document";
const RECORDING: &str = "a video or recording";
const TRACK: &str = "a record of places";
const MAIL: &str = "mail";

/// What keeps metadata, and has no signature or may be damaged.
const DOCUMENTS: &[(&str, &str)] = &[
    ("pdf", "a PDF"),
    ("ps", "a PostScript document"),
    ("doc", OFFICE),
    ("docx", OFFICE),
    ("dot", OFFICE),
    ("dotx", OFFICE),
    ("xls", OFFICE),
    ("xlsx", OFFICE),
    ("ppt", OFFICE),
    ("pptx", OFFICE),
    ("odt", OFFICE),
    ("ods", OFFICE),
    ("odp", OFFICE),
    ("odg", OFFICE),
    ("fodt", OFFICE),
    ("fods", OFFICE),
    ("rtf", OFFICE),
    ("pages", OFFICE),
    ("numbers", OFFICE),
    ("key", OFFICE),
    ("epub", "a book"),
    ("fb2", "a book"),
    ("ipynb", "a notebook"),
    ("har", "a record of network traffic"),
    ("eml", MAIL),
    ("msg", MAIL),
    ("mbox", MAIL),
    ("pst", MAIL),
    ("gpx", TRACK),
    ("kml", TRACK),
    ("kmz", TRACK),
    ("tcx", TRACK),
    ("fit", TRACK),
    ("nmea", TRACK),
    ("mp3", RECORDING),
    ("m4a", RECORDING),
    ("m4b", RECORDING),
    ("aac", RECORDING),
    ("wav", RECORDING),
    ("wma", RECORDING),
    ("opus", RECORDING),
    ("ogg", RECORDING),
    ("oga", RECORDING),
    ("amr", RECORDING),
    ("flac", RECORDING),
    ("mp4", RECORDING),
    ("m4v", RECORDING),
    ("mov", RECORDING),
    ("avi", RECORDING),
    ("mkv", RECORDING),
    ("webm", RECORDING),
    ("ogv", RECORDING),
    ("3gp", RECORDING),
    ("mts", RECORDING),
    ("zip", "an archive"),
    ("tar", "an archive"),
];

pub fn is_plain_text(ending: &str) -> bool {
    PLAIN_TEXT.contains(&ending)
}

pub fn is_font(ending: &str) -> bool {
    FONTS.contains(&ending)
}

pub fn is_program(ending: &str) -> bool {
    PROGRAMS.contains(&ending) || MACROS.contains(&ending)
}

pub fn is_web_page(ending: &str) -> bool {
    WEB_PAGES.contains(&ending)
}

pub fn is_part_of_a_site(ending: &str) -> bool {
    PARTS_OF_A_SITE.contains(&ending)
}

pub fn is_xml(ending: &str) -> bool {
    XML.contains(&ending)
}

/// What a document is called, with its article.
pub fn document(ending: &str) -> Option<&'static str> {
    DOCUMENTS.iter().find(|(known, _)| *known == ending).map(|(_, name)| *name)
}
