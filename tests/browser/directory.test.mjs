// The filter of the directory.

import { test } from "node:test";
import assert from "node:assert/strict";
import { faultsOf, focused, open, press, says, status, tooSmall } from "./tools.mjs";
import { address } from "./site.mjs";

const hash = async (tab) => (await address(tab)).hash;
const index = "directory/";
const names = (tab) => tab.locator("#filter-results > li > a").allTextContents();
const type = (tab, words) => tab.getByRole("searchbox", { name: "What do you need?" }).fill(words);
const box = (tab, name) => tab.locator("#filter form").getByLabel(name, { exact: true });
async function tick(tab, group, name) {
  const summary = tab.locator("#filter summary").filter({ hasText: group });
  if (!(await summary.evaluate((one) => one.parentElement.open))) await summary.click();
  await box(tab, name).check();
}
/** A Monday (or another day of that week) at some time in London, in winter. */
const at = (tab, day, time) => tab.clock.setFixedTime(new Date(`2027-01-${10 + day}T${time}:00Z`));

test("nothing is loaded before the filter is used, and nothing changes", async () => {
  const { tab, close, asked } = await open(index);
  assert.equal(await tab.locator("#list").isVisible(), true);
  assert.equal(await tab.evaluate(() => typeof self.entries), "undefined");
  await tab.getByRole("searchbox").focus();
  await tab.waitForFunction(() => document.querySelectorAll("[data-list] input").length > 2);
  assert.equal(asked.length, 1);
  assert.match(asked[0], /entries\.js$/);
  assert.equal(await tab.locator("#list").isVisible(), true);
  assert.equal(await status(tab, "filter-status"), "");
  await close();
});

test("other forms of a word, a slip, and words run together or parted are found", async () => {
  const { tab, close } = await open(index);
  for (const [typed, found] of [
    ["pay roll", ["Siân’s Payroll Co-op"]],
    ["payrol", ["Siân’s Payroll Co-op"]],
    ["employing", ["Siân’s Payroll Co-op", "Westford Cover"]],
    ["paryoll", ["Siân’s Payroll Co-op"]],
    ["rowanhouse", ["Rowan House Advice"]],
    ["break", ["Dale Breaks"]],
    ["nights", ["Night Line"]],
    ["insurance", ["Westford Cover"]],
    ["zebra", []],
  ]) {
    await type(tab, typed);
    await says(tab, found.length === 1 ? "1 service" : `${found.length} services`);
    assert.deepEqual(await names(tab), found, typed);
  }
  await close();
  const other = await open("directory/#KIND=PAYROLL");
  await says(other.tab, "1 service");
  await other.close();
});

test("words match in any order, from their beginnings, without accents or capitals", async () => {
  const { tab, close } = await open(index);
  for (const [typed, found] of [
    ["sians", ["Siân’s Payroll Co-op"]],
    ["SIÂN'S pay", ["Siân’s Payroll Co-op"]],
    ["co-op", ["Siân’s Payroll Co-op"]],
    ["bills benef", ["Rowan House Advice"]],
    ["space rowan", ["Rowan House Advice"]],
    ["nefits", []],
    ["<Breaks>", ["Dale Breaks"]],
    ["night", ["Night Line"]],
    [".*", ["list"]],
  ]) {
    await type(tab, typed);
    if (found[0] === "list") {
      // Signs alone ask for nothing in particular.
      await says(tab, "5 services");
      continue;
    }
    await says(tab, found.length === 1 ? "1 service" : "0 services");
    assert.deepEqual(await names(tab), found, typed);
  }
  assert.equal(await tab.locator("#list").isVisible(), false);
  await type(tab, "");
  await says(tab, "The list is below");
  assert.equal(await tab.locator("#list").isVisible(), true);
  assert.deepEqual(await names(tab), []);
  await close();
});

test("an entry looks like one of the list, its text stays text, and its link works from here", async () => {
  const { tab, close } = await open("directory/category/payroll/#q=rowan");
  await says(tab, "1 service");
  const item = tab.locator("#filter-results > li");
  assert.equal(await item.locator("a").first().evaluate((link) => new URL(link.href).pathname), "/directory/rowan-house/");
  assert.equal(await item.locator("a.phone").getAttribute("href"), "tel:+443069990200");
  // The list is drawn after the number is said, and the number may be the one before.
  const shows = (words) =>
    tab.waitForFunction(
      (words) => new RegExp(words).test(document.querySelector("#filter-results > li")?.innerText ?? ""),
      words.source,
    );
  await shows(/Phone: 0306 999 0200/);
  await type(tab, "dale");
  await says(tab, "1 service");
  await shows(/Closed for now\s+A break for carers <b>&<\/b> the people/);
  assert.equal(await item.locator("p").count(), 1);
  await close();
});

test("filters narrow together, stand in the address, and come back after going away", async () => {
  const { tab, close } = await open(index);
  await tab.getByRole("searchbox").focus();
  await tick(tab, "Kind of help", "Help for carers");
  await says(tab, "2 services");
  await tick(tab, "How they help", "phone");
  await says(tab, "1 service");
  assert.deepEqual(await names(tab), ["Night Line"]);
  await tick(tab, "Kind of help", "Payroll");
  await says(tab, "2 services");
  assert.deepEqual(await names(tab), ["Siân’s Payroll Co-op", "Night Line"], "any one kind will do");
  await tab.goBack();
  await says(tab, "1 service");
  assert.equal(await hash(tab), "#kind=carers&way=phone");
  await tab.locator("#filter-results a").first().click();
  await tab.waitForURL(/night-line/);
  await tab.goBack();
  await says(tab, "1 service");
  assert.deepEqual(await names(tab), ["Night Line"]);
  await tab.reload();
  await says(tab, "1 service");
  assert.deepEqual(await names(tab), ["Night Line"]);
  assert.equal(await box(tab, "Help for carers").isChecked(), true);
  await close();
});

test("no choice that is offered ends in nothing", async () => {
  const { tab, close } = await open(index);
  await tab.getByRole("searchbox").focus();
  await tick(tab, "Kind of help", "Payroll");
  await says(tab, "1 service");
  const boxes = tab.locator("#filter input[type=checkbox]");
  const states = await boxes.evaluateAll((all) => all.map((one) => [one.name, one.disabled, one.checked]));
  assert.ok(states.some(([, isOff]) => isOff), "what would find nothing is off");
  assert.ok(!states.some(([name, isOff]) => name === "kind" && isOff), "another kind widens");
  for (const [at, [name, isOff, isChecked]] of states.entries()) {
    if (isOff || isChecked) continue;
    // Some are folded.
    await boxes.nth(at).evaluate((one) => one.click());
    assert.ok((await names(tab)).length, await boxes.nth(at).evaluate((one) => one.value));
    await boxes.nth(at).evaluate((one) => one.click());
  }
  await press(tab, "Start again");
  await says(tab, "The list is below");
  assert.equal(await tab.locator("#filter input:disabled").count(), 0);
  await close();
});

test("an address that somebody changes by hand is followed, and a heading asks for nothing", async () => {
  const { tab, close } = await open(`${index}#list`);
  assert.equal(await tab.evaluate(() => typeof self.entries), "undefined");
  await tab.evaluate(() => (location.hash = "#kind=carers"));
  await says(tab, "2 services");
  await tab.evaluate(() => (location.hash = "#filter-results"));
  await tab.waitForFunction(() => location.hash === "#kind=carers");
  assert.equal((await names(tab)).length, 2);
  assert.equal(await box(tab, "Help for carers").isChecked(), true);
  await tick(tab, "How they help", "phone");
  await says(tab, "1 service");
  await tab.evaluate(() => (location.hash = ""));
  await says(tab, "The list is below");
  assert.equal(await box(tab, "Help for carers").isChecked(), false);
  await tab.goBack();
  await says(tab, "1 service");
  await tab.goBack();
  await says(tab, "2 services");
  await close();
});

test("Back from the first choice never stops at a heading", async () => {
  const { tab, close } = await open(`${index}#list`);
  await tab.getByRole("searchbox").focus();
  await tick(tab, "Kind of help", "Help for carers");
  await says(tab, "2 services");
  await tab.goBack();
  await says(tab, "The list is below");
  assert.equal(await box(tab, "Help for carers").isChecked(), false);
  await close();
});

test("an address from before still works, and is moved after #", async () => {
  for (const [path, words, moved] of [
    [`${index}?q=rowan`, "1 service", "#q=rowan"],
    [`${index}?x=1&kind=carers&way=phone#list`, "1 service", "#kind=carers&way=phone"],
    ["directory/category/payroll/?", "5 services", "#q="],
  ]) {
    for (const fromDisk of [false, true]) {
      const { tab, close } = await open(path, { fromDisk });
      await says(tab, words);
      await tab.waitForFunction((moved) => location.search === "" && location.hash === moved, moved);
      await close();
    }
  }
});

test("chosen filters are buttons that take them off, and the number is where you land", async () => {
  const { tab, close } = await open(`${index}#kind=carers&way=phone&cost=free&q=night`);
  await says(tab, "1 service");
  assert.equal(await tab.getByLabel("Free of charge").isChecked(), true);
  const chosen = tab.getByRole("group", { name: "What you have chosen" });
  assert.deepEqual(await chosen.getByRole("button").allInnerTexts(), [
    "Take off “night”", "Take off “Free of charge”", "Take off “Help for carers”", "Take off “phone”", "Start again",
  ]);
  await press(tab, "Take off “Free of charge”");
  assert.equal(await focused(tab), "filter-status");
  assert.equal(await tab.getByLabel("Free of charge").isChecked(), false);
  await tab.waitForURL((url) => !url.hash.includes("cost"));
  await press(tab, "Take off “night”");
  assert.equal(await tab.getByRole("searchbox").inputValue(), "");
  await press(tab, "Start again");
  await says(tab, "The list is below");
  assert.equal(await hash(tab), "");
  assert.equal(await chosen.isVisible(), false);
  assert.equal(await focused(tab), "filter-status");
  await close();
});

test("when nothing is found, each filter says how many there would be without it", async () => {
  const { tab, close } = await open(`${index}#kind=carers&language=BSL&q=benefits`);
  await says(tab, "0 services");
  assert.equal(await tab.getByText("No service fits all of that").isVisible(), true);
  assert.equal(await tab.locator("#filter-none a.phone").innerText(), "0306 999 0100");
  const buttons = await tab.locator("#filter-chosen li button").allInnerTexts();
  assert.deepEqual(buttons, ["Take off “benefits”", "Take off “Help for carers”: 1 service", "Take off “BSL”"]);
  await press(tab, "Take off “Help for carers”: 1 service");
  await says(tab, "1 service");
  assert.deepEqual(await names(tab), ["Rowan House Advice"]);
  assert.equal(await tab.getByText("No service fits all of that").isVisible(), false);
  await close();
});

test("on the page of a category or a place, it is chosen at first", async () => {
  const { tab, close } = await open("directory/category/payroll/");
  await type(tab, "rowan");
  await says(tab, "0 services");
  assert.equal(await box(tab, "Payroll").isChecked(), true);
  await press(tab, "Take off “Payroll”: 1 service");
  await says(tab, "1 service");
  assert.deepEqual(await names(tab), ["Rowan House Advice"]);
  await tab.reload();
  await says(tab, "1 service");
  await type(tab, "");
  await says(tab, "5 services");
  assert.match(await hash(tab), /#q=$/);
  await tab.reload();
  await says(tab, "5 services");
  assert.equal(await box(tab, "Payroll").isChecked(), false);
  await press(tab, "Start again");
  await says(tab, "The list is below");
  assert.equal(await box(tab, "Payroll").isChecked(), true);
  assert.equal(await tab.locator("#list").isVisible(), true);
  await close();
  const place = await open("directory/area/exampleton/");
  await type(place.tab, "pay");
  await says(place.tab, "1 service");
  assert.equal(await box(place.tab, "Exampleton").isChecked(), true);
  await tick(place.tab, "How they help", "phone");
  await place.tab.waitForFunction(() => /way=phone/.test(location.hash));
  await place.tab.goBack();
  await place.tab.waitForFunction(() => !/way=/.test(location.hash));
  await says(place.tab, "1 service");
  assert.equal(await box(place.tab, "Exampleton").isChecked(), true, "going back keeps what was chosen at first");
  await place.close();
});

test("who chooses a place gets what is for the wider place too, under a line of its own", async () => {
  const { tab, close } = await open("wider/?area=Exampleton");
  await says(tab, "4 services");
  assert.deepEqual(await tab.locator("#filter-results > li > :first-child").allTextContents(), [
    "Siân’s Payroll Co-op", "Zed", "For everyone in the county", "Rowan House Advice", "Night Line",
  ]);
  assert.equal(await tab.locator("#filter-results > li").nth(1).locator("p a").first().getAttribute("href"), "tel:+443069990700");
  await tab.goto(`${tab.url().split("?")[0]}?area=Exampleton&area=Westford&kind=insurance&kind=carers`);
  await says(tab, "2 services");
  assert.deepEqual(await tab.locator("#filter-results > li > :first-child").allTextContents(), [
    "Westford Cover", "For everyone in the county", "Night Line",
  ]);
  await tab.goto(`${tab.url().split("?")[0]}?area=Whole+county`);
  await says(tab, "3 services");
  assert.equal(await tab.locator("#filter-results h2").count(), 0);
  await close();
});

test("open now knows the day, the minute and the night, by the clock of this country", async () => {
  for (const [timezoneId, day, time, found] of [
    ["Europe/London", 1, "09:00", ["Rowan House Advice", "Siân’s Payroll Co-op"]],
    ["Europe/London", 1, "08:59", []],
    ["Europe/London", 3, "16:59", ["Rowan House Advice"]],
    ["Europe/London", 5, "10:30", ["Rowan House Advice", "Siân’s Payroll Co-op"]],
    ["Europe/London", 5, "17:00", []],
    ["Europe/London", 6, "22:00", ["Night Line"]],
    ["Europe/London", 7, "05:59", ["Night Line"]],
    ["Europe/London", 7, "06:00", []],
    ["Europe/London", 7, "00:00", ["Night Line"]],
    ["America/New_York", 1, "09:00", ["Rowan House Advice", "Siân’s Payroll Co-op"]],
    ["Asia/Tokyo", 5, "16:30", ["Rowan House Advice"]],
  ]) {
    const { tab, close } = await open(index, { timezoneId });
    await at(tab, day, time);
    await tab.getByLabel("Open now").check();
    await says(tab, found.length === 1 ? "1 service" : `${found.length} services`);
    assert.deepEqual(await names(tab), found, `${timezoneId} day ${day} ${time}`);
    assert.equal(await hash(tab), "#open=1");
    assert.match(await tab.locator("#filter-open").innerText(), /bank holidays/);
    await close();
  }
  const summer = await open(index, { timezoneId: "Asia/Tokyo" });
  await summer.tab.clock.setFixedTime(new Date("2027-07-12T08:30:00Z"));
  await summer.tab.getByLabel("Open now").check();
  await says(summer.tab, "2 services");
  await summer.close();
});

const postcode = (tab) => tab.getByLabel("Your postcode");
const lines = (tab) => tab.locator("#filter-results > li").evaluateAll((all) => all.map((one) => [...one.querySelectorAll("h2, :scope > a, .meta")].map((part) => part.textContent).join(": ")));
const nearEx1 = [
  "Siân’s Payroll Co-op: Less than a mile away", "Dale Breaks: About 3 miles away", "Rowan House Advice: About 10 miles away",
  "These have no place on our map. Many help by phone, online or at home.", "Night Line", "Westford Cover",
];

test("beside a postcode the nearest come first, each says how far it is, and nobody is told", async () => {
  const { tab, close, asked } = await open(index);
  await postcode(tab).focus();
  await tab.waitForFunction(() => document.querySelectorAll("[data-list] input").length > 2);
  asked.length = 0;
  // Half of it, a slip, and small letters; of several places the nearest counts.
  for (const typed of ["EX1", "ex1 1aa", "EXI IAA", "ex11aa", "EX1 1"]) {
    await postcode(tab).fill(typed);
    await says(tab, "in a straight line from the middle of EX1.");
    assert.deepEqual(await lines(tab), nearEx1, typed);
    assert.equal(await hash(tab), "#near=EX1", "no more of it is in the address than is needed");
    await postcode(tab).fill("");
    await says(tab, "The list is below");
  }
  // The longest beginning counts, and half a postcode is never the beginning of another.
  for (const [typed, middle] of [["EX10 8AA", "EX10 8"], ["EX10 9AA", "EX10"], ["EX10", "EX10"]]) {
    await postcode(tab).fill(typed);
    await says(tab, `from the middle of ${middle}.`);
  }
  assert.match((await lines(tab))[0], /About (10|15) miles away/);
  assert.deepEqual(asked, []);
  await close();
});

test("a postcode goes with what else is chosen, and comes off", async () => {
  const { tab, close } = await open(`${index}#near=ex1&kind=carers&kind=money-advice&area=Whole+county&area=Dale`);
  await says(tab, "3 services The nearest come first");
  assert.deepEqual(await lines(tab), [nearEx1[1], nearEx1[2], nearEx1[3], "Night Line"]);
  await type(tab, "night");
  await says(tab, "1 service");
  assert.deepEqual(await lines(tab), [nearEx1[3], "Night Line"]);
  await press(tab, "Take off “EX1”");
  await says(tab, "1 service");
  assert.equal(await postcode(tab).inputValue(), "");
  assert.deepEqual(await lines(tab), ["Night Line"]);
  assert.doesNotMatch(await hash(tab), /near/);
  await close();
});

test("a postcode that is not known says which are, beside the field", async () => {
  const { tab, close } = await open(index);
  const fault = tab.locator("#filter-near-error");
  for (const typed of ["ZZ1 1AA", "EX2", "EX", "12345", "Exampleton"]) {
    await postcode(tab).fill(typed);
    assert.equal(await fault.innerText(), "", "nobody is interrupted");
    await tab.keyboard.press("Enter");
    await tab.waitForFunction(() => document.activeElement.id === "filter-near");
    assert.equal(await fault.innerText(), "We do not know this postcode. We know those in our area, which begin EX.", typed);
    assert.equal(await postcode(tab).getAttribute("aria-invalid"), "true");
    assert.match(await postcode(tab).getAttribute("aria-describedby"), /filter-near-error/);
    assert.equal(await tab.locator("#list").isVisible(), true, "the list stays");
  }
  assert.deepEqual(await faultsOf(tab), []);
  await postcode(tab).fill("EX1");
  await says(tab, "The nearest come first");
  assert.equal(await fault.innerText(), "");
  assert.equal(await postcode(tab).getAttribute("aria-invalid"), "false");
  // Somebody who goes on without mending it is told too.
  await postcode(tab).fill("EX99");
  await tab.getByLabel("Free of charge").check();
  await says(tab, "2 services");
  assert.match(await fault.innerText(), /which begin EX/);
  assert.equal(await focused(tab), "", "and is left where they are");
  await close();
});

test("a postcode comes back with Back and on a reload, and all of it works by keyboard", async () => {
  const { tab, close } = await open(index, { viewport: { width: 320, height: 640 }, bypassCSP: true });
  await tab.getByRole("button", { name: "Show services" }).focus();
  // Folded on a phone, so that what was found is not far below.
  await tab.keyboard.press("Tab");
  assert.equal(await focused(tab), "More choices, such as place");
  assert.equal(await postcode(tab).isVisible(), false);
  await tab.keyboard.press("Enter");
  await tab.keyboard.press("Tab");
  await tab.keyboard.type("ex1 1aa");
  await tab.keyboard.press("Enter");
  await says(tab, "5 services The nearest come first");
  assert.equal(await focused(tab), await tab.locator("#filter-status").getAttribute("id"));
  assert.deepEqual(await faultsOf(tab), []);
  assert.deepEqual((await tooSmall(tab)).filter((one) => !/^<summary/.test(one)), []);
  await tab.keyboard.press("Tab");
  assert.equal(await focused(tab), "Siân’s Payroll Co-op");
  await tab.keyboard.press("Enter");
  await tab.waitForURL(/sians-payroll/);
  await tab.goBack();
  await says(tab, "The nearest come first");
  assert.deepEqual(await lines(tab), nearEx1);
  await tab.reload();
  await says(tab, "The nearest come first");
  assert.equal(await postcode(tab).inputValue(), "EX1");
  assert.equal(await postcode(tab).getAttribute("autocomplete"), "postal-code");
  await close();
});

test("a list that knows no postcodes is as it was", async () => {
  const { tab, close } = await open("wider/#near=EX1&q=rowan");
  await says(tab, "1 service");
  assert.deepEqual(await names(tab), ["Rowan House Advice"]);
  assert.equal(await tab.locator("#filter-results .meta").count(), 0);
  await close();
});

test("each row says whether it is open, and what its hours do not say", async () => {
  const { tab, close } = await open(index, { timezoneId: "Asia/Tokyo" });
  const rows = async (day, time) => {
    await at(tab, day, time);
    await type(tab, "");
    await type(tab, "a");
    await tab.locator("#filter-results > li").nth(3).waitFor();
    const all = await tab.locator("#filter-results > li").evaluateAll((rows) =>
      rows.map((row) => [row.querySelector("a").textContent, row.querySelector(".open-now")?.parentElement.textContent]));
    return Object.fromEntries(all);
  };
  const open1 = await rows(1, "16:59");
  assert.equal(open1["Rowan House Advice"], "Open now, until 5pmCall before you come.");
  assert.equal(open1["Siân’s Payroll Co-op"], "Open now, until 5pm");
  assert.equal(open1["Dale Breaks"], undefined, "it gives no hours");
  const friday = await rows(5, "11:00");
  assert.equal(friday["Siân’s Payroll Co-op"], "Open now, until 12pm (phone only)");
  const later = await rows(5, "12:00");
  assert.equal(later["Siân’s Payroll Co-op"], "Closed now, opens Friday 22 January at 10am", "it is closed from 18 to 20 January");
  await close();
});

test("on a bank holiday, and in a year that nobody knows, nothing that may be closed is open", async () => {
  const list = async (moment) => {
    const { tab, close } = await open(index);
    await tab.clock.setFixedTime(new Date(moment));
    await tab.getByLabel("Open now").check();
    await says(tab, "service");
    const found = [await names(tab), await tab.locator("#filter-open").innerText()];
    await close();
    return found;
  };
  assert.deepEqual((await list("2026-12-25T09:30Z"))[0], []);
  assert.deepEqual((await list("2026-12-25T23:30Z"))[0], ["Night Line"], "it is there every day");
  const [found, help] = await list("2030-01-07T09:30Z");
  assert.deepEqual(found, []);
  assert.match(help, /We do not know the bank holidays of 2030\. Call before you go\.$/);
  assert.doesNotMatch((await list("2028-01-10T09:30Z"))[1], /do not know/);
});

test("fifty are shown, and then fifty more", async () => {
  const { tab, close } = await open("many/#q=service");
  await says(tab, "The first 50 of 2000 services");
  assert.equal((await names(tab)).length, 50);
  await press(tab, "Show more services");
  await says(tab, "The first 100 of 2000 services");
  assert.equal((await names(tab)).length, 100);
  assert.equal(await focused(tab), (await names(tab))[50]);
  await close();
});

test("it all works by keyboard, and Enter leads to the number", async () => {
  const { tab, close } = await open(index);
  await tab.getByRole("searchbox").focus();
  await tab.keyboard.type("rowan");
  await tab.keyboard.press("Enter");
  await says(tab, "1 service");
  assert.equal(await focused(tab), "filter-status");
  await tab.keyboard.press("Tab");
  assert.equal(await focused(tab), "Rowan House Advice");
  await close();
});

test("a list that does not load says so, and the page stays as it is", async () => {
  const { tab, close } = await open("broken/", { faults: [/404/] });
  await tab.getByRole("searchbox").focus();
  await says(tab, "The list did not load");
  assert.equal(await tab.locator("#list").isVisible(), true);
  await close();
});

test("it works from a folder", async () => {
  const { tab, close } = await open(`${index}#q=rowan`, { fromDisk: true });
  await says(tab, "1 service");
  await type(tab, "night");
  await tab.getByRole("link", { name: "Night Line" }).click();
  await tab.waitForURL(/night-line\/index\.html$/);
  await tab.goBack();
  await close();
});

test("of 2,000 services no more than 50 are laid out, whatever is typed or ticked", async () => {
  const { tab, close } = await open("many/");
  await tab.getByRole("searchbox").focus();
  await tab.waitForFunction(() => document.querySelectorAll("[data-list] input").length > 2);
  for (const [words, number] of [["r", 50], ["ro", 50], ["qqq", 0], ["service", 50]]) {
    await type(tab, words);
    await says(tab, number ? /^The first 50 of / : "0 services");
    assert.equal((await names(tab)).length, number, words);
  }
  await tab.locator('[value="payroll"]').evaluate((box) => box.click());
  await tab.waitForURL((url) => url.hash.includes("kind=payroll"));
  const ticked = (await names(tab)).length;
  assert.ok(ticked > 0 && ticked <= 50, `${ticked} are laid out`);
  await close();
});
