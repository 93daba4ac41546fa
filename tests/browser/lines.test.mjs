// What belongs together stands on one line: counts, addresses, short words in tables, and the
// marks between where people are.

import assert from "node:assert/strict";
import { test } from "node:test";
import { aSixth, browser, each, looked, narrow, pages, site } from "./site.mjs";

const tablet = { viewport: { width: 768, height: 1024 } };
const having = (mark, list = aSixth) => list.filter((page) => mark.test(page.html));

/** How many lines the words of an element take. */
function counting() {
  globalThis.lines = (element) => {
    const tops = new Set();
    const words = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let text; (text = words.nextNode()); ) {
      const range = document.createRange();
      range.selectNodeContents(text);
      for (const { top } of range.getClientRects()) tops.add(Math.round(top / 4));
    }
    return tops.size;
  };
}

each(having(/class="count"/, looked), narrow, {
  "320 px wide, a count stands by the last word before it": (tab) =>
    tab.evaluate(() => {
      document.querySelectorAll("details").forEach((fold) => (fold.open = true));
      const found = [];
      for (const count of document.querySelectorAll("main .count")) {
        if (!isVisible(count)) continue;
        const words = document.createTreeWalker(count.parentElement, NodeFilter.SHOW_TEXT);
        let last;
        for (let text; (text = words.nextNode()) && !count.contains(text); ) if (text.data.trim()) last = text;
        if (!last) continue;
        const range = document.createRange();
        const end = last.data.trimEnd().length;
        range.setStart(last, end - 1);
        range.setEnd(last, end);
        const [a, b] = [range, count].map((one) => one.getBoundingClientRect());
        if (b.top < a.bottom && a.top < b.bottom) continue;
        found.push({ rule: "count", where: describe(count), say: `“${count.innerText}” hangs alone below “${last.data.trim()}”.` });
      }
      return found;
    }),
});

each(having(/class="url"/), narrow, {
  "320 px wide, an address turns only at its signs, and only where it must": async (tab) => {
    await tab.evaluate(counting);
    return tab.evaluate(() => {
      document.querySelectorAll("details").forEach((fold) => (fold.open = true));
      const found = [];
      for (const part of document.querySelectorAll(".url, .url > span")) {
        if (!isVisible(part) || lines(part) === 1) continue;
        let around = part.parentElement;
        while (getComputedStyle(around).display.startsWith("inline")) around = around.parentElement;
        const { paddingLeft, paddingRight } = getComputedStyle(around);
        const room = around.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
        part.style.whiteSpace = "nowrap";
        part.style.maxWidth = "none";
        const width = part.getBoundingClientRect().width;
        part.removeAttribute("style");
        if (width > room) continue;
        found.push({ rule: "address", where: describe(part), say: `“${part.innerText}” is ${width} px wide and turns, with room for ${room} px.` });
      }
      return found;
    });
  },
});

each(having(/<table/, looked), tablet, {
  "768 px wide, a few short words in a table stand on one line": async (tab) => {
    await tab.evaluate(counting);
    return tab.evaluate(() => {
      const found = [];
      for (const cell of document.querySelectorAll("main :is(th, td)")) {
        const words = cell.textContent.trim();
        if (!isVisible(cell) || words.length > 13 || !words.includes(" ")) continue;
        if (lines(cell) > 1) found.push({ rule: "table", where: describe(cell), say: `“${words}” takes ${lines(cell)} lines.` });
      }
      return found;
    });
  },
});

each(having(/class="crumbs/), tablet, {
  "768 px wide, no line of where people are begins with a mark": (tab) =>
    tab.evaluate(() =>
      [...document.querySelectorAll(".crumbs li")]
        .filter((step) => Math.abs(step.getBoundingClientRect().left - step.firstElementChild.getBoundingClientRect().left) > 1)
        .map((step) => ({ rule: "crumbs", where: describe(step), say: `There is something before “${step.innerText}”.` })),
    ),
});

each(pages.filter((page) => /<body class="easy"/.test(page.html)), narrow, {
  "320 px wide, a number beside a picture is as large as the words round it": (tab) =>
    tab.evaluate(() => {
      const size = (e) => parseFloat(getComputedStyle(e).fontSize);
      return [...document.querySelectorAll(".symbols .phone")]
        .filter((number) => size(number) < size(number.closest("p")))
        .map((number) => ({ rule: "number", where: describe(number), say: `It has ${size(number)} px, its words ${size(number.closest("p"))} px.` }));
    }),
});

test("what marks the way on a page is not read out", async () => {
  const tab = await (await browser()).newPage(tablet);
  await tab.goto(new URL("decide/can-i-have-one/needs/", site.base).href);
  const told = await tab.locator(".crumbs").ariaSnapshot();
  assert.match(told, /link/);
  assert.doesNotMatch(told, /- text/);
  await tab.close();
});
