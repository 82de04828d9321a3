//! Chromium, driven by WebDriver: the W3C's protocol is a handful of JSON requests, and what is
//! beyond it (emulated media, no scripts) goes through `goog/cdp/execute`.

use std::net::{Ipv4Addr, TcpListener};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

pub struct Browser {
    driver: Child,
    agent: ureq::Agent,
    /// Of the session, without a slash at its end.
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
                // Root in a container has no other way; the pages are ours.
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
        let response = self.agent.post(format!("{}{path}", self.url)).send_json(body);
        let mut response = response.unwrap_or_else(|error| panic!("{path}: {error}"));
        let status = response.status();
        let answer: Value = response
            .body_mut()
            .with_config()
            .limit(1 << 28)
            .read_json()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(status.is_success(), "{path}: {}", answer["value"]["message"]);
        answer["value"].clone()
    }

    pub fn open(&self, url: &str) {
        self.post("/url", &json!({ "url": url }));
    }

    /// The body of a function; it returns a value.
    pub fn script(&self, body: &str) -> Value {
        self.post("/execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// The body of a function; its last argument is called with the value.
    pub fn script_that_calls_back(&self, body: &str) -> Value {
        self.post("/execute/async", &json!({ "script": body, "args": [] }))
    }

    /// A command of the DevTools protocol.
    pub fn devtools(&self, command: &str, parameters: &Value) -> Value {
        self.post("/goog/cdp/execute", &json!({ "cmd": command, "params": parameters }))
    }

    pub fn width(&self, width: u32) {
        let screen = json!({ "width": width, "height": 800, "deviceScaleFactor": 1, "mobile": false });
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// `screen` or `print`; `light` or `dark`.
    pub fn media(&self, media: &str, scheme: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.devtools("Emulation.setEmulatedMedia", &json!({ "media": media, "features": features }));
    }

    /// The page as a PDF, in base64.
    pub fn print(&self) -> String {
        self.post("/print", &json!({})).as_str().expect("a PDF").to_owned()
    }

    /// What the console says since it was last asked: errors of scripts, of loading, of the CSP.
    pub fn console(&self) -> Vec<String> {
        let entries = self.log("browser");
        entries.iter().map(|entry| entry["message"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The addresses that were asked for since this was last called.
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
        // Ends the browser; the driver goes by itself.
        let _ = self.agent.delete(&self.url).call();
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}
