// The desk, as an editor uses it: with the keyboard alone, without scripts where that is
// promised, beside other programs, and never for anybody else.

import { after, test } from "node:test";
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { createRequire } from "node:module";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { address, browser, narrow, wide } from "./site.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const program = resolve(process.env.PLAINSITE ?? join(here, "../../target/release/plainsite"));
const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const root = mkdtempSync(join(tmpdir(), "plainsite-desk-"));
after(() => rmSync(root, { recursive: true, force: true }));

const made = spawnSync(program, ["init", join(root, "site")], { encoding: "utf8" });
assert.equal(made.status, 0, made.stderr);
const site = join(root, "site");
const at = (name) => join(site, "content", name);
const read = (name) => readFileSync(at(name), "utf8");
const save = (name, text) => {
  mkdirSync(dirname(at(name)), { recursive: true });
  writeFileSync(at(name), text);
};
const top = (title) => `---\ntitle: ${title}\n# a remark that stays\ndescription: What it is about.\nowner: advice-team\n---\n\n`;
save("help-at-home/records.md", `${top("Records")}Keep your receipts.\n`);
save("help-at-home/other.md", `${top("Other words")}Keep your bills.\n`);
const answers = `${top("Going out")}Going out is fun.

\`\`\`buy
# asked most
- item: Gym membership
  answer: yes
  why: It helps you stay well.
  words: [gym, fitness]
- item: A bet
  answer: never
  why: You may lose it.
\`\`\`
`;
save("can-i-buy/index.md", `${top("Can I buy…?").replace("title:", "kind: can I buy\ntitle:")}You can buy what you need.\n`);
save("can-i-buy/fun.md", answers);
save("_data/redirects.yaml", "# from leaflets\n/finance/: /help-at-home/\n");

const desk = spawn(program, ["desk", "--no-open", "--port", "0", "--root", site], { stdio: ["ignore", "ignore", "pipe"] });
after(() => desk.kill());
const own = await new Promise((found, failed) => {
  let said = "";
  desk.stderr.on("data", (more) => {
    said += more;
    const address = said.match(/http:\/\/127\.0\.0\.1:\d+\/_plainsite\/desk\/\w+\//)?.[0];
    if (address) found(address);
  });
  if (process.env.LOUD) desk.stderr.pipe(process.stderr);
  desk.on("exit", () => failed(new Error(said)));
});
const { origin, port, pathname: desked } = new URL(own);
const key = desked.split("/").at(-2);

async function open(settings, path = "") {
  const context = await (await browser()).newContext(settings);
  const tab = await context.newPage();
  tab.faults = [];
  tab.on("pageerror", (error) => tab.faults.push(error.message));
  tab.on("console", (line) => line.type() === "error" && !/status of (409|404)/.test(line.text()) && tab.faults.push(line.text()));
  await tab.goto(own + path);
  return tab;
}
const edit = (settings, file) => open(settings, `edit?file=content/${file}`);
const settled = (tab) => tab.waitForFunction(() => document.querySelector("#tools button"));
const without = { ...wide, javaScriptEnabled: false };

/** Waits for a file to say something. */
async function says(name, words) {
  for (let turn = 0; turn < 100; turn += 1) {
    if (existsSync(at(name)) && read(name).includes(words)) return;
    await new Promise((go) => setTimeout(go, 50));
  }
  assert.fail(`${name} never said ${words}: ${existsSync(at(name)) && read(name)}`);
}

test("nobody gets in without the key, from another site, or under another name", async () => {
  const ask = (path, { method = "GET", headers = {}, body } = {}) =>
    new Promise((done, failed) => {
      const asked = request({ host: "127.0.0.1", port, path, method, headers }, (answer) => {
        answer.text = "";
        answer.on("data", (more) => (answer.text += more));
        answer.on("end", () => done(answer));
      });
      asked.on("error", failed);
      asked.end(body);
    });
  const entered = await ask(desked);
  assert.equal(entered.statusCode, 200);
  assert.equal(entered.headers["set-cookie"], undefined, "cookies do not tell ports apart");
  assert.equal(entered.headers["referrer-policy"], "same-origin");
  for (const path of ["", "0/", "edit?page=%2F", `?key=${key}`]) {
    assert.equal((await ask(`/_plainsite/desk/${path}`)).statusCode, 403, path);
  }
  assert.equal((await ask(desked, { headers: { Host: "elsewhere.example" } })).statusCode, 421);
  // Nobody reads it in a page that needs no key, nor in one of the desk.
  for (const path of ["/", "/help-at-home/records/", "/_plainsite/", "/_plainsite/problems.json", "/_plainsite/reload.js", "/nothing/", "/_plainsite/desk/", desked, `${desked}edit?file=content/index.md`, `${desked}desk.js`]) {
    assert.ok(!(await ask(path)).text.includes(key), path);
  }
  const post = (headers) =>
    ask(`${desked}save`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded", ...headers },
      body: "file=content/stolen.md&version=&as+text=yes&words=x",
    });
  for (const headers of [{}, { Origin: "https://elsewhere.example" }, { Origin: `http://127.0.0.1:${port - 1}` }, { Origin: "null" }]) {
    assert.equal((await post(headers)).statusCode, 403, JSON.stringify(headers));
  }
  assert.ok(!existsSync(at("stolen.md")));
  const outside = await ask(`${desked}save`, {
    method: "POST",
    headers: { Origin: origin, "Content-Type": "application/x-www-form-urlencoded" },
    body: "file=content/../stolen.md&version=&as+text=yes&words=x",
  });
  assert.equal(outside.statusCode, 409);
  assert.ok(!existsSync(join(site, "stolen.md")));
});

test("a page is changed with the keyboard alone, from the page itself", async () => {
  const tab = await open(wide);
  await tab.goto(`${origin}/help-at-home/records/`);
  const edit = tab.getByRole("link", { name: "Edit this page" });
  await tab.waitForFunction((own) => document.querySelector(".plainsite-edit a").href.startsWith(own), own);
  // It stands above the page, and covers nothing of it.
  const [bar, head] = await Promise.all([tab.locator(".plainsite-edit"), tab.locator("header").first()].map((one) => one.boundingBox()));
  assert.ok(bar.y + bar.height <= head.y + 1, JSON.stringify([bar, head]));
  await edit.focus();
  await tab.keyboard.press("Enter");
  await tab.waitForURL(/edit\?file=/);
  await settled(tab);
  await tab.locator("#words").focus();
  await tab.keyboard.press("Control+End");
  await tab.keyboard.type("\nYou must utilise your own account.\n");
  const use = tab.getByRole("button", { name: /Use “use”/ });
  await use.waitFor();
  const shown = tab.frameLocator("#seen");
  await shown.getByText("utilise your own account").waitFor();
  assert.ok(!read("help-at-home/records.md").includes("utilise"), "nothing is saved by itself");
  await use.focus();
  await tab.keyboard.press("Enter");
  await shown.getByText("use your own account").waitFor();
  await tab.locator("#words").focus();
  await tab.keyboard.press("Control+s");
  await tab.getByText("Saved.").waitFor();
  const now = read("help-at-home/records.md");
  assert.equal(now, `${top("Records")}Keep your receipts.\n\nYou must use your own account.\n`);
  assert.deepEqual(tab.faults, []);
  await tab.context().close();
});

test("without scripts a page is looked at, mended and saved with forms", async () => {
  const tab = await edit(without, "help-at-home/other.md");
  await tab.locator("#words").fill("\nKeep your bills.\n\nYou must utilise them.\n");
  await tab.getByRole("button", { name: "Look, without saving" }).click();
  await tab.getByText("Not saved yet", { exact: true }).waitFor();
  await tab.getByRole("button", { name: /Use “use”/ }).click();
  assert.match(await tab.locator("#words").inputValue(), /You must use them/);
  await tab.frameLocator("#seen").getByText("You must use them").waitFor();
  assert.ok(!read("help-at-home/other.md").includes("must"));
  await tab.getByRole("button", { name: "Save", exact: true }).last().click();
  await tab.getByText("Saved.").waitFor();
  assert.equal(read("help-at-home/other.md"), `${top("Other words")}Keep your bills.\n\nYou must use them.\n`);
  await tab.context().close();
});

test("without scripts the site leads from the desk to where each page is written", async () => {
  const tab = await open(without);
  await tab.getByRole("link", { name: "The site", exact: true }).click();
  assert.equal((await address(tab)).href, `${own}site/`);
  await tab.goto(`${own}site/help-at-home/records/`);
  await tab.locator("main a[href], nav a[href*='a-z']").last().click();
  const { href } = await address(tab);
  assert.ok(href.startsWith(`${own}site/`), href);
  await tab.goBack();
  await tab.getByRole("link", { name: "Edit this page" }).click();
  assert.equal((await address(tab)).href, `${own}edit?file=content%2Fhelp-at-home%2Frecords.md`);
  // Another browser, which never had the desk open, is told where it is.
  const other = await (await (await browser()).newContext(without)).newPage();
  await other.goto(`${origin}/help-at-home/records/`);
  await other.getByRole("link", { name: "Edit this page" }).click();
  await other.getByText("there is a key in it").waitFor();
  await other.context().close();
  await tab.context().close();
});

test("words that were not saved are there after the window was closed", async () => {
  const tab = await edit(wide, "help-at-home/other.md");
  await settled(tab);
  await tab.locator("#words").press("Control+End");
  await tab.keyboard.type("Half a sent");
  await tab.close();
  const again = await edit(wide, "help-at-home/other.md");
  await again.getByText("the words that you typed last").waitFor();
  assert.match(await again.locator("#words").inputValue(), /Half a sent$/m);
  await again.getByRole("button", { name: "Forget what is not saved" }).click();
  await again.getByText("Forgotten.").waitFor();
  assert.doesNotMatch(await again.locator("#words").inputValue(), /Half a sent/);
  await again.context().close();
});

test("what another program wrote meanwhile is shown beside it, and never written over", async () => {
  const tab = await edit(wide, "help-at-home/other.md");
  await settled(tab);
  save("help-at-home/other.md", `${top("Other words")}Theirs.\n`);
  await tab.locator("#words").press("Control+End");
  await tab.keyboard.type("Mine.");
  await tab.keyboard.press("Control+s");
  await tab.getByRole("heading", { name: "Two versions" }).waitFor();
  assert.ok(read("help-at-home/other.md").includes("Theirs."));
  await tab.getByText("Theirs.", { exact: true }).waitFor();
  await tab.locator("summary", { hasText: "by hand" }).press("Enter");
  await tab.getByLabel("Your text", { exact: true }).fill(`${top("Other words")}Theirs. Mine.\n`);
  await tab.getByRole("button", { name: "Save this text" }).click();
  await tab.getByText("Saved.").waitFor();
  assert.ok(read("help-at-home/other.md").includes("Theirs. Mine."));
  // And when it was taken away meanwhile.
  rmSync(at("help-at-home/other.md"));
  await tab.locator("#words").fill("\nMine again.\n");
  await tab.keyboard.press("Control+s");
  await tab.getByText("was taken away").waitFor();
  await tab.getByRole("button", { name: "Save this text" }).click();
  await tab.getByText("Saved.").waitFor();
  assert.ok(read("help-at-home/other.md").includes("Mine again."));
  await tab.context().close();
});

test("two versions are joined, place by place, with the keyboard alone and without scripts", async () => {
  const name = "help-at-home/joined.md";
  const before = `${top("Joined")}One.\n\nTwo.\n\nThree.\n\nFour.\n`;
  const theirs = before.replace("Two.", "Two, they say.").replace("Four.", "Four, they say.");
  for (const settings of [wide, without]) {
    save(name, before);
    const tab = await edit(settings, name);
    if (settings === wide) await settled(tab);
    await tab.locator("#words").fill("\nOne, I say.\n\nTwo.\n\nThree.\n\nFour, I say.\n");
    save(name, theirs);
    await tab.locator(".save button").first().press("Enter");
    await tab.getByRole("heading", { name: "Two versions" }).waitFor();
    const places = tab.locator("fieldset");
    assert.deepEqual(await places.locator(".hint").allTextContents(), ["Only you changed this.", "Only they changed this.", "Both of you changed this."]);
    // Where one alone changed something, that is kept. Where both did, somebody has to say.
    const make = tab.getByRole("button", { name: "Make one of both" });
    await make.press("Enter");
    assert.equal(await tab.evaluate(() => document.activeElement.id), "place-2-mine");
    await places.nth(2).getByLabel("Yours", { exact: true }).focus();
    await tab.keyboard.press("ArrowDown");
    await tab.keyboard.press("ArrowDown");
    await make.press("Enter");
    await tab.getByText("The two are one now.").waitFor();
    assert.equal(read(name), theirs, "it is looked at before it is saved");
    await tab.locator(".save button").first().press("Enter");
    await tab.getByText("Saved.").waitFor();
    assert.equal(read(name), before.replace("One.", "One, I say.").replace("Two.", "Two, they say.").replace("Four.", "Four, I say.\nFour, they say."));
    await tab.context().close();
  }
  rmSync(at(name));
});

test("what was typed in a record is there when its file was taken away meanwhile", async () => {
  const name = "directory/rowan-house-advice.yaml";
  const before = read(name);
  const tab = await edit(without, name);
  await tab.getByLabel("Cost", { exact: true }).fill("£3 a session");
  rmSync(at(name));
  await tab.waitForTimeout(1500);
  await tab.getByRole("button", { name: "Save", exact: true }).last().click();
  await tab.getByText("was taken away").waitFor();
  await tab.getByRole("button", { name: "Save this text" }).click();
  await tab.getByText("Saved.").waitFor();
  assert.match(read(name), /cost: £3 a session/);
  save(name, before);
  await tab.context().close();
});

test("a file goes back to how it was", async () => {
  const tab = await edit(without, "help-at-home/records.md");
  const before = read("help-at-home/records.md");
  await tab.locator("#words").fill("\nAll gone.\n");
  await tab.getByRole("button", { name: "Save", exact: true }).last().click();
  await tab.getByRole("link", { name: /earlier state/ }).click();
  await tab.getByText("All gone.").first().waitFor();
  await tab.getByRole("button", { name: /Go back to this/ }).first().click();
  await tab.getByText("This is how it was").waitFor();
  assert.equal(read("help-at-home/records.md"), before);
  await tab.context().close();
});

test("a contact is changed in a form, and everything else in its file stays", async () => {
  const file = "_data/contacts.yaml";
  const before = read(file);
  const id = before.match(/^([\w-]+):$/m)[1];
  const tab = await edit(without, file);
  await tab.locator("summary", { hasText: id }).click();
  const name = tab.locator(`[name="facts/${id}/name"]`);
  const old = await name.inputValue();
  await name.fill("A new name");
  await tab.getByRole("button", { name: "Save", exact: true }).last().click();
  await tab.getByText("Saved.").waitFor();
  assert.equal(old, "Customer services");
  assert.equal(read(file), before.replace(/name: .*/, "name: A new name"));
  await tab.locator("summary", { hasText: "Add another" }).last().click();
  await tab.getByLabel("What pages call it").fill("night-team");
  await tab.locator('[name="facts/+/name"]').fill("Night team");
  await tab.getByRole("button", { name: "Save", exact: true }).last().click();
  await tab.getByText("Saved.").waitFor();
  assert.ok(read(file).endsWith("night-team:\n  name: Night team\n"), read(file));
  await tab.context().close();
});

test("an answer to “Can I buy…?” is mended and another added, with the keyboard alone", async () => {
  const tab = await edit(wide, "can-i-buy/fun.md");
  await settled(tab);
  const press = async (one) => {
    await one.focus();
    await tab.keyboard.press("Enter");
  };
  await tab.locator("#words").press("Control+End");
  await tab.keyboard.type("Ask us.\n");
  await press(tab.getByRole("button", { name: /2 answers as fields/ }));
  await tab.getByRole("heading", { name: "2 answers in this page" }).waitFor();
  await tab.getByText("Not saved yet", { exact: true }).waitFor();
  // What is wrong leads to its field.
  await press(tab.getByRole("link", { name: "in “Answer” of “A bet”" }).first());
  await tab.waitForFunction(() => document.activeElement.id === "facts-1-answer");
  await tab.keyboard.press("ArrowUp");
  await tab.keyboard.press("ArrowUp");
  const many = tab.locator("#how-many");
  await many.waitFor({ state: "hidden" });
  await press(tab.locator("summary", { hasText: "Add an answer" }));
  // What has the focus is never below the bar that stays at the bottom.
  const next = async () => {
    await tab.keyboard.press("Tab");
    const isCovered = await tab.evaluate(() => {
      const [own, bar] = [document.activeElement, document.querySelector(".save")].map((one) => one.getBoundingClientRect());
      return own.bottom > bar.top && own.top < bar.bottom;
    });
    assert.ok(!isCovered, await tab.evaluate(() => document.activeElement.id));
  };
  await next();
  await tab.keyboard.type("A swim");
  await many.waitFor();
  await next();
  await tab.keyboard.type("ask");
  await next();
  await tab.keyboard.type("It keeps you fit.");
  await next();
  await next();
  await tab.keyboard.type("pool\nbaths");
  await tab.frameLocator("#seen").getByText("A swim").first().waitFor();
  await tab.getByText("Nothing to mend").waitFor();
  assert.equal(read("can-i-buy/fun.md"), answers, "nothing is saved by itself");
  await tab.keyboard.press("Control+s");
  await tab.getByText("Saved.").waitFor();
  const now = answers.replace("never", "no").replace("lose it.\n", "lose it.\n- item: A swim\n  answer: ask first\n  why: It keeps you fit.\n  words: [pool, baths]\n");
  assert.equal(read("can-i-buy/fun.md"), `${now}Ask us.\n`);
  await tab.getByRole("heading", { name: "3 answers in this page" }).waitFor();
  // One of many is found by its words.
  await tab.getByLabel("Show only what has these words").fill("swim");
  assert.ok(!(await tab.locator("summary", { hasText: "Gym membership" }).isVisible()));
  assert.deepEqual(tab.faults, []);
  await tab.context().close();
  save("can-i-buy/fun.md", answers);
});

test("without scripts an answer is looked at, saved and taken out, and the text is one press away", async () => {
  const tab = await edit(without, "can-i-buy/fun.md");
  await tab.getByRole("button", { name: /2 answers as fields/ }).click();
  await tab.locator("summary", { hasText: "A bet" }).click();
  if (!(await tab.locator("#facts-1-answer").isVisible())) await tab.locator("summary", { hasText: "A bet" }).click();
  await tab.locator("#facts-1-answer").selectOption("no");
  await tab.getByRole("button", { name: "Look, without saving" }).click();
  await tab.getByText("Not saved yet", { exact: true }).waitFor();
  await tab.getByText("Nothing to mend").waitFor();
  await tab.getByRole("button", { name: "To the text" }).click();
  assert.match(await tab.locator("#words").inputValue(), /# asked most\n- item: Gym membership\n.*answer: no/s);
  assert.equal(read("can-i-buy/fun.md"), answers);
  await tab.getByRole("button", { name: /2 answers as fields/ }).click();
  await tab.locator("summary", { hasText: "Gym membership" }).click();
  await tab.locator("#facts-0-remove").check();
  await tab.getByRole("button", { name: "Save", exact: true }).last().click();
  await tab.getByText("Saved.").waitFor();
  await tab.getByRole("heading", { name: "1 answer in this page" }).waitFor();
  assert.match(read("can-i-buy/fun.md"), /```buy\n# asked most\n- item: A bet\n  answer: no\n/);
  await tab.context().close();
  save("can-i-buy/fun.md", answers);
});

test("without scripts an old address is changed and another added, and remarks stay", async () => {
  const file = "_data/redirects.yaml";
  const tab = await edit(without, file);
  await tab.locator("summary", { hasText: "/finance/" }).click();
  await tab.getByLabel("Leads to").first().fill("/help-at-home/records/");
  await tab.locator("summary", { hasText: "Add an old address" }).click();
  await tab.getByLabel("Old address").last().fill("/fin: old/");
  await tab.getByLabel("Leads to").last().fill("/help-at-home/");
  await tab.getByRole("button", { name: "Save", exact: true }).last().click();
  await tab.getByText("Saved.").waitFor();
  assert.equal(read(file), '# from leaflets\n/finance/: /help-at-home/records/\n"/fin: old/": /help-at-home/\n');
  await tab.context().close();
});

test("what is wrong in a fact is said of its field, which is open, and a press leads there", async () => {
  const wrong = `${top("Wrong facts").replace("owner: advice-team", "owner: advice-team\nchecked: someday")}Keep your bills.\n`;
  save("help-at-home/wrong.md", wrong);
  const plain = await edit(without, "help-at-home/wrong.md");
  const place = plain.locator("#found").getByRole("link", { name: "in “Checked”" }).first();
  await place.click();
  assert.equal((await address(plain)).hash, "#facts-checked");
  assert.ok(await plain.getByLabel("Checked", { exact: true }).isVisible());
  await plain.context().close();
  const tab = await edit(wide, "help-at-home/wrong.md");
  await settled(tab);
  await tab.locator(".facts > summary").first().click();
  await tab.locator("#words").press("Control+End");
  await tab.keyboard.type("More.");
  await tab.waitForTimeout(600);
  await tab.locator("#found").getByRole("link", { name: "in “Checked”" }).first().press("Enter");
  assert.equal(await tab.evaluate(() => document.activeElement.id), "facts-checked");
  assert.deepEqual(tab.faults, []);
  await tab.context().close();
  rmSync(at("help-at-home/wrong.md"));
});

test("advice stands behind what is to be mended, and how the words read is told with what costs most", async () => {
  const long = "We will look at your application together with the supporting documentation that accompanies it and then communicate our determination to everybody concerned.";
  save("help-at-home/reading.md", `${top("Reading")}We will pay you in due course.\n\n${long}\n\nYour form must be completed.\n`);
  const plain = await edit(without, "help-at-home/reading.md");
  const sorts = await plain.locator("#found li strong:first-child").allTextContents();
  assert.ok(sorts.includes("Advice") && sorts.includes("Worth a look"), sorts.join());
  assert.ok(sorts.indexOf("Advice") > sorts.lastIndexOf("Worth a look"), sorts.join());
  assert.match(await plain.locator("#found-name").textContent(), /to look at and \d pieces? of advice/);
  await plain.locator("#reads summary").click();
  assert.match(await plain.locator("#reads").textContent(), /How it reads: \d+ words in a sentence.*line 4, 2\d words, \d hard words: We will look/s);
  await plain.context().close();
  const tab = await edit(wide, "help-at-home/reading.md");
  await settled(tab);
  await tab.locator("#words").press("Control+Home");
  await tab.keyboard.type("Hello.");
  await tab.waitForTimeout(800);
  await tab.locator("#reads summary").press("Enter");
  await tab.locator("#reads").getByRole("button", { name: "line 4" }).press("Enter");
  assert.equal(await tab.evaluate(() => { const box = document.activeElement; return box.value.slice(box.selectionStart, box.selectionEnd); }), long);
  await tab.evaluate(axeSource);
  const { violations } = await tab.evaluate(() => axe.run());
  assert.deepEqual(violations.map((one) => one.id), []);
  assert.deepEqual(tab.faults, []);
  await tab.context().close();
  rmSync(at("help-at-home/reading.md"));
});

test("a new page is made with five answers, is a draft, and is found again", async () => {
  const tab = await open(without, "new");
  await tab.getByLabel(/What is it called/).fill("Money left over");
  await tab.getByLabel(/Where does it go/).selectOption("help-at-home");
  await tab.getByRole("button", { name: "Make the page" }).click();
  await tab.getByText("as a draft").first().waitFor();
  await says("help-at-home/money-left-over.md", "status: draft");
  assert.match(read("help-at-home/money-left-over.md"), /title: Money left over/);
  await tab.getByRole("link", { name: "All pages" }).click();
  await tab.getByRole("link", { name: "Money left over" }).first().waitFor();
  // The same again is refused, and the answers are still there.
  await tab.goto(`${own}new`);
  await tab.getByLabel(/What is it called/).fill("Money left over");
  await tab.getByLabel(/Where does it go/).selectOption("help-at-home");
  await tab.getByRole("button", { name: "Make the page" }).click();
  await tab.getByText("is there already").waitFor();
  assert.equal(await tab.getByLabel(/What is it called/).inputValue(), "Money left over");
  await tab.context().close();
});

test("a document becomes a page, and a PDF is answered with what to do", async () => {
  const tab = await open(without, "import");
  const html = "<html><body><h1>Holiday pay</h1><p>You earn <b>5.6 weeks</b> a year.</p><ul><li>One</li><li>Two</li></ul></body></html>";
  await tab.getByLabel("The document").setInputFiles({ name: "pay.html", mimeType: "text/html", buffer: Buffer.from(html) });
  await tab.getByLabel("Where does it go?").selectOption("help-at-home");
  await tab.getByRole("button", { name: "Read the document" }).click();
  await tab.getByRole("link", { name: "Holiday pay" }).waitFor();
  await tab.goto(`${own}import`);
  await tab.getByLabel("The document").setInputFiles({ name: "pay.html", mimeType: "text/html", buffer: Buffer.from(html) });
  await tab.getByLabel("Where does it go?").selectOption("help-at-home");
  await tab.getByLabel("What is its file called?").fill("Pay in holidays");
  await tab.getByRole("button", { name: "Read the document" }).click();
  await tab.getByText("help-at-home/pay-in-holidays.md").waitFor();
  rmSync(at("help-at-home/pay-in-holidays.md"));
  assert.match(read("help-at-home/holiday-pay.md"), /You earn \*\*5\.6 weeks\*\* a year\.\n\n- One\n- Two/);
  await tab.goto(`${own}import`);
  await tab.getByLabel("The document").setInputFiles({ name: "pay.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.7\n") });
  await tab.getByRole("button", { name: "Read the document" }).click();
  await tab.getByRole("alert").getByText("PDF").waitFor();
  await tab.context().close();
});

test("what was copied from Word arrives as headings, lists and links", async () => {
  const tab = await edit(wide, "help-at-home/records.md");
  await settled(tab);
  await tab.locator("#words").press("Control+End");
  const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body>
    <!--StartFragment--><h2>How to pay</h2><p class=MsoNormal style='font-family:Arial;color:red'>Pay <b>each month</b>, see <a href="https://pay.example/">the pay page</a>.<o:p></o:p></p>
    <p class=MsoNormal><o:p>&nbsp;</o:p></p><ul type=disc><li class=MsoNormal>One</li><li class=MsoNormal>Two</li></ul><!--EndFragment--></body></html>`;
  await tab.evaluate((word) => {
    const data = new DataTransfer();
    data.setData("text/html", word);
    data.setData("text/plain", "How to pay");
    document.querySelector("#words").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, word);
  await tab.waitForFunction(() => document.querySelector("#words").value.includes("## How to pay"));
  const words = await tab.locator("#words").inputValue();
  assert.match(words, /## How to pay\n\nPay \*\*each month\*\*, see \[the pay page\]\(https:\/\/pay\.example\/\)\.\n\n- One\n- Two/);
  assert.doesNotMatch(words, /Arial|Mso|red/);
  // The browser's own undo takes it back.
  await tab.locator("#words").press("Control+z");
  assert.doesNotMatch(await tab.locator("#words").inputValue(), /How to pay/);
  assert.deepEqual(tab.faults, []);
  await tab.context().close();
});

test("links, tables and pictures are put in with the keyboard", async () => {
  const tab = await edit(wide, "help-at-home/records.md");
  await settled(tab);
  const words = tab.locator("#words");
  await words.press("Control+End");
  await tab.keyboard.press("Control+k");
  await tab.getByLabel("The words of the link").fill("money that is left over");
  await tab.getByLabel("Where it leads").fill("Other");
  await tab.getByRole("dialog").getByRole("button", { name: /help-at-home\/other/ }).press("Enter");
  await tab.waitForFunction(() => document.querySelector("#words").value.includes("[money that is left over]("));
  assert.match(await words.inputValue(), /\[money that is left over\]\([\w-]+\.md\)/);

  // From the words to the bar with its one stop, and along it with the arrows.
  await tab.keyboard.press("Shift+Tab");
  for (let turn = 0; turn < 8; turn += 1) await tab.keyboard.press("ArrowRight");
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Table");
  await tab.keyboard.press("Enter");
  await tab.getByLabel("What the table shows").fill("Costs");
  await tab.getByLabel("Heading of column 1").fill("What");
  await tab.getByLabel("Row 1, column 1").fill("Bus, and train");
  await tab.getByRole("button", { name: "Put the table in" }).press("Enter");
  await tab.waitForFunction(() => document.querySelector("#words").value.includes("```table Costs"));
  assert.match(await words.inputValue(), /```table Costs\nWhat,,\n"Bus, and train",,\n,,\n```/);

  await tab.getByRole("button", { name: "Picture", exact: true }).click();
  await tab.getByLabel("Or a drawing").fill("bus");
  await tab.getByRole("button", { name: /bus/i }).first().click();
  await tab.getByRole("button", { name: "Put the picture in" }).press("Enter");
  await tab.waitForFunction(() => document.querySelector("#words").value.includes("](pictures/bus.svg)"));
  assert.ok(readdirSync(at("help-at-home/pictures")).includes("bus.svg"));
  await tab.frameLocator("#seen").locator("img[src*=bus]").waitFor();
  assert.deepEqual(tab.faults, []);
  await tab.context().close();
});

test("a page is moved, its old address leads on, and taken away and brought back", async () => {
  const tab = await edit(without, "help-at-home/holiday-pay.md");
  await tab.locator("summary", { hasText: "Move it" }).click();
  await tab.getByLabel("Its place and name").fill("content/help-at-home/pay-for-holidays.md");
  await tab.getByRole("button", { name: "Move it" }).click();
  await tab.getByText("Moved.").waitFor();
  assert.ok(!existsSync(at("help-at-home/holiday-pay.md")));
  await tab.locator("summary", { hasText: "Move it" }).click();
  await tab.getByRole("button", { name: "Take it away" }).click();
  await tab.getByRole("heading", { name: "Earlier states" }).waitFor();
  assert.ok(!existsSync(at("help-at-home/pay-for-holidays.md")));
  await tab.getByRole("button", { name: /Go back to this/ }).first().click();
  await tab.getByText("This is how it was").waitFor();
  assert.ok(existsSync(at("help-at-home/pay-for-holidays.md")));
  await tab.context().close();
});

test("a page is begun in the other language of the site, as a draft", async () => {
  const settings = readFileSync(join(site, "site.toml"), "utf8");
  writeFileSync(join(site, "site.toml"), settings.replace(/^languages.*$/m, 'languages = ["en", "cy"]'));
  const tab = await open(without);
  for (let turn = 0; turn < 50; turn += 1) {
    await tab.goto(`${own}edit?file=content/help-at-home/records.md`);
    if (await tab.getByRole("button", { name: /Write it in/ }).count()) break;
    await tab.waitForTimeout(200);
  }
  await tab.getByRole("button", { name: /Write it in/ }).click();
  await tab.getByText("begins as a draft").waitFor();
  assert.match(read("help-at-home/records.cy.md"), /status: draft/);
  assert.ok(read("help-at-home/records.cy.md").endsWith("\nKeep your receipts.\n\nYou must use your own account.\n"));
  await tab.context().close();
});

test("the pages of the desk pass what published pages pass", async () => {
  const pages = ["", "new", "import", "changes", "states?file=content/help-at-home/records.md", "edit?file=content/help-at-home/records.md", "edit?file=content/_data/contacts.yaml", "edit?file=content/can-i-buy/fun.md", "edit?file=content/can-i-buy/fun.md&list=0", "edit?file=content/_data/redirects.yaml", "edit?file=site.toml", "edit?file=content/nothing.md"];
  const folder = join(root, "looked");
  mkdirSync(join(folder, "_plainsite/desk"), { recursive: true });
  for (const settings of [wide, narrow]) {
    for (const colorScheme of ["light", "dark"]) {
      const tab = await open({ ...settings, colorScheme, bypassCSP: true });
      for (const [number, page] of pages.entries()) {
        await tab.goto(own + page);
        await tab.waitForTimeout(100);
        await tab.evaluate(() => document.querySelectorAll("details").forEach((one) => (one.open = true)));
        const wideness = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wideness <= 0, `${page} is ${wideness} px too wide`);
        await tab.evaluate(axeSource);
        const { violations } = await tab.evaluate(() => globalThis.axe.run({ exclude: [["iframe"]] }));
        const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(" | ")}`);
        assert.deepEqual(found, [], `${page} ${colorScheme}`);
        if (settings === wide && colorScheme === "light") {
          const html = await (await tab.context().request.get(own + page)).text();
          const frame = /<iframe[^>]*><\/iframe>/;
          writeFileSync(join(folder, "_plainsite/desk", `${number}.html`), html.replace(frame, ""));
        }
      }
      await tab.context().close();
    }
  }
  writeFileSync(join(folder, "_plainsite/desk/desk.css"), readFileSync(join(here, "../../src/desk/desk.css")));
  writeFileSync(join(folder, "_plainsite/desk/desk.js"), readFileSync(join(here, "../../src/desk/desk.js")));
  const audit = spawnSync(program, ["audit", folder, "--format", "plain"], { encoding: "utf8" });
  const lines = audit.stdout.split("\n").filter((line) => line && !/dead-(address|fragment)|same-title/.test(line));
  assert.deepEqual(lines, [], audit.stderr);
});
