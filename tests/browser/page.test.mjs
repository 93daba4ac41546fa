// What each page does, asks for, shows and prints, and whether it fits and can be used by
// keyboard: in one visit of each, as opening a page costs more than looking at it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { shown, skips } from "./focus.mjs";
import { numbers } from "./numbers.mjs";
import { folded, overflows, phone, unfolded } from "./reflow.mjs";
import { aThird, base, browser, each, foldedAgain, launch, looked, narrow, none, samples, site, visit } from "./site.mjs";

async function targets(tab) {
  return tab.evaluate(() => {
    const controls = "button, input:not([type=hidden]), select, textarea, summary, nav a:not(p > a), .tools a, .site a, .skip, .links > li > a, .solo";
    return [...document.querySelectorAll(controls)]
      .filter(isVisible)
      // A box to tick or to choose is as large as its label.
      .map((e) => [e, e.matches("[type=checkbox], [type=radio]") ? (e.labels[0] ?? e) : e])
      .map(([e, area]) => [e, area.getBoundingClientRect()])
      .filter(([, { width, height }]) => height < 43.5 || width < 24)
      .map(([e, { width, height }]) => ({
        rule: "target size",
        where: describe(e).replace(/\[href=.*/, ""),
        say: `It is ${Math.round(width)} by ${Math.round(height)} px; 44 px high is the least.`,
      }));
  });
}

/** What takes long and rarely differs. */
const onAThird = (looks) =>
  Object.fromEntries(Object.entries(looks).map(([name, look]) => [name, (tab, page) => (aThird.includes(page) ? look(tab) : [])]));

each(looked, narrow, {
  "nothing is asked of another host": (tab, page, heard) =>
    heard.requests
      .filter((url) => !url.startsWith(`${site.origin}/`) && !url.startsWith("data:"))
      .map((url) => ({ rule: "another host", where: url, say: "The page asked for this." })),

  "no error in the console, nothing missing, nothing refused": async (tab, page, heard) => {
    const refused = await tab.evaluate(() => globalThis.refused);
    return [
      ...refused.map((say) => ({ rule: "content security policy", say })),
      ...heard.faults.map((say) => ({ rule: "clean console", say })),
    ];
  },

  "the page names its icon, or each first visit ends in an error for /favicon.ico": (tab) =>
    tab.evaluate(() => {
      if (document.querySelector("link[rel~=icon]")) return [];
      return [{ rule: "icon", where: "head", say: "There is no <link rel=icon>." }];
    }),

  "the content security policy lets nothing in from elsewhere": (tab) =>
    tab.evaluate(() => {
      const policy = document.querySelector("meta[http-equiv='Content-Security-Policy' i]");
      const rule = "content security policy";
      if (!policy) return [{ rule, where: "head", say: "There is none." }];
      const found = [];
      if (!/^default-src 'none'/.test(policy.content)) found.push({ rule, say: "It does not start with default-src 'none'." });
      if (/unsafe|\*|https?:/.test(policy.content)) found.push({ rule, say: `It lets too much in: ${policy.content}` });
      const before = document.querySelector("script, link[rel=stylesheet], style");
      if (before && before.compareDocumentPosition(policy) & Node.DOCUMENT_POSITION_FOLLOWING) {
        found.push({ rule, where: describe(before), say: "It comes before the policy." });
      }
      return found;
    }),

  "what is hidden is not shown": (tab) =>
    tab.evaluate(() => {
      const shown = [...document.querySelectorAll("[hidden]")].filter((e) => e.checkVisibility());
      return shown.map((e) => ({ rule: "hidden", where: describe(e), say: "The style shows it although it is hidden." }));
    }),

  "nothing is kept on the device": async (tab) => {
    const kept = await tab.evaluate(async () => [
      ...Object.keys(localStorage).map((key) => `local storage: ${key}`),
      ...Object.keys(sessionStorage).map((key) => `session storage: ${key}`),
      ...(await indexedDB.databases()).map(({ name }) => `database: ${name}`),
      ...(await navigator.serviceWorker?.getRegistrations() ?? []).map(({ scope }) => `worker: ${scope}`),
    ]);
    const cookies = (await tab.context().cookies()).map(({ name }) => `cookie: ${name}`);
    return [...kept, ...cookies].map((say) => ({ rule: "nothing kept", say }));
  },

  "pictures have a text, a size and a file": (tab) =>
    tab.evaluate(() =>
      [...document.images].flatMap((e) => {
        const found = [];
        const fault = (say) => found.push({ rule: "picture", where: `${describe(e)} ${e.getAttribute("src")}`, say });
        if (!e.hasAttribute("alt")) fault("It has no alt attribute.");
        for (const side of ["width", "height"]) {
          if (!/^[1-9]\d*$/.test(e.getAttribute(side) ?? "")) fault(`It has no ${side} in whole pixels.`);
        }
        const lazy = e.loading === "lazy" && !e.complete;
        if (!lazy && !e.naturalWidth) fault("The file did not load or is not a picture.");
        const [given, own] = [e.getAttribute("width") / e.getAttribute("height"), e.naturalWidth / e.naturalHeight];
        if (own && Math.abs(given / own - 1) > 0.05) fault("Its width and height do not fit the shape of the picture.");
        return found;
      }),
    ),

  "controls are at least 44 px high: narrow screen": targets,

  ...folded,

  ...numbers,
  ...unfolded,
  ...onAThird(shown),

  "controls are at least 44 px high: wide screen": async (tab) => {
    await foldedAgain(tab);
    return targets(tab);
  },

  "on paper: no menus, but the address, the date checked and where links lead": async (tab, page) => {
    await tab.emulateMedia({ media: "print" });
    const found = await tab.evaluate(
      ({ address }) => {
        const found = [];
        const rule = "paper";
        for (const e of document.querySelectorAll("nav, [role=navigation], [role=search], .menu, .tools, .skip, button")) {
          if (isVisible(e)) found.push({ rule, where: describe(e), say: "It is of no use on paper and would be printed." });
        }
        const text = document.body.innerText;
        const canonical = document.querySelector("link[rel=canonical]")?.href;
        if (canonical !== address) found.push({ rule, where: "head", say: `The canonical address is ${canonical}, not ${address}.` });
        // The paper of a letter is the letter: it goes to somebody.
        const isLetter = document.querySelector("#letter-sheet");
        if (isLetter) {
          if (text.includes(address)) found.push({ rule, say: "The address of the page would be printed on a letter." });
          return found;
        }
        if (!text.includes(address)) found.push({ rule, say: "The address of the page would not be printed." });
        const words = [...document.querySelectorAll(".trust dt")].map((e) => e.nextElementSibling.innerText);
        if (words.length && !words.some((date) => /\d{4}/.test(date) && text.includes(date))) {
          found.push({ rule, where: ".trust", say: "The date when the page was checked would not be printed." });
        }
        for (const a of document.querySelectorAll("main a[href^='http']")) {
          if (!isVisible(a)) continue;
          const host = new URL(a.href).hostname.replace(/^www\./, "");
          const after = getComputedStyle(a, "::after").content;
          if (a.innerText.includes(host) || !/^(none|normal)$/.test(after)) continue;
          found.push({ rule, where: describe(a), say: "On paper nobody can tell where this link leads." });
        }
        return found;
      },
      { address: new URL(page.path, base).href },
    );
    await tab.emulateMedia({ media: "screen" });
    return found;
  },

  ...onAThird(skips),
});

test("360 px wide, for people who set text of 32 px in their browser", async () => {
  const using = launch("--blink-settings=defaultFontSize=32");
  none(await visit(samples, phone, overflows, { using }));
});

test("the urgent answer of a flow leads to the team in one tap", async () => {
  const tab = await (await browser()).newPage(narrow);
  await tab.goto(new URL("is-this-urgent/emergency/", site.base).href);
  const box = tab.locator(".box-urgent");
  assert.equal(await box.locator('a[href="tel:999"]').first().innerText(), "Call 999");
  assert.ok((await box.locator('a[href^="tel:+44"]').count()) > 0);
  await tab.close();
});
