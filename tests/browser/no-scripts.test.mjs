// Scripts off: every page is reached by links, can be read, and leads on.

import { test } from "node:test";
import { aThird, each, isNotFound, looked, narrow, none, pages, paths, site } from "./site.mjs";

const off = { ...narrow, javaScriptEnabled: false };

/** For each page, where the links lead that can be seen on it. */
const links = new Map();

// Scripts change little but the tools: every page that has one or a letter, and a third of the others.
const tool = /<script src="[^"]*-page\.|class="sheet/;
// The search page leads to the A to Z at once; search.test.mjs goes there.
const staying = looked.filter(
  (page) => (aThird.includes(page) || tool.test(page.html)) && !/<noscript><meta http-equiv="refresh"/.test(page.html),
);

// Of pages that are like others, what is written is enough.
for (const page of pages) {
  const written = [...page.html.matchAll(/<a [^>]*?href="([^"#]*)/g)];
  links.set(page.path, written.map(([, href]) => new URL(href.replaceAll("&amp;", "&"), site.base + page.path.slice(1)).href));
}

each(staying, off, {
  "every page opens": async (tab, page) => {
    const seen = () => [...document.links].filter((a) => a.checkVisibility()).map((a) => a.href.split("#")[0]);
    links.set(page.path, await tab.evaluate(seen));
  },

  "the heading and the text can be seen": (tab) =>
    tab.evaluate(() => {
      const found = [];
      const main = document.querySelector("main");
      const headings = document.querySelectorAll("h1");
      if (headings.length !== 1) found.push({ rule: "one h1", say: `There are ${headings.length} h1 headings.` });
      for (const h1 of headings) {
        if (isVisible(h1) && h1.innerText.trim()) continue;
        found.push({ rule: "h1", where: describe(h1), say: "The main heading cannot be seen." });
      }
      // Long text that only a script could bring out. Folded parts open without one.
      const isHidden = (e) => !e.checkVisibility() && !e.closest("details:not([open])") && !e.matches("form, script, noscript, template");
      for (const e of main.querySelectorAll("*")) {
        if (!isHidden(e) || isHidden(e.parentElement) || e.textContent.trim().length < 80) continue;
        found.push({ rule: "main text", where: describe(e), say: "Its text is hidden, and there are no scripts to show it." });
      }
      const text = main.innerText.replace(headings[0]?.innerText ?? "", "").trim();
      if (text.length < 80) found.push({ rule: "main text", where: "main", say: `There is almost no text to see: “${text}”` });
      return found;
    }),

  "nothing on the page is an empty box": (tab) =>
    tab.evaluate(() => {
      // The lines of a letter to write on are meant to be empty.
      const full =
        "img, svg, video, audio, iframe, object, canvas, input, select, textarea, button, hr, br, progress, meter, .rule";
      return [...document.querySelectorAll("main *")]
        .filter((e) => isVisible(e) && !e.matches(full) && !e.querySelector(full) && !e.closest("svg"))
        .filter((e) => !e.innerText.trim() && e.getBoundingClientRect().height >= 4)
        .map((e) => ({ rule: "empty box", where: describe(e), say: "It takes up room and has nothing in it." }));
    }),

  "urgent help comes before the rest": (tab) =>
    tab.evaluate(() => {
      const urgent = [...document.querySelectorAll("main .body > .box-urgent")];
      const isUrgent = (e) => !e || (e.matches(".box-urgent") && isUrgent(e.previousElementSibling));
      return urgent.filter((e) => !isUrgent(e)).map((e) => ({
        rule: "urgent first",
        where: describe(e),
        say: `There is something before “${e.innerText.trim().split("\n")[0]}”.`,
      }));
    }),

  "letters and the directory have a way without scripts": (tab, page) =>
    tab.evaluate((path) => {
      const found = [];
      const main = document.querySelector("main");
      const links = [...main.querySelectorAll("a[href]")].filter(isVisible).map((a) => new URL(a.href).pathname);
      const need = (rule, good, say) => good || found.push({ rule, where: "main", say });
      if (path === "/directory/") {
        for (const way of ["category", "area", "a-z", "print"]) {
          need("directory", links.some((link) => link.includes(`/directory/${way}/`)), `No link to “${way}” can be seen.`);
        }
      }
      if (/^\/letters\/./.test(path)) {
        const sheet = [...main.querySelectorAll(".sheet")].find(isVisible);
        need("letter", sheet?.innerText.length > 200, "The text of the letter cannot be seen.");
        const blanks = [...(sheet?.querySelectorAll(".blank") ?? [])];
        need("letter", !sheet || blanks.every((e) => e.innerText.trim()), "A blank has no words that say what goes there.");
        const dead = [...main.querySelectorAll("form, input, select, textarea, button")].filter(isVisible);
        need("letter", !dead.length, `A form that needs scripts is shown: ${dead.slice(0, 1).map(describe)}.`);
      }
      return found;
    }, page.path),
});

const some = process.env.PAGES && "only some pages were chosen";

test("links lead from the home page to every public page", { skip: some }, () => {
  const reached = new Set(["/"]);
  for (const path of reached) {
    for (const href of links.get(path) ?? []) {
      const to = decodeURIComponent(new URL(href).pathname);
      if (href.startsWith(site.base) && paths.has(to)) reached.add(to);
    }
  }
  // A withdrawn page keeps its address for those who have it, and is in no list.
  const unlisted = (page) => isNotFound(page) || /<div class="state"/.test(page.html);
  const lost = pages.filter((page) => !reached.has(page.path) && !unlisted(page));
  const say = "No chain of links leads here from the home page.";
  none(lost.map((page) => ({ page: page.path, rule: "reached by links", say })));
});
