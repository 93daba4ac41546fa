// Can I buy: the box above the list.

import { test } from "node:test";
import assert from "node:assert/strict";
import { focused, open, press, says, status } from "./tools.mjs";
import { address } from "./site.mjs";

const page = "can-i-buy/";
const shown = (tab) => tab.locator(".asks > li:visible > a").allInnerTexts();
const again = (tab) => tab.getByRole("button", { name: "Start again" }).isVisible();
const groups = (tab) => tab.locator("details:visible:has(.asks) h2").allInnerTexts();
const type = (tab, words) => tab.getByRole("searchbox", { name: "What would you like to buy?" }).fill(words);

test("all groups are there before anything is asked, folded, and open to a finger or a key", async () => {
  const { tab, close, asked } = await open(page);
  assert.deepEqual(await groups(tab), ["Travel", "Staff", "Clubs"]);
  assert.deepEqual(await shown(tab), []);
  assert.equal(await status(tab, "buy-status"), "");
  assert.equal(await tab.locator("#buy-groups").isVisible(), true);
  assert.equal(await again(tab), false, "nothing is there to clear");
  await tab.locator("summary").first().press("Enter");
  assert.deepEqual(await shown(tab), ["A taxi", "Fuel for a car"]);
  assert.deepEqual(asked, []);
  await close();
});

test("words find names, reasons and other words, and empty groups go", async () => {
  const { tab, close } = await open(page);
  for (const [words, found, in_] of [
    ["cab", ["A taxi"], ["Travel"]],
    ["cafe", ["A café club"], ["Clubs"]],
    ["pas wages", ["A PA’s wages"], ["Staff"]],
    ["plan", ["A PA’s wages", "A gym"], ["Staff", "Clubs"]],
    ["planning", ["A PA’s wages", "A gym"], ["Staff", "Clubs"]],
    ["ask", [], []],
    ["zzz", [], []],
  ]) {
    await type(tab, words);
    await says(tab, found.length === 1 ? "1 item" : `${found.length} items`);
    assert.deepEqual(await shown(tab), found, words);
    assert.deepEqual(await groups(tab), in_, words);
  }
  assert.equal(await tab.getByText("We have nothing about that yet").isVisible(), true);
  assert.equal(await again(tab), true);
  assert.equal(await tab.locator("#buy-groups").isVisible(), false);
  await press(tab, "Start again");
  await says(tab, "Every item is shown");
  assert.equal(await again(tab), false, "nothing is left to clear");
  assert.deepEqual(await groups(tab), ["Travel", "Staff", "Clubs"]);
  assert.deepEqual(await shown(tab), [], "folded as before");
  assert.equal(await tab.getByText("We have nothing about that yet").isVisible(), false);
  assert.equal(await tab.locator("#buy-groups").isVisible(), true);
  await close();
});

test("answers can be chosen, stand in the address, and come back", async () => {
  const { tab, close } = await open(page);
  await tab.getByLabel("Ask first").check();
  await says(tab, "2 items");
  assert.deepEqual(await shown(tab), ["A taxi", "A gym"]);
  await tab.getByLabel("No", { exact: true }).check();
  await says(tab, "3 items");
  await type(tab, "taxi");
  await says(tab, "1 item");
  assert.equal((await address(tab)).hash, "#q=taxi&answer=no&answer=ask");
  await tab.reload();
  await says(tab, "1 item");
  assert.deepEqual(await shown(tab), ["A taxi"]);
  assert.equal(await tab.getByLabel("No", { exact: true }).isChecked(), true);
  await close();
});

test("an address from before works, one changed by hand too, and a heading asks for nothing", async () => {
  const { tab, close } = await open(`${page}?q=taxi`);
  await says(tab, "1 item");
  await tab.waitForURL((url) => !url.search && url.hash === "#q=taxi");
  await tab.evaluate(() => (location.hash = "#answer=ask"));
  await says(tab, "2 items");
  assert.equal(await tab.getByRole("searchbox").inputValue(), "");
  await tab.evaluate(() => (location.hash = "#buy-status"));
  await tab.waitForURL((url) => url.hash === "#answer=ask");
  assert.deepEqual(await shown(tab), ["A taxi", "A gym"]);
  await tab.goBack();
  await tab.goBack();
  await says(tab, "1 item");
  await close();
});

test("Enter leads to the number", async () => {
  const { tab, close } = await open(page, { fromDisk: true });
  await tab.getByRole("searchbox").focus();
  await tab.keyboard.type("gym");
  await tab.keyboard.press("Enter");
  await says(tab, "1 item");
  assert.equal(await focused(tab), "buy-status");
  await close();
});
