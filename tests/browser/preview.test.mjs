// The preview, as an editor uses it: pages change when a file is saved, and what is wrong
// stays in sight. `SAVES=50` saves more often.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { address, browser, narrow, wide } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.PLAINSITE ?? join(here, "../../target/release/plainsite"));
const root = mkdtempSync(join(tmpdir(), "plainsite-preview-"));
const saves = Number(process.env.SAVES ?? 8);

const page = (title, words) => `---\ntitle: ${title}\n---\n\n${words}\n`;
const long = Array.from({ length: 60 }, (_, number) => `Keep statement number ${number}.`).join("\n\n");
const save = (name, text) => writeFileSync(join(root, "content", name), text);

mkdirSync(join(root, "content"));
writeFileSync(join(root, "site.toml"), 'title = "Guide"\n');
save("index.md", page("Home", "Hello."));
save("records.md", page("Records", long));
save("other.md", page("Other", "Words of another page."));

const preview = spawn(program, ["serve", "--port", "0", "--root", root], { stdio: ["ignore", "ignore", "pipe"] });
after(() => {
  preview.kill();
  rmSync(root, { recursive: true, force: true });
});
const at = await new Promise((found, failed) => {
  let said = "";
  preview.stderr.on("data", (more) => {
    said += more;
    const address = said.match(/http:\/\/127\.0\.0\.1:\d+\//)?.[0];
    if (address) found(address);
  });
  if (process.env.LOUD) preview.stderr.pipe(process.stderr);
  preview.on("exit", () => failed(new Error(said)));
});

async function open(path, settings) {
  const context = await (await browser()).newContext(settings);
  const tab = await context.newPage();
  await tab.goto(at + path);
  return tab;
}

const strip = "#plainsite-problems";
const summary = `${strip} > details > summary`;

/** Waits until the strip says something. */
const says = (tab, words) =>
  tab.waitForFunction(
    ([summary, words]) => document.querySelector(summary)?.textContent.includes(words),
    [summary, words],
    { timeout: 20_000 },
  );

test("the strip is in sight wherever a page is scrolled to, and covers nothing for good", async () => {
  save("records.md", page("Records", `See [the form](missing.md).\n\n${long}`));
  for (const settings of [wide, narrow]) {
    const tab = await open("records/", settings);
    await says(tab, "1 error");
    const height = await tab.evaluate(() => document.documentElement.scrollHeight);
    for (let top = 0; top <= height; top += 200) {
      await tab.evaluate((top) => scrollTo(0, top), top);
      const box = await tab.locator(summary).boundingBox();
      const { height: seen } = settings.viewport;
      assert.ok(box && box.y >= 0 && box.y + box.height <= seen, `at ${top}: ${JSON.stringify(box)}`);
    }
    // The last words of the page can be brought above it, as soon as it has its height.
    await tab.waitForFunction((strip) => {
      scrollTo(0, document.documentElement.scrollHeight);
      const foot = document.querySelector("footer").getBoundingClientRect();
      return foot.bottom - document.querySelector(strip).getBoundingClientRect().top <= 1;
    }, strip, { timeout: 10_000 });
    assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), settings.viewport.width);
    await tab.context().close();
  }
});

test("what is wrong on the page comes first, with the words at fault and the manual", async () => {
  save("other.md", page("Other", "See [a list](nowhere.md)."));
  save("records.md", page("Records", "See [the form](missing.md)."));
  const tab = await open("records/", wide);
  await says(tab, "2 errors");
  await says(tab, "On this page: 1.");
  assert.match(await tab.title(), /^\(2\) /);
  const first = tab.locator(`${strip} li`).first();
  assert.match(await first.textContent(), /content\/records\.md, line 5/);
  assert.match(await first.locator("mark").textContent(), /missing/);
  await first.locator("summary").click();
  await first.locator("details pre").waitFor();
  assert.match(await first.locator("details pre").textContent(), /^# dead-link/);
  assert.match(await tab.locator(`${strip} code`).first().textContent(), /content\/records\.md/);

  // What was closed stays closed.
  await tab.locator(summary).click();
  await tab.reload();
  await says(tab, "2 errors");
  assert.equal(await tab.locator(`${strip} > details`).evaluate((fold) => fold.open), false);

  save("other.md", page("Other", "Words."));
  save("records.md", page("Records", "Nothing is wrong."));
  await says(tab, "Nothing to mend");
  assert.match(await tab.title(), /^Records/);
  await tab.context().close();
});

test("each save is shown, also on a small phone", async () => {
  const tab = await open("_plainsite/narrow/records/", wide);
  const frame = tab.frameLocator("iframe");
  for (let number = 0; number < saves; number += 1) {
    save("records.md", page("Records", `Save number ${number} is here.`));
    await frame.getByText(`Save number ${number} is here.`).waitFor({ timeout: 20_000 });
  }
  await tab.context().close();
});

test("a page with an error keeps its last good form, and others change", async () => {
  save("records.md", page("Records", "These words are good."));
  const tab = await open("records/", wide);
  await tab.getByText("These words are good.").waitFor();
  save("records.md", `---\ntitle: Records\nstatus: gone\n---\n\nThese words are not.\n`);
  await says(tab, "1 error");
  await tab.getByText("These words are good.").waitFor();
  save("other.md", page("Other", "Other words change all the same."));
  const other = await open("other/", wide);
  await other.getByText("Other words change all the same.").waitFor();
  save("records.md", page("Records", "These words are good again."));
  await tab.getByText("These words are good again.").waitFor();
  await tab.context().close();
  await other.context().close();
});

test("a draft is shown, marked as one, and listed", async () => {
  save("draft.md", `---\ntitle: A draft\nstatus: draft\n---\n\nNobody reads this yet.\n`);
  save("later.md", `---\ntitle: Later\npublished: 2099-01-01\n---\n\nOne day.\n`);
  const tab = await open("_plainsite/", wide);
  for (let tries = 0; tries < 100 && !(await tab.content()).includes("content/later.md"); tries += 1) {
    await tab.waitForTimeout(50);
    await tab.reload();
  }
  await tab.getByRole("link", { name: "content/draft.md" }).click();
  await tab.getByText("Nobody reads this yet.").waitFor();
  assert.match(await tab.locator(".plainsite-draft").textContent(), /Not published: this page is a draft/);
  save("draft.md", `---\ntitle: A draft\nstatus: draft\n---\n\nOther words.\n`);
  await tab.getByText("Other words.").waitFor();
  await tab.goto(`${at}later/`);
  assert.match(await tab.locator(".plainsite-draft").textContent(), /not published yet/);
  for (const name of ["draft.md", "later.md"]) rmSync(join(root, "content", name));
  await tab.context().close();
});

test("the list of everything follows changes, and can be sieved", async () => {
  const tab = await open("_plainsite/", wide);
  save("records.md", page("Records", "See [the form](missing.md)."));
  await tab.getByText("there is no page or file “missing.md”").waitFor();
  await tab.getByLabel("Show only what has these words").fill("other");
  assert.equal(await tab.locator("section [data-item]:visible").count(), 0);
  assert.equal(await tab.locator(".pages [data-item]:visible").count(), 1);
  save("records.md", page("Records", "Nothing is wrong."));
  await tab.getByText("there is no page or file “missing.md”").waitFor({ state: "detached" });
  assert.equal(await tab.locator(".pages [data-item]:visible").count(), 1, "it is still sieved");
  await tab.context().close();
});

test("an open page that is renamed says where it went, and the line that keeps its address", async () => {
  save("records.md", page("Records", "Words that move."));
  const tab = await open("records/", narrow);
  await tab.getByText("Words that move.").waitFor();
  renameSync(join(root, "content/records.md"), join(root, "content/money.md"));
  const note = tab.locator(".plainsite-draft");
  await note.waitFor({ timeout: 20_000 });
  assert.match(await note.textContent(), /now at \/money\/.*content\/money\.md: also at: \/records\//s);
  assert.equal(await tab.evaluate(() => document.documentElement.scrollWidth), narrow.viewport.width);
  await note.getByRole("link").click();
  await tab.getByText("Words that move.").waitFor();
  assert.equal((await address(tab)).pathname, "/money/");
  save("money.md", `---\ntitle: Records\nalso at: /records/\n---\n\nWords that move.\n`);
  await says(tab, "Nothing to mend");
  // The old address leads on at once, which ends the way to it.
  await tab.goto(`${at}records/`).catch((error) => assert.match(error.message, /interrupted by another navigation/));
  await tab.waitForURL(`${at}money/`);
  rmSync(join(root, "content/money.md"));
  save("records.md", page("Records", "Words."));
  await tab.context().close();
});

test("the strip leads to other ways to see the page, and back", async () => {
  save("ways.md", page("Ways", "Keep your statements."));
  const tab = await open("ways/", wide);
  await says(tab, ".");
  // It opens by itself where findings come before the press.
  const ways = tab.getByRole("link", { name: "few colours" });
  for (let turn = 0; turn < 5 && !(await ways.isVisible()); turn += 1) {
    await tab.locator(summary).click();
    await ways.waitFor({ timeout: 2000 }).catch(() => {});
  }
  await ways.click();
  await tab.waitForURL(`${at}_plainsite/contrast/ways/`);
  await tab.getByText("Keep your statements.").waitFor();
  const colours = await tab.locator("main p").first().evaluate((p) => [getComputedStyle(p).color, getComputedStyle(p).backgroundColor]);
  assert.deepEqual(colours, ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
  await says(tab, ".");
  await tab.getByRole("link", { name: "words alone" }).click();
  await tab.waitForURL(`${at}_plainsite/no-styles/ways/`);
  assert.equal(await tab.locator("h1").evaluate((h) => getComputedStyle(h).fontFamily), await tab.evaluate(() => getComputedStyle(document.documentElement).fontFamily));
  await tab.getByRole("link", { name: "as it is" }).click();
  await tab.waitForURL(`${at}ways/`);
  await tab.context().close();
});
