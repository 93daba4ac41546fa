// What a person types or chooses never reaches the web host: each tool is used on a real
// one, and its log is read afterwards.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hosted } from "./nginx.mjs";
import { SITE, address, browser, narrow, pages, redirects } from "./site.mjs";

/** Uses a folder on a host of its own, and gives what the host has seen: its log. */
async function watched(use, { folder = SITE, ...options } = {}) {
  const host = await hosted(folder);
  const context = await (await browser()).newContext({ ...narrow, ...options });
  context.setDefaultTimeout(10_000);
  const tab = await context.newPage();
  const go = (path) => tab.goto(host.base + path);
  await use(tab, go, host);
  // What is still on its way is in the log as well.
  await tab.waitForLoadState("networkidle");
  await context.close();
  const log = host.log();
  for (const { line, path, referer, cookie } of log) {
    // A browser looks for this by itself, from pages that are not ours too.
    if (path === "/favicon.ico") continue;
    assert.equal(referer, "-", `The host is told which page the reader was on: ${line}`);
    assert.equal(cookie, "-", `The host gets a cookie: ${line}`);
  }
  return log;
}

/** Fails if the host knows one of these words, or if it was not asked for the pages. */
function knowsNothingOf(words, log, paths) {
  for (const path of paths) {
    assert.ok(log.some((seen) => seen.path.split("?")[0] === path), `${path} was never asked for, so this proves nothing.`);
  }
  for (const { line, path } of log) {
    const text = decodeURIComponent(line).toLowerCase();
    for (const word of words) assert.ok(!text.includes(word), `The host knows “${word}”: ${line}`);
    assert.doesNotMatch(path, /\?[^?]/, `The host is told something: ${line}`);
  }
}

const status = (tab, id) => (words) =>
  tab.waitForFunction(([id, words]) => document.getElementById(id).textContent.includes(words), [id, words]);
const at = (tab, fragment) => tab.waitForURL((url) => url.hash.includes(fragment));
const having = (mark) => pages.find(({ html }) => html.includes(mark)).path.slice(1);
const main = { home: "", foot: "manage/", "a to z": "a-z/", "not found": "nowhere/at/all/", directory: "directory/", welsh: "cy/" };

test("words in a search box, on every sort of page", async () => {
  const words = [];
  const log = await watched(async (tab, go) => {
    for (const [name, path] of Object.entries(main)) {
      const word = `zqbox${name.replaceAll(" ", "")}`;
      words.push(word);
      await go(path);
      const box = tab.locator(".searchbox").getByRole("searchbox");
      await box.fill(`${word} wages`);
      await box.press("Enter");
      await at(tab, `#q=${word}+wages`);
      assert.equal((await address(tab)).pathname, name === "welsh" ? "/cy/search/" : "/search/");
      await status(tab, "status")(word);
      assert.equal(await tab.getByRole("searchbox").inputValue(), `${word} wages`);
    }
  });
  knowsNothingOf([...words, "wages"], log, ["/", "/manage/", "/nowhere/at/all/", "/search/"]);
});

test("the search page: words, what was ticked, more results, a result, and the way back", async () => {
  const log = await watched(async (tab, go) => {
    await go("search/");
    const says = status(tab, "status");
    await tab.getByRole("searchbox").fill("zqone money");
    await tab.getByRole("searchbox").press("Enter");
    await says("zqone");
    await tab.getByText("Show only some results").click();
    await tab.getByLabel("Manage").check();
    await tab.getByRole("searchbox").fill("zqtwo money");
    await tab.getByRole("button", { name: "Search again" }).click();
    await says("zqtwo");
    await at(tab, "#q=zqtwo+money&stage=manage");
    await tab.getByRole("link", { name: "Show more results" }).click();
    await at(tab, "n=20");
    await tab.locator("#results a").first().click();
    await tab.waitForURL((url) => url.pathname !== "/search/");
    await tab.goBack();
    await tab.reload();
    await says("zqtwo");
    await tab.goBack();
    await at(tab, "#q=zqtwo+money&stage=manage");
  });
  knowsNothingOf(["zqone", "zqtwo", "stage="], log, ["/search/"]);
  assert.ok(log.some(({ path }) => path.startsWith("/search/parts/words-")), "The index was not read.");
  const loaded = log.filter(({ path }) => path === "/search/").length;
  assert.ok(loaded <= 3, "The page itself is asked for at first, perhaps on the way back, and on a reload, and not for words.");
});

test("the filter of the directory, with what was chosen", async () => {
  const list = having('data-category="advice"');
  const log = await watched(async (tab, go) => {
    for (const [path, word] of [["directory/", "zqadvice"], [list, "zqlist"]]) {
      await go(path);
      const says = status(tab, "filter-status");
      await tab.locator("#filter-q").fill(word);
      await says("0 services");
      await at(tab, `#q=${word}`);
      await tab.locator("#filter-q").fill("");
      await tab.locator("#filter .narrow > summary").click();
      await tab.locator("#filter-near").fill("PE21 6ZQ");
      await at(tab, "near=PE21");
      await tab.locator("#filter .selects summary").first().click();
      await tab.locator('#filter [name="kind"]').first().check();
      await at(tab, "kind=");
      await tab.locator("#filter .selects summary").nth(1).click();
      await tab.locator('#filter [name="area"]').first().check();
      await at(tab, "area=");
      await tab.reload();
      await says("service");
      await tab.locator("#filter form").evaluate((form) => form.requestSubmit());
      const link = tab.locator("#filter-results a").first();
      if (await link.count()) {
        await link.click();
        await tab.waitForURL((url) => url.pathname !== `/${path}`);
      }
    }
  });
  knowsNothingOf(["zqadvice", "zqlist", "pe21", "near=", "kind=", "area="], log, ["/directory/", `/${list}`]);
  assert.ok(log.some(({ path }) => path.endsWith("entries.js")), "The list was not read.");
});

test("what someone would like to buy", async () => {
  const log = await watched(async (tab, go) => {
    await go("can-i-buy/");
    await tab.locator("#buy-q").fill("zqbuy");
    await at(tab, "#q=zqbuy");
    await tab.locator("#buy-q").press("Enter");
    await tab.locator("#buy-q").fill("gym");
    await tab.locator('#buy-tool [value="yes"]').check();
    await at(tab, "answer=yes");
    await tab.locator(".asks > li:visible > a").first().click();
    await tab.waitForURL((url) => url.pathname !== "/can-i-buy/");
  });
  knowsNothingOf(["zqbuy", "q=gym", "answer="], log, ["/can-i-buy/"]);
});

test("answers to questions, a postcode, a letter and a booklet", async () => {
  const device = having('id="flow-tool"'), lookUp = having('id="look-up-tool"'), letter = "letters/ask-for-records/";
  const log = await watched(async (tab, go) => {
    await go(device);
    const form = tab.locator("form.ask-one");
    for (let step = 0; step < 10 && (await form.isVisible()); step++) {
      const inputs = tab.locator("#flow-fields input");
      if ((await inputs.first().getAttribute("type")) !== null) await inputs.first().check();
      else {
        const values = (await inputs.count()) === 3 ? ["13", "11", "1957"] : ["1957"];
        for (const [at, value] of values.entries()) await inputs.nth(at).fill(value);
      }
      await form.locator("[type=submit]").click();
    }
    await go(lookUp);
    if (await tab.locator("input[name=council]").count()) await tab.locator("input[name=council]").first().check();
    await tab.locator("#look-up-postcode").fill("ZQ9 7XQ");
    await tab.locator("form.ask-one [type=submit]").click();
    await tab.locator("#look-up-result").waitFor();
    await go(letter);
    for (const input of await tab.locator(".letter-tool :is(input:not([type]), input[type=text], textarea)").all()) {
      await input.fill("zqletter");
    }
    await tab.waitForFunction(() => document.getElementById("letter-sheet").textContent.includes("zqletter"));
    await tab.locator(".actions summary").click();
    await tab.locator('[data-do="txt"]').click();
    if (await tab.locator('[data-do="anyway"]').isVisible()) await tab.locator('[data-do="anyway"]').click();
    await go("booklet/");
    await tab.locator("#booklet-q").fill("zqbooklet");
    await tab.locator("#booklet-q").fill("");
    await tab.locator("#booklet-paper summary").first().click();
    await tab.locator("#booklet-paper .choice").first().click();
    await at(tab, "#keep=");
    await tab.locator('[data-do="make"]').first().click();
    await tab.locator("#booklet-pages section").first().waitFor();
  });
  knowsNothingOf(["1957", "zq9", "7xq", "zqletter", "zqbooklet", "keep="], log, [`/${device}`, `/${lookUp}`, `/${letter}`, "/booklet/"]);
});

test("without scripts a search box leads to the list of all pages, without its words", async () => {
  const words = [];
  const log = await watched(async (tab, go) => {
    for (const [name, path] of Object.entries(main)) {
      const word = `zqoff${name.replaceAll(" ", "")}`;
      words.push(word);
      await go(path);
      await tab.locator(".searchbox [type=search]").fill(word);
      await tab.locator(".searchbox [type=submit]").click();
      // Each language has a list of its own: the letters, or the few pages that are in Welsh.
      const [list, least] = name === "welsh" ? ["/cy/a-z/", 5] : ["/a-z/", 20];
      await tab.waitForURL((url) => url.pathname === list);
      assert.ok((await tab.locator("main a").count()) > least, "The A to Z does not list the pages.");
    }
  }, { javaScriptEnabled: false });
  knowsNothingOf(words, log, ["/", "/manage/", "/nowhere/at/all/", "/a-z/"]);
});

test("an address from before, with words after ?, is moved at once and told no further", async () => {
  for (const [path, query, says, hash] of [
    ["search/", "?q=zqold+money&kind=service", "#status", "#q=zqold+money&kind=service"],
    ["directory/", "?q=zqold&kind=payroll", "#filter-status", "#q=zqold&kind=payroll"],
    ["can-i-buy/", "?utm=1&q=zqold&answer=ask#main", "#buy-status", "#utm=1&q=zqold&answer=ask"],
  ]) {
    const log = await watched(async (tab, go) => {
      await go(path + query);
      await tab.waitForFunction((says) => document.querySelector(says).textContent, says);
      // The tool puts the address in its own order.
      assert.equal((await address(tab)).search, "");
      assert.match((await address(tab)).href, /#.*q=zqold/);
      const before = await tab.evaluate(() => history.length);
      await tab.reload();
      await tab.waitForFunction((says) => document.querySelector(says).textContent, says);
      assert.equal(await tab.evaluate(() => history.length), before);
      await tab.locator(".site a").click();
      await tab.waitForURL((url) => url.pathname !== `/${path}`);
    });
    assert.ok(log[0].path.includes("zqold"), "The address from before was not asked for.");
    const after = log.slice(1);
    assert.ok(after.some((seen) => seen.path === `/${path}`), "The page was not loaded again.");
    for (const { line } of after) assert.doesNotMatch(line, /zqold|kind=|answer=/, `${hash} is told again.`);
  }
});

test("the search that is made for another program’s pages", async () => {
  const folder = mkdtempSync(join(tmpdir(), "plainsite-private-"));
  after(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, "a"));
  const page = (title, text) => `<!doctype html><html lang="en"><title>${title}</title><h1>${title}</h1><p>${text}</p>`;
  writeFileSync(join(folder, "index.html"), page("Home", "Welcome to the handbook."));
  writeFileSync(join(folder, "a/index.html"), page("Holidays", "Ask for holidays two weeks before."));
  const made = spawnSync(process.env.PLAINSITE ?? "plainsite", ["index", folder], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
  const log = await watched(async (tab, go) => {
    await go("search/");
    await tab.getByRole("searchbox").fill("zqother holidays");
    await tab.getByRole("searchbox").press("Enter");
    await status(tab, "status")("zqother");
    await at(tab, "#q=zqother+holidays");
    await tab.locator("#results a").first().click();
    await tab.waitForURL((url) => url.pathname === "/a/");
  }, { folder });
  knowsNothingOf(["zqother"], log, ["/search/", "/a/"]);
  const off = await watched(async (tab, go) => {
    await go("search/");
    await tab.getByRole("searchbox").fill("zqoff");
    await tab.getByRole("searchbox").press("Enter");
    await tab.waitForURL(/\?$/);
  }, { folder, javaScriptEnabled: false });
  knowsNothingOf(["zqoff"], off, ["/search/"]);
});

test("every page keeps its address to itself before anything is loaded, and no form has names", () => {
  const meta = '<meta name="referrer" content="no-referrer">';
  const found = [];
  for (const { path, html } of [...pages, ...redirects]) {
    const head = html.split("</head>")[0];
    const first = head.search(/<(link|script|img|style)\b/);
    const told = head.indexOf(meta);
    if (told < 0 || (first >= 0 && first < told)) found.push(`${path} has no ${meta} before what it loads`);
    // What stands in <template> is only used by the scripts, which send nothing.
    const forms = html.replace(/<template[\s\S]*?<\/template>/g, "").match(/<form[\s\S]*?<\/form>/g) ?? [];
    for (const form of forms) {
      if (/<(input|select|textarea|button)[^>]* name="/.test(form)) found.push(`${path} sends: ${form.slice(0, 80)}`);
    }
  }
  assert.ok(pages.length > 100 && redirects.length > 3);
  assert.deepEqual(found, []);
});

test("a page that needs to ask for nothing may not, by its own policy", () => {
  const may = pages.filter(({ html }) => !/Content-Security-Policy" content="[^"]*connect-src 'none'/.test(html));
  const need = pages.filter(({ html }) => /id="booklet-tool"|id="search"/.test(html));
  assert.deepEqual(may.map(({ path }) => path), need.map(({ path }) => path));
});
