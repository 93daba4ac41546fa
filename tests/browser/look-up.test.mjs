// A postcode and the team for it.

import { test } from "node:test";
import assert from "node:assert/strict";
import { focused, open, press } from "./tools.mjs";
import { address } from "./site.mjs";

const page = "look-up/";
const plain = "look-up-plain/";
const box = (tab) => tab.getByLabel("Your postcode");
const error = (tab) => tab.locator("#look-up-error").innerText();
async function look(tab, postcode) {
  await box(tab).fill(postcode);
  await press(tab, "Find my team");
}

test("a postcode in any shape finds its team; the longest start wins", async () => {
  const { tab, close, asked } = await open(plain);
  for (const [postcode, team] of [
    ["NG23 5AA", "Grantham team"],
    ["ng235aa", "Grantham team"],
    [" n g 2 3-5 a a ", "Grantham team"],
    ["NG23 7ZZ", "Lincoln team"],
    ["NG24 1AA", "Lincoln team"],
    ["NG23 9AA", "We do not know this postcode"],
    ["EX1 1AA", "Exe team"],
    ["EX10 1AA", "Sid team"],
    ["EXIO IAA", "Sid team"],
    ["exl 1aa", null],
    ["EX11 1AA", "We do not know this postcode"],
    ["W1A 1AA", "We do not know this postcode"],
    // Half a postcode, when no other half can change the answer.
    ["NG23 5", "Grantham team"],
    ["NG23 5A", "Grantham team"],
    ["NG24", "Lincoln team"],
    ["EX10", "Sid team"],
  ]) {
    await look(tab, postcode);
    if (!team) {
      assert.match(await error(tab), /whole postcode/, postcode);
      continue;
    }
    assert.equal(await focused(tab), "look-up-result", postcode);
    const said = await tab.locator("#look-up-result").innerText();
    assert.ok(said.startsWith(`Your answer: ${postcode.trim().toUpperCase()}\n`) && said.includes(team), `${postcode}: ${said}`);
    assert.equal(await tab.locator("#look-up-error").isVisible(), false);
  }
  assert.deepEqual(asked, []);
  const { search, hash } = await address(tab);
  assert.equal(search + hash, "");
  await close();
});

test("what is wrong with a postcode is said at the box, and the focus goes there", async () => {
  const { tab, close } = await open(plain);
  for (const [postcode, words] of [
    ["", /Write your postcode/],
    ["  ", /Write your postcode/],
    ["NG23", /whole postcode/],
    ["NG", /whole postcode/],
    ["NG23 9A", /whole postcode/],
    ["90210", /United Kingdom/],
    ["75008 Paris", /United Kingdom/],
    ["1012 AB", /United Kingdom/],
    ["D02 X285", /whole postcode/],
  ]) {
    await look(tab, postcode);
    assert.match(await error(tab), words, postcode);
    assert.equal(await focused(tab), "look-up-postcode");
    assert.equal(await box(tab).getAttribute("aria-invalid"), "true");
    assert.match(await box(tab).getAttribute("aria-describedby"), /look-up-error/);
  }
  await close();
});

test("the council is asked first; who lives elsewhere needs no postcode", async () => {
  const { tab, close } = await open(page);
  const council = tab.getByRole("group", { name: "Which district council do you pay council tax to?" });
  await look(tab, "NG23 5AA");
  assert.match(await council.innerText(), /Choose your council/);
  assert.equal(await tab.evaluate(() => document.activeElement.value), "Boston");
  await council.getByLabel("None of these").check();
  await look(tab, "");
  assert.equal(await focused(tab), "look-up-result");
  assert.match(await tab.locator("#look-up-result").innerText(), /Your answer: None of these\s+You live elsewhere/);
  await council.getByLabel("East Lindsey").check();
  await look(tab, "NG23 5AA");
  assert.match(await tab.locator("#look-up-result").innerText(), /Grantham team/);
  await tab.reload();
  assert.equal(await council.getByLabel("East Lindsey").isChecked(), false);
  assert.equal(await box(tab).inputValue(), "");
  await close();
});

test("it works from a folder, and the table stays", async () => {
  const { tab, close } = await open(plain, { fromDisk: true });
  await look(tab, "NG23 5AA");
  assert.match(await tab.locator("#look-up-result").innerText(), /Grantham team/);
  assert.equal(await tab.locator("#look-up-paper").isVisible(), true);
  await close();
});
