// Addresses: every link leads somewhere, at the top of a host, below a path and
// from a folder; languages point at each other; what has moved or gone says so.

import { test } from "node:test";
import { existsSync } from "node:fs";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import {
  PORTABLE, SITE, base, browser, isNotFound, narrow, none, pages, paths, readPages, redirects, samples, served, site, visit,
} from "./site.mjs";

const text = (html) =>
  html.replaceAll("&amp;", "&").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll("&lt;", "<").replaceAll("&gt;", ">");

/** What the page refers to: links, pictures, styles, scripts, where forms go. */
function references(html) {
  const found = [];
  for (const [, name, attributes] of html.matchAll(/<([a-z]+)((?:\s+[^\s=>]+(?:="[^"]*")?)*)\s*\/?>/g)) {
    if (name === "link" && /rel="(canonical|alternate)"/.test(attributes)) continue;
    for (const [, attribute, value] of attributes.matchAll(/\s(href|src|action|poster)="([^"]*)"/g)) {
      found.push({ where: `${name}[${attribute}="${value}"]`, href: text(value) });
    }
  }
  return found;
}

const hasId = (html, id) => [...html.matchAll(/\s(?:id|name)="([^"]*)"/g)].some(([, own]) => text(own) === id);

for (const mount of ["/", "/sub/path/"]) {
  test(`every link leads somewhere below ${mount}`, async () => {
    const at = await served(SITE, mount);
    const answers = new Map();
    const ask = async (url) => {
      if (!answers.has(url)) {
        const answer = await fetch(url);
        answers.set(url, { status: answer.status, url: answer.url, html: await answer.text() });
      }
      return answers.get(url);
    };
    const found = [];
    for (const page of [...pages, ...redirects]) {
      // Served for any address, so its links start at the top of the host named in site.toml.
      if (isNotFound(page) && mount !== "/") continue;
      const from = new URL(page.path.slice(1), at.base);
      for (const { where, href } of references(page.html)) {
        if (/^(mailto|tel|sms):/.test(href)) continue;
        const url = new URL(href, from);
        if (url.origin !== at.origin) continue;
        // What a page is given to work with names no place on it: `#keep=manage/records`.
        const id = url.hash.includes("=") ? "" : decodeURIComponent(url.hash.slice(1));
        url.hash = "";
        const fault = (say) => found.push({ page: page.path, rule: "link", where, say });
        if (!url.pathname.startsWith(mount)) {
          fault("It leads out of the site.");
          continue;
        }
        const answer = await ask(url.href);
        if (answer.status !== 200) fault(`The answer is ${answer.status}.`);
        else if (answer.url !== url.href) fault("It leads there only by way of another address: the last / is missing.");
        else if (id && !hasId(answer.html, id)) fault("There is no such place on that page.");
      }
    }
    none(found);
  });
}

const styled = (tab) =>
  tab.evaluate(() => {
    const colour = getComputedStyle(document.body).backgroundColor;
    if (document.styleSheets.length && colour !== "rgba(0, 0, 0, 0)") return [];
    return [{ rule: "style", say: "The page arrives without its style sheet." }];
  });

test("pages have their style below /sub/path/", async () => {
  const list = samples.filter((page) => !isNotFound(page));
  none(await visit(list, narrow, async (tab, page, heard) => [
    ...(await styled(tab)),
    ...heard.faults.map((say) => ({ rule: "loads", say })),
  ], { at: await served(SITE, "/sub/path/") }));
});

test("an address that does not exist, however deep, gets the page that helps", async () => {
  const paths = ["/no-such-page", "/decide/no-such-page/", "/a/b/c/d/"].map((path) => ({ path }));
  none(await visit(paths, narrow, async (tab) => {
    const links = await tab.evaluate(() => [...document.querySelectorAll("main a")].map((a) => new URL(a.href).pathname));
    const found = await styled(tab);
    for (const way of ["/", "/a-z/"]) {
      if (!links.includes(way)) found.push({ rule: "not found", where: "main", say: `There is no link to ${way}.` });
    }
    return found;
  }));
});

const folder = PORTABLE && pathToFileURL(join(PORTABLE, "/")).href;
const noFolder = !PORTABLE && "PORTABLE does not name a site built with --portable";

test("from a folder: every link names a file that is there", { skip: noFolder }, () => {
  const found = [];
  for (const page of readPages(PORTABLE)) {
    if (isNotFound(page)) continue;
    for (const { where, href } of references(page.html)) {
      if (/^[a-z]+:/.test(href)) continue;
      const url = new URL(href, new URL(page.name, folder));
      const fault = (say) => found.push({ page: page.name, rule: "link", where, say });
      if (!url.href.startsWith(folder)) fault("It leads out of the folder.");
      else if (!basename(url.pathname).includes(".")) fault("It names a folder, which shows as a list of files.");
      else if (!existsSync(new URL(url.pathname, folder))) fault("There is no such file.");
    }
  }
  none(found);
});

test("from a folder: pages open, have their style, and lead to each other", { skip: noFolder }, async () => {
  const list = samples.filter((page) => !isNotFound(page)).map((page) => ({ ...page, path: `/${page.name}` }));
  const found = await visit(list, narrow, async (tab, page, heard) => {
    const outside = heard.requests.filter((url) => !url.startsWith("file:"));
    return [...(await styled(tab)), ...outside.map((url) => ({ rule: "another host", where: url, say: "The page asked for this." }))];
  }, { at: { base: folder } });
  const tab = await (await browser()).newPage(narrow);
  await tab.goto(new URL("index.html", folder).href);
  const before = await tab.locator("h1").innerText();
  await tab.locator("main .body .links a").first().click();
  await tab.waitForURL((url) => !url.pathname.endsWith("path/index.html"));
  const after = await tab.locator("h1").innerText();
  if (before === after) found.push({ page: "/", rule: "link", say: "A click on the first link of the home page leads nowhere." });
  found.push(...(await styled(tab)).map((finding) => ({ page: tab.url(), ...finding })));
  await tab.close();
  none(found);
});

test("a page that has moved leads to the new one, with scripts and without", async () => {
  const found = [];
  for (const { path, html } of redirects) {
    const fault = (say) => found.push({ page: path, rule: "moved", say });
    const target = text(html.match(/http-equiv="refresh" content="0; ?url=([^"]*)"/i)?.[1] ?? "");
    const url = new URL(target || "missing", new URL(path.slice(1), base));
    const page = paths.get(decodeURIComponent(url.pathname));
    if (!target) fault("It does not say at once where to go.");
    else if (!url.href.startsWith(base)) fault(`It leads to another host: ${url}`);
    else if (!page) fault(`It leads to ${url.pathname}, which is not there.`);
    else if (page.moved) fault(`It leads to ${url.pathname}, which has moved too.`);
    else if (url.hash && !hasId(page.html, decodeURIComponent(url.hash.slice(1)))) fault(`${url.hash} is not on ${url.pathname}.`);
    if (!references(html).some(({ where, href }) => where.startsWith("a[") && href === target)) fault("It has no link to the new page.");
    if (!/name="robots" content="noindex"/.test(html)) fault("Search engines would list it: noindex is missing.");
    if (page && !html.includes(page.html.match(/<link rel="canonical" href="[^"]*">/)?.[0])) fault("Its canonical address is not the new page’s.");
  }
  // In a browser, which follows at once.
  for (const javaScriptEnabled of [true, false]) {
    const tab = await (await browser()).newPage({ ...narrow, javaScriptEnabled });
    for (const { path, html } of redirects.filter((_, number) => number % 8 === 0)) {
      const from = new URL(path.slice(1), site.base);
      const to = new URL(text(html.match(/content="0; ?url=([^"]*)"/i)?.[1] ?? ""), from).href;
      // The second navigation may cut the first one short.
      await tab.goto(from.href).catch(() => {});
      const arrived = await tab.waitForURL(to, { timeout: 5000 }).then(() => true, () => false);
      if (!arrived) found.push({ page: path, rule: "moved", say: `The browser is at ${tab.url()}, not at ${to}.` });
    }
    await tab.close();
  }
  none(found);
});

const attribute = (html, pattern) => html.match(pattern)?.[1];
const languageOf = (page) => attribute(page.html, /<html[^>]* lang="([^"]*)"/);
const versions = (page) =>
  new Map([...page.html.matchAll(/<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"/g)].map(([, lang, href]) => [lang, href]));

test("each page says its language, and its versions point at each other", () => {
  const found = [];
  const codes = new Set(["en"]);
  for (const page of pages) for (const lang of versions(page).keys()) codes.add(lang);
  for (const page of pages) {
    const fault = (say) => found.push({ page: page.path, rule: "language", say });
    const [, first] = page.path.split("/");
    const expected = codes.has(first) ? first : "en";
    if (languageOf(page) !== expected) fault(`<html lang> is “${languageOf(page)}”; the address says “${expected}”.`);
    const others = versions(page);
    if (!others.size) continue;
    const own = new URL(page.path, base).href;
    if (others.get(expected) !== own) fault(`Its own hreflang link says ${others.get(expected)}.`);
    for (const [lang, href] of others) {
      const other = href.startsWith(base) && paths.get(`/${href.slice(base.length)}`);
      if (!other) fault(`The ${lang} version, ${href}, is not there.`);
      else if (languageOf(other) !== lang) fault(`The ${lang} version, ${other.path}, says that it is ${languageOf(other)}.`);
      else if (versions(other).get(expected) !== own) fault(`The ${lang} version, ${other.path}, does not point back.`);
      const visible = references(page.html).some(
        ({ where, href: link }) => where.startsWith("a[") && new URL(link, own).href === href,
      );
      if (other && other !== page && !visible) fault(`There is no link that people can use to the ${lang} version.`);
    }
  }
  none(found);
});

test("withdrawn and ended pages say so first, and no search engine or list has them", async () => {
  const hidden = (page) => /<meta name="robots" content="[^"]*noindex/.test(page.html);
  const sitemap = (await (await fetch(new URL("sitemap.xml", (await served()).base))).text());
  const found = [];
  for (const page of pages) {
    const fault = (say) => found.push({ page: page.path, rule: "withdrawn", say });
    const notice = page.html.indexOf('<div class="state"');
    if (notice < 0) continue;
    if (!hidden(page)) fault("Its notice says it is withdrawn or ended, but noindex is missing.");
    if (notice > page.html.indexOf("<p class=\"summary\"") && page.html.includes("<p class=\"summary\"")) {
      fault("The notice comes after the text has begun.");
    }
    const linked = pages.filter(
      (other) =>
        other !== page &&
        !/<div class="state"/.test(other.html) &&
        // A text may tell of something that has ended; a list may not.
        !other.html.includes(`directory/${page.path.split("/").at(-2)}/">about`) &&
        references(other.html).some(({ where, href }) => {
          return where.startsWith("a[") && new URL(href, new URL(other.path, base)).href === new URL(page.path, base).href;
        }),
    );
    for (const other of linked.slice(0, 3)) fault(`${other.path} still lists it.`);
  }
  for (const page of pages) {
    const listed = sitemap.includes(`<loc>${new URL(page.path, base).href}</loc>`);
    if (listed === hidden(page)) {
      const say = listed ? "It is in sitemap.xml and says noindex." : "It is not in sitemap.xml, and nothing says why.";
      found.push({ page: page.path, rule: "sitemap", say });
    }
  }
  none(found);
});
