// The script of the search page. It loads the index at the first search, and then only the parts with the
// words. A search never reaches the address bar or the history: somebody else with the phone must not see
// what its owner searched for.
(() => {
  const at = new URL("../", document.currentScript.src);
  const [form, said, found, more] = ["search", "said", "found", "more"].map(id => document.getElementById(`page-${id}`));
  // Browsers fetch nothing from disk: the page lists other ways.
  if (!form || location.protocol === "file:") return;
  const words = form.dataset;
  const PAGE = 10;
  let engine, newest = 0, results = [], lost = false;

  // Pagefind reports no results if a part of its index did not load. Readers must see the difference.
  const fetched = window.fetch;
  window.fetch = async (...request) => {
    const answer = await fetched(...request).catch(error => { lost = true; throw error; });
    lost ||= !answer.ok;
    return answer;
  };

  async function load() {
    if (!engine) {
      const pagefind = await import("./pagefind.js");
      // A worker would be one more file to load, and one more permission in the page's policy.
      await pagefind.options({ noWorker: true, excerptLength: 25, excerptEllipsis: "…" });
      engine = pagefind;
    }
    return engine;
  }

  // Arabic writes "the", "and the", "to the" at the beginning of the word. Pagefind's stemmer removes most of
  // them, but not always to the same stem. So a query is also searched without them, and with "the".
  function forms(text) {
    if (!/^ar\b/.test(document.documentElement.lang)) return [text];
    const bare = text.replace(/[\u0640\u064b-\u0652\u0670]/g, "").split(/\s+/)
      .map(word => word.replace(/^[وف]?(?:[بك]?ال|لل)(?=\p{L}{2})/u, ""));
    return [text, bare.join(" "), bare.map(word => `ال${word}`).join(" ")];
  }

  async function find(text) {
    const pagefind = await load();
    const answers = [];
    for (const form of new Set(forms(text))) answers.push(...(await pagefind.search(form)).results);
    const best = new Map();
    for (const answer of answers) if (!(best.get(answer.id)?.score >= answer.score)) best.set(answer.id, answer);
    return [...best.values()].sort((a, b) => b.score - a.score);
  }

  function number(count) {
    const zero = words.zero.codePointAt(0);
    return String(count).replace(/\d/g, digit => String.fromCodePoint(zero + Number(digit)));
  }

  function element(name, text, parent) {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
  }

  // `excerpt` is text with < and > escaped, and <mark> around the words that were found.
  function marked(excerpt, parent) {
    const parts = excerpt.split(/<\/?mark>/).map(part => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">"));
    const nodes = parts.map((part, index) => {
      const node = document.createElement(index % 2 ? "mark" : "span");
      node.textContent = part;
      return node;
    });
    parent.append(...nodes);
  }

  function show({ meta, raw_url, excerpt }) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = new URL(raw_url, at);
    element("bdi", meta.title ?? raw_url, link);
    element("h2", "", item).append(link);
    if (meta.about) element("p", meta.about, item).className = "m";
    const text = element("p", "", item);
    text.dir = "auto";
    marked(excerpt, text);
    found.append(item);
    return link;
  }

  async function next(search) {
    const pages = await Promise.all(results.slice(found.children.length).slice(0, PAGE).map(result => result.data()));
    if (search !== newest) return;
    const links = pages.map(show);
    more.hidden = found.children.length >= results.length;
    return links[0];
  }

  async function look() {
    const search = ++newest, text = form.elements.q.value.trim();
    found.replaceChildren();
    more.hidden = true;
    lost = false;
    said.textContent = text && words.busy;
    if (!text) return;
    const all = await find(text);
    if (search !== newest) return;
    results = all;
    await next(search);
    if (search !== newest) return;
    if (!results.length && lost) throw new Error("a part of the index did not arrive");
    said.textContent = results.length ? `${words.found} ${number(results.length)}` : words.none;
  }

  // The next search loads the missing parts again.
  function fail() {
    newest++;
    engine?.destroy();
    engine = undefined;
    said.textContent = words.lost;
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    look().catch(fail);
  });
  more.addEventListener("click", () => next(newest).then(link => link?.focus()).catch(fail));
  form.hidden = false;
})();
