// A booklet of chosen pages.

import { test } from "node:test";
import assert from "node:assert/strict";
import { focused, open, press, says } from "./tools.mjs";
import { address } from "./site.mjs";

const page = "booklet/";
const chosen = (tab) => tab.locator("#booklet-list > li > span").allInnerTexts();
const unfold = (tab) => tab.locator("#booklet-paper summary").evaluateAll((all) => all.forEach((one) => one.click()));

test("pages are chosen, moved and taken out, and the address has the choice", async () => {
  const { tab, close } = await open(page);
  assert.equal(await tab.locator("#booklet-chosen").isVisible(), false);
  await unfold(tab);
  await tab.getByLabel("Two").check();
  await says(tab, "“Two” is in. Pages in your booklet: 1");
  await tab.getByLabel("What is “it”?").check();
  await tab.getByLabel("Night Line").check();
  assert.equal((await address(tab)).hash, "#keep=decide/two,decide/one,directory/night-line");
  await press(tab, "Up Night Line");
  await says(tab, "“Night Line” is now number 2.");
  assert.deepEqual(await chosen(tab), ["Two", "Night Line", "What is “it”?"]);
  assert.match(await focused(tab), /^Up\s*Night Line$/);
  await press(tab, "Down Two");
  assert.equal((await address(tab)).hash, "#keep=directory/night-line,decide/two,decide/one");
  await press(tab, "Up Night Line");
  assert.deepEqual(await chosen(tab), ["Night Line", "Two", "What is “it”?"], "the first stays first");
  await press(tab, "Down What is “it”?");
  assert.deepEqual(await chosen(tab), ["Night Line", "Two", "What is “it”?"], "the last stays last");
  await press(tab, "Take out Two");
  await says(tab, "“Two” is out. Pages in your booklet: 2");
  assert.match(await focused(tab), /^Take out\s*What is “it”\?$/);
  assert.equal(await tab.getByLabel("Two").isChecked(), false);
  await tab.reload();
  assert.deepEqual(await chosen(tab), ["Night Line", "What is “it”?"]);
  assert.equal(await tab.getByLabel("Night Line").isChecked(), true);
  await press(tab, "Take out What is “it”?");
  assert.match(await focused(tab), /^Take out\s*Night Line$/);
  await press(tab, "Take out Night Line");
  assert.equal(await focused(tab), "booklet-q");
  assert.equal((await address(tab)).hash, "");
  await close();
});

test("an address opens the same choice, and says what is gone", async () => {
  const { tab, close } = await open(`${page}#keep=decide/two,decide/not-there,directory/rowan-house`);
  assert.deepEqual(await chosen(tab), ["Two", "Rowan House Advice"]);
  await says(tab, "Some pages of this booklet are not on the site any more");
  await tab.evaluate(() => (location.hash = "#keep=decide/one"));
  await tab.getByRole("button", { name: "Up What is “it”?" }).waitFor();
  assert.deepEqual(await chosen(tab), ["What is “it”?"]);
  await tab.evaluate(() => (location.hash = "#main"));
  await tab.waitForFunction(() => location.hash === "#keep=decide/one");
  await close();
});

test("the list can be narrowed", async () => {
  const { tab, close } = await open(page);
  await tab.getByLabel("Find pages for your booklet").fill("line NIGHT");
  assert.deepEqual(await tab.locator("#booklet-paper details li:visible label").allInnerTexts(), ["Night Line"]);
  assert.equal(await tab.locator("#booklet-paper details:visible").count(), 1);
  await tab.getByLabel("Find pages for your booklet").fill("");
  assert.equal(await tab.locator("#booklet-paper details:visible").count(), 2);
  assert.equal(await tab.locator("#booklet-paper details li:visible").count(), 0, "folded as before");
  await unfold(tab);
  assert.equal(await tab.getByRole("link", { name: "Read Night Line" }).getAttribute("href"), "../directory/night-line/");
  await close();
});

test("the booklet is made of the pages, and its parts fit together", async () => {
  const { tab, close, asked } = await open(`${page}#keep=decide/two,decide/one,decide/three`);
  await press(tab, "Make the booklet");
  await says(tab, "Your booklet is ready. Pages: 3");
  assert.equal(await focused(tab), "Your booklet");
  assert.equal(asked.filter((url) => /decide/.test(url)).length, 3);
  const book = await tab.evaluate(() => {
    const made = document.getElementById("booklet-made");
    const all = (name) => [...made.querySelectorAll(name)];
    return {
      headings: all("#booklet-pages :is(h1, h2, h3, h4, h5, h6)").map((one) => `${one.localName} ${one.textContent}`),
      links: all("a").map((one) => one.getAttribute("href")),
      pictures: all("img").map((one) => [one.getAttribute("src"), one.complete && one.naturalWidth]),
      ids: [...document.querySelectorAll("[id]")].map((one) => one.id),
      dead: all('a[href^="#"]').filter((one) => !document.getElementById(one.hash.slice(1))).map((one) => one.hash),
      dropped: all("nav, script, form, template, .to-here, .send, [data-unsearched]").length,
      table: [made.querySelector("table").getAttribute("aria-labelledby"), made.querySelector("td").getAttribute("headers")],
      words: made.innerText,
    };
  });
  assert.deepEqual(book.headings, ["h2 Two", "h3 A part", "h2 What is “it”?", "h3 What to keep", "h4 Three", "h5 Four", "h6 Five", "h6 Six", "h2 Three", "h3 A part"]);
  assert.deepEqual(book.links, [
    "#b1", "#b2", "#b3", "#b2", "#b2-keep", "#b2-keep", "#b1-part", "#b3-z", "https://www.gov.example/",
  ]);
  assert.deepEqual(book.dead, ["#b3-z"]);
  assert.equal(new Set(book.ids).size, book.ids.length, "each id once");
  assert.equal(book.dropped, 0);
  assert.deepEqual(book.table, ["b2-keep b2-h3", "b2-c1"]);
  assert.deepEqual(book.pictures.map(([src]) => src), ["../pic.svg"]);
  assert.match(book.words, /The first page\./);
  assert.doesNotMatch(book.words, /NOT THIS|NOR THIS/);
  const { href } = await address(tab);
  await tab.locator("#booklet-contents a").nth(1).click();
  assert.equal((await address(tab)).href, href, "the address keeps the choice");
  assert.equal(await focused(tab), "b2");
  await close();
});

test("a page that cannot be had is named, and can be tried again", async () => {
  const { tab, close } = await open(`${page}#keep=decide/gone,decide/two`, { faults: [/404/, /ERR_FAILED/] });
  await press(tab, "Make the booklet");
  await says(tab, "Your booklet is ready. Pages: 1");
  assert.deepEqual(await tab.locator("#booklet-lost a").allInnerTexts(), ["A page that is gone"]);
  assert.deepEqual(await tab.locator("#booklet-contents a").allInnerTexts(), ["Two"]);
  await tab.route("**/decide/gone/", (route) => route.fulfill({ contentType: "text/html", body: "<html lang=en><main><div class=head><h1>Here</h1></div><div class=body><p>Now</p></div></main>" }));
  await press(tab, "Try again");
  await says(tab, "Your booklet is ready. Pages: 2");
  assert.equal(await tab.locator("#booklet-lost").isVisible(), false);
  await close();
});

test("the link is copied, or people are told how", async () => {
  const { tab, close } = await open(`${page}#keep=decide/two`, { permissions: ["clipboard-read", "clipboard-write"] });
  await press(tab, "Copy the link to this booklet");
  await says(tab, "The link is copied");
  assert.equal(await tab.evaluate(() => navigator.clipboard.readText()), (await address(tab)).href);
  await tab.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await press(tab, "Copy the link to this booklet");
  await says(tab, "Copy the address of this page");
  await close();
});

test("from a folder the tool says what it needs, and the links stay links", async () => {
  const { tab, close } = await open(page, { fromDisk: true });
  assert.equal(await tab.getByText("This copy of the site cannot make a booklet").isVisible(), true);
  assert.equal(await tab.getByRole("checkbox").count(), 0);
  await unfold(tab);
  assert.equal(await tab.getByRole("link", { name: "Night Line" }).isVisible(), true);
  await close();
});

test("paper has the booklet and nothing else", async () => {
  const { tab, close } = await open(`${page}#keep=decide/two,decide/one`);
  await press(tab, "Make the booklet");
  await says(tab, "ready");
  await tab.emulateMedia({ media: "print" });
  const seen = await tab.evaluate(() => document.body.innerText);
  assert.match(seen, /Your booklet/);
  assert.match(seen, /A part/);
  assert.doesNotMatch(seen, /Ready-made|Take out|Find pages|Print\n|is ready|Make a booklet/);
  await close();
});
