// The search page, used as a person would: type, read, go there, come back.

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import assert from "node:assert/strict";
import { SITE, browser, narrow, site } from "./site.mjs";

const hasEngine = existsSync(join(SITE, "search/search.js"));
const skip = !hasEngine && "search/search.js is missing, see the first test";

test("the search engine is in the built site", () => {
  assert.ok(
    hasEngine,
    `search/search.js is missing from ${SITE}: the search page cannot find anything. ` +
      `In search/ there is only: ${readdirSync(join(SITE, "search")).join(", ")}.`,
  );
});

/** Opens the search page, watches it, and hands it over. */
async function open(use, path = "search/", options = {}) {
  const context = await (await browser()).newContext({ ...narrow, ...options });
  context.setDefaultTimeout(10_000);
  const tab = await context.newPage();
  const faults = [];
  tab.on("request", (request) => request.url().startsWith(site.origin) || faults.push(`asked for ${request.url()}`));
  tab.on("console", (line) => {
    if (line.type() === "error" && !line.location().url.endsWith("/favicon.ico")) faults.push(line.text());
  });
  tab.on("pageerror", (error) => faults.push(error.message));
  await tab.goto(site.base + path);
  try {
    await use(tab);
    assert.deepEqual(faults, [], "The search page asked another host or had an error.");
  } finally {
    await context.close();
  }
}

const box = (tab) => tab.getByRole("searchbox");
const status = (tab) => tab.getByRole("main").getByRole("status");
const results = (tab) => tab.locator("#results > li");

async function look(tab, words) {
  await box(tab).fill(words);
  await box(tab).press("Enter");
  await said(tab, words);
}

/** Waits until the status line speaks of these words. */
async function said(tab, words) {
  try {
    await tab.waitForFunction((words) => document.querySelector("[role=status]").textContent.includes(words), words);
  } catch {
    assert.fail(`The status line does not speak of “${words}”; it says “${await status(tab).innerText()}”.`);
  }
}

test("“gym” finds the answer about the gym first, and says how many there are", { skip }, () =>
  open(async (tab) => {
    await look(tab, "gym");
    const first = results(tab).first();
    const link = first.getByRole("link");
    const [name, href, all] = [await link.innerText(), await link.getAttribute("href"), await first.innerText()];
    assert.match(`${name} ${href}`, /gym|social-activities/i, `The first result is “${name}” at ${href}.`);
    assert.match(all, /gym/i, `The first result does not speak of the gym: ${all}`);
    const shown = await results(tab).count();
    const number = Number((await status(tab).innerText()).match(/(\d+) results?/)?.[1]);
    assert.ok(number >= shown, `The status line says “${await status(tab).innerText()}”, and ${shown} are shown.`);
    assert.match(tab.url(), /[?&]q=gym\b/, "The words are not in the address.");
    assert.match(await tab.title(), /gym/, "The words are not in the title.");
    await link.click();
    await tab.waitForURL((url) => !url.pathname.endsWith("/search/"));
    assert.match(await tab.locator("main").innerText(), /gym/i, "The page that was found does not speak of the gym.");
  }));

test("an address with words in it shows the results, and stays right after a reload", { skip }, () =>
  open(async (tab) => {
    await said(tab, "gym");
    assert.equal(await box(tab).inputValue(), "gym");
    const before = await results(tab).allInnerTexts();
    await tab.reload();
    await said(tab, "gym");
    assert.deepEqual(await results(tab).allInnerTexts(), before);
  }, "search/?q=gym"));

test("back goes to the words before", { skip }, () =>
  open(async (tab) => {
    await look(tab, "gym");
    const before = await results(tab).allInnerTexts();
    await look(tab, "payroll");
    await tab.goBack();
    await said(tab, "gym");
    assert.equal(await box(tab).inputValue(), "gym");
    assert.deepEqual(await results(tab).allInnerTexts(), before);
    await tab.goForward();
    await said(tab, "payroll");
  }));

test("words that are nowhere get help, not an empty page", { skip }, () =>
  open(async (tab) => {
    await look(tab, "qqzzxxyyvv");
    assert.equal(await results(tab).count(), 0);
    assert.ok(await tab.getByRole("main").getByRole("link", { name: /A to Z/ }).first().isVisible(), "No link to the A to Z.");
    assert.ok(await tab.locator("main a[href^='tel:']").first().isVisible(), "No phone number to call.");
  }));

test("what is typed is shown as text, whatever it is", { skip }, () =>
  open(async (tab) => {
    const words = `<img src=x onerror="document.title='broken'">`;
    await look(tab, words);
    assert.equal(await tab.locator("main img").count(), 0);
    assert.doesNotMatch(await tab.title(), /^broken/);
  }));

test("a misspelt word still finds the page", { skip }, () =>
  open(async (tab) => {
    await box(tab).fill("compliants");
    await box(tab).press("Enter");
    await results(tab).first().waitFor();
    assert.match((await results(tab).allInnerTexts()).slice(0, 3).join("\n"), /complain/i);
  }));

test("the search box of the home page leads to the results", { skip }, () =>
  open(async (tab) => {
    await box(tab).fill("gym");
    await box(tab).press("Enter");
    await tab.waitForURL(/search\/.*[?&]q=gym/);
    await said(tab, "gym");
    assert.ok((await results(tab).count()) > 0);
  }, ""));

test("results can be read and used at 320 px and by keyboard", { skip }, () =>
  open(async (tab) => {
    await said(tab, "carer");
    assert.ok((await tab.evaluate(() => document.scrollingElement.scrollWidth)) <= 320, "The results are wider than 320 px.");
    const low = await tab.locator("#results > li > a").evaluateAll((links) => links.filter((a) => a.offsetHeight < 44).length);
    assert.equal(low, 0, `${low} results are less than 44 px high.`);
    await results(tab).first().getByRole("link").focus();
    await tab.keyboard.press("Enter");
    await tab.waitForURL((url) => !url.pathname.endsWith("/search/"));
  }, "search/?q=carer"));

test("nothing that was typed is kept on the device", { skip }, () =>
  open(async (tab) => {
    await look(tab, "gym");
    assert.deepEqual(await tab.context().cookies(), []);
    assert.equal(await tab.evaluate(() => localStorage.length + sessionStorage.length), 0);
  }));

test("without scripts the search page leads to the A to Z", async () => {
  const context = await (await browser()).newContext({ ...narrow, javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(`${site.base}search/`);
  await tab.locator("main a[href*='a-z']").first().click();
  await tab.waitForURL(/\/a-z\//);
  assert.ok((await tab.locator("main a").count()) > 50, "The A to Z does not list the pages.");
  await context.close();
});
