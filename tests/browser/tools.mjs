// What the tests of the tools have in common: a page that is watched while it is used.

import { after } from "node:test";
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { make } from "./fixture.mjs";
import { browser, served } from "./site.mjs";

const folder = mkdtempSync(join(tmpdir(), "plainsite-tools-"));
after(() => rmSync(folder, { recursive: true }));
make(folder);

/** The made-up pages, served. */
export const site = await served(folder);

/**
 * Opens a page and watches it: what it keeps, what it asks the network for, what goes
 * wrong. `fromDisk` opens it as people do who have a copy of the site in a folder.
 */
export async function open(path, { fromDisk = false, at = site, faults: expected = [], ...options } = {}) {
  const context = await (await browser()).newContext(options);
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
    note(Navigator.prototype, "sendBeacon");
    const cookie = Object.getOwnPropertyDescriptor(Document.prototype, "cookie");
    Object.defineProperty(document, "cookie", { get: () => cookie.get.call(document), set: () => window.kept.push("cookie") });
    addEventListener("securitypolicyviolation", (event) => window.kept.push(`policy ${event.violatedDirective}`));
  });
  const faults = [];
  const asked = [];
  tab.on("pageerror", (error) => faults.push(String(error)));
  tab.on("console", (line) => line.type() === "error" && faults.push(line.text()));
  await tab.goto(fromDisk ? address(path) : at.base + path, { waitUntil: "load" });
  tab.on("request", (request) => asked.push(request.url()));
  const close = async () => {
    assert.deepEqual(await tab.evaluate(() => window.kept), [], "nothing is kept, and nothing breaks the policy");
    assert.deepEqual(faults.filter((fault) => !expected.some((words) => words.test(fault))), [], "nothing goes wrong in the page");
    await context.close();
  };
  return { tab, close, asked, context };
}

const address = (path) => {
  const [, page, rest] = path.match(/^([^?#]*)(.*)$/);
  return pathToFileURL(join(folder, page, "index.html")).href + rest;
};

export const status = (tab, id) => tab.locator(`#${id}`).innerText();
export const press = (tab, name) => tab.getByRole("button", { name, exact: true }).click();
export const focused = (tab) => tab.evaluate(() => document.activeElement.id || document.activeElement.textContent.trim());
/** Waits until a status says this. */
export const says = (tab, words) => tab.getByRole("status").filter({ hasText: words }).first().waitFor();

/** For axe: what alone can differ where nothing but the colours does. */
export const colours = { runOnly: { type: "rule", values: ["color-contrast", "color-contrast-enhanced", "link-in-text-block"] } };

/** What axe finds, with ids that stand twice. */
export async function faultsOf(tab, options = {}) {
  await tab.evaluate(axe.source);
  const { violations } = await tab.evaluate((options) => window.axe.run(document, options), { resultTypes: ["violations"], ...options });
  const twice = await tab.evaluate(() => {
    const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
    return ids.filter((id, at) => ids.indexOf(id) !== at);
  });
  return [...violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`), ...twice.map((id) => `twice: ${id}`)];
}

/** Anything to use that is smaller than 44 px, and anything wider than the screen. */
export const tooSmall = (tab) =>
  tab.evaluate(() => {
    const seen = (e) => e.checkVisibility({ visibilityProperty: true }) && e.getBoundingClientRect().width > 1;
    const found = [...document.querySelectorAll("main :is(button, input, select, summary, .to-here, .choice + a)")]
      .filter(seen)
      .map((e) => [e, (e.closest("label.choice") ?? e).getBoundingClientRect()])
      .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
      .map(([e, box]) => `${e.outerHTML.slice(0, 80)} is ${Math.round(box.width)} by ${Math.round(box.height)}`);
    if (document.documentElement.scrollWidth > innerWidth) found.push(`the page is ${document.documentElement.scrollWidth} wide`);
    return found;
  });
