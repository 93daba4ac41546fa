// Every tool, in use: nothing that axe knows is wrong, on a narrow screen, in the dark and
// in forced colours; without scripts there are no forms.

import { test } from "node:test";
import assert from "node:assert/strict";
import { browser, narrow } from "./site.mjs";
import { colours, faultsOf, open, press, says, site, tooSmall } from "./tools.mjs";

const uses = {
  "the directory, with services": ["directory/#q=advice", (tab) => says(tab, "service")],
  "the directory, all open": ["directory/", async (tab) => {
    for (const summary of await tab.locator("#filter summary").all()) await summary.click();
    await tab.getByLabel("Payroll").check();
    await says(tab, "1 service");
  }],
  "the directory, beside a postcode": ["directory/#near=EX1", (tab) => says(tab, "The nearest come first")],
  "the directory, with nothing": ["directory/#q=zzz&kind=carers", (tab) => says(tab, "0 services")],
  "can I buy": ["can-i-buy/#q=taxi", (tab) => says(tab, "1 item")],
  "can I buy, with nothing": ["can-i-buy/#q=zzz", (tab) => says(tab, "0 items")],
  "answers so far": ["decide/can-i/able/#adult=0&needs=0", async () => {}],
  "a date, and what is wrong": ["decide/device/", (tab) => press(tab, "Continue")],
  "several answers": ["decide/device/", async (tab) => {
    for (const name of ["Day", "Month"]) await tab.getByLabel(name).fill("1");
    await tab.getByLabel("Year").fill("1980");
    await press(tab, "Continue");
    await press(tab, "Continue");
  }],
  "an outcome": ["decide/device/", async (tab) => {
    for (const name of ["Day", "Month"]) await tab.getByLabel(name).fill("1");
    await tab.getByLabel("Year").fill("2020");
    await press(tab, "Continue");
  }],
  "a checklist": ["checklist/", (tab) => tab.getByLabel("They fall").check()],
  "sending a page": ["checklist/", (tab) => tab.locator(".send summary").click()],
  "a look-up, and what is wrong": ["look-up/", (tab) => press(tab, "Find my team")],
  "a team": ["look-up-plain/", async (tab) => {
    await tab.getByLabel("Your postcode").fill("NG23 5AA");
    await press(tab, "Find my team");
  }],
  "a booklet": ["booklet/#keep=decide/one,decide/two", async (tab) => {
    await press(tab, "Make the booklet");
    await says(tab, "ready");
  }],
};

for (const [name, [path, use]] of Object.entries(uses)) {
  test(`${name}: no fault, light and dark, and all of it large enough at 320 px`, async () => {
    for (const colorScheme of ["light", "dark"]) {
      const { tab, close } = await open(path, { ...narrow, colorScheme, bypassCSP: true, permissions: ["clipboard-write"] });
      await use(tab);
      assert.deepEqual(await faultsOf(tab, colorScheme === "dark" ? colours : {}), [], colorScheme);
      assert.deepEqual(await tooSmall(tab), []);
      if (process.env.PICTURES) await tab.screenshot({ path: `${process.env.PICTURES}/${name.replace(/\W+/g, "-")}-${colorScheme}.png`, fullPage: true });
      await close();
    }
  });

  test(`${name}: in forced colours controls have an edge, and the focus an outline`, async () => {
    const { tab, close } = await open(path, { ...narrow, forcedColors: "active" });
    await use(tab);
    const faults = await tab.evaluate(() => {
      const found = [];
      for (const e of document.querySelectorAll("main :is(button, select, input:not([type=checkbox], [type=radio]))")) {
        if (!e.checkVisibility()) continue;
        const style = getComputedStyle(e);
        if (parseFloat(style.borderTopWidth) < 1 || style.borderTopColor === style.backgroundColor) found.push(`no edge: ${e.outerHTML}`);
      }
      return found;
    });
    assert.deepEqual(faults, []);
    await tab.keyboard.press("Tab");
    const outline = await tab.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, "none");
    await close();
  });
}

test("without scripts there are no forms and no buttons that do nothing", async () => {
  const context = await (await browser()).newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  for (const path of new Set(Object.values(uses).map(([path]) => path.split(/[?#]/)[0]))) {
    await tab.goto(site.base + path);
    assert.equal(await tab.locator("main :is(form, button, input, select):visible").count(), 0, path);
  }
  await context.close();
});
