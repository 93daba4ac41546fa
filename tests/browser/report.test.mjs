// `plainsite report` writes a page that everyone can use: axe finds nothing, its tables are
// sorted with the keyboard, and without scripts all is there. `PLAINSITE` names the program.

import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { browser, narrow, served, wide } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.PLAINSITE ?? join(here, "../../target/release/plainsite"));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const folder = mkdtempSync(join(tmpdir(), "report-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
const words = ["report", "--root", join(here, "../.."), "--out", join(folder, "index.html")];
const made = spawnSync(program, words, { encoding: "utf8" });
assert.equal(made.status, 0, made.stderr);
const at = await served(folder);

async function opened(options) {
  const context = await (await browser()).newContext(options);
  const tab = await context.newPage();
  const asked = [];
  tab.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await tab.goto(at.base);
  return { context, tab, asked };
}

for (const colorScheme of ["light", "dark"]) {
  for (const size of [wide, narrow]) {
    test(`axe finds nothing in the report: ${colorScheme}, ${size.viewport.width} wide`, async () => {
      const { context, tab } = await opened({ ...size, colorScheme });
      await tab.evaluate(axe);
      const found = await tab.evaluate(async () => {
        const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
        const rules = { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } };
        const { violations } = await globalThis.axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"] });
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0].target} ${nodes[0].failureSummary}`);
      });
      assert.deepEqual(found, []);
      const sideways = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(sideways <= 0, `the page moves sideways by ${sideways} px`);
      await context.close();
    });
  }
}

test("a table of the report is sorted with the keyboard, and says how", async () => {
  const { context, tab, asked } = await opened(wide);
  const column = (at) =>
    tab.$$eval("#pages tbody tr", (rows, at) => rows.map((row) => row.cells[at].textContent.trim()), at);
  const heads = await tab.$$eval("#pages thead th", (all) => all.map((head) => head.textContent.trim()));
  const mean = heads.indexOf("Words in a sentence");
  const button = tab.locator("#pages thead th").nth(mean).locator("button");
  const head = tab.locator("#pages thead th").nth(mean);
  for (const [way, sign] of [["ascending", 1], ["descending", -1]]) {
    await button.focus();
    await tab.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), way);
    const numbers = (await column(mean)).filter(Boolean).map(Number);
    assert.ok(numbers.length > 50);
    assert.deepEqual(numbers, numbers.toSorted((a, b) => sign * (a - b)));
    const all = await column(mean);
    assert.equal(all.slice(0, numbers.length).filter((text) => !text).length, 0, "empty ones come last");
    assert.match(await tab.textContent("#said"), /^Sorted by Words in a sentence/);
    assert.ok(await button.evaluate((own) => own === document.activeElement));
  }
  // Days are sorted as days.
  await tab.locator("#pages thead th").nth(heads.indexOf("Checked")).locator("button").press("Enter");
  const days = (await column(heads.indexOf("Checked"))).filter(Boolean).map((day) => Date.parse(`${day} UTC`));
  assert.deepEqual(days, days.toSorted((a, b) => a - b));
  assert.equal(await tab.locator("#pages [aria-sort]").count(), 1);
  assert.deepEqual(asked.filter((path) => path !== "/" && path !== "/favicon.ico"), [], "it asks for nothing else");
  await context.close();
});

test("without scripts the whole report is there, and nothing can be pressed in vain", async () => {
  const { context, tab } = await opened({ ...wide, javaScriptEnabled: false });
  assert.equal(await tab.locator("button").count(), 0);
  assert.ok((await tab.locator("#pages tbody tr").count()) > 50);
  await context.close();
});
