// Each briefing is one file next to the others.
export default {
  layout: "briefing.njk",
  tags: "briefings",
  permalink: (data) => `/briefings/${data.page.fileSlug}.html`,
};
