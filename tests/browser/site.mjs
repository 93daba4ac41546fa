// What every test needs: the pages of the built site, one browser, a way to look
// at many pages at once, and a way to say what was found.
//
// `SITE` names the built folder (`public` of this project when left out), `PORTABLE`
// one built with `--portable`, `PAGES` a pattern for a quick look at a few pages:
//
//     PAGES='^/letters/' node --test page.test.mjs

import { after, test } from "node:test";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

const here = dirname(fileURLToPath(import.meta.url));

export const SITE = resolve(process.env.SITE ?? join(here, "../../public"));
export const PORTABLE = process.env.PORTABLE && resolve(process.env.PORTABLE);

/** Every page of HTML on disk, in order: its path in an address, its file, its text. */
export function readPages(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html"))
    .map((name) => name.replaceAll("\\", "/"))
    .sort()
    .map((name) => {
      const html = readFileSync(join(folder, name), "utf8");
      const path = `/${name.replace(/(^|\/)index\.html$/, "$1")}`;
      return { path, name, html, moved: /(?<!<noscript>)<meta http-equiv="refresh"/i.test(html) };
    });
}

if (!existsSync(join(SITE, "index.html"))) {
  console.error(`There is no built site in ${SITE}. Run: cargo run --release -- build`);
  process.exit(1);
}
const all = readPages(SITE);

/** Where the site says that it lives; links in its head and its printed address use it. */
export const base = all
  .find((page) => page.path === "/")
  .html.match(/<link rel="canonical" href="([^"]*)"/)?.[1];

const chosen = new RegExp(process.env.PAGES ?? "");

/** The pages that people read. */
export const pages = all.filter((page) => !page.moved && chosen.test(page.path));

/** The pages that only say where a page is now. */
export const redirects = all.filter((page) => page.moved && chosen.test(page.path));

/** Every address of the site, for tests that look at links. */
export const paths = new Map(all.map((page) => [page.path, page]));

/** Is this a page for addresses that do not exist? It is shown anywhere, and nothing leads to it. */
export const isNotFound = (page) => page.name.endsWith("404.html");

/**
 * Few pages that have, between them, every element and class of the theme, every
 * language and every section of the site: at least one of each sort of page.
 */
export const samples = cover(pages);

/** Lists of the directory and questions of flows: a template, a list, and words from other pages. */
const listed =
  /^\/directory\/(category|area)\/[^/]+\/([^/]+\/)?$|^\/(decide\/can-i-have-one|set-up\/which-agreement|is-this-urgent)\/[^/]+\/$/;

/**
 * The pages to look at one by one: each that somebody wrote, and of those that a list
 * was made into, one for each way in which their elements and classes stand in each
 * other. `EVERY=1` takes all, `FEW=1` one of each sort.
 */
export const looked = process.env.EVERY ? pages : process.env.FEW ? samples : unlike(pages);

/** Some of them, with every sort of page: for what takes long and rarely differs. `EVERY=1` takes all. */
export const aThird = some(3);
export const aSixth = some(6);

function some(nth) {
  return process.env.EVERY ? pages : looked.filter((page, at) => at % nth === 0 || samples.includes(page));
}

function unlike(list) {
  const seen = new Set();
  return list.filter((page) => {
    if (!listed.test(page.path)) return true;
    const shape = [...new Set(nested(page.html))].sort().join();
    return (!seen.has(shape) && seen.add(shape)) || samples.includes(page);
  });
}

/** Which element stands in which, each with its classes. */
function nested(html) {
  const around = [];
  const found = [];
  for (const [, end, name, attributes] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:[^>"]|"[^"]*")*)>/g)) {
    const isIt = (one) => one === name || one.startsWith(`${name}.`);
    if (end) {
      while (around.length && !isIt(around.pop()));
      continue;
    }
    const own = [name, ...(attributes.match(/ class="([^"]*)"/)?.[1].split(/\s+/) ?? [])].join(".");
    found.push(`${around.at(-1)} > ${own}`);
    if (!/^(area|base|br|col|embed|hr|img|input|link|meta|source|track|wbr|path|rect|circle)$/.test(name)) around.push(own);
  }
  return found;
}

function cover(list) {
  const features = (page) => {
    const found = new Set([`in ${page.path.split("/")[1]}`]);
    for (const [, name] of page.html.matchAll(/<([a-z0-9]+)/g)) found.add(name);
    for (const [, names] of page.html.matchAll(/ class="([^"]*)"/g)) {
      for (const name of names.split(/\s+/)) found.add(`.${name}`);
    }
    found.add(`lang ${page.html.match(/<html lang="([^"]*)"/)?.[1]}`);
    return found;
  };
  const left = list.map((page) => ({ page, has: features(page) }));
  const taken = [];
  for (;;) {
    left.sort((a, b) => b.has.size - a.has.size || (a.page.path < b.page.path ? -1 : 1));
    if (!left.length || !left[0].has.size) return taken.sort((a, b) => (a.path < b.path ? -1 : 1));
    const next = left.shift();
    taken.push(next.page);
    for (const { has } of left) for (const feature of next.has) has.delete(feature);
  }
}

// The first is Chromium without the windows that nobody sees: a page takes a third of the time.
const chromiums = process.env.CHROMIUM
  ? [process.env.CHROMIUM]
  : ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

let starting;
const open = [];
after(async () => {
  for (const thing of open) await (await thing).close();
});

/** A browser with these settings of its own; it closes when the tests are over. */
export function launch(...settings) {
  const browser = chromium.launch({
    executablePath: chromiums.find((path) => existsSync(path)) ?? chromiums.at(-1),
    args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", ...settings],
  });
  open.push(browser);
  return browser;
}

/** The one browser of this file's tests. */
export const browser = () => (starting ??= launch());

/** A folder served below a path; it stops when the tests are over. */
export function served(folder = SITE, mount = "/") {
  const server = serve(folder, mount);
  open.push(server);
  return server;
}

/** The built site, served. */
export const site = await served();

export const narrow = { viewport: { width: 320, height: 640 } };
export const wide = { viewport: { width: 1280, height: 900 } };

/** Where a page is, as it says itself: what the browser tells of it comes a little later. */
export const address = async (tab) => new URL(await tab.evaluate(() => location.href));

const together = Number(process.env.TOGETHER ?? 4);

/**
 * Opens each page, four at a time, and gathers what `look(tab, page, heard)` finds.
 *
 * `look` returns findings: `{ rule, where, say }`. What it can ask of the page besides
 * the browser's own functions is in `inPage`, below. `heard` is what the page asked of
 * the network and what the console said while it opened.
 */
export async function visit(list, options, look, { at = site, using = browser() } = {}) {
  const found = list.map(() => []);
  let next = 0;
  const worker = async () => {
    const context = await (await using).newContext({ ...options });
    await context.addInitScript(watch);
    const tab = await context.newPage();
    let heard;
    tab.on("request", (request) => heard?.requests.push(request.url()));
    tab.on("requestfailed", (request) => {
      // The icon is still on its way when a test moves on to the next page.
      if (request.failure()?.errorText === "net::ERR_ABORTED" && /\/assets\/icon\./.test(request.url())) return;
      heard?.faults.push(`could not load ${request.url()}`);
    });
    tab.on("response", (got) => got.status() >= 400 && heard?.faults.push(`${got.status()} for ${got.url()}`));
    tab.on("console", (line) => {
      // A browser asks for this once, of its own accord; page.test.mjs looks for the icon.
      if (line.location().url.endsWith("/favicon.ico")) return;
      if (/error|warning/.test(line.type())) heard?.faults.push(`console ${line.type()}: ${line.text()}`);
    });
    tab.on("pageerror", (error) => heard?.faults.push(`script error: ${error.message}`));
    while (next < list.length) {
      const number = next++;
      const page = list[number];
      heard = { requests: [], faults: [] };
      try {
        await tab.setViewportSize(options.viewport ?? narrow.viewport);
        await tab.goto(new URL(page.path.slice(1), at.base).href);
        await tab.evaluate(inPage);
        const said = (await look(tab, page, heard)) ?? [];
        found[number] = said.map((finding) => ({ page: page.path, ...finding }));
      } catch (error) {
        const say = error.message.split("\n")[0];
        found[number] = [{ page: page.path, rule: "opens", say }];
      }
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: Math.min(together, list.length) }, worker));
  return found.flat();
}

/**
 * One test for each look, and one visit of each page for all of them: opening a page
 * costs more than looking at it. They look in the order given, at the same tab, so
 * each starts from what the one before it left.
 */
export function each(list, options, looks) {
  let visited;
  const findings = () =>
    (visited ??= visit(list, options, async (tab, page, heard) => {
      const found = [];
      for (const [name, look] of Object.entries(looks)) {
        for (const finding of (await look(tab, page, heard)) ?? []) found.push({ name, ...finding });
      }
      return found;
    }));
  for (const name of Object.keys(looks)) {
    test(name, async () => none((await findings()).filter((one) => !one.name || one.name === name)));
  }
}

/** Notes what the content security policy refuses, from the first moment of a page. */
function watch() {
  globalThis.refused = [];
  addEventListener("securitypolicyviolation", (event) =>
    refused.push(`${event.effectiveDirective} refused ${event.blockedURI || "inline"}`),
  );
}

/** Functions that `look` may use inside the page. */
function inPage() {
  /** A short way to find an element again. */
  globalThis.describe = (element) => {
    const one = (e) => {
      const name = e.localName;
      if (e.id) return `${name}#${e.id}`;
      return name + [...e.classList].map((c) => `.${c}`).join("");
    };
    const steps = [];
    for (let e = element; e && e !== document.body; e = e.parentElement) {
      steps.unshift(one(e));
      if (e.id || steps.length === 3) break;
    }
    const href = element.getAttribute?.("href");
    return steps.join(" > ") + (href ? `[href="${href}"]` : "");
  };
  /** Is there something of it to see? */
  globalThis.isVisible = (element) => {
    if (!element.checkVisibility({ checkOpacity: true, checkVisibilityCSS: true })) return false;
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && getComputedStyle(element).clipPath !== "inset(50%)";
  };
  /** Everything that the Tab key must reach, in the order of the page. */
  globalThis.stops = () =>
    [...document.querySelectorAll("a[href], area[href], button, input, select, textarea, summary, [tabindex]")].filter(
      (e) => {
        if (e.tabIndex < 0 || e.disabled || e.type === "hidden") return false;
        if (!e.checkVisibility({ checkVisibilityCSS: true })) return false;
        if (e.type !== "radio") return true;
        const group = [...document.getElementsByName(e.name)];
        return e === (group.find((other) => other.checked) ?? group[0]);
      },
    );
  /** What is wrong with how this element shows that it has the focus, or nothing. */
  globalThis.focusFault = (element) => {
    const style = getComputedStyle(element);
    const seen = (colour) => !/^(transparent|rgba\(.*, 0\))$/.test(colour);
    const outline =
      style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && seen(style.outlineColor);
    return outline || style.boxShadow !== "none" ? "" : "does not show that it has the focus";
  };
}

/** For looks: how a page can be held while it is looked at. */
export const everythingOpen = (tab) =>
  tab.evaluate(() => {
    globalThis.folded ??= [...document.querySelectorAll("details:not([open])")];
    document.querySelectorAll("details").forEach((part) => (part.open = true));
  });

/** For looks: as it arrived, after that. */
export const foldedAgain = (tab) => tab.evaluate(() => globalThis.folded.forEach((part) => (part.open = false)));

/** For looks: as if the page had just arrived, with nothing focused. */
export const fromTheTop = (tab) =>
  tab.evaluate(() => {
    const top = document.createElement("span");
    top.tabIndex = -1;
    document.body.prepend(top);
    top.focus();
    top.remove();
    scrollTo(0, 0);
  });

const keyboards = new WeakMap();

/** For looks: the Tab key, so many times, without waiting for each, and let go if asked to. */
export async function pressTab(tab, times, letGo = false) {
  if (!keyboards.has(tab)) keyboards.set(tab, await tab.context().newCDPSession(tab));
  const key = { key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 };
  const types = letGo ? ["rawKeyDown", "keyUp"] : ["rawKeyDown"];
  const press = (type) => keyboards.get(tab).send("Input.dispatchKeyEvent", { type, ...key });
  await Promise.all(Array.from({ length: times }, () => types).flat().map(press));
}

/** Fails, and says where and why, unless nothing was found. */
export function none(found) {
  if (!found.length) return;
  const sorts = new Map();
  for (const { page, rule, where = "the page", say } of found) {
    const sort = `${rule}: ${say}`;
    if (!sorts.has(sort)) sorts.set(sort, new Map());
    const places = sorts.get(sort);
    places.set(where, [...(places.get(where) ?? []), page]);
  }
  const lines = [...sorts].map(([sort, places]) => {
    const shown = [...places].slice(0, 5).map(([where, on]) => {
      const names = [...new Set(on)];
      const rest = names.length > 3 ? ` and ${names.length - 3} more` : "";
      return `    ${where}\n        on ${names.slice(0, 3).join(" ")}${rest}`;
    });
    if (places.size > 5) shown.push(`    and ${places.size - 5} more places`);
    return `  ${sort}\n${shown.join("\n")}`;
  });
  const on = new Set(found.map((finding) => finding.page)).size;
  const left = lines.length > 25 ? `\n  … and ${lines.length - 25} more sorts of finding.` : "";
  const message = `${count(found.length, "finding")} on ${count(on, "page")}.\n${lines.slice(0, 25).join("\n")}${left}`;
  const error = new Error(message);
  error.stack = message;
  throw error;
}

const count = (number, name) => `${number} ${name}${number === 1 ? "" : "s"}`;
