// Questions that lead to an answer, and checklists that count.

import { test } from "node:test";
import assert from "node:assert/strict";
import { focused, open, press, says } from "./tools.mjs";
import { address } from "./site.mjs";

const start = "decide/can-i/";
const device = "decide/device/";
const rows = (tab) => tab.locator("#flow-answers:visible dl > div").allInnerTexts();
const question = (tab) => tab.locator("#flow-ask").innerText();
const outcome = (tab) => tab.locator("#flow-outcome").innerText();
const error = (tab) => tab.locator("#flow-error").innerText();

const answer = (tab, name) => tab.locator("#flow-here").getByRole("link", { name, exact: true }).click();
/** Waits until this is asked or answered: the page follows its address a moment later. */
const asks = (tab, words) => tab.locator("#flow-here h2").filter({ hasText: words }).waitFor();

test("a flow of choices is one page: no request tells an answer, and each can be changed", async () => {
  for (const fromDisk of [false, true]) {
    const { tab, close, asked } = await open(start, { fromDisk });
    assert.deepEqual(await rows(tab), []);
    assert.match(await tab.locator("#flow-private").innerText(), /stay on this device/);
    assert.equal(await tab.getByRole("link", { name: "Start again" }).isVisible(), false);
    await answer(tab, "Yes");
    await asks(tab, "Have we agreed your needs?");
    assert.match(await tab.locator("#flow-here").innerText(), /Question 2 of up to 3[\s\S]*We write them down/);
    assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Have we agreed your needs?");
    assert.match((await address(tab)).href, /can-i\/(index.html)?#adult=0$/);
    assert.deepEqual(await rows(tab), ["Are you 18 or over?\nYes Change\n: Are you 18 or over?"]);
    await answer(tab, "Yes");
    await answer(tab, "Yes, with help");
    await asks(tab, "You can ask for a direct payment");
    assert.match((await address(tab)).href, /#adult=0&needs=0&able=1$/);
    assert.equal((await rows(tab)).length, 3);
    await tab.reload();
    await asks(tab, "You can ask for a direct payment");
    assert.equal((await rows(tab)).length, 3);
    await tab.getByRole("link", { name: /^Change\s?: Have we agreed your needs\?$/ }).click();
    await asks(tab, "Have we agreed your needs?");
    assert.equal((await rows(tab)).length, 1);
    await answer(tab, "No");
    await asks(tab, "Ask us to agree your needs");
    assert.equal((await rows(tab)).length, 2);
    await tab.goBack();
    await asks(tab, "Have we agreed your needs?");
    await tab.goBack();
    await asks(tab, "You can ask for a direct payment");
    assert.equal((await rows(tab)).length, 3);
    await tab.getByRole("link", { name: "Start again" }).click();
    await asks(tab, "Are you 18 or over?");
    assert.deepEqual(await rows(tab), []);
    const pages = asked.filter((url) => !/\.(js|css)$/.test(url));
    assert.deepEqual(pages.map((url) => new URL(url).pathname.replace(/.*can-i\/(index.html)?/, "")), [""], "the page of the flow, when it is loaded again, and nothing else");
    await close();
  }
});

test("what is sent of an answer is its words and its page, with no word of what was asked", async () => {
  const lines = (tab) => tab.locator("#send-text").evaluate((text) => text.textContent.split("\n"));
  const mail = (tab) => tab.locator(".send a[href^=mailto]").getAttribute("href").then(decodeURIComponent);
  {
    const { tab, close } = await open(start);
    const before = await lines(tab), letter = await mail(tab);
    await answer(tab, "No");
    await asks(tab, "You can ask from 18");
    assert.deepEqual(await lines(tab), ["You can ask from 18", "Tell us that you want one.", "https://directpayments.county.example/decide/can-i/young/", ...before.slice(2)]);
    assert.match(await mail(tab), /^mailto:\?subject=You can ask from 18&body=You can ask from 18\r\n/);
    await tab.goBack();
    await asks(tab, "Are you 18 or over?");
    assert.deepEqual(await lines(tab), before, "a question is not sent");
    assert.equal(await mail(tab), letter);
    await close();
  }
  const { tab, close } = await open(device);
  await date(tab, 31, 1, 2020);
  assert.match(await outcome(tab), /^Ask the children’s team/);
  assert.equal((await lines(tab))[2], "https://directpayments.county.example/decide/device/print/#outcome-children");
  await close();
});

test("each question and each answer leads back to the question before, with the answers before it", async () => {
  const { tab, close } = await open(start);
  const back = tab.getByRole("link", { name: "Back to the question before" });
  assert.equal(await back.isVisible(), false);
  await answer(tab, "Yes");
  await asks(tab, "Have we agreed your needs?");
  await answer(tab, "Yes");
  await answer(tab, "Yes, with help");
  await asks(tab, "You can ask for a direct payment");
  for (const [question, hash] of [["Can you look after money?", "#adult=0&needs=0&"], ["Have we agreed your needs?", "#adult=0&"], ["Are you 18 or over?", ""]]) {
    await back.click();
    await asks(tab, question);
    assert.equal((await address(tab)).hash, hash);
  }
  assert.equal(await back.isVisible(), false);
  await close();
});

test("whom to ask stands once: beside a question, in an answer that says so, beside another", async () => {
  const cards = (tab) => tab.locator(".contact:visible").allInnerTexts();
  const whole = async (tab, all) => {
    assert.deepEqual(await cards(tab), all);
    assert.equal(await tab.locator("[id=to-ask]:visible").count(), 1);
  };
  {
    const { tab, close } = await open(start);
    await whole(tab, ["Adult Care"]);
    await answer(tab, "No");
    await asks(tab, "You can ask from 18");
    await whole(tab, ["Children’s team", "Adult Care"]);
    await tab.goBack();
    await asks(tab, "Are you 18 or over?");
    await answer(tab, "Yes");
    await answer(tab, "No");
    await asks(tab, "Ask us to agree your needs");
    await whole(tab, ["Adult Care"]);
    await tab.getByRole("link", { name: "Start again" }).click();
    await asks(tab, "Are you 18 or over?");
    await whole(tab, ["Adult Care"]);
    assert.equal(await tab.locator(".side #to-ask").count(), 1);
    await close();
  }
  const { tab, close } = await open(device);
  await whole(tab, ["Adult Care"]);
  await date(tab, 5, 6, 1970);
  await tab.getByLabel("Meals").check();
  await press(tab, "Continue");
  await tab.getByLabel("Number").fill("3");
  await press(tab, "Continue");
  await tab.getByLabel("Postcode").fill("EX2 4AA");
  await press(tab, "Continue");
  await tab.getByLabel("No <b>").check();
  await press(tab, "Continue");
  await whole(tab, ["Adult Care"]);
  assert.equal(await tab.locator("#flow-outcome #to-ask").count(), 1);
  await press(tab, "Start again");
  await whole(tab, ["Adult Care"]);
  assert.equal(await tab.locator(".side #to-ask").count(), 1);
  await close();
});

test("from the page of one question the next answer is given on the page of the flow", async () => {
  for (const [path, first, then, known] of [
    ["needs/", "Yes", "Can you look after money?", 2],
    ["able/", "Yes, with help", "You can ask for a direct payment", 1],
  ]) {
    const { tab, close } = await open(`${start}${path}`);
    await answer(tab, first);
    await tab.waitForURL(/can-i\/(index.html)?#/);
    await asks(tab, then);
    assert.equal((await rows(tab)).length, known);
    await tab.reload();
    await asks(tab, then);
    await close();
  }
});

test("an address of old, with answers on the page of a question, goes on where it was", async () => {
  const { tab, close } = await open(`${start}needs/#adult=0`);
  await tab.waitForURL(/can-i\/(index.html)?#adult=0$/);
  await asks(tab, "Have we agreed your needs?");
  await close();
});

test("what does not fit the flow is dropped", async () => {
  for (const [hash, number, asks] of [
    ["#adult=9", 0, "adult"], ["#adult=x&needs=0", 0, "adult"], ["#adult=0&needs=1&zzz=4", 2, ""], ["#needs=0", 0, "adult"], ["#adult=0", 1, "needs"],
    ["#adult=0&needs=0", 2, "able"], ["#__proto__=0&adult=length", 0, "adult"], ["#from=__proto__&adult=0", 1, "needs"], ["#from=able&able=1", 1, ""], ["#from=zzz&zzz=1", 0, "adult"],
  ]) {
    const { tab, close } = await open(`${start}${hash}`);
    assert.equal((await rows(tab)).length, number, hash);
    const links = await tab.locator("#flow-here .choices a").evaluateAll((all) => all.map((one) => one.hash));
    for (const link of links) assert.match(link, new RegExp(`${asks}=\\d$`), hash);
    assert.equal(links.length > 0, asks !== "", hash);
    assert.doesNotMatch(links.join(), /zzz|x|length|proto/);
    await close();
  }
});

test("the way to the main text keeps the answers", async () => {
  const { tab, close } = await open(`${start}#adult=0`);
  await tab.evaluate(() => document.querySelector(".skip").focus());
  await tab.keyboard.press("Enter");
  await tab.waitForURL(/#main$/);
  assert.equal((await rows(tab)).length, 1);
  assert.match(await tab.locator("#flow-here").getByRole("link", { name: "No" }).getAttribute("href"), /#adult=0&needs=1$/);
  await close();
});

async function date(tab, day, month, year) {
  for (const [name, value] of [["Day", day], ["Month", month], ["Year", year]]) await tab.getByLabel(name).fill(String(value));
  await press(tab, "Continue");
}

test("a flow asks one question at a time, to its end, and sends and keeps nothing", async () => {
  for (const fromDisk of [false, true]) {
    const { tab, close, asked } = await open(device, { fromDisk });
    const { href } = await address(tab);
    assert.equal(await tab.locator("#flow-paper").isVisible(), false);
    assert.equal(await question(tab), "When were you born?");
    assert.equal(await focused(tab).then((text) => text.includes("A few questions")), true, "the page keeps its focus");
    await date(tab, 31, 1, 1980);
    assert.equal(await question(tab), "What do you need help with?");
    assert.equal(await focused(tab), "flow-ask");
    await tab.getByLabel("Meals").check();
    await press(tab, "Continue");
    assert.equal(await question(tab), "How many hours of help do you need in a week?");
    await tab.getByLabel("Number").fill("3");
    await tab.keyboard.press("Enter");
    await tab.getByLabel("Postcode").fill("ex1 iaa");
    await press(tab, "Continue");
    await tab.getByLabel("No <b>").check();
    await press(tab, "Continue");
    assert.match(await outcome(tab), /^You can ask for a direct payment/);
    assert.equal(await focused(tab), "You can ask for a direct payment");
    assert.match(await tab.locator("#flow-outcome").innerHTML(), /<p><span>"More"<\/span> about it/);
    assert.equal(await tab.locator("form.ask-one").isVisible(), false);
    assert.equal((await address(tab)).href, href);
    assert.deepEqual(asked, []);
    const state = JSON.stringify(await tab.evaluate(() => history.state));
    assert.equal(state, '{"step":5}');
    await close();
  }
});

test("what is wrong is said at the question, and the focus goes there", async () => {
  const { tab, close } = await open(device);
  for (const [day, month, year] of [["", "", ""], [31, 2, 1980], [29, 2, 2023], [1, 13, 1980], [0, 1, 1980], [1, 1, 80], ["x", 1, 1980], [-1, 1, 1980]]) {
    await date(tab, day, month, year);
    assert.match(await error(tab), /Write a day, a month and a year/, `${day} ${month} ${year}`);
    assert.equal(await tab.getByLabel("Day").evaluate((box) => document.activeElement === box), true);
    assert.equal(await tab.getByLabel("Day").getAttribute("aria-invalid"), "true");
  }
  assert.equal(await tab.getByRole("group", { name: "When were you born?" }).getAttribute("aria-describedby"), "flow-help flow-error");
  await date(tab, 29, 2, 1980);
  await press(tab, "Continue");
  assert.match(await error(tab), /Tick what fits/);
  assert.equal(await tab.getByLabel("Getting washed").evaluate((box) => document.activeElement === box), true);
  await tab.getByLabel("Getting washed").check();
  await press(tab, "Continue");
  for (const number of ["", "some", "-3", "3 hours", "1e3"]) {
    await tab.getByLabel("Number").fill(number);
    await press(tab, "Continue");
    assert.match(await error(tab), /Write a number/, number);
  }
  await tab.getByLabel("Number").fill("1,000.5");
  await press(tab, "Continue");
  for (const postcode of ["", "EX1", "EX1 1", "hello", "12345"]) {
    await tab.getByLabel("Postcode").fill(postcode);
    await press(tab, "Continue");
    assert.match(await error(tab), /whole postcode/, postcode);
  }
  await tab.getByLabel("Postcode").fill("EX2 4AB");
  await press(tab, "Continue");
  await press(tab, "Continue");
  assert.match(await error(tab), /Choose one answer/);
  await close();
});

test("answers stay on the way back, the browser’s own buttons work, and a new start is empty", async () => {
  const { tab, close } = await open(device);
  await date(tab, 5, 6, 1970);
  await tab.getByLabel("Meals").check();
  await press(tab, "Continue");
  await press(tab, "Back");
  assert.equal(await question(tab), "What do you need help with?");
  assert.equal(await tab.getByLabel("Meals").isChecked(), true);
  assert.equal(await focused(tab), "flow-ask");
  await tab.goBack();
  assert.equal(await tab.getByLabel("Year").inputValue(), "1970");
  assert.equal(await tab.getByRole("button", { name: "Back" }).isVisible(), false);
  await tab.goForward();
  await tab.goForward();
  assert.equal(await question(tab), "How many hours of help do you need in a week?");
  await tab.goBack();
  await tab.getByLabel("None of these").check();
  assert.equal(await tab.getByLabel("Meals").isChecked(), false);
  await tab.getByLabel("Getting washed").check();
  assert.equal(await tab.getByLabel("None of these").isChecked(), false);
  await tab.getByLabel("None of these").check();
  await press(tab, "Continue");
  assert.match(await outcome(tab), /There may be other help/);
  await press(tab, "Start again");
  assert.equal(await question(tab), "When were you born?");
  assert.equal(await tab.getByLabel("Year").inputValue(), "");
  await tab.goBack();
  assert.equal(await question(tab), "When were you born?");
  await date(tab, 5, 6, 1970);
  await tab.reload();
  assert.equal(await question(tab), "When were you born?");
  assert.equal(await tab.getByLabel("Year").inputValue(), "");
  await tab.goBack();
  assert.equal(await question(tab), "When were you born?");
  await close();
});

test("how old somebody is goes by days", async () => {
  for (const [today, born, found] of [
    ["2026-11-22", [22, 11, 2008], "What do you need help with?"],
    ["2026-11-22", [23, 11, 2008], "You can ask from 18"],
    ["2026-02-28", [29, 2, 2008], "You can ask from 18"],
    ["2026-03-01", [29, 2, 2008], "What do you need help with?"],
    ["2028-02-29", [1, 3, 2010], "You can ask from 18"],
    ["2026-11-22", [22, 5, 2010], "You can ask from 18"],
    ["2026-11-22", [23, 5, 2010], "Ask the children’s team"],
    ["2026-03-01", [31, 8, 2009], "You can ask from 18"],
    ["2026-02-28", [31, 8, 2009], "Ask the children’s team"],
    // A day that is still to come is asked for again.
    ["2026-11-22", [1, 1, 2030], "When were you born?"],
  ]) {
    const { tab, close } = await open(device);
    await tab.clock.setFixedTime(new Date(`${today}T12:00:00Z`));
    await date(tab, ...born);
    const said = (await tab.locator("form.ask-one").isVisible()) ? await question(tab) : await outcome(tab);
    assert.ok(said.startsWith(found), `${born} on ${today}: ${said}`);
    await close();
  }
});

test("before a day, at least so many, and the start of a postcode", async () => {
  const go = async (tab, hours, postcode, seen) => {
    await date(tab, 5, 6, 1970);
    await tab.getByLabel("Meals").check();
    await press(tab, "Continue");
    await tab.getByLabel("Number").fill(hours);
    await press(tab, "Continue");
    if (postcode) {
      await tab.getByLabel("Postcode").fill(postcode);
      await press(tab, "Continue");
    }
    if (seen) {
      await tab.getByLabel("Yes").check();
      await press(tab, "Continue");
      await date(tab, ...seen);
    }
  };
  for (const [hours, postcode, seen, found] of [
    ["2.9", "", "", "There may be other help"],
    ["3", "EX11 1AA", "", "Ask your own council"],
    ["3", "EX10 1AA", "", "Ask your own council"],
    ["3", "EX2 5AA", "", "Ask your own council"],
    ["3", "EX1 1AA", [31, 3, 2026], "There may be other help"],
    ["3", "ex24aa", [1, 4, 2026], "You can ask for a direct payment"],
  ]) {
    const { tab, close } = await open(device);
    await go(tab, hours, postcode, seen);
    assert.ok((await outcome(tab)).startsWith(found), `${hours} ${postcode} ${seen}: ${await outcome(tab)}`);
    await close();
  }
});

test("an address that leads to one of the texts shows it", async () => {
  const { tab, close } = await open(`${device}#outcome-few`);
  assert.equal(await tab.locator("#outcome-few").isVisible(), true);
  await close();
});

test("a checklist counts, and says which rule holds", async () => {
  const { tab, close } = await open("checklist/");
  const status = tab.getByRole("status").first();
  assert.equal(await status.innerText(), "");
  await tab.getByLabel("They fall").check();
  await says(tab, "1 of 4 ticked. With fewer: Look again in a year.");
  await tab.getByText("They are slow").click();
  await tab.getByLabel("They are tired").press("Space");
  await says(tab, "3 of 4 ticked. With 3 or more: Ask for a check.");
  await tab.getByLabel("They fall").uncheck();
  await says(tab, "2 of 4 ticked. With fewer");
  assert.equal(await tab.getByRole("checkbox").count(), 4);
  assert.equal(await tab.locator(".tick").count(), 1, "other checklists stay as they are");
  await tab.reload();
  assert.equal(await tab.getByLabel("They are slow").isChecked(), false);
  await close();
});

test("paper has the outcome, or all of the flow, and no questions with boxes", async () => {
  const { tab, close } = await open(device);
  await tab.emulateMedia({ media: "print" });
  const seen = () => tab.evaluate(() => document.body.innerText);
  assert.match(await seen(), /Ask the children’s team/);
  assert.doesNotMatch(await seen(), /Continue|Month/);
  await tab.emulateMedia({ media: "screen" });
  await date(tab, 1, 1, 2020);
  await tab.emulateMedia({ media: "print" });
  assert.match(await seen(), /Ask the children’s team/);
  assert.doesNotMatch(await seen(), /You can ask from 18|Start again/);
  await close();
});
