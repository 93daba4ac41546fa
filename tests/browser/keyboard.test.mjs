// Everything that can be used can be used by keyboard, in the order of the page,
// and always shows where you are.

import { each, everythingOpen, fromTheTop, narrow, pressTab, samples, wide } from "./site.mjs";

/** Tabs through a page from the top and compares with what ought to be reached. */
async function walk(tab, closely) {
  await fromTheTop(tab);
  const expected = await tab.evaluate(() => {
    const first = !globalThis.seen;
    globalThis.expected = stops();
    globalThis.seen = [];
    globalThis.covered = [];
    globalThis.letGo = 0;
    if (!first) return expected.length;
    addEventListener("focusin", ({ target }) => seen.push({ target, fault: focusFault(target) }));
    // When the key is let go, the page has gone to where the focus is.
    addEventListener("keyup", () => {
      letGo += 1;
      const e = document.activeElement;
      // The middle of its first line, or of as much of it as the screen can hold.
      const [line] = e.getClientRects();
      if (!line) return;
      const middle = (start, end, size) => (Math.max(start, 0) + Math.min(end, size)) / 2;
      const x = middle(line.left, line.right, innerWidth);
      const y = middle(line.top, line.bottom, innerHeight);
      const top = document.elementFromPoint(x, y);
      if (!top || !(e.contains(top) || top.contains(e))) covered.push(e);
    });
    return expected.length;
  });
  await pressTab(tab, expected, closely);
  return tab.evaluate((closely) => {
    const found = [];
    if (closely && letGo !== expected.length) found.push({ rule: "keyboard", say: `${letGo} of ${expected.length} keys were let go.` });
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
    for (const e of covered) {
      found.push({ rule: "focus in view", where: describe(e), say: "It has the focus but is off the screen or covered." });
    }
    return found;
  }, closely);
}

/** Opens each folded part with Enter, as a person would. */
async function unfold(tab) {
  const found = [];
  const folded = tab.locator("summary");
  for (let number = 0; number < (await folded.count()); number++) {
    const summary = folded.nth(number);
    if (!(await summary.isVisible()) || (await summary.evaluate((e) => e.parentElement.open))) continue;
    await summary.focus();
    await tab.keyboard.press("Enter");
    if (await summary.evaluate((e) => e.parentElement.open)) continue;
    found.push({ rule: "keyboard", where: await summary.evaluate((e) => describe(e)), say: "Enter does not open it." });
  }
  return found;
}

each(samples, narrow, {
  "Tab reaches everything, in order, and it shows: narrow screen, folded": (tab) => walk(tab, false),
  "folded parts open with Enter": unfold,
  "Tab reaches everything, and what has the focus is not covered: everything open": (tab) => walk(tab, true),
  "Tab reaches everything, in order, and it shows: wide screen": async (tab) => {
    await tab.setViewportSize(wide.viewport);
    return walk(tab, false);
  },
});
