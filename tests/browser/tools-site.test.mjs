// The tools on the pages of the site itself: each is used once on a narrow screen, and
// nothing that axe knows is wrong.

import { test } from "node:test";
import assert from "node:assert/strict";
import { address, narrow, pages, site } from "./site.mjs";
import { faultsOf, open, press, says, status, tooSmall } from "./tools.mjs";

const having = (mark, not) => pages.filter(({ html }) => html.includes(mark) && !(not && html.includes(not)));
const json = (page, id) => JSON.parse(page.html.match(new RegExp(`id="${id}">(.*?)</script>`, "s"))[1]);
const options = { ...narrow, at: site, bypassCSP: true };
async function sound(tab) {
  assert.deepEqual(await faultsOf(tab), []);
  const small = await tooSmall(tab);
  assert.deepEqual(small.filter((one) => !/^<summary|to-here/.test(one)), []);
}
const go = (page, more = "") => open(page.path.slice(1) + more, options);

test("the directory finds services by words, and each link leads to a page", async (t) => {
  const page = having('id="filter"').find(({ path }) => path === "/directory/");
  if (!page) return t.skip("there is no directory");
  const { tab, close } = await go(page, "#q=advice");
  await says(tab, "service");
  const links = await tab.locator("#filter-results > li > a:first-child").evaluateAll((all) => all.map((one) => new URL(one.href).pathname));
  assert.ok(links.length > 0);
  const known = new Set(pages.map(({ path }) => `/${path.slice(1)}`));
  assert.deepEqual(links.filter((link) => !known.has(link.replace(new URL(site.base).pathname, "/"))), []);
  await sound(tab);
  await close();
});

test("every list of the directory starts from what it is a list of", async () => {
  for (const page of having('id="filter"').filter(({ path }) => /\/(category|area)\//.test(path)).slice(0, 8)) {
    const { tab, close } = await go(page);
    await tab.locator("#filter-q").fill("a");
    await tab.waitForFunction(() => location.hash);
    assert.match((await address(tab)).hash, /^#q=a&(kind|area)=/, page.path);
    await close();
  }
});

test("can I buy finds an item", async (t) => {
  const [page] = having('id="buy-form"');
  if (!page) return t.skip("there is no such page");
  const { tab, close } = await go(page, "#answer=ask");
  await says(tab, "item");
  const answers = await tab.locator(".asks > li:visible .answer").allTextContents();
  assert.ok(answers.length > 0 && answers.every((one) => /Ask|Gofyn/.test(one)));
  await sound(tab);
  await close();
});

/** A value for each sort of question that its first answer takes. */
async function answer(tab, { type, answers: [first] }) {
  if (type === "choice" || type === "several") return tab.locator("#flow-fields input").first().check();
  if (type === "number") return tab.getByLabel(/Number|Rhif/).fill(String(first.atLeast ?? 0));
  if (type === "postcode") return tab.locator("#flow-fields input").fill(`${(first.starts?.[0] ?? "ZZ|1 ").replace("|", "").trim()} 1AA`.replace(/ (\d) \d/, " $1"));
  for (const [at, value] of ["1", "1", "1960"].entries()) await tab.locator("#flow-fields input").nth(at).fill(value);
}

test("every flow that runs on the device leads to an outcome, question by question", async () => {
  for (const page of having('id="flow-tool"')) {
    const { tab, close, asked } = await go(page);
    const { questions } = json(page, "flow-data");
    for (let step = 0; step < 30 && (await tab.locator("form.ask-one").isVisible()); step++) {
      await tab.locator("form.ask-one [type=submit]").click();
      assert.ok((await tab.locator("#flow-error").innerText()).length > 5, `${page.path}: nothing is said about no answer`);
      if (!step) await sound(tab);
      const ask = await tab.locator("#flow-ask").innerText();
      await answer(tab, Object.values(questions).find((one) => one.ask === ask));
      await tab.locator("form.ask-one [type=submit]").click();
    }
    assert.ok(await tab.locator("#flow-outcome h2").isVisible(), `${page.path} has no end`);
    await sound(tab);
    assert.deepEqual(asked.filter((url) => !/\/assets\/icon\./.test(url)), []);
    await close();
  }
});

test("of a number of weeks, weeks are taken and pounds are not", async () => {
  const { tab, close } = await go(pages.find(({ path }) => path === "/manage/money-left-over-check/"));
  const box = tab.getByLabel("Number (weeks)");
  for (const typed of ["£250", "250 £", "some weeks", ""]) {
    await box.fill(typed);
    await press(tab, "Continue");
    assert.match(await tab.locator("#flow-error").innerText(), /Write a number of weeks/, typed);
  }
  await box.fill("2.5 weeks");
  await press(tab, "Continue");
  await tab.getByRole("heading", { name: "You have about the right amount" }).waitFor();
  await close();
});

test("every flow of choices has whom to ask once on each question and answer, and leads back", async () => {
  for (const page of having('id="flow-ends"')) {
    const { tab, close } = await go(page);
    const cards = () => tab.locator(".contact:visible").evaluateAll((all) => all.map((one) => one.innerHTML));
    for (let steps = 0; steps < 30; steps += 1) {
      const all = await cards();
      assert.equal(new Set(all).size, all.length, tab.url());
      assert.equal(await tab.locator("[id=to-ask]").count(), 1, tab.url());
      assert.equal(await tab.locator("#flow-answers:visible dl > div").count(), steps, tab.url());
      assert.equal(await tab.locator("#flow-back").isVisible(), steps > 0, tab.url());
      if (!(await tab.locator("#flow-here .choices a").count())) break;
      await tab.locator("#flow-here .choices a").first().click();
      await tab.waitForFunction((rows) => document.querySelectorAll("#flow-answers dl > div").length === rows, steps + 1);
    }
    await sound(tab);
    await close();
  }
});

test("every start of a postcode leads to its team", async () => {
  for (const page of having('id="look-up-tool"')) {
    const { tab, close } = await go(page);
    const { ask, teams } = json(page, "look-up-data");
    if (ask) await tab.locator("input[name=council]").first().check();
    for (const [start, team] of Object.entries(teams)) {
      const [out, inward] = start.replace("|", "").split(" ");
      // A sector that no longer start has for itself.
      const sector = inward || [..."9876543210"].find((digit) => !(`${start}${digit}` in teams));
      if (!out || !sector) continue;
      await tab.locator("#look-up-postcode").fill(`${out} ${sector}AA`);
      await tab.locator("form.ask-one [type=submit]").click();
      const expected = await tab.locator(`#team-${team}`).evaluate((one) => one.textContent);
      assert.equal(await tab.locator("#look-up-result > div").evaluate((one) => one.textContent), expected, start);
    }
    await sound(tab);
    await close();
  }
});

test("a booklet of many pages has each id once, and no link that leads nowhere", async (t) => {
  const [page] = having('id="booklet-tool"');
  if (!page) return t.skip("there is no such page");
  const { tab, close } = await go(page);
  const keys = await tab.locator("#booklet-paper details li > a").evaluateAll((all) => all.map((one) => one.href.replace(new URL("../", location.href).href, "").replace(/\/$/, "")));
  const some = keys.filter((_, at) => at % Math.ceil(keys.length / 25) === 0);
  await tab.evaluate((some) => (location.hash = `#keep=${some}`), some);
  await tab.waitForFunction((n) => document.querySelectorAll("#booklet-list > li").length === n, some.length);
  await press(tab, await tab.locator('[data-do="make"]').first().innerText());
  await says(tab, String(some.length));
  const found = await tab.evaluate(() => {
    const made = document.getElementById("booklet-pages");
    const dead = [...made.querySelectorAll('a[href^="#"]')].filter((one) => !document.getElementById(one.hash.slice(1)));
    const h1 = made.querySelectorAll("h1, nav, form, script, template").length;
    return { dead: dead.map((one) => one.outerHTML), h1, links: [...made.querySelectorAll("a[href]")].map((one) => one.href), pictures: [...made.querySelectorAll("img")].map((one) => one.src) };
  });
  assert.deepEqual(found.dead, []);
  assert.equal(found.h1, 0);
  const known = new Set(pages.map(({ path }) => path));
  const inner = [...new Set(found.links)].filter((href) => href.startsWith(site.base)).map((href) => new URL(href).pathname);
  assert.deepEqual(inner.filter((path) => path.endsWith("/") && !known.has(path)), []);
  for (const picture of new Set(found.pictures)) assert.equal((await tab.request.get(picture)).status(), 200, picture);
  await sound(tab);
  await close();
});

test("checklists count", async () => {
  for (const page of having('class="tally"').slice(0, 3)) {
    const { tab, close } = await go(page);
    const boxes = tab.locator(".tally input");
    for (let at = 0; at < (await boxes.count()); at++) await boxes.nth(at).check();
    const all = await boxes.count();
    const rule = await tab.locator(".tally .rule").first().innerText();
    assert.equal(await tab.locator(".tally [role=status]").innerText(), `${all} of ${all} ticked. ${rule}`);
    await sound(tab);
    await close();
  }
});

test("a page can be copied", async () => {
  const page = having('id="send-status"')[0];
  const { tab, close } = await open(page.path.slice(1), { ...options, permissions: ["clipboard-read", "clipboard-write"] });
  await tab.locator(".send summary").click();
  await tab.locator('[data-copy="send-text"]').click();
  await tab.waitForFunction(() => document.getElementById("send-status").textContent);
  assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), await tab.locator("#send-text").evaluate((one) => one.textContent));
  assert.ok((await status(tab, "send-status")).length > 3);
  await sound(tab);
  await close();
});
