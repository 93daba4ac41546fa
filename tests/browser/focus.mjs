// By keyboard, on every page: what can be used takes the focus and shows it, and the
// skip link skips. keyboard.test.mjs presses every Tab on one page of each sort.

import { fromTheTop, pressTab } from "./site.mjs";

/** Every stop of the page takes the focus and shows it. Quicker than pressing Tab for each. */
async function shows(tab) {
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

/** For a page with everything open. */
export const shown = { "all that can be used takes the focus, and shows it": shows };

/** It leads away from the top of the page. */
export const skips = { "the skip link comes first and leads to the main text": skip };
