// Reading a page aloud. A browser without a window has no voices, so what speaks stands in for
// one here: it takes the words, the voice and the speed, and says when it is done.

import { test } from "node:test";
import assert from "node:assert/strict";
import { browser, narrow, site } from "./site.mjs";

const page = "manage/records-and-returns/";

function speaker(voices) {
  const said = [];
  let current;
  class Utterance {
    constructor(text) {
      this.text = text;
    }
  }
  const speech = {
    getVoices: () => voices,
    addEventListener() {},
    speak(one) {
      said.push({ text: one.text, voice: one.voice.name, rate: one.rate });
      current = one;
    },
    cancel() {
      const ended = current;
      current = undefined;
      ended?.onerror?.();
    },
  };
  Object.defineProperty(window, "speechSynthesis", { value: speech });
  window.SpeechSynthesisUtterance = Utterance;
  window.said = said;
  window.done = () => current.onend();
}

const near = { name: "Near", lang: "en-GB", localService: true };
const far = { name: "Far", lang: "en-GB", localService: false };
const welsh = { name: "Cymraeg", lang: "cy", localService: true };

async function open(path, voices) {
  const context = await (await browser()).newContext(narrow);
  const tab = await context.newPage();
  const asked = [];
  await tab.addInitScript(speaker, voices);
  await tab.goto(new URL(path, site.base).href);
  tab.on("request", (request) => asked.push(request.url()));
  return { tab, asked, close: () => context.close(), said: () => tab.evaluate("said") };
}

const button = (tab, name) => tab.getByRole("button", { name, exact: true });

test("without a voice of the device nothing is offered", async () => {
  for (const voices of [[], [far], [welsh]]) {
    const { tab, close } = await open(page, voices);
    assert.equal(await button(tab, "Listen to this page").count(), 0, JSON.stringify(voices));
    await close();
  }
});

test("a page is read sentence by sentence, each one marked, and nothing is sent", async () => {
  const { tab, asked, said, close } = await open(page, [far, welsh, near]);
  await button(tab, "Listen to this page").click();
  const marked = () => tab.evaluate(() => [...(CSS.highlights.get("said") ?? [])].map(String).join());
  for (let at = 0; at < 12; at += 1) {
    const last = (await said()).at(-1);
    assert.equal(last.voice, "Near");
    assert.equal((await marked()).trim().replace(/\s+/g, " "), last.text.replace(/\s+/g, " "));
    await tab.evaluate("done()");
  }
  const texts = (await said()).map(({ text }) => text);
  assert.equal(texts[0], await tab.locator("h1").innerText().then((text) => text.replace(/\s+/g, " ")));
  assert.ok(texts.includes("Keep them for six years."), texts.join("|"));
  assert.ok(!texts.some((text) => /Link to|Talk to someone|Easy-read version/.test(text)), texts.join("|"));
  assert.deepEqual(asked, []);
  await close();
});

test("it pauses and goes on, faster or slower, and stops", async () => {
  const { tab, said, close } = await open(page, [near]);
  await button(tab, "Listen to this page").click();
  await tab.evaluate("done()");
  await button(tab, "Pause").click();
  const before = await said();
  await button(tab, "Go on").click();
  assert.equal((await said()).at(-1).text, before.at(-1).text, "from the beginning of the sentence");
  await tab.getByLabel("Speed").selectOption("Slow");
  assert.deepEqual([(await said()).at(-1).text, (await said()).at(-1).rate], [before.at(-1).text, 0.7]);
  await button(tab, "Stop").click();
  assert.equal(await tab.evaluate(() => CSS.highlights.has("said")), false);
  assert.equal(await tab.evaluate(() => document.activeElement.textContent), "Listen to this page");
  const count = (await said()).length;
  await button(tab, "Listen to this page").click();
  assert.equal((await said())[count].text, before[0].text, "from the top");
  await close();
});

test("a phone number is said digit by digit, and a page to its end", async () => {
  const { tab, said, close } = await open("urgent-help/", [near]);
  await button(tab, "Listen to this page").click();
  for (let at = 0; at < 200 && (await button(tab, "Pause").count()); at += 1) await tab.evaluate("done()");
  await button(tab, "Listen to this page").waitFor();
  const texts = (await said()).map(({ text }) => text);
  assert.ok(texts.some((text) => text.includes("0 3 0 6 9 9 9 0 1 0 0")), texts.join("|"));
  await close();
});

test("a page in Welsh is read by a Welsh voice", async () => {
  const { tab, said, close } = await open("cy/", [near, welsh]);
  const path = await tab.evaluate(() => [...document.querySelectorAll("main a")].map((a) => a.href).find((href) => !href.includes("#") && href.includes("/cy/")));
  await tab.goto(path);
  if (await button(tab, "Gwrando ar y dudalen hon").count()) {
    await button(tab, "Gwrando ar y dudalen hon").click();
    assert.equal((await said())[0].voice, "Cymraeg");
  } else assert.fail(`${path} offers nothing`);
  await close();
});
