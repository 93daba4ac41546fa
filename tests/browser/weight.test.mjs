// What a page weighs on its way to an old phone with a poor signal.

import { test } from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { SITE, browser, isNotFound, none, pages, site } from "./site.mjs";

const packed = (bytes) => gzipSync(bytes, { level: 9 }).length;
const file = (page, href) => join(SITE, decodeURIComponent(new URL(href, new URL(page.path, "http://here/")).pathname));
const all = (html, pattern) => [...html.matchAll(pattern)].map(([, value]) => value);
const kilobytes = (bytes) => `${(bytes / 1024).toFixed(1)} KB`;

// Pages that are long because they hold everything: no limit of their own.
const whole = /^\/(a-z|glossary|(.*\/)?print)\/$/;
// Lists to choose from, and pages put together from others: 30 KB.
const long = /^\/(booklet|booklets\/.*|can-i-buy|directory|directory\/(a-z|category|area)(\/.*)?)\/$/;
const longBudget = 30 * 1000;
// A flow of choices has all its questions and outcomes in one page, so that no request says
// what was answered: 20 KB.
const isFlow = (html) => html.includes('id="flow-ends"');
const flowBudget = 20 * 1000;
// What readers wait for when they use a tool.
const tools = ["booklet-page", "directory-page", "flow-page", "look-up-page"];
// What the script of a letter reads, at the end of its page: the fixed parts of
// documents, and in easy read the pictures that go into them.
const forScript = /<script type="application\/json" id="letter-data">(.*?)<\/script>/s;
const readable = (html) => html.replace(forScript, "");
const dataBudget = 7.5 * 1024;
const letterScriptBudget = 6 * 1000;
const toolsBudget = 7.5 * 1000;
const pageBudget = 14 * 1024;
const scriptBudget = 12 * 1024;

test("an ordinary page with its style is at most 14 KB compressed", (t) => {
  const found = [];
  let heaviest = { weight: 0 };
  let longest = 0;
  for (const page of pages) {
    if (whole.test(page.path)) continue;
    const sheets = all(page.html, /<link rel="stylesheet" href="([^"]*)"/g);
    const weight = packed(readable(page.html)) + sheets.reduce((sum, href) => sum + packed(readFileSync(file(page, href))), 0);
    if (long.test(page.path)) {
      longest = Math.max(longest, weight);
      if (weight <= longBudget) continue;
    } else if (isFlow(page.html)) {
      if (weight <= flowBudget) continue;
    } else if (weight > heaviest.weight) heaviest = { page, weight };
    if (weight <= pageBudget) continue;
    found.push({ page: page.path, rule: "weight", say: `The page and its style are ${kilobytes(weight)} compressed.` });
  }
  t.diagnostic(`heaviest: ${heaviest.page?.path} ${kilobytes(heaviest.weight)}, longest list ${kilobytes(longest)}`);
  none(found);
});

test("the scripts of tools are small, and each is only where it is used", (t) => {
  const found = [];
  const weights = new Map();
  for (const page of pages) {
    const scripts = all(page.html, /<script src="([^"]*)"/g);
    for (const tool of tools) {
      const script = scripts.find((href) => href.includes(`/${tool}.`));
      if (!script) continue;
      weights.set(tool, packed(readFileSync(file(page, script))));
      const isUsed = /id="(filter|flow-private|flow-data|look-up-data|booklet-tool)"|class="tally"/.test(page.html);
      if (!isUsed) found.push({ page: page.path, rule: "script", say: `It does not need ${tool}.` });
    }
  }
  const all4 = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  t.diagnostic(`${[...weights].map(([tool, weight]) => `${tool} ${weight}`).join(", ")}, together ${all4} bytes`);
  if (weights.size !== tools.length) found.push({ page: "/", rule: "script", say: `Only ${[...weights.keys()]} are used.` });
  if (all4 > toolsBudget) found.push({ page: "/", rule: "script", say: `The tools are ${all4} bytes compressed.` });
  none(found);
});

test("the script of letters is at most 6 kB compressed, and what it reads 7.5 KB without pictures", (t) => {
  const found = [];
  const weights = { script: 0, data: 0, pictures: 0 };
  for (const page of pages.filter((page) => forScript.test(page.html))) {
    const href = all(page.html, /<script src="([^"]*)"/g).find((href) => href.includes("/letter-page."));
    const script = packed(readFileSync(file(page, href)));
    const [, json] = page.html.match(forScript);
    const { pictures = [], ...data } = JSON.parse(json);
    const weight = packed(JSON.stringify(data));
    weights.script = Math.max(weights.script, script);
    weights.data = Math.max(weights.data, weight);
    weights.pictures = Math.max(weights.pictures, packed(JSON.stringify(pictures)));
    const fault = (say) => found.push({ page: page.path, rule: "letter", say });
    if (script > letterScriptBudget) fault(`Its script is ${script} bytes compressed.`);
    if (weight > dataBudget) fault(`What its script reads is ${kilobytes(weight)} compressed.`);
    if (pictures.length && weights.pictures > 48 * 1024) fault(`Its pictures are ${kilobytes(weights.pictures)}.`);
  }
  t.diagnostic(`script ${weights.script} bytes, data ${kilobytes(weights.data)}, pictures ${kilobytes(weights.pictures)}`);
  none(found);
});

test("the style is at most 10 KB compressed, with no web font", () => {
  const found = [];
  const sheets = new Set(pages.flatMap((page) => all(page.html, /<link rel="stylesheet" href="([^"]*)"/g).map((href) => file(page, href))));
  for (const sheet of sheets) {
    const css = readFileSync(sheet);
    const fault = (say) => found.push({ page: sheet.slice(SITE.length), rule: "style", say });
    if (packed(css) > 10 * 1024) fault(`It is ${kilobytes(packed(css))} compressed.`);
    if (/@font-face|@import/.test(css)) fault("It asks for more files.");
  }
  none(found);
});

test("the scripts of a page are at most 12 KB compressed, those that it loads later included", async (t) => {
  const found = [];
  const context = await (await browser()).newContext();
  let heaviest = 0;
  const seen = new Set();
  for (const page of pages) {
    const own = all(page.html, /<script src="[^"]*?([^"/]*)"/g).join();
    // Pages with the same scripts load the same.
    if (!own || seen.has(own) || isNotFound(page)) continue;
    seen.add(own);
    const tab = await context.newPage();
    const scripts = new Map();
    const arriving = [];
    tab.on("response", (answer) => {
      // The services of a list are what it shows, and have a budget of their own.
      if (/entries[\w.]*\.js$/.test(new URL(answer.url()).pathname)) return;
      if (answer.request().resourceType() !== "script" && !/\.m?js$/.test(new URL(answer.url()).pathname)) return;
      arriving.push(answer.body().then((body) => scripts.set(answer.url(), packed(body)), () => {}));
    });
    // A word to look for makes the search page load its engine.
    await tab.goto(`${site.base}${page.path.slice(1)}#q=gym`, { waitUntil: "networkidle" });
    await Promise.all(arriving);
    await tab.close();
    const weight = [...scripts.values()].reduce((sum, size) => sum + size, 0);
    heaviest = Math.max(heaviest, weight);
    if (weight <= scriptBudget) continue;
    found.push({ page: page.path, rule: "weight", say: `Its scripts are ${kilobytes(weight)} compressed.` });
  }
  await context.close();
  t.diagnostic(`heaviest: ${kilobytes(heaviest)}`);
  none(found);
});

test("what the filter reads of a service is at most 180 bytes compressed", (t) => {
  const list = readFileSync(file({ path: "/directory/" }, "entries.js"));
  const services = String(list).split('"n":').length - 1;
  const each = packed(list) / services;
  t.diagnostic(`${services} services, ${each.toFixed(0)} bytes each`);
  assert.ok(services > 50 && each <= 180, `${each} bytes`);
});

test("a page without scripts of its own has none", () => {
  const found = [];
  for (const page of pages) {
    if (/\son[a-z]+="/.test(page.html)) found.push({ page: page.path, rule: "script", say: "It has a script in an attribute." });
    if (/<style\b|\sstyle="/.test(page.html)) found.push({ page: page.path, rule: "style", say: "It has style of its own in the page." });
    if (/<script(?![^>]*\bsrc=)(?![^>]*type="application\/(ld\+)?json")/.test(page.html)) {
      found.push({ page: page.path, rule: "script", say: "It has a script in the page." });
    }
  }
  none(found);
});
