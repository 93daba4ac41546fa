// Copying a page, or the link to a part of it.

import { test } from "node:test";
import assert from "node:assert/strict";
import { open, press, says } from "./tools.mjs";
import { address } from "./site.mjs";

const page = "checklist/";
const clipboard = { permissions: ["clipboard-read", "clipboard-write"] };
const copied = (tab) => tab.evaluate(() => navigator.clipboard.readText());

test("the link to a part is copied, and leads there all the same", async () => {
  const { tab, close } = await open(page, clipboard);
  const link = tab.getByRole("link", { name: "Link to “Other”" });
  // It can be pressed while the pointer is on its heading. Where the page moves under
  // the pointer, people point again, and so does this.
  const pointed = async () => {
    await link.evaluate((there) => there.scrollIntoView({ block: "center" }));
    await tab.getByRole("heading", { name: "Other" }).hover();
    await link.click({ timeout: 2000 });
  };
  await pointed().catch(pointed).catch(pointed);
  await says(tab, "The link is copied");
  assert.match((await address(tab)).href, /#other$/);
  assert.equal(await copied(tab), (await address(tab)).href);
  await tab.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await tab.getByRole("link", { name: "Link to “Signs”" }).focus();
  await tab.keyboard.press("Enter");
  await says(tab, "now leads straight to this part");
  await close();
});

test("the text of the page is copied, or selected", async () => {
  const { tab, close } = await open(page, clipboard);
  await tab.locator(".send summary").click();
  await press(tab, "Copy these lines");
  await says(tab, "Copied.");
  assert.match(await copied(tab), /^Is someone frail\?\nhttps:/);
  await tab.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await press(tab, "Copy these lines");
  await says(tab, "The lines are selected");
  assert.match(await tab.evaluate(() => String(getSelection())), /^Is someone frail\?/);
  await close();
});

test("staff have a note with the day to ask again", async () => {
  const { tab, close } = await open(page, { ...clipboard, locale: "en-GB" });
  await tab.locator(".send summary").click();
  const text = () => tab.locator("#follow-text").innerText();
  assert.match(await text(), /Advised on: \d+ \p{L}+ \d{4}\nAsk again on: \d+ \p{L}+ \d{4}$/u);
  await tab.getByLabel("Day to ask if the advice helped").fill("2027-01-31");
  assert.match(await text(), /Ask again on: 31 January 2027$/);
  await press(tab, "Copy the note");
  await says(tab, "Copied.");
  assert.match(await copied(tab), /31 January 2027/);
  await tab.getByLabel("Day to ask if the advice helped").fill("");
  assert.match(await text(), /Ask again on: _+$/);
  await close();
});

test("the days are those of the place, by any clock", async () => {
  for (const [timezoneId, time, today] of [["Europe/London", "2027-06-30T22:30:00Z", "30 June 2027"], ["Europe/London", "2027-06-30T23:30:00Z", "1 July 2027"], ["America/New_York", "2027-07-01T02:00:00Z", "30 June 2027"]]) {
    const { tab, close, context } = await open("booklet/", { timezoneId });
    await context.clock.setFixedTime(new Date(time));
    await tab.goto(tab.url().replace("booklet/", page));
    await tab.locator(".send summary").click();
    assert.ok((await tab.locator("#follow-text").innerText()).includes(`Advised on: ${today}\n`), await tab.locator("#follow-text").innerText());
    await tab.getByLabel("Day to ask if the advice helped").fill("2027-08-01");
    assert.match(await tab.locator("#follow-text").innerText(), /1 August 2027$/);
    await close();
  }
});
