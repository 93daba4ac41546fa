// The search page, used as a person would: type, read, go there, come back.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import assert from "node:assert/strict";
import { PORTABLE, SITE, address, browser, narrow, site } from "./site.mjs";

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
const status = (tab) => tab.locator("#status");
const results = (tab) => tab.locator("#results > li");

async function look(tab, words) {
  await box(tab).fill(words);
  await box(tab).press("Enter");
  await said(tab, words);
}

/** Waits until the status line speaks of these words. */
async function said(tab, words) {
  try {
    await tab.waitForFunction((words) => {
      const isBusy = document.getElementById("results").ariaBusy === "true";
      return !isBusy && document.querySelector("[role=status]").textContent.includes(words);
    }, words);
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
    assert.match((await address(tab)).href, /\/search\/#q=gym$/, "The words are not in the address.");
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
  }, "search/#q=gym"));

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

test("an address that somebody changes by hand is followed", { skip }, () =>
  open(async (tab) => {
    await said(tab, "gym");
    await tab.evaluate(() => (location.hash = "#q=payroll"));
    await said(tab, "payroll");
    assert.equal(await box(tab).inputValue(), "payroll");
    await tab.goBack();
    await said(tab, "gym");
    await tab.goto(`${site.base}search/?q=money`);
    await said(tab, "money");
    assert.match((await address(tab)).href, /\/search\/#q=money$/);
  }, "search/#q=gym"));

test("a link to a heading asks for nothing, and what was asked stays", { skip }, () =>
  open(async (tab) => {
    // What the address has before anything is asked is a heading.
    assert.equal(await status(tab).innerText(), "");
    await look(tab, "gym");
    const before = await results(tab).allInnerTexts();
    await tab.locator("a.skip").focus();
    await tab.keyboard.press("Enter");
    await tab.waitForFunction(() => history.length > 2 && location.hash === "#q=gym");
    assert.deepEqual(await results(tab).allInnerTexts(), before);
    await tab.keyboard.press("Tab");
    assert.ok(await tab.evaluate(() => document.getElementById("main").contains(document.activeElement)), "The link does not skip.");
    await tab.reload();
    await said(tab, "gym");
    await look(tab, "payroll");
    await tab.goBack();
    await said(tab, "gym");
    await tab.goBack();
    await tab.goBack();
    await tab.waitForFunction(() => !document.querySelector("#results > li"));
    assert.equal(await box(tab).inputValue(), "");
  }, "search/#main"));

test("words that are nowhere get help, not an empty page", { skip }, () =>
  open(async (tab) => {
    await look(tab, "qqzzxxyyvv");
    assert.equal(await results(tab).count(), 0);
    assert.ok(await tab.getByRole("main").getByRole("link", { name: /A to Z/ }).first().isVisible(), "No link to the A to Z.");
    assert.ok(await tab.locator("main a[href^='tel:']").first().isVisible(), "No phone number to call.");
    assert.ok(!(await tab.getByRole("link", { name: "Show more results" }).isVisible()), "There are no more results.");
    assert.ok(!(await tab.locator("#results").isVisible()), "An empty list can be come upon.");
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
    await look(tab, "compliants");
    assert.match(await status(tab).innerText(), /Showing results for “complaints?”, not “compliants”/);
    assert.match((await results(tab).allInnerTexts()).slice(0, 3).join("\n"), /complain/i);
    const asTyped = tab.getByRole("link", { name: "Search for “compliants” as you typed it" });
    await asTyped.click();
    await tab.waitForFunction(() => {
      const said = document.querySelector("[role=status]").textContent;
      return /as=typed/.test(location.hash) && said.includes("compliants") && !said.includes("not “");
    });
    assert.ok(!(await asTyped.isVisible()), "The words are as they were typed already.");
    await tab.goBack();
    await said(tab, "not “compliants”");
  }));

test("the search box of the home page leads to the results", { skip }, () =>
  open(async (tab) => {
    await box(tab).fill("gym");
    await box(tab).press("Enter");
    await tab.waitForURL(/search\/#q=gym/);
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
  }, "search/#q=carer"));

test("nothing that was typed is kept on the device", { skip }, () =>
  open(async (tab) => {
    await look(tab, "gym");
    assert.deepEqual(await tab.context().cookies(), []);
    assert.equal(await tab.evaluate(() => localStorage.length + sessionStorage.length), 0);
  }));

test("the first results need few requests, in two rounds after the engine", { skip }, () =>
  open(async (tab) => {
    // What had been asked for at the moment when the first result was there.
    await tab.addInitScript(() => {
      new MutationObserver(() => {
        if (document.querySelector("#results > li")) {
          globalThis.before ??= performance.getEntriesByType("resource").map((entry) => entry.name);
        }
      }).observe(document, { childList: true, subtree: true });
    });
    await tab.goto("about:blank");
    await tab.goto(`${site.base}search/#q=money%20left%20over`);
    await said(tab, "money left over");
    const asked = (await tab.evaluate(() => globalThis.before)).map((url) => url.split("/search/parts/")[1] ?? "");
    const parts = asked.filter((name) => /^[a-z]+-\d|^labels/.test(name));
    assert.ok(parts.length > 1 && parts.length <= 7, `The first results needed ${parts.join(", ")}.`);
    assert.ok(parts.every((name) => /^(words|pages)/.test(name)), `Not needed: ${parts.join(", ")}.`);
    const all = await tab.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
    assert.equal(new Set(all).size, all.length, "Something was asked for twice.");
  }));

test("a phrase in quotation marks finds the pages that have it", { skip }, () =>
  open(async (tab) => {
    await look(tab, '"direct payment card"');
    const found = await results(tab).allInnerTexts();
    assert.ok(found.length > 0);
    await look(tab, '"card payment direct"');
    assert.match(await status(tab).innerText(), /Showing results for “card payment direct”/);
  }));

test("results can be narrowed, by keyboard too, and the address says so", { skip }, () =>
  open(async (tab) => {
    await look(tab, "money");
    const all = await results(tab).allInnerTexts();
    await tab.getByText("Show only some results").click();
    await tab.getByRole("group", { name: "Kind of page" }).getByLabel("Can I buy").focus();
    await tab.keyboard.press("Space");
    assert.deepEqual(await results(tab).allInnerTexts(), all, "A tick alone changed the results.");
    await tab.getByRole("group", { name: "Stage" }).getByLabel("Manage").check();
    await tab.getByRole("button", { name: "Search again" }).click();
    await tab.waitForURL(/#q=money&stage=manage&kind=can\+I\+buy/);
    await said(tab, "money");
    const some = await results(tab).allInnerTexts();
    assert.ok(some.length > 0, "Nothing that can be bought speaks of money.");
    for (const text of some) assert.match(text, /Can I buy, Manage/);
    await tab.reload();
    await said(tab, "money");
    assert.deepEqual(await results(tab).allInnerTexts(), some);
    assert.ok(await tab.getByLabel("Can I buy").isChecked());
    assert.ok(await tab.getByText("Show only some results: Manage, Can I buy").isVisible());
    await tab.goBack();
    await said(tab, "money");
    assert.equal(await tab.getByLabel("Can I buy").isChecked(), false);
    assert.deepEqual(await results(tab).allInnerTexts(), all);
  }));

test("results are a list of headings with links, and more of them is a link", { skip }, () =>
  open(async (tab) => {
    await look(tab, "money");
    const count = await results(tab).count();
    assert.equal(await results(tab).getByRole("heading", { level: 2 }).getByRole("link").count(), count);
    const more = tab.getByRole("link", { name: "Show more results" });
    assert.match(await more.getAttribute("href"), /n=20/);
    await more.focus();
    await tab.keyboard.press("Enter");
    await tab.waitForFunction((count) => document.querySelectorAll("#results > li").length > count, count);
    await said(tab, "money");
    assert.match((await address(tab)).href, /n=20/);
    const names = await results(tab).getByRole("link").evaluateAll((links) => links.map((link) => link.href));
    assert.equal(new Set(names).size, names.length, "A result is there twice.");
  }));

test("every page has a form that leads to the results", { skip }, () =>
  open(async (tab) => {
    for (const path of ["manage/", "directory/", "letters/", "cy/"]) {
      await tab.goto(site.base + path);
      // The directory has a box of its own, which looks through its services only.
      assert.equal(await tab.locator(".searchbox").getByRole("searchbox").count(), 1, `${path} has no form to search with, or two.`);
    }
    await tab.goto(`${site.base}manage/`);
    await box(tab).fill("gym");
    await tab.getByRole("search").getByRole("button").click();
    await tab.waitForURL(/search\/#q=gym/);
    await said(tab, "gym");
  }, ""));

test("a page in another language says so, and is read out in it", { skip }, () =>
  open(async (tab) => {
    await look(tab, "taliadau");
    const first = results(tab).first();
    assert.equal(await first.getByRole("link").getAttribute("lang"), "cy");
    assert.match(await first.locator(".meta").innerText(), /Welsh|Cymraeg/);
  }));

/** Opens the search page on a line where some parts of the index are broken. */
const broken = (pattern, answer, use) =>
  open(async (tab) => {
    await tab.context().route(pattern, answer);
    await use(tab);
    await tab.context().unroute(pattern);
  });

for (const [what, answer] of [
  ["is missing", (route) => route.fulfill({ status: 404, body: "" })],
  ["is corrupt", (route) => route.fulfill({ status: 200, contentType: "application/json", body: "{\"a\":" })],
  ["is a page of HTML", (route) => route.fulfill({ status: 200, contentType: "text/html", body: "<h1>Log in</h1>" })],
]) {
  test(`when a part of the index ${what}, a sentence says so, and the A to Z is there`, { skip }, async () => {
    const context = await (await browser()).newContext({ ...narrow });
    const tab = await context.newPage();
    await context.route(/\/search\/parts\/(words|pages)-/, answer);
    await tab.goto(`${site.base}search/#q=gym`);
    await tab.waitForFunction(() => /does not work/.test(document.getElementById("status").textContent));
    assert.ok(await tab.locator("main a[href*='a-z']").first().isVisible(), "No link to the A to Z.");
    // When the line is back, asking again is enough.
    await context.unroute(/\/search\/parts\/(words|pages)-/);
    await tab.getByRole("button", { name: "Search", exact: true }).click();
    await said(tab, "gym");
    assert.ok((await results(tab).count()) > 0);
    await context.close();
  });
}

test("an index from an older build is never mixed with a new one", { skip }, async () => {
  const context = await (await browser()).newContext({ ...narrow });
  const tab = await context.newPage();
  const old = JSON.parse(readFileSync(join(SITE, "search/index.json"), "utf8"));
  let asked = 0;
  // The first time, what was kept on the way is older than the site.
  await context.route(/\/search\/index\.json$/, (route) =>
    asked++ ? route.continue() : route.fulfill({ json: { ...old, hash: "0123456789abcdef" } }));
  await tab.goto(`${site.base}search/#q=gym`);
  await said(tab, "gym");
  assert.ok(asked > 1, "The index was not asked for again.");
  assert.ok((await results(tab).count()) > 0);
  await context.close();
});

test("on a slow line it says that it is searching, and the first results come before the rest", { skip }, async () => {
  const context = await (await browser()).newContext({ ...narrow });
  const tab = await context.newPage();
  const wire = await context.newCDPSession(tab);
  await wire.send("Network.enable");
  await wire.send("Network.emulateNetworkConditions", {
    offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000,
  });
  await tab.goto(`${site.base}search/#q=money`, { waitUntil: "commit" });
  await tab.waitForFunction(() => document.getElementById("status")?.textContent === "Searching…");
  await tab.waitForFunction(() => document.querySelectorAll("#results > li").length === 3);
  await said(tab, "money");
  assert.ok((await results(tab).count()) > 3);
  await context.close();
});

test("from a folder, without a server, the search works", { skip: !PORTABLE && "PORTABLE names no folder" }, async () => {
  const context = await (await browser()).newContext({ ...narrow });
  const tab = await context.newPage();
  const faults = [];
  tab.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  tab.on("pageerror", (error) => faults.push(error.message));
  await tab.goto(pathToFileURL(join(PORTABLE, "manage/index.html")).href);
  await box(tab).fill("gym");
  await box(tab).press("Enter");
  await tab.waitForURL(/\/search\/index\.html#q=gym$/);
  await said(tab, "gym");
  await tab.goto("about:blank");
  await tab.goto(`${pathToFileURL(join(PORTABLE, "search/index.html")).href}?q=gym`);
  await said(tab, "gym");
  assert.match((await address(tab)).href, /\/search\/index\.html#q=gym$/);
  const link = results(tab).first().getByRole("link");
  await link.click();
  await tab.waitForURL(/\/index\.html/);
  assert.match(await tab.locator("main").innerText(), /gym/i);
  assert.deepEqual(faults, []);
  await context.close();
});

test("without scripts the form leads to the list of all pages and words", async () => {
  const context = await (await browser()).newContext({ ...narrow, javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(site.base);
  await tab.getByRole("searchbox").fill("wages");
  await tab.getByRole("button", { name: "Search" }).click();
  await tab.waitForURL(/\/a-z\//);
  assert.ok((await tab.locator(".initials a").count()) > 15, "The A to Z does not list the letters.");
  await tab.locator(".initials").getByRole("link", { name: "W", exact: true }).click();
  await tab.waitForURL(/\/a-z\/w\//);
  await tab.getByRole("listitem").filter({ hasText: /^wages: see / }).getByRole("link").click();
  await tab.waitForURL(/\/employ\/payroll\//);
  await context.close();
});
