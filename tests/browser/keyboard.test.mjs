// Everything that can be used can be used by keyboard, in the order of the page,
// and always shows where you are.

import { test } from "node:test";
import { narrow, none, pages, samples, visit, wide } from "./site.mjs";

/** Tabs through a page and compares with what ought to be reached. */
async function walk(tab, closely) {
  const expected = await tab.evaluate(() => {
    globalThis.expected = stops();
    globalThis.seen = [];
    addEventListener("focusin", ({ target }) => seen.push({ target, fault: focusFault(target) }));
    return expected.length;
  });
  const found = [];
  for (let number = 0; number < expected; number++) {
    await tab.keyboard.press("Tab");
    if (!closely) continue;
    const hidden = await tab.evaluate(() => {
      const e = document.activeElement;
      const [line] = e.getClientRects();
      if (!line) return "";
      const [x, y] = [line.left + line.width / 2, line.top + line.height / 2];
      const top = document.elementFromPoint(x, y);
      return top && (e.contains(top) || top.contains(e)) ? "" : describe(e);
    });
    if (hidden) {
      found.push({ rule: "focus in view", where: hidden, say: "It has the focus but is off the screen or covered." });
    }
  }
  const rest = await tab.evaluate(() => {
    const found = [];
    const order = seen.map(({ target }) => target);
    for (const [number, e] of expected.entries()) {
      if (order[number] === e) continue;
      const say = order.includes(e)
        ? `Tab reaches it out of order: ${describe(order[number] ?? document.body)} comes first.`
        : "Tab does not reach it.";
      found.push({ rule: "keyboard", where: describe(e), say });
      break;
    }
    for (const { target, fault } of seen) {
      if (fault) found.push({ rule: "visible focus", where: describe(target), say: `It ${fault}.` });
    }
    for (const e of document.querySelectorAll("[tabindex]")) {
      if (e.tabIndex <= 0) continue;
      found.push({ rule: "tab order", where: describe(e), say: "A tabindex above 0 changes the order of the page." });
    }
    return found;
  });
  return [...found, ...rest];
}

test("Tab reaches everything, in order, and it shows: narrow screen", async () => {
  none(await visit(pages, narrow, (tab) => walk(tab, false)));
});

test("Tab reaches everything, in order, and it shows: wide screen", async () => {
  none(await visit(pages, wide, (tab) => walk(tab, false)));
});

test("what has the focus is on the screen and not covered", async () => {
  none(await visit(samples, narrow, (tab) => walk(tab, true)));
  none(await visit(samples, wide, (tab) => walk(tab, true)));
});

test("the menu and the other folded parts open with Enter, and what is in them is reached", async () => {
  none(
    await visit(samples, narrow, async (tab) => {
      const found = [];
      const folded = tab.locator("summary");
      for (let number = 0; number < (await folded.count()); number++) {
        const summary = folded.nth(number);
        if (!(await summary.isVisible())) continue;
        await summary.focus();
        await tab.keyboard.press("Enter");
        const opened = await summary.evaluate((e) => e.parentElement.open);
        const where = await summary.evaluate((e) => describe(e));
        if (!opened) found.push({ rule: "keyboard", where, say: "Enter does not open it." });
      }
      await tab.evaluate(() => document.activeElement.blur());
      // From the top again: the focus starts at the beginning of the page.
      await tab.evaluate(() => {
        const top = document.createElement("span");
        top.tabIndex = -1;
        document.body.prepend(top);
        top.focus();
      });
      return [...found, ...(await walk(tab, false))];
    }),
  );
});

test("the skip link comes first and leads to the main text", async () => {
  none(
    await visit(pages, narrow, async (tab) => {
      await tab.keyboard.press("Tab");
      const first = await tab.evaluate(() => {
        const e = document.activeElement;
        const target = e.hash && document.getElementById(e.hash.slice(1));
        return { where: describe(e), toMain: target?.localName === "main", visible: isVisible(e) };
      });
      const { where } = first;
      if (!first.toMain) return [{ rule: "skip link", where, say: "The first stop is not a link to <main>." }];
      if (!first.visible) return [{ rule: "skip link", where, say: "The skip link cannot be seen when it has the focus." }];
      await tab.keyboard.press("Enter");
      await tab.keyboard.press("Tab");
      const next = await tab.evaluate(() => {
        const e = document.activeElement;
        const before = document.querySelector("main").compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING;
        return { where: describe(e), skipped: !before && e !== document.body };
      });
      if (next.skipped) return [];
      return [{ rule: "skip link", where: next.where, say: "After the skip link, Tab is not in or after the main text." }];
    }),
  );
});
