// What `benches/compare` gives to Eleventy: the pages and feeds that bulletin writes, with plain templates.
import { readFileSync } from "node:fs";

import footnotes from "markdown-it-footnote";

const LISTED = 50;
const OF_A_TERM = 99;

// "Juniper Teachers' Union" is juniper-teachers-union, as in the links of the corpus.
const id = (name) => name.toLowerCase().replaceAll("' ", "-").replaceAll(" ", "-");

const newestFirst = (api) => api.getFilteredByTag("briefings").toSorted((a, b) => b.date - a.date);

const records = JSON.parse(readFileSync(new URL("_data/records.json", import.meta.url)));

// Pairs of a name and its briefings, by name. A name with a record may have none.
function termsOf(briefings, key) {
  const terms = new Map(Object.keys(records[key] ?? {}).map((name) => [name, []]));
  for (const briefing of briefings) {
    for (const name of briefing.data[key]) {
      if (!terms.has(name)) terms.set(name, []);
      terms.get(name).push(briefing);
    }
  }
  return [...terms].sort(([a], [b]) => (a < b ? -1 : 1));
}

// A list in pages, the first of which has the address of the list.
function pagesOf(list, size, address) {
  const count = Math.max(1, Math.ceil(list.length / size));
  const path = (number) => (number === 0 ? `/${address}.html` : `/${address}/page/${number + 1}.html`);
  return Array.from({ length: count }, (_, number) => ({
    path: path(number),
    items: list.slice(number * size, (number + 1) * size),
    newer: number > 0 && path(number - 1),
    older: number + 1 < count && path(number + 1),
  }));
}

function termPages(terms, folder) {
  return terms.flatMap(([name, items]) => {
    const address = `${folder}/${id(name)}`;
    return pagesOf(items, OF_A_TERM, address).map((page) => ({ ...page, name, feed: `/${address}.atom` }));
  });
}

// Days list briefings; months list days, and years list months.
function datePages(terms) {
  const parts = new Map([4, 7, 10].map((length) => [length, []]));
  for (const [name, items] of terms) parts.get(name.length).push({ name, count: items.length });
  const within = (name) => (parts.get(name.length + 3) ?? []).filter((part) => part.name.startsWith(name));
  return terms.flatMap(([name, items]) => {
    if (name.length < 10) return [{ path: `/dates/${name}.html`, name, items: [], parts: within(name) }];
    return pagesOf(items, OF_A_TERM, `dates/${name}`).map((page) => ({ ...page, name, parts: [] }));
  });
}

export default function (config) {
  config.amendLibrary("md", (markdown) => markdown.use(footnotes));
  config.addPassthroughCopy("style.css");
  config.addFilter("id", id);
  config.addFilter("iso", (date) => date.toISOString());
  config.addFilter("day", (date) => date.toLocaleDateString("en-GB", { dateStyle: "long", timeZone: "Asia/Damascus" }));
  config.addCollection("newest", newestFirst);
  config.addCollection("briefingPages", (api) => pagesOf(newestFirst(api), LISTED, "briefings"));
  for (const key of ["neighbourhoods", "sources"]) {
    const terms = (api) => termsOf(newestFirst(api), key);
    config.addCollection(`${key}Terms`, terms);
    config.addCollection(`${key}Index`, (api) => pagesOf(terms(api), LISTED, key));
    config.addCollection(`${key}Pages`, (api) => termPages(terms(api), key));
  }
  const dates = (api) => termsOf(newestFirst(api), "dates");
  config.addCollection("datesIndex", (api) => pagesOf(dates(api), dates(api).length, "dates"));
  config.addCollection("datesPages", (api) => datePages(dates(api)));
  return { dir: { includes: "_includes", data: "_data" }, markdownTemplateEngine: false, htmlTemplateEngine: false };
}
