// Letters: filled in on the page, read back from the files that it saves, with
// nothing sent and nothing kept.

import { test } from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import axe from "axe-core";
import { SITE, address, browser, site } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const letter = "letters/ask-for-records/";
const own = "letters/ask-for-a-review/";
const easy = "letters/easy-read-review-date/";
const text = "letters/text-visit-tomorrow/";
const email = "letters/email-missing-receipt/";

/** Opens a letter, counts what it asks the network for once it is there, and what it keeps. */
async function open(path = letter, more = {}) {
  const context = await (await browser()).newContext({ acceptDownloads: true, ...more });
  const tab = await context.newPage();
  await tab.addInitScript(() => {
    window.kept = [];
    const note = (where, name) => {
      const before = where[name];
      where[name] = function (...words) {
        window.kept.push(name);
        return before.apply(this, words);
      };
    };
    note(Storage.prototype, "setItem");
    note(IDBFactory.prototype, "open");
    if (window.CacheStorage) note(CacheStorage.prototype, "open");
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
    Object.defineProperty(document, "cookie", { get: () => cookie.get.call(document), set: () => window.kept.push("cookie") });
  });
  const faults = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  tab.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await tab.goto(site.base + path, { waitUntil: "networkidle" });
  const asked = [];
  // A busy browser asks for the icon of the tab late: that belongs to the page as it comes.
  const own = /^blob:|\/assets\/icon\./;
  tab.on("request", (request) => own.test(request.url()) || asked.push(request.url()));
  const close = async () => {
    assert.deepEqual(await tab.evaluate(() => window.kept), [], "nothing is kept");
    assert.deepEqual(asked, [], "nothing is asked for once the page is there");
    assert.deepEqual(faults, [], "nothing goes wrong in the page");
    tab.on("dialog", (dialog) => dialog.accept());
    await context.close();
  };
  return { tab, close, faults, asked };
}

const label = (tab, words) => tab.getByLabel(words, { exact: false });
const sheet = (tab) => tab.locator("#letter-sheet");
const press = (tab, name, how) => tab.getByRole("button", { name, exact: true }).click(how);

/** What is typed: markup and brackets that must come out as they are. */
const typed = {
  "name and address": "Sam **Example** <b>\n1 Sample Street\nExampleton",
  reference: "=cmd()",
  "first name": "((first name)) <i>Sam</i> & \"co\"",
  "last name": "**Example** 'é' {body}",
  "period start": "1/10/2026",
  "period end": "31st Dec 2026",
  "reply by": "31/1/2027",
  "support service": "yes",
  "signed by": "Alex `Sample` \\",
  "letter date": "1 January 2027",
};

async function fillIn(tab, answers = typed) {
  const fields = await tab.evaluate(() => JSON.parse(document.getElementById("letter-data").textContent).fields);
  for (const [at, field] of fields.entries()) {
    const words = answers[field.name];
    if (words === undefined) continue;
    const box = tab.locator(`[data-field="${at}"]`);
    if (field.choices) await box.getByLabel(words, { exact: true }).check();
    else await box.locator("input, textarea").fill(words);
  }
}

async function save(tab, name) {
  const [download] = await Promise.all([tab.waitForEvent("download"), press(tab, name)]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

test("the four downloads hold what was typed, as the command line writes it", async () => {
  const { tab, close } = await open();
  await fillIn(tab);
  const folder = mkdtempSync(join(tmpdir(), "letters-"));
  const files = [];
  files.push(await save(tab, "Download as Word"));
  await press(tab, "Download as text", { timeout: 300 }).then(() => assert.fail("the others are folded"), () => {});
  await tab.locator(".actions summary").click();
  for (const name of ["OpenDocument", "a web page", "text"]) files.push(await save(tab, `Download as ${name}`));
  assert.deepEqual(files.map((file) => file.name), ["docx", "odt", "html", "txt"].map((end) => `ask-for-records.${end}`));
  for (const file of files) writeFileSync(join(folder, file.name), file.bytes);
  await close();

  const texts = [
    "((first name)) <i>Sam</i> & \"co\" **Example** 'é' {body}",
    "Sam **Example** <b>", "=cmd()", "1 October 2026 to 31 December 2026", "31 January 2027", "Alex `Sample` \\",
    "Your support service can",
  ];
  const python = process.env.PYTHON ?? "python3";
  const read = spawnSync(python, [join(here, "../letters/documents.py"), "read", folder, JSON.stringify(texts)], { encoding: "utf8" });
  assert.equal(read.status, 0, read.stdout + read.stderr);

  const cell = (words) => `"${words.replaceAll('"', '""')}"`;
  const table = join(folder, "people.csv");
  writeFileSync(table, `${Object.keys(typed).join()}\n${Object.values(typed).map(cell).join()}\n`);
  const out = join(folder, "out");
  const plainsite = process.env.PLAINSITE ?? join(here, "../../target/release/plainsite");
  const merged = spawnSync(plainsite, [
    "letter", "ask-for-records", "--csv", table, "--out", out, "--formats", "docx,odt,html,txt", "--root", join(here, "../.."),
  ], { encoding: "utf8" });
  assert.equal(merged.status, 0, merged.stderr);
  for (const file of files) {
    const end = file.name.split(".").pop();
    const theirs = readdirSync(out).find((name) => name.startsWith("row-") && name.endsWith(`.${end}`));
    assert.ok(readFileSync(join(out, theirs)).equals(file.bytes), `${end} is the same from the command line`);
  }
  rmSync(folder, { recursive: true });
});

test("the letter is written while people answer, and what they type stays text", async () => {
  const { tab, close } = await open();
  assert.match(await sheet(tab).innerText(), /\[Their first name\]/);
  await label(tab, "Their first name").fill("<img src=x onerror=alert(1)> **S**");
  assert.match(await sheet(tab).innerText(), /Dear <img src=x onerror=alert\(1\)> \*\*S\*\*/);
  assert.equal(await sheet(tab).locator("img").count(), 0);
  await label(tab, "First day of the period").fill("1/10/2026");
  assert.match(await sheet(tab).innerText(), /for 1 October 2026 to/);
  const service = tab.getByRole("radiogroup", { name: /support service/ });
  await service.getByLabel("no", { exact: true }).check();
  assert.doesNotMatch(await sheet(tab).innerText(), /support service can/);
  await service.getByLabel("yes", { exact: true }).check();
  assert.match(await sheet(tab).innerText(), /support service can/);
  assert.equal(await tab.evaluate(() => !document.querySelector("#letter-sheet [aria-live], #letter-sheet[aria-live]")), true);
  await close();
});

test("a day that its month does not have is told with the days that it has", async () => {
  const { tab, close } = await open();
  for (const [typed, words] of [
    ["30 February 2027", "February 2027 has 28 days"],
    ["30/02/2028", "February 2028 has 29 days"],
    ["2027-09-31", "September 2027 has 30 days"],
    ["32 May 2027", "write a date, such as 31 January 2027"],
  ]) {
    await label(tab, "Last day of the period").fill(typed);
    await press(tab, "Download as Word");
    const links = await tab.locator("#letter-problems").getByRole("link").allInnerTexts();
    assert.ok(links.includes(`“Last day of the period”: ${words}`), links.join("\n"));
  }
  await close();
});

test("what is missing is said at the top, at its question, and the letter can be had anyway", async () => {
  const { tab, close } = await open();
  await label(tab, "Last day of the period").fill("soon");
  await press(tab, "Download as Word");
  const problems = tab.locator("#letter-problems");
  assert.equal(await problems.evaluate((box) => document.activeElement === box), true);
  const links = await problems.getByRole("link").allInnerTexts();
  assert.ok(links.includes("“Last day of the period”: write a date, such as 31 January 2027"), links.join("\n"));
  assert.ok(links.includes("“Their first name” needs an answer"));
  const date = label(tab, "Last day of the period");
  assert.equal(await date.getAttribute("aria-invalid"), "true");
  const [, error] = (await date.getAttribute("aria-describedby")).split(" ");
  assert.match(await tab.locator(`#${error}`).innerText(), /write a date/);
  await problems.getByRole("link", { name: /Last day/ }).click();
  assert.equal(await date.evaluate((input) => document.activeElement === input), true);
  await label(tab, "First day of the period").fill("1 October 2026");
  await date.fill("1 September 2026");
  await date.press("Tab");
  assert.match(await tab.locator(`#${error}`).innerText(), /must be later than “First day of the period”/);
  await date.fill("31 December 2026");
  await date.press("Tab");
  assert.equal(await tab.locator(`#${error}`).isHidden(), true);
  assert.equal(await date.getAttribute("aria-invalid"), "false");
  const [download] = await Promise.all([
    tab.waitForEvent("download"),
    tab.getByRole("button", { name: /as it is/ }).click(),
  ]);
  assert.match(readFileSync(await download.path(), "latin1"), /w:alias w:val="Their first name"/);
  await close();
});

test("the letter can be copied, cleared, and cleared by mistake", async () => {
  const { tab, close } = await open(letter, { permissions: ["clipboard-read", "clipboard-write"] });
  const clear = tab.locator('[data-do="clear"]');
  assert.equal(await clear.isVisible(), false, "nothing is there to clear");
  await fillIn(tab);
  assert.equal(await clear.isVisible(), true);
  await tab.locator(".actions summary").click();
  await press(tab, "Copy");
  await tab.getByRole("status").filter({ hasText: "copied" }).waitFor();
  const copied = await tab.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /Dear \(\(first name\)\) <i>Sam<\/i>/);
  await press(tab, "Clear");
  assert.equal(await label(tab, "Their first name").inputValue(), "");
  assert.match(await sheet(tab).innerText(), /\[Their first name\]/);
  await press(tab, "Put my answers back");
  assert.equal(await label(tab, "Their first name").inputValue(), typed["first name"]);
  assert.match(await sheet(tab).innerText(), /Dear \(\(first name\)\)/);
  await press(tab, "Clear");
  await label(tab, "Their first name").fill("S");
  await label(tab, "Their first name").fill("");
  assert.equal(await clear.isVisible(), false, "nothing is left to clear");
  await close();
});

test("answers that come with the address can be cleared", async () => {
  const { tab, close } = await open(`${letter}#first name=Sam`);
  assert.equal(await tab.locator('[data-do="clear"]').isVisible(), true);
  await close();
});

test("leaving with something typed asks first, and leaving an empty page does not", async () => {
  const { tab } = await open();
  let asked = 0;
  tab.on("dialog", (dialog) => {
    asked += 1;
    dialog.accept();
  });
  await label(tab, "Their first name").click();
  await tab.keyboard.type("Sam");
  await Promise.all([tab.waitForEvent("load"), tab.evaluate(() => setTimeout(() => location.reload()))]);
  assert.equal(asked, 1);
  assert.equal(await label(tab, "Their first name").inputValue(), "", "a page that is opened again is empty");
  await Promise.all([tab.waitForEvent("load"), tab.evaluate(() => setTimeout(() => location.assign("../")))]);
  assert.equal(asked, 1);
  await tab.context().close();
});

test("answers can be given after # in the address, and never after ?", async () => {
  const { tab, close } = await open(`${letter}#Reply-By=31/1/2027&support%20service=yes&nothing=x&first%20name=%3Cb%3E`);
  assert.equal(await label(tab, "The date to reply by").inputValue(), "31 January 2027");
  assert.equal(await label(tab, "Their first name").inputValue(), "<b>");
  assert.match(await sheet(tab).innerText(), /support service can/);
  await close();
  const other = await open(`${letter}?first%20name=Sam`);
  assert.equal(await label(other.tab, "Their first name").inputValue(), "");
  await other.close();
});

test("the page may not send anything anywhere", async () => {
  const { tab, faults, asked } = await open();
  const policy = await tab.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
  assert.match(policy, /connect-src 'none'/);
  assert.match(policy, /form-action 'none'/);
  const sent = await tab.evaluate(async () => {
    const tries = {
      fetch: () => fetch("/"),
      beacon: () => (navigator.sendBeacon("/", "x") ? Promise.resolve() : Promise.reject()),
      request: () => new Promise((done, fail) => {
        const request = new XMLHttpRequest();
        request.onload = done;
        request.onerror = fail;
        request.open("GET", "/");
        request.send();
      }),
    };
    const gone = [];
    for (const [name, send] of Object.entries(tries)) await send().then(() => gone.push(name), () => {});
    return gone;
  });
  assert.deepEqual(sent.filter((name) => name !== "beacon"), []);
  await tab.evaluate(() => document.querySelector("form").submit());
  await tab.waitForTimeout(200);
  assert.equal((await address(tab)).href, site.base + letter);
  assert.deepEqual(asked.filter((url) => !url.endsWith("/")), []);
  assert.ok(faults.length > 0, "the browser says what it refused");
  await tab.context().close();
});

test("a device remembers what people write about themselves, and nothing that staff write", async () => {
  const tokens = (tab) => tab.locator("form.questions :is(input, textarea)").evaluateAll((all) => all.map((one) => one.autocomplete));
  const staff = await open();
  assert.deepEqual(new Set(await tokens(staff.tab)), new Set(["off"]));
  await staff.close();
  const mine = await open(own);
  const found = await tokens(mine.tab);
  for (const token of ["name", "street-address", "tel"]) assert.ok(found.includes(token), `${token} among ${found}`);
  await mine.close();
});

test("pictures stay, and follow the answers", async () => {
  const { tab, close } = await open(easy);
  const shown = () => sheet(tab).locator("img").evaluateAll((all) => all.map((one) => `${one.alt} ${one.naturalWidth > 0}`));
  const before = await shown();
  assert.ok(before.length > 5 && before.every((one) => one.endsWith("true")), before.join("\n"));
  await tab.getByLabel("by phone").check();
  const after = await shown();
  assert.ok(after.length < before.length && after.every((one) => one.endsWith("true")), after.join("\n"));
  await tab.getByLabel("at home").check();
  assert.equal((await shown()).length, after.length);
  await close();
});

test("a text message says how long it is while people answer, and what makes it longer", async () => {
  const { tab, close } = await open(text, { permissions: ["clipboard-read", "clipboard-write"] });
  const length = tab.locator("#letter-length"), aloud = tab.locator("#letter-parts");
  const count = async () => Number((await length.innerText()).match(/^\d+/)[0]);
  const withExample = await count();
  assert.match(await length.innerText(), /^\d+ characters\. One text holds 160\.$/);
  await fillIn(tab, { "first name": "Sam", worker: "Robin", "from time": "10am", "to time": "12 noon" });
  assert.equal(await count(), withExample, "the examples, typed in");
  const said = await tab.locator("#letter-sheet").innerText();
  assert.equal(await count(), said.trim().length);
  const parts = withExample > 160 ? "This is sent as 2 texts. Each may be paid for." : "";
  assert.equal(await aloud.innerText(), parts);
  await label(tab, "Their first name").fill("Sam€");
  assert.equal(await count(), withExample + 2, "the sign counts twice");
  await label(tab, "Their first name").fill("D’Arcy");
  assert.match(await length.innerText(), /One text holds 70\.$/);
  assert.match(await aloud.innerText(), /With ’ in it, each text holds less than half as much\. Write ' in its place\./);
  await label(tab, "Their first name").fill("Siân");
  assert.match(await aloud.innerText(), /With â in it, each text holds less than half as much\.$/);
  await label(tab, "Their first name").fill("Sam");
  await press(tab, "Copy");
  await tab.getByRole("status").filter({ hasText: "copied" }).waitFor();
  assert.equal((await tab.evaluate(() => navigator.clipboard.readText())).length, await count());
  const file = await save(tab, "Download as text");
  assert.equal(file.name, "text-visit-tomorrow.txt");
  assert.match(file.bytes.toString(), /^Hello Sam\. This is Example County Council\. Robin will visit/);
  await close();
});

test("the phone numbers of a letter are links while people answer, and what they type is none", async () => {
  const links = (tab) =>
    sheet(tab).locator("[href^='tel'], [href^='mailto']").evaluateAll((all) => all.map((link) => [link.textContent, link.href]));
  const plain = await open("letters/change-of-amount/", { javaScriptEnabled: false });
  const served = await links(plain.tab);
  await plain.close();
  assert.ok(served.length > 0);
  const { tab, close } = await open("letters/change-of-amount/");
  assert.deepEqual(await links(tab), served);
  const [number] = served[0];
  const box = tab.locator(".letter-tool input[type=text], .letter-tool textarea").first();
  await box.fill(`X${number}, £1,111 and 9990`);
  assert.deepEqual(await links(tab), served);
  assert.doesNotMatch(await sheet(tab).innerText(), /href|phone"/);
  await close();
});

test("an email and its subject are copied apart, and opened in the program of the device", async () => {
  const { tab, close } = await open(email, { permissions: ["clipboard-read", "clipboard-write"] });
  // Nothing is opened here: where it would lead is kept.
  await tab.evaluate(() => {
    const click = HTMLAnchorElement.prototype.click;
    HTMLAnchorElement.prototype.click = function () {
      if (this.protocol === "mailto:") window.led = this.href;
      else click.call(this);
    };
  });
  await press(tab, "Open in your email program");
  assert.equal(await tab.locator("#letter-problems").isVisible(), true, "blanks are told first");
  await fillIn(tab, {
    "first name": "Sam & “co”", "period end": "31/12/2026", amount: "84.5", "paid on": "12/11/2026",
    "paid to": "Example #1? +1", "reply by": "20/2/2027", "signed by": "Alex",
  });
  const clipboard = () => tab.evaluate(() => navigator.clipboard.readText());
  await press(tab, "Copy the subject");
  await tab.getByRole("status").filter({ hasText: "The subject is copied" }).waitFor();
  assert.equal(await clipboard(), "Please send us a receipt by 20 February 2027");
  await press(tab, "Copy the email");
  await tab.getByRole("status").filter({ hasText: "The email is copied" }).waitFor();
  const body = await clipboard();
  assert.match(body, /^Dear Sam & “co”\n\nThank you/);
  assert.match(body, /Example County Council$/);
  await press(tab, "Open in your email program");
  const led = new URL(await tab.evaluate(() => window.led));
  assert.equal(led.pathname, "", "to nobody until somebody is chosen");
  const part = (name) => decodeURIComponent(led.search.match(new RegExp(`[?&]${name}=([^&]*)`))[1]);
  assert.equal(part("subject"), "Please send us a receipt by 20 February 2027");
  assert.equal(part("body"), body.replaceAll("\n", "\r\n"));
  await tab.evaluate(() => delete window.led);
  await label(tab, "Who it was paid to").fill("x".repeat(2000));
  await press(tab, "Open in your email program");
  await tab.getByRole("status").filter({ hasText: "too long to open" }).waitFor();
  assert.equal(await tab.evaluate(() => window.led), undefined);
  await close();
});

test("without scripts a text message and an email show their blanks, the example and the length", async () => {
  const context = await (await browser()).newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  for (const [path, blank, filled] of [
    [text, "[Their first name]", /Hello Sam\. This is[^]*Length with these details: \d+ characters\. Parts it is sent in: \d\./],
    [email, "Subject: Please send us a receipt by [The date to reply by]", /Subject: Please send us a receipt by 20 February 2027/],
  ]) {
    await tab.goto(site.base + path);
    const shown = await sheet(tab).innerText();
    assert.ok(shown.includes(blank), shown);
    for (const part of ["form", "button", "input"]) assert.equal(await tab.locator(`main ${part}:visible`).count(), 0);
    await tab.getByText("filled in with made-up details").click();
    assert.match(await tab.locator("details.more").first().innerText(), filled);
    const files = await tab.locator("#documents a").evaluateAll((all) => all.map((one) => one.getAttribute("href")));
    assert.deepEqual(files.map((file) => file.split(".").pop()), ["txt"]);
  }
  await context.close();
});

test("the filled form, its faults and the letter have no fault that axe knows", async () => {
  for (const colorScheme of ["light", "dark"]) {
    for (const path of [letter, easy, text, email, "cy/letters/ask-for-a-review/"]) {
      const { tab } = await open(path, { colorScheme, bypassCSP: true });
      await tab.locator('[data-do="docx"], [data-do="copy"]').first().click();
      await tab.evaluate(axe.source);
      const { violations } = await tab.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
      const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`);
      assert.deepEqual(said, [], `${path} in ${colorScheme}`);
      await tab.context().close();
    }
  }
});

test("paper has the letter and nothing else", async () => {
  const { tab } = await open();
  await fillIn(tab);
  await tab.emulateMedia({ media: "print" });
  const seen = await tab.evaluate(() => document.body.innerText);
  assert.match(seen, /Dear \(\(first name\)\)/);
  for (const words of ["What to put in the letter", "Blank copies", "Nothing is sent or kept", "Menu", "Who to contact", "The letter\n"]) {
    assert.ok(!seen.includes(words), `“${words}” is on paper:\n${seen}`);
  }
  await tab.context().close();
});

test("without scripts there is a letter with labelled blanks, files, and lines to write on", async () => {
  const context = await (await browser()).newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  await tab.goto(site.base + letter);
  assert.match(await sheet(tab).innerText(), /\[Their first name\]/);
  for (const part of ["form", "button", "input", "textarea", "select"]) {
    assert.equal(await tab.locator(`main ${part}:visible`).count(), 0, `no ${part}`);
  }
  const links = await tab.locator("#documents a").evaluateAll((all) => all.map((one) => one.href));
  assert.equal(links.length, 6);
  for (const link of links) {
    const name = decodeURIComponent(new URL(link).pathname).replace(new URL(site.base).pathname, "");
    assert.ok(existsSync(join(SITE, name)), name);
  }
  await tab.locator("#documents a").first().click();
  assert.ok((await tab.locator(".sheet .rule").count()) > 8, "lines to write on");
  assert.match(await tab.locator(".sheet").innerText(), /Their first name/);
  await context.close();
});

test("printed, what is not filled in is a line to write on, and there is room to sign", async () => {
  const { tab, close } = await open(own);
  await label(tab, "Your phone number").fill("0306 999 0100");
  await tab.emulateMedia({ media: "print" });
  const found = await sheet(tab).evaluate((sheet) => {
    const box = (e) => e.getBoundingClientRect();
    const blanks = [...sheet.querySelectorAll(".blank")];
    const close = sheet.querySelector(".close");
    const letters = document.createRange();
    letters.selectNodeContents(close);
    return {
      words: sheet.innerText,
      blank: blanks.map((blank) => blank.innerText).join(),
      low: blanks.map((blank) => [Math.round(box(blank).width), Math.round(box(blank).height), getComputedStyle(blank).borderBottomStyle]),
      long: blanks.filter((blank) => blank.matches(".long")).map((blank) => Math.round(box(blank).height)),
      room: (box(close.nextElementSibling).top - box(letters).bottom) / parseFloat(getComputedStyle(sheet).lineHeight),
      breaks: getComputedStyle(close).breakAfter,
    };
  });
  assert.doesNotMatch(found.blank, /[[\]]/, "no brackets");
  assert.match(found.words, /0306 999 0100/);
  assert.ok(found.low.length >= 5 && found.long.length >= 4 && Math.min(...found.long) >= 90, `long answers and the address: ${found.long}`);
  for (const [width, height, line] of found.low) assert.ok(width > 200 && height > 30 && line === "solid", `${width} by ${height}`);
  assert.ok(found.room >= 2.7 && found.room < 4.2, `${found.room} lines`);
  assert.equal(found.breaks, "avoid");
  await close();
});
