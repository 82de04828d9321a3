// The browser's half of the preview: reloads the page when it changed, swaps styles without reloading,
// refreshes pictures and style sheets, and shows what is wrong. Only `bulletin serve` sends it.
(() => {
  "use strict";
  const script = document.currentScript;
  const path = script.dataset.path;
  let version = script.dataset.version;
  // The last revision of the site that this page knows of; sent to the server after a gap.
  let now = null;
  let source = null;
  let retry = 0;
  let timer = 0;
  const PLACE = "bulletin-preview-place";
  const FIRST_WAIT = 250;
  const LONGEST_WAIT = 5000;

  // The reader's position, through a reload. Storage may be disabled: then the page begins at its top.
  const details = () => [...document.querySelectorAll("details")];
  const keepPlace = () => {
    try {
      const open = details().flatMap((element, index) => (element.open ? [index] : []));
      const focus = document.activeElement && document.activeElement.id;
      const place = { url: location.pathname, x: scrollX, y: scrollY, open, count: details().length, focus };
      sessionStorage.setItem(PLACE, JSON.stringify(place));
    } catch {}
  };
  const restorePlace = () => {
    let place = null;
    try {
      place = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
    } catch {}
    if (!place || place.url !== location.pathname) return;
    const all = details();
    if (all.length === place.count) all.forEach((element, index) => { element.open = place.open.includes(index); });
    if (place.focus) {
      const element = document.getElementById(place.focus);
      if (element) element.focus({ preventScroll: true });
    }
    const scroll = () => window.scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    // Pictures without a size move what is below them.
    if (document.readyState !== "complete") addEventListener("load", scroll, { once: true });
  };
  const reload = () => {
    close();
    keepPlace();
    location.reload();
  };

  // Styles of the page itself, from its newest text. The page's policy allows only the styles that it came
  // with. It does not apply to sheets that a script makes, but those cannot import anything.
  const swapStyles = (texts) => {
    const styles = [...document.querySelectorAll("style")];
    if (styles.length !== texts.length || texts.some((text) => text.includes("@import"))) return false;
    document.adoptedStyleSheets = styles.map((style, index) => {
      const sheet = new CSSStyleSheet({ media: style.media });
      sheet.replaceSync(texts[index]);
      return sheet;
    });
    for (const style of styles) style.disabled = true;
    return true;
  };
  let wanted = version;
  const fetchStyles = async (newest) => {
    wanted = newest;
    const answer = await fetch(location.pathname + location.search, { cache: "no-cache" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const block = [...page.querySelectorAll("script[data-version]")].pop();
    // Another version is newer than this event: an event of its own follows.
    if (wanted !== newest || !block || block.dataset.version !== newest) return;
    if (swapStyles([...page.querySelectorAll("style")].map((style) => style.textContent))) version = newest;
    else reload();
  };

  // Files that the page shows. What only a style sheet or a script loaded needs a reload.
  const fileOf = (url) => {
    try {
      const full = new URL(url, document.baseURI);
      return full.origin === location.origin ? decodeURIComponent(full.pathname.slice(1)) : null;
    } catch {
      return null;
    }
  };
  const fresh = (url) => {
    const full = new URL(url, document.baseURI);
    full.searchParams.set("bulletin", String(Date.now()));
    return full.href;
  };
  const refresh = (has) => {
    const met = new Set();
    const isChanged = (url) => {
      const file = url ? fileOf(url) : null;
      if (file === null || !has(file)) return false;
      met.add(file);
      return true;
    };
    for (const link of document.querySelectorAll("link[href]")) {
      if (!/\b(stylesheet|icon)\b/i.test(link.rel) || !isChanged(link.getAttribute("href"))) continue;
      // The old sheet stays until the new one has loaded: no flash of a bare page.
      const next = link.cloneNode();
      next.href = fresh(link.getAttribute("href"));
      next.addEventListener("load", () => link.remove(), { once: true });
      next.addEventListener("error", () => next.remove(), { once: true });
      link.after(next);
    }
    for (const element of document.querySelectorAll("img, source, video, audio, track")) {
      for (const name of ["src", "poster"]) {
        const url = element.getAttribute(name);
        if (isChanged(url)) element.setAttribute(name, fresh(url));
      }
      const set = element.getAttribute("srcset");
      if (!set) continue;
      const parts = set.split(/,\s+/).map((part) => part.trim().split(/\s+/));
      if (!parts.map(([url]) => isChanged(url)).includes(true)) continue;
      const renewed = parts.map(([url, ...rest]) => [isChanged(url) ? fresh(url) : url, ...rest].join(" "));
      element.setAttribute("srcset", renewed.join(", "));
    }
    const loaded = performance.getEntriesByType("resource").map((entry) => fileOf(entry.name));
    const isOwn = (file) => file.startsWith(".bulletin/");
    if (loaded.some((file) => file !== null && !isOwn(file) && !met.has(file) && has(file))) reload();
  };

  // What is wrong, as the terminal shows it. In a shadow tree, where the site's styles do not apply.
  let box = null;
  let dismissed = "";
  const takeAway = () => {
    if (box) box.remove();
    box = null;
    removeEventListener("keydown", onKey);
  };
  const dismiss = (text) => {
    dismissed = text;
    takeAway();
  };
  let shownText = "";
  const onKey = (event) => {
    if (event.key === "Escape") dismiss(shownText);
  };
  // Calm: the page stays visible above; only one edge and the names of faults are red.
  // The text is English, and its carets count columns from the left, on pages of any direction.
  const STYLE = `
    :host { all: initial; }
    section { --edge: #b3261e; --rule: #d0d0d0; position: fixed; inset: auto 0 0; z-index: 2147483647;
      box-sizing: border-box; max-block-size: 60vh; display: flex; flex-direction: column;
      direction: ltr; text-align: start; color-scheme: light dark; color: #1a1a1a; background: #fff;
      border-block-start: 4px solid var(--edge); box-shadow: 0 -2px 12px #0003;
      font: 16px/1.4 system-ui, sans-serif; }
    .top { display: flex; gap: 16px; align-items: center; justify-content: space-between;
      padding: 8px 16px; border-block-end: 1px solid var(--rule); }
    h2 { margin: 0; font-size: 16px; }
    h2 span { display: block; font-weight: 400; }
    pre { margin: 0; padding: 12px 16px 24px; overflow: auto; overscroll-behavior: contain; white-space: pre;
      unicode-bidi: isolate; font: 14px/1.5 ui-monospace, monospace; tab-size: 4; }
    b { color: var(--edge); }
    button { flex: none; font: inherit; color: inherit; background: none; border: 1px solid currentColor;
      border-radius: 4px; min-inline-size: 44px; min-block-size: 44px; padding: 0 12px; cursor: pointer; }
    button:focus-visible, pre:focus-visible { outline: 3px solid #1a73e8; outline-offset: -3px; }
    @media (prefers-color-scheme: dark) {
      section { --edge: #ffa198; --rule: #444; color: #f0f0f0; background: #1c1c1c; }
      button:focus-visible, pre:focus-visible { outline-color: #8ab4f8; }
    }
    @media print { section { display: none; } }
  `;
  const make = (name, ...content) => {
    const element = document.createElement(name);
    element.append(...content);
    return element;
  };
  // The text as it is, with the names of faults in bold.
  const marked = (text) =>
    text.split(/^(error\[[^\]\n]*\])/m).map((part, index) => (index % 2 === 1 ? make("b", part) : part));
  const titleOf = (text) => {
    const count = (text.match(/^error\[/gm) || []).length;
    const title = count === 1 ? "1 error" : count > 1 ? `${count} errors` : "There are errors";
    return make("h2", title, make("span", "This page is as it was before."));
  };
  const showFaults = (text) => {
    if (text === "") dismissed = "";
    const page = document.getElementById("bulletin-faults");
    if (text === "" || text === dismissed || (page && page.textContent === text)) return takeAway();
    // Sent again after a gap: the reader keeps their place.
    if (box && text === shownText) return;
    takeAway();
    shownText = text;
    box = make("bulletin-preview");
    const shadow = box.attachShadow({ mode: "open" });
    // A policy may forbid style elements, but not this.
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    shadow.adoptedStyleSheets = [sheet];
    const section = make("section");
    section.setAttribute("role", "alert");
    section.lang = "en";
    const button = make("button", "Close (Esc)");
    button.type = "button";
    button.addEventListener("click", () => dismiss(text));
    // Not a <header>: assistive technology would take it for a second one of the page.
    const top = make("div", titleOf(text), button);
    top.className = "top";
    const pre = make("pre", ...marked(text));
    // Focusable, so that a long text can be scrolled by keyboard.
    pre.tabIndex = 0;
    section.append(top, pre);
    shadow.append(section);
    document.documentElement.append(box);
    addEventListener("keydown", onKey);
  };

  // The stream. Closed in a hidden tab, because browsers open at most six connections to a host.
  const close = () => {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  };
  const open = () => {
    if (source || document.visibilityState === "hidden") return;
    clearTimeout(timer);
    const query = new URLSearchParams({ path, version });
    if (now !== null) query.set("now", now);
    const stream = new EventSource("/.bulletin/events?" + query);
    source = stream;
    const on = (name, act) => stream.addEventListener(name, (event) => { if (source === stream) act(event.data); });
    on("now", (data) => { now = data; });
    on("faults", (data) => showFaults(JSON.parse(data)));
    on("files", (data) => {
      const changed = JSON.parse(data);
      const files = new Set(changed.files || []);
      refresh((file) => Boolean(changed.all) || files.has(file));
    });
    on("reload", reload);
    // The browser's own attempts to connect again would send the version from when the stream began.
    const reopen = () => {
      if (source !== stream) return;
      close();
      const wait = Math.min(FIRST_WAIT * 2 ** retry, LONGEST_WAIT);
      retry += 1;
      timer = setTimeout(open, wait);
    };
    on("style", (data) => fetchStyles(JSON.parse(data)).catch(reopen));
    stream.addEventListener("open", () => { retry = 0; });
    stream.addEventListener("error", reopen);
  };
  const follow = () => (document.visibilityState === "hidden" ? close() : open());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", follow);

  restorePlace();
  open();
})();
