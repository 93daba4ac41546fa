// Everything that can be used can be used by keyboard, in the order of the page,
// and always shows where you are.

import { aThird, each, everythingOpen, fromTheTop, narrow, pressTab, samples, wide } from "./site.mjs";

/** Tabs through a page from the top and compares with what ought to be reached. */
async function walk(tab, closely) {
  await fromTheTop(tab);
  const expected = await tab.evaluate(() => {
    const first = !globalThis.seen;
    globalThis.expected = stops();
    globalThis.seen = [];
    if (first) addEventListener("focusin", ({ target }) => seen.push({ target, fault: focusFault(target) }));
    return expected.length;
  });
  if (!closely) await pressTab(tab, expected);
  const found = [];
  for (let number = 0; closely && number < expected; number++) {
    await pressTab(tab, 1);
    const hidden = await tab.evaluate(() => {
      const e = document.activeElement;
      // The middle of its first line, or of as much of it as the screen can hold.
      const [line] = e.getClientRects();
      if (!line) return "";
      const middle = (start, end, size) => (Math.max(start, 0) + Math.min(end, size)) / 2;
      const x = middle(line.left, line.right, innerWidth);
      const y = middle(line.top, line.bottom, innerHeight);
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
    return found;
  });
  return [...found, ...rest];
}

async function skip(tab) {
  await fromTheTop(tab);
  await pressTab(tab, 1);
  const first = await tab.evaluate(() => {
    const e = document.activeElement;
    const target = e.hash && document.getElementById(e.hash.slice(1));
    return { where: describe(e), toMain: target?.localName === "main", visible: isVisible(e) };
  });
  const fault = (where, say) => [{ rule: "skip link", where, say }];
  if (!first.toMain) return fault(first.where, "The first stop is not a link to <main>.");
  if (!first.visible) return fault(first.where, "The skip link cannot be seen when it has the focus.");
  await tab.keyboard.press("Enter");
  await pressTab(tab, 1);
  const next = await tab.evaluate(() => {
    const e = document.activeElement;
    const before = document.querySelector("main").compareDocumentPosition(e) & Node.DOCUMENT_POSITION_PRECEDING;
    return { where: describe(e), skipped: !before && e !== document.body };
  });
  return next.skipped ? [] : fault(next.where, "After the skip link, Tab is not in the main text or after it.");
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

/** Every stop of the page takes the focus and shows it. Quicker than pressing Tab for each. */
async function shows(tab) {
  await everythingOpen(tab);
  await fromTheTop(tab);
  await pressTab(tab, 1); // so that the browser knows it is dealing with a keyboard
  return tab.evaluate(() => {
    const found = [];
    for (const e of document.querySelectorAll("[tabindex]")) {
      if (e.tabIndex <= 0) continue;
      found.push({ rule: "tab order", where: describe(e), say: "A tabindex above 0 changes the order of the page." });
    }
    for (const e of stops()) {
      e.focus({ preventScroll: true });
      const fault = document.activeElement === e ? focusFault(e) : "cannot take the focus";
      if (fault) found.push({ rule: "visible focus", where: describe(e), say: `It ${fault}.` });
    }
    return found;
  });
}

each(aThird, wide, {
  "all that can be used takes the focus, and shows it": shows,
  "the skip link comes first and leads to the main text": skip,
});

each(samples, narrow, {
  "Tab reaches everything, in order, and it shows: narrow screen, folded": (tab) => walk(tab, false),
  "folded parts open with Enter": unfold,
  "Tab reaches everything, and what has the focus is not covered: everything open": (tab) => walk(tab, true),
  "Tab reaches everything, in order, and it shows: wide screen": async (tab) => {
    await tab.setViewportSize(wide.viewport);
    return walk(tab, false);
  },
});
