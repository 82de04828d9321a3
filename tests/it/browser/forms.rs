//! Forms in the editors that they are for: a desk writes, saves and changes a briefing without a terminal, and the site
//! builds.

use std::fs;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha384};

use crate::common::browser::Browser;
use crate::common::running::{Running, free_port};
use crate::common::{NOW, Run, Site};

const SITE: &str = r#"
-- site.toml --
title = "Harbour desk"
languages = ["en", "ar"]
timezone = "Asia/Damascus"
topics = ["water"]
-- content/neighbourhoods/harbour.md --
+++
title = "Harbour"
names = { ar = "الميناء" }
+++
-- content/neighbourhoods/old-town.md --
+++
title = "Old town"
+++
-- content/sources/utility.md --
+++
title = "Water utility"
kind = "utility"
+++
-- content/sources/council.md --
+++
title = "City council"
kind = "council"
+++
-- content/briefings/by-hand.md --
+++
title   = "Written by hand"     # a comment
date    = 2031-05-01T09:00:00+03:00
summary = "Two claims."
next_due = 2031-05-03

[[claims]]
id = "well"
text = "The well is open."
source = "utility"
happened = "2031-05-01~"
said = "2031-05-01"
topic = "water"
kind = "condition"
neighbourhoods = ["harbour"]
figure = { measure = "wells", min = 1 }

[[claims]]
id = "tank"
text = "A tank is full."
source = "unattributed"
+++

The [well](claim:well) is open.

- [x] seen
-- content/briefings/by-hand.ar.md --
+++
original = "by-hand"
title = "مكتوب باليد"
+++
"#;

/// A folder with the scripts of the editors, and `decap-server`.
fn editors() -> PathBuf {
    #[expect(clippy::disallowed_methods, reason = "tests/run says where they are")]
    let folder = std::env::var("BULLETIN_EDITORS").expect("BULLETIN_EDITORS has the editors: tests/run");
    folder.into()
}

/// A site with forms, its preview, and a browser in the site's time zone.
struct Desk {
    // Fields are dropped in this order: the browser closes before the servers.
    browser: Browser,
    _decap_server: Option<Process>,
    _serving: Running,
    site: Site,
    address: String,
}

struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Desk {
    fn with(editor: &str) -> Self {
        let site = Site::new(SITE);
        let script = format!("{editor}-cms.js");
        let written = site.run(&["cms", editor, "--write", "--script", &script]);
        assert_eq!(written.stdout, "admin/config.yml\nadmin/index.html\n");
        fs::copy(editors().join(&script), site.path(&format!("admin/{script}"))).unwrap();
        let decap_server = (editor == "decap").then(|| decap_server(&site));
        let port = free_port();
        let serving = Running::start(&site, &["serve", "--port", &port, "--now", NOW]);
        serving.wait_for("Ctrl-C");
        let browser = Browser::start();
        browser.width(1200);
        browser.devtools("Emulation.setTimezoneOverride", &json!({ "timezoneId": "Asia/Damascus" }));
        let address = format!("http://127.0.0.1:{port}/admin/");
        Self { browser, _decap_server: decap_server, _serving: serving, site, address }
    }

    /// Opens the form at the end of an address, in a page of its own.
    fn open(&self, address: &str) {
        self.browser.open("about:blank");
        self.browser.open(&format!("{}#/collections/{address}", self.address));
    }

    /// Types into what an expression gives.
    fn put(&self, element: &str, text: &str) {
        self.browser.wait_until(element);
        self.browser
            .script(&format!("const it = {element}; it.scrollIntoView({{ block: 'center' }}); it.focus()"));
        self.browser.insert(text);
    }

    /// Clicks as a script does, so that nothing needs to be in view.
    fn click(&self, element: &str) {
        self.browser.wait_until(element);
        self.browser.script(&format!("({element}).click()"));
    }

    fn check(&self) -> Run {
        self.site.run(&["check", "--now", NOW, "--quiet"])
    }

    fn assert_builds(&self) {
        let run = self.check();
        assert_eq!(run.code, Some(0), "{run}");
    }
}

/// A server that saves to the folder of the site, at a port that the configuration then has.
fn decap_server(site: &Site) -> Process {
    let port = free_port();
    let address = format!("local_backend:\n  url: http://localhost:{port}/api/v1");
    site.edit("admin/config.yml", "local_backend: true", &address);
    let server = Command::new("node")
        .arg(editors().join("node_modules/decap-server/dist/index.js"))
        .current_dir(site.root())
        .env("PORT", port)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    Process(server.expect("node: tests/run installs it"))
}

/// What is different between two texts, a line each, without the lines that both have.
fn changes(before: &str, after: &str) -> Vec<String> {
    let lines = |text: &str| text.lines().map(str::to_owned).collect::<Vec<String>>();
    let (old, new) = (lines(before), lines(after));
    let gone = old.iter().filter(|line| !new.contains(line)).map(|line| format!("-{line}"));
    let come = new.iter().filter(|line| !old.contains(line)).map(|line| format!("+{line}"));
    gone.chain(come).collect()
}

/// A button by the text in it.
fn button(text: &str) -> String {
    format!(
        "[...document.querySelectorAll('button, [role=button]')].find(it => it.textContent.includes('{text}'))"
    )
}

mod decap {
    use super::*;

    const ENTER: char = '\u{e007}';

    /// The input of a key, the last one if it is in a list.
    fn input(key: &str) -> String {
        format!(
            "[...document.querySelectorAll('input[id^={key}-field-], textarea[id^={key}-field-]')].filter(it => it.offsetParent).pop()"
        )
    }

    fn choose(desk: &Desk, key: &str, text: &str) {
        desk.put(&input(key), text);
        desk.browser.wait_until(&format!(
            "[...document.querySelectorAll('[role=option]')].some(it => it.textContent.includes('{text}'))"
        ));
        desk.browser.press(ENTER);
    }

    fn log_in(desk: &Desk) {
        desk.browser.open(&desk.address);
        desk.click(&button("Login"));
        desk.browser.wait_until("location.hash.includes('collections')");
    }

    fn save(desk: &Desk) {
        let publish =
            "[...document.querySelectorAll('[role=button]')].find(it => it.textContent.trim() == 'Publish')";
        desk.browser.wait_until(publish);
        desk.browser.click(publish);
        let now = "[...document.querySelectorAll('[role=menuitem]')].find(it => it.textContent.trim() == 'Publish now')";
        desk.browser.wait_until(now);
        desk.browser.click(now);
        desk.browser.wait_until("document.body.innerText.includes('CHANGES SAVED')");
    }

    #[test]
    #[ignore = "needs Chromium and npm: tests/run"]
    fn browser_decap_saves_what_builds_and_then_changes_only_what_was_edited() {
        let desk = Desk::with("decap");
        log_in(&desk);
        desk.open("briefings/new");
        desk.put(&input("title"), "Water is back");
        desk.put(&input("summary"), "The pump runs, again.");
        choose(&desk, "kind", "Flash");
        choose(&desk, "neighbourhoods", "Harbour");
        desk.put("document.querySelector('[contenteditable]')", "The pump [runs](claim:pump) again.");
        for (id, text, source) in
            [("pump", "The pump runs again.", "Water"), ("queue", "People, \"many\", wait.", "City")]
        {
            desk.click(&button("Add claim"));
            desk.put(&input("id"), id);
            desk.put(&input("text"), text);
            choose(&desk, "source", source);
        }
        desk.click(&button("Add correction"));
        desk.click("document.querySelector('[id^=at-field-]').parentElement.querySelector('button')");
        choose(&desk, "kind", "Clarification");
        desk.put(&input("claim"), "pump");
        let why = "[...document.querySelectorAll('textarea[id^=why-field-]')].find(it => it.offsetParent)";
        desk.put(why, "It ran yesterday too.");
        save(&desk);

        let path = "content/briefings/water-is-back.md";
        let saved = desk.site.read(path);
        let without_times: Vec<&str> =
            saved.lines().filter(|line| !line.starts_with("date =") && !line.starts_with("at =")).collect();
        assert_eq!(
            without_times.join("\n"),
            r#"+++
title = "Water is back"
kind = "flash"
summary = "The pump runs, again."
neighbourhoods = ["harbour"]

[[claims]]
id = "pump"
text = "The pump runs again."
source = "utility"

[[claims]]
id = "queue"
text = "People, \"many\", wait."
source = "council"

[[corrections]]
kind = "clarification"
claim = "pump"
why = "It ran yesterday too."
+++
The pump [runs](claim:pump) again."#
        );
        assert!(saved.contains("+03:00\""), "times have the offset of the site: {saved}");
        desk.assert_builds();

        desk.open("briefings/entries/water-is-back");
        desk.put(&input("summary"), "Slowly. ");
        save(&desk);
        assert_eq!(
            changes(&saved, &desk.site.read(path)),
            ["-summary = \"The pump runs, again.\"", "+summary = \"Slowly. The pump runs, again.\""]
        );
    }

    #[test]
    #[ignore = "needs Chromium and npm: tests/run"]
    fn browser_decap_keeps_what_was_written_by_hand() {
        let desk = Desk::with("decap");
        let before = desk.site.run(&["list", "claims", "--format", "csv", "--now", NOW]).stdout;
        log_in(&desk);
        for (address, word) in
            [("briefings/entries/by-hand", "More. "), ("briefings-ar/entries/by-hand", "مزيد ")]
        {
            desk.open(address);
            desk.put(&input("summary"), word);
            save(&desk);
        }
        desk.assert_builds();
        assert_eq!(desk.site.run(&["list", "claims", "--format", "csv", "--now", NOW]).stdout, before);
        let briefing = desk.site.read("content/briefings/by-hand.md");
        assert!(briefing.contains("date = 2031-05-01T06:00:00.000Z"), "the same moment: {briefing}");
        assert!(briefing.contains("next_due = 2031-05-03\n"), "a day stays one: {briefing}");
        assert!(briefing.contains("- [x] seen"), "{briefing}");
        assert!(desk.site.read("content/briefings/by-hand.ar.md").contains("original = \"by-hand\""));

        let first = briefing;
        desk.open("briefings/entries/by-hand");
        desk.put(&input("summary"), "And more. ");
        save(&desk);
        assert_eq!(changes(&first, &desk.site.read("content/briefings/by-hand.md")).len(), 2);
    }
}

mod sveltia {
    use super::*;

    /// What the editor asks the browser for: a folder of this machine. The browser's own file system has the site.
    const PICKED_FOLDER: &str = "
window.showDirectoryPicker = async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('site', { create: true });
  for (const [path, text] of Object.entries(FILES)) {
    const parts = path.split('/');
    let inner = folder;
    for (const part of parts.slice(0, -1)) inner = await inner.getDirectoryHandle(part, { create: true });
    const file = await (await inner.getFileHandle(parts.at(-1), { create: true })).createWritable();
    await file.write(text);
    await file.close();
  }
  await folder.getDirectoryHandle('.git', { create: true });
  folder.requestPermission = folder.queryPermission = async () => 'granted';
  return folder;
};";

    const READ_FOLDER: &str = "
const done = arguments[arguments.length - 1];
const files = {};
const walk = async (folder, path) => {
  for await (const [name, entry] of folder.entries()) {
    if (entry.kind === 'directory') await walk(entry, path + name + '/');
    else files[path + name] = await (await entry.getFile()).text();
  }
};
navigator.storage.getDirectory()
  .then(root => root.getDirectoryHandle('site'))
  .then(folder => walk(folder, ''))
  .then(() => done(files), error => done(String(error)));";

    /// A field by its place in the file, as in `claims.0.id`.
    fn field(path: &str) -> String {
        format!("document.querySelector('[data-key-path=\"{path}\"]')")
    }

    fn put(desk: &Desk, path: &str, text: &str) {
        desk.put(&format!("{}?.querySelector('input, textarea')", field(path)), text);
    }

    /// Chooses by a click, whether the choices are open or in a menu.
    fn choose(desk: &Desk, path: &str, text: &str) {
        let open = format!(
            "[...({}?.querySelectorAll('[role=radio], [role=checkbox]') ?? [])].find(it => it.parentElement.textContent.includes('{text}'))",
            field(path)
        );
        let menu = format!("{}?.querySelector('[role=combobox]')", field(path));
        desk.browser.wait_until(&format!("{open} || {menu}"));
        if desk.browser.script(&format!("return Boolean({open})")) == true {
            desk.click(&open);
            return;
        }
        desk.browser.script(&format!("({menu}).scrollIntoView({{ block: 'center' }})"));
        desk.browser.click(&menu);
        let option = format!(
            "[...document.querySelectorAll('[role=option]')].find(it => it.offsetParent && it.textContent.includes('{text}'))"
        );
        desk.click(&option);
    }

    fn add(desk: &Desk, path: &str) {
        let add = format!(
            "[...({}?.querySelectorAll('button') ?? [])].filter(it => it.textContent.includes('Add')).pop()",
            field(path)
        );
        desk.click(&add);
    }

    /// Gives the editor the site's folder.
    fn log_in(desk: &Desk) {
        let files: serde_json::Map<String, Value> = walkdir::WalkDir::new(desk.site.path("content"))
            .into_iter()
            .map(Result::unwrap)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(desk.site.root()).unwrap().to_str().unwrap().to_owned();
                (path, Value::from(fs::read_to_string(entry.path()).unwrap()))
            })
            .collect();
        let picker = PICKED_FOLDER.replace("FILES", &Value::from(files).to_string());
        desk.browser.devtools("Page.addScriptToEvaluateOnNewDocument", &json!({ "source": picker }));
        desk.browser.open(&desk.address);
        desk.click(&button("Work with Local"));
        desk.browser.wait_until("location.hash.includes('collections')");
    }

    /// Saves, and brings what was saved from the browser's folder into the site's.
    fn save(desk: &Desk) {
        desk.click("[...document.querySelectorAll('button')].find(it => it.textContent.trim() == 'Save' && !it.disabled)");
        // Back to the list.
        desk.browser.wait_until("!/new|entries/.test(location.hash)");
        let files = desk.browser.script_that_calls_back(READ_FOLDER);
        for (path, text) in files.as_object().expect("the files of the folder") {
            desk.site.write_bytes(path, text.as_str().unwrap().as_bytes());
        }
    }

    #[test]
    #[ignore = "needs Chromium and npm: tests/run"]
    fn browser_sveltia_saves_arabic_that_builds_and_then_changes_only_what_was_edited() {
        let desk = Desk::with("sveltia");
        log_in(&desk);
        desk.open("briefings/new");
        put(&desk, "title", "عادت المياه");
        put(&desk, "summary", "المضخة تعمل.");
        choose(&desk, "kind", "Flash");
        choose(&desk, "neighbourhoods", "Harbour");
        put(&desk, "body", "المضخة [تعمل](claim:pump).\n\n- [x] نعم");
        for (n, id, text, source) in
            [(0, "pump", "المضخة تعمل.", "Water"), (1, "queue", "ينتظر \"كثيرون\"، هنا.", "City")]
        {
            add(&desk, "claims");
            put(&desk, &format!("claims.{n}.id"), id);
            put(&desk, &format!("claims.{n}.text"), text);
            choose(&desk, &format!("claims.{n}.source"), source);
        }
        add(&desk, "corrections");
        desk.click(&format!(
            "[...({}?.querySelectorAll('button') ?? [])].find(it => it.textContent.trim() == 'Now')",
            field("corrections.0.at")
        ));
        choose(&desk, "corrections.0.kind", "Clarification");
        put(&desk, "corrections.0.claim", "pump");
        put(&desk, "corrections.0.why", "كانت تعمل أمس أيضا.");
        save(&desk);

        let path = "content/briefings/عادت-المياه.md";
        let saved = desk.site.read(path);
        let without_times: Vec<&str> =
            saved.lines().filter(|line| !line.starts_with("date =") && !line.starts_with("at =")).collect();
        assert_eq!(
            without_times.join("\n"),
            r#"+++
title = "عادت المياه"
kind = "flash"
summary = "المضخة تعمل."
neighbourhoods = [ "harbour" ]
draft = false

[[claims]]
id = "pump"
text = "المضخة تعمل."
source = "utility"
unattributed = false
denies = false

[[claims]]
id = "queue"
text = "ينتظر \"كثيرون\"، هنا."
source = "council"
unattributed = false
denies = false

[[corrections]]
kind = "clarification"
serious = false
claim = "pump"
why = "كانت تعمل أمس أيضا."
+++

المضخة [تعمل](claim:pump).

- [x] نعم"#
        );
        let date = saved.lines().find(|line| line.starts_with("date =")).unwrap();
        assert!(date.ends_with("+03:00"), "times have the offset of the site: {date}");
        desk.assert_builds();
    }

    #[test]
    #[ignore = "needs Chromium and npm: tests/run"]
    fn browser_sveltia_keeps_what_was_written_by_hand() {
        let desk = Desk::with("sveltia");
        let claims = || desk.site.run(&["list", "claims", "--format", "csv", "--now", NOW]).stdout;
        let before = claims();
        log_in(&desk);
        let listed = "document.body.innerText.includes('Written by hand')";
        desk.browser.wait_until(listed);
        assert_eq!(
            desk.browser.script("return document.body.innerText.includes('مكتوب باليد')"),
            false,
            "translations have a list of their own"
        );
        let edit = |word: &str| {
            desk.open("briefings/entries/by-hand");
            put(&desk, "summary", word);
            save(&desk);
            desk.site.read("content/briefings/by-hand.md")
        };
        let first = edit(" More.");
        assert!(first.contains("date = 2031-05-01T09:00:00.000+03:00"), "the same time: {first}");
        assert!(first.contains("next_due = 2031-05-03\n"), "a day stays one: {first}");
        assert!(first.contains("[well](claim:well)"), "{first}");
        let second = edit(" And more.");
        assert_eq!(
            changes(&first, &second),
            ["-summary = \"Two claims. More.\"", "+summary = \"Two claims. More. And more.\""]
        );
        desk.assert_builds();
        assert_eq!(claims(), before);
    }
}

#[test]
#[ignore = "needs npm: tests/run"]
fn a_browser_checks_the_scripts_that_the_pages_with_forms_load() {
    for editor in ["decap", "sveltia"] {
        let site = Site::new(SITE);
        site.run(&["cms", editor, "--write"]);
        let script = fs::read(editors().join(format!("{editor}-cms.js"))).unwrap();
        let hash = STANDARD.encode(Sha384::digest(&script));
        let page = site.read("admin/index.html");
        assert!(page.contains(&format!("integrity=\"sha384-{hash}\"")), "{editor}: {hash}\n{page}");
    }
}
