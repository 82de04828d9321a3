//! Chromium over WebDriver: a few JSON requests, and `goog/cdp/execute` for what the protocol lacks
//! (emulated media, disabled scripts).

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::running::wait;

/// Rules that axe does not run by default: AAA for contrast, AA for the size of targets.
const AXE: &str = "
const done = arguments[arguments.length - 1];
axe.run(document, {
  resultTypes: ['violations'],
  rules: { 'color-contrast-enhanced': { enabled: true }, 'target-size': { enabled: true } },
}).then(
  found => done(found.violations.flatMap(v => v.nodes.map(n => v.id + ' at ' + n.target.join(' ') + ': ' + n.failureSummary))),
  error => done([String(error)]),
);";

/// A window of the browser.
pub struct Window(String);

pub struct Browser {
    driver: Child,
    agent: ureq::Agent,
    /// URL of the session, without a trailing slash.
    url: String,
}

impl Browser {
    pub fn start() -> Self {
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let driver = Command::new("chromedriver")
            .arg(format!("--port={port}"))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver: tests/run installs it");
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(60)))
            .build();
        let mut browser = Self { driver, agent: config.into(), url: format!("http://127.0.0.1:{port}") };
        browser.wait_for_driver();
        let capabilities = json!({ "alwaysMatch": {
            "goog:loggingPrefs": { "browser": "ALL", "performance": "ALL" },
            "goog:chromeOptions": { "args": [
                "--headless=new",
                // Required for root in a container; the pages are our own.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-gpu",
                "--disable-background-networking",
                "--hide-scrollbars",
            ] },
        } });
        let session = browser.post("/session", &json!({ "capabilities": capabilities }));
        let id = session["sessionId"].as_str().expect("a session").to_owned();
        browser.url = format!("{}/session/{id}", browser.url);
        browser
    }

    fn wait_for_driver(&self) {
        let begun = Instant::now();
        while self.agent.get(format!("{}/status", self.url)).call().is_err() {
            assert!(begun.elapsed() < Duration::from_secs(20), "chromedriver does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        self.try_post(path, body).unwrap_or_else(|message| panic!("{path}: {message}"))
    }

    fn try_post(&self, path: &str, body: &Value) -> Result<Value, String> {
        let response = self.agent.post(format!("{}{path}", self.url)).send_json(body);
        let mut response = response.map_err(|error| error.to_string())?;
        let answer = response.body_mut().with_config().limit(1 << 28).read_json();
        let answer: Value = answer.map_err(|error| error.to_string())?;
        if response.status().is_success() {
            Ok(answer["value"].clone())
        } else {
            Err(answer["value"]["message"].to_string())
        }
    }

    pub fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// Waits until the page is loaded, also if its scripts are switched off.
    pub fn wait_until_loaded(&self) {
        wait(|| {
            let state = self.devtools("Runtime.evaluate", &json!({ "expression": "document.readyState" }));
            let state = state["result"]["value"].clone();
            if state == "complete" { Ok(()) } else { Err(format!("the page is {state}")) }
        });
    }

    /// Runs the body of a function, and returns its value.
    pub fn script(&self, body: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// Waits until an expression is true. Errors are expected while a page is replaced.
    pub fn wait_until(&self, expression: &str) {
        let body = json!({ "script": format!("return Boolean({expression})"), "args": [] });
        wait(|| match self.try_post("/execute/sync", &body) {
            Ok(Value::Bool(true)) => Ok(()),
            Ok(_) => Err(expression.to_owned()),
            Err(message) => Err(format!("{expression}: {message}")),
        });
    }

    /// Runs the body of a function, and returns what it passes to its last argument.
    pub fn script_that_calls_back(&self, body: &str) -> Value {
        self.post("/execute/async", &json!({ "script": body, "args": [] }))
    }

    /// Runs a command of the DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    pub fn width(&self, width: u32) {
        self.screen(width, 800);
    }

    pub fn screen(&self, width: u32, height: u32) {
        let screen = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// Emulates `screen` or `print`, `light` or `dark`.
    pub fn media(&self, media: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", &json!({ "media": media, "features": features }));
    }

    /// The current window.
    pub fn window(&self) -> Window {
        let mut response = self.agent.get(format!("{}/window", self.url)).call().unwrap();
        let answer: Value = response.body_mut().read_json().unwrap();
        Window(answer["value"].as_str().expect("a window").to_owned())
    }

    /// Opens a window, and makes it current.
    pub fn new_window(&self) -> Window {
        let handle = self.post("/window/new", &json!({ "type": "window" }))["handle"].clone();
        let window = Window(handle.as_str().expect("a window").to_owned());
        self.turn_to(&window);
        window
    }

    /// Makes a window current.
    pub fn turn_to(&self, window: &Window) {
        self.post("/window", &json!({ "handle": window.0 }));
    }

    /// Hides the window, like a tab in the background.
    pub fn hide(&self) {
        self.post("/window/minimize", &json!({}));
    }

    pub fn unhide(&self) {
        self.post("/window/rect", &json!({ "x": 0, "y": 0, "width": 1000, "height": 800 }));
    }

    /// Presses a key, by WebDriver's code.
    pub fn press(&self, key: char) {
        let actions = ["keyDown", "keyUp"].map(|kind| json!({ "type": kind, "value": key }));
        self.post("/actions", &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }));
    }

    /// Types into the element that has the focus.
    pub fn insert(&self, text: &str) {
        self.devtools("Input.insertText", &json!({ "text": text }));
    }

    /// Clicks in the middle of the element that an expression gives, or on what covers it.
    pub fn click(&self, element: &str) {
        let middle =
            "const r = element.getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]";
        let middle = self.script(&format!("const element = {element}; {middle}.map(Math.round)"));
        let actions = json!([
            { "type": "pointerMove", "duration": 0, "origin": "viewport", "x": middle[0], "y": middle[1] },
            { "type": "pointerDown", "button": 0 },
            { "type": "pointerUp", "button": 0 },
        ]);
        self.post(
            "/actions",
            &json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": actions }] }),
        );
    }

    /// The violations that axe finds on the page.
    pub fn axe_violations(&self) -> Vec<String> {
        #[expect(clippy::disallowed_methods, reason = "tests/run says where axe is")]
        let axe = std::env::var("BULLETIN_AXE").expect("BULLETIN_AXE is the path of axe.min.js: tests/run");
        self.script(&std::fs::read_to_string(axe).unwrap());
        let found = self.script_that_calls_back(AXE);
        found
            .as_array()
            .expect("a list")
            .iter()
            .map(|one| one.as_str().unwrap_or_default().to_owned())
            .collect()
    }

    /// The page as a PDF in base64. Width in centimetres: A4 is 21, Letter 21.59.
    pub fn print(&self, width: f64) -> String {
        self.print_on(width, 29.7)
    }

    /// The page as a PDF in base64, on paper of this size in centimetres.
    pub fn print_on(&self, width: f64, height: f64) -> String {
        self.post("/print", &json!({ "page": { "width": width, "height": height } }))
            .as_str()
            .expect("a PDF")
            .to_owned()
    }

    /// Console messages since the last call: errors of scripts, loading and the CSP.
    pub fn console(&self) -> Vec<String> {
        let entries = self.log("browser");
        entries.iter().map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The URLs that were requested since the last call.
    pub fn requests(&self) -> Vec<String> {
        let mut urls = Vec::new();
        for entry in self.log("performance") {
            let message: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
            if message["message"]["method"] == "Network.requestWillBeSent" {
                let url = message["message"]["params"]["request"]["url"].as_str().unwrap();
                urls.push(url.to_owned());
            }
        }
        urls
    }

    fn log(&self, kind: &str) -> Vec<Value> {
        let entries = self.post("/se/log", &json!({ "type": kind }));
        entries.as_array().expect("a list").clone()
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends the browser.
        let _ = self.agent.delete(&self.url).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
